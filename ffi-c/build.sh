#!/usr/bin/env bash
# Builds libyuma.so and libyuma.a as they are installed: without the standard library, so without panic machinery.
#
#   ffi-c/build.sh [FOLDER]       FOLDER/release receives them; default: target/c
#
# Panics abort in this build alone: without the standard library nobody could unwind. Nothing panics anyway.
set -euo pipefail
cd "$(dirname "$0")/.."
CARGO_PROFILE_RELEASE_PANIC=abort "${CARGO:-cargo}" rustc --quiet --release --package yuma-c --no-default-features \
  --crate-type cdylib,staticlib --target-dir "${1:-target/c}"

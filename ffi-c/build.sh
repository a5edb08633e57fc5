#!/usr/bin/env bash
# Builds libyuma.so and libyuma.a as they are installed: without the standard library, so without panic machinery.
#
#   ffi-c/build.sh [FOLDER]       FOLDER/release receives them; default: target/c
#
# Panics abort in this build alone: without the standard library nobody could unwind. Nothing panics anyway.
#
# SHA-256 is computed by plain code everywhere. The processor's own instructions halve the time of a digest, but whether it has
# them would be kept in a global, and asked of the C library on ARM.
set -euo pipefail
cd "$(dirname "$0")/.."
export RUSTFLAGS="${RUSTFLAGS:-} --cfg sha2_256_backend=\"soft\""
CARGO_PROFILE_RELEASE_PANIC=abort "${CARGO:-cargo}" rustc --quiet --release --package yuma-c --no-default-features \
  --crate-type cdylib,staticlib --target-dir "${1:-target/c}"

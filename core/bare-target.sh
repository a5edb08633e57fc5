#!/usr/bin/env bash
# Builds a package for a target without an operating system, and so without std and without an allocator.
#
#   core/bare-target.sh [TARGET [PACKAGE [OPTION OF CARGO …]]]       default: thumbv7em-none-eabihf yuma-core
#
# Takes the target where rustup has it; otherwise, on Debian 12, the distribution's compiler and the source of its core
# library, kept under ~/.cache/libyuma; otherwise it says what to install.
set -euo pipefail
cd "$(dirname "$0")/.."
. core/toolchain.sh
target=${1:-thumbv7em-none-eabihf}
package=${2:-yuma-core}
arguments=(--quiet --package "$package" --no-default-features --target "$target" "${@:3}")

if has_target "$target"; then
  cargo build "${arguments[@]}"
elif on_debian; then
  fetch_debian_compiler
  RUSTC=$cache/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=target/debian \
    cargo build -Zbuild-std=core "${arguments[@]}"
else
  echo "the target is missing: rustup target add $target" >&2
  exit 1
fi
echo "$package builds for $target, without std"

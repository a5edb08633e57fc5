#!/usr/bin/env bash
# Builds the image: core/firmware/build.sh FOLDER [OPTION OF CARGO …], for example --no-default-features.
#
# Takes the target where rustup has it; otherwise, on Debian 12, the distribution's compiler, kept under ~/.cache/libyuma;
# otherwise it says what to install. Prints the image's path.
set -euo pipefail
folder=$(mkdir -p "$1" && cd "$1" && pwd)
cd "$(dirname "$0")"
. ../toolchain.sh
target=thumbv7em-none-eabihf
arguments=(--quiet --locked --package yuma-firmware --bin yuma-firmware --features mps2-an386 --profile firmware
  --target "$target" "${@:2}")

if has_target "$target"; then
  built=$folder/rust
  CARGO_TARGET_DIR=$built "${CARGO:-cargo}" build "${arguments[@]}"
elif on_debian; then
  fetch_debian_compiler >&2
  built=$folder/debian
  RUSTC=$cache/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=$built \
    CARGO_TARGET_THUMBV7EM_NONE_EABIHF_LINKER=${CARGO_TARGET_THUMBV7EM_NONE_EABIHF_LINKER:-lld-22} \
    "${CARGO:-cargo}" build -Zbuild-std=core "${arguments[@]}"
else
  echo "the target is missing: rustup target add $target" >&2
  exit 1
fi
echo "$built/$target/firmware/yuma-firmware"

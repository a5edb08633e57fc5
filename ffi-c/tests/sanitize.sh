#!/usr/bin/env bash
# The vectors and the tests of both headers under AddressSanitizer and UndefinedBehaviorSanitizer.
#
#   ffi-c/tests/sanitize.sh [FILE…]       default: all of vectors/data
#
# The library is built for AddressSanitizer too, which rustc has only as an unstable option.
set -euo pipefail
source "$(dirname "$0")/runner/build.sh"
folder=target/c/sanitize
host=$(rustc -vV | sed -n 's/^host: //p')
export RUSTFLAGS='-Zsanitizer=address --cfg sha2_256_backend="soft"' # SHA-256 as in ../build.sh
RUSTC_BOOTSTRAP=1 CARGO_PROFILE_RELEASE_PANIC=abort "${CARGO:-cargo}" rustc --quiet --release --package yuma-c \
  --no-default-features --crate-type staticlib --target "$host" --target-dir "$folder/library"
unset RUSTFLAGS
build sanitize -DSANITIZE=address,undefined -DLIBRARY="$PWD/$folder/library/$host/release/libyuma.a"
export ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=1 UBSAN_OPTIONS=print_stacktrace=1

finds heap-buffer-overflow "$folder/yuma-overrun"
"$folder/yuma-verify" "${@:-${vectors[@]}}" | tail -n 1
"$folder/yuma-bad-input"
"$folder/yuma-layer"
echo 'AddressSanitizer and UndefinedBehaviorSanitizer found nothing'

#!/usr/bin/env bash
# Judges vectors through the C API of libyuma.so: a line per file, then `N passed, N failed`.
#
#   ffi-c/tests/verify.sh [FILE…]       .json or .json.gz; default: all of vectors/data
#
# Paths are as seen from where it is called.
set -euo pipefail
files=()
for file in "$@"; do
  [[ $file == /* ]] || file=$PWD/$file
  files+=("$file")
done
source "$(dirname "$0")/runner/build.sh"
build runner
((${#files[@]})) || files=("${vectors[@]}")
target/c/runner/yuma-verify "${files[@]#"$PWD/"}"

#!/usr/bin/env bash
# The vectors and the tests of both headers under Valgrind, with the shared library as it is installed: reads of what was never
# written, accesses outside of what was given, leaks.
#
#   ffi-c/tests/valgrind.sh [FILE…]       default: all of vectors/data
set -euo pipefail
source "$(dirname "$0")/runner/build.sh"
build runner
need valgrind
folder=target/c/runner
check=(valgrind --quiet --error-exitcode=9 --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite)

finds 'Invalid read' "${check[@]}" "$folder/yuma-overrun"
"${check[@]}" "$folder/yuma-verify" "${@:-${vectors[@]}}" | tail -n 1
"${check[@]}" "$folder/yuma-bad-input"
"${check[@]}" "$folder/yuma-layer"
echo 'Valgrind found nothing'

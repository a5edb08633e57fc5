#!/usr/bin/env bash
# The headers compile without a warning in every language version, under gcc and clang, alone and with every example.
set -euo pipefail
. "$(dirname "$0")/common.sh"
need gcc g++ clang
include=$root/ffi-c/include
examples=$root/ffi-c/examples

for compiler in gcc clang; do
  for standard in c99 c11 c17; do
    for source in "$examples"/*.c "$root/ffi-c/tests/bad_input.c"; do
      $compiler -std=$standard "${strict[@]}" -I"$include" -fsyntax-only "$source"
    done
  done
done
for compiler in g++ clang++; do
  for standard in c++11 c++17 c++20; do
    echo '#include <yuma.h>' | $compiler -std=$standard "${strict[@]}" -I"$include" -fsyntax-only -x c++ -
  done
  for standard in c++17 c++20; do
    $compiler -std=$standard "${strict[@]}" -I"$include" -fsyntax-only "$examples"/*.cpp "$root/ffi-c/tests/layer.cpp"
  done
done
echo 'the headers compile: C99, C11, C17, C++11, C++17, C++20, gcc and clang'

#!/usr/bin/env bash
# libyuma.a for a processor without an operating system: builds it, links a program that refers to every function of the
# header and to nothing else, and looks for panic machinery in it.
set -euo pipefail
. "$(dirname "$0")/common.sh"
target=${1:-thumbv7em-none-eabihf}
need clang lld llvm
"$root/core/bare-target.sh" "$target" yuma-c --release 2>&1 | grep -v '^$\|dropping unsupported crate type'
library=$(ls -t "$root"/target/{,debian/}"$target"/release/libyuma.a 2>/dev/null | head -1 || true)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

{
  echo '#include <yuma.h>'
  echo 'void (*const functions[])(void) = {'
  grep -oE '\byuma_[a-z0-9_]+\(' "$root/ffi-c/include/yuma.h" | tr -d '(' | sort -u | sed 's/.*/    (void (*)(void))&,/'
  echo '};'
  echo 'void start(void) { for (unsigned i = 0; i < sizeof functions / sizeof *functions; i++) functions[i](); }'
} > "$scratch/all.c"
clang --target="$target" -std=c99 -ffreestanding -Wall -Wextra -Werror -I"$root/ffi-c/include" -c "$scratch/all.c" -o "$scratch/all.o"
ld.lld "$scratch/all.o" "$library" --gc-sections -e start -o "$scratch/all"
if llvm-nm -C "$scratch/all" | grep -iE 'panic|unwind|core::fmt|alloc::'; then
  echo 'the program contains panic machinery' >&2
  exit 1
fi
echo "all of libyuma on $target: $(stat -c %s "$scratch/all") bytes with symbols; needs nothing else, nothing can panic"

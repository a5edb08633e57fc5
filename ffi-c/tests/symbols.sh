#!/usr/bin/env bash
# What the shared library shows, needs and contains: ffi-c/tests/symbols.sh libyuma.so
set -euo pipefail
library=${1:?the shared library}
header=$(dirname "$0")/../include/yuma.h
fail() { echo "$1" >&2; exit 1; }

exported=$(nm -D --defined-only "$library" | awk '{print $3}' | sort)
declared=$(grep -oE '\byuma_[a-z0-9_]+\(' "$header" | tr -d '(' | sort -u)
[ "$exported" = "$declared" ] || fail "exported, but not in the header, or the other way round:
$(diff <(echo "$exported") <(echo "$declared") || true)"

[[ $(readelf -d "$library") == *SONAME*'[libyuma.so.0]'* ]] || fail "the soname is not libyuma.so.0"
needed=$(readelf -d "$library" | awk '/NEEDED/ {gsub(/[][]/, ""); print $NF}' | grep -v '^libc\.so' || true)
[ -z "$needed" ] || fail "needs $needed"
imported=$(nm -D --undefined-only "$library" | awk '$1 == "U" {sub(/@.*/, "", $2); print $2}' | grep -vxE 'mem(cpy|set|move|cmp)|bcmp' || true)
[ -z "$imported" ] || fail "calls $imported"

# What is left when the C runtime's own is taken away, and what the unwinding tables point to.
globals=$(objdump -t -C -j .data -j .bss -j .tdata -j .tbss "$library" 2>/dev/null |
  awk '/ O / && !/__dso_handle|completed\.0|DW\.ref\.rust_eh_personality/ {print $NF}')
[ -z "$globals" ] || fail "contains globals: $globals"

# A panic that could be reached would have kept the handler and its messages in the library.
panics=$(nm -C "$library" | grep -iE 'panic|unwind|core::fmt|alloc::' || true)
[ -z "$panics" ] || fail "contains panic machinery:
$panics"
echo "$(basename "$library"): $(echo "$exported" | wc -l) symbols, all of the header; calls memcpy and memset alone; no globals; nothing can panic"

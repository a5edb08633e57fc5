#!/usr/bin/env bash
# Every function of the header that can fail is given bad input in bad_input.c.
set -euo pipefail
cd "$(dirname "$0")"
missing=$(grep -oE '^yuma_status yuma_[a-z0-9_]+' ../include/yuma.h | awk '{print $2}' | while read -r name; do
  grep -qE "\b$name\b" bad_input.c || echo "$name"
done)
[ -z "$missing" ] || { echo "no bad input for: $missing" >&2; exit 1; }

#!/usr/bin/env bash
# Random cases of every kind under both rule sets, as the naive model expects them, through the C API.
#
#   ffi-c/tests/random.sh [COUNT [SEED]]
set -euo pipefail
source "$(dirname "$0")/runner/build.sh"
build runner
"${CARGO:-cargo}" build --quiet --release -p yuma-vectors
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
kinds=$(grep -oE '"kind": *"[a-z-]+"' vectors/data/index.json | sed 's/.*"\([a-z-]*\)"/\1/' | sort -u | grep -v -- -error)
for rules in subtensor-425 subtensor-475; do
  for kind in $kinds; do
    file=$scratch/$rules-$kind.json
    # Not every set has every kind.
    target/release/yuma-vectors generate --rules $rules --kind "$kind" --count "${1:-300}" --seed "${2:-1}" > "$file" 2>"$scratch/error" ||
      { grep -q 'unknown kind' "$scratch/error" && rm "$file"; }
  done
done
target/c/runner/yuma-verify "$scratch"/*.json | sed "s|^$scratch/||"

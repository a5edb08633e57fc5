#!/usr/bin/env bash
# Eight threads at once on shared inputs: plainly and often; under ThreadSanitizer, which watches the program; and under
# Helgrind, which watches the shared library as well.
#
#   ffi-c/tests/threads.sh [REPETITIONS]
set -euo pipefail
source "$(dirname "$0")/runner/build.sh"
repetitions=${1:-20}
# A file per kind and rule set for the slow ones.
few=(vectors/data/epoch/{edges,large}.json vectors/data/edges/*.json vectors/data/subtensor-475/{epoch,null-epoch,apportion,digest}.json
  vectors/data/subtensor-475/{coinbase,distribution,subnet-shares,mechanism-aggregate,epoch-simulation}.json)
build runner
need valgrind
build threads -DSANITIZE=thread -DLIBRARY=yuma::static
helgrind=(valgrind --quiet --tool=helgrind --error-exitcode=9)

silently target/c/runner/yuma-threads "$repetitions" "${vectors[@]}"
echo "eight threads, $repetitions times ${#vectors[@]} files: equal"
silently target/c/threads/yuma-threads 2 "${few[@]}"
echo "ThreadSanitizer found nothing in ${#few[@]} files"
finds 'Possible data race' "${helgrind[@]}" target/c/runner/yuma-race
silently "${helgrind[@]}" target/c/runner/yuma-threads 1 "${few[@]}"
echo "Helgrind found nothing in ${#few[@]} files"

#!/usr/bin/env bash
# The golden vectors on other processors: builds the runner for each, has it judge every file, and runs core's own tests on
# the big-endian one. Writes target/portability/summary.json.
#
#   core/portability.sh [TARGET …]      default: 32- and 64-bit, little- and big-endian, as listed below
#
# Takes the targets where rustup has them all; otherwise, on Debian 12, the distribution's compiler and the source of its
# standard library, kept under ~/.cache/libyuma; otherwise it says what to install. The processors are QEMU's.
set -euo pipefail
. "$(dirname "$0")/toolchain.sh"
. "$(dirname "$0")/../ffi-c/tests/common.sh"
cd "$root"
targets=("$@")
[ $# -gt 0 ] || targets=(s390x-unknown-linux-gnu armv7-unknown-linux-gnueabihf i686-unknown-linux-gnu)
folder=target/portability
summary=$folder/summary.json
files=(vectors/data/*/*.json)
# core's tests take longer than the vectors: one processor, the one that differs most from those at hand.
tests_on=s390x-unknown-linux-gnu

fail() {
  echo "$*" >&2
  exit 1
}

# describe TARGET: its short name, its linker, its emulator, and the Debian packages of its C library.
describe() {
  name=${1%%-*}
  case $name in
    s390x) linker=s390x-linux-gnu-gcc emulator=qemu-s390x packages=(gcc-s390x-linux-gnu libc6-dev-s390x-cross) ;;
    armv7) linker=arm-linux-gnueabihf-gcc emulator=qemu-arm packages=(gcc-arm-linux-gnueabihf libc6-dev-armhf-cross) ;;
    i686) linker=i686-linux-gnu-gcc emulator=qemu-i386 packages=(gcc-i686-linux-gnu libc6-dev-i386-cross) ;;
    *) fail "not prepared for $1" ;;
  esac
}

install_tools() {
  local each tool wanted=(qemu-user)
  for each in "${targets[@]}"; do
    describe "$each"
    wanted+=("${packages[@]}")
  done
  need "${wanted[@]}" || true # what is still missing is named here:
  for each in "${targets[@]}"; do
    describe "$each"
    for tool in "$linker" "$emulator"; do
      command -v "$tool" >/dev/null || fail "$tool is missing; on Debian: apt-get install ${wanted[*]}"
    done
  done
}

# Sets what cargo needs: environment, options (`build_std`), folder (`built`).
choose_compiler() {
  local each variable missing=()
  unset RUSTFLAGS # it would take the place of the flags below
  for each in "${targets[@]}"; do
    describe "$each"
    variable=CARGO_TARGET_$(tr a-z- A-Z_ <<< "$each")
    # Linked statically: so the emulator needs nothing of the other system.
    export "${variable}_LINKER=$linker" "${variable}_RUNNER=$emulator" "${variable}_RUSTFLAGS=-Ctarget-feature=+crt-static"
    has_target "$each" || missing+=("$each")
  done
  if [ ${#missing[@]} -eq 0 ]; then
    built=$folder/rust build_std=()
  elif on_debian; then
    fetch_debian_compiler
    # A folder of its own: what two compilers made does not mix.
    built=$folder/debian build_std=(-Zbuild-std=std,panic_unwind,test -Zbuild-std-features=panic-unwind)
    export RUSTC=$cache/rustc RUSTC_BOOTSTRAP=1
  else
    fail "a target is missing: rustup target add ${missing[*]}"
  fi
  export CARGO_TARGET_DIR=$built
}

# compile COMMAND OPTION…: cargo, with core and the runner optimised as in a release, but with every overflow and debug check
# on: where a 32-bit size wraps, the runner stops. The rest is built the quick way, but for what the tests compute with.
compile() {
  local package each options=(--config profile.release.package.num-bigint.opt-level=3)
  for package in yuma-core yuma-vectors; do
    for each in opt-level=3 overflow-checks=true debug-assertions=true; do
      options+=(--config "profile.release.package.$package.$each")
    done
  done
  CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    cargo "$1" --quiet --release "${options[@]}" "${@:2}"
}

seconds_since() { awk -v from="$1" -v to="$(date +%s%3N)" 'BEGIN {printf "%.1f", (to - from) / 1000}'; }

# verify FILE…: the runner's exit code; its last line is in `passed` and `failed`.
verify() {
  local status=0
  timeout 600 ${by:+"$by"} "$runner" verify "$@" > "$log" 2>&1 || status=$?
  read -r passed failed < <(tail -n 1 "$log" | sed -nE 's/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p') || true
  return $status
}

# on TARGET: judges the vectors there. Fails unless every case of every file was judged, and none was wrong.
on() {
  local start status=0 width endian bits order by runner log passed= failed= took known
  describe "$1"
  runner=$built/$1/release/yuma-vectors log=$folder/$name.txt by=$emulator
  # This machine may be such a processor itself.
  [[ $name == i686 && $(uname -m) =~ ^(x86_64|i.86)$ ]] && "$runner" --version >/dev/null 2>&1 && by=
  # What the program says of itself, in the head of its file.
  read -r bits order < <(od -An -tu1 -j4 -N2 "$runner")
  case $bits in 1) width=32 ;; 2) width=64 ;; *) fail "$runner is no program" ;; esac
  case $order in 1) endian=little ;; 2) endian=big ;; *) fail "$runner is no program" ;; esac

  start=$(date +%s%3N)
  verify "${files[@]}" || status=$?
  passed=${passed:-0} failed=${failed:-0}
  took=$(seconds_since "$start")
  echo "$name ($width-bit, $endian-endian, ${by:-this machine}): $passed passed, $failed failed in $took s"
  results+=("$(printf '{"target": "%s", "pointer_width": %d, "endian": "%s", "run_by": "%s", "cases_passed": %d, "cases_failed": %d, "seconds": %s}' \
    "$1" "$width" "$endian" "${by:-this machine}" "$passed" "$failed" "$took")")
  known=$(awk -F '[:,]' '/"cases":/ {sum += $2} END {print sum}' vectors/data/index.json)
  if [ $status -ne 0 ] || [ $((passed + failed)) -ne "$known" ]; then
    cat "$log" >&2
    echo "$name: exit code $status, $((passed + failed)) cases judged, $known in vectors/data/index.json" >&2
    return 1
  fi
  sees_a_difference
}

# Is a wrong expectation seen there? One digit of one case is changed: exactly this case fails, and the exit code says so.
sees_a_difference() {
  local status=0 copy=$folder/changed.json log=$folder/changed.txt passed= failed=
  sed 's/"emission":"1000000000"/"emission":"1000000001"/' vectors/data/emission/block-emission.json > "$copy" # the first
  verify "$copy" || status=$?
  if [ $status -ne 1 ] || [ "$failed" != 1 ] || [ "${passed:-0}" -eq 0 ]; then
    cat "$log" >&2
    echo "$name: a changed digit was not seen" >&2
    return 1
  fi
}

# core's own tests, as cargo runs them: through the emulator.
test_core() {
  local start file tests=() log=$folder/tests.txt passed
  for file in core/tests/*.rs; do tests+=(--test "$(basename "$file" .rs)"); done
  # With both packages, as the runner was built: their dependencies are of the same features, and not built twice.
  compile test "${build_std[@]}" -p yuma-core -p yuma-vectors --target "$tests_on" --no-run "${tests[@]}"
  start=$(date +%s%3N) # built is built: of the tests alone
  if ! compile test "${build_std[@]}" -p yuma-core -p yuma-vectors --target "$tests_on" "${tests[@]}" > "$log" 2>&1; then
    cat "$log" >&2
    echo "core's tests fail on ${tests_on%%-*}" >&2
    return 1
  fi
  passed=$(awk '/^test result: ok/ {sum += $4} END {print sum + 0}' "$log")
  echo "${tests_on%%-*}: core's own tests: $passed passed in $(seconds_since "$start") s"
}

mkdir -p "$folder"
rm -f "$summary"
install_tools
choose_compiler
compile build "${build_std[@]}" -p yuma-core -p yuma-vectors "${targets[@]/#/--target=}"
results=() good=true
for each in "${targets[@]}"; do on "$each" || good=false; done
{
  echo '['
  printf '  %s,\n' "${results[@]}" | sed '$s/,$//'
  echo ']'
} > "$summary"
[[ " ${targets[*]} " != *" $tests_on "* ]] || test_core || good=false
$good

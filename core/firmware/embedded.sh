#!/usr/bin/env bash
# The hardware validator on QEMU's model of its board: tests of the frames, golden vectors and damaged frames through the
# serial line, what is in the image, and how much memory it needs. Writes target/embedded/summary.json.
set -euo pipefail
. "$(dirname "$0")/../../ffi-c/tests/common.sh"
cd "$root"
folder=target/embedded
data=vectors/data
# All of the memory; and the goal for the code of the epoch alone.
ram_limit=$((512 * 1024))
text_goal=$((32 * 1024))
need qemu-system-arm llvm
mkdir -p "$folder"

# The client, and the tests on this machine.
export CARGO_TARGET_DIR=$root/$folder/host
(cd core/firmware && "${CARGO:-cargo}" test --quiet --locked --package yuma-firmware)
(cd core/firmware && "${CARGO:-cargo}" build --quiet --locked --package yuma-device)
yuma_device=$CARGO_TARGET_DIR/debug/yuma-device
unset CARGO_TARGET_DIR

# Two images: everything, and the epoch alone. A panic that could be reached would have failed the link.
image=$folder/yuma-firmware.elf
epoch_image=$folder/yuma-firmware-epoch.elf
cp "$(core/firmware/build.sh "$folder")" "$image"
cp "$(core/firmware/build.sh "$folder" --no-default-features)" "$epoch_image"

size_of() { llvm-size "$1" | awk -v column="$2" 'NR == 2 {print $column}'; }
text=$(($(size_of "$image" 1) + $(size_of "$image" 2)))
text_epoch=$(($(size_of "$epoch_image" 1) + $(size_of "$epoch_image" 2)))
statics=$(($(size_of "$image" 2) + $(size_of "$image" 3)))
symbols=$(llvm-nm -C "$image" "$epoch_image")
[[ $symbols == *yuma_core::epoch* ]] || { echo "the images have no symbols to look at" >&2; exit 1; }
panic_symbols=$(grep -ciE 'panic|fmt|unwind|alloc' <<<"$symbols" || true)

# on IMAGE NAME COMMAND…: through the line of a new device; what it did is in the variables that are set here.
passed=0 failed=0 stack_peak=0 instructions=0 well=true
on() {
  local figures=$folder/$2.figures cases_passed=0 cases_failed=0 stack_bytes_peak=0 longest_epoch_nanoseconds=0
  rm -f "$figures"
  "$yuma_device" --timeout 120 --qemu "$1" --figures "$figures" "${@:3}" || well=false
  [ -f "$figures" ] || return 0
  . "$figures"
  passed=$((passed + cases_passed)) failed=$((failed + cases_failed))
  [ "$stack_bytes_peak" -le "$stack_peak" ] || stack_peak=$stack_bytes_peak
  # One instruction takes a nanosecond on the model.
  [ "$longest_epoch_nanoseconds" = 0 ] || instructions=$longest_epoch_nanoseconds
}
on "$image" vectors verify $data/epoch/{features,random-small,ties,edges,large}.json \
  $data/digest/digest.json $data/errors/digest-error.json $data/subtensor-475/{epoch,null-epoch,digest}.json \
  $data/emission/{block-emission,weights-commit-hash}.json $data/edges/weights-commit-hash.json
on "$epoch_image" epoch-alone verify $data/epoch/ties.json
on "$image" dense dense
on "$image" fuzz fuzz --count 400

ram=$((statics + stack_peak))
cat > "$folder/summary.json" <<END
{
  "cases_passed": $passed,
  "cases_failed": $failed,
  "text_bytes": $text,
  "text_bytes_epoch": $text_epoch,
  "ram_bytes_peak": $ram,
  "stack_bytes_peak": $stack_peak,
  "panic_symbols": $panic_symbols,
  "instructions_256": $instructions
}
END
echo "embedded: $passed passed, $failed failed on the device; code $text bytes, of the epoch alone $text_epoch;" \
  "memory $ram of $ram_limit bytes ($statics and a stack of $stack_peak); $panic_symbols panic symbols;" \
  "$instructions instructions for the longest epoch of 256 neurons, 64 validators, dense"

missed() {
  echo "embedded: $1" >&2
  well=false
}
[ "$passed" -ge 100 ] && [ "$failed" = 0 ] || missed "not every case passed"
[ "$instructions" -gt 0 ] || missed "no dense epoch ran"
[ "$panic_symbols" = 0 ] || missed "the image contains panic machinery"
[ "$ram" -le "$ram_limit" ] || missed "more memory than $ram_limit bytes"
[ "$text_epoch" -lt "$text_goal" ] || missed "the code of the epoch alone is not below $text_goal bytes"
$well

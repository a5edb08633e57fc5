#!/usr/bin/env bash
# Builds the module and the package: ffi-wasm/build.sh MODULES, where MODULES is the folder with the node modules.
#
# Takes the target wasm32-unknown-unknown where rustup has it; otherwise, on Debian 12, the distribution's compiler and
# the source of its standard library, kept under ~/.cache/libyuma; otherwise it says what to install.
set -euo pipefail
cd "$(dirname "$0")/.."
. core/toolchain.sh
modules=${1:-target/wasm/tools/node_modules}
target=wasm32-unknown-unknown
folder=target/wasm
limit=$((150 * 1024))

# The module alone is made as small as it gets; a panic, which core never meets, just ends it. "s" instead of "z" makes an
# epoch a quarter faster, and the module a tenth larger.
export CARGO_PROFILE_RELEASE_OPT_LEVEL=${OPT_LEVEL:-z} CARGO_PROFILE_RELEASE_LTO=fat CARGO_PROFILE_RELEASE_STRIP=debuginfo
export CARGO_PROFILE_RELEASE_PANIC=abort
# SHA-256 has a loop for its 64 rounds instead of each of them written out.
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS='--cfg sha2_backend="soft" --cfg sha2_backend_soft="compact"'
arguments=(--quiet --release --package yuma-wasm --target "$target")

if has_target "$target"; then
  built=target/wasm/rust
  CARGO_TARGET_DIR=$built cargo build "${arguments[@]}"
elif on_debian; then
  fetch_debian_compiler
  built=target/wasm/debian
  RUSTC=$cache/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=$built \
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=${CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER:-lld-22} \
    cargo build -Zbuild-std=std,panic_abort "${arguments[@]}"
else
  echo "the target is missing: rustup target add $target" >&2
  exit 1
fi
env -u CARGO_PROFILE_RELEASE_OPT_LEVEL -u CARGO_PROFILE_RELEASE_LTO -u CARGO_PROFILE_RELEASE_STRIP \
  -u CARGO_PROFILE_RELEASE_PANIC CARGO_TARGET_DIR=target \
  cargo run --quiet --package yuma-wasm-package -- "$built/$target/release/yuma_wasm.wasm" "$folder/glue"

# Made beside its place, so that whoever uses the package never sees half of it.
final=$folder/package
package=$folder/package.new
rm -rf "$package"
mkdir -p "$package"
cp ffi-wasm/npm/*.js ffi-wasm/npm/*.d.ts ffi-wasm/npm/package.json ffi-wasm/npm/README.md LICENSE-APACHE LICENSE-MIT "$package"
cp "$folder/glue/glue.js" "$package/glue.js"
node "$modules/binaryen/bin/wasm-opt" -Oz --converge --enable-bulk-memory --enable-mutable-globals --enable-sign-ext \
  --enable-nontrapping-float-to-int --enable-reference-types --enable-multivalue \
  "$folder/glue/glue_bg.wasm" -o "$package/glue_bg.wasm"
# For require(): the same files as one CommonJS module. It never looks for the module by its address.
"$modules/.bin/esbuild" "$package/node.js" --bundle --platform=node --format=cjs --log-level=error \
  --define:import.meta.url=__module_address \
  --banner:js='const __module_address = require("node:url").pathToFileURL(__filename).href;' --outfile="$package/node.cjs"
cp "$package/index.d.ts" "$package/index.d.cts"

size=$(wc -c < "$package/glue_bg.wasm")
compressed=$(gzip -9 < "$package/glue_bg.wasm" | wc -c)
echo "the module: $size bytes ($compressed compressed), of at most $limit"
[ "$size" -le "$limit" ] || { echo 'the module is larger than it may be' >&2; exit 1; }
rm -rf "$final"
mv "$package" "$final"

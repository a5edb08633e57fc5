#!/usr/bin/env bash
# Installs the package as its users do, and builds and runs a project of each sort: consumers.sh FOLDER, where FOLDER has
# the node modules of the tools, and is made into the projects' own.
set -euo pipefail
cd "$(dirname "$0")/../.."
tools=$(cd "$1" && pwd)
place=target/wasm/consumers
expected='500000000 negative'
rm -rf "$place"
mkdir -p "$place"
packed=$(cd "$place" && npm pack --silent --offline "$PWD/../package")
for project in node-esm node-cjs vite; do
  cp -r "ffi-wasm/tests/consumers/$project" "$place/$project"
  mkdir -p "$place/$project/node_modules/libyuma"
  tar -xzf "$place/$packed" -C "$place/$project/node_modules/libyuma" --strip-components=1
done
[ "$(node "$place/node-esm/main.mjs")" = "$expected" ] || { echo 'Node ESM: another result' >&2; exit 1; }
echo 'Node, ESM: as expected'
[ "$(node "$place/node-cjs/main.cjs")" = "$expected" ] || { echo 'Node CommonJS: another result' >&2; exit 1; }
echo 'Node, CommonJS: as expected'
(cd "$place/vite" && node "$tools/node_modules/vite/bin/vite.js" build)
module=$(find "$place/vite/dist" -name '*.wasm')
cmp "$module" target/wasm/package/glue_bg.wasm || { echo 'Vite: the module is not in the build' >&2; exit 1; }
! grep -rqE "node:fs|readFileSync" "$place/vite/dist" || { echo 'Vite: the build has code for Node' >&2; exit 1; }
grep -qF "$(basename "$module")" "$place"/vite/dist/assets/*.js || { echo 'Vite: the build does not load the module' >&2; exit 1; }
echo 'Vite: built, with the module'

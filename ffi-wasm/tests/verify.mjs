// Judges files of golden vectors through the package: node ffi-wasm/tests/verify.mjs FILES…
//
// Prints a line per file (.json or .json.gz), the first difference of each case that fails, and `N passed, N failed`.
// Exits with 0 if all passed.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';

import { kindsOf } from './kinds.mjs';
import { run } from './judge.mjs';

const home = process.env.LIBYUMA_PACKAGE ?? new URL('../../target/wasm/package', import.meta.url).pathname;

const SCHEMA = 'yuma-vectors/1';

function read(path) {
  const content = readFileSync(path);
  const file = JSON.parse(path.endsWith('.gz') ? gunzipSync(content) : content);
  if (file.schema !== SCHEMA) throw new Error(`schema \`${file.schema}\`, not \`${SCHEMA}\``);
  if (file.cases.length === 0) throw new Error('no case');
  return file;
}

const paths = process.argv.slice(2);
if (paths.length === 0 || ['-h', '--help'].includes(paths[0])) {
  console.error('usage: node ffi-wasm/tests/verify.mjs FILES…');
  process.exit(paths.length === 0 ? 2 : 0);
}
const yuma = await import(pathToFileURL(`${home}/node.js`));
const kinds = kindsOf(yuma);
const known = yuma.rules().map((rules) => rules.id);
let passed = 0;
let failed = 0;
for (const path of paths) {
  let file;
  try {
    file = read(path);
  } catch (error) {
    console.log(`${path}: ${error.message}`);
    failed += 1;
    continue;
  }
  const report = run(kinds, known, file);
  console.log(`${path}: ${file.kind}, ${file.rules}: ${report.passed} of ${file.cases.length} passed`);
  for (const [name, what] of report.failed.slice(0, 5)) console.log(`  ${name}: ${what}`);
  if (report.failed.length > 5) console.log(`  and ${report.failed.length - 5} more`);
  passed += report.passed;
  failed += report.failed.length;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

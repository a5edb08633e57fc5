// For Node: the module is there when the import is.
import { readFileSync } from 'node:fs';

import { initSync as loadSync } from './glue.js';

export * from './surface.js';

loadSync({ module: readFileSync(new URL('glue_bg.wasm', import.meta.url)) });

export async function init() {}
export default init;

export function initSync() {}

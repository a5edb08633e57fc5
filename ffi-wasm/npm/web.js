// For browsers and bundlers: the module is fetched by `init`.
import load, { initSync as loadSync } from './glue.js';

export * from './surface.js';

export async function init(source) {
  await load(source === undefined ? undefined : { module_or_path: source });
}

export default init;

export function initSync(source) {
  loadSync({ module: source });
}

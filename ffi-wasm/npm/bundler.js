// For bundlers that know `await` at the top of a module: the module is there when the import is.
import init from './web.js';

export * from './web.js';
export { default } from './web.js';

await init();

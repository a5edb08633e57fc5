import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const DEMO = 'large-256-64-yuma3-liquid';

/** `virtual:demo`: the input of one case of the golden vectors, taken when the page is built. */
function demo() {
  return {
    name: 'demo',
    resolveId: (id) => (id === 'virtual:demo' ? '\0demo' : null),
    load(id) {
      if (id !== '\0demo') return null;
      const file = JSON.parse(readFileSync(here('../../vectors/data/epoch/large.json'), 'utf8'));
      const found = file.cases.find((one) => one.name === DEMO);
      const text = JSON.stringify({ name: found.name, rules: file.rules, input: found.input });
      return `export default ${JSON.stringify(text)};`;
    },
  };
}

export default defineConfig({
  root: here('.'),
  base: './',
  plugins: [demo()],
  resolve: { alias: { libyuma: here('../../target/wasm/package/web.js'), '@vectors': here('../../vectors/data') } },
  worker: { format: 'es' },
  build: {
    outDir: here('../../target/wasm/www'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});

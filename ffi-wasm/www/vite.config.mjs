import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** `offline.js`, with the files of this build and a name made of their bytes: another build, another worker. */
function offline() {
  return {
    name: 'offline',
    apply: 'build',
    writeBundle({ dir }) {
      const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
        .map((one) => join(one.parentPath ?? one.path, one.name).slice(dir.length + 1).replaceAll('\\', '/')).sort();
      const template = readFileSync(here('offline.js'), 'utf8');
      const digest = createHash('sha256').update(template);
      for (const file of files) digest.update(`${file}\n`).update(readFileSync(join(dir, file)));
      const kept = files.map((file) => (file === 'index.html' ? './' : file));
      writeFileSync(join(dir, 'offline.js'), template.replace('BUILD', digest.digest('hex').slice(0, 16)).replace("['FILES']", JSON.stringify(kept)));
    },
  };
}

export default defineConfig({
  root: here('.'),
  base: './',
  plugins: [demo(), offline()],
  resolve: { alias: { libyuma: here('../../target/wasm/package/web.js'), '@vectors': here('../../vectors/data') } },
  worker: { format: 'es' },
  build: {
    outDir: here('../../target/wasm/www'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});

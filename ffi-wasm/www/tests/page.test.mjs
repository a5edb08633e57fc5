// The built page in Chromium, judged by the golden vectors and by the Rust binary.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { serve } from '../serve.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const pictures = join(root, 'target/wasm/screenshots');
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const large = JSON.parse(readFileSync(join(root, 'vectors/data/epoch/large.json'), 'utf8'));
const demo = large.cases.find((one) => one.name === 'large-256-64-yuma3-liquid');

let server, browser, origin, folder;
const requests = [];
const complaints = [];

async function open({ hash = '', ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${origin}/${hash}`);
  await page.locator('#top-emission').waitFor();
  return page;
}
/** Does something and waits until the epoch was computed anew. */
async function recomputed(page, act) {
  const count = () => page.evaluate(() => Number(document.documentElement.dataset.epoch));
  const was = await count();
  await act();
  await page.waitForFunction((before) => Number(document.documentElement.dataset.epoch) > before, was);
}
const digits = (text) => text.replace(/[^0-9]/g, '');
const number = async (page, id) => digits(await page.locator(id).textContent());
const tableRows = (page) => page.locator('#table tbody tr').evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));

/** What the Rust binary shows of a case: uid, consensus, incentive, dividends, trust, emission in rao. */
function rust(input, rules, top = 15) {
  const file = join(folder, 'case.json');
  writeFileSync(file, JSON.stringify({ ...large, rules, cases: [{ ...demo, input }] }));
  const shown = execFileSync(join(root, 'target/release/yuma-vectors'), ['show', 'epoch', file, '--top', String(top)], { encoding: 'utf8' });
  return shown.split('\n').map((line) => /^│\s+(\d+)\s+(?:yes)?\s+[\d.]+\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+[\d.]+ │$/.exec(line)?.slice(1))
    .filter((row) => row !== undefined);
}
/** The demo's second epoch, as the vectors' first leaves it: every validator sets the same weights again in the block before. */
function secondInput() {
  const { input, expect } = demo;
  const block = BigInt(input.current_block) + BigInt(input.tempo);
  const setters = new Set(input.weights.filter(([uid, row]) => row.length > 0 && expect.validator_permit[uid]).map(([uid]) => uid));
  return {
    ...input, current_block: String(block), last_step_block: input.current_block, validator_permit: expect.validator_permit, bonds: expect.bonds,
    last_update: input.last_update.map((updated, uid) => (setters.has(uid) ? String(block - 1n) : updated)),
    consensus_mode: 'auto', previous_consensus: expect.consensus, last_yuma_step_block: input.current_block,
  };
}
const comparable = (rows) => rows.map((row) => [row[0], ...[3, 4, 5, 6, 7].map((cell) => digits(row[cell]))]);

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'libyuma-page-'));
  mkdirSync(pictures, { recursive: true });
  cpSync(join(root, 'target/wasm/www'), join(folder, 'site'), { recursive: true });
  cpSync(join(root, 'target/wasm/package'), join(folder, 'site/package'), { recursive: true });
  writeFileSync(join(folder, 'site/plain.html'), `<!doctype html><meta charset="utf-8"><link rel="icon" href="icon.svg"><p id="out"></p><script type="module">
    import init, { epoch } from './package/web.js';
    await init();
    const outcome = epoch({ kappa: 32767 }, {
      currentBlock: 1000, lastStepBlock: 640, raoEmission: 1000000000, stakeRao: [600, 400, 0, 0], lastUpdate: [990, 990, 990, 990],
      validatorPermit: [true, true, false, false],
      weights: { offsets: [0, 2, 3, 3, 3], columns: [2, 3, 2], values: [65535, 32768, 65535] },
    });
    document.getElementById('out').textContent = [...outcome.incentive, ...outcome.emission].join(' ');
  </script>`);
  server = await serve(join(folder, 'site'), 0);
  origin = `http://127.0.0.1:${server.address().port}`;
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
});
after(async () => {
  await browser?.close();
  server?.close();
  server?.closeAllConnections();
  if (folder) rmSync(folder, { recursive: true });
});

describe('the page', () => {
  test('shows the demo subnet with the numbers of its golden vector', async () => {
    const page = await open();
    await recomputed(page, () => page.locator('#rules label', { hasText: '425' }).click());
    const emission = demo.expect.emission.map(BigInt);
    const top = emission.reduce((best, one, uid) => (one > emission[best] ? uid : best), 0);
    assert.equal(await number(page, '#top-uid'), String(top));
    assert.equal(await number(page, '#top-emission'), demo.expect.emission[top]);
    assert.equal(await number(page, '#total-emission'), String(emission.reduce((sum, one) => sum + one)));
    await recomputed(page, () => page.locator('#more').click());
    const rows = await tableRows(page);
    assert.equal(rows.length, 256);
    for (const [uid, permit, stake, consensus, incentive, dividends, trust, rao] of rows) {
      const { expect } = demo;
      assert.deepEqual([permit === 'yes', ...[stake, consensus, incentive, dividends, trust, rao].map(digits)], [
        expect.validator_permit[uid], ...['stake_weight', 'consensus', 'incentive', 'dividends', 'validator_trust', 'emission'].map((field) => String(expect[field][uid])),
      ], `uid ${uid}`);
    }
    await page.context().close();
  });

  for (const [rules, label] of [['subtensor-425', '425'], ['subtensor-475', '475']]) {
    test(`a slider changes the numbers to those of the Rust binary, rules ${label}`, async () => {
      const page = await open();
      await page.locator('#rules label', { hasText: label }).click();
      const before_ = await number(page, '#top-emission');
      const slider = page.locator('#parameter-kappa');
      await recomputed(page, () => slider.fill('52000'));
      assert.deepEqual(comparable(await tableRows(page)), rust({ ...demo.input, kappa: 52000 }, rules));
      assert.notEqual(await number(page, '#top-emission'), before_);
      await recomputed(page, async () => {
        await slider.focus();
        await page.keyboard.press('ArrowRight'); // by the keyboard too
      });
      assert.deepEqual(comparable(await tableRows(page)), rust({ ...demo.input, kappa: 52001 }, rules));
      await recomputed(page, () => page.locator('#parameter-bondsMovingAverage').fill('250000'));
      await recomputed(page, () => page.locator('#parameter-liquidAlpha').uncheck());
      assert.deepEqual(comparable(await tableRows(page)), rust({ ...demo.input, kappa: 52001, bonds_moving_average: '250000', liquid_alpha: false }, rules));
      await page.context().close();
    });
  }

  test('the rules switch marks what differs', async () => {
    const page = await open();
    assert.match(await page.locator('#differences').textContent(), /exactly the same/);
    await page.locator('#rules label', { hasText: '425' }).click();
    await recomputed(page, () => page.locator('#step').click());
    const { consensus_mode: _, previous_consensus: __, last_yuma_step_block: ___, ...old } = secondInput();
    const of = (rows) => new Map(rows.map(([uid, ...row]) => [uid, row.join(' ')]));
    const [of425, of475] = [rust(old, 'subtensor-425', 256), rust(secondInput(), 'subtensor-475', 256)].map(of);
    assert.equal(of425.size, 256);
    const expected = [...of425].filter(([uid, row]) => row !== of475.get(uid)).map(([uid]) => uid);
    assert.ok(expected.length > 0);
    await recomputed(page, () => page.locator('#more').click());
    const rows = await tableRows(page);
    assert.deepEqual([...of(comparable(rows))].sort(), [...of425].sort());
    const marked = rows.filter((row) => row[9].startsWith('≠'));
    assert.deepEqual(marked.map((row) => row[0]).sort(), expected.sort());
    for (const row of marked) assert.equal(digits(row[9]), of475.get(row[0]).split(' ').at(-1));
    assert.match(await page.locator('#differences').textContent(), new RegExp(`give ${expected.length} of 256 `));
    assert.equal(await page.locator('#table tr.differs').count(), expected.length);
    await page.screenshot({ path: join(pictures, 'differences.png') });
    assert.equal(await page.locator('.only475 .badge').count(), 1);
    await page.context().close();
  });

  test('takes a file, and says what is wrong with a bad one', async () => {
    const page = await open();
    const give = async (value, text = JSON.stringify(value)) => {
      await page.locator('#file').setInputFiles({ name: 'subnet.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    };
    const complaint = async (value, pattern, text) => {
      await give(value, text);
      await page.locator('#file-error', { hasText: pattern }).waitFor();
    };
    const features = JSON.parse(readFileSync(join(root, 'vectors/data/epoch/features.json'), 'utf8'));
    await recomputed(page, () => give(features));
    assert.match(await page.locator('#subnet-name').textContent(), /subnet\.json/);
    assert.equal(await page.locator('#case option').count(), features.cases.length);
    const good = demo.input;
    await complaint({ ...good, stake: good.stake.map((one, uid) => (uid === 7 ? '-x' : one)) }, /field “stake”, index 7: "-x" is not an integer/);
    await complaint({ ...good, last_update: good.last_update.slice(1) }, /field “last_update”, index 255/);
    await complaint({ ...good, kappa: 65536 }, /field “kappa”/);
    await complaint({ ...good, weights: [[3, [[1]]]] }, /field “weights”, index 0/);
    const { stake: _, ...without } = good;
    await complaint(without, /field “stake” is missing/);
    await complaint(null, /this is not JSON/, '{"n": 3,');
    await page.screenshot({ path: join(pictures, 'bad-file.png') });
    assert.match(await page.locator('#subnet-name').textContent(), /subnet\.json/, 'the subnet before stays');
    await page.context().close();
  });

  test('a dropped file is loaded', async () => {
    const page = await open();
    await recomputed(page, () => page.evaluate((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'dropped.json'));
      document.getElementById('drop').dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
    }, JSON.stringify(large.cases[0])));
    assert.match(await page.locator('#subnet-name').textContent(), /dropped\.json: large-256-64-yuma2/);
    await page.context().close();
  });

  test('weights are edited by hand, and the share link brings them back', async () => {
    const page = await open();
    await recomputed(page, () => page.locator('#load-matrix').click());
    const was = await number(page, '#top-emission');
    await recomputed(page, () => page.getByLabel('Weight of validator 0 for miner 6').fill('65535'));
    await recomputed(page, () => page.locator('#parameter-kappa').fill('40000'));
    assert.notEqual(await number(page, '#top-emission'), was);
    const rows = await tableRows(page);
    await page.screenshot({ path: join(pictures, 'matrix.png'), fullPage: true });
    await page.locator('#share').click();
    await page.waitForFunction(() => location.hash.length > 10);
    const hash = new URL(page.url()).hash;
    await page.context().close();
    const again = await open({ hash });
    await again.waitForFunction(() => document.querySelectorAll('#table tbody tr').length === 7);
    assert.deepEqual(await tableRows(again), rows);
    assert.equal(await again.getByLabel('Weight of validator 0 for miner 6').inputValue(), '65535');
    await again.context().close();
  });

  test('a link that is none leaves the demo', async () => {
    const page = await open({ hash: '#nonsense' });
    await page.locator('#notice', { hasText: 'could not be read' }).waitFor();
    await page.context().close();
  });

  test('epochs evolve as with the Rust binary, and can be cancelled', async () => {
    const page = await open();
    await page.locator('#tab-evolution').click();
    await page.locator('#rules label', { hasText: '425' }).click();
    const rows = () => page.locator('#panel-evolution .scroll tbody tr').evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
    await page.locator('#epochs').fill('2');
    await page.locator('#evolve').click();
    await page.locator('#evolution-state', { hasText: /^2 epochs/ }).waitFor();
    const second = new Map((await rows()).map(([uid, , rao]) => [uid, digits(rao)]));
    const { consensus_mode: _, previous_consensus: __, last_yuma_step_block: ___, ...input } = secondInput();
    assert.deepEqual([...second], rust(input, 'subtensor-425').slice(0, 8).map((row) => [row[0], row.at(-1)]));
    await page.locator('#epochs').fill('200');
    await page.locator('#evolve').click();
    await page.locator('#evolution-state', { hasText: /^200 epochs/ }).waitFor();
    assert.equal((await rows()).length, 8, 'the eight largest');
    await page.screenshot({ path: join(pictures, 'evolution.png') });
    // Cancelled at once: what was computed stays, nothing goes on.
    await page.evaluate(() => {
      document.getElementById('evolve').click();
      document.getElementById('cancel').click();
    });
    await page.locator('#evolution-state', { hasText: /^cancelled, after \d+ epochs/ }).waitFor();
    assert.ok(await page.locator('#evolve').isEnabled());
    await page.context().close();
  });

  test('emission: the reward and the halvings of the Rust binary', async () => {
    const page = await open();
    await page.locator('#tab-emission').click();
    const rows = await page.locator('#halvings tbody tr').evaluateAll((all) => all.map((row) => [...row.cells].slice(0, 3).map((cell) => cell.textContent.replace(/\u202f/g, ''))));
    const shown = execFileSync(join(root, 'target/release/yuma-vectors'), ['show', 'halvings'], { encoding: 'utf8' });
    const expected = shown.split('\n').map((line) => /^│\s+(\d+)\s+([\d.]+)\s+([\d.]+)\s/.exec(line)?.slice(1)).filter((row) => row !== undefined);
    assert.ok(expected.length > 10);
    assert.deepEqual(rows.slice(0, expected.length), expected);
    await page.screenshot({ path: join(pictures, 'emission.png'), fullPage: true });
    await page.context().close();
  });

  test('the golden vectors pass in the browser', async () => {
    const page = await open();
    await page.locator('#tab-check').click();
    await page.locator('#check').click();
    await page.locator('#check-state[data-outcome=green], #check-state[data-outcome=red]').waitFor({ timeout: 120_000 });
    const cases = ['epoch/ties', 'epoch/features', 'subtensor-475/epoch']
      .reduce((sum, name) => sum + JSON.parse(readFileSync(join(root, `vectors/data/${name}.json`), 'utf8')).cases.length, 0);
    assert.equal(await page.locator('#check-state').textContent(), `✓ ${cases} passed, 0 failed`);
    await page.screenshot({ path: join(pictures, 'check.png') });
    await page.context().close();
  });

  test('a plain module script uses the package', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    page.on('request', (request) => requests.push(request.url()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(`${origin}/plain.html`);
    await page.locator('#out', { hasText: /\d/ }).waitFor();
    assert.equal(await page.locator('#out').textContent(), '0 0 50411 15123 346154388 153845611 384614030 115385969');
    await context.close();
  });

  test('works by keyboard, every control has a name, nothing is wider than a phone', async () => {
    const page = await open({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 });
    await page.locator('#tab-epoch').focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.locator('#tab-evolution').getAttribute('aria-selected'), 'true');
    await page.keyboard.press('Home');
    await page.locator('canvas[role=application]').focus();
    await page.keyboard.press('ArrowRight');
    assert.match(await page.locator('#bonds-read').textContent(), /validator \d+ → miner \d+/);
    for (const tab of ['evolution', 'emission', 'check', 'epoch']) {
      await page.locator(`#tab-${tab}`).click();
      const nameless = await page.locator('button:visible, input:visible, select:visible').evaluateAll((all) => all
        .filter((one) => !(one.getAttribute('aria-label') || one.textContent?.trim() || one.labels?.length)).map((one) => one.outerHTML));
      assert.deepEqual(nameless, [], tab);
      const [inner, wide] = await page.evaluate(() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]);
      assert.ok(wide <= inner, `${tab}: ${wide} wide on a screen of ${inner}`);
      await page.screenshot({ path: join(pictures, `phone-${tab}.png`), fullPage: tab !== 'emission' });
    }
    await page.context().close();
  });

  test('light and dark', async () => {
    for (const colorScheme of ['light', 'dark']) {
      const page = await open({ colorScheme });
      await page.screenshot({ path: join(pictures, `${colorScheme}.png`), fullPage: true });
      const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      assert.equal(background, colorScheme === 'light' ? 'rgb(246, 247, 249)' : 'rgb(18, 21, 26)');
      await page.context().close();
    }
  });

  test('asked nobody else, and nothing complained', () => {
    assert.ok(requests.length > 20);
    assert.deepEqual(requests.filter((address) => !address.startsWith(`${origin}/`) && !address.startsWith('data:')), []);
    assert.deepEqual(complaints, []);
  });
});

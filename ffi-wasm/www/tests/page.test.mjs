// The built page in Chromium, judged by the golden vectors and by the Rust binary. Nothing here waits for a time: the page
// says what it has not drawn yet (data-pending) and how often it computed the epoch (data-epoch), and tests wait for that.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { serve } from '../serve.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const pictures = join(root, 'target/wasm/screenshots');
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const PATIENCE = 180_000; // milliseconds, for a machine that has other work
const vectors = (name) => JSON.parse(readFileSync(join(root, `vectors/data/${name}.json`), 'utf8'));
const large = vectors('epoch/large');
const demo = large.cases.find((one) => one.name === 'large-256-64-yuma3-liquid');

let server, browser, origin, folder;
const requests = [];
const complaints = [];

async function open({ hash = '', at = origin, ...options } = {}) {
  // Without transitions, pictures and colours are the final ones; without the service worker, requests are the page's own.
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', serviceWorkers: 'block', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => {
    const expected = /^Service Worker registration blocked by Playwright/;
    if (['error', 'warning'].includes(message.type()) && !expected.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${at}/${hash}`);
  await settled(page);
  return page;
}
/** Waits until everything asked for so far is drawn. */
const settled = (page) => page.waitForFunction(() => document.documentElement.dataset.pending === '0');
/** Does something and waits until the epoch was computed anew; what was asked for before does not count. */
async function recomputed(page, act) {
  await settled(page);
  const was = await page.evaluate(() => Number(document.documentElement.dataset.epoch));
  await act();
  await page.waitForFunction((before) => Number(document.documentElement.dataset.epoch) > before, was);
  await settled(page);
}
/** A link with this state, made without the page's own code. */
const link = (state) => `#${deflateRawSync(JSON.stringify({
  v: 1, rules: 'subtensor-475', source: 'demo', params: {}, tab: 'epoch', order: 'uid', evolution: { e: 50, b: '99', f: true }, emission: { i: '0', d: '2026-01-01' }, ...state,
})).toString('base64url')}`;
/** Follows a link within the page. */
async function follow(page, hash) {
  await page.evaluate((to) => new Promise((done) => {
    addEventListener('hashchange', done, { once: true }); // the page's own listener was there first
    location.hash = to;
  }), hash);
  await settled(page);
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
  cpSync(fileURLToPath(new URL('../node_modules/axe-core/axe.min.js', import.meta.url)), join(folder, 'site/axe.js'));
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS, timeout: PATIENCE });
});
after(async () => {
  await browser?.close();
  server?.close();
  server?.closeAllConnections();
  if (folder) rmSync(folder, { recursive: true });
});

describe('the page', { timeout: 5 * PATIENCE }, () => {
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
      await settled(page);
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
    await recomputed(page, () => page.locator('#rules label', { hasText: '425' }).click());
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
    await page.locator('#differences').scrollIntoViewIfNeeded();
    await page.locator('#table').evaluate((table) => table.previousElementSibling.scrollIntoView());
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
    const features = vectors('epoch/features');
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
    assert.deepEqual(await tableRows(again), rows);
    assert.equal(await again.getByLabel('Weight of validator 0 for miner 6').inputValue(), '65535');
    await again.context().close();
  });

  test('the share link of a file carries the chosen case, and no other', async () => {
    const features = vectors('epoch/features');
    const chosen = features.cases.at(-1).name;
    const page = await open();
    await recomputed(page, () => page.locator('#file').setInputFiles({ name: 'many.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(features)) }));
    await recomputed(page, () => page.locator('#case').selectOption(chosen));
    const rows = await tableRows(page);
    await page.locator('#share').click();
    await page.waitForFunction(() => location.hash.length > 10);
    const { hash } = new URL(page.url());
    await page.context().close();
    const again = await open({ hash });
    assert.match(await again.locator('#subnet-name').textContent(), new RegExp(`many\\.json: ${chosen}, `));
    assert.deepEqual(await tableRows(again), rows);
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
    await settled(page);
    const rows = await page.locator('#halvings tbody tr').evaluateAll((all) => all.map((row) => [...row.cells].slice(0, 3).map((cell) => cell.textContent.replace(/\u202f/g, ''))));
    const shown = execFileSync(join(root, 'target/release/yuma-vectors'), ['show', 'halvings'], { encoding: 'utf8' });
    const expected = shown.split('\n').map((line) => /^│\s+(\d+)\s+([\d.]+)\s+([\d.]+)\s/.exec(line)?.slice(1)).filter((row) => row !== undefined);
    assert.ok(expected.length > 10);
    assert.deepEqual(rows.slice(0, expected.length), expected);
    await page.screenshot({ path: join(pictures, 'emission.png'), fullPage: true });
    await page.context().close();
  });

  /** The subnets of the emission page: the raw bits of price share, share paid and TAO, and what is shown of them. */
  const subnetRows = (page) => page.locator('#subnets tbody tr').evaluateAll((all) => all.map((row) => [...row.cells].slice(4).map((cell) => ({
    raw: cell.title.replace(/ \/ 2\^\d+$/, ''), text: cell.textContent,
  }))));
  // What the page can be given of the golden vectors: subnets with a pool, prices that are not negative, a block that
  // mints a reward of the curve, and a gate as the chain has it before it was ever computed.
  const ISSUANCE = { 1000000000: '0', 500000000: '10500000', 250000000: '15750000' };
  const DEFAULT_GATE = { gate_bar: '0', gate_exponent: '55340232221128654848', bar_rank: 32, bar_quantile: '11252514052360513536' };
  const possible = ({ input }) => input.subnets.length > 0 && input.block_emission in ISSUANCE
    && input.subnets.every((one) => one.mechanism === 1 && !one.moving_price.startsWith('-'))
    && (!('gate_bar' in input) || Object.entries(DEFAULT_GATE).every(([field, value]) => input[field] === value));
  /** Raw bits of 32 binary places, or a hundred times them, as a decimal fraction with every digit. */
  const decimal = (raw, times = 1n) => {
    const digits = (BigInt(raw) * times * 5n ** 32n).toString().padStart(33, '0');
    return `${digits.slice(0, -32)}.${digits.slice(-32)}`.replace(/\.?0+$/, '');
  };
  const listOf = (subnets) => subnets.map((one) => `${decimal(one.moving_price)};${decimal(one.miner_burned, 100n)}${one.emission_enabled ? '' : '!'}`).join(' ');

  for (const [name, least] of [['emission/subnet-shares', 60], ['edges/subnet-shares', 2], ['subtensor-475/subnet-shares', 14]]) {
    test(`subnet shares are those of the golden vectors, ${name}`, async (t) => {
      const { rules, cases } = vectors(name);
      const page = await open({ hash: link({ tab: 'emission', rules }) });
      const judged = cases.filter(possible);
      assert.ok(judged.length >= least, `${judged.length} cases`);
      for (const one of judged) {
        const { block_emission: minted, subnets } = one.input;
        await follow(page, link({ tab: 'emission', rules, emission: { i: ISSUANCE[minted], d: '2026-01-01', s: listOf(subnets) } }));
        const rows = await subnetRows(page);
        assert.deepEqual(rows.map(([price]) => price.raw), one.expect.price_shares, one.name);
        assert.deepEqual(rows.map(([, , tao]) => tao.raw), one.expect.tao_emission, one.name);
        for (const [price, paid, tao] of rows) {
          assert.equal(digits(tao.text), String(BigInt(tao.raw) >> 32n), one.name);
          assert.equal(String((BigInt(paid.raw) * BigInt(minted)) >> 32n), tao.raw, `${one.name}: the vectors hold the paid share times the reward`);
          for (const share of [price, paid]) assert.equal(Number(digits(share.text)), Number((BigInt(share.raw) * 10_000n) >> 64n), one.name);
        }
        if ('gate_bar' in one.expect) assert.equal(await page.locator('#gate').getAttribute('title'), `${one.expect.gate_bar} / 2^64`, one.name);
      }
      t.diagnostic(`${name}: ${judged.length} of ${cases.length} cases, those the page has controls for`);
      await page.context().close();
    });
  }

  test('subnet shares put in by hand are those of the Rust binary, and the share link brings the list back', async (t) => {
    const page = await open();
    await page.locator('#tab-emission').click();
    await page.getByLabel('Issuance in TAO, exact').fill('10900000');
    await page.locator('#from').fill('2026-03-01'); // also ends the edit before
    const list = await page.locator('#subnets tbody tr').count();
    for (let left = list; left > 4; left--) await page.locator('#subnet-remove').click();
    await page.locator('#subnet-add').click();
    for (const [at, price] of ['0.09', '0.04', '0.04', '0.04', '0.01'].entries()) await page.getByLabel(`Price of subnet ${at + 1}`, { exact: true }).fill(price);
    await page.getByLabel('Burned percent of subnet 3', { exact: true }).fill('25');
    await page.getByLabel('Subnet 4 enabled', { exact: true }).uncheck();
    await settled(page);
    const rows = await subnetRows(page);
    const shown = execFileSync(join(root, 'target/release/yuma-vectors'), ['show', 'block'], { encoding: 'utf8' });
    const block = shown.split('\n').map((line) => /^│\s+\d+\s+[\d.]+\s+(\d+)\s+(\d+)\s/.exec(line)).filter((row) => row !== null);
    assert.equal(block.length, 5);
    for (const [at, [, injected, excess]] of block.entries()) {
      const rest = BigInt(digits(rows[at][2].text)) - BigInt(injected) - BigInt(excess);
      assert.ok(rest === 0n || rest === 1n, `subnet ${at + 1}: the block rounds two parts down, the page their sum; ${rest}`);
    }
    // Under 425, with all enabled, the page shows all that a vector of this kind holds: the binary judges it.
    await page.getByLabel('Subnet 4 enabled', { exact: true }).check();
    await page.locator('#rules label', { hasText: '425' }).click();
    await settled(page);
    const older = await subnetRows(page);
    const [prices, paid, tao] = [0, 1, 2].map((column) => older.map((row) => row[column].raw));
    const raw = (hundredths) => String((BigInt(hundredths) << 32n) / 100n);
    writeFileSync(join(folder, 'shares.json'), JSON.stringify({
      schema: 'yuma-vectors/1', kind: 'subnet-shares', rules: 'subtensor-425',
      cases: [{
        name: 'by-hand',
        input: {
          block_emission: '500000000',
          subnets: [9, 4, 4, 4, 1].map((price, at) => ({ netuid: at + 1, mechanism: 1, moving_price: raw(price), miner_burned: at === 2 ? raw(25) : '0', emission_enabled: true })),
        },
        expect: { price_shares: prices, shares: paid, tao_emission: tao, root_sell_flag: false },
      }],
    }));
    assert.match(execFileSync(join(root, 'target/release/yuma-vectors'), ['verify', join(folder, 'shares.json')], { encoding: 'utf8' }), /1 passed, 0 failed/);
    await page.getByLabel('Subnet 4 enabled', { exact: true }).uncheck();
    await page.locator('#rules label', { hasText: '475' }).click();
    await settled(page);
    await page.getByLabel('Price of subnet 5', { exact: true }).fill('x');
    assert.equal(await page.getByLabel('Price of subnet 5', { exact: true }).getAttribute('aria-invalid'), 'true');
    await page.locator('#share').click();
    await page.waitForFunction(() => location.hash.length > 10);
    const { hash } = new URL(page.url());
    t.diagnostic(`link with five subnets: ${hash.length} characters`);
    assert.ok(hash.length < 400, `${hash.length} characters`);
    await page.context().close();
    const again = await open({ hash });
    assert.equal(await again.locator('#tab-emission').getAttribute('aria-selected'), 'true');
    assert.deepEqual(await subnetRows(again), rows);
    assert.equal(await again.locator('#from').inputValue(), '2026-03-01');
    assert.equal(await again.getByLabel('Burned percent of subnet 3', { exact: true }).inputValue(), '25');
    assert.equal(await again.getByLabel('Subnet 4 enabled', { exact: true }).isChecked(), false);
    // A link without a list has the made-up one; one with a bad list is none.
    await follow(again, link({ tab: 'emission' }));
    assert.equal(await again.locator('#subnets tbody tr').count(), list);
    await follow(again, link({ tab: 'emission', emission: { i: '0', d: '2026-01-01', s: '0.1 -2' } }));
    await again.locator('#notice', { hasText: 'could not be read' }).waitFor();
    await again.context().close();
  });

  test('the golden vectors pass in the browser', async () => {
    const page = await open();
    await page.locator('#tab-check').click();
    await page.locator('#check').click();
    await page.locator('#check-state[data-outcome=green], #check-state[data-outcome=red]').waitFor();
    const cases = ['epoch/ties', 'epoch/features', 'subtensor-475/epoch']
      .reduce((sum, name) => sum + vectors(name).cases.length, 0);
    assert.equal(await page.locator('#check-state').textContent(), `✓ ${cases} passed, 0 failed`);
    await page.screenshot({ path: join(pictures, 'check.png') });
    await page.context().close();
  });

  test('a plain module script uses the package', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
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
    await settled(page);
    await page.locator('canvas[role=application]').focus();
    await page.keyboard.press('ArrowRight');
    const cell = /^validator \d+ → miner \d+: /;
    const chosen = await page.locator('#bonds-read').textContent();
    assert.match(chosen, cell);
    await recomputed(page, () => page.locator('#order').selectOption('stake'));
    assert.equal(await page.locator('#bonds-read').textContent(), chosen, 'the cell stays');
    await page.locator('#order').selectOption('uid');
    for (const tab of ['evolution', 'emission', 'check', 'epoch']) {
      await page.locator(`#tab-${tab}`).click();
      await settled(page);
      const nameless = await page.locator('button:visible, input:visible, select:visible').evaluateAll((all) => all
        .filter((one) => !(one.getAttribute('aria-label') || one.textContent?.trim() || one.labels?.length)).map((one) => one.outerHTML));
      assert.deepEqual(nameless, [], tab);
      const [inner, wide] = await page.evaluate(() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]);
      assert.ok(wide <= inner, `${tab}: ${wide} wide on a screen of ${inner}`);
      await page.screenshot({ path: join(pictures, `phone-${tab}.png`), fullPage: true });
    }
    await page.context().close();
  });

  test('the tab key goes through the page in its order, and what has the focus is seen', async () => {
    const page = await open();
    const order = [];
    for (let at = 0; at < 120; at++) {
      await page.keyboard.press('Tab');
      const step = await page.evaluate(() => {
        const now = document.activeElement;
        if (now === document.body) return null;
        const last = globalThis.last;
        globalThis.last = now;
        const drawn = now.matches('.switch input') ? now.nextElementSibling : now;
        return {
          name: now.id || now.getAttribute('aria-label') || now.textContent, seen: getComputedStyle(drawn).outlineStyle !== 'none',
          forward: last === undefined || Boolean(last.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING),
        };
      });
      if (step === null || (at > 0 && step.name === order[0]?.name)) break;
      order.push(step);
    }
    assert.deepEqual(order.filter((step) => !step.seen || !step.forward), []);
    const names = order.map((step) => step.name);
    assert.deepEqual(names.slice(0, 6), ['Skip to the results', 'subtensor-475', 'share', 'load-demo', 'load-matrix', 'file']);
    const rest = ['parameter-kappa', 'tab-epoch', 'panel-epoch', 'step', 'order', 'table', 'more', 'Bonds heat map'];
    assert.deepEqual(names.filter((name) => rest.includes(name)), rest);
    await page.context().close();
  });

  test('a result is said once a slider rests', async () => {
    const page = await open();
    await recomputed(page, () => page.locator('#parameter-kappa').fill('52000'));
    const [uid, paid] = [await number(page, '#top-uid'), await page.locator('#top-emission').textContent()];
    await page.locator('#spoken[role=status]', { hasText: `uid ${uid}, ${paid} rao` }).waitFor({ state: 'attached' });
    await page.context().close();
  });

  test('axe finds nothing on any tab, light and dark, wide and narrow', async () => {
    for (const options of [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { colorScheme: 'light', viewport: { width: 390, height: 844 } }]) {
      const page = await open(options);
      await page.addScriptTag({ url: '/axe.js' });
      const look = async (what) => {
        await settled(page);
        const found = await page.evaluate(async () => (await globalThis.axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).slice(0, 3).join(' ')}`));
        assert.deepEqual(found, [], `${JSON.stringify(options)}, ${what}`);
        if (options.colorScheme === 'dark') await page.screenshot({ path: join(pictures, `dark-${what.replaceAll(' ', '-')}.png`), fullPage: true });
      };
      await page.locator('#step').click();
      await look('epoch');
      await page.locator('#rules label', { hasText: '425' }).click();
      await look('epoch under 425');
      await page.locator('#load-matrix').click();
      await page.locator('#file').setInputFiles({ name: 'bad.json', mimeType: 'application/json', buffer: Buffer.from('{') });
      await page.locator('#file-error', { hasText: 'not JSON' }).waitFor();
      await look('the matrix and a bad file');
      await page.locator('#tab-evolution').click();
      await page.locator('#epochs').fill('3');
      await page.locator('#evolve').click();
      await page.locator('#evolution-state', { hasText: /^3 epochs/ }).waitFor();
      await look('evolution');
      await page.locator('#tab-emission').click();
      await look('emission');
      await page.locator('#tab-check').click();
      await look('check');
      await page.context().close();
    }
  });

  test('nothing moves for those who asked for less motion', async () => {
    const page = await open();
    const moving = () => page.evaluate(() => [...document.querySelectorAll('*')].map((one) => getComputedStyle(one))
      .filter((style) => style.animationName !== 'none' || /[1-9]/.test(style.transitionDuration)).length);
    assert.equal(await moving(), 0);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    assert.ok(await moving() > 0, 'the probe sees a transition');
    await page.context().close();
  });

  test('opens again without its server, and is never old with it', async () => {
    cpSync(join(root, 'target/wasm/www'), join(folder, 'alone'), { recursive: true });
    let alone = await serve(join(folder, 'alone'), 0);
    const { port } = alone.address();
    const at = `http://127.0.0.1:${port}`;
    const end = () => new Promise((done) => { alone.close(done); alone.closeAllConnections(); });
    const page = await open({ at, serviceWorkers: 'allow' });
    await page.locator('#offline', { hasText: 'without a network' }).waitFor();
    const shown = await number(page, '#top-emission');
    await end();
    await page.context().setOffline(true);
    await page.reload();
    await settled(page);
    assert.equal(await number(page, '#top-emission'), shown);
    await page.locator('#tab-check').click();
    await page.locator('#check').click();
    await page.locator('#check-state[data-outcome=green]').waitFor();
    await page.locator('#tab-evolution').click();
    await page.locator('#evolve').click();
    await page.locator('#evolution-state', { hasText: /^50 epochs/ }).waitFor();
    // The server is back with another build: it is shown at once, and what was kept of the old one goes.
    for (const [file, from, to] of [['index.html', '<title>', '<title>New '], ['offline.js', '.scope} ', '.scope} new']]) {
      const path = join(folder, 'alone', file);
      writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
    }
    alone = await serve(join(folder, 'alone'), port);
    await page.context().setOffline(false);
    await page.reload();
    await settled(page);
    assert.equal(await page.title(), 'New libyuma playground');
    await page.waitForFunction(async () => {
      const names = await caches.keys();
      return names.length === 1 && names[0].includes(' new');
    });
    await page.context().close();
    await end();
    // Requests that found no server were to it, and Chromium names them as errors; nothing else is forgiven.
    for (let one = complaints.length - 1; one >= 0; one--) if (/net::ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED)/.test(complaints[one])) complaints.splice(one, 1);
    for (let one = requests.length - 1; one >= 0; one--) if (requests[one].startsWith(`${at}/`)) requests.splice(one, 1);
  });

  test('time of an epoch of 256 neurons', async (t) => {
    const page = await open();
    const times = [];
    for (let kappa = 32_000; kappa < 32_021; kappa++) {
      await recomputed(page, () => page.locator('#parameter-kappa').fill(String(kappa)));
      times.push(Number((await page.locator('#took').textContent()).replace('< ', '')));
    }
    times.sort((one, other) => one - other);
    t.diagnostic(`an epoch of 256 neurons in this browser: median ${times[10]} ms of 21, least ${times[0]}, most ${times[20]}`);
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

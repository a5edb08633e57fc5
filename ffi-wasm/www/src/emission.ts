import { BLOCKS_PER_DAY, CAP, blockEmission, emissionDefaults, emissionOver, halvings, nextHalving, subnetShares, type RulesId } from './engine';
import { bars, lines } from './charts';
import { make, perFrame } from './dom';
import { explain } from './subnetFile';
import { binaryOfDecimal, coins, percent, whole } from './text';

const RAO = 1_000_000_000n;
const ONE = 1n << 64n;
interface Row { price: string; burned: string; enabled: boolean }
/** Issuance, date, and the list of subnets unless it is the made-up one. */
export interface EmissionState { i: string; d: string; s?: string }

const MOST_SUBNETS = 256;
const madeUp = (): Row[] => Array.from({ length: 48 }, (_, at) => ({ price: `0.${String(Math.floor(900 / (at + 8))).padStart(4, '0')}`, burned: '0', enabled: true }));

// A row of the list in a link: its price, the burned percent behind a semicolon unless it is 0, and ! for one that may not receive.
const written = (rows: readonly Row[]): string =>
  rows.map(({ price, burned, enabled }) => `${price.trim()}${burned === '0' ? '' : `;${burned.trim()}`}${enabled ? '' : '!'}`).join(' ');
function read(text: string): Row[] {
  const rows = text.split(' ').map((one) => {
    const [, price, burned = '0', off] = /^(\d{1,40}(?:\.\d{0,40})?)(?:;(\d{1,40}(?:\.\d{0,40})?))?(!)?$/.exec(one) ?? [];
    if (price === undefined) throw new Error(`not a subnet: ${one}`);
    return { price, burned, enabled: off === undefined };
  });
  if (rows.length > MOST_SUBNETS) throw new Error('too many subnets');
  return rows;
}

/** Issuance, halvings, and how a block's TAO is shared. */
export class Emission {
  #issuance = 11_700_000n;
  #start = new Date().toISOString().slice(0, 10);
  #rows: Row[] = madeUp();
  #rules: RulesId = 'subtensor-475';
  readonly #slider = make('input', { type: 'range', id: 'issuance', min: 0, max: String(CAP / RAO), step: 1000, oninput: () => this.#put(BigInt(this.#slider.value)) });
  readonly #text = make('input', { type: 'text', inputmode: 'numeric', class: 'number', 'aria-label': 'Issuance in TAO, exact', onchange: () => { if (/^[0-9]{1,8}$/.test(this.#text.value)) this.#put(BigInt(this.#text.value)); } });
  readonly #date = make('input', { type: 'date', id: 'from', onchange: () => { if (this.#date.value) { this.#start = this.#date.value; this.draw(); } } });
  readonly #tiles = make('dl', { class: 'tiles', id: 'emission-tiles' });
  readonly #curve = make('div', { class: 'plot', 'aria-hidden': 'true' });
  readonly #halvings = make('div', { class: 'scroll tall', id: 'halvings', tabindex: 0, role: 'region', 'aria-label': 'Halvings' });
  readonly #subnets = make('div', { class: 'scroll tall', id: 'subnets', tabindex: 0, role: 'region', 'aria-label': 'Subnets' });
  readonly #body = make('tbody');
  readonly #chart = make('div');
  readonly #add = make('button', { type: 'button', id: 'subnet-add', onclick: () => { this.#rows.push({ price: '0.01', burned: '0', enabled: true }); this.#build(); } }, 'Add subnet');
  readonly #remove = make('button', { type: 'button', id: 'subnet-remove', onclick: () => { this.#rows.pop(); this.#build(); } }, 'Remove subnet');
  readonly #result = make('p', { class: 'callout', id: 'gate', role: 'status' });
  readonly draw = perFrame(() => this.#draw());
  readonly #share = perFrame(() => this.#shares());

  constructor(readonly place: HTMLElement) {
    this.#date.value = this.#start;
    place.append(
      make('h2', {}, 'Issuance'),
      make('div', { class: 'row choices' }, make('label', { for: 'issuance' }, 'Issuance of TAO '), this.#slider, this.#text, make('label', { for: 'from' }, ' on '), this.#date),
      this.#tiles,
      make('figure', {}, make('figcaption', {}, make('b', {}, 'Issuance, millions of TAO'), make('span', { class: 'hint' }, ' 12 seconds a block, nothing recycled; the issuance to start from is yours to set')), this.#curve),
      make('h2', {}, 'Halvings'), this.#halvings,
      make('h2', {}, 'Subnet shares of a block'),
      make('p', { class: 'hint' }, 'Moving prices in TAO, the burned part of the miners’ emission in percent, and who may receive at all. Made-up subnets: put in your own.'),
      this.#result, this.#chart, this.#subnets,
      make('div', { class: 'row' },
        this.#add, this.#remove, make('button', { type: 'button', id: 'subnets-reset', onclick: () => { this.#rows = madeUp(); this.#build(); } }, 'Made-up ones again')),
    );
    this.#subnets.append(make('table', { class: 'edit' }, make('thead', {}, make('tr', {}, ...['subnet', 'price', 'burned %', 'enabled', 'price share', 'share paid', 'rao per block'].map((one) => make('th', { scope: 'col' }, one)))), this.#body));
    this.#build();
  }

  get settings(): EmissionState {
    const rows = written(this.#rows);
    return { i: String(this.#issuance), d: this.#start, ...(rows === written(madeUp()) ? {} : { s: rows }) };
  }
  set settings({ i, d, s }: EmissionState) {
    this.#rows = typeof s === 'string' ? read(s) : madeUp();
    if (/^\d{4}-\d\d-\d\d$/.test(d)) this.#date.value = this.#start = d;
    this.#build();
    this.#put(/^[0-9]{1,8}$/.test(i) ? BigInt(i) : this.#issuance);
  }
  set rules(rules: RulesId) {
    this.#rules = rules;
    this.draw();
  }

  #put(tao: bigint): void {
    this.#issuance = tao * RAO > CAP ? CAP / RAO : tao;
    this.draw();
  }

  #when(blocks: bigint): string {
    const date = new Date(Date.parse(`${this.#start}T00:00:00Z`) + Number(blocks) * 12_000);
    return Number.isNaN(date.getTime()) ? 'beyond the calendar' : date.toISOString().slice(0, 10);
  }

  #draw(): void {
    if (this.place.hidden) return;
    const issuance = this.#issuance * RAO;
    this.#slider.value = String(this.#issuance);
    this.#text.value = String(this.#issuance);
    this.#slider.setAttribute('aria-valuetext', `${whole(this.#issuance)} TAO`);
    const next = nextHalving(issuance);
    const tile = (name: string, value: string): HTMLElement => make('div', {}, make('dt', {}, name), make('dd', {}, value));
    this.#tiles.replaceChildren(
      tile('Reward per block, TAO', coins(blockEmission(issuance))),
      tile('A day mints, TAO', coins(emissionOver(issuance, BLOCKS_PER_DAY))),
      tile('Next halving', next === null ? 'none' : this.#when(next.blocks)),
      tile('Blocks until then', next === null ? '–' : whole(next.blocks)),
    );
    // From halving to halving, each after as many blocks as the package says.
    let blocks = 0n;
    let at = issuance;
    const reached = new Map<bigint, bigint>();
    const times: number[] = [Date.parse(`${this.#start}T00:00:00Z`) / 1000];
    const heights: number[] = [Number(issuance / RAO) / 1e6];
    const origin = times[0] ?? 0;
    for (let step = nextHalving(at); step !== null; step = nextHalving(at)) {
      // The curve is drawn for the next forty years.
      for (let part = 1n; part <= 8n; part++) {
        const since = (step.blocks * part) / 8n;
        const time = origin + Number(blocks + since) * 12;
        if (time <= origin + 40 * 31_557_600 && time > (times.at(-1) ?? 0)) {
          times.push(time);
          heights.push(Number((at + emissionOver(at, since)) / RAO) / 1e6);
        }
      }
      at += emissionOver(at, step.blocks);
      blocks += step.blocks;
      reached.set(step.threshold, blocks);
    }
    lines(this.#curve, times, [{ label: 'issuance', values: heights }], { time: true, height: 220, most: 21.5, unit: (value) => String(value), axisSize: 40 });
    this.#halvings.replaceChildren(make('table', {},
      make('thead', {}, make('tr', {}, ...['halving', 'from issuance, TAO', 'reward per block, TAO', 'date', 'blocks from now'].map((one) => make('th', { scope: 'col' }, one)))),
      make('tbody', {}, ...halvings().map((one) => {
        const after = reached.get(one.threshold);
        return make('tr', {}, make('th', { scope: 'row' }, String(one.number)), make('td', {}, coins(one.threshold)), make('td', {}, coins(one.reward)),
          make('td', {}, after === undefined ? 'passed' : this.#when(after)), make('td', {}, after === undefined ? '' : whole(after)));
      }))));
    this.#shares();
  }

  #build(): void {
    this.#add.disabled = this.#rows.length >= MOST_SUBNETS;
    this.#remove.disabled = this.#rows.length <= 1;
    this.#body.replaceChildren(...this.#rows.map((row, at) => {
      const text = (label: string, value: string, put: (text: string) => void): HTMLInputElement => {
        const input = make('input', { type: 'text', inputmode: 'decimal', value, 'aria-label': `${label} of subnet ${at + 1}`, oninput: () => {
          const fine = binaryOfDecimal(input.value, 0n) !== null;
          input.setAttribute('aria-invalid', String(!fine));
          if (fine) { put(input.value); this.#share(); }
        } });
        return input;
      };
      const enabled = make('input', { type: 'checkbox', checked: row.enabled, 'aria-label': `Subnet ${at + 1} enabled`, onchange: () => { row.enabled = enabled.checked; this.#share(); } });
      return make('tr', {}, make('th', { scope: 'row' }, String(at + 1)),
        make('td', {}, text('Price', row.price, (value) => { row.price = value; })),
        make('td', {}, text('Burned percent', row.burned, (value) => { row.burned = value; })),
        make('td', {}, enabled), make('td'), make('td'), make('td'));
    }));
    this.#share();
  }

  #shares(): void {
    if (this.place.hidden) return;
    const minted = blockEmission(this.#issuance * RAO);
    const subnets = this.#rows.map((row) => ({
      movingPriceRaw: binaryOfDecimal(row.price, 32n) ?? 0n,
      minerBurnedRaw: (binaryOfDecimal(row.burned, 32n) ?? 0n) / 100n,
      emissionEnabled: row.enabled,
    }));
    try {
      const block = BLOCKS_PER_DAY * 1300n; // any block will do in which the bar is set anew
      const shares = subnetShares(block, minted, subnets, { rules: this.#rules, gate: emissionDefaults().gate });
      [...this.#body.rows].forEach((row, at) => {
        const put = (cell: number, text: string, raw: bigint, bits: number): void => {
          const place = row.cells[cell];
          if (place === undefined) return;
          place.textContent = text;
          place.title = `${raw} / 2^${bits}`; // the value to the last bit
        };
        const [price, paid, tao] = [shares.priceSharesRaw[at] ?? 0n, shares.enabledSharesRaw[at] ?? 0n, shares.taoEmissionRaw[at] ?? 0n];
        put(4, percent(price, ONE), price, 64);
        put(5, percent(paid, ONE), paid, 64);
        put(6, whole(tao >> 32n), tao, 32);
      });
      bars(this.#chart, {
        title: 'TAO per block, rao', values: shares.taoEmissionRaw.map((one) => Number(one >> 32n)), labels: this.#rows.map((_, at) => String(at + 1)),
        describe: (at) => `subnet ${at + 1}: ${whole((shares.taoEmissionRaw[at] ?? 0n) >> 32n)} rao`,
      });
      this.#say(this.#rules === 'subtensor-475'
        ? `475: a gate stands between share and TAO; subnets well below the bar get next to nothing. The bar here: ${percent(shares.gate.barRaw, ONE)}.`
        : '425: TAO follows the shares, without a gate.');
      this.#result.title = `${shares.gate.barRaw} / 2^64`;
    } catch (error) {
      this.#say(explain(error));
      for (const row of this.#body.rows) for (const cell of [...row.cells].slice(4)) cell.replaceChildren('–');
    }
  }

  /** A screen reader hears it again only when it is something else. */
  #say(text: string): void {
    if (this.#result.textContent !== text) this.#result.textContent = text;
  }
}

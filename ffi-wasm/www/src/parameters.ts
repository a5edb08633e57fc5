// One control per parameter. The ranges are those of the controls; what the chain takes is the package's business.
import { defaultParams, type DefaultParams, type Params } from './engine';
import { make } from './dom';
import { coins, whole } from './text';

type Key = Exclude<keyof DefaultParams, 'rules'>;
interface Slider { kind: 'slider'; key: Key; label: string; unit: string; least: bigint; most: bigint; note?: string }
interface Scale { kind: 'scale'; key: Key; label: string; unit: string; steps: readonly bigint[] }
interface Toggle { kind: 'toggle'; key: Key; label: string; note?: string }
interface Choice { kind: 'choice'; key: Key; label: string; options: readonly string[]; only475: true }
type Control = Slider | Scale | Toggle | Choice;

const RAO: readonly bigint[] = [0n, ...Array.from({ length: 8 }, (_, place) => [1n, 2n, 5n].map((digit) => digit * 10n ** BigInt(9 + place))).flat()];
const CONTROLS: readonly Control[] = [
  { kind: 'slider', key: 'kappa', label: 'Kappa', unit: 'of 65535', least: 0n, most: 65535n, note: 'the share of active stake that makes consensus' },
  { kind: 'slider', key: 'bondsPenalty', label: 'Bonds penalty', unit: 'of 65535', least: 0n, most: 65535n },
  { kind: 'slider', key: 'bondsMovingAverage', label: 'Bonds moving average', unit: 'millionths kept', least: 0n, most: 1_000_000n },
  { kind: 'toggle', key: 'yuma3', label: 'Yuma 3' },
  { kind: 'toggle', key: 'liquidAlpha', label: 'Liquid alpha', note: 'acts only with Yuma 3' },
  { kind: 'slider', key: 'alphaLow', label: 'Alpha low', unit: 'of 65535', least: 0n, most: 65535n },
  { kind: 'slider', key: 'alphaHigh', label: 'Alpha high', unit: 'of 65535', least: 0n, most: 65535n },
  { kind: 'slider', key: 'alphaSigmoidSteepness', label: 'Alpha sigmoid steepness', unit: 'hundredths', least: -10_000n, most: 10_000n },
  { kind: 'choice', key: 'consensusMode', label: 'Consensus mode', options: ['auto', 'current', 'previous'], only475: true },
  { kind: 'toggle', key: 'commitReveal', label: 'Commit-reveal' },
  { kind: 'slider', key: 'maxAllowedValidators', label: 'Max allowed validators', unit: 'neurons', least: 0n, most: 256n },
  { kind: 'scale', key: 'stakeThreshold', label: 'Stake threshold', unit: 'rao', steps: RAO },
  { kind: 'slider', key: 'activityCutoff', label: 'Activity cutoff', unit: 'blocks', least: 0n, most: 20_000n },
  { kind: 'slider', key: 'tempo', label: 'Tempo', unit: 'blocks', least: 1n, most: 2000n, note: 'read by the first epoch, and by the evolution' },
];

export type Values = Record<string, bigint | boolean | string>;

function plain(value: unknown): bigint | boolean | string {
  return typeof value === 'number' ? BigInt(value) : (value as bigint | boolean | string);
}

export class Parameters {
  readonly defaults: Values;
  #values: Values;
  readonly #refresh: (() => void)[] = [];

  constructor(place: HTMLElement, readonly changed: () => void) {
    const { rules: _, ...defaults } = defaultParams();
    this.defaults = Object.fromEntries(Object.entries(defaults).map(([key, value]) => [key, plain(value)]));
    this.#values = { ...this.defaults };
    for (const control of CONTROLS) place.append(this.#build(control));
  }

  get params(): Params { return this.#values as Params; }
  get values(): Values { return { ...this.#values }; }

  /** What is not given becomes the chain's default. */
  set(given: Params | Values): void {
    const known = Object.entries(given).filter(([key, value]) => key in this.defaults && value !== undefined);
    this.#values = { ...this.defaults, ...Object.fromEntries(known.map(([key, value]) => [key, plain(value)])) };
    for (const refresh of this.#refresh) refresh();
  }

  #put(key: string, value: bigint | boolean | string): void {
    this.#values[key] = value;
    for (const refresh of this.#refresh) refresh();
    this.changed();
  }

  #build(control: Control): HTMLElement {
    const { key, label } = control;
    const id = `parameter-${key}`;
    const initial = this.defaults[key];
    const said = typeof initial === 'bigint' ? whole(initial) : initial === true ? 'on' : initial === false ? 'off' : String(initial);
    const reset = make('button', { type: 'button', class: 'reset', onclick: () => this.#put(key, initial ?? 0n) }, `default ${said}`);
    reset.setAttribute('aria-label', `${label}: back to the chain’s default, ${said}`);
    const box = make('div', { class: `parameter ${control.kind}` });
    const update = (show: () => void): void => {
      const refresh = (): void => {
        show();
        box.classList.toggle('changed', this.#values[key] !== initial);
      };
      this.#refresh.push(refresh);
      refresh();
    };
    if (control.kind === 'toggle') {
      const input = make('input', { type: 'checkbox', id, onchange: () => this.#put(key, input.checked) });
      box.append(make('label', { for: id }, input, ` ${label}`, ...(control.note ? [make('small', {}, ` ${control.note}`)] : [])), reset);
      update(() => { input.checked = this.#values[key] === true; });
      return box;
    }
    if (control.kind === 'choice') {
      const input = make('select', { id, onchange: () => this.#put(key, input.value) }, ...control.options.map((one) => make('option', { value: one }, one)));
      const badge = make('span', { class: 'badge', title: 'Only the rules of 475 read this.' }, '475 only');
      box.classList.add('only475');
      box.append(make('label', { for: id }, label, ' ', badge), input, reset);
      update(() => { input.value = String(this.#values[key]); });
      return box;
    }
    const steps = control.kind === 'scale' ? control.steps : null;
    const least = control.kind === 'slider' ? control.least : 0n;
    const most = control.kind === 'slider' ? control.most : BigInt((steps?.length ?? 1) - 1);
    const toPosition = (value: bigint): bigint => {
      if (steps === null) return value;
      const at = steps.filter((step) => step <= value).length - 1;
      return BigInt(at < 0 ? 0 : at);
    };
    const range = make('input', {
      type: 'range', id, min: String(least), max: String(most), step: 1,
      oninput: () => this.#put(key, steps === null ? BigInt(range.value) : (steps[Number(range.value)] ?? 0n)),
    });
    const number = make('input', {
      type: 'text', inputmode: 'numeric', class: 'number', 'aria-label': `${label}, exact, ${control.unit}`,
      onchange: () => {
        const fine = /^-?[0-9]{1,20}$/.test(number.value.trim());
        number.setAttribute('aria-invalid', String(!fine));
        if (fine) this.#put(key, BigInt(number.value.trim()));
      },
    });
    const note = control.kind === 'slider' ? control.note : undefined;
    const mark = make('span', { class: 'mark', 'aria-hidden': 'true' }, '▲');
    if (typeof initial === 'bigint') {
      const thousandths = ((toPosition(initial) - least) * 1000n) / (most - least || 1n);
      mark.style.setProperty('--at', `${thousandths}`);
    }
    box.append(
      make('div', { class: 'line' }, make('label', { for: id }, label), number),
      make('div', { class: 'track' }, range, mark),
      make('div', { class: 'line' }, make('small', {}, note ? `${control.unit}; ${note}` : control.unit), reset),
    );
    update(() => {
      const value = this.#values[key] as bigint;
      range.value = String(toPosition(value));
      range.setAttribute('aria-valuetext', control.unit === 'rao' ? `${coins(value)} alpha` : `${whole(value)} ${control.unit}`);
      number.value = String(value);
      number.removeAttribute('aria-invalid');
    });
    return box;
  }
}

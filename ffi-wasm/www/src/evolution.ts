import type { Params, Subnet } from './engine';
import { lines } from './charts';
import { make } from './dom';
import { coins, whole } from './text';
import type { Report, Step, Task } from './worker';

export const startWorker = (): Worker => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

const QUANTITIES = ['emission', 'incentive', 'dividends', 'consensus', 'validatorTrust'] as const;
type Quantity = (typeof QUANTITIES)[number];
const NAMES: Record<Quantity, string> = { emission: 'emission, rao', incentive: 'incentive', dividends: 'dividends', consensus: 'consensus', validatorTrust: 'validator trust' };

/** Epochs, blocks between, fresh weights, and what the chart shows. */
export interface EvolutionState { e: number; b: string; f: boolean; q?: string }

/** Up to 200 epochs in a worker; what came before a cancellation stays. */
export class Evolution {
  readonly #epochs = make('input', { type: 'range', id: 'epochs', min: 1, max: 200, value: 50, oninput: () => this.#said() });
  readonly #count = make('output', { for: 'epochs' });
  readonly #blocks = make('input', { type: 'number', id: 'epoch-blocks', min: 1, max: 1_000_000, step: 1, value: 360 });
  readonly #fresh = make('input', { type: 'checkbox', id: 'fresh', checked: true });
  readonly #quantity = make('select', { id: 'quantity', onchange: () => this.#draw() }, ...QUANTITIES.map((one) => make('option', { value: one }, NAMES[one])));
  readonly #start = make('button', { type: 'button', class: 'primary', id: 'evolve', onclick: () => this.run() }, 'Run');
  readonly #cancel = make('button', { type: 'button', id: 'cancel', disabled: true, onclick: () => this.#stop('cancelled') }, 'Cancel');
  readonly #progress = make('progress', { max: 1, value: 0, 'aria-label': 'Epochs computed' });
  readonly #state = make('output', { id: 'evolution-state', 'aria-live': 'polite' });
  readonly #plot = make('div', { class: 'plot', 'aria-hidden': 'true' });
  readonly #table = make('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Table of the last epoch' });
  #worker: Worker | null = null;
  #steps: Step[] = [];

  constructor(place: HTMLElement, readonly task: () => { params: Params; subnet: Subnet } | null) {
    this.#said();
    place.append(
      make('p', { class: 'hint' }, 'Epoch after epoch of this subnet: bonds, permits and consensus are carried on; stake, weights and emission stay.'),
      make('div', { class: 'row choices' },
        make('label', { for: 'epochs' }, 'Epochs '), this.#epochs, this.#count,
        make('label', { for: 'epoch-blocks' }, 'Blocks between '), this.#blocks,
        make('label', {}, this.#fresh, ' validators set their weights anew')),
      make('div', { class: 'row' }, this.#start, this.#cancel, this.#progress, this.#state),
      make('div', { class: 'row choices' }, make('label', { for: 'quantity' }, 'Show '), this.#quantity),
      this.#plot, this.#table,
    );
  }

  get settings(): EvolutionState { return { e: Number(this.#epochs.value), b: this.#blocks.value, f: this.#fresh.checked, q: this.#quantity.value }; }
  set settings({ e, b, f, q }: EvolutionState) {
    this.#epochs.value = String(e);
    this.#blocks.value = b;
    this.#fresh.checked = f;
    if (QUANTITIES.some((one) => one === q)) this.#quantity.value = q ?? '';
    this.#said();
  }

  #said(): void { this.#count.textContent = this.#epochs.value; }

  /** Another subnet or other parameters: what is drawn no longer belongs to them. */
  stale(): void {
    if (this.#worker !== null) this.#stop('cancelled: the parameters changed');
    else if (this.#steps.length > 0) this.#state.textContent = 'the parameters changed since: run again';
  }

  tempo(blocks: bigint): void { this.#blocks.value = String(blocks); }

  run(): void {
    this.#worker?.terminate();
    const given = this.task();
    if (given === null) return;
    if (!/^[1-9][0-9]{0,6}$/.test(this.#blocks.value)) {
      this.#state.textContent = 'blocks between epochs: an integer from 1 to 9999999';
      return;
    }
    const epochs = Number(this.#epochs.value);
    this.#steps = [];
    this.#start.disabled = true;
    this.#cancel.disabled = false;
    this.#progress.value = 0;
    this.#state.textContent = 'computing…';
    const worker = startWorker();
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<Report>): void => {
      if (this.#worker !== worker) return;
      if (data.kind === 'step') {
        this.#steps.push(data.step);
        this.#progress.value = this.#steps.length / epochs;
        if (this.#steps.length % 20 === 0) this.#state.textContent = `${this.#steps.length} of ${epochs} epochs`;
      } else if (data.kind === 'failed') this.#stop(data.message);
      else this.#stop(`${epochs} epochs, the last at block ${whole(this.#steps.at(-1)?.block ?? 0n)}`);
    };
    worker.onerror = (event): void => this.#stop(`the worker failed: ${event.message}`);
    const task: Task = { kind: 'evolve', ...given, epochs, blocks: BigInt(this.#blocks.value), freshWeights: this.#fresh.checked };
    worker.postMessage(task);
  }

  #stop(why: string): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#start.disabled = false;
    this.#cancel.disabled = true;
    this.#state.textContent = why.startsWith('cancelled') ? `${why}, after ${this.#steps.length} epochs` : why;
    this.#draw();
  }

  #draw(): void {
    const last = this.#steps.at(-1);
    if (last === undefined) return;
    const quantity = this.#quantity.value as Quantity;
    const final = Array.from<bigint | number, bigint>(last[quantity], BigInt);
    const top = final.map((value, uid) => ({ value, uid })).sort((one, other) => (one.value === other.value ? one.uid - other.uid : one.value < other.value ? 1 : -1)).slice(0, 8);
    lines(this.#plot, this.#steps.map((step) => step.epoch),
      top.map(({ uid }) => ({ label: `uid ${uid}`, values: this.#steps.map((step) => Number(step[quantity][uid] ?? 0)) })),
      { axisSize: quantity === 'emission' ? 110 : 62 });
    const first = this.#steps[0];
    const show = (value: bigint | number | undefined): string => whole(value ?? 0);
    this.#table.replaceChildren(make('table', {},
      make('caption', {}, `The ${top.length} largest after epoch ${last.epoch}: ${NAMES[quantity]}`),
      make('thead', {}, make('tr', {}, ...['uid', 'first epoch', `epoch ${last.epoch}`, 'emission in alpha'].map((one) => make('th', { scope: 'col' }, one)))),
      make('tbody', {}, ...top.map(({ uid, value }) => make('tr', {}, make('th', { scope: 'row' }, String(uid)), make('td', {}, show(first?.[quantity][uid])), make('td', {}, whole(value)), make('td', {}, coins(last.emission[uid] ?? 0n)))))));
  }
}

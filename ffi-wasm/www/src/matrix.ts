// A few validators and miners, with stake and weights to edit by hand.
import type { Subnet } from './engine';
import { make } from './dom';

export interface Matrix { stakes: string[]; weights: number[][]; miners: number }

export const START: Matrix = {
  stakes: ['600', '300', '100'], miners: 4,
  weights: [[65535, 32768, 16384, 0], [65535, 40000, 0, 8192], [0, 0, 10000, 65535]],
};
const MOST = 12;

/** Validators come first, then miners; whole alpha of stake. */
export function subnetOf({ stakes, weights, miners }: Matrix): Subnet {
  const validators = stakes.length;
  const n = validators + miners;
  const all = <T>(value: T): T[] => Array.from({ length: n }, () => value);
  const offsets = [0];
  const columns: number[] = [];
  const values: number[] = [];
  for (let uid = 0; uid < n; uid++) {
    (weights[uid] ?? []).forEach((weight, miner) => {
      if (weight > 0) {
        columns.push(validators + miner);
        values.push(weight);
      }
    });
    offsets.push(columns.length);
  }
  return {
    n, currentBlock: 1000n, lastStepBlock: 640n, lastYumaStepBlock: 640n, raoEmission: 1_000_000_000n,
    stakeRao: all(0n).map((_, uid) => BigInt(stakes[uid] ?? 0) * 1_000_000_000n),
    lastUpdate: all(990n), blockAtRegistration: all(0n),
    validatorPermit: all(true).map((_, uid) => uid < validators), weights: { offsets, columns, values },
  };
}

export function validMatrix(value: unknown): value is Matrix {
  const matrix = value as Matrix;
  return typeof value === 'object' && value !== null && Array.isArray(matrix.stakes) && Array.isArray(matrix.weights)
    && matrix.stakes.length > 0 && matrix.stakes.length <= MOST && matrix.weights.length === matrix.stakes.length
    && Number.isInteger(matrix.miners) && matrix.miners > 0 && matrix.miners <= MOST
    && matrix.stakes.every((stake) => /^[0-9]{1,9}$/.test(stake))
    && matrix.weights.every((row) => Array.isArray(row) && row.length === matrix.miners && row.every((one) => Number.isInteger(one) && one >= 0 && one <= 65535));
}

export function editor(place: HTMLElement, matrix: Matrix, changed: () => void): void {
  const again = (): void => {
    editor(place, matrix, changed);
    changed();
  };
  const cell = (label: string, value: string, most: number, put: (text: string) => void): HTMLInputElement => {
    const input = make('input', {
      type: 'number', min: 0, max: most, step: 1, value, 'aria-label': label, oninput: () => {
        const fine = /^[0-9]+$/.test(input.value) && Number(input.value) <= most;
        input.setAttribute('aria-invalid', String(!fine));
        if (fine) {
          put(String(Number(input.value)));
          changed();
        }
      },
    });
    return input;
  };
  const validators = matrix.stakes.length;
  const head = make('tr', {}, make('th', { scope: 'col' }, 'validator'), make('th', { scope: 'col' }, 'stake, alpha'),
    ...Array.from({ length: matrix.miners }, (_, miner) => make('th', { scope: 'col' }, `miner ${validators + miner}`)));
  const rows = matrix.stakes.map((stake, uid) => make('tr', {}, make('th', { scope: 'row' }, `uid ${uid}`),
    make('td', {}, cell(`Stake of validator ${uid}`, stake, 999_999_999, (text) => { matrix.stakes[uid] = text; })),
    ...(matrix.weights[uid] ?? []).map((weight, miner) => make('td', {}, cell(`Weight of validator ${uid} for miner ${validators + miner}`, String(weight), 65535,
      (text) => { (matrix.weights[uid] ?? [])[miner] = Number(text); })))));
  const button = (text: string, possible: boolean, act: () => void): HTMLButtonElement =>
    make('button', { type: 'button', disabled: !possible, onclick: () => { act(); again(); } }, text);
  place.replaceChildren(
    make('h2', {}, 'Weights'),
    make('p', { class: 'hint' }, 'Of 65535; 0 is no weight. The subnet divides 1 alpha.'),
    make('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Weights matrix' }, make('table', { class: 'edit' }, make('thead', {}, head), make('tbody', {}, ...rows))),
    make('div', { class: 'row' },
      button('Add validator', validators < MOST, () => { matrix.stakes.push('100'); matrix.weights.push(Array.from({ length: matrix.miners }, () => 0)); }),
      button('Remove validator', validators > 1, () => { matrix.stakes.pop(); matrix.weights.pop(); }),
      button('Add miner', matrix.miners < MOST, () => { matrix.miners++; matrix.weights.forEach((row) => row.push(0)); }),
      button('Remove miner', matrix.miners > 1, () => { matrix.miners--; matrix.weights.forEach((row) => row.pop()); })),
  );
}

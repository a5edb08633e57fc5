// A subnet from JSON, in the format of the golden vectors: the names of the file to the names of the package.
import { rowsOfLists, YumaError, type Params, type RulesId, type Subnet } from './engine';

export interface Loaded {
  readonly name: string;
  readonly rules: RulesId | null;
  readonly params: Params;
  readonly subnet: Subnet;
}

/** What is wrong with a file, for a reader. */
export class FileError extends Error {}

type Json = Record<string, unknown>;

function place(field: string, index: number | null): string {
  return index === null ? `field “${field}”` : `field “${field}”, index ${index}`;
}
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
function refuse(field: string, index: number | null, value: unknown, wanted: string): never {
  throw new FileError(`${place(field, index)}: ${shown(value)} is not ${wanted}`);
}

/** Integers may be JSON numbers below 2^53 or decimal strings. */
function integer(field: string, value: unknown, index: number | null = null): bigint {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  if (typeof value === 'string' && /^(0|-?[1-9][0-9]*)$/.test(value)) return BigInt(value);
  return refuse(field, index, value, 'an integer');
}
function flag(field: string, value: unknown, index: number | null = null): boolean {
  return typeof value === 'boolean' ? value : refuse(field, index, value, 'true or false');
}
function list(field: string, value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : refuse(field, null, value, 'a list');
}
function object(field: string, value: unknown): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  return refuse(field, null, value, 'an object');
}
const integers = (field: string, value: unknown): bigint[] =>
  list(field, value).map((element, index) => integer(field, element, index));

function matrix(field: string, value: unknown, n: number): Subnet['weights'] {
  const rows = list(field, value).map((row, index) => {
    if (!Array.isArray(row) || row.length !== 2 || !Array.isArray(row[1])) {
      return refuse(field, index, row, 'a row [uid, [[uid, value], …]]');
    }
    const entries = row[1].map((entry: unknown): readonly [number, number] => {
      if (!Array.isArray(entry) || entry.length !== 2) return refuse(field, index, entry, 'an entry [uid, value]');
      return [Number(integer(field, entry[0], index)), Number(integer(field, entry[1], index))];
    });
    return [Number(integer(field, row[0], index)), entries] as const;
  });
  return rowsOfLists(field, n, rows);
}

const PARAMS: readonly (readonly [string, keyof Params, (field: string, value: unknown) => unknown])[] = [
  ['tempo', 'tempo', integer], ['activity_cutoff', 'activityCutoff', integer], ['kappa', 'kappa', integer],
  ['bonds_penalty', 'bondsPenalty', integer], ['bonds_moving_average', 'bondsMovingAverage', integer],
  ['yuma3', 'yuma3', flag], ['liquid_alpha', 'liquidAlpha', flag], ['commit_reveal', 'commitReveal', flag],
  ['alpha_low', 'alphaLow', integer], ['alpha_high', 'alphaHigh', integer],
  ['alpha_sigmoid_steepness', 'alphaSigmoidSteepness', integer],
  ['max_allowed_validators', 'maxAllowedValidators', integer], ['stake_threshold', 'stakeThreshold', integer],
  ['consensus_mode', 'consensusMode', (field, value) =>
    value === 'auto' || value === 'current' || value === 'previous' ? value : refuse(field, null, value, '"auto", "current" or "previous"')],
];

function paramsOf(input: Json): Params {
  const params: Record<string, unknown> = {};
  for (const [name, key, read] of PARAMS) {
    if (name in input) params[key] = read(name, input[name]);
  }
  return params as Params;
}

function subnetOf(input: Json): Subnet {
  const get = (field: string): unknown => {
    if (!(field in input)) throw new FileError(`${place(field, null)} is missing`);
    return input[field];
  };
  const stake = integers('stake', get('stake'));
  const n = 'n' in input ? Number(integer('n', input['n'])) : stake.length;
  const nullable = (field: string): bigint | null =>
    input[field] === undefined || input[field] === null ? null : integer(field, input[field]);
  return {
    n,
    currentBlock: integer('current_block', get('current_block')),
    lastStepBlock: 'last_step_block' in input ? integer('last_step_block', input['last_step_block']) : 0n,
    lastYumaStepBlock: nullable('last_yuma_step_block'),
    ownerUid: nullable('owner_uid'),
    raoEmission: integer('rao_emission', get('rao_emission')),
    stakeRaw: stake,
    lastUpdate: integers('last_update', get('last_update')),
    blockAtRegistration: 'block_at_registration' in input
      ? integers('block_at_registration', input['block_at_registration']) : Array.from({ length: n }, () => 0n),
    validatorPermit: list('validator_permit', get('validator_permit')).map((one, uid) => flag('validator_permit', one, uid)),
    commitBlock: input['commit_block'] === undefined || input['commit_block'] === null ? null : integers('commit_block', input['commit_block']),
    weights: matrix('weights', get('weights'), n),
    bonds: matrix('bonds', input['bonds'] ?? [], n),
    previousConsensus: integers('previous_consensus', input['previous_consensus'] ?? []),
  };
}

const isRules = (value: unknown): value is RulesId => value === 'subtensor-425' || value === 'subtensor-475';

/** The cases of a parsed file: a file of vectors, one case of it, or an input alone. */
function casesOf(value: unknown, name: string): readonly { name: string; rules: unknown; input: Json }[] {
  const file = object('the file', value);
  if (Array.isArray(file['cases'])) {
    if (file['cases'].length === 0) throw new FileError(`${place('cases', null)} is empty`);
    return file['cases'].map((one, index) => {
      const given = object(`cases, index ${index}`, one);
      return { name: String(given['name'] ?? `case ${index}`), rules: file['rules'], input: object('input', given['input']) };
    });
  }
  if ('input' in file) return [{ name: String(file['name'] ?? name), rules: file['rules'], input: object('input', file['input']) }];
  return [{ name, rules: null, input: file }];
}

export function load(text: string, name: string, which?: string): { loaded: Loaded; names: readonly string[] } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new FileError(`this is not JSON: ${(error as Error).message}`);
  }
  const cases = casesOf(value, name);
  const found = cases.find((one) => one.name === which) ?? cases[0];
  if (found === undefined) throw new FileError('the file holds no subnet');
  const { rules, input } = found;
  const loaded = { name: found.name, rules: isRules(rules) ? rules : null, params: paramsOf(input), subnet: subnetOf(input) };
  return { loaded, names: cases.map((one) => one.name) };
}

/** The text of a file with nothing in it but the case that {@link load} finds by this name. */
export function onlyCase(text: string, which: string): string {
  const value = JSON.parse(text) as unknown;
  const cases = casesOf(value, which);
  const found = cases.find((one) => one.name === which) ?? cases[0];
  return JSON.stringify(found === undefined ? value : { name: which, rules: found.rules, input: found.input });
}

/** Any error as a sentence with field and index. */
export function explain(error: unknown): string {
  if (error instanceof YumaError) {
    const index = error.index === null ? '' : `, index ${error.index}`;
    const name = error.field.replace('stakeRaw', 'stake').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const where = name === '' ? '' : `field “${name}”${index}: `;
    return `${where}${error.message}`;
  }
  return error instanceof Error ? error.message : String(error);
}

// Golden vectors of kind `epoch` against the package: every field, bit for bit.
import { epoch, type Outcome, type Rows } from './engine';
import { explain, load } from './subnetFile';

export interface Verdict { readonly name: string; readonly fault: string | null }

const texts = (values: Iterable<bigint>): string[] => Array.from(values, String);

function lists(rows: Rows<Uint16Array> | Rows<BigInt64Array>): unknown[] {
  const result: unknown[] = [];
  for (let uid = 0; uid + 1 < rows.offsets.length; uid++) {
    const entries: unknown[] = [];
    for (let at = rows.offsets[uid] ?? 0; at < (rows.offsets[uid + 1] ?? 0); at++) {
      const value = rows.values[at];
      entries.push([rows.columns[at], typeof value === 'bigint' ? String(value) : value]);
    }
    if (entries.length > 0) result.push([uid, entries]);
  }
  return result;
}

/** An outcome in the form of the vectors' `expect`, in the order in which to look for a fault. */
function expectation(outcome: Outcome): Record<string, unknown> {
  const { raw } = outcome;
  return {
    'raw.stake': texts(raw.stake),
    'raw.active_stake': texts(raw.activeStake),
    'raw.consensus': texts(raw.consensus),
    'raw.validator_trust': texts(raw.validatorTrust),
    'raw.incentive': texts(raw.incentive),
    'raw.ema_bonds': lists(raw.emaBonds),
    'raw.dividends': texts(raw.dividends),
    active: outcome.active,
    validator_permit: outcome.validatorPermit,
    stake_weight: Array.from(outcome.stakeWeight),
    consensus: Array.from(outcome.consensus),
    incentive: Array.from(outcome.incentive),
    dividends: Array.from(outcome.dividends),
    validator_trust: Array.from(outcome.validatorTrust),
    server_emission: texts(outcome.serverEmission),
    validator_emission: texts(outcome.validatorEmission),
    emission: texts(outcome.emission),
    bonds: lists(outcome.bonds),
  };
}

function flattened(expect: Record<string, unknown>): Map<string, unknown> {
  const flat = new Map<string, unknown>();
  for (const [field, value] of Object.entries(expect)) {
    if (field === 'raw') for (const [inner, of] of Object.entries(value as object)) flat.set(`raw.${inner}`, of);
    else flat.set(field, value);
  }
  return flat;
}

interface File { rules: string; cases: { name: string; input: unknown; expect: Record<string, unknown> }[] }

export function* judge(text: string): Generator<{ verdict: Verdict; of: number }> {
  const file = JSON.parse(text) as File;
  for (const one of file.cases) {
    let fault: string | null = null;
    try {
      const { loaded } = load(JSON.stringify({ name: one.name, rules: file.rules, input: one.input }), one.name);
      if (loaded.rules === null) throw new Error(`unknown rules ${file.rules}`);
      const given = expectation(epoch({ ...loaded.params, rules: loaded.rules }, loaded.subnet));
      const wanted = flattened(one.expect);
      for (const [field, value] of Object.entries(given)) {
        if (JSON.stringify(value) !== JSON.stringify(wanted.get(field))) {
          fault ??= `${field} differs`;
        }
        wanted.delete(field);
      }
      for (const field of wanted.keys()) fault ??= `${field} was not compared`;
    } catch (error) {
      fault = explain(error);
    }
    yield { verdict: { name: one.name, fault }, of: file.cases.length };
  }
}

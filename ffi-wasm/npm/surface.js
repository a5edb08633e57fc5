// The functions of the package over those of the module: defaults, accounts, and plain frozen results.
import { Answer, Message, flag, text } from './door.js';
import { refuse, refusedByCore } from './errors.js';
import { FUNCTIONS, REFUSAL } from './fields.js';
import * as glue from './glue.js';
import { withPool } from './market.js';

export { SubmissionError, YumaError } from './errors.js';

export const version = '0.1.0';

/** What one of the module's functions answers to what it is given, by name. */
function call(name, given = {}) {
  const [takes, gives] = FUNCTIONS[name];
  const message = new Message(rules);
  text.write(message, name);
  takes.write(message, given);
  const answer = new Answer(glue.call(message.written()), rules);
  message.end();
  if (flag.read(answer)) throw refusedByCore(REFUSAL.read(answer));
  return frozen((typeof gives === 'function' ? gives(given) : gives).read(answer));
}

/** The same value, frozen with all that is in it; only the elements of typed arrays stay the caller's own. */
function frozen(value) {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

/** An object's fields, and the default of each that is not given. */
function filled(field, given, defaults) {
  if (typeof given !== 'object' || given === null) {
    throw refuse('type', field, null, null, `${field} must be an object, not ${given === null ? 'null' : typeof given}`);
  }
  const full = { ...defaults };
  for (const name in given) if (given[name] !== undefined) full[name] = given[name];
  return full;
}

function listed(field, value) {
  if (Array.isArray(value)) return value;
  throw refuse('type', field, null, null, `${field} must be a list, not ${value === null ? 'null' : typeof value}`);
}

const kept = new Map();
/** What a function of the module gives, asked only once. */
function once(name) {
  if (!kept.has(name)) kept.set(name, call(name));
  return kept.get(name);
}

export const rules = () => once('rules');
export const rulesForSpecVersion = (specVersion) => call('rules_for_spec_version', { specVersion });

// epoch

export const defaultParams = () => once('default_params');
const params = (given) => filled('params', given, defaultParams());

const NO_ROWS = (n) => ({ offsets: new Uint32Array(n + 1), columns: new Uint16Array(0), values: new Uint16Array(0) });

function subnetOf(given) {
  const subnet = filled('subnet', given, { lastStepBlock: 0, previousConsensus: [] });
  const count = (subnet.stakeRaw ?? subnet.stakeRao)?.length;
  subnet.n ??= count ?? 0;
  const n = Number.isInteger(Number(subnet.n)) && subnet.n >= 0 && subnet.n <= 65535 ? Number(subnet.n) : 0;
  subnet.blockAtRegistration ??= new BigUint64Array(n);
  if (subnet.bonds === undefined) subnet.bonds = NO_ROWS(n);
  const { stakeRaw, stakeRao, ...rest } = subnet;
  return { ...rest, stake: { stakeRaw, stakeRao } };
}

export function epoch(parameters, subnet, { workspaceWords } = {}) {
  return call('epoch', { params: params(parameters), workspaceWords, subnet: subnetOf(subnet) });
}
export const nullBudgetsOfEmission = (raoEmission) => call('null_budgets_of_emission', { raoEmission });
export function nullEpoch(parameters, subnet, budgets) {
  const given = subnetOf(subnet);
  const { mining, dividend, fallback } = budgets ?? nullBudgetsOfEmission(given.raoEmission);
  return call('null_epoch', { params: params(parameters), mining, dividend, fallback, subnet: given });
}
export const apportion = (shares, budget) => call('apportion', { shares, budget });

// digest

function inputOf(parameters, subnet, given) {
  const budgets = given ?? null;
  return {
    params: params(parameters), budgets: budgets === null ? null : filled('budgets', budgets, {}), subnet: subnetOf(subnet),
  };
}
export const encodeInput = (parameters, subnet, budgets) => call('encode_input', inputOf(parameters, subnet, budgets));
export const inputDigest = (parameters, subnet, budgets) => call('input_digest', inputOf(parameters, subnet, budgets));
export const decodeInput = (bytes) => call('decode_input', { bytes });
export const encodeOutcome = (outcome, digest) =>
  call('encode_outcome', { outcome: filled('outcome', outcome, {}), inputDigest: digest });
export const outcomeDigest = (outcome, digest) =>
  call('outcome_digest', { outcome: filled('outcome', outcome, {}), inputDigest: digest });
export const decodeOutcome = (bytes) => call('decode_outcome', { bytes });

export function rowsOfDense(matrix) {
  const offsets = [0];
  const columns = [];
  const values = [];
  for (const row of listed('matrix', matrix)) {
    row.forEach((value, column) => {
      if (value === 0) return;
      columns.push(column);
      values.push(uint16('matrix', values.length, value));
    });
    offsets.push(columns.length);
  }
  return frozen({ offsets: Uint32Array.from(offsets), columns: Uint16Array.from(columns), values: Uint16Array.from(values) });
}

function uint16(field, index, value) {
  if (!Number.isInteger(value)) {
    throw refuse('type', field, index, null, `${field}[${index}]: ${String(value)} is not an integer`);
  }
  if (value < 0) throw refuse('negative', field, index, 0, `${field}[${index}] is negative`);
  if (value > 65535) throw refuse('range', field, index, 65535, `${field}[${index}]: ${value} does not fit u16`);
  return value;
}

export function rowsOfLists(field, n, lists) {
  const offsets = [0];
  const columns = [];
  const values = [];
  let before = -1;
  listed(field, lists).forEach((row, position) => {
    const [uid, entries] = Array.isArray(row) && row.length === 2 ? row : [];
    const pairs = Array.isArray(entries) && entries.every((pair) => Array.isArray(pair) && pair.length === 2);
    if (!pairs) throw refuse('type', field, position, null, `${field}[${position}] is not [uid, [[column, value], …]]`);
    uint16(field, position, uid);
    for (const pair of entries) for (const part of pair) uint16(field, position, part);
    if (uid <= before) {
      throw refuse(uid === before ? 'repeated' : 'order', field, position, null, `${field}[${position}]: row ${uid} after row ${before}`);
    }
    before = uid;
    while (offsets.length < uid + 1) offsets.push(columns.length);
    for (const [column, value] of entries) {
      columns.push(column);
      values.push(value);
    }
    offsets.push(columns.length);
  });
  while (offsets.length < n + 1) offsets.push(columns.length);
  return frozen({ offsets: Uint32Array.from(offsets), columns: Uint16Array.from(columns), values: Uint16Array.from(values) });
}

export function denseOfRows(rows, n = rows.offsets.length - 1) {
  return Array.from({ length: n }, (_, row) => {
    const dense = new Uint16Array(n);
    for (let entry = rows.offsets[row]; entry < rows.offsets[row + 1]; entry += 1) {
      if (rows.columns[entry] < n) dense[rows.columns[entry]] = rows.values[entry];
    }
    return dense;
  });
}

// emission

export const CAP = 21_000_000_000_000_000n;
export const BLOCKS_PER_DAY = 7_200n;
export const TAO_WEIGHT = 971_718_665_099_567_868n;
export const DEFAULT_TAKE = 11_796;
/** The module's own, by which the tests check those above, and the chain's defaults that have no function of their own. */
export const constants = () => once('constants');

export const emissionDefaults = () => once('emission_defaults');
export const defaultScheduleState = () => once('default_schedule_state');

export const blockEmission = (issuance) => call('block_emission', { issuance });
export const blockEmissionSteps = (issuance) => call('block_emission_steps', { issuance });
export const halvings = () => once('halvings');
export const nextHalving = (issuance) => call('next_halving', { issuance });
export const emissionOver = (issuance, blocks) => call('emission_over', { issuance, blocks });
export const dailyEmission = (issuance) => call('daily_emission', { issuance });
export const spotPrice = (mechanism, poolPriceRaw) => call('spot_price', { mechanism, poolPriceRaw });
export const sharePrice = (mechanism, movingPriceRaw) => call('share_price', { mechanism, movingPriceRaw });
export function movingPrice(given) {
  const { network, subnet } = emissionDefaults();
  const chain = { halvingBlocks: subnet.emaHalvingBlocks, movingAlphaRaw: network.movingAlphaRaw };
  return call('moving_price', filled('arguments', given, chain));
}
export function alphaIssuance({ alphaInReserve, alphaOutSupply, alphaReservoir = 0, rules: id }) {
  return call('alpha_issuance', { rules: id, alphaInReserve, alphaOutSupply, alphaReservoir });
}
export function rootProportion({ rootTao, alphaIssuance: issuance, taoWeight = TAO_WEIGHT }) {
  return call('root_proportion', { rootTao, taoWeight, alphaIssuance: issuance });
}
export const rootSellFlag = (pricesRaw) => call('root_sell_flag', { pricesRaw });
const gate = (given) => filled('gate', given ?? {}, emissionDefaults().gate);
export const emissionGateBar = (given, block, sharesRaw) => call('emission_gate_bar', { gate: gate(given), block, sharesRaw });
const ELIGIBLE = { mechanism: 1, minerBurnedRaw: 0, emissionEnabled: true };
export function subnetShares(block, minted, subnets, { gate: given, rules: id } = {}) {
  const eligible = listed('subnets', subnets).map((subnet) => filled('subnets', subnet, ELIGIBLE));
  return call('subnet_shares', { rules: id, block, minted, gate: gate(given), subnets: eligible });
}
const FLOW = { sinceUpdate: 0, averageBlock: null, averageRaw: null };
const flow = (given) => filled('subnets', given ?? {}, FLOW);
export function flowShares(block, subnets, parameters) {
  const all = filled('parameters', parameters ?? {}, emissionDefaults().flow);
  const before = listed('subnets', subnets).map((flows) => {
    const { user, protocol } = filled('subnets', flows, {});
    return { user: flow(user), protocol: flow(protocol) };
  });
  return call('flow_shares', { block, parameters: all, subnets: before });
}
export function subnetTerms({ taoEmissionRaw, spotPriceRaw, alphaIssuance: issuance, rootTao, taoWeight = TAO_WEIGHT }) {
  return call('subnet_terms', { taoEmissionRaw, spotPriceRaw, alphaIssuance: issuance, rootTao, taoWeight });
}
export function pendingSplit({ alphaOutRaw, rootProportionRaw, ownerCut = emissionDefaults().network.ownerCut }) {
  return call('pending_split', { alphaOutRaw, rootProportionRaw, ownerCut });
}
const network = (given) => {
  const full = filled('network', given, emissionDefaults().network);
  return { ...full, gate: gate(full.gate) };
};
const pending = (given) => filled('pending', given, emissionDefaults().subnet.pending);
function state(given) {
  // The netuid has no default.
  const { netuid: _, ...chain } = emissionDefaults().subnet;
  const full = filled('subnet', given, chain);
  return { ...full, pending: pending(full.pending), schedule: schedule(full.schedule) };
}
export function inject(subnet, terms, credit, { pool, rules: id } = {}) {
  return withPool(pool, () => call('inject', { rules: id, subnet: state(subnet), terms, credit, pool }));
}
export function createAlpha(given, subnet, terms, { rootSellFlag }) {
  return call('create_alpha', { network: network(given), subnet: state(subnet), terms, rootSellFlag });
}
export function coinbase(block, given, subnets, { pool } = {}) {
  const states = listed('subnets', subnets).map(state);
  return withPool(pool, () => call('coinbase', { block, network: network(given), subnets: states, pool }));
}

// distribution

export const ZERO_ACCOUNT = '0'.repeat(64);

/** The pairs of a map or a list of pairs. */
function pairs(field, given) {
  if (given instanceof Map) return [...given];
  const list = listed(field, given);
  list.forEach((pair, index) => {
    if (!Array.isArray(pair) || pair.length !== 2) {
      throw refuse('type', field, index, null, `${field}[${index}] is not a pair of an account and its value`);
    }
  });
  return list;
}

function checked(field, account) {
  if (typeof account === 'string' || Number.isSafeInteger(account)) return account;
  throw refuse('type', field, null, null, `${field}: an account must be text or an integer, not ${typeof account}`);
}

/** Accounts in ascending order, each once; the module knows one by its place. */
class Accounts {
  constructor(field, named) {
    const all = [...new Set(named)];
    const kinds = new Set(all.map((account) => typeof checked(field, account)));
    if (kinds.size > 1) throw refuse('type', field, null, null, `${field}: accounts of two kinds have no order`);
    if (all.length > 65536) throw refuse('range', field, all.length, 65536, `${field}: more than 65536 accounts`);
    this.all = all.sort((one, other) => (one < other ? -1 : Number(one > other)));
    this.places = new Map(this.all.map((account, place) => [account, place]));
  }

  place(account) {
    return this.places.get(account);
  }
}

/** Coldkeys in the order of appearance, after the zero account. */
class Coldkeys {
  constructor() {
    this.all = [ZERO_ACCOUNT];
    this.places = new Map([[ZERO_ACCOUNT, 0]]);
  }

  place(account) {
    if (!this.places.has(checked('coldkey', account))) {
      this.places.set(account, this.all.length);
      this.all.push(account);
    }
    return this.places.get(account);
  }
}

/** The hotkeys of a call in their order, and the call's arguments that depend on them. */
function tablesOf(given, { edges = [], suspended = [], ownerHotkey = null, rules: id } = {}, named = []) {
  const hotkeys = new Map(pairs('hotkeys', given));
  const triples = listed('edges', edges);
  triples.forEach((edge, index) => {
    if (!Array.isArray(edge) || edge.length !== 3) {
      throw refuse('type', 'edges', index, null, `edges[${index}] must be [parent, child, proportion]`);
    }
  });
  const hidden = new Set(suspended);
  const owner = ownerHotkey === null ? [] : [ownerHotkey];
  const ends = triples.flatMap(([parent, child]) => [parent, child]);
  const accounts = new Accounts('hotkeys', [...hotkeys.keys(), ...ends, ...hidden, ...owner, ...named]);
  const coldkeys = new Coldkeys();
  const chain = { ...constants().hotkey, owner: ZERO_ACCOUNT };
  const rows = accounts.all.map((account) => {
    const row = filled('hotkeys', hotkeys.get(account) ?? {}, chain);
    return { ...row, owner: coldkeys.place(row.owner) };
  });
  const byChild = accounts.all.map(() => []);
  for (const [parent, child, proportion] of triples) {
    byChild[accounts.place(child)].push([accounts.place(parent), proportion]);
  }
  const offsets = [0];
  for (const parents of byChild) offsets.push(offsets.at(-1) + parents.length);
  const flat = byChild.flat();
  return {
    accounts,
    coldkeys,
    call: {
      rules: id,
      hotkeys: rows,
      edges: { offsets, columns: flat.map(([parent]) => parent), values: flat.map(([, proportion]) => proportion) },
      suspended: accounts.all.map((account) => hidden.has(account)),
      ownerHotkey: ownerHotkey === null ? null : accounts.place(ownerHotkey),
    },
  };
}

export function stakeWeights(uids, hotkeys, options = {}) {
  const of = listed('uids', uids);
  const tables = tablesOf(hotkeys, options, of.filter((account) => account !== null));
  const places = of.map((account) => (account === null ? null : tables.accounts.place(account)));
  const weights = call('stake_weights', { ...tables.call, uids: places, taoWeight: options.taoWeight ?? TAO_WEIGHT });
  return frozen({
    alphaRaw: weights.map(({ alphaRaw }) => alphaRaw),
    taoRaw: weights.map(({ taoRaw }) => taoRaw),
    totalRaw: weights.map(({ totalRaw }) => totalRaw),
  });
}

export function inheritedStake(hotkey, hotkeys, options = {}) {
  const tables = tablesOf(hotkeys, options, [hotkey]);
  return call('inherited_stake', { ...tables.call, hotkey: tables.accounts.place(hotkey) });
}

export function effectiveChildkeyTake(childkeyTake, minTake = 0, minTakeSubnet = 0) {
  return call('effective_childkey_take', { childkeyTake, minTake, minTakeSubnet });
}

const childkeyTerms = (given) => filled('terms', given ?? {}, constants().childkeyTerms);

export function splitDividend(hotkey, dividend, hotkeys, options = {}) {
  const tables = tablesOf(hotkeys, options, [hotkey]);
  const { all } = tables.accounts;
  const split = call('split_dividend', {
    ...tables.call, ...childkeyTerms(options.terms), validator: tables.accounts.place(hotkey), dividend,
  });
  return frozen({ ...split, payouts: split.payouts.map((payout) => ({ ...payout, hotkey: all[payout.hotkey] })) });
}

export function dividendDistribution(rows, { pendingAlpha, pendingRoot, taoWeight = TAO_WEIGHT, rules: id }) {
  const full = listed('rows', rows).map((given) => {
    const row = filled('rows', given, { onRoot: false });
    const stake = row.stake ?? null;
    return { ...row, stake: stake === null ? null : filled('rows', stake, { alpha: 0, root: 0 }) };
  });
  return call('dividend_distribution', { rules: id, pendingAlpha, pendingRoot, taoWeight, rows: full });
}

export const rootClaimableUpdate = (rootStake, amount, rateRaw) =>
  call('root_claimable_update', { rootStake, amount, rateRaw });

export function distribute(given, { rules: id } = {}) {
  const subnet = filled('subnet', given, {
    edges: [], epochMode: 'yuma', recycleOrBurn: 'burn', autoStake: [], suspended: [], collateral: [], basketPending: [],
    ownerHotkey: null,
  });
  const shares = listed('epoch', subnet.epoch).map((share) => filled('epoch', share, { incentive: 0, dividend: 0 }));
  const byColdkey = pairs('autoStake', subnet.autoStake);
  const collateral = new Map(pairs('collateral', subnet.collateral));
  const waiting = new Map(pairs('basketPending', subnet.basketPending));
  const named = [
    ...shares.map((share) => share.hotkey), ...byColdkey.map(([, to]) => to), ...collateral.keys(), ...waiting.keys(),
  ];
  const { edges, suspended, ownerHotkey } = subnet;
  const { accounts, coldkeys, call: tables } = tablesOf(subnet.hotkeys, { edges, suspended, ownerHotkey, rules: id }, named);
  const owner = subnet.ownerColdkey ?? null;
  const ownerColdkey = owner === null ? null : coldkeys.place(owner);
  const chosen = new Map(byColdkey.map(([coldkey, to]) => [coldkeys.place(coldkey), accounts.place(to)]));
  const done = call('distribute', {
    ...tables,
    ...childkeyTerms(subnet.terms),
    drained: pending(subnet.drained),
    epoch: shares.map((share) => ({ ...share, hotkey: accounts.place(share.hotkey) })),
    epochMode: subnet.epochMode,
    ownerColdkey,
    leaseShare: subnet.leaseShare,
    recycleOrBurn: subnet.recycleOrBurn,
    autoStake: coldkeys.all.map((_, place) => chosen.get(place)),
    collateral: accounts.all.map((account) => collateral.get(account)),
    basketPending: accounts.all.map((account) => waiting.get(account) ?? 0),
  });
  return frozen({
    ...done,
    credits: done.credits.map(({ hotkey, coldkey, amount }) => ({
      hotkey: accounts.all[hotkey], coldkey: coldkey === null ? null : coldkeys.all[coldkey], amount,
    })),
    ownerHotkeys: Array.from(done.ownerHotkeys, (place) => accounts.all[place]),
    outcomes: done.outcomes.map((outcome, place) => ({ hotkey: accounts.all[place], ...outcome })),
  });
}

// mechanisms

export const mechanismStorageIndex = (netuid, mecid) => call('mechanism_storage_index', { netuid, mecid });
export const mechanismOfIndex = (index) => call('mechanism_of_index', { index });
export const emissionSplitAccepted = (split, mechanismCount, { rules: id } = {}) =>
  call('emission_split_accepted', { rules: id, split, mechanismCount });
export const splitEmission = (alpha, mechanismCount, split, { rules: id } = {}) =>
  call('split_emission', { rules: id, alpha, mechanismCount, split });
export function splitNullEmission({ server, validator, root, mechanismCount, split, rules: id }) {
  return call('split_null_emission', { rules: id, drained: { server, validator, root }, mechanismCount, split });
}
export const mechanismWeights = (total, parts) => call('mechanism_weights', { total, parts });
const TERM = {
  dividend: 0, incentive: 0, validatorEmission: 0, serverEmission: 0, stakeWeight: 0, active: false, emission: 0,
  consensus: 0, validatorTrust: 0, newValidatorPermit: false, stake: 0,
};
export function foldMechanisms(weightsRaw, mechanisms, { epochMode = 'yuma', rules: id } = {}) {
  const full = listed('mechanisms', mechanisms).map((terms) =>
    listed('mechanisms', terms).map((term) => filled('mechanisms', term, TERM)),
  );
  const hotkeys = new Accounts('hotkey', full.flatMap((terms) => terms.map((term) => term.hotkey)));
  const placed = full.map((terms) => terms.map((term) => ({ ...term, hotkey: hotkeys.place(term.hotkey) })));
  const folded = call('fold_mechanisms', {
    rules: id, epochMode, weightsRaw, mechanisms: placed, hotkeys: hotkeys.all.length,
  });
  const terms = folded.filter((term) => term !== null);
  return frozen(terms.map((term) => ({ ...term, hotkey: hotkeys.all[term.hotkey] })));
}

// schedule

const schedule = (given) => filled('subnet', given, defaultScheduleState());
export const visitingKey = (netuid) => call('visiting_key', { netuid });
export const shouldRunEpoch = (subnet, block, { rules: id } = {}) =>
  call('should_run_epoch', { rules: id, subnet: schedule(subnet), block });
export const nextEpochStartBlock = (subnet) => call('next_epoch_start_block', { subnet: schedule(subnet) });
export const blocksUntilNextAutoEpoch = (subnet, block) =>
  call('blocks_until_next_auto_epoch', { subnet: schedule(subnet), block });
export const inAdminFreezeWindow = (subnet, block, window) =>
  call('in_admin_freeze_window', { subnet: schedule(subnet), block, window });
export const activityCutoffBlocks = (tempo, factorMilli) => call('activity_cutoff_blocks', { tempo, factorMilli });
export const epochWithLookahead = (subnet, block, { rules: id } = {}) =>
  call('epoch_with_lookahead', { rules: id, subnet: schedule(subnet), block });
export const revealNow = (subnet, block, { commitEpoch, revealPeriod, rules: id }) =>
  call('reveal_now', { rules: id, subnet: schedule(subnet), block, commitEpoch, revealPeriod });
export const commitExpired = (subnet, block, { commitEpoch, revealPeriod, rules: id }) =>
  call('commit_expired', { rules: id, subnet: schedule(subnet), block, commitEpoch, revealPeriod });
export function scheduleBlock(block, subnets, options = {}) {
  const { maxEpochsPerBlock = emissionDefaults().network.maxEpochsPerBlock, rules: id } = options;
  const before = listed('subnets', subnets).map(schedule);
  return call('schedule_block', { rules: id, block, maxEpochsPerBlock, subnets: before });
}
export const finishEpoch = (subnet, block, { rules: id } = {}) =>
  call('finish_epoch', { rules: id, subnet: schedule(subnet), block });
export const triggerEpoch = (subnet, at) => call('trigger_epoch', { subnet: schedule(subnet), at });
export const changeTempo = (subnet, block, tempo) => call('change_tempo', { subnet: schedule(subnet), block, tempo });
export const changeMode = (subnet, epochMode) => call('change_mode', { subnet: schedule(subnet), epochMode });

// submission

export const maxUpscale = (values) => call('max_upscale', { values });
export const sumNormalize = (values) => call('sum_normalize', { values });
export const maxWeightWithin = (values, limit) => call('max_weight_within', { values, limit });
const CALL = { mecid: 0, versionKey: 0, alphaStake: 0, rootStake: 0, lastUpdate: 0, validatorPermit: [] };
export const validateWeights = (given) =>
  call('validate_weights', filled('call', given, { ...CALL, ...constants().weights }));
const commit = (given) => call('weights_commit', filled('commit', given, { mecid: 0 }));
export const weightsCommitHash = (given) => commit(given).hash;
export const weightsCommitPreimage = (given) => commit(given).preimage;

// fixed

export const fixed = Object.freeze({
  saturatingAdd: (format, a, b) => call('fixed_saturating_add', { format, a, b }),
  saturatingSub: (format, a, b) => call('fixed_saturating_sub', { format, a, b }),
  saturatingMul: (format, a, b) => call('fixed_saturating_mul', { format, a, b }),
  checkedDiv: (format, a, b) => call('fixed_checked_div', { format, a, b }),
  safeDiv: (format, a, b) => call('fixed_safe_div', { format, a, b }),
  round: (format, x) => call('fixed_round', { format, x }),
  convert: (format, to, x) => call('fixed_convert', { format, to, x }),
  toU64: (format, x) => call('fixed_to_u64', { format, x }),
  toU16: (format, x) => call('fixed_to_u16', { format, x }),
  log2: (format, x) => call('fixed_log2', { format, x }),
  ln: (format, x) => call('fixed_ln', { format, x }),
  exp: (format, x) => call('fixed_exp', { format, x }),
  expSafe: (x) => call('fixed_exp_safe', { x }),
  root: (x, epsilon) => call('fixed_root', { x, epsilon }),
  power: (x, p) => call('fixed_power', { x, p }),
  powNormalize: (values, p) => call('fixed_pow_normalize', { values, p }),
  proportion: (x) => call('fixed_proportion', { x }),
  proportionToU16: (x) => call('fixed_proportion_to_u16', { x }),
  proportionOfU64: (x) => call('fixed_proportion_of_u64', { x }),
});

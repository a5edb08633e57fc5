// What crosses to the module, table by table: the names and types of all fields, in the order in which the module's side
// (ffi-wasm/src) reads and writes them. The golden vectors run over all of it.
import {
  bytes, choice, elements, flag, flags, givenRules, i128, i16, i64, list, optional, record, rows, rules, someBytes, text,
  u128, u16, u32, u64, u8, values, wrongLength,
} from './door.js';
import { refuse } from './errors.js';

/** Why the module refuses. */
export const REFUSAL = values({ code: text, field: text, index: u64, limit: u64 });

// schedule

const EPOCH_MODE = choice('yuma', 'null');
const SCHEDULE = record({
  tempo: u16, lastEpochBlock: u64, pendingEpochAt: u64, blocksSinceLastStep: u64, lastMechanismStepBlock: u64,
  epochIndex: u64, epochMode: EPOCH_MODE, lastYumaStepBlock: optional(u64), consistent: flag,
});
const VERDICT = record({ slot: choice('not_due', 'ran', 'deferred', 'skipped'), revealDeferred: flag });
const COMMIT = { revealPeriod: u64, commitEpoch: u64, rules, subnet: SCHEDULE, block: u64 };

// emission

const STEPS = record({ ratioRaw: i128, inverseRaw: i128, log2Raw: i128 });
const HALVING = record({ number: u32, threshold: u64, reward: u64 });
const NEXT_HALVING = record({ threshold: u64, reward: u64, rewardAfter: u64, blocks: u64 });
const MOVING_PRICE = record({
  mechanism: u16, poolPriceRaw: u128, movingPriceRaw: i128, firstEmissionBlock: optional(u64), block: u64,
  halvingBlocks: u64, movingAlphaRaw: i128,
});
const GATE = record({ barRaw: u128, exponentRaw: u128, barRank: u16, barQuantileRaw: u128 });
const ELIGIBLE = record({ movingPriceRaw: i128, minerBurnedRaw: u128, emissionEnabled: flag, mechanism: u16 });
const SHARES = values({
  priceSharesRaw: list(u128), sharesRaw: list(u128), gatedSharesRaw: list(u128), enabledSharesRaw: list(u128),
  taoEmissionRaw: list(u128), rootSellFlag: flag, gate: GATE,
});
const FLOW_PARAMETERS = record({ smoothingFactor: u64, netFlowEnabled: flag, flowCutoffRaw: i128, exponentRaw: u128 });
const FLOW = record({ sinceUpdate: i64, averageBlock: optional(u64), averageRaw: optional(i128) });
const FLOWS = record({ user: FLOW, protocol: FLOW });
const TERMS = record({
  taoEmissionRaw: u128, rootProportionRaw: u128, alphaOutRaw: u128, alphaInRaw: u128, taoInRaw: u128, excessTaoRaw: u128,
});
const PENDING = record({ server: u64, validator: u64, root: u64, ownerCut: u64 });
const NETWORK = record({
  rules, totalIssuance: u64, balancesIssuance: u64, rootTao: u64, taoWeight: u64, ownerCut: u16, movingAlphaRaw: i128,
  gate: GATE, maxEpochsPerBlock: u8,
});
const SUBNET = record({
  netuid: u16, mechanism: u16, poolPriceRaw: u128, movingPriceRaw: i128, emaHalvingBlocks: u64, minerBurnedRaw: u128,
  firstEmissionBlock: optional(u64), subtokenEnabled: flag, registrationAllowed: flag, emissionEnabled: flag,
  ownerCutEnabled: flag, taoReserve: u64, alphaInReserve: u64, alphaOutSupply: u64, taoReservoir: u64, alphaReservoir: u64,
  protocolAlpha: u64, pending: PENDING, rootProportionRaw: u128, schedule: SCHEDULE,
});
const INJECTION = record({ excessTao: u64, alphaIn: u64, taoIn: u64 });
const CREATION = record({ alphaOut: u64, alphaIssuance: u64, rootProportionRaw: u128, recycled: u64 });
const REPORT = record({
  terms: optional(TERMS), injection: INJECTION, creation: CREATION, pending: PENDING, verdict: VERDICT,
  drained: optional(PENDING),
});

/** What the module asks a pool: a method, and what it is called with. */
export const QUESTION = values({ method: text, subnet: SUBNET, amounts: list(u64) });
/** An answer of a pool, which the module can do without. */
const answered = (type) => ({
  write(message, value, field) {
    flag.write(message, true, field, null);
    type.write(message, value, field, null);
  },
});
const PURCHASE = {
  write(message, value, field) {
    const amounts = elements(value, field);
    for (let index = 0; index < amounts.length; index += 1) u64.write(message, amounts[index], field, index);
    if (amounts.length !== 2) throw wrongLength(field, amounts.length, 2);
  },
};
/** What a pool's methods answer. */
export const POOL = { price: answered(u128), accepts: answered(flag), buy: answered(optional(PURCHASE)) };
/** Whether there is one. */
const IF_ANY = optional({ write() {} });

// epoch

const PARAMS = record({
  rules, tempo: u64, activityCutoff: u64, kappa: u16, bondsPenalty: u16, bondsMovingAverage: u64, yuma3: flag,
  liquidAlpha: flag, commitReveal: flag, alphaLow: u16, alphaHigh: u16, alphaSigmoidSteepness: i16,
  maxAllowedValidators: u16, stakeThreshold: u64, consensusMode: choice('auto', 'current', 'previous'),
});
const MOST_RAO = 2n ** 63n - 1n;
/** Stakes as whole rao, or as raw bits. */
const STAKES = {
  write(message, { stakeRaw, stakeRao }) {
    const raw = stakeRaw ?? null;
    const rao = stakeRao ?? null;
    if ((raw === null) === (rao === null)) throw refuse('type', 'stake', null, null, 'give either stakeRaw or stakeRao');
    optional(list(u64)).write(message, rao, 'stakeRao', null);
    if (raw !== null) list(i128).write(message, raw, 'stakeRaw');
    const above = Array.prototype.findIndex.call(rao ?? [], (stake) => stake > MOST_RAO);
    if (above >= 0) {
      throw refuse('range', 'stakeRao', above, MOST_RAO, `stakeRao[${above}] is above the limit ${MOST_RAO}`);
    }
  },
};
/** A subnet's fields, with its stakes as they are given or as they come back. */
const subnetFields = (stakes) => ({
  n: u16, currentBlock: u64, lastStepBlock: u64, lastYumaStepBlock: optional(u64), ownerUid: optional(u16),
  raoEmission: u64, ...stakes, lastUpdate: list(u64), blockAtRegistration: list(u64), validatorPermit: flags,
  commitBlock: optional(list(u64)), weights: rows(u16), bonds: rows(u16), previousConsensus: list(u16),
});
const EPOCH_SUBNET = record(subnetFields({ stake: STAKES }));
const OUTCOME_FIELDS = {
  rules: givenRules, active: flags, validatorPermit: flags, stakeWeight: list(u16), consensus: list(u16),
  incentive: list(u16), dividends: list(u16), validatorTrust: list(u16), serverEmission: list(u64),
  validatorEmission: list(u64), emission: list(u64), bonds: rows(u16),
};
const OUTCOME = values({
  ...OUTCOME_FIELDS,
  raw: values({
    stake: list(i64), activeStake: list(i64), consensus: list(i64), validatorTrust: list(i64), incentive: list(i64),
    dividends: list(i64), emaBonds: rows(i64),
  }),
});
const BUDGETS = record({ mining: u64, dividend: u64, fallback: u64 });

// digest

const INPUT = values({ params: PARAMS, budgets: optional(BUDGETS), subnet: EPOCH_SUBNET });
const OUTCOME_OF_INPUT = values({ outcome: record(OUTCOME_FIELDS), inputDigest: bytes(32) });

// distribution

const STAKE = record({ alpha: u64, root: u64 });
const HOTKEY = record({
  alpha: u64, root: u64, owner: u32, take: u16, childkeyTake: u16, uid: optional(u16), registeredAt: u64, onRoot: flag,
  hasMembers: flag,
});
const TABLES = {
  hotkeys: list(HOTKEY), rules, edges: rows(u64), suspended: flags, ownerHotkey: optional(u16),
};
const CHILDKEY_TERMS = { taoWeight: u64, burn: u64, minTake: u16, minTakeSubnet: u16 };
const COLLATERAL = record({ locked: u64, minLocked: u64, earned: u64, drainRatioRaw: u128 });
const DIVIDENDS = record({
  payoutsRaw: u128, alphaRaw: u128, rootRaw: u128, alphaPaid: optional(u64), rootPaid: optional(u64),
  rootClaimableIncrementRaw: optional(i128),
});
const DRAINED_SUBNET = record({
  ...TABLES, epoch: list(record({ hotkey: u16, incentive: u64, dividend: u64 })), autoStake: list(optional(u16)),
  collateral: list(optional(COLLATERAL)), basketPending: list(u64), drained: PENDING, epochMode: EPOCH_MODE,
  ...CHILDKEY_TERMS, ownerColdkey: optional(u32), leaseShare: optional(u8), recycleOrBurn: choice('recycle', 'burn'),
});
const DISTRIBUTION = values({
  epochEmission: u64, incentiveSum: u64, validatorAlpha: u64, ownerCutKept: u64, withheld: u64, minerBurnedRaw: u128,
  recycled: u64, recycledRoot: u64, burned: u64, claimable: u128, queued: u128, unassigned: i128,
  alphaOutSupplyDelta: i128, credits: list(record({ hotkey: u16, coldkey: optional(u32), amount: u64 })),
  ownerHotkeys: list(u16),
  outcomes: list(record({
    incentive: optional(u64), dividends: optional(DIVIDENDS), totalAlpha: u64, hasMembers: flag,
    collateral: optional(COLLATERAL), basketPending: u64,
  })),
});

// mechanisms

const TERM = record({
  hotkey: u16, uid: u16, dividend: u16, incentive: u16, validatorEmission: u64, serverEmission: u64, stakeWeight: u16,
  active: flag, emission: u64, consensus: u16, validatorTrust: u16, newValidatorPermit: flag, stake: u64,
});

// submission

const WEIGHTS_CALL = record({
  uids: list(u16), values: list(u16), validatorPermit: flags, netuid: u16, mecid: u8, versionKey: u64,
  callerUid: optional(u16), alphaStake: u64, rootStake: u64, lastUpdate: u64, mechanismCount: optional(u8), n: u16,
  ownerUid: optional(u16), taoWeight: u64, stakeThreshold: u64, networkVersionKey: u64, minAllowedWeights: u16,
  maxWeightLimit: u16, commitRevealEnabled: flag, rateLimit: u64, currentBlock: u64,
});
const WEIGHTS_COMMIT = record({
  account: bytes(32), uids: list(u16), values: list(u16), salt: list(u16), netuid: u16, mecid: u8, versionKey: u64,
});

// fixed

const BITS = { i32f32: i64, i64f64: i128, i96f32: i128, u64f64: u128, u96f32: u128 };
const FORMAT = choice('i32f32', 'i64f64', 'i96f32', 'u64f64', 'u96f32');
const SIGNED = choice('i32f32', 'i64f64', 'i96f32');
/** The arguments of a function of one format, which come after it as raw bits of it. */
const inFormat = (fields, ...operands) => ({
  write(message, given) {
    values(fields).write(message, given);
    for (const name of operands) BITS[given.format].write(message, given[name], name, null);
  },
});
const sameFormat = ({ format }) => BITS[format];
const sameFormatIfAny = ({ format }) => optional(BITS[format]);

/** Every function: what it is given, and what it answers, or how that follows from what it is given. */
export const FUNCTIONS = {
  rules: [values({}), list(record({ id: text, specVersion: u32, firstBlock: optional(u64) }))],
  rules_for_spec_version: [values({ specVersion: u32 }), rules],
  constants: [
    values({}),
    values({
      cap: u64, blocksPerDay: u64, taoWeight: u64, defaultTake: u16, hotkey: HOTKEY, childkeyTerms: values(CHILDKEY_TERMS),
      weights: values({
        mechanismCount: optional(u8), taoWeight: u64, stakeThreshold: u64, networkVersionKey: u64, minAllowedWeights: u16,
        maxWeightLimit: u16, commitRevealEnabled: flag, rateLimit: u64,
      }),
    }),
  ],

  stake_weights: [
    record({ ...TABLES, uids: list(optional(u16)), taoWeight: u64 }),
    list(record({ alphaRaw: i128, taoRaw: i128, totalRaw: i128 })),
  ],
  inherited_stake: [record({ ...TABLES, hotkey: u16 }), STAKE],
  effective_childkey_take: [values({ childkeyTake: u16, minTake: u16, minTakeSubnet: u16 }), u16],
  split_dividend: [
    record({ ...TABLES, ...CHILDKEY_TERMS, validator: u16, dividend: u64 }),
    values({
      effectiveTake: u16, selfContribution: u64, payouts: list(record({ hotkey: u16, amount: u64, recycled: u64 })),
    }),
  ],
  dividend_distribution: [
    values({
      pendingAlpha: u64, pendingRoot: u64, rows: list(record({ dividendRaw: u128, stake: optional(STAKE), onRoot: flag })),
      rules, taoWeight: u64,
    }),
    list(optional(record({ alphaRaw: u128, rootRaw: u128 }))),
  ],
  root_claimable_update: [values({ rateRaw: optional(i128), rootStake: u64, amount: u64 }), optional(i128)],
  distribute: [DRAINED_SUBNET, DISTRIBUTION],

  block_emission: [values({ issuance: u64 }), u64],
  block_emission_steps: [values({ issuance: u64 }), optional(STEPS)],
  halvings: [values({}), list(HALVING)],
  next_halving: [values({ issuance: u64 }), optional(NEXT_HALVING)],
  emission_over: [values({ issuance: u64, blocks: u64 }), u64],
  daily_emission: [values({ issuance: u64 }), u64],
  spot_price: [values({ poolPriceRaw: u128, mechanism: u16 }), u128],
  share_price: [values({ movingPriceRaw: i128, mechanism: u16 }), u128],
  moving_price: [MOVING_PRICE, i128],
  root_proportion: [values({ rootTao: u64, taoWeight: u64, alphaIssuance: u64 }), u128],
  alpha_issuance: [values({ rules, alphaInReserve: u64, alphaOutSupply: u64, alphaReservoir: u64 }), u64],
  root_sell_flag: [values({ pricesRaw: list(u128) }), flag],
  emission_gate_bar: [values({ gate: GATE, sharesRaw: list(u128), block: u64 }), u128],
  subnet_shares: [values({ gate: GATE, subnets: list(ELIGIBLE), rules, block: u64, minted: u64 }), SHARES],
  flow_shares: [
    values({ parameters: FLOW_PARAMETERS, subnets: list(FLOWS), block: u64 }),
    values({ sharesRaw: list(u128), flows: list(FLOWS) }),
  ],
  subnet_terms: [
    values({ taoEmissionRaw: u128, spotPriceRaw: u128, alphaIssuance: u64, rootTao: u64, taoWeight: u64 }), TERMS,
  ],
  pending_split: [values({ alphaOutRaw: u128, rootProportionRaw: u128, ownerCut: optional(u16) }), PENDING],
  inject: [
    values({ rules, subnet: SUBNET, terms: TERMS, credit: u64, pool: IF_ANY }),
    values({ subnet: SUBNET, injection: INJECTION, credit: u64 }),
  ],
  create_alpha: [
    values({ network: NETWORK, subnet: SUBNET, terms: TERMS, rootSellFlag: flag }),
    values({ subnet: SUBNET, creation: CREATION }),
  ],
  coinbase: [
    values({ block: u64, network: NETWORK, subnets: list(SUBNET), pool: IF_ANY }),
    values({
      rules, minted: u64, recycled: u64, rootSellFlag: flag, network: NETWORK, subnets: list(SUBNET), reports: list(REPORT),
    }),
  ],
  emission_defaults: [values({}), values({ gate: GATE, flow: FLOW_PARAMETERS, network: NETWORK, subnet: SUBNET })],

  default_params: [values({}), PARAMS],
  epoch: [values({ params: PARAMS, workspaceWords: optional(u32), subnet: EPOCH_SUBNET }), OUTCOME],
  null_epoch: [values({ params: PARAMS, mining: u64, dividend: u64, fallback: u64, subnet: EPOCH_SUBNET }), OUTCOME],
  null_budgets_of_emission: [values({ raoEmission: u64 }), BUDGETS],
  apportion: [values({ shares: list(u128), budget: u64 }), list(u64)],

  encode_input: [INPUT, list(u8)],
  input_digest: [INPUT, list(u8)],
  decode_input: [
    values({ bytes: someBytes }),
    values({
      params: PARAMS, subnet: values(subnetFields({ stakeRaw: list(i128) })), nullBudgets: optional(BUDGETS), digest: list(u8),
    }),
  ],
  encode_outcome: [OUTCOME_OF_INPUT, list(u8)],
  outcome_digest: [OUTCOME_OF_INPUT, list(u8)],
  decode_outcome: [
    values({ bytes: someBytes }), values({ ...OUTCOME_FIELDS, inputDigest: list(u8), digest: list(u8) }),
  ],

  mechanism_storage_index: [values({ netuid: u16, mecid: u8 }), u16],
  mechanism_of_index: [values({ index: u16 }), values({ netuid: u16, mecid: u8 })],
  emission_split_accepted: [values({ split: optional(list(u16)), mechanismCount: u8, rules }), flag],
  split_emission: [values({ mechanismCount: u8, rules, alpha: u64, split: optional(list(u16)) }), list(u64)],
  split_null_emission: [
    values({
      drained: record({ server: u64, validator: u64, root: u64 }), mechanismCount: u8, split: optional(list(u16)), rules,
    }),
    values({ parts: list(u64), budgets: list(BUDGETS) }),
  ],
  mechanism_weights: [values({ parts: list(u64), total: u64 }), list(u128)],
  fold_mechanisms: [
    values({ weightsRaw: list(u128), mechanisms: list(list(TERM)), hotkeys: u32, epochMode: EPOCH_MODE, rules }),
    list(optional(TERM)),
  ],

  fixed_saturating_add: [inFormat({ format: FORMAT }, 'a', 'b'), sameFormat],
  fixed_saturating_sub: [inFormat({ format: FORMAT }, 'a', 'b'), sameFormat],
  fixed_saturating_mul: [inFormat({ format: FORMAT }, 'a', 'b'), sameFormat],
  fixed_checked_div: [inFormat({ format: FORMAT }, 'a', 'b'), sameFormatIfAny],
  fixed_safe_div: [inFormat({ format: FORMAT }, 'a', 'b'), sameFormat],
  fixed_log2: [inFormat({ format: SIGNED }, 'x'), sameFormatIfAny],
  fixed_ln: [inFormat({ format: SIGNED }, 'x'), sameFormatIfAny],
  fixed_exp: [inFormat({ format: SIGNED }, 'x'), sameFormatIfAny],
  fixed_round: [inFormat({ format: FORMAT }, 'x'), sameFormat],
  fixed_convert: [inFormat({ to: FORMAT, format: FORMAT }, 'x'), ({ to }) => BITS[to]],
  fixed_to_u64: [inFormat({ format: FORMAT }, 'x'), u64],
  fixed_to_u16: [inFormat({ format: FORMAT }, 'x'), u16],
  fixed_exp_safe: [values({ x: i64 }), i64],
  fixed_root: [values({ x: u128, epsilon: u128 }), u128],
  fixed_power: [values({ x: u128, p: u128 }), u128],
  fixed_pow_normalize: [values({ values: list(u128), p: u128 }), list(u128)],
  fixed_proportion: [values({ x: u16 }), i64],
  fixed_proportion_to_u16: [values({ x: i64 }), u16],
  fixed_proportion_of_u64: [values({ x: u64 }), u128],

  default_schedule_state: [values({}), SCHEDULE],
  visiting_key: [values({ netuid: u16 }), u16],
  should_run_epoch: [values({ rules, subnet: SCHEDULE, block: u64 }), flag],
  next_epoch_start_block: [values({ subnet: SCHEDULE }), optional(u64)],
  blocks_until_next_auto_epoch: [values({ subnet: SCHEDULE, block: u64 }), u64],
  in_admin_freeze_window: [values({ subnet: SCHEDULE, block: u64, window: u16 }), flag],
  activity_cutoff_blocks: [values({ tempo: u16, factorMilli: u32 }), u64],
  epoch_with_lookahead: [values({ rules, subnet: SCHEDULE, block: u64 }), u64],
  reveal_now: [values(COMMIT), flag],
  commit_expired: [values(COMMIT), flag],
  schedule_block: [
    values({ subnets: list(SCHEDULE), maxEpochsPerBlock: u8, rules, block: u64 }),
    values({ subnets: list(SCHEDULE), verdicts: list(VERDICT) }),
  ],
  finish_epoch: [values({ subnet: SCHEDULE, rules, block: u64 }), SCHEDULE],
  trigger_epoch: [values({ subnet: SCHEDULE, at: u64 }), SCHEDULE],
  change_tempo: [values({ subnet: SCHEDULE, block: u64, tempo: u16 }), SCHEDULE],
  change_mode: [values({ subnet: SCHEDULE, epochMode: EPOCH_MODE }), SCHEDULE],

  max_upscale: [values({ values: list(u16) }), list(u16)],
  sum_normalize: [values({ values: list(u16) }), list(u16)],
  max_weight_within: [values({ values: list(u16), limit: u16 }), flag],
  validate_weights: [WEIGHTS_CALL, values({ uids: list(u16), values: list(u16), lastUpdate: u64 })],
  weights_commit: [WEIGHTS_COMMIT, values({ preimage: list(u8), hash: list(u8) })],
};

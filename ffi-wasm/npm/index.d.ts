/**
 * Bittensor's on-chain economics, bit for bit: what the chain computes, as plain functions.
 *
 * Proportions are 16-bit numbers of 65535, amounts are rao, blocks are block numbers. Integers of up to 32 bits are
 * numbers, wider ones are bigints; where a bigint is taken, an integer number is taken too. `Raw` at the end of a name
 * marks the raw bits of a fixed-point format, which the documentation names. There is no fraction in any number.
 *
 * Results are plain frozen objects: nothing has to be freed. Every function throws {@link YumaError} for what no
 * function of the chain takes.
 *
 * @packageDocumentation
 */

/** What may initialise the module: its address, a response, its bytes, or a compiled module. */
export type InitInput = string | URL | Request | Response | BufferSource | WebAssembly.Module;

/**
 * Loads the module. In browsers and bundlers, wait for it before the first call of another function; in Node and with
 * `libyuma/bundler` the module is there already, and this returns at once. May be called any number of times.
 *
 * @param source where the module is; by default beside this package's own files.
 */
export function init(source?: InitInput | Promise<InitInput>): Promise<void>;
export default init;
/** Loads the module from its bytes or from a compiled module, for instance one that another thread sent. */
export function initSync(source: BufferSource | WebAssembly.Module): void;

/** The version of this package. */
export const version: string;

// ---- errors ----

/** What is wrong with an argument, in a word. */
export type ErrorCode =
  | 'missing' | 'type' | 'range' | 'negative' | 'length' | 'repeated' | 'order' | 'offsets' | 'entries' | 'too_small'
  | 'not_canonical' | 'not_in_rules' | 'unknown_rules' | 'refused';

/** An argument that no function of the chain takes. */
export class YumaError extends Error {
  /** What is wrong, in a word. */
  readonly code: ErrorCode;
  /** The argument, or the field of it, in the names of this package. */
  readonly field: string;
  /** The position within the field, or what the code says (for `length`, how many elements there are). */
  readonly index: number | null;
  /** The bound that was broken, where there is one. */
  readonly limit: number | bigint | null;
}
/**
 * Weights that the chain would refuse (`code` is `refused`).
 */
export class SubmissionError extends YumaError {
  /** The chain's own name of the error. */
  readonly refusal: string;
}

// ---- values ----

/** An integer of up to 32 bits, or one that is known to fit. */
export type Integer = number | bigint;
/** A list of integers. A typed array of exactly the element's type is copied in one go. */
export type Integers =
  | readonly Integer[] | Uint8Array | Uint16Array | Uint32Array | Int8Array | Int16Array | Int32Array
  | BigUint64Array | BigInt64Array;
/** A list of bools; in a `Uint8Array`, 0 is false and 1 is true. */
export type Flags = readonly boolean[] | Uint8Array;

/** The id of a set of the chain's rules. */
export type RulesId = 'subtensor-425' | 'subtensor-475';
/** A set of the chain's rules. */
export interface Rules {
  /** What functions take as `rules`. */
  readonly id: RulesId;
  /** The chain's spec version. */
  readonly specVersion: number;
  /** The first block of mainnet under these rules, where it is known. */
  readonly firstBlock: bigint | null;
}
/** Every known set, oldest first. The last is what functions take by default. */
export function rules(): readonly Rules[];
/** The id of the rules in force at a spec version. Throws `unknown_rules` for every version no set was written for. */
export function rulesForSpecVersion(specVersion: Integer): RulesId;
/** The rules to compute by; by default the newest. */
export interface RulesOption {
  rules?: RulesId;
}

/**
 * A sparse matrix: row `i` is entries `offsets[i] … offsets[i + 1]` of the other two. Entries stay in the order given,
 * and a row may repeat a column: both matter to the chain.
 */
export interface RowsInput {
  /** Where each row begins, and behind the last where it ends: one more than rows. */
  readonly offsets: Integers;
  /** The column of every entry. */
  readonly columns: Integers;
  /** The value of every entry. */
  readonly values: Integers;
}
/** A sparse matrix in typed arrays. */
export interface Rows<V extends Uint16Array | BigInt64Array = Uint16Array> {
  readonly offsets: Uint32Array;
  readonly columns: Uint16Array;
  readonly values: V;
}
/** Rows of a dense matrix, without its zeros. */
export function rowsOfDense(matrix: readonly (readonly number[] | Uint16Array)[]): Rows;
/** Rows from `[[uid, [[column, value], …]], …]`, uids ascending, as the files of vectors have them. */
export function rowsOfLists(field: string, n: number, lists: readonly (readonly [number, readonly (readonly [number, number])[]])[]): Rows;
/** A dense matrix: `n` rows of `n` columns. Of a repeated column it holds the last entry. */
export function denseOfRows(rows: Rows, n?: number): Uint16Array[];

// ---- epoch ----

/** Which epoch's consensus liquid alpha measures against (475). */
export type ConsensusMode = 'auto' | 'current' | 'previous';
/** The hyperparameters of an epoch, and the rules it follows. Never given: the chain's default. */
export interface Params {
  /** The set of rules to compute by. Default: the newest. */
  rules?: RulesId;
  /** Blocks from one epoch to the next; read only when no epoch ran yet. Default 360. */
  tempo?: Integer;
  /** Blocks after its last update in which a neuron still counts as active. Default 5000. */
  activityCutoff?: Integer;
  /** The share of active stake whose agreement makes consensus, of 65535. Default 32767. */
  kappa?: Integer;
  /** How far weights above consensus lose their bonds, of 65535. Default 65535. */
  bondsPenalty?: Integer;
  /** How much of the old bonds an epoch keeps, in millionths. Default 900000. */
  bondsMovingAverage?: Integer;
  /** Yuma 3 instead of Yuma 2. Default false. */
  yuma3?: boolean;
  /** A smoothing factor of its own for each bond; acts only with `yuma3`. Default false. */
  liquidAlpha?: boolean;
  /** Weights committed before a miner registered do not count for it. Default false. */
  commitReveal?: boolean;
  /** The smallest liquid alpha, of 65535. Default 45875. */
  alphaLow?: Integer;
  /** The largest liquid alpha, of 65535. Default 58982. */
  alphaHigh?: Integer;
  /** The steepness of liquid alpha in hundredths, 16 bits, may be negative. Default 1000. */
  alphaSigmoidSteepness?: Integer;
  /** How many neurons get a validator permit. Default 64. */
  maxAllowedValidators?: Integer;
  /** The stake below which a neuron's stake counts as 0, in rao. Default 0. */
  stakeThreshold?: Integer;
  /** Which epoch's consensus liquid alpha measures against (475). Default `auto`. */
  consensusMode?: ConsensusMode;
}
/** The chain's default of every parameter. */
export function defaultParams(): Readonly<DefaultParams>;
/** Every parameter, as {@link Params} says; those of 64 bits are bigints. */
export interface DefaultParams {
  rules: RulesId;
  tempo: bigint;
  activityCutoff: bigint;
  kappa: number;
  bondsPenalty: number;
  bondsMovingAverage: bigint;
  yuma3: boolean;
  liquidAlpha: boolean;
  commitReveal: boolean;
  alphaLow: number;
  alphaHigh: number;
  alphaSigmoidSteepness: number;
  maxAllowedValidators: number;
  stakeThreshold: bigint;
  consensusMode: ConsensusMode;
}

/** A subnet before its epoch; lists have one element per uid. Give either `stakeRaw` or `stakeRao`. */
export interface Subnet {
  /** The number of neurons. Default: as many as there are stakes. */
  n?: Integer;
  /** The block the epoch runs in. */
  currentBlock: Integer;
  /** The block of the epoch before; 0 when none ran yet. Default 0. */
  lastStepBlock?: Integer;
  /** The block of the last epoch in Yuma mode (475; 0 is a block, not absence). */
  lastYumaStepBlock?: Integer | null;
  /** The uid of the subnet's owner. One that is not below `n` has no effect. */
  ownerUid?: Integer | null;
  /** The alpha to divide, in rao. */
  raoEmission: Integer;
  /** Total stake weights, raw bits of I64F64; in a `BigUint64Array` or `BigInt64Array`, raw bits of at most 64. */
  stakeRaw?: Integers;
  /** Total stake weights in whole rao. */
  stakeRao?: Integers;
  /** The block in which each neuron last set weights. */
  lastUpdate: Integers;
  /** The block in which each neuron registered. Default 0 for all. */
  blockAtRegistration?: Integers;
  /** Who has a validator permit before the epoch. */
  validatorPermit: Flags;
  /** The block of each neuron's earliest active commit, 2^64 − 1 for none. Read only with commit-reveal. */
  commitBlock?: Integers | null;
  /** Row: validator, column: miner, value: the 16-bit weight as stored. */
  weights: RowsInput;
  /** Row: validator, column: miner, value: the 16-bit bond as the epoch before stored it. Default: none. */
  bonds?: RowsInput;
  /** The consensus of the epoch before, of 65535; any length (475). Default: none stored. */
  previousConsensus?: Integers;
}

/** The values behind the chain's units: raw bits of I32F32, one element per uid. */
export interface RawOutcome {
  /** Each neuron's share of the stake. */
  readonly stake: BigInt64Array;
  /** Each active validator's share of the active stake. */
  readonly activeStake: BigInt64Array;
  /** The consensus weight of each miner. */
  readonly consensus: BigInt64Array;
  /** Each validator's trust. */
  readonly validatorTrust: BigInt64Array;
  /** Each miner's incentive. */
  readonly incentive: BigInt64Array;
  /** Each validator's dividends. */
  readonly dividends: BigInt64Array;
  /** The averaged bonds of every uid, whatever its permit. */
  readonly emaBonds: Rows<BigInt64Array>;
}
/** What an epoch gives, in the chain's units; lists have one element per uid. */
export interface Outcome {
  /** The rules the epoch followed. */
  readonly rules: RulesId;
  /** Who was active. */
  readonly active: readonly boolean[];
  /** Who has a validator permit from now on. */
  readonly validatorPermit: readonly boolean[];
  /** Each neuron's share of the stake, of 65535. */
  readonly stakeWeight: Uint16Array;
  /** The consensus weight of each miner, of 65535. */
  readonly consensus: Uint16Array;
  /** Each miner's incentive, of 65535. */
  readonly incentive: Uint16Array;
  /** Each validator's dividends, of 65535. */
  readonly dividends: Uint16Array;
  /** Each validator's trust, of 65535. */
  readonly validatorTrust: Uint16Array;
  /** What each neuron is paid for serving, in rao. */
  readonly serverEmission: BigUint64Array;
  /** What each neuron is paid for validating, in rao. */
  readonly validatorEmission: BigUint64Array;
  /** What each neuron is paid in all, in rao; rounded by itself. */
  readonly emission: BigUint64Array;
  /** The bonds to store: rows of uids with a new permit, the next epoch's `bonds`. */
  readonly bonds: Rows;
  /** The values behind the units. */
  readonly raw: RawOutcome;
}
/**
 * One epoch of a subnet: Yuma consensus, from weights to everybody's reward.
 *
 * @param options `workspaceWords`: compute in so many words of 64 bits at most; throws `too_small` if that is not enough.
 */
export function epoch(params: Params, subnet: Subnet, options?: { workspaceWords?: Integer | null }): Outcome;
/** What a Null epoch may pay, in rao of alpha, as {@link NullBudgets} says (475). */
export interface NullBudgetsInput { mining: Integer; dividend: Integer; fallback: Integer; }
/** What a Null epoch may pay, in rao of alpha (475). */
export interface NullBudgets {
  /** To the miners. */
  readonly mining: bigint;
  /** To the stakers. */
  readonly dividend: bigint;
  /** To the miners when nobody has any stake; the other two are then paid to nobody. */
  readonly fallback: bigint;
}
/** The budgets of a Null epoch called with a single amount; an odd unit goes to the miners. */
export function nullBudgetsOfEmission(raoEmission: Integer): NullBudgets;
/**
 * One epoch of a subnet in Null mode: one validator decides, every amount is whole. Throws `not_in_rules` before 475.
 *
 * @param budgets by default those of the subnet's `raoEmission`.
 */
export function nullEpoch(params: Params, subnet: Subnet, budgets?: NullBudgetsInput): Outcome;
/** Divides a budget among shares (integers below 2^128) in whole units, in order. */
export function apportion(shares: Integers, budget: Integer): BigUint64Array;

// ---- digest ----

/** A subnet as {@link decodeInput} finds it in bytes: a {@link Subnet} with every field. */
export interface DecodedSubnet {
  /** The number of neurons. */
  readonly n: number;
  /** The block the epoch runs in. */
  readonly currentBlock: bigint;
  /** The block of the epoch before; 0 when none ran yet. */
  readonly lastStepBlock: bigint;
  /** The block of the last epoch in Yuma mode (475); 0 is a block, not absence. */
  readonly lastYumaStepBlock: bigint | null;
  /** The uid of the subnet's owner. */
  readonly ownerUid: number | null;
  /** The alpha to divide, in rao. */
  readonly raoEmission: bigint;
  /** Total stake weights, raw bits of I64F64. */
  readonly stakeRaw: readonly bigint[];
  /** The block in which each neuron last set weights. */
  readonly lastUpdate: BigUint64Array;
  /** The block in which each neuron registered. */
  readonly blockAtRegistration: BigUint64Array;
  /** Who has a validator permit before the epoch. */
  readonly validatorPermit: readonly boolean[];
  /** The block of each neuron's earliest active commit, 2^64 − 1 for none. */
  readonly commitBlock: BigUint64Array;
  /** Row: validator, column: miner, value: the 16-bit weight as stored. */
  readonly weights: Rows;
  /** Row: validator, column: miner, value: the 16-bit bond as the epoch before stored it. */
  readonly bonds: Rows;
  /** The consensus of the epoch before, of 65535; at most `n` elements (475). */
  readonly previousConsensus: Uint16Array;
}
/** Everything one epoch is computed from, as {@link decodeInput} finds it in bytes. */
export interface EpochInput {
  /** The parameters, and with them the rules. */
  readonly params: Readonly<DefaultParams>;
  /** The subnet before the epoch. */
  readonly subnet: DecodedSubnet;
  /** What a Null epoch may pay, in rao; `null`: the bytes are of a Yuma epoch. */
  readonly nullBudgets: NullBudgets | null;
  /** The SHA-256 of the bytes, 32 bytes: {@link inputDigest} of the other three. */
  readonly digest: Uint8Array;
}
/** What {@link encodeOutcome} writes: an {@link Outcome} without the values behind its units. */
export type OutcomeFields = Omit<Outcome, 'raw'>;
/** An epoch's outcome in the chain's units, as {@link decodeOutcome} finds it in bytes. */
export interface OutcomeRecord extends OutcomeFields {
  /** The SHA-256 of the input that it was computed from, 32 bytes. */
  readonly inputDigest: Uint8Array;
  /** The SHA-256 of the bytes, 32 bytes: {@link outcomeDigest} of all the rest. */
  readonly digest: Uint8Array;
}
/**
 * The canonical bytes of what an epoch is computed from. A value has exactly one encoding, on every machine and in every
 * language, so equal bytes and equal digests mean equal values; the format is described in `core/src/digest/format.md`.
 *
 * What no epoch looks at is left out: rows of weights and bonds from `n` on, a consensus of the epoch before from `n` on.
 *
 * @param budgets those of a Null epoch, always given for one (`nullBudgetsOfEmission` makes the default ones); without
 *   them the bytes are of a Yuma epoch.
 * @throws {YumaError} for what the epoch itself refuses, also of 425 with budgets (`not_in_rules`).
 * @example
 * const bytes = encodeInput({ kappa: 32767 }, subnet);
 * const { params, subnet: again, nullBudgets, digest } = decodeInput(bytes);
 * const outcome = nullBudgets === null ? epoch(params, again) : nullEpoch(params, again, nullBudgets);
 * const signed = outcomeDigest(outcome, digest);
 */
export function encodeInput(params: Params, subnet: Subnet, budgets?: NullBudgetsInput | null): Uint8Array;
/** The SHA-256 of {@link encodeInput}'s bytes, 32 bytes. Throws the same. */
export function inputDigest(params: Params, subnet: Subnet, budgets?: NullBudgetsInput | null): Uint8Array;
/**
 * The input whose canonical bytes are all of `bytes`. Never takes more memory than a small multiple of them.
 *
 * @throws {YumaError}
 * - `not_canonical`: no input encodes to these bytes; `index` is the offset of the value in `field`, `limit` the largest
 *   that may stand there;
 * - `length` of `bytes`: they end too early or go on; `index` is how many there are, `limit` how many are needed;
 * - `unknown_rules`, `not_in_rules`, and whatever else the epoch itself refuses.
 */
export function decodeInput(bytes: Uint8Array): EpochInput;
/**
 * The canonical bytes of an epoch's outcome, as {@link epoch}, {@link nullEpoch} or {@link decodeOutcome} give it.
 *
 * @param inputDigest the SHA-256 of the input that it was computed from, 32 bytes.
 * @throws {YumaError} `length` for a list that does not have one element per uid, as many as `validatorPermit` has, or for
 *   a digest of another length.
 */
export function encodeOutcome(outcome: OutcomeFields, inputDigest: Uint8Array): Uint8Array;
/** The SHA-256 of {@link encodeOutcome}'s bytes, 32 bytes: it attests the input, too. Throws the same. */
export function outcomeDigest(outcome: OutcomeFields, inputDigest: Uint8Array): Uint8Array;
/**
 * The outcome whose canonical bytes are all of `bytes`. Never takes more memory than a small multiple of them.
 *
 * @throws {YumaError} `not_canonical`, `length` and `unknown_rules`, as {@link decodeInput}.
 */
export function decodeOutcome(bytes: Uint8Array): OutcomeRecord;

// ---- emission ----

/** The limit of the issuance of TAO and of every subnet's alpha, in rao. */
export const CAP: bigint;
/** Blocks of a day, at 12 seconds each. */
export const BLOCKS_PER_DAY: bigint;
/** What a rao of TAO on root counts against one of alpha on mainnet, of 2^64 − 1. */
export const TAO_WEIGHT: bigint;
/** The delegate take of a hotkey that never set one, of 65535. */
export const DEFAULT_TAKE: number;

/** The reward per block in rao, at an issuance in rao: of TAO, or of a subnet's alpha. */
export function blockEmission(issuance: Integer): bigint;
/** The chain's intermediate values of a block's emission, raw I96F32. */
export interface BlockEmissionSteps {
  /** Issuance ÷ {@link CAP}. */
  readonly ratioRaw: bigint;
  /** 1 ÷ (1 − ratio). */
  readonly inverseRaw: bigint;
  /** The binary logarithm of that: its whole part is the number of halvings. */
  readonly log2Raw: bigint;
}
/** The chain's own way to {@link blockEmission}, for audits; `null` from {@link CAP} on. */
export function blockEmissionSteps(issuance: Integer): BlockEmissionSteps | null;
/** One step of the reward: the number of halvings, the issuance at which it begins, and the reward per block, in rao. */
export interface Halving { readonly number: number; readonly threshold: bigint; readonly reward: bigint; }
/** All steps of the reward, from the first to the one at which it is 0. */
export function halvings(): readonly Halving[];
/** The halving ahead of an issuance. */
export interface NextHalving {
  /** The issuance in rao at which the reward changes. */
  readonly threshold: bigint;
  /** The reward per block in rao until then. */
  readonly reward: bigint;
  /** The reward per block in rao from then on. */
  readonly rewardAfter: bigint;
  /** How many blocks still get the present reward if none of it is recycled. */
  readonly blocks: bigint;
}
/** The halving ahead of an issuance in rao; `null` when the reward is 0 already. */
export function nextHalving(issuance: Integer): NextHalving | null;
/** What the next `blocks` blocks mint from `issuance` on, in rao, with nothing recycled. */
export function emissionOver(issuance: Integer, blocks: Integer): bigint;
/** What a day of 7200 blocks mints from `issuance` on, in rao, with nothing recycled. */
export function dailyEmission(issuance: Integer): bigint;
/** The spot price, raw U64F64: the pool's for mechanism 1, exactly 1 for every other. */
export function spotPrice(mechanism: Integer, poolPriceRaw: Integer): bigint;
/** The price that counts for the shares, raw U64F64: 1 for mechanism 0, otherwise the moving price (raw I96F32). */
export function sharePrice(mechanism: Integer, movingPriceRaw: Integer): bigint;
/** The new moving price, raw I96F32: an average of the old one and the spot price. */
export function movingPrice(arguments_: {
  /** The subnet's market: 1 has a pool with a price. */
  mechanism: Integer;
  /** The pool's price, raw U64F64. */
  poolPriceRaw: Integer;
  /** The moving price so far, raw I96F32. */
  movingPriceRaw: Integer;
  /** The block of the subnet's first emission. */
  firstEmissionBlock: Integer | null;
  /** The block at hand. */
  block: Integer;
  /** Blocks after which half of the smoothing is reached. Default 201600. */
  halvingBlocks?: Integer;
  /** The smoothing, raw I96F32. Default 12885. */
  movingAlphaRaw?: Integer;
}): bigint;
/** A subnet's alpha issuance in rao: pool, outstanding, and from 475 on the reservoir. */
export function alphaIssuance(arguments_: { alphaInReserve: Integer; alphaOutSupply: Integer; alphaReservoir?: Integer } & RulesOption): bigint;
/** Root's part of a subnet with this alpha issuance, raw U96F32. */
export function rootProportion(arguments_: { rootTao: Integer; alphaIssuance: Integer; taoWeight?: Integer }): bigint;
/** Whether root's alpha may be sold: the prices of the eligible subnets, raw U64F64, sum to more than 1. */
export function rootSellFlag(pricesRaw: Integers): boolean;
/** The gate's bar, and what it and the bar are made with (475). `Raw`: U64F64. */
export interface EmissionGate {
  /** The share that is halved; 0: never computed. */
  readonly barRaw: bigint;
  /** How steep the gate is. */
  readonly exponentRaw: bigint;
  /** The bar is the share with this rank from the largest; 0: by the quantile. */
  readonly barRank: number;
  /** The bar is the share at which the largest sum to this; read only for the rank 0. */
  readonly barQuantileRaw: bigint;
}
/** An object of which every field may be left out, and integers may be of either kind. */
export type Given<T> = {
  -readonly [K in keyof T]?: T[K] extends boolean | string ? T[K] : T[K] extends number | bigint | null
    ? Integer | (null extends T[K] ? null : never) : T[K] extends object ? Given<T[K]> : T[K];
};
/** The gate's bar after `block`, raw U64F64, from all eligible subnets' shares (raw U64F64) in any order. */
export function emissionGateBar(gate: Given<EmissionGate>, block: Integer, sharesRaw: Integers): bigint;
/** A subnet that takes part in the sharing of a block's TAO. */
export interface EligibleSubnet {
  /** Raw I96F32. */
  movingPriceRaw: Integer;
  /** Its market: 1 has a pool with a price. Default 1. */
  mechanism?: Integer;
  /** The part of the miners' emission that is withheld, raw U96F32. Default 0. */
  minerBurnedRaw?: Integer;
  /** Whether it may receive TAO. Default true. */
  emissionEnabled?: boolean;
}
/** How a block's TAO is shared, step by step; lists in the order of the subnets. */
export interface SubnetShares {
  /** Each subnet's part of all prices, raw U64F64. */
  readonly priceSharesRaw: readonly bigint[];
  /** Its part after the burn weight, raw U64F64. */
  readonly sharesRaw: readonly bigint[];
  /** Its part after the gate, raw U64F64 (475). */
  readonly gatedSharesRaw: readonly bigint[];
  /** Its part among the enabled subnets, raw U64F64. */
  readonly enabledSharesRaw: readonly bigint[];
  /** Its TAO of this block in rao, raw U96F32. */
  readonly taoEmissionRaw: readonly bigint[];
  /** Whether root's alpha may be sold. */
  readonly rootSellFlag: boolean;
  /** The gate as it is stored afterwards. */
  readonly gate: EmissionGate;
}
/** Shares the TAO that `block` minted, in rao, among the eligible subnets. */
export function subnetShares(block: Integer, minted: Integer, subnets: readonly EligibleSubnet[], options?: { gate?: Given<EmissionGate> } & RulesOption): SubnetShares;
/** The parameters of the flow shares. */
export interface FlowParameters {
  /** The weight of a new flow in the average, of 2^63 − 1. */
  readonly smoothingFactor: bigint;
  /** Whether the protocol's own flow is subtracted. */
  readonly netFlowEnabled: boolean;
  /** Flows up to here have no share: rao per block, raw I64F64. */
  readonly flowCutoffRaw: bigint;
  /** The power to which flows are raised before they become shares, raw U64F64. */
  readonly exponentRaw: bigint;
}
/** One flow of TAO into a subnet, and its average if there is one. */
export interface Flow {
  /** Rao since the last update; negative: out of the subnet. */
  readonly sinceUpdate: bigint;
  /** The block in which the average was last updated. */
  readonly averageBlock: bigint | null;
  /** The average in rao per block, raw I64F64. */
  readonly averageRaw: bigint | null;
}
/** The two flows of one subnet. */
export interface SubnetFlows {
  /** What users brought and took. */
  readonly user: Flow;
  /** What the protocol brought and took. */
  readonly protocol: Flow;
}
/** Each subnet's share by its net flow, raw U64F64, and the flows afterwards. The chain keeps this but does not run it. */
export function flowShares(block: Integer, subnets: readonly Given<SubnetFlows>[], parameters?: Given<FlowParameters>): { readonly sharesRaw: readonly bigint[]; readonly flows: readonly SubnetFlows[] };
/** What one block means for one subnet: rao with their fractions, raw U96F32. */
export interface SubnetTerms {
  /** The subnet's TAO of the block. */
  readonly taoEmissionRaw: bigint;
  /** Root's part of the subnet, which limits `alphaInRaw`: a share, raw U96F32. */
  readonly rootProportionRaw: bigint;
  /** Alpha created for the participants: a whole number. */
  readonly alphaOutRaw: bigint;
  /** Alpha to inject into the pool. */
  readonly alphaInRaw: bigint;
  /** TAO to inject into the pool. */
  readonly taoInRaw: bigint;
  /** TAO that buys alpha instead. */
  readonly excessTaoRaw: bigint;
}
/** What becomes of a TAO emission (raw U96F32) at a spot price (raw U64F64). */
export function subnetTerms(arguments_: { taoEmissionRaw: Integer; spotPriceRaw: Integer; alphaIssuance: Integer; rootTao: Integer; taoWeight?: Integer }): SubnetTerms;
/** Alpha that waits for a subnet's epoch, by whom it is for, in rao. */
export interface Pending {
  /** For the miners. */
  readonly server: bigint;
  /** For the validators. */
  readonly validator: bigint;
  /** For root's stakers. */
  readonly root: bigint;
  /** For the subnet's owner. */
  readonly ownerCut: bigint;
}
/** Splits a subnet's new alpha (raw U96F32) among those it is for. `ownerCut` of 65535, `null`: none; default 11796. */
export function pendingSplit(arguments_: { alphaOutRaw: Integer; rootProportionRaw: Integer; ownerCut?: Integer | null }): Pending;
/** What concerns all subnets. Amounts in rao. */
export interface Network {
  /** The set of rules to compute by. */
  readonly rules: RulesId;
  /** The counter of TAO that decides the reward. */
  readonly totalIssuance: bigint;
  /** The ledger's own total of TAO, which decides the cap. */
  readonly balancesIssuance: bigint;
  /** The TAO staked on root. */
  readonly rootTao: bigint;
  /** What a rao of TAO on root counts against one of alpha, of 2^64 − 1. */
  readonly taoWeight: bigint;
  /** The owners' part of new alpha, of 65535. */
  readonly ownerCut: number;
  /** The smoothing of moving prices, raw I96F32. */
  readonly movingAlphaRaw: bigint;
  /** The gate between a subnet's share and its TAO (475). */
  readonly gate: EmissionGate;
  /** How many epochs may run in one block. */
  readonly maxEpochsPerBlock: number;
}
/** One subnet from block to block. Amounts in rao. */
export interface SubnetState {
  /** The subnet; 0 is root, which takes no part. The only field without a default. */
  readonly netuid: number;
  /** Its market: 1 has a pool with a price. */
  readonly mechanism: number;
  /** The pool's price of alpha in TAO, raw U64F64; read only for mechanism 1. */
  readonly poolPriceRaw: bigint;
  /** The average price by which TAO is shared, raw I96F32. */
  readonly movingPriceRaw: bigint;
  /** Blocks after which half of the smoothing of the moving price is reached. */
  readonly emaHalvingBlocks: bigint;
  /** The part of the miners' emission that is withheld, raw U96F32; a {@link Distribution} says it anew. */
  readonly minerBurnedRaw: bigint;
  /** The block of the first emission; `null`: not started. */
  readonly firstEmissionBlock: bigint | null;
  /** A condition of taking part. */
  readonly subtokenEnabled: boolean;
  /** A condition of taking part. */
  readonly registrationAllowed: boolean;
  /** Whether a subnet that takes part may receive TAO. */
  readonly emissionEnabled: boolean;
  /** Whether the owner gets a cut. */
  readonly ownerCutEnabled: boolean;
  /** TAO in the pool. */
  readonly taoReserve: bigint;
  /** Alpha in the pool. */
  readonly alphaInReserve: bigint;
  /** Outstanding alpha. */
  readonly alphaOutSupply: bigint;
  /** TAO the pool could not take yet (475). */
  readonly taoReservoir: bigint;
  /** Alpha the pool could not take yet (475). */
  readonly alphaReservoir: bigint;
  /** Alpha the chain has bought so far; no rule reads it (475). */
  readonly protocolAlpha: bigint;
  /** Alpha that waits for the epoch. */
  readonly pending: Pending;
  /** Root's part of the subnet as last stored, raw U96F32; no rule reads it. */
  readonly rootProportionRaw: bigint;
  /** When its epochs run. */
  readonly schedule: ScheduleState;
}
/** The chain's defaults of what a block's emission takes. */
export function emissionDefaults(): { readonly gate: EmissionGate; readonly flow: FlowParameters; readonly network: Network; readonly subnet: SubnetState };
/** A subnet's market as a block sees it. Whatever its methods throw, the block throws. */
export interface Pool {
  /** The price of alpha in TAO, raw U64F64; asked before the injections and after them. */
  price(subnet: SubnetState): Integer;
  /** Whether the pool takes these amounts, in rao. */
  accepts(subnet: SubnetState, tao: bigint, alpha: bigint): boolean;
  /** Sells alpha for `tao` rao: TAO paid in and alpha paid out; `null`: it fails. */
  buy(subnet: SubnetState, tao: bigint): readonly [Integer, Integer] | null;
}
/** What an injection moved, in rao. */
export interface Injection {
  /** TAO that went into a buy. */
  readonly excessTao: bigint;
  /** Alpha that went into the pool. */
  readonly alphaIn: bigint;
  /** TAO that went into the pool. */
  readonly taoIn: bigint;
}
/** Carries out a subnet's terms as far as the block's credit of TAO goes. Without `pool`: it keeps its price, takes everything, and gives no alpha. */
export function inject(subnet: Given<SubnetState>, terms: Given<SubnetTerms>, credit: Integer, options?: { pool?: Pool | null } & RulesOption): { readonly subnet: SubnetState; readonly injection: Injection; readonly credit: bigint };
/** What the creation of a block's alpha did to a subnet. */
export interface Creation {
  /** Alpha created for the participants, in rao. */
  readonly alphaOut: bigint;
  /** The alpha issuance with it, by which it is split, in rao. */
  readonly alphaIssuance: bigint;
  /** Root's part of the subnet at that issuance, raw U96F32. */
  readonly rootProportionRaw: bigint;
  /** Root's alpha that was recycled, in rao. */
  readonly recycled: bigint;
}
/** Creates the participants' alpha and adds it to what waits for the epoch. */
export function createAlpha(network: Given<Network>, subnet: Given<SubnetState>, terms: Given<SubnetTerms>, options: { rootSellFlag: boolean }): { readonly subnet: SubnetState; readonly creation: Creation };
/** What a block did to one subnet. */
export interface SubnetReport {
  /** Its TAO of this block and what that means for it; `null` when it takes no part. */
  readonly terms: SubnetTerms | null;
  /** What moved into the pool. */
  readonly injection: Injection;
  /** What was created. */
  readonly creation: Creation;
  /** What waited for the epoch, before this block's epochs. */
  readonly pending: Pending;
  /** What the block decided about its epoch. */
  readonly verdict: Verdict;
  /** What was taken out of `pending` for an epoch that runs now. */
  readonly drained: Pending | null;
}
/** A block of emission. */
export interface CoinbaseBlock {
  /** The rules the block followed. */
  readonly rules: RulesId;
  /** TAO minted, in rao. */
  readonly minted: bigint;
  /** TAO that found no taker and is gone again, in rao. */
  readonly recycled: bigint;
  /** Whether root's alpha became pending; if not, it was recycled. */
  readonly rootSellFlag: boolean;
  /** What concerns all subnets, afterwards. */
  readonly network: Network;
  /** The subnets afterwards, in the order given. */
  readonly subnets: readonly SubnetState[];
  /** What the block did to each subnet, in the same order. */
  readonly reports: readonly SubnetReport[];
}
/** One block: mint, share, inject, recycle, create alpha, drain, prices. `subnets` in the order of {@link visitingKey}. */
export function coinbase(block: Integer, network: Given<Network>, subnets: readonly Given<SubnetState>[], options?: { pool?: Pool | null }): CoinbaseBlock;

// ---- distribution ----

/** A hotkey or coldkey: text or a number, all of a call of one kind, hotkeys in the order of their 32 bytes (hexadecimal text is). */
export type Account = string | number;
/** The account that owns whatever nobody owns: 64 zeros. */
export const ZERO_ACCOUNT: string;
/** Parent, child, proportion of 2^64 − 1. A child's parents count in the order given. */
export type Edge = readonly [parent: Account, child: Account, proportion: Integer];
/** What may be keyed by accounts. */
export type ByAccount<T> = ReadonlyMap<Account, T> | readonly (readonly [Account, T])[];
/** What all stakers together hold under one hotkey. */
export interface Stake {
  /** Stake on the subnet, in rao of its alpha. */
  readonly alpha: bigint;
  /** Stake on root, in rao of TAO. */
  readonly root: bigint;
}
/** One hotkey of a subnet. Every field has a default: 0, false, none, the zero account, {@link DEFAULT_TAKE}. */
export interface Hotkey {
  /** Stake on the subnet, in rao of its alpha. */
  alpha?: Integer;
  /** Stake on root, in rao of TAO. */
  root?: Integer;
  /** Its coldkey. */
  owner?: Account;
  /** The part of dividends the owner takes, of 65535. */
  take?: Integer;
  /** The part it takes of its parents' dividends, of 65535; two minima apply on reading. */
  childkeyTake?: Integer;
  /** Its uid on the subnet. */
  uid?: Integer | null;
  /** The block in which that uid was registered. */
  registeredAt?: Integer;
  /** Whether it has a uid on root (475). */
  onRoot?: boolean;
  /** Whether anybody has a share in the stake under it (475). */
  hasMembers?: boolean;
}
/** Who delegates to whom. */
export interface EdgesOptions extends RulesOption {
  /** From parents to children. Default: none. */
  edges?: readonly Edge[];
  /** Hotkeys whose edges to children are hidden (475). */
  suspended?: Iterable<Account>;
  /** The hotkey of the subnet's owner, which is never hidden. */
  ownerHotkey?: Account | null;
}
/** The stakes of all uids as the epoch weighs them, raw I64F64. `totalRaw` is the `stakeRaw` of a {@link Subnet}. */
export interface StakeWeights { readonly alphaRaw: readonly bigint[]; readonly taoRaw: readonly bigint[]; readonly totalRaw: readonly bigint[]; }
/** The stake weight of every uid; `null` weighs nothing. */
export function stakeWeights(uids: readonly (Account | null)[], hotkeys: ByAccount<Hotkey>, options?: EdgesOptions & { taoWeight?: Integer }): StakeWeights;
/** What counts as a hotkey's stake: what it keeps of its own, and what its parents give. */
export function inheritedStake(hotkey: Account, hotkeys: ByAccount<Hotkey>, options?: EdgesOptions): Stake;
/** The childkey take in force: the hotkey's own, but at least both minima; all of 65535. */
export function effectiveChildkeyTake(childkeyTake: Integer, minTake?: Integer, minTakeSubnet?: Integer): number;
/** The chain's and the subnet's terms for child keys. */
export interface ChildkeyTerms {
  /** What a rao of TAO on root counts against one of alpha, of 2^64 − 1. Default {@link TAO_WEIGHT}. */
  taoWeight?: Integer;
  /** The part of a parent's dividend that is recycled, of 2^64 − 1. Default 0. */
  burn?: Integer;
  /** The chain's least childkey take, of 65535. Default 0. */
  minTake?: Integer;
  /** The subnet's least childkey take, of 65535. Default 0. */
  minTakeSubnet?: Integer;
}
/** What one hotkey receives of a validator's dividend, in rao of alpha. */
export interface Payout {
  /** A parent, or the validator itself. */
  readonly hotkey: Account;
  /** What it receives. */
  readonly amount: bigint;
  /** What is recycled on the way to this parent. */
  readonly recycled: bigint;
}
/** How a validator's dividend was split. */
export interface DividendSplit {
  /** The take that was applied, of 65535. */
  readonly effectiveTake: number;
  /** The validator's own contribution to its stake, in rao. */
  readonly selfContribution: bigint;
  /** To the parents, and to the validator itself. */
  readonly payouts: readonly Payout[];
}
/** Splits the dividend (rao of alpha) of a validator between its parents and itself. */
export function splitDividend(hotkey: Account, dividend: Integer, hotkeys: ByAccount<Hotkey>, options?: EdgesOptions & { terms?: ChildkeyTerms }): DividendSplit;
/** One hotkey's dividend and its stake. */
export interface DividendRow {
  /** In any unit, raw U96F32. */
  dividendRaw: Integer;
  /** In rao of alpha and of TAO, each 0 by default; without a stake (`null`) it receives nothing. */
  stake: { alpha?: Integer; root?: Integer } | null;
  /** Whether it has a uid on root (475). Default false. */
  onRoot?: boolean;
}
/** Rao of alpha with their fractions, raw U96F32, by what earned them. */
export interface DividendParts {
  /** Of the pending alpha, by stake in alpha. */
  readonly alphaRaw: bigint;
  /** Of root's pending alpha, by stake on root. */
  readonly rootRaw: bigint;
}
/** Shares the pending amounts by dividends and stakes; rows ascending by hotkey. */
export function dividendDistribution(rows: readonly DividendRow[], options: { pendingAlpha: Integer; pendingRoot: Integer; taoWeight?: Integer } & RulesOption): readonly (DividendParts | null)[];
/** A hotkey's new claimable rate in alpha per TAO on root, raw I96F32 (before 475); `null` where the amount is staked instead. */
export function rootClaimableUpdate(rootStake: Integer, amount: Integer, rateRaw?: Integer | null): bigint | null;
/** What a coldkey keeps locked under a hotkey, in rao of alpha (475). */
export interface Collateral {
  /** Locked at present. */
  readonly locked: bigint;
  /** What must stay locked. */
  readonly minLocked: bigint;
  /** Earned since the entry was made. */
  readonly earned: bigint;
  /** How much of what is locked beyond the minimum every rao earned sets free, raw U64F64. */
  readonly drainRatioRaw: bigint;
}
/** A subnet at the moment its pending emission is drained. */
export interface DrainedSubnet {
  /** Its hotkeys, with the stakes before any credit. */
  hotkeys: ByAccount<Hotkey>;
  /** The amounts to distribute, in rao of alpha; each 0 by default. */
  drained: Given<Pending>;
  /** What the epoch gave to whom as a miner and as a validator, in rao of alpha; a hotkey may have several rows. */
  epoch: readonly { hotkey: Account; incentive?: Integer; dividend?: Integer }[];
  /** Who delegates to whom. Default: nobody. */
  edges?: readonly Edge[];
  /** How that epoch was computed (475). Default `yuma`. */
  epochMode?: EpochMode;
  /** The terms for child keys, and the TAO weight. */
  terms?: ChildkeyTerms;
  /** The subnet's owner. */
  ownerColdkey?: Account | null;
  /** The hotkey that receives the owner's cut. */
  ownerHotkey?: Account | null;
  /** The part of the owner's cut that a running lease gives to its contributors, in percent (475). */
  leaseShare?: Integer | null;
  /** What becomes of the incentives of the owner's hotkeys. Default `burn`. */
  recycleOrBurn?: 'recycle' | 'burn';
  /** By coldkey, the hotkey to which its incentives are staked. */
  autoStake?: ByAccount<Account>;
  /** Hotkeys whose edges to children are hidden (475). */
  suspended?: Iterable<Account>;
  /** By hotkey, the {@link Collateral} of its present owner (475). */
  collateral?: ByAccount<{ locked: Integer; minLocked: Integer; earned: Integer; drainRatioRaw: Integer }>;
  /** By hotkey, what waits for its basket, in rao of alpha (475). */
  basketPending?: ByAccount<Integer>;
}
/** Stake under a hotkey that is raised. */
export interface Credit {
  /** Where the stake is. */
  readonly hotkey: Account;
  /** Whose it is; `null`: all stakers' of the hotkey. */
  readonly coldkey: Account | null;
  /** Rao of alpha, never 0. */
  readonly amount: bigint;
}
/** What a distribution gave one hotkey as a validator or as a validator's parent. */
export interface HotkeyDividends {
  /** All payouts of validators' dividends to it, in rao, raw U96F32. */
  readonly payoutsRaw: bigint;
  /** Its amount of the pending alpha, in rao with its fraction, raw U96F32. */
  readonly alphaRaw: bigint;
  /** Its amount of root's pending alpha, in rao with its fraction, raw U96F32. */
  readonly rootRaw: bigint;
  /** What its nominators received of the pending alpha, in rao; `null`: the chain stores no entry. */
  readonly alphaPaid: bigint | null;
  /** What its root stakers received of root's pending alpha, in rao; `null`: the chain stores no entry. */
  readonly rootPaid: bigint | null;
  /** What its claimable rate rises by, in alpha per TAO, raw I96F32 (before 475); `null` where the amount was staked. */
  readonly rootClaimableIncrementRaw: bigint | null;
}
/** What a distribution did to one hotkey, in rao of alpha. */
export interface HotkeyOutcome {
  /** Which hotkey. */
  readonly hotkey: Account;
  /** Its incentives; `null` if the epoch's result does not name it. */
  readonly incentive: bigint | null;
  /** Its dividends; `null` if it is neither in the epoch's result nor a parent of one that is. */
  readonly dividends: HotkeyDividends | null;
  /** All stake under it afterwards. */
  readonly totalAlpha: bigint;
  /** Whether anybody has a share in that stake afterwards. */
  readonly hasMembers: boolean;
  /** Its owner's collateral afterwards (475). */
  readonly collateral: Collateral | null;
  /** What waits for its basket afterwards (475). */
  readonly basketPending: bigint;
}
/** What came of a distribution, in rao of alpha. */
export interface Distribution {
  /** What the epoch divides: all but the owner's cut. */
  readonly epochEmission: bigint;
  /** All incentives of the epoch's result. */
  readonly incentiveSum: bigint;
  /** What the validators share; without incentives also the miners' part. */
  readonly validatorAlpha: bigint;
  /** What of the owner's cut can be locked for the owner (475). */
  readonly ownerCutKept: bigint;
  /** Incentives of the owner's hotkeys, recycled or burned. */
  readonly withheld: bigint;
  /** `withheld` as a share of all incentives, raw U96F32. */
  readonly minerBurnedRaw: bigint;
  /** What left the outstanding alpha: burns between parents and children, recycled incentives, and `recycledRoot`. */
  readonly recycled: bigint;
  /** Root's pending alpha where nobody could be given a rao of it (475). */
  readonly recycledRoot: bigint;
  /** Incentives that stay outstanding in nobody's hands. */
  readonly burned: bigint;
  /** What root stakers can claim from now on (before 475). */
  readonly claimable: bigint;
  /** What was added to the queues of baskets (475). */
  readonly queued: bigint;
  /** What reached nobody. Below 0 if the epoch's result gives out more than was drained. */
  readonly unassigned: bigint;
  /** What the outstanding alpha changes by. */
  readonly alphaOutSupplyDelta: bigint;
  /** Every stake that was raised, one after the other. */
  readonly credits: readonly Credit[];
  /** The hotkeys whose incentives were withheld. */
  readonly ownerHotkeys: readonly Account[];
  /** Ascending by hotkey. */
  readonly outcomes: readonly HotkeyOutcome[];
}
/** Distributes what was drained from a subnet. */
export function distribute(subnet: DrainedSubnet, options?: RulesOption): Distribution;

// ---- mechanisms ----

/** The index under which the values of a subnet's mechanism are stored. */
export function mechanismStorageIndex(netuid: Integer, mecid: Integer): number;
/** The subnet and the mechanism that a storage index stands for. */
export function mechanismOfIndex(index: Integer): { readonly netuid: number; readonly mecid: number };
/** Whether the chain lets a subnet of so many mechanisms set this split. */
export function emissionSplitAccepted(split: Integers | null, mechanismCount: Integer, options?: RulesOption): boolean;
/** A subnet's alpha (rao) split over its mechanisms, evenly or by shares of 65535. */
export function splitEmission(alpha: Integer, mechanismCount: Integer, split?: Integers | null, options?: RulesOption): BigUint64Array;
/** What was drained from a subnet in Null mode, split over its mechanisms (475). */
export function splitNullEmission(arguments_: { server: Integer; validator: Integer; root: Integer; mechanismCount: Integer; split?: Integers | null } & RulesOption): { readonly parts: BigUint64Array; readonly budgets: readonly NullBudgets[] };
/** The weight of each mechanism, raw U64F64, from the parts it got of `total` rao. */
export function mechanismWeights(total: Integer, parts: Integers): readonly bigint[];
/** What one mechanism's epoch gave one hotkey, or all of them together: proportions of 65535, amounts in rao. */
export interface MechanismTerm {
  /** Which hotkey. */
  readonly hotkey: Account;
  /** Its uid. */
  readonly uid: number;
  /** Proportion of the dividends. */
  readonly dividend: number;
  /** Proportion of the incentives. */
  readonly incentive: number;
  /** Emission as a validator. */
  readonly validatorEmission: bigint;
  /** Emission as a miner. */
  readonly serverEmission: bigint;
  /** Proportion of the stake. */
  readonly stakeWeight: number;
  /** Whether it set weights lately. */
  readonly active: boolean;
  /** Emission of both kinds; in Yuma mode rounded by itself. */
  readonly emission: bigint;
  /** The consensus on it. */
  readonly consensus: number;
  /** Trust in it as a validator. */
  readonly validatorTrust: number;
  /** Whether it may validate next. */
  readonly newValidatorPermit: boolean;
  /** Its stake. */
  readonly stake: bigint;
}
/** The terms of all mechanisms, each with its weight, as one record per hotkey, ascending. */
export function foldMechanisms(weightsRaw: Integers, mechanisms: readonly (readonly (Given<MechanismTerm> & { hotkey: Account })[])[], options?: { epochMode?: EpochMode } & RulesOption): readonly MechanismTerm[];

// ---- schedule ----

/** How a subnet's epochs are computed: by {@link epoch} or by {@link nullEpoch} (475). */
export type EpochMode = 'yuma' | 'null';
/** Where one subnet stands in its rhythm of epochs. */
export interface ScheduleState {
  /** Blocks from one epoch to the next; 0 = no epochs. */
  readonly tempo: number;
  /** The block of the last consumed slot. */
  readonly lastEpochBlock: bigint;
  /** The block for which an epoch was triggered, or to which one was deferred; 0 = none. */
  readonly pendingEpochAt: bigint;
  /** Blocks since the last epoch that ran. */
  readonly blocksSinceLastStep: bigint;
  /** The block of the last epoch that ran and was finished. */
  readonly lastMechanismStepBlock: bigint;
  /** Consumed slots so far. */
  readonly epochIndex: bigint;
  /** How its epochs are computed (475). */
  readonly epochMode: EpochMode;
  /** The block of the last epoch in Yuma mode (475); `null` and 0 differ. */
  readonly lastYumaStepBlock: bigint | null;
  /** Whether no hotkey holds two uids of the subnet, in the block at hand. */
  readonly consistent: boolean;
}
/** A block's verdict on one subnet. */
export interface Verdict {
  /** What became of its epoch. */
  readonly slot: 'not_due' | 'ran' | 'deferred' | 'skipped';
  /** Whether its time-locked commits are not revealed in this block, though an epoch is due. */
  readonly revealDeferred: boolean;
}
/** The state that the chain gives a new subnet: the default of every field of a given state. */
export function defaultScheduleState(): ScheduleState;
/** The key by which the chain orders subnets. */
export function visitingKey(netuid: Integer): number;
/** Whether an epoch is due at `block`. */
export function shouldRunEpoch(subnet: Given<ScheduleState>, block: Integer, options?: RulesOption): boolean;
/** The block at which rhythm or trigger bring the next epoch; `null` for tempo 0. */
export function nextEpochStartBlock(subnet: Given<ScheduleState>): bigint | null;
/** Blocks until the rhythm brings the next epoch, whatever is triggered; 2^64 − 1 for tempo 0. */
export function blocksUntilNextAutoEpoch(subnet: Given<ScheduleState>, block: Integer): bigint;
/** Whether the owner's parameters are frozen at `block` because an epoch is near. */
export function inAdminFreezeWindow(subnet: Given<ScheduleState>, block: Integer, window: Integer): boolean;
/** Blocks after which a neuron that set no weights counts as inactive. */
export function activityCutoffBlocks(tempo: Integer, factorMilli: Integer): bigint;
/** The epoch a commit made at `block` belongs to. */
export function epochWithLookahead(subnet: Given<ScheduleState>, block: Integer, options?: RulesOption): bigint;
/** A time-locked commit. */
export interface CommitOptions extends RulesOption {
  /** {@link epochWithLookahead} when the commit was made. */
  commitEpoch: Integer;
  /** Epochs from commit to reveal. */
  revealPeriod: Integer;
}
/** Whether a commit is revealed at `block`. */
export function revealNow(subnet: Given<ScheduleState>, block: Integer, options: CommitOptions): boolean;
/** Whether a commit can no longer be revealed at `block`. */
export function commitExpired(subnet: Given<ScheduleState>, block: Integer, options: CommitOptions): boolean;
/** The reveal check and the main pass of one block over all subnets but root, in visiting order. */
export function scheduleBlock(block: Integer, subnets: readonly Given<ScheduleState>[], options?: { maxEpochsPerBlock?: Integer } & RulesOption): { readonly subnets: readonly ScheduleState[]; readonly verdicts: readonly Verdict[] };
/** The state after an epoch that ran in `block` was computed, with all mechanisms. */
export function finishEpoch(subnet: Given<ScheduleState>, block: Integer, options?: RulesOption): ScheduleState;
/** The state after the call that triggers an epoch at block `at`. */
export function triggerEpoch(subnet: Given<ScheduleState>, at: Integer): ScheduleState;
/** The state after the call in `block` that sets the tempo. */
export function changeTempo(subnet: Given<ScheduleState>, block: Integer, tempo: Integer): ScheduleState;
/** The state after the call that sets the epoch mode (475). */
export function changeMode(subnet: Given<ScheduleState>, epochMode: EpochMode): ScheduleState;

// ---- submission ----

/** Weights scaled so that the largest becomes 65535; all zeros stay. */
export function maxUpscale(values: Integers): Uint16Array;
/** Weights scaled so that they sum to 65535, but for what the floors lose. */
export function sumNormalize(values: Integers): Uint16Array;
/** Whether the largest weight's share of all is at most `limit` of 65535. */
export function maxWeightWithin(values: Integers, limit: Integer): boolean;
/** A call that sets weights, its caller, and its subnet. Never given: the chain's default. */
export interface WeightsCall {
  /** The subnet. */
  netuid: Integer;
  /** Whom the weights are for. */
  uids: Integers;
  /** The weight of each uid, in any scale of 16 bits. */
  values: Integers;
  /** The caller's uid; `null`: it is not registered on the subnet. */
  callerUid: Integer | null;
  /** How many neurons the subnet has. */
  n: Integer;
  /** The block of the call. */
  currentBlock: Integer;
  /** The mechanism. Default 0. */
  mecid?: Integer;
  /** The version of the caller's program. Default 0. */
  versionKey?: Integer;
  /** The caller's inherited stake on the subnet, in rao of its alpha. Default 0. */
  alphaStake?: Integer;
  /** The caller's inherited stake on root, in rao of TAO. Default 0. */
  rootStake?: Integer;
  /** The block in which the caller last set weights of this mechanism; 0: never. Default 0. */
  lastUpdate?: Integer;
  /** How many mechanisms the subnet has; `null`: there is no such subnet. Default 1. */
  mechanismCount?: Integer | null;
  /** The uid of the subnet's owner. Default: none. */
  ownerUid?: Integer | null;
  /** By uid, who has a validator permit; those left out at the end have none. Default: nobody. */
  validatorPermit?: Flags;
  /** What a rao of TAO on root counts against one of alpha, of 2^64 − 1. Default {@link TAO_WEIGHT}. */
  taoWeight?: Integer;
  /** The least stake of a caller, in rao. Default 0. */
  stakeThreshold?: Integer;
  /** The least version key; 0: any. Default 0. */
  networkVersionKey?: Integer;
  /** The least number of weights, lowered to `n`. Default 1024. */
  minAllowedWeights?: Integer;
  /** The largest share of one weight, of 65535; 65535: no limit. Default 65535. */
  maxWeightLimit?: Integer;
  /** Whether weights are committed first; then this call reveals them. Default false. */
  commitRevealEnabled?: boolean;
  /** Blocks between two calls. Default 100. */
  rateLimit?: Integer;
}
/** Weights that passed. */
export interface AcceptedWeights {
  /** Whom they are for, in the order submitted. */
  readonly uids: Uint16Array;
  /** What is stored for each: the largest is 65535. */
  readonly values: Uint16Array;
  /** The caller's last update from now on. */
  readonly lastUpdate: bigint;
}
/** Checks a call that sets weights as the chain does, rule by rule. Throws {@link SubmissionError} for the first that fails. */
export function validateWeights(call: WeightsCall): AcceptedWeights;
/** What a validator commits to. The lists are hashed as they are. */
export interface WeightsCommit {
  /** The 32 bytes of the committing hotkey. */
  account: Uint8Array;
  /** The subnet. */
  netuid: Integer;
  /** The mechanism. Default 0. */
  mecid?: Integer;
  /** The uids that will be revealed. */
  uids: Integers;
  /** The weights that will be revealed. */
  values: Integers;
  /** The secret that keeps the weights from being guessed, in words of 16 bits. */
  salt: Integers;
  /** The version key that will be revealed. */
  versionKey: Integer;
}
/** The 32 bytes by which a validator commits to weights it reveals later. */
export function weightsCommitHash(commit: WeightsCommit): Uint8Array;
/** The bytes that {@link weightsCommitHash} hashes. */
export function weightsCommitPreimage(commit: WeightsCommit): Uint8Array;

// ---- fixed ----

/** A signed number format: raw bits of 64 (`i32f32`) or 128. */
export type SignedFormat = 'i32f32' | 'i64f64' | 'i96f32';
/** A number format. */
export type Format = SignedFormat | 'u64f64' | 'u96f32';
/** The number formats and their functions, for audits: raw bits in, raw bits out; `null` where the chain's fails. */
export declare const fixed: {
  /** a + b, clamped to the format. */
  readonly saturatingAdd: (format: Format, a: Integer, b: Integer) => bigint;
  /** a − b, clamped to the format. */
  readonly saturatingSub: (format: Format, a: Integer, b: Integer) => bigint;
  /** a · b, floored, clamped to the format. */
  readonly saturatingMul: (format: Format, a: Integer, b: Integer) => bigint;
  /** a ÷ b, truncated; `null` for a zero divisor or a quotient out of range. */
  readonly checkedDiv: (format: Format, a: Integer, b: Integer) => bigint | null;
  /** a ÷ b, truncated; 0 for a zero divisor or a quotient out of range. */
  readonly safeDiv: (format: Format, a: Integer, b: Integer) => bigint;
  /** The nearest integer, ties away from zero, in the same format. */
  readonly round: (format: Format, x: Integer) => bigint;
  /** The value in another format: floored to its bits, clamped to its range. */
  readonly convert: (format: Format, to: Format, x: Integer) => bigint;
  /** The value as 64 bits: floored and clamped. */
  readonly toU64: (format: Format, x: Integer) => bigint;
  /** The value as 16 bits: floored and clamped. */
  readonly toU16: (format: Format, x: Integer) => number;
  /** The binary logarithm; `null` where the chain's fails. */
  readonly log2: (format: SignedFormat, x: Integer) => bigint | null;
  /** The natural logarithm; `null` where the chain's fails. */
  readonly ln: (format: SignedFormat, x: Integer) => bigint | null;
  /** e to the power x; `null` where the chain's fails. */
  readonly exp: (format: SignedFormat, x: Integer) => bigint | null;
  /** e to the power x of an `i32f32` clamped to −20 … 20. */
  readonly expSafe: (x: Integer) => bigint;
  /** The square root of a `u64f64` by bisection, which stops at `epsilon`. */
  readonly root: (x: Integer, epsilon: Integer) => bigint;
  /** x to the power p, both `u64f64`. */
  readonly power: (x: Integer, p: Integer) => bigint;
  /** `u64f64` shares raised to the power p and divided by their sum. */
  readonly powNormalize: (values: Integers, p: Integer) => readonly bigint[];
  /** The proportion x of 65535, as `i32f32`. */
  readonly proportion: (x: Integer) => bigint;
  /** floor(x · 65535) of an `i32f32`, clamped to 16 bits. */
  readonly proportionToU16: (x: Integer) => number;
  /** The proportion x of 2^64 − 1, as `u96f32`. */
  readonly proportionOfU64: (x: Integer) => bigint;
};

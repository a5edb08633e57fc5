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
  | 'not_in_rules' | 'unknown_rules' | 'refused';

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
  /** Blocks from one epoch to the next, 16 bits; read only when no epoch ran yet. Default 360. */
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
/** The chain's default of every parameter: numbers, but bigints for `activityCutoff`… of 64 bits. */
export function defaultParams(): Readonly<DefaultParams>;
/** All parameters with the chain's defaults. */
export interface DefaultParams {
  rules: RulesId;
  tempo: number;
  activityCutoff: number | bigint;
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
  readonly consensus: BigInt64Array;
  readonly validatorTrust: BigInt64Array;
  readonly incentive: BigInt64Array;
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
/** What a Null epoch may pay, in rao of alpha (475). */
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
export interface BlockEmissionSteps { readonly ratioRaw: bigint; readonly inverseRaw: bigint; readonly log2Raw: bigint; }
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
  mechanism: Integer; poolPriceRaw: Integer; movingPriceRaw: Integer; firstEmissionBlock: Integer | null; block: Integer;
  /** Default 201600. */ halvingBlocks?: Integer; /** Raw I96F32. Default 12885. */ movingAlphaRaw?: Integer;
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
export interface FlowParameters { readonly smoothingFactor: bigint; readonly netFlowEnabled: boolean; readonly flowCutoffRaw: bigint; readonly exponentRaw: bigint; }
/** One flow of TAO into a subnet: rao since the last update, and its average (block, raw I64F64) if there is one. */
export interface Flow { readonly sinceUpdate: bigint; readonly averageBlock: bigint | null; readonly averageRaw: bigint | null; }
/** The two flows of one subnet: what users, and what the protocol brought and took. */
export interface SubnetFlows { readonly user: Flow; readonly protocol: Flow; }
/** Each subnet's share by its net flow, raw U64F64, and the flows afterwards. The chain keeps this but does not run it. */
export function flowShares(block: Integer, subnets: readonly Given<SubnetFlows>[], parameters?: Given<FlowParameters>): { readonly sharesRaw: readonly bigint[]; readonly flows: readonly SubnetFlows[] };
/** What one block means for one subnet, rao as raw U96F32. */
export interface SubnetTerms {
  readonly taoEmissionRaw: bigint; readonly rootProportionRaw: bigint; readonly alphaOutRaw: bigint;
  readonly alphaInRaw: bigint; readonly taoInRaw: bigint; readonly excessTaoRaw: bigint;
}
/** What becomes of a TAO emission (raw U96F32) at a spot price (raw U64F64). */
export function subnetTerms(arguments_: { taoEmissionRaw: Integer; spotPriceRaw: Integer; alphaIssuance: Integer; rootTao: Integer; taoWeight?: Integer }): SubnetTerms;
/** Alpha that waits for a subnet's epoch, by whom it is for, in rao. */
export interface Pending { readonly server: bigint; readonly validator: bigint; readonly root: bigint; readonly ownerCut: bigint; }
/** Splits a subnet's new alpha (raw U96F32) among those it is for. `ownerCut` of 65535, `null`: none; default 11796. */
export function pendingSplit(arguments_: { alphaOutRaw: Integer; rootProportionRaw: Integer; ownerCut?: Integer | null }): Pending;
/** What concerns all subnets. */
export interface Network {
  readonly rules: RulesId; readonly totalIssuance: bigint; readonly balancesIssuance: bigint; readonly rootTao: bigint;
  readonly taoWeight: bigint; readonly ownerCut: number; readonly movingAlphaRaw: bigint; readonly gate: EmissionGate;
  readonly maxEpochsPerBlock: number;
}
/** One subnet from block to block. Amounts in rao. */
export interface SubnetState {
  readonly netuid: number; readonly mechanism: number; readonly poolPriceRaw: bigint; readonly movingPriceRaw: bigint;
  readonly emaHalvingBlocks: bigint; readonly minerBurnedRaw: bigint; readonly firstEmissionBlock: bigint | null;
  readonly subtokenEnabled: boolean; readonly registrationAllowed: boolean; readonly emissionEnabled: boolean;
  readonly ownerCutEnabled: boolean; readonly taoReserve: bigint; readonly alphaInReserve: bigint;
  readonly alphaOutSupply: bigint; readonly taoReservoir: bigint; readonly alphaReservoir: bigint;
  readonly protocolAlpha: bigint; readonly pending: Pending; readonly rootProportionRaw: bigint;
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
export interface Injection { readonly excessTao: bigint; readonly alphaIn: bigint; readonly taoIn: bigint; }
/** Carries out a subnet's terms as far as the block's credit of TAO goes. Without `pool`: it keeps its price, takes everything, and gives no alpha. */
export function inject(subnet: Given<SubnetState>, terms: Given<SubnetTerms>, credit: Integer, options?: { pool?: Pool | null } & RulesOption): { readonly subnet: SubnetState; readonly injection: Injection; readonly credit: bigint };
/** What the creation of a block's alpha did to a subnet. */
export interface Creation { readonly alphaOut: bigint; readonly alphaIssuance: bigint; readonly rootProportionRaw: bigint; readonly recycled: bigint; }
/** Creates the participants' alpha and adds it to what waits for the epoch. */
export function createAlpha(network: Given<Network>, subnet: Given<SubnetState>, terms: Given<SubnetTerms>, options: { rootSellFlag: boolean }): { readonly subnet: SubnetState; readonly creation: Creation };
/** What a block did to one subnet. */
export interface SubnetReport {
  readonly terms: SubnetTerms | null; readonly injection: Injection; readonly creation: Creation; readonly pending: Pending;
  readonly verdict: Verdict; readonly drained: Pending | null;
}
/** A block of emission. */
export interface CoinbaseBlock {
  readonly rules: RulesId; readonly minted: bigint; readonly recycled: bigint; readonly rootSellFlag: boolean;
  readonly network: Network; readonly subnets: readonly SubnetState[]; readonly reports: readonly SubnetReport[];
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
/** What all stakers together hold under one hotkey, in rao. */
export interface Stake { readonly alpha: bigint; readonly root: bigint; }
/** One hotkey of a subnet. Every field has a default: 0, false, none, the zero account, {@link DEFAULT_TAKE}. */
export interface Hotkey {
  alpha?: Integer; root?: Integer; owner?: Account; take?: Integer; childkeyTake?: Integer; uid?: Integer | null;
  registeredAt?: Integer; onRoot?: boolean; hasMembers?: boolean;
}
/** Who delegates to whom. */
export interface EdgesOptions extends RulesOption {
  edges?: readonly Edge[];
  /** Hotkeys whose edges to children are hidden (475). */
  suspended?: Iterable<Account>;
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
export interface ChildkeyTerms { taoWeight?: Integer; burn?: Integer; minTake?: Integer; minTakeSubnet?: Integer; }
/** What one hotkey receives of a validator's dividend, in rao of alpha. */
export interface Payout { readonly hotkey: Account; readonly amount: bigint; readonly recycled: bigint; }
/** How a validator's dividend was split. */
export interface DividendSplit { readonly effectiveTake: number; readonly selfContribution: bigint; readonly payouts: readonly Payout[]; }
/** Splits the dividend (rao of alpha) of a validator between its parents and itself. */
export function splitDividend(hotkey: Account, dividend: Integer, hotkeys: ByAccount<Hotkey>, options?: EdgesOptions & { terms?: ChildkeyTerms }): DividendSplit;
/** One hotkey's dividend (in any unit, raw U96F32) and its stake; without a stake row it receives nothing. */
export interface DividendRow { dividendRaw: Integer; stake: { alpha?: Integer; root?: Integer } | null; onRoot?: boolean; }
/** Rao of alpha with their fractions, raw U96F32, by what earned them. */
export interface DividendParts { readonly alphaRaw: bigint; readonly rootRaw: bigint; }
/** Shares the pending amounts by dividends and stakes; rows ascending by hotkey. */
export function dividendDistribution(rows: readonly DividendRow[], options: { pendingAlpha: Integer; pendingRoot: Integer; taoWeight?: Integer } & RulesOption): readonly (DividendParts | null)[];
/** A hotkey's new claimable rate, raw I96F32 (before 475); `null` where the amount is staked instead. */
export function rootClaimableUpdate(rootStake: Integer, amount: Integer, rateRaw?: Integer | null): bigint | null;
/** What a coldkey keeps locked under a hotkey, in rao of alpha (475). */
export interface Collateral { readonly locked: bigint; readonly minLocked: bigint; readonly earned: bigint; readonly drainRatioRaw: bigint; }
/** A subnet at the moment its pending emission is drained. */
export interface DrainedSubnet {
  hotkeys: ByAccount<Hotkey>;
  drained: Given<Pending>;
  epoch: readonly { hotkey: Account; incentive?: Integer; dividend?: Integer }[];
  edges?: readonly Edge[];
  epochMode?: EpochMode;
  terms?: ChildkeyTerms;
  ownerColdkey?: Account | null;
  ownerHotkey?: Account | null;
  leaseShare?: Integer | null;
  recycleOrBurn?: 'recycle' | 'burn';
  autoStake?: ByAccount<Account>;
  suspended?: Iterable<Account>;
  collateral?: ByAccount<{ locked: Integer; minLocked: Integer; earned: Integer; drainRatioRaw: Integer }>;
  basketPending?: ByAccount<Integer>;
}
/** Stake under a hotkey that is raised; `coldkey` `null`: all stakers' of the hotkey. */
export interface Credit { readonly hotkey: Account; readonly coldkey: Account | null; readonly amount: bigint; }
export interface HotkeyDividends {
  readonly payoutsRaw: bigint; readonly alphaRaw: bigint; readonly rootRaw: bigint; readonly alphaPaid: bigint | null;
  readonly rootPaid: bigint | null; readonly rootClaimableIncrementRaw: bigint | null;
}
/** What a distribution did to one hotkey, in rao of alpha. */
export interface HotkeyOutcome {
  readonly hotkey: Account; readonly incentive: bigint | null; readonly dividends: HotkeyDividends | null;
  readonly totalAlpha: bigint; readonly hasMembers: boolean; readonly collateral: Collateral | null; readonly basketPending: bigint;
}
/** What came of a distribution, in rao of alpha. */
export interface Distribution {
  readonly epochEmission: bigint; readonly incentiveSum: bigint; readonly validatorAlpha: bigint; readonly ownerCutKept: bigint;
  readonly withheld: bigint; readonly minerBurnedRaw: bigint; readonly recycled: bigint; readonly recycledRoot: bigint;
  readonly burned: bigint; readonly claimable: bigint; readonly queued: bigint; readonly unassigned: bigint;
  readonly alphaOutSupplyDelta: bigint; readonly credits: readonly Credit[]; readonly ownerHotkeys: readonly Account[];
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
/** What one mechanism's epoch gave one hotkey, or all of them together. */
export interface MechanismTerm {
  readonly hotkey: Account; readonly uid: number; readonly dividend: number; readonly incentive: number;
  readonly validatorEmission: bigint; readonly serverEmission: bigint; readonly stakeWeight: number; readonly active: boolean;
  readonly emission: bigint; readonly consensus: number; readonly validatorTrust: number; readonly newValidatorPermit: boolean;
  readonly stake: bigint;
}
/** The terms of all mechanisms, each with its weight, as one record per hotkey, ascending. */
export function foldMechanisms(weightsRaw: Integers, mechanisms: readonly (readonly (Given<MechanismTerm> & { hotkey: Account })[])[], options?: { epochMode?: EpochMode } & RulesOption): readonly MechanismTerm[];

// ---- schedule ----

export type EpochMode = 'yuma' | 'null';
/** Where one subnet stands in its rhythm of epochs. */
export interface ScheduleState {
  /** Blocks from one epoch to the next; 0 = no epochs. */
  readonly tempo: number;
  /** The block of the last consumed slot. */
  readonly lastEpochBlock: bigint;
  /** The block for which an epoch was triggered, or to which one was deferred; 0 = none. */
  readonly pendingEpochAt: bigint;
  readonly blocksSinceLastStep: bigint;
  readonly lastMechanismStepBlock: bigint;
  /** Consumed slots so far. */
  readonly epochIndex: bigint;
  readonly epochMode: EpochMode;
  readonly lastYumaStepBlock: bigint | null;
  /** Whether no hotkey holds two uids of the subnet, in the block at hand. */
  readonly consistent: boolean;
}
/** A block's verdict on one subnet. */
export interface Verdict { readonly slot: 'not_due' | 'ran' | 'deferred' | 'skipped'; readonly revealDeferred: boolean; }
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
/** A commit: the epoch it was made in, and epochs from commit to reveal. */
export interface CommitOptions extends RulesOption { commitEpoch: Integer; revealPeriod: Integer; }
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
  netuid: Integer; uids: Integers; values: Integers; callerUid: Integer | null; n: Integer; currentBlock: Integer;
  mecid?: Integer; versionKey?: Integer; alphaStake?: Integer; rootStake?: Integer; lastUpdate?: Integer;
  /** `null`: there is no such subnet. Default 1. */
  mechanismCount?: Integer | null;
  ownerUid?: Integer | null; validatorPermit?: Flags; taoWeight?: Integer; stakeThreshold?: Integer; networkVersionKey?: Integer;
  /** Default 1024. */ minAllowedWeights?: Integer; /** Default 65535. */ maxWeightLimit?: Integer;
  commitRevealEnabled?: boolean; /** Default 100. */ rateLimit?: Integer;
}
/** Weights that passed: whom they are for, the stored values, the caller's last update from now on. */
export interface AcceptedWeights { readonly uids: Uint16Array; readonly values: Uint16Array; readonly lastUpdate: bigint; }
/** Checks a call that sets weights as the chain does, rule by rule. Throws {@link SubmissionError} for the first that fails. */
export function validateWeights(call: WeightsCall): AcceptedWeights;
/** What a validator commits to; `account`: the 32 bytes of the hotkey. */
export interface WeightsCommit { account: Uint8Array; netuid: Integer; mecid?: Integer; uids: Integers; values: Integers; salt: Integers; versionKey: Integer; }
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
  readonly log2: (format: SignedFormat, x: Integer) => bigint | null;
  readonly ln: (format: SignedFormat, x: Integer) => bigint | null;
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

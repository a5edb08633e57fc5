// What the types say: compiled, not run.
import init, {
  initSync, epoch, nullEpoch, defaultParams, YumaError, SubmissionError, coinbase, distribute, fixed, rowsOfDense,
  subnetShares, encodeInput, inputDigest, decodeInput, encodeOutcome, outcomeDigest, decodeOutcome,
} from 'libyuma';
import type { NullBudgets, Outcome, Params, Subnet, Rows, Pool } from 'libyuma';
import ready from 'libyuma/bundler';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Same<A, B>): void => undefined;

const params: Params = { kappa: 32767, stakeThreshold: 10n, yuma3: true, rules: 'subtensor-425' };
const subnet: Subnet = {
  currentBlock: 1000,
  raoEmission: 1_000_000_000n,
  stakeRao: new BigUint64Array(2),
  lastUpdate: [1, 2n],
  validatorPermit: [true, false],
  weights: rowsOfDense([[0, 1], [0, 0]]),
};
const outcome: Outcome = epoch(params, subnet);
same<typeof outcome.incentive, Uint16Array>(true);
same<typeof outcome.emission, BigUint64Array>(true);
same<typeof outcome.raw.stake, BigInt64Array>(true);
same<typeof outcome.bonds, Rows>(true);
// What an epoch gives is what the next one takes.
epoch({}, { ...subnet, bonds: outcome.bonds, previousConsensus: outcome.consensus });

// Every default may be given, and has one type.
const { tempo, activityCutoff } = defaultParams();
same<typeof tempo, bigint>(true);
same<typeof activityCutoff, bigint>(true);
epoch(defaultParams(), subnet);

const encoded: Uint8Array = encodeInput(params, subnet, { mining: 1, dividend: 2n, fallback: 3 });
const input = decodeInput(encoded);
same<typeof input.nullBudgets, NullBudgets | null>(true);
same<typeof input.subnet.stakeRaw, readonly bigint[]>(true);
// What is decoded is what epochs and encoders take.
const decoded = input.nullBudgets === null ? epoch(input.params, input.subnet) : nullEpoch(input.params, input.subnet, input.nullBudgets);
encodeInput(input.params, input.subnet, input.nullBudgets);
const signed: Uint8Array = outcomeDigest(decoded, inputDigest(params, subnet));
const record = decodeOutcome(encodeOutcome(decoded, input.digest));
same<typeof record.emission, BigUint64Array>(true);
same<typeof record.inputDigest, Uint8Array>(true);
encodeOutcome(record, record.inputDigest);

const pool: Pool = { price: (state) => state.poolPriceRaw, accepts: () => true, buy: (_state, tao) => [tao, 0] };
const done = coinbase(100, { taoWeight: 5n }, [{ netuid: 1, pending: { server: 3 }, firstEmissionBlock: null }], { pool });
coinbase(101, done.network, done.subnets);
same<typeof done.minted, bigint>(true);
subnetShares(7200, 10n ** 9n, [{ movingPriceRaw: 1n << 30n }], { gate: { barRank: 3 } });
distribute({ hotkeys: new Map([[1, { alpha: 5n }]]), drained: { server: 1 }, epoch: [{ hotkey: 1, incentive: 1n }] });
const log: bigint | null = fixed.log2('i32f32', 4n);

try {
  await init();
  await ready();
  initSync(new Uint8Array());
} catch (error) {
  if (error instanceof SubmissionError) same<typeof error.refusal, string>(true);
  if (error instanceof YumaError && error.code === 'not_canonical') same<typeof error.limit, number | bigint | null>(true);
  if (error instanceof YumaError && error.code === 'range') same<typeof error.field, string>(true);
}

// @ts-expect-error there is no such parameter
epoch({ capa: 1 }, subnet);
// @ts-expect-error no float, no text
epoch({ kappa: '1' }, subnet);
// @ts-expect-error no such rules
epoch({ rules: 'subtensor-1' }, subnet);
// @ts-expect-error weights are needed
epoch({}, { currentBlock: 1, raoEmission: 1, lastUpdate: [], validatorPermit: [] });
// @ts-expect-error bytes, no text
decodeInput('79756d61');
// @ts-expect-error a record has no values behind its units
record.raw;
// @ts-expect-error results are frozen
outcome.rules = 'subtensor-425';
// @ts-expect-error an unsigned format has no logarithm
fixed.log2('u64f64', 4n);

export { log, signed };

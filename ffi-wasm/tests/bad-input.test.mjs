// What the package refuses, what it gives, and that nothing comes back other than documented.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

const home = process.env.LIBYUMA_PACKAGE ?? new URL('../../target/wasm/package', import.meta.url).pathname;
const yuma = await import(pathToFileURL(`${home}/node.js`));
const { YumaError } = yuma;

const subnet = (changes = {}) => ({
  currentBlock: 1000,
  lastStepBlock: 640,
  raoEmission: 1_000_000_000n,
  stakeRao: [600, 400, 0, 0],
  lastUpdate: [990, 990, 990, 990],
  validatorPermit: [true, true, false, false],
  weights: { offsets: [0, 2, 3, 3, 3], columns: [2, 3, 2], values: [65535, 32768, 65535] },
  ...changes,
});

/** What a call throws: the parts of a YumaError. */
function refused(act) {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof YumaError, `${error?.stack ?? error}`);
    assert.equal(typeof error.message, 'string');
    assert.ok(error.message.length > 0);
    return [error.code, error.field, error.index, error.limit];
  }
  return assert.fail('the input was accepted');
}

test('an epoch gives typed arrays in frozen objects', () => {
  const outcome = yuma.epoch({}, subnet());
  assert.deepEqual([...outcome.incentive], [0, 0, 50411, 15123]);
  assert.equal(outcome.emission.reduce((sum, rao) => sum + rao), 999_999_998n);
  assert.ok(outcome.incentive instanceof Uint16Array);
  assert.ok(outcome.emission instanceof BigUint64Array);
  assert.ok(outcome.raw.consensus instanceof BigInt64Array);
  assert.ok(outcome.bonds.offsets instanceof Uint32Array);
  assert.equal(outcome.rules, 'subtensor-475');
  assert.ok(Object.isFrozen(outcome) && Object.isFrozen(outcome.raw) && Object.isFrozen(outcome.bonds));
});

test('typed arrays, numbers and bigints are taken alike', () => {
  const plain = yuma.epoch({}, subnet());
  const typed = yuma.epoch(
    { kappa: 32767n },
    subnet({
      currentBlock: 1000n,
      stakeRao: undefined,
      stakeRaw: [600n << 64n, 400n << 64n, 0, 0n],
      lastUpdate: new BigUint64Array(4).fill(990n),
      validatorPermit: Uint8Array.of(1, 1, 0, 0),
      weights: {
        offsets: Uint32Array.of(0, 2, 3, 3, 3), columns: Uint16Array.of(2, 3, 2), values: Uint16Array.of(65535, 32768, 65535),
      },
    }),
  );
  assert.deepEqual(typed, plain);
});

test('the input stays as it was', () => {
  const given = Object.freeze(subnet());
  yuma.epoch(Object.freeze({}), given);
  const state = Object.freeze({ netuid: 1, firstEmissionBlock: 1, poolPriceRaw: 1n << 63n, movingPriceRaw: 1n << 31n });
  const done = yuma.coinbase(100, Object.freeze({}), Object.freeze([state]));
  assert.equal(done.minted, 1_000_000_000n);
  assert.equal(done.subnets[0].pending.server, 410_002_288n);
  assert.equal(Object.keys(state).length, 4);
});

test('an error names the field, the index and the limit', () => {
  const of = (changes, params = {}) => refused(() => yuma.epoch(params, subnet(changes)));
  assert.deepEqual(refused(() => yuma.maxUpscale([1, 2, 65536])), ['range', 'values', 2, 65535]);
  assert.deepEqual(refused(() => yuma.maxUpscale([1, -1])), ['negative', 'values', 1, 0]);
  assert.deepEqual(refused(() => yuma.maxUpscale([1, 0.5])), ['type', 'values', 1, null]);
  assert.deepEqual(refused(() => yuma.maxUpscale([1, NaN])), ['type', 'values', 1, null]);
  assert.deepEqual(refused(() => yuma.maxUpscale([1, 2 ** 53])), ['type', 'values', 1, null]);
  assert.deepEqual(refused(() => yuma.maxUpscale(['1'])), ['type', 'values', 0, null]);
  assert.deepEqual(refused(() => yuma.maxUpscale([true])), ['type', 'values', 0, null]);
  assert.deepEqual(refused(() => yuma.maxUpscale('12')), ['type', 'values', null, null]);
  assert.deepEqual(refused(() => yuma.maxUpscale(new Float64Array([1.5]))), ['type', 'values', 0, null]);
  assert.deepEqual(refused(() => yuma.blockEmission(1n << 64n)), ['range', 'issuance', null, (1n << 64n) - 1n]);
  assert.deepEqual(refused(() => yuma.blockEmission(-(1n << 200n))), ['negative', 'issuance', null, 0n]);
  assert.deepEqual(refused(() => yuma.blockEmission(1n << 200n)), ['range', 'issuance', null, (1n << 64n) - 1n]);
  assert.deepEqual(refused(() => yuma.blockEmission()), ['type', 'issuance', null, null]);
  assert.deepEqual(of({ lastUpdate: [1, 2, 3] }), ['length', 'lastUpdate', 3, 4n]);
  assert.deepEqual(of({ validatorPermit: [true, 1, false, false] }), ['type', 'validatorPermit', 1, null]);
  assert.deepEqual(of({ validatorPermit: Uint8Array.of(1, 2, 0, 0) }), ['range', 'validatorPermit', 1, 1]);
  assert.deepEqual(of({ weights: null }), ['type', 'weights', null, null]);
  assert.deepEqual(of({ weights: { offsets: [0], columns: [] } })[0], 'missing');
  assert.deepEqual(of({ raoEmission: undefined }), ['missing', 'raoEmission', null, null]);
  assert.deepEqual(of({ stakeRao: undefined }), ['type', 'stake', null, null]);
  assert.deepEqual(of({ stakeRao: [1n << 63n, 0, 0, 0] }), ['range', 'stakeRao', 0, (1n << 63n) - 1n]);
  assert.deepEqual(of({}, { kappa: 65536 }), ['range', 'kappa', null, 65535]);
  assert.deepEqual(of({}, { yuma3: 1 }), ['type', 'yuma3', null, null]);
  assert.deepEqual(of({}, { consensusMode: 'next' }), ['range', 'consensusMode', null, null]);
  assert.deepEqual(of({}, { alphaSigmoidSteepness: -32769 }), ['range', 'alphaSigmoidSteepness', null, -32768]);
  assert.deepEqual(of({}, null), ['type', 'params', null, null]);
  assert.deepEqual(of({}, { rules: 'subtensor-1' }).slice(0, 2), ['unknown_rules', 'rules']);
  assert.equal(refused(() => yuma.rulesForSpecVersion(426))[0], 'unknown_rules');
  assert.equal(refused(() => yuma.nullEpoch({ rules: 'subtensor-425' }, subnet()))[0], 'not_in_rules');
  assert.equal(refused(() => yuma.epoch({}, subnet(), { workspaceWords: 3 }))[0], 'too_small');
  assert.deepEqual(refused(() => yuma.fixed.log2('u64f64', 1)), ['range', 'format', null, null]);
});

test('what is decoded is what was encoded', () => {
  const budgets = yuma.nullBudgetsOfEmission(1001);
  const full = subnet({
    stakeRao: undefined, stakeRaw: [600n << 64n, (1n << 127n) - 1n, 1, 0n], ownerUid: 3, lastYumaStepBlock: 0,
    commitBlock: [5, 2n ** 64n - 1n, 6, 7], bonds: { offsets: [0, 1, 1, 1, 1], columns: [2], values: [9] },
    previousConsensus: [1, 2, 3],
  });
  const params = { rules: 'subtensor-475', kappa: 7, alphaSigmoidSteepness: -5, consensusMode: 'current', commitReveal: true };
  for (const given of [[{}, subnet()], [{ rules: 'subtensor-425' }, subnet()], [params, full], [params, full, budgets]]) {
    const bytes = yuma.encodeInput(...given);
    const decoded = yuma.decodeInput(bytes);
    assert.deepEqual(decoded.digest, yuma.inputDigest(...given));
    assert.deepEqual(yuma.encodeInput(decoded.params, decoded.subnet, decoded.nullBudgets), bytes);
    assert.deepEqual(decoded.nullBudgets, given[2] ?? null);
    assert.ok(Object.isFrozen(decoded) && Object.isFrozen(decoded.subnet) && Object.isFrozen(decoded.subnet.weights));

    const run = given.length === 3 ? yuma.nullEpoch : yuma.epoch;
    const outcome = run(decoded.params, decoded.subnet, ...given.slice(2));
    assert.deepEqual(outcome, run(...given));
    const encoded = yuma.encodeOutcome(outcome, decoded.digest);
    const record = yuma.decodeOutcome(encoded);
    const { raw: _, ...fields } = outcome;
    const { inputDigest, digest, ...again } = record;
    assert.deepEqual(again, fields);
    assert.deepEqual([inputDigest, digest], [decoded.digest, yuma.outcomeDigest(outcome, decoded.digest)]);
    assert.deepEqual(yuma.encodeOutcome(record, inputDigest), encoded);
    // A part of a larger buffer is as good as a buffer of its own.
    assert.deepEqual(yuma.decodeOutcome(Buffer.concat([Buffer.from('x'), encoded]).subarray(1)), record);
  }
  const { subnet: decoded, params: all } = yuma.decodeInput(yuma.encodeInput(params, full));
  assert.deepEqual(decoded, {
    n: 4, currentBlock: 1000n, lastStepBlock: 640n, lastYumaStepBlock: 0n, ownerUid: 3, raoEmission: 1_000_000_000n,
    stakeRaw: [600n << 64n, (1n << 127n) - 1n, 1n, 0n], lastUpdate: BigUint64Array.of(990n, 990n, 990n, 990n),
    blockAtRegistration: new BigUint64Array(4), validatorPermit: [true, true, false, false],
    commitBlock: BigUint64Array.of(5n, 2n ** 64n - 1n, 6n, 7n),
    weights: {
      offsets: Uint32Array.of(0, 2, 3, 3, 3), columns: Uint16Array.of(2, 3, 2), values: Uint16Array.of(65535, 32768, 65535),
    },
    bonds: { offsets: Uint32Array.of(0, 1, 1, 1, 1), columns: Uint16Array.of(2), values: Uint16Array.of(9) },
    previousConsensus: Uint16Array.of(1, 2, 3),
  });
  assert.deepEqual(all, { ...yuma.defaultParams(), ...params });
});

test('canonical bytes: what is refused', () => {
  const bytes = yuma.encodeInput({}, subnet());
  const digest = yuma.inputDigest({}, subnet());
  const outcome = yuma.epoch({}, subnet());
  const encoded = yuma.encodeOutcome(outcome, digest);
  const changed = (of, offset, ...values) => {
    const copy = of.slice();
    copy.set(values, offset);
    return copy;
  };
  const message = (act) => {
    try {
      act();
    } catch (error) {
      return error.message;
    }
    return assert.fail('the input was accepted');
  };

  for (const encode of [yuma.encodeInput, yuma.inputDigest]) {
    const of = (...given) => refused(() => encode(...given));
    assert.deepEqual(of(null, subnet()), ['type', 'params', null, null]);
    assert.deepEqual(of({}, null), ['type', 'subnet', null, null]);
    assert.deepEqual(of({}, subnet({ weights: undefined })), ['missing', 'weights', null, null]);
    assert.deepEqual(of({}, subnet({ validatorPermit: undefined })), ['missing', 'validatorPermit', null, null]);
    assert.deepEqual(of({}, subnet({ lastUpdate: [1] })), ['length', 'lastUpdate', 1, 4n]);
    assert.deepEqual(of({}, subnet({ stakeRao: undefined, stakeRaw: [0, -1n, 0, 0] })), ['negative', 'stake', 1, 0n]);
    assert.deepEqual(of({ kappa: 65536 }, subnet()), ['range', 'kappa', null, 65535]);
    assert.deepEqual(of({}, subnet(), 5), ['type', 'budgets', null, null]);
    assert.deepEqual(of({}, subnet(), { mining: 1, dividend: 2 }), ['missing', 'fallback', null, null]);
    assert.deepEqual(of({}, subnet(), { mining: 1, dividend: -2, fallback: 3 }), ['negative', 'dividend', null, 0n]);
    const budgets = yuma.nullBudgetsOfEmission(5);
    assert.deepEqual(of({ rules: 'subtensor-425' }, subnet(), budgets), ['not_in_rules', 'nullBudgets', 425, 475n]);
  }
  for (const encode of [yuma.encodeOutcome, yuma.outcomeDigest]) {
    const of = (changes, given = digest) => refused(() => encode({ ...outcome, ...changes }, given));
    assert.deepEqual(refused(() => encode(null, digest)), ['type', 'outcome', null, null]);
    assert.deepEqual(refused(() => encode({}, digest)), ['missing', 'rules', null, null]);
    assert.deepEqual(of({ rules: null }), ['type', 'rules', null, null]);
    assert.deepEqual(of({ rules: 'subtensor-1' }), ['unknown_rules', 'rules', null, 475]);
    assert.deepEqual(of({ active: undefined }), ['missing', 'active', null, null]);
    assert.deepEqual(of({ active: [1, 0, 0, 0] }), ['type', 'active', 0, null]);
    assert.deepEqual(of({ incentive: [0, 65536, 0, 0] }), ['range', 'incentive', 1, 65535]);
    assert.deepEqual(of({ emission: new BigUint64Array(3) }), ['length', 'emission', 3, 4n]);
    assert.deepEqual(of({ bonds: undefined }), ['missing', 'bonds', null, null]);
    assert.deepEqual(of({ bonds: { offsets: [0, 0], columns: [], values: [] } }), ['length', 'bonds', 1, 4n]);
    assert.deepEqual(of({ bonds: { offsets: [0, 2, 1, 1, 1], columns: [0], values: [0] } }), ['offsets', 'bonds', 1, 1n]);
    assert.deepEqual(of({}, digest.subarray(1)), ['length', 'inputDigest', 31, 32n]);
    assert.deepEqual(of({}, [...digest]), ['type', 'inputDigest', null, null]);
    assert.deepEqual(of({}, null), ['type', 'inputDigest', null, null]);
  }
  for (const [decode, of] of [[yuma.decodeInput, bytes], [yuma.decodeOutcome, encoded]]) {
    assert.deepEqual(refused(() => decode()), ['type', 'bytes', null, null]);
    assert.deepEqual(refused(() => decode([...of])), ['type', 'bytes', null, null]);
    assert.deepEqual(refused(() => decode(of.buffer)), ['type', 'bytes', null, null]);
    assert.deepEqual(refused(() => decode('79756d61')), ['type', 'bytes', null, null]);
    assert.deepEqual(refused(() => decode(new Uint8Array(0))), ['length', 'bytes', 0, 1n]);
    assert.deepEqual(refused(() => decode(changed(of, 0, 0))), ['not_canonical', 'magic', 0, 121n]);
    assert.deepEqual(refused(() => decode(changed(of, 6, 220))), ['unknown_rules', 'rules', 476, 475n]);
    assert.deepEqual(refused(() => decode(of.subarray(0, -1))).slice(0, 2), ['length', 'bytes']);
    const longer = new Uint8Array([...of, 0]);
    assert.deepEqual(refused(() => decode(longer)), ['length', 'bytes', of.length + 1, BigInt(of.length)]);
  }
  assert.deepEqual(refused(() => yuma.decodeInput(encoded)), ['not_canonical', 'content', 5, 1n]);
  assert.deepEqual(refused(() => yuma.decodeInput(changed(bytes, 22, 2))), ['not_canonical', 'mode', 22, 1n]);
  assert.equal(
    message(() => yuma.decodeInput(changed(bytes, 22, 2))),
    'at byte 22, mode is not in canonical form: at most 1 can stand there',
  );
  // Counts that no memory holds: refused by the number of bytes, which is exact beyond 32 bits.
  const most = BigInt(2 ** 32 - 1);
  const countless = changed(bytes, 12, 255, 255, 255, 255, 255, 255, 255, 255);
  const fewest = 97n + 49n * 4n + 4n * 2n * most;
  assert.deepEqual(refused(() => yuma.decodeInput(countless)), ['length', 'bytes', bytes.length, fewest]);
  assert.equal(message(() => yuma.decodeInput(countless)), `bytes has ${bytes.length} elements, ${fewest} are needed`);
  const countlessBonds = changed(encoded, 44, 255, 255, 255, 255);
  assert.deepEqual(
    refused(() => yuma.decodeOutcome(countlessBonds)), ['length', 'bytes', encoded.length, 48n + 40n * 4n + 4n * most],
  );
});

test('the chain’s refusal of weights keeps its name', () => {
  const call = { netuid: 1, uids: [0], values: [1], callerUid: null, n: 1, currentBlock: 9 };
  assert.throws(() => yuma.validateWeights(call), (error) => {
    assert.ok(error instanceof yuma.SubmissionError && error instanceof YumaError);
    assert.equal(error.name, 'SubmissionError');
    assert.equal(error.code, 'refused');
    assert.equal(error.refusal, 'HotKeyNotRegisteredInSubNet');
    return true;
  });
});

test('what a pool throws, the block throws', () => {
  const state = { netuid: 1, firstEmissionBlock: 1, poolPriceRaw: 1n << 63n, movingPriceRaw: 1n << 31n };
  const failing = { price: () => { throw new RangeError('no price'); }, accepts: () => true, buy: () => null };
  assert.throws(() => yuma.coinbase(100, {}, [state], { pool: failing }), { name: 'RangeError', message: 'no price' });
  assert.equal(refused(() => yuma.coinbase(100, {}, [state], { pool: {} }))[0], 'type');
  const wrong = { price: () => 1.5, accepts: () => true, buy: () => null };
  assert.deepEqual(refused(() => yuma.coinbase(100, {}, [state], { pool: wrong })), ['type', 'price', null, null]);
  // A getter's own error comes through as it is.
  const thrower = { get currentBlock() { throw new SyntaxError('mine'); } };
  assert.throws(() => yuma.epoch({}, thrower), { name: 'SyntaxError', message: 'mine' });
  // And the module goes on working after all of it.
  assert.equal(yuma.blockEmission(0), 1_000_000_000n);
});

test('accounts are text or integers of one kind', () => {
  const hotkeys = new Map([['a', { alpha: 100, root: 50 }], ['b', { alpha: 7, root: 3 }]]);
  const edges = [['a', 'b', 2n ** 64n - 1n]];
  assert.deepEqual(yuma.inheritedStake('b', hotkeys, { edges }), { alpha: 107n, root: 53n });
  assert.equal(refused(() => yuma.inheritedStake(1, hotkeys, { edges }))[0], 'type');
  assert.equal(refused(() => yuma.inheritedStake({}, hotkeys))[0], 'type');
  assert.deepEqual(refused(() => yuma.inheritedStake('b', hotkeys, { edges: [['a']] })), ['type', 'edges', 0, null]);
  assert.deepEqual(refused(() => yuma.inheritedStake('b', ['a'])), ['type', 'hotkeys', 0, null]);
});

test('matrices', () => {
  const rows = yuma.rowsOfDense([[0, 7], [0, 0]]);
  assert.deepEqual(rows, { offsets: Uint32Array.of(0, 1, 1), columns: Uint16Array.of(1), values: Uint16Array.of(7) });
  assert.deepEqual(yuma.denseOfRows(rows), [Uint16Array.of(0, 7), Uint16Array.of(0, 0)]);
  assert.deepEqual(refused(() => yuma.rowsOfDense([[65536]])), ['range', 'matrix', 0, 65535]);
  assert.equal(refused(() => yuma.rowsOfLists('weights', 3, [[1, []], [0, []]]))[0], 'order');
  assert.equal(refused(() => yuma.rowsOfLists('weights', 3, [[1, []], [1, []]]))[0], 'repeated');
});

test('the constants are the module’s', () => {
  const { cap, blocksPerDay, taoWeight, defaultTake } = yuma.constants();
  assert.deepEqual([cap, blocksPerDay, taoWeight, defaultTake], [yuma.CAP, yuma.BLOCKS_PER_DAY, yuma.TAO_WEIGHT, yuma.DEFAULT_TAKE]);
});

test('the defaults are the documented ones', () => {
  const { hotkey, childkeyTerms, weights } = yuma.constants();
  assert.deepEqual(hotkey, {
    alpha: 0n, root: 0n, owner: 0, take: 11796, childkeyTake: 0, uid: null, registeredAt: 0n, onRoot: false, hasMembers: false,
  });
  assert.deepEqual(childkeyTerms, { taoWeight: yuma.TAO_WEIGHT, burn: 0n, minTake: 0, minTakeSubnet: 0 });
  assert.deepEqual(weights, {
    mechanismCount: 1, taoWeight: yuma.TAO_WEIGHT, stakeThreshold: 0n, networkVersionKey: 0n, minAllowedWeights: 1024,
    maxWeightLimit: 65535, commitRevealEnabled: false, rateLimit: 100n,
  });
  assert.deepEqual(yuma.defaultParams(), {
    rules: 'subtensor-475', tempo: 360n, activityCutoff: 5000n, kappa: 32767, bondsPenalty: 65535,
    bondsMovingAverage: 900000n, yuma3: false, liquidAlpha: false, commitReveal: false, alphaLow: 45875, alphaHigh: 58982,
    alphaSigmoidSteepness: 1000, maxAllowedValidators: 64, stakeThreshold: 0n, consensusMode: 'auto',
  });
  const { gate, flow, network, subnet: state } = yuma.emissionDefaults();
  assert.deepEqual([gate.exponentRaw, gate.barRank, gate.barQuantileRaw], [3n << 64n, 32, 11252513884962826240n]);
  assert.deepEqual(flow, {
    smoothingFactor: 29597889189277n, netFlowEnabled: true, flowCutoffRaw: 0n, exponentRaw: 1n << 64n,
  });
  assert.deepEqual([network.ownerCut, network.movingAlphaRaw, network.maxEpochsPerBlock], [11796, 12885n, 2]);
  assert.deepEqual([state.netuid, state.mechanism, state.emaHalvingBlocks], [1, 1, 201600n]);
  assert.deepEqual(yuma.defaultScheduleState(), state.schedule);
  assert.equal(state.schedule.tempo, 360);
});

test('what no vector runs', () => {
  assert.deepEqual(yuma.rules().at(-1), { id: 'subtensor-475', specVersion: 475, firstBlock: 9233782n });
  assert.equal(yuma.rulesForSpecVersion(425), 'subtensor-425');
  assert.deepEqual(yuma.halvings()[1], { number: 1, threshold: 10_500_000_000_000_000n, reward: 500_000_000n });
  assert.deepEqual(yuma.nextHalving(0), {
    threshold: 10_500_000_000_000_000n, reward: 1_000_000_000n, rewardAfter: 500_000_000n, blocks: 10_500_000n,
  });
  assert.deepEqual([yuma.emissionOver(0, 10n), yuma.dailyEmission(0)], [10_000_000_000n, 7_200_000_000_000n]);
  assert.deepEqual([yuma.effectiveChildkeyTake(5), yuma.effectiveChildkeyTake(5, 6, 7)], [5, 7]);
  assert.equal(yuma.visitingKey(10), 2560);
  assert.deepEqual(yuma.nullBudgetsOfEmission(5), { mining: 3n, dividend: 2n, fallback: 5n });
  const { fixed } = yuma;
  assert.deepEqual([fixed.log2('i64f64', 8n << 64n), fixed.ln('i96f32', 1n << 32n)], [3n << 64n, 0n]);
  assert.deepEqual([fixed.exp('i64f64', 0n), fixed.expSafe(1n << 32n)], [1n << 64n, 11674931200n]);
  assert.deepEqual([fixed.proportion(65535), fixed.proportionToU16(1n << 31n)], [1n << 32n, 32767]);
});

test('a pool may itself call the package', () => {
  const state = { netuid: 1, firstEmissionBlock: 1, poolPriceRaw: 1n << 63n, movingPriceRaw: 1n << 31n };
  const calm = { price: (given) => given.poolPriceRaw, accepts: () => true, buy: () => null };
  const failing = { ...calm, accepts: () => { throw new RangeError('not this one'); } };
  const nesting = {
    ...calm,
    price(given) {
      assert.throws(() => yuma.coinbase(100, {}, [state], { pool: failing }), { message: 'not this one' });
      return calm.price(given);
    },
  };
  const [nested, plain] = [nesting, calm].map((pool) => yuma.coinbase(100, {}, [state], { pool }));
  assert.deepEqual(nested, plain);
});

test('memory is given back', () => {
  const { epoch } = yuma;
  for (let round = 0; round < 300; round += 1) epoch({}, subnet());
  const before = process.memoryUsage().arrayBuffers;
  for (let round = 0; round < 3000; round += 1) {
    epoch({}, subnet());
    try {
      epoch({}, subnet({ lastUpdate: [1] }));
    } catch (error) {
      assert.ok(error instanceof YumaError);
    }
  }
  globalThis.gc?.();
  assert.ok(process.memoryUsage().arrayBuffers - before < 2 ** 24);
});

test('core’s errors have its codes and texts', async () => {
  const { refusedByCore } = await import(pathToFileURL(`${home}/errors.js`));
  const core = readFileSync(new URL('../../core/src/error.rs', import.meta.url), 'utf8');
  const types = readFileSync(new URL('../npm/index.d.ts', import.meta.url), 'utf8');
  const names = new Map([...core.matchAll(/Self::(\w+) => "(\w+)"/g)].map(([, variant, name]) => [variant, name]));
  const texts = [...core.matchAll(/ErrorCode::(\w+) => (?:\{\s*)?write!\(out, "(.*)"\)/g)];
  assert.ok(names.size > 0 && texts.length === names.size);
  for (const [, variant, text] of texts) {
    const code = names.get(variant);
    const error = refusedByCore({ code, field: 'some_field', index: 7n, limit: 2n ** 64n - 1n });
    const parts = { field: 'someField', index: '7', limit: '18446744073709551615' };
    assert.equal(error.message, text.replace(/\{(\w+)\}/g, (_, part) => parts[part]));
    assert.ok(types.includes(`'${code}'`), code);
  }
});

test('every function of the list is there', () => {
  const list = JSON.parse(readFileSync(new URL('../../vectors/functions.json', import.meta.url)));
  const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
  for (const [group, names] of Object.entries(list)) {
    if (group === 'comment') continue;
    const of = group === 'fixed' ? yuma.fixed : yuma;
    for (const name of names) assert.equal(typeof of[camel(name)], 'function', name);
  }
  // What the types name is there, and the other way round.
  const types = readFileSync(new URL('../npm/index.d.ts', import.meta.url), 'utf8');
  const named = [...types.matchAll(/^export (?:declare )?(?:function|const|class) (\w+)/gm)].map(([, name]) => name);
  assert.deepEqual(Object.keys(yuma).filter((name) => !['default', 'constants'].includes(name)).sort(), named.sort());
});

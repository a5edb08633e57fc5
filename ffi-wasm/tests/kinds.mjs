// What the package makes of every kind of golden vector, in the form of its `expect`.
const MOST = 2n ** 64n - 1n;

const texts = (values) => Array.from(values, String);
const text = (value) => (value === null ? null : String(value));
const number = (value) => (value === null ? null : BigInt(value));
const numbers = (values) => values.map(BigInt);
const has = (object, name) => Object.hasOwn(object, name);
const zip = (one, other) => one.map((value, index) => [value, other[index]]);
const byNumber = (one, other) => one - other;
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const unhex = (digits) => Uint8Array.from(digits.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));

/** Every kind: the rules under which it exists, and what computes it with the package. */
export function kindsOf(yuma) {
  const { fixed, YumaError, SubmissionError, ZERO_ACCOUNT } = yuma;
  const refusal = (code, field, index, message) => new YumaError(code, field, index, null, message);

  // epoch.md: a case's input is checked as a file from elsewhere would be.

  const PARAMS = {
    tempo: 'u64', activity_cutoff: 'u64', kappa: 'number', bonds_penalty: 'number', bonds_moving_average: 'u64', yuma3: 'any',
    liquid_alpha: 'any', commit_reveal: 'any', alpha_low: 'number', alpha_high: 'number', alpha_sigmoid_steepness: 'number',
    max_allowed_validators: 'number', stake_threshold: 'u64', consensus_mode: 'optional any',
  };
  const SUBNET = {
    n: 'number', current_block: 'u64', last_step_block: 'u64', owner_uid: 'any', rao_emission: 'u64', stake: 'decimals',
    last_update: 'decimals', block_at_registration: 'decimals', validator_permit: 'any', commit_block: 'decimals?',
    weights: 'rows', bonds: 'rows', previous_consensus: 'optional any', last_yuma_step_block: 'optional u64?',
  };
  const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

  function decimal(field, value, index = null) {
    if (typeof value === 'string' && /^(0|-?[1-9][0-9]*)$/.test(value)) return BigInt(value);
    throw refusal('type', field, index, `${field}: ${JSON.stringify(value)} is not a decimal string`);
  }
  function decimals(field, value) {
    if (!Array.isArray(value)) throw refusal('type', field, null, `${field} is not a list`);
    return value.map((element, index) => decimal(field, element, index));
  }
  function rows(field, value, n) {
    if (Array.isArray(value)) return yuma.rowsOfLists(field, n, value);
    for (const part of ['offsets', 'columns', 'values']) {
      if (typeof value === 'object' && value !== null && !has(value, part)) {
        throw refusal('missing', `${field}.${part}`, null, `missing field ${field}.${part}`);
      }
    }
    return value;
  }
  function read(given, fields) {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      throw refusal('type', '', null, 'the input must be an object');
    }
    const values = {};
    for (const [field, described] of Object.entries(fields)) {
      const [, optional, kind, nullable] = /^(optional )?(\w+)(\?)?$/.exec(described);
      const name = field === 'stake' ? 'stakeRaw' : camel(field);
      if (!has(given, field)) {
        if (!optional) throw refusal('missing', field, null, `missing field ${field}`);
      } else if (nullable && given[field] === null) values[name] = null;
      else if (kind === 'u64') values[name] = decimal(field, given[field]);
      else if (kind === 'decimals') values[name] = decimals(field, given[field]);
      else if (kind === 'rows') values[name] = rows(field, given[field], values.n);
      else values[name] = given[field];
    }
    return values;
  }
  const paramsOf = (rules, given) => ({ ...read(given, PARAMS), rules });
  const subnetOf = (given) => read(given, SUBNET);

  const lists = ({ offsets, columns, values }, show) =>
    Array.from({ length: offsets.length - 1 }, (_, uid) => [
      uid,
      Array.from(columns.subarray(offsets[uid], offsets[uid + 1]), (column, entry) => [column, show(values[offsets[uid] + entry])]),
    ]).filter(([, entries]) => entries.length > 0);

  function outcome(of) {
    const { raw } = of;
    return {
      raw: {
        stake: texts(raw.stake),
        active_stake: texts(raw.activeStake),
        consensus: texts(raw.consensus),
        validator_trust: texts(raw.validatorTrust),
        incentive: texts(raw.incentive),
        ema_bonds: lists(raw.emaBonds, String),
        dividends: texts(raw.dividends),
      },
      server_emission: texts(of.serverEmission),
      validator_emission: texts(of.validatorEmission),
      emission: texts(of.emission),
      bonds: lists(of.bonds, Number),
      active: [...of.active],
      validator_permit: [...of.validatorPermit],
      stake_weight: [...of.stakeWeight],
      consensus: [...of.consensus],
      validator_trust: [...of.validatorTrust],
      incentive: [...of.incentive],
      dividends: [...of.dividends],
    };
  }

  const epoch = (rules, given) => outcome(yuma.epoch(paramsOf(rules, given), subnetOf(given)));

  const snake = (name) => ({ stakeRaw: 'stake' })[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

  function epochError(rules, given) {
    try {
      const of = has(given ?? {}, 'spec_version') ? yuma.rulesForSpecVersion(given.spec_version) : rules;
      const params = paramsOf(of, given);
      const subnet = subnetOf(given);
      yuma.epoch(params, subnet, { workspaceWords: given.workspace_words });
    } catch (error) {
      if (!(error instanceof YumaError)) throw error;
      const { code, field, index } = error;
      return { code, field: snake(field), index: index === null ? null : Number(index) };
    }
    throw new Error('the input was accepted');
  }

  const budgetsOf = (given) => ({
    mining: BigInt(given.mining_budget), dividend: BigInt(given.dividend_budget), fallback: BigInt(given.fallback_budget),
  });

  function nullEpoch(rules, given) {
    const computed = yuma.nullEpoch(paramsOf(rules, given), subnetOf(given), budgetsOf(given));
    const { raw, bonds: _, ...result } = outcome(computed);
    const { stake, incentive, dividends } = raw;
    return { ...result, raw: { stake, incentive, dividends } };
  }

  const apportion = (_rules, given) => ({ payouts: texts(yuma.apportion(numbers(given.shares), BigInt(given.budget))) });

  // digest/format.md

  function digest(rules, given) {
    const budgets = ['mining_budget', 'dividend_budget', 'fallback_budget'].every((name) => has(given, name));
    const input = [paramsOf(rules, given), subnetOf(given), budgets ? budgetsOf(given) : null];
    const bytes = yuma.encodeInput(...input);
    const { params, subnet, nullBudgets, digest: decodedDigest } = yuma.decodeInput(bytes);
    const result = nullBudgets === null ? yuma.epoch(params, subnet) : yuma.nullEpoch(params, subnet, nullBudgets);
    const decoded = yuma.decodeOutcome(yuma.encodeOutcome(result, decodedDigest));
    return {
      input_bytes: hex(bytes),
      input_digest: hex(yuma.inputDigest(...input)),
      outcome_bytes: hex(yuma.encodeOutcome(decoded, decoded.inputDigest)),
      outcome_digest: hex(yuma.outcomeDigest(result, decodedDigest)),
    };
  }

  function digestError(_rules, given) {
    const decode = { input: yuma.decodeInput, outcome: yuma.decodeOutcome }[given.content];
    try {
      decode(unhex(given.bytes));
    } catch (error) {
      if (!(error instanceof YumaError)) throw error;
      return { code: error.code, field: snake(error.field), index: text(error.index), limit: text(error.limit) };
    }
    throw new Error('the bytes were accepted');
  }

  // numbers.md

  function fixedArith(_rules, given) {
    const [kind, a, b] = [given.type, BigInt(given.a), BigInt(given.b)];
    return {
      saturating_add: String(fixed.saturatingAdd(kind, a, b)),
      saturating_sub: String(fixed.saturatingSub(kind, a, b)),
      saturating_mul: String(fixed.saturatingMul(kind, a, b)),
      checked_div: text(fixed.checkedDiv(kind, a, b)),
      safe_div: String(fixed.safeDiv(kind, a, b)),
      a_to_u64: String(fixed.toU64(kind, a)),
      a_to_u16: String(fixed.toU16(kind, a)),
      a_round_to_u16: String(fixed.toU16(kind, fixed.round(kind, a))),
      a_to_u96f32: String(fixed.convert(kind, 'u96f32', a)),
      a_to_u64f64: String(fixed.convert(kind, 'u64f64', a)),
      a_to_i96f32: String(fixed.convert(kind, 'i96f32', a)),
      a_to_i64f64: String(fixed.convert(kind, 'i64f64', a)),
      a_to_i32f32: String(fixed.convert(kind, 'i32f32', a)),
    };
  }

  function transcendental(_rules, given) {
    const x = BigInt(given.x);
    switch (given.op) {
      case 'log2_i96f32': return { result: text(fixed.log2('i96f32', x)) };
      case 'log2_ln_i32f32': return { log2: text(fixed.log2('i32f32', x)), ln: text(fixed.ln('i32f32', x)) };
      case 'exp_i32f32': return { result: text(fixed.exp('i32f32', x)) };
      case 'bisect_sqrt_u64f64': return { result: String(fixed.root(x, BigInt(given.epsilon))) };
      case 'safe_pow_u64f64': return { result: String(fixed.power(x, BigInt(given.p))) };
      default: throw new Error(`unknown operation \`${given.op}\``);
    }
  }

  const powNormalize = (_rules, given) => ({
    values: texts(fixed.powNormalize(numbers(given.values), BigInt(given.exponent))),
  });

  // mechanisms.md

  function mechanismIndex(_rules, given) {
    const index = yuma.mechanismStorageIndex(given.netuid, given.mecid);
    const { netuid, mecid } = yuma.mechanismOfIndex(index);
    return { storage_index: index, netuid_of_index: netuid, mecid_of_index: mecid };
  }

  const mechanismSplit = (rules, given) => ({
    split_accepted_by_setter: yuma.emissionSplitAccepted(given.split, given.mechanism_count, { rules }),
    parts: texts(yuma.splitEmission(BigInt(given.alpha), given.mechanism_count, given.split, { rules })),
  });

  const TERM = {
    hotkey: 'hotkey', uid: 'uid', dividend: 'dividend', incentive: 'incentive', validator_emission: 'validatorEmission',
    server_emission: 'serverEmission', stake_weight: 'stakeWeight', active: 'active', emission: 'emission',
    consensus: 'consensus', validator_trust: 'validatorTrust', new_validator_permit: 'newValidatorPermit', stake: 'stake',
  };
  const AMOUNTS = ['validator_emission', 'server_emission', 'emission', 'stake'];

  function mechanismAggregate(rules, given) {
    const { mechanism_count: mechanismCount, split } = given;
    const result = {};
    const epochMode = given.epoch_mode ?? 'yuma';
    const whole = has(given, 'alpha');
    const [server, validator, root] = whole ? [] : numbers([given.server, given.validator, given.root]);
    let total = whole ? BigInt(given.alpha) : server + validator + root;
    if (total > MOST) total = MOST;
    let parts;
    if (epochMode === 'null') {
      const divided = yuma.splitNullEmission({ server, validator, root, mechanismCount, split, rules });
      parts = divided.parts;
      result.budgets = divided.budgets.map(({ mining, dividend, fallback }) => texts([mining, dividend, fallback]));
    } else {
      parts = yuma.splitEmission(total, mechanismCount, split, { rules });
      if (!whole) result.budgets = null;
    }
    const weights = yuma.mechanismWeights(total, parts);
    const mechanisms = given.mechanisms.map((terms) =>
      terms.map((term) =>
        Object.fromEntries(
          Object.entries(term).map(([name, value]) => [TERM[name], AMOUNTS.includes(name) ? BigInt(value) : value]),
        ),
      ),
    );
    const folded = yuma.foldMechanisms(weights, mechanisms, { epochMode, rules });
    const write = (term) =>
      Object.fromEntries(
        Object.entries(TERM).map(([name, field]) => [name, AMOUNTS.includes(name) ? String(term[field]) : term[field]]),
      );
    return {
      parts: texts(parts),
      ...result,
      weights: texts(weights),
      aggregated: folded.map(write),
      hotkey_emission: folded.map((term) => [term.hotkey, String(term.serverEmission), String(term.validatorEmission)]),
    };
  }

  // schedule.md

  function epochSchedule(rules, given) {
    const subnet = {
      tempo: given.tempo,
      lastEpochBlock: BigInt(given.last_epoch_block),
      pendingEpochAt: BigInt(given.pending_epoch_at),
      blocksSinceLastStep: BigInt(given.blocks_since_last_step),
      epochIndex: BigInt(given.epoch_index),
    };
    const block = BigInt(given.current_block);
    const commit = { commitEpoch: BigInt(given.commit_epoch), revealPeriod: BigInt(given.reveal_period), rules };
    return {
      should_run_epoch: yuma.shouldRunEpoch(subnet, block, { rules }),
      next_epoch_start_block: text(yuma.nextEpochStartBlock(subnet)),
      blocks_until_next_auto_epoch: String(yuma.blocksUntilNextAutoEpoch(subnet, block)),
      in_admin_freeze_window: yuma.inAdminFreezeWindow(subnet, block, given.admin_freeze_window),
      activity_cutoff_blocks: String(yuma.activityCutoffBlocks(given.tempo, given.activity_cutoff_factor_milli)),
      epoch_with_lookahead: String(yuma.epochWithLookahead(subnet, block, { rules })),
      reveal_now: yuma.revealNow(subnet, block, commit),
      commit_expired: yuma.commitExpired(subnet, block, commit),
    };
  }

  const at = (changes, block) => (changes ?? []).filter(([when]) => when === block).map(([, ...change]) => change);

  function epochSimulation(rules, given) {
    const { subnets } = given;
    const withModes = has(given, 'mode_changes');
    let states = subnets.map((subnet) => ({
      tempo: subnet.tempo,
      lastEpochBlock: subnet.last_epoch_block,
      pendingEpochAt: subnet.pending_epoch_at,
      blocksSinceLastStep: subnet.blocks_since_last_step,
      ...(withModes ? { epochMode: subnet.epoch_mode, lastYumaStepBlock: subnet.last_yuma_step_block } : {}),
    }));
    const change = (netuid, make) => {
      states = states.map((state, place) => (subnets[place].netuid === netuid ? make(state) : state));
    };
    const log = [];
    for (let block = given.start_block; block < given.start_block + given.blocks; block += 1) {
      states = states.map((state, place) => {
        const [first, last] = subnets[place].inconsistent_blocks ?? [1, 0];
        return { ...state, consistent: !(first <= block && block <= last) };
      });
      const done = yuma.scheduleBlock(block, states, { maxEpochsPerBlock: given.max_epochs_per_block, rules });
      states = done.subnets.map((state, place) =>
        done.verdicts[place].slot === 'ran' ? yuma.finishEpoch(state, block, { rules }) : state,
      );
      for (const [netuid, tempo] of at(given.tempo_changes, block)) {
        change(netuid, (state) => yuma.changeTempo(state, block, tempo));
      }
      for (const [netuid, target] of at(given.triggers, block)) change(netuid, (state) => yuma.triggerEpoch(state, target));
      for (const [netuid, mode] of at(given.mode_changes, block)) change(netuid, (state) => yuma.changeMode(state, mode));
      const judged = zip(subnets, done.verdicts);
      const named = (asked) => judged.filter(([, verdict]) => asked(verdict)).map(([subnet]) => subnet.netuid);
      const happened = {
        ran: named((verdict) => verdict.slot === 'ran'),
        deferred: named((verdict) => verdict.slot === 'deferred'),
        skipped: named((verdict) => verdict.slot === 'skipped'),
        reveal_deferred: named((verdict) => verdict.revealDeferred),
      };
      if (Object.values(happened).some((netuids) => netuids.length > 0)) log.push({ block, ...happened });
    }
    // The files have these blocks as numbers.
    const plain = (value) => (value === null ? null : Number(value));
    const final = zip(subnets, states).map(([subnet, state]) => ({
      netuid: subnet.netuid,
      last_epoch_block: plain(state.lastEpochBlock),
      pending_epoch_at: plain(state.pendingEpochAt),
      blocks_since_last_step: plain(state.blocksSinceLastStep),
      last_mechanism_step_block: plain(state.lastMechanismStepBlock),
      epoch_index: plain(state.epochIndex),
      ...(withModes ? { epoch_mode: state.epochMode, last_yuma_step_block: plain(state.lastYumaStepBlock) } : {}),
    }));
    return { log, final };
  }

  // submission.md

  const weightsUpscale = (_rules, given) => ({
    max_upscaled: [...yuma.maxUpscale(given.values)],
    sum_normalized: [...yuma.sumNormalize(given.values)],
  });
  const weightsMaxLimited = (_rules, given) => ({ within_limit: yuma.maxWeightWithin(given.values, given.limit) });

  function weightsSet(_rules, given) {
    try {
      const accepted = yuma.validateWeights({
        netuid: given.netuid,
        mecid: given.mecid,
        uids: given.uids,
        values: given.values,
        versionKey: BigInt(given.version_key),
        callerUid: given.caller_registered ? given.uid : null,
        alphaStake: BigInt(given.alpha_stake),
        rootStake: BigInt(given.root_stake),
        lastUpdate: BigInt(given.last_update),
        mechanismCount: given.netuid === 1 ? given.mechanism_count : null,
        n: given.n,
        ownerUid: given.owner_uid,
        validatorPermit: given.validator_permit,
        taoWeight: BigInt(given.tao_weight),
        stakeThreshold: BigInt(given.stake_threshold),
        networkVersionKey: BigInt(given.network_version_key),
        minAllowedWeights: given.min_allowed_weights,
        commitRevealEnabled: given.commit_reveal_enabled,
        rateLimit: BigInt(given.rate_limit),
        currentBlock: BigInt(given.current_block),
      });
      const weights = zip([...accepted.uids], accepted.values);
      return { result: 'ok', weights, last_update: String(accepted.lastUpdate) };
    } catch (error) {
      if (!(error instanceof SubmissionError)) throw error;
      return { result: error.refusal, weights: null, last_update: given.last_update };
    }
  }

  function weightsCommitHash(_rules, given) {
    const commit = {
      account: unhex(given.account),
      netuid: given.netuid,
      mecid: given.mecid,
      uids: given.uids,
      values: given.values,
      salt: given.salt,
      versionKey: BigInt(given.version_key),
    };
    return {
      storage_index: yuma.mechanismStorageIndex(given.netuid, given.mecid),
      preimage: hex(yuma.weightsCommitPreimage(commit)),
      hash: hex(yuma.weightsCommitHash(commit)),
    };
  }

  // distribution.md

  const coldkey = (account) => account || ZERO_ACCOUNT;
  const account = (key) => (key === ZERO_ACCOUNT ? 0 : key);
  const edgesOf = (given) => given.edges.map(([parent, child, proportion]) => [parent, child, BigInt(proportion)]);

  function stakeWeights(rules, given) {
    const hotkeys = given.hotkeys.map(([id, alpha, root]) => [id, { alpha: BigInt(alpha), root: BigInt(root) }]);
    const weights = yuma.stakeWeights(given.uids, hotkeys, {
      edges: edgesOf(given),
      taoWeight: BigInt(given.tao_weight),
      suspended: given.suspended ?? [],
      ownerHotkey: given.subnet_owner_hotkey ?? null,
      rules,
    });
    return {
      inherited_alpha: weights.alphaRaw.map((bits) => String(fixed.toU64('i64f64', bits))),
      inherited_tao: weights.taoRaw.map((bits) => String(fixed.toU64('i64f64', bits))),
      alpha_stake: texts(weights.alphaRaw),
      tao_stake: texts(weights.taoRaw),
      total_stake: texts(weights.totalRaw),
    };
  }

  const termsOf = (given) => ({
    taoWeight: BigInt(given.tao_weight),
    burn: BigInt(given.ck_burn),
    minTake: given.min_childkey_take,
    minTakeSubnet: given.min_childkey_take_subnet,
  });

  function parentChildDividends(rules, given) {
    const own = given.hotkey;
    const stakes = new Map([[own, ['0', '0', null]], ...given.hotkeys.map(([id, ...rest]) => [id, rest])]);
    const hotkeys = new Map(
      [...stakes].map(([id, [alpha, root, owner]]) => [
        id,
        {
          alpha: BigInt(alpha), root: BigInt(root), owner: coldkey(owner), childkeyTake: id === own ? given.childkey_take : 0,
        },
      ]),
    );
    const options = { edges: edgesOf(given), terms: termsOf(given), rules };
    const split = yuma.splitDividend(own, BigInt(given.dividends), hotkeys, options);
    return {
      effective_take: split.effectiveTake,
      self_contribution: String(split.selfContribution),
      payouts: split.payouts.map((payout) => [payout.hotkey, String(payout.amount)]),
      recycled: texts(split.payouts.map((payout) => payout.recycled).filter((amount) => amount > 0n)),
    };
  }

  function dividendDistribution(rules, given) {
    const hotkeys = [...given.hotkeys].sort(([one], [other]) => one - other);
    const rows = hotkeys.map(([, dividend, stake, onRoot]) => ({
      dividendRaw: BigInt(dividend),
      stake: stake && { alpha: BigInt(stake[0]), root: BigInt(stake[1]) },
      onRoot: Boolean(onRoot),
    }));
    const taoWeight = BigInt(given.tao_weight);
    const amounts = yuma.dividendDistribution(rows, {
      pendingAlpha: BigInt(given.pending_alpha), pendingRoot: BigInt(given.pending_root_alpha), taoWeight, rules,
    });
    const present = zip(hotkeys, amounts).filter(([, parts]) => parts !== null);
    return {
      tao_weight_fixed: String(fixed.proportionOfU64(taoWeight)),
      alpha_dividends: present.map(([[id], parts]) => [id, String(parts.alphaRaw)]),
      root_alpha_dividends: present.map(([[id], parts]) => [id, String(parts.rootRaw)]),
    };
  }

  function rootClaimable(_rules, given) {
    const rate = yuma.rootClaimableUpdate(BigInt(given.root_stake), BigInt(given.amount), number(given.rate_before));
    if (rate === null) return { fallback_to_stake: true, staked: given.amount, rate_after: given.rate_before };
    return { fallback_to_stake: false, staked: '0', rate_after: String(rate) };
  }

  function distribution(rules, given) {
    const newer = has(given, 'null_mode');
    const hotkeys = new Map(
      given.hotkeys.map((row) => [
        row.id,
        {
          alpha: BigInt(row.alpha),
          root: BigInt(row.root),
          owner: coldkey(row.owner),
          take: row.take ?? yuma.DEFAULT_TAKE,
          childkeyTake: row.childkey_take,
          uid: row.uid,
          registeredAt: row.registered_at,
          onRoot: row.on_root ?? false,
          hasMembers: row.has_members ?? false,
        },
      ]),
    );
    const isOwners = ([id, owner]) => coldkey(owner) === (hotkeys.get(id)?.owner ?? ZERO_ACCOUNT);
    const entries = given.collateral ?? [];
    const owner = given.subnet_owner_coldkey;
    const drained = given.pending;
    const done = yuma.distribute(
      {
        hotkeys,
        drained: {
          server: BigInt(drained.server), validator: BigInt(drained.validator), root: BigInt(drained.root),
          ownerCut: BigInt(drained.owner_cut),
        },
        epoch: given.epoch.map(([hotkey, incentive, dividend]) => ({
          hotkey, incentive: BigInt(incentive), dividend: BigInt(dividend),
        })),
        edges: edgesOf(given),
        epochMode: given.null_mode ? 'null' : 'yuma',
        terms: termsOf(given),
        ownerColdkey: owner === null ? null : coldkey(owner),
        ownerHotkey: given.subnet_owner_hotkey,
        leaseShare: given.lease_share ?? null,
        recycleOrBurn: given.recycle_or_burn || 'burn',
        autoStake: given.auto_stake.map(([key, to]) => [coldkey(key), to]),
        suspended: given.suspended ?? [],
        collateral: entries.filter(isOwners).map(([id, , locked, minLocked, earned, drainRatioRaw]) => [
          id,
          {
            locked: BigInt(locked), minLocked: BigInt(minLocked), earned: BigInt(earned), drainRatioRaw: BigInt(drainRatioRaw),
          },
        ]),
        basketPending: (given.basket_pending ?? []).map(([id, rao]) => [id, BigInt(rao)]),
      },
      { rules },
    );
    const dividends = (part) =>
      done.outcomes
        .filter((result) => result.dividends !== null && result.dividends[part] !== null)
        .map((result) => [result.hotkey, String(result.dividends[part])]);
    const positive = (part) =>
      done.outcomes.filter((result) => result[part] > 0n).map((result) => [result.hotkey, String(result[part])]);
    const after = () =>
      entries
        .flatMap((entry) => {
          if (!isOwners(entry)) return [entry];
          const now = done.outcomes.find((result) => result.hotkey === entry[0])?.collateral ?? null;
          return now === null
            ? []
            : [[entry[0], entry[1], ...texts([now.locked, now.minLocked, now.earned, now.drainRatioRaw])]];
        })
        .sort((one, other) => one[0] - other[0] || one[1] - other[1]);
    return {
      epoch_emission: String(done.epochEmission),
      incentive_sum: String(done.incentiveSum),
      validator_alpha: String(done.validatorAlpha),
      dividends: dividends('payoutsRaw'),
      alpha_dividends: dividends('alphaRaw'),
      root_alpha_dividends: dividends('rootRaw'),
      ...(newer ? { recycled_root: String(done.recycledRoot), owner_cut_kept: String(done.ownerCutKept) } : {}),
      owner_hotkeys: newer ? [...done.ownerHotkeys].sort(byNumber) : [...done.ownerHotkeys],
      miner_burned: String(done.minerBurnedRaw),
      burned: String(done.burned),
      recycled: String(done.recycled),
      credits: done.credits
        .filter((credit) => credit.coldkey !== null)
        .map((credit) => [credit.hotkey, account(credit.coldkey), String(credit.amount)]),
      nominator_credits: done.credits
        .filter((credit) => credit.coldkey === null)
        .map((credit) => [credit.hotkey, String(credit.amount)]),
      alpha_dividends_per_subnet: dividends('alphaPaid'),
      ...(newer ? {} : { root_claimable_increment: dividends('rootClaimableIncrementRaw') }),
      root_alpha_dividends_per_subnet: dividends('rootPaid'),
      ...(newer ? { collateral: after(), basket_pending: positive('basketPending') } : {}),
      alpha_out_supply_delta: String(done.alphaOutSupplyDelta),
      total_hotkey_alpha: positive('totalAlpha'),
    };
  }

  // emission.md

  function blockEmission(_rules, given) {
    const issuance = BigInt(given.issuance);
    const steps = yuma.blockEmissionSteps(issuance);
    return {
      raw: steps && { ratio: String(steps.ratioRaw), inverse: String(steps.inverseRaw), log2: String(steps.log2Raw) },
      emission: String(yuma.blockEmission(issuance)),
    };
  }

  const movingPrice = (_rules, given) => ({
    moving_price: String(
      yuma.movingPrice({
        mechanism: given.mechanism,
        poolPriceRaw: BigInt(given.price),
        movingPriceRaw: BigInt(given.moving_price),
        firstEmissionBlock: number(given.first_emission_block),
        block: BigInt(given.current_block),
        halvingBlocks: BigInt(given.halving_blocks),
        movingAlphaRaw: BigInt(given.moving_alpha),
      }),
    ),
  });

  const big = (given, name) => (has(given, name) ? BigInt(given[name]) : undefined);
  const gateOf = (given) => ({
    barRaw: big(given, 'gate_bar'),
    exponentRaw: big(given, 'gate_exponent'),
    barRank: given.bar_rank,
    barQuantileRaw: big(given, 'bar_quantile'),
  });

  const emissionGateBar = (_rules, given) => ({
    gate_bar: String(yuma.emissionGateBar(gateOf(given), BigInt(given.block), numbers(given.shares))),
  });

  function subnetShares(rules, given) {
    const subnets = given.subnets.map((subnet) => ({
      mechanism: subnet.mechanism,
      movingPriceRaw: BigInt(subnet.moving_price),
      minerBurnedRaw: BigInt(subnet.miner_burned),
      emissionEnabled: subnet.emission_enabled,
    }));
    const shared = yuma.subnetShares(BigInt(given.block ?? 0), BigInt(given.block_emission), subnets, {
      gate: gateOf(given), rules,
    });
    return {
      price_shares: texts(shared.priceSharesRaw),
      shares: texts(shared.sharesRaw),
      ...(has(given, 'gate_bar')
        ? { gate_bar: String(shared.gate.barRaw), gated_shares: texts(shared.gatedSharesRaw) }
        : {}),
      tao_emission: texts(shared.taoEmissionRaw),
      root_sell_flag: shared.rootSellFlag,
    };
  }

  const rootSellFlag = (_rules, given) => ({
    root_sell_flag: yuma.rootSellFlag(
      given.subnets.map((subnet) => yuma.sharePrice(subnet.mechanism, BigInt(subnet.moving_price))),
    ),
  });

  function flowShares(_rules, given) {
    const flow = (sinceUpdate, average) => ({
      sinceUpdate: BigInt(sinceUpdate),
      averageBlock: average && BigInt(average[0]),
      averageRaw: average && BigInt(average[1]),
    });
    const average = (of) => (of.averageBlock === null ? null : texts([of.averageBlock, of.averageRaw]));
    const { sharesRaw, flows } = yuma.flowShares(
      BigInt(given.current_block),
      given.subnets.map((subnet) => ({
        user: flow(subnet.tao_flow, subnet.ema_tao_flow), protocol: flow(subnet.protocol_flow, subnet.ema_protocol_flow),
      })),
      {
        smoothingFactor: BigInt(given.smoothing_factor),
        netFlowEnabled: given.net_flow_enabled,
        flowCutoffRaw: BigInt(given.flow_cutoff),
        exponentRaw: BigInt(given.exponent),
      },
    );
    return {
      after: flows.map(({ user, protocol }) => ({
        tao_flow: String(user.sinceUpdate),
        ema_tao_flow: average(user),
        protocol_flow: String(protocol.sinceUpdate),
        ema_protocol_flow: average(protocol),
      })),
      shares: texts(sharesRaw),
    };
  }

  function rootProportion(rules, given) {
    const taoWeight = BigInt(given.tao_weight);
    const issuance = yuma.alphaIssuance({
      alphaInReserve: BigInt(given.alpha_in), alphaOutSupply: BigInt(given.alpha_out), rules,
    });
    const proportion = yuma.rootProportion({ rootTao: BigInt(given.root_tao), taoWeight, alphaIssuance: issuance });
    return {
      tao_weight_fixed: String(fixed.proportionOfU64(taoWeight)),
      alpha_issuance: String(issuance),
      root_proportion: String(proportion),
    };
  }

  function subnetTermsOf(rules, given, mechanism) {
    const issuance = yuma.alphaIssuance({
      alphaInReserve: BigInt(given.alpha_in_reserve), alphaOutSupply: BigInt(given.alpha_out_supply), rules,
    });
    return yuma.subnetTerms({
      taoEmissionRaw: BigInt(given.tao_emission),
      spotPriceRaw: yuma.spotPrice(mechanism, BigInt(given.price)),
      alphaIssuance: issuance,
      rootTao: BigInt(given.root_tao),
      taoWeight: BigInt(given.tao_weight),
    });
  }

  function subnetTerms(rules, given) {
    const terms = subnetTermsOf(rules, given, given.mechanism);
    const amounts = {
      alpha_out: terms.alphaOutRaw, alpha_in: terms.alphaInRaw, tao_in: terms.taoInRaw, excess_tao: terms.excessTaoRaw,
    };
    const each = (make) => Object.fromEntries(Object.entries(amounts).map(make));
    return {
      root_proportion: String(terms.rootProportionRaw),
      ...each(([name, bits]) => [name, String(bits)]),
      ...each(([name, bits]) => [`${name}_u64`, String(fixed.toU64('u96f32', bits))]),
    };
  }

  function pendingSplit(rules, given) {
    const network = {
      rules, rootTao: BigInt(given.root_tao), taoWeight: BigInt(given.tao_weight), ownerCut: given.owner_cut,
    };
    const before = given.pending_before;
    const subnet = {
      netuid: 1,
      poolPriceRaw: BigInt(given.price),
      alphaInReserve: BigInt(given.alpha_in_reserve),
      alphaOutSupply: BigInt(given.alpha_out_supply),
      ownerCutEnabled: given.owner_cut_enabled,
      pending: {
        server: big(before, 'server'), validator: big(before, 'validator'), root: big(before, 'root'),
        ownerCut: big(before, 'owner_cut'),
      },
    };
    const terms = subnetTermsOf(rules, given, 1);
    const injected = yuma.inject(subnet, terms, MOST, { rules });
    const { subnet: after, creation } = yuma.createAlpha(network, injected.subnet, terms, { rootSellFlag: given.root_sell_flag });
    return {
      root_proportion_cap: String(terms.rootProportionRaw),
      alpha_injected: String(injected.injection.alphaIn),
      alpha_created: String(creation.alphaOut),
      alpha_issuance_at_split: String(creation.alphaIssuance),
      root_proportion_split: String(creation.rootProportionRaw),
      pending_owner_cut: String(after.pending.ownerCut),
      pending_server: String(after.pending.server),
      pending_validator: String(after.pending.validator),
      pending_root: String(after.pending.root),
      recycled: String(creation.recycled),
      alpha_in_reserve: String(after.alphaInReserve),
      alpha_out_supply: String(after.alphaOutSupply),
    };
  }

  /** A pool that answers in one block what the input says. */
  function answeringPool(answers) {
    const offers = new Map();
    return {
      price: (subnet) => subnet.poolPriceRaw,
      accepts(subnet) {
        const offer = offers.get(subnet.netuid) ?? 0;
        offers.set(subnet.netuid, offer + 1);
        return Boolean(answers.get(subnet.netuid).accepts[offer]);
      },
      buy(subnet, tao) {
        const answer = answers.get(subnet.netuid).buy;
        return answer && [answer[0] === null ? tao : BigInt(answer[0]), BigInt(answer[1])];
      },
    };
  }

  const stateOf = (subnet) => ({
    netuid: subnet.netuid,
    mechanism: subnet.mechanism,
    emissionEnabled: subnet.emission_enabled,
    subtokenEnabled: subnet.subtoken_enabled,
    registrationAllowed: subnet.registration_allowed,
    ownerCutEnabled: subnet.owner_cut_enabled,
    alphaInReserve: big(subnet, 'alpha_in_reserve'),
    alphaOutSupply: big(subnet, 'alpha_out_supply'),
    taoReserve: big(subnet, 'tao_reserve'),
    emaHalvingBlocks: big(subnet, 'ema_halving_blocks'),
    taoReservoir: big(subnet, 'tao_reservoir'),
    alphaReservoir: big(subnet, 'alpha_reservoir'),
    protocolAlpha: big(subnet, 'protocol_alpha'),
    movingPriceRaw: BigInt(subnet.moving_price),
    minerBurnedRaw: BigInt(subnet.miner_burned),
    firstEmissionBlock: number(subnet.first_emission_block),
    schedule: {
      tempo: subnet.tempo,
      lastEpochBlock: BigInt(subnet.last_epoch_block),
      pendingEpochAt: BigInt(subnet.pending_epoch_at),
      epochMode: subnet.null_mode ? 'null' : 'yuma',
    },
  });

  const pendingTexts = (of) => texts([of.server, of.validator, of.root, of.ownerCut]);

  function coinbase(rules, given) {
    const newer = has(given, 'gate_bar');
    let network = {
      rules,
      totalIssuance: BigInt(given.total_issuance),
      balancesIssuance: BigInt(given.balances_issuance),
      rootTao: BigInt(given.root_tao),
      taoWeight: BigInt(given.tao_weight),
      ownerCut: given.owner_cut,
      movingAlphaRaw: BigInt(given.moving_alpha),
      gate: gateOf(given),
      maxEpochsPerBlock: given.max_epochs_per_block,
    };
    let subnets = given.subnets.map(stateOf);
    const blocks = [];
    for (let step = 0; step < given.blocks; step += 1) {
      const block = given.start_block + step;
      subnets = zip(subnets, given.subnets).map(([state, subnet]) => ({ ...state, poolPriceRaw: BigInt(subnet.prices[step]) }));
      const pool = newer ? answeringPool(new Map(given.subnets.map((subnet) => [subnet.netuid, subnet.pool[step]]))) : null;
      const done = yuma.coinbase(block, network, subnets, { pool });
      network = done.network;
      subnets = [...done.subnets];
      for (const [netuid, target] of at(given.triggers, block)) {
        subnets = subnets.map((state) =>
          state.netuid === netuid ? { ...state, schedule: yuma.triggerEpoch(state.schedule, target) } : state,
        );
      }
      blocks.push({
        block,
        minted: String(done.minted),
        root_sell_flag: done.rootSellFlag,
        ...(newer ? { gate_bar: String(network.gate.barRaw) } : {}),
        subnets: zip(subnets, done.reports).map(([state, report]) => ({
          netuid: state.netuid,
          tao_emission: report.terms && String(report.terms.taoEmissionRaw),
          excess_tao: String(report.injection.excessTao),
          tao_in: String(report.injection.taoIn),
          alpha_in: String(report.injection.alphaIn),
          alpha_out: String(report.creation.alphaOut),
          ...(newer
            ? {
                tao_reservoir: String(state.taoReservoir),
                alpha_reservoir: String(state.alphaReservoir),
                protocol_alpha: String(state.protocolAlpha),
              }
            : {}),
          pending: pendingTexts(report.pending),
          drained: report.drained && pendingTexts(report.drained),
          tao_reserve: String(state.taoReserve),
          alpha_in_reserve: String(state.alphaInReserve),
          alpha_out_supply: String(state.alphaOutSupply),
          moving_price: String(state.movingPriceRaw),
          root_prop: String(state.rootProportionRaw),
        })),
        total_issuance: String(network.totalIssuance),
        balances_issuance: String(network.balancesIssuance),
      });
    }
    return { blocks };
  }

  const both = ['subtensor-425', 'subtensor-475'];
  const [older, newer] = [[both[0]], [both[1]]];
  return {
    epoch: [both, epoch],
    'epoch-error': [both, epochError],
    'null-epoch': [newer, nullEpoch],
    apportion: [newer, apportion],
    digest: [both, digest],
    'digest-error': [both, digestError],
    'fixed-arith': [both, fixedArith],
    transcendental: [both, transcendental],
    'pow-normalize': [both, powNormalize],
    'mechanism-index': [both, mechanismIndex],
    'mechanism-split': [both, mechanismSplit],
    'mechanism-aggregate': [both, mechanismAggregate],
    'epoch-schedule': [both, epochSchedule],
    'epoch-simulation': [both, epochSimulation],
    'weights-upscale': [both, weightsUpscale],
    'weights-max-limited': [both, weightsMaxLimited],
    'weights-set': [both, weightsSet],
    'weights-commit-hash': [both, weightsCommitHash],
    'stake-weights': [both, stakeWeights],
    'parent-child-dividends': [both, parentChildDividends],
    'dividend-distribution': [both, dividendDistribution],
    'root-claimable': [older, rootClaimable],
    distribution: [both, distribution],
    'block-emission': [both, blockEmission],
    'moving-price': [both, movingPrice],
    'subnet-shares': [both, subnetShares],
    'flow-shares': [both, flowShares],
    'root-proportion': [both, rootProportion],
    'root-sell-flag': [both, rootSellFlag],
    'subnet-terms': [both, subnetTerms],
    'pending-split': [both, pendingSplit],
    'emission-gate-bar': [newer, emissionGateBar],
    coinbase: [both, coinbase],
  };
}

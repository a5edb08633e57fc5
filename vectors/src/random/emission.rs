//! Random inputs of the kinds of `emission.md`.

use rand::{Rng, RngExt as _};

use crate::schema::emission::{
    BlockEmissionInput, CoinbaseInput, CoinbaseSubnet, FlowAverage, FlowSharesInput, FlowSharesSubnet,
    MovingPriceInput, Pending, PendingSplitInput, RootProportionInput, RootSellFlagInput, RootSellFlagSubnet,
    SubnetSharesInput, SubnetSharesSubnet, SubnetTermsInput,
};
use crate::schema::{Decimal, RawSigned, RawUnsigned, U64};

/// Issuance limit of TAO and of every alpha, in rao.
const CAP: u64 = 21_000_000_000_000_000;
/// Default weight of TAO.
const TAO_WEIGHT: u64 = 971_718_665_099_567_868;
/// 1 in 32 fraction bits.
const ONE_32: u128 = 1 << 32;
/// 1 in 64 fraction bits.
const ONE_64: u128 = 1 << 64;

/// One of the given values.
pub(super) fn pick<T: Copy>(rng: &mut impl Rng, values: &[T]) -> T {
    values[rng.random_range(0..values.len())]
}

/// True once in `times`.
pub(super) fn once_in(rng: &mut impl Rng, times: u32) -> bool {
    rng.random_ratio(1, times)
}

/// A value of random length, at most `bits` bits.
pub(super) fn magnitude(rng: &mut impl Rng, bits: u32) -> u128 {
    match rng.random_range(0..=bits) {
        0 => 0,
        length => rng.random::<u128>() >> (128 - length),
    }
}

/// A u64 of random length.
pub(super) fn any_u64(rng: &mut impl Rng) -> u64 {
    shorten(magnitude(rng, 64))
}

/// The low 64 bits.
fn shorten(value: u128) -> u64 {
    u64::try_from(value & u128::from(u64::MAX)).unwrap_or(u64::MAX)
}

/// An amount in rao, extremes included.
pub(super) fn amount(rng: &mut impl Rng) -> u64 {
    match rng.random_range(0..8) {
        0 => pick(rng, &[0, 1, 2, 1_000_000_000, CAP - 1, CAP, CAP + 1, (1 << 63) - 1, 1 << 63, u64::MAX]),
        1 | 2 => rng.random_range(0..=CAP),
        _ => any_u64(rng),
    }
}

/// A proportion of 2^64 − 1, extremes included.
pub(super) fn proportion(rng: &mut impl Rng) -> u64 {
    let half = 1 << 63;
    match rng.random_range(0..4) {
        0 => {
            pick(rng, &[0, 1, (1 << 32) - 1, 1 << 32, (1 << 32) + 1, half - 1, half, half + 1, u64::MAX - 1, u64::MAX])
        }
        1 => any_u64(rng),
        _ => rng.random(),
    }
}

/// A weight of TAO: the default, or any proportion.
pub(super) fn tao_weight(rng: &mut impl Rng) -> U64 {
    Decimal(if once_in(rng, 2) { TAO_WEIGHT } else { proportion(rng) })
}

/// A proportion of 65535, extremes included.
pub(super) fn proportion_16(rng: &mut impl Rng) -> u16 {
    match rng.random_range(0..4) {
        0 => pick(rng, &[0, 1, 32_767, 32_768, 65_534, 65_535]),
        1 => 11_796,
        _ => rng.random(),
    }
}

/// The raw bits of an unsigned value with 32 or 64 fraction bits, of which `one` is 1.
pub(super) fn raw_unsigned(rng: &mut impl Rng, one: u128) -> RawUnsigned {
    Decimal(match rng.random_range(0..8) {
        0 => pick(
            rng,
            &[0, 1, one - 1, one, one + 1, 2 * one, one << 32, one << 63, (1 << 127) - 1, 1 << 127, u128::MAX],
        ),
        1 => magnitude(rng, 128),
        2 => magnitude(rng, 96),
        _ => rng.random_range(0..=2 * one),
    })
}

/// The raw bits of a signed value with 32 or 64 fraction bits, of which `one` is 1.
pub(super) fn raw_signed(rng: &mut impl Rng, one: u128) -> RawSigned {
    let size = i128::try_from(raw_unsigned(rng, one).0).unwrap_or(i128::MAX);
    Decimal(match rng.random_range(0..8) {
        0 => pick(rng, &[i128::MIN, i128::MIN + 1, -1, i128::MAX]),
        1 => -size,
        _ => size,
    })
}

/// A mechanism.
fn mechanism(rng: &mut impl Rng) -> u16 {
    pick(rng, &[0, 1, 1, 1, 1, 2, u16::MAX])
}

/// A moving price; several of them often sum to about 1.
fn stored_price(rng: &mut impl Rng) -> RawSigned {
    let one: i128 = 1 << 32;
    match rng.random_range(0..4) {
        0 => {
            let part = one / pick(rng, &[1, 2, 3, 4, 5, 6]);
            Decimal(part + pick(rng, &[-1, 0, 0, 1]))
        }
        1 => raw_signed(rng, ONE_32),
        // From 2^96 raw on the price does not fit 64 integer bits.
        2 if once_in(rng, 4) => {
            Decimal(pick(rng, &[0, 1, -1, -one, (1 << 96) - 1, 1 << 96, 1 << 95, i128::MAX, i128::MIN]))
        }
        _ => Decimal(rng.random_range(0..=one)),
    }
}

/// A share of miner emission withheld, now and then above 1.
fn miner_burned(rng: &mut impl Rng) -> RawUnsigned {
    match rng.random_range(0..4) {
        0 => Decimal(0),
        1 => raw_unsigned(rng, ONE_32),
        2 => Decimal(pick(rng, &[ONE_32 - 1, ONE_32, ONE_32 + 1, u128::MAX])),
        _ => Decimal(rng.random_range(0..=ONE_32)),
    }
}

/// A pool's price.
fn pool_price(rng: &mut impl Rng) -> RawUnsigned {
    match rng.random_range(0..4) {
        // Around the smallest price that survives the loss of 32 bits.
        0 => Decimal(pick(rng, &[0, 1, ONE_32 - 1, ONE_32, ONE_32 + 1])),
        1 => raw_unsigned(rng, ONE_64),
        _ => Decimal(magnitude(rng, 65)),
    }
}

/// A TAO emission as raw `U96`.
fn tao_emission(rng: &mut impl Rng) -> RawUnsigned {
    match rng.random_range(0..4) {
        0 => raw_unsigned(rng, ONE_32),
        1 => Decimal(magnitude(rng, 63)),
        _ => Decimal(rng.random_range(0..=1_000_000_000 * ONE_32)),
    }
}

/// An issuance, often next to a halving.
fn issuance(rng: &mut impl Rng) -> u64 {
    if once_in(rng, 2) {
        let threshold = CAP - (CAP >> rng.random_range(0..=54_u32));
        let offset = pick(rng, &[0, 1, 2, 1_000_000_000]);
        if once_in(rng, 2) { threshold.saturating_add(offset) } else { threshold.saturating_sub(offset) }
    } else {
        amount(rng)
    }
}

/// Kind `block-emission`.
pub fn block_emission(rng: &mut impl Rng) -> BlockEmissionInput {
    BlockEmissionInput { issuance: Decimal(issuance(rng)) }
}

/// Kind `moving-price`.
pub fn moving_price(rng: &mut impl Rng) -> MovingPriceInput {
    let block = any_u64(rng);
    let first = if once_in(rng, 2) { block.saturating_sub(u64::from(rng.random::<u16>())) } else { any_u64(rng) };
    MovingPriceInput {
        mechanism: mechanism(rng),
        price: pool_price(rng),
        moving_price: stored_price(rng),
        first_emission_block: (!once_in(rng, 6)).then_some(Decimal(first)),
        current_block: Decimal(if once_in(rng, 12) { u64::MAX } else { block }),
        halving_blocks: Decimal(halving_blocks(rng)),
        moving_alpha: moving_alpha(rng),
    }
}

/// Blocks after which half of the smoothing is reached.
fn halving_blocks(rng: &mut impl Rng) -> u64 {
    match rng.random_range(0..4) {
        0 => pick(rng, &[0, 1, u64::MAX]),
        1 => any_u64(rng),
        _ => 201_600,
    }
}

/// A smoothing factor, now and then above 1 or negative.
fn moving_alpha(rng: &mut impl Rng) -> RawSigned {
    if once_in(rng, 2) { Decimal(12_885) } else { raw_signed(rng, ONE_32) }
}

/// Kind `subnet-shares`.
pub fn subnet_shares(rng: &mut impl Rng) -> SubnetSharesInput {
    let all_enabled = once_in(rng, 2);
    let nothing_burned = once_in(rng, 3);
    let subnets = (0..rng.random_range(0..=6))
        .map(|index| SubnetSharesSubnet {
            netuid: index + 1,
            mechanism: mechanism(rng),
            moving_price: stored_price(rng),
            miner_burned: if nothing_burned { Decimal(0) } else { miner_burned(rng) },
            emission_enabled: all_enabled || once_in(rng, 2),
        })
        .collect();
    SubnetSharesInput { block_emission: Decimal(block_reward(rng)), subnets }
}

/// What a block mints, extremes included.
pub(super) fn block_reward(rng: &mut impl Rng) -> u64 {
    if once_in(rng, 2) { 1_000_000_000 >> rng.random_range(0..=31_u32) } else { amount(rng) }
}

/// Kind `flow-shares`.
pub fn flow_shares(rng: &mut impl Rng) -> FlowSharesInput {
    let block = if once_in(rng, 8) { 0 } else { any_u64(rng) };
    let subnets = (0..rng.random_range(0..=6))
        .map(|index| FlowSharesSubnet {
            netuid: index + 1,
            tao_flow: Decimal(flow(rng)),
            ema_tao_flow: flow_average(rng, block),
            protocol_flow: Decimal(flow(rng)),
            ema_protocol_flow: flow_average(rng, block),
        })
        .collect();
    FlowSharesInput {
        current_block: Decimal(block),
        smoothing_factor: Decimal(if once_in(rng, 2) { 29_597_889_189_277 } else { proportion(rng) }),
        net_flow_enabled: once_in(rng, 2),
        flow_cutoff: if once_in(rng, 2) { Decimal(0) } else { raw_signed(rng, ONE_64) },
        exponent: if once_in(rng, 2) { Decimal(ONE_64) } else { raw_unsigned(rng, ONE_64) },
        subnets,
    }
}

/// A flow in rao.
fn flow(rng: &mut impl Rng) -> i64 {
    let size = i64::try_from(magnitude(rng, 63)).unwrap_or(i64::MAX);
    match rng.random_range(0..8) {
        0 => pick(rng, &[0, 1, -1, i64::MIN, i64::MAX]),
        1..=3 => -size,
        _ => size,
    }
}

/// A stored average, now and then of the same block.
fn flow_average(rng: &mut impl Rng, block: u64) -> Option<FlowAverage> {
    if once_in(rng, 4) {
        return None;
    }
    let stored = match rng.random_range(0..4) {
        0 => block,
        1 => any_u64(rng),
        _ => block.saturating_sub(1),
    };
    let average = if once_in(rng, 4) {
        raw_signed(rng, ONE_64)
    } else {
        let size = i128::try_from(magnitude(rng, 120)).unwrap_or(i128::MAX);
        Decimal(if once_in(rng, 3) { -size } else { size })
    };
    Some((Decimal(stored), average))
}

/// Kind `root-proportion`.
pub fn root_proportion(rng: &mut impl Rng) -> RootProportionInput {
    RootProportionInput {
        alpha_in: Decimal(amount(rng)),
        alpha_out: Decimal(amount(rng)),
        root_tao: Decimal(amount(rng)),
        tao_weight: tao_weight(rng),
    }
}

/// Kind `root-sell-flag`.
pub fn root_sell_flag(rng: &mut impl Rng) -> RootSellFlagInput {
    let subnets = (0..rng.random_range(0..=6))
        .map(|_| RootSellFlagSubnet { mechanism: mechanism(rng), moving_price: stored_price(rng) })
        .collect();
    RootSellFlagInput { subnets }
}

/// Kind `subnet-terms`.
pub fn subnet_terms(rng: &mut impl Rng) -> SubnetTermsInput {
    let (alpha_in_reserve, alpha_out_supply) = alpha_supplies(rng);
    SubnetTermsInput {
        tao_emission: tao_emission(rng),
        alpha_in_reserve: Decimal(alpha_in_reserve),
        alpha_out_supply: Decimal(alpha_out_supply),
        mechanism: mechanism(rng),
        price: pool_price(rng),
        root_tao: Decimal(amount(rng)),
        tao_weight: tao_weight(rng),
    }
}

/// Reserve and outstanding alpha, together often next to a halving.
fn alpha_supplies(rng: &mut impl Rng) -> (u64, u64) {
    if once_in(rng, 4) {
        return (amount(rng), amount(rng));
    }
    let both = issuance(rng);
    let reserve = rng.random_range(0..=both);
    (reserve, both - reserve)
}

/// Kind `pending-split`.
pub fn pending_split(rng: &mut impl Rng) -> PendingSplitInput {
    let (alpha_in_reserve, alpha_out_supply) = alpha_supplies(rng);
    let nothing_pending = once_in(rng, 2);
    let mut before = || Decimal(if nothing_pending { 0 } else { amount(rng) });
    let pending_before = Pending { owner_cut: before(), server: before(), validator: before(), root: before() };
    PendingSplitInput {
        tao_emission: tao_emission(rng),
        alpha_in_reserve: Decimal(alpha_in_reserve),
        alpha_out_supply: Decimal(alpha_out_supply),
        price: pool_price(rng),
        root_tao: Decimal(amount(rng)),
        tao_weight: tao_weight(rng),
        owner_cut: proportion_16(rng),
        owner_cut_enabled: !once_in(rng, 4),
        root_sell_flag: once_in(rng, 2),
        pending_before,
    }
}

/// Kind `coinbase`.
pub fn coinbase(rng: &mut impl Rng) -> CoinbaseInput {
    let start_block = rng.random_range(1..=10_000_000_u64);
    let blocks = rng.random_range(1..=6_u64);
    let mut netuid = u16::from(!once_in(rng, 20));
    let mut subnets = Vec::new();
    for _ in 0..rng.random_range(1..=6) {
        subnets.push(coinbase_subnet(rng, netuid, start_block, blocks));
        let largest_gap = if once_in(rng, 8) { 300 } else { 3 };
        netuid += rng.random_range(1..=largest_gap);
    }
    let triggers = (0..rng.random_range(0..=3))
        .map(|_| {
            let block = start_block + rng.random_range(0..=blocks);
            let target = if once_in(rng, 6) { 0 } else { block + rng.random_range(0..=3) };
            (block, subnets[rng.random_range(0..subnets.len())].netuid, target)
        })
        .collect();
    let total_issuance = issuance(rng);
    let balances_issuance = match rng.random_range(0..4) {
        0 => amount(rng),
        1 => CAP - rng.random_range(0..=2_000_000_000),
        _ => total_issuance,
    };
    CoinbaseInput {
        start_block,
        blocks,
        total_issuance: Decimal(total_issuance),
        balances_issuance: Decimal(balances_issuance),
        root_tao: Decimal(amount(rng)),
        tao_weight: tao_weight(rng),
        owner_cut: proportion_16(rng),
        moving_alpha: moving_alpha(rng),
        max_epochs_per_block: pick(rng, &[0, 1, 2, 2, 2, 3, 255]),
        triggers,
        subnets,
    }
}

/// One subnet of kind `coinbase`.
fn coinbase_subnet(rng: &mut impl Rng, netuid: u16, start_block: u64, blocks: u64) -> CoinbaseSubnet {
    let (alpha_in_reserve, alpha_out_supply) = alpha_supplies(rng);
    let first = match rng.random_range(0..4) {
        0 => start_block,
        1 => start_block + rng.random_range(0..=blocks),
        _ => rng.random_range(0..=start_block),
    };
    let triggered = if once_in(rng, 4) { start_block.saturating_add(rng.random_range(0..=3)) } else { 0 };
    CoinbaseSubnet {
        netuid,
        mechanism: mechanism(rng),
        moving_price: stored_price(rng),
        miner_burned: miner_burned(rng),
        emission_enabled: !once_in(rng, 4),
        first_emission_block: (!once_in(rng, 8)).then_some(Decimal(first)),
        subtoken_enabled: !once_in(rng, 8),
        registration_allowed: !once_in(rng, 8),
        alpha_in_reserve: Decimal(alpha_in_reserve),
        alpha_out_supply: Decimal(alpha_out_supply),
        tao_reserve: Decimal(amount(rng)),
        owner_cut_enabled: !once_in(rng, 4),
        ema_halving_blocks: Decimal(halving_blocks(rng)),
        tempo: pick(rng, &[0, 1, 2, 3, 4, 5, 360]),
        last_epoch_block: Decimal(start_block.saturating_sub(rng.random_range(0..=6))),
        pending_epoch_at: Decimal(triggered),
        prices: (0..blocks).map(|_| pool_price(rng)).collect(),
    }
}

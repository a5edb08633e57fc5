//! Inputs of the kinds of `subtensor-475/emission.md`.

use rand::{Rng, RngExt as _};

use crate::random::emission::{
    amount, any_u64, coinbase as base_coinbase, magnitude, once_in, pick, raw_unsigned, subnet_shares as base_shares,
};
use crate::schema::emission::CoinbaseSubnet as BaseSubnet;
use crate::schema::subtensor_475::emission::{
    CoinbaseInput, CoinbaseSubnet, EmissionGateBarInput, PoolAnswers, SubnetSharesInput,
};
use crate::schema::{Decimal, RawUnsigned};

/// 1 in 64 fraction bits.
const ONE_64: u128 = 1 << 64;

/// A bar: none, a share's size, or anything.
fn gate_bar(rng: &mut impl Rng) -> RawUnsigned {
    match rng.random_range(0..6) {
        0 | 1 => Decimal(0),
        2 => raw_unsigned(rng, ONE_64),
        3 => Decimal(pick(rng, &[1, 2, 3, 1 << 32, ONE_64, ONE_64 << 31, u128::MAX])),
        _ => Decimal(magnitude(rng, 64)),
    }
}

/// An exponent.
fn gate_exponent(rng: &mut impl Rng) -> RawUnsigned {
    match rng.random_range(0..6) {
        0 => raw_unsigned(rng, ONE_64),
        1 => Decimal(pick(rng, &[0, 1, ONE_64, 2 * ONE_64, 4 * ONE_64, 100 * ONE_64, ONE_64 << 32, u128::MAX])),
        _ => Decimal(3 * ONE_64),
    }
}

/// A rank, often 0, often beyond the number of shares.
fn bar_rank(rng: &mut impl Rng) -> u16 {
    pick(rng, &[0, 0, 0, 1, 2, 3, 4, 32, 32, 65535])
}

/// A quantile.
fn bar_quantile(rng: &mut impl Rng) -> RawUnsigned {
    match rng.random_range(0..4) {
        0 => Decimal(pick(rng, &[0, 1, ONE_64 / 2, ONE_64 - 1, ONE_64, ONE_64 + 1, u128::MAX])),
        1 => Decimal(11_252_514_052_360_513_536),
        2 => Decimal(magnitude(rng, 64)),
        _ => raw_unsigned(rng, ONE_64),
    }
}

/// A block, often one of a refresh.
fn block(rng: &mut impl Rng) -> u64 {
    let any = any_u64(rng);
    match rng.random_range(0..4) {
        0 => pick(rng, &[0, 1, 359, 360, 361, u64::MAX]),
        1 | 2 => any - any % 360,
        _ => any,
    }
}

/// Kind `emission-gate-bar`.
pub fn emission_gate_bar(rng: &mut impl Rng) -> EmissionGateBarInput {
    let same = magnitude(rng, 64);
    let shares = (0..rng.random_range(0..=8))
        .map(|_| match rng.random_range(0..8) {
            0 => Decimal(0),
            1 | 2 => Decimal(same),
            3 => raw_unsigned(rng, ONE_64),
            _ => Decimal(magnitude(rng, 62)),
        })
        .collect();
    EmissionGateBarInput {
        shares,
        gate_bar: gate_bar(rng),
        block: Decimal(block(rng)),
        bar_rank: bar_rank(rng),
        bar_quantile: bar_quantile(rng),
    }
}

/// Kind `subnet-shares`.
pub fn subnet_shares(rng: &mut impl Rng) -> SubnetSharesInput {
    let base = base_shares(rng);
    SubnetSharesInput {
        block_emission: base.block_emission,
        block: Decimal(block(rng)),
        gate_bar: gate_bar(rng),
        gate_exponent: gate_exponent(rng),
        bar_rank: bar_rank(rng),
        bar_quantile: bar_quantile(rng),
        subnets: base.subnets,
    }
}

/// Kind `coinbase`.
pub fn coinbase(rng: &mut impl Rng) -> CoinbaseInput {
    let mut base = base_coinbase(rng);
    if once_in(rng, 3) {
        // A refresh within the run; triggers and last epochs move along.
        let moved = base.start_block % 360 + rng.random_range(0..base.blocks);
        shift(&mut base.start_block, moved);
        base.triggers.iter_mut().for_each(|trigger| shift(&mut trigger.0, moved));
        for subnet in &mut base.subnets {
            shift(&mut subnet.last_epoch_block.0, moved);
        }
    }
    let null_modes = once_in(rng, 2);
    CoinbaseInput {
        start_block: base.start_block,
        blocks: base.blocks,
        total_issuance: base.total_issuance,
        balances_issuance: base.balances_issuance,
        root_tao: base.root_tao,
        tao_weight: base.tao_weight,
        owner_cut: base.owner_cut,
        moving_alpha: base.moving_alpha,
        max_epochs_per_block: base.max_epochs_per_block,
        gate_bar: gate_bar(rng),
        gate_exponent: gate_exponent(rng),
        bar_rank: bar_rank(rng),
        bar_quantile: bar_quantile(rng),
        triggers: base.triggers,
        subnets: base.subnets.into_iter().map(|subnet| coinbase_subnet(rng, subnet, base.blocks, null_modes)).collect(),
    }
}

fn shift(block: &mut u64, by: u64) {
    *block = block.saturating_sub(by);
}

/// One subnet of kind `coinbase`.
fn coinbase_subnet(rng: &mut impl Rng, base: BaseSubnet, blocks: u64, null_modes: bool) -> CoinbaseSubnet {
    CoinbaseSubnet {
        netuid: base.netuid,
        mechanism: base.mechanism,
        moving_price: base.moving_price,
        miner_burned: base.miner_burned,
        emission_enabled: base.emission_enabled,
        first_emission_block: base.first_emission_block,
        subtoken_enabled: base.subtoken_enabled,
        registration_allowed: base.registration_allowed,
        alpha_in_reserve: base.alpha_in_reserve,
        alpha_out_supply: base.alpha_out_supply,
        tao_reserve: base.tao_reserve,
        tao_reservoir: Decimal(reservoir(rng)),
        alpha_reservoir: Decimal(reservoir(rng)),
        protocol_alpha: Decimal(reservoir(rng)),
        owner_cut_enabled: base.owner_cut_enabled,
        ema_halving_blocks: base.ema_halving_blocks,
        tempo: base.tempo,
        last_epoch_block: base.last_epoch_block,
        pending_epoch_at: base.pending_epoch_at,
        null_mode: null_modes && once_in(rng, 2),
        prices: base.prices,
        pool: (0..blocks).map(|_| pool_answers(rng)).collect(),
    }
}

/// What waits already; now and then so much that more does not fit.
fn reservoir(rng: &mut impl Rng) -> u64 {
    match rng.random_range(0..6) {
        0 => pick(rng, &[1, u64::MAX - 1, u64::MAX]),
        1 => amount(rng),
        2 => rng.random_range(0..=2_000_000_000),
        _ => 0,
    }
}

/// A pool's answers: it fails, takes all, a part or more than was offered; it accepts in every combination.
fn pool_answers(rng: &mut impl Rng) -> PoolAnswers {
    let paid_in = match rng.random_range(0..6) {
        0 => Some(0),
        1 => Some(rng.random_range(0..=1_000_000_000)),
        2 => Some(amount(rng)),
        _ => None,
    };
    let paid_out = if once_in(rng, 4) { amount(rng) } else { rng.random_range(0..=100_000_000_000) };
    PoolAnswers {
        buy: (!once_in(rng, 4)).then_some((paid_in.map(Decimal), Decimal(paid_out))),
        accepts: if once_in(rng, 2) { [true; 3] } else { rng.random() },
    }
}

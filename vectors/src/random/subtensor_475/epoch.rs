//! Inputs of the kinds of `subtensor-475/epoch.md`.

use rand::{Rng, RngExt};

use crate::random::epoch::epoch as base_epoch;
use crate::random::numbers::{any_u16, near_u64, one_of, rarely, spread, spread_u64};
use crate::schema::Decimal;
use crate::schema::epoch::{ConsensusMode, EpochInput};
use crate::schema::subtensor_475::epoch::ApportionInput;

/// Kind `epoch`: often Yuma 3 with liquid alpha and a full penalty, where the rule sets differ.
pub fn epoch(rng: &mut impl Rng) -> EpochInput {
    let mut input = base_epoch(rng);
    input.yuma3 |= rng.random::<bool>();
    input.liquid_alpha |= rng.random::<bool>();
    if rng.random() {
        input.bonds_penalty = one_of(rng, &[65535, 65535, 65534]);
    }
    add_inputs(rng, &mut input);
    input
}

/// The three inputs of §2.
fn add_inputs(rng: &mut impl Rng, input: &mut EpochInput) {
    let mode = one_of(rng, &[ConsensusMode::Current, ConsensusMode::Previous, ConsensusMode::Auto]);
    input.consensus_mode = Some(mode);
    input.previous_consensus = Some(previous_consensus(rng, input.n));
    let near_last_step = near_u64(rng, input.last_step_block.0, 2);
    let near_now = near_u64(rng, input.current_block.0, 60);
    let last_yuma = one_of(rng, &[None, None, Some(0), Some(near_last_step), Some(near_now), Some(u64::MAX)]);
    input.last_yuma_step_block = Some(last_yuma.map(Decimal));
}

/// Empty, zeros, shorter and longer than n.
fn previous_consensus(rng: &mut impl Rng, n: u16) -> Vec<u16> {
    let length = match rng.random_range(0..8) {
        0 => 0,
        1 => rng.random_range(0..=n),
        2 => n + rng.random_range(1..4),
        _ => n,
    };
    let zeros = rarely(rng, 6);
    (0..length).map(|_| if zeros { 0 } else { any_u16(rng) }).collect()
}

/// Kind `null-epoch`.
pub fn null_epoch(rng: &mut impl Rng) -> EpochInput {
    let mut input = base_epoch(rng);
    match rng.random_range(0..6) {
        0 => input.stake.fill(Decimal(0)),
        // Ties for the winner; the total does not grow.
        1 => {
            let mean = input.stake.iter().map(|stake| stake.0 / i128::from(input.n)).sum();
            input.stake.fill_with(|| Decimal(if rarely(rng, 4) { 0 } else { mean }));
        }
        // Little stake: parts of the budget are far apart.
        2 => input.stake.fill_with(|| Decimal(rng.random_range(0..3))),
        _ => {}
    }
    let ties = rarely(rng, 3);
    for row in &mut input.weights.0 {
        for entry in &mut row.1 {
            if ties {
                entry.1 = one_of(rng, &[0, 0, 1]);
            }
        }
    }
    add_inputs(rng, &mut input);
    let mut budget = || Decimal(if rarely(rng, 6) { u64::MAX } else { spread_u64(rng) });
    [input.mining_budget, input.dividend_budget, input.fallback_budget] = [budget(), budget(), budget()].map(Some);
    input
}

/// Kind `apportion`.
pub fn apportion(rng: &mut impl Rng) -> ApportionInput {
    let length = if rarely(rng, 8) { rng.random_range(0..200) } else { rng.random_range(0..12) };
    let bits = one_of(rng, &[0, 1, 3, 16, 64, 127, 128]);
    let largest = rarely(rng, 8);
    let mut share = || match rng.random_range(0..8) {
        _ if largest => u128::MAX,
        0 => 0,
        1 if bits == 128 => u128::MAX,
        _ => spread(rng, bits),
    };
    let shares = (0..length).map(|_| Decimal(share())).collect();
    let any_budget = spread_u64(rng);
    ApportionInput { shares, budget: Decimal(one_of(rng, &[0, 1, 2, 10, u64::MAX, any_budget, any_budget])) }
}

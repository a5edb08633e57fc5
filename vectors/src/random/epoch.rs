//! Inputs of the kind of `epoch.md`.

use rand::{Rng, RngExt};

use super::numbers::{any_u16, near_u64, one_of, rarely, spread, spread_u64};
use crate::schema::epoch::EpochInput;
use crate::schema::{Decimal, Matrix, RawSigned, U64};

/// Stakes total less than 2^63 rao, raw 2^127 (§2).
const STAKE_LIMIT: u128 = (1 << 127) - 1;

/// Kind `epoch`, within the domain of §2.
pub fn epoch(rng: &mut impl Rng) -> EpochInput {
    let n = number_of_neurons(rng);
    let neurons = usize::from(n);
    let current_block = match rng.random_range(0..12) {
        0 => rng.random_range(0..10),
        1 => spread_u64(rng),
        _ => rng.random_range(1_000_000..2_000_000),
    };
    let tempo = one_of(rng, &[0, 1, 99, 360, 360, u64::MAX]);
    let activity_cutoff = one_of(rng, &[0, 1, 5000, 5000, 5000, 5000, 5000, u64::MAX]);
    let slot = current_block.saturating_sub(tempo);
    let last_step_block = one_of(rng, &[0, 1, slot, slot, slot, current_block, u64::MAX]);
    let [low, high] = alphas(rng);

    // Blocks near each other meet the comparisons of A, E and J on both sides.
    let registrations = [0, 0, 0, 0, last_step_block, slot, current_block.saturating_sub(50)];
    let block_at_registration = blocks_near(rng, neurons, &registrations);
    let cutoff = current_block.saturating_sub(activity_cutoff);
    let updates = [current_block, current_block, current_block.saturating_sub(20), cutoff];
    let last_update = blocks_near(rng, neurons, &updates);
    let commits = [u64::MAX, u64::MAX, 0, current_block.saturating_sub(50), last_step_block];
    let commit_block = (!rarely(rng, 3)).then(|| blocks_near(rng, neurons, &commits));

    let stake = stakes(rng, neurons);
    let any_emission = rng.random();
    EpochInput {
        n,
        current_block: Decimal(current_block),
        tempo: Decimal(tempo),
        activity_cutoff: Decimal(activity_cutoff),
        last_step_block: Decimal(last_step_block),
        kappa: if rng.random() { 32767 } else { any_u16(rng) },
        bonds_penalty: if rng.random() { any_u16(rng) } else { one_of(rng, &[0, 32768, 65535]) },
        bonds_moving_average: Decimal(bonds_moving_average(rng)),
        yuma3: rng.random(),
        liquid_alpha: rng.random(),
        commit_reveal: rarely(rng, 3),
        alpha_low: low,
        alpha_high: high,
        alpha_sigmoid_steepness: one_of(rng, &[0, 1, -1, 100, 1000, 1000, 10_000, -1000, i16::MIN, i16::MAX]),
        max_allowed_validators: one_of(rng, &[0, 1, 2, n / 2, n, n + 1, 64, 65535]),
        stake_threshold: Decimal(stake_threshold(rng, &stake)),
        owner_uid: rng.random::<bool>().then(|| rng.random_range(0..n + 2)),
        rao_emission: Decimal(one_of(rng, &[0, 1, 1_000_000_000, u64::MAX, any_emission])),
        stake,
        last_update,
        block_at_registration,
        validator_permit: (0..n).map(|_| !rarely(rng, 4)).collect(),
        commit_block,
        weights: matrix(rng, n),
        bonds: matrix(rng, n),
        consensus_mode: None,
        previous_consensus: None,
        last_yuma_step_block: None,
        mining_budget: None,
        dividend_budget: None,
        fallback_budget: None,
    }
}

fn number_of_neurons(rng: &mut impl Rng) -> u16 {
    match rng.random_range(0..16) {
        0 => 0,
        1 | 2 => rng.random_range(13..=24),
        _ => rng.random_range(1..=12),
    }
}

fn alphas(rng: &mut impl Rng) -> [u16; 2] {
    let mut alphas = match rng.random_range(0..4) {
        0 => [45875, 58982],
        1 => [any_u16(rng); 2],
        _ => [any_u16(rng), any_u16(rng)],
    };
    alphas.sort_unstable();
    alphas
}

fn bonds_moving_average(rng: &mut impl Rng) -> u64 {
    match rng.random_range(0..6) {
        0 | 1 => 900_000,
        2 => rng.random_range(0..=1_000_000),
        3 => rng.random_range(1_000_000..4_000_000),
        // The conversions saturate or wrap from 2^31·10^6 and from 2^63 up.
        4 => {
            let center = one_of(rng, &[1_000_000, 1_000_000 << 31, 1_000_000 << 32, 1 << 63, u64::MAX]);
            near_u64(rng, center, 3)
        }
        _ => spread_u64(rng),
    }
}

fn blocks_near(rng: &mut impl Rng, count: usize, centers: &[u64]) -> Vec<U64> {
    let mut block = || {
        let center = one_of(rng, centers);
        Decimal(near_u64(rng, center, 2))
    };
    (0..count).map(|_| block()).collect()
}

fn stakes(rng: &mut impl Rng, count: usize) -> Vec<RawSigned> {
    // Each at most its part of the limit, so the total stays below it.
    let most = STAKE_LIMIT / u128::try_from(count.max(1)).unwrap_or(1);
    let shape = rng.random_range(0..12);
    let equal = spread(rng, 127);
    let mut stake = || match shape {
        0 => 0,
        1 => equal,
        2 => most - spread(rng, 70),
        // Small ratios: sums meet kappa exactly.
        3 | 4 => rng.random_range(0..5) << 90,
        5..9 => rng.random_range(0..2_000_000_000_000) << 64 | u128::from(rng.random::<u64>()),
        _ => spread(rng, 127),
    };
    let raw = |stake: u128| Decimal(i128::try_from(stake.min(most)).unwrap_or(i128::MAX));
    (0..count).map(|_| raw(stake())).collect()
}

fn stake_threshold(rng: &mut impl Rng, stake: &[RawSigned]) -> u64 {
    match rng.random_range(0..8) {
        0 | 1 if !stake.is_empty() => {
            let whole = one_of(rng, stake).0 >> 64;
            near_u64(rng, u64::try_from(whole).unwrap_or(u64::MAX), 1)
        }
        2 => spread_u64(rng),
        _ => 0,
    }
}

/// Rows near a common one, so that validators agree in part; some rows, some columns lie beyond the neurons.
fn matrix(rng: &mut impl Rng, n: u16) -> Matrix<u16> {
    let common: Vec<_> = (0..n + 2).map(|_| any_u16(rng)).collect();
    let one_in = rng.random_range(1..5);
    let mut rows = Vec::new();
    for uid in 0..n + 2 {
        if rarely(rng, 4) {
            continue;
        }
        let mut row = Vec::new();
        for (column, value) in (0..).zip(&common) {
            if !rarely(rng, one_in + 1) && (column < n || rarely(rng, 4)) {
                row.push((column, if rarely(rng, 3) { any_u16(rng) } else { *value }));
            }
        }
        if rarely(rng, 4) {
            disturb(rng, &mut row);
        }
        rows.push((uid, row));
    }
    Matrix(rows)
}

/// Repeats columns and breaks the order.
fn disturb(rng: &mut impl Rng, row: &mut Vec<(u16, u16)>) {
    for _ in 0..rng.random_range(1..4) {
        if row.is_empty() {
            return;
        }
        let (column, _) = one_of(rng, row);
        let place = rng.random_range(0..=row.len());
        row.insert(place, (column, any_u16(rng)));
        let (one, other) = (rng.random_range(0..row.len()), rng.random_range(0..row.len()));
        row.swap(one, other);
    }
}

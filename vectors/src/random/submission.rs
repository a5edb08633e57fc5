//! Inputs of the kinds of `submission.md`.

use rand::{Rng, RngExt};

use super::numbers::{any_u16, near_u64, one_of, rarely, spread_u64};
use crate::schema::Decimal;
use crate::schema::submission::{
    Hex, WeightsCommitHashInput, WeightsMaxLimitedInput, WeightsSetInput, WeightsUpscaleInput,
};

/// Kind `weights-upscale`.
pub fn weights_upscale(rng: &mut impl Rng) -> WeightsUpscaleInput {
    let length = rng.random_range(0..40);
    WeightsUpscaleInput { values: values(rng, length) }
}

/// All up to a common bound, so that the largest lies in every magnitude.
fn values(rng: &mut impl Rng, length: usize) -> Vec<u16> {
    let most = match rng.random_range(0..4) {
        0 => one_of(rng, &[0, 1, 20, 32767, 32768, 32769, 40_000, 65535]),
        _ => any_u16(rng),
    };
    (0..length).map(|_| if rarely(rng, 5) { most } else { rng.random_range(0..=most) }).collect()
}

/// Kind `weights-max-limited`.
pub fn weights_max_limited(rng: &mut impl Rng) -> WeightsMaxLimitedInput {
    let length = rng.random_range(0..20);
    let values = values(rng, length);
    let sum: u64 = values.iter().map(|value| u64::from(*value)).sum();
    let largest = values.iter().copied().max().unwrap_or_default();
    let share = (u64::from(largest) * 65535).checked_div(sum).unwrap_or_default();
    let limit = if rarely(rng, 3) { any_u16(rng) } else { u16::try_from(near_u64(rng, share, 1)).unwrap_or(65535) };
    WeightsMaxLimitedInput { values, limit }
}

/// Kind `weights-set`: mostly right, with a few things wrong.
pub fn weights_set(rng: &mut impl Rng) -> WeightsSetInput {
    let n: u16 = if rarely(rng, 12) { 0 } else { rng.random_range(1..24) };
    let uid = rng.random_range(0..n + 1);
    let uids = if rarely(rng, 4) { vec![uid] } else { uids(rng, n) };
    let length = if rarely(rng, 12) { rng.random_range(0..24) } else { uids.len() };
    let values = values(rng, length);
    let permits = if rarely(rng, 6) { rng.random_range(0..n + 3) } else { n };
    let network_version_key = if rng.random() { 0 } else { spread_u64(rng) };
    let version_key = if rarely(rng, 8) { spread_u64(rng) } else { network_version_key };
    let alpha_stake = stake(rng);
    let root_stake = stake(rng);
    let any_weight = spread_u64(rng);
    let tao_weight = one_of(rng, &[0, 1, 971_718_665_099_567_868, u64::MAX, any_weight]);
    let current_block = if rarely(rng, 8) { spread_u64(rng) } else { rng.random_range(0..1_000_000) };
    let rate_limit = one_of(rng, &[0, 1, 100, 100, u64::MAX]);
    let earliest = current_block.saturating_sub(rate_limit);
    WeightsSetInput {
        netuid: if rarely(rng, 12) { one_of(rng, &[0, 2, 4095]) } else { 1 },
        mecid: if rarely(rng, 8) { rng.random_range(0..4) } else { 0 },
        mechanism_count: if rarely(rng, 12) { 0 } else { rng.random_range(1..4) },
        n,
        caller_registered: !rarely(rng, 12),
        uid,
        owner_uid: rarely(rng, 3).then(|| if rng.random() { uid } else { rng.random_range(0..n + 1) }),
        validator_permit: (0..permits).map(|_| !rarely(rng, 6)).collect(),
        uids,
        values,
        version_key: Decimal(near_u64(rng, version_key, 1)),
        network_version_key: Decimal(network_version_key),
        alpha_stake: Decimal(alpha_stake),
        root_stake: Decimal(root_stake),
        tao_weight: Decimal(tao_weight),
        stake_threshold: Decimal(stake_threshold(rng, alpha_stake, root_stake, tao_weight)),
        min_allowed_weights: if rng.random() { rng.random_range(0..6) } else { one_of(rng, &[0, n, 1024, 65535]) },
        commit_reveal_enabled: rarely(rng, 4),
        last_update: Decimal(if rarely(rng, 3) { 0 } else { near_u64(rng, earliest, 2) }),
        rate_limit: Decimal(rate_limit),
        current_block: Decimal(current_block),
    }
}

/// In any order; rarely one twice, or beyond the neurons.
fn uids(rng: &mut impl Rng, n: u16) -> Vec<u16> {
    let mut uids: Vec<u16> = (0..n).filter(|_| !rarely(rng, 3)).collect();
    for place in 0..uids.len() {
        let other = rng.random_range(0..uids.len());
        uids.swap(place, other);
    }
    if rarely(rng, 8) {
        let place = rng.random_range(0..=uids.len());
        let wrong = rng.random_range(0..n + 2);
        uids.insert(place, wrong);
    }
    uids
}

fn stake(rng: &mut impl Rng) -> u64 {
    if rng.random() { rng.random_range(0..1_000_000_000_000) } else { spread_u64(rng) }
}

/// Often the very stake of §5.1, where nothing saturates, and its neighbours.
fn stake_threshold(rng: &mut impl Rng, alpha_stake: u64, root_stake: u64, tao_weight: u64) -> u64 {
    if rarely(rng, 3) {
        return 0;
    }
    if rarely(rng, 5) {
        return spread_u64(rng);
    }
    let proportion = (u128::from(tao_weight) << 32) / u128::from(u64::MAX);
    let root = (u128::from(root_stake) * proportion) >> 32;
    let total = alpha_stake.saturating_add(u64::try_from(root).unwrap_or(u64::MAX));
    near_u64(rng, total, 1)
}

/// Kind `weights-commit-hash`.
pub fn weights_commit_hash(rng: &mut impl Rng) -> WeightsCommitHashInput {
    let mut account = [0; 32];
    if !rarely(rng, 8) {
        rng.fill(&mut account);
    }
    WeightsCommitHashInput {
        account: Hex(account),
        netuid: if rarely(rng, 4) { any_u16(rng) } else { rng.random_range(0..4096) },
        mecid: rng.random_range(0..18),
        uids: list(rng),
        values: list(rng),
        salt: list(rng),
        version_key: Decimal(spread_u64(rng)),
    }
}

/// Of a length on either side of the length prefix's bounds, rarely of the largest one.
fn list(rng: &mut impl Rng) -> Vec<u16> {
    let length = match rng.random_range(0..40) {
        0 => rng.random_range(16_382..16_386),
        1..10 => rng.random_range(62..66),
        _ => rng.random_range(0..20),
    };
    (0..length).map(|_| any_u16(rng)).collect()
}

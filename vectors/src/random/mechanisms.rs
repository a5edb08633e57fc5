//! Inputs of the kinds of `mechanisms.md`.

use rand::{Rng, RngExt};

use super::numbers::{any_u16, one_of, rarely, spread_u64};
use crate::schema::Decimal;
use crate::schema::mechanisms::{MechanismAggregateInput, MechanismIndexInput, MechanismSplitInput, MechanismTerm};

/// Kind `mechanism-index`.
pub fn mechanism_index(rng: &mut impl Rng) -> MechanismIndexInput {
    let netuid = match rng.random_range(0..3) {
        0 => one_of(rng, &[0, 1, 4095, 4096, 4097, 8191, 65535]),
        1 => rng.random_range(0..4096),
        _ => rng.random(),
    };
    let mecid = if rarely(rng, 3) { rng.random() } else { rng.random_range(0..18) };
    MechanismIndexInput { netuid, mecid }
}

/// Kind `mechanism-split`.
pub fn mechanism_split(rng: &mut impl Rng) -> MechanismSplitInput {
    let mechanism_count = if rarely(rng, 8) { rng.random() } else { rng.random_range(0..=16) };
    MechanismSplitInput { alpha: Decimal(spread_u64(rng)), mechanism_count, split: split(rng, mechanism_count) }
}

/// Absent, summing to 65535 exactly, or anything.
pub(super) fn split(rng: &mut impl Rng, count: u8) -> Option<Vec<u16>> {
    if rarely(rng, 4) {
        return None;
    }
    let length = if rng.random() { u16::from(count) } else { rng.random_range(0..=u16::from(count) + 2) };
    if rng.random() {
        return Some((0..length).map(|_| any_u16(rng)).collect());
    }
    let mut rest = 65535;
    let mut shares: Vec<u16> = (1..length)
        .map(|_| {
            let share = rng.random_range(0..=rest);
            rest -= share;
            share
        })
        .collect();
    if length > 0 {
        shares.push(rest);
    }
    Some(shares)
}

/// Kind `mechanism-aggregate`; as many lists of terms as mechanisms, a hotkey at most once in each.
pub fn mechanism_aggregate(rng: &mut impl Rng) -> MechanismAggregateInput {
    let mechanism_count = rng.random_range(0..=5);
    let hotkeys = rng.random_range(0..8);
    let mechanisms = (0..mechanism_count).map(|_| terms(rng, hotkeys)).collect();
    let alpha = if rarely(rng, 8) { 0 } else { spread_u64(rng) };
    MechanismAggregateInput { alpha: Decimal(alpha), mechanism_count, split: split(rng, mechanism_count), mechanisms }
}

pub(super) fn terms(rng: &mut impl Rng, hotkeys: u16) -> Vec<MechanismTerm> {
    let mut terms = Vec::new();
    for uid in 0..hotkeys {
        if rarely(rng, 4) {
            continue;
        }
        // Hotkeys descend where uids ascend.
        terms.push(term(rng, u64::from(hotkeys - uid), uid));
    }
    terms
}

fn term(rng: &mut impl Rng, hotkey: u64, uid: u16) -> MechanismTerm {
    MechanismTerm {
        hotkey,
        uid: if rarely(rng, 8) { any_u16(rng) } else { uid },
        dividend: any_u16(rng),
        incentive: any_u16(rng),
        validator_emission: Decimal(spread_u64(rng)),
        server_emission: Decimal(spread_u64(rng)),
        stake_weight: any_u16(rng),
        active: rng.random(),
        emission: Decimal(spread_u64(rng)),
        consensus: any_u16(rng),
        validator_trust: any_u16(rng),
        new_validator_permit: rng.random(),
        stake: Decimal(spread_u64(rng)),
    }
}

//! `mechanisms.md`: storage index, split of the emission, folding of the terms.

use std::collections::BTreeMap;

use substrate_fixed::traits::FromFixed;
use substrate_fixed::types::U64F64;

use super::numbers::safe_div;
use crate::schema::mechanisms::{
    MechanismAggregateExpect, MechanismAggregateInput, MechanismIndexExpect, MechanismIndexInput, MechanismSplitExpect,
    MechanismSplitInput, MechanismTerm,
};
use crate::schema::{Decimal, U64};

/// §1.
const GLOBAL_MAX_SUBNET_COUNT: u16 = 4096;
/// §1.
const SPLIT_TOTAL: u16 = 65535;

/// Kind `mechanism-index`: §2.
pub fn mechanism_index(input: &MechanismIndexInput) -> MechanismIndexExpect {
    let index = storage_index(input.netuid, input.mecid);
    MechanismIndexExpect {
        storage_index: index,
        netuid_of_index: index % GLOBAL_MAX_SUBNET_COUNT,
        mecid_of_index: u8::try_from(index / GLOBAL_MAX_SUBNET_COUNT).unwrap_or(u8::MAX),
    }
}

/// The index under which a mechanism is stored (§2).
pub fn storage_index(netuid: u16, mecid: u8) -> u16 {
    u16::from(mecid).saturating_mul(GLOBAL_MAX_SUBNET_COUNT).saturating_add(netuid)
}

/// Kind `mechanism-split`: §3.
pub fn mechanism_split(input: &MechanismSplitInput) -> MechanismSplitExpect {
    let split = input.split.as_deref();
    MechanismSplitExpect {
        split_accepted_by_setter: accepted(input.mechanism_count, split),
        parts: decimals(&parts(input.alpha.0, input.mechanism_count, split)),
    }
}

/// What the setter accepts (§3.1).
pub(super) fn accepted(count: u8, split: Option<&[u16]>) -> bool {
    split.is_none_or(|shares| {
        let sum: u64 = shares.iter().map(|share| u64::from(*share)).sum();
        !shares.is_empty() && shares.len() <= usize::from(count) && sum == u64::from(SPLIT_TOTAL)
    })
}

/// The parts (§3.2), mechanism 0 with the rest.
pub fn parts(alpha: u64, count: u8, split: Option<&[u16]>) -> Vec<u64> {
    let mut parts: Vec<u64> = match split {
        None => vec![alpha.checked_div(u64::from(count)).unwrap_or_default(); usize::from(count)],
        Some(shares) => shares.iter().map(|share| part_of_share(alpha, *share)).collect(),
    };
    parts.resize(usize::from(count), 0);

    let sum = parts.iter().fold(0_u64, |sum, part| sum.wrapping_add(*part));
    let rest = alpha.saturating_sub(sum);
    if let Some(first) = parts.first_mut() {
        *first = first.saturating_add(rest);
    }
    parts
}

fn part_of_share(alpha: u64, share: u16) -> u64 {
    let part = u128::from(alpha) * u128::from(share) / u128::from(SPLIT_TOTAL);
    u64::try_from(part).unwrap_or(u64::MAX)
}

/// The weight of each mechanism (§4).
pub fn weights(alpha: u64, parts: &[u64]) -> Vec<U64F64> {
    let weight = |(mechanism, part): (usize, &u64)| {
        if alpha == 0 {
            U64F64::saturating_from_num(u8::from(mechanism == 0))
        } else {
            safe_div(U64F64::saturating_from_num(*part), U64F64::saturating_from_num(alpha))
        }
    };
    parts.iter().enumerate().map(weight).collect()
}

/// Kind `mechanism-aggregate`: §3.2, §4, §5. Terms of mechanisms from k on are ignored.
pub fn mechanism_aggregate(input: &MechanismAggregateInput) -> MechanismAggregateExpect {
    let parts = parts(input.alpha.0, input.mechanism_count, input.split.as_deref());
    let weights = weights(input.alpha.0, &parts);
    let aggregated = fold(&input.mechanisms, &weights, accumulate);
    MechanismAggregateExpect {
        parts: decimals(&parts),
        weights: weights.iter().map(|weight| Decimal(weight.to_bits())).collect(),
        hotkey_emission: hotkey_emission(&aggregated),
        aggregated,
    }
}

/// What goes on to the distribution (§5).
pub(super) fn hotkey_emission(aggregated: &[MechanismTerm]) -> Vec<(u64, U64, U64)> {
    aggregated.iter().map(|term| (term.hotkey, term.server_emission, term.validator_emission)).collect()
}

/// How the field `emission` is folded: the sum so far, what is added, the mechanism's weight.
type FoldEmission = fn(u64, u64, U64F64) -> u64;

/// Folding the terms (§5), hotkeys ascending.
pub(super) fn fold(
    mechanisms: &[Vec<MechanismTerm>],
    weights: &[U64F64],
    emission: FoldEmission,
) -> Vec<MechanismTerm> {
    let mut folded = BTreeMap::<u64, MechanismTerm>::new();
    for (terms, weight) in mechanisms.iter().zip(weights) {
        for term in terms {
            let record = match folded.remove(&term.hotkey) {
                None => first_record(term, *weight, emission),
                Some(record) => joined_record(&record, term, *weight, emission),
            };
            folded.insert(term.hotkey, record);
        }
    }
    folded.into_values().collect()
}

/// §5, column "hotkey not seen yet".
fn first_record(term: &MechanismTerm, weight: U64F64, emission: FoldEmission) -> MechanismTerm {
    MechanismTerm {
        dividend: accumulate(0, term.dividend, weight),
        incentive: accumulate(0, term.incentive, weight),
        stake_weight: accumulate(0, term.stake_weight, weight),
        consensus: accumulate(0, term.consensus, weight),
        validator_trust: accumulate(0, term.validator_trust, weight),
        emission: Decimal(emission(0, term.emission.0, weight)),
        ..term.clone()
    }
}

/// §5, column "seen in an earlier mechanism".
fn joined_record(
    record: &MechanismTerm,
    term: &MechanismTerm,
    weight: U64F64,
    emission: FoldEmission,
) -> MechanismTerm {
    let add = |old: U64, new: U64| Decimal(old.0.saturating_add(new.0));
    MechanismTerm {
        hotkey: record.hotkey,
        uid: record.uid,
        dividend: accumulate(record.dividend, term.dividend, weight),
        incentive: record.incentive,
        validator_emission: add(record.validator_emission, term.validator_emission),
        server_emission: add(record.server_emission, term.server_emission),
        stake_weight: accumulate(record.stake_weight, term.stake_weight, weight),
        active: record.active || term.active,
        emission: Decimal(emission(record.emission.0, term.emission.0, weight)),
        consensus: accumulate(record.consensus, term.consensus, weight),
        validator_trust: accumulate(record.validator_trust, term.validator_trust, weight),
        new_validator_permit: record.new_validator_permit || term.new_validator_permit,
        stake: add(record.stake, term.stake),
    }
}

/// `acc(old, x, w)` (§5): one floor, clamped to the field's type.
pub(super) fn accumulate<T: Into<u64> + FromFixed>(old: T, new: T, weight: U64F64) -> T {
    let product = U64F64::saturating_from_num(new.into()).saturating_mul(weight);
    U64F64::saturating_from_num(old.into()).saturating_add(product).saturating_to_num()
}

pub(super) fn decimals(amounts: &[u64]) -> Vec<U64> {
    amounts.iter().copied().map(Decimal).collect()
}

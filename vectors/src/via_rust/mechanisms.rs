//! Kinds of `mechanisms.md`.

use yuma_core::Rules;
use yuma_core::fixed::U64F64;
use yuma_core::mechanisms::{
    self, emission_split_accepted, fold_mechanisms, mechanism_of_index, mechanism_storage_index, mechanism_weights,
    split_emission,
};
use yuma_core::schedule::EpochMode;

use super::distribution::Accounts;
use crate::schema::mechanisms::{
    MechanismAggregateExpect, MechanismAggregateInput, MechanismIndexExpect, MechanismIndexInput, MechanismSplitExpect,
    MechanismSplitInput, MechanismTerm,
};
use crate::schema::{Decimal, Failure, U64};

/// Kind `mechanism-index`.
///
/// # Errors
/// None.
pub fn mechanism_index(input: &MechanismIndexInput) -> Result<MechanismIndexExpect, Failure> {
    let storage_index = mechanism_storage_index(input.netuid, input.mecid);
    let (netuid_of_index, mecid_of_index) = mechanism_of_index(storage_index);
    Ok(MechanismIndexExpect { storage_index, netuid_of_index, mecid_of_index })
}

/// Kind `mechanism-split`.
///
/// # Errors
/// None.
pub fn mechanism_split(input: &MechanismSplitInput) -> Result<MechanismSplitExpect, Failure> {
    Ok(mechanism_split_by(Rules::SUBTENSOR_425, input))
}

/// Kind `mechanism-split` under any rules.
pub(super) fn mechanism_split_by(rules: Rules, input: &MechanismSplitInput) -> MechanismSplitExpect {
    let split = input.split.as_deref();
    MechanismSplitExpect {
        split_accepted_by_setter: emission_split_accepted(rules, split, input.mechanism_count),
        parts: amounts(&parts(rules, input.alpha.0, input.mechanism_count, split)),
    }
}

/// Kind `mechanism-aggregate`.
///
/// # Errors
/// As [`fold_mechanisms`].
pub fn mechanism_aggregate(input: &MechanismAggregateInput) -> Result<MechanismAggregateExpect, Failure> {
    let rules = Rules::SUBTENSOR_425;
    let parts = parts(rules, input.alpha.0, input.mechanism_count, input.split.as_deref());
    fold_by(rules, EpochMode::Yuma, input.alpha.0, &parts, &input.mechanisms)
}

/// Weights and folded terms from the parts of the emission `total`.
pub(super) fn fold_by(
    rules: Rules,
    epoch_mode: EpochMode,
    total: u64,
    parts: &[u64],
    mechanisms: &[Vec<MechanismTerm>],
) -> Result<MechanismAggregateExpect, Failure> {
    let mut weights = vec![U64F64::ZERO; parts.len()];
    mechanism_weights(total, parts, &mut weights).map_err(super::refused)?;

    let hotkeys = Accounts::new(mechanisms.iter().flatten().map(|term| term.hotkey));
    let terms: Vec<Vec<_>> =
        mechanisms.iter().map(|terms| terms.iter().map(|term| to_core(&hotkeys, term)).collect()).collect();
    let mut folded = vec![None; hotkeys.count()];
    let mechanisms: Vec<&[_]> = terms.iter().map(Vec::as_slice).collect();
    fold_mechanisms(rules, epoch_mode, &weights, &mechanisms, &mut folded).map_err(super::refused)?;

    let aggregated: Vec<MechanismTerm> = folded.iter().flatten().map(|term| from_core(&hotkeys, term)).collect();
    Ok(MechanismAggregateExpect {
        parts: amounts(parts),
        weights: weights.iter().map(|weight| Decimal(weight.to_bits())).collect(),
        hotkey_emission: aggregated
            .iter()
            .map(|term| (term.hotkey, term.server_emission, term.validator_emission))
            .collect(),
        aggregated,
    })
}

pub(super) fn parts(rules: Rules, alpha: u64, mechanism_count: u8, split: Option<&[u16]>) -> Vec<u64> {
    let mut parts = vec![0; mechanism_count.into()];
    split_emission(rules, alpha, split, &mut parts);
    parts
}

fn amounts(amounts: &[u64]) -> Vec<U64> {
    amounts.iter().copied().map(Decimal).collect()
}

fn to_core(hotkeys: &Accounts, term: &MechanismTerm) -> mechanisms::MechanismTerm {
    mechanisms::MechanismTerm {
        hotkey: hotkeys.index(term.hotkey),
        uid: term.uid,
        dividend: term.dividend,
        incentive: term.incentive,
        validator_emission: term.validator_emission.0,
        server_emission: term.server_emission.0,
        stake_weight: term.stake_weight,
        active: term.active,
        emission: term.emission.0,
        consensus: term.consensus,
        validator_trust: term.validator_trust,
        new_validator_permit: term.new_validator_permit,
        stake: term.stake.0,
    }
}

fn from_core(hotkeys: &Accounts, term: &mechanisms::MechanismTerm) -> MechanismTerm {
    MechanismTerm {
        hotkey: hotkeys.account(term.hotkey),
        uid: term.uid,
        dividend: term.dividend,
        incentive: term.incentive,
        validator_emission: Decimal(term.validator_emission),
        server_emission: Decimal(term.server_emission),
        stake_weight: term.stake_weight,
        active: term.active,
        emission: Decimal(term.emission),
        consensus: term.consensus,
        validator_trust: term.validator_trust,
        new_validator_permit: term.new_validator_permit,
        stake: Decimal(term.stake),
    }
}

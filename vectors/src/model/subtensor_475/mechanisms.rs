//! `subtensor-475/mechanisms.md`: splits of exact length, the three budgets of the Null mode.

use crate::model::mechanisms::{accepted, accumulate, decimals, fold, hotkey_emission, parts as base_parts, weights};
use crate::schema::mechanisms::{MechanismSplitExpect, MechanismSplitInput};
use crate::schema::subtensor_475::mechanisms::{MechanismAggregateExpect, MechanismAggregateInput};
use crate::schema::subtensor_475::schedule::EpochMode;
use crate::schema::{Decimal, U64};

/// Kind `mechanism-split`: §3.1, §3.2.
pub fn mechanism_split(input: &MechanismSplitInput) -> MechanismSplitExpect {
    let (count, split) = (input.mechanism_count, input.split.as_deref());
    MechanismSplitExpect {
        split_accepted_by_setter: accepted(count, split) && (split.is_none() || of_length(count, split).is_some()),
        parts: decimals(&parts(input.alpha.0, count, split)),
    }
}

/// A split counts as absent unless it has k entries (§3.2).
fn of_length(count: u8, split: Option<&[u16]>) -> Option<&[u16]> {
    split.filter(|shares| shares.len() == usize::from(count))
}

/// The parts (§3.2), mechanism 0 with the rest.
fn parts(alpha: u64, count: u8, split: Option<&[u16]>) -> Vec<u64> {
    base_parts(alpha, count, of_length(count, split))
}

/// What each mechanism gets (§3.3).
struct Splits {
    total: u64,
    parts: Vec<u64>,
    /// Mining, dividend, fallback; in Null mode.
    budgets: Option<Vec<[u64; 3]>>,
}

/// Splits of a distribution (§3.3).
fn splits(input: &MechanismAggregateInput) -> Splits {
    let split = |amount: u64| parts(amount, input.mechanism_count, input.split.as_deref());
    let (server, validator, root) = (input.server.0, input.validator.0, input.root.0);
    let total = server.saturating_add(validator).saturating_add(root);
    match input.epoch_mode {
        EpochMode::Yuma => Splits { total, parts: split(total), budgets: None },
        EpochMode::Null => {
            let three = split(server).into_iter().zip(split(validator)).zip(split(root));
            let (parts, budgets) = three
                .map(|((server, validator), root)| {
                    let fallback = server.saturating_add(validator);
                    (fallback.saturating_add(root), [server, validator.saturating_add(root), fallback])
                })
                .unzip();
            Splits { total, parts, budgets: Some(budgets) }
        }
    }
}

/// Kind `mechanism-aggregate`: §3.3, §4, §5.
pub fn mechanism_aggregate(input: &MechanismAggregateInput) -> MechanismAggregateExpect {
    let splits = splits(input);
    let weights = weights(splits.total, &splits.parts);
    let aggregated = match input.epoch_mode {
        EpochMode::Yuma => fold(&input.mechanisms, &weights, accumulate),
        EpochMode::Null => fold(&input.mechanisms, &weights, |old, new, _| old.saturating_add(new)),
    };
    let written = |budgets: &[u64; 3]| -> [U64; 3] { budgets.map(Decimal) };
    MechanismAggregateExpect {
        parts: decimals(&splits.parts),
        budgets: splits.budgets.map(|budgets| budgets.iter().map(written).collect()),
        weights: weights.iter().map(|weight| Decimal(weight.to_bits())).collect(),
        hotkey_emission: hotkey_emission(&aggregated),
        aggregated,
    }
}

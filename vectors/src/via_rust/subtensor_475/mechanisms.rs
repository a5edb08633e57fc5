//! Kinds of `subtensor-475/mechanisms.md`.

use yuma_core::Rules;
use yuma_core::distribution::Drained;
use yuma_core::epoch::NullBudgets;
use yuma_core::mechanisms::split_null_emission;
use yuma_core::schedule;

use crate::schema::mechanisms::{MechanismSplitExpect, MechanismSplitInput};
use crate::schema::subtensor_475::mechanisms::{MechanismAggregateExpect, MechanismAggregateInput};
use crate::schema::subtensor_475::schedule::EpochMode;
use crate::schema::{Decimal, Failure};
use crate::via_rust::mechanisms::{fold_by, mechanism_split_by, parts};
use crate::via_rust::refused;

const RULES: Rules = Rules::SUBTENSOR_475;

/// Kind `mechanism-split`.
///
/// # Errors
/// None.
pub fn mechanism_split(input: &MechanismSplitInput) -> Result<MechanismSplitExpect, Failure> {
    Ok(mechanism_split_by(RULES, input))
}

/// Kind `mechanism-aggregate`.
///
/// # Errors
/// As [`yuma_core::mechanisms::fold_mechanisms`].
pub fn mechanism_aggregate(input: &MechanismAggregateInput) -> Result<MechanismAggregateExpect, Failure> {
    let drained =
        Drained { server: input.server.0, validator: input.validator.0, root: input.root.0, ..Drained::default() };
    let split = input.split.as_deref();
    let (mode, parts, budgets) = match input.epoch_mode {
        EpochMode::Yuma => {
            let parts = parts(RULES, drained.epoch_emission(), input.mechanism_count, split);
            (schedule::EpochMode::Yuma, parts, None)
        }
        EpochMode::Null => {
            let mut parts = vec![0; input.mechanism_count.into()];
            let mut budgets = vec![NullBudgets::of_emission(0); parts.len()];
            split_null_emission(RULES, &drained, split, &mut parts, &mut budgets).map_err(refused)?;
            (schedule::EpochMode::Null, parts, Some(budgets))
        }
    };
    let folded = fold_by(RULES, mode, drained.epoch_emission(), &parts, &input.mechanisms)?;
    let amounts = |budgets: &NullBudgets| [budgets.mining, budgets.dividend, budgets.fallback].map(Decimal);
    Ok(MechanismAggregateExpect {
        parts: folded.parts,
        budgets: budgets.map(|budgets| budgets.iter().map(amounts).collect()),
        weights: folded.weights,
        aggregated: folded.aggregated,
        hotkey_emission: folded.hotkey_emission,
    })
}

//! A subnet's mechanisms.

use yuma_core::distribution::Drained;
use yuma_core::epoch::NullBudgets;
use yuma_core::fixed::U64F64;
use yuma_core::mechanisms::{self as core, MechanismTerm};

use crate::door::{functions, record};

record! {
    MechanismTerm {
        hotkey, uid, dividend, incentive, validator_emission, server_emission, stake_weight, active, emission, consensus,
        validator_trust, new_validator_permit, stake,
    }
}

functions! {
    mechanism_storage_index(netuid, mecid) => core::mechanism_storage_index(netuid, mecid);
    mechanism_of_index(index) => core::mechanism_of_index(index);
    emission_split_accepted(split: Option<Vec<_>>, mechanism_count, rules) => {
        core::emission_split_accepted(rules, split.as_deref(), mechanism_count)
    };
    split_emission(mechanism_count, rules, alpha, split: Option<Vec<_>>) => {
        let mut parts = parts(mechanism_count);
        core::split_emission(rules, alpha, split.as_deref(), &mut parts);
        parts
    };
    // The parts of all mechanisms, and their budgets.
    split_null_emission(server, validator, root, mechanism_count, split: Option<Vec<_>>, rules) => {
        let drained = Drained { server, validator, root, owner_cut: 0 };
        let mut parts = parts(mechanism_count);
        let mut budgets = vec![NullBudgets::of_emission(0); parts.len()];
        core::split_null_emission(rules, &drained, split.as_deref(), &mut parts, &mut budgets)?;
        (parts, budgets)
    };
    mechanism_weights(parts: Vec<_>, total) => {
        let mut weights = vec![U64F64::ZERO; parts.len()];
        core::mechanism_weights(total, &parts, &mut weights)?;
        weights
    };
    // The folded terms by hotkey; those of the mechanisms name hotkeys as indices below `hotkeys`.
    fold_mechanisms(weights: Vec<_>, mechanisms: Vec<Vec<_>>, hotkeys: u32, mode, rules) => {
        let mut folded = vec![None; hotkeys.try_into().unwrap_or(0)];
        let mechanisms: Vec<_> = mechanisms.iter().map(Vec::as_slice).collect();
        core::fold_mechanisms(rules, mode, &weights, &mechanisms, &mut folded)?;
        folded
    };
}

fn parts(mechanism_count: u8) -> Vec<u64> {
    vec![0; mechanism_count.into()]
}

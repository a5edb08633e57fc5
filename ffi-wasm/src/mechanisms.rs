//! A subnet's mechanisms.

use js_sys::Object;
use wasm_bindgen::JsValue;
use yuma_core::distribution::Drained;
use yuma_core::epoch::NullBudgets;
use yuma_core::fixed::U64F64;
use yuma_core::mechanisms::{self as core, MechanismTerm};

use crate::door::{self, Answer, Fields, choice, dict, integer, refused, rules as read_rules};
use crate::epoch::write_budgets;
use crate::schedule::EPOCH_MODES;

pub fn mechanism_storage_index(netuid: &JsValue, mecid: &JsValue) -> Answer<u16> {
    Ok(core::mechanism_storage_index(integer(netuid, "netuid")?, integer(mecid, "mecid")?))
}

pub fn mechanism_of_index(index: &JsValue) -> Answer<(u16, u8)> {
    Ok(core::mechanism_of_index(integer(index, "index")?))
}

fn read_split(split: &JsValue) -> Answer<Option<Vec<u16>>> {
    if door::is_none(split) { Ok(None) } else { door::integers(split, "split").map(Some) }
}

pub fn emission_split_accepted(rules: &JsValue, split: &JsValue, mechanism_count: &JsValue) -> Answer<bool> {
    let split = read_split(split)?;
    let count = integer(mechanism_count, "mechanism_count")?;
    Ok(core::emission_split_accepted(read_rules(rules)?, split.as_deref(), count))
}

pub fn split_emission(
    rules: &JsValue,
    alpha: &JsValue,
    mechanism_count: &JsValue,
    split: &JsValue,
) -> Answer<Vec<u64>> {
    let mut parts = vec![0; integer::<u8>(mechanism_count, "mechanism_count")?.into()];
    core::split_emission(read_rules(rules)?, integer(alpha, "alpha")?, read_split(split)?.as_deref(), &mut parts);
    Ok(parts)
}

/// The parts of all mechanisms, and their budgets.
pub fn split_null_emission(
    rules: &JsValue,
    drained: &JsValue,
    mechanism_count: &JsValue,
    split: &JsValue,
) -> Answer<(Vec<u64>, Vec<Object>)> {
    let fields = Fields::of(drained);
    let drained = Drained {
        server: fields.integer("server")?,
        validator: fields.integer("validator")?,
        root: fields.integer("root")?,
        ..Drained::default()
    };
    let mut parts = vec![0; integer::<u8>(mechanism_count, "mechanism_count")?.into()];
    let mut budgets = vec![NullBudgets::of_emission(0); parts.len()];
    let split = read_split(split)?;
    core::split_null_emission(read_rules(rules)?, &drained, split.as_deref(), &mut parts, &mut budgets)
        .map_err(refused)?;
    let budgets = budgets.iter().map(write_budgets).collect::<Answer<_>>()?;
    Ok((parts, budgets))
}

pub fn mechanism_weights(total: &JsValue, parts: &JsValue) -> Answer<Vec<u128>> {
    let parts: Vec<u64> = door::integers(parts, "parts")?;
    let mut weights = vec![U64F64::ZERO; parts.len()];
    core::mechanism_weights(integer(total, "total")?, &parts, &mut weights).map_err(refused)?;
    Ok(weights.into_iter().map(U64F64::to_bits).collect())
}

/// A term; its hotkey comes beside it, as an index.
fn read_term(fields: &Fields<'_>, hotkey: u16) -> Answer<MechanismTerm> {
    Ok(MechanismTerm {
        hotkey,
        uid: fields.integer("uid")?,
        dividend: fields.integer("dividend")?,
        incentive: fields.integer("incentive")?,
        validator_emission: fields.integer("validator_emission")?,
        server_emission: fields.integer("server_emission")?,
        stake_weight: fields.integer("stake_weight")?,
        active: fields.flag("active")?,
        emission: fields.integer("emission")?,
        consensus: fields.integer("consensus")?,
        validator_trust: fields.integer("validator_trust")?,
        new_validator_permit: fields.flag("new_validator_permit")?,
        stake: fields.integer("stake")?,
    })
}

fn write_term(term: &MechanismTerm) -> Answer<Object> {
    Ok(dict!({
        "uid": term.uid,
        "dividend": term.dividend,
        "incentive": term.incentive,
        "validator_emission": term.validator_emission,
        "server_emission": term.server_emission,
        "stake_weight": term.stake_weight,
        "active": term.active,
        "emission": term.emission,
        "consensus": term.consensus,
        "validator_trust": term.validator_trust,
        "new_validator_permit": term.new_validator_permit,
        "stake": term.stake,
    }))
}

/// The folded terms by hotkey; `places` are the hotkeys of all terms as indices below `hotkeys`.
pub fn fold_mechanisms(
    rules: &JsValue,
    epoch_mode: &JsValue,
    weights_raw: &JsValue,
    mechanisms: &JsValue,
    places: &JsValue,
    hotkeys: &JsValue,
) -> Answer<Vec<Option<Object>>> {
    let weights: Vec<U64F64> = door::integers(weights_raw, "weights_raw")?.into_iter().map(U64F64::from_bits).collect();
    let mut terms = Vec::new();
    for (of_mechanism, places) in
        door::elements(mechanisms, "mechanisms")?.iter().zip(door::elements(places, "places")?)
    {
        let read = |(index, (term, place))| read_term(&Fields::of_element(term, index), place);
        let of_mechanism = door::elements(of_mechanism, "mechanisms")?;
        let places = door::integers(&places, "hotkey")?;
        terms.push(of_mechanism.iter().zip(places).enumerate().map(read).collect::<Answer<Vec<_>>>()?);
    }
    let mut folded = vec![None; integer::<u32>(hotkeys, "hotkeys")?.try_into().unwrap_or(0)];
    let mechanisms: Vec<&[_]> = terms.iter().map(Vec::as_slice).collect();
    let mode = choice(epoch_mode, "epoch_mode", &EPOCH_MODES)?;
    core::fold_mechanisms(read_rules(rules)?, mode, &weights, &mechanisms, &mut folded).map_err(refused)?;
    folded.iter().map(|term| term.as_ref().map(write_term).transpose()).collect()
}

//! A subnet's mechanisms.

use numpy::{IntoPyArray, PyArray1};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use yuma_core::distribution::Drained;
use yuma_core::epoch::NullBudgets;
use yuma_core::fixed::U64F64;
use yuma_core::mechanisms::{self as core, MechanismTerm};

use crate::add_functions;
use crate::door::{self, Fields, choice, dict, integer, refused, rules as read_rules};
use crate::schedule::EPOCH_MODES;

#[pyfunction]
fn mechanism_storage_index(netuid: &Bound<'_, PyAny>, mecid: &Bound<'_, PyAny>) -> PyResult<u16> {
    Ok(core::mechanism_storage_index(integer(netuid, "netuid")?, integer(mecid, "mecid")?))
}

#[pyfunction]
fn mechanism_of_index(index: &Bound<'_, PyAny>) -> PyResult<(u16, u8)> {
    Ok(core::mechanism_of_index(integer(index, "index")?))
}

fn read_split(split: &Bound<'_, PyAny>) -> PyResult<Option<Vec<u16>>> {
    if split.is_none() { Ok(None) } else { door::integers(split, "split").map(Some) }
}

#[pyfunction]
fn emission_split_accepted(
    rules: &Bound<'_, PyAny>,
    split: &Bound<'_, PyAny>,
    mechanism_count: &Bound<'_, PyAny>,
) -> PyResult<bool> {
    let split = read_split(split)?;
    let count = integer(mechanism_count, "mechanism_count")?;
    Ok(core::emission_split_accepted(read_rules(rules)?, split.as_deref(), count))
}

#[pyfunction]
fn split_emission<'py>(
    rules: &Bound<'py, PyAny>,
    alpha: &Bound<'py, PyAny>,
    mechanism_count: &Bound<'py, PyAny>,
    split: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyArray1<u64>>> {
    let mut parts = vec![0; integer::<u8>(mechanism_count, "mechanism_count")?.into()];
    core::split_emission(read_rules(rules)?, integer(alpha, "alpha")?, read_split(split)?.as_deref(), &mut parts);
    Ok(parts.into_pyarray(rules.py()))
}

type Budgets = Vec<(u64, u64, u64)>;

/// The parts of all mechanisms, and their budgets.
#[pyfunction]
fn split_null_emission<'py>(
    rules: &Bound<'py, PyAny>,
    drained: &Bound<'py, PyAny>,
    mechanism_count: &Bound<'py, PyAny>,
    split: &Bound<'py, PyAny>,
) -> PyResult<(Bound<'py, PyArray1<u64>>, Budgets)> {
    let py = rules.py();
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
        .map_err(|error| refused(py, error))?;
    let budgets = budgets.iter().map(|budget| (budget.mining, budget.dividend, budget.fallback)).collect();
    Ok((parts.into_pyarray(py), budgets))
}

#[pyfunction]
fn mechanism_weights(total: &Bound<'_, PyAny>, parts: &Bound<'_, PyAny>) -> PyResult<Vec<u128>> {
    let parts: Vec<u64> = door::integers(parts, "parts")?;
    let mut weights = vec![U64F64::ZERO; parts.len()];
    core::mechanism_weights(integer(total, "total")?, &parts, &mut weights)
        .map_err(|error| refused(total.py(), error))?;
    Ok(weights.into_iter().map(U64F64::to_bits).collect())
}

/// A term; its hotkey comes beside it, as an index.
fn read_term(fields: &Fields<'_, '_>, hotkey: u16) -> PyResult<MechanismTerm> {
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

fn write_term<'py>(py: Python<'py>, term: &MechanismTerm) -> PyResult<Bound<'py, PyDict>> {
    Ok(dict!(py, {
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
#[pyfunction]
fn fold_mechanisms<'py>(
    rules: &Bound<'py, PyAny>,
    epoch_mode: &Bound<'py, PyAny>,
    weights_raw: &Bound<'py, PyAny>,
    mechanisms: &Bound<'py, PyAny>,
    places: &Bound<'py, PyAny>,
    hotkeys: &Bound<'py, PyAny>,
) -> PyResult<Vec<Option<Bound<'py, PyDict>>>> {
    let py = rules.py();
    let weights: Vec<U64F64> =
        door::wide_integers(weights_raw, "weights_raw")?.into_iter().map(U64F64::from_bits).collect();
    let mut terms = Vec::new();
    for (of_mechanism, places) in
        door::elements(mechanisms, "mechanisms")?.iter().zip(door::elements(places, "places")?)
    {
        let read = |(index, (term, place))| read_term(&Fields::of_element(term, index), place);
        let of_mechanism = door::elements(of_mechanism, "mechanisms")?;
        let places = door::integers(&places, "hotkey")?;
        terms.push(of_mechanism.iter().zip(places).enumerate().map(read).collect::<PyResult<Vec<_>>>()?);
    }
    let mut folded = vec![None; integer::<u32>(hotkeys, "hotkeys")?.try_into().unwrap_or(0)];
    let mechanisms: Vec<&[_]> = terms.iter().map(Vec::as_slice).collect();
    let mode = choice(epoch_mode, "epoch_mode", &EPOCH_MODES)?;
    core::fold_mechanisms(read_rules(rules)?, mode, &weights, &mechanisms, &mut folded)
        .map_err(|error| refused(py, error))?;
    folded.iter().map(|term| term.as_ref().map(|term| write_term(py, term)).transpose()).collect()
}

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    add_functions!(
        module: mechanism_storage_index, mechanism_of_index, emission_split_accepted, split_emission,
        split_null_emission, mechanism_weights, fold_mechanisms,
    );
    Ok(())
}

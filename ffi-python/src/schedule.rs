//! The rhythm of epochs.

use pyo3::prelude::*;
use pyo3::types::PyDict;
use yuma_core::schedule::{self as core, Commit, EpochMode, ScheduleState, Slot, Verdict};

use crate::add_functions;
use crate::door::{self, Fields, choice, dict, integer, refused, rules as read_rules};

pub const EPOCH_MODES: [(&str, EpochMode); 2] = [("yuma", EpochMode::Yuma), ("null", EpochMode::Null)];

/// A state out of its object's fields.
pub fn read_state(fields: &Fields<'_, '_>) -> PyResult<ScheduleState> {
    Ok(ScheduleState {
        tempo: fields.integer("tempo")?,
        last_epoch_block: fields.integer("last_epoch_block")?,
        pending_epoch_at: fields.integer("pending_epoch_at")?,
        blocks_since_last_step: fields.integer("blocks_since_last_step")?,
        last_mechanism_step_block: fields.integer("last_mechanism_step_block")?,
        epoch_index: fields.integer("epoch_index")?,
        epoch_mode: fields.choice("epoch_mode", &EPOCH_MODES)?,
        last_yuma_step_block: fields.optional("last_yuma_step_block")?,
        consistent: fields.flag("consistent")?,
    })
}

/// A state's fields.
pub fn write_state<'py>(py: Python<'py>, state: &ScheduleState) -> PyResult<Bound<'py, PyDict>> {
    let mode = match state.epoch_mode {
        EpochMode::Yuma => "yuma",
        EpochMode::Null => "null",
    };
    Ok(dict!(py, {
        "tempo": state.tempo,
        "last_epoch_block": state.last_epoch_block,
        "pending_epoch_at": state.pending_epoch_at,
        "blocks_since_last_step": state.blocks_since_last_step,
        "last_mechanism_step_block": state.last_mechanism_step_block,
        "epoch_index": state.epoch_index,
        "epoch_mode": mode,
        "last_yuma_step_block": state.last_yuma_step_block,
        "consistent": state.consistent,
    }))
}

/// A verdict's fields.
pub fn write_verdict(py: Python<'_>, verdict: Verdict) -> PyResult<Bound<'_, PyDict>> {
    let slot = match verdict.slot {
        Slot::NotDue => "not_due",
        Slot::Ran => "ran",
        Slot::Deferred => "deferred",
        Slot::Skipped => "skipped",
    };
    Ok(dict!(py, { "slot": slot, "reveal_deferred": verdict.reveal_deferred }))
}

/// The state that the chain gives a new subnet.
#[pyfunction]
fn default_schedule_state(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    write_state(py, &ScheduleState::CHAIN_DEFAULT)
}

fn state(subnet: &Bound<'_, PyAny>) -> PyResult<ScheduleState> {
    read_state(&Fields::of(subnet))
}

#[pyfunction]
fn visiting_key(netuid: &Bound<'_, PyAny>) -> PyResult<u16> {
    Ok(core::visiting_key(integer(netuid, "netuid")?))
}

#[pyfunction]
fn should_run_epoch(rules: &Bound<'_, PyAny>, subnet: &Bound<'_, PyAny>, block: &Bound<'_, PyAny>) -> PyResult<bool> {
    Ok(core::should_run_epoch(read_rules(rules)?, &state(subnet)?, integer(block, "block")?))
}

#[pyfunction]
fn next_epoch_start_block(subnet: &Bound<'_, PyAny>) -> PyResult<Option<u64>> {
    Ok(core::next_epoch_start_block(&state(subnet)?))
}

#[pyfunction]
fn blocks_until_next_auto_epoch(subnet: &Bound<'_, PyAny>, block: &Bound<'_, PyAny>) -> PyResult<u64> {
    Ok(core::blocks_until_next_auto_epoch(&state(subnet)?, integer(block, "block")?))
}

#[pyfunction]
fn in_admin_freeze_window(
    subnet: &Bound<'_, PyAny>,
    block: &Bound<'_, PyAny>,
    window: &Bound<'_, PyAny>,
) -> PyResult<bool> {
    Ok(core::in_admin_freeze_window(&state(subnet)?, integer(block, "block")?, integer(window, "window")?))
}

#[pyfunction]
fn activity_cutoff_blocks(tempo: &Bound<'_, PyAny>, factor_milli: &Bound<'_, PyAny>) -> PyResult<u64> {
    Ok(core::activity_cutoff_blocks(integer(tempo, "tempo")?, integer(factor_milli, "factor_milli")?))
}

#[pyfunction]
fn epoch_with_lookahead(
    rules: &Bound<'_, PyAny>,
    subnet: &Bound<'_, PyAny>,
    block: &Bound<'_, PyAny>,
) -> PyResult<u64> {
    Ok(core::epoch_with_lookahead(read_rules(rules)?, &state(subnet)?, integer(block, "block")?))
}

fn read_commit(commit_epoch: &Bound<'_, PyAny>, reveal_period: &Bound<'_, PyAny>) -> PyResult<Commit> {
    let reveal_period = integer(reveal_period, "reveal_period")?;
    Ok(Commit { epoch: integer(commit_epoch, "commit_epoch")?, reveal_period })
}

#[pyfunction]
fn reveal_now(
    rules: &Bound<'_, PyAny>,
    subnet: &Bound<'_, PyAny>,
    block: &Bound<'_, PyAny>,
    commit_epoch: &Bound<'_, PyAny>,
    reveal_period: &Bound<'_, PyAny>,
) -> PyResult<bool> {
    let commit = read_commit(commit_epoch, reveal_period)?;
    Ok(core::reveal_now(read_rules(rules)?, &state(subnet)?, integer(block, "block")?, commit))
}

#[pyfunction]
fn commit_expired(
    rules: &Bound<'_, PyAny>,
    subnet: &Bound<'_, PyAny>,
    block: &Bound<'_, PyAny>,
    commit_epoch: &Bound<'_, PyAny>,
    reveal_period: &Bound<'_, PyAny>,
) -> PyResult<bool> {
    let commit = read_commit(commit_epoch, reveal_period)?;
    Ok(core::commit_expired(read_rules(rules)?, &state(subnet)?, integer(block, "block")?, commit))
}

type Dicts<'py> = Vec<Bound<'py, PyDict>>;

/// The states after a block, and its verdicts.
#[pyfunction]
fn schedule_block<'py>(
    rules: &Bound<'py, PyAny>,
    block: &Bound<'py, PyAny>,
    max_epochs_per_block: &Bound<'py, PyAny>,
    subnets: &Bound<'py, PyAny>,
) -> PyResult<(Dicts<'py>, Dicts<'py>)> {
    let py = subnets.py();
    let mut states = door::read_all(subnets, "subnets", read_state)?;
    let mut verdicts = vec![Verdict::default(); states.len()];
    let most = integer(max_epochs_per_block, "max_epochs_per_block")?;
    core::schedule_block(read_rules(rules)?, integer(block, "block")?, most, &mut states, &mut verdicts)
        .map_err(|error| refused(py, error))?;
    let states = states.iter().map(|state| write_state(py, state)).collect::<PyResult<_>>()?;
    let verdicts = verdicts.into_iter().map(|verdict| write_verdict(py, verdict)).collect::<PyResult<_>>()?;
    Ok((states, verdicts))
}

#[pyfunction]
fn finish_epoch<'py>(
    rules: &Bound<'py, PyAny>,
    subnet: &Bound<'py, PyAny>,
    block: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyDict>> {
    let mut state = state(subnet)?;
    core::finish_epoch(read_rules(rules)?, &mut state, integer(block, "block")?);
    write_state(subnet.py(), &state)
}

#[pyfunction]
fn trigger_epoch<'py>(subnet: &Bound<'py, PyAny>, at: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyDict>> {
    let mut state = state(subnet)?;
    core::trigger_epoch(&mut state, integer(at, "at")?);
    write_state(subnet.py(), &state)
}

#[pyfunction]
fn change_tempo<'py>(
    subnet: &Bound<'py, PyAny>,
    block: &Bound<'py, PyAny>,
    tempo: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyDict>> {
    let mut state = state(subnet)?;
    core::change_tempo(&mut state, integer(block, "block")?, integer(tempo, "tempo")?);
    write_state(subnet.py(), &state)
}

#[pyfunction]
fn change_mode<'py>(subnet: &Bound<'py, PyAny>, epoch_mode: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyDict>> {
    let mut state = state(subnet)?;
    core::change_mode(&mut state, choice(epoch_mode, "epoch_mode", &EPOCH_MODES)?);
    write_state(subnet.py(), &state)
}

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    add_functions!(
        module: default_schedule_state, visiting_key, should_run_epoch, next_epoch_start_block,
        blocks_until_next_auto_epoch, in_admin_freeze_window, activity_cutoff_blocks, epoch_with_lookahead, reveal_now,
        commit_expired, schedule_block, finish_epoch, trigger_epoch, change_tempo, change_mode,
    );
    Ok(())
}

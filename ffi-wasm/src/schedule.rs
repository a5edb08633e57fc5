//! The rhythm of epochs.

use js_sys::Object;
use wasm_bindgen::JsValue;
use yuma_core::schedule::{self as core, Commit, EpochMode, ScheduleState, Slot, Verdict};

use crate::door::{self, Answer, Fields, choice, dict, integer, refused, rules as read_rules};

pub const EPOCH_MODES: [(&str, EpochMode); 2] = [("yuma", EpochMode::Yuma), ("null", EpochMode::Null)];

/// A state out of its object's fields.
pub fn read_state(fields: &Fields<'_>) -> Answer<ScheduleState> {
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
pub fn write_state(state: &ScheduleState) -> Answer<Object> {
    let mode = match state.epoch_mode {
        EpochMode::Yuma => "yuma",
        EpochMode::Null => "null",
    };
    Ok(dict!({
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
pub fn write_verdict(verdict: Verdict) -> Answer<Object> {
    let slot = match verdict.slot {
        Slot::NotDue => "not_due",
        Slot::Ran => "ran",
        Slot::Deferred => "deferred",
        Slot::Skipped => "skipped",
    };
    Ok(dict!({ "slot": slot, "reveal_deferred": verdict.reveal_deferred }))
}

/// The state that the chain gives a new subnet.
pub fn default_schedule_state() -> Answer<Object> {
    write_state(&ScheduleState::CHAIN_DEFAULT)
}

fn state(subnet: &JsValue) -> Answer<ScheduleState> {
    read_state(&Fields::of(subnet))
}

pub fn visiting_key(netuid: &JsValue) -> Answer<u16> {
    Ok(core::visiting_key(integer(netuid, "netuid")?))
}

pub fn should_run_epoch(rules: &JsValue, subnet: &JsValue, block: &JsValue) -> Answer<bool> {
    Ok(core::should_run_epoch(read_rules(rules)?, &state(subnet)?, integer(block, "block")?))
}

pub fn next_epoch_start_block(subnet: &JsValue) -> Answer<Option<u64>> {
    Ok(core::next_epoch_start_block(&state(subnet)?))
}

pub fn blocks_until_next_auto_epoch(subnet: &JsValue, block: &JsValue) -> Answer<u64> {
    Ok(core::blocks_until_next_auto_epoch(&state(subnet)?, integer(block, "block")?))
}

pub fn in_admin_freeze_window(subnet: &JsValue, block: &JsValue, window: &JsValue) -> Answer<bool> {
    Ok(core::in_admin_freeze_window(&state(subnet)?, integer(block, "block")?, integer(window, "window")?))
}

pub fn activity_cutoff_blocks(tempo: &JsValue, factor_milli: &JsValue) -> Answer<u64> {
    Ok(core::activity_cutoff_blocks(integer(tempo, "tempo")?, integer(factor_milli, "factor_milli")?))
}

pub fn epoch_with_lookahead(rules: &JsValue, subnet: &JsValue, block: &JsValue) -> Answer<u64> {
    Ok(core::epoch_with_lookahead(read_rules(rules)?, &state(subnet)?, integer(block, "block")?))
}

fn read_commit(commit_epoch: &JsValue, reveal_period: &JsValue) -> Answer<Commit> {
    let reveal_period = integer(reveal_period, "reveal_period")?;
    Ok(Commit { epoch: integer(commit_epoch, "commit_epoch")?, reveal_period })
}

pub fn reveal_now(
    rules: &JsValue,
    subnet: &JsValue,
    block: &JsValue,
    commit_epoch: &JsValue,
    reveal_period: &JsValue,
) -> Answer<bool> {
    let commit = read_commit(commit_epoch, reveal_period)?;
    Ok(core::reveal_now(read_rules(rules)?, &state(subnet)?, integer(block, "block")?, commit))
}

pub fn commit_expired(
    rules: &JsValue,
    subnet: &JsValue,
    block: &JsValue,
    commit_epoch: &JsValue,
    reveal_period: &JsValue,
) -> Answer<bool> {
    let commit = read_commit(commit_epoch, reveal_period)?;
    Ok(core::commit_expired(read_rules(rules)?, &state(subnet)?, integer(block, "block")?, commit))
}

/// The states after a block, and its verdicts.
pub fn schedule_block(
    rules: &JsValue,
    block: &JsValue,
    max_epochs_per_block: &JsValue,
    subnets: &JsValue,
) -> Answer<(Vec<Object>, Vec<Object>)> {
    let mut states = door::read_all(subnets, "subnets", read_state)?;
    let mut verdicts = vec![Verdict::default(); states.len()];
    let most = integer(max_epochs_per_block, "max_epochs_per_block")?;
    core::schedule_block(read_rules(rules)?, integer(block, "block")?, most, &mut states, &mut verdicts)
        .map_err(refused)?;
    let states = states.iter().map(write_state).collect::<Answer<_>>()?;
    let verdicts = verdicts.into_iter().map(write_verdict).collect::<Answer<_>>()?;
    Ok((states, verdicts))
}

pub fn finish_epoch(rules: &JsValue, subnet: &JsValue, block: &JsValue) -> Answer<Object> {
    let mut state = state(subnet)?;
    core::finish_epoch(read_rules(rules)?, &mut state, integer(block, "block")?);
    write_state(&state)
}

pub fn trigger_epoch(subnet: &JsValue, at: &JsValue) -> Answer<Object> {
    let mut state = state(subnet)?;
    core::trigger_epoch(&mut state, integer(at, "at")?);
    write_state(&state)
}

pub fn change_tempo(subnet: &JsValue, block: &JsValue, tempo: &JsValue) -> Answer<Object> {
    let mut state = state(subnet)?;
    core::change_tempo(&mut state, integer(block, "block")?, integer(tempo, "tempo")?);
    write_state(&state)
}

pub fn change_mode(subnet: &JsValue, epoch_mode: &JsValue) -> Answer<Object> {
    let mut state = state(subnet)?;
    core::change_mode(&mut state, choice(epoch_mode, "epoch_mode", &EPOCH_MODES)?);
    write_state(&state)
}

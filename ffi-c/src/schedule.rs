//! When a subnet's epoch runs, block by block (spec `schedule.md`).

use core::ffi::c_void;

use yuma_core::schedule::{self, Commit, EpochMode, ScheduleState, Slot, Verdict};

use crate::border::{Border, Need, growing};
use crate::numbers::{flag, present};
use crate::status::{Refusal, yuma_error, yuma_status};

/// Epochs by Yuma consensus.
pub const YUMA_MODE_YUMA: u32 = 0;
/// Epochs without consensus (from 475 on).
pub const YUMA_MODE_NULL: u32 = 1;

/// No epoch was due.
pub const YUMA_SLOT_NOT_DUE: u32 = 0;
/// The epoch runs in this block.
pub const YUMA_SLOT_RAN: u32 = 1;
/// The block's epochs were used up: due again in the next block.
pub const YUMA_SLOT_DEFERRED: u32 = 2;
/// The subnet was inconsistent: the slot is consumed without an epoch.
pub const YUMA_SLOT_SKIPPED: u32 = 3;

/// Where one subnet stands in its rhythm of epochs. Start from `yuma_schedule_state_init`.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct yuma_schedule_state {
    /// `sizeof(yuma_schedule_state)`.
    pub size: usize,
    /// Blocks from one epoch to the next; 0: no epochs.
    pub tempo: u16,
    /// Flag: no hotkey holds two uids of the subnet. A fact from outside, for the block at hand.
    pub consistent: u8,
    /// Flag: whether `last_yuma_step_block` is known.
    pub has_last_yuma_step_block: u8,
    /// How its epochs are computed, `YUMA_MODE_…` (from 475 on).
    pub epoch_mode: u32,
    /// The block of the last consumed slot, whether its epoch ran or was skipped.
    pub last_epoch_block: u64,
    /// The block for which an epoch was triggered, or to which one was deferred; 0: none.
    pub pending_epoch_at: u64,
    /// Blocks since the last epoch that ran.
    pub blocks_since_last_step: u64,
    /// The block of the last epoch that ran; moved by `yuma_finish_epoch`.
    pub last_mechanism_step_block: u64,
    /// Consumed slots so far.
    pub epoch_index: u64,
    /// The block of the last epoch in Yuma mode (from 475 on); none and 0 differ.
    pub last_yuma_step_block: u64,
}

growing!(yuma_schedule_state);

/// A block's verdict on one subnet.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_verdict {
    /// What became of its epoch, `YUMA_SLOT_…`.
    pub slot: u32,
    /// Flag: its time-locked commits are not revealed in this block, though an epoch is due.
    pub reveal_deferred: u8,
}

/// A consistent subnet with the default tempo, before its first epoch.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_schedule_state_init(
    state: *mut yuma_schedule_state,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || border.start("state", state, yuma_schedule_state::new(&ScheduleState::CHAIN_DEFAULT)))
}

/// The key by which the chain orders subnets: the bytes of the netuid, low byte first.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_visiting_key(netuid: u16) -> u16 {
    schedule::visiting_key(netuid)
}

/// Whether an epoch is due at `block`: the flag `due`.
///
/// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `FLAG`; `RANGE` of `epoch_mode`; `UNKNOWN_RULES`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_should_run_epoch(
    due: *mut u8,
    rules: u32,
    state: *const yuma_schedule_state,
    block: u64,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let due = border.output("due", due)?;
        let state = border.grown("state", state)?.to_core(0)?;
        *due = schedule::should_run_epoch(crate::rules::rules(rules)?, &state, block).into();
        Ok(())
    })
}

/// The block at which the rhythm or a trigger brings the next epoch. It may lie in the past, for it ignores the present
/// block, the cap and the safety net.
///
/// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `FLAG`; `RANGE` of `epoch_mode`; `NO_VALUE` for tempo 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_next_epoch_start_block(
    block: *mut u64,
    state: *const yuma_schedule_state,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let block = border.output("block", block)?;
        let state = border.grown("state", state)?.to_core(0)?;
        *block = schedule::next_epoch_start_block(&state).ok_or(Refusal::no_value("tempo"))?;
        Ok(())
    })
}

/// Blocks until the rhythm brings the next epoch, whatever is triggered; `UINT64_MAX` for tempo 0.
///
/// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `FLAG`; `RANGE` of `epoch_mode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_blocks_until_next_auto_epoch(
    blocks: *mut u64,
    state: *const yuma_schedule_state,
    block: u64,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let blocks = border.output("blocks", blocks)?;
        *blocks = schedule::blocks_until_next_auto_epoch(&border.grown("state", state)?.to_core(0)?, block);
        Ok(())
    })
}

/// Whether the owner's parameters are frozen at `block` because an epoch is near: less than `window` blocks away, or
/// triggered. The flag `frozen`.
///
/// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `FLAG`; `RANGE` of `epoch_mode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_in_admin_freeze_window(
    frozen: *mut u8,
    state: *const yuma_schedule_state,
    block: u64,
    window: u16,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let frozen = border.output("frozen", frozen)?;
        *frozen = schedule::in_admin_freeze_window(&border.grown("state", state)?.to_core(0)?, block, window).into();
        Ok(())
    })
}

/// Blocks after which a neuron that set no weights counts as inactive: the factor, in thousandths of a tempo, times the
/// tempo, at least 1.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_activity_cutoff_blocks(tempo: u16, factor_milli: u32) -> u64 {
    schedule::activity_cutoff_blocks(tempo, factor_milli)
}

/// The epoch a commit made at `block` belongs to: the consumed slots, and one more where an epoch is due.
///
/// Errors: as `yuma_should_run_epoch`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_epoch_with_lookahead(
    epoch: *mut u64,
    rules: u32,
    state: *const yuma_schedule_state,
    block: u64,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let epoch = border.output("epoch", epoch)?;
        let state = border.grown("state", state)?.to_core(0)?;
        *epoch = schedule::epoch_with_lookahead(crate::rules::rules(rules)?, &state, block);
        Ok(())
    })
}

/// Whether a commit is revealed at `block`: the flag `now`. `commit_epoch` is `yuma_epoch_with_lookahead` when the commit was
/// made, `reveal_period` the epochs from commit to reveal.
///
/// Errors: as `yuma_should_run_epoch`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_reveal_now(
    now: *mut u8,
    rules: u32,
    state: *const yuma_schedule_state,
    block: u64,
    commit_epoch: u64,
    reveal_period: u64,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let now = border.output("now", now)?;
        let state = border.grown("state", state)?.to_core(0)?;
        let commit = Commit { epoch: commit_epoch, reveal_period };
        *now = schedule::reveal_now(crate::rules::rules(rules)?, &state, block, commit).into();
        Ok(())
    })
}

/// Whether a commit can no longer be revealed at `block`: the flag `expired`. Arguments as `yuma_reveal_now`.
///
/// Errors: as `yuma_should_run_epoch`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_commit_expired(
    expired: *mut u8,
    rules: u32,
    state: *const yuma_schedule_state,
    block: u64,
    commit_epoch: u64,
    reveal_period: u64,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let expired = border.output("expired", expired)?;
        let state = border.grown("state", state)?.to_core(0)?;
        let commit = Commit { epoch: commit_epoch, reveal_period };
        *expired = schedule::commit_expired(crate::rules::rules(rules)?, &state, block, commit).into();
        Ok(())
    })
}

/// How much working memory `yuma_schedule_block` needs for `count` subnets, in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_schedule_block_workspace_size(count: usize) -> usize {
    schedule_need(count).bytes()
}

/// The reveal check and the main pass of one block over `count` subnets, all but root, in the order of `yuma_visiting_key`.
/// Writes `count` `verdicts` and moves the `states`. For every subnet whose epoch ran, compute it, then call
/// `yuma_finish_epoch`.
///
/// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `FLAG` or `RANGE` of `epoch_mode` with the subnet's index; `UNKNOWN_RULES`;
/// `TOO_SMALL` of `workspace`. The states are then as before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_schedule_block(
    verdicts: *mut yuma_verdict,
    states: *mut yuma_schedule_state,
    count: usize,
    rules: u32,
    block: u64,
    max_epochs_per_block: u8,
    workspace: *mut c_void,
    workspace_size: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let to_verdicts = border.out_slice("verdicts", verdicts, count)?;
        let to_states = border.grown_slice_mut("states", states, count)?;
        let rules = crate::rules::rules(rules)?;
        let mut memory = border.workspace(workspace, workspace_size, schedule_need(count).0)?;
        let states = memory.collect(to_states.iter().enumerate().map(|(index, state)| state.to_core(index)))?;
        let verdicts = memory.fill(count, Verdict::default())?;
        schedule::schedule_block(rules, block, max_epochs_per_block, states, verdicts)?;
        for (to, state) in to_states.iter_mut().zip(states) {
            *to = yuma_schedule_state::new(state);
        }
        for (to, &mut verdict) in to_verdicts.iter_mut().zip(verdicts) {
            *to = verdict.into();
        }
        Ok(())
    })
}

/// After an epoch that ran in `block` has been computed, with all mechanisms: the next one will see this block as its
/// predecessor's.
///
/// Errors: as `yuma_should_run_epoch`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_finish_epoch(
    state: *mut yuma_schedule_state,
    rules: u32,
    block: u64,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let rules = crate::rules::rules(rules)?;
        change(&border, state, |state| schedule::finish_epoch(rules, state, block))
    })
}

/// The call that triggers an epoch at block `at`, replacing a trigger that was there; seen from the next block on.
///
/// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `FLAG`; `RANGE` of `epoch_mode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_trigger_epoch(
    state: *mut yuma_schedule_state,
    at: u64,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || change(&border, state, |state| schedule::trigger_epoch(state, at)))
}

/// The call in `block` that sets the tempo. The rhythm starts anew; a pending trigger stays.
///
/// Errors: as `yuma_trigger_epoch`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_change_tempo(
    state: *mut yuma_schedule_state,
    block: u64,
    tempo: u16,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || change(&border, state, |state| schedule::change_tempo(state, block, tempo)))
}

/// The call that sets the epoch mode, `YUMA_MODE_…`. Leaving Yuma, a subnet keeps the block of its last epoch as that of the
/// last one in Yuma mode, unless such a block is known (from 475 on).
///
/// Errors: as `yuma_trigger_epoch`; `RANGE` of `mode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_change_mode(
    state: *mut yuma_schedule_state,
    mode: u32,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let mode = epoch_mode("mode", 0, mode)?;
        change(&border, state, |state| schedule::change_mode(state, mode))
    })
}

impl yuma_schedule_state {
    pub(crate) fn to_core(self, index: usize) -> Result<ScheduleState, Refusal> {
        Ok(ScheduleState {
            tempo: self.tempo,
            last_epoch_block: self.last_epoch_block,
            pending_epoch_at: self.pending_epoch_at,
            blocks_since_last_step: self.blocks_since_last_step,
            last_mechanism_step_block: self.last_mechanism_step_block,
            epoch_index: self.epoch_index,
            epoch_mode: epoch_mode("epoch_mode", index, self.epoch_mode)?,
            last_yuma_step_block: present(
                "has_last_yuma_step_block",
                index,
                self.has_last_yuma_step_block,
                self.last_yuma_step_block,
            )?,
            consistent: flag("consistent", index, self.consistent)?,
        })
    }

    pub(crate) fn new(state: &ScheduleState) -> Self {
        Self {
            size: size_of::<Self>(),
            tempo: state.tempo,
            consistent: state.consistent.into(),
            has_last_yuma_step_block: state.last_yuma_step_block.is_some().into(),
            epoch_mode: match state.epoch_mode {
                EpochMode::Yuma => YUMA_MODE_YUMA,
                EpochMode::Null => YUMA_MODE_NULL,
            },
            last_epoch_block: state.last_epoch_block,
            pending_epoch_at: state.pending_epoch_at,
            blocks_since_last_step: state.blocks_since_last_step,
            last_mechanism_step_block: state.last_mechanism_step_block,
            epoch_index: state.epoch_index,
            last_yuma_step_block: state.last_yuma_step_block.unwrap_or(0),
        }
    }
}

impl From<Verdict> for yuma_verdict {
    fn from(verdict: Verdict) -> Self {
        let slot = match verdict.slot {
            Slot::NotDue => YUMA_SLOT_NOT_DUE,
            Slot::Ran => YUMA_SLOT_RAN,
            Slot::Deferred => YUMA_SLOT_DEFERRED,
            Slot::Skipped => YUMA_SLOT_SKIPPED,
        };
        Self { slot, reveal_deferred: verdict.reveal_deferred.into() }
    }
}

pub(crate) fn epoch_mode(field: &'static str, index: usize, mode: u32) -> Result<EpochMode, Refusal> {
    match mode {
        YUMA_MODE_YUMA => Ok(EpochMode::Yuma),
        YUMA_MODE_NULL => Ok(EpochMode::Null),
        _ => Err(Refusal::range(field, index, YUMA_MODE_NULL.into())),
    }
}

fn change(
    border: &Border,
    state: *mut yuma_schedule_state,
    call: impl FnOnce(&mut ScheduleState),
) -> Result<(), Refusal> {
    let to = border.grown_mut("state", state)?;
    let mut state = to.to_core(0)?;
    call(&mut state);
    *to = yuma_schedule_state::new(&state);
    Ok(())
}

fn schedule_need(count: usize) -> Need {
    Need::NOTHING.and::<ScheduleState>(count).and::<Verdict>(count)
}

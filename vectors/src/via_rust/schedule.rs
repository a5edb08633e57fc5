//! Kinds of `schedule.md`.

use yuma_core::Rules;
use yuma_core::schedule::{self, Commit, ScheduleState, Slot, Verdict, schedule_block};

use crate::schema::schedule::{
    EpochScheduleExpect, EpochScheduleInput, EpochSimulationExpect, EpochSimulationInput, SimulatedBlock,
    SimulatedSubnet, SimulatedSubnetAfter,
};
use crate::schema::{Decimal, Failure};

/// Kind `epoch-schedule`.
///
/// # Errors
/// None.
pub fn epoch_schedule(input: &EpochScheduleInput) -> Result<EpochScheduleExpect, Failure> {
    Ok(epoch_schedule_under(Rules::SUBTENSOR_425, input))
}

pub(super) fn epoch_schedule_under(rules: Rules, input: &EpochScheduleInput) -> EpochScheduleExpect {
    let subnet = ScheduleState {
        tempo: input.tempo,
        last_epoch_block: input.last_epoch_block.0,
        pending_epoch_at: input.pending_epoch_at.0,
        blocks_since_last_step: input.blocks_since_last_step.0,
        epoch_index: input.epoch_index.0,
        ..ScheduleState::CHAIN_DEFAULT
    };
    let block = input.current_block.0;
    let commit = Commit { epoch: input.commit_epoch.0, reveal_period: input.reveal_period.0 };
    EpochScheduleExpect {
        should_run_epoch: schedule::should_run_epoch(rules, &subnet, block),
        next_epoch_start_block: schedule::next_epoch_start_block(&subnet).map(Decimal),
        blocks_until_next_auto_epoch: Decimal(schedule::blocks_until_next_auto_epoch(&subnet, block)),
        in_admin_freeze_window: schedule::in_admin_freeze_window(&subnet, block, input.admin_freeze_window),
        activity_cutoff_blocks: Decimal(schedule::activity_cutoff_blocks(
            input.tempo,
            input.activity_cutoff_factor_milli,
        )),
        epoch_with_lookahead: Decimal(schedule::epoch_with_lookahead(rules, &subnet, block)),
        reveal_now: schedule::reveal_now(rules, &subnet, block, commit),
        commit_expired: schedule::commit_expired(rules, &subnet, block, commit),
    }
}

/// Kind `epoch-simulation`.
///
/// # Errors
/// As [`schedule_block`].
pub fn epoch_simulation(input: &EpochSimulationInput) -> Result<EpochSimulationExpect, Failure> {
    let mut states: Vec<ScheduleState> = input.subnets.iter().map(state).collect();
    let log = simulate(Rules::SUBTENSOR_425, input, &mut states, |_, _| ())?;
    let after = |(subnet, state): (&SimulatedSubnet, &ScheduleState)| SimulatedSubnetAfter {
        netuid: subnet.netuid,
        last_epoch_block: state.last_epoch_block,
        pending_epoch_at: state.pending_epoch_at,
        blocks_since_last_step: state.blocks_since_last_step,
        last_mechanism_step_block: state.last_mechanism_step_block,
        epoch_index: state.epoch_index,
    };
    Ok(EpochSimulationExpect { log, r#final: input.subnets.iter().zip(&states).map(after).collect() })
}

/// Simulates the blocks, each followed by the calls both rule sets have and by what `end_block` adds: the log.
pub(super) fn simulate(
    rules: Rules,
    input: &EpochSimulationInput,
    states: &mut [ScheduleState],
    mut end_block: impl FnMut(u64, &mut [ScheduleState]),
) -> Result<Vec<SimulatedBlock>, Failure> {
    let mut verdicts = vec![Verdict::default(); states.len()];
    let mut log = Vec::new();
    for step in 0..input.blocks {
        let block = input.start_block.saturating_add(step);
        for (state, subnet) in states.iter_mut().zip(&input.subnets) {
            state.consistent = subnet.inconsistent_blocks.is_none_or(|(first, last)| block < first || last < block);
        }
        schedule_block(rules, block, input.max_epochs_per_block, states, &mut verdicts).map_err(super::refused)?;
        for (state, verdict) in states.iter_mut().zip(&verdicts) {
            if verdict.slot == Slot::Ran {
                schedule::finish_epoch(rules, state, block);
            }
        }
        for &(_, netuid, tempo) in input.tempo_changes.iter().filter(|change| change.0 == block) {
            each(&input.subnets, states, netuid, |state| schedule::change_tempo(state, block, tempo));
        }
        for &(_, netuid, at) in input.triggers.iter().filter(|trigger| trigger.0 == block) {
            each(&input.subnets, states, netuid, |state| schedule::trigger_epoch(state, at));
        }
        end_block(block, states);
        log.extend(happened(block, &input.subnets, &verdicts));
    }
    Ok(log)
}

pub(super) fn state(subnet: &SimulatedSubnet) -> ScheduleState {
    ScheduleState {
        tempo: subnet.tempo,
        last_epoch_block: subnet.last_epoch_block,
        pending_epoch_at: subnet.pending_epoch_at,
        blocks_since_last_step: subnet.blocks_since_last_step,
        ..ScheduleState::CHAIN_DEFAULT
    }
}

/// Applies a call to the subnet it names.
pub(super) fn each(
    subnets: &[SimulatedSubnet],
    states: &mut [ScheduleState],
    netuid: u16,
    call: impl Fn(&mut ScheduleState),
) {
    let named = subnets.iter().zip(states).filter(|(subnet, _)| subnet.netuid == netuid);
    named.for_each(|(_, state)| call(state));
}

/// A block's entry in the log; none where nothing happened.
fn happened(block: u64, subnets: &[SimulatedSubnet], verdicts: &[Verdict]) -> Option<SimulatedBlock> {
    let netuids = |which: fn(&Verdict) -> bool| -> Vec<u16> {
        let chosen = subnets.iter().zip(verdicts).filter(|(_, verdict)| which(verdict));
        chosen.map(|(subnet, _)| subnet.netuid).collect()
    };
    let entry = SimulatedBlock {
        block,
        ran: netuids(|verdict| verdict.slot == Slot::Ran),
        deferred: netuids(|verdict| verdict.slot == Slot::Deferred),
        skipped: netuids(|verdict| verdict.slot == Slot::Skipped),
        reveal_deferred: netuids(|verdict| verdict.reveal_deferred),
    };
    verdicts.iter().any(|verdict| *verdict != Verdict::default()).then_some(entry)
}

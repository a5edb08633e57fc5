//! Kinds of `subtensor-475/schedule.md`.

use yuma_core::Rules;
use yuma_core::schedule::{self, ScheduleState, change_mode};

use crate::schema::Failure;
use crate::schema::schedule::{self as base, EpochScheduleExpect, EpochScheduleInput};
use crate::schema::subtensor_475::schedule::{
    EpochMode, EpochSimulationExpect, EpochSimulationInput, SimulatedSubnet, SimulatedSubnetAfter,
};
use crate::via_rust::schedule::{each, epoch_schedule_under, simulate, state};

/// Kind `epoch-schedule`.
///
/// # Errors
/// None.
pub fn epoch_schedule(input: &EpochScheduleInput) -> Result<EpochScheduleExpect, Failure> {
    Ok(epoch_schedule_under(Rules::SUBTENSOR_475, input))
}

/// Kind `epoch-simulation`.
///
/// # Errors
/// As [`schedule::schedule_block`].
pub fn epoch_simulation(input: &EpochSimulationInput) -> Result<EpochSimulationExpect, Failure> {
    let shared = base::EpochSimulationInput {
        start_block: input.start_block,
        blocks: input.blocks,
        max_epochs_per_block: input.max_epochs_per_block,
        subnets: input.subnets.iter().map(without_mode).collect(),
        triggers: input.triggers.clone(),
        tempo_changes: input.tempo_changes.clone(),
    };
    let with_mode = |(subnet, shared): (&SimulatedSubnet, &base::SimulatedSubnet)| ScheduleState {
        epoch_mode: core_mode(subnet.epoch_mode),
        last_yuma_step_block: subnet.last_yuma_step_block,
        ..state(shared)
    };
    let mut states: Vec<ScheduleState> = input.subnets.iter().zip(&shared.subnets).map(with_mode).collect();
    let log = simulate(Rules::SUBTENSOR_475, &shared, &mut states, |block, states| {
        for &(_, netuid, mode) in input.mode_changes.iter().filter(|change| change.0 == block) {
            each(&shared.subnets, states, netuid, |state| change_mode(state, core_mode(mode)));
        }
    })?;

    let after = |(subnet, state): (&SimulatedSubnet, &ScheduleState)| SimulatedSubnetAfter {
        netuid: subnet.netuid,
        last_epoch_block: state.last_epoch_block,
        pending_epoch_at: state.pending_epoch_at,
        blocks_since_last_step: state.blocks_since_last_step,
        last_mechanism_step_block: state.last_mechanism_step_block,
        epoch_index: state.epoch_index,
        epoch_mode: match state.epoch_mode {
            schedule::EpochMode::Yuma => EpochMode::Yuma,
            schedule::EpochMode::Null => EpochMode::Null,
        },
        last_yuma_step_block: state.last_yuma_step_block,
    };
    Ok(EpochSimulationExpect { log, r#final: input.subnets.iter().zip(&states).map(after).collect() })
}

fn without_mode(subnet: &SimulatedSubnet) -> base::SimulatedSubnet {
    base::SimulatedSubnet {
        netuid: subnet.netuid,
        tempo: subnet.tempo,
        last_epoch_block: subnet.last_epoch_block,
        pending_epoch_at: subnet.pending_epoch_at,
        blocks_since_last_step: subnet.blocks_since_last_step,
        inconsistent_blocks: subnet.inconsistent_blocks,
    }
}

/// The format's mode as core's.
pub(super) fn core_mode(mode: EpochMode) -> schedule::EpochMode {
    match mode {
        EpochMode::Yuma => schedule::EpochMode::Yuma,
        EpochMode::Null => schedule::EpochMode::Null,
    }
}

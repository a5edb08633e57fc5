//! `subtensor-475/schedule.md`: the tighter safety net, the clamped counter, modes.

use crate::model::schedule::{Form, Subnet, change_tempos, final_state, predicates, simulate, starting_state, trigger};
use crate::schema::schedule::{EpochScheduleExpect, EpochScheduleInput, SimulatedSubnet as BaseSubnet};
use crate::schema::subtensor_475::schedule::{
    EpochMode, EpochSimulationExpect, EpochSimulationInput, SimulatedSubnet, SimulatedSubnetAfter,
};

/// The rules of this text: more blocks than the tempo make an epoch due (§3), one more is counted (§4.2.1).
pub(super) const FORM: Form = Form { safety_net: u64::from, most: |tempo| u64::from(tempo) + 1 };

/// Kind `epoch-schedule`: §3.
pub fn epoch_schedule(input: &EpochScheduleInput) -> EpochScheduleExpect {
    predicates(input, FORM)
}

/// Kind `epoch-simulation`: §4, §5.
pub fn epoch_simulation(input: &EpochSimulationInput) -> EpochSimulationExpect {
    let mut subnets: Vec<Subnet> = input.subnets.iter().map(start).collect();
    let blocks = (input.start_block, input.blocks);
    let log = simulate(&mut subnets, blocks, input.max_epochs_per_block, |subnets, block| {
        change_tempos(subnets, block, &input.tempo_changes);
        trigger(subnets, block, &input.triggers);
        change_modes(subnets, block, &input.mode_changes);
    });
    EpochSimulationExpect { log, r#final: subnets.iter().map(end).collect() }
}

/// §5, the state at the start.
fn start(subnet: &SimulatedSubnet) -> Subnet {
    let base = BaseSubnet {
        netuid: subnet.netuid,
        tempo: subnet.tempo,
        last_epoch_block: subnet.last_epoch_block,
        pending_epoch_at: subnet.pending_epoch_at,
        blocks_since_last_step: subnet.blocks_since_last_step,
        inconsistent_blocks: subnet.inconsistent_blocks,
    };
    starting_state(&base, FORM, subnet.epoch_mode, subnet.last_yuma_step_block)
}

/// §4.4, mode changes of the block.
fn change_modes(subnets: &mut [Subnet], block: u64, changes: &[(u64, u16, EpochMode)]) {
    for (_, netuid, mode) in changes.iter().filter(|change| change.0 == block) {
        for subnet in subnets.iter_mut().filter(|subnet| subnet.netuid == *netuid) {
            if (subnet.epoch_mode, *mode) == (EpochMode::Yuma, EpochMode::Null) {
                subnet.last_yuma_step_block.get_or_insert(subnet.last_mechanism_step_block);
            }
            subnet.epoch_mode = *mode;
        }
    }
}

/// §5, the state at the end.
fn end(subnet: &Subnet) -> SimulatedSubnetAfter {
    let base = final_state(subnet);
    SimulatedSubnetAfter {
        netuid: base.netuid,
        last_epoch_block: base.last_epoch_block,
        pending_epoch_at: base.pending_epoch_at,
        blocks_since_last_step: base.blocks_since_last_step,
        last_mechanism_step_block: base.last_mechanism_step_block,
        epoch_index: base.epoch_index,
        epoch_mode: subnet.epoch_mode,
        last_yuma_step_block: subnet.last_yuma_step_block,
    }
}

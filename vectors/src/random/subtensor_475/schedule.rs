//! Inputs of the kinds of `subtensor-475/schedule.md`.

use rand::{Rng, RngExt};

use crate::random::numbers::{near_u64, one_of, rarely};
use crate::random::schedule::{epoch_schedule as base_schedule, epoch_simulation as base_simulation};
use crate::schema::schedule::{EpochScheduleInput, SimulatedSubnet as BaseSubnet};
use crate::schema::subtensor_475::schedule::{EpochMode, EpochSimulationInput, SimulatedSubnet};

/// Kind `epoch-schedule`.
pub fn epoch_schedule(rng: &mut impl Rng) -> EpochScheduleInput {
    base_schedule(rng)
}

/// Kind `epoch-simulation`.
pub fn epoch_simulation(rng: &mut impl Rng) -> EpochSimulationInput {
    let base = base_simulation(rng);
    let start_block = if rarely(rng, 12) { 0 } else { base.start_block };
    let mode_changes = (0..rng.random_range(0..6))
        .map(|_| {
            let block = start_block + rng.random_range(0..=base.blocks);
            let stranger = base.subnets.is_empty() || rarely(rng, 8);
            let netuid = if stranger { 9 } else { base.subnets[rng.random_range(0..base.subnets.len())].netuid };
            (block, netuid, mode(rng))
        })
        .collect();
    let subnets = base.subnets.iter().map(|base| subnet(rng, base, start_block)).collect();
    EpochSimulationInput {
        start_block,
        blocks: base.blocks,
        max_epochs_per_block: base.max_epochs_per_block,
        subnets,
        triggers: base.triggers,
        tempo_changes: base.tempo_changes,
        mode_changes,
    }
}

fn mode(rng: &mut impl Rng) -> EpochMode {
    one_of(rng, &[EpochMode::Yuma, EpochMode::Null])
}

fn subnet(rng: &mut impl Rng, base: &BaseSubnet, start_block: u64) -> SimulatedSubnet {
    let tempo = u64::from(base.tempo);
    let epoch_mode = if rarely(rng, 3) { mode(rng) } else { EpochMode::Yuma };
    let near_start = near_u64(rng, start_block, 20);
    SimulatedSubnet {
        netuid: base.netuid,
        tempo: base.tempo,
        last_epoch_block: base.last_epoch_block,
        pending_epoch_at: base.pending_epoch_at,
        // Counters around the tempo, below and above the clamp.
        blocks_since_last_step: if rng.random() { near_u64(rng, tempo, 2) } else { base.blocks_since_last_step },
        inconsistent_blocks: base.inconsistent_blocks,
        epoch_mode,
        last_yuma_step_block: one_of(rng, &[None, None, Some(0), Some(near_start)]),
    }
}

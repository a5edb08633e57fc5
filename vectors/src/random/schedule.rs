//! Inputs of the kinds of `schedule.md`.

use rand::{Rng, RngExt};

use super::numbers::{any_u16, near_u64, one_of, rarely, spread_u64};
use crate::schema::Decimal;
use crate::schema::schedule::{EpochScheduleInput, EpochSimulationInput, SimulatedSubnet};

/// Kind `epoch-schedule`.
pub fn epoch_schedule(rng: &mut impl Rng) -> EpochScheduleInput {
    let tempo = if rarely(rng, 3) { any_u16(rng) } else { one_of(rng, &[0, 1, 360, 50_400, 65535]) };
    let current_block = if rarely(rng, 4) { spread_u64(rng) } else { rng.random_range(0..200_000) };
    let slot = current_block.saturating_sub(u64::from(tempo));
    let last_epoch_block = if rarely(rng, 6) { spread_u64(rng) } else { near_u64(rng, slot, 12) };
    let pending_epoch_at = match rng.random_range(0..4) {
        0 => spread_u64(rng),
        1 => near_u64(rng, current_block, 2),
        _ => 0,
    };
    let blocks_since_last_step = match rng.random_range(0..4) {
        0 => spread_u64(rng),
        1 => near_u64(rng, 50_400, 1),
        _ => near_u64(rng, u64::from(tempo), 2),
    };
    let epoch_index = spread_u64(rng);
    let reveal_period = if rarely(rng, 4) { spread_u64(rng) } else { rng.random_range(0..4) };
    let commit_epoch = if rarely(rng, 6) { spread_u64(rng) } else { epoch_index.saturating_sub(reveal_period) };
    EpochScheduleInput {
        tempo,
        current_block: Decimal(current_block),
        last_epoch_block: Decimal(last_epoch_block),
        pending_epoch_at: Decimal(pending_epoch_at),
        blocks_since_last_step: Decimal(blocks_since_last_step),
        admin_freeze_window: if rarely(rng, 4) { any_u16(rng) } else { rng.random_range(0..20) },
        activity_cutoff_factor_milli: if rarely(rng, 4) {
            rng.random()
        } else {
            one_of(rng, &[0, 1, 999, 1000, 13_889, 50_000, u32::MAX])
        },
        epoch_index: Decimal(epoch_index),
        commit_epoch: Decimal(near_u64(rng, commit_epoch, 1)),
        reveal_period: Decimal(reveal_period),
    }
}

/// Kind `epoch-simulation`; blocks stay below 2^53, as the format wants.
pub fn epoch_simulation(rng: &mut impl Rng) -> EpochSimulationInput {
    let start_block = rng.random_range(0..100_000);
    let blocks = rng.random_range(0..60);
    let count = rng.random_range(0..6);
    let mut netuids: Vec<u16> = [1, 2, 3, 255, 256, 257].into_iter().take(count).collect();
    if rng.random() {
        netuids.reverse();
    }
    let subnets = netuids.iter().map(|netuid| subnet(rng, *netuid, start_block, blocks)).collect();
    let call = |rng: &mut _| (start_block + within(rng, blocks), netuid_of(rng, &netuids));
    let triggers = (0..within(rng, 4))
        .map(|_| {
            let (block, netuid) = call(rng);
            (block, netuid, if rarely(rng, 4) { 0 } else { near_u64(rng, block, 6) })
        })
        .collect();
    let tempo_changes = (0..within(rng, 4))
        .map(|_| {
            let (block, netuid) = call(rng);
            (block, netuid, tempo(rng))
        })
        .collect();
    EpochSimulationInput {
        start_block,
        blocks,
        max_epochs_per_block: one_of(rng, &[0, 1, 1, 2, 2, 3, 255]),
        subnets,
        triggers,
        tempo_changes,
    }
}

fn within(rng: &mut impl Rng, most: u64) -> u64 {
    rng.random_range(0..=most)
}

/// Of a subnet, or of none.
fn netuid_of(rng: &mut impl Rng, netuids: &[u16]) -> u16 {
    if netuids.is_empty() || rarely(rng, 8) { 9 } else { one_of(rng, netuids) }
}

fn tempo(rng: &mut impl Rng) -> u16 {
    if rarely(rng, 8) { one_of(rng, &[0, 1, 360, 65535]) } else { rng.random_range(1..16) }
}

fn subnet(rng: &mut impl Rng, netuid: u16, start_block: u64, blocks: u64) -> SimulatedSubnet {
    let tempo = tempo(rng);
    let first = start_block + within(rng, blocks);
    let inconsistent_blocks = rarely(rng, 4).then(|| (first, first + within(rng, 20)));
    SimulatedSubnet {
        netuid,
        tempo,
        last_epoch_block: near_u64(rng, start_block, u64::from(tempo)),
        pending_epoch_at: if rarely(rng, 4) { near_u64(rng, start_block, 8) } else { 0 },
        blocks_since_last_step: if rarely(rng, 4) { near_u64(rng, 50_390, 12) } else { within(rng, 16) },
        inconsistent_blocks,
    }
}

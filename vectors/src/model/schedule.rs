//! `schedule.md`: when an epoch runs.

use crate::schema::Decimal;
use crate::schema::schedule::{
    EpochScheduleExpect, EpochScheduleInput, EpochSimulationExpect, EpochSimulationInput, SimulatedBlock,
    SimulatedSubnetAfter,
};

/// §1; also the limit of the safety net of §3.
const MAX_TEMPO: u64 = 50_400;

/// The state of one subnet (§2).
#[derive(Clone)]
struct Subnet {
    netuid: u16,
    tempo: u16,
    last_epoch_block: u64,
    pending_epoch_at: u64,
    blocks_since_last_step: u64,
    last_mechanism_step_block: u64,
    epoch_index: u64,
    inconsistent_blocks: Option<(u64, u64)>,
}

/// Kind `epoch-schedule`: §3.
pub fn epoch_schedule(input: &EpochScheduleInput) -> EpochScheduleExpect {
    let subnet = Subnet {
        netuid: 0,
        tempo: input.tempo,
        last_epoch_block: input.last_epoch_block.0,
        pending_epoch_at: input.pending_epoch_at.0,
        blocks_since_last_step: input.blocks_since_last_step.0,
        last_mechanism_step_block: 0,
        epoch_index: input.epoch_index.0,
        inconsistent_blocks: None,
    };
    let block = input.current_block.0;
    let lookahead = epoch_with_lookahead(&subnet, block);
    let due_epoch = input.commit_epoch.0.saturating_add(input.reveal_period.0);
    EpochScheduleExpect {
        should_run_epoch: due(&subnet, block),
        next_epoch_start_block: next_epoch_start_block(&subnet).map(Decimal),
        blocks_until_next_auto_epoch: Decimal(blocks_until_next_auto_epoch(&subnet, block)),
        in_admin_freeze_window: in_admin_freeze_window(&subnet, block, input.admin_freeze_window),
        activity_cutoff_blocks: Decimal(activity_cutoff_blocks(input.activity_cutoff_factor_milli, input.tempo)),
        epoch_with_lookahead: Decimal(lookahead),
        reveal_now: lookahead == due_epoch,
        commit_expired: lookahead > due_epoch,
    }
}

/// `should_run_epoch` (§3).
fn due(subnet: &Subnet, block: u64) -> bool {
    if subnet.tempo == 0 {
        return false;
    }
    if subnet.pending_epoch_at > 0 && block >= subnet.pending_epoch_at {
        return true;
    }
    if subnet.blocks_since_last_step > MAX_TEMPO {
        return true;
    }
    block.saturating_sub(subnet.last_epoch_block) >= u64::from(subnet.tempo)
}

/// auto (§3).
fn next_auto_epoch(subnet: &Subnet) -> u64 {
    subnet.last_epoch_block.saturating_add(u64::from(subnet.tempo))
}

/// §3.
fn next_epoch_start_block(subnet: &Subnet) -> Option<u64> {
    let auto = next_auto_epoch(subnet);
    match (subnet.tempo, subnet.pending_epoch_at) {
        (0, _) => None,
        (_, 0) => Some(auto),
        (_, pending) => Some(auto.min(pending)),
    }
}

/// §3.
fn blocks_until_next_auto_epoch(subnet: &Subnet, block: u64) -> u64 {
    if subnet.tempo == 0 { u64::MAX } else { next_auto_epoch(subnet).saturating_sub(block) }
}

/// §3.
fn in_admin_freeze_window(subnet: &Subnet, block: u64, window: u16) -> bool {
    if subnet.tempo == 0 {
        return false;
    }
    subnet.pending_epoch_at > block || blocks_until_next_auto_epoch(subnet, block) < u64::from(window)
}

/// §3.
fn activity_cutoff_blocks(factor_milli: u32, tempo: u16) -> u64 {
    (u64::from(factor_milli) * u64::from(tempo) / 1000).max(1)
}

/// §3.
fn epoch_with_lookahead(subnet: &Subnet, block: u64) -> u64 {
    subnet.epoch_index.saturating_add(u64::from(due(subnet, block)))
}

/// Kind `epoch-simulation`: §4, §5.
pub fn epoch_simulation(input: &EpochSimulationInput) -> EpochSimulationExpect {
    let mut subnets = starting_state(input);
    let mut log = Vec::new();
    for offset in 0..input.blocks {
        // Blocks end at 2^64 − 1.
        let Some(block) = input.start_block.checked_add(offset) else { break };
        let entry = step(&mut subnets, block, input.max_epochs_per_block);
        apply_calls(&mut subnets, block, input);
        if [&entry.ran, &entry.deferred, &entry.skipped, &entry.reveal_deferred].iter().any(|list| !list.is_empty()) {
            log.push(entry);
        }
    }
    EpochSimulationExpect { log, r#final: subnets.iter().map(final_state).collect() }
}

/// §5, the state at the start.
fn starting_state(input: &EpochSimulationInput) -> Vec<Subnet> {
    let subnet = |subnet: &crate::schema::schedule::SimulatedSubnet| Subnet {
        netuid: subnet.netuid,
        tempo: subnet.tempo,
        last_epoch_block: subnet.last_epoch_block,
        pending_epoch_at: subnet.pending_epoch_at,
        blocks_since_last_step: subnet.blocks_since_last_step,
        last_mechanism_step_block: 0,
        epoch_index: 0,
        inconsistent_blocks: subnet.inconsistent_blocks,
    };
    input.subnets.iter().map(subnet).collect()
}

/// §4.1 to §4.3.
fn step(subnets: &mut [Subnet], block: u64, cap: u8) -> SimulatedBlock {
    let reveal_deferred = reveal_check(subnets, block, cap);
    let mut entry = main_pass(subnets, block, cap);
    entry.reveal_deferred = reveal_deferred;
    for subnet in subnets.iter_mut().filter(|subnet| entry.ran.contains(&subnet.netuid)) {
        subnet.last_mechanism_step_block = block;
    }
    entry
}

/// §4: no hotkey holds two uids.
fn consistent(subnet: &Subnet, block: u64) -> bool {
    subnet.inconsistent_blocks.is_none_or(|(first, last)| block < first || block > last)
}

/// §4.1.
fn reveal_check(subnets: &[Subnet], block: u64, cap: u8) -> Vec<u16> {
    let mut ran = 0;
    let mut deferred = Vec::new();
    for subnet in subnets.iter().filter(|subnet| due(subnet, block)) {
        if ran >= usize::from(cap) {
            deferred.push(subnet.netuid);
        } else if consistent(subnet, block) {
            ran += 1;
        }
    }
    deferred
}

/// §4.2.
fn main_pass(subnets: &mut [Subnet], block: u64, cap: u8) -> SimulatedBlock {
    let (mut ran, mut deferred, mut skipped) = (Vec::new(), Vec::new(), Vec::new());
    for subnet in subnets {
        subnet.blocks_since_last_step = subnet.blocks_since_last_step.saturating_add(1);
        if !due(subnet, block) {
            continue;
        }
        if ran.len() >= usize::from(cap) {
            subnet.pending_epoch_at = block.saturating_add(1);
            deferred.push(subnet.netuid);
            continue;
        }
        if consistent(subnet, block) {
            subnet.blocks_since_last_step = 0;
            ran.push(subnet.netuid);
        } else {
            skipped.push(subnet.netuid);
        }
        subnet.last_epoch_block = block;
        subnet.pending_epoch_at = 0;
        subnet.epoch_index = subnet.epoch_index.saturating_add(1);
    }
    SimulatedBlock { block, ran, deferred, skipped, reveal_deferred: Vec::new() }
}

/// §4.4.
fn apply_calls(subnets: &mut [Subnet], block: u64, input: &EpochSimulationInput) {
    for (_, netuid, tempo) in input.tempo_changes.iter().filter(|change| change.0 == block) {
        for subnet in subnets.iter_mut().filter(|subnet| subnet.netuid == *netuid) {
            subnet.tempo = *tempo;
            subnet.last_epoch_block = block;
        }
    }
    for (_, netuid, pending) in input.triggers.iter().filter(|trigger| trigger.0 == block) {
        for subnet in subnets.iter_mut().filter(|subnet| subnet.netuid == *netuid) {
            subnet.pending_epoch_at = *pending;
        }
    }
}

/// §5, the state at the end.
fn final_state(subnet: &Subnet) -> SimulatedSubnetAfter {
    SimulatedSubnetAfter {
        netuid: subnet.netuid,
        last_epoch_block: subnet.last_epoch_block,
        pending_epoch_at: subnet.pending_epoch_at,
        blocks_since_last_step: subnet.blocks_since_last_step,
        last_mechanism_step_block: subnet.last_mechanism_step_block,
        epoch_index: subnet.epoch_index,
    }
}

//! `schedule.md`: when an epoch runs.

use crate::schema::Decimal;
use crate::schema::schedule::{
    EpochScheduleExpect, EpochScheduleInput, EpochSimulationExpect, EpochSimulationInput, SimulatedBlock,
    SimulatedSubnet, SimulatedSubnetAfter,
};
use crate::schema::subtensor_475::schedule::EpochMode;

/// §1; also the limit of the safety net of §3.
const MAX_TEMPO: u64 = 50_400;

/// Where the rule sets differ: the blocks since the last step, depending on the tempo.
#[derive(Clone, Copy)]
pub(super) struct Form {
    /// More of them make an epoch due (§3, rule 3 of due).
    pub(super) safety_net: fn(u16) -> u64,
    /// No more of them are counted (§4.2.1).
    pub(super) most: fn(u16) -> u64,
}

/// The rules of this text.
pub(super) const FORM: Form = Form { safety_net: |_| MAX_TEMPO, most: |_| u64::MAX };

/// The state of one subnet (§2). Mode and last Yuma step are of 475; before, every subnet is in Yuma mode.
#[derive(Clone)]
pub(super) struct Subnet {
    pub(super) form: Form,
    pub(super) netuid: u16,
    pub(super) tempo: u16,
    pub(super) last_epoch_block: u64,
    pub(super) pending_epoch_at: u64,
    pub(super) blocks_since_last_step: u64,
    pub(super) last_mechanism_step_block: u64,
    pub(super) epoch_index: u64,
    pub(super) inconsistent_blocks: Option<(u64, u64)>,
    pub(super) epoch_mode: EpochMode,
    pub(super) last_yuma_step_block: Option<u64>,
}

/// Kind `epoch-schedule`.
pub fn epoch_schedule(input: &EpochScheduleInput) -> EpochScheduleExpect {
    predicates(input, FORM)
}

/// §3.
pub(super) fn predicates(input: &EpochScheduleInput, form: Form) -> EpochScheduleExpect {
    let subnet = Subnet {
        form,
        netuid: 0,
        tempo: input.tempo,
        last_epoch_block: input.last_epoch_block.0,
        pending_epoch_at: input.pending_epoch_at.0,
        blocks_since_last_step: input.blocks_since_last_step.0,
        last_mechanism_step_block: 0,
        epoch_index: input.epoch_index.0,
        inconsistent_blocks: None,
        epoch_mode: EpochMode::Yuma,
        last_yuma_step_block: None,
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
    if subnet.blocks_since_last_step > (subnet.form.safety_net)(subnet.tempo) {
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
    let mut subnets: Vec<Subnet> =
        input.subnets.iter().map(|subnet| starting_state(subnet, FORM, EpochMode::Yuma, None)).collect();
    let blocks = (input.start_block, input.blocks);
    let log = simulate(&mut subnets, blocks, input.max_epochs_per_block, |subnets, block| {
        change_tempos(subnets, block, &input.tempo_changes);
        trigger(subnets, block, &input.triggers);
    });
    EpochSimulationExpect { log, r#final: subnets.iter().map(final_state).collect() }
}

/// §5: runs `count` blocks from `first` on and gives the log; `calls` are those of a block.
pub(super) fn simulate(
    subnets: &mut [Subnet],
    (first, count): (u64, u64),
    cap: u8,
    calls: impl Fn(&mut [Subnet], u64),
) -> Vec<SimulatedBlock> {
    let mut log = Vec::new();
    for offset in 0..count {
        // Blocks end at 2^64 − 1.
        let Some(block) = first.checked_add(offset) else { break };
        let entry = step(subnets, block, cap);
        calls(subnets, block);
        if [&entry.ran, &entry.deferred, &entry.skipped, &entry.reveal_deferred].iter().any(|list| !list.is_empty()) {
            log.push(entry);
        }
    }
    log
}

/// §5, the state at the start.
pub(super) fn starting_state(
    subnet: &SimulatedSubnet,
    form: Form,
    epoch_mode: EpochMode,
    last_yuma_step_block: Option<u64>,
) -> Subnet {
    Subnet {
        form,
        netuid: subnet.netuid,
        tempo: subnet.tempo,
        last_epoch_block: subnet.last_epoch_block,
        pending_epoch_at: subnet.pending_epoch_at,
        blocks_since_last_step: subnet.blocks_since_last_step,
        last_mechanism_step_block: 0,
        epoch_index: 0,
        inconsistent_blocks: subnet.inconsistent_blocks,
        epoch_mode,
        last_yuma_step_block,
    }
}

/// §4.1 to §4.3.
pub(super) fn step(subnets: &mut [Subnet], block: u64, max_epochs_per_block: u8) -> SimulatedBlock {
    let cap = cap(subnets, block, max_epochs_per_block);
    let reveal_deferred = reveal_check(subnets, block, cap);
    let mut entry = main_pass(subnets, block, cap);
    entry.reveal_deferred = reveal_deferred;
    for subnet in subnets.iter_mut().filter(|subnet| entry.ran.contains(&subnet.netuid)) {
        subnet.last_mechanism_step_block = block;
        if block > 0 && subnet.epoch_mode == EpochMode::Yuma {
            subnet.last_yuma_step_block = Some(block);
        }
    }
    entry
}

/// The cap of the block: at most 1 where a subnet in Null mode is due (475, §3).
fn cap(subnets: &[Subnet], block: u64, max_epochs_per_block: u8) -> u8 {
    let lowered = subnets.iter().any(|subnet| subnet.epoch_mode == EpochMode::Null && due(subnet, block));
    if lowered { max_epochs_per_block.min(1) } else { max_epochs_per_block }
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
        let most = (subnet.form.most)(subnet.tempo);
        subnet.blocks_since_last_step = subnet.blocks_since_last_step.saturating_add(1).min(most);
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

/// §4.4, tempo changes of the block.
pub(super) fn change_tempos(subnets: &mut [Subnet], block: u64, changes: &[(u64, u16, u16)]) {
    for (_, netuid, tempo) in changes.iter().filter(|change| change.0 == block) {
        for subnet in subnets.iter_mut().filter(|subnet| subnet.netuid == *netuid) {
            subnet.tempo = *tempo;
            subnet.last_epoch_block = block;
        }
    }
}

/// §4.4, triggers of the block.
pub(super) fn trigger(subnets: &mut [Subnet], block: u64, triggers: &[(u64, u16, u64)]) {
    for (_, netuid, pending) in triggers.iter().filter(|trigger| trigger.0 == block) {
        for subnet in subnets.iter_mut().filter(|subnet| subnet.netuid == *netuid) {
            subnet.pending_epoch_at = *pending;
        }
    }
}

/// §5, the state at the end.
pub(super) fn final_state(subnet: &Subnet) -> SimulatedSubnetAfter {
    SimulatedSubnetAfter {
        netuid: subnet.netuid,
        last_epoch_block: subnet.last_epoch_block,
        pending_epoch_at: subnet.pending_epoch_at,
        blocks_since_last_step: subnet.blocks_since_last_step,
        last_mechanism_step_block: subnet.last_mechanism_step_block,
        epoch_index: subnet.epoch_index,
    }
}

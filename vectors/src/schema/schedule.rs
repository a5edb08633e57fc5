//! Kinds of `schedule.md`: `epoch-schedule`, `epoch-simulation`.

use serde::{Deserialize, Serialize};

use super::U64;

/// Input of kind `epoch-schedule` (§3).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EpochScheduleInput {
    /// Blocks.
    pub tempo: u16,
    /// b.
    pub current_block: U64,
    /// Block of the last consumed slot.
    pub last_epoch_block: U64,
    /// Block; 0: none.
    pub pending_epoch_at: U64,
    /// Blocks since the last epoch that ran.
    pub blocks_since_last_step: U64,
    /// Blocks.
    pub admin_freeze_window: u16,
    /// Thousandths of a tempo.
    pub activity_cutoff_factor_milli: u32,
    /// Consumed slots.
    pub epoch_index: U64,
    /// The epoch of a commit.
    pub commit_epoch: U64,
    /// Epochs.
    pub reveal_period: U64,
}

/// Result of kind `epoch-schedule` (§3).
#[allow(clippy::struct_excessive_bools, reason = "the format's fields")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EpochScheduleExpect {
    /// Whether an epoch is due.
    pub should_run_epoch: bool,
    /// Block; null for tempo 0.
    #[serde(deserialize_with = "Option::deserialize")]
    pub next_epoch_start_block: Option<U64>,
    /// Blocks; 2^64 − 1 for tempo 0.
    pub blocks_until_next_auto_epoch: U64,
    /// Whether parameters are frozen.
    pub in_admin_freeze_window: bool,
    /// Blocks.
    pub activity_cutoff_blocks: U64,
    /// The epoch index, one ahead if an epoch is due.
    pub epoch_with_lookahead: U64,
    /// Whether the commit is revealed now.
    pub reveal_now: bool,
    /// Whether the commit can no longer be revealed.
    pub commit_expired: bool,
}

/// Input of kind `epoch-simulation` (§5).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EpochSimulationInput {
    /// The first block.
    pub start_block: u64,
    /// How many blocks.
    pub blocks: u64,
    /// The cap.
    pub max_epochs_per_block: u8,
    /// In visiting order.
    pub subnets: Vec<SimulatedSubnet>,
    /// Block, netuid, the new `pending_epoch_at`; after the block's step.
    pub triggers: Vec<(u64, u16, u64)>,
    /// Block, netuid, the new tempo; after the block's step.
    pub tempo_changes: Vec<(u64, u16, u16)>,
}

/// A subnet before the simulation.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SimulatedSubnet {
    /// The subnet.
    pub netuid: u16,
    /// Blocks.
    pub tempo: u16,
    /// Block of the last consumed slot.
    pub last_epoch_block: u64,
    /// Block; 0: none.
    pub pending_epoch_at: u64,
    /// Blocks since the last epoch that ran.
    pub blocks_since_last_step: u64,
    /// First and last block of the interval in which the subnet is inconsistent.
    #[serde(deserialize_with = "Option::deserialize")]
    pub inconsistent_blocks: Option<(u64, u64)>,
}

/// Result of kind `epoch-simulation` (§5).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EpochSimulationExpect {
    /// Blocks in which something happened.
    pub log: Vec<SimulatedBlock>,
    /// Per subnet, in the order of the input.
    pub r#final: Vec<SimulatedSubnetAfter>,
}

/// What happened in one block; netuids in visiting order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SimulatedBlock {
    /// The block.
    pub block: u64,
    /// Their epoch ran.
    pub ran: Vec<u16>,
    /// Put off to the next block by the cap.
    pub deferred: Vec<u16>,
    /// Slot consumed without an epoch.
    pub skipped: Vec<u16>,
    /// Their time-locked commits wait.
    pub reveal_deferred: Vec<u16>,
}

/// A subnet after the simulation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SimulatedSubnetAfter {
    /// The subnet.
    pub netuid: u16,
    /// Block of the last consumed slot.
    pub last_epoch_block: u64,
    /// Block; 0: none.
    pub pending_epoch_at: u64,
    /// Blocks since the last epoch that ran.
    pub blocks_since_last_step: u64,
    /// Block of the last epoch that ran.
    pub last_mechanism_step_block: u64,
    /// Consumed slots.
    pub epoch_index: u64,
}

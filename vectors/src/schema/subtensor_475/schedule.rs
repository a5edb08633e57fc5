//! Kind of `subtensor-475/schedule.md` whose fields differ: `epoch-simulation`.

use serde::{Deserialize, Serialize};

use crate::schema::schedule::SimulatedBlock;

/// How a subnet's epochs are computed (`epoch.md` §9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EpochMode {
    /// By consensus.
    Yuma,
    /// By one validator, without consensus.
    Null,
}

/// Input of kind `epoch-simulation` (§5).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EpochSimulationInput {
    /// The first block.
    pub start_block: u64,
    /// How many blocks.
    pub blocks: u64,
    /// The cap, where no Null subnet is due.
    pub max_epochs_per_block: u8,
    /// In visiting order.
    pub subnets: Vec<SimulatedSubnet>,
    /// Block, netuid, the new `pending_epoch_at`; after the block's step.
    pub triggers: Vec<(u64, u16, u64)>,
    /// Block, netuid, the new tempo; after the block's step.
    pub tempo_changes: Vec<(u64, u16, u16)>,
    /// Block, netuid, the new mode; after the block's step.
    pub mode_changes: Vec<(u64, u16, EpochMode)>,
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
    /// The mode at the start.
    pub epoch_mode: EpochMode,
    /// Block of the last epoch in Yuma mode.
    #[serde(deserialize_with = "Option::deserialize")]
    pub last_yuma_step_block: Option<u64>,
}

/// Result of kind `epoch-simulation` (§5).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EpochSimulationExpect {
    /// Blocks in which something happened.
    pub log: Vec<SimulatedBlock>,
    /// Per subnet, in the order of the input.
    pub r#final: Vec<SimulatedSubnetAfter>,
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
    /// The mode at the end.
    pub epoch_mode: EpochMode,
    /// Block of the last epoch in Yuma mode.
    #[serde(deserialize_with = "Option::deserialize")]
    pub last_yuma_step_block: Option<u64>,
}

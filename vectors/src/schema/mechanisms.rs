//! Kinds of `mechanisms.md`: `mechanism-index`, `mechanism-split`, `mechanism-aggregate`.

use serde::{Deserialize, Serialize};

use super::{RawUnsigned, U64};

/// Input of kind `mechanism-index` (§2).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MechanismIndexInput {
    /// The subnet.
    pub netuid: u16,
    /// The mechanism.
    pub mecid: u8,
}

/// Result of kind `mechanism-index` (§2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MechanismIndexExpect {
    /// Where the mechanism's values are stored.
    pub storage_index: u16,
    /// The subnet read back from the index.
    pub netuid_of_index: u16,
    /// The mechanism read back from the index.
    pub mecid_of_index: u8,
}

/// Input of kind `mechanism-split` (§3).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MechanismSplitInput {
    /// Rao.
    pub alpha: U64,
    /// k.
    pub mechanism_count: u8,
    /// Shares of 65535, or an even split.
    #[serde(deserialize_with = "Option::deserialize")]
    pub split: Option<Vec<u16>>,
}

/// Result of kind `mechanism-split` (§3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MechanismSplitExpect {
    /// §3.1.
    pub split_accepted_by_setter: bool,
    /// Rao per mechanism (§3.2).
    pub parts: Vec<U64>,
}

/// Input of kind `mechanism-aggregate` (§3 to §5).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MechanismAggregateInput {
    /// Rao.
    pub alpha: U64,
    /// k.
    pub mechanism_count: u8,
    /// Shares of 65535, or an even split.
    #[serde(deserialize_with = "Option::deserialize")]
    pub split: Option<Vec<u16>>,
    /// The terms of each mechanism, in order.
    pub mechanisms: Vec<Vec<MechanismTerm>>,
}

/// What one mechanism's epoch gave one hotkey, or what all of them gave it (§5).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MechanismTerm {
    /// The account.
    pub hotkey: u64,
    /// Its place in the subnet.
    pub uid: u16,
    /// Of 65535.
    pub dividend: u16,
    /// Of 65535.
    pub incentive: u16,
    /// Rao.
    pub validator_emission: U64,
    /// Rao.
    pub server_emission: U64,
    /// Of 65535.
    pub stake_weight: u16,
    /// Whether it set weights lately.
    pub active: bool,
    /// Rao.
    pub emission: U64,
    /// Of 65535.
    pub consensus: u16,
    /// Of 65535.
    pub validator_trust: u16,
    /// Whether it may validate next.
    pub new_validator_permit: bool,
    /// Rao.
    pub stake: U64,
}

/// Result of kind `mechanism-aggregate`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MechanismAggregateExpect {
    /// Rao per mechanism (§3.2).
    pub parts: Vec<U64>,
    /// Raw `U64` per mechanism (§4).
    pub weights: Vec<RawUnsigned>,
    /// The folded terms, hotkeys ascending (§5).
    pub aggregated: Vec<MechanismTerm>,
    /// Hotkey, server emission, validator emission; hotkeys ascending (§5).
    pub hotkey_emission: Vec<(u64, U64, U64)>,
}

//! Kind of `subtensor-475/mechanisms.md` whose fields differ: `mechanism-aggregate`.

use serde::{Deserialize, Serialize};

use super::schedule::EpochMode;
use crate::schema::mechanisms::MechanismTerm;
use crate::schema::{RawUnsigned, U64};

/// Input of kind `mechanism-aggregate` (§3 to §5).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MechanismAggregateInput {
    /// The subnet's mode.
    pub epoch_mode: EpochMode,
    /// S, rao (§3.3).
    pub server: U64,
    /// V, rao (§3.3).
    pub validator: U64,
    /// R, rao (§3.3).
    pub root: U64,
    /// k.
    pub mechanism_count: u8,
    /// Shares of 65535, or an even split.
    #[serde(deserialize_with = "Option::deserialize")]
    pub split: Option<Vec<u16>>,
    /// The terms of each mechanism, in order.
    pub mechanisms: Vec<Vec<MechanismTerm>>,
}

/// Result of kind `mechanism-aggregate`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MechanismAggregateExpect {
    /// Rao per mechanism (§3.3).
    pub parts: Vec<U64>,
    /// Mining, dividend and fallback per mechanism, rao (§3.3); none in Yuma mode.
    #[serde(deserialize_with = "Option::deserialize")]
    pub budgets: Option<Vec<[U64; 3]>>,
    /// Raw `U64` per mechanism (§4).
    pub weights: Vec<RawUnsigned>,
    /// The folded terms, hotkeys ascending (§5).
    pub aggregated: Vec<MechanismTerm>,
    /// Hotkey, server emission, validator emission; hotkeys ascending (§5).
    pub hotkey_emission: Vec<(u64, U64, U64)>,
}

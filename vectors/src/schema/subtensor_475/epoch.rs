//! Kinds of `subtensor-475/epoch.md`: `null-epoch`, `apportion`. The input of the first, and all of `epoch`, are those of
//! [`crate::schema::epoch`].

use serde::{Deserialize, Serialize};

use crate::schema::{Decimal, RawUnsigned, U64};

/// Result of kind `null-epoch` (§7.10).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NullEpochExpect {
    /// The winner alone (§7.3).
    pub validator_permit: Vec<bool>,
    /// Values before rounding.
    pub raw: NullEpochRaw,
    /// Units of alpha (§7.8).
    pub server_emission: Vec<U64>,
    /// Units of alpha (§7.8).
    pub validator_emission: Vec<U64>,
    /// The sum of both (§7.8).
    pub emission: Vec<U64>,
    /// §7.1.
    pub active: Vec<bool>,
    /// S of 65535.
    pub stake_weight: Vec<u16>,
    /// All 0 (§7.9).
    pub consensus: Vec<u16>,
    /// All 0 (§7.9).
    pub validator_trust: Vec<u16>,
    /// I of 65535.
    pub incentive: Vec<u16>,
    /// D of 65535.
    pub dividends: Vec<u16>,
}

/// The values of a Null epoch before rounding, raw `F32`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NullEpochRaw {
    /// S (§7.1).
    pub stake: Vec<Decimal<i64>>,
    /// I (§7.9).
    pub incentive: Vec<Decimal<i64>>,
    /// D (§7.9).
    pub dividends: Vec<Decimal<i64>>,
}

/// Input of kind `apportion` (§8).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ApportionInput {
    /// In order, which matters.
    pub shares: Vec<RawUnsigned>,
    /// Whole units.
    pub budget: U64,
}

/// Result of kind `apportion` (§8).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ApportionExpect {
    /// Whole units per share.
    pub payouts: Vec<U64>,
}

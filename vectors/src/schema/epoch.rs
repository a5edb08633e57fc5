//! Kinds of `epoch.md`: `epoch`, `epoch-error`; and the input of `null-epoch`.

use serde::{Deserialize, Deserializer, Serialize};

use super::{Decimal, Matrix, RawSigned, U64};

/// Input of the kinds `epoch` (§2) and `null-epoch`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EpochInput {
    /// Number of neurons.
    pub n: u16,
    /// The block of this epoch.
    pub current_block: U64,
    /// Blocks; read only when no epoch ran yet (§3.J).
    pub tempo: U64,
    /// Blocks (§3.A).
    pub activity_cutoff: U64,
    /// Block of the epoch before; 0: none ran yet (§3.J).
    pub last_step_block: U64,
    /// Majority, of 65535 (§3.F).
    pub kappa: u16,
    /// ρ, of 65535 (§3.I).
    pub bonds_penalty: u16,
    /// Millionths (§3.K); may exceed 10^6.
    pub bonds_moving_average: U64,
    /// Yuma 3 instead of Yuma 2 (§3.K′).
    pub yuma3: bool,
    /// Liquid alpha (§4); acts only in Yuma 3.
    pub liquid_alpha: bool,
    /// Whether `commit_block` is read (§3.E).
    pub commit_reveal: bool,
    /// Lower bound of alpha, of 65535 (§4).
    pub alpha_low: u16,
    /// Upper bound of alpha, of 65535 (§4).
    pub alpha_high: u16,
    /// Hundredths (§4).
    pub alpha_sigmoid_steepness: i16,
    /// How many permits are given (§3.C).
    pub max_allowed_validators: u16,
    /// Rao (§3.B).
    pub stake_threshold: U64,
    /// The subnet owner; may lie beyond the neurons.
    #[serde(deserialize_with = "Option::deserialize")]
    pub owner_uid: Option<u16>,
    /// Rao to be paid (§3.L).
    pub rao_emission: U64,
    /// Raw `F64` per uid: total stake weight.
    pub stake: Vec<RawSigned>,
    /// Block per uid.
    pub last_update: Vec<U64>,
    /// Block per uid.
    pub block_at_registration: Vec<U64>,
    /// Permits before this epoch, per uid.
    pub validator_permit: Vec<bool>,
    /// Earliest active commit per uid, 2^64 − 1: none; null: none for every uid.
    #[serde(deserialize_with = "Option::deserialize")]
    pub commit_block: Option<Vec<U64>>,
    /// Row = validator, column = miner.
    pub weights: Matrix<u16>,
    /// As the epoch before stored them.
    pub bonds: Matrix<u16>,
    /// Which consensus liquid alpha reads (`subtensor-475/epoch.md` §2, as all that follows); not given: auto.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consensus_mode: Option<ConsensusMode>,
    /// Of 65535, any length: as the mechanism's epoch before stored it; empty: none is stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_consensus: Option<Vec<u16>>,
    /// Block of the subnet's last epoch in Yuma mode; null: none, and so where it is not given.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    // Not given, as in the files of 425, and null are written differently.
    pub last_yuma_step_block: Option<Option<U64>>,
    /// For the miners of a Null epoch, rao (§7.11).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mining_budget: Option<U64>,
    /// For the dividends of a Null epoch, rao.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dividend_budget: Option<U64>,
    /// For the miners of a Null epoch where nobody has stake, rao.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback_budget: Option<U64>,
}

/// Which consensus liquid alpha reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ConsensusMode {
    /// This epoch's.
    Current,
    /// The one the epoch before stored.
    Previous,
    /// The stored one where the bonds penalty is 65535, else this epoch's.
    Auto,
}

/// Null is a value where the field is given.
#[expect(clippy::option_option, reason = "see `EpochInput::last_yuma_step_block`")]
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<U64>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Result of kind `epoch`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EpochExpect {
    /// Values before rounding.
    pub raw: EpochRaw,
    /// Rao (§3.L).
    pub server_emission: Vec<U64>,
    /// Rao (§3.L).
    pub validator_emission: Vec<U64>,
    /// Rao, rounded by itself (§3.L).
    pub emission: Vec<U64>,
    /// Of 65535; only rows of uids with a new permit (§3.M).
    pub bonds: Matrix<u16>,
    /// §3.A.
    pub active: Vec<bool>,
    /// The new permits (§3.C).
    pub validator_permit: Vec<bool>,
    /// S of 65535.
    pub stake_weight: Vec<u16>,
    /// C of 65535.
    pub consensus: Vec<u16>,
    /// VT of 65535.
    pub validator_trust: Vec<u16>,
    /// I of 65535.
    pub incentive: Vec<u16>,
    /// D of 65535.
    pub dividends: Vec<u16>,
}

/// The values of an epoch before rounding, raw `F32`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EpochRaw {
    /// S (§3.B).
    pub stake: Vec<Decimal<i64>>,
    /// A (§3.D).
    pub active_stake: Vec<Decimal<i64>>,
    /// C (§3.F).
    pub consensus: Vec<Decimal<i64>>,
    /// VT (§3.G).
    pub validator_trust: Vec<Decimal<i64>>,
    /// I (§3.H).
    pub incentive: Vec<Decimal<i64>>,
    /// E of every uid (§3.K, K′).
    pub ema_bonds: Matrix<Decimal<i64>>,
    /// D (§3.K, K′).
    pub dividends: Vec<Decimal<i64>>,
}

/// Result of kind `epoch-error`: how a malformed input is refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EpochErrorExpect {
    /// What is wrong.
    pub code: String,
    /// The field.
    pub field: String,
    /// Where in the field; null where it has no positions.
    pub index: Option<u64>,
}

//! Kinds of canonical bytes (`core/src/digest/format.md`): `digest`, `digest-error`. The input of the first is that of
//! [`crate::schema::epoch`]: with budgets it is a Null epoch.

use serde::{Deserialize, Serialize};

use super::U64;
use super::submission::Hex;

/// Result of kind `digest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DigestExpect {
    /// The input's canonical bytes.
    pub input_bytes: Hex<Vec<u8>>,
    /// Their SHA-256.
    pub input_digest: Hex<[u8; 32]>,
    /// The canonical bytes of what the epoch gives.
    pub outcome_bytes: Hex<Vec<u8>>,
    /// Their SHA-256.
    pub outcome_digest: Hex<[u8; 32]>,
}

/// Input of kind `digest-error`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DigestErrorInput {
    /// What the bytes are decoded as.
    pub content: Content,
    /// Bytes that are not canonical, or of something that is refused.
    pub bytes: Hex<Vec<u8>>,
}

/// What canonical bytes are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Content {
    /// An epoch's input.
    Input,
    /// An epoch's outcome.
    Outcome,
}

/// Result of kind `digest-error`: core's error.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DigestErrorExpect {
    /// What is wrong.
    pub code: String,
    /// The field.
    pub field: String,
    /// Where: for `not_canonical` the offset of the value.
    pub index: U64,
    /// The bound that was broken.
    pub limit: U64,
}

//! Kinds of `submission.md`: `weights-upscale`, `weights-max-limited`, `weights-set`, `weights-commit-hash`.

use std::fmt::Write as _;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::U64;

/// Input of kind `weights-upscale` (§2, §3).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WeightsUpscaleInput {
    /// The weights as submitted.
    pub values: Vec<u16>,
}

/// Result of kind `weights-upscale` (§2, §3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WeightsUpscaleExpect {
    /// §2.
    pub max_upscaled: Vec<u16>,
    /// §3.
    pub sum_normalized: Vec<u16>,
}

/// Input of kind `weights-max-limited` (§4).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WeightsMaxLimitedInput {
    /// Not normalised.
    pub values: Vec<u16>,
    /// Of 65535.
    pub limit: u16,
}

/// Result of kind `weights-max-limited` (§4).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WeightsMaxLimitedExpect {
    /// Whether no weight's share exceeds the limit.
    pub within_limit: bool,
}

/// Input of kind `weights-set` (§5). Subnet 1 exists, and root, and no other.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WeightsSetInput {
    /// The subnet.
    pub netuid: u16,
    /// The mechanism.
    pub mecid: u8,
    /// k of subnet 1.
    pub mechanism_count: u8,
    /// Number of neurons.
    pub n: u16,
    /// Whether the caller has a uid.
    pub caller_registered: bool,
    /// The caller's uid; ignored if not registered.
    pub uid: u16,
    /// The subnet owner's uid.
    #[serde(deserialize_with = "Option::deserialize")]
    pub owner_uid: Option<u16>,
    /// Per uid; missing ones have no permit.
    pub validator_permit: Vec<bool>,
    /// The submitted uids.
    pub uids: Vec<u16>,
    /// The submitted weights.
    pub values: Vec<u16>,
    /// The caller's version.
    pub version_key: U64,
    /// The version asked for; 0: any.
    pub network_version_key: U64,
    /// Rao, the caller's stake on the subnet.
    pub alpha_stake: U64,
    /// Rao, the caller's stake on root.
    pub root_stake: U64,
    /// Of 2^64 − 1.
    pub tao_weight: U64,
    /// Rao.
    pub stake_threshold: U64,
    /// The least number of weights.
    pub min_allowed_weights: u16,
    /// Whether this call reveals a commit (§5.2).
    pub commit_reveal_enabled: bool,
    /// Block; 0: never.
    pub last_update: U64,
    /// Blocks.
    pub rate_limit: U64,
    /// The block of the call.
    pub current_block: U64,
}

/// Result of kind `weights-set` (§5).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WeightsSetExpect {
    /// Success, or the first rule that failed.
    pub result: WeightsSetResult,
    /// The stored row in submitted order; null on error.
    #[serde(deserialize_with = "Option::deserialize")]
    pub weights: Option<Vec<(u16, u16)>>,
    /// Its value afterwards.
    pub last_update: U64,
}

/// How setting weights ended (§5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum WeightsSetResult {
    /// The row is stored.
    #[serde(rename = "ok")]
    Ok,
    /// Rule 1.
    CanNotSetRootNetworkWeights,
    /// Rule 2.
    WeightVecNotEqualSize,
    /// Rule 3.
    MechanismDoesNotExist,
    /// Rule 4.
    UidsLengthExceedUidsInSubNet,
    /// Rule 5.
    HotKeyNotRegisteredInSubNet,
    /// Rule 6.
    NotEnoughStakeToSetWeights,
    /// Rule 7.
    IncorrectWeightVersionKey,
    /// Rule 8.
    SettingWeightsTooFast,
    /// Rule 9.
    NeuronNoValidatorPermit,
    /// Rule 10.
    DuplicateUids,
    /// Rule 11.
    UidVecContainInvalidOne,
    /// Rule 12.
    WeightVecLengthIsLow,
    /// Rule 13.
    MaxWeightExceeded,
}

/// Input of kind `weights-commit-hash` (§6).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WeightsCommitHashInput {
    /// The committer's account.
    pub account: Hex<[u8; 32]>,
    /// The subnet.
    pub netuid: u16,
    /// The mechanism.
    pub mecid: u8,
    /// As submitted.
    pub uids: Vec<u16>,
    /// As submitted.
    pub values: Vec<u16>,
    /// The committer's secret.
    pub salt: Vec<u16>,
    /// The committer's version.
    pub version_key: U64,
}

/// Result of kind `weights-commit-hash` (§6).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WeightsCommitHashExpect {
    /// `mechanisms.md` §2.
    pub storage_index: u16,
    /// The bytes hashed.
    pub preimage: Hex<Vec<u8>>,
    /// `BLAKE2b` with 32 bytes of output.
    pub hash: Hex<[u8; 32]>,
}

/// Bytes written as lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hex<B>(pub B);

impl<B: AsRef<[u8]>> Serialize for Hex<B> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes = self.0.as_ref();
        let mut text = String::with_capacity(bytes.len() * 2);
        for byte in bytes {
            write!(text, "{byte:02x}").expect("a string takes all text");
        }
        serializer.serialize_str(&text)
    }
}

impl<'de, B: TryFrom<Vec<u8>>> Deserialize<'de> for Hex<B> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes =
            bytes_of(&text).ok_or_else(|| D::Error::custom("not an even number of lower-case hexadecimal digits"))?;
        let length = bytes.len();
        bytes.try_into().map(Self).map_err(|_| D::Error::custom(format!("invalid length {length} bytes")))
    }
}

fn bytes_of(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text
        .bytes()
        .map(|digit| match digit {
            b'0'..=b'9' => Some(digit - b'0'),
            b'a'..=b'f' => Some(digit - b'a' + 10),
            _ => None,
        })
        .collect::<Option<_>>()?;
    let pairs = digits.chunks_exact(2);
    pairs.remainder().is_empty().then(|| pairs.map(|pair| pair[0] * 16 + pair[1]).collect())
}

//! The checks of a call that sets weights (spec `submission.md` §5).

use core::fmt;

use super::upscale::{largest, share_within, sum, upscaled};
use crate::distribution::{Stake, stake_weight};
use crate::fixed::TAO_WEIGHT;

/// The weight limit of every subnet on the chain: none.
const NO_LIMIT: u16 = 65535;

/// The weights that a caller wants to set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeightsRequest<'a> {
    /// The subnet.
    pub netuid: u16,
    /// The mechanism.
    pub mecid: u8,
    /// Whom the weights are for.
    pub uids: &'a [u16],
    /// The weight of each uid, in any scale.
    pub values: &'a [u16],
    /// The version of the caller's program.
    pub version_key: u64,
}

/// What the chain knows about the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WeightsCaller {
    /// Its uid, if it is registered on the subnet.
    pub uid: Option<u16>,
    /// Its inherited stake on the subnet and on root.
    pub stake: Stake,
    /// The block in which it last set weights of this mechanism; 0: never.
    pub last_update: u64,
}

/// What the chain knows about the subnet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeightsSubnet<'a> {
    /// How many mechanisms it has; nothing if the subnet does not exist.
    pub mechanism_count: Option<u8>,
    /// How many neurons it has: uids 0 to n − 1.
    pub n: u16,
    /// Its owner's uid.
    pub owner_uid: Option<u16>,
    /// By uid; those left out at the end have no permit.
    pub validator_permit: &'a [bool],
    /// What a rao of TAO on root counts against one of alpha, of 2^64 − 1.
    pub tao_weight: u64,
    /// The least stake of a caller, in rao.
    pub stake_threshold: u64,
    /// The least version key; 0: any.
    pub network_version_key: u64,
    /// The least number of weights, lowered to n.
    pub min_allowed_weights: u16,
    /// The largest share of one weight, of 65535; 65535: no limit, as everywhere on the chain.
    pub max_weight_limit: u16,
    /// Whether weights are committed first. Then this call reveals them, and rate limit and last update are the
    /// commit's (§5.2). Calls that set weights directly are refused by the chain before all of these rules.
    pub commit_reveal_enabled: bool,
    /// Blocks between two calls.
    pub rate_limit: u64,
    /// The block of the call.
    pub current_block: u64,
}

impl WeightsSubnet<'_> {
    /// The chain's defaults (§1), for a subnet of one mechanism on which nobody is registered yet.
    pub const CHAIN_DEFAULT: Self = Self {
        mechanism_count: Some(1),
        n: 0,
        owner_uid: None,
        validator_permit: &[],
        tao_weight: TAO_WEIGHT,
        stake_threshold: 0,
        network_version_key: 0,
        min_allowed_weights: 1024,
        max_weight_limit: NO_LIMIT,
        commit_reveal_enabled: false,
        rate_limit: 100,
        current_block: 0,
    };
}

/// Weights that passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AcceptedWeights<'a> {
    uids: &'a [u16],
    values: &'a [u16],
    last_update: u64,
}

impl<'a> AcceptedWeights<'a> {
    /// The row that replaces the caller's old one: uid and weight, the largest 65535, in the order submitted.
    pub fn row(&self) -> impl ExactSizeIterator<Item = (u16, u16)> + use<'a> {
        let largest = largest(self.values);
        self.uids.iter().zip(self.values).map(move |(&uid, &value)| (uid, upscaled(value, largest)))
    }

    /// The caller's last update from now on.
    pub fn last_update(&self) -> u64 {
        self.last_update
    }
}

/// Why the chain refuses weights: the first rule of §5 that fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubmissionError {
    /// Rule 1: the subnet is root.
    CanNotSetRootNetworkWeights,
    /// Rule 2: not as many values as uids.
    WeightVecNotEqualSize,
    /// Rule 3: no such subnet, or it has no such mechanism.
    MechanismDoesNotExist,
    /// Rule 4: more uids than neurons.
    UidsLengthExceedUidsInSubNet,
    /// Rule 5: the caller is not registered.
    HotKeyNotRegisteredInSubNet,
    /// Rule 6: the caller has too little stake.
    NotEnoughStakeToSetWeights,
    /// Rule 7: the version key is too old.
    IncorrectWeightVersionKey,
    /// Rule 8: too few blocks since the last call.
    SettingWeightsTooFast,
    /// Rule 9: the caller may not validate.
    NeuronNoValidatorPermit,
    /// Rule 10: a uid occurs twice.
    DuplicateUids,
    /// Rule 11: a uid does not exist.
    UidVecContainInvalidOne,
    /// Rule 12: too few weights.
    WeightVecLengthIsLow,
    /// Rule 13: one weight is too large a part.
    MaxWeightExceeded,
}

impl SubmissionError {
    /// The chain's name of the error.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CanNotSetRootNetworkWeights => "CanNotSetRootNetworkWeights",
            Self::WeightVecNotEqualSize => "WeightVecNotEqualSize",
            Self::MechanismDoesNotExist => "MechanismDoesNotExist",
            Self::UidsLengthExceedUidsInSubNet => "UidsLengthExceedUidsInSubNet",
            Self::HotKeyNotRegisteredInSubNet => "HotKeyNotRegisteredInSubNet",
            Self::NotEnoughStakeToSetWeights => "NotEnoughStakeToSetWeights",
            Self::IncorrectWeightVersionKey => "IncorrectWeightVersionKey",
            Self::SettingWeightsTooFast => "SettingWeightsTooFast",
            Self::NeuronNoValidatorPermit => "NeuronNoValidatorPermit",
            Self::DuplicateUids => "DuplicateUids",
            Self::UidVecContainInvalidOne => "UidVecContainInvalidOne",
            Self::WeightVecLengthIsLow => "WeightVecLengthIsLow",
            Self::MaxWeightExceeded => "MaxWeightExceeded",
        }
    }
}

impl fmt::Display for SubmissionError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl core::error::Error for SubmissionError {}

/// Checks weights as the chain does, rule by rule in its order (§5).
///
/// # Errors
/// The first rule that fails.
///
/// ```
/// use yuma_core::distribution::Stake;
/// use yuma_core::submission::{SubmissionError, WeightsCaller, WeightsRequest, WeightsSubnet, validate_weights};
/// let subnet = WeightsSubnet {
///     n: 3,
///     validator_permit: &[true],
///     min_allowed_weights: 1,
///     current_block: 5000,
///     ..WeightsSubnet::CHAIN_DEFAULT
/// };
/// let caller = WeightsCaller { uid: Some(0), stake: Stake { alpha: 1000, root: 0 }, last_update: 4900 };
/// let request = WeightsRequest { netuid: 1, mecid: 0, uids: &[2, 1], values: &[10, 20], version_key: 0 };
///
/// let accepted = validate_weights(&request, &caller, &subnet)?;
/// assert_eq!(accepted.row().collect::<Vec<_>>(), [(2, 32768), (1, 65535)]);
/// assert_eq!(accepted.last_update(), 5000);
///
/// let stranger = WeightsCaller { uid: None, ..caller };
/// let refused = validate_weights(&request, &stranger, &subnet);
/// assert_eq!(refused, Err(SubmissionError::HotKeyNotRegisteredInSubNet));
/// # Ok::<(), SubmissionError>(())
/// ```
pub fn validate_weights<'a>(
    request: &WeightsRequest<'a>,
    caller: &WeightsCaller,
    subnet: &WeightsSubnet<'_>,
) -> Result<AcceptedWeights<'a>, SubmissionError> {
    use SubmissionError as Rule;
    let &WeightsRequest { netuid, mecid, uids, values, version_key } = request;
    let &WeightsSubnet { n, current_block, commit_reveal_enabled, .. } = subnet;

    require(netuid != 0, Rule::CanNotSetRootNetworkWeights)?;
    require(uids.len() == values.len(), Rule::WeightVecNotEqualSize)?;
    require(subnet.mechanism_count.is_some_and(|count| mecid < count), Rule::MechanismDoesNotExist)?;
    require(uids.len() <= usize::from(n), Rule::UidsLengthExceedUidsInSubNet)?;
    let own_uid = caller.uid.ok_or(Rule::HotKeyNotRegisteredInSubNet)?;

    let is_owner = subnet.owner_uid == Some(own_uid);
    let stake = stake_weight(caller.stake, subnet.tao_weight).total;
    require(is_owner || stake >= subnet.stake_threshold, Rule::NotEnoughStakeToSetWeights)?;
    require(version_key >= subnet.network_version_key, Rule::IncorrectWeightVersionKey)?;
    let rested = caller.last_update == 0 || current_block.saturating_sub(caller.last_update) >= subnet.rate_limit;
    require(commit_reveal_enabled || rested, Rule::SettingWeightsTooFast)?;

    let is_self_weight = values.len() == 1 && uids.first() == Some(&own_uid);
    let has_permit = subnet.validator_permit.get(usize::from(own_uid)) == Some(&true);
    require(is_self_weight || is_owner || has_permit, Rule::NeuronNoValidatorPermit)?;
    require(!has_duplicates(uids), Rule::DuplicateUids)?;
    require(uids.iter().all(|&uid| uid < n), Rule::UidVecContainInvalidOne)?;
    let enough = values.len() >= usize::from(n.min(subnet.min_allowed_weights));
    require(is_self_weight || enough, Rule::WeightVecLengthIsLow)?;
    let within = subnet.max_weight_limit == NO_LIMIT || upscaled_within(values, subnet.max_weight_limit);
    require(is_self_weight || within, Rule::MaxWeightExceeded)?;

    let last_update = if commit_reveal_enabled { caller.last_update } else { current_block };
    Ok(AcceptedWeights { uids, values, last_update })
}

fn require(holds: bool, rule: SubmissionError) -> Result<(), SubmissionError> {
    if holds { Ok(()) } else { Err(rule) }
}

/// Whether the weights, scaled, keep the limit of §4.
fn upscaled_within(values: &[u16], limit: u16) -> bool {
    let largest = largest(values);
    let upscaled = |value| upscaled(value, largest);
    share_within(upscaled(largest), sum(values.iter().map(|&value| upscaled(value))), limit)
}

/// Whether a uid occurs twice. One pass for every 4096 uids up to the largest, because a set of so many fits a small
/// device's stack: 512 bytes.
fn has_duplicates(uids: &[u16]) -> bool {
    let last = largest(uids) >> 12;
    (0..=last).any(|block| {
        let mut seen = [0_u64; 64];
        uids.iter().filter(|&uid| uid >> 12 == block).any(|uid| {
            let bit = 1 << (uid & 63);
            let Some(word) = seen.get_mut(usize::from((uid & 4095) >> 6)) else { return false };
            let before = *word;
            *word |= bit;
            before & bit != 0
        })
    })
}

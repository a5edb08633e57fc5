//! What a validator's weights pass on their way into storage (spec `submission.md`).

use core::ffi::{CStr, c_char};

use yuma_core::submission::{self, SubmissionError, WeightsCaller, WeightsCommit, WeightsRequest, WeightsSubnet};

use crate::border::{Border, growing};
use crate::distribution::yuma_stake;
use crate::numbers::{flag, maybe, maybe_u16};
use crate::rules::YUMA_NONE;
use crate::status::{Refusal, yuma_error, yuma_status};

/// Whether the chain takes weights, or the first rule that refuses them.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum yuma_submission {
    /// The weights are stored.
    #[default]
    Accepted = 0,
    /// The subnet is root.
    CanNotSetRootNetworkWeights = 1,
    /// Not as many values as uids.
    WeightVecNotEqualSize = 2,
    /// No such subnet, or it has no such mechanism.
    MechanismDoesNotExist = 3,
    /// More uids than neurons.
    UidsLengthExceedUidsInSubNet = 4,
    /// The caller is not registered.
    HotKeyNotRegisteredInSubNet = 5,
    /// The caller has too little stake.
    NotEnoughStakeToSetWeights = 6,
    /// The version key is too old.
    IncorrectWeightVersionKey = 7,
    /// Too few blocks since the last call.
    SettingWeightsTooFast = 8,
    /// The caller may not validate.
    NeuronNoValidatorPermit = 9,
    /// A uid occurs twice.
    DuplicateUids = 10,
    /// A uid does not exist.
    UidVecContainInvalidOne = 11,
    /// Too few weights.
    WeightVecLengthIsLow = 12,
    /// One weight is too large a part.
    MaxWeightExceeded = 13,
}

/// The weights that a caller wants to set, and who it is. Start from `yuma_weights_request_init`.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct yuma_weights_request {
    /// `sizeof(yuma_weights_request)`.
    pub size: usize,
    /// Whom the weights are for: `uid_count` elements.
    pub uids: *const u16,
    /// How many uids there are.
    pub uid_count: usize,
    /// The weight of each uid, in any scale: `value_count` elements.
    pub values: *const u16,
    /// How many values there are. The chain refuses another number than that of uids.
    pub value_count: usize,
    /// The version of the caller's program.
    pub version_key: u64,
    /// The caller's inherited stake on the subnet and on root, in rao.
    pub stake: yuma_stake,
    /// The block in which the caller last set weights of this mechanism; 0: never.
    pub last_update: u64,
    /// The caller's uid, or `YUMA_NONE` if it is not registered on the subnet.
    pub caller_uid: i32,
    /// The subnet.
    pub netuid: u16,
    /// The mechanism.
    pub mecid: u8,
    /// 0.
    pub reserved: u8,
}

/// What the chain knows about the subnet. Start from `yuma_weights_subnet_init`.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct yuma_weights_subnet {
    /// `sizeof(yuma_weights_subnet)`.
    pub size: usize,
    /// How many mechanisms it has, or `YUMA_NONE` if the subnet does not exist.
    pub mechanism_count: i32,
    /// Its owner's uid, or `YUMA_NONE`.
    pub owner_uid: i32,
    /// Flags by uid; those left out at the end have no permit.
    pub validator_permit: *const u8,
    /// How many permits are given.
    pub validator_permit_count: usize,
    /// What a rao of TAO on root counts against one of alpha, of 2^64 - 1.
    pub tao_weight: u64,
    /// The least stake of a caller, in rao.
    pub stake_threshold: u64,
    /// The least version key; 0: any.
    pub network_version_key: u64,
    /// Blocks between two calls.
    pub rate_limit: u64,
    /// The block of the call.
    pub current_block: u64,
    /// How many neurons it has: uids 0 to n - 1.
    pub n: u16,
    /// The least number of weights, lowered to n.
    pub min_allowed_weights: u16,
    /// The largest share of one weight, of 65535; 65535: no limit, as everywhere on the chain.
    pub max_weight_limit: u16,
    /// Flag: whether weights are committed first. Then this call reveals them, and rate limit and last update are the
    /// commit's.
    pub commit_reveal_enabled: u8,
    /// 0.
    pub reserved: u8,
}

/// The chain's answer to weights.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_weights_answer {
    /// Whether they are taken.
    pub result: yuma_submission,
    /// The caller's last update from now on; as before if they are refused.
    pub last_update: u64,
}

/// What a commit hash covers. The lists are hashed as they are: unchecked, unsorted, not scaled. Start from
/// `yuma_weights_commit_init`.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct yuma_weights_commit {
    /// `sizeof(yuma_weights_commit)`.
    pub size: usize,
    /// The committing hotkey.
    pub account: [u8; 32],
    /// The uids that will be revealed: `uid_count` elements.
    pub uids: *const u16,
    /// How many uids there are.
    pub uid_count: usize,
    /// The weights that will be revealed: `value_count` elements.
    pub values: *const u16,
    /// How many values there are.
    pub value_count: usize,
    /// The secret that keeps the weights from being guessed: `salt_count` elements.
    pub salt: *const u16,
    /// How long the salt is.
    pub salt_count: usize,
    /// The version key that will be revealed.
    pub version_key: u64,
    /// The subnet.
    pub netuid: u16,
    /// The mechanism.
    pub mecid: u8,
    /// 0.
    pub reserved: [u8; 5],
}

growing!(yuma_weights_request, yuma_weights_subnet, yuma_weights_commit);

/// A request of nobody's for no weights.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_weights_request_init(
    request: *mut yuma_weights_request,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    let empty = yuma_weights_request {
        size: size_of::<yuma_weights_request>(),
        uids: core::ptr::null(),
        uid_count: 0,
        values: core::ptr::null(),
        value_count: 0,
        version_key: 0,
        stake: yuma_stake::default(),
        last_update: 0,
        caller_uid: YUMA_NONE,
        netuid: 0,
        mecid: 0,
        reserved: 0,
    };
    border.answer(error, || border.start("request", request, empty))
}

/// The chain's defaults, for a subnet of one mechanism on which nobody is registered yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_weights_subnet_init(
    subnet: *mut yuma_weights_subnet,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    let default = WeightsSubnet::CHAIN_DEFAULT;
    let default = yuma_weights_subnet {
        size: size_of::<yuma_weights_subnet>(),
        mechanism_count: default.mechanism_count.map_or(YUMA_NONE, i32::from),
        owner_uid: default.owner_uid.map_or(YUMA_NONE, i32::from),
        validator_permit: core::ptr::null(),
        validator_permit_count: 0,
        tao_weight: default.tao_weight,
        stake_threshold: default.stake_threshold,
        network_version_key: default.network_version_key,
        rate_limit: default.rate_limit,
        current_block: default.current_block,
        n: default.n,
        min_allowed_weights: default.min_allowed_weights,
        max_weight_limit: default.max_weight_limit,
        commit_reveal_enabled: default.commit_reveal_enabled.into(),
        reserved: 0,
    };
    border.answer(error, || border.start("subnet", subnet, default))
}

/// A commit to nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_weights_commit_init(
    commit: *mut yuma_weights_commit,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    let empty = yuma_weights_commit {
        size: size_of::<yuma_weights_commit>(),
        account: [0; 32],
        uids: core::ptr::null(),
        uid_count: 0,
        values: core::ptr::null(),
        value_count: 0,
        salt: core::ptr::null(),
        salt_count: 0,
        version_key: 0,
        netuid: 0,
        mecid: 0,
        reserved: [0; 5],
    };
    border.answer(error, || border.start("commit", commit, empty))
}

/// The chain's name of a refusal, for example `DuplicateUids`; `ok` for `YUMA_SUBMISSION_ACCEPTED`, `unknown` for any other
/// number. The text is static.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_submission_name(result: u32) -> *const c_char {
    let names: [&CStr; 14] = [
        c"ok",
        c"CanNotSetRootNetworkWeights",
        c"WeightVecNotEqualSize",
        c"MechanismDoesNotExist",
        c"UidsLengthExceedUidsInSubNet",
        c"HotKeyNotRegisteredInSubNet",
        c"NotEnoughStakeToSetWeights",
        c"IncorrectWeightVersionKey",
        c"SettingWeightsTooFast",
        c"NeuronNoValidatorPermit",
        c"DuplicateUids",
        c"UidVecContainInvalidOne",
        c"WeightVecLengthIsLow",
        c"MaxWeightExceeded",
    ];
    let name = usize::try_from(result).ok().and_then(|result| names.get(result).copied());
    name.unwrap_or(c"unknown").as_ptr()
}

/// Checks weights as the chain does, rule by rule in its order. A refusal by the chain is an answer, not an error.
///
/// `row` receives the weights to store, the largest 65535, one for each uid of the request and in that order; room for
/// `value_count` elements; it is 0 after a refusal. NULL: not wanted.
///
/// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `FLAG`; `RANGE` of `caller_uid`, `owner_uid` or `mechanism_count`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_validate_weights(
    answer: *mut yuma_weights_answer,
    row: *mut u16,
    request: *const yuma_weights_request,
    subnet: *const yuma_weights_subnet,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let answer = border.output("answer", answer)?;
        let given = border.grown("request", request)?;
        let subnet = border.grown("subnet", subnet)?.read(&border)?;
        let row = if row.is_null() { &mut [] } else { border.out_slice("row", row, given.value_count)? };
        let request = WeightsRequest {
            netuid: given.netuid,
            mecid: given.mecid,
            uids: border.slice("uids", given.uids, given.uid_count)?,
            values: border.slice("values", given.values, given.value_count)?,
            version_key: given.version_key,
        };
        let caller = WeightsCaller {
            uid: maybe_u16("caller_uid", 0, given.caller_uid)?,
            stake: given.stake.into(),
            last_update: given.last_update,
        };
        *answer = match submission::validate_weights(&request, &caller, &subnet) {
            Ok(accepted) => {
                for (to, (_, value)) in row.iter_mut().zip(accepted.row()) {
                    *to = value;
                }
                yuma_weights_answer { result: yuma_submission::Accepted, last_update: accepted.last_update() }
            }
            Err(refusal) => yuma_weights_answer { result: refusal.into(), last_update: given.last_update },
        };
        Ok(())
    })
}

/// Scales `count` weights in place so that the largest becomes 65535; all zeros stay.
///
/// Errors: `NULL`, `ALIGNMENT`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_max_upscale(values: *mut u16, count: usize, error: *mut yuma_error) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        submission::max_upscale(border.slice_mut("values", values, count)?);
        Ok(())
    })
}

/// Scales `count` weights in place so that they sum to 65535, but for what the floors lose; all zeros stay.
///
/// Errors: `NULL`, `ALIGNMENT`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_sum_normalize(values: *mut u16, count: usize, error: *mut yuma_error) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        submission::sum_normalize(border.slice_mut("values", values, count)?);
        Ok(())
    })
}

/// Whether the largest weight's share of all is at most `limit` of 65535: the flag `within`. True without any weight above 0.
///
/// Errors: `NULL`, `ALIGNMENT`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_max_weight_within(
    within: *mut u8,
    values: *const u16,
    count: usize,
    limit: u16,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let within = border.output("within", within)?;
        *within = submission::max_weight_within(border.slice("values", values, count)?, limit).into();
        Ok(())
    })
}

/// The commit hash, 32 bytes: `BLAKE2b` over what `yuma_weights_commit_preimage` gives.
///
/// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `RANGE` for a list of 2^30 elements or more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_weights_commit_hash(
    hash: *mut u8,
    commit: *const yuma_weights_commit,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let hash = border.out_slice("hash", hash, 32)?;
        let commit = border.grown("commit", commit)?;
        let digest = submission::weights_commit_hash(&commit.read(&border)?)?;
        for (to, byte) in hash.iter_mut().zip(digest) {
            *to = byte;
        }
        Ok(())
    })
}

/// The bytes that `yuma_weights_commit_hash` hashes: account, storage index, the three lists, each after its length, and
/// the version key; integers little-endian. `length` receives how many they are, in any case.
///
/// Errors: as `yuma_weights_commit_hash`; `TOO_SMALL` of `preimage` with less room than that. NULL with a `capacity` of 0 to
/// learn the length.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_weights_commit_preimage(
    length: *mut usize,
    preimage: *mut u8,
    capacity: usize,
    commit: *const yuma_weights_commit,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let length = border.output("length", length)?;
        let commit = border.grown("commit", commit)?.read(&border)?;
        submission::commit_preimage(&commit, |bytes| *length = length.saturating_add(bytes.len()))?;
        if capacity < *length {
            return Err(Refusal::new(yuma_status::TooSmall, "preimage", capacity, *length));
        }
        let mut next = border.out_slice("preimage", preimage, *length)?.iter_mut();
        submission::commit_preimage(&commit, |bytes| {
            for (&byte, to) in bytes.iter().zip(next.by_ref()) {
                *to = byte;
            }
        })?;
        Ok(())
    })
}

impl yuma_weights_subnet {
    fn read<'b>(&self, border: &'b Border) -> Result<WeightsSubnet<'b>, Refusal> {
        Ok(WeightsSubnet {
            mechanism_count: maybe("mechanism_count", 0, self.mechanism_count, u8::MAX.into())?,
            n: self.n,
            owner_uid: maybe_u16("owner_uid", 0, self.owner_uid)?,
            validator_permit: border.flags("validator_permit", self.validator_permit, self.validator_permit_count)?,
            tao_weight: self.tao_weight,
            stake_threshold: self.stake_threshold,
            network_version_key: self.network_version_key,
            min_allowed_weights: self.min_allowed_weights,
            max_weight_limit: self.max_weight_limit,
            commit_reveal_enabled: flag("commit_reveal_enabled", 0, self.commit_reveal_enabled)?,
            rate_limit: self.rate_limit,
            current_block: self.current_block,
        })
    }
}

impl yuma_weights_commit {
    fn read<'b>(&'b self, border: &'b Border) -> Result<WeightsCommit<'b>, Refusal> {
        Ok(WeightsCommit {
            account: &self.account,
            netuid: self.netuid,
            mecid: self.mecid,
            uids: border.slice("uids", self.uids, self.uid_count)?,
            values: border.slice("values", self.values, self.value_count)?,
            salt: border.slice("salt", self.salt, self.salt_count)?,
            version_key: self.version_key,
        })
    }
}

impl From<SubmissionError> for yuma_submission {
    fn from(refusal: SubmissionError) -> Self {
        use SubmissionError as Rule;
        match refusal {
            Rule::CanNotSetRootNetworkWeights => Self::CanNotSetRootNetworkWeights,
            Rule::WeightVecNotEqualSize => Self::WeightVecNotEqualSize,
            Rule::MechanismDoesNotExist => Self::MechanismDoesNotExist,
            Rule::UidsLengthExceedUidsInSubNet => Self::UidsLengthExceedUidsInSubNet,
            Rule::HotKeyNotRegisteredInSubNet => Self::HotKeyNotRegisteredInSubNet,
            Rule::NotEnoughStakeToSetWeights => Self::NotEnoughStakeToSetWeights,
            Rule::IncorrectWeightVersionKey => Self::IncorrectWeightVersionKey,
            Rule::SettingWeightsTooFast => Self::SettingWeightsTooFast,
            Rule::NeuronNoValidatorPermit => Self::NeuronNoValidatorPermit,
            Rule::DuplicateUids => Self::DuplicateUids,
            Rule::UidVecContainInvalidOne => Self::UidVecContainInvalidOne,
            Rule::WeightVecLengthIsLow => Self::WeightVecLengthIsLow,
            Rule::MaxWeightExceeded => Self::MaxWeightExceeded,
        }
    }
}

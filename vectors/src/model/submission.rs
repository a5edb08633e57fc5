//! `submission.md`: what a validator's weights become on the way into storage.

use std::collections::BTreeSet;

use blake2::{Blake2b256, Digest};
use substrate_fixed::types::{I32F32, I64F64, U96F32};

use super::mechanisms::storage_index;
use super::numbers::safe_div;
use crate::schema::submission::{
    Hex, WeightsCommitHashExpect, WeightsCommitHashInput, WeightsMaxLimitedExpect, WeightsMaxLimitedInput,
    WeightsSetExpect, WeightsSetInput, WeightsSetResult, WeightsUpscaleExpect, WeightsUpscaleInput,
};

/// §1: of every subnet.
const MAX_WEIGHT_LIMIT: u16 = 65535;

/// Kind `weights-upscale`: §2, §3.
pub fn weights_upscale(input: &WeightsUpscaleInput) -> WeightsUpscaleExpect {
    WeightsUpscaleExpect { max_upscaled: max_upscale(&input.values), sum_normalized: sum_normalize(&input.values) }
}

/// Max-upscale (§2).
pub fn max_upscale(values: &[u16]) -> Vec<u16> {
    let Some(largest) = values.iter().copied().max().filter(|largest| *largest != 0) else {
        return values.to_vec();
    };
    let whole = I32F32::from_num(65535);
    let divisor = I32F32::from_num(largest);
    let ratio = safe_div(whole, divisor);
    let upscale = |value: &u16| {
        let value = I32F32::from_num(*value);
        let scaled =
            if largest <= 32768 { safe_div(value.saturating_mul(whole), divisor) } else { value.saturating_mul(ratio) };
        scaled.saturating_round().saturating_to_num()
    };
    values.iter().map(upscale).collect()
}

/// Sum normalisation (§3).
pub fn sum_normalize(values: &[u16]) -> Vec<u16> {
    let sum: u64 = values.iter().map(|value| u64::from(*value)).sum();
    let normalize = |value: &u16| match (u64::from(*value) * 65535).checked_div(sum) {
        None => *value,
        Some(share) => u16::try_from(share).unwrap_or(u16::MAX),
    };
    values.iter().map(normalize).collect()
}

/// Kind `weights-max-limited`: §4.
pub fn weights_max_limited(input: &WeightsMaxLimitedInput) -> WeightsMaxLimitedExpect {
    WeightsMaxLimitedExpect { within_limit: max_weight_within(&input.values, input.limit) }
}

/// Maximum-weight limit (§4).
pub fn max_weight_within(values: &[u16], limit: u16) -> bool {
    let values: Vec<_> = values.iter().map(|value| I32F32::from_num(*value)).collect();
    let sum = values.iter().fold(I32F32::from_num(0), |sum, value| sum.wrapping_add(*value));
    if sum == 0 {
        return true;
    }
    let bound = safe_div(I32F32::from_num(limit), I32F32::from_num(65535));
    values.iter().map(|value| safe_div(*value, sum)).max().is_none_or(|largest| largest <= bound)
}

/// Kind `weights-set`: §5.
pub fn weights_set(input: &WeightsSetInput) -> WeightsSetExpect {
    if let Some(error) = first_failure(input) {
        return WeightsSetExpect { result: error, weights: None, last_update: input.last_update };
    }
    let row = input.uids.iter().copied().zip(max_upscale(&input.values)).collect();
    let last_update = if input.commit_reveal_enabled { input.last_update } else { input.current_block };
    WeightsSetExpect { result: WeightsSetResult::Ok, weights: Some(row), last_update }
}

/// The first rule of §5 that fails.
fn first_failure(input: &WeightsSetInput) -> Option<WeightsSetResult> {
    let self_weight = input.values.len() == 1 && input.uids.first() == Some(&input.uid);
    let owner = input.owner_uid == Some(input.uid);
    let permit = input.validator_permit.get(usize::from(input.uid)).copied().unwrap_or_default();
    let distinct: BTreeSet<_> = input.uids.iter().collect();
    let too_fast = !input.commit_reveal_enabled
        && input.last_update.0 != 0
        && input.current_block.0.saturating_sub(input.last_update.0) < input.rate_limit.0;
    let old_version = input.network_version_key.0 != 0 && input.version_key.0 < input.network_version_key.0;
    let subnet_exists = input.netuid == 1;

    let rules = [
        (input.netuid == 0, WeightsSetResult::CanNotSetRootNetworkWeights),
        (input.uids.len() != input.values.len(), WeightsSetResult::WeightVecNotEqualSize),
        (!subnet_exists || input.mecid >= input.mechanism_count, WeightsSetResult::MechanismDoesNotExist),
        (input.uids.len() > usize::from(input.n), WeightsSetResult::UidsLengthExceedUidsInSubNet),
        (!input.caller_registered, WeightsSetResult::HotKeyNotRegisteredInSubNet),
        (!owner && !enough_stake(input), WeightsSetResult::NotEnoughStakeToSetWeights),
        (old_version, WeightsSetResult::IncorrectWeightVersionKey),
        (too_fast, WeightsSetResult::SettingWeightsTooFast),
        (!self_weight && !owner && !permit, WeightsSetResult::NeuronNoValidatorPermit),
        (distinct.len() != input.uids.len(), WeightsSetResult::DuplicateUids),
        (input.uids.iter().any(|uid| *uid >= input.n), WeightsSetResult::UidVecContainInvalidOne),
        (
            !self_weight && input.values.len() < usize::from(input.n.min(input.min_allowed_weights)),
            WeightsSetResult::WeightVecLengthIsLow,
        ),
        (
            !self_weight
                && MAX_WEIGHT_LIMIT != 65535
                && !max_weight_within(&max_upscale(&input.values), MAX_WEIGHT_LIMIT),
            WeightsSetResult::MaxWeightExceeded,
        ),
    ];
    rules.into_iter().find_map(|(fails, error)| fails.then_some(error))
}

/// §5.1.
fn enough_stake(input: &WeightsSetInput) -> bool {
    let proportion = safe_div(U96F32::from_num(input.tao_weight.0), U96F32::from_num(u64::MAX));
    let root = I64F64::saturating_from_num(input.root_stake.0).saturating_mul(I64F64::saturating_from_num(proportion));
    let stake = I64F64::saturating_from_num(input.alpha_stake.0).saturating_add(root);
    // The threshold is whole, so the floor compares like the stake; `substrate-fixed` compares with 2^63 and more wrongly.
    stake.saturating_to_num::<i128>() >= i128::from(input.stake_threshold.0)
}

/// Kind `weights-commit-hash`: §6.
pub fn weights_commit_hash(input: &WeightsCommitHashInput) -> WeightsCommitHashExpect {
    let index = storage_index(input.netuid, input.mecid);
    let mut preimage = input.account.0.to_vec();
    preimage.extend(index.to_le_bytes());
    for list in [&input.uids, &input.values, &input.salt] {
        preimage.extend(compact(list.len()));
        preimage.extend(list.iter().flat_map(|value| value.to_le_bytes()));
    }
    preimage.extend(input.version_key.0.to_le_bytes());
    WeightsCommitHashExpect {
        storage_index: index,
        hash: Hex(Blake2b256::digest(&preimage).into()),
        preimage: Hex(preimage),
    }
}

/// compact(L) (§6).
fn compact(length: usize) -> Vec<u8> {
    // Lists of 2^30 entries and more cannot be submitted: any answer does.
    let length = u32::try_from(length).unwrap_or(u32::MAX).min((1 << 30) - 1);
    match length {
        0..0x40 => (4 * length).to_le_bytes()[..1].to_vec(),
        0x40..0x4000 => (4 * length + 1).to_le_bytes()[..2].to_vec(),
        _ => (4 * length + 2).to_le_bytes().to_vec(),
    }
}

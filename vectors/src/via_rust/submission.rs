//! Kinds of `submission.md`.

use yuma_core::distribution::Stake;
use yuma_core::mechanisms::mechanism_storage_index;
use yuma_core::submission::{
    SubmissionError, WeightsCaller, WeightsCommit, WeightsRequest, WeightsSubnet, commit_preimage, max_upscale,
    max_weight_within, sum_normalize, validate_weights, weights_commit_hash as commit_hash,
};

use crate::schema::submission::{
    Hex, WeightsCommitHashExpect, WeightsCommitHashInput, WeightsMaxLimitedExpect, WeightsMaxLimitedInput,
    WeightsSetExpect, WeightsSetInput, WeightsSetResult, WeightsUpscaleExpect, WeightsUpscaleInput,
};
use crate::schema::{Decimal, Failure};

/// The only subnet of a case besides root.
const NETUID: u16 = 1;

/// Kind `weights-upscale`.
///
/// # Errors
/// None.
pub fn weights_upscale(input: &WeightsUpscaleInput) -> Result<WeightsUpscaleExpect, Failure> {
    let (mut max_upscaled, mut sum_normalized) = (input.values.clone(), input.values.clone());
    max_upscale(&mut max_upscaled);
    sum_normalize(&mut sum_normalized);
    Ok(WeightsUpscaleExpect { max_upscaled, sum_normalized })
}

/// Kind `weights-max-limited`.
///
/// # Errors
/// None.
pub fn weights_max_limited(input: &WeightsMaxLimitedInput) -> Result<WeightsMaxLimitedExpect, Failure> {
    Ok(WeightsMaxLimitedExpect { within_limit: max_weight_within(&input.values, input.limit) })
}

/// Kind `weights-set`.
///
/// # Errors
/// None: a refusal by the chain is a result.
pub fn weights_set(input: &WeightsSetInput) -> Result<WeightsSetExpect, Failure> {
    let request = WeightsRequest {
        netuid: input.netuid,
        mecid: input.mecid,
        uids: &input.uids,
        values: &input.values,
        version_key: input.version_key.0,
    };
    let caller = WeightsCaller {
        uid: input.caller_registered.then_some(input.uid),
        stake: Stake { alpha: input.alpha_stake.0, root: input.root_stake.0 },
        last_update: input.last_update.0,
    };
    let subnet = WeightsSubnet {
        mechanism_count: (input.netuid == NETUID).then_some(input.mechanism_count),
        n: input.n,
        owner_uid: input.owner_uid,
        validator_permit: &input.validator_permit,
        tao_weight: input.tao_weight.0,
        stake_threshold: input.stake_threshold.0,
        network_version_key: input.network_version_key.0,
        min_allowed_weights: input.min_allowed_weights,
        max_weight_limit: 65535,
        commit_reveal_enabled: input.commit_reveal_enabled,
        rate_limit: input.rate_limit.0,
        current_block: input.current_block.0,
    };
    Ok(match validate_weights(&request, &caller, &subnet) {
        Ok(accepted) => WeightsSetExpect {
            result: WeightsSetResult::Ok,
            weights: Some(accepted.row().collect()),
            last_update: Decimal(accepted.last_update()),
        },
        Err(refusal) => WeightsSetExpect { result: refused(refusal), weights: None, last_update: input.last_update },
    })
}

fn refused(refusal: SubmissionError) -> WeightsSetResult {
    let name = serde_json::Value::from(refusal.name());
    serde_json::from_value(name).expect("the chain's names are the format's")
}

/// Kind `weights-commit-hash`.
///
/// # Errors
/// As [`commit_preimage`].
pub fn weights_commit_hash(input: &WeightsCommitHashInput) -> Result<WeightsCommitHashExpect, Failure> {
    let commit = WeightsCommit {
        account: &input.account.0,
        netuid: input.netuid,
        mecid: input.mecid,
        uids: &input.uids,
        values: &input.values,
        salt: &input.salt,
        version_key: input.version_key.0,
    };
    let mut preimage = Vec::new();
    commit_preimage(&commit, |bytes| preimage.extend_from_slice(bytes)).map_err(super::refused)?;
    Ok(WeightsCommitHashExpect {
        storage_index: mechanism_storage_index(input.netuid, input.mecid),
        preimage: Hex(preimage),
        hash: Hex(commit_hash(&commit).map_err(super::refused)?),
    })
}

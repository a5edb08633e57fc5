//! Setting weights.

use wasm_bindgen::JsValue;
use yuma_core::distribution::Stake;
use yuma_core::submission::{self as core, WeightsCaller, WeightsCommit, WeightsRequest, WeightsSubnet};

use crate::door::{self, Answer, Fields, integer, refuse, refused};

pub fn max_upscale(values: &JsValue) -> Answer<Vec<u16>> {
    let mut scaled = door::integers(values, "values")?;
    core::max_upscale(&mut scaled);
    Ok(scaled)
}

pub fn sum_normalize(values: &JsValue) -> Answer<Vec<u16>> {
    let mut scaled = door::integers(values, "values")?;
    core::sum_normalize(&mut scaled);
    Ok(scaled)
}

pub fn max_weight_within(values: &JsValue, limit: &JsValue) -> Answer<bool> {
    Ok(core::max_weight_within(&door::integers::<u16>(values, "values")?, integer(limit, "limit")?))
}

/// The stored row and the caller's last update, from all that a call depends on.
pub fn validate_weights(call: &JsValue) -> Answer<(Vec<u16>, Vec<u16>, u64)> {
    let fields = Fields::of(call);
    let (uids, values) = (fields.integers::<u16>("uids")?, fields.integers::<u16>("values")?);
    let validator_permit = door::flags(&fields.get("validator_permit")?, "validator_permit")?;
    let request = WeightsRequest {
        netuid: fields.integer("netuid")?,
        mecid: fields.integer("mecid")?,
        uids: &uids,
        values: &values,
        version_key: fields.integer("version_key")?,
    };
    let caller = WeightsCaller {
        uid: fields.optional("caller_uid")?,
        stake: Stake { alpha: fields.integer("alpha_stake")?, root: fields.integer("root_stake")? },
        last_update: fields.integer("last_update")?,
    };
    let subnet = WeightsSubnet {
        mechanism_count: fields.optional("mechanism_count")?,
        n: fields.integer("n")?,
        owner_uid: fields.optional("owner_uid")?,
        validator_permit: &validator_permit,
        tao_weight: fields.integer("tao_weight")?,
        stake_threshold: fields.integer("stake_threshold")?,
        network_version_key: fields.integer("network_version_key")?,
        min_allowed_weights: fields.integer("min_allowed_weights")?,
        max_weight_limit: fields.integer("max_weight_limit")?,
        commit_reveal_enabled: fields.flag("commit_reveal_enabled")?,
        rate_limit: fields.integer("rate_limit")?,
        current_block: fields.integer("current_block")?,
    };
    let accepted = core::validate_weights(&request, &caller, &subnet)
        .map_err(|refusal| refuse("refused", "weights".into(), JsValue::NULL, refusal.name()))?;
    let (uids, values): (Vec<u16>, Vec<u16>) = accepted.row().unzip();
    Ok((uids, values, accepted.last_update()))
}

/// The bytes that are hashed, and the hash.
pub fn weights_commit(call: &JsValue) -> Answer<(Vec<u8>, Vec<u8>)> {
    let fields = Fields::of(call);
    let account = door::bytes::<32>(&fields.get("account")?, "account")?;
    let [uids, values, salt] = ["uids", "values", "salt"].map(|field| fields.integers::<u16>(field));
    let (uids, values, salt) = (uids?, values?, salt?);
    let commit = WeightsCommit {
        account: &account,
        netuid: fields.integer("netuid")?,
        mecid: fields.integer("mecid")?,
        uids: &uids,
        values: &values,
        salt: &salt,
        version_key: fields.integer("version_key")?,
    };
    let mut preimage = Vec::new();
    core::commit_preimage(&commit, |bytes| preimage.extend_from_slice(bytes)).map_err(refused)?;
    let hash = core::weights_commit_hash(&commit).map_err(refused)?;
    Ok((preimage, hash.to_vec()))
}

//! Setting weights.

use yuma_core::submission::{self as core, WeightsCaller, WeightsCommit, WeightsRequest, WeightsSubnet};

use crate::door::{Answer, Given, Refusal, functions, record};

record! {
    WeightsCaller { uid, stake, last_update }
}

functions! {
    max_upscale(values: Vec<_>) => {
        core::max_upscale(&mut values);
        values
    };
    sum_normalize(values: Vec<_>) => {
        core::sum_normalize(&mut values);
        values
    };
    max_weight_within(values: Vec<_>, limit) => core::max_weight_within(&values, limit);
    validate_weights => validate_weights;
    weights_commit => weights_commit;
}

/// The stored row and the caller's last update, from all that a call depends on.
fn validate_weights(given: &mut Given<'_>, answer: &mut Answer) -> Result<(), Refusal> {
    let (uids, values, validator_permit): (Vec<_>, Vec<_>, Vec<_>) = given.read();
    let request = WeightsRequest {
        netuid: given.read(),
        mecid: given.read(),
        uids: &uids,
        values: &values,
        version_key: given.read(),
    };
    let caller = given.read();
    let subnet = WeightsSubnet {
        mechanism_count: given.read(),
        n: given.read(),
        owner_uid: given.read(),
        validator_permit: &validator_permit,
        tao_weight: given.read(),
        stake_threshold: given.read(),
        network_version_key: given.read(),
        min_allowed_weights: given.read(),
        max_weight_limit: given.read(),
        commit_reveal_enabled: given.read(),
        rate_limit: given.read(),
        current_block: given.read(),
    };
    let accepted = core::validate_weights(&request, &caller, &subnet)?;
    let (uids, values): (Vec<u16>, Vec<u16>) = accepted.row().unzip();
    answer.write(&(uids, values, accepted.last_update()));
    Ok(())
}

/// The bytes that are hashed, and the hash.
fn weights_commit(given: &mut Given<'_>, answer: &mut Answer) -> Result<(), Refusal> {
    let (account, uids, values, salt): (_, Vec<_>, Vec<_>, Vec<_>) = given.read();
    let commit = WeightsCommit {
        account: &account,
        uids: &uids,
        values: &values,
        salt: &salt,
        netuid: given.read(),
        mecid: given.read(),
        version_key: given.read(),
    };
    let mut preimage = Vec::new();
    core::commit_preimage(&commit, |bytes| preimage.extend_from_slice(bytes))?;
    let hash = core::weights_commit_hash(&commit)?;
    answer.write(&(preimage, hash.as_slice()));
    Ok(())
}

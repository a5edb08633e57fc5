//! Setting weights.

use numpy::{IntoPyArray, PyArray1};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use yuma_core::distribution::Stake;
use yuma_core::submission::{self as core, WeightsCaller, WeightsCommit, WeightsRequest, WeightsSubnet};

use crate::add_functions;
use crate::door::{self, Fields, integer, refuse, refused};

type U16Array<'py> = Bound<'py, PyArray1<u16>>;

#[pyfunction]
fn max_upscale<'py>(values: &Bound<'py, PyAny>) -> PyResult<U16Array<'py>> {
    let mut scaled = door::integers(values, "values")?;
    core::max_upscale(&mut scaled);
    Ok(scaled.into_pyarray(values.py()))
}

#[pyfunction]
fn sum_normalize<'py>(values: &Bound<'py, PyAny>) -> PyResult<U16Array<'py>> {
    let mut scaled = door::integers(values, "values")?;
    core::sum_normalize(&mut scaled);
    Ok(scaled.into_pyarray(values.py()))
}

#[pyfunction]
fn max_weight_within(values: &Bound<'_, PyAny>, limit: &Bound<'_, PyAny>) -> PyResult<bool> {
    Ok(core::max_weight_within(&door::integers::<u16>(values, "values")?, integer(limit, "limit")?))
}

/// The stored row and the caller's last update, from all that a call depends on.
#[pyfunction]
fn validate_weights<'py>(call: &Bound<'py, PyAny>) -> PyResult<(U16Array<'py>, U16Array<'py>, u64)> {
    let (py, fields) = (call.py(), Fields::of(call));
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
        .map_err(|refusal| refuse(py, "refused", "weights".into(), None, refusal.name()))?;
    let (uids, values): (Vec<u16>, Vec<u16>) = accepted.row().unzip();
    Ok((uids.into_pyarray(py), values.into_pyarray(py), accepted.last_update()))
}

/// The bytes that are hashed, and the hash.
#[pyfunction]
fn weights_commit<'py>(call: &Bound<'py, PyAny>) -> PyResult<(Bound<'py, PyBytes>, Bound<'py, PyBytes>)> {
    let (py, fields) = (call.py(), Fields::of(call));
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
    core::commit_preimage(&commit, |bytes| preimage.extend_from_slice(bytes)).map_err(|error| refused(py, error))?;
    let hash = core::weights_commit_hash(&commit).map_err(|error| refused(py, error))?;
    Ok((PyBytes::new(py, &preimage), PyBytes::new(py, &hash)))
}

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    add_functions!(module: max_upscale, sum_normalize, max_weight_within, validate_weights, weights_commit);
    Ok(())
}

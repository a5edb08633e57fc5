//! The epoch's stages one by one, over arrays of raw bits.

use numpy::{IntoPyArray, PyArray1};
use pyo3::prelude::*;
use yuma_core::epoch::{self as core, Columns, ConsensusMemory, LiquidAlpha, WeightMask};
use yuma_core::fixed::I32F32;
use yuma_core::rows::{RowsMut, Scatter};

use crate::add_functions;
use crate::door::{self, integer, optional, refused, wrong_length};
use crate::epoch::{Arrays, Csr, arrays, lists, stakes};

type Raw<'py> = Bound<'py, PyArray1<i64>>;

/// Refuses a list of more neurons than a subnet can have.
fn check_neurons(py: Python<'_>, field: &'static str, neurons: usize) -> PyResult<()> {
    let most = usize::from(u16::MAX);
    if neurons > most { Err(wrong_length(py, field, neurons, most)) } else { Ok(()) }
}

/// A list of I32F32 by their raw bits, one per neuron.
fn shares(value: &Bound<'_, PyAny>, field: &'static str) -> PyResult<Vec<I32F32>> {
    let bits = door::integers(value, field)?;
    check_neurons(value.py(), field, bits.len())?;
    Ok(bits.into_iter().map(I32F32::from_bits).collect())
}

/// The same, with a length that another list gives.
fn shares_of(value: &Bound<'_, PyAny>, field: &'static str, n: usize) -> PyResult<Vec<I32F32>> {
    let shares = shares(value, field)?;
    if shares.len() == n { Ok(shares) } else { Err(wrong_length(value.py(), field, shares.len(), n)) }
}

fn flags_of(value: &Bound<'_, PyAny>, field: &'static str, n: usize) -> PyResult<Vec<bool>> {
    let flags = door::flags(value, field)?;
    if flags.len() == n { Ok(flags) } else { Err(wrong_length(value.py(), field, flags.len(), n)) }
}

fn blocks_of(value: &Bound<'_, PyAny>, field: &'static str, n: usize) -> PyResult<Vec<u64>> {
    let blocks = door::integers(value, field)?;
    if blocks.len() == n { Ok(blocks) } else { Err(wrong_length(value.py(), field, blocks.len(), n)) }
}

fn bits<'py>(py: Python<'py>, shares: &[I32F32]) -> Raw<'py> {
    shares.iter().map(|share| share.to_bits()).collect::<Vec<_>>().into_pyarray(py)
}

/// Weights as raw bits, with as many rows as there are neurons.
fn weights_of(value: &Bound<'_, PyAny>, n: usize) -> PyResult<Csr<i64>> {
    let rows = Csr::read(value, "weights")?;
    let count = rows.rows().map_err(|error| refused(value.py(), error))?.count();
    if count == n { Ok(rows) } else { Err(wrong_length(value.py(), "weights", count, n)) }
}

fn fixed(values: &[i64]) -> Vec<I32F32> {
    values.iter().copied().map(I32F32::from_bits).collect()
}

#[pyfunction]
fn stage_activity<'py>(
    last_update: &Bound<'py, PyAny>,
    activity_cutoff: &Bound<'py, PyAny>,
    current_block: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyArray1<bool>>> {
    let last_update: Vec<u64> = door::integers(last_update, "last_update")?;
    let cutoff = integer(activity_cutoff, "activity_cutoff")?;
    let block = integer(current_block, "current_block")?;
    let active: Vec<bool> = last_update.iter().map(|&update| core::activity(update, cutoff, block)).collect();
    Ok(active.into_pyarray(current_block.py()))
}

#[pyfunction]
fn stage_normalized_stake<'py>(
    stake: &Bound<'py, PyAny>,
    owner_uid: &Bound<'py, PyAny>,
    stake_threshold: &Bound<'py, PyAny>,
) -> PyResult<Raw<'py>> {
    let stake_values = stakes(stake)?;
    check_neurons(stake.py(), "stake", stake_values.len())?;
    let mut weights = vec![I32F32::ZERO; stake_values.len()];
    let threshold = integer(stake_threshold, "stake_threshold")?;
    core::normalized_stake(&stake_values, optional(owner_uid, "owner_uid")?, threshold, &mut weights);
    Ok(bits(stake.py(), &weights))
}

#[pyfunction]
fn stage_permits<'py>(
    stake_weight_raw: &Bound<'py, PyAny>,
    max_allowed_validators: &Bound<'py, PyAny>,
    owner_uid: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyArray1<bool>>> {
    let stake = shares(stake_weight_raw, "stake_weight_raw")?;
    let mut permits = vec![false; stake.len()];
    let most = integer(max_allowed_validators, "max_allowed_validators")?;
    core::permits(&stake, most, optional(owner_uid, "owner_uid")?, &mut permits);
    Ok(permits.into_pyarray(stake_weight_raw.py()))
}

#[pyfunction]
fn stage_active_stake<'py>(
    stake_weight_raw: &Bound<'py, PyAny>,
    active: &Bound<'py, PyAny>,
    validator_permit: &Bound<'py, PyAny>,
    owner_uid: &Bound<'py, PyAny>,
) -> PyResult<Raw<'py>> {
    let stake = shares(stake_weight_raw, "stake_weight_raw")?;
    let active = flags_of(active, "active", stake.len())?;
    let permits = flags_of(validator_permit, "validator_permit", stake.len())?;
    let mut active_stake = vec![I32F32::ZERO; stake.len()];
    core::active_stake(&stake, &active, &permits, optional(owner_uid, "owner_uid")?, &mut active_stake);
    Ok(bits(stake_weight_raw.py(), &active_stake))
}

#[pyfunction]
fn stage_masked_weights<'py>(
    weights: &Bound<'py, PyAny>,
    validator_permit: &Bound<'py, PyAny>,
    owner_uid: &Bound<'py, PyAny>,
    last_update: &Bound<'py, PyAny>,
    block_at_registration: &Bound<'py, PyAny>,
    commit_block: &Bound<'py, PyAny>,
) -> PyResult<Arrays<'py, i64>> {
    let py = weights.py();
    let rows = Csr::<u16>::read(weights, "weights")?;
    let permits = door::flags(validator_permit, "validator_permit")?;
    let n = permits.len();
    let last_update = blocks_of(last_update, "last_update", n)?;
    let registered = blocks_of(block_at_registration, "block_at_registration", n)?;
    let committed = if commit_block.is_none() { None } else { Some(blocks_of(commit_block, "commit_block", n)?) };
    let count = u16::try_from(n).map_err(|_| wrong_length(py, "validator_permit", n, usize::from(u16::MAX)))?;
    let mask = WeightMask {
        validator_permit: &permits,
        owner_uid: optional(owner_uid, "owner_uid")?,
        last_update: &last_update,
        block_at_registration: &registered,
        commit_block: committed.as_deref(),
    };
    let mut buffer = Buffer::new(n, rows.columns.len());
    let mut masked = buffer.rows();
    core::masked_weights(count, rows.rows().map_err(|error| refused(py, error))?, &mask, &mut masked);
    let rows = masked.as_rows();
    Ok(arrays(py, lists(rows.iter().map(|row| row.map(|(column, weight)| (column, weight.to_bits()))))))
}

#[pyfunction]
fn stage_consensus<'py>(
    weights: &Bound<'py, PyAny>,
    active_stake_raw: &Bound<'py, PyAny>,
    kappa: &Bound<'py, PyAny>,
) -> PyResult<Raw<'py>> {
    let py = weights.py();
    let stake = shares(active_stake_raw, "active_stake_raw")?;
    let n = stake.len();
    let rows = weights_of(weights, n)?;
    // A score's bits are below 2^48: a share is at most 1, and no stored weight exceeds 65535.
    if let Some(index) = rows.values.iter().position(|&value| !(0..1 << 48).contains(&value)) {
        let place = door::Place { field: "weights.values", index: Some(index) };
        let limit = ((1_u64 << 48) - 1).into_pyobject(py)?.into_any();
        let message = format!("weights.values[{index}] is not between 0 and 2^48 − 1");
        return Err(door::refuse(py, "range", place, Some(limit), &message));
    }
    let values = fixed(&rows.values);
    let matrix =
        yuma_core::Rows::new("weights", &rows.offsets, &rows.columns, &values).map_err(|error| refused(py, error))?;
    let mut consensus = vec![I32F32::ZERO; n];
    let (mut begin, mut end) = (vec![0; n], vec![0; n]);
    let memory = ConsensusMemory {
        shares: &mut vec![I32F32::ZERO; n],
        keys: &mut vec![0; values.len()],
        column_begin: &mut begin,
        column_end: &mut end,
    };
    core::consensus(matrix, &stake, integer(kappa, "kappa")?, memory, &mut consensus);
    Ok(bits(py, &consensus))
}

/// Weights cut to the consensus of their columns; those that are dropped are not there.
#[pyfunction]
fn stage_clip<'py>(weights: &Bound<'py, PyAny>, consensus_raw: &Bound<'py, PyAny>) -> PyResult<Arrays<'py, i64>> {
    let py = weights.py();
    let consensus = shares(consensus_raw, "consensus_raw")?;
    let rows = weights_of(weights, consensus.len())?;
    let rows = rows.rows().map_err(|error| refused(py, error))?;
    let of = |column: u16| consensus.get(usize::from(column)).copied().unwrap_or_default();
    let clip =
        |(column, weight)| core::clip(I32F32::from_bits(weight), of(column)).map(|clipped| (column, clipped.to_bits()));
    Ok(arrays(py, lists(rows.iter().map(|row| row.filter_map(clip)))))
}

#[pyfunction]
fn stage_validator_trust<'py>(weights: &Bound<'py, PyAny>, consensus_raw: &Bound<'py, PyAny>) -> PyResult<Raw<'py>> {
    let py = weights.py();
    let consensus = shares(consensus_raw, "consensus_raw")?;
    let rows = weights_of(weights, consensus.len())?;
    let values = fixed(&rows.values);
    let matrix =
        yuma_core::Rows::new("weights", &rows.offsets, &rows.columns, &values).map_err(|error| refused(py, error))?;
    let mut trust = vec![I32F32::ZERO; consensus.len()];
    core::validator_trust(matrix, &consensus, &mut trust);
    Ok(bits(py, &trust))
}

#[pyfunction]
fn stage_incentive<'py>(
    weights: &Bound<'py, PyAny>,
    active_stake_raw: &Bound<'py, PyAny>,
    consensus_raw: &Bound<'py, PyAny>,
) -> PyResult<Raw<'py>> {
    let py = weights.py();
    let consensus = shares(consensus_raw, "consensus_raw")?;
    let stake = shares_of(active_stake_raw, "active_stake_raw", consensus.len())?;
    let rows = weights_of(weights, consensus.len())?;
    let values = fixed(&rows.values);
    let matrix =
        yuma_core::Rows::new("weights", &rows.offsets, &rows.columns, &values).map_err(|error| refused(py, error))?;
    let mut incentive = vec![I32F32::ZERO; consensus.len()];
    core::incentive(matrix, &stake, &consensus, &mut incentive);
    Ok(bits(py, &incentive))
}

/// Weights in memory that a stage may change.
struct Buffer {
    ends: Vec<u32>,
    columns: Vec<u16>,
    values: Vec<I32F32>,
}

impl Buffer {
    /// Room for so many rows and entries.
    fn new(rows: usize, entries: usize) -> Self {
        Self { ends: vec![0; rows], columns: vec![0; entries], values: vec![I32F32::ZERO; entries] }
    }

    fn rows(&mut self) -> RowsMut<'_> {
        RowsMut::new(&mut self.ends, &mut self.columns, &mut self.values)
    }
}

/// The weights that earn bonds.
#[pyfunction]
fn stage_weights_for_bonds<'py>(
    weights: &Bound<'py, PyAny>,
    consensus_raw: &Bound<'py, PyAny>,
    bonds_penalty: &Bound<'py, PyAny>,
) -> PyResult<Arrays<'py, i64>> {
    let py = weights.py();
    let consensus = shares(consensus_raw, "consensus_raw")?;
    let n = consensus.len();
    let given = weights_of(weights, n)?;
    let given = given.rows().map_err(|error| refused(py, error))?;
    let mut buffer = Buffer::new(n, given.entries());
    let mut rows = buffer.rows();
    for row in given.iter() {
        for (column, weight) in row {
            rows.push(column, I32F32::from_bits(weight));
        }
        rows.end_row();
    }
    let (mut values, mut touched) = (vec![I32F32::ZERO; n], vec![0; n.div_ceil(64)]);
    let mut row = Scatter::new(&mut values, &mut touched);
    core::weights_for_bonds(&mut rows, &consensus, integer(bonds_penalty, "bonds_penalty")?, &mut row);
    Ok(arrays(py, lists(rows.as_rows().iter().map(|row| row.map(|(column, weight)| (column, weight.to_bits()))))))
}

/// Each validator's dividends, from the averaged bonds: with active stake those of Yuma 3, without those of Yuma 2.
#[pyfunction]
fn stage_dividends<'py>(
    ema_bonds: &Bound<'py, PyAny>,
    incentive_raw: &Bound<'py, PyAny>,
    active_stake_raw: &Bound<'py, PyAny>,
) -> PyResult<Raw<'py>> {
    let py = ema_bonds.py();
    let incentive = shares(incentive_raw, "incentive_raw")?;
    let n = incentive.len();
    let rows = Csr::read(ema_bonds, "ema_bonds")?;
    let values = fixed(&rows.values);
    let matrix =
        yuma_core::Rows::new("ema_bonds", &rows.offsets, &rows.columns, &values).map_err(|error| refused(py, error))?;
    if matrix.count() != n {
        return Err(wrong_length(py, "ema_bonds", matrix.count(), n));
    }
    let mut dividends = vec![I32F32::ZERO; n];
    if active_stake_raw.is_none() {
        core::dividends_yuma2(matrix, &incentive, &mut dividends);
    } else {
        let stake = shares_of(active_stake_raw, "active_stake_raw", n)?;
        let (mut sums, mut reciprocals) = (vec![I32F32::ZERO; n], vec![0; n]);
        let mut columns = Columns::new(&mut sums, &mut reciprocals);
        core::dividends(matrix, &incentive, &stake, &mut columns, &mut dividends);
    }
    Ok(bits(py, &dividends))
}

#[pyfunction]
fn stage_fresh_share(bonds_moving_average: &Bound<'_, PyAny>, yuma3: &Bound<'_, PyAny>) -> PyResult<i64> {
    let average = integer(bonds_moving_average, "bonds_moving_average")?;
    let share = if door::flag(yuma3, "yuma3")? { core::fresh_share_wrapping } else { core::fresh_share };
    Ok(share(average).to_bits())
}

#[pyfunction]
fn stage_liquid_alpha(call: &Bound<'_, PyAny>) -> PyResult<i64> {
    let fields = door::Fields::of(call);
    let liquid = LiquidAlpha::new(
        fields.integer("alpha_low")?,
        fields.integer("alpha_high")?,
        fields.integer("alpha_sigmoid_steepness")?,
    );
    let number = |field| fields.integer(field).map(I32F32::from_bits);
    Ok(liquid.alpha(number("weight_raw")?, number("bond_raw")?, number("consensus_raw")?).to_bits())
}

type Amounts<'py> = (Bound<'py, PyArray1<u64>>, Bound<'py, PyArray1<u64>>, Bound<'py, PyArray1<u64>>);

/// Server, validator and combined emission.
#[pyfunction]
fn stage_emission<'py>(
    incentive_raw: &Bound<'py, PyAny>,
    dividends_raw: &Bound<'py, PyAny>,
    active_stake_raw: &Bound<'py, PyAny>,
    stake_weight_raw: &Bound<'py, PyAny>,
    rao_emission: &Bound<'py, PyAny>,
) -> PyResult<Amounts<'py>> {
    let py = incentive_raw.py();
    let incentive = shares(incentive_raw, "incentive_raw")?;
    let n = incentive.len();
    let dividends = shares_of(dividends_raw, "dividends_raw", n)?;
    let active_stake = shares_of(active_stake_raw, "active_stake_raw", n)?;
    let stake_weight = shares_of(stake_weight_raw, "stake_weight_raw", n)?;
    let (mut server, mut validator, mut combined) = (vec![0; n], vec![0; n], vec![0; n]);
    let mut paid = core::Emission { server: &mut server, validator: &mut validator, combined: &mut combined };
    let rao = integer(rao_emission, "rao_emission")?;
    core::emission(&incentive, &dividends, &active_stake, &stake_weight, rao, &mut paid);
    Ok((server.into_pyarray(py), validator.into_pyarray(py), combined.into_pyarray(py)))
}

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    add_functions!(
        module: stage_activity, stage_normalized_stake, stage_permits, stage_active_stake, stage_masked_weights,
        stage_consensus, stage_clip, stage_validator_trust, stage_incentive, stage_weights_for_bonds, stage_dividends, stage_fresh_share, stage_liquid_alpha,
        stage_emission,
    );
    Ok(())
}

//! Canonical bytes of an epoch's input and of its outcome, and their SHA-256.

use numpy::{IntoPyArray, PyArrayMethods};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};
use yuma_core::digest::{self as core, EpochInput, MatrixBuffers, OutcomeBuffers, OutcomeRecord, SubnetBuffers};
use yuma_core::epoch::NullBudgets;
use yuma_core::fixed::I64F64;
use yuma_core::{Error, Params, Rules};

use crate::add_functions;
use crate::door::{self, Fields, dict, integer, refused};
use crate::epoch::{Arrays, Csr, Tables, arrays, halves, params_dict, read_params};

/// The budgets of a Null epoch, out of three integers, or nothing for a Yuma epoch.
fn read_budgets(budgets: &Bound<'_, PyAny>) -> PyResult<Option<NullBudgets>> {
    if budgets.is_none() {
        return Ok(None);
    }
    let parts = door::elements(budgets, "budgets")?;
    let [mining, dividend, fallback] = parts.as_slice() else {
        return Err(door::wrong_length(budgets.py(), "budgets", parts.len(), 3));
    };
    Ok(Some(NullBudgets {
        mining: integer(mining, "mining")?,
        dividend: integer(dividend, "dividend")?,
        fallback: integer(fallback, "fallback")?,
    }))
}

/// What `compute` makes of an input, without the interpreter lock.
fn of_input<T: Send>(
    params: &Bound<'_, PyAny>,
    subnet: &Bound<'_, PyAny>,
    budgets: &Bound<'_, PyAny>,
    compute: impl FnOnce(&EpochInput<'_>) -> Result<T, Error> + Send,
) -> PyResult<T> {
    let py = subnet.py();
    let (params, tables, null_budgets) = (read_params(params)?, Tables::read(subnet)?, read_budgets(budgets)?);
    let computed = py.detach(|| compute(&EpochInput { params, subnet: tables.subnet()?, null_budgets }));
    computed.map_err(|error| refused(py, error))
}

#[pyfunction]
fn encode_input<'py>(
    params: &Bound<'py, PyAny>,
    subnet: &Bound<'py, PyAny>,
    budgets: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyBytes>> {
    let encode = |input: &EpochInput<'_>| {
        let mut bytes = vec![0; core::input_length(input)?];
        core::encode_input(input, &mut bytes)?;
        Ok(bytes)
    };
    Ok(PyBytes::new(subnet.py(), &of_input(params, subnet, budgets, encode)?))
}

#[pyfunction]
fn input_digest<'py>(
    params: &Bound<'py, PyAny>,
    subnet: &Bound<'py, PyAny>,
    budgets: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyBytes>> {
    Ok(PyBytes::new(subnet.py(), &of_input(params, subnet, budgets, core::input_digest)?))
}

/// A decoded input, and the SHA-256 of its bytes.
struct Input {
    params: Params,
    tables: Tables,
    null_budgets: Option<NullBudgets>,
    digest: [u8; 32],
}

impl Input {
    fn decode(bytes: &[u8]) -> Result<Self, Error> {
        // Counts that the bytes cannot hold are refused here, before there is memory for them.
        let sizes = core::input_sizes(bytes)?;
        let n = usize::from(sizes.n);
        let (mut stake, mut validator_permit) = (vec![I64F64::ZERO; n], vec![false; n]);
        let [mut last_update, mut block_at_registration, mut commit_block] = [(); 3].map(|()| vec![0; n]);
        let mut weights = Csr::with_room("weights", sizes.n, sizes.weights);
        let mut bonds = Csr::with_room("bonds", sizes.n, sizes.bonds);
        let mut previous_consensus = vec![0; sizes.previous_consensus.into()];
        let buffers = SubnetBuffers {
            stake: &mut stake,
            last_update: &mut last_update,
            block_at_registration: &mut block_at_registration,
            validator_permit: &mut validator_permit,
            commit_block: &mut commit_block,
            weights: buffers_of(&mut weights),
            bonds: buffers_of(&mut bonds),
            previous_consensus: &mut previous_consensus,
        };
        let (EpochInput { params, subnet, null_budgets }, digest) = core::decode_input(bytes, buffers)?;
        let tables = Tables {
            n: subnet.n,
            current_block: subnet.current_block,
            last_step_block: subnet.last_step_block,
            last_yuma_step_block: subnet.last_yuma_step_block,
            owner_uid: subnet.owner_uid,
            rao_emission: subnet.rao_emission,
            stake,
            last_update,
            block_at_registration,
            validator_permit,
            commit_block: Some(commit_block),
            weights,
            bonds,
            previous_consensus,
        };
        Ok(Self { params, tables, null_budgets, digest })
    }
}

/// The memory to decode a matrix into.
fn buffers_of(rows: &mut Csr<u16>) -> MatrixBuffers<'_> {
    // The first offset is 0 in any case, and not encoded.
    let ends = rows.offsets.split_first_mut().map_or(<&mut [u32]>::default(), |(_, ends)| ends);
    MatrixBuffers { ends, columns: &mut rows.columns, values: &mut rows.values }
}

fn arrays_of(py: Python<'_>, rows: Csr<u16>) -> Arrays<'_, u16> {
    arrays(py, (rows.offsets, rows.columns, rows.values))
}

/// Parameters, subnet, budgets where there are some, and the SHA-256 of the bytes.
type InputParts<'py> = (Bound<'py, PyDict>, Bound<'py, PyDict>, Option<(u64, u64, u64)>, Bound<'py, PyBytes>);

#[pyfunction]
fn decode_input<'py>(data: &Bound<'py, PyAny>) -> PyResult<InputParts<'py>> {
    let py = data.py();
    let bytes = door::byte_string(data, "data")?;
    let input = py.detach(|| Input::decode(&bytes)).map_err(|error| refused(py, error))?;
    let tables = input.tables;
    let stake = halves(tables.stake.iter().map(|stake| stake.to_bits())).into_pyarray(py);
    let subnet = dict!(py, {
        "n": tables.n,
        "current_block": tables.current_block,
        "last_step_block": tables.last_step_block,
        "last_yuma_step_block": tables.last_yuma_step_block,
        "owner_uid": tables.owner_uid,
        "rao_emission": tables.rao_emission,
        "stake": stake.reshape([tables.stake.len(), 2])?,
        "last_update": tables.last_update.into_pyarray(py),
        "block_at_registration": tables.block_at_registration.into_pyarray(py),
        "validator_permit": tables.validator_permit.into_pyarray(py),
        "commit_block": tables.commit_block.map(|blocks| blocks.into_pyarray(py)),
        "weights": arrays_of(py, tables.weights),
        "bonds": arrays_of(py, tables.bonds),
        "previous_consensus": tables.previous_consensus.into_pyarray(py),
    });
    let budgets = input.null_budgets.map(|budgets| (budgets.mining, budgets.dividend, budgets.fallback));
    Ok((params_dict(py, &input.params)?, subnet, budgets, PyBytes::new(py, &input.digest)))
}

/// An outcome in lists of its own.
struct Results {
    rules: Rules,
    input_digest: [u8; 32],
    active: Vec<bool>,
    validator_permit: Vec<bool>,
    stake_weight: Vec<u16>,
    consensus: Vec<u16>,
    incentive: Vec<u16>,
    dividends: Vec<u16>,
    validator_trust: Vec<u16>,
    server_emission: Vec<u64>,
    validator_emission: Vec<u64>,
    emission: Vec<u64>,
    bonds: Csr<u16>,
}

impl Results {
    fn read(outcome: &Bound<'_, PyAny>, input_digest: &Bound<'_, PyAny>) -> PyResult<Self> {
        let fields = Fields::of(outcome);
        Ok(Self {
            rules: fields.rules()?,
            input_digest: door::bytes(input_digest, "input_digest")?,
            active: door::flags(&fields.get("active")?, "active")?,
            validator_permit: door::flags(&fields.get("validator_permit")?, "validator_permit")?,
            stake_weight: fields.integers("stake_weight")?,
            consensus: fields.integers("consensus")?,
            incentive: fields.integers("incentive")?,
            dividends: fields.integers("dividends")?,
            validator_trust: fields.integers("validator_trust")?,
            server_emission: fields.integers("server_emission")?,
            validator_emission: fields.integers("validator_emission")?,
            emission: fields.integers("emission")?,
            bonds: Csr::read(&fields.get("bonds")?, "bonds")?,
        })
    }

    fn record(&self) -> Result<OutcomeRecord<'_>, Error> {
        Ok(OutcomeRecord {
            rules: self.rules,
            input_digest: self.input_digest,
            active: &self.active,
            validator_permit: &self.validator_permit,
            stake_weight: &self.stake_weight,
            consensus: &self.consensus,
            incentive: &self.incentive,
            dividends: &self.dividends,
            validator_trust: &self.validator_trust,
            server_emission: &self.server_emission,
            validator_emission: &self.validator_emission,
            emission: &self.emission,
            bonds: self.bonds.rows()?,
        })
    }

    /// The outcome, and the SHA-256 of the bytes.
    fn decode(bytes: &[u8]) -> Result<(Self, [u8; 32]), Error> {
        // As for an input: no memory for what the bytes cannot hold.
        let sizes = core::outcome_sizes(bytes)?;
        let n = usize::from(sizes.n);
        let mut results = Self {
            rules: Rules::NEWEST,
            input_digest: [0; 32],
            active: vec![false; n],
            validator_permit: vec![false; n],
            stake_weight: vec![0; n],
            consensus: vec![0; n],
            incentive: vec![0; n],
            dividends: vec![0; n],
            validator_trust: vec![0; n],
            server_emission: vec![0; n],
            validator_emission: vec![0; n],
            emission: vec![0; n],
            bonds: Csr::with_room("bonds", sizes.n, sizes.bonds),
        };
        let buffers = OutcomeBuffers {
            active: &mut results.active,
            validator_permit: &mut results.validator_permit,
            stake_weight: &mut results.stake_weight,
            consensus: &mut results.consensus,
            incentive: &mut results.incentive,
            dividends: &mut results.dividends,
            validator_trust: &mut results.validator_trust,
            server_emission: &mut results.server_emission,
            validator_emission: &mut results.validator_emission,
            emission: &mut results.emission,
            bonds: buffers_of(&mut results.bonds),
        };
        let (record, digest) = core::decode_outcome(bytes, buffers)?;
        (results.rules, results.input_digest) = (record.rules, record.input_digest);
        Ok((results, digest))
    }
}

#[pyfunction]
fn encode_outcome<'py>(outcome: &Bound<'py, PyAny>, input_digest: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyBytes>> {
    let py = outcome.py();
    let results = Results::read(outcome, input_digest)?;
    let encoded = py.detach(|| {
        let record = results.record()?;
        let mut bytes = vec![0; record.length()?];
        core::encode_outcome(&record, &mut bytes)?;
        Ok(bytes)
    });
    Ok(PyBytes::new(py, &encoded.map_err(|error| refused(py, error))?))
}

#[pyfunction]
fn outcome_digest<'py>(outcome: &Bound<'py, PyAny>, input_digest: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyBytes>> {
    let py = outcome.py();
    let results = Results::read(outcome, input_digest)?;
    let digest = py.detach(|| results.record()?.digest()).map_err(|error| refused(py, error))?;
    Ok(PyBytes::new(py, &digest))
}

#[pyfunction]
fn decode_outcome<'py>(data: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyDict>> {
    let py = data.py();
    let bytes = door::byte_string(data, "data")?;
    let (outcome, digest) = py.detach(|| Results::decode(&bytes)).map_err(|error| refused(py, error))?;
    Ok(dict!(py, {
        "rules": outcome.rules.id(),
        "input_digest": PyBytes::new(py, &outcome.input_digest),
        "digest": PyBytes::new(py, &digest),
        "active": outcome.active.into_pyarray(py),
        "validator_permit": outcome.validator_permit.into_pyarray(py),
        "stake_weight": outcome.stake_weight.into_pyarray(py),
        "consensus": outcome.consensus.into_pyarray(py),
        "incentive": outcome.incentive.into_pyarray(py),
        "dividends": outcome.dividends.into_pyarray(py),
        "validator_trust": outcome.validator_trust.into_pyarray(py),
        "server_emission": outcome.server_emission.into_pyarray(py),
        "validator_emission": outcome.validator_emission.into_pyarray(py),
        "emission": outcome.emission.into_pyarray(py),
        "bonds": arrays_of(py, outcome.bonds),
    }))
}

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    add_functions!(
        module: encode_input, input_digest, decode_input, encode_outcome, outcome_digest, decode_outcome,
    );
    Ok(())
}

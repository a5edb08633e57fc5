//! The epoch: a subnet's tables out of Python's arrays, and the outcome's arrays.

use numpy::{Element, IntoPyArray, PyArray2, PyArrayMethods, PyUntypedArray, PyUntypedArrayMethods};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use yuma_core::epoch as core;
use yuma_core::epoch::{ConsensusMode, NullBudgets, Outcome};
use yuma_core::fixed::{I32F32, I64F64};
use yuma_core::{Error, Params, Rows, Subnet};

use crate::add_functions;
use crate::door::{self, Fields, Place, dict, integer, refused};

/// A sparse matrix in its three lists, with the name its errors carry.
pub struct Csr<V> {
    field: &'static str,
    pub offsets: Vec<u32>,
    pub columns: Vec<u16>,
    pub values: Vec<V>,
}

impl<V: door::Integer + Element> Csr<V> {
    /// From a tuple of three lists.
    pub fn read(rows: &Bound<'_, PyAny>, field: &'static str) -> PyResult<Self> {
        let parts = door::elements(rows, field)?;
        let [offsets, columns, values] = parts.as_slice() else {
            return Err(door::wrong_length(rows.py(), field, parts.len(), 3));
        };
        Ok(Self {
            field,
            offsets: door::integers(offsets, &format!("{field}.offsets"))?,
            columns: door::integers(columns, &format!("{field}.columns"))?,
            values: door::integers(values, &format!("{field}.values"))?,
        })
    }
}

impl Csr<u16> {
    /// A matrix without entries that has room for so many, to be filled.
    pub fn with_room(field: &'static str, rows: u16, entries: u32) -> Self {
        let entries = usize::try_from(entries).unwrap_or(usize::MAX);
        let offsets = vec![0; usize::from(rows).saturating_add(1)];
        Self { field, offsets, columns: vec![0; entries], values: vec![0; entries] }
    }
}

impl<V: Copy> Csr<V> {
    pub fn rows(&self) -> Result<Rows<'_, V>, Error> {
        Rows::new(self.field, &self.offsets, &self.columns, &self.values)
    }
}

/// A subnet as owned tables.
pub struct Tables {
    pub n: u16,
    pub current_block: u64,
    pub last_step_block: u64,
    pub last_yuma_step_block: Option<u64>,
    pub owner_uid: Option<u16>,
    pub rao_emission: u64,
    pub stake: Vec<I64F64>,
    pub last_update: Vec<u64>,
    pub block_at_registration: Vec<u64>,
    pub validator_permit: Vec<bool>,
    pub commit_block: Option<Vec<u64>>,
    pub weights: Csr<u16>,
    pub bonds: Csr<u16>,
    pub previous_consensus: Vec<u16>,
}

impl Tables {
    pub fn read(subnet: &Bound<'_, PyAny>) -> PyResult<Self> {
        let fields = Fields::of(subnet);
        let commit_block = fields.get("commit_block")?;
        Ok(Self {
            n: fields.integer("n")?,
            current_block: fields.integer("current_block")?,
            last_step_block: fields.integer("last_step_block")?,
            last_yuma_step_block: fields.optional("last_yuma_step_block")?,
            owner_uid: fields.optional("owner_uid")?,
            rao_emission: fields.integer("rao_emission")?,
            stake: stakes(&fields.get("stake")?)?,
            last_update: fields.integers("last_update")?,
            block_at_registration: fields.integers("block_at_registration")?,
            validator_permit: door::flags(&fields.get("validator_permit")?, "validator_permit")?,
            commit_block: if commit_block.is_none() { None } else { Some(fields.integers("commit_block")?) },
            weights: Csr::read(&fields.get("weights")?, "weights")?,
            bonds: Csr::read(&fields.get("bonds")?, "bonds")?,
            previous_consensus: fields.integers("previous_consensus")?,
        })
    }

    pub fn subnet(&self) -> Result<Subnet<'_>, Error> {
        Ok(Subnet {
            n: self.n,
            current_block: self.current_block,
            last_step_block: self.last_step_block,
            last_yuma_step_block: self.last_yuma_step_block,
            owner_uid: self.owner_uid,
            rao_emission: self.rao_emission,
            stake: &self.stake,
            last_update: &self.last_update,
            block_at_registration: &self.block_at_registration,
            validator_permit: &self.validator_permit,
            commit_block: self.commit_block.as_deref(),
            weights: self.weights.rows()?,
            bonds: self.bonds.rows()?,
            previous_consensus: &self.previous_consensus,
        })
    }
}

/// Stakes as raw bits: an (n, 2) array of their low and high 64 bits, or a list of integers.
pub fn stakes(value: &Bound<'_, PyAny>) -> PyResult<Vec<I64F64>> {
    if let Ok(halves) = value.cast::<PyArray2<u64>>()
        && halves.shape().get(1) == Some(&2)
    {
        let halves = halves.try_readonly()?;
        let bits = |row: numpy::ndarray::ArrayView1<'_, u64>| {
            let [low, high] = [0, 1].map(|half| u128::from(row.get(half).copied().unwrap_or(0)));
            I64F64::from_bits((low | (high << 64)).cast_signed())
        };
        return Ok(halves.as_array().rows().into_iter().map(bits).collect());
    }
    if value.is_instance_of::<PyUntypedArray>() && value.cast::<numpy::PyArray1<Py<PyAny>>>().is_err() {
        let message = "stake must be an array of uint64 of shape (n, 2), low and high bits, or a list of integers of \
                       raw bits; whole rao are stake_rao";
        return Err(door::refuse(value.py(), "type", "stake".into(), None, message));
    }
    Ok(door::wide_integers(value, "stake")?.into_iter().map(I64F64::from_bits).collect())
}

/// The halves of raw bits, low before high.
pub fn halves(values: impl Iterator<Item = i128>) -> Vec<u64> {
    let half = |bits: u128, shift| u64::try_from((bits >> shift) & u128::from(u64::MAX)).unwrap_or(u64::MAX);
    values.map(i128::cast_unsigned).flat_map(|bits| [half(bits, 0), half(bits, 64)]).collect()
}

/// An (n, 2) array of the low and high 64 bits of every stake.
#[pyfunction]
fn stake_halves<'py>(stake: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyArray2<u64>>> {
    let stakes = stakes(stake)?;
    let flat = halves(stakes.iter().map(|stake| stake.to_bits())).into_pyarray(stake.py());
    flat.reshape([stakes.len(), 2])
}

/// The same from whole rao.
#[pyfunction]
fn stake_halves_of_rao<'py>(stake_rao: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyArray2<u64>>> {
    let rao: Vec<u64> = door::integers(stake_rao, "stake_rao")?;
    let highest = i64::MAX.cast_unsigned();
    if let Some(index) = rao.iter().position(|&rao| rao > highest) {
        let limit = highest.into_pyobject(stake_rao.py())?.into_any();
        let place = Place { field: "stake_rao", index: Some(index) };
        let message = format!("stake_rao[{index}] is above the limit {highest}");
        return Err(door::refuse(stake_rao.py(), "range", place, Some(limit), &message));
    }
    let flat = halves(rao.iter().map(|&rao| i128::from(rao) << 64)).into_pyarray(stake_rao.py());
    flat.reshape([rao.len(), 2])
}

/// Every stake's raw bits as integers.
#[pyfunction]
fn stake_bits(stake: &Bound<'_, PyAny>) -> PyResult<Vec<i128>> {
    Ok(stakes(stake)?.into_iter().map(I64F64::to_bits).collect())
}

macro_rules! array_functions {
    ($($name:ident: $type:ty),*) => {$(
        /// A new array of exactly this type with the elements of a list.
        #[pyfunction]
        fn $name<'py>(field: &str, value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, numpy::PyArray1<$type>>> {
            Ok(door::integers::<$type>(value, field)?.into_pyarray(value.py()))
        }
    )*};
}
array_functions!(array_u16: u16, array_u32: u32, array_u64: u64, array_i64: i64);

/// A new array of bools with the elements of a list.
#[pyfunction]
fn array_bool<'py>(field: &str, value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, numpy::PyArray1<bool>>> {
    Ok(door::flags(value, field)?.into_pyarray(value.py()))
}

/// An integer of the named type.
#[pyfunction]
fn check_integer<'py>(field: &str, value: &Bound<'py, PyAny>, kind: &str) -> PyResult<Bound<'py, PyAny>> {
    let py = value.py();
    Ok(match kind {
        "u8" => integer::<u8>(value, field)?.into_pyobject(py)?.into_any(),
        "u16" => integer::<u16>(value, field)?.into_pyobject(py)?.into_any(),
        "u32" => integer::<u32>(value, field)?.into_pyobject(py)?.into_any(),
        "i16" => integer::<i16>(value, field)?.into_pyobject(py)?.into_any(),
        _ => integer::<u64>(value, field)?.into_pyobject(py)?.into_any(),
    })
}

/// A bool.
#[pyfunction]
fn check_flag(field: &str, value: &Bound<'_, PyAny>) -> PyResult<bool> {
    door::flag(value, field)
}

/// Refuses a sparse matrix whose lists do not belong together.
#[pyfunction]
fn check_rows(field: &str, rows: &Bound<'_, PyAny>) -> PyResult<()> {
    let field = match field {
        "bonds" => "bonds",
        "edges" => "edges",
        _ => "weights",
    };
    Csr::<u16>::read(rows, field)?.rows().map(|_| ()).map_err(|error| refused(rows.py(), error))
}

/// Refuses a subnet that no epoch takes, whatever its parameters.
#[pyfunction]
fn check_subnet(subnet: &Bound<'_, PyAny>) -> PyResult<()> {
    let tables = Tables::read(subnet)?;
    let checked = tables.subnet().and_then(|subnet| subnet.validate(false));
    checked.map_err(|error| refused(subnet.py(), error))
}

/// Refuses parameters that are not of their types.
#[pyfunction]
fn check_params(params: &Bound<'_, PyAny>) -> PyResult<()> {
    read_params(params).map(|_| ())
}

const CONSENSUS_MODES: [(&str, ConsensusMode); 3] =
    [("auto", ConsensusMode::Auto), ("current", ConsensusMode::Current), ("previous", ConsensusMode::Previous)];

pub fn read_params(params: &Bound<'_, PyAny>) -> PyResult<Params> {
    let fields = Fields::of(params);
    Ok(Params {
        rules: fields.rules()?,
        tempo: fields.integer("tempo")?,
        activity_cutoff: fields.integer("activity_cutoff")?,
        kappa: fields.integer("kappa")?,
        bonds_penalty: fields.integer("bonds_penalty")?,
        bonds_moving_average: fields.integer("bonds_moving_average")?,
        yuma3: fields.flag("yuma3")?,
        liquid_alpha: fields.flag("liquid_alpha")?,
        commit_reveal: fields.flag("commit_reveal")?,
        alpha_low: fields.integer("alpha_low")?,
        alpha_high: fields.integer("alpha_high")?,
        alpha_sigmoid_steepness: fields.integer("alpha_sigmoid_steepness")?,
        max_allowed_validators: fields.integer("max_allowed_validators")?,
        stake_threshold: fields.integer("stake_threshold")?,
        consensus_mode: fields.choice("consensus_mode", &CONSENSUS_MODES)?,
    })
}

/// The parameters that the chain gives a new subnet.
#[pyfunction]
fn default_params(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    params_dict(py, &Params::CHAIN_DEFAULT)
}

/// Every field of some parameters.
pub fn params_dict<'py>(py: Python<'py>, params: &Params) -> PyResult<Bound<'py, PyDict>> {
    let mode = CONSENSUS_MODES.iter().find(|(_, mode)| *mode == params.consensus_mode).map(|(name, _)| *name);
    Ok(dict!(py, {
        "rules": params.rules.id(),
        "tempo": params.tempo,
        "activity_cutoff": params.activity_cutoff,
        "kappa": params.kappa,
        "bonds_penalty": params.bonds_penalty,
        "bonds_moving_average": params.bonds_moving_average,
        "yuma3": params.yuma3,
        "liquid_alpha": params.liquid_alpha,
        "commit_reveal": params.commit_reveal,
        "alpha_low": params.alpha_low,
        "alpha_high": params.alpha_high,
        "alpha_sigmoid_steepness": params.alpha_sigmoid_steepness,
        "max_allowed_validators": params.max_allowed_validators,
        "stake_threshold": params.stake_threshold,
        "consensus_mode": mode,
    }))
}

/// An outcome in lists of its own, made while the interpreter is free.
struct Computed {
    active: Vec<bool>,
    validator_permit: Vec<bool>,
    shares: [(&'static str, Vec<u16>); 5],
    amounts: [(&'static str, Vec<u64>); 3],
    bonds: (Vec<u32>, Vec<u16>, Vec<u16>),
    raw: [(&'static str, Vec<i64>); 6],
    ema_bonds: (Vec<u32>, Vec<u16>, Vec<i64>),
}

impl Computed {
    fn new(n: u16, outcome: &Outcome<'_>) -> Self {
        let raw = outcome.raw();
        let bits = |values: &[I32F32]| values.iter().map(|value| value.to_bits()).collect();
        Self {
            active: outcome.active().to_vec(),
            validator_permit: outcome.validator_permit().to_vec(),
            shares: [
                ("stake_weight", outcome.stake_weight().collect()),
                ("consensus", outcome.consensus().collect()),
                ("incentive", outcome.incentive().collect()),
                ("dividends", outcome.dividends().collect()),
                ("validator_trust", outcome.validator_trust().collect()),
            ],
            amounts: [
                ("server_emission", outcome.server_emission().to_vec()),
                ("validator_emission", outcome.validator_emission().to_vec()),
                ("emission", outcome.emission().to_vec()),
            ],
            bonds: lists((0..n).map(|uid| outcome.bonds(uid))),
            raw: [
                ("stake", bits(raw.stake)),
                ("active_stake", bits(raw.active_stake)),
                ("consensus", bits(raw.consensus)),
                ("validator_trust", bits(raw.validator_trust)),
                ("incentive", bits(raw.incentive)),
                ("dividends", bits(raw.dividends)),
            ],
            ema_bonds: lists(raw.ema_bonds.iter().map(|row| row.map(|(column, bond)| (column, bond.to_bits())))),
        }
    }

    fn into_dicts(self, py: Python<'_>) -> PyResult<(Bound<'_, PyDict>, Bound<'_, PyDict>)> {
        let (outcome, raw) = (PyDict::new(py), PyDict::new(py));
        outcome.set_item("active", self.active.into_pyarray(py))?;
        outcome.set_item("validator_permit", self.validator_permit.into_pyarray(py))?;
        for (field, values) in self.shares {
            outcome.set_item(field, values.into_pyarray(py))?;
        }
        for (field, values) in self.amounts {
            outcome.set_item(field, values.into_pyarray(py))?;
        }
        outcome.set_item("bonds", arrays(py, self.bonds))?;
        for (field, values) in self.raw {
            raw.set_item(field, values.into_pyarray(py))?;
        }
        raw.set_item("ema_bonds", arrays(py, self.ema_bonds))?;
        Ok((outcome, raw))
    }
}

/// Rows as three lists.
pub fn lists<V>(rows: impl Iterator<Item = impl Iterator<Item = (u16, V)>>) -> (Vec<u32>, Vec<u16>, Vec<V>) {
    let (mut offsets, mut columns, mut values) = (vec![0], Vec::new(), Vec::new());
    for row in rows {
        for (column, value) in row {
            columns.push(column);
            values.push(value);
        }
        offsets.push(u32::try_from(columns.len()).unwrap_or(u32::MAX));
    }
    (offsets, columns, values)
}

/// Three arrays from the lists of a sparse matrix.
pub type Arrays<'py, V> =
    (Bound<'py, numpy::PyArray1<u32>>, Bound<'py, numpy::PyArray1<u16>>, Bound<'py, numpy::PyArray1<V>>);

pub fn arrays<V: Element>(py: Python<'_>, (offsets, columns, values): (Vec<u32>, Vec<u16>, Vec<V>)) -> Arrays<'_, V> {
    (offsets.into_pyarray(py), columns.into_pyarray(py), values.into_pyarray(py))
}

/// Runs `compute` in fresh memory without the interpreter lock.
fn run<'py>(
    subnet: &Bound<'py, PyAny>,
    words: Option<usize>,
    compute: impl for<'m> Fn(&Subnet<'_>, &'m mut [u64]) -> Result<Outcome<'m>, Error> + Send + Sync,
) -> PyResult<(Bound<'py, PyDict>, Bound<'py, PyDict>)> {
    let py = subnet.py();
    let tables = Tables::read(subnet)?;
    let computed = py.detach(|| {
        let subnet = tables.subnet()?;
        // An epoch never needs more than it asks for.
        let needed = subnet.workspace_words()?;
        let mut memory = vec![0; words.map_or(needed, |words| words.min(needed))];
        let outcome = compute(&subnet, &mut memory)?;
        Ok(Computed::new(subnet.n, &outcome))
    });
    computed.map_err(|error| refused(py, error))?.into_dicts(py)
}

/// One epoch: the outcome's fields, and those of its raw values.
#[pyfunction]
fn epoch<'py>(
    params: &Bound<'py, PyAny>,
    subnet: &Bound<'py, PyAny>,
    workspace_words: &Bound<'py, PyAny>,
) -> PyResult<(Bound<'py, PyDict>, Bound<'py, PyDict>)> {
    let params = read_params(params)?;
    let words = door::optional(workspace_words, "workspace_words")?;
    run(subnet, words, |subnet, memory| core::run(&params, subnet, memory))
}

/// One epoch of a subnet in Null mode, in the same form.
#[pyfunction]
fn null_epoch<'py>(
    params: &Bound<'py, PyAny>,
    subnet: &Bound<'py, PyAny>,
    mining: &Bound<'py, PyAny>,
    dividend: &Bound<'py, PyAny>,
    fallback: &Bound<'py, PyAny>,
) -> PyResult<(Bound<'py, PyDict>, Bound<'py, PyDict>)> {
    let params = read_params(params)?;
    let budgets = NullBudgets {
        mining: integer(mining, "mining")?,
        dividend: integer(dividend, "dividend")?,
        fallback: integer(fallback, "fallback")?,
    };
    run(subnet, None, |subnet, memory| core::null_epoch(&params, subnet, budgets, memory))
}

/// The budgets of a Null epoch called with a single amount.
#[pyfunction]
fn null_budgets_of_emission(rao_emission: &Bound<'_, PyAny>) -> PyResult<(u64, u64, u64)> {
    let budgets = NullBudgets::of_emission(integer(rao_emission, "rao_emission")?);
    Ok((budgets.mining, budgets.dividend, budgets.fallback))
}

/// Whole units in proportion to shares.
#[pyfunction]
fn apportion<'py>(
    shares: &Bound<'py, PyAny>,
    budget: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, numpy::PyArray1<u64>>> {
    let py = shares.py();
    let shares: Vec<u128> = door::wide_integers(shares, "shares")?;
    let budget = integer(budget, "budget")?;
    let mut payouts = vec![0; shares.len()];
    core::apportion(shares.iter().copied(), budget, &mut payouts);
    Ok(payouts.into_pyarray(py))
}

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    add_functions!(
        module: stake_halves, stake_halves_of_rao, stake_bits, array_u16, array_u32, array_u64, array_i64, array_bool,
        check_integer, check_flag, check_rows, check_subnet, check_params, default_params, epoch, null_epoch,
        null_budgets_of_emission, apportion,
    );
    Ok(())
}

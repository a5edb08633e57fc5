//! Kinds `epoch` and `epoch-error` through `yuma_core::epoch`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};
use yuma_core::epoch::{self, ConsensusMode, Outcome};
use yuma_core::fixed::{I32F32, I64F64};
use yuma_core::{Error, Params, Rows, Rules, Subnet};

use crate::schema::epoch::{self as schema, EpochErrorExpect, EpochExpect, EpochInput, EpochRaw};
use crate::schema::{Decimal, Failure, Malformed, Matrix, U64, parse};
use crate::via_rust::refused;

/// A subnet as owned tables, ready to be borrowed by [`Tables::subnet`].
pub struct Tables {
    /// The hyperparameters.
    pub params: Params,
    n: u16,
    current_block: u64,
    last_step_block: u64,
    last_yuma_step_block: Option<u64>,
    owner_uid: Option<u16>,
    rao_emission: u64,
    stake: Vec<I64F64>,
    last_update: Vec<u64>,
    block_at_registration: Vec<u64>,
    validator_permit: Vec<bool>,
    commit_block: Option<Vec<u64>>,
    weights: Csr,
    bonds: Csr,
    previous_consensus: Vec<u16>,
}

/// A sparse matrix as sparse libraries have it.
#[derive(Deserialize)]
struct Csr {
    offsets: Vec<u32>,
    columns: Vec<u16>,
    values: Vec<u16>,
}

impl Csr {
    fn new(n: u16, matrix: &Matrix<u16>) -> Self {
        let mut csr = Self { offsets: vec![0], columns: vec![], values: vec![] };
        let mut rows = matrix.0.iter().peekable();
        for row in 0..u16::MAX {
            if row >= n && rows.peek().is_none() {
                break;
            }
            for (column, value) in rows.next_if(|(uid, _)| *uid == row).into_iter().flat_map(|(_, entries)| entries) {
                csr.columns.push(*column);
                csr.values.push(*value);
            }
            csr.offsets.push(u32::try_from(csr.columns.len()).unwrap_or(u32::MAX));
        }
        csr
    }

    fn rows(&self, field: &'static str) -> Result<Rows<'_, u16>, Error> {
        Rows::new(field, &self.offsets, &self.columns, &self.values)
    }
}

impl Tables {
    /// The tables of an input.
    pub fn new(rules: Rules, input: &EpochInput) -> Self {
        let integers = |list: &[U64]| list.iter().map(|integer| integer.0).collect();
        Self {
            params: Params {
                rules,
                tempo: input.tempo.0,
                activity_cutoff: input.activity_cutoff.0,
                kappa: input.kappa,
                bonds_penalty: input.bonds_penalty,
                bonds_moving_average: input.bonds_moving_average.0,
                yuma3: input.yuma3,
                liquid_alpha: input.liquid_alpha,
                commit_reveal: input.commit_reveal,
                alpha_low: input.alpha_low,
                alpha_high: input.alpha_high,
                alpha_sigmoid_steepness: input.alpha_sigmoid_steepness,
                max_allowed_validators: input.max_allowed_validators,
                stake_threshold: input.stake_threshold.0,
                consensus_mode: match input.consensus_mode {
                    Some(schema::ConsensusMode::Current) => ConsensusMode::Current,
                    Some(schema::ConsensusMode::Previous) => ConsensusMode::Previous,
                    Some(schema::ConsensusMode::Auto) | None => ConsensusMode::Auto,
                },
            },
            n: input.n,
            current_block: input.current_block.0,
            last_step_block: input.last_step_block.0,
            last_yuma_step_block: input.last_yuma_step_block.flatten().map(|block| block.0),
            owner_uid: input.owner_uid,
            rao_emission: input.rao_emission.0,
            stake: input.stake.iter().map(|raw| I64F64::from_bits(raw.0)).collect(),
            last_update: integers(&input.last_update),
            block_at_registration: integers(&input.block_at_registration),
            validator_permit: input.validator_permit.clone(),
            commit_block: input.commit_block.as_deref().map(integers),
            weights: Csr::new(input.n, &input.weights),
            bonds: Csr::new(input.n, &input.bonds),
            previous_consensus: input.previous_consensus.clone().unwrap_or_default(),
        }
    }

    /// The subnet, borrowed.
    ///
    /// # Errors
    /// What [`Rows::new`] finds wrong with a matrix.
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
            weights: self.weights.rows("weights")?,
            bonds: self.bonds.rows("bonds")?,
            previous_consensus: &self.previous_consensus,
        })
    }
}

/// One epoch (spec `epoch.md`).
///
/// # Errors
/// What core's door refuses.
pub fn epoch(rules: Rules, input: &EpochInput) -> Result<EpochExpect, Failure> {
    let tables = Tables::new(rules, input);
    let subnet = tables.subnet().map_err(refused)?;
    let mut memory = vec![0; subnet.workspace_words().map_err(refused)?];
    let outcome = epoch::run(&tables.params, &subnet, &mut memory).map_err(refused)?;
    Ok(expectation(input.n, &outcome))
}

/// The error a malformed input gives: from reading it, or from core's door. Beside the fields of kind `epoch`, `weights`
/// and `bonds` may be given as `offsets`, `columns` and `values`, `rules` as an id, and `workspace_words` as the memory.
///
/// # Errors
/// [`Failure::Malformed`] when there is no error to be found.
pub fn epoch_error(rules: Rules, input: &Value) -> Result<EpochErrorExpect, Failure> {
    match epoch_of_anything(rules, input) {
        Err(Failure::Malformed(Malformed { code, field, index, .. })) => Ok(EpochErrorExpect { code, field, index }),
        Err(failure) => Err(failure),
        Ok(()) => Err(Failure::Malformed(Malformed {
            code: "none".into(),
            field: String::new(),
            index: None,
            message: "the input was accepted".into(),
        })),
    }
}

fn epoch_of_anything(rules: Rules, input: &Value) -> Result<(), Failure> {
    let mut input = input.clone();
    let mut take_csr = |field: &str| match input.get_mut(field) {
        Some(matrix) if matrix.is_object() => {
            // Under its name, so that an error tells the whole field.
            let named = json!({ field: std::mem::replace(matrix, Value::Array(vec![])) });
            parse::<BTreeMap<String, Csr>>(&named).map(|mut matrix| matrix.remove(field))
        }
        _ => Ok(None),
    };
    let (weights, bonds) = (take_csr("weights")?, take_csr("bonds")?);
    let rules = match input.get("spec_version").and_then(Value::as_u64) {
        Some(version) => Rules::for_spec_version(u32::try_from(version).unwrap_or(u32::MAX)).map_err(refused)?,
        None => rules,
    };
    let mut tables = Tables::new(rules, &parse(&input)?);
    tables.weights = weights.unwrap_or(tables.weights);
    tables.bonds = bonds.unwrap_or(tables.bonds);
    let subnet = tables.subnet().map_err(refused)?;
    let given = input.get("workspace_words").and_then(Value::as_u64);
    let words = given.map_or_else(|| subnet.workspace_words(), |words| Ok(usize::try_from(words).unwrap_or(0)));
    let mut memory = vec![0; words.map_err(refused)?];
    epoch::run(&tables.params, &subnet, &mut memory).map(|_| ()).map_err(refused)
}

pub(super) fn expectation(n: u16, outcome: &Outcome<'_>) -> EpochExpect {
    let raw = outcome.raw();
    let bits = |values: &[I32F32]| values.iter().map(|value| Decimal(value.to_bits())).collect();
    let amounts = |values: &[u64]| values.iter().map(|&value| Decimal(value)).collect();
    let ema_bonds = (0..).zip(raw.ema_bonds.iter());
    EpochExpect {
        raw: EpochRaw {
            stake: bits(raw.stake),
            active_stake: bits(raw.active_stake),
            consensus: bits(raw.consensus),
            validator_trust: bits(raw.validator_trust),
            incentive: bits(raw.incentive),
            ema_bonds: matrix(
                ema_bonds
                    .map(|(uid, row)| (uid, row.map(|(column, bond)| (column, Decimal(bond.to_bits()))).collect())),
            ),
            dividends: bits(raw.dividends),
        },
        server_emission: amounts(outcome.server_emission()),
        validator_emission: amounts(outcome.validator_emission()),
        emission: amounts(outcome.emission()),
        bonds: matrix((0..n).map(|uid| (uid, outcome.bonds(uid).collect()))),
        active: outcome.active().to_vec(),
        validator_permit: outcome.validator_permit().to_vec(),
        stake_weight: outcome.stake_weight().collect(),
        consensus: outcome.consensus().collect(),
        validator_trust: outcome.validator_trust().collect(),
        incentive: outcome.incentive().collect(),
        dividends: outcome.dividends().collect(),
    }
}

/// A matrix of the rows that are not empty.
fn matrix<V>(rows: impl Iterator<Item = (u16, Vec<(u16, V)>)>) -> Matrix<V> {
    Matrix(rows.filter(|(_, row)| !row.is_empty()).collect())
}

//! The epoch: a subnet's tables out of JavaScript's lists, and the outcome's typed arrays.

use js_sys::Object;
use wasm_bindgen::JsValue;
use yuma_core::epoch as core;
use yuma_core::epoch::{ConsensusMode, NullBudgets, Outcome};
use yuma_core::fixed::{I32F32, I64F64};
use yuma_core::{Error, Params, Rows, Rules, Subnet};

use crate::door::{self, Answer, Fields, Place, ToJs, dict, integer, refused};

/// A sparse matrix in its three lists, with the name its errors carry.
pub struct Csr<V> {
    field: &'static str,
    pub offsets: Vec<u32>,
    pub columns: Vec<u16>,
    pub values: Vec<V>,
}

impl<V: door::Integer> Csr<V> {
    /// From an object of the three lists.
    pub fn read(rows: &JsValue, field: &'static str) -> Answer<Self> {
        let fields = Fields::of(rows).named(field)?;
        Ok(Self {
            field,
            offsets: door::integers(&fields.present("offsets")?, &format!("{field}.offsets"))?,
            columns: door::integers(&fields.present("columns")?, &format!("{field}.columns"))?,
            values: door::integers(&fields.present("values")?, &format!("{field}.values"))?,
        })
    }
}

impl<V: Copy> Csr<V> {
    pub fn rows(&self) -> Result<Rows<'_, V>, Error> {
        Rows::new(self.field, &self.offsets, &self.columns, &self.values)
    }
}

/// A subnet as owned tables.
struct Tables {
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
    weights: Csr<u16>,
    bonds: Csr<u16>,
    previous_consensus: Vec<u16>,
}

impl Tables {
    fn read(subnet: &JsValue) -> Answer<Self> {
        let fields = Fields::of(subnet);
        let commit_block = fields.get("commit_block")?;
        Ok(Self {
            n: fields.integer("n")?,
            current_block: fields.integer("current_block")?,
            last_step_block: fields.integer("last_step_block")?,
            last_yuma_step_block: fields.optional("last_yuma_step_block")?,
            owner_uid: fields.optional("owner_uid")?,
            rao_emission: fields.integer("rao_emission")?,
            stake: stakes(&fields)?,
            last_update: fields.integers("last_update")?,
            block_at_registration: fields.integers("block_at_registration")?,
            validator_permit: door::flags(&fields.get("validator_permit")?, "validator_permit")?,
            commit_block: if door::is_none(&commit_block) { None } else { Some(fields.integers("commit_block")?) },
            weights: Csr::read(&fields.get("weights")?, "weights")?,
            bonds: Csr::read(&fields.get("bonds")?, "bonds")?,
            previous_consensus: fields.integers("previous_consensus")?,
        })
    }

    fn subnet(&self) -> Result<Subnet<'_>, Error> {
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

/// Stakes as raw bits, or as whole rao.
fn stakes(fields: &Fields<'_>) -> Answer<Vec<I64F64>> {
    let [raw, rao] = [fields.get("stake_raw")?, fields.get("stake_rao")?];
    if door::is_none(&raw) == door::is_none(&rao) {
        return Err(door::refuse("type", "stake".into(), JsValue::NULL, "give either stakeRaw or stakeRao"));
    }
    if door::is_none(&rao) {
        return Ok(door::integers(&raw, "stake_raw")?.into_iter().map(I64F64::from_bits).collect());
    }
    let rao: Vec<u64> = door::integers(&rao, "stake_rao")?;
    let highest = i64::MAX.cast_unsigned();
    if let Some(index) = rao.iter().position(|&rao| rao > highest) {
        let place = Place { field: "stake_rao", index: Some(index) };
        let message = format!("stakeRao[{index}] is above the limit {highest}");
        return Err(door::refuse("range", place, highest.into(), &message));
    }
    Ok(rao.into_iter().map(|rao| I64F64::from_bits(i128::from(rao) << 64)).collect())
}

const CONSENSUS_MODES: [(&str, ConsensusMode); 3] =
    [("auto", ConsensusMode::Auto), ("current", ConsensusMode::Current), ("previous", ConsensusMode::Previous)];

fn read_params(params: &JsValue) -> Answer<Params> {
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
pub fn default_params() -> Answer<Object> {
    let params = Params::CHAIN_DEFAULT;
    let mode = CONSENSUS_MODES.iter().find(|(_, mode)| *mode == params.consensus_mode).map(|(name, _)| *name);
    Ok(dict!({
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

/// An outcome's fields.
fn write_outcome(rules: Rules, n: u16, outcome: &Outcome<'_>) -> Answer<Object> {
    let raw = outcome.raw();
    let bits = |values: &[I32F32]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
    let ema_bonds = raw.ema_bonds.iter().map(|row| row.map(|(column, bond)| (column, bond.to_bits())));
    Ok(dict!({
        "rules": rules.id(),
        "active": outcome.active().to_vec(),
        "validator_permit": outcome.validator_permit().to_vec(),
        "stake_weight": outcome.stake_weight().collect::<Vec<_>>(),
        "consensus": outcome.consensus().collect::<Vec<_>>(),
        "incentive": outcome.incentive().collect::<Vec<_>>(),
        "dividends": outcome.dividends().collect::<Vec<_>>(),
        "validator_trust": outcome.validator_trust().collect::<Vec<_>>(),
        "server_emission": outcome.server_emission().to_vec(),
        "validator_emission": outcome.validator_emission().to_vec(),
        "emission": outcome.emission().to_vec(),
        "bonds": write_rows((0..n).map(|uid| outcome.bonds(uid)))?,
        "raw": dict!({
            "stake": bits(raw.stake),
            "active_stake": bits(raw.active_stake),
            "consensus": bits(raw.consensus),
            "validator_trust": bits(raw.validator_trust),
            "incentive": bits(raw.incentive),
            "dividends": bits(raw.dividends),
            "ema_bonds": write_rows(ema_bonds)?,
        }),
    }))
}

/// Rows as three typed arrays.
fn write_rows<V: ToJs>(rows: impl Iterator<Item = impl Iterator<Item = (u16, V)>>) -> Answer<Object> {
    let (mut offsets, mut columns, mut values) = (vec![0_u32], Vec::new(), Vec::new());
    for row in rows {
        for (column, value) in row {
            columns.push(column);
            values.push(value);
        }
        offsets.push(u32::try_from(columns.len()).unwrap_or(u32::MAX));
    }
    Ok(dict!({ "offsets": offsets, "columns": columns, "values": values }))
}

/// Runs `compute` in fresh memory.
fn run(
    params: &Params,
    subnet: &JsValue,
    words: Option<usize>,
    compute: impl for<'m> Fn(&Subnet<'_>, &'m mut [u64]) -> Result<Outcome<'m>, Error>,
) -> Answer<Object> {
    let tables = Tables::read(subnet)?;
    let subnet = tables.subnet().map_err(refused)?;
    // An epoch never needs more than it asks for.
    let needed = subnet.workspace_words().map_err(refused)?;
    let mut memory = vec![0; words.map_or(needed, |words| words.min(needed))];
    let outcome = compute(&subnet, &mut memory).map_err(refused)?;
    write_outcome(params.rules, subnet.n, &outcome)
}

/// One epoch: the outcome's fields.
pub fn epoch(params: &JsValue, subnet: &JsValue, workspace_words: &JsValue) -> Answer<Object> {
    let params = read_params(params)?;
    let words = door::optional(workspace_words, "workspace_words")?;
    run(&params, subnet, words, |subnet, memory| core::run(&params, subnet, memory))
}

/// One epoch of a subnet in Null mode, in the same form.
pub fn null_epoch(
    params: &JsValue,
    subnet: &JsValue,
    mining: &JsValue,
    dividend: &JsValue,
    fallback: &JsValue,
) -> Answer<Object> {
    let params = read_params(params)?;
    let budgets = NullBudgets {
        mining: integer(mining, "mining")?,
        dividend: integer(dividend, "dividend")?,
        fallback: integer(fallback, "fallback")?,
    };
    run(&params, subnet, None, |subnet, memory| core::null_epoch(&params, subnet, budgets, memory))
}

/// A Null epoch's budgets.
pub fn write_budgets(budgets: &NullBudgets) -> Answer<Object> {
    Ok(dict!({ "mining": budgets.mining, "dividend": budgets.dividend, "fallback": budgets.fallback }))
}

/// The budgets of a Null epoch called with a single amount.
pub fn null_budgets_of_emission(rao_emission: &JsValue) -> Answer<Object> {
    let budgets = NullBudgets::of_emission(integer(rao_emission, "rao_emission")?);
    write_budgets(&budgets)
}

/// Whole units in proportion to shares.
pub fn apportion(shares: &JsValue, budget: &JsValue) -> Answer<Vec<u64>> {
    let shares: Vec<u128> = door::integers(shares, "shares")?;
    let budget = integer(budget, "budget")?;
    let mut payouts = vec![0; shares.len()];
    core::apportion(shares.iter().copied(), budget, &mut payouts);
    Ok(payouts)
}

//! The epoch: a subnet's tables, and its outcome.

use yuma_core::epoch as core;
use yuma_core::epoch::{ConsensusMode, NullBudgets, Outcome};
use yuma_core::fixed::I64F64;
use yuma_core::{Error, Params, Rows, Subnet};

use crate::door::{Answer, Given, Read, Refusal, Write, choice, functions, record};

choice! {
    ConsensusMode { Auto, Current, Previous }
}

record! {
    Params {
        rules, tempo, activity_cutoff, kappa, bonds_penalty, bonds_moving_average, yuma3, liquid_alpha, commit_reveal,
        alpha_low, alpha_high, alpha_sigmoid_steepness, max_allowed_validators, stake_threshold, consensus_mode,
    }
    NullBudgets { mining, dividend, fallback }
}

functions! {
    // The parameters that the chain gives a new subnet.
    default_params() => Params::CHAIN_DEFAULT;
    epoch => epoch;
    null_epoch => null_epoch;
    null_budgets_of_emission(rao_emission) => NullBudgets::of_emission(rao_emission);
    apportion(shares: Vec<_>, budget) => {
        let mut payouts = vec![0; shares.len()];
        core::apportion(shares.into_iter(), budget, &mut payouts);
        payouts
    };
}

/// A sparse matrix in its three lists.
pub struct Csr<V> {
    offsets: Vec<u32>,
    columns: Vec<u16>,
    values: Vec<V>,
}

impl<V: Read> Read for Csr<V> {
    fn read(given: &mut Given<'_>) -> Self {
        Self { offsets: given.read(), columns: given.read(), values: given.read() }
    }
}

impl<V: Copy> Csr<V> {
    pub fn rows(&self, field: &'static str) -> Result<Rows<'_, V>, Error> {
        Rows::new(field, &self.offsets, &self.columns, &self.values)
    }
}

/// Stakes as whole rao, which all fit, or as raw bits.
struct Stakes(Vec<I64F64>);

impl Read for Stakes {
    fn read(given: &mut Given<'_>) -> Self {
        let whole: Option<Vec<u64>> = given.read();
        let raw = |rao| I64F64::from_bits(i128::from(rao) << 64);
        Self(whole.map_or_else(|| given.read(), |stakes| stakes.into_iter().map(raw).collect()))
    }
}

/// An epoch in the memory that it needs.
type Compute<'c> = dyn for<'m> Fn(&Subnet<'_>, &'m mut [u64]) -> Result<Outcome<'m>, Error> + 'c;

/// A subnet in lists of its own.
pub struct Tables {
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

impl Read for Tables {
    fn read(given: &mut Given<'_>) -> Self {
        Self {
            n: given.read(),
            current_block: given.read(),
            last_step_block: given.read(),
            last_yuma_step_block: given.read(),
            owner_uid: given.read(),
            rao_emission: given.read(),
            stake: Stakes::read(given).0,
            last_update: given.read(),
            block_at_registration: given.read(),
            validator_permit: given.read(),
            commit_block: given.read(),
            weights: given.read(),
            bonds: given.read(),
            previous_consensus: given.read(),
        }
    }
}

impl Tables {
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

/// As it is read, but for the stakes, which are raw bits.
impl Write for Subnet<'_> {
    fn write(&self, answer: &mut Answer) {
        answer.write(&(self.n, self.current_block, self.last_step_block));
        answer.write(&(self.last_yuma_step_block, self.owner_uid, self.rao_emission));
        answer.write(&(self.stake, self.last_update, self.block_at_registration));
        answer.write(&(self.validator_permit, self.commit_block));
        answer.write(&(self.weights, self.bonds, self.previous_consensus));
    }
}

/// Runs `compute` on the subnet given, and writes the outcome's fields.
fn run(given: &mut Given<'_>, words: Option<u32>, answer: &mut Answer, compute: &Compute<'_>) -> Result<(), Refusal> {
    let tables: Tables = given.read();
    let subnet = tables.subnet()?;
    // An epoch never needs more than it asks for.
    let needed = subnet.workspace_words()?;
    let words = words.and_then(|words| words.try_into().ok()).unwrap_or(usize::MAX);
    let mut memory = vec![0; needed.min(words)];
    write(&compute(&subnet, &mut memory)?, subnet.n, answer);
    Ok(())
}

fn write(outcome: &Outcome<'_>, n: u16, answer: &mut Answer) {
    answer.write(&(outcome.rules(), outcome.active(), outcome.validator_permit()));
    let shares: [Vec<u16>; 5] = [
        outcome.stake_weight().collect(),
        outcome.consensus().collect(),
        outcome.incentive().collect(),
        outcome.dividends().collect(),
        outcome.validator_trust().collect(),
    ];
    for shares in shares {
        answer.write(&shares);
    }
    answer.write(&(outcome.server_emission(), outcome.validator_emission(), outcome.emission()));
    write_rows((0..n).map(|uid| outcome.bonds(uid)), answer);
    let raw = outcome.raw();
    answer.write(&(raw.stake, raw.active_stake, raw.consensus, raw.validator_trust, raw.incentive, raw.dividends));
    answer.write(&raw.ema_bonds);
}

impl<V: Copy + Write> Write for Rows<'_, V> {
    fn write(&self, answer: &mut Answer) {
        write_rows(self.iter(), answer);
    }
}

/// Rows as their three lists.
fn write_rows<V: Write>(rows: impl Iterator<Item = impl Iterator<Item = (u16, V)>>, answer: &mut Answer) {
    let (mut offsets, mut columns, mut values) = (vec![0_u32], Vec::new(), Vec::new());
    for row in rows {
        for (column, value) in row {
            columns.push(column);
            values.push(value);
        }
        offsets.push(u32::try_from(columns.len()).unwrap_or(u32::MAX));
    }
    answer.write(&(offsets, columns, values));
}

/// One epoch.
fn epoch(given: &mut Given<'_>, answer: &mut Answer) -> Result<(), Refusal> {
    let (params, words) = given.read();
    run(given, words, answer, &|subnet, memory| core::run(&params, subnet, memory))
}

/// One epoch of a subnet in Null mode.
fn null_epoch(given: &mut Given<'_>, answer: &mut Answer) -> Result<(), Refusal> {
    let (params, budgets) = given.read();
    run(given, None, answer, &|subnet, memory| core::null_epoch(&params, subnet, budgets, memory))
}

//! Canonical bytes (`core/src/digest/format.md`).

use sha2::{Digest, Sha256};

use super::{epoch, subtensor_475};
use crate::schema::digest::DigestExpect;
use crate::schema::epoch::{ConsensusMode, EpochExpect, EpochInput};
use crate::schema::submission::Hex;
use crate::schema::subtensor_475::epoch::NullEpochExpect;
use crate::schema::{Matrix, U64};

/// What an outcome's bytes say, in their order.
struct Outcome {
    active: Vec<bool>,
    validator_permit: Vec<bool>,
    /// Stake weight, consensus, incentive, dividends, validator trust.
    shares: [Vec<u16>; 5],
    /// Of servers, of validators, combined.
    emission: [Vec<U64>; 3],
    bonds: Matrix<u16>,
}

/// Kind `digest` under the rules of a spec version.
pub fn digest(spec_version: u32, input: &EpochInput) -> DigestExpect {
    let input_bytes = input_bytes(spec_version, input);
    let input_digest = sha256(&input_bytes);
    let outcome_bytes = outcome_bytes(spec_version, input, input_digest);
    DigestExpect {
        input_bytes: Hex(input_bytes),
        input_digest: Hex(input_digest),
        outcome_digest: Hex(sha256(&outcome_bytes)),
        outcome_bytes: Hex(outcome_bytes),
    }
}

/// The table of an input.
fn input_bytes(spec_version: u32, input: &EpochInput) -> Vec<u8> {
    let n = usize::from(input.n);
    let weights = Rows::new(&input.weights, n);
    let bonds = Rows::new(&input.bonds, n);
    let previous_consensus: Vec<u16> = input.previous_consensus.iter().flatten().copied().take(n).collect();
    // Permits that are missing are not given.
    let permits = input.validator_permit.iter().copied().chain(std::iter::repeat(false)).take(n);
    let nobody = vec![u64::MAX; n];
    let commits = input.commit_block.as_ref().map_or(nobody, |blocks| numbers(blocks));
    let steepness: i16 = input.alpha_sigmoid_steepness;

    let mut bytes = beginning(1, spec_version);
    bytes.extend(input.n.to_le_bytes());
    bytes.extend(weights.count().to_le_bytes());
    bytes.extend(bonds.count().to_le_bytes());
    bytes.extend(u16::try_from(previous_consensus.len()).expect("at most n").to_le_bytes());

    match budgets(input) {
        None => bytes.push(0),
        Some(budgets) => {
            bytes.push(1);
            bytes.extend(u64s(&budgets));
        }
    }
    bytes.extend(u64s(&[input.tempo.0, input.activity_cutoff.0]));
    bytes.extend(u16s(&[input.kappa, input.bonds_penalty]));
    bytes.extend(u64s(&[input.bonds_moving_average.0]));
    bytes.extend(flags([input.yuma3, input.liquid_alpha, input.commit_reveal]));
    bytes.extend(u16s(&[input.alpha_low, input.alpha_high]));
    bytes.extend(steepness.to_le_bytes());
    bytes.extend(u16s(&[input.max_allowed_validators]));
    bytes.extend(u64s(&[input.stake_threshold.0]));
    bytes.push(match input.consensus_mode.unwrap_or(ConsensusMode::Auto) {
        ConsensusMode::Current => 0,
        ConsensusMode::Previous => 1,
        ConsensusMode::Auto => 2,
    });
    bytes.extend(u64s(&[input.current_block.0, input.last_step_block.0]));
    match input.last_yuma_step_block.flatten() {
        None => bytes.push(0),
        Some(block) => {
            bytes.push(1);
            bytes.extend(u64s(&[block.0]));
        }
    }
    match input.owner_uid {
        None => bytes.push(0),
        Some(uid) => {
            bytes.push(1);
            bytes.extend(u16s(&[uid]));
        }
    }
    bytes.extend(u64s(&[input.rao_emission.0]));

    bytes.extend(input.stake.iter().flat_map(|stake| stake.0.to_le_bytes()));
    bytes.extend(u64s(&numbers(&input.last_update)));
    bytes.extend(u64s(&numbers(&input.block_at_registration)));
    bytes.extend(flags(permits));
    bytes.extend(u64s(&commits));
    bytes.extend(weights.bytes());
    bytes.extend(bonds.bytes());
    bytes.extend(u16s(&previous_consensus));
    bytes
}

/// The table of an outcome.
fn outcome_bytes(spec_version: u32, input: &EpochInput, input_digest: [u8; 32]) -> Vec<u8> {
    let outcome = match (budgets(input), spec_version) {
        (Some(_), _) => of_null_epoch(subtensor_475::epoch::null_epoch(input)),
        (None, 425) => of_epoch(epoch::epoch(input)),
        (None, _) => of_epoch(subtensor_475::epoch::epoch(input)),
    };
    let bonds = Rows::new(&outcome.bonds, usize::from(input.n));

    let mut bytes = beginning(2, spec_version);
    bytes.extend(input_digest);
    bytes.extend(input.n.to_le_bytes());
    bytes.extend(bonds.count().to_le_bytes());
    bytes.extend(flags(outcome.active));
    bytes.extend(flags(outcome.validator_permit));
    bytes.extend(outcome.shares.iter().flat_map(|shares| u16s(shares)));
    bytes.extend(outcome.emission.iter().flat_map(|amounts| u64s(&numbers(amounts))));
    bytes.extend(bonds.bytes());
    bytes
}

fn of_epoch(result: EpochExpect) -> Outcome {
    Outcome {
        active: result.active,
        validator_permit: result.validator_permit,
        shares: [result.stake_weight, result.consensus, result.incentive, result.dividends, result.validator_trust],
        emission: [result.server_emission, result.validator_emission, result.emission],
        bonds: result.bonds,
    }
}

/// A Null epoch leaves no bonds.
fn of_null_epoch(result: NullEpochExpect) -> Outcome {
    Outcome {
        active: result.active,
        validator_permit: result.validator_permit,
        shares: [result.stake_weight, result.consensus, result.incentive, result.dividends, result.validator_trust],
        emission: [result.server_emission, result.validator_emission, result.emission],
        bonds: Matrix::default(),
    }
}

/// The ten bytes both begin with.
fn beginning(content: u8, spec_version: u32) -> Vec<u8> {
    let mut bytes = b"yuma".to_vec();
    bytes.push(1);
    bytes.push(content);
    bytes.extend(spec_version.to_le_bytes());
    bytes
}

/// Mining, dividend, fallback, where they are all given: a Null epoch.
fn budgets(input: &EpochInput) -> Option<[u64; 3]> {
    Some([input.mining_budget?.0, input.dividend_budget?.0, input.fallback_budget?.0])
}

/// One row per uid; missing ones are empty, those of uids ≥ n are dropped.
struct Rows(Vec<Vec<(u16, u16)>>);

impl Rows {
    fn new(matrix: &Matrix<u16>, n: usize) -> Self {
        let mut rows = vec![Vec::new(); n];
        for (uid, entries) in &matrix.0 {
            if let Some(row) = rows.get_mut(usize::from(*uid)) {
                row.clone_from(entries);
            }
        }
        Self(rows)
    }

    fn count(&self) -> u32 {
        self.0.iter().map(|row| length(row)).sum()
    }

    /// Where each row ends, then the entries.
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut end = 0;
        for row in &self.0 {
            end += length(row);
            bytes.extend(end.to_le_bytes());
        }
        for (column, value) in self.0.iter().flatten() {
            bytes.extend(u16s(&[*column, *value]));
        }
        bytes
    }
}

fn length(row: &[(u16, u16)]) -> u32 {
    u32::try_from(row.len()).expect("rows of a file are short")
}

fn numbers(list: &[U64]) -> Vec<u64> {
    list.iter().map(|number| number.0).collect()
}

fn u16s(values: &[u16]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

fn u64s(values: &[u64]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

fn flags(values: impl IntoIterator<Item = bool>) -> Vec<u8> {
    values.into_iter().map(u8::from).collect()
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

//! Canonical bytes of an epoch's input and of its outcome, and their SHA-256.

use yuma_core::Error;
use yuma_core::digest::{self as core, EpochInput, MatrixBuffers, OutcomeBuffers, OutcomeRecord, SubnetBuffers};
use yuma_core::fixed::I64F64;

use crate::door::{Answer, Given, Refusal, functions};
use crate::epoch::{Csr, Tables};

functions! {
    encode_input => |given, answer| of_input(given, answer, |input, answer| {
        core::encode_input(input, answer.byte_list(core::input_length(input)?))?;
        Ok(())
    });
    input_digest => |given, answer| of_input(given, answer, |input, answer| {
        answer.write(core::input_digest(input)?.as_slice());
        Ok(())
    });
    decode_input => decode_input;
    encode_outcome => |given, answer| of_outcome(given, answer, |outcome, answer| {
        core::encode_outcome(outcome, answer.byte_list(outcome.length()?))?;
        Ok(())
    });
    outcome_digest => |given, answer| of_outcome(given, answer, |outcome, answer| {
        answer.write(outcome.digest()?.as_slice());
        Ok(())
    });
    decode_outcome => decode_outcome;
}

/// The bytes that `make` makes of the input given.
fn of_input(
    given: &mut Given<'_>,
    answer: &mut Answer,
    make: fn(&EpochInput<'_>, &mut Answer) -> Result<(), Error>,
) -> Result<(), Refusal> {
    let (params, null_budgets) = given.read();
    let tables: Tables = given.read();
    Ok(make(&EpochInput { params, subnet: tables.subnet()?, null_budgets }, answer)?)
}

/// The bytes that `make` makes of the outcome given.
fn of_outcome(
    given: &mut Given<'_>,
    answer: &mut Answer,
    make: fn(&OutcomeRecord<'_>, &mut Answer) -> Result<(), Error>,
) -> Result<(), Refusal> {
    let (rules, active, validator_permit): (_, Vec<_>, Vec<_>) = given.read();
    let [stake_weight, consensus, incentive, dividends, validator_trust]: [Vec<_>; 5] =
        std::array::from_fn(|_| given.read());
    let (server_emission, validator_emission, emission): (Vec<_>, Vec<_>, Vec<_>) = given.read();
    let (bonds, input_digest): (Csr<_>, _) = given.read();
    let outcome = OutcomeRecord {
        rules,
        input_digest,
        active: &active,
        validator_permit: &validator_permit,
        stake_weight: &stake_weight,
        consensus: &consensus,
        incentive: &incentive,
        dividends: &dividends,
        validator_trust: &validator_trust,
        server_emission: &server_emission,
        validator_emission: &validator_emission,
        emission: &emission,
        bonds: bonds.rows("bonds")?,
    };
    Ok(make(&outcome, answer)?)
}

/// The memory of a decoded matrix.
struct Matrix {
    ends: Vec<u32>,
    columns: Vec<u16>,
    values: Vec<u16>,
}

impl Matrix {
    fn with_room(rows: usize, entries: u32) -> Self {
        let entries = entries.try_into().unwrap_or(usize::MAX);
        Self { ends: vec![0; rows], columns: vec![0; entries], values: vec![0; entries] }
    }

    fn buffers(&mut self) -> MatrixBuffers<'_> {
        MatrixBuffers { ends: &mut self.ends, columns: &mut self.columns, values: &mut self.values }
    }
}

/// The parameters, the subnet, the budgets where there are some, and the SHA-256 of the bytes.
fn decode_input(given: &mut Given<'_>, answer: &mut Answer) -> Result<(), Refusal> {
    let bytes = given.text();
    // Counts that the bytes cannot hold are refused here, before there is memory for them.
    let sizes = core::input_sizes(bytes)?;
    let n = usize::from(sizes.n);
    let (mut weights, mut bonds) = (Matrix::with_room(n, sizes.weights), Matrix::with_room(n, sizes.bonds));
    let buffers = SubnetBuffers {
        stake: &mut vec![I64F64::ZERO; n],
        last_update: &mut vec![0; n],
        block_at_registration: &mut vec![0; n],
        validator_permit: &mut vec![false; n],
        commit_block: &mut vec![0; n],
        weights: weights.buffers(),
        bonds: bonds.buffers(),
        previous_consensus: &mut vec![0; sizes.previous_consensus.into()],
    };
    let (input, digest) = core::decode_input(bytes, buffers)?;
    answer.write(&input.params);
    answer.write(&input.subnet);
    answer.write(&(input.null_budgets, digest.as_slice()));
    Ok(())
}

/// The outcome's fields, the SHA-256 of its input, and that of the bytes.
fn decode_outcome(given: &mut Given<'_>, answer: &mut Answer) -> Result<(), Refusal> {
    let bytes = given.text();
    // As for an input: no memory for what the bytes cannot hold.
    let sizes = core::outcome_sizes(bytes)?;
    let n = usize::from(sizes.n);
    let mut bonds = Matrix::with_room(n, sizes.bonds);
    let buffers = OutcomeBuffers {
        active: &mut vec![false; n],
        validator_permit: &mut vec![false; n],
        stake_weight: &mut vec![0; n],
        consensus: &mut vec![0; n],
        incentive: &mut vec![0; n],
        dividends: &mut vec![0; n],
        validator_trust: &mut vec![0; n],
        server_emission: &mut vec![0; n],
        validator_emission: &mut vec![0; n],
        emission: &mut vec![0; n],
        bonds: bonds.buffers(),
    };
    let (outcome, digest) = core::decode_outcome(bytes, buffers)?;
    answer.write(&(outcome.rules, outcome.active, outcome.validator_permit));
    for shares in
        [outcome.stake_weight, outcome.consensus, outcome.incentive, outcome.dividends, outcome.validator_trust]
    {
        answer.write(shares);
    }
    answer.write(&(outcome.server_emission, outcome.validator_emission, outcome.emission));
    answer.write(&(outcome.bonds, outcome.input_digest.as_slice(), digest.as_slice()));
    Ok(())
}

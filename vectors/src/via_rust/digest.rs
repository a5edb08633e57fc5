//! Kinds `digest` and `digest-error` through `yuma_core::digest`.

use yuma_core::digest::{
    self, EpochInput, MatrixBuffers, OutcomeBuffers, OutcomeRecord, SubnetBuffers, decode_outcome, encode_outcome,
};
use yuma_core::epoch::NullBudgets;
use yuma_core::fixed::I64F64;
use yuma_core::{Error, Rules};

use crate::schema::Failure;
use crate::schema::digest::{Content, DigestErrorExpect, DigestErrorInput, DigestExpect};
use crate::schema::epoch::EpochInput as Input;
use crate::schema::submission::Hex;
use crate::schema::{Decimal, Malformed};
use crate::via_rust::epoch::Tables;
use crate::via_rust::refused;

/// Canonical bytes and digests of an epoch. The outcome is computed from what the input's bytes decode to, and its bytes are
/// those of what they decode to.
///
/// # Errors
/// What core's door refuses.
pub fn digest(rules: Rules, input: &Input) -> Result<DigestExpect, Failure> {
    let tables = Tables::new(rules, input);
    digest_of(&tables, null_budgets(input)).map_err(refused)
}

fn null_budgets(input: &Input) -> Option<NullBudgets> {
    Some(NullBudgets {
        mining: input.mining_budget?.0,
        dividend: input.dividend_budget?.0,
        fallback: input.fallback_budget?.0,
    })
}

fn digest_of(tables: &Tables, null_budgets: Option<NullBudgets>) -> Result<DigestExpect, Error> {
    let input = EpochInput { params: tables.params, subnet: tables.subnet()?, null_budgets };
    let mut input_bytes = vec![0; digest::input_length(&input)?];
    let length = digest::encode_input(&input, &mut input_bytes)?;
    input_bytes.truncate(length);
    let input_digest = digest::input_digest(&input)?;
    let (outcome_bytes, outcome_digest) = decode_input(&input_bytes, |input, digest| {
        let mut memory = vec![0; input.workspace_words()?];
        let outcome = input.run(&mut memory)?;
        let mut bytes = Vec::with_capacity(digest::outcome_length(&outcome));
        digest::write_outcome(&digest, &outcome, |piece| bytes.extend_from_slice(piece));
        Ok((bytes, digest::outcome_digest(&digest, &outcome)))
    })?;
    let outcome_bytes = decode_outcome_bytes(&outcome_bytes, |record| {
        let mut again = vec![0; record.length()?];
        let length = encode_outcome(record, &mut again)?;
        again.truncate(length);
        Ok(again)
    })?;
    Ok(DigestExpect {
        input_bytes: Hex(input_bytes),
        input_digest: Hex(input_digest),
        outcome_bytes: Hex(outcome_bytes),
        outcome_digest: Hex(outcome_digest),
    })
}

/// How bytes are refused.
///
/// # Errors
/// [`Failure::Malformed`] when they are not.
pub fn digest_error(input: &DigestErrorInput) -> Result<DigestErrorExpect, Failure> {
    let bytes = &input.bytes.0;
    let decoded = match input.content {
        Content::Input => decode_input(bytes, |_, _| Ok(())),
        Content::Outcome => decode_outcome_bytes(bytes, |_| Ok(())),
    };
    match decoded {
        Err(error) => Ok(DigestErrorExpect {
            code: error.code.name().into(),
            field: error.field.into(),
            index: Decimal(error.index),
            limit: Decimal(error.limit),
        }),
        Ok(()) => Err(Failure::Malformed(Malformed {
            code: "none".into(),
            field: "bytes".into(),
            index: None,
            message: "the bytes were accepted".into(),
        })),
    }
}

/// A matrix's memory.
struct Csr {
    ends: Vec<u32>,
    columns: Vec<u16>,
    values: Vec<u16>,
}

impl Csr {
    fn new(rows: u16, entries: u32) -> Self {
        let entries = usize::try_from(entries).unwrap_or(usize::MAX);
        Self { ends: vec![0; rows.into()], columns: vec![0; entries], values: vec![0; entries] }
    }

    fn buffers(&mut self) -> MatrixBuffers<'_> {
        MatrixBuffers { ends: &mut self.ends, columns: &mut self.columns, values: &mut self.values }
    }
}

fn decode_input<T>(bytes: &[u8], then: impl FnOnce(&EpochInput<'_>, [u8; 32]) -> Result<T, Error>) -> Result<T, Error> {
    let sizes = digest::input_sizes(bytes)?;
    let n = usize::from(sizes.n);
    let (mut weights, mut bonds) = (Csr::new(sizes.n, sizes.weights), Csr::new(sizes.n, sizes.bonds));
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
    let (input, digest) = digest::decode_input(bytes, buffers)?;
    then(&input, digest)
}

fn decode_outcome_bytes<T>(
    bytes: &[u8],
    then: impl FnOnce(&OutcomeRecord<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let sizes = digest::outcome_sizes(bytes)?;
    let n = usize::from(sizes.n);
    let mut bonds = Csr::new(sizes.n, sizes.bonds);
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
    let (record, _) = decode_outcome(bytes, buffers)?;
    then(&record)
}

//! What a device answers, taken apart.

use serde_json::{Value, json};
use yuma_core::digest::{MatrixBuffers, OutcomeBuffers, OutcomeRecord, decode_outcome, outcome_sizes};
use yuma_vectors::schema::submission::Hex;
use yuma_vectors::schema::{Decimal, Matrix, to_json};

use crate::trouble::{Refusal, Trouble};

/// What a device says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Of frames and commands.
    pub protocol: u16,
    /// Of the library in the image.
    pub library: String,
    /// The commands it knows.
    pub commands: Vec<u8>,
    /// The spec versions of the rules it knows.
    pub rules: Vec<u32>,
    /// Neurons there is room for.
    pub neurons: u32,
    /// Weights there is room for.
    pub weights: u32,
    /// Bonds there is room for.
    pub bonds: u32,
    /// The workspace, in words of 8 bytes.
    pub words: u32,
    /// The stack, in bytes; 0 where the board does not count.
    pub stack_size: u32,
    /// The most of the stack that was ever in use, in bytes.
    pub stack_peak: u32,
    /// How long the last epoch took, in ticks.
    pub epoch_ticks: u32,
    /// How many ticks are a second.
    pub ticks_per_second: u32,
}

impl Version {
    pub(crate) fn read(payload: &[u8]) -> Result<Self, Trouble> {
        let mut rest = Rest(payload);
        let mut read = || {
            Some(Self {
                protocol: u16::from_le_bytes(rest.take()?),
                library: String::from_utf8_lossy(rest.short()?).into_owned(),
                commands: rest.short()?.to_vec(),
                rules: {
                    let [count] = rest.take()?;
                    (0..count).map(|_| rest.u32()).collect::<Option<_>>()?
                },
                neurons: rest.u32()?,
                weights: rest.u32()?,
                bonds: rest.u32()?,
                words: rest.u32()?,
                stack_size: rest.u32()?,
                stack_peak: rest.u32()?,
                epoch_ticks: rest.u32()?,
                ticks_per_second: rest.u32()?,
            })
        };
        let version = read();
        rest.nothing_after(version)
    }
}

impl Refusal {
    pub(crate) fn read(payload: &[u8]) -> Result<Self, Trouble> {
        let mut rest = Rest(payload);
        let mut read = || {
            let [code] = rest.take()?;
            Some(Self {
                code,
                name: String::from_utf8_lossy(rest.short()?).into_owned(),
                field: String::from_utf8_lossy(rest.short()?).into_owned(),
                index: u64::from_le_bytes(rest.take()?),
                limit: u64::from_le_bytes(rest.take()?),
            })
        };
        let refusal = read();
        rest.nothing_after(refusal)
    }
}

/// What is left of a payload.
struct Rest<'p>(&'p [u8]);

impl<'p> Rest<'p> {
    fn take<const SIZE: usize>(&mut self) -> Option<[u8; SIZE]> {
        let (front, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*front)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    /// Bytes after their number, a u8.
    fn short(&mut self) -> Option<&'p [u8]> {
        let [length] = self.take()?;
        let (front, rest) = self.0.split_at_checked(length.into())?;
        self.0 = rest;
        Some(front)
    }

    fn nothing_after<T>(&self, read: Option<T>) -> Result<T, Trouble> {
        read.filter(|_| self.0.is_empty()).ok_or_else(|| Trouble::Answer("a payload of another length".into()))
    }
}

/// What a device answers to an epoch: the outcome's canonical bytes and the digest that it would sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EpochAnswer {
    /// See [`yuma_core::digest`].
    pub outcome: Vec<u8>,
    /// The SHA-256 of `outcome`.
    pub digest: [u8; 32],
}

impl EpochAnswer {
    /// Parts an answer, and checks that the digest is the outcome's and that the outcome is that of `input_digest`.
    pub(crate) fn read(mut payload: Vec<u8>, input_digest: &[u8; 32]) -> Result<Self, Trouble> {
        let no_digest = || Trouble::Answer("no digest".into());
        let digest = *payload.last_chunk().ok_or_else(no_digest)?;
        payload.truncate(payload.len() - size_of_val(&digest));
        let answer = Self { outcome: payload, digest };
        let (of_input, of_outcome) = answer.read_outcome(|record, digest| (record.input_digest, digest))?;
        if of_outcome != digest {
            return Err(Trouble::Answer("the digest is not the outcome's".into()));
        }
        if of_input != *input_digest {
            return Err(Trouble::Answer("the outcome is that of another input".into()));
        }
        Ok(answer)
    }

    /// Decodes the outcome, and hands it and the SHA-256 of its bytes to `look`.
    ///
    /// # Errors
    /// [`Trouble::Answer`] for bytes that are no outcome's.
    pub fn read_outcome<T>(&self, look: impl FnOnce(&OutcomeRecord<'_>, [u8; 32]) -> T) -> Result<T, Trouble> {
        let no_outcome = |error| Trouble::Answer(format!("no outcome: {error}"));
        let sizes = outcome_sizes(&self.outcome).map_err(no_outcome)?;
        let (n, bonds) = (usize::from(sizes.n), usize::try_from(sizes.bonds).unwrap_or(usize::MAX));
        let flags = || vec![false; n];
        let shares = || vec![0_u16; n];
        let amounts = || vec![0_u64; n];
        let buffers = OutcomeBuffers {
            active: &mut flags(),
            validator_permit: &mut flags(),
            stake_weight: &mut shares(),
            consensus: &mut shares(),
            incentive: &mut shares(),
            dividends: &mut shares(),
            validator_trust: &mut shares(),
            server_emission: &mut amounts(),
            validator_emission: &mut amounts(),
            emission: &mut amounts(),
            bonds: MatrixBuffers { ends: &mut vec![0; n], columns: &mut vec![0; bonds], values: &mut vec![0; bonds] },
        };
        let (record, digest) = decode_outcome(&self.outcome, buffers).map_err(no_outcome)?;
        Ok(look(&record, digest))
    }

    /// The outcome in the form of the golden vectors, fields in the same order.
    ///
    /// # Errors
    /// As [`EpochAnswer::read_outcome`].
    pub fn to_json(&self) -> Result<Value, Trouble> {
        self.read_outcome(|outcome, _| {
            let amounts = |amounts: &[u64]| to_json(amounts.iter().map(|&amount| Decimal(amount)).collect::<Vec<_>>());
            let rows = (0..).zip(outcome.bonds.iter()).map(|(uid, row)| (uid, row.collect::<Vec<_>>()));
            json!({
                "server_emission": amounts(outcome.server_emission),
                "validator_emission": amounts(outcome.validator_emission),
                "emission": amounts(outcome.emission),
                "bonds": to_json(Matrix(rows.filter(|(_, row)| !row.is_empty()).collect())),
                "active": outcome.active,
                "validator_permit": outcome.validator_permit,
                "stake_weight": outcome.stake_weight,
                "consensus": outcome.consensus,
                "validator_trust": outcome.validator_trust,
                "incentive": outcome.incentive,
                "dividends": outcome.dividends,
            })
        })
    }

    /// The digest in hexadecimal.
    pub fn digest_hex(&self) -> String {
        hex(&self.digest)
    }
}

/// Bytes in hexadecimal, as the golden vectors have them.
pub fn hex<const SIZE: usize>(bytes: &[u8; SIZE]) -> String {
    to_json(Hex(*bytes)).as_str().unwrap_or_default().to_owned()
}

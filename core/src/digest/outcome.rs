//! What an epoch gave: written from an [`Outcome`] where it lies, or from an [`OutcomeRecord`], read into one.

use super::bytes::{Content, EntriesOf, Reader, Writer, all_of, at_least, fill, front_of, sha256};
use crate::epoch::{MatrixBuffers, Outcome};
use crate::error::{Error, ErrorCode, check_length, take_room};
use crate::rows::Rows;
use crate::rules::Rules;

/// An epoch's outcome in chain units, as somebody keeps, sends or receives it: [`Outcome`] without its memory. Slices have
/// one element per uid.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each is the method of Outcome with its name")]
pub struct OutcomeRecord<'a> {
    pub rules: Rules,
    /// The SHA-256 of the input's canonical bytes.
    pub input_digest: [u8; 32],
    pub active: &'a [bool],
    pub validator_permit: &'a [bool],
    pub stake_weight: &'a [u16],
    pub consensus: &'a [u16],
    pub incentive: &'a [u16],
    pub dividends: &'a [u16],
    pub validator_trust: &'a [u16],
    pub server_emission: &'a [u64],
    pub validator_emission: &'a [u64],
    pub emission: &'a [u64],
    pub bonds: Rows<'a, u16>,
}

/// How much of everything an encoded outcome has: the room that [`OutcomeBuffers`] need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutcomeSizes {
    /// Neurons: elements of every list, and rows of the matrix.
    pub n: u16,
    /// Entries of `bonds`.
    pub bonds: u32,
}

/// The caller's memory for a decoded outcome. More room than [`OutcomeSizes`] says does no harm.
#[derive(Debug)]
#[expect(missing_docs, reason = "each is the field of OutcomeRecord with its name")]
pub struct OutcomeBuffers<'b> {
    pub active: &'b mut [bool],
    pub validator_permit: &'b mut [bool],
    pub stake_weight: &'b mut [u16],
    pub consensus: &'b mut [u16],
    pub incentive: &'b mut [u16],
    pub dividends: &'b mut [u16],
    pub validator_trust: &'b mut [u16],
    pub server_emission: &'b mut [u64],
    pub validator_emission: &'b mut [u64],
    pub emission: &'b mut [u64],
    pub bonds: MatrixBuffers<'b>,
}

/// Hands the canonical bytes of an outcome to `write`, piece by piece, as it lies in its workspace. `input_digest` is the
/// SHA-256 of the input it was computed from.
///
/// ```
/// use yuma_core::{Params, digest::{self, EpochInput}, epoch::StaticSubnet};
/// let subnet = StaticSubnet::<1, 1, 1>::new();
/// let input = EpochInput { params: Params::CHAIN_DEFAULT, subnet: subnet.as_subnet(), null_budgets: None };
/// let outcome = input.run(&mut [])?;
/// let input_digest = digest::input_digest(&input)?;
/// let mut bytes = Vec::new();
/// digest::write_outcome(&input_digest, &outcome, |piece| bytes.extend_from_slice(piece));
/// assert_eq!(bytes.len(), digest::outcome_length(&outcome));
/// assert_eq!(bytes[10..42], input_digest);
/// # Ok::<(), yuma_core::Error>(())
/// ```
pub fn write_outcome(input_digest: &[u8; 32], outcome: &Outcome<'_>, mut write: impl FnMut(&[u8])) {
    write_live(input_digest, outcome, &mut write);
}

/// The SHA-256 of an outcome's canonical bytes: what a hardware validator signs. It attests the input, too.
pub fn outcome_digest(input_digest: &[u8; 32], outcome: &Outcome<'_>) -> [u8; 32] {
    sha256(|write| write_live(input_digest, outcome, write))
}

/// The number of an outcome's canonical bytes.
pub fn outcome_length(outcome: &Outcome<'_>) -> usize {
    length_of(outcome.validator_permit().len(), outcome.bonds_len())
}

fn write_live(input_digest: &[u8; 32], outcome: &Outcome<'_>, write: &mut dyn FnMut(&[u8])) {
    let fields = Fields {
        rules: outcome.rules(),
        input_digest,
        flags: [outcome.active(), outcome.validator_permit()],
        shares: [
            &mut outcome.stake_weight(),
            &mut outcome.consensus(),
            &mut outcome.incentive(),
            &mut outcome.dividends(),
            &mut outcome.validator_trust(),
        ],
        amounts: [outcome.server_emission(), outcome.validator_emission(), outcome.emission()],
        bonds_len: outcome.bonds_len(),
        bonds: &|uid, entry| outcome.bonds(uid).for_each(|(column, bond)| entry(column, bond)),
    };
    fields.write(write);
}

impl OutcomeRecord<'_> {
    /// Refuses a list that does not have one element per uid, which `validator_permit` counts.
    ///
    /// # Errors
    /// [`ErrorCode::Length`] with the list's name; [`ErrorCode::Range`] for more neurons than a `u16` counts.
    pub fn validate(&self) -> Result<(), Error> {
        let n = self.validator_permit.len();
        let most = usize::from(u16::MAX);
        if n > most {
            return Err(Error::new(ErrorCode::Range, "validator_permit", n, most));
        }
        check_length("active", self.active, n)?;
        check_length("stake_weight", self.stake_weight, n)?;
        check_length("consensus", self.consensus, n)?;
        check_length("incentive", self.incentive, n)?;
        check_length("dividends", self.dividends, n)?;
        check_length("validator_trust", self.validator_trust, n)?;
        check_length("server_emission", self.server_emission, n)?;
        check_length("validator_emission", self.validator_emission, n)?;
        check_length("emission", self.emission, n)?;
        if self.bonds.count() == n {
            Ok(())
        } else {
            Err(Error::new(ErrorCode::Length, "bonds", self.bonds.count(), n))
        }
    }

    /// The SHA-256 of the outcome's canonical bytes: [`outcome_digest`].
    ///
    /// # Errors
    /// Those of [`OutcomeRecord::validate`].
    pub fn digest(&self) -> Result<[u8; 32], Error> {
        self.validate()?;
        Ok(sha256(|write| self.write(write)))
    }

    /// The number of the outcome's canonical bytes.
    ///
    /// # Errors
    /// Those of [`OutcomeRecord::validate`].
    pub fn length(&self) -> Result<usize, Error> {
        self.validate()?;
        Ok(length_of(self.validator_permit.len(), self.bonds.entries()))
    }

    fn write(&self, write: &mut dyn FnMut(&[u8])) {
        let fields = Fields {
            rules: self.rules,
            input_digest: &self.input_digest,
            flags: [self.active, self.validator_permit],
            shares: [
                &mut self.stake_weight.iter().copied(),
                &mut self.consensus.iter().copied(),
                &mut self.incentive.iter().copied(),
                &mut self.dividends.iter().copied(),
                &mut self.validator_trust.iter().copied(),
            ],
            amounts: [self.server_emission, self.validator_emission, self.emission],
            bonds_len: self.bonds.entries(),
            bonds: &|uid, entry| self.bonds.row(uid.into()).for_each(|(column, bond)| entry(column, bond)),
        };
        fields.write(write);
    }
}

/// Writes the canonical bytes of `outcome` to the front of `bytes` and returns how many they are: [`OutcomeRecord::length`].
///
/// # Errors
/// Those of [`OutcomeRecord::validate`]; [`ErrorCode::TooSmall`] when `bytes` has less room.
pub fn encode_outcome(outcome: &OutcomeRecord<'_>, bytes: &mut [u8]) -> Result<usize, Error> {
    let length = outcome.length()?;
    fill(take_room("bytes", bytes, length)?, |write| outcome.write(write));
    Ok(length)
}

/// Where the fields of an outcome come from, in the order of their encoding.
struct Fields<'f> {
    rules: Rules,
    input_digest: &'f [u8; 32],
    flags: [&'f [bool]; 2],
    shares: [&'f mut dyn Iterator<Item = u16>; 5],
    amounts: [&'f [u64]; 3],
    bonds_len: usize,
    bonds: &'f EntriesOf<'f>,
}

impl Fields<'_> {
    fn write(self, write: &mut dyn FnMut(&[u8])) {
        let out = &mut Writer::begin(write, Content::Outcome, self.rules);
        let [active, _] = self.flags;
        let n = u16::try_from(active.len()).unwrap_or(u16::MAX);
        out.bytes(self.input_digest);
        out.u16(n);
        out.u32(u32::try_from(self.bonds_len).unwrap_or(u32::MAX));
        for flags in self.flags {
            for &flag in flags {
                out.flag(flag);
            }
        }
        for shares in self.shares {
            for share in shares {
                out.u16(share);
            }
        }
        for amounts in self.amounts {
            for &amount in amounts {
                out.u64(amount);
            }
        }
        out.matrix(n, self.bonds);
    }
}

/// The bytes before the lists, and the lists', for each neuron and bond.
const HEAD: u64 = 48;
const PER_NEURON: u64 = 40;
const PER_BOND: u64 = 4;

fn length_of(n: usize, bonds: usize) -> usize {
    let count = |count| u32::try_from(count).unwrap_or(u32::MAX);
    usize::try_from(length(count(n), count(bonds))).unwrap_or(usize::MAX)
}

fn length(n: u32, bonds: u32) -> u64 {
    let neurons = u64::from(n).saturating_mul(PER_NEURON);
    HEAD.saturating_add(neurons).saturating_add(u64::from(bonds).saturating_mul(PER_BOND))
}

/// How much room the outcome whose canonical bytes are `bytes` needs. There are enough bytes for that much.
///
/// # Errors
/// Those of [`decode_outcome`], as far as they can be told from the counts.
pub fn outcome_sizes(bytes: &[u8]) -> Result<OutcomeSizes, Error> {
    let mut rest = bytes;
    let sizes =
        Reader::begin(&mut front_of(&mut rest), Content::Outcome).and_then(|mut from| Ok(read_head(&mut from)?.1));
    let sizes = all_of(bytes, &[], sizes)?;
    at_least(bytes, length(sizes.n.into(), sizes.bonds))?;
    Ok(sizes)
}

/// The outcome whose canonical bytes are all of `bytes`, in the caller's memory, and their SHA-256.
///
/// # Errors
/// - [`ErrorCode::NotCanonical`] for bytes that no outcome encodes to, with the offset.
/// - [`ErrorCode::Length`] of `bytes` when they end too early or go on.
/// - [`ErrorCode::TooSmall`] for a buffer with less room than [`outcome_sizes`] says.
/// - [`ErrorCode::UnknownRules`].
pub fn decode_outcome<'b>(bytes: &[u8], buffers: OutcomeBuffers<'b>) -> Result<(OutcomeRecord<'b>, [u8; 32]), Error> {
    let mut rest = bytes;
    let decoded = read_outcome(front_of(&mut rest), buffers);
    all_of(bytes, rest, decoded)
}

/// As [`decode_outcome`], from a source: `read` fills the piece it is given, or says that the bytes have ended. It is asked
/// for no byte beyond the outcome's last.
///
/// # Errors
/// Those of [`decode_outcome`].
pub fn read_outcome(
    mut read: impl FnMut(&mut [u8]) -> bool,
    buffers: OutcomeBuffers<'_>,
) -> Result<(OutcomeRecord<'_>, [u8; 32]), Error> {
    read_rest(Reader::begin(&mut read, Content::Outcome)?, buffers)
}

fn read_head(from: &mut Reader<'_>) -> Result<([u8; 32], OutcomeSizes), Error> {
    let input_digest = from.bytes();
    let n = from.u16();
    let bonds = from.entries("bonds", n);
    from.check()?;
    Ok((input_digest, OutcomeSizes { n, bonds }))
}

fn read_rest<'b>(mut from: Reader<'_>, buffers: OutcomeBuffers<'b>) -> Result<(OutcomeRecord<'b>, [u8; 32]), Error> {
    let (input_digest, sizes) = read_head(&mut from)?;
    let mut buffers = buffers.of(sizes)?;
    buffers.active.fill_with(|| from.flag("active"));
    buffers.validator_permit.fill_with(|| from.flag("validator_permit"));
    let shares = [
        &mut *buffers.stake_weight,
        &mut *buffers.consensus,
        &mut *buffers.incentive,
        &mut *buffers.dividends,
        &mut *buffers.validator_trust,
    ];
    for shares in shares {
        shares.fill_with(|| from.u16());
    }
    for amounts in [&mut *buffers.server_emission, &mut *buffers.validator_emission, &mut *buffers.emission] {
        amounts.fill_with(|| from.u64());
    }
    from.matrix("bonds", &mut buffers.bonds);
    from.check()?;
    let record = OutcomeRecord {
        rules: from.rules(),
        input_digest,
        active: buffers.active,
        validator_permit: buffers.validator_permit,
        stake_weight: buffers.stake_weight,
        consensus: buffers.consensus,
        incentive: buffers.incentive,
        dividends: buffers.dividends,
        validator_trust: buffers.validator_trust,
        server_emission: buffers.server_emission,
        validator_emission: buffers.validator_emission,
        emission: buffers.emission,
        bonds: buffers.bonds.rows("bonds")?,
    };
    Ok((record, from.digest()))
}

impl OutcomeBuffers<'_> {
    /// The part of the memory that will be filled.
    fn of(self, sizes: OutcomeSizes) -> Result<Self, Error> {
        let n = usize::from(sizes.n);
        Ok(Self {
            active: take_room("active", self.active, n)?,
            validator_permit: take_room("validator_permit", self.validator_permit, n)?,
            stake_weight: take_room("stake_weight", self.stake_weight, n)?,
            consensus: take_room("consensus", self.consensus, n)?,
            incentive: take_room("incentive", self.incentive, n)?,
            dividends: take_room("dividends", self.dividends, n)?,
            validator_trust: take_room("validator_trust", self.validator_trust, n)?,
            server_emission: take_room("server_emission", self.server_emission, n)?,
            validator_emission: take_room("validator_emission", self.validator_emission, n)?,
            emission: take_room("emission", self.emission, n)?,
            bonds: self.bonds.of("bonds", n, sizes.bonds)?,
        })
    }
}

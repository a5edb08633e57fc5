//! The caller's memory for a subnet, where it comes from outside.

use crate::error::{Error, take_room};
use crate::fixed::I64F64;
use crate::rows::Rows;

/// How much of everything an input has: the room that [`SubnetBuffers`] need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InputSizes {
    /// Neurons: elements of every list with one per uid, and rows of both matrices.
    pub n: u16,
    /// Entries of `weights`.
    pub weights: u32,
    /// Entries of `bonds`.
    pub bonds: u32,
    /// Elements of `previous_consensus`.
    pub previous_consensus: u16,
}

/// The caller's memory for a subnet. More room than [`InputSizes`] says does no harm.
#[derive(Debug)]
#[expect(missing_docs, reason = "each is the field of Subnet with its name")]
pub struct SubnetBuffers<'b> {
    pub stake: &'b mut [I64F64],
    pub last_update: &'b mut [u64],
    pub block_at_registration: &'b mut [u64],
    pub validator_permit: &'b mut [bool],
    pub commit_block: &'b mut [u64],
    pub weights: MatrixBuffers<'b>,
    pub bonds: MatrixBuffers<'b>,
    pub previous_consensus: &'b mut [u16],
}

/// The caller's memory for a matrix.
#[derive(Debug)]
pub struct MatrixBuffers<'b> {
    /// Where each row ends: one element per row.
    pub ends: &'b mut [u32],
    /// Each entry's column.
    pub columns: &'b mut [u16],
    /// Each entry's value.
    pub values: &'b mut [u16],
}

impl SubnetBuffers<'_> {
    /// The part of the memory that will be filled.
    pub(crate) fn of(self, sizes: InputSizes) -> Result<Self, Error> {
        let n = usize::from(sizes.n);
        Ok(Self {
            stake: take_room("stake", self.stake, n)?,
            last_update: take_room("last_update", self.last_update, n)?,
            block_at_registration: take_room("block_at_registration", self.block_at_registration, n)?,
            validator_permit: take_room("validator_permit", self.validator_permit, n)?,
            commit_block: take_room("commit_block", self.commit_block, n)?,
            weights: self.weights.of("weights", n, sizes.weights)?,
            bonds: self.bonds.of("bonds", n, sizes.bonds)?,
            previous_consensus: take_room(
                "previous_consensus",
                self.previous_consensus,
                sizes.previous_consensus.into(),
            )?,
        })
    }
}

impl<'b> MatrixBuffers<'b> {
    /// The part of the memory that will be filled.
    pub(crate) fn of(self, field: &'static str, n: usize, entries: u32) -> Result<Self, Error> {
        let entries = usize::try_from(entries).unwrap_or(usize::MAX);
        Ok(Self {
            ends: take_room(field, self.ends, n)?,
            columns: take_room(field, self.columns, entries)?,
            values: take_room(field, self.values, entries)?,
        })
    }

    /// The matrix that was read.
    pub(crate) fn rows(self, field: &'static str) -> Result<Rows<'b, u16>, Error> {
        Rows::from_ends(field, self.ends, self.columns, self.values)
    }
}

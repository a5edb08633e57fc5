//! The memory of an epoch: one slice of `u64` of the caller's, carved into typed slices.

use bytemuck::Pod;

use crate::error::{Error, ErrorCode};
use crate::fixed::I32F32;

/// An epoch's working memory and results, carved out of the caller's words.
#[derive(Debug)]
pub struct Workspace<'a> {
    pub(super) active: &'a mut [bool],
    pub(super) new_permit: &'a mut [bool],
    pub(super) stake_weight: &'a mut [I32F32],
    pub(super) active_stake: &'a mut [I32F32],
    pub(super) consensus: &'a mut [I32F32],
    pub(super) validator_trust: &'a mut [I32F32],
    pub(super) incentive: &'a mut [I32F32],
    pub(super) dividends: &'a mut [I32F32],
    pub(super) server_emission: &'a mut [u64],
    pub(super) validator_emission: &'a mut [u64],
    pub(super) combined_emission: &'a mut [u64],
    /// Working memory of the stages, one element per uid each.
    pub(super) scratch: [&'a mut [I32F32]; 4],
    pub(super) reciprocals: [&'a mut [u64]; 2],
    pub(super) row: &'a mut [I32F32],
    pub(super) touched: &'a mut [u64],
    pub(super) column_begin: &'a mut [u32],
    pub(super) column_end: &'a mut [u32],
    pub(super) weight_ends: &'a mut [u32],
    pub(super) weight_columns: &'a mut [u16],
    pub(super) weight_values: &'a mut [I32F32],
    pub(super) bond_ends: &'a mut [u32],
    pub(super) bond_columns: &'a mut [u16],
    /// The new bonds' values. Before there are any, consensus keeps its keys here.
    pub(super) bond_values: &'a mut [u64],
}

/// How many slices of each size [`Workspace::carve`] takes per uid.
const WIDE_PER_UID: usize = 16;
const OFFSETS_PER_UID: usize = 4;
const FLAGS_PER_UID: usize = 2;

impl<'a> Workspace<'a> {
    /// The number of `u64` words an epoch needs, exactly: of a subnet of `n` neurons with `weights` stored weights, and
    /// room for `new_bonds` entries of new bonds. `None` when that is more than a `usize` counts.
    ///
    /// A row's new bonds are at most its weights and its old bonds together, and at most `n`; so a subnet of `v` validators
    /// never has more than `n · v`. [`Subnet::workspace_words`](super::Subnet::workspace_words) counts for a given subnet.
    ///
    /// ```
    /// use yuma_core::epoch::Workspace;
    /// // 256 neurons, 64 validators who weigh all of them: 357 KiB
    /// assert_eq!(Workspace::words(256, 64 * 256, 64 * 256), Some(45_636));
    /// ```
    pub const fn words(n: u16, weights: usize, new_bonds: usize) -> Option<usize> {
        let n = n as usize;
        // A `u16` times a small constant: none of these saturates.
        let wide = n.saturating_mul(WIDE_PER_UID);
        let offsets = n.div_ceil(2).saturating_mul(OFFSETS_PER_UID);
        let flags = n.div_ceil(8).saturating_mul(FLAGS_PER_UID);
        let per_uid = wide.saturating_add(offsets).saturating_add(flags).saturating_add(n.div_ceil(64));
        // A word for each value and a quarter of one for its column; consensus needs a word for each weight, too.
        let values = if weights > new_bonds { weights } else { new_bonds };
        match (with_quarter(weights, weights), with_quarter(values, new_bonds)) {
            (Some(weights), Some(bonds)) => match weights.checked_add(bonds) {
                Some(entries) => entries.checked_add(per_uid),
                None => None,
            },
            _ => None,
        }
    }

    /// Carves the memory for `n` neurons, this many weights, and this many new bonds.
    ///
    /// # Errors
    /// [`ErrorCode::TooSmall`] with the number of words that are needed.
    pub(super) fn carve(words: &'a mut [u64], n: u16, weights: usize, new_bonds: usize) -> Result<Self, Error> {
        let needed =
            Self::words(n, weights, new_bonds).ok_or(Error::new(ErrorCode::Range, "weights", weights, usize::MAX))?;
        let given = words.len();
        let too_small = || Error::new(ErrorCode::TooSmall, "workspace", given, needed);
        let words = words.get_mut(..needed).ok_or_else(too_small)?;
        words.fill(0);
        Self::take(&mut Memory(words), usize::from(n), weights, new_bonds).ok_or_else(too_small)
    }

    fn take(memory: &mut Memory<'a>, n: usize, weights: usize, new_bonds: usize) -> Option<Self> {
        Some(Self {
            active: memory.flags(n)?,
            new_permit: memory.flags(n)?,
            stake_weight: memory.take(n)?,
            active_stake: memory.take(n)?,
            consensus: memory.take(n)?,
            validator_trust: memory.take(n)?,
            incentive: memory.take(n)?,
            dividends: memory.take(n)?,
            server_emission: memory.take(n)?,
            validator_emission: memory.take(n)?,
            combined_emission: memory.take(n)?,
            scratch: [memory.take(n)?, memory.take(n)?, memory.take(n)?, memory.take(n)?],
            reciprocals: [memory.take(n)?, memory.take(n)?],
            row: memory.take(n)?,
            touched: memory.take(n.div_ceil(64))?,
            column_begin: memory.take(n)?,
            column_end: memory.take(n)?,
            weight_ends: memory.take(n)?,
            weight_columns: memory.take(weights)?,
            weight_values: memory.take(weights)?,
            bond_ends: memory.take(n)?,
            bond_columns: memory.take(new_bonds)?,
            bond_values: memory.take(weights.max(new_bonds))?,
        })
    }
}

/// A word for each value, and a quarter of one for each column.
const fn with_quarter(values: usize, columns: usize) -> Option<usize> {
    values.checked_add(columns.div_ceil(4))
}

/// What is left of the caller's words.
struct Memory<'a>(&'a mut [u64]);

impl<'a> Memory<'a> {
    /// Takes `count` elements off the front, whole words at a time.
    fn take<T: Pod>(&mut self, count: usize) -> Option<&'a mut [T]> {
        let words = self.words(count, size_of::<T>())?;
        bytemuck::try_cast_slice_mut(words).ok()?.get_mut(..count)
    }

    /// The same for flags. The words are 0, which is false.
    fn flags(&mut self, count: usize) -> Option<&'a mut [bool]> {
        let words = self.words(count, size_of::<bool>())?;
        bytemuck::checked::try_cast_slice_mut(words).ok()?.get_mut(..count)
    }

    fn words(&mut self, count: usize, size: usize) -> Option<&'a mut [u64]> {
        let needed = count.checked_mul(size)?.div_ceil(size_of::<u64>());
        let (taken, rest) = core::mem::take(&mut self.0).split_at_mut_checked(needed)?;
        self.0 = rest;
        Some(taken)
    }
}

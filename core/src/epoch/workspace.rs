//! The memory of an epoch: one slice of `u64` of the caller's, carved into typed slices.

use bytemuck::Pod;

use super::subnet::Subnet;
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
    /// never has more than `n · v`. [`Subnet::workspace_words`] counts for a given subnet.
    ///
    /// ```
    /// use yuma_core::epoch::Workspace;
    /// // 256 neurons, 64 validators who weigh all of them: 357 KiB
    /// assert_eq!(Workspace::words(256, 64 * 256, 64 * 256), Some(45_636));
    /// ```
    pub const fn words(n: u16, weights: usize, new_bonds: usize) -> Option<usize> {
        let n = n as usize;
        let values = if weights > new_bonds { weights } else { new_bonds };
        let parts = [
            n.checked_mul(WIDE_PER_UID),
            Some(n.div_ceil(2) * OFFSETS_PER_UID + n.div_ceil(8) * FLAGS_PER_UID + n.div_ceil(64)),
            Some(weights),
            Some(weights.div_ceil(4)),
            Some(values),
            Some(new_bonds.div_ceil(4)),
        ];
        let mut words: usize = 0;
        let mut part = 0;
        while part < parts.len() {
            words = match parts[part] {
                Some(count) => match words.checked_add(count) {
                    Some(sum) => sum,
                    None => return None,
                },
                None => return None,
            };
            part += 1;
        }
        Some(words)
    }

    /// Carves the memory for `subnet`.
    ///
    /// # Errors
    /// [`ErrorCode::TooSmall`] with the number of words that are needed.
    pub(super) fn carve(words: &'a mut [u64], subnet: &Subnet<'_>) -> Result<Self, Error> {
        Self::carve_for(words, subnet.n, subnet.weights.entries(), subnet.new_bonds())
    }

    /// Carves the memory for `n` neurons and this many entries.
    pub(super) fn carve_for(words: &'a mut [u64], n: u16, weights: usize, new_bonds: usize) -> Result<Self, Error> {
        let needed =
            Self::words(n, weights, new_bonds).ok_or(Error::new(ErrorCode::Range, "weights", weights, usize::MAX))?;
        let given = words.len();
        let too_small = || Error::new(ErrorCode::TooSmall, "workspace", given, needed);
        let mut words = words.get_mut(..needed).ok_or_else(too_small)?;
        words.fill(0);
        let n = usize::from(n);
        let carved = (|| {
            let words = &mut words;
            Some(Self {
                active: take_flags(words, n)?,
                new_permit: take_flags(words, n)?,
                stake_weight: take(words, n)?,
                active_stake: take(words, n)?,
                consensus: take(words, n)?,
                validator_trust: take(words, n)?,
                incentive: take(words, n)?,
                dividends: take(words, n)?,
                server_emission: take(words, n)?,
                validator_emission: take(words, n)?,
                combined_emission: take(words, n)?,
                scratch: [take(words, n)?, take(words, n)?, take(words, n)?, take(words, n)?],
                reciprocals: [take(words, n)?, take(words, n)?],
                row: take(words, n)?,
                touched: take(words, n.div_ceil(64))?,
                column_begin: take(words, n)?,
                column_end: take(words, n)?,
                weight_ends: take(words, n)?,
                weight_columns: take(words, weights)?,
                weight_values: take(words, weights)?,
                bond_ends: take(words, n)?,
                bond_columns: take(words, new_bonds)?,
                bond_values: take(words, weights.max(new_bonds))?,
            })
        })();
        carved.ok_or_else(too_small)
    }
}

/// Takes `count` elements off the front of `words`, whole words at a time.
fn take<'a, T: Pod>(words: &mut &'a mut [u64], count: usize) -> Option<&'a mut [T]> {
    let taken = split(words, count, size_of::<T>())?;
    bytemuck::try_cast_slice_mut(taken).ok()?.get_mut(..count)
}

/// The same for flags. The words are 0 there, which is false.
fn take_flags<'a>(words: &mut &'a mut [u64], count: usize) -> Option<&'a mut [bool]> {
    let taken = split(words, count, size_of::<bool>())?;
    bytemuck::checked::try_cast_slice_mut(taken).ok()?.get_mut(..count)
}

fn split<'a>(words: &mut &'a mut [u64], count: usize, size: usize) -> Option<&'a mut [u64]> {
    let (taken, rest) =
        core::mem::take(words).split_at_mut_checked(count.checked_mul(size)?.div_ceil(size_of::<u64>()))?;
    *words = rest;
    Some(taken)
}

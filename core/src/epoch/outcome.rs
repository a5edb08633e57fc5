//! What an epoch gives: chain units, and the raw bits of every intermediate value (spec `epoch.md` §3.M).

use super::workspace::Workspace;
use crate::error::{Error, check_room};
use crate::fixed::{I32F32, proportion_to_u16};
use crate::rows::Rows;
use crate::rules::Rules;

/// The results of an epoch, borrowed from its workspace. Slices and iterators have one element per uid.
#[derive(Debug)]
pub struct Outcome<'a> {
    rules: Rules,
    memory: Workspace<'a>,
    /// Entries of the new bonds.
    bonds: usize,
}

/// The values behind the chain's units, before rounding: raw bits are those of `I32F32`.
#[derive(Debug, Clone, Copy)]
pub struct Raw<'a> {
    /// S, each neuron's share of the stake.
    pub stake: &'a [I32F32],
    /// A, each active validator's share of the active stake.
    pub active_stake: &'a [I32F32],
    /// C
    pub consensus: &'a [I32F32],
    /// VT
    pub validator_trust: &'a [I32F32],
    /// I
    pub incentive: &'a [I32F32],
    /// D
    pub dividends: &'a [I32F32],
    /// E of every uid, whatever its permit: in Yuma 2 after K.5, in Yuma 3 as of K′.2.
    pub ema_bonds: Rows<'a, I32F32>,
}

impl<'a> Outcome<'a> {
    pub(super) fn new(rules: Rules, memory: Workspace<'a>, bonds: usize) -> Self {
        Self { rules, memory, bonds }
    }

    /// The rules the epoch followed.
    pub fn rules(&self) -> Rules {
        self.rules
    }

    /// Who was active.
    pub fn active(&self) -> &[bool] {
        self.memory.active
    }

    /// Who has a validator permit from now on.
    pub fn validator_permit(&self) -> &[bool] {
        self.memory.new_permit
    }

    /// Each neuron's share of the stake, of 65535.
    pub fn stake_weight(&self) -> impl ExactSizeIterator<Item = u16> {
        in_u16(self.memory.stake_weight)
    }

    /// The consensus weight of each miner, of 65535.
    pub fn consensus(&self) -> impl ExactSizeIterator<Item = u16> {
        in_u16(self.memory.consensus)
    }

    /// Each miner's incentive, of 65535.
    pub fn incentive(&self) -> impl ExactSizeIterator<Item = u16> {
        in_u16(self.memory.incentive)
    }

    /// Each validator's dividends, of 65535.
    pub fn dividends(&self) -> impl ExactSizeIterator<Item = u16> {
        in_u16(self.memory.dividends)
    }

    /// Each validator's trust, of 65535.
    pub fn validator_trust(&self) -> impl ExactSizeIterator<Item = u16> {
        in_u16(self.memory.validator_trust)
    }

    /// What each neuron is paid for serving, in rao.
    pub fn server_emission(&self) -> &[u64] {
        self.memory.server_emission
    }

    /// What each neuron is paid for validating, in rao.
    pub fn validator_emission(&self) -> &[u64] {
        self.memory.validator_emission
    }

    /// What each neuron is paid in all, in rao; rounded by itself.
    pub fn emission(&self) -> &[u64] {
        self.memory.combined_emission
    }

    /// The bonds to store for one uid: column and u16 bond, ascending but for unsorted weights under liquid alpha. None
    /// for a uid without a new permit.
    pub fn bonds(&self, uid: u16) -> impl Iterator<Item = (u16, u16)> {
        let row = usize::from(uid);
        let permitted = self.validator_permit().get(row).copied().unwrap_or(false);
        let entries = permitted.then(|| self.raw().ema_bonds.row(row));
        entries.into_iter().flatten().map(|(column, bond)| (column, proportion_to_u16(bond)))
    }

    /// Writes the bonds to store into the caller's buffers, as the next epoch takes them: `ends` needs room for one
    /// element per uid, `columns` and `values` for [`Outcome::bonds_len`] each.
    ///
    /// # Errors
    /// [`ErrorCode::TooSmall`](crate::ErrorCode::TooSmall) for a buffer with less room.
    pub fn write_bonds<'b>(
        &self,
        ends: &'b mut [u32],
        columns: &'b mut [u16],
        values: &'b mut [u16],
    ) -> Result<Rows<'b, u16>, Error> {
        let (rows, entries) = (self.validator_permit().len(), self.bonds_len());
        check_room("ends", ends, rows)?;
        check_room("columns", columns, entries)?;
        check_room("values", values, entries)?;
        let mut next = columns.iter_mut().zip(values.iter_mut());
        let mut written: u32 = 0;
        for (uid, end) in (0..=u16::MAX).zip(ends.iter_mut().take(rows)) {
            for ((column, bond), (to_column, to_value)) in self.bonds(uid).zip(next.by_ref()) {
                *to_column = column;
                *to_value = bond;
                written = written.saturating_add(1);
            }
            *end = written;
        }
        Rows::from_ends(
            "bonds",
            ends.get(..rows).unwrap_or_default(),
            columns.get(..entries).unwrap_or_default(),
            values.get(..entries).unwrap_or_default(),
        )
    }

    /// The number of bonds to store.
    pub fn bonds_len(&self) -> usize {
        let rows = self.raw().ema_bonds.iter().zip(self.validator_permit());
        rows.filter(|(_, permitted)| **permitted).fold(0, |sum: usize, (row, _)| sum.saturating_add(row.len()))
    }

    /// The values behind the chain's units.
    pub fn raw(&self) -> Raw<'_> {
        let memory = &self.memory;
        let values: &[I32F32] = bytemuck::try_cast_slice(memory.bond_values).unwrap_or_default();
        let columns = memory.bond_columns.get(..self.bonds).unwrap_or_default();
        let values = values.get(..self.bonds).unwrap_or_default();
        Raw {
            stake: memory.stake_weight,
            active_stake: memory.active_stake,
            consensus: memory.consensus,
            validator_trust: memory.validator_trust,
            incentive: memory.incentive,
            dividends: memory.dividends,
            ema_bonds: Rows::written(memory.bond_ends, columns, values),
        }
    }
}

fn in_u16(shares: &[I32F32]) -> impl ExactSizeIterator<Item = u16> {
    shares.iter().copied().map(proportion_to_u16)
}

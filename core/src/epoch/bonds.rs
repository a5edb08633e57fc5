//! Stages J and K: old bonds, fresh bonds, and the moving average of the two.

use super::columns::Columns;
use crate::fixed::{I32F32, I64F64, convert, multiply, proportion, safe_div};
use crate::rows::{Rows, RowsMut, Scatter};

const MILLION: I64F64 = I64F64::const_from_int(1_000_000);

/// What tells how old a bond may be; all in blocks (spec `epoch.md` §3.J).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepBlocks {
    /// The block of this epoch.
    pub current_block: u64,
    /// Blocks from one epoch to the next.
    pub tempo: u64,
    /// The block of the epoch before; 0 when none ran yet.
    pub last_step_block: u64,
    /// The block of the last epoch in Yuma mode.
    pub last_yuma_step_block: Option<u64>,
}

/// The block before which a miner must have registered for its bonds to be kept: the one after the epoch before, or one
/// tempo ago when none ran yet (spec `epoch.md` §3.J).
pub fn last_tempo(blocks: &StepBlocks) -> u64 {
    match blocks.last_step_block {
        0 => blocks.current_block.saturating_sub(blocks.tempo),
        block => block.saturating_add(1),
    }
}

/// The same by the last epoch in Yuma mode where one is known (spec `subtensor-475/epoch.md` §3.J).
pub fn last_tempo_in_yuma(blocks: &StepBlocks) -> u64 {
    blocks.last_yuma_step_block.map_or_else(|| last_tempo(blocks), |block| block.saturating_add(1))
}

/// The bonds of the epoch before, without those of miners who registered since (spec `epoch.md` §3.J).
#[derive(Debug, Clone, Copy)]
pub struct OldBonds<'a> {
    /// As stored, u16.
    pub bonds: Rows<'a, u16>,
    /// See [`last_tempo`].
    pub last_tempo: u64,
    /// One block per uid.
    pub block_at_registration: &'a [u64],
}

impl<'a> OldBonds<'a> {
    /// The kept bonds of one row in stored order, also those of columns beyond the subnet.
    pub fn row(&self, row: usize) -> impl Iterator<Item = (u16, u16)> + use<'a> {
        let Self { bonds, last_tempo, block_at_registration } = *self;
        bonds.row(row).filter(move |&(column, _)| {
            last_tempo > block_at_registration.get(usize::from(column)).copied().unwrap_or(0)
        })
    }
}

/// The share α of fresh bonds in Yuma 2: 1 minus `bonds_moving_average` millionths, saturating; it may be negative (spec
/// `epoch.md` §3.K.3).
pub fn fresh_share(bonds_moving_average: u64) -> I32F32 {
    let kept = safe_div(I64F64::saturating_from_num(bonds_moving_average), MILLION);
    I32F32::ONE.saturating_sub(convert(kept))
}

/// The same in Yuma 3, where both conversions wrap (spec `epoch.md` §3.K′.2).
pub fn fresh_share_wrapping(bonds_moving_average: u64) -> I32F32 {
    let kept = safe_div(I64F64::wrapping_from_num(bonds_moving_average), MILLION);
    I32F32::ONE.saturating_sub(I32F32::wrapping_from_num(kept))
}

/// The bonds `E` of Yuma 2: fresh and old, each a share of its column, averaged, again a share of the column (spec
/// `epoch.md` §3.K.1 to K.3). `columns` is working memory.
pub fn bonds_ema_yuma2(
    weights_for_bonds: Rows<'_, I32F32>,
    active_stake: &[I32F32],
    old: &OldBonds<'_>,
    fresh_share: I32F32,
    columns: &mut [Columns<'_>; 2],
    row: &mut Scatter<'_>,
    ema: &mut RowsMut<'_>,
) {
    let [fresh_columns, old_columns] = columns;
    let kept_share = I32F32::ONE.saturating_sub(fresh_share);
    let old_row = |uid| old.row(uid).map(|(column, bond)| (column, I32F32::saturating_from_num(bond)));
    let fresh_row = |uid: usize, stake: I32F32| {
        weights_for_bonds.row(uid).map(move |(column, weight)| (column, multiply(weight, stake)))
    };
    fresh_columns.sum((0..).zip(active_stake).flat_map(|(uid, &stake)| fresh_row(uid, stake)));
    old_columns.sum((0..active_stake.len()).flat_map(old_row));

    ema.clear();
    for (uid, &stake) in (0..).zip(active_stake) {
        for (column, bond) in fresh_row(uid, stake) {
            row.add(column, multiply(fresh_share, fresh_columns.share(column, bond)));
        }
        for (column, bond) in old_row(uid) {
            row.add(column, multiply(kept_share, old_columns.share(column, bond)));
        }
        drain_positive(row, ema);
    }
    fresh_columns.sum(ema.as_rows().all());
    for (column, bond) in ema.entries_mut() {
        *bond = fresh_columns.share(column, *bond);
    }
}

/// The bonds `E` of Yuma 3 with one α for all: fresh and old averaged (spec `epoch.md` §3.K′.1, K′.2).
pub fn bonds_ema(
    weights_for_bonds: Rows<'_, I32F32>,
    old: &OldBonds<'_>,
    fresh_share: I32F32,
    row: &mut Scatter<'_>,
    ema: &mut RowsMut<'_>,
) {
    let kept_share = I32F32::ONE.saturating_sub(fresh_share);
    ema.clear();
    for (uid, fresh) in (0..).zip(weights_for_bonds.iter()) {
        for (column, weight) in fresh {
            row.add(column, multiply(fresh_share, weight));
        }
        for (column, bond) in old.row(uid) {
            row.add(column, multiply(kept_share, proportion(bond)));
        }
        drain_positive(row, ema);
    }
}

/// Divides each column by its largest entry, for storage (spec `epoch.md` §3.K.5). `columns` is working memory.
pub fn max_upscale_columns(bonds: &mut RowsMut<'_>, columns: &mut Columns<'_>) {
    columns.max(bonds.as_rows().all());
    for (column, bond) in bonds.entries_mut() {
        *bond = columns.share(column, *bond);
    }
}

fn drain_positive(row: &mut Scatter<'_>, ema: &mut RowsMut<'_>) {
    row.drain(|column, bond| {
        if bond > I32F32::ZERO {
            ema.push(column, bond);
        }
    });
    ema.end_row();
}

//! Stages E, G and I: the weights that count, what consensus leaves of them, and what of them earns bonds.

use super::permits::has_permit;
use super::stake::sum;
use crate::fixed::{Divisor, I32F32, multiply, proportion};
use crate::rows::{Rows, RowsMut, Scatter};

/// What decides whether a stored weight counts (spec `epoch.md` §3.E). Slices have one element per uid.
#[derive(Debug, Clone, Copy)]
pub struct WeightMask<'a> {
    /// The permits before the epoch.
    pub validator_permit: &'a [bool],
    /// The only uid whose weight for itself counts.
    pub owner_uid: Option<u16>,
    /// Blocks of the last weights; weights set before a miner registered do not count for it.
    pub last_update: &'a [u64],
    /// Blocks of registration.
    pub block_at_registration: &'a [u64],
    /// Blocks of the earliest active commits; neither does a weight committed before the miner registered.
    pub commit_block: Option<&'a [u64]>,
}

impl<'a> WeightMask<'a> {
    /// The entries of a uid's row that count, in stored order: as if it had a permit.
    #[inline]
    pub fn entries_that_count(&self, weights: Rows<'a, u16>, uid: u16) -> impl Iterator<Item = (u16, u16)> + use<'a> {
        let row = usize::from(uid);
        let last_update = self.last_update.get(row).copied().unwrap_or(0);
        let commit_block = self.commit_block.and_then(|blocks| blocks.get(row)).copied().unwrap_or(u64::MAX);
        let (is_owner, block_at_registration) = (self.owner_uid == Some(uid), self.block_at_registration);
        weights.row(row).filter(move |&(column, _)| {
            let itself = column == uid && !is_owner;
            let registered = block_at_registration.get(usize::from(column));
            !itself && registered.is_some_and(|&registered| last_update > registered && commit_block >= registered)
        })
    }
}

/// The weights `W`: stored entries that pass the mask, each row divided by its sum (spec `epoch.md` §3.E). Entries of
/// value 0 stay, and so does the order of a row. `masked` needs room for `n` rows and every stored entry.
pub fn masked_weights(n: u16, weights: Rows<'_, u16>, mask: &WeightMask<'_>, masked: &mut RowsMut<'_>) {
    masked.clear();
    for uid in 0..n {
        if has_permit(mask.validator_permit, mask.owner_uid, uid) {
            for (column, weight) in mask.entries_that_count(weights, uid) {
                masked.push(column, I32F32::saturating_from_num(weight));
            }
        }
        let total = sum(masked.open_row_mut());
        if total > I32F32::ZERO {
            let total = Divisor::new(total);
            for weight in masked.open_row_mut() {
                *weight = total.divide(*weight);
            }
        }
        masked.end_row();
    }
}

/// The weight that consensus leaves: no more than the consensus of its column, and nothing at all where it would have to
/// be lowered to 0 (spec `epoch.md` §3.G).
///
/// ```
/// use yuma_core::{epoch::clip, fixed::I32F32};
/// let [low, high] = [1, 2].map(I32F32::from_bits);
/// assert_eq!(clip(high, low), Some(low));
/// assert_eq!(clip(high, I32F32::ZERO), None);
/// assert_eq!(clip(I32F32::ZERO, I32F32::ZERO), Some(I32F32::ZERO));
/// ```
#[inline]
pub fn clip(weight: I32F32, consensus: I32F32) -> Option<I32F32> {
    if consensus >= weight {
        Some(weight)
    } else if consensus > I32F32::ZERO {
        Some(consensus)
    } else {
        None
    }
}

/// Turns `W` into the weights for bonds `Wb`, in place: as they are, clipped, or in between, as the penalty says (spec
/// `epoch.md` §3.I). In between rows come out sorted and without zeros. Nothing after this stage reads `W`.
pub fn weights_for_bonds(weights: &mut RowsMut<'_>, consensus: &[I32F32], bonds_penalty: u16, row: &mut Scatter<'_>) {
    match bonds_penalty {
        0 => {}
        u16::MAX => weights.retain_map(|column, weight| clip(weight, of(consensus, column))),
        _ => interpolate(weights, consensus, proportion(bonds_penalty), row),
    }
}

fn interpolate(weights: &mut RowsMut<'_>, consensus: &[I32F32], penalty: I32F32, row: &mut Scatter<'_>) {
    let mut rewrite = weights.rewrite();
    while rewrite.next_row() {
        while let Some((column, weight)) = rewrite.next_entry() {
            row.set(column, weight); // of a repeated column the last entry counts
        }
        row.drain(|column, weight| {
            let clipped = weight.min(of(consensus, column));
            let value = weight.saturating_add(multiply(penalty, clipped.saturating_sub(weight)));
            if value > I32F32::ZERO {
                rewrite.push(column, value);
            }
        });
        rewrite.end_row();
    }
}

/// The element of `column`, 0 where there is none.
#[inline]
pub(super) fn of(values: &[I32F32], column: u16) -> I32F32 {
    values.get(usize::from(column)).copied().unwrap_or_default()
}

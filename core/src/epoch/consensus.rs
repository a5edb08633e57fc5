//! Stage F: the weight a majority of the active stake stands behind, for every miner.

use super::stake::normalize;
use super::stake::sum;
use crate::fixed::{I32F32, proportion};
use crate::rows::Rows;

/// Working memory of [`consensus`]; what it holds before does not matter.
#[derive(Debug)]
pub struct ConsensusMemory<'a> {
    /// One element per uid.
    pub shares: &'a mut [I32F32],
    /// One element per entry of the weights.
    pub keys: &'a mut [u64],
    /// One element per uid.
    pub column_begin: &'a mut [u32],
    /// One element per uid.
    pub column_end: &'a mut [u32],
}

/// The consensus `C` of every column: the smallest score `v` such that the validators who score it `v` or less hold more
/// than the minority of the active stake; the largest score where there is none (spec `epoch.md` §3.F).
///
/// `weights` are the masked ones, `kappa` is of 65535; all slices have one element per uid.
pub fn consensus(
    weights: Rows<'_, I32F32>,
    active_stake: &[I32F32],
    kappa: u16,
    memory: ConsensusMemory<'_>,
    consensus: &mut [I32F32],
) {
    let ConsensusMemory { shares, keys, column_begin, column_end } = memory;
    let mut validators: usize = 0;
    for (share, &stake) in shares.iter_mut().zip(active_stake) {
        *share = stake.max(I32F32::ZERO);
        validators = validators.saturating_add(usize::from(stake > I32F32::ZERO));
    }
    normalize(shares);
    let total = sum(shares);
    let minority = total.saturating_sub(proportion(kappa));

    group_by_column(weights, active_stake, keys, column_begin, column_end);
    for (result, (&begin, &end)) in consensus.iter_mut().zip(column_begin.iter().zip(column_end.iter())) {
        let column = keys.get_mut(index(begin)..index(end)).unwrap_or_default();
        *result = I32F32::from_bits(column_consensus(column, shares, validators, total, minority));
    }
}

/// A score and the row it comes from in one number, scores first. A score's bits are below 2^48: it is at most 65535.
fn key(score: I32F32, row: u16) -> u64 {
    score.to_bits().cast_unsigned().wrapping_shl(16) | u64::from(row)
}

fn score_of(key: u64) -> u64 {
    key >> 16
}

fn share_of(key: u64, shares: &[I32F32]) -> I32F32 {
    // The low 16 bits are the row.
    usize::try_from(key & 0xFFFF).ok().and_then(|row| shares.get(row)).copied().unwrap_or_default()
}

/// Writes the positive scores of the rows that take part, column after column, into `keys`; column `j` is
/// `column_begin[j] .. column_end[j]`.
fn group_by_column(
    weights: Rows<'_, I32F32>,
    active_stake: &[I32F32],
    keys: &mut [u64],
    column_begin: &mut [u32],
    column_end: &mut [u32],
) {
    let participating =
        || (0..=u16::MAX).zip(weights.iter().zip(active_stake)).filter(|(_, (_, stake))| **stake > I32F32::ZERO);
    column_end.fill(0);
    for (column, _) in participating().flat_map(|(_, (row, _))| row) {
        if let Some(count) = column_end.get_mut(usize::from(column)) {
            *count = count.saturating_add(1);
        }
    }
    let mut next = 0;
    for (begin, end) in column_begin.iter_mut().zip(column_end.iter_mut()) {
        let count = core::mem::replace(end, next);
        *begin = next;
        next = next.saturating_add(count);
    }
    for (row, (entries, _)) in participating() {
        for (column, score) in entries {
            let column = usize::from(column);
            let (Some(&begin), Some(end)) = (column_begin.get(column), column_end.get_mut(column)) else { continue };
            // Of a repeated column the last entry counts, also when it is 0.
            let before = end.checked_sub(1).filter(|&before| before >= begin);
            if let Some(before) = before
                && keys.get(index(before)).is_some_and(|&key| key & 0xFFFF == u64::from(row))
            {
                *end = before;
            }
            if score > I32F32::ZERO
                && let Some(place) = keys.get_mut(index(*end))
            {
                *place = key(score, row);
                *end = end.saturating_add(1);
            }
        }
    }
}

/// The consensus of one column as raw bits. `keys` holds the positive scores; the rows that score 0 are counted, and
/// their share is what the others leave of the total: exact, since plain sums wrap.
fn column_consensus(keys: &mut [u64], shares: &[I32F32], validators: usize, total: I32F32, minority: I32F32) -> i64 {
    let scored = keys.iter().fold(I32F32::ZERO, |sum, &key| sum.wrapping_add(share_of(key, shares)));
    let mut below = total.wrapping_sub(scored);
    let somebody_scores_zero = keys.len() < validators;
    if keys.is_empty() || (somebody_scores_zero && below > minority) {
        return 0;
    }
    // Halve the range of scores until one is left. Of a part that does not reach above the minority only its share is
    // kept; if no part does, the largest score remains, as it must.
    let mut rest = keys;
    loop {
        let (low, high) =
            rest.iter().fold((u64::MAX, 0), |(low, high), &key| (low.min(score_of(key)), high.max(score_of(key))));
        if low >= high {
            return high.cast_signed();
        }
        let middle = low.midpoint(high);
        let mut share = I32F32::ZERO;
        let count = partition(rest, |key| {
            let left = score_of(key) <= middle;
            if left {
                share = share.wrapping_add(share_of(key, shares));
            }
            left
        });
        let Some((left, right)) = rest.split_at_mut_checked(count) else { return 0 };
        let reached = below.wrapping_add(share);
        if reached > minority {
            rest = left;
        } else {
            below = reached;
            rest = right;
        }
    }
}

/// Moves the keys for which `belongs_left` holds to the front, and counts them. Each key is asked about once.
fn partition(keys: &mut [u64], mut belongs_left: impl FnMut(u64) -> bool) -> usize {
    let mut count: usize = 0;
    let mut keys = keys.iter_mut();
    while let Some(left) = keys.next() {
        if !belongs_left(*left) {
            let Some(right) = keys.by_ref().rev().find(|right| belongs_left(**right)) else { break };
            core::mem::swap(left, right);
        }
        count = count.saturating_add(1);
    }
    count
}

fn index(position: u32) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

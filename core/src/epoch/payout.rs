//! Stages K.4, K′.4 and L: dividends, and everything in rao.

use super::columns::Columns;
use super::stake::{normalize, sum};
use super::weights::of;
use crate::fixed::{Divisor, I32F32, multiply};
use crate::rows::Rows;

/// Each validator's dividends in Yuma 2: the incentive of the miners it holds bonds in, by its share of their bonds (spec
/// `epoch.md` §3.K.4).
pub fn dividends_yuma2(ema_bonds: Rows<'_, I32F32>, incentive: &[I32F32], dividends: &mut [I32F32]) {
    for (dividend, row) in dividends.iter_mut().zip(ema_bonds.iter()) {
        *dividend =
            row.map(|(column, bond)| multiply(of(incentive, column), bond)).fold(I32F32::ZERO, I32F32::saturating_add);
    }
    normalize(dividends);
}

/// Each validator's dividends in Yuma 3: the same, times its active stake (spec `epoch.md` §3.K′.3, K′.4). The bonds are
/// divided by their column's sum on the way; `columns` is working memory.
pub fn dividends(
    ema_bonds: Rows<'_, I32F32>,
    incentive: &[I32F32],
    active_stake: &[I32F32],
    columns: &mut Columns<'_>,
    dividends: &mut [I32F32],
) {
    columns.sum(ema_bonds.all());
    for (dividend, (row, &stake)) in dividends.iter_mut().zip(ema_bonds.iter().zip(active_stake)) {
        let total = row
            .map(|(column, bond)| multiply(columns.share(column, bond), of(incentive, column)))
            .fold(I32F32::ZERO, I32F32::wrapping_add);
        *dividend = total.checked_mul(stake).unwrap_or_default();
    }
    normalize(dividends);
}

/// What each neuron is paid, in rao; one element per uid.
#[derive(Debug)]
pub struct Emission<'a> {
    /// For serving, by incentive.
    pub server: &'a mut [u64],
    /// For validating, by dividends.
    pub validator: &'a mut [u64],
    /// Both, rounded by itself: often a unit away from the sum of the two.
    pub combined: &'a mut [u64],
}

/// Divides `rao_emission` (spec `epoch.md` §3.L). Where nobody earned anything, validators are paid by active stake, or
/// all by stake when there is none.
pub fn emission(
    incentive: &[I32F32],
    dividends: &[I32F32],
    active_stake: &[I32F32],
    stake_weight: &[I32F32],
    rao_emission: u64,
    paid: &mut Emission<'_>,
) {
    let earned = || incentive.iter().zip(dividends).map(|(i, d)| i.saturating_add(*d));
    let total = earned().fold(I32F32::ZERO, I32F32::wrapping_add);
    let nobody_earned = total == I32F32::ZERO;
    let total = Divisor::new(total);
    let by_stake = if sum(active_stake) == I32F32::ZERO { stake_weight } else { active_stake };
    let paid = paid.server.iter_mut().zip(paid.validator.iter_mut().zip(paid.combined.iter_mut()));
    let earnings = incentive.iter().zip(dividends).zip(earned()).zip(by_stake);
    for ((server, (validator, combined)), (((&incentive, &dividend), both), &stake)) in paid.zip(earnings) {
        let shares = if nobody_earned {
            [incentive, stake, stake]
        } else {
            [incentive, dividend, both].map(|share| total.divide(share))
        };
        [*server, *validator, *combined] = shares.map(|share| share_in_rao(share, rao_emission));
    }
}

/// floor(share · rao), clamped to u64. The exact product fits 128 bits, so one floor at the end is the specification's two.
fn share_in_rao(share: I32F32, rao: u64) -> u64 {
    let product = i128::from(share.to_bits()).saturating_mul(i128::from(rao));
    u64::try_from((product >> I32F32::FRAC_NBITS).max(0)).unwrap_or(u64::MAX)
}

//! Dividends × stakes: alpha and root's alpha (spec `distribution.md` §5).

use super::{Stake, unit64};
use crate::error::{Error, check_length};
use crate::fixed::{U96F32, safe_div};

/// Something of dividends, split into what alpha and what root stake earned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DividendParts {
    /// Of the stake on the subnet.
    pub alpha: U96F32,
    /// Of the stake on root.
    pub root: U96F32,
}

/// The amounts that wait for the validators, in rao of alpha.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PendingDividends {
    /// For stake on the subnet.
    pub alpha: u64,
    /// For stake on root.
    pub root: u64,
}

/// One hotkey's dividend and its stake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DividendRow {
    /// In any unit: only its relation to the others counts.
    pub dividend: U96F32,
    /// A hotkey without a stake row receives nothing and counts nowhere.
    pub stake: Option<Stake>,
}

/// A dividend in two parts, as its hotkey's alpha and its weighted root stake relate (§5.1, §5.2). `tao_weight` is
/// [`unit64`] of the chain's. Without any stake all of it counts as alpha's.
pub(super) fn dividend_parts(dividend: U96F32, stake: Stake, tao_weight: U96F32) -> DividendParts {
    let root = U96F32::saturating_from_num(stake.root).saturating_mul(tao_weight);
    let root_share = safe_div(root, U96F32::saturating_from_num(stake.alpha).saturating_add(root));
    let root = dividend.saturating_mul(root_share);
    DividendParts { alpha: dividend.saturating_sub(root), root }
}

impl DividendParts {
    /// Both sums, saturating.
    pub(super) fn plus(self, other: Self) -> Self {
        Self { alpha: self.alpha.saturating_add(other.alpha), root: self.root.saturating_add(other.root) }
    }

    /// What these parts of the `totals` receive of the pending amounts (§5.3): nothing where a total is 0.
    pub(super) fn paid_from(self, totals: Self, pending: PendingDividends) -> Self {
        // The share first, so its floor is multiplied too.
        let amount = |pending, part, total| U96F32::saturating_from_num(pending).saturating_mul(safe_div(part, total));
        Self {
            alpha: amount(pending.alpha, self.alpha, totals.alpha),
            root: amount(pending.root, self.root, totals.root),
        }
    }
}

/// Shares the pending amounts by dividends and stakes; `tao_weight` is a proportion of 2^64 − 1 (§5). `amounts`
/// receives, for every row, rao of alpha with their fractions; nothing for a row without stake.
///
/// An amount that no part relates to is left to nobody.
///
/// # Errors
/// [`ErrorCode::Length`](crate::ErrorCode::Length), field `amounts`, if it is not as long as `rows`.
///
/// ```
/// use yuma_core::distribution::{DividendRow, PendingDividends, Stake, dividend_distribution};
/// use yuma_core::fixed::U96F32;
/// let row = |dividend: u8, alpha| DividendRow { dividend: dividend.into(), stake: Some(Stake { alpha, root: 100 }) };
/// let pending = PendingDividends { alpha: 1000, root: 60 };
/// let mut amounts = [None; 2];
/// dividend_distribution(pending, u64::MAX, &[row(10, 0), row(20, 100)], &mut amounts)?;
/// let [Some(first), Some(second)] = amounts else { unreachable!() };
/// assert_eq!((first.alpha, second.alpha), (U96F32::ZERO, U96F32::from_num(1000)));
/// assert_eq!(first.root, second.root); // half of 20 is 10
/// # Ok::<(), yuma_core::Error>(())
/// ```
pub fn dividend_distribution(
    pending: PendingDividends,
    tao_weight: u64,
    rows: &[DividendRow],
    amounts: &mut [Option<DividendParts>],
) -> Result<(), Error> {
    check_length("amounts", amounts, rows.len())?;
    let tao_weight = unit64(tao_weight);
    let parts = |row: &DividendRow| row.stake.map(|stake| dividend_parts(row.dividend, stake, tao_weight));
    let totals = rows.iter().filter_map(parts).fold(DividendParts::default(), DividendParts::plus);
    for (amount, row) in amounts.iter_mut().zip(rows) {
        *amount = parts(row).map(|parts| parts.paid_from(totals, pending));
    }
    Ok(())
}

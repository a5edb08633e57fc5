//! Dividends × stakes: alpha and root's alpha (spec `distribution.md` §5).

use super::Stake;
use crate::error::{Error, check_length};
use crate::fixed::{U96F32, proportion_of_u64, safe_div};
use crate::rules::Rules;

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
    /// Whether it has a uid on root (from 475 on).
    pub on_root: bool,
}

/// What a dividend is divided by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DividendStake {
    /// The hotkey's alpha.
    alpha: U96F32,
    /// Its stake on root, weighted.
    root: U96F32,
    /// Whether it has a uid on root.
    on_root: bool,
}

impl DividendStake {
    /// `tao_weight` is a number here, not a proportion of 2^64 − 1.
    pub(super) fn new(stake: Stake, on_root: bool, tao_weight: U96F32) -> Self {
        let root = U96F32::saturating_from_num(stake.root).saturating_mul(tao_weight);
        Self { alpha: U96F32::saturating_from_num(stake.alpha), root, on_root }
    }

    fn total(&self) -> U96F32 {
        self.alpha.saturating_add(self.root)
    }
}

/// A dividend in two parts, the root part floored and the alpha part what remains: without any stake all of it (§5.1, §5.2).
pub(crate) fn root_part_first(dividend: U96F32, stake: DividendStake) -> DividendParts {
    let root = dividend.saturating_mul(safe_div(stake.root, stake.total()));
    DividendParts { alpha: dividend.saturating_sub(root), root }
}

/// A dividend in two parts, the alpha part floored, or all without any stake, and the root part what remains: nothing for a
/// hotkey that is not on root (§5.1, §5.2, from 475 on).
pub(crate) fn alpha_part_first(dividend: U96F32, stake: DividendStake) -> DividendParts {
    let total = stake.total();
    let share = if total == U96F32::ZERO { U96F32::ONE } else { safe_div(stake.alpha, total) };
    let alpha = dividend.saturating_mul(share);
    let root = if stake.on_root { dividend.saturating_sub(alpha) } else { U96F32::ZERO };
    DividendParts { alpha, root }
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
/// use yuma_core::Rules;
/// use yuma_core::distribution::{DividendRow, PendingDividends, Stake, dividend_distribution};
/// use yuma_core::fixed::U96F32;
/// let row = |dividend: u8, alpha| {
///     DividendRow { dividend: dividend.into(), stake: Some(Stake { alpha, root: 100 }), on_root: true }
/// };
/// let pending = PendingDividends { alpha: 1000, root: 60 };
/// let mut amounts = [None; 2];
/// dividend_distribution(Rules::NEWEST, pending, u64::MAX, &[row(10, 0), row(20, 100)], &mut amounts)?;
/// let [Some(first), Some(second)] = amounts else { unreachable!() };
/// assert_eq!((first.alpha, second.alpha), (U96F32::ZERO, U96F32::from_num(1000)));
/// assert_eq!(first.root, second.root); // half of 20 is 10
/// # Ok::<(), yuma_core::Error>(())
/// ```
pub fn dividend_distribution(
    rules: Rules,
    pending: PendingDividends,
    tao_weight: u64,
    rows: &[DividendRow],
    amounts: &mut [Option<DividendParts>],
) -> Result<(), Error> {
    check_length("amounts", amounts, rows.len())?;
    let tao_weight = proportion_of_u64(tao_weight);
    let parts = |row: &DividendRow| {
        let stake = DividendStake::new(row.stake?, row.on_root, tao_weight);
        Some((rules.distribution().dividend_parts)(row.dividend, stake))
    };
    let totals = rows.iter().filter_map(parts).fold(DividendParts::default(), DividendParts::plus);
    for (amount, row) in amounts.iter_mut().zip(rows) {
        *amount = parts(row).map(|parts| parts.paid_from(totals, pending));
    }
    Ok(())
}

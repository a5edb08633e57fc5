//! The epoch of a subnet in Null mode: no consensus; one validator decides about the miners, all stake is paid dividends in
//! proportion, and every amount is whole (spec `subtensor-475/epoch.md` §7, §8).

use super::activity::activity;
use super::outcome::Outcome;
use super::params::Params;
use super::stake::normalized_stake;
use super::subnet::Subnet;
use super::workspace::Workspace;
use crate::error::Error;
use crate::fixed::{I32F32, I64F64, convert, safe_div};

/// What a Null epoch may pay, in rao of alpha (§7.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NullBudgets {
    /// To the miners.
    pub mining: u64,
    /// To the stakers.
    pub dividend: u64,
    /// To the miners when nobody has any stake; the other two are then paid to nobody.
    pub fallback: u64,
}

impl NullBudgets {
    /// The budgets of an epoch called with a single amount; an odd unit goes to the miners (§7.11).
    pub const fn of_emission(rao_emission: u64) -> Self {
        let dividend = rao_emission / 2;
        Self { mining: rao_emission.saturating_sub(dividend), dividend, fallback: rao_emission }
    }
}

/// Runs one Null epoch in the caller's memory: [`Workspace::words`]`(n, 0, 0)` words of it. Of the parameters it reads the
/// rules, `activity_cutoff`, `stake_threshold` and `commit_reveal`; of the subnet neither permits nor bonds nor the emission.
/// The outcome's consensus and validator trust are 0, and it has no bonds: the stored ones stay.
///
/// # Errors
/// [`ErrorCode::NotInRules`](crate::ErrorCode::NotInRules) before 475; otherwise those of [`epoch::run`](super::run).
///
/// ```
/// use yuma_core::epoch::{NullBudgets, null_epoch};
/// use yuma_core::{Params, Rows, Subnet, fixed::I64F64};
/// let subnet = Subnet {
///     n: 3,
///     current_block: 1000,
///     last_step_block: 640,
///     last_yuma_step_block: None,
///     owner_uid: None,
///     rao_emission: 0,
///     stake: &[20, 10, 0].map(I64F64::from_num),
///     last_update: &[990; 3],
///     block_at_registration: &[0; 3],
///     validator_permit: &[],
///     commit_block: None,
///     weights: Rows::new("weights", &[0, 2, 2, 2], &[1, 2], &[1, 3])?,
///     bonds: Rows::EMPTY,
///     previous_consensus: &[],
/// };
/// let mut memory = [0; 128];
/// let outcome = null_epoch(&Params::CHAIN_DEFAULT, &subnet, NullBudgets::of_emission(1001), &mut memory)?;
/// assert_eq!(outcome.server_emission(), [0, 125, 376]);
/// assert_eq!(outcome.validator_emission(), [333, 167, 0]);
/// # Ok::<(), yuma_core::Error>(())
/// ```
pub fn null_epoch<'a>(
    params: &Params,
    subnet: &Subnet<'_>,
    budgets: NullBudgets,
    memory: &'a mut [u64],
) -> Result<Outcome<'a>, Error> {
    params.rules.check_null_mode("null_epoch")?;
    subnet.validate_for_null(params.commit_reveal)?;
    let memory = Workspace::carve(memory, subnet.n, 0, 0)?;

    // 1: reports that do not touch money
    for (active, &last_update) in memory.active.iter_mut().zip(subnet.last_update) {
        *active = activity(last_update, params.activity_cutoff, subnet.current_block);
    }
    normalized_stake(subnet.stake, subnet.owner_uid, params.stake_threshold, memory.stake_weight);

    // 2–5: the winner, alone, decides about the miners
    let miner_shares = memory.column_begin;
    if let Some(winner) = winner(subnet.stake) {
        if let Some(permit) = memory.new_permit.get_mut(usize::from(winner)) {
            *permit = true;
        }
        for (column, weight) in subnet.weight_mask(params.commit_reveal).entries_that_count(subnet.weights, winner) {
            if let Some(share) = miner_shares.get_mut(usize::from(column)) {
                *share = weight.into(); // of a repeated column the last entry counts
            }
        }
    }
    if miner_shares.iter().all(|share| *share == 0) {
        miner_shares.fill(1);
    }

    // 6–8: whole units, in proportion
    let dividend_shares = || subnet.stake.iter().map(|stake| u128::try_from(stake.to_bits()).unwrap_or(0));
    let has_validators = dividend_shares().any(|share| share > 0);
    let (mining, dividend) = if has_validators { (budgets.mining, budgets.dividend) } else { (budgets.fallback, 0) };
    apportion(miner_shares.iter().map(|&share| share.into()), mining, memory.server_emission);
    apportion(dividend_shares(), dividend, memory.validator_emission);
    let paid = memory.server_emission.iter().zip(memory.validator_emission.iter());
    for (both, (server, validator)) in memory.combined_emission.iter_mut().zip(paid) {
        *both = server.saturating_add(*validator);
    }

    // 9: reports, computed apart from the amounts
    let miners = miner_shares.iter().map(|&share| I64F64::from_num(share));
    report_shares(miners, memory.incentive);
    report_shares(subnet.stake.iter().copied(), memory.dividends);

    let memory = Workspace { column_begin: miner_shares, ..memory };
    Ok(Outcome::new(params.rules, memory, 0))
}

/// The uid with the largest stake, of equals the lowest (§7.2).
fn winner(stake: &[I64F64]) -> Option<u16> {
    let stakes = (0..=u16::MAX).zip(stake);
    stakes.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(uid, _)| uid)
}

/// Shares of their plain sum, for the reports (§7.9).
fn report_shares(shares: impl Iterator<Item = I64F64> + Clone, reports: &mut [I32F32]) {
    let total = shares.clone().fold(I64F64::ZERO, I64F64::wrapping_add);
    for (report, share) in reports.iter_mut().zip(shares) {
        *report = convert(safe_div(share, total));
    }
}

/// Divides `budget` among `shares` in whole units, in order: each gets the floor or the ceiling of its part, and together
/// they get the budget, unless all shares are 0 (§8).
///
/// ```
/// let mut payouts = [0; 3];
/// yuma_core::epoch::apportion([1, 1, 1].into_iter(), 10, &mut payouts);
/// assert_eq!(payouts, [3, 3, 4]);
/// ```
pub fn apportion(shares: impl Iterator<Item = u128> + Clone, budget: u64, payouts: &mut [u64]) {
    let total = shares.clone().fold(Wide::ZERO, |sum, share| sum.add(Wide::from(share)));
    payouts.fill(0);
    if total == Wide::ZERO {
        return;
    }
    // What all shares so far have left over: always less than the total, so that the floors of the running sums come out.
    let mut rest = Wide::ZERO;
    for (payout, share) in payouts.iter_mut().zip(shares) {
        *payout = payout_of(share, budget, total, &mut rest);
    }
}

/// The next share's payout; `rest` goes from one share to the next.
fn payout_of(share: u128, budget: u64, total: Wide, rest: &mut Wide) -> u64 {
    let mut payout: u64 = 0;
    // share · budget, bit by bit from the top, always divided by the total at once: nothing grows beyond 3 totals.
    let mut remainder = Wide::ZERO;
    for bit in (0..u64::BITS).rev() {
        remainder = remainder.add(remainder);
        payout = payout.wrapping_shl(1);
        if (budget >> bit) & 1 == 1 {
            remainder = remainder.add(Wide::from(share));
        }
        payout = payout.wrapping_add(remainder.take_out(total));
    }
    *rest = rest.add(remainder);
    payout.wrapping_add(rest.take_out(total))
}

/// An unsigned integer of 256 bits: sums of `u128` shares are beyond 128.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Wide {
    high: u128,
    low: u128,
}

impl Wide {
    const ZERO: Self = Self { high: 0, low: 0 };

    fn from(low: u128) -> Self {
        Self { high: 0, low }
    }

    /// The sum; no list that fits in memory reaches 2^256.
    fn add(self, other: Self) -> Self {
        let (low, carry) = self.low.overflowing_add(other.low);
        Self { high: self.high.wrapping_add(other.high).wrapping_add(carry.into()), low }
    }

    /// Subtracts `total` as often as it fits, and says how often that was: a few times.
    fn take_out(&mut self, total: Self) -> u64 {
        let mut times: u64 = 0;
        loop {
            let (low, borrow) = self.low.overflowing_sub(total.low);
            let (high, below) = self.high.overflowing_sub(total.high);
            let (high, below_by_borrow) = high.overflowing_sub(borrow.into());
            if below || below_by_borrow {
                return times;
            }
            *self = Self { high, low };
            times = times.wrapping_add(1);
        }
    }
}

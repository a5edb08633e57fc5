//! What root's stakers receive of a subnet's alpha (spec `distribution.md` §6, §7.6): before 475 a rate at which they can
//! claim it, from then on a place in the queue of the hotkey's basket.

use super::{Coldkey, Ledger};
use crate::fixed::{I96F32, safe_div};

/// What becomes of an amount for the root stakers of one hotkey (before 475).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RootDividend {
    /// It can be claimed: the hotkey's new rate, alpha per rao of TAO on root.
    Claimable(I96F32),
    /// It is more than the stake on root, and is staked to the hotkey's owner instead. The rate stays as it was.
    Staked,
}

/// Raises a hotkey's claimable rate (alpha per rao of TAO; `None`: never set) by `amount` rao of alpha over `root_stake`
/// rao of TAO. The remainder of the division is lost; nothing over nothing still sets a rate, of 0 (§6, before 475).
///
/// ```
/// use yuma_core::{distribution::{RootDividend, root_claimable_update}, fixed::I96F32};
/// let half = I96F32::from_bits(1 << 31);
/// assert_eq!(root_claimable_update(8, 4, Some(half)), RootDividend::Claimable(I96F32::ONE));
/// assert_eq!(root_claimable_update(8, 9, Some(half)), RootDividend::Staked);
/// ```
pub fn root_claimable_update(root_stake: u64, amount: u64, rate: Option<I96F32>) -> RootDividend {
    if amount > root_stake {
        return RootDividend::Staked;
    }
    let increment = safe_div(I96F32::saturating_from_num(amount), I96F32::saturating_from_num(root_stake));
    RootDividend::Claimable(rate.unwrap_or_default().saturating_add(increment))
}

/// A root dividend without its take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RootPayment {
    /// Whose root stakers are paid.
    pub hotkey: u16,
    /// That hotkey's owner.
    pub owner: Coldkey,
    /// Its stake on root, in rao of TAO.
    pub root_stake: u64,
    /// Rao of alpha.
    pub amount: u64,
}

/// Lets the root stakers claim a payment, or stakes it (§7.6).
pub(crate) fn make_claimable(ledger: &mut Ledger<'_>, payment: RootPayment) {
    match root_claimable_update(payment.root_stake, payment.amount, None) {
        RootDividend::Claimable(increment) => ledger.make_claimable(payment.hotkey, payment.amount, increment),
        RootDividend::Staked => ledger.stake(payment.hotkey, payment.owner, payment.amount),
    }
}

/// Puts a payment into the queue of the hotkey's basket (§7.6, from 475 on).
pub(crate) fn queue_for_basket(ledger: &mut Ledger<'_>, payment: RootPayment) {
    ledger.queue(payment.hotkey, payment.amount);
}

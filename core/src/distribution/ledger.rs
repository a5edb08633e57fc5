//! What comes of a drained subnet: its credits, and the account of every rao (spec `distribution.md` §7).

use super::{Coldkey, Collateral, DividendParts, Drained, DrainedSubnet, RecycleOrBurn};
use crate::fixed::{I96F32, U96F32};

/// Whose stake a credit raises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receiver {
    /// One staker's.
    Coldkey(Coldkey),
    /// That of all stakers of the hotkey, in proportion.
    Nominators,
}

/// Stake under a hotkey that is raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Credit {
    /// Where the stake is.
    pub hotkey: u16,
    /// Whose it is.
    pub receiver: Receiver,
    /// Rao of alpha, never 0.
    pub amount: u64,
}

/// What the distribution gave one hotkey as a validator or as a validator's parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HotkeyDividends {
    /// All payouts of §7.2, in rao.
    pub payouts: U96F32,
    /// Its amounts of the pending alpha and of root's pending alpha (§7.3), in rao with their fractions.
    pub amounts: DividendParts,
    /// What its nominators received of the pending alpha, in rao: its `AlphaDividendsPerSubnet`, if it has one afterwards.
    pub alpha_paid: Option<u64>,
    /// What its root stakers received of root's pending alpha, in rao, staked, claimable or queued: its
    /// `RootAlphaDividendsPerSubnet`, if it has one afterwards.
    pub root_paid: Option<u64>,
    /// What its claimable rate rises by, in alpha per rao of TAO (saturating, and a rate never set begins at 0); nothing
    /// where the amount was staked instead, and from 475 on.
    pub root_claimable_increment: Option<I96F32>,
}

/// What a distribution did to one hotkey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HotkeyOutcome {
    /// Its incentives, in rao; nothing if the epoch's result does not name it.
    pub incentive: Option<u64>,
    /// Its dividends; nothing if it is neither in the epoch's result nor a parent of one that is.
    pub dividends: Option<HotkeyDividends>,
    /// All stake under it afterwards, in rao of alpha.
    pub total_alpha: u64,
    /// Whether anybody has a share in that stake afterwards.
    pub has_members: bool,
    /// Its owner's collateral afterwards (from 475 on).
    pub collateral: Option<Collateral>,
    /// What waits for its basket afterwards, in rao of alpha (from 475 on).
    pub basket_pending: u64,
}

/// The sums of a distribution, in rao of alpha.
///
/// The four drained amounts together are the sum of all credits, `withheld`, `claimable`, `queued`, `recycled_root` and
/// `unassigned`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Distribution {
    /// What the epoch divides: all but the owner cut.
    pub epoch_emission: u64,
    /// All incentives of the epoch's result.
    pub incentive_sum: u64,
    /// What the validators share; without incentives also the miners' part.
    pub validator_alpha: u64,
    /// What of the owner cut can be locked for the owner (from 475 on).
    pub owner_cut_kept: u64,
    /// Incentives of the owner's hotkeys, recycled or burned.
    pub withheld: u64,
    /// `withheld` as a share of all incentives.
    pub miner_burned: U96F32,
    /// What left the outstanding alpha: burns between parents and children, recycled incentives, and `recycled_root`.
    ///
    /// The burns are not taken out of the drained amounts: dividends only say how those are shared.
    pub recycled: u64,
    /// Root's pending alpha where nobody could be given a rao of it (from 475 on).
    pub recycled_root: u64,
    /// Incentives that stay outstanding in nobody's hands.
    pub burned: u64,
    /// What root stakers can claim from now on (before 475).
    pub claimable: u128,
    /// What was added to the queues of baskets (from 475 on).
    pub queued: u128,
    /// What reached nobody: roundings, an owner cut without an owner, amounts nobody has a share in. Below 0 if the
    /// epoch's result gives out more than was drained.
    pub unassigned: i128,
}

impl Distribution {
    /// What the subnet's outstanding alpha changes by (it stops at 0): credits are outstanding already (§7.7).
    pub fn alpha_out_supply_delta(&self) -> i128 {
        i128::from(self.recycled).saturating_neg()
    }
}

/// The receiver of a dividend without its take: the stakers, whether there are any or not (§7.6).
pub(crate) fn nominators(_has_members: bool, _owner: Coldkey) -> Receiver {
    Receiver::Nominators
}

/// The receiver of a dividend without its take: the stakers, or the owner where there are none (§7.6, from 475 on).
pub(crate) fn nominators_or_owner(has_members: bool, owner: Coldkey) -> Receiver {
    if has_members { Receiver::Nominators } else { Receiver::Coldkey(owner) }
}

/// The entry in a table of dividends: none for 0 (§7.6, from 475 on), where before every hotkey considered had one.
pub(crate) fn positive_entry(paid: u64) -> Option<u64> {
    (paid > 0).then_some(paid)
}

/// What came of a distribution so far.
pub(crate) struct Ledger<'a> {
    pub outcomes: &'a mut [HotkeyOutcome],
    pub sums: Distribution,
    settle: fn(&mut Option<Collateral>, u64, u64) -> u64,
    credit: &'a mut dyn FnMut(Credit),
}

impl<'a> Ledger<'a> {
    /// Nothing is paid yet; the totals are known (§7.1).
    pub fn open(
        subnet: &DrainedSubnet<'_>,
        outcomes: &'a mut [HotkeyOutcome],
        credit: &'a mut dyn FnMut(Credit),
    ) -> Self {
        for (index, hotkey, stake) in subnet.network.iter() {
            let index = usize::from(index);
            if let Some(outcome) = outcomes.get_mut(index) {
                *outcome = HotkeyOutcome {
                    total_alpha: stake.alpha,
                    has_members: hotkey.has_members,
                    collateral: subnet.collateral.get(index).copied().flatten(),
                    basket_pending: subnet.basket_pending.get(index).copied().unwrap_or(0),
                    ..HotkeyOutcome::default()
                };
            }
        }
        let Drained { server, validator, root, owner_cut } = subnet.drained;
        let incentive_sum = subnet.epoch.iter().fold(0, |sum: u64, row| sum.saturating_add(row.incentive));
        let sums = Distribution {
            epoch_emission: subnet.drained.epoch_emission(),
            incentive_sum,
            validator_alpha: if incentive_sum == 0 { validator.saturating_add(server) } else { validator },
            unassigned: [server, validator, root, owner_cut].map(i128::from).iter().sum(),
            ..Distribution::default()
        };
        Self { outcomes, sums, settle: subnet.rules.distribution().settle, credit }
    }

    pub fn outcome(&mut self, hotkey: u16) -> Option<&mut HotkeyOutcome> {
        self.outcomes.get_mut(usize::from(hotkey))
    }

    pub fn dividends(&mut self, hotkey: u16) -> Option<&mut HotkeyDividends> {
        self.outcome(hotkey)?.dividends.as_mut()
    }

    /// An amount has left the drained ones.
    fn assign(&mut self, amount: u64) {
        self.sums.unassigned = self.sums.unassigned.saturating_sub(amount.into());
    }

    pub fn recycle(&mut self, amount: u64) {
        self.sums.recycled = self.sums.recycled.saturating_add(amount);
    }

    pub fn recycle_root(&mut self, amount: u64) {
        self.assign(amount);
        self.recycle(amount);
        self.sums.recycled_root = amount;
    }

    pub fn withhold(&mut self, incentive: u64, choice: RecycleOrBurn) {
        self.assign(incentive);
        self.sums.withheld = self.sums.withheld.saturating_add(incentive);
        match choice {
            RecycleOrBurn::Recycle => self.recycle(incentive),
            RecycleOrBurn::Burn => self.sums.burned = self.sums.burned.saturating_add(incentive),
        }
    }

    pub fn make_claimable(&mut self, hotkey: u16, amount: u64, increment: I96F32) {
        self.assign(amount);
        self.sums.claimable = self.sums.claimable.saturating_add(amount.into());
        if let Some(dividends) = self.dividends(hotkey) {
            dividends.root_claimable_increment = Some(increment);
        }
    }

    pub fn queue(&mut self, hotkey: u16, amount: u64) {
        self.assign(amount);
        self.sums.queued = self.sums.queued.saturating_add(amount.into());
        if let Some(outcome) = self.outcome(hotkey) {
            outcome.basket_pending = outcome.basket_pending.saturating_add(amount);
        }
    }

    /// Locks what the owner's collateral lacks of the `due` part of what its hotkey earned, and returns the rest of it
    /// (§7.8).
    pub fn settle(&mut self, hotkey: u16, owner: Coldkey, earned: u64, due: u64) -> u64 {
        let settle = self.settle;
        let captured = self.outcome(hotkey).map_or(0, |outcome| settle(&mut outcome.collateral, earned, due));
        self.stake(hotkey, owner, captured);
        due.saturating_sub(captured)
    }

    pub fn stake(&mut self, hotkey: u16, coldkey: Coldkey, amount: u64) {
        self.raise(hotkey, Receiver::Coldkey(coldkey), amount);
    }

    /// A credit; one of 0 does not happen.
    pub fn raise(&mut self, hotkey: u16, receiver: Receiver, amount: u64) {
        if amount == 0 {
            return;
        }
        self.assign(amount);
        if let Some(outcome) = self.outcome(hotkey) {
            outcome.total_alpha = after_credit(outcome.total_alpha, amount);
            outcome.has_members |= receiver != Receiver::Nominators;
        }
        (self.credit)(Credit { hotkey, receiver, amount });
    }
}

/// A hotkey's stake after a credit, which the chain reads as a signed number: from 2^63 up it lowers the stake (§7.7).
fn after_credit(total: u64, amount: u64) -> u64 {
    total.saturating_add_signed(amount.cast_signed())
}

//! `subtensor-475/distribution.md`: hidden parents, dividends off root, collateral, the basket queue.

use std::collections::BTreeMap;

use substrate_fixed::types::{U64F64, U96F32};

use crate::model::distribution::{Ledger, bits_of, share_both, stake_weights as base_stake_weights, totals, whole};
use crate::model::emission::{rao, unit64};
use crate::model::numbers::safe_div;
use crate::schema::distribution::{
    Account, DividendDistributionExpect, Edge, StakeWeightsExpect, StakeWeightsInput as BaseStakeWeightsInput,
};
use crate::schema::subtensor_475::distribution::{
    CollateralEntry, DistributionExpect, DistributionHotkey, DistributionInput, DividendDistributionInput,
    StakeWeightsInput,
};
use crate::schema::{Decimal, RawUnsigned, U64};

/// The edges whose parent is not hidden, in stored order (§3.0).
fn visible(edges: &[Edge], suspended: &[Account], subnet_owner_hotkey: Option<Account>) -> Vec<Edge> {
    let hidden = |parent: Account| suspended.contains(&parent) && subnet_owner_hotkey != Some(parent);
    edges.iter().filter(|edge| !hidden(edge.0)).copied().collect()
}

/// Stake weights (§3).
pub fn stake_weights(input: &StakeWeightsInput) -> StakeWeightsExpect {
    base_stake_weights(&BaseStakeWeightsInput {
        tao_weight: input.tao_weight,
        hotkeys: input.hotkeys.clone(),
        edges: visible(&input.edges, &input.suspended, input.subnet_owner_hotkey),
        uids: input.uids.clone(),
    })
}

/// Root part and alpha part of one hotkey's dividend (§5.1, §5.2): (r, a).
fn parts(dividend: U96F32, (alpha, root): (u64, u64), on_root: bool, tao_weight: U96F32) -> (U96F32, U96F32) {
    let zero = U96F32::default();
    let weighted_root = whole(root).saturating_mul(tao_weight);
    let total = whole(alpha).saturating_add(weighted_root);
    let alpha_part = if total == zero { dividend } else { dividend.saturating_mul(safe_div(whole(alpha), total)) };
    let root_part = if on_root { dividend.saturating_sub(alpha_part) } else { zero };
    (root_part, alpha_part)
}

/// Dividends × stakes (§5).
pub fn dividend_distribution(input: &DividendDistributionInput) -> DividendDistributionExpect {
    let tao_weight = unit64(input.tao_weight.0);
    let parts_of_hotkeys = input.hotkeys.iter().filter_map(|(hotkey, dividend, stakes, on_root)| {
        let (alpha, root) = (*stakes)?;
        Some((*hotkey, parts(U96F32::from_bits(dividend.0), (alpha.0, root.0), *on_root, tao_weight)))
    });
    share_both(input.pending_alpha.0, input.pending_root_alpha.0, tao_weight, parts_of_hotkeys)
}

/// One collateral entry (§2).
struct Collateral {
    locked: u64,
    min_locked: u64,
    earned: u64,
    drain_ratio: U64F64,
}

/// The collateral entries of a subnet, by hotkey and coldkey.
struct Collaterals(BTreeMap<(Account, Account), Collateral>);

impl Collaterals {
    fn new(entries: &[CollateralEntry]) -> Self {
        let entry = |(hotkey, coldkey, locked, min_locked, earned, drain_ratio): &CollateralEntry| {
            let entry = Collateral {
                locked: locked.0,
                min_locked: min_locked.0,
                earned: earned.0,
                drain_ratio: U64F64::from_bits(drain_ratio.0),
            };
            ((*hotkey, *coldkey), entry)
        };
        Self(entries.iter().map(entry).collect())
    }

    /// settle(h, o, e, c): gives what is captured (§7.8).
    fn settle(&mut self, ledger: &mut Ledger, hotkey: Account, owner: Account, earned: u64, capturable: u64) -> u64 {
        let Some(entry) = self.0.get_mut(&(hotkey, owner)) else { return 0 };
        if earned == 0 {
            return 0;
        }
        entry.earned = entry.earned.saturating_add(earned);
        let short = entry.min_locked.saturating_sub(entry.locked);
        if short > 0 {
            let captured = capturable.min(short);
            ledger.credit(hotkey, owner, captured);
            entry.locked = entry.locked.saturating_add(captured);
            return captured;
        }
        let release: u64 = U64F64::saturating_from_num(earned).saturating_mul(entry.drain_ratio).saturating_to_num();
        entry.locked = entry.locked.saturating_sub(release.min(entry.locked.saturating_sub(entry.min_locked)));
        if entry.locked == 0 && entry.min_locked == 0 {
            self.0.remove(&(hotkey, owner));
        }
        0
    }

    fn entries(&self) -> Vec<CollateralEntry> {
        let entry = |(accounts, entry): (&(Account, Account), &Collateral)| {
            let drain_ratio = Decimal(entry.drain_ratio.to_bits());
            let (locked, min_locked) = (Decimal(entry.locked), Decimal(entry.min_locked));
            (accounts.0, accounts.1, locked, min_locked, Decimal(entry.earned), drain_ratio)
        };
        self.0.iter().map(entry).collect()
    }
}

/// A distribution while it runs: what 425 writes down, and what this text adds.
struct Payment<'a> {
    input: &'a DistributionInput,
    hotkeys: BTreeMap<Account, &'a DistributionHotkey>,
    ledger: Ledger<'a>,
    collaterals: Collaterals,
    basket_pending: BTreeMap<Account, U64>,
}

impl Payment<'_> {
    /// Dividends of the rows and their parents (§7.2).
    fn dividends(&mut self) -> BTreeMap<Account, U96F32> {
        let input = self.input;
        self.ledger.dividends(input.epoch.iter().filter(|row| !input.null_mode || row.2.0 > 0))
    }

    /// Amounts from dividends (§7.3).
    fn amounts(&self, dividends: &BTreeMap<Account, U96F32>, validator_alpha: u64) -> DividendDistributionExpect {
        let hotkeys = dividends.iter().map(|(hotkey, dividend)| {
            let row = self.hotkeys.get(hotkey);
            let stakes = row.map_or((Decimal(0), Decimal(0)), |row| (row.alpha, row.root));
            (*hotkey, Decimal(dividend.to_bits()), Some(stakes), row.is_some_and(|row| row.on_root))
        });
        dividend_distribution(&DividendDistributionInput {
            pending_alpha: Decimal(validator_alpha),
            pending_root_alpha: self.input.pending.root,
            tao_weight: self.input.tao_weight,
            hotkeys: hotkeys.collect(),
        })
    }

    /// Recycles the drained root where nobody can be given any, and gives it (§7.3).
    fn recycle_root(&mut self, root_alpha_dividends: &[(Account, RawUnsigned)]) -> u64 {
        let nobody = root_alpha_dividends.iter().all(|row| rao(U96F32::from_bits(row.1.0)) == 0);
        let recycled = if nobody { self.input.pending.root.0 } else { 0 };
        self.ledger.recycle(recycled);
        recycled
    }

    /// What may be locked for the owner (§7.4).
    fn owner_cut_kept(&self) -> u64 {
        let input = self.input;
        if input.subnet_owner_coldkey.is_none() || input.subnet_owner_hotkey.is_none() {
            return 0;
        }
        let cut = input.pending.owner_cut.0;
        let share = input.lease_share.unwrap_or(0);
        let leased = (u128::from(cut) * u128::from(share)).div_ceil(100);
        cut.saturating_sub(u64::try_from(leased).unwrap_or(u64::MAX))
    }

    /// The protected set (§7.5).
    fn owner_hotkeys(&self) -> Vec<Account> {
        let mut hotkeys = self.ledger.owner_hotkeys();
        hotkeys.sort_unstable();
        hotkeys
    }

    /// Pays or withholds incentives and gives the share withheld (§7.5).
    fn pay_incentives(&mut self, owner_hotkeys: &[Account]) -> U96F32 {
        let Self { ledger, collaterals, .. } = self;
        ledger.pay_incentives(owner_hotkeys, |ledger, hotkey, incentive| {
            let owner = ledger.owner(hotkey);
            let captured = collaterals.settle(ledger, hotkey, owner, incentive, incentive);
            ledger.credit(ledger.destination(hotkey), owner, incentive.saturating_sub(captured));
        })
    }

    /// Pays the take of a dividend, less what is captured, and gives ⌊y⌋ (§7.6.1).
    fn pay_take(&mut self, hotkey: Account, amount: U96F32) -> u64 {
        let owner = self.ledger.owner(hotkey);
        let (taken, left) = self.ledger.divide_by_take(hotkey, amount);
        let captured = self.collaterals.settle(&mut self.ledger, hotkey, owner, rao(amount), rao(taken));
        self.ledger.credit(hotkey, owner, rao(taken).saturating_sub(captured));
        rao(left)
    }

    /// Whether a hotkey's pool has members at this moment (§7.6); nominator credits come only after others.
    fn has_members(&self, hotkey: Account) -> bool {
        self.hotkeys.get(&hotkey).is_some_and(|row| row.has_members)
            || self.ledger.credits.iter().any(|credit| credit.0 == hotkey)
    }

    /// Pays alpha dividends and gives their table (§7.6, first pass).
    fn pay_alpha_dividends(&mut self, amounts: &[(Account, RawUnsigned)]) -> Vec<(Account, U64)> {
        let mut per_subnet = Vec::new();
        for (hotkey, amount) in amounts {
            let left = self.pay_take(*hotkey, U96F32::from_bits(amount.0));
            if left == 0 {
                continue;
            }
            if self.has_members(*hotkey) {
                self.ledger.credit_nominators(*hotkey, left);
            } else {
                self.ledger.credit(*hotkey, self.ledger.owner(*hotkey), left);
            }
            per_subnet.push((*hotkey, Decimal(left)));
        }
        per_subnet
    }

    /// Pays root dividends' takes, queues the rest, and gives the table (§7.6, second pass).
    fn pay_root_dividends(&mut self, amounts: &[(Account, RawUnsigned)]) -> Vec<(Account, U64)> {
        let mut per_subnet = Vec::new();
        for (hotkey, amount) in amounts {
            let left = self.pay_take(*hotkey, U96F32::from_bits(amount.0));
            if left == 0 {
                continue;
            }
            let waiting = self.basket_pending.entry(*hotkey).or_default();
            *waiting = Decimal(waiting.0.saturating_add(left));
            per_subnet.push((*hotkey, Decimal(left)));
        }
        per_subnet
    }
}

/// A whole drained subnet (§7).
pub fn distribution(input: &DistributionInput) -> DistributionExpect {
    let mut base = input.base();
    base.edges = visible(&input.edges, &input.suspended, input.subnet_owner_hotkey);
    let mut payment = Payment {
        input,
        hotkeys: input.hotkeys.iter().map(|row| (row.id, row)).collect(),
        ledger: Ledger::new(&base),
        collaterals: Collaterals::new(&input.collateral),
        basket_pending: input.basket_pending.iter().copied().collect(),
    };
    let totals = totals(&base);
    let dividends = payment.dividends();
    let amounts = payment.amounts(&dividends, totals.validator_alpha);
    let recycled_root = payment.recycle_root(&amounts.root_alpha_dividends);
    payment.ledger.pay_owner_cut();
    let owner_hotkeys = payment.owner_hotkeys();
    let miner_burned = payment.pay_incentives(&owner_hotkeys);
    let alpha_dividends_per_subnet = payment.pay_alpha_dividends(&amounts.alpha_dividends);
    let root_alpha_dividends_per_subnet = payment.pay_root_dividends(&amounts.root_alpha_dividends);

    let owner_cut_kept = payment.owner_cut_kept();
    let ledger = payment.ledger;
    DistributionExpect {
        epoch_emission: Decimal(totals.epoch_emission),
        incentive_sum: Decimal(totals.incentive_sum),
        validator_alpha: Decimal(totals.validator_alpha),
        dividends: bits_of(&dividends),
        alpha_dividends: amounts.alpha_dividends,
        root_alpha_dividends: amounts.root_alpha_dividends,
        recycled_root: Decimal(recycled_root),
        owner_cut_kept: Decimal(owner_cut_kept),
        owner_hotkeys,
        miner_burned: Decimal(miner_burned.to_bits()),
        burned: Decimal(ledger.burned),
        recycled: Decimal(ledger.recycled),
        alpha_dividends_per_subnet,
        root_alpha_dividends_per_subnet,
        collateral: payment.collaterals.entries(),
        basket_pending: payment.basket_pending.into_iter().collect(),
        alpha_out_supply_delta: Decimal(-i128::from(ledger.recycled)),
        total_hotkey_alpha: ledger.total_hotkey_alpha(),
        credits: ledger.credits,
        nominator_credits: ledger.nominator_credits,
    }
}

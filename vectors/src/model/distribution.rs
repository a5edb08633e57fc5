//! `distribution.md` written down: stake weights, and a subnet's drained emission to its credits.
//!
//! Every kind is one function; the whole distribution (§7) is made of the functions of the other kinds.

use std::collections::BTreeMap;

use substrate_fixed::types::{I64F64, I96F32, U96F32};

use super::emission::{rao, unit16, unit64};
use super::numbers::safe_div;
use crate::schema::distribution::{
    Account, DistributionExpect, DistributionHotkey, DistributionInput, DividendDistributionExpect,
    DividendDistributionInput, Edge, ParentChildDividendsExpect, ParentChildDividendsInput, RecycleOrBurn,
    RootClaimableExpect, RootClaimableInput, StakeWeightsExpect, StakeWeightsInput,
};
use crate::schema::{Decimal, RawSigned, RawUnsigned, U64};

/// The all-zero account, which stands for an owner nobody set (§2).
const ZERO_ACCOUNT: Account = 0;
/// Delegate take of a hotkey that never set one (§2).
const DEFAULT_TAKE: u16 = 11_796;
/// From here on an amount is read as a negative number when it is credited (§7.7).
const SIGN: u64 = 1 << 63;

/// A whole amount as `U96`.
pub(super) fn whole(amount: u64) -> U96F32 {
    U96F32::saturating_from_num(amount)
}

/// `children(h)` in stored order (§2).
fn children(edges: &[Edge], hotkey: Account) -> impl Iterator<Item = &Edge> {
    edges.iter().filter(move |edge| edge.0 == hotkey)
}

/// `parents(h)` in stored order (§2).
fn parents(edges: &[Edge], hotkey: Account) -> impl Iterator<Item = &Edge> {
    edges.iter().filter(move |edge| edge.1 == hotkey)
}

/// Inherited amount of a hotkey for one stake column (§3.1).
fn inherited(column: &BTreeMap<Account, u64>, edges: &[Edge], hotkey: Account) -> u64 {
    let stake = |account: Account| whole(column.get(&account).copied().unwrap_or(0));
    let given = children(edges, hotkey)
        .fold(U96F32::default(), |sum, edge| sum.saturating_add(stake(hotkey).saturating_mul(unit64(edge.2.0))));
    let got = parents(edges, hotkey)
        .fold(U96F32::default(), |sum, edge| sum.saturating_add(stake(edge.0).saturating_mul(unit64(edge.2.0))));
    rao(stake(hotkey).saturating_sub(given).saturating_add(got))
}

/// Stake weights (§3).
pub fn stake_weights(input: &StakeWeightsInput) -> StakeWeightsExpect {
    let alpha: BTreeMap<Account, u64> = input.hotkeys.iter().map(|row| (row.0, row.1.0)).collect();
    let root: BTreeMap<Account, u64> = input.hotkeys.iter().map(|row| (row.0, row.2.0)).collect();
    let stakes = |column: &BTreeMap<Account, u64>| -> Vec<I64F64> {
        input
            .uids
            .iter()
            .map(|uid| uid.map_or(0, |hotkey| inherited(column, &input.edges, hotkey)))
            .map(I64F64::saturating_from_num)
            .collect()
    };
    let weight = I64F64::saturating_from_num(unit64(input.tao_weight.0));
    let alpha_stake = stakes(&alpha);
    let tao_stake = stakes(&root);
    let total_stake: Vec<I64F64> = alpha_stake
        .iter()
        .zip(&tao_stake)
        .map(|(alpha, tao)| alpha.saturating_add(tao.saturating_mul(weight)))
        .collect();

    let integers =
        |values: &[I64F64]| -> Vec<U64> { values.iter().map(|value| Decimal(value.saturating_to_num())).collect() };
    let bits = |values: &[I64F64]| -> Vec<RawSigned> { values.iter().map(|value| Decimal(value.to_bits())).collect() };
    StakeWeightsExpect {
        inherited_alpha: integers(&alpha_stake),
        inherited_tao: integers(&tao_stake),
        alpha_stake: bits(&alpha_stake),
        tao_stake: bits(&tao_stake),
        total_stake: bits(&total_stake),
    }
}

/// Self contribution (§4.2).
fn self_contribution(alpha: u64, root: u64, edges: &[Edge], hotkey: Account, tao_weight: U96F32) -> u64 {
    let keep = children(edges, hotkey).fold(U96F32::from_num(1), |keep, edge| keep.saturating_sub(unit64(edge.2.0)));
    let from_alpha = whole(alpha).saturating_mul(keep);
    let from_root = whole(root).saturating_mul(keep).saturating_mul(tao_weight);
    rao(from_alpha.saturating_add(from_root))
}

/// What a parent contributes, not floored to an integer (§4.3).
fn parent_contribution(alpha: u64, root: u64, proportion: u64, tao_weight: U96F32) -> U96F32 {
    let unit = unit64(proportion);
    let from_alpha = whole(alpha).saturating_mul(unit);
    let from_root = whole(root).saturating_mul(unit).saturating_mul(tao_weight);
    from_alpha.saturating_add(from_root)
}

/// Dividend of one hotkey between its parents and itself (§4).
pub fn parent_child_dividends(input: &ParentChildDividendsInput) -> ParentChildDividendsExpect {
    let rows: BTreeMap<Account, (u64, u64, Option<Account>)> =
        input.hotkeys.iter().map(|row| (row.0, (row.1.0, row.2.0, row.3))).collect();
    let row = |hotkey: Account| rows.get(&hotkey).copied().unwrap_or((0, 0, None));
    let owner = |hotkey: Account| row(hotkey).2.unwrap_or(ZERO_ACCOUNT);
    let tao_weight = unit64(input.tao_weight.0);
    let hotkey = input.hotkey;

    let effective_take = input.childkey_take.max(input.min_childkey_take).max(input.min_childkey_take_subnet);
    let take_unit = unit16(effective_take);
    let burn_unit = unit64(input.ck_burn.0);

    let (alpha, root, _) = row(hotkey);
    let own = self_contribution(alpha, root, &input.edges, hotkey, tao_weight);
    let contributions: Vec<(Account, U96F32)> = parents(&input.edges, hotkey)
        .map(|edge| {
            let (alpha, root, _) = row(edge.0);
            (edge.0, parent_contribution(alpha, root, edge.2.0, tao_weight))
        })
        .collect();
    let total = contributions.iter().fold(whole(own), |sum, parent| sum.saturating_add(parent.1));

    let dividends = whole(input.dividends.0);
    let mut rest = dividends;
    let mut taken = U96F32::default();
    let mut payouts = Vec::new();
    let mut recycled = Vec::new();
    for (parent, contribution) in contributions {
        let mut part = dividends.saturating_mul(safe_div(contribution, total));
        rest = rest.saturating_sub(part);
        if owner(parent) != owner(hotkey) {
            // Both of the gross part.
            let burn = burn_unit.saturating_mul(part);
            let take = take_unit.saturating_mul(part);
            part = part.saturating_sub(burn).saturating_sub(take);
            taken = taken.saturating_add(take);
            if rao(burn) > 0 {
                recycled.push(Decimal(rao(burn)));
            }
        }
        payouts.push((parent, Decimal(rao(part))));
    }
    payouts.push((hotkey, Decimal(rao(rest.saturating_add(taken)))));
    ParentChildDividendsExpect { effective_take, self_contribution: Decimal(own), payouts, recycled }
}

/// Root part and alpha part of one hotkey's dividend (§5.1, §5.2): (r, a).
fn parts(dividend: U96F32, alpha: u64, root: u64, tao_weight: U96F32) -> (U96F32, U96F32) {
    let root_alpha = whole(root).saturating_mul(tao_weight);
    let proportion = safe_div(root_alpha, whole(alpha).saturating_add(root_alpha));
    let root_part = dividend.saturating_mul(proportion);
    (root_part, dividend.saturating_sub(root_part))
}

/// Shares a pending amount by the given parts (§5.3).
fn share_pending(pending: u64, parts: &BTreeMap<Account, U96F32>) -> Vec<(Account, RawUnsigned)> {
    let total = parts.values().fold(U96F32::default(), |sum, part| sum.saturating_add(*part));
    parts
        .iter()
        .map(|(hotkey, part)| {
            let amount = whole(pending).saturating_mul(safe_div(*part, total));
            (*hotkey, Decimal(amount.to_bits()))
        })
        .collect()
}

/// Dividends × stakes (§5).
pub fn dividend_distribution(input: &DividendDistributionInput) -> DividendDistributionExpect {
    let tao_weight = unit64(input.tao_weight.0);
    let parts_of_hotkeys = input.hotkeys.iter().filter_map(|(hotkey, dividend, stakes)| {
        let (alpha, root) = (*stakes)?;
        Some((*hotkey, parts(U96F32::from_bits(dividend.0), alpha.0, root.0, tao_weight)))
    });
    share_both(input.pending_alpha.0, input.pending_root_alpha.0, tao_weight, parts_of_hotkeys)
}

/// Shares both pending amounts by the hotkeys' parts (r, a) (§5.2, §5.3).
pub(super) fn share_both(
    pending_alpha: u64,
    pending_root_alpha: u64,
    tao_weight: U96F32,
    parts: impl Iterator<Item = (Account, (U96F32, U96F32))>,
) -> DividendDistributionExpect {
    let mut alpha_parts = BTreeMap::new();
    let mut root_parts = BTreeMap::new();
    for (hotkey, (root_part, alpha_part)) in parts {
        root_parts.insert(hotkey, root_part);
        alpha_parts.insert(hotkey, alpha_part);
    }
    DividendDistributionExpect {
        tao_weight_fixed: Decimal(tao_weight.to_bits()),
        alpha_dividends: share_pending(pending_alpha, &alpha_parts),
        root_alpha_dividends: share_pending(pending_root_alpha, &root_parts),
    }
}

/// Root claimable rate (§6).
pub fn root_claimable(input: &RootClaimableInput) -> RootClaimableExpect {
    let (root_stake, amount) = (input.root_stake.0, input.amount.0);
    if amount > root_stake {
        return RootClaimableExpect { fallback_to_stake: true, staked: input.amount, rate_after: input.rate_before };
    }
    let before = I96F32::from_bits(input.rate_before.unwrap_or_default().0);
    let increment = safe_div(I96F32::saturating_from_num(amount), I96F32::saturating_from_num(root_stake));
    RootClaimableExpect {
        fallback_to_stake: false,
        staked: Decimal(0),
        rate_after: Some(Decimal(before.saturating_add(increment).to_bits())),
    }
}

/// Totals before anything is paid (§7.1).
pub(super) struct Totals {
    pub(super) epoch_emission: u64,
    pub(super) incentive_sum: u64,
    pub(super) validator_alpha: u64,
}

/// Totals (§7.1).
pub(super) fn totals(input: &DistributionInput) -> Totals {
    let pending = &input.pending;
    let (server, validator, root) = (pending.server.0, pending.validator.0, pending.root.0);
    let incentive_sum = input.epoch.iter().fold(0_u64, |sum, row| sum.saturating_add(row.1.0));
    Totals {
        epoch_emission: server.saturating_add(validator).saturating_add(root),
        incentive_sum,
        validator_alpha: if incentive_sum == 0 { validator.saturating_add(server) } else { validator },
    }
}

/// What a distribution writes down while it runs.
pub(super) struct Ledger<'a> {
    input: &'a DistributionInput,
    hotkeys: BTreeMap<Account, &'a DistributionHotkey>,
    pub(super) credits: Vec<(Account, Account, U64)>,
    pub(super) nominator_credits: Vec<(Account, U64)>,
    stakes: BTreeMap<Account, u64>,
    pub(super) recycled: u64,
    pub(super) burned: u64,
}

impl<'a> Ledger<'a> {
    /// Before anything is paid.
    pub(super) fn new(input: &'a DistributionInput) -> Self {
        Self {
            input,
            hotkeys: input.hotkeys.iter().map(|row| (row.id, row)).collect(),
            credits: Vec::new(),
            nominator_credits: Vec::new(),
            stakes: input.hotkeys.iter().map(|row| (row.id, row.alpha.0)).collect(),
            recycled: 0,
            burned: 0,
        }
    }

    /// The coldkey of a hotkey; without an owner the zero account (§2).
    pub(super) fn owner(&self, hotkey: Account) -> Account {
        self.hotkeys.get(&hotkey).and_then(|row| row.owner).unwrap_or(ZERO_ACCOUNT)
    }

    /// Delegate take of a hotkey as `U96` (§2).
    fn take(&self, hotkey: Account) -> U96F32 {
        unit16(self.hotkeys.get(&hotkey).and_then(|row| row.take).unwrap_or(DEFAULT_TAKE))
    }

    /// Raises a hotkey's stake (§7.7).
    fn raise(&mut self, hotkey: Account, amount: u64) {
        let stake = self.stakes.entry(hotkey).or_insert(0);
        *stake = if amount < SIGN { stake.saturating_add(amount) } else { stake.saturating_sub(amount.wrapping_neg()) };
    }

    /// A credit (§7).
    pub(super) fn credit(&mut self, hotkey: Account, coldkey: Account, amount: u64) {
        if amount > 0 {
            self.credits.push((hotkey, coldkey, Decimal(amount)));
            self.raise(hotkey, amount);
        }
    }

    /// A nominator credit (§7).
    pub(super) fn credit_nominators(&mut self, hotkey: Account, amount: u64) {
        if amount > 0 {
            self.nominator_credits.push((hotkey, Decimal(amount)));
            self.raise(hotkey, amount);
        }
    }

    /// Recycles an amount (§7.7).
    pub(super) fn recycle(&mut self, amount: u64) {
        self.recycled = self.recycled.saturating_add(amount);
    }

    /// Dividends of the given rows and their parents (§7.2).
    pub(super) fn dividends<'r>(
        &mut self,
        rows: impl Iterator<Item = &'r (Account, U64, U64)>,
    ) -> BTreeMap<Account, U96F32> {
        let input = self.input;
        let hotkeys: Vec<_> = input.hotkeys.iter().map(|row| (row.id, row.alpha, row.root, row.owner)).collect();
        let mut dividends: BTreeMap<Account, U96F32> = BTreeMap::new();
        for (hotkey, _, dividend) in rows {
            let result = parent_child_dividends(&ParentChildDividendsInput {
                hotkey: *hotkey,
                dividends: *dividend,
                tao_weight: input.tao_weight,
                ck_burn: input.ck_burn,
                childkey_take: self.hotkeys.get(hotkey).map_or(0, |row| row.childkey_take),
                min_childkey_take: input.min_childkey_take,
                min_childkey_take_subnet: input.min_childkey_take_subnet,
                hotkeys: hotkeys.clone(),
                edges: input.edges.clone(),
            });
            for amount in result.recycled {
                self.recycle(amount.0);
            }
            for (payee, amount) in result.payouts {
                let sum = dividends.entry(payee).or_default();
                *sum = sum.saturating_add(whole(amount.0));
            }
        }
        dividends
    }

    /// Amounts from dividends (§7.3).
    fn amounts(&self, dividends: &BTreeMap<Account, U96F32>, validator_alpha: u64) -> DividendDistributionExpect {
        let zero: (U64, U64) = (Decimal(0), Decimal(0));
        dividend_distribution(&DividendDistributionInput {
            pending_alpha: Decimal(validator_alpha),
            pending_root_alpha: self.input.pending.root,
            tao_weight: self.input.tao_weight,
            hotkeys: dividends
                .iter()
                .map(|(hotkey, dividend)| {
                    let stakes = self.hotkeys.get(hotkey).map_or(zero, |row| (row.alpha, row.root));
                    (*hotkey, Decimal(dividend.to_bits()), Some(stakes))
                })
                .collect(),
        })
    }

    /// Owner cut (§7.4).
    pub(super) fn pay_owner_cut(&mut self) {
        if let (Some(coldkey), Some(hotkey)) = (self.input.subnet_owner_coldkey, self.input.subnet_owner_hotkey) {
            self.credit(hotkey, coldkey, self.input.pending.owner_cut.0);
        }
    }

    /// Owner hotkeys in their order (§7.5).
    pub(super) fn owner_hotkeys(&self) -> Vec<Account> {
        let mut owned: Vec<&DistributionHotkey> = match self.input.subnet_owner_coldkey {
            Some(coldkey) => self
                .hotkeys
                .values()
                .copied()
                .filter(|row| row.uid.is_some() && self.owner(row.id) == coldkey)
                .collect(),
            None => Vec::new(),
        };
        owned.sort_by_key(|row| (std::cmp::Reverse(row.registered_at), row.uid));
        let mut list: Vec<Account> = owned.iter().map(|row| row.id).collect();
        if let Some(hotkey) = self.input.subnet_owner_hotkey {
            let has_uid = self.hotkeys.get(&hotkey).is_some_and(|row| row.uid.is_some());
            if has_uid && !list.contains(&hotkey) {
                list.insert(0, hotkey);
            }
        }
        list
    }

    /// Where a hotkey's incentive is staked (§7.5).
    pub(super) fn destination(&self, hotkey: Account) -> Account {
        let owner = self.owner(hotkey);
        self.input.auto_stake.iter().rfind(|row| row.0 == owner).map_or(hotkey, |row| row.1)
    }

    /// Withholds the incentives of the owner's hotkeys, pays the others as `pay` says, gives the share withheld (§7.5).
    pub(super) fn pay_incentives(
        &mut self,
        owner_hotkeys: &[Account],
        mut pay: impl FnMut(&mut Self, Account, u64),
    ) -> U96F32 {
        let mut incentives: BTreeMap<Account, u64> = BTreeMap::new();
        for (hotkey, incentive, _) in &self.input.epoch {
            let sum = incentives.entry(*hotkey).or_insert(0);
            *sum = sum.saturating_add(incentive.0);
        }
        let mut withheld = 0_u64;
        let mut total = 0_u64;
        for (hotkey, incentive) in incentives {
            total = total.saturating_add(incentive);
            if owner_hotkeys.contains(&hotkey) {
                withheld = withheld.saturating_add(incentive);
                match self.input.recycle_or_burn {
                    Some(RecycleOrBurn::Recycle) => self.recycle(incentive),
                    Some(RecycleOrBurn::Burn) | None => self.burned = self.burned.saturating_add(incentive),
                }
            } else {
                pay(self, hotkey, incentive);
            }
        }
        safe_div(whole(withheld), whole(total))
    }

    /// Take and remainder of an amount: k and y (§7.6).
    pub(super) fn divide_by_take(&self, hotkey: Account, amount: U96F32) -> (U96F32, U96F32) {
        let taken = self.take(hotkey).saturating_mul(amount);
        (taken, amount.saturating_sub(taken))
    }

    /// Pays alpha dividends and gives their table (§7.6, first pass).
    fn pay_alpha_dividends(&mut self, amounts: &[(Account, RawUnsigned)]) -> Vec<(Account, U64)> {
        let mut per_subnet = Vec::new();
        for (hotkey, amount) in amounts {
            let (taken, left) = self.divide_by_take(*hotkey, U96F32::from_bits(amount.0));
            self.credit(*hotkey, self.owner(*hotkey), rao(taken));
            self.credit_nominators(*hotkey, rao(left));
            per_subnet.push((*hotkey, Decimal(rao(left))));
        }
        per_subnet
    }

    /// Pays root dividends and gives the rates set and the table (§7.6, second pass).
    fn pay_root_dividends(&mut self, amounts: &[(Account, RawUnsigned)]) -> RootDividends {
        let mut paid = RootDividends { rates: Vec::new(), per_subnet: Vec::new() };
        for (hotkey, amount) in amounts {
            let owner = self.owner(*hotkey);
            let (taken, left) = self.divide_by_take(*hotkey, U96F32::from_bits(amount.0));
            self.credit(*hotkey, owner, rao(taken));
            let claimable = root_claimable(&RootClaimableInput {
                root_stake: self.hotkeys.get(hotkey).map_or(Decimal(0), |row| row.root),
                amount: Decimal(rao(left)),
                rate_before: None,
            });
            self.credit(*hotkey, owner, claimable.staked.0);
            if let Some(rate) = claimable.rate_after {
                paid.rates.push((*hotkey, rate));
            }
            paid.per_subnet.push((*hotkey, Decimal(rao(left))));
        }
        paid
    }

    /// All stake of every hotkey that has some (§7.7).
    pub(super) fn total_hotkey_alpha(&self) -> Vec<(Account, U64)> {
        let some = self.stakes.iter().filter(|(_, stake)| **stake > 0);
        some.map(|(hotkey, stake)| (*hotkey, Decimal(*stake))).collect()
    }
}

/// What the pass over the root dividends leaves behind (§7.6).
struct RootDividends {
    rates: Vec<(Account, RawSigned)>,
    per_subnet: Vec<(Account, U64)>,
}

/// A whole drained subnet (§7).
pub fn distribution(input: &DistributionInput) -> DistributionExpect {
    let mut ledger = Ledger::new(input);
    let totals = totals(input);
    let dividends = ledger.dividends(input.epoch.iter());
    let amounts = ledger.amounts(&dividends, totals.validator_alpha);
    ledger.pay_owner_cut();
    let owner_hotkeys = ledger.owner_hotkeys();
    let miner_burned = ledger.pay_incentives(&owner_hotkeys, |ledger, hotkey, incentive| {
        ledger.credit(ledger.destination(hotkey), ledger.owner(hotkey), incentive);
    });
    let alpha_dividends_per_subnet = ledger.pay_alpha_dividends(&amounts.alpha_dividends);
    let root_paid = ledger.pay_root_dividends(&amounts.root_alpha_dividends);
    DistributionExpect {
        epoch_emission: Decimal(totals.epoch_emission),
        incentive_sum: Decimal(totals.incentive_sum),
        validator_alpha: Decimal(totals.validator_alpha),
        dividends: bits_of(&dividends),
        alpha_dividends: amounts.alpha_dividends,
        root_alpha_dividends: amounts.root_alpha_dividends,
        owner_hotkeys,
        miner_burned: Decimal(miner_burned.to_bits()),
        burned: Decimal(ledger.burned),
        recycled: Decimal(ledger.recycled),
        alpha_dividends_per_subnet,
        root_claimable_increment: root_paid.rates,
        root_alpha_dividends_per_subnet: root_paid.per_subnet,
        alpha_out_supply_delta: Decimal(-i128::from(ledger.recycled)),
        total_hotkey_alpha: ledger.total_hotkey_alpha(),
        credits: ledger.credits,
        nominator_credits: ledger.nominator_credits,
    }
}

/// The values' raw bits, accounts ascending.
pub(super) fn bits_of(values: &BTreeMap<Account, U96F32>) -> Vec<(Account, RawUnsigned)> {
    values.iter().map(|(account, value)| (*account, Decimal(value.to_bits()))).collect()
}

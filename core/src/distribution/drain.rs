//! A whole drained subnet to its final credits (spec `distribution.md` §7).

use core::cmp::Reverse;

use super::childkey::split;
use super::dividends::dividend_parts;
use super::{
    ChildkeyTerms, Coldkey, DividendParts, Hotkey, Network, PendingDividends, RootDividend, check_hotkey,
    root_claimable_update, unit16, unit64,
};
use crate::error::{Error, check_length};
use crate::fixed::{I96F32, U96F32, convert, safe_div};

/// The amounts drained from a subnet, in rao of alpha.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Drained {
    /// The miners' part.
    pub server: u64,
    /// The validators' part.
    pub validator: u64,
    /// Root's part.
    pub root: u64,
    /// The owner cut.
    pub owner_cut: u64,
}

/// What becomes of the incentives of the subnet owner's own hotkeys. A subnet that never chose burns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RecycleOrBurn {
    /// They leave the outstanding alpha.
    Recycle,
    /// They stay outstanding, in nobody's hands.
    #[default]
    Burn,
}

/// One row of the epoch's result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EpochShare {
    /// Whose.
    pub hotkey: u16,
    /// As a miner, in rao of alpha.
    pub incentive: u64,
    /// As a validator, in rao of alpha.
    pub dividend: u64,
}

/// A subnet at the moment its pending emission is drained.
#[derive(Debug, Clone, Copy)]
pub struct DrainedSubnet<'a> {
    /// Its hotkeys, with the stakes before any credit.
    pub network: Network<'a>,
    /// The amounts to distribute.
    pub drained: Drained,
    /// What the epoch gave to whom; a hotkey may have several rows.
    pub epoch: &'a [EpochShare],
    /// The terms for child keys, and the TAO weight.
    pub terms: ChildkeyTerms,
    /// The subnet's owner.
    pub owner_coldkey: Option<Coldkey>,
    /// The hotkey that receives the owner's cut.
    pub owner_hotkey: Option<u16>,
    /// What becomes of the incentives of the owner's hotkeys.
    pub recycle_or_burn: RecycleOrBurn,
    /// By coldkey, the hotkey to which its incentives are staked; coldkeys left out at the end chose none.
    pub auto_stake: &'a [Option<u16>],
}

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
    /// What its nominators received of the pending alpha, in rao: its `AlphaDividendsPerSubnet`.
    pub alpha_paid: u64,
    /// What its root stakers received of root's pending alpha, in rao, staked or claimable: its
    /// `RootAlphaDividendsPerSubnet`.
    pub root_paid: u64,
    /// What its claimable rate rises by, in alpha per rao of TAO (saturating, and a rate never set begins at 0); nothing
    /// where the amount was staked instead.
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
}

/// The sums of a distribution, in rao of alpha.
///
/// The four drained amounts together are the sum of all credits, `withheld`, `claimable` and `unassigned`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Distribution {
    /// What the epoch divides: all but the owner cut.
    pub epoch_emission: u64,
    /// All incentives of the epoch's result.
    pub incentive_sum: u64,
    /// What the validators share; without incentives also the miners' part.
    pub validator_alpha: u64,
    /// Incentives of the owner's hotkeys, recycled or burned.
    pub withheld: u64,
    /// `withheld` as a share of all incentives.
    pub miner_burned: U96F32,
    /// What left the outstanding alpha: burns between parents and children, and recycled incentives.
    ///
    /// The former are not taken out of the drained amounts: dividends only say how those are shared.
    pub recycled: u64,
    /// Incentives that stay outstanding in nobody's hands.
    pub burned: u64,
    /// What root stakers can claim from now on.
    pub claimable: u128,
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

/// The most credits that [`distribute`] can make: the owner cut, and for every hotkey an incentive and two of each kind
/// of dividend.
pub const fn max_credits(hotkeys: usize) -> usize {
    hotkeys.saturating_mul(5).saturating_add(1)
}

/// Distributes what was drained from a subnet (§7).
///
/// `credit` receives the credits in the order in which they happen, at most [`max_credits`]; `outcomes`, with one
/// element per hotkey, what came of it for each.
///
/// # Errors
/// [`ErrorCode::Length`](crate::ErrorCode::Length): `stakes`, `hotkeys` or `outcomes` do not have one element for each
/// hotkey of the edges. [`ErrorCode::Range`](crate::ErrorCode::Range): `epoch`, `owner_hotkey` or `auto_stake` names a
/// hotkey that does not exist. Nothing is credited then.
///
/// ```
/// use yuma_core::Rows;
/// use yuma_core::distribution::*;
/// // Hotkey 0 mines, hotkey 1 validates; nobody delegates to anybody, and nobody owns the subnet.
/// let mut kept = [Default::default(); 2];
/// let network = Network {
///     stakes: &[Stake::default(), Stake { alpha: 1_000_000, root: 0 }],
///     hotkeys: &[Hotkey { owner: 1, ..Hotkey::default() }, Hotkey { owner: 2, ..Hotkey::default() }],
///     edges: Edges::new(Rows::EMPTY, &mut kept)?,
/// };
/// let subnet = DrainedSubnet {
///     network,
///     drained: Drained { server: 410, validator: 410, root: 0, owner_cut: 180 },
///     epoch: &[
///         EpochShare { hotkey: 0, incentive: 410, dividend: 0 },
///         EpochShare { hotkey: 1, incentive: 0, dividend: 410 },
///     ],
///     terms: ChildkeyTerms::CHAIN_DEFAULT,
///     owner_coldkey: None,
///     owner_hotkey: None,
///     recycle_or_burn: RecycleOrBurn::default(),
///     auto_stake: &[],
/// };
/// let mut outcomes = [HotkeyOutcome::default(); 2];
/// let mut credits = Vec::new();
/// let sums = distribute(&subnet, &mut outcomes, |credit| credits.push(credit))?;
/// assert_eq!(credits, [
///     Credit { hotkey: 0, receiver: Receiver::Coldkey(1), amount: 410 },
///     Credit { hotkey: 1, receiver: Receiver::Coldkey(2), amount: 73 }, // the take
///     Credit { hotkey: 1, receiver: Receiver::Nominators, amount: 336 },
/// ]);
/// assert_eq!((outcomes[1].total_alpha, sums.unassigned), (1_000_409, 181)); // the cut, and a rounding
/// # Ok::<(), yuma_core::Error>(())
/// ```
pub fn distribute(
    subnet: &DrainedSubnet<'_>,
    outcomes: &mut [HotkeyOutcome],
    credit: impl FnMut(Credit),
) -> Result<Distribution, Error> {
    check(subnet, outcomes)?;
    let mut ledger = Ledger::open(subnet, outcomes, credit);
    split_dividends(subnet, &mut ledger);
    share_pending(subnet, &mut ledger);
    pay_owner_cut(subnet, &mut ledger);
    pay_incentives(subnet, &mut ledger);
    pay_alpha_dividends(subnet, &mut ledger);
    pay_root_dividends(subnet, &mut ledger);
    Ok(ledger.sums)
}

/// The hotkeys whose incentives are withheld: the subnet owner's with a uid, latest registration first, and in front of
/// them the owner hotkey, if it has a uid but another owner (§7.5).
///
/// No list is stored, every step looks for the next one: the order is only for those who show it.
pub fn owner_hotkeys<'s>(subnet: &'s DrainedSubnet<'_>) -> impl Iterator<Item = u16> + use<'s> {
    let place = |index: u16, hotkey: &Hotkey| {
        let behind = subnet.owner_coldkey == Some(hotkey.owner);
        is_withheld(subnet, index, hotkey).then_some((behind, Reverse(hotkey.registered_at), hotkey.uid, index))
    };
    let places = move || subnet.network.iter().filter_map(move |(index, hotkey, _)| place(index, hotkey));
    let next = move |last: &_| places().filter(|place| place > last).min();
    core::iter::successors(places().min(), next).map(|(.., index)| index)
}

fn check(subnet: &DrainedSubnet<'_>, outcomes: &[HotkeyOutcome]) -> Result<(), Error> {
    subnet.network.check()?;
    let hotkeys = subnet.network.hotkeys.len();
    check_length("outcomes", outcomes, hotkeys)?;
    for (index, row) in subnet.epoch.iter().enumerate() {
        check_hotkey("epoch", index, row.hotkey, hotkeys)?;
    }
    for (coldkey, destination) in subnet.auto_stake.iter().enumerate() {
        destination.map_or(Ok(()), |hotkey| check_hotkey("auto_stake", coldkey, hotkey, hotkeys))?;
    }
    subnet.owner_hotkey.map_or(Ok(()), |hotkey| check_hotkey("owner_hotkey", 0, hotkey, hotkeys))
}

/// §7.2: every row's dividend goes to its hotkey and that one's parents.
fn split_dividends(subnet: &DrainedSubnet<'_>, ledger: &mut Ledger<'_, impl FnMut(Credit)>) {
    for row in subnet.epoch {
        if let Some(outcome) = ledger.outcome(row.hotkey) {
            outcome.incentive = Some(outcome.incentive.unwrap_or(0).saturating_add(row.incentive));
        }
        split(&subnet.terms, &subnet.network, row.hotkey, row.dividend, |payout| {
            ledger.recycle(payout.recycled);
            if let Some(outcome) = ledger.outcome(payout.hotkey) {
                let dividends = outcome.dividends.get_or_insert_default();
                dividends.payouts = dividends.payouts.saturating_add(U96F32::saturating_from_num(payout.amount));
            }
        });
    }
}

/// §7.3: dividends × stakes, for every hotkey that was paid something or nothing.
fn share_pending<F>(subnet: &DrainedSubnet<'_>, ledger: &mut Ledger<'_, F>) {
    let pending = PendingDividends { alpha: ledger.sums.validator_alpha, root: subnet.drained.root };
    let tao_weight = unit64(subnet.terms.tao_weight);
    let mut totals = DividendParts::default();
    for (outcome, &stake) in ledger.outcomes.iter_mut().zip(subnet.network.stakes) {
        if let Some(dividends) = &mut outcome.dividends {
            // The parts stand where the amounts will, until the totals are known.
            dividends.amounts = dividend_parts(dividends.payouts, stake, tao_weight);
            totals = totals.plus(dividends.amounts);
        }
    }
    for dividends in ledger.outcomes.iter_mut().filter_map(|outcome| outcome.dividends.as_mut()) {
        dividends.amounts = dividends.amounts.paid_from(totals, pending);
    }
}

/// §7.4: without both of the owner's keys the cut is lost.
fn pay_owner_cut(subnet: &DrainedSubnet<'_>, ledger: &mut Ledger<'_, impl FnMut(Credit)>) {
    if let (Some(coldkey), Some(hotkey)) = (subnet.owner_coldkey, subnet.owner_hotkey) {
        ledger.stake(hotkey, coldkey, subnet.drained.owner_cut);
    }
}

/// §7.5: to the miners, but not to the subnet's owner.
fn pay_incentives(subnet: &DrainedSubnet<'_>, ledger: &mut Ledger<'_, impl FnMut(Credit)>) {
    for (index, hotkey, _) in subnet.network.iter() {
        let Some(incentive) = ledger.outcome(index).and_then(|outcome| outcome.incentive) else { continue };
        if is_withheld(subnet, index, hotkey) {
            ledger.withhold(incentive, subnet.recycle_or_burn);
        } else {
            let owner = usize::try_from(hotkey.owner).unwrap_or(usize::MAX);
            let destination = subnet.auto_stake.get(owner).copied().flatten();
            ledger.stake(destination.unwrap_or(index), hotkey.owner, incentive);
        }
    }
    let share = |amount: u64| U96F32::saturating_from_num(amount);
    ledger.sums.miner_burned = safe_div(share(ledger.sums.withheld), share(ledger.sums.incentive_sum));
}

/// §7.6, first pass: the take to the owner, the rest to the nominators.
fn pay_alpha_dividends(subnet: &DrainedSubnet<'_>, ledger: &mut Ledger<'_, impl FnMut(Credit)>) {
    for (index, hotkey, _) in subnet.network.iter() {
        let Some(dividends) = ledger.dividends(index) else { continue };
        let (take, rest) = cut_take(hotkey.take, dividends.amounts.alpha);
        dividends.alpha_paid = rest;
        ledger.stake(index, hotkey.owner, take);
        ledger.raise(index, Receiver::Nominators, rest);
    }
}

/// §7.6, second pass: the take to the owner, the rest to be claimed by root stakers.
fn pay_root_dividends(subnet: &DrainedSubnet<'_>, ledger: &mut Ledger<'_, impl FnMut(Credit)>) {
    for (index, hotkey, stake) in subnet.network.iter() {
        let Some(dividends) = ledger.dividends(index) else { continue };
        let (take, rest) = cut_take(hotkey.take, dividends.amounts.root);
        dividends.root_paid = rest;
        let update = root_claimable_update(stake.root, rest, None);
        if let RootDividend::Claimable(increment) = update {
            dividends.root_claimable_increment = Some(increment);
        }
        ledger.stake(index, hotkey.owner, take);
        match update {
            RootDividend::Claimable(_) => ledger.make_claimable(rest),
            RootDividend::Staked => ledger.stake(index, hotkey.owner, rest),
        }
    }
}

/// Whether a hotkey's incentives are withheld (§7.5).
fn is_withheld(subnet: &DrainedSubnet<'_>, index: u16, hotkey: &Hotkey) -> bool {
    hotkey.uid.is_some() && (subnet.owner_coldkey == Some(hotkey.owner) || subnet.owner_hotkey == Some(index))
}

/// The owner's take of an amount, and what remains; each is floored by itself, so a rao can be lost between them.
fn cut_take(take: u16, amount: U96F32) -> (u64, u64) {
    let taken = unit16(take).saturating_mul(amount);
    (convert(taken), convert(amount.saturating_sub(taken)))
}

/// What came of a distribution so far.
struct Ledger<'o, F> {
    outcomes: &'o mut [HotkeyOutcome],
    credit: F,
    sums: Distribution,
}

impl<'o, F> Ledger<'o, F> {
    /// Nothing is paid yet; the totals are known (§7.1).
    fn open(subnet: &DrainedSubnet<'_>, outcomes: &'o mut [HotkeyOutcome], credit: F) -> Self {
        for (outcome, stake) in outcomes.iter_mut().zip(subnet.network.stakes) {
            *outcome = HotkeyOutcome { total_alpha: stake.alpha, ..HotkeyOutcome::default() };
        }
        let Drained { server, validator, root, owner_cut } = subnet.drained;
        let incentive_sum = subnet.epoch.iter().fold(0, |sum: u64, row| sum.saturating_add(row.incentive));
        let sums = Distribution {
            epoch_emission: server.saturating_add(validator).saturating_add(root),
            incentive_sum,
            validator_alpha: if incentive_sum == 0 { validator.saturating_add(server) } else { validator },
            unassigned: [server, validator, root, owner_cut].map(i128::from).iter().sum(),
            ..Distribution::default()
        };
        Self { outcomes, credit, sums }
    }

    fn outcome(&mut self, hotkey: u16) -> Option<&mut HotkeyOutcome> {
        self.outcomes.get_mut(usize::from(hotkey))
    }

    fn dividends(&mut self, hotkey: u16) -> Option<&mut HotkeyDividends> {
        self.outcome(hotkey)?.dividends.as_mut()
    }

    /// An amount has left the drained ones.
    fn assign(&mut self, amount: u64) {
        self.sums.unassigned = self.sums.unassigned.saturating_sub(amount.into());
    }

    fn recycle(&mut self, amount: u64) {
        self.sums.recycled = self.sums.recycled.saturating_add(amount);
    }

    fn withhold(&mut self, incentive: u64, choice: RecycleOrBurn) {
        self.assign(incentive);
        self.sums.withheld = self.sums.withheld.saturating_add(incentive);
        match choice {
            RecycleOrBurn::Recycle => self.recycle(incentive),
            RecycleOrBurn::Burn => self.sums.burned = self.sums.burned.saturating_add(incentive),
        }
    }

    fn make_claimable(&mut self, amount: u64) {
        self.assign(amount);
        self.sums.claimable = self.sums.claimable.saturating_add(amount.into());
    }
}

impl<F: FnMut(Credit)> Ledger<'_, F> {
    fn stake(&mut self, hotkey: u16, coldkey: Coldkey, amount: u64) {
        self.raise(hotkey, Receiver::Coldkey(coldkey), amount);
    }

    /// A credit; one of 0 does not happen.
    fn raise(&mut self, hotkey: u16, receiver: Receiver, amount: u64) {
        if amount == 0 {
            return;
        }
        self.assign(amount);
        if let Some(outcome) = self.outcome(hotkey) {
            outcome.total_alpha = after_credit(outcome.total_alpha, amount);
        }
        (self.credit)(Credit { hotkey, receiver, amount });
    }
}

/// A hotkey's stake after a credit, which the chain reads as a signed number: from 2^63 up it lowers the stake (§7.7).
fn after_credit(total: u64, amount: u64) -> u64 {
    total.saturating_add_signed(amount.cast_signed())
}

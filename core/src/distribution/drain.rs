//! A whole drained subnet to its final credits (spec `distribution.md` §7).

use core::cmp::Reverse;

use super::childkey::split;
use super::dividends::DividendStake;
use super::root_dividends::RootPayment;
use super::{
    ChildkeyTerms, Coldkey, Collateral, Credit, Distribution, DividendParts, Hotkey, HotkeyOutcome, Ledger, Network,
    PendingDividends, check_hotkey, unit16,
};
use crate::error::{Error, ErrorCode, check_length};
use crate::fixed::{U96F32, convert, proportion_of_u64, safe_div};
use crate::rules::Rules;
use crate::schedule::EpochMode;

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

impl Drained {
    /// What the epoch divides: all but the owner cut (§7.1).
    pub fn epoch_emission(&self) -> u64 {
        self.server.saturating_add(self.validator).saturating_add(self.root)
    }
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

/// A subnet at the moment its pending emission is drained. Start from [`DrainedSubnet::new`].
#[derive(Debug, Clone, Copy)]
pub struct DrainedSubnet<'a> {
    /// The set of rules to compute by.
    pub rules: Rules,
    /// Its hotkeys, with the stakes before any credit.
    pub network: Network<'a>,
    /// The amounts to distribute.
    pub drained: Drained,
    /// What the epoch gave to whom; a hotkey may have several rows.
    pub epoch: &'a [EpochShare],
    /// How that epoch was computed (from 475 on).
    pub epoch_mode: EpochMode,
    /// The terms for child keys, and the TAO weight.
    pub terms: ChildkeyTerms,
    /// The subnet's owner.
    pub owner_coldkey: Option<Coldkey>,
    /// The hotkey that receives the owner's cut.
    pub owner_hotkey: Option<u16>,
    /// The part of the owner's cut that a running lease gives to its contributors, in percent (from 475 on).
    pub lease_share: Option<u8>,
    /// What becomes of the incentives of the owner's hotkeys.
    pub recycle_or_burn: RecycleOrBurn,
    /// By coldkey, the hotkey to which its incentives are staked; coldkeys left out at the end chose none.
    pub auto_stake: &'a [Option<u16>],
    /// By hotkey, the collateral of its present owner; that of other coldkeys has no part in this. Hotkeys left out at the
    /// end have none (from 475 on).
    pub collateral: &'a [Option<Collateral>],
    /// By hotkey, what waits for its basket, in rao of alpha; nothing for hotkeys left out at the end (from 475 on).
    pub basket_pending: &'a [u64],
}

impl<'a> DrainedSubnet<'a> {
    /// A subnet of which nothing was drained, that nobody owns, with the chain's defaults.
    pub const fn new(rules: Rules, network: Network<'a>) -> Self {
        Self {
            rules,
            network,
            drained: Drained { server: 0, validator: 0, root: 0, owner_cut: 0 },
            epoch: &[],
            epoch_mode: EpochMode::Yuma,
            terms: ChildkeyTerms::CHAIN_DEFAULT,
            owner_coldkey: None,
            owner_hotkey: None,
            lease_share: None,
            recycle_or_burn: RecycleOrBurn::Burn,
            auto_stake: &[],
            collateral: &[],
            basket_pending: &[],
        }
    }
}

/// The most credits that [`distribute`] can make: the owner cut, and five for every hotkey.
///
/// Those are its incentive, its two takes, its nominators' part, and either the fallback of its root dividend (before 475)
/// or collateral captured beside a remainder (from 475 on), which fills the entry and so happens once.
pub const fn max_credits(hotkeys: usize) -> usize {
    hotkeys.saturating_mul(5).saturating_add(1)
}

/// Distributes what was drained from a subnet (§7).
///
/// `credit` receives the credits in the order in which they happen, at most [`max_credits`]; `outcomes`, with one
/// element per hotkey, what came of it for each.
///
/// # Errors
/// [`ErrorCode::Length`]: `stakes`, `hotkeys` or `outcomes` do not have one element for each hotkey of the edges.
/// [`ErrorCode::Range`]: `epoch`, `owner_hotkey` or `auto_stake` names a hotkey that does not exist, or `lease_share` is
/// above 100. Nothing is credited then.
///
/// ```
/// use yuma_core::{Rows, Rules};
/// use yuma_core::distribution::*;
/// // Hotkey 0 mines, hotkey 1 validates; nobody delegates to anybody, and nobody owns the subnet.
/// let mut kept = [Default::default(); 2];
/// let network = Network {
///     stakes: &[Stake::default(), Stake { alpha: 1_000_000, root: 0 }],
///     hotkeys: &[
///         Hotkey { owner: 1, ..Hotkey::default() },
///         Hotkey { owner: 2, has_members: true, ..Hotkey::default() },
///     ],
///     edges: Edges::new(Rows::EMPTY, &mut kept)?,
/// };
/// let subnet = DrainedSubnet {
///     drained: Drained { server: 410, validator: 410, root: 0, owner_cut: 180 },
///     epoch: &[
///         EpochShare { hotkey: 0, incentive: 410, dividend: 0 },
///         EpochShare { hotkey: 1, incentive: 0, dividend: 410 },
///     ],
///     ..DrainedSubnet::new(Rules::NEWEST, network)
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
    mut credit: impl FnMut(Credit),
) -> Result<Distribution, Error> {
    check(subnet, outcomes)?;
    let mut ledger = Ledger::open(subnet, outcomes, &mut credit);
    split_dividends(subnet, &mut ledger);
    share_pending(subnet, &mut ledger);
    if subnet.rules.distribution().recycles_unassignable_root {
        recycle_unassignable_root(subnet, &mut ledger);
    }
    pay_owner_cut(subnet, &mut ledger);
    pay_incentives(subnet, &mut ledger);
    pay_alpha_dividends(subnet, &mut ledger);
    pay_root_dividends(subnet, &mut ledger);
    Ok(ledger.sums)
}

/// The hotkeys whose incentives are withheld: the subnet owner's with a uid, latest registration first, and in front of
/// them the owner hotkey, if it has a uid but another owner (§7.5). From 475 on the order has no meaning.
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
    if subnet.lease_share > Some(100) {
        return Err(Error::new(ErrorCode::Range, "lease_share", 0, 100));
    }
    subnet.owner_hotkey.map_or(Ok(()), |hotkey| check_hotkey("owner_hotkey", 0, hotkey, hotkeys))
}

/// §7.2: every row's dividend goes to its hotkey and that one's parents; in Null mode a dividend of 0 to nobody.
fn split_dividends(subnet: &DrainedSubnet<'_>, ledger: &mut Ledger<'_>) {
    let least = match subnet.rules.mode_in_force(subnet.epoch_mode) {
        EpochMode::Yuma => 0,
        EpochMode::Null => 1,
    };
    for row in subnet.epoch {
        if let Some(outcome) = ledger.outcome(row.hotkey) {
            outcome.incentive = Some(outcome.incentive.unwrap_or(0).saturating_add(row.incentive));
        }
        if row.dividend < least {
            continue;
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
fn share_pending(subnet: &DrainedSubnet<'_>, ledger: &mut Ledger<'_>) {
    let pending = PendingDividends { alpha: ledger.sums.validator_alpha, root: subnet.drained.root };
    let tao_weight = proportion_of_u64(subnet.terms.tao_weight);
    let mut totals = DividendParts::default();
    for (index, hotkey, stake) in subnet.network.iter() {
        let Some(dividends) = ledger.dividends(index) else { continue };
        // The parts stand where the amounts will, until the totals are known.
        let stake = DividendStake::new(stake, hotkey.on_root, tao_weight);
        dividends.amounts = (subnet.rules.distribution().dividend_parts)(dividends.payouts, stake);
        totals = totals.plus(dividends.amounts);
    }
    for dividends in ledger.outcomes.iter_mut().filter_map(|outcome| outcome.dividends.as_mut()) {
        dividends.amounts = dividends.amounts.paid_from(totals, pending);
    }
}

/// §7.3: root's alpha of which nobody can be given a whole rao.
fn recycle_unassignable_root(subnet: &DrainedSubnet<'_>, ledger: &mut Ledger<'_>) {
    let mut dividends = ledger.outcomes.iter().filter_map(|outcome| outcome.dividends);
    if dividends.all(|dividends| dividends.amounts.root < U96F32::ONE) {
        ledger.recycle_root(subnet.drained.root);
    }
}

/// §7.4: without both of the owner's keys the cut is lost.
fn pay_owner_cut(subnet: &DrainedSubnet<'_>, ledger: &mut Ledger<'_>) {
    if let (Some(coldkey), Some(hotkey)) = (subnet.owner_coldkey, subnet.owner_hotkey) {
        let owner_cut = subnet.drained.owner_cut;
        ledger.sums.owner_cut_kept = (subnet.rules.distribution().owner_cut_kept)(owner_cut, subnet.lease_share);
        ledger.stake(hotkey, coldkey, owner_cut);
    }
}

/// What of the owner's cut can be locked: these rules know no such lock.
pub(crate) fn none_kept(_owner_cut: u64, _lease_share: Option<u8>) -> u64 {
    0
}

/// What of the owner's cut can be locked: all but a lease's share, rounded up (§7.4, from 475 on).
pub(crate) fn kept_beside_lease(owner_cut: u64, lease_share: Option<u8>) -> u64 {
    // The part kept is rounded down where the share is rounded up.
    let percent = 100_u128.saturating_sub(lease_share.unwrap_or(0).into());
    let kept = u128::from(owner_cut).saturating_mul(percent) / 100;
    u64::try_from(kept).unwrap_or(owner_cut)
}

/// §7.5: to the miners, but not to the subnet's owner.
fn pay_incentives(subnet: &DrainedSubnet<'_>, ledger: &mut Ledger<'_>) {
    for (index, hotkey, _) in subnet.network.iter() {
        let Some(incentive) = ledger.outcome(index).and_then(|outcome| outcome.incentive) else { continue };
        if is_withheld(subnet, index, hotkey) {
            ledger.withhold(incentive, subnet.recycle_or_burn);
        } else {
            let owner = usize::try_from(hotkey.owner).unwrap_or(usize::MAX);
            let destination = subnet.auto_stake.get(owner).copied().flatten();
            let rest = ledger.settle(index, hotkey.owner, incentive, incentive);
            ledger.stake(destination.unwrap_or(index), hotkey.owner, rest);
        }
    }
    let share = |amount: u64| U96F32::saturating_from_num(amount);
    ledger.sums.miner_burned = safe_div(share(ledger.sums.withheld), share(ledger.sums.incentive_sum));
}

/// §7.6, first pass: the take to the owner, the rest to the nominators.
fn pay_alpha_dividends(subnet: &DrainedSubnet<'_>, ledger: &mut Ledger<'_>) {
    let forms = subnet.rules.distribution();
    for (index, hotkey, _) in subnet.network.iter() {
        let Some(dividends) = ledger.dividends(index) else { continue };
        let amount = dividends.amounts.alpha;
        let (take, rest) = cut_take(hotkey.take, amount);
        dividends.alpha_paid = (forms.dividend_entry)(rest);
        let take = ledger.settle(index, hotkey.owner, convert(amount), take);
        ledger.stake(index, hotkey.owner, take);
        // The take may have brought the first member.
        let has_members = ledger.outcome(index).is_some_and(|outcome| outcome.has_members);
        ledger.raise(index, (forms.dividend_receiver)(has_members, hotkey.owner), rest);
    }
}

/// §7.6, second pass: the take to the owner, the rest to root's stakers.
fn pay_root_dividends(subnet: &DrainedSubnet<'_>, ledger: &mut Ledger<'_>) {
    let forms = subnet.rules.distribution();
    for (index, hotkey, stake) in subnet.network.iter() {
        let Some(dividends) = ledger.dividends(index) else { continue };
        let amount = dividends.amounts.root;
        let (take, rest) = cut_take(hotkey.take, amount);
        dividends.root_paid = (forms.dividend_entry)(rest);
        let take = ledger.settle(index, hotkey.owner, convert(amount), take);
        ledger.stake(index, hotkey.owner, take);
        let payment = RootPayment { hotkey: index, owner: hotkey.owner, root_stake: stake.root, amount: rest };
        (forms.pay_root_stakers)(ledger, payment);
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

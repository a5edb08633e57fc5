//! From a drained subnet to its credits. Accounts are indices here; the package's JavaScript side numbers them.

use yuma_core::distribution::{
    self as core, ChildkeyTerms, Collateral, Credit, Distribution, DividendParts, DividendRow, DividendSplit, Drained,
    DrainedSubnet, Edges, EpochShare, Hotkey, HotkeyDividends, HotkeyOutcome, Network, Payout, PendingDividends,
    Receiver, RecycleOrBurn, RootDividend, Stake, StakeWeight, Suspended,
};
use yuma_core::fixed::U96F32;
use yuma_core::{Error, Rules};

use crate::door::{Answer, Given, Read, Refusal, Write, choice, functions, record};
use crate::epoch::Csr;

choice! {
    RecycleOrBurn { Recycle, Burn }
}

record! {
    Stake { alpha, root }
    Hotkey { owner, take, childkey_take, uid, registered_at, on_root, has_members }
    StakeWeight { alpha, tao, total }
    ChildkeyTerms { tao_weight, burn, min_take, min_take_subnet }
    DividendSplit { effective_take, self_contribution }
    Payout { hotkey, amount, recycled }
    PendingDividends { alpha, root }
    DividendRow { dividend, stake, on_root }
    DividendParts { alpha, root }
    Drained { server, validator, root, owner_cut }
    EpochShare { hotkey, incentive, dividend }
    Collateral { locked, min_locked, earned, drain_ratio }
    Credit { hotkey, receiver, amount }
    HotkeyDividends { payouts, amounts, alpha_paid, root_paid, root_claimable_increment }
    HotkeyOutcome { incentive, dividends, total_alpha, has_members, collateral, basket_pending }
    Distribution {
        epoch_emission, incentive_sum, validator_alpha, owner_cut_kept, withheld, miner_burned, recycled, recycled_root,
        burned, claimable, queued, unassigned,
    }
}

/// A coldkey, or nothing for the nominators.
impl Read for Receiver {
    fn read(given: &mut Given<'_>) -> Self {
        given.read::<Option<_>>().map_or(Self::Nominators, Self::Coldkey)
    }
}

impl Write for Receiver {
    fn write(&self, answer: &mut Answer) {
        answer.write(&match *self {
            Self::Coldkey(coldkey) => Some(coldkey),
            Self::Nominators => None,
        });
    }
}

functions! {
    stake_weights(tables: Tables, uids: Vec<_>, tao_weight) => {
        let network = tables.network()?;
        let mut weights = vec![StakeWeight::default(); uids.len()];
        core::stake_weights(network.stakes, &network.edges, tao_weight, &uids, &mut weights)?;
        weights
    };
    inherited_stake(tables: Tables, hotkey) => {
        let network = tables.network()?;
        core::inherited_stake(network.stakes, &network.edges, hotkey)?
    };
    effective_childkey_take(childkey_take, min_take, min_take_subnet) => {
        core::effective_childkey_take(childkey_take, min_take, min_take_subnet)
    };
    split_dividend(tables: Tables, terms, validator, dividend) => {
        let mut payouts = Vec::new();
        let split = core::split_dividend(&terms, &tables.network()?, validator, dividend, |payout| payouts.push(payout))?;
        (split, payouts)
    };
    dividend_distribution(pending, rows: Vec<_>, rules, tao_weight) => {
        let mut amounts = vec![None; rows.len()];
        core::dividend_distribution(rules, pending, tao_weight, &rows, &mut amounts)?;
        amounts
    };
    // The new rate; none where the amount is staked instead.
    root_claimable_update(rate, root_stake, amount) => match core::root_claimable_update(root_stake, amount, rate) {
        RootDividend::Claimable(rate) => Some(rate),
        RootDividend::Staked => None,
    };
    distribute => distribute;
}

/// All hotkeys of a call, and who delegates to whom.
struct Tables {
    stakes: Vec<Stake>,
    hotkeys: Vec<Hotkey>,
    kept: Vec<U96F32>,
    rules: Rules,
    edges: Csr<u64>,
    suspended: Vec<bool>,
    owner_hotkey: Option<u16>,
}

impl Read for Tables {
    fn read(given: &mut Given<'_>) -> Self {
        let (stakes, hotkeys): (Vec<_>, Vec<_>) = Vec::<(Stake, Hotkey)>::read(given).into_iter().unzip();
        Self {
            kept: vec![U96F32::ZERO; hotkeys.len()],
            stakes,
            hotkeys,
            rules: given.read(),
            edges: given.read(),
            suspended: given.read(),
            owner_hotkey: given.read(),
        }
    }
}

impl Tables {
    fn network(&mut self) -> Result<Network<'_>, Error> {
        let suspended = Suspended { flags: &self.suspended, owner_hotkey: self.owner_hotkey };
        let edges = Edges::visible(self.rules, self.edges.rows("edges")?, suspended, &mut self.kept)?;
        Ok(Network { stakes: &self.stakes, hotkeys: &self.hotkeys, edges })
    }
}

/// The sums, the credits, the hotkeys whose incentives were withheld, and what came of every hotkey.
fn distribute(given: &mut Given<'_>, answer: &mut Answer) -> Result<(), Refusal> {
    let mut tables: Tables = given.read();
    let (epoch, auto_stake): (Vec<_>, Vec<_>) = given.read();
    let (collateral, basket_pending): (Vec<_>, Vec<_>) = given.read();
    let (rules, owner_hotkey, hotkeys) = (tables.rules, tables.owner_hotkey, tables.hotkeys.len());
    let subnet = DrainedSubnet {
        drained: given.read(),
        epoch: &epoch,
        epoch_mode: given.read(),
        terms: given.read(),
        owner_coldkey: given.read(),
        owner_hotkey,
        lease_share: given.read(),
        recycle_or_burn: given.read(),
        auto_stake: &auto_stake,
        collateral: &collateral,
        basket_pending: &basket_pending,
        rules,
        network: tables.network()?,
    };
    let mut outcomes = vec![HotkeyOutcome::default(); hotkeys];
    let mut credits = Vec::new();
    let sums = core::distribute(&subnet, &mut outcomes, |credit| credits.push(credit))?;
    let withheld: Vec<_> = core::owner_hotkeys(&subnet).collect();
    answer.write(&(sums, sums.alpha_out_supply_delta()));
    answer.write(&(credits, withheld, outcomes));
    Ok(())
}

//! Kinds of `distribution.md`. The format names accounts, core numbers them: `Accounts` goes between the two.

use yuma_core::distribution::{self as core};
use yuma_core::distribution::{
    ChildkeyTerms, Credit, Distribution, DividendParts, DividendRow, Drained, DrainedSubnet, Edges, EpochShare, Hotkey,
    HotkeyDividends, HotkeyOutcome, Network, PendingDividends, Receiver, RootDividend, Stake, StakeWeight, Suspended,
    distribute, owner_hotkeys, root_claimable_update, split_dividend,
};
use yuma_core::fixed::{I64F64, I96F32, U96F32, convert, proportion_of_u64};
use yuma_core::{Rows, Rules};

use crate::schema::distribution::{
    Account, DistributionExpect, DistributionHotkey, DistributionInput, DividendDistributionExpect,
    DividendDistributionInput, Edge, ParentChildDividendsExpect, ParentChildDividendsInput, RecycleOrBurn,
    RootClaimableExpect, RootClaimableInput, StakeWeightsExpect, StakeWeightsInput,
};
use crate::schema::{Decimal, Failure, RawUnsigned, U64};

/// Accounts in ascending order, each once; core knows one by its place.
pub(super) struct Accounts(Vec<Account>);

impl Accounts {
    pub(super) fn new(named: impl Iterator<Item = Account>) -> Self {
        let mut accounts: Vec<Account> = named.collect();
        accounts.sort_unstable();
        accounts.dedup();
        Self(accounts)
    }

    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    pub(super) fn place(&self, account: Account) -> usize {
        self.0.binary_search(&account).expect("every account that is named was collected")
    }

    /// A hotkey's place. Where there are more than fit, core refuses the whole table.
    pub(super) fn index(&self, account: Account) -> u16 {
        u16::try_from(self.place(account)).unwrap_or(u16::MAX)
    }

    pub(super) fn account(&self, index: impl Into<u32>) -> Account {
        self.0[usize::try_from(index.into()).expect("a place in the list")]
    }

    /// One element per hotkey, `described` where it is, else the default.
    pub(super) fn table<T: Clone + Default>(&self, described: impl Iterator<Item = (Account, T)>) -> Vec<T> {
        let mut table = vec![T::default(); self.count()];
        for (account, value) in described {
            table[self.place(account)] = value;
        }
        table
    }
}

/// Edges grouped by child, the memory behind [`Edges`].
pub(super) struct EdgeList {
    offsets: Vec<u32>,
    parents: Vec<u16>,
    proportions: Vec<u64>,
    kept: Vec<U96F32>,
    suspended: Vec<bool>,
    owner_hotkey: Option<u16>,
}

impl EdgeList {
    pub(super) fn new(hotkeys: &Accounts, edges: &[Edge]) -> Self {
        let mut by_child = edges.to_vec();
        by_child.sort_by_key(|&(_, child, _)| child); // stable: the stored order of a child's parents stays
        let ends = |&account: &Account| by_child.partition_point(|&(_, child, _)| child <= account);
        let offset = |entry: usize| u32::try_from(entry).expect("a file has fewer edges");
        Self {
            offsets: [0].into_iter().chain(hotkeys.0.iter().map(ends).map(offset)).collect(),
            parents: by_child.iter().map(|&(parent, ..)| hotkeys.index(parent)).collect(),
            proportions: by_child.iter().map(|&(.., proportion)| proportion.0).collect(),
            kept: vec![U96F32::ZERO; hotkeys.count()],
            suspended: Vec::new(),
            owner_hotkey: None,
        }
    }

    /// With some hotkeys suspended.
    pub(super) fn suspending(self, hotkeys: &Accounts, suspended: &[Account], owner_hotkey: Option<Account>) -> Self {
        Self {
            suspended: hotkeys.table(suspended.iter().map(|&hotkey| (hotkey, true))),
            owner_hotkey: owner_hotkey.map(|hotkey| hotkeys.index(hotkey)),
            ..self
        }
    }

    pub(super) fn as_edges(&mut self, rules: Rules) -> Result<Edges<'_>, Failure> {
        let rows = Rows::new("edges", &self.offsets, &self.parents, &self.proportions).map_err(super::refused)?;
        let suspended = Suspended { flags: &self.suspended, owner_hotkey: self.owner_hotkey };
        Edges::visible(rules, rows, suspended, &mut self.kept).map_err(super::refused)
    }
}

fn edge_ends(edges: &[Edge]) -> impl Iterator<Item = Account> {
    edges.iter().flat_map(|&(parent, child, _)| [parent, child])
}

/// Kind `stake-weights`.
///
/// # Errors
/// As [`core::stake_weights`].
pub fn stake_weights(input: &StakeWeightsInput) -> Result<StakeWeightsExpect, Failure> {
    stake_weights_by(Rules::SUBTENSOR_425, input, &[], None)
}

/// Kind `stake-weights` under any rules.
pub(super) fn stake_weights_by(
    rules: Rules,
    input: &StakeWeightsInput,
    suspended: &[Account],
    owner_hotkey: Option<Account>,
) -> Result<StakeWeightsExpect, Failure> {
    let described = input.hotkeys.iter().map(|&(hotkey, ..)| hotkey);
    let named = input.uids.iter().flatten().chain(suspended).copied().chain(owner_hotkey);
    let hotkeys = Accounts::new(described.chain(named).chain(edge_ends(&input.edges)));
    let stakes = hotkeys.table(input.hotkeys.iter().map(|&(hotkey, alpha, root)| (hotkey, stake(alpha, root))));
    let mut edges = EdgeList::new(&hotkeys, &input.edges).suspending(&hotkeys, suspended, owner_hotkey);
    let uids: Vec<Option<u16>> = input.uids.iter().map(|uid| uid.map(|hotkey| hotkeys.index(hotkey))).collect();

    let mut weights = vec![StakeWeight::default(); uids.len()];
    core::stake_weights(&stakes, &edges.as_edges(rules)?, input.tao_weight.0, &uids, &mut weights)
        .map_err(super::refused)?;

    let raw = |part: fn(&StakeWeight) -> I64F64| weights.iter().map(part).map(|value| Decimal(value.to_bits()));
    let whole = |part: fn(&StakeWeight) -> I64F64| weights.iter().map(part).map(|value| Decimal(convert(value)));
    Ok(StakeWeightsExpect {
        inherited_alpha: whole(|weight| weight.alpha).collect(),
        inherited_tao: whole(|weight| weight.tao).collect(),
        alpha_stake: raw(|weight| weight.alpha).collect(),
        tao_stake: raw(|weight| weight.tao).collect(),
        total_stake: raw(|weight| weight.total).collect(),
    })
}

/// Kind `parent-child-dividends`.
///
/// # Errors
/// As [`split_dividend`].
pub fn parent_child_dividends(input: &ParentChildDividendsInput) -> Result<ParentChildDividendsExpect, Failure> {
    let described = input.hotkeys.iter().map(|&(hotkey, ..)| hotkey);
    let hotkeys = Accounts::new(described.chain([input.hotkey]).chain(edge_ends(&input.edges)));
    let coldkeys = coldkeys(input.hotkeys.iter().filter_map(|&(.., owner)| owner));
    let stakes = hotkeys.table(input.hotkeys.iter().map(|&(hotkey, alpha, root, _)| (hotkey, stake(alpha, root))));
    let mut owned = hotkeys.table(
        input
            .hotkeys
            .iter()
            .map(|&(hotkey, .., owner)| (hotkey, Hotkey { owner: coldkey(&coldkeys, owner), ..Hotkey::default() })),
    );
    owned[hotkeys.place(input.hotkey)].childkey_take = input.childkey_take;
    let mut edges = EdgeList::new(&hotkeys, &input.edges);
    let network = Network { stakes: &stakes, hotkeys: &owned, edges: edges.as_edges(Rules::NEWEST)? };
    let terms = ChildkeyTerms {
        tao_weight: input.tao_weight.0,
        burn: input.ck_burn.0,
        min_take: input.min_childkey_take,
        min_take_subnet: input.min_childkey_take_subnet,
    };

    let mut payouts = Vec::new();
    let validator = hotkeys.index(input.hotkey);
    let split = split_dividend(&terms, &network, validator, input.dividends.0, |payout| payouts.push(payout))
        .map_err(super::refused)?;

    let recycled = payouts.iter().map(|payout| payout.recycled);
    Ok(ParentChildDividendsExpect {
        effective_take: split.effective_take,
        self_contribution: Decimal(split.self_contribution),
        payouts: payouts.iter().map(|payout| (hotkeys.account(payout.hotkey), Decimal(payout.amount))).collect(),
        recycled: recycled.filter(|&amount| amount > 0).map(Decimal).collect(),
    })
}

/// Kind `dividend-distribution`.
///
/// # Errors
/// As [`core::dividend_distribution`].
pub fn dividend_distribution(input: &DividendDistributionInput) -> Result<DividendDistributionExpect, Failure> {
    let rows = input.hotkeys.iter().map(|&(hotkey, dividend, stakes)| dividend_row(hotkey, dividend, stakes, false));
    let pending = PendingDividends { alpha: input.pending_alpha.0, root: input.pending_root_alpha.0 };
    dividend_distribution_by(Rules::SUBTENSOR_425, pending, input.tao_weight, rows.collect())
}

/// One hotkey of kind `dividend-distribution`.
pub(super) fn dividend_row(
    hotkey: Account,
    dividend: RawUnsigned,
    stakes: Option<(U64, U64)>,
    on_root: bool,
) -> (Account, DividendRow) {
    let stake = stakes.map(|(alpha, root)| stake(alpha, root));
    (hotkey, DividendRow { dividend: U96F32::from_bits(dividend.0), stake, on_root })
}

/// Kind `dividend-distribution` under any rules.
pub(super) fn dividend_distribution_by(
    rules: Rules,
    pending: PendingDividends,
    tao_weight: U64,
    mut hotkeys: Vec<(Account, DividendRow)>,
) -> Result<DividendDistributionExpect, Failure> {
    hotkeys.sort_by_key(|&(hotkey, _)| hotkey);
    let (hotkeys, rows): (Vec<Account>, Vec<DividendRow>) = hotkeys.into_iter().unzip();
    let mut amounts = vec![None; rows.len()];
    core::dividend_distribution(rules, pending, tao_weight.0, &rows, &mut amounts).map_err(super::refused)?;

    let part = |part: fn(DividendParts) -> U96F32| {
        let present = hotkeys.iter().zip(&amounts).filter_map(|(&hotkey, amounts)| Some((hotkey, (*amounts)?)));
        present.map(|(hotkey, amounts)| (hotkey, raw(part(amounts)))).collect()
    };
    Ok(DividendDistributionExpect {
        tao_weight_fixed: raw(proportion_of_u64(tao_weight.0)),
        alpha_dividends: part(|amounts| amounts.alpha),
        root_alpha_dividends: part(|amounts| amounts.root),
    })
}

/// Kind `root-claimable`.
///
/// # Errors
/// None.
pub fn root_claimable(input: &RootClaimableInput) -> Result<RootClaimableExpect, Failure> {
    let rate = input.rate_before.map(|rate| I96F32::from_bits(rate.0));
    Ok(match root_claimable_update(input.root_stake.0, input.amount.0, rate) {
        RootDividend::Claimable(rate) => RootClaimableExpect {
            fallback_to_stake: false,
            staked: Decimal(0),
            rate_after: Some(Decimal(rate.to_bits())),
        },
        RootDividend::Staked => {
            RootClaimableExpect { fallback_to_stake: true, staked: input.amount, rate_after: input.rate_before }
        }
    })
}

/// Kind `distribution`.
///
/// # Errors
/// As [`distribute`].
pub fn distribution(input: &DistributionInput) -> Result<DistributionExpect, Failure> {
    let rules = Rules::SUBTENSOR_425;
    let tables = Tables::new(input, []);
    let mut edges = EdgeList::new(&tables.hotkeys, &input.edges);
    let subnet = tables.subnet(rules, input, edges.as_edges(rules)?);
    let result = Distributed::new(&tables, &subnet)?;
    let increment = |dividends: &HotkeyDividends| Some(Decimal(dividends.root_claimable_increment?.to_bits()));
    Ok(DistributionExpect {
        epoch_emission: Decimal(result.sums.epoch_emission),
        incentive_sum: Decimal(result.sums.incentive_sum),
        validator_alpha: Decimal(result.sums.validator_alpha),
        dividends: result.dividends(|dividends| Some(raw(dividends.payouts))),
        alpha_dividends: result.dividends(|dividends| Some(raw(dividends.amounts.alpha))),
        root_alpha_dividends: result.dividends(|dividends| Some(raw(dividends.amounts.root))),
        owner_hotkeys: owner_hotkeys(&subnet).map(|hotkey| tables.hotkeys.account(hotkey)).collect(),
        miner_burned: raw(result.sums.miner_burned),
        burned: Decimal(result.sums.burned),
        recycled: Decimal(result.sums.recycled),
        credits: result.credits(),
        nominator_credits: result.nominator_credits(),
        alpha_dividends_per_subnet: result.dividends(|dividends| dividends.alpha_paid.map(Decimal)),
        root_claimable_increment: result.dividends(increment),
        root_alpha_dividends_per_subnet: result.dividends(|dividends| dividends.root_paid.map(Decimal)),
        alpha_out_supply_delta: Decimal(result.sums.alpha_out_supply_delta()),
        total_hotkey_alpha: result.positive(|outcome| outcome.total_alpha),
    })
}

/// A drained subnet in core's tables.
pub(super) struct Tables {
    pub(super) hotkeys: Accounts,
    pub(super) coldkeys: Accounts,
    stakes: Vec<Stake>,
    pub(super) known: Vec<Hotkey>,
    auto_stake: Vec<Option<u16>>,
    epoch: Vec<EpochShare>,
}

impl Tables {
    /// `more` names hotkeys that the input does not.
    pub(super) fn new(input: &DistributionInput, more: impl IntoIterator<Item = Account>) -> Self {
        let hotkeys = Accounts::new(
            (input.hotkeys.iter().map(|hotkey| hotkey.id))
                .chain(input.epoch.iter().map(|&(hotkey, ..)| hotkey))
                .chain(input.auto_stake.iter().map(|&(_, destination)| destination))
                .chain(input.subnet_owner_hotkey)
                .chain(edge_ends(&input.edges))
                .chain(more),
        );
        let coldkeys = coldkeys(
            (input.hotkeys.iter().filter_map(|hotkey| hotkey.owner))
                .chain(input.auto_stake.iter().map(|&(coldkey, _)| coldkey))
                .chain(input.subnet_owner_coldkey),
        );
        let stakes = hotkeys.table(input.hotkeys.iter().map(|hotkey| (hotkey.id, stake(hotkey.alpha, hotkey.root))));
        let known = hotkeys.table(input.hotkeys.iter().map(|hotkey| (hotkey.id, to_core(&coldkeys, hotkey))));
        let mut auto_stake = vec![None; coldkeys.count()];
        for &(coldkey, destination) in &input.auto_stake {
            auto_stake[coldkeys.place(coldkey)] = Some(hotkeys.index(destination));
        }
        let share = |&(hotkey, incentive, dividend): &(Account, U64, U64)| EpochShare {
            hotkey: hotkeys.index(hotkey),
            incentive: incentive.0,
            dividend: dividend.0,
        };
        let epoch = input.epoch.iter().map(share).collect();
        Self { hotkeys, coldkeys, stakes, known, auto_stake, epoch }
    }

    pub(super) fn subnet<'a>(&'a self, rules: Rules, input: &DistributionInput, edges: Edges<'a>) -> DrainedSubnet<'a> {
        DrainedSubnet {
            drained: Drained {
                server: input.pending.server.0,
                validator: input.pending.validator.0,
                root: input.pending.root.0,
                owner_cut: input.pending.owner_cut.0,
            },
            epoch: &self.epoch,
            terms: ChildkeyTerms {
                tao_weight: input.tao_weight.0,
                burn: input.ck_burn.0,
                min_take: input.min_childkey_take,
                min_take_subnet: input.min_childkey_take_subnet,
            },
            owner_coldkey: input.subnet_owner_coldkey.map(|owner| coldkey(&self.coldkeys, Some(owner))),
            owner_hotkey: input.subnet_owner_hotkey.map(|hotkey| self.hotkeys.index(hotkey)),
            recycle_or_burn: input.recycle_or_burn.map(choice).unwrap_or_default(),
            auto_stake: &self.auto_stake,
            ..DrainedSubnet::new(rules, Network { stakes: &self.stakes, hotkeys: &self.known, edges })
        }
    }
}

/// What core made of a drained subnet, for the accounts of its tables.
pub(super) struct Distributed<'t> {
    tables: &'t Tables,
    pub(super) outcomes: Vec<HotkeyOutcome>,
    credits: Vec<Credit>,
    pub(super) sums: Distribution,
}

impl<'t> Distributed<'t> {
    pub(super) fn new(tables: &'t Tables, subnet: &DrainedSubnet<'_>) -> Result<Self, Failure> {
        let mut outcomes = vec![HotkeyOutcome::default(); tables.hotkeys.count()];
        let mut credits = Vec::new();
        let sums = distribute(subnet, &mut outcomes, |credit| credits.push(credit)).map_err(super::refused)?;
        Ok(Self { tables, outcomes, credits, sums })
    }

    fn by_hotkey(&self) -> impl Iterator<Item = (Account, &HotkeyOutcome)> {
        self.tables.hotkeys.0.iter().copied().zip(&self.outcomes)
    }

    /// What `part` finds of the dividends, by hotkey.
    pub(super) fn dividends<T>(&self, part: impl Fn(&HotkeyDividends) -> Option<T>) -> Vec<(Account, T)> {
        let found = |outcome: &HotkeyOutcome| outcome.dividends.as_ref().and_then(&part);
        self.by_hotkey().filter_map(|(hotkey, outcome)| Some((hotkey, found(outcome)?))).collect()
    }

    /// The amounts above 0, by hotkey.
    pub(super) fn positive(&self, amount: fn(&HotkeyOutcome) -> u64) -> Vec<(Account, U64)> {
        let amounts = self.by_hotkey().map(|(hotkey, outcome)| (hotkey, amount(outcome)));
        amounts.filter(|&(_, amount)| amount > 0).map(|(hotkey, amount)| (hotkey, Decimal(amount))).collect()
    }

    pub(super) fn credits(&self) -> Vec<(Account, Account, U64)> {
        let Tables { hotkeys, coldkeys, .. } = self.tables;
        let to_coldkey = |credit: &Credit| match credit.receiver {
            Receiver::Coldkey(coldkey) => {
                Some((hotkeys.account(credit.hotkey), coldkeys.account(coldkey), Decimal(credit.amount)))
            }
            Receiver::Nominators => None,
        };
        self.credits.iter().filter_map(to_coldkey).collect()
    }

    pub(super) fn nominator_credits(&self) -> Vec<(Account, U64)> {
        let to_nominators = self.credits.iter().filter(|credit| credit.receiver == Receiver::Nominators);
        to_nominators.map(|credit| (self.tables.hotkeys.account(credit.hotkey), Decimal(credit.amount))).collect()
    }
}

fn to_core(coldkeys: &Accounts, hotkey: &DistributionHotkey) -> Hotkey {
    Hotkey {
        owner: coldkey(coldkeys, hotkey.owner),
        take: hotkey.take.unwrap_or(core::DEFAULT_TAKE),
        childkey_take: hotkey.childkey_take,
        uid: hotkey.uid,
        registered_at: hotkey.registered_at,
        ..Hotkey::default()
    }
}

fn choice(choice: RecycleOrBurn) -> core::RecycleOrBurn {
    match choice {
        RecycleOrBurn::Recycle => core::RecycleOrBurn::Recycle,
        RecycleOrBurn::Burn => core::RecycleOrBurn::Burn,
    }
}

/// The coldkeys; the zero account is always one of them and comes first, as core numbers it.
fn coldkeys(named: impl Iterator<Item = Account>) -> Accounts {
    Accounts::new(named.chain([0]))
}

fn coldkey(coldkeys: &Accounts, owner: Option<Account>) -> core::Coldkey {
    owner.map_or(core::ZERO_ACCOUNT, |owner| coldkeys.place(owner).try_into().expect("a file has fewer coldkeys"))
}

fn stake(alpha: U64, root: U64) -> Stake {
    Stake { alpha: alpha.0, root: root.0 }
}

pub(super) fn raw(value: U96F32) -> RawUnsigned {
    Decimal(value.to_bits())
}

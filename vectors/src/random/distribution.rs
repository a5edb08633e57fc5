//! Random inputs of the kinds of `distribution.md`.

use rand::{Rng, RngExt as _};

use super::emission::{
    amount, any_u64, magnitude, once_in, pick, proportion, proportion_16, raw_signed, raw_unsigned, tao_weight,
};
use crate::schema::distribution::{
    Account, DistributionHotkey, DistributionInput, DistributionPending, DividendDistributionInput, Edge,
    ParentChildDividendsInput, RecycleOrBurn, RootClaimableInput, StakeWeightsInput,
};
use crate::schema::{Decimal, U64};

/// 1 in 32 fraction bits.
const ONE_32: u128 = 1 << 32;

/// Up to six different accounts, ascending or not.
pub(super) fn accounts(rng: &mut impl Rng) -> Vec<Account> {
    let mut account = 0;
    let mut list: Vec<Account> = (0..rng.random_range(0..=6))
        .map(|_| {
            account += rng.random_range(1..=3);
            account
        })
        .collect();
    if once_in(rng, 4) {
        list.reverse();
    }
    list
}

/// One of the accounts, or now and then a stranger.
pub(super) fn someone(rng: &mut impl Rng, accounts: &[Account]) -> Account {
    if accounts.is_empty() || once_in(rng, 10) { rng.random_range(0..=20) } else { pick(rng, accounts) }
}

/// A coldkey; few of them, so that hotkeys share owners.
fn coldkey(rng: &mut impl Rng) -> Account {
    pick(rng, &[0, 500, 501, 502])
}

/// Edges in stored order: self edges, repeated edges and more than 100 % included.
fn edges(rng: &mut impl Rng, accounts: &[Account]) -> Vec<Edge> {
    (0..rng.random_range(0..=6))
        .map(|_| {
            let parent = someone(rng, accounts);
            let child = if once_in(rng, 12) { parent } else { someone(rng, accounts) };
            let share = if once_in(rng, 3) { u64::MAX / rng.random_range(1..=4) } else { proportion(rng) };
            (parent, child, Decimal(share))
        })
        .collect()
}

/// A stake, often 0.
fn stake(rng: &mut impl Rng) -> U64 {
    Decimal(if once_in(rng, 5) { 0 } else { amount(rng) })
}

/// An amount below 2^`bits`.
fn limited(rng: &mut impl Rng, bits: u32) -> U64 {
    let largest = (1 << bits) - 1;
    Decimal(match rng.random_range(0..8) {
        0 => pick(rng, &[0, 1, largest]),
        1 => amount(rng).min(largest),
        _ => u64::try_from(magnitude(rng, bits)).unwrap_or(largest),
    })
}

/// Kind `stake-weights`.
pub fn stake_weights(rng: &mut impl Rng) -> StakeWeightsInput {
    let accounts = accounts(rng);
    let edges = edges(rng, &accounts);
    let mut uids: Vec<Option<Account>> =
        accounts.iter().map(|account| (!once_in(rng, 6)).then_some(*account)).collect();
    if once_in(rng, 3) {
        // A hotkey nobody described.
        uids.push(Some(30));
    }
    let mut hotkeys = Vec::new();
    for account in accounts {
        if !once_in(rng, 10) {
            hotkeys.push((account, stake(rng), stake(rng)));
        }
    }
    StakeWeightsInput { tao_weight: tao_weight(rng), hotkeys, edges, uids }
}

/// Kind `parent-child-dividends`.
pub fn parent_child_dividends(rng: &mut impl Rng) -> ParentChildDividendsInput {
    let accounts = accounts(rng);
    let hotkey = someone(rng, &accounts);
    let mut edges = edges(rng, &accounts);
    for edge in &mut edges {
        // Most edges lead to the hotkey.
        if !once_in(rng, 3) {
            edge.1 = hotkey;
        }
    }
    ParentChildDividendsInput {
        hotkey,
        dividends: Decimal(amount(rng)),
        tao_weight: tao_weight(rng),
        ck_burn: ck_burn(rng),
        childkey_take: proportion_16(rng),
        min_childkey_take: minimum_take(rng),
        min_childkey_take_subnet: minimum_take(rng),
        hotkeys: accounts
            .iter()
            .filter_map(|account| {
                let owner = (!once_in(rng, 6)).then_some(coldkey(rng));
                (!once_in(rng, 10)).then(|| (*account, stake(rng), stake(rng), owner))
            })
            .collect(),
        edges,
    }
}

/// The part of a parent's dividend that is burned.
fn ck_burn(rng: &mut impl Rng) -> U64 {
    Decimal(if once_in(rng, 2) { 0 } else { proportion(rng) })
}

/// A minimum of the childkey take.
fn minimum_take(rng: &mut impl Rng) -> u16 {
    if once_in(rng, 2) { 0 } else { proportion_16(rng) }
}

/// Kind `dividend-distribution`.
pub fn dividend_distribution(rng: &mut impl Rng) -> DividendDistributionInput {
    let hotkeys = accounts(rng)
        .into_iter()
        .map(|account| {
            let dividend = if once_in(rng, 4) { raw_unsigned(rng, ONE_32) } else { Decimal(magnitude(rng, 96)) };
            let stakes = (!once_in(rng, 6)).then(|| (stake(rng), stake(rng)));
            (account, dividend, stakes)
        })
        .collect();
    DividendDistributionInput {
        pending_alpha: Decimal(amount(rng)),
        pending_root_alpha: Decimal(amount(rng)),
        tao_weight: tao_weight(rng),
        hotkeys,
    }
}

/// Kind `root-claimable`.
pub fn root_claimable(rng: &mut impl Rng) -> RootClaimableInput {
    let root_stake = amount(rng);
    let part = match rng.random_range(0..6) {
        0 => root_stake,
        1 => root_stake.saturating_add(1),
        2 => root_stake.saturating_sub(1),
        // Around the smallest amount that adds anything.
        3 => (root_stake >> 32).saturating_add(rng.random_range(0..=1)),
        4 => rng.random_range(0..=root_stake),
        _ => any_u64(rng),
    };
    RootClaimableInput {
        root_stake: Decimal(root_stake),
        amount: Decimal(part),
        rate_before: (!once_in(rng, 3)).then(|| raw_signed(rng, ONE_32)),
    }
}

/// Kind `distribution`: no credit reaches 2^63.
pub fn distribution(rng: &mut impl Rng) -> DistributionInput {
    let accounts = accounts(rng);
    let subnet_owner_coldkey = (!once_in(rng, 4)).then(|| coldkey(rng));
    let subnet_owner_hotkey = (!once_in(rng, 4)).then(|| someone(rng, &accounts));
    let mut auto_stake = Vec::new();
    for owner in [0, 500, 501, 502] {
        if once_in(rng, 5) {
            auto_stake.push((owner, someone(rng, &accounts)));
        }
    }
    let hotkeys = hotkeys(rng, &accounts);
    let edges = edges(rng, &accounts);
    let no_incentive = once_in(rng, 5);
    let epoch = accounts
        .iter()
        .filter(|_| !once_in(rng, 6))
        .copied()
        .collect::<Vec<_>>()
        .into_iter()
        .map(|account| {
            let incentive = if no_incentive || once_in(rng, 3) { Decimal(0) } else { limited(rng, 60) };
            (account, incentive, if once_in(rng, 4) { Decimal(0) } else { limited(rng, 60) })
        })
        .collect();
    DistributionInput {
        tao_weight: tao_weight(rng),
        ck_burn: ck_burn(rng),
        min_childkey_take: minimum_take(rng),
        min_childkey_take_subnet: minimum_take(rng),
        pending: DistributionPending {
            // Server and validator may go to one hotkey together.
            server: limited(rng, 62),
            validator: limited(rng, 62),
            root: limited(rng, 63),
            owner_cut: limited(rng, 63),
        },
        subnet_owner_coldkey,
        subnet_owner_hotkey,
        recycle_or_burn: pick(rng, &[Some(RecycleOrBurn::Recycle), Some(RecycleOrBurn::Burn), None]),
        auto_stake,
        hotkeys,
        edges,
        epoch,
    }
}

/// The hotkeys of kind `distribution`; some accounts stay without a row.
fn hotkeys(rng: &mut impl Rng, accounts: &[Account]) -> Vec<DistributionHotkey> {
    let mut uid = 0;
    let mut rows = Vec::new();
    for account in accounts {
        if once_in(rng, 8) {
            continue;
        }
        let registered = !once_in(rng, 4);
        rows.push(DistributionHotkey {
            id: *account,
            alpha: if once_in(rng, 5) { Decimal(0) } else { limited(rng, 62) },
            root: stake(rng),
            owner: (!once_in(rng, 8)).then(|| coldkey(rng)),
            take: (!once_in(rng, 3)).then(|| proportion_16(rng)),
            childkey_take: minimum_take(rng),
            uid: registered.then_some(uid),
            registered_at: rng.random_range(0..=3),
        });
        uid += u16::from(registered);
    }
    rows
}

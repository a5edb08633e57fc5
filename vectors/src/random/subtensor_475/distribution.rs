//! Inputs of the kinds of `subtensor-475/distribution.md`.

use rand::{Rng, RngExt as _};

use crate::random::distribution::{
    distribution as base_distribution, dividend_distribution as base_dividends, someone, stake_weights as base_weights,
};
use crate::random::emission::{amount, magnitude, once_in, pick, raw_unsigned};
use crate::schema::distribution::{Account, DistributionHotkey as BaseHotkey};
use crate::schema::subtensor_475::distribution::{
    CollateralEntry, DistributionHotkey, DistributionInput, DividendDistributionInput, StakeWeightsInput,
};
use crate::schema::{Decimal, U64};

/// 1 in 64 fraction bits.
const ONE_64: u128 = 1 << 64;

/// Some of the accounts and now and then strangers, ascending.
fn suspended(rng: &mut impl Rng, accounts: &[Account]) -> Vec<Account> {
    if once_in(rng, 3) {
        return Vec::new();
    }
    let mut list: Vec<Account> = accounts.iter().copied().filter(|_| once_in(rng, 2)).collect();
    if once_in(rng, 4) {
        list.push(rng.random_range(0..=25));
    }
    list.sort_unstable();
    list.dedup();
    list
}

/// Kind `stake-weights`.
pub fn stake_weights(rng: &mut impl Rng) -> StakeWeightsInput {
    let base = base_weights(rng);
    let parents: Vec<Account> = base.edges.iter().map(|edge| edge.0).collect();
    StakeWeightsInput {
        tao_weight: base.tao_weight,
        hotkeys: base.hotkeys,
        edges: base.edges,
        uids: base.uids,
        suspended: suspended(rng, &parents),
        subnet_owner_hotkey: (!once_in(rng, 3)).then(|| someone(rng, &parents)),
    }
}

/// Kind `dividend-distribution`.
pub fn dividend_distribution(rng: &mut impl Rng) -> DividendDistributionInput {
    let base = base_dividends(rng);
    let hotkeys =
        base.hotkeys.into_iter().map(|(hotkey, dividend, stakes)| (hotkey, dividend, stakes, !once_in(rng, 3)));
    DividendDistributionInput {
        hotkeys: hotkeys.collect(),
        pending_alpha: base.pending_alpha,
        pending_root_alpha: base.pending_root_alpha,
        tao_weight: base.tao_weight,
    }
}

/// Kind `distribution`: no credit reaches 2^63.
pub fn distribution(rng: &mut impl Rng) -> DistributionInput {
    let mut base = base_distribution(rng);
    if once_in(rng, 6) {
        // Amounts of less than a unit, also before the take.
        base.pending.root = Decimal(rng.random_range(0..4));
    }
    let accounts: Vec<Account> = base.hotkeys.iter().map(|row| row.id).collect();
    let collateral = collateral(rng, &base.hotkeys);
    let waiting = accounts.iter().filter(|_| once_in(rng, 4)).copied().collect::<Vec<_>>();
    let mut basket_pending: Vec<(Account, U64)> =
        waiting.into_iter().map(|account| (account, Decimal(amount(rng).max(1)))).collect();
    basket_pending.sort_unstable();
    let suspended = suspended(rng, &accounts);
    let nobody_on_root = once_in(rng, 6);
    DistributionInput {
        tao_weight: base.tao_weight,
        ck_burn: base.ck_burn,
        min_childkey_take: base.min_childkey_take,
        min_childkey_take_subnet: base.min_childkey_take_subnet,
        pending: base.pending,
        null_mode: once_in(rng, 3),
        lease_share: pick(rng, &[None, None, Some(0), Some(1), Some(33), Some(50), Some(99), Some(100)]),
        subnet_owner_coldkey: base.subnet_owner_coldkey,
        subnet_owner_hotkey: base.subnet_owner_hotkey,
        recycle_or_burn: base.recycle_or_burn,
        auto_stake: base.auto_stake,
        suspended,
        hotkeys: base.hotkeys.iter().map(|row| hotkey(rng, row, nobody_on_root)).collect(),
        edges: base.edges,
        collateral,
        basket_pending,
        epoch: base.epoch,
    }
}

fn hotkey(rng: &mut impl Rng, base: &BaseHotkey, nobody_on_root: bool) -> DistributionHotkey {
    DistributionHotkey {
        id: base.id,
        alpha: base.alpha,
        root: base.root,
        owner: base.owner,
        take: base.take,
        childkey_take: base.childkey_take,
        uid: base.uid,
        registered_at: base.registered_at,
        on_root: !nobody_on_root && !once_in(rng, 3),
        has_members: once_in(rng, 2),
    }
}

/// Entries of the owners of some hotkeys, and now and then of another coldkey; ascending.
fn collateral(rng: &mut impl Rng, hotkeys: &[BaseHotkey]) -> Vec<CollateralEntry> {
    let mut entries: Vec<CollateralEntry> = Vec::new();
    for row in hotkeys {
        if once_in(rng, 2) {
            entries.push(entry(rng, row.id, row.owner.unwrap_or(0)));
        }
        if once_in(rng, 8) {
            entries.push(entry(rng, row.id, 600));
        }
    }
    entries.sort_unstable();
    entries
}

/// Short of its minimum, at it, above it, or with nothing locked.
fn entry(rng: &mut impl Rng, hotkey: Account, coldkey: Account) -> CollateralEntry {
    let size = |rng: &mut _| u64::try_from(magnitude(rng, 62)).unwrap_or(0);
    let min_locked = if once_in(rng, 3) { 0 } else { size(rng) };
    let locked = match rng.random_range(0..6) {
        0 => 0,
        1 => min_locked,
        2 => min_locked / 2,
        3 => min_locked.saturating_add(size(rng)),
        4 => pick(rng, &[1, u64::MAX]),
        _ => size(rng),
    };
    let drain_ratio = match rng.random_range(0..4) {
        0 => raw_unsigned(rng, ONE_64),
        1 => Decimal(pick(rng, &[0, 1, ONE_64, 10 * ONE_64, u128::MAX])),
        _ => Decimal(rng.random_range(0..=10 * ONE_64)),
    };
    let earned = if once_in(rng, 4) { amount(rng) } else { size(rng) };
    (hotkey, coldkey, Decimal(locked), Decimal(min_locked), Decimal(earned), drain_ratio)
}

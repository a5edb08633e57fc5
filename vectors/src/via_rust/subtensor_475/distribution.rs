//! Kinds of `subtensor-475/distribution.md`.

use yuma_core::Rules;
use yuma_core::distribution::{Collateral, DrainedSubnet, PendingDividends, owner_hotkeys};
use yuma_core::fixed::U64F64;
use yuma_core::schedule::EpochMode;

use crate::schema::distribution::{self as base, DividendDistributionExpect, StakeWeightsExpect};
use crate::schema::subtensor_475::distribution::{
    CollateralEntry, DistributionExpect, DistributionInput, DividendDistributionInput, StakeWeightsInput,
};
use crate::schema::{Decimal, Failure};
use crate::via_rust::distribution::{
    Distributed, EdgeList, Tables, dividend_distribution_by, dividend_row, raw, stake_weights_by,
};

const RULES: Rules = Rules::SUBTENSOR_475;

/// Kind `stake-weights`.
///
/// # Errors
/// As [`yuma_core::distribution::stake_weights`].
pub fn stake_weights(input: &StakeWeightsInput) -> Result<StakeWeightsExpect, Failure> {
    let base = base::StakeWeightsInput {
        tao_weight: input.tao_weight,
        hotkeys: input.hotkeys.clone(),
        edges: input.edges.clone(),
        uids: input.uids.clone(),
    };
    stake_weights_by(RULES, &base, &input.suspended, input.subnet_owner_hotkey)
}

/// Kind `dividend-distribution`.
///
/// # Errors
/// As [`yuma_core::distribution::dividend_distribution`].
pub fn dividend_distribution(input: &DividendDistributionInput) -> Result<DividendDistributionExpect, Failure> {
    let hotkeys = input.hotkeys.iter();
    let rows = hotkeys.map(|&(hotkey, dividend, stakes, on_root)| dividend_row(hotkey, dividend, stakes, on_root));
    let pending = PendingDividends { alpha: input.pending_alpha.0, root: input.pending_root_alpha.0 };
    dividend_distribution_by(RULES, pending, input.tao_weight, rows.collect())
}

/// Kind `distribution`.
///
/// # Errors
/// As [`yuma_core::distribution::distribute`].
pub fn distribution(input: &DistributionInput) -> Result<DistributionExpect, Failure> {
    let base = input.base();
    let collateral_hotkeys = input.collateral.iter().map(|&(hotkey, ..)| hotkey);
    let waiting = input.basket_pending.iter().map(|&(hotkey, _)| hotkey);
    let mut tables = Tables::new(&base, collateral_hotkeys.chain(waiting).chain(input.suspended.iter().copied()));
    for hotkey in &input.hotkeys {
        let known = &mut tables.known[tables.hotkeys.place(hotkey.id)];
        known.on_root = hotkey.on_root;
        known.has_members = hotkey.has_members;
    }
    let hotkeys = &tables.hotkeys;
    // Core knows the collateral of the present owners only; a hotkey that nobody owns belongs to the zero account.
    let is_owners = |&&(hotkey, coldkey, ..): &&CollateralEntry| {
        tables.coldkeys.account(tables.known[hotkeys.place(hotkey)].owner) == coldkey
    };
    let collateral =
        hotkeys.table(input.collateral.iter().filter(is_owners).map(|entry| (entry.0, Some(to_core(entry)))));
    let basket_pending = hotkeys.table(input.basket_pending.iter().map(|&(hotkey, amount)| (hotkey, amount.0)));
    let edges = EdgeList::new(hotkeys, &input.edges);
    let mut edges = edges.suspending(hotkeys, &input.suspended, input.subnet_owner_hotkey);
    let subnet = DrainedSubnet {
        epoch_mode: if input.null_mode { EpochMode::Null } else { EpochMode::Yuma },
        lease_share: input.lease_share,
        collateral: &collateral,
        basket_pending: &basket_pending,
        ..tables.subnet(RULES, &base, edges.as_edges(RULES)?)
    };
    let result = Distributed::new(&tables, &subnet)?;

    let mut owner_hotkeys: Vec<_> = owner_hotkeys(&subnet).map(|hotkey| hotkeys.account(hotkey)).collect();
    owner_hotkeys.sort_unstable();
    let after = |entry: &CollateralEntry| {
        let outcome = &result.outcomes[hotkeys.place(entry.0)];
        if is_owners(&entry) { Some(from_core(entry, &outcome.collateral?)) } else { Some(*entry) }
    };
    let mut collateral: Vec<CollateralEntry> = input.collateral.iter().filter_map(after).collect();
    collateral.sort_unstable_by_key(|&(hotkey, coldkey, ..)| (hotkey, coldkey));
    Ok(DistributionExpect {
        epoch_emission: Decimal(result.sums.epoch_emission),
        incentive_sum: Decimal(result.sums.incentive_sum),
        validator_alpha: Decimal(result.sums.validator_alpha),
        dividends: result.dividends(|dividends| Some(raw(dividends.payouts))),
        alpha_dividends: result.dividends(|dividends| Some(raw(dividends.amounts.alpha))),
        root_alpha_dividends: result.dividends(|dividends| Some(raw(dividends.amounts.root))),
        recycled_root: Decimal(result.sums.recycled_root),
        owner_cut_kept: Decimal(result.sums.owner_cut_kept),
        owner_hotkeys,
        miner_burned: raw(result.sums.miner_burned),
        burned: Decimal(result.sums.burned),
        recycled: Decimal(result.sums.recycled),
        credits: result.credits(),
        nominator_credits: result.nominator_credits(),
        alpha_dividends_per_subnet: result.dividends(|dividends| dividends.alpha_paid.map(Decimal)),
        root_alpha_dividends_per_subnet: result.dividends(|dividends| dividends.root_paid.map(Decimal)),
        collateral,
        basket_pending: result.positive(|outcome| outcome.basket_pending),
        alpha_out_supply_delta: Decimal(result.sums.alpha_out_supply_delta()),
        total_hotkey_alpha: result.positive(|outcome| outcome.total_alpha),
    })
}

fn to_core(&(_, _, locked, min_locked, earned, drain_ratio): &CollateralEntry) -> Collateral {
    Collateral {
        locked: locked.0,
        min_locked: min_locked.0,
        earned: earned.0,
        drain_ratio: U64F64::from_bits(drain_ratio.0),
    }
}

/// The entry with core's amounts.
fn from_core(entry: &CollateralEntry, collateral: &Collateral) -> CollateralEntry {
    let amounts = (Decimal(collateral.locked), Decimal(collateral.min_locked), Decimal(collateral.earned));
    (entry.0, entry.1, amounts.0, amounts.1, amounts.2, Decimal(collateral.drain_ratio.to_bits()))
}

//! How a block's TAO is shared among the subnets (spec `emission.md` §5).

use super::gate::EmissionGate;
use super::price::share_price;
use crate::fixed::{I96F32, U64F64, U96F32, convert, safe_div};
use crate::rules::Rules;

/// One eligible subnet in the sharing of a block's TAO: what is known of it, then what each step adds (§5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SubnetShare {
    /// The price that counts for the shares.
    pub price: U64F64,
    /// The part of the miners' emission that is withheld; not limited to 1.
    pub miner_burned: U96F32,
    /// Whether the subnet may receive TAO.
    pub emission_enabled: bool,
    /// Its part of all prices (§5.1).
    pub price_share: U64F64,
    /// Its part after the burn weight (§5.2).
    pub share: U64F64,
    /// Its part after the gate, where the rules have one (§5.4 from 475 on).
    pub gated_share: U64F64,
    /// Its part among the enabled subnets (§5.3; 5 from 475 on).
    pub enabled_share: U64F64,
    /// Its TAO of this block, in rao with a fraction (§5.4).
    pub tao_emission: U96F32,
}

impl SubnetShare {
    /// An eligible subnet before the first step.
    pub fn new(mechanism: u16, moving_price: I96F32, miner_burned: U96F32, emission_enabled: bool) -> Self {
        Self { price: share_price(mechanism, moving_price), miner_burned, emission_enabled, ..Self::default() }
    }
}

/// Shares the TAO that `block` minted, in rao, among the eligible subnets, in place; from 475 on through the gate, whose bar
/// it keeps up to date (§5.1 to §5.4; to 6 from 475 on).
///
/// ```
/// use yuma_core::Rules;
/// use yuma_core::emission::{EmissionGate, SubnetShare, subnet_shares};
/// use yuma_core::fixed::{I96F32, U64F64, U96F32};
/// let subnet = |price, enabled| SubnetShare::new(1, I96F32::from_num(price), U96F32::ZERO, enabled);
/// let mut subnets = [subnet(0.25, true), subnet(0.5, false), subnet(0.25, true)];
/// let mut gate = EmissionGate { bar_rank: 1, ..EmissionGate::CHAIN_DEFAULT };
/// subnet_shares(Rules::SUBTENSOR_425, 7200, 1_000_000_000, &mut gate, &mut subnets);
/// assert_eq!(subnets.map(|subnet| subnet.share), [0.25, 0.5, 0.25].map(U64F64::from_num));
/// assert_eq!(subnets.map(|subnet| subnet.tao_emission.to_num::<u64>()), [500_000_000, 0, 500_000_000]);
///
/// subnet_shares(Rules::SUBTENSOR_475, 7200, 1_000_000_000, &mut gate, &mut subnets);
/// assert_eq!(gate.bar, 0.5);
/// assert!(subnets[1].gated_share > 2 * (subnets[0].gated_share + subnets[2].gated_share)); // it was their sum
/// ```
pub fn subnet_shares(rules: Rules, block: u64, minted: u64, gate: &mut EmissionGate, subnets: &mut [SubnetShare]) {
    price_shares(subnets);
    weigh_by_burn(subnets);
    (rules.emission().gate)(gate, block, subnets);
    exclude_disabled(subnets);
    tao_emissions(minted, subnets);
}

/// Each subnet's part of the sum of prices; 0 for all when the sum is (§5.1).
pub fn price_shares(subnets: &mut [SubnetShare]) {
    let total = sum(subnets.iter().map(|subnet| subnet.price));
    for subnet in subnets {
        subnet.price_share = safe_div(subnet.price, total);
    }
}

/// Price shares weighed by what a subnet's miners keep; the price shares themselves where nothing is left of any (§5.2).
pub fn weigh_by_burn(subnets: &mut [SubnetShare]) {
    for subnet in subnets.iter_mut() {
        let kept = U64F64::ONE.saturating_sub(convert(subnet.miner_burned));
        subnet.share = subnet.price_share.saturating_mul(kept);
    }
    let total = sum(subnets.iter().map(|subnet| subnet.share));
    for subnet in subnets {
        subnet.share = if total > U64F64::ZERO { safe_div(subnet.share, total) } else { subnet.price_share };
    }
}

/// Leaves the shares to the enabled subnets alone. They are divided anew only where one is disabled (§5.3; 5 from 475 on).
pub fn exclude_disabled(subnets: &mut [SubnetShare]) {
    let all_enabled = subnets.iter().all(|subnet| subnet.emission_enabled);
    let total = sum(subnets.iter().filter(|subnet| subnet.emission_enabled).map(|subnet| subnet.gated_share));
    for subnet in subnets {
        subnet.enabled_share = match (all_enabled, subnet.emission_enabled) {
            (true, _) => subnet.gated_share,
            (false, true) => safe_div(subnet.gated_share, total),
            (false, false) => U64F64::ZERO,
        };
    }
}

/// Each subnet's part of the `minted` rao; the rest of the rounding goes to nobody (§5.4; 6 from 475 on).
pub fn tao_emissions(minted: u64, subnets: &mut [SubnetShare]) {
    for subnet in subnets {
        subnet.tao_emission = convert(U64F64::from(minted).saturating_mul(subnet.enabled_share));
    }
}

/// Whether root's alpha may be sold: the prices of the eligible subnets sum to more than 1. The sum wraps (§5.5; 7 from
/// 475 on).
///
/// ```
/// use yuma_core::{emission::root_sell_flag, fixed::U64F64};
/// assert!(!root_sell_flag([0.5, 0.5].map(U64F64::from_num)));
/// assert!(root_sell_flag([0.5, 0.75].map(U64F64::from_num)));
/// ```
pub fn root_sell_flag(prices: impl IntoIterator<Item = U64F64>) -> bool {
    prices.into_iter().fold(U64F64::ZERO, U64F64::wrapping_add) > U64F64::ONE
}

pub(super) fn sum(values: impl Iterator<Item = U64F64>) -> U64F64 {
    values.fold(U64F64::ZERO, U64F64::saturating_add)
}

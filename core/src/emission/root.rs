//! What root's TAO weighs against a subnet's alpha (spec `emission.md` §7).

use crate::fixed::{TAO_WEIGHT, U96F32, proportion_of_u64, safe_div};
use crate::rules::Rules;

/// The TAO staked on root and what it counts (§2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RootStake {
    /// In rao: the TAO reserve of netuid 0.
    pub tao: u64,
    /// The weight of a TAO against an alpha, of 2^64 − 1.
    pub tao_weight: u64,
}

impl RootStake {
    /// Nothing staked, and mainnet's weight.
    pub const CHAIN_DEFAULT: Self = Self { tao: 0, tao_weight: TAO_WEIGHT };
}

/// A subnet's alpha issuance in rao: what its pool holds and what is outstanding; from 475 on also what waits for the pool
/// in the reservoir (§7).
///
/// ```
/// use yuma_core::{Rules, emission::alpha_issuance};
/// assert_eq!(alpha_issuance(Rules::SUBTENSOR_475, 10, 20, 3), 33);
/// ```
pub fn alpha_issuance(rules: Rules, alpha_in_reserve: u64, alpha_out_supply: u64, alpha_reservoir: u64) -> u64 {
    (rules.emission().alpha_issuance)(alpha_in_reserve, alpha_out_supply, alpha_reservoir)
}

/// What the pool holds and what is outstanding (§7).
pub(crate) fn issuance_without_reservoir(alpha_in_reserve: u64, alpha_out_supply: u64, _alpha_reservoir: u64) -> u64 {
    alpha_in_reserve.saturating_add(alpha_out_supply)
}

/// What the pool holds, what is outstanding and what waits for the pool (§7, from 475 on).
pub(crate) fn issuance_with_reservoir(alpha_in_reserve: u64, alpha_out_supply: u64, alpha_reservoir: u64) -> u64 {
    alpha_in_reserve.saturating_add(alpha_out_supply).saturating_add(alpha_reservoir)
}

/// Root's part of a subnet with this alpha issuance in rao; 0 where root weighs nothing (§7).
///
/// ```
/// use yuma_core::{emission::{RootStake, root_proportion}, fixed::U96F32};
/// let root = RootStake { tao: 1_000_000_000, tao_weight: u64::MAX };
/// assert_eq!(root_proportion(root, 3_000_000_000), U96F32::from_num(0.25));
/// ```
pub fn root_proportion(root: RootStake, alpha_issuance: u64) -> U96F32 {
    let weight = U96F32::from(root.tao).saturating_mul(proportion_of_u64(root.tao_weight));
    safe_div(weight, weight.saturating_add(alpha_issuance.into()))
}

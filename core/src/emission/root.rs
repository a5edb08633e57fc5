//! What root's TAO weighs against a subnet's alpha (spec `emission.md` §7).

use crate::fixed::{U96F32, safe_div};

/// The TAO staked on root and what it counts (§2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RootStake {
    /// In rao: the TAO reserve of netuid 0.
    pub tao: u64,
    /// The weight of a TAO against an alpha, of 2^64 − 1.
    pub tao_weight: u64,
}

impl RootStake {
    /// Nothing staked, and the chain's default weight (about 0.053).
    pub const CHAIN_DEFAULT: Self = Self { tao: 0, tao_weight: 971_718_665_099_567_868 };
}

/// The weight of a TAO as a number: `tao_weight` of 2^64 − 1, floored to 32 fraction bits (§7).
///
/// ```
/// use yuma_core::{emission::tao_weight_fixed, fixed::U96F32};
/// assert_eq!(tao_weight_fixed(u64::MAX), U96F32::ONE);
/// ```
pub fn tao_weight_fixed(tao_weight: u64) -> U96F32 {
    safe_div(U96F32::from(tao_weight), U96F32::from(u64::MAX))
}

/// A subnet's alpha issuance in rao: what its pool holds and what is outstanding (§7).
pub fn alpha_issuance(alpha_in_reserve: u64, alpha_out_supply: u64) -> u64 {
    alpha_in_reserve.saturating_add(alpha_out_supply)
}

/// Root's part of a subnet with this alpha issuance in rao; 0 where root weighs nothing (§7).
///
/// ```
/// use yuma_core::{emission::{RootStake, root_proportion}, fixed::U96F32};
/// let root = RootStake { tao: 1_000_000_000, tao_weight: u64::MAX };
/// assert_eq!(root_proportion(root, 3_000_000_000), U96F32::from_num(0.25));
/// ```
pub fn root_proportion(root: RootStake, alpha_issuance: u64) -> U96F32 {
    let weight = U96F32::from(root.tao).saturating_mul(tao_weight_fixed(root.tao_weight));
    safe_div(weight, weight.saturating_add(alpha_issuance.into()))
}

//! Proportions as fixed point (spec `distribution.md` §1).

use crate::fixed::{U96F32, safe_div};

/// The proportion `x` of 2^64 − 1, which gives exactly 1; floored to 32 bits, so everything below 2^32 gives 0.
///
/// ```
/// use yuma_core::{distribution::unit64, fixed::U96F32};
/// assert_eq!(unit64(u64::MAX), U96F32::ONE);
/// assert_eq!(unit64(u64::MAX / 2), U96F32::from_bits((1 << 31) - 1)); // not quite a half
/// ```
pub fn unit64(x: u64) -> U96F32 {
    safe_div(U96F32::saturating_from_num(x), U96F32::saturating_from_num(u64::MAX))
}

/// The proportion `x` of 65535, which gives exactly 1; floored to 32 bits.
pub fn unit16(x: u16) -> U96F32 {
    safe_div(U96F32::saturating_from_num(x), U96F32::saturating_from_num(u16::MAX))
}

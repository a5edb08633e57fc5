//! The number formats of the specification and what it defines on them (spec `numbers.md`, `epoch.md` §1).
//!
//! Addition, subtraction and multiplication are the methods of the types themselves, always by their explicit name
//! (`saturating_add`, `checked_mul`, `wrapping_add`, …): `fixed` computes them as §2 says, multiplication flooring and
//! division truncating. What `fixed` lacks is here: [`safe_div`], [`log2`], [`ln`], [`exp`], [`root`], [`power`] and
//! [`pow_normalize`].

mod exp;
mod log;
mod power;
mod root;

use fixed::traits::{Fixed, FromFixed};
use num_traits::{CheckedDiv, Zero};

pub use exp::{exp, exp_safe};
pub use fixed::types::{I32F32, I64F64, I96F32, U64F64, U96F32};
pub use log::{ln, log2};
pub use power::{pow_normalize, power};
pub use root::root;

/// `a ÷ b`, the safe division: truncated, and **0** for a zero divisor or a quotient that does not fit (§2.4).
///
/// ```
/// use yuma_core::fixed::{I32F32, U64F64, safe_div};
/// assert_eq!(safe_div(I32F32::from_bits(-7), I32F32::from_num(2)), I32F32::from_bits(-3));
/// assert_eq!(safe_div(U64F64::ONE, U64F64::from_bits(1)), U64F64::ZERO); // does not fit
/// ```
pub fn safe_div<T: CheckedDiv + Zero>(a: T, b: T) -> T {
    a.checked_div(&b).unwrap_or_else(T::zero)
}

/// [`safe_div`] for the format of the epoch's inner loops, through one 64-bit division wherever it is exact.
///
/// A common power of two cancels. Where what is left of `0 ≤ a` fits 32 bits and `b > 0`, the dividend `a·2^32` fits 64
/// bits, and so does the quotient, which is no larger. All other operands take the long way.
#[inline]
pub fn safe_div_narrow(a: I32F32, b: I32F32) -> I32F32 {
    let (a_bits, b_bits) = (a.to_bits(), b.to_bits());
    let common = (a_bits | b_bits).trailing_zeros();
    let shifted = |bits: i64| u64::try_from(bits.checked_shr(common)?).ok();
    if let (Some(dividend @ 0..=0xFFFF_FFFF), Some(divisor)) = (shifted(a_bits), shifted(b_bits))
        && let Some(quotient) = (dividend << 32).checked_div(divisor)
        && let Ok(bits) = i64::try_from(quotient)
    {
        return I32F32::from_bits(bits);
    }
    safe_div(a, b)
}

/// `value` in another format or as an integer: floored to the bits the target has, clamped to its range (§3.1, §3.2).
///
/// ```
/// use yuma_core::fixed::{I32F32, I64F64, convert};
/// assert_eq!(convert::<_, I32F32>(I64F64::from_bits(-1)), I32F32::from_bits(-1)); // floor is toward −∞
/// assert_eq!(convert::<_, u16>(I32F32::from_num(70000)), 65535);
/// ```
pub fn convert<T: Fixed, U: FromFixed>(value: T) -> U {
    U::saturating_from_fixed(value)
}

/// The nearest integer, ties away from zero, in the same format (§3.3).
pub fn round<T: Fixed>(value: T) -> T {
    value.saturating_round()
}

/// `prop(x)`: the u16 proportion `x` of 65535; 65535 gives exactly 1 (spec `epoch.md` §1).
///
/// ```
/// use yuma_core::fixed::{I32F32, proportion};
/// assert_eq!(proportion(65535), I32F32::ONE);
/// ```
pub fn proportion(x: u16) -> I32F32 {
    safe_div_narrow(I32F32::from_bits(i64::from(x)), I32F32::from_bits(65535))
}

/// `to_u16(p)`: floor(p · 65535), clamped to u16 (spec `epoch.md` §1).
///
/// ```
/// use yuma_core::fixed::{proportion, proportion_to_u16};
/// assert_eq!(proportion_to_u16(proportion(65535)), 65535);
/// assert_eq!(proportion_to_u16(proportion(7)), 6); // both steps floor
/// ```
pub fn proportion_to_u16(p: I32F32) -> u16 {
    p.saturating_mul(I32F32::const_from_int(65535)).saturating_to_num()
}

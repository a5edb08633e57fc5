//! The number formats of the specification and what it defines on them (spec `numbers.md`, `epoch.md` §1).
//!
//! Addition, subtraction and multiplication are the methods of the types themselves, always by their explicit name
//! (`saturating_add`, `checked_mul`, `wrapping_add`, …): `fixed` computes them as §2 says, multiplication flooring and
//! division truncating. What `fixed` lacks is here: [`safe_div`], [`log2`], [`ln`], [`exp`], [`root`], [`power`] and
//! [`pow_normalize`].

mod divisor;
mod exp;
mod log;
mod power;
mod root;

use fixed::traits::{Fixed, FromFixed};
use num_traits::{CheckedDiv, Zero};

pub use divisor::Divisor;
pub(crate) use divisor::reciprocal;
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
pub fn safe_div<T: CheckedDiv + Zero + Copy>(a: T, b: T) -> T {
    a.checked_div(&b).unwrap_or_else(T::zero)
}

/// `a·b` saturating, floored (§2.1): `saturating_mul` of this format by one widening multiplication.
///
/// ```
/// use yuma_core::fixed::{I32F32, multiply};
/// let smallest = I32F32::from_bits(1);
/// assert_eq!(multiply(-smallest, smallest), -smallest);
/// assert_eq!(multiply(I32F32::MAX, I32F32::MIN), I32F32::MIN);
/// ```
#[inline]
pub fn multiply(a: I32F32, b: I32F32) -> I32F32 {
    // Two factors below 2^63 in size make a product below 2^127.
    let product = i128::from(a.to_bits()).wrapping_mul(i128::from(b.to_bits())) >> I32F32::FRAC_NBITS;
    let saturated = if product < 0 { i64::MIN } else { i64::MAX };
    I32F32::from_bits(i64::try_from(product).unwrap_or(saturated))
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
    I32F32::from_bits(i64::from(x).wrapping_shl(I32F32::FRAC_NBITS) / 65535)
}

/// `unit64(x)`: the u64 proportion `x` of 2^64 − 1, which gives exactly 1; floored to 32 bits, so everything below 2^32
/// gives 0 (spec `distribution.md` §1).
///
/// ```
/// use yuma_core::fixed::{U96F32, proportion_of_u64};
/// assert_eq!(proportion_of_u64(u64::MAX), U96F32::ONE);
/// assert_eq!(proportion_of_u64(u64::MAX / 2), U96F32::from_bits((1 << 31) - 1)); // not quite a half
/// ```
pub fn proportion_of_u64(x: u64) -> U96F32 {
    safe_div(U96F32::from(x), U96F32::from(u64::MAX))
}

/// What a rao of TAO on root counts against one of a subnet's alpha on mainnet, of 2^64 − 1: about 0.053 (spec
/// `distribution.md` §2).
pub const TAO_WEIGHT: u64 = 971_718_665_099_567_868;

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

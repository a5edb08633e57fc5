//! The exponential function on the signed formats (spec `epoch.md` §1, `numbers.md` §6).

use fixed::traits::FixedSigned;
use num_traits::{AsPrimitive, CheckedDiv, One, PrimInt};

use super::I32F32;

/// e cut to 23 fraction bits, in units of 2^-23: the result for the argument 1 only, smaller than its neighbour's.
const E_23: i128 = 22_802_600;

/// e to the power `x`; `None` where a checked step of the chain's series overflows, for negative `x` too (§6).
///
/// ```
/// use yuma_core::fixed::{I32F32, exp};
/// assert_eq!(exp(I32F32::from_num(-20)), Some(I32F32::from_bits(8)));
/// assert_eq!(exp(I32F32::ONE), Some(I32F32::from_bits(11_674_931_200)));
/// assert_eq!(exp(I32F32::from_bits(-89_715_445_398)), None);
/// ```
pub fn exp<T>(x: T) -> Option<T>
where
    T: FixedSigned + CheckedDiv + One,
    T::Bits: PrimInt,
    i128: AsPrimitive<T::Bits>,
    u32: AsPrimitive<T::Bits>,
{
    if x == T::one() {
        let e = E_23.checked_shl(T::FRAC_NBITS.saturating_sub(23)).unwrap_or(E_23);
        return Some(T::from_bits(e.as_()));
    }
    let magnitude = x.checked_abs()?;
    let mut sum = magnitude.checked_add(T::one())?;
    let mut term = magnitude;
    for round in 2..T::FRAC_NBITS {
        let product = term.checked_mul(magnitude)?.to_bits();
        // Both are not negative, so the fixed-point division by a whole number is that of the bits.
        term = T::from_bits(CheckedDiv::checked_div(&product, &round.as_())?);
        if term == T::ZERO {
            break; // nothing is added any more
        }
        sum = sum.checked_add(term)?;
    }
    if x < T::ZERO { CheckedDiv::checked_div(&T::one(), &sum) } else { Some(sum) }
}

/// [`exp`] of `x` clamped to −20 … 20. It cannot fail there; the chain's answer to a failure is kept all the same:
/// 0 for x ≤ 0, else the largest value (spec `epoch.md` §1).
///
/// ```
/// use yuma_core::fixed::{I32F32, exp_safe};
/// assert_eq!(exp_safe(I32F32::MAX), I32F32::from_bits(2_066_907_302_758_576_256));
/// ```
pub fn exp_safe(x: I32F32) -> I32F32 {
    const LIMIT: I32F32 = I32F32::const_from_int(20);
    let x = x.clamp(I32F32::const_from_int(-20), LIMIT);
    exp(x).unwrap_or(if x <= I32F32::ZERO { I32F32::ZERO } else { I32F32::MAX })
}

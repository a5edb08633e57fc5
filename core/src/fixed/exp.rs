//! The exponential function on the signed formats (spec `epoch.md` §1, `numbers.md` §6).

use fixed::traits::FixedSigned;
use num_traits::{AsPrimitive, CheckedDiv, One, PrimInt};

use super::I32F32;
use super::divisor::{reciprocal, shifted_product};

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

/// floor((2^64 − 1) / i) for the rounds of the series.
#[expect(clippy::indexing_slicing, reason = "computed by the compiler")]
const RECIPROCALS: [u64; 32] = {
    let mut reciprocals = [0; 32];
    let mut round = 2;
    while round < reciprocals.len() {
        reciprocals[round] = u64::MAX / round as u64;
        round += 1;
    }
    reciprocals
};

/// [`exp`] of `x` clamped to −20 … 20, where it cannot fail (spec `epoch.md` §1).
///
/// ```
/// use yuma_core::fixed::{I32F32, exp_safe};
/// assert_eq!(exp_safe(I32F32::MAX), I32F32::from_bits(2_066_907_302_758_576_256));
/// ```
pub fn exp_safe(x: I32F32) -> I32F32 {
    const LIMIT: I32F32 = I32F32::const_from_int(20);
    let x = x.clamp(I32F32::const_from_int(-20), LIMIT);
    if x == I32F32::ONE {
        return exp(x).unwrap_or(I32F32::MAX);
    }
    // |x| ≤ 20: terms are below 2^26 and their sum below 2^29, so that every raw value, and a term times |x|, fits 64 bits
    // and no step of the chain's can fail.
    let magnitude = x.to_bits().unsigned_abs();
    let mut sum = magnitude.wrapping_add(1 << 32);
    let mut term = magnitude;
    for (round, &reciprocal) in (0_u64..).zip(&RECIPROCALS).skip(2) {
        let product = shifted_product(term, magnitude, 32);
        // As in `Divisor`: the estimate is the quotient or one less.
        let quotient = shifted_product(product, reciprocal, 64);
        let rest = product.wrapping_sub(quotient.wrapping_mul(round));
        term = quotient.wrapping_add((rest >= round).into());
        if term == 0 {
            break; // nothing is added any more
        }
        sum = sum.wrapping_add(term);
    }
    let sum = I32F32::from_bits(sum.cast_signed());
    if x < I32F32::ZERO { reciprocal(sum) } else { sum }
}

//! Logarithms on the signed formats (spec `numbers.md` §4, §5).

use fixed::traits::FixedSigned;
use num_traits::{AsPrimitive, CheckedDiv, One, PrimInt};

/// log2(e) cut to 23 fraction bits, in units of 2^-23: part of the result (§5).
const LOG2_E_23: i128 = 12_102_203;

/// The logarithm to base 2 of `x`; `None` where the chain's fails: `x ≤ 0`, or a reciprocal that does not fit (§4).
///
/// ```
/// use yuma_core::fixed::{I32F32, log2};
/// assert_eq!(log2(I32F32::from_num(4)), Some(I32F32::from_num(2)));
/// assert_eq!(log2(I32F32::from_bits(3)), Some(I32F32::from_bits(-130_631_591_366)));
/// assert_eq!(log2(I32F32::from_bits(2)), None); // 1/x overflows
/// ```
pub fn log2<T>(x: T) -> Option<T>
where
    T: FixedSigned + CheckedDiv + One,
    T::Bits: PrimInt,
    i128: AsPrimitive<T::Bits>,
{
    if x <= T::ZERO {
        None
    } else if x < T::one() {
        let reciprocal = CheckedDiv::checked_div(&T::one(), &x)?;
        log2_from_one(reciprocal).checked_neg()
    } else {
        Some(log2_from_one(x))
    }
}

/// The natural logarithm of `x`: log2(x) divided by log2(e) of 23 bits; `None` where [`log2`] fails (§5).
///
/// ```
/// use yuma_core::fixed::{I32F32, ln};
/// assert_eq!(ln(I32F32::from_num(2)), Some(I32F32::from_bits(2_977_044_511)));
/// ```
pub fn ln<T>(x: T) -> Option<T>
where
    T: FixedSigned + CheckedDiv + One,
    T::Bits: PrimInt,
    i128: AsPrimitive<T::Bits>,
{
    let log2_e = LOG2_E_23.checked_shl(T::FRAC_NBITS.saturating_sub(23)).unwrap_or(LOG2_E_23);
    CheckedDiv::checked_div(&log2(x)?, &T::from_bits(log2_e.as_()))
}

/// `L(y)` for y ≥ 1: the integer part by halving, then one fraction bit per squaring.
fn log2_from_one<T>(y: T) -> T
where
    T: FixedSigned + One,
    T::Bits: PrimInt,
    i128: AsPrimitive<T::Bits>,
{
    let two = T::one().saturating_add(T::one());
    let mut y = y;
    let mut bits: i128 = 0;
    while y >= two {
        y = half(y);
        bits = bits.saturating_add(1);
    }
    if y == T::one() {
        return T::from_bits(bits.as_()).wrapping_shl(T::FRAC_NBITS);
    }
    for _ in 0..T::FRAC_NBITS {
        y = y.saturating_mul(y);
        bits = bits.saturating_add(bits);
        if y >= two {
            y = half(y);
            bits = bits.saturating_add(1);
        }
    }
    T::from_bits(bits.as_())
}

/// y / 2, rounded **up**.
fn half<T>(y: T) -> T
where
    T: FixedSigned,
    T::Bits: PrimInt,
{
    let odd = T::from_bits(y.to_bits() & T::Bits::one());
    y.wrapping_shr(1).saturating_add(odd)
}

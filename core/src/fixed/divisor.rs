//! Division by the same number many times.

use super::{I32F32, safe_div};

/// A divisor with its reciprocal, for the epoch's inner loops: [`safe_div`] by it costs a multiplication.
///
/// ```
/// use yuma_core::fixed::{Divisor, I32F32, safe_div};
/// let (a, b) = (I32F32::from_bits(7), I32F32::from_num(3));
/// assert_eq!(Divisor::new(b).divide(a), safe_div(a, b));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Divisor {
    divisor: I32F32,
    /// floor((2^64 − 1) / d), d the divisor's bits without the power of two in them that cancels; 0 for none.
    reciprocal: u64,
}

impl Divisor {
    /// Prepares division by `divisor`.
    #[inline]
    pub fn new(divisor: I32F32) -> Self {
        let reciprocal = if divisor > I32F32::ZERO { u64::MAX.checked_div(without_twos(divisor).0) } else { None };
        Self { divisor, reciprocal: reciprocal.unwrap_or(0) }
    }

    /// The same from a reciprocal kept elsewhere.
    #[inline]
    pub(crate) const fn from_parts(divisor: I32F32, reciprocal: u64) -> Self {
        Self { divisor, reciprocal }
    }

    /// What [`Divisor::from_parts`] takes.
    #[inline]
    pub(crate) const fn reciprocal(self) -> u64 {
        self.reciprocal
    }

    /// `a ÷ divisor`, exactly as [`safe_div`].
    ///
    /// Without the common power of two the quotient is floor(x / d) with x = a·2^(32 − twos). Where x fits 64 bits, let
    /// m = floor((2^64 − 1) / d). Then 2^64/d − 1 ≤ m < 2^64/d, so x·m/2^64 is at most x/d and more than x/d − 1: its floor
    /// is the quotient or one less, which one comparison tells. All other operands take the long way.
    #[inline]
    pub fn divide(self, a: I32F32) -> I32F32 {
        let (odd, twos) = without_twos(self.divisor);
        let bits = a.to_bits().cast_unsigned();
        let shift = 32_u32.saturating_sub(twos);
        if self.reciprocal != 0 && a >= I32F32::ZERO && bits.leading_zeros() >= shift {
            let x = bits.wrapping_shl(shift);
            let quotient = shifted_product(x, self.reciprocal, 64);
            let rest = x.wrapping_sub(quotient.wrapping_mul(odd));
            if let Ok(bits) = i64::try_from(quotient.wrapping_add((rest >= odd).into())) {
                return I32F32::from_bits(bits);
            }
        }
        safe_div(a, self.divisor)
    }
}

/// A positive divisor's bits without up to 32 twos, and how many were taken out.
#[inline]
fn without_twos(divisor: I32F32) -> (u64, u32) {
    let bits = divisor.to_bits().cast_unsigned();
    let twos = bits.trailing_zeros().min(32);
    (bits >> twos, twos)
}

/// floor(a·b / 2^shift); the caller knows that it fits.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the caller knows that it fits")]
pub(super) fn shifted_product(a: u64, b: u64, shift: u32) -> u64 {
    u128::from(a).wrapping_mul(u128::from(b)).wrapping_shr(shift) as u64
}

/// `1 ÷ x`, exactly as [`safe_div`], through one 64-bit division: floor(2^64 / d) is floor((2^64 − 1) / d), and one more
/// where d divides 2^64.
#[inline]
pub(crate) fn reciprocal(x: I32F32) -> I32F32 {
    let divisor = x.to_bits().cast_unsigned();
    if x > I32F32::ZERO
        && let (Some(quotient), Some(rest)) = (u64::MAX.checked_div(divisor), u64::MAX.checked_rem(divisor))
        && let Ok(bits) = i64::try_from(quotient.wrapping_add((rest == divisor.wrapping_sub(1)).into()))
    {
        return I32F32::from_bits(bits);
    }
    safe_div(I32F32::ONE, x)
}

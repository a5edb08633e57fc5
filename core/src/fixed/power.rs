//! Power and power normalisation of shares (spec `numbers.md` §8, §9).

use super::{I32F32, U64F64, convert, exp, ln, root, safe_div};

/// What stands for "too large": 2^31 − 1 (§8, §9).
const LARGEST: I32F32 = I32F32::const_from_int(i32::MAX as i64);

/// `x` to the power `p`, with the chain's answers where logarithm or exponential fail: 0 for an `x` below 3·2^-32, and
/// 2^31 − 1 whenever the exponential fails, so for a vanishing result too (§8).
///
/// ```
/// use yuma_core::fixed::{U64F64, power};
/// let two = U64F64::from_num(2);
/// assert_eq!(power(two, two), U64F64::from_bits(73_786_977_609_098_199_040));
/// assert_eq!(power(U64F64::from_bits(3 << 32), U64F64::ONE), U64F64::from_num(i32::MAX)); // not 0
/// ```
pub fn power(x: U64F64, p: U64F64) -> U64F64 {
    let Some(logarithm) = ln(convert::<_, I32F32>(x)) else { return U64F64::ZERO };
    let exponent = convert::<_, I32F32>(p).saturating_mul(logarithm);
    convert(exp(exponent).unwrap_or(LARGEST))
}

/// Raises shares to the power `p` and divides them by their sum, in place; the sum is then about 1 (§9).
///
/// All values stay 0 when the largest is 0 or the smallest positive number.
///
/// ```
/// use yuma_core::fixed::{U64F64, pow_normalize};
/// let mut values = [1, 2].map(U64F64::from_bits);
/// pow_normalize(&mut values, U64F64::ONE);
/// assert_eq!(values.map(U64F64::to_bits), [6_148_914_841_635_506_689, 12_297_829_232_074_044_926]);
/// ```
pub fn pow_normalize(values: &mut [U64F64], p: U64F64) {
    let scale = safe_div(U64F64::ONE, largest(values));
    for value in values.iter_mut() {
        *value = scale.saturating_mul(*value);
    }
    let top = largest(values);
    let count: U64F64 = U64F64::saturating_from_num(values.len());
    let estimate = count.saturating_mul(top.saturating_mul(top));
    if estimate.to_bits() < u128::from(i32::MAX.unsigned_abs()) {
        return; // exactly when every scaled value is 0
    }
    let largest_value: U64F64 = convert(LARGEST);
    let epsilon = safe_div(U64F64::ONE, U64F64::const_from_int(1000));
    let gain = root(safe_div(largest_value, estimate), epsilon);
    let mut sum = U64F64::ZERO;
    for value in values.iter_mut() {
        *value = power(gain.saturating_mul(*value), p);
        sum = sum.saturating_add(*value);
    }
    for value in values.iter_mut() {
        *value = safe_div(*value, sum);
    }
}

fn largest(values: &[U64F64]) -> U64F64 {
    values.iter().copied().max().unwrap_or_default()
}

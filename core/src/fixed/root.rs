//! The root by bisection (spec `numbers.md` §7).

use super::{U64F64, safe_div};

/// Rounds after which the bisection stops in any case.
const ROUNDS: u32 = 129;

/// An approximation of the square root of `x` that stops once |x ÷ m − m| ≤ `epsilon`. The stopping rule is part of the
/// result: this is **not** the exact root (§7).
///
/// ```
/// use yuma_core::fixed::{U64F64, root};
/// let epsilon = U64F64::from_bits(18_446_744_073_709_551);
/// assert_eq!(root(U64F64::from_num(2), epsilon), U64F64::from_bits(26_084_849_041_729_912_832));
/// assert_eq!(root(U64F64::ZERO, epsilon), U64F64::from_bits(18_014_398_509_481_984));
/// ```
pub fn root(x: U64F64, epsilon: U64F64) -> U64F64 {
    let (mut low, mut high) = if x > U64F64::ONE { (U64F64::ZERO, x) } else { (x, U64F64::ONE) };
    let mut middle = midpoint(low, high);
    for _ in 0..ROUNDS {
        let quotient = safe_div(x, middle);
        if quotient.abs_diff(middle) <= epsilon {
            break;
        }
        if quotient < middle {
            high = middle;
        } else {
            low = middle;
        }
        middle = midpoint(low, high);
    }
    middle
}

fn midpoint(low: U64F64, high: U64F64) -> U64F64 {
    U64F64::from_bits(low.to_bits().midpoint(high.to_bits()))
}

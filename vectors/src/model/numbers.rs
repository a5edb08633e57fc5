//! `numbers.md`: arithmetic, conversions, logarithm, exponential, root, power, power normalisation.

use substrate_fixed::traits::Fixed;
use substrate_fixed::transcendental;
use substrate_fixed::types::{I32F32, I64F64, I96F32, U64F64, U96F32};

use crate::schema::Decimal;
use crate::schema::numbers::{
    Bits, FixedArithExpect, FixedArithInput, PowNormalizeExpect, PowNormalizeInput, TranscendentalExpect,
    TranscendentalInput,
};

/// Kind `fixed-arith`: §2 and §3.
pub fn fixed_arith(input: &FixedArithInput) -> FixedArithExpect {
    match input {
        FixedArithInput::U96F32 { a, b } => every_operation(U96F32::from_bits(a.0), U96F32::from_bits(b.0)),
        FixedArithInput::U64F64 { a, b } => every_operation(U64F64::from_bits(a.0), U64F64::from_bits(b.0)),
        FixedArithInput::I96F32 { a, b } => every_operation(I96F32::from_bits(a.0), I96F32::from_bits(b.0)),
        FixedArithInput::I64F64 { a, b } => every_operation(I64F64::from_bits(a.0), I64F64::from_bits(b.0)),
        FixedArithInput::I32F32 { a, b } => every_operation(I32F32::from_bits(a.0), I32F32::from_bits(b.0)),
    }
}

fn every_operation<F: Fixed>(a: F, b: F) -> FixedArithExpect
where
    F::Bits: Into<Bits>,
{
    let raw = |value: F| Decimal(value.to_bits().into());
    FixedArithExpect {
        saturating_add: raw(a.saturating_add(b)),
        saturating_sub: raw(a.saturating_sub(b)),
        saturating_mul: raw(a.saturating_mul(b)),
        checked_div: a.checked_div(b).map(raw),
        safe_div: raw(safe_div(a, b)),
        a_to_u64: Decimal(a.saturating_to_num()),
        a_to_u16: Decimal(a.saturating_to_num()),
        a_round_to_u16: Decimal(a.saturating_round().saturating_to_num()),
        a_to_u96f32: Decimal(U96F32::saturating_from_num(a).to_bits()),
        a_to_u64f64: Decimal(U64F64::saturating_from_num(a).to_bits()),
        a_to_i96f32: Decimal(I96F32::saturating_from_num(a).to_bits()),
        a_to_i64f64: Decimal(I64F64::saturating_from_num(a).to_bits()),
        a_to_i32f32: Decimal(I32F32::saturating_from_num(a).to_bits()),
    }
}

/// `a ÷ b` (§2.4): 0 for a zero divisor and for a quotient out of range.
pub fn safe_div<F: Fixed>(a: F, b: F) -> F {
    a.checked_div(b).unwrap_or_default()
}

/// Kind `transcendental`: §4 to §8.
pub fn transcendental(input: &TranscendentalInput) -> TranscendentalExpect {
    let single = |result: Option<Bits>| TranscendentalExpect::Single { result: result.map(Decimal) };
    match input {
        TranscendentalInput::Log2I96F32 { x } => {
            single(log2_of_f96(I96F32::from_bits(x.0)).map(|result| result.to_bits().into()))
        }
        TranscendentalInput::Log2LnI32F32 { x } => {
            let x = I32F32::from_bits(x.0);
            TranscendentalExpect::Logarithms {
                log2: log2_of_f32(x).map(|result| Decimal(result.to_bits())),
                ln: ln(x).map(|result| Decimal(result.to_bits())),
            }
        }
        TranscendentalInput::ExpI32F32 { x } => {
            single(exp(I32F32::from_bits(x.0)).map(|result| result.to_bits().into()))
        }
        TranscendentalInput::BisectSqrtU64F64 { x, epsilon } => {
            single(Some(root(U64F64::from_bits(x.0), U64F64::from_bits(epsilon.0)).to_bits().into()))
        }
        TranscendentalInput::SafePowU64F64 { x, p } => {
            single(Some(power(U64F64::from_bits(x.0), U64F64::from_bits(p.0)).to_bits().into()))
        }
    }
}

/// log2 on `F96` (§4).
pub fn log2_of_f96(x: I96F32) -> Option<I96F32> {
    transcendental::log2::<I96F32, I96F32>(x).ok()
}

/// log2 on `F32` (§4).
pub fn log2_of_f32(x: I32F32) -> Option<I32F32> {
    transcendental::log2::<I32F32, I32F32>(x).ok()
}

/// ln on `F32` (§5).
pub fn ln(x: I32F32) -> Option<I32F32> {
    transcendental::ln::<I32F32, I32F32>(x).ok()
}

/// exp on `F32` (§6).
pub fn exp(x: I32F32) -> Option<I32F32> {
    transcendental::exp::<I32F32, I32F32>(x).ok()
}

/// Root by bisection (§7).
pub fn root(x: U64F64, epsilon: U64F64) -> U64F64 {
    let one = U64F64::from_num(1);
    let (mut high, mut low) = if x > one { (x, U64F64::from_num(0)) } else { (one, x) };
    let mut middle = middle_of(high, low);
    let mut quotient = safe_div(x, middle);
    let mut rounds = 0;
    while distance(quotient, middle) > epsilon {
        if quotient < middle {
            high = middle;
        } else {
            low = middle;
        }
        middle = middle_of(high, low);
        quotient = safe_div(x, middle);
        rounds += 1;
        if rounds > 128 {
            break;
        }
    }
    middle
}

/// floor((high + low) / 2), written so that the sum cannot overflow (§7, item 2); high ≥ low.
fn middle_of(high: U64F64, low: U64F64) -> U64F64 {
    U64F64::from_bits(low.to_bits().midpoint(high.to_bits()))
}

/// |a − b| (§2.7).
fn distance(a: U64F64, b: U64F64) -> U64F64 {
    if a > b { a.saturating_sub(b) } else { b.saturating_sub(a) }
}

/// Power (§8).
pub fn power(x: U64F64, p: U64F64) -> U64F64 {
    let Some(logarithm) = ln(I32F32::saturating_from_num(x)) else {
        return U64F64::from_num(0);
    };
    let exponent = I32F32::saturating_from_num(p).saturating_mul(logarithm);
    let result = exp(exponent).unwrap_or(I32F32::from_num(2_147_483_647));
    U64F64::saturating_from_num(result)
}

/// Kind `pow-normalize`: §9.
pub fn pow_normalize(input: &PowNormalizeInput) -> PowNormalizeExpect {
    let values: Vec<_> = input.values.iter().map(|value| U64F64::from_bits(value.0)).collect();
    let normalized = normalize_powers(&values, U64F64::from_bits(input.exponent.0));
    PowNormalizeExpect { values: normalized.iter().map(|value| Decimal(value.to_bits())).collect() }
}

/// Power normalisation (§9).
pub fn normalize_powers(values: &[U64F64], p: U64F64) -> Vec<U64F64> {
    let one = U64F64::from_num(1);
    let big = U64F64::from_num(2_147_483_647_u32);
    let epsilon = safe_div(one, U64F64::from_num(1000));

    let scale = safe_div(one, largest(values));
    let scaled: Vec<_> = values.iter().map(|value| scale.saturating_mul(*value)).collect();

    let top = largest(&scaled);
    let estimate = U64F64::saturating_from_num(values.len()).saturating_mul(top.saturating_mul(top));
    if estimate < U64F64::from_bits(2_147_483_647) {
        return scaled;
    }

    let gain = root(safe_div(big, estimate), epsilon);
    let powers: Vec<_> = scaled.iter().map(|value| power(gain.saturating_mul(*value), p)).collect();
    let sum = powers.iter().fold(U64F64::from_num(0), |sum, value| sum.saturating_add(*value));
    powers.iter().map(|value| safe_div(*value, sum)).collect()
}

/// The largest value, 0 of none.
fn largest(values: &[U64F64]) -> U64F64 {
    values.iter().copied().max().unwrap_or_default()
}

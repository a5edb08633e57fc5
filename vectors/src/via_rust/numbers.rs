//! Kinds of `numbers.md`.

use yuma_core::fixed::{
    I32F32, I64F64, I96F32, U64F64, U96F32, convert, exp, ln, log2, pow_normalize as normalize, power, root, round,
    safe_div,
};

use crate::schema::numbers::{
    Bits, FixedArithExpect, FixedArithInput, PowNormalizeExpect, PowNormalizeInput, TranscendentalExpect,
    TranscendentalInput,
};
use crate::schema::{Decimal, Failure};

macro_rules! arithmetic {
    ($format:ty, $a:expr, $b:expr) => {{
        let (a, b) = (<$format>::from_bits($a.0), <$format>::from_bits($b.0));
        let raw = |value: $format| Decimal(Bits::from(value.to_bits()));
        FixedArithExpect {
            saturating_add: raw(a.saturating_add(b)),
            saturating_sub: raw(a.saturating_sub(b)),
            saturating_mul: raw(a.saturating_mul(b)),
            checked_div: a.checked_div(b).map(raw),
            safe_div: raw(safe_div(a, b)),
            a_to_u64: Decimal(convert(a)),
            a_to_u16: Decimal(convert(a)),
            a_round_to_u16: Decimal(convert(round(a))),
            a_to_u96f32: Decimal(convert::<_, U96F32>(a).to_bits()),
            a_to_u64f64: Decimal(convert::<_, U64F64>(a).to_bits()),
            a_to_i96f32: Decimal(convert::<_, I96F32>(a).to_bits()),
            a_to_i64f64: Decimal(convert::<_, I64F64>(a).to_bits()),
            a_to_i32f32: Decimal(convert::<_, I32F32>(a).to_bits()),
        }
    }};
}

/// Kind `fixed-arith`.
///
/// # Errors
/// None.
pub fn fixed_arith(input: &FixedArithInput) -> Result<FixedArithExpect, Failure> {
    Ok(match input {
        FixedArithInput::U96F32 { a, b } => arithmetic!(U96F32, a, b),
        FixedArithInput::U64F64 { a, b } => arithmetic!(U64F64, a, b),
        FixedArithInput::I96F32 { a, b } => arithmetic!(I96F32, a, b),
        FixedArithInput::I64F64 { a, b } => arithmetic!(I64F64, a, b),
        FixedArithInput::I32F32 { a, b } => arithmetic!(I32F32, a, b),
    })
}

/// Kind `transcendental`.
///
/// # Errors
/// None.
pub fn transcendental(input: &TranscendentalInput) -> Result<TranscendentalExpect, Failure> {
    let of_f32 = |result: Option<I32F32>| result.map(|value| Decimal(value.to_bits()));
    let single = |bits: Option<Bits>| TranscendentalExpect::Single { result: bits.map(Decimal) };
    let (u64f64, f32) = (U64F64::from_bits, I32F32::from_bits);
    Ok(match input {
        TranscendentalInput::Log2I96F32 { x } => {
            single(log2(I96F32::from_bits(x.0)).map(|result| result.to_bits().into()))
        }
        TranscendentalInput::Log2LnI32F32 { x } => {
            TranscendentalExpect::Logarithms { log2: of_f32(log2(f32(x.0))), ln: of_f32(ln(f32(x.0))) }
        }
        TranscendentalInput::ExpI32F32 { x } => single(exp(f32(x.0)).map(|result| result.to_bits().into())),
        TranscendentalInput::BisectSqrtU64F64 { x, epsilon } => {
            single(Some(root(u64f64(x.0), u64f64(epsilon.0)).to_bits().into()))
        }
        TranscendentalInput::SafePowU64F64 { x, p } => single(Some(power(u64f64(x.0), u64f64(p.0)).to_bits().into())),
    })
}

/// Kind `pow-normalize`.
///
/// # Errors
/// None.
pub fn pow_normalize(input: &PowNormalizeInput) -> Result<PowNormalizeExpect, Failure> {
    let mut values: Vec<U64F64> = input.values.iter().map(|value| U64F64::from_bits(value.0)).collect();
    normalize(&mut values, U64F64::from_bits(input.exponent.0));
    Ok(PowNormalizeExpect { values: values.iter().map(|value| Decimal(value.to_bits())).collect() })
}

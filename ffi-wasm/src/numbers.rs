//! The number formats: raw bits in, raw bits out, by the format's name.

use wasm_bindgen::JsValue;
use yuma_core::fixed::{self, I32F32, I64F64, I96F32, U64F64, U96F32, convert, safe_div};

use crate::door::{self, Answer, ToJs, choice, integer};

#[derive(Clone, Copy)]
enum Format {
    I32F32,
    I64F64,
    I96F32,
    U64F64,
    U96F32,
}

const FORMATS: [(&str, Format); 5] = [
    ("i32f32", Format::I32F32),
    ("i64f64", Format::I64F64),
    ("i96f32", Format::I96F32),
    ("u64f64", Format::U64F64),
    ("u96f32", Format::U96F32),
];

const SIGNED: [(&str, Format); 3] =
    [("i32f32", Format::I32F32), ("i64f64", Format::I64F64), ("i96f32", Format::I96F32)];

/// The expression once for every format, with the type under the given name.
macro_rules! with_format {
    ($format:expr, $type:ident => $body:expr) => {
        match $format {
            Format::I32F32 => {
                type $type = I32F32;
                $body
            }
            Format::I64F64 => {
                type $type = I64F64;
                $body
            }
            Format::I96F32 => {
                type $type = I96F32;
                $body
            }
            Format::U64F64 => {
                type $type = U64F64;
                $body
            }
            Format::U96F32 => {
                type $type = U96F32;
                $body
            }
        }
    };
}

macro_rules! binary_functions {
    ($($(#[$doc:meta])* $name:ident: |$a:ident, $b:ident, $type:ident| $body:expr;)*) => {$(
        $(#[$doc])*
                pub fn $name(format: &JsValue, a: &JsValue, b: &JsValue) -> Answer<JsValue> {
            with_format!(choice(format, "format", &FORMATS)?, $type => {
                let ($a, $b) = ($type::from_bits(integer(a, "a")?), $type::from_bits(integer(b, "b")?));
                Ok(ToJs::to_js($body))
            })
        }
    )*};
}
binary_functions! {
    /// a + b, saturating.
    fixed_saturating_add: |a, b, T| a.saturating_add(b).to_bits();
    /// a − b, saturating.
    fixed_saturating_sub: |a, b, T| a.saturating_sub(b).to_bits();
    /// a · b, floored, saturating.
    fixed_saturating_mul: |a, b, T| a.saturating_mul(b).to_bits();
    /// a ÷ b, truncated, where there is a quotient.
    fixed_checked_div: |a, b, T| a.checked_div(b).map(T::to_bits);
    /// a ÷ b, truncated, or 0.
    fixed_safe_div: |a, b, T| safe_div(a, b).to_bits();
}

/// The nearest integer, ties away from zero, in the same format.
pub fn fixed_round(format: &JsValue, x: &JsValue) -> Answer<JsValue> {
    with_format!(choice(format, "format", &FORMATS)?, T => {
        Ok(ToJs::to_js(fixed::round(T::from_bits(integer(x, "x")?)).to_bits()))
    })
}

/// The value in another format, floored and clamped.
pub fn fixed_convert(format: &JsValue, to: &JsValue, x: &JsValue) -> Answer<JsValue> {
    let to = choice(to, "to", &FORMATS)?;
    with_format!(choice(format, "format", &FORMATS)?, T => {
        let x = T::from_bits(integer(x, "x")?);
        with_format!(to, U => Ok(ToJs::to_js(convert::<_, U>(x).to_bits())))
    })
}

/// The value as a whole number of 64 bits, floored and clamped.
pub fn fixed_to_u64(format: &JsValue, x: &JsValue) -> Answer<u64> {
    with_format!(choice(format, "format", &FORMATS)?, T => Ok(convert(T::from_bits(integer(x, "x")?))))
}

/// The value as a whole number of 16 bits, floored and clamped.
pub fn fixed_to_u16(format: &JsValue, x: &JsValue) -> Answer<u16> {
    with_format!(choice(format, "format", &FORMATS)?, T => Ok(convert(T::from_bits(integer(x, "x")?))))
}

macro_rules! signed_functions {
    ($($(#[$doc:meta])* $name:ident: $core:path;)*) => {$(
        $(#[$doc])*
                pub fn $name(format: &JsValue, x: &JsValue) -> Answer<JsValue> {
            match choice(format, "format", &SIGNED)? {
                Format::I64F64 => Ok(ToJs::to_js($core(I64F64::from_bits(integer(x, "x")?)).map(I64F64::to_bits))),
                Format::I96F32 => Ok(ToJs::to_js($core(I96F32::from_bits(integer(x, "x")?)).map(I96F32::to_bits))),
                _ => Ok(ToJs::to_js($core(I32F32::from_bits(integer(x, "x")?)).map(I32F32::to_bits))),
            }
        }
    )*};
}
signed_functions! {
    /// The binary logarithm, where the chain's does not fail.
    fixed_log2: fixed::log2;
    /// The natural logarithm, where the chain's does not fail.
    fixed_ln: fixed::ln;
    /// The exponential, where the chain's does not fail.
    fixed_exp: fixed::exp;
}

/// The exponential of an I32F32 clamped to −20 … 20.
pub fn fixed_exp_safe(x: &JsValue) -> Answer<i64> {
    Ok(fixed::exp_safe(I32F32::from_bits(integer(x, "x")?)).to_bits())
}

/// The root by bisection, on U64F64.
pub fn fixed_root(x: &JsValue, epsilon: &JsValue) -> Answer<u128> {
    let (x, epsilon) = (integer(x, "x")?, integer(epsilon, "epsilon")?);
    Ok(fixed::root(U64F64::from_bits(x), U64F64::from_bits(epsilon)).to_bits())
}

/// The power, on U64F64.
pub fn fixed_power(x: &JsValue, p: &JsValue) -> Answer<u128> {
    Ok(fixed::power(U64F64::from_bits(integer(x, "x")?), U64F64::from_bits(integer(p, "p")?)).to_bits())
}

/// The power normalisation, on U64F64.
pub fn fixed_pow_normalize(values: &JsValue, p: &JsValue) -> Answer<Vec<u128>> {
    let values = door::integers(values, "values")?;
    let p = U64F64::from_bits(integer(p, "p")?);
    let mut values: Vec<U64F64> = values.into_iter().map(U64F64::from_bits).collect();
    fixed::pow_normalize(&mut values, p);
    Ok(values.into_iter().map(U64F64::to_bits).collect())
}

/// The proportion x of 65535, as I32F32.
pub fn fixed_proportion(x: &JsValue) -> Answer<i64> {
    Ok(fixed::proportion(integer(x, "x")?).to_bits())
}

/// The proportion of 65535 that an I32F32 is.
pub fn fixed_proportion_to_u16(x: &JsValue) -> Answer<u16> {
    Ok(fixed::proportion_to_u16(I32F32::from_bits(integer(x, "x")?)))
}

/// The proportion x of 2^64 − 1, as U96F32.
pub fn fixed_proportion_of_u64(x: &JsValue) -> Answer<u128> {
    Ok(fixed::proportion_of_u64(integer(x, "x")?).to_bits())
}

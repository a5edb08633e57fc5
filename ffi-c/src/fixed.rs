//! The number formats of the specification, by raw bits (spec `numbers.md`).

use core::ffi::c_void;

use yuma_core::fixed::{self, I32F32, I64F64, I96F32, U64F64, U96F32, convert, round, safe_div};

use crate::border::{Border, Need};
use crate::numbers::{yuma_i128, yuma_u128};
use crate::status::{Refusal, yuma_error, yuma_status};

/// Signed, 32 bits of integer part and 32 of fraction.
pub const YUMA_FORMAT_I32F32: u32 = 0;
/// Signed, 64 bits of integer part and 64 of fraction.
pub const YUMA_FORMAT_I64F64: u32 = 1;
/// Signed, 96 bits of integer part and 32 of fraction.
pub const YUMA_FORMAT_I96F32: u32 = 2;
/// Unsigned, 64 bits of integer part and 64 of fraction.
pub const YUMA_FORMAT_U64F64: u32 = 3;
/// Unsigned, 96 bits of integer part and 32 of fraction.
pub const YUMA_FORMAT_U96F32: u32 = 4;

/// Every basic operation on two numbers, and every conversion of the first. Raw bits, of the operands' format unless the
/// name says another; a signed format's 128 bits are in two's complement.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_arithmetic {
    /// a + b, saturating.
    pub saturating_add: yuma_u128,
    /// a - b, saturating.
    pub saturating_sub: yuma_u128,
    /// a * b, floored, saturating.
    pub saturating_mul: yuma_u128,
    /// a / b, truncated, if `has_checked_div`.
    pub checked_div: yuma_u128,
    /// a / b, truncated; 0 for a zero divisor or a quotient that does not fit.
    pub safe_div: yuma_u128,
    /// a as raw U96F32: floored, clamped.
    pub to_u96f32: yuma_u128,
    /// a as raw U64F64: floored, clamped.
    pub to_u64f64: yuma_u128,
    /// a as raw I96F32: floored, clamped.
    pub to_i96f32: yuma_i128,
    /// a as raw I64F64: floored, clamped.
    pub to_i64f64: yuma_i128,
    /// a as raw I32F32: floored, clamped.
    pub to_i32f32: i64,
    /// a as a whole number: floored, clamped.
    pub to_u64: u64,
    /// a as a whole number: floored, clamped.
    pub to_u16: u16,
    /// The whole number nearest to a, ties away from zero, clamped.
    pub round_to_u16: u16,
    /// Flag: whether the quotient exists and fits.
    pub has_checked_div: u8,
}

macro_rules! operations {
    ($format:ty, $a:expr, $b:expr) => {{
        let (a, b) = (<$format>::from_bits($a), <$format>::from_bits($b));
        let raw = |value: $format| {
            let yuma_i128 { low, high } = wide(value.to_bits());
            yuma_u128 { low, high }
        };
        yuma_arithmetic {
            saturating_add: raw(a.saturating_add(b)),
            saturating_sub: raw(a.saturating_sub(b)),
            saturating_mul: raw(a.saturating_mul(b)),
            checked_div: a.checked_div(b).map(raw).unwrap_or_default(),
            safe_div: raw(safe_div(a, b)),
            to_u96f32: convert::<_, U96F32>(a).into(),
            to_u64f64: convert::<_, U64F64>(a).into(),
            to_i96f32: convert::<_, I96F32>(a).into(),
            to_i64f64: convert::<_, I64F64>(a).into(),
            to_i32f32: convert::<_, I32F32>(a).to_bits(),
            to_u64: convert(a),
            to_u16: convert(a),
            round_to_u16: convert(round(a)),
            has_checked_div: a.checked_div(b).is_some().into(),
        }
    }};
}

/// All basic operations on the raw bits `a` and `b` of one format, `YUMA_FORMAT_…`; signed ones in two's complement, an
/// I32F32 sign-extended to 128 bits.
///
/// Errors: `NULL`, `ALIGNMENT`; `RANGE` of `format`, or of `a` or `b` where it is no I32F32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_fixed_arithmetic(
    results: *mut yuma_arithmetic,
    format: u32,
    a: yuma_u128,
    b: yuma_u128,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let results = border.output("results", results)?;
        let (signed_a, signed_b) = (a.value().cast_signed(), b.value().cast_signed());
        *results = match format {
            YUMA_FORMAT_I32F32 => operations!(I32F32, narrow("a", signed_a)?, narrow("b", signed_b)?),
            YUMA_FORMAT_I64F64 => operations!(I64F64, signed_a, signed_b),
            YUMA_FORMAT_I96F32 => operations!(I96F32, signed_a, signed_b),
            YUMA_FORMAT_U64F64 => operations!(U64F64, a.value(), b.value()),
            YUMA_FORMAT_U96F32 => operations!(U96F32, a.value(), b.value()),
            _ => return Err(Refusal::range("format", 0, YUMA_FORMAT_U96F32.into())),
        };
        Ok(())
    })
}

/// The logarithm to base 2 of `x`, both raw I32F32 sign-extended to 128 bits or raw I96F32, by `format`.
///
/// Errors: `NULL`, `ALIGNMENT`; `RANGE` of `format` or `x`; `NO_VALUE` where the chain's logarithm fails: x <= 0, or a
/// reciprocal that does not fit.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_log2(
    result: *mut yuma_i128,
    format: u32,
    x: yuma_i128,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let result = border.output("result", result)?;
        let logarithm = match format {
            YUMA_FORMAT_I32F32 => {
                fixed::log2(I32F32::from_bits(narrow("x", x.value())?)).map(|value| wide(value.to_bits()))
            }
            YUMA_FORMAT_I96F32 => fixed::log2(I96F32::from(x)).map(yuma_i128::from),
            _ => return Err(Refusal::range("format", 0, YUMA_FORMAT_I96F32.into())),
        };
        *result = logarithm.ok_or(Refusal::no_value("x"))?;
        Ok(())
    })
}

/// The natural logarithm of `x`, both raw I32F32.
///
/// Errors: `NULL`, `ALIGNMENT`; `NO_VALUE` where `yuma_log2` has none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_ln(result: *mut i64, x: i64, error: *mut yuma_error) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let result = border.output("result", result)?;
        *result = fixed::ln(I32F32::from_bits(x)).ok_or(Refusal::no_value("x"))?.to_bits();
        Ok(())
    })
}

/// e to the power `x`, both raw I32F32.
///
/// Errors: `NULL`, `ALIGNMENT`; `NO_VALUE` where a step of the chain's series overflows, for negative `x` too.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_exp(result: *mut i64, x: i64, error: *mut yuma_error) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let result = border.output("result", result)?;
        *result = fixed::exp(I32F32::from_bits(x)).ok_or(Refusal::no_value("x"))?.to_bits();
        Ok(())
    })
}

/// e to the power `x` clamped to -20 to 20, where it cannot fail; both raw I32F32.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_exp_safe(x: i64) -> i64 {
    fixed::exp_safe(I32F32::from_bits(x)).to_bits()
}

/// The chain's approximation of the square root of `x` by bisection, ended once x / m and m differ by at most `epsilon`;
/// all raw U64F64. The stopping rule is part of the result: this is not the exact root.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_root(x: yuma_u128, epsilon: yuma_u128) -> yuma_u128 {
    fixed::root(x.into(), epsilon.into()).into()
}

/// `x` to the power `p`, all raw U64F64, with the chain's answers where its logarithm or exponential fails: 0 for an `x`
/// below 3 / 2^32, and 2^31 - 1 whenever the exponential fails.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_power(x: yuma_u128, p: yuma_u128) -> yuma_u128 {
    fixed::power(x.into(), p.into()).into()
}

/// The proportion `x` of 2^64 - 1 as raw U96F32: `UINT64_MAX` gives exactly 1. Floored to 32 bits, so everything below 2^32
/// gives 0. A TAO weight becomes a number this way.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_proportion_of_u64(x: u64) -> yuma_u128 {
    fixed::proportion_of_u64(x).into()
}

/// How much working memory `yuma_pow_normalize` needs for `count` values, in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_pow_normalize_workspace_size(count: usize) -> usize {
    Need::NOTHING.and::<U64F64>(count).bytes()
}

/// Raises `count` shares to the power `exponent` and divides them by their sum, in place; all raw U64F64.
///
/// Errors: `NULL`, `ALIGNMENT`; `TOO_SMALL` of `workspace`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_pow_normalize(
    values: *mut yuma_u128,
    count: usize,
    exponent: yuma_u128,
    workspace: *mut c_void,
    workspace_size: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let values = border.slice_mut("values", values, count)?;
        let need = Need::NOTHING.and::<U64F64>(count);
        let mut memory = border.workspace(workspace, workspace_size, need.0)?;
        let shares = memory.collect(values.iter().map(|&value| Ok(U64F64::from(value))))?;
        fixed::pow_normalize(shares, exponent.into());
        for (value, &mut share) in values.iter_mut().zip(shares) {
            *value = share.into();
        }
        Ok(())
    })
}

/// Raw bits of any format in 128 bits, signed ones sign-extended.
fn wide(bits: impl Bits) -> yuma_i128 {
    yuma_i128::new(bits.widened())
}

trait Bits {
    fn widened(self) -> i128;
}
impl Bits for i64 {
    fn widened(self) -> i128 {
        self.into()
    }
}
impl Bits for i128 {
    fn widened(self) -> i128 {
        self
    }
}
impl Bits for u128 {
    fn widened(self) -> i128 {
        self.cast_signed()
    }
}

fn narrow(field: &'static str, bits: i128) -> Result<i64, Refusal> {
    i64::try_from(bits).map_err(|_| Refusal::range(field, 0, i64::MAX.unsigned_abs()))
}

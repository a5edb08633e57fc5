//! The number formats: raw bits in, raw bits out, by the format's name.

use pyo3::prelude::*;
use yuma_core::fixed::{self, I32F32, I64F64, I96F32, U64F64, U96F32, convert, safe_div};

use crate::add_functions;
use crate::door::{self, choice, integer};

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

type Any<'py> = PyResult<Bound<'py, PyAny>>;

fn some<'py, T: IntoPyObject<'py>>(py: Python<'py>, value: T) -> Any<'py> {
    value.into_pyobject(py).map(|value| pyo3::BoundObject::into_bound(value).into_any()).map_err(Into::into)
}

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
        #[pyfunction]
        fn $name<'py>(format: &Bound<'py, PyAny>, a: &Bound<'py, PyAny>, b: &Bound<'py, PyAny>) -> Any<'py> {
            with_format!(choice(format, "format", &FORMATS)?, $type => {
                let ($a, $b) = ($type::from_bits(integer(a, "a")?), $type::from_bits(integer(b, "b")?));
                some(format.py(), $body)
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
#[pyfunction]
fn fixed_round<'py>(format: &Bound<'py, PyAny>, x: &Bound<'py, PyAny>) -> Any<'py> {
    with_format!(choice(format, "format", &FORMATS)?, T => {
        some(format.py(), fixed::round(T::from_bits(integer(x, "x")?)).to_bits())
    })
}

/// The value in another format, floored and clamped.
#[pyfunction]
fn fixed_convert<'py>(format: &Bound<'py, PyAny>, to: &Bound<'py, PyAny>, x: &Bound<'py, PyAny>) -> Any<'py> {
    let to = choice(to, "to", &FORMATS)?;
    with_format!(choice(format, "format", &FORMATS)?, T => {
        let x = T::from_bits(integer(x, "x")?);
        with_format!(to, U => some(format.py(), convert::<_, U>(x).to_bits()))
    })
}

/// The value as a whole number of 64 bits, floored and clamped.
#[pyfunction]
fn fixed_to_u64(format: &Bound<'_, PyAny>, x: &Bound<'_, PyAny>) -> PyResult<u64> {
    with_format!(choice(format, "format", &FORMATS)?, T => Ok(convert(T::from_bits(integer(x, "x")?))))
}

/// The value as a whole number of 16 bits, floored and clamped.
#[pyfunction]
fn fixed_to_u16(format: &Bound<'_, PyAny>, x: &Bound<'_, PyAny>) -> PyResult<u16> {
    with_format!(choice(format, "format", &FORMATS)?, T => Ok(convert(T::from_bits(integer(x, "x")?))))
}

macro_rules! signed_functions {
    ($($(#[$doc:meta])* $name:ident: $core:path;)*) => {$(
        $(#[$doc])*
        #[pyfunction]
        fn $name<'py>(format: &Bound<'py, PyAny>, x: &Bound<'py, PyAny>) -> Any<'py> {
            let py = format.py();
            match choice(format, "format", &SIGNED)? {
                Format::I64F64 => some(py, $core(I64F64::from_bits(integer(x, "x")?)).map(I64F64::to_bits)),
                Format::I96F32 => some(py, $core(I96F32::from_bits(integer(x, "x")?)).map(I96F32::to_bits)),
                _ => some(py, $core(I32F32::from_bits(integer(x, "x")?)).map(I32F32::to_bits)),
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
#[pyfunction]
fn fixed_exp_safe(x: &Bound<'_, PyAny>) -> PyResult<i64> {
    Ok(fixed::exp_safe(I32F32::from_bits(integer(x, "x")?)).to_bits())
}

/// The root by bisection, on U64F64.
#[pyfunction]
fn fixed_root(x: &Bound<'_, PyAny>, epsilon: &Bound<'_, PyAny>) -> PyResult<u128> {
    let (x, epsilon) = (integer(x, "x")?, integer(epsilon, "epsilon")?);
    Ok(fixed::root(U64F64::from_bits(x), U64F64::from_bits(epsilon)).to_bits())
}

/// The power, on U64F64.
#[pyfunction]
fn fixed_power(x: &Bound<'_, PyAny>, p: &Bound<'_, PyAny>) -> PyResult<u128> {
    Ok(fixed::power(U64F64::from_bits(integer(x, "x")?), U64F64::from_bits(integer(p, "p")?)).to_bits())
}

/// The power normalisation, on U64F64.
#[pyfunction]
fn fixed_pow_normalize(values: &Bound<'_, PyAny>, p: &Bound<'_, PyAny>) -> PyResult<Vec<u128>> {
    let values = door::wide_integers(values, "values")?;
    let p = U64F64::from_bits(integer(p, "p")?);
    let mut values: Vec<U64F64> = values.into_iter().map(U64F64::from_bits).collect();
    fixed::pow_normalize(&mut values, p);
    Ok(values.into_iter().map(U64F64::to_bits).collect())
}

/// The proportion x of 65535, as I32F32.
#[pyfunction]
fn fixed_proportion(x: &Bound<'_, PyAny>) -> PyResult<i64> {
    Ok(fixed::proportion(integer(x, "x")?).to_bits())
}

/// The proportion of 65535 that an I32F32 is.
#[pyfunction]
fn fixed_proportion_to_u16(x: &Bound<'_, PyAny>) -> PyResult<u16> {
    Ok(fixed::proportion_to_u16(I32F32::from_bits(integer(x, "x")?)))
}

/// The proportion x of 2^64 − 1, as U96F32.
#[pyfunction]
fn fixed_proportion_of_u64(x: &Bound<'_, PyAny>) -> PyResult<u128> {
    Ok(fixed::proportion_of_u64(integer(x, "x")?).to_bits())
}

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    add_functions!(
        module: fixed_saturating_add, fixed_saturating_sub, fixed_saturating_mul, fixed_checked_div, fixed_safe_div,
        fixed_round, fixed_convert, fixed_to_u64, fixed_to_u16, fixed_log2, fixed_ln, fixed_exp, fixed_exp_safe,
        fixed_root, fixed_power, fixed_pow_normalize, fixed_proportion, fixed_proportion_to_u16,
        fixed_proportion_of_u64,
    );
    module.add("TAO_WEIGHT", fixed::TAO_WEIGHT)
}

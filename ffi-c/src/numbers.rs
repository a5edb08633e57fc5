//! 128-bit values, and small numbers that may be absent.

use yuma_core::fixed::{I32F32, I64F64, I96F32, U64F64, U96F32};

use crate::status::{Refusal, yuma_status};

/// An unsigned number of 128 bits: `high` times 2^64, and `low`.
///
/// Mostly the raw bits of a fixed-point number, which stand for themselves divided by 2^64 (U64F64) or 2^32 (U96F32).
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct yuma_u128 {
    /// The lower 64 bits. Of a U64F64 it is the fraction.
    pub low: u64,
    /// The upper 64 bits. Of a U64F64 it is the integer part.
    pub high: u64,
}

/// A signed number of 128 bits in two's complement: `(int64_t)high` times 2^64, and `low`.
///
/// Mostly the raw bits of a fixed-point number, which stand for themselves divided by 2^64 (I64F64) or 2^32 (I96F32).
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct yuma_i128 {
    /// The lower 64 bits. Of an I64F64 it is the fraction.
    pub low: u64,
    /// The upper 64 bits. Of an I64F64 it is the integer part, in two's complement.
    pub high: u64,
}

impl yuma_u128 {
    #[expect(clippy::cast_possible_truncation, reason = "the two halves")]
    pub(crate) const fn new(value: u128) -> Self {
        Self { low: value as u64, high: (value >> 64) as u64 }
    }

    pub(crate) const fn value(self) -> u128 {
        ((self.high as u128) << 64) | self.low as u128
    }
}

impl yuma_i128 {
    pub(crate) const fn new(value: i128) -> Self {
        let yuma_u128 { low, high } = yuma_u128::new(value.cast_unsigned());
        Self { low, high }
    }

    pub(crate) const fn value(self) -> i128 {
        yuma_u128 { low: self.low, high: self.high }.value().cast_signed()
    }
}

macro_rules! raw_bits {
    ($($format:ty => $raw:ty),+) => {$(
        impl From<$format> for $raw {
            fn from(value: $format) -> Self {
                Self::new(value.to_bits())
            }
        }
        impl From<$raw> for $format {
            fn from(raw: $raw) -> Self {
                Self::from_bits(raw.value())
            }
        }
    )+};
}
raw_bits!(U64F64 => yuma_u128, U96F32 => yuma_u128, I64F64 => yuma_i128, I96F32 => yuma_i128);

impl From<I32F32> for yuma_i128 {
    fn from(value: I32F32) -> Self {
        Self::new(value.to_bits().into())
    }
}

/// A flag.
pub(crate) fn flag(field: &'static str, index: usize, byte: u8) -> Result<bool, Refusal> {
    match byte {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(Refusal::new(yuma_status::Flag, field, index, 1)),
    }
}

/// A number that is absent if it is -1. Everything else outside its type is refused.
pub(crate) fn maybe<T: TryFrom<i64>>(
    field: &'static str,
    index: usize,
    number: impl Into<i64>,
    limit: u64,
) -> Result<Option<T>, Refusal> {
    match number.into() {
        -1 => Ok(None),
        number => T::try_from(number).map(Some).map_err(|_| Refusal::range(field, index, limit)),
    }
}

/// A uid, hotkey or proportion that is absent if it is -1.
pub(crate) fn maybe_u16(field: &'static str, index: usize, number: i32) -> Result<Option<u16>, Refusal> {
    maybe(field, index, number, u16::MAX.into())
}

/// Two members as one: whether there is a value, and the value.
pub(crate) fn present<T>(field: &'static str, index: usize, present: u8, value: T) -> Result<Option<T>, Refusal> {
    Ok(flag(field, index, present)?.then_some(value))
}

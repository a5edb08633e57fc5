//! Kinds of `numbers.md`: `fixed-arith`, `transcendental`, `pow-normalize`.

use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Decimal, RawSigned, RawUnsigned, U64};

/// The raw bits of a value whose format, and with it whether it is signed, another field names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bits {
    /// Below zero.
    Negative(i128),
    /// Zero and above.
    NonNegative(u128),
}

/// The raw bits of a fixed-point value of a format named elsewhere.
pub type Raw = Decimal<Bits>;

impl From<u128> for Bits {
    fn from(bits: u128) -> Self {
        Self::NonNegative(bits)
    }
}

impl From<i128> for Bits {
    fn from(bits: i128) -> Self {
        u128::try_from(bits).map_or(Self::Negative(bits), Self::NonNegative)
    }
}

impl From<i64> for Bits {
    fn from(bits: i64) -> Self {
        i128::from(bits).into()
    }
}

impl FromStr for Bits {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse::<u128>().map(Self::from).or_else(|_| text.parse::<i128>().map(Self::from))
    }
}

impl fmt::Display for Bits {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Negative(bits) => bits.fmt(out),
            Self::NonNegative(bits) => bits.fmt(out),
        }
    }
}

/// Input of kind `fixed-arith`: two operands of one format.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum FixedArithInput {
    /// Format `U96`.
    U96F32 {
        /// The first operand.
        a: RawUnsigned,
        /// The second operand.
        b: RawUnsigned,
    },
    /// Format `U64`.
    U64F64 {
        /// The first operand.
        a: RawUnsigned,
        /// The second operand.
        b: RawUnsigned,
    },
    /// Format `F96`.
    I96F32 {
        /// The first operand.
        a: RawSigned,
        /// The second operand.
        b: RawSigned,
    },
    /// Format `F64`.
    I64F64 {
        /// The first operand.
        a: RawSigned,
        /// The second operand.
        b: RawSigned,
    },
    /// Format `F32`.
    I32F32 {
        /// The first operand.
        a: Decimal<i64>,
        /// The second operand.
        b: Decimal<i64>,
    },
}

/// Result of kind `fixed-arith`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FixedArithExpect {
    /// §2.1, raw of the operands' format.
    pub saturating_add: Raw,
    /// §2.1, raw of the operands' format.
    pub saturating_sub: Raw,
    /// §2.1, raw of the operands' format.
    pub saturating_mul: Raw,
    /// §2.3; null for a zero divisor and for a quotient out of range.
    #[serde(deserialize_with = "Option::deserialize")]
    pub checked_div: Option<Raw>,
    /// §2.4.
    pub safe_div: Raw,
    /// §3.2.
    pub a_to_u64: U64,
    /// §3.2.
    pub a_to_u16: Decimal<u16>,
    /// §3.3, then §3.2.
    pub a_round_to_u16: Decimal<u16>,
    /// §3.1.
    pub a_to_u96f32: RawUnsigned,
    /// §3.1.
    pub a_to_u64f64: RawUnsigned,
    /// §3.1.
    pub a_to_i96f32: RawSigned,
    /// §3.1.
    pub a_to_i64f64: RawSigned,
    /// §3.1.
    pub a_to_i32f32: Decimal<i64>,
}

/// Input of kind `transcendental`: a function and its arguments.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "op")]
pub enum TranscendentalInput {
    /// §4 on `F96`.
    #[serde(rename = "log2_i96f32")]
    Log2I96F32 {
        /// The argument, raw `F96`.
        x: RawSigned,
    },
    /// §4 and §5 on `F32`.
    #[serde(rename = "log2_ln_i32f32")]
    Log2LnI32F32 {
        /// The argument, raw `F32`.
        x: Decimal<i64>,
    },
    /// §6 on `F32`.
    #[serde(rename = "exp_i32f32")]
    ExpI32F32 {
        /// The argument, raw `F32`.
        x: Decimal<i64>,
    },
    /// §7.
    #[serde(rename = "bisect_sqrt_u64f64")]
    BisectSqrtU64F64 {
        /// The argument, raw `U64`.
        x: RawUnsigned,
        /// The tolerance, raw `U64`.
        epsilon: RawUnsigned,
    },
    /// §8.
    #[serde(rename = "safe_pow_u64f64")]
    SafePowU64F64 {
        /// The base, raw `U64`.
        x: RawUnsigned,
        /// The exponent, raw `U64`.
        p: RawUnsigned,
    },
}

/// Result of kind `transcendental`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum TranscendentalExpect {
    /// Of `log2_ln_i32f32`.
    Logarithms {
        /// §4, raw `F32`; null where it fails.
        #[serde(deserialize_with = "Option::deserialize")]
        log2: Option<Decimal<i64>>,
        /// §5, raw `F32`; null where it fails.
        #[serde(deserialize_with = "Option::deserialize")]
        ln: Option<Decimal<i64>>,
    },
    /// Of every other function.
    Single {
        /// Raw of the function's format; null where it fails.
        #[serde(deserialize_with = "Option::deserialize")]
        result: Option<Raw>,
    },
}

/// Input of kind `pow-normalize` (§9).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PowNormalizeInput {
    /// Raw `U64`.
    pub values: Vec<RawUnsigned>,
    /// p, raw `U64`.
    pub exponent: RawUnsigned,
}

/// Result of kind `pow-normalize` (§9).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PowNormalizeExpect {
    /// Raw `U64`, in the order of the input.
    pub values: Vec<RawUnsigned>,
}

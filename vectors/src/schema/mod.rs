//! The vectors' format (`vectors/README.md`) as types: a file, its cases, and one input and one result type per kind.
//!
//! Fields of a result type stand in the order in which a fault is best looked for; the runner compares in that order.

pub mod digest;
pub mod distribution;
pub mod emission;
pub mod epoch;
pub mod mechanisms;
pub mod numbers;
pub mod schedule;
pub mod submission;
pub mod subtensor_475;

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{DeserializeOwned, DeserializeSeed, Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// The format every file names in its field `schema`.
pub const SCHEMA: &str = "yuma-vectors/1";

/// One file of vectors.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct File {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// What the cases are about, for example `epoch`.
    pub kind: String,
    /// The rule set the expectations follow, for example `subtensor-425`.
    pub rules: String,
    /// A line for people.
    #[serde(default)]
    pub note: String,
    /// The cases, independent of each other.
    pub cases: Vec<Case>,
}

/// One input and the result it must give.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Case {
    /// Unique within a file.
    pub name: String,
    /// What the case pins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// The kind's input, as JSON.
    pub input: Value,
    /// The kind's result, as JSON.
    pub expect: Value,
}

/// Why a case could not be computed at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// No function computes this kind.
    UnknownKind(String),
    /// No rule set has this id.
    UnknownRules(String),
    /// The input is not what the kind asks for.
    Malformed(Malformed),
}

/// What is wrong with an input, and where.
///
/// Core's door has its own codes ([`yuma_core::ErrorCode::name`]), which say what its index is. Before it, reading gives
/// `missing`; `type` for what has not the form asked for; `range` and `negative` for an integer that does not fit;
/// `repeated` and `order` for the rows of a matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// The error's code, for example `length` or `range`.
    pub code: String,
    /// The field, for example `stake` or `weights.columns`.
    pub field: String,
    /// The position within the field, where it has positions. Of a matrix written as rows it is the position of the row
    /// in the list, not its uid.
    pub index: Option<u64>,
    /// The sentence for people.
    pub message: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownKind(kind) => write!(out, "unknown kind `{kind}`"),
            Self::UnknownRules(rules) => write!(out, "unknown rules `{rules}`"),
            Self::Malformed(what) => out.write_str(&what.message),
        }
    }
}

impl std::error::Error for Failure {}

/// Reads `input` as an `I`, computes, and gives the result as JSON.
///
/// # Errors
/// [`Failure::Malformed`] names the field and the index of what does not fit, or is what `compute` answers.
pub fn evaluate<I: DeserializeOwned, O: Serialize>(
    input: &Value,
    compute: impl FnOnce(I) -> Result<O, Failure>,
) -> Result<Value, Failure> {
    compute(parse(input)?).map(to_json)
}

/// An input or a result as JSON.
pub fn to_json(data: impl Serialize) -> Value {
    serde_json::to_value(data).unwrap_or_else(|error| unreachable!("inputs and results are plain data: {error}"))
}

/// Reads `input` as an `I`.
///
/// # Errors
/// [`Failure::Malformed`] names the field and the index of what does not fit.
pub fn parse<I: DeserializeOwned>(input: &Value) -> Result<I, Failure> {
    serde_path_to_error::deserialize(input).map_err(|error| {
        let path = error.path().to_string();
        Failure::Malformed(malformed(&path, &error.into_inner().to_string()))
    })
}

fn malformed(path: &str, message: &str) -> Malformed {
    // `stake[3]` → field `stake`, index 3. The whole input is `.`; of a missing field the path is that of what lacks it,
    // and serde names it between backquotes.
    let mut field = path.split('[').next().unwrap_or_default().trim_matches('.').to_owned();
    let index = path.split(['[', ']']).nth(1).and_then(|digits| digits.parse().ok());
    let code = match message {
        text if text.starts_with("missing field") => {
            let name = text.split('`').nth(1).unwrap_or_default();
            if !field.is_empty() {
                field.push('.');
            }
            field.push_str(name);
            "missing"
        }
        text if text.starts_with("negative") => "negative",
        text if text.starts_with("invalid value: integer `-") && text.contains("expected u") => "negative",
        text if text.starts_with("range") || text.starts_with("invalid value") => "range",
        text if text.starts_with("repeated") => "repeated",
        text if text.starts_with("order") => "order",
        _ => "type",
    };
    Malformed { code: code.into(), message: format!("{path}: {message}"), field, index }
}

/// An integer written as a decimal string: no leading zeros, no `+`, a `-` only before a negative number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Decimal<T>(pub T);

/// The raw bits of a signed fixed-point value (`F32`, `F64` or `F96`, as the field says).
pub type RawSigned = Decimal<i128>;
/// The raw bits of an unsigned fixed-point value (`U64` or `U96`, as the field says).
pub type RawUnsigned = Decimal<u128>;
/// An amount, a block, or a proportion of 2^64 − 1.
pub type U64 = Decimal<u64>;

impl<T: fmt::Display> Serialize for Decimal<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de, T: FromStr> Deserialize<'de> for Decimal<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let digits = text.strip_prefix('-').unwrap_or(&text);
        let plain = !digits.is_empty()
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && (digits == "0" || !digits.starts_with('0'))
            && text != "-0";
        if !plain {
            return Err(D::Error::custom(format!("`{text}` is not a decimal integer")));
        }
        let unsigned = || "-1".parse::<T>().is_err();
        let what = if text.starts_with('-') && unsigned() { "negative" } else { "range" };
        text.parse()
            .map(Self)
            .map_err(|_| D::Error::custom(format!("{what}: {text} does not fit {}", std::any::type_name::<T>())))
    }
}

/// A sparse matrix as the files write it: `[[row_uid, [[column_uid, value], …]], …]`, rows ascending, entries in stored order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Matrix<V>(pub Vec<(u16, Vec<(u16, V)>)>);

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Matrix<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(RowsVisitor(PhantomData)).map(Self)
    }
}

struct RowsVisitor<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de>> Visitor<'de> for RowsVisitor<V> {
    type Value = Vec<(u16, Vec<(u16, V)>)>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a list of rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut rows = Self::Value::new();
        while let Some(row) = list.next_element_seed(RowAfter(rows.last().map(|row| row.0), PhantomData))? {
            rows.push(row);
        }
        Ok(rows)
    }
}

/// A row with a uid above that of the row before. Refused while it is read, so that the error is at its position.
struct RowAfter<V>(Option<u16>, PhantomData<V>);

impl<'de, V: Deserialize<'de>> DeserializeSeed<'de> for RowAfter<V> {
    type Value = (u16, Vec<(u16, V)>);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        let row = Self::Value::deserialize(deserializer)?;
        match self.0 {
            Some(before) if before == row.0 => Err(D::Error::custom(format!("repeated row {before}"))),
            Some(before) if before > row.0 => Err(D::Error::custom(format!("order: row {} after row {before}", row.0))),
            _ => Ok(row),
        }
    }
}

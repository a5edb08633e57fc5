//! The one error of the door: what is wrong, in which field, at which index, and the limit it broke.

use core::fmt;

/// Why an input is refused. After the door nothing fails any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Error {
    /// What is wrong.
    pub code: ErrorCode,
    /// The field, for example `stake` or `weights`.
    pub field: &'static str,
    /// Where: the position within the field, or what [`ErrorCode`] says.
    pub index: u64,
    /// The bound that was broken, as [`ErrorCode`] says.
    pub limit: u64,
}

/// What can be wrong with an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorCode {
    /// The field has `index` elements, `limit` are needed.
    Length,
    /// Offset number `index` of a sparse matrix is out of order or beyond what there is; it must be within `limit`.
    Offsets,
    /// A sparse matrix has `index` columns but `limit` values.
    Entries,
    /// Element `index` is above `limit`.
    Range,
    /// Element `index` is below 0, the `limit`.
    Negative,
    /// The buffer has room for `index` elements, `limit` are needed.
    TooSmall,
    /// The value that begins at byte `index` of an encoding is none that is written there; at most `limit` can be.
    NotCanonical,
    /// The rules of spec version `index` have no such thing; those of `limit` have.
    NotInRules,
    /// No rule set has the spec version `index`; the newest known is `limit`.
    UnknownRules,
}

impl ErrorCode {
    /// The code's name, the same in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::Offsets => "offsets",
            Self::Entries => "entries",
            Self::Range => "range",
            Self::Negative => "negative",
            Self::TooSmall => "too_small",
            Self::NotCanonical => "not_canonical",
            Self::NotInRules => "not_in_rules",
            Self::UnknownRules => "unknown_rules",
        }
    }
}

impl Error {
    pub(crate) fn new(code: ErrorCode, field: &'static str, index: usize, limit: usize) -> Self {
        let count = |number| u64::try_from(number).unwrap_or(u64::MAX);
        Self { code, field, index: count(index), limit: count(limit) }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, field, index, limit } = self;
        match code {
            ErrorCode::Length => write!(out, "{field} has {index} elements, {limit} are needed"),
            ErrorCode::Offsets => write!(out, "offset {index} of {field} is out of order or beyond its limit {limit}"),
            ErrorCode::Entries => write!(out, "{field} has {index} columns but {limit} values"),
            ErrorCode::Range => write!(out, "{field}[{index}] is above the limit {limit}"),
            ErrorCode::Negative => write!(out, "{field}[{index}] is negative"),
            ErrorCode::TooSmall => write!(out, "{field} has room for {index} elements, {limit} are needed"),
            ErrorCode::NotCanonical => {
                write!(out, "at byte {index}, {field} is not in canonical form: at most {limit} can stand there")
            }
            ErrorCode::NotInRules => {
                write!(out, "there is no {field} under the rules of spec version {index}, but from {limit} on")
            }
            ErrorCode::UnknownRules => {
                write!(out, "no rules for spec version {index} are known, the newest known is {limit}")
            }
        }
    }
}

impl core::error::Error for Error {}

/// Refuses a slice that does not have exactly `needed` elements.
pub(crate) fn check_length<T>(field: &'static str, slice: &[T], needed: usize) -> Result<(), Error> {
    if slice.len() == needed { Ok(()) } else { Err(Error::new(ErrorCode::Length, field, slice.len(), needed)) }
}

/// Refuses an output buffer with less room than `needed` elements.
pub(crate) fn check_room<T>(field: &'static str, buffer: &[T], needed: usize) -> Result<(), Error> {
    if buffer.len() >= needed { Ok(()) } else { Err(Error::new(ErrorCode::TooSmall, field, buffer.len(), needed)) }
}

/// The first `count` elements of a buffer; one with less room is refused.
pub(crate) fn take_room<'b, T>(field: &'static str, buffer: &'b mut [T], count: usize) -> Result<&'b mut [T], Error> {
    let room = buffer.len();
    buffer.get_mut(..count).ok_or_else(|| Error::new(ErrorCode::TooSmall, field, room, count))
}

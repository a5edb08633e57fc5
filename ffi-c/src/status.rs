//! How a call ends, and why an input is refused.

use core::ffi::{CStr, c_char};

use yuma_core::{Error, ErrorCode};

/// How a call ended. Every function that can fail returns one; outputs are meaningful only after `YUMA_STATUS_OK`, unless
/// a function says otherwise.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum yuma_status {
    /// Everything was computed.
    #[default]
    Ok = 0,
    /// The pointer `field` is NULL though something is to be read from or written to it.
    Null = 1,
    /// The pointer `field` is not aligned for its type. A workspace may have any alignment.
    Alignment = 2,
    /// The structure `field` says in its first member that it has `index` bytes; this library's has `limit`.
    Size = 3,
    /// Element `index` of `field` is a flag and neither 0 nor 1.
    Flag = 4,
    /// The field has `index` elements, `limit` are needed.
    Length = 5,
    /// Offset number `index` of a sparse matrix is out of order or beyond what there is; it must be within `limit`.
    Offsets = 6,
    /// A sparse matrix has `index` columns but `limit` values: only from languages in which the two have counts of their own.
    Entries = 7,
    /// Element `index` is above `limit`, or is none of the values that exist.
    Range = 8,
    /// Element `index` is below 0, the `limit`.
    Negative = 9,
    /// The buffer has room for `index` elements, or a workspace for `index` bytes; `limit` are needed.
    TooSmall = 10,
    /// The rules of spec version `index` have no such thing; those of `limit` have.
    NotInRules = 11,
    /// No rule set has the spec version `index`; the newest known is `limit`.
    UnknownRules = 12,
    /// The function has no value for this input: the logarithm of 0, the halving after the last one.
    NoValue = 13,
    /// The value that begins at byte `index` of an encoding, `field` of the format, is none that is written there; at most
    /// `limit` can be.
    NotCanonical = 14,
}

/// Why a call did not end with `YUMA_STATUS_OK`. Every function that can fail takes a pointer to one as its last argument
/// and writes it in any case; NULL: not wanted.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct yuma_error {
    /// The status that was returned.
    pub status: yuma_status,
    /// The name of the member or argument that is wrong, as in this header, ended by a 0; empty if there is none.
    pub field: [c_char; 32],
    /// Where in the field, or what the status says.
    pub index: u64,
    /// The bound that was broken, as the status says.
    pub limit: u64,
}

/// Why an input is refused, before it is written for the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Refusal {
    pub status: yuma_status,
    pub field: &'static str,
    pub index: u64,
    pub limit: u64,
}

impl Refusal {
    pub fn new(status: yuma_status, field: &'static str, index: usize, limit: usize) -> Self {
        let count = |number| u64::try_from(number).unwrap_or(u64::MAX);
        Self { status, field, index: count(index), limit: count(limit) }
    }

    pub fn range(field: &'static str, index: usize, limit: u64) -> Self {
        Self { limit, ..Self::new(yuma_status::Range, field, index, 0) }
    }

    pub fn no_value(field: &'static str) -> Self {
        Self::new(yuma_status::NoValue, field, 0, 0)
    }

    pub fn to_error(self) -> yuma_error {
        let mut field = [0; 32];
        // The last element stays 0.
        for (to, &byte) in field.iter_mut().take(31).zip(self.field.as_bytes()) {
            *to = c_char::from_ne_bytes([byte]);
        }
        yuma_error { status: self.status, field, index: self.index, limit: self.limit }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let status = match error.code {
            ErrorCode::Length => yuma_status::Length,
            ErrorCode::Offsets => yuma_status::Offsets,
            ErrorCode::Entries => yuma_status::Entries,
            ErrorCode::Negative => yuma_status::Negative,
            ErrorCode::TooSmall => yuma_status::TooSmall,
            ErrorCode::NotCanonical => yuma_status::NotCanonical,
            ErrorCode::NotInRules => yuma_status::NotInRules,
            ErrorCode::UnknownRules => yuma_status::UnknownRules,
            _ => yuma_status::Range,
        };
        Self { status, field: error.field, index: error.index, limit: error.limit }
    }
}

/// The name of a status, the same in every language: that of the constant in lower case, without its prefix, for example
/// `too_small`; `unknown` for any other number. The text is static.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_status_string(status: u32) -> *const c_char {
    let names: [&CStr; 15] = [
        c"ok",
        c"null",
        c"alignment",
        c"size",
        c"flag",
        c"length",
        c"offsets",
        c"entries",
        c"range",
        c"negative",
        c"too_small",
        c"not_in_rules",
        c"unknown_rules",
        c"no_value",
        c"not_canonical",
    ];
    let name = usize::try_from(status).ok().and_then(|status| names.get(status).copied());
    name.unwrap_or(c"unknown").as_ptr()
}

/// The version of the library, for example "0.1.0". The text is static.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_version() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}

//! Why a frame got an error for an answer.

use yuma_core::Error;

/// Why a frame got an error for an answer: a fault of the frame, or an [`Error`] of the library in the same form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub code: FaultCode,
    /// The code's name; of [`FaultCode::Refused`] the name of the library's code.
    pub name: &'static str,
    /// Where: a field of the input, or a part of the frame.
    pub field: &'static str,
    /// What [`FaultCode`] says, or [`yuma_core::ErrorCode`].
    pub index: u64,
    /// The bound that was broken.
    pub limit: u64,
}

/// What can be wrong with a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum FaultCode {
    /// The frame is whole, its input is refused by the library.
    Refused = 0,
    /// The frame ended after `index` bytes, it has `limit`.
    Truncated = 1,
    /// `index` bytes came, the frame has `limit`.
    Overlong = 2,
    /// The checksum of what came is `index`, the frame's says `limit`.
    Checksum = 3,
    /// Nothing has the command number `index`.
    UnknownCommand = 4,
    /// The payload has `index` bytes, at least `limit` are needed.
    PayloadShort = 5,
    /// The payload has `index` bytes, the command takes `limit`.
    PayloadLong = 6,
}

impl FaultCode {
    const fn name(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Truncated => "truncated",
            Self::Overlong => "overlong",
            Self::Checksum => "checksum",
            Self::UnknownCommand => "unknown_command",
            Self::PayloadShort => "payload_short",
            Self::PayloadLong => "payload_long",
        }
    }

    const fn field(self) -> &'static str {
        match self {
            Self::Refused => "",
            Self::Truncated | Self::Overlong | Self::Checksum => "frame",
            Self::UnknownCommand => "command",
            Self::PayloadShort | Self::PayloadLong => "payload",
        }
    }
}

impl Fault {
    pub(crate) fn new(code: FaultCode, index: impl Into<u64>, limit: impl Into<u64>) -> Self {
        Self { code, name: code.name(), field: code.field(), index: index.into(), limit: limit.into() }
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        let Error { code, field, index, limit } = error;
        Self { code: FaultCode::Refused, name: code.name(), field, index, limit }
    }
}

//! What can go wrong between here and a device.

use std::fmt;
use std::io;

use yuma_firmware::fault::FaultCode;

/// What can go wrong between here and a device.
#[derive(Debug)]
pub enum Trouble {
    /// The line: not there, closed, or silent for too long.
    Line(io::Error),
    /// The device answered something that is no answer to what it was asked.
    Answer(String),
    /// The device answered with an error.
    Refused(Refusal),
    /// The input is refused here, before anything is sent.
    Input(yuma_core::Error),
}

/// An error from the device: a [`Fault`](yuma_firmware::fault::Fault) as it was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The number of a [`FaultCode`].
    pub code: u8,
    /// The code's name, for example `checksum`, or `too_small` from the library.
    pub name: String,
    /// Where.
    pub field: String,
    /// Which element, or what was found.
    pub index: u64,
    /// The bound that was broken, or what was expected.
    pub limit: u64,
}

impl Refusal {
    /// Whether it says that the frame was damaged on its way.
    pub fn is_damage(&self) -> bool {
        [FaultCode::Truncated, FaultCode::Overlong, FaultCode::Checksum].iter().any(|code| self.code == *code as u8)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, field, index, limit, .. } = self;
        write!(out, "{name} ({field}: {index}, limit {limit})")
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(error) => write!(out, "the line to the device: {error}"),
            Self::Answer(what) => write!(out, "the device's answer: {what}"),
            Self::Refused(refusal) => write!(out, "the device refuses: {refusal}"),
            Self::Input(error) => write!(out, "the input: {error}"),
        }
    }
}

impl std::error::Error for Trouble {}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Line(error)
    }
}

impl From<yuma_core::Error> for Trouble {
    fn from(error: yuma_core::Error) -> Self {
        Self::Input(error)
    }
}

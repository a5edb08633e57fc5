//! A device at the other end of a line: a method for each of its commands.

use std::io;
use std::time::Duration;

use yuma_core::digest::{EpochInput, input_digest, write_input};
use yuma_core::submission::WeightsCommit;
use yuma_firmware::device::{ANSWER, BLOCK_EMISSION, COMMIT_HASH, ERROR, RUN_EPOCH, VERSION};
use yuma_firmware::frame::{receive, send};

use crate::answer::{EpochAnswer, Version};
use crate::line::Line;
use crate::trouble::{Refusal, Trouble};

/// A device at the other end of a line.
pub struct Device {
    line: Line,
}

impl Device {
    /// A device at an address, see [`Line::open`].
    ///
    /// # Errors
    /// What opening the line says.
    pub fn open(address: &str, baud: u32, limit: Duration) -> io::Result<Self> {
        Line::open(address, baud, limit).map(|line| Self { line })
    }

    /// What the device says about itself.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn version(&mut self) -> Result<Version, Trouble> {
        Version::read(&self.ask(VERSION, &[])?)
    }

    /// An epoch.
    ///
    /// # Errors
    /// [`Trouble`]; [`Trouble::Refused`] where the device has not enough room.
    pub fn epoch(&mut self, input: &EpochInput<'_>) -> Result<EpochAnswer, Trouble> {
        let mut bytes = vec![];
        write_input(input, |piece| bytes.extend_from_slice(piece))?;
        let digest = input_digest(input)?;
        EpochAnswer::read(self.ask(RUN_EPOCH, &bytes)?, &digest)
    }

    /// How the device refuses bytes that are no epoch's input.
    ///
    /// # Errors
    /// [`Trouble`]; [`Trouble::Answer`] when it does not.
    pub fn refusal_of(&mut self, bytes: &[u8]) -> Result<Refusal, Trouble> {
        match self.ask(RUN_EPOCH, bytes) {
            Err(Trouble::Refused(refusal)) => Ok(refusal),
            Err(trouble) => Err(trouble),
            Ok(_) => Err(Trouble::Answer("the bytes were accepted".into())),
        }
    }

    /// The reward of a block at an issuance, both in rao.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn block_emission(&mut self, issuance: u64) -> Result<u64, Trouble> {
        self.ask_array(BLOCK_EMISSION, &issuance.to_le_bytes()).map(u64::from_le_bytes)
    }

    /// The hash by which a validator commits to weights.
    ///
    /// # Errors
    /// [`Trouble`]; [`Trouble::Input`] for a list of more than 65535 elements.
    pub fn commit_hash(&mut self, commit: &WeightsCommit<'_>) -> Result<[u8; 32], Trouble> {
        let mut bytes = commit.account.to_vec();
        bytes.extend_from_slice(&commit.netuid.to_le_bytes());
        bytes.push(commit.mecid);
        bytes.extend_from_slice(&commit.version_key.to_le_bytes());
        for (field, list) in [("uids", commit.uids), ("values", commit.values), ("salt", commit.salt)] {
            let length = u16::try_from(list.len()).map_err(|_| yuma_core::Error {
                code: yuma_core::ErrorCode::Range,
                field,
                index: u64::try_from(list.len()).unwrap_or(u64::MAX),
                limit: u16::MAX.into(),
            })?;
            bytes.extend_from_slice(&length.to_le_bytes());
            bytes.extend(list.iter().flat_map(|entry| entry.to_le_bytes()));
        }
        self.ask_array(COMMIT_HASH, &bytes)
    }

    /// Sends bytes as they are.
    pub(crate) fn send(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        Ok(self.line.send(bytes)?)
    }

    /// Receives a frame: its command and its payload.
    pub(crate) fn receive(&mut self) -> Result<(u8, Vec<u8>), Trouble> {
        let Some(mut frame) = receive(&mut self.line) else { return Err(self.line.failure().into()) };
        let command = frame.command();
        let mut payload = vec![];
        let mut byte = [0];
        while frame.fill(&mut byte) {
            payload.push(byte[0]);
        }
        match frame.finish().map(|_| ()) {
            Ok(()) => Ok((command, payload)),
            Err(fault) => Err(Trouble::Answer(format!("damaged: {}", fault.name))),
        }
    }

    fn ask(&mut self, command: u8, payload: &[u8]) -> Result<Vec<u8>, Trouble> {
        send(&mut self.line, command, |write| write(payload));
        self.send(&[])?;
        match self.receive()? {
            (ERROR, payload) => Err(Trouble::Refused(Refusal::read(&payload)?)),
            (answered, payload) if answered == command | ANSWER => Ok(payload),
            (answered, _) => Err(Trouble::Answer(format!("it is one to {:#04x}", answered & !ANSWER))),
        }
    }

    fn ask_array<const SIZE: usize>(&mut self, command: u8, payload: &[u8]) -> Result<[u8; SIZE], Trouble> {
        let answer = self.ask(command, payload)?;
        answer.try_into().map_err(|_| Trouble::Answer("a payload of another length".into()))
    }
}

//! The device: its memory, its commands, and the loop that answers them.
//!
//! It speaks only when it is spoken to: whatever came between two flags gets exactly one frame for an answer. That is
//! either the command with [`ANSWER`] added to it, or [`ERROR`] with a [`Fault`]. The README has the payloads.

use sha2::{Digest as _, Sha256};
use yuma_core::digest::{outcome_length, write_outcome};
#[cfg(feature = "block-emission")]
use yuma_core::emission::block_emission;
use yuma_core::epoch::{Outcome, StaticSubnet, StaticWorkspace};
use yuma_core::{Error, ErrorCode, Rules};

use crate::board::{Board, Port};
#[cfg(feature = "commit-hash")]
use crate::commit::Commit;
use crate::fault::{Fault, FaultCode};
use crate::frame::{Incoming, Outgoing, receive, send};

/// The version of frames and commands.
pub const PROTOCOL: u16 = 1;

/// Command: what the device is and how it is doing.
pub const VERSION: u8 = 1;
/// Command: an epoch.
pub const RUN_EPOCH: u8 = 2;
/// Command: the reward of a block.
pub const BLOCK_EMISSION: u8 = 3;
/// Command: the hash that commits to weights.
pub const COMMIT_HASH: u8 = 4;
/// What an answer adds to the command.
pub const ANSWER: u8 = 0x80;
/// The command of an answer that is an error.
pub const ERROR: u8 = 0xFF;

/// The commands this device knows.
const COMMANDS: &[u8] = &[
    VERSION,
    RUN_EPOCH,
    #[cfg(feature = "block-emission")]
    BLOCK_EMISSION,
    #[cfg(feature = "commit-hash")]
    COMMIT_HASH,
];

/// The device and all its memory: room for a subnet of `N` neurons, `W` weights and `B` bonds, and an epoch's workspace of
/// `WORDS`, which is [`Workspace::words`](yuma_core::epoch::Workspace::words)`(N, W, B)`.
#[derive(Debug)]
pub struct Device<const N: usize, const W: usize, const B: usize, const WORDS: usize> {
    subnet: StaticSubnet<N, W, B>,
    words: StaticWorkspace<WORDS>,
    /// How long the last epoch took, in the board's ticks.
    epoch_ticks: u32,
}

impl<const N: usize, const W: usize, const B: usize, const WORDS: usize> Default for Device<N, W, B, WORDS> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize, const W: usize, const B: usize, const WORDS: usize> Device<N, W, B, WORDS> {
    /// A device that has received nothing yet. As a static it needs no initial values in the image.
    pub const fn new() -> Self {
        Self { subnet: StaticSubnet::new(), words: [0; WORDS], epoch_ticks: 0 }
    }

    /// Answers what comes over the board's line, for as long as there is a line.
    pub fn serve<P: Board>(&mut self, board: &mut P) {
        while let Some(frame) = receive(board) {
            if let Err(fault) = self.answer(frame) {
                send_fault(board, &fault);
            }
        }
    }

    /// Answers a frame, unless an error is the answer: first that of a damaged frame, then what its payload is refused for.
    fn answer<P: Board>(&mut self, mut frame: Incoming<'_, P>) -> Result<(), Fault> {
        match frame.command() {
            VERSION => {
                let (board, rest) = frame.finish()?;
                rest.check()?;
                self.send_version(board);
            }
            RUN_EPOCH => {
                let read = self.subnet.read(|piece| frame.fill(piece));
                let length = frame.length();
                let (board, rest) = frame.finish()?;
                let (input, digest) = read.map_err(|error| refusal(error, length))?;
                rest.check()?;
                let begin = board.ticks();
                let outcome = input.run(&mut self.words)?;
                self.epoch_ticks = board.ticks().wrapping_sub(begin);
                send_outcome(board, &digest, &outcome);
            }
            #[cfg(feature = "block-emission")]
            BLOCK_EMISSION => {
                let issuance = frame.take();
                let (board, rest) = frame.finish()?;
                let reward = block_emission(u64::from_le_bytes(issuance?));
                rest.check()?;
                send(board, BLOCK_EMISSION | ANSWER, |write| write(&reward.to_le_bytes()));
            }
            #[cfg(feature = "commit-hash")]
            COMMIT_HASH => {
                let commit = Commit::take(&mut frame, &mut self.words);
                let (board, rest) = frame.finish()?;
                let hash = commit?.hash()?;
                rest.check()?;
                send(board, COMMIT_HASH | ANSWER, |write| write(&hash));
            }
            command => {
                let (_, _) = frame.finish()?;
                return Err(Fault::new(FaultCode::UnknownCommand, command, 0u8));
            }
        }
        Ok(())
    }

    fn send_version<P: Board>(&self, board: &mut P) {
        let stack = board.stack();
        // The capacities are far below 2^32.
        let [n, weights, bonds, words] = [N, W, B, WORDS].map(|count| u32::try_from(count).unwrap_or(u32::MAX));
        let counts = [n, weights, bonds, words, stack.size, stack.peak, self.epoch_ticks, P::TICKS_PER_SECOND];
        send(board, VERSION | ANSWER, |write| {
            write(&PROTOCOL.to_le_bytes());
            write_short(yuma_core::VERSION.as_bytes(), write);
            write_short(COMMANDS, write);
            write(&[u8::try_from(Rules::ALL.len()).unwrap_or(u8::MAX)]);
            for rules in Rules::ALL {
                write(&rules.spec_version().to_le_bytes());
            }
            for count in counts {
                write(&count.to_le_bytes());
            }
        });
    }
}

/// Why an input is refused. Of bytes that end too early it tells their number, as the library does of bytes in memory.
fn refusal(error: Error, length: u32) -> Fault {
    let ends_early = error.code == ErrorCode::Length && error.field == "bytes";
    let index = if ends_early { length.into() } else { error.index };
    Error { index, ..error }.into()
}

/// The outcome's canonical bytes, and the digest of them, which is what there is to sign.
fn send_outcome<P: Port>(port: &mut P, input_digest: &[u8; 32], outcome: &Outcome<'_>) {
    let mut hash = Sha256::new();
    let length = outcome_length(outcome).saturating_add(size_of_val(input_digest));
    // An outcome fits the device's memory, and so its length a u32.
    let mut frame = Outgoing::begin(port, RUN_EPOCH | ANSWER, u32::try_from(length).unwrap_or(u32::MAX));
    write_outcome(input_digest, outcome, |piece| {
        hash.update(piece);
        frame.write(piece);
    });
    frame.write(&hash.finalize());
    frame.end();
}

fn send_fault<P: Port>(port: &mut P, fault: &Fault) {
    send(port, ERROR, |write| {
        write(&[fault.code as u8]);
        write_short(fault.name.as_bytes(), write);
        write_short(fault.field.as_bytes(), write);
        write(&fault.index.to_le_bytes());
        write(&fault.limit.to_le_bytes());
    });
}

/// A list of fewer than 256 bytes, after its length.
fn write_short(bytes: &[u8], write: &mut dyn FnMut(&[u8])) {
    let length = u8::try_from(bytes.len()).unwrap_or(u8::MAX);
    write(&[length]);
    write(bytes.get(..length.into()).unwrap_or(bytes));
}

//! Any bytes over the hardware validator's line: whatever lies between two flags gets exactly one frame for an answer.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yuma_core::epoch::Workspace;
use yuma_firmware::board::{Board, Port};
use yuma_firmware::device::Device;
use yuma_firmware::frame::FLAG;

const WORDS: usize = match Workspace::words(16, 64, 64) {
    Some(words) => words,
    None => 0,
};

/// A line that brings what the fuzzer sends, and keeps what the device answers.
struct Line<'l> {
    rest: &'l [u8],
    answers: Vec<u8>,
}

impl Port for Line<'_> {
    fn read(&mut self) -> Option<u8> {
        self.rest.split_off_first().copied()
    }

    fn write(&mut self, byte: u8) {
        self.answers.push(byte);
    }
}

impl Board for Line<'_> {
    const TICKS_PER_SECOND: u32 = 1;

    fn ticks(&mut self) -> u32 {
        0
    }
}

fn stretches(bytes: &[u8]) -> usize {
    bytes.split(|byte| *byte == FLAG).filter(|stretch| !stretch.is_empty()).count()
}

fuzz_target!(|bytes: &[u8]| {
    let mut line = Line { rest: bytes, answers: vec![] };
    Device::<16, 64, 64, WORDS>::new().serve(&mut line);
    assert_eq!(stretches(&line.answers), stretches(bytes));
});

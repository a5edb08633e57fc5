//! A board in memory: what is sent to it is known beforehand, what it answers can be looked at.
#![allow(dead_code, reason = "each file of tests uses some of it")]

use yuma_core::epoch::Workspace;
use yuma_firmware::board::{Board, Port};
use yuma_firmware::device::{ANSWER, Device, VERSION};
use yuma_firmware::frame::{receive, send};

const WORDS: usize = Workspace::words(4, 16, 16).unwrap();
pub type SmallDevice = Device<4, 16, 16, WORDS>;

/// The board.
#[derive(Default)]
pub struct MemoryBoard {
    input: Vec<u8>,
    read: usize,
    output: Vec<u8>,
    /// How often the clock was read: twice for each epoch.
    pub looks_at_clock: u32,
}

impl MemoryBoard {
    pub fn new(input: &[u8]) -> Self {
        Self { input: input.to_vec(), ..Self::default() }
    }
}

impl Port for MemoryBoard {
    fn read(&mut self) -> Option<u8> {
        let byte = self.input.get(self.read).copied();
        self.read += 1;
        byte
    }

    fn write(&mut self, byte: u8) {
        self.output.push(byte);
    }
}

impl Board for MemoryBoard {
    const TICKS_PER_SECOND: u32 = 1;

    fn ticks(&mut self) -> u32 {
        self.looks_at_clock += 1;
        self.looks_at_clock
    }
}

/// A frame's command and payload.
pub type Answer = (u8, Vec<u8>);

/// What a new device answers to `input`, and how many epochs it ran.
pub fn answers(input: &[u8]) -> (Vec<Answer>, u32) {
    let mut board = MemoryBoard::new(input);
    SmallDevice::new().serve(&mut board);
    let mut answered = MemoryBoard::new(&board.output);
    let mut answers = vec![];
    while let Some(mut frame) = receive(&mut answered) {
        let mut payload = vec![0; frame.length() as usize];
        assert!(frame.fill(&mut payload));
        answers.push((frame.command(), payload));
        let rest = frame.finish().map(|(_, rest)| rest);
        assert!(rest.is_ok_and(|rest| rest.check().is_ok()), "an answer is a whole frame");
    }
    (answers, board.looks_at_clock / 2)
}

/// A whole frame.
pub fn frame(command: u8, payload: &[u8]) -> Vec<u8> {
    let mut board = MemoryBoard::default();
    send(&mut board, command, |write| write(payload));
    board.output
}

/// The answers to `damaged`, after which the device must still tell its version.
pub fn answers_before_version(damaged: &[u8]) -> Vec<Answer> {
    let (mut answers, _) = answers(&[damaged, &frame(VERSION, &[])].concat());
    assert_eq!(answers.pop().expect("an answer").0, VERSION | ANSWER, "{damaged:02x?}");
    answers
}

/// The name and the field in an error frame, and its two numbers.
pub fn fault(answer: &Answer) -> (String, String, u64, u64) {
    let (command, payload) = answer;
    assert_eq!(*command, yuma_firmware::device::ERROR);
    let short = |bytes: &[u8]| {
        let end = 1 + usize::from(bytes[0]);
        (String::from_utf8(bytes[1..end].to_vec()).unwrap(), bytes[end..].to_vec())
    };
    let (name, rest) = short(&payload[1..]);
    let (field, rest) = short(&rest);
    let number = |place: usize| u64::from_le_bytes(rest[place..place + 8].try_into().unwrap());
    assert_eq!(rest.len(), 16);
    (name, field, number(0), number(8))
}

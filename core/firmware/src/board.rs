//! What a board has to offer: a serial port and a clock.

/// A serial port, a byte at a time.
pub trait Port {
    /// Waits for the next byte. None when the line is gone for good, which a board's never is.
    fn read(&mut self) -> Option<u8>;

    /// Sends a byte, waiting for room.
    fn write(&mut self, byte: u8);
}

/// A board: its serial port, its clock, and its stack if it keeps count of that.
pub trait Board: Port {
    /// How fast [`Board::ticks`] counts.
    const TICKS_PER_SECOND: u32;

    /// A clock that counts up and wraps.
    fn ticks(&mut self) -> u32;

    /// The stack's size and how much of it was ever in use, in bytes; 0 where nobody counts.
    fn stack(&self) -> Stack {
        Stack::default()
    }
}

/// The stack, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stack {
    /// All of it.
    pub size: u32,
    /// The most that was ever in use.
    pub peak: u32,
}

//! Frames: what goes over the line, in both directions.
//!
//! A frame lies between two [`FLAG`] bytes: the payload's length (u32, little-endian), the command (u8), the payload, and
//! the CRC-32 (the one of Ethernet and zip) of all that, little-endian. A flag or an [`ESCAPE`] byte within it is sent as an
//! escape and the byte with bit 5 flipped. A receiver takes any byte after an escape so, and a sender may escape more.
//!
//! So a flag always is the end of a frame, whatever was damaged: damage never costs more than up to the next flag, and no
//! timer is needed to find the next frame. Flags that follow each other have nothing between them and mean nothing. Anything
//! else between two flags is either a frame or not one, which [`Incoming::finish`] tells.

use crc::{CRC_32_ISO_HDLC, Crc, Digest, NoTable};

use crate::board::Port;
use crate::fault::{Fault, FaultCode};

/// The byte before and after a frame.
pub const FLAG: u8 = 0x7E;
/// The byte before one that is sent flipped.
pub const ESCAPE: u8 = 0x7D;
/// What is flipped of a byte after an escape.
pub const FLIP: u8 = 0x20;
/// The bytes of a frame beside its payload: length, command, checksum.
pub const OVERHEAD: u32 = 9;

/// Computed bit by bit: a table would be a kilobyte, and a serial line is slower.
static CRC: Crc<u32, NoTable> = Crc::<u32, NoTable>::new(&CRC_32_ISO_HDLC);

/// A frame on its way in. Its payload goes straight to where it belongs, before anybody knows whether the frame is whole:
/// what was fetched counts only once [`Incoming::finish`] has said so.
pub struct Incoming<'p, P> {
    port: &'p mut P,
    first: Option<u8>,
    ended: bool,
    crc: Digest<'static, u32, NoTable>,
    received: u64,
    command: u8,
    length: u32,
    left: u32,
}

/// Waits for a frame, or for something that looks like one: the first byte that is no flag. None when the line is gone.
pub fn receive<P: Port>(port: &mut P) -> Option<Incoming<'_, P>> {
    let first = loop {
        match port.read()? {
            FLAG => {}
            byte => break byte,
        }
    };
    let crc = CRC.digest();
    let mut frame =
        Incoming { port, first: Some(first), ended: false, crc, received: 0, command: 0, length: 0, left: 0 };
    let [l0, l1, l2, l3, command] = core::array::from_fn(|_| frame.checked().unwrap_or(0));
    frame.command = command;
    frame.length = u32::from_le_bytes([l0, l1, l2, l3]);
    frame.left = frame.length;
    Some(frame)
}

impl<'p, P: Port> Incoming<'p, P> {
    /// What the frame asks for. Of a frame that ended too early, anything.
    pub fn command(&self) -> u8 {
        self.command
    }

    /// The payload's length, as the frame says it.
    pub fn length(&self) -> u32 {
        self.length
    }

    /// Fills `piece` with the next bytes of the payload. False when there are fewer of them.
    pub fn fill(&mut self, piece: &mut [u8]) -> bool {
        for to in piece {
            match self.payload() {
                Some(byte) => *to = byte,
                None => return false,
            }
        }
        true
    }

    /// The next `SIZE` bytes of the payload.
    ///
    /// # Errors
    /// [`FaultCode::PayloadShort`].
    pub fn take<const SIZE: usize>(&mut self) -> Result<[u8; SIZE], Fault> {
        let mut bytes = [0; SIZE];
        let used = self.length.saturating_sub(self.left);
        if self.fill(&mut bytes) {
            return Ok(bytes);
        }
        let needed = u64::from(used).saturating_add(u64::try_from(SIZE).unwrap_or(u64::MAX));
        Err(Fault::new(FaultCode::PayloadShort, self.length, needed))
    }

    /// Receives what is left of the frame and checks it. Returns the port, to answer on, and what nobody fetched.
    ///
    /// # Errors
    /// The [`Fault`] of a damaged frame: what was fetched of it must not be used.
    pub fn finish(mut self) -> Result<(&'p mut P, Rest), Fault> {
        let rest = Rest { length: self.length, unused: self.left };
        while self.payload().is_some() {}
        let sent = u32::from_le_bytes(core::array::from_fn(|_| self.body().unwrap_or(0)));
        while self.body().is_some() {}

        let whole = u64::from(self.length).saturating_add(OVERHEAD.into());
        if self.received < whole {
            return Err(Fault::new(FaultCode::Truncated, self.received, whole));
        }
        if self.received > whole {
            return Err(Fault::new(FaultCode::Overlong, self.received, whole));
        }
        let computed = self.crc.finalize();
        if computed == sent { Ok((self.port, rest)) } else { Err(Fault::new(FaultCode::Checksum, computed, sent)) }
    }

    /// The next byte of the payload.
    fn payload(&mut self) -> Option<u8> {
        self.left = self.left.checked_sub(1)?;
        self.checked()
    }

    /// The next byte between the flags, and of those that the checksum covers.
    fn checked(&mut self) -> Option<u8> {
        let byte = self.body()?;
        self.crc.update(&[byte]);
        Some(byte)
    }

    /// The next byte between the flags.
    fn body(&mut self) -> Option<u8> {
        if self.ended {
            return None;
        }
        let byte = match self.raw() {
            None | Some(FLAG) => {
                self.ended = true;
                return None;
            }
            Some(ESCAPE) => match self.raw() {
                // Nothing follows: the escape counts as a byte, so that the frame is not whole.
                None | Some(FLAG) => {
                    self.ended = true;
                    None
                }
                Some(byte) => Some(byte ^ FLIP),
            },
            byte => byte,
        };
        self.received = self.received.saturating_add(1);
        byte
    }

    fn raw(&mut self) -> Option<u8> {
        self.first.take().or_else(|| self.port.read())
    }
}

/// What is left of the payload of a whole frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct Rest {
    length: u32,
    unused: u32,
}

impl Rest {
    /// Nothing may be left.
    ///
    /// # Errors
    /// [`FaultCode::PayloadLong`].
    pub fn check(self) -> Result<(), Fault> {
        let Self { length, unused } = self;
        if unused == 0 {
            return Ok(());
        }
        Err(Fault::new(FaultCode::PayloadLong, length, length.saturating_sub(unused)))
    }
}

/// A frame on its way out.
pub struct Outgoing<'p, P> {
    port: &'p mut P,
    crc: Digest<'static, u32, NoTable>,
}

impl<'p, P: Port> Outgoing<'p, P> {
    /// Begins a frame. As many bytes as `length` says must be written to it.
    pub fn begin(port: &'p mut P, command: u8, length: u32) -> Self {
        port.write(FLAG);
        let mut frame = Self { port, crc: CRC.digest() };
        frame.write(&length.to_le_bytes());
        frame.write(&[command]);
        frame
    }

    /// Sends a piece of the payload.
    pub fn write(&mut self, piece: &[u8]) {
        self.crc.update(piece);
        self.stuff(piece);
    }

    /// Ends the frame.
    pub fn end(mut self) {
        let crc = self.crc.clone().finalize();
        self.stuff(&crc.to_le_bytes());
        self.port.write(FLAG);
    }

    fn stuff(&mut self, piece: &[u8]) {
        for &byte in piece {
            if byte == FLAG || byte == ESCAPE {
                self.port.write(ESCAPE);
                self.port.write(byte ^ FLIP);
            } else {
                self.port.write(byte);
            }
        }
    }
}

/// Sends a whole frame. `payload` hands out the same pieces each time: it is asked for their length first.
pub fn send<P: Port>(port: &mut P, command: u8, payload: impl Fn(&mut dyn FnMut(&[u8]))) {
    let mut length: u32 = 0;
    payload(&mut |piece| length = length.saturating_add(u32::try_from(piece.len()).unwrap_or(u32::MAX)));
    let mut frame = Outgoing::begin(port, command, length);
    payload(&mut |piece| frame.write(piece));
    frame.end();
}

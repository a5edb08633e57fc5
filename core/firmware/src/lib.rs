//! The hardware validator: a device that computes Bittensor's epochs behind a serial line, without an operating system and
//! without a heap.
//!
//! | module | what |
//! |---|---|
//! | [`frame`] | what goes over the line: bytes in frames with a checksum |
//! | [`fault`] | why a frame got an error for an answer |
//! | [`device`] | the commands, and the loop that answers them |
//! | [`board`] | what a board has to offer |
//!
//! Everything here runs on any machine; only the binary beside it knows a board. The device never panics, and what it is
//! sent cannot make it stop: there is no `unsafe`, no allocation, and no command that runs before its frame was checked.
#![no_std]
#![forbid(unsafe_code)]
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic
)]

pub mod board;
#[cfg(feature = "commit-hash")]
mod commit;
pub mod device;
pub mod fault;
pub mod frame;

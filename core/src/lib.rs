//! Bittensor's on-chain economics, bit for bit: what the chain computes from issuance to everybody's reward, as functions
//! over borrowed slices.
//!
//! A value enters as the chain stores it, passes through small pure functions in the order the specification lists them, and
//! leaves as the chain stores it. There is no float, no allocator, no `unsafe` and no panic: input is checked once, at the
//! door ([`Error`]); after it nothing fails. The caller owns all memory.
//!
//! | module | what | specification |
//! |---|---|---|
//! | [`epoch`] | Yuma consensus: weights → consensus → incentive, bonds, dividends → rao | `epoch.md` |
//! | [`emission`] | a block: minted TAO → subnet shares → liquidity, alpha → what waits for the epoch | `emission.md` |
//! | [`distribution`] | stake inheritance; a drained subnet → everybody's credits | `distribution.md` |
//! | [`mechanisms`] | several epochs in one subnet: splitting emission, folding results | `mechanisms.md` |
//! | [`schedule`] | when an epoch runs | `schedule.md` |
//! | [`submission`] | what setting weights checks and stores; the commit hash | `submission.md` |
//! | [`digest`] | canonical bytes of an epoch's input and outcome, and their SHA-256 | |
//! | [`fixed`] | the number formats and their functions | `numbers.md`, `epoch.md` §1 |
//! | [`rules`] | which of the chain's rules a result follows | |
//!
//! Start with [`epoch::run`].
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

pub mod digest;
pub mod distribution;
pub mod emission;
pub mod epoch;
pub mod error;
pub mod fixed;
pub mod mechanisms;
pub mod rows;
pub mod rules;
pub mod schedule;
pub mod submission;

pub use epoch::{Outcome, Params, Subnet};
pub use error::{Error, ErrorCode};
pub use rows::Rows;
pub use rules::Rules;

/// The version of the library.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The README's examples, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct ReadmeExamples;

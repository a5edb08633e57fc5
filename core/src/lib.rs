//! core
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

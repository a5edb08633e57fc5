#![doc = include_str!("format.md")]
//!
//! # Use
//!
//! [`input_digest`] and [`outcome_digest`] need no buffer. [`write_input`] and [`write_outcome`] hand the bytes on piece by
//! piece, [`read_input`] and [`read_outcome`] fetch them so, straight into the caller's memory
//! ([`StaticSubnet::read`](crate::epoch::StaticSubnet::read) into a subnet's own); `encode_…` and `decode_…` do the same with
//! slices.

mod bytes;
mod input;
mod outcome;

pub use crate::epoch::{InputSizes, MatrixBuffers, SubnetBuffers};
pub use input::{
    EpochInput, decode_input, encode_input, input_digest, input_length, input_sizes, read_input, write_input,
};
pub use outcome::{
    OutcomeBuffers, OutcomeRecord, OutcomeSizes, decode_outcome, encode_outcome, outcome_digest, outcome_length,
    outcome_sizes, read_outcome, write_outcome,
};

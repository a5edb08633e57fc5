//! The naive model: the specification written down as plainly as possible, slow, with the chain's own fixed-point
//! arithmetic (`substrate-fixed`). It shares no code with `yuma-core` and is the second opinion on every bit.

pub mod digest;
pub mod distribution;
pub mod emission;
pub mod epoch;
pub mod mechanisms;
pub mod numbers;
pub mod schedule;
pub mod submission;
pub mod subtensor_475;

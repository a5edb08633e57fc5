//! Every kind through the public API of `yuma-core`.

pub mod distribution;
pub mod emission;
pub mod epoch;
pub mod mechanisms;
pub mod numbers;
pub mod schedule;
pub mod submission;

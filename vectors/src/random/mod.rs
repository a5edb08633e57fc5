//! Random inputs of every kind, extreme values included, the same for the same seed.

pub mod digest;
pub mod distribution;
pub mod emission;
pub mod epoch;
pub mod mechanisms;
pub mod numbers;
pub mod schedule;
pub mod submission;
pub mod subtensor_475;

//! The kinds of rule set `subtensor-475` that differ from those of `subtensor-425`, or are computed by other rules.

pub mod distribution;
pub mod emission;
pub mod epoch;
pub mod mechanisms;
pub mod schedule;

//! The kinds of rule set `subtensor-475` whose input or result differs from those of `subtensor-425`; results that do not are reused.

pub mod distribution;
pub mod emission;
pub mod epoch;
pub mod mechanisms;
pub mod schedule;

//! Random inputs of the kinds of rule set `subtensor-475` whose input differs, extreme values included.

pub mod distribution;
pub mod emission;
pub mod epoch;
pub mod mechanisms;
pub mod schedule;

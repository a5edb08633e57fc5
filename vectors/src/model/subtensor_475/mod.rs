//! The rule set `subtensor-475`, by chapter: what is new, and the 425 functions with the form that differs.

pub mod distribution;
pub mod emission;
pub mod epoch;
pub mod mechanisms;
pub mod schedule;

//! Golden vectors of libyuma: their format, a runner for any implementation, a generator, and the naive model.

pub mod kinds;
pub mod model;
pub mod random;
pub mod runner;
pub mod schema;
pub mod via_rust;

//! Every kind through the public API of `yuma-core`.

pub mod digest;
pub mod distribution;
pub mod emission;
pub mod epoch;
pub mod mechanisms;
pub mod numbers;
pub mod schedule;
pub mod submission;
pub mod subtensor_475;

use yuma_core::Error;

use crate::schema::{Failure, Malformed};

/// What core's door refuses, as the runner reports it.
pub(crate) fn refused(error: Error) -> Failure {
    Failure::Malformed(Malformed {
        code: error.code.name().into(),
        field: error.field.into(),
        index: Some(error.index),
        message: error.to_string(),
    })
}

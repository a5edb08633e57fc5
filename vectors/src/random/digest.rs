//! Inputs of kind `digest`.

use rand::{Rng, RngExt};

use super::subtensor_475::epoch::{epoch as epoch_475, null_epoch};
use crate::schema::epoch::EpochInput;

/// Kind `digest` from 475 on: an epoch in either mode.
pub fn digest_475(rng: &mut impl Rng) -> EpochInput {
    if rng.random() { epoch_475(rng) } else { null_epoch(rng) }
}

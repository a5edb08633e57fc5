//! Canonical bytes (`core/src/digest/format.md`).

use crate::schema::digest::DigestExpect;
use crate::schema::epoch::EpochInput;

/// Kind `digest` under the rules of a spec version.
pub fn digest(spec_version: u32, input: &EpochInput) -> DigestExpect {
    let _ = (spec_version, input);
    todo!()
}

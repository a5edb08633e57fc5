//! What a validator's weights pass on their way into storage (spec `submission.md`).
//!
//! | § | what | function |
//! |---|---|---|
//! | 2, 3 | scaling weights | [`max_upscale`], [`sum_normalize`] |
//! | 4 | maximum-weight limit | [`max_weight_within`] |
//! | 5 | setting weights | [`validate_weights`] |
//! | 6 | commit hash | [`weights_commit_hash`], [`commit_preimage`] |
//!
//! These are the rules of a subnet in Yuma mode, the same in every set: what 475 changes is the caller's inherited stake,
//! an input here (see [`Edges::visible`](crate::distribution::Edges::visible)). What a subnet in Null mode checks is not
//! specified and **not supported**: do not ask these functions about it.

mod commit_hash;
mod upscale;
mod validate;

pub use commit_hash::{WeightsCommit, commit_preimage, weights_commit_hash};
pub use upscale::{max_upscale, max_weight_within, sum_normalize};
pub use validate::{AcceptedWeights, SubmissionError, WeightsCaller, WeightsRequest, WeightsSubnet, validate_weights};

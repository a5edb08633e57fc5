//! The module behind the package `libyuma`: core's functions, called with bytes.
//!
//! It holds no rule of the chain. Every function reads its arguments, calls core, and writes what core gives (`door`); the
//! package's JavaScript side has the names, the checks, the defaults and the documentation.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic
)]

mod digest;
mod distribution;
mod door;
mod emission;
mod epoch;
mod mechanisms;
mod numbers;
mod schedule;
mod submission;

use wasm_bindgen::prelude::*;

use crate::door::{Answer, Given};

/// Calls the function that is named first in `given`. The answer begins with whether it refuses.
#[wasm_bindgen]
pub fn call(given: &[u8]) -> Vec<u8> {
    let mut given = Given::new(given);
    let mut answer = Answer::default();
    answer.write(&false);
    let name = given.text();
    let modules = [
        about::FUNCTIONS,
        digest::FUNCTIONS,
        distribution::FUNCTIONS,
        emission::FUNCTIONS,
        epoch::FUNCTIONS,
        mechanisms::FUNCTIONS,
        numbers::FUNCTIONS,
        schedule::FUNCTIONS,
        submission::FUNCTIONS,
    ];
    let function = modules.into_iter().flatten().find(|(known, _)| known.as_bytes() == name);
    if let Some(Err(refusal)) = function.map(|(_, function)| function(&mut given, &mut answer)) {
        answer = Answer::default();
        answer.write(&(true, refusal));
    }
    answer.into_bytes()
}

mod about {
    use yuma_core::distribution::{ChildkeyTerms, DEFAULT_TAKE, Hotkey, Stake};
    use yuma_core::submission::WeightsSubnet;
    use yuma_core::{Rules, emission, fixed};

    use crate::door::{Answer, Write, functions};

    /// A set of rules with all that is known about it.
    struct Known(Rules);

    impl Write for Known {
        fn write(&self, answer: &mut Answer) {
            answer.write(&(self.0.id(), self.0.spec_version(), self.0.first_block()));
        }
    }

    functions! {
        rules() => Rules::ALL.iter().copied().map(Known).collect::<Vec<_>>();
        rules_for_spec_version(version) => Rules::for_spec_version(version)?;
        // And the chain's defaults of what has no function of its own for them.
        constants() => {
            let numbers = (emission::CAP, emission::BLOCKS_PER_DAY, fixed::TAO_WEIGHT, DEFAULT_TAKE);
            let weights = WeightsSubnet::CHAIN_DEFAULT;
            (numbers, (Stake::default(), Hotkey::default()), ChildkeyTerms::CHAIN_DEFAULT, (
                (weights.mechanism_count, weights.tao_weight, weights.stake_threshold, weights.network_version_key),
                (weights.min_allowed_weights, weights.max_weight_limit),
                (weights.commit_reveal_enabled, weights.rate_limit),
            ))
        };
    }
}

//! Which function computes a kind under a rule set: through core, by the model, and on random input.

use rand::rngs::ChaCha8Rng;
use serde_json::Value;
use yuma_core::Rules;

use crate::schema::{Failure, evaluate, to_json};
use crate::{model, random, via_rust};

/// Computes the result of a case's input.
pub type Compute = fn(Rules, &Value) -> Result<Value, Failure>;

/// A kind of vector.
pub struct Kind {
    /// The rules it is for; all, where they do not differ.
    pub rules: Option<Rules>,
    /// As files name it.
    pub name: &'static str,
    /// Whether the results are those of the oldest set, whose vectors then hold.
    pub as_before: bool,
    /// Through `yuma-core`.
    pub rust: Compute,
    /// By the naive model. Errors have no model: what is refused is said by hand.
    pub model: Option<Compute>,
    /// A random input.
    pub random: Option<fn(&mut ChaCha8Rng) -> Value>,
}

/// Who computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    /// `yuma-core`, through its public API.
    Rust,
    /// The naive model.
    Model,
}

/// Computes the result of one input of `kind` under the rules with the id `rules`.
///
/// # Errors
/// [`Failure`]: an unknown kind or rule set, or what is wrong with the input.
pub fn compute(via: Via, rules: &str, kind: &str, input: &Value) -> Result<Value, Failure> {
    let rules = Rules::from_id(rules).ok_or_else(|| Failure::UnknownRules(rules.into()))?;
    let unknown = || Failure::UnknownKind(format!("{kind}` under the rules `{}", rules.id()));
    let kind = find(rules, kind).ok_or_else(unknown)?;
    let compute = match via {
        Via::Rust => kind.rust,
        Via::Model => kind.model.ok_or_else(unknown)?,
    };
    compute(rules, input)
}

/// The kinds of a rule set.
pub fn of_rules(rules: Rules) -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().filter(move |kind| kind.rules.is_none_or(|only| only == rules))
}

/// The kind with this name under a rule set.
pub fn find(rules: Rules, name: &str) -> Option<&'static Kind> {
    of_rules(rules).find(|kind| kind.name == name)
}

macro_rules! kind {
    ($rules:expr, $name:literal, $($path:ident)::+) => {
        kind!($rules, $name, $($path)::+, core: $($path)::+, as_before: $rules.is_none())
    };
    // The same results as before, by a function that differs.
    ($rules:expr, $name:literal, $($path:ident)::+, core: $($core:ident)::+) => {
        kind!($rules, $name, $($path)::+, core: $($core)::+, as_before: true)
    };
    ($rules:expr, $name:literal, $($path:ident)::+, core: $($core:ident)::+, as_before: $as_before:expr) => {
        Kind {
            rules: $rules,
            name: $name,
            as_before: $as_before,
            rust: |_rules, input| evaluate(input, |input| via_rust::$($core)::+(&input)),
            model: Some(|_rules, input| evaluate(input, |input| Ok(model::$($path)::+(&input)))),
            random: Some(|rng| to_json(random::$($path)::+(rng))),
        }
    };
}

/// Kinds that every set computes alike.
const ALL: Option<Rules> = None;
const ONLY_425: Option<Rules> = Some(Rules::SUBTENSOR_425);
const ONLY_475: Option<Rules> = Some(Rules::SUBTENSOR_475);

/// Computed alike under every set, of inputs that are not.
const DIGEST_425: Kind = Kind {
    rules: ONLY_425,
    name: "digest",
    as_before: true,
    rust: |rules, input| evaluate(input, |input| via_rust::digest::digest(rules, &input)),
    model: Some(|rules, input| evaluate(input, |input| Ok(model::digest::digest(rules.spec_version(), &input)))),
    random: Some(|rng| to_json(random::epoch::epoch(rng))),
};

/// Every kind this crate can judge.
pub const KINDS: &[Kind] = &[
    Kind {
        rules: ONLY_425,
        name: "epoch",
        as_before: true,
        rust: |rules, input| evaluate(input, |input| via_rust::epoch::epoch(rules, &input)),
        model: Some(|_rules, input| evaluate(input, |input| Ok(model::epoch::epoch(&input)))),
        random: Some(|rng| to_json(random::epoch::epoch(rng))),
    },
    Kind {
        rules: ALL,
        name: "epoch-error",
        as_before: true,
        rust: |rules, input| via_rust::epoch::epoch_error(rules, input).map(to_json),
        model: None,
        random: None,
    },
    DIGEST_425,
    Kind {
        rules: ONLY_475,
        as_before: false,
        random: Some(|rng| to_json(random::digest::digest_475(rng))),
        ..DIGEST_425
    },
    Kind {
        rules: ALL,
        name: "digest-error",
        as_before: true,
        rust: |_rules, input| evaluate(input, |input| via_rust::digest::digest_error(&input)),
        model: None,
        random: None,
    },
    kind!(ALL, "fixed-arith", numbers::fixed_arith),
    kind!(ALL, "transcendental", numbers::transcendental),
    kind!(ALL, "pow-normalize", numbers::pow_normalize),
    kind!(ALL, "mechanism-index", mechanisms::mechanism_index),
    kind!(ONLY_425, "mechanism-split", mechanisms::mechanism_split),
    kind!(ONLY_425, "mechanism-aggregate", mechanisms::mechanism_aggregate),
    kind!(ONLY_425, "epoch-schedule", schedule::epoch_schedule),
    kind!(ONLY_425, "epoch-simulation", schedule::epoch_simulation),
    kind!(ALL, "weights-upscale", submission::weights_upscale),
    kind!(ALL, "weights-max-limited", submission::weights_max_limited),
    kind!(ALL, "weights-set", submission::weights_set),
    kind!(ALL, "weights-commit-hash", submission::weights_commit_hash),
    kind!(ONLY_425, "stake-weights", distribution::stake_weights),
    kind!(ALL, "parent-child-dividends", distribution::parent_child_dividends),
    kind!(ONLY_425, "dividend-distribution", distribution::dividend_distribution),
    kind!(ONLY_425, "root-claimable", distribution::root_claimable),
    kind!(ONLY_425, "distribution", distribution::distribution),
    kind!(ALL, "block-emission", emission::block_emission),
    kind!(ALL, "moving-price", emission::moving_price),
    kind!(ONLY_425, "subnet-shares", emission::subnet_shares),
    kind!(ALL, "flow-shares", emission::flow_shares),
    kind!(ONLY_425, "root-proportion", emission::root_proportion),
    kind!(ALL, "root-sell-flag", emission::root_sell_flag),
    kind!(ONLY_425, "subnet-terms", emission::subnet_terms),
    kind!(ONLY_425, "pending-split", emission::pending_split),
    kind!(ONLY_425, "coinbase", emission::coinbase),
    kind!(ONLY_475, "epoch", subtensor_475::epoch::epoch),
    kind!(ONLY_475, "null-epoch", subtensor_475::epoch::null_epoch),
    kind!(ONLY_475, "apportion", subtensor_475::epoch::apportion),
    kind!(ONLY_475, "mechanism-split", subtensor_475::mechanisms::mechanism_split),
    kind!(ONLY_475, "mechanism-aggregate", subtensor_475::mechanisms::mechanism_aggregate),
    kind!(ONLY_475, "epoch-schedule", subtensor_475::schedule::epoch_schedule),
    kind!(ONLY_475, "epoch-simulation", subtensor_475::schedule::epoch_simulation),
    kind!(ONLY_475, "stake-weights", subtensor_475::distribution::stake_weights),
    kind!(ONLY_475, "dividend-distribution", subtensor_475::distribution::dividend_distribution),
    kind!(ONLY_475, "distribution", subtensor_475::distribution::distribution),
    kind!(ONLY_475, "emission-gate-bar", subtensor_475::emission::emission_gate_bar),
    kind!(ONLY_475, "root-proportion", emission::root_proportion, core: subtensor_475::emission::root_proportion),
    kind!(ONLY_475, "subnet-terms", emission::subnet_terms, core: subtensor_475::emission::subnet_terms),
    kind!(ONLY_475, "pending-split", emission::pending_split, core: subtensor_475::emission::pending_split),
    kind!(ONLY_475, "subnet-shares", subtensor_475::emission::subnet_shares),
    kind!(ONLY_475, "coinbase", subtensor_475::emission::coinbase),
];

//! Which function computes a kind under a rule set: through core, by the model, and on random input.

use rand::rngs::ChaCha8Rng;
use serde_json::Value;
use yuma_core::Rules;

use crate::schema::{Failure, evaluate};
use crate::{model, random, via_rust};

/// Computes the result of a case's input.
pub type Compute = fn(Rules, &Value) -> Result<Value, Failure>;

/// A kind of vector.
pub struct Kind {
    /// As files name it.
    pub name: &'static str,
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
    let unknown = || Failure::UnknownKind(kind.into());
    let kind = find(kind).ok_or_else(unknown)?;
    let compute = match via {
        Via::Rust => kind.rust,
        Via::Model => kind.model.ok_or_else(unknown)?,
    };
    compute(rules, input)
}

/// The kind with this name.
pub fn find(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}

macro_rules! kind {
    ($name:literal, $chapter:ident::$function:ident) => {
        Kind {
            name: $name,
            rust: |_rules, input| evaluate(input, |input| via_rust::$chapter::$function(&input)),
            model: Some(|_rules, input| evaluate(input, |input| Ok(model::$chapter::$function(&input)))),
            random: Some(|rng| plain(random::$chapter::$function(rng))),
        }
    };
}

/// Every kind this crate can judge.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "epoch",
        rust: |rules, input| evaluate(input, |input| via_rust::epoch::epoch(rules, &input)),
        model: Some(|_rules, input| evaluate(input, |input| Ok(model::epoch::epoch(&input)))),
        random: Some(|rng| plain(random::epoch::epoch(rng))),
    },
    Kind {
        name: "epoch-error",
        rust: |rules, input| via_rust::epoch::epoch_error(rules, input).map(plain),
        model: None,
        random: None,
    },
];

fn plain(data: impl serde::Serialize) -> Value {
    serde_json::to_value(data).expect("inputs and results are plain data")
}

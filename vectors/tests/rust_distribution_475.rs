//! The kinds of `distribution.md` and `mechanisms.md` of rule set `subtensor-475` through `yuma-core`: every case of the
//! files, the stake weights of `subtensor-425`, and random inputs against the naive model.

use std::fs;
use std::path::Path;

use rand::SeedableRng as _;
use rand::rngs::ChaCha8Rng;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json, to_value};
use yuma_vectors::schema::{Failure, File, evaluate};
use yuma_vectors::{model, random, via_rust};

/// Random inputs per kind.
const RANDOM_INPUTS: u64 = 300;

/// Runs every case of a file through core, with `added` to its input.
fn check_file<I: DeserializeOwned, O: Serialize>(file: &str, added: &Value, rust: fn(&I) -> Result<O, Failure>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(file);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
    let File { cases, .. } = serde_json::from_str(&text).expect("a file of vectors");
    assert!(!cases.is_empty(), "{file} has no cases");
    for case in &cases {
        let mut input = case.input.clone();
        for (field, value) in added.as_object().expect("fields") {
            input[field] = value.clone();
        }
        let result =
            evaluate(&input, |input| rust(&input)).unwrap_or_else(|failure| panic!("{file}, {}: {failure}", case.name));
        assert!(result == case.expect, "{file}, {}\n{result}\n{}", case.name, case.expect);
    }
    println!("{file}: {} cases", cases.len());
}

/// Runs random inputs of a kind through core and through the model.
fn check_random<I: Serialize, O: Serialize>(
    random: fn(&mut ChaCha8Rng) -> I,
    rust: fn(&I) -> Result<O, Failure>,
    model: fn(&I) -> O,
) {
    let plain = |data: &O| to_value(data).expect("plain data");
    for seed in 0..RANDOM_INPUTS {
        let input = random(&mut ChaCha8Rng::seed_from_u64(seed));
        let text = || serde_json::to_string(&input).expect("plain data");
        let result = rust(&input).unwrap_or_else(|failure| panic!("seed {seed}: {failure}\n{}", text()));
        let (result, expect) = (plain(&result), plain(&model(&input)));
        assert!(result == expect, "seed {seed}\ninput {}\ncore  {result}\nmodel {expect}", text());
    }
}

macro_rules! kinds {
    ($($chapter:ident $function:ident $kind:literal)*) => {
        mod vectors {
            $(#[test]
            fn $function() {
                let file = concat!("subtensor-475/", $kind, ".json");
                super::check_file(file, &super::json!({}), super::via_rust::subtensor_475::$chapter::$function);
            })*
        }

        mod random_inputs {
            $(#[test]
            fn $function() {
                super::check_random(
                    super::random::subtensor_475::$chapter::$function,
                    super::via_rust::subtensor_475::$chapter::$function,
                    super::model::subtensor_475::$chapter::$function,
                );
            })*
        }
    };
}

kinds! {
    mechanisms mechanism_split "mechanism-split"
    mechanisms mechanism_aggregate "mechanism-aggregate"
    distribution stake_weights "stake-weights"
    distribution dividend_distribution "dividend-distribution"
    distribution distribution "distribution"
}

#[test]
fn stake_weights_of_425_hold_with_nobody_suspended() {
    let added = json!({"suspended": [], "subnet_owner_hotkey": null});
    for file in ["emission/stake-weights.json", "edges/stake-weights.json"] {
        check_file(file, &added, via_rust::subtensor_475::distribution::stake_weights);
    }
}

//! `yuma-core` against the vectors of numbers, mechanisms, submission and distribution, and against the naive model.

use std::fs;
use std::path::Path;

use rand::SeedableRng as _;
use rand::rngs::ChaCha8Rng;
use serde::Serialize;
use serde::de::DeserializeOwned;
use yuma_vectors::schema::{Failure, File, evaluate};
use yuma_vectors::{model, random, via_rust};

/// Random inputs per kind.
const RANDOM_INPUTS: u64 = 300;

/// Runs every case of a kind through core.
fn check_vectors<I: DeserializeOwned, O: Serialize>(kind: &str, rust: fn(&I) -> Result<O, Failure>) {
    let mut cases = 0;
    for folder in ["emission", "edges"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("data/{folder}/{kind}.json"));
        let Ok(text) = fs::read_to_string(&path) else {
            assert_eq!(folder, "edges", "{} is missing", path.display());
            continue;
        };
        let file: File = serde_json::from_str(&text).expect("a file of vectors");
        for case in &file.cases {
            let result = evaluate(&case.input, |input| rust(&input))
                .unwrap_or_else(|failure| panic!("{}, {}: {failure}", path.display(), case.name));
            assert!(result == case.expect, "{}, {}\n{result}\n{}", path.display(), case.name, case.expect);
            cases += 1;
        }
    }
    assert!(cases > 0, "{kind} has no cases");
    println!("{kind}: {cases} cases");
}

/// Runs random inputs of a kind through core and through the model.
fn check_random<I: Serialize, O: Serialize>(
    random: fn(&mut ChaCha8Rng) -> I,
    rust: fn(&I) -> Result<O, Failure>,
    model: fn(&I) -> O,
) {
    let plain = |data: &O| serde_json::to_value(data).expect("plain data");
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
                super::check_vectors($kind, super::via_rust::$chapter::$function);
            })*
        }

        mod random_inputs {
            $(#[test]
            fn $function() {
                super::check_random(
                    super::random::$chapter::$function,
                    super::via_rust::$chapter::$function,
                    super::model::$chapter::$function,
                );
            })*
        }
    };
}

kinds! {
    numbers fixed_arith "fixed-arith"
    numbers transcendental "transcendental"
    numbers pow_normalize "pow-normalize"
    mechanisms mechanism_index "mechanism-index"
    mechanisms mechanism_split "mechanism-split"
    mechanisms mechanism_aggregate "mechanism-aggregate"
    submission weights_upscale "weights-upscale"
    submission weights_max_limited "weights-max-limited"
    submission weights_set "weights-set"
    submission weights_commit_hash "weights-commit-hash"
    distribution stake_weights "stake-weights"
    distribution parent_child_dividends "parent-child-dividends"
    distribution dividend_distribution "dividend-distribution"
    distribution root_claimable "root-claimable"
    distribution distribution "distribution"
}

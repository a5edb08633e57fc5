//! The kinds of `emission.md` and `schedule.md` of rule set `subtensor-475` through `yuma-core`: every case of the files, the
//! cases of `subtensor-425` that stay valid, and random inputs against the naive model.

use std::fs;
use std::path::Path;

use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use yuma_vectors::schema::{Failure, File, evaluate};
use yuma_vectors::{model, random, via_rust};

/// Random inputs per kind.
const INPUTS: usize = 300;

/// Runs every case of a kind in these folders.
fn run<I: DeserializeOwned, O: Serialize>(
    rules: &str,
    folders: &[&str],
    kind: &str,
    compute: impl Fn(&I) -> Result<O, Failure>,
) {
    let mut cases = 0;
    for folder in folders {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(folder).join(kind).with_extension("json");
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let file: File = serde_json::from_str(&text).expect("a file of vectors");
        assert_eq!((file.kind.as_str(), file.rules.as_str()), (kind, rules));
        for case in file.cases {
            let result = evaluate(&case.input, |input| compute(&input));
            assert_eq!(result, Ok(case.expect), "{} / {}", path.display(), case.name);
            cases += 1;
        }
    }
    assert!(cases > 0, "no case of kind {kind}");
    println!("{kind}: {cases} cases");
}

/// Compares core and model on random inputs.
fn compare<I: Serialize, O: Serialize>(
    random: impl Fn(&mut ChaCha8Rng) -> I,
    model: impl Fn(&I) -> O,
    rust: impl Fn(&I) -> Result<O, Failure>,
) {
    let mut rng = ChaCha8Rng::seed_from_u64(475);
    for number in 0..INPUTS {
        let input = random(&mut rng);
        let found = rust(&input).map(|result| to_json(&result));
        assert_eq!(found, Ok(to_json(&model(&input))), "input {number}: {}", to_json(&input));
    }
}

fn to_json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).expect("plain data")
}

macro_rules! kinds {
    ($($chapter:ident::$function:ident $kind:literal),* $(,)?) => {
        $(mod $function {
            use super::*;

            #[test]
            fn every_case() {
                run("subtensor-475", &["subtensor-475"], $kind, via_rust::subtensor_475::$chapter::$function);
            }

            #[test]
            fn random_inputs_against_the_model() {
                compare(
                    random::subtensor_475::$chapter::$function,
                    model::subtensor_475::$chapter::$function,
                    via_rust::subtensor_475::$chapter::$function,
                );
            }
        })*
    };
}

kinds! {
    schedule::epoch_schedule "epoch-schedule",
    schedule::epoch_simulation "epoch-simulation",
    emission::emission_gate_bar "emission-gate-bar",
    emission::subnet_shares "subnet-shares",
    emission::coinbase "coinbase",
}

#[test]
fn what_did_not_change_is_as_before() {
    use via_rust::subtensor_475::emission;
    let folders = ["emission", "edges"];
    run("subtensor-425", &folders, "root-proportion", emission::root_proportion);
    run("subtensor-425", &folders, "subnet-terms", emission::subnet_terms);
    run("subtensor-425", &folders, "pending-split", emission::pending_split);
}

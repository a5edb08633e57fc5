//! The naive model under `subtensor-475`: against the vectors, on random inputs, and against the 425 vectors that hold.

use std::fs;
use std::path::{Path, PathBuf};

use rand::SeedableRng as _;
use rand::rngs::ChaCha8Rng;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json, to_value};
use yuma_vectors::model::subtensor_475 as model;
use yuma_vectors::random::subtensor_475 as random;
use yuma_vectors::schema::{File, SCHEMA, parse};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

fn file(path: &Path) -> File {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every case of a kind gives exactly its `expect`; input and result lose nothing when read and written.
fn check<I, O>(kind: &str, compute: impl Fn(&I) -> O)
where
    I: DeserializeOwned + Serialize,
    O: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug,
{
    let file = file(&data().join(format!("subtensor-475/{kind}.json")));
    let named = (file.schema.as_str(), file.kind.as_str(), file.rules.as_str());
    assert_eq!(named, (SCHEMA, kind, "subtensor-475"));
    assert!(!file.cases.is_empty(), "no cases of {kind}");
    let mut wrong = Vec::new();
    for case in &file.cases {
        let input: I = parse(&case.input).unwrap_or_else(|failure| panic!("{kind}, {}: {failure}", case.name));
        assert_eq!(to_value(&input).expect("input"), case.input, "{kind}, {}: input written again", case.name);
        let result = compute(&input);
        let expected: O = parse(&case.expect).unwrap_or_else(|failure| panic!("{kind}, {}: {failure}", case.name));
        if to_value(&result).expect("result") != case.expect || result != expected {
            wrong.push(case.name.clone());
        }
    }
    assert!(wrong.is_empty(), "{kind}: {} of {} wrong: {wrong:?}", wrong.len(), file.cases.len());
}

/// 200 random inputs run through, are the same for the same seed, and survive being written and read.
fn run_random<I, O>(generate: impl Fn(&mut ChaCha8Rng) -> I, compute: impl Fn(&I) -> O)
where
    I: DeserializeOwned + Serialize,
    O: Serialize,
{
    let inputs = || {
        let mut rng = ChaCha8Rng::seed_from_u64(475);
        (0..200).map(|_| generate(&mut rng)).collect::<Vec<I>>()
    };
    for (input, again) in inputs().iter().zip(inputs()) {
        let written = to_value(input).expect("input");
        assert_eq!(written, to_value(again).expect("input"));
        let read: I = parse(&written).expect("readable input");
        let result = to_value(compute(input)).expect("result");
        assert_eq!(result, to_value(compute(&read)).expect("result"));
    }
}

macro_rules! kinds {
    ($($kind:literal: $module:ident::$function:ident;)*) => {
        mod vectors {
            $(#[test]
            fn $function() {
                super::check($kind, super::model::$module::$function);
            })*
        }

        mod random_inputs {
            $(#[test]
            fn $function() {
                super::run_random(|rng| super::random::$module::$function(rng), super::model::$module::$function);
            })*
        }
    };
}

kinds! {
    "epoch": epoch::epoch;
    "null-epoch": epoch::null_epoch;
    "apportion": epoch::apportion;
    "mechanism-split": mechanisms::mechanism_split;
    "mechanism-aggregate": mechanisms::mechanism_aggregate;
    "epoch-schedule": schedule::epoch_schedule;
    "epoch-simulation": schedule::epoch_simulation;
    "emission-gate-bar": emission::emission_gate_bar;
    "subnet-shares": emission::subnet_shares;
    "coinbase": emission::coinbase;
    "stake-weights": distribution::stake_weights;
    "dividend-distribution": distribution::dividend_distribution;
    "distribution": distribution::distribution;
}

/// Every 425 case of a file gives its `expect` under 475, too, with `added` to its input.
fn check_425<I: DeserializeOwned, O: Serialize>(path: &Path, added: &Value, compute: fn(&I) -> O) {
    for case in file(path).cases {
        let mut input = case.input;
        for (field, value) in added.as_object().expect("fields") {
            input[field] = value.clone();
        }
        let place = format!("{}: {}", path.display(), case.name);
        let input: I = parse(&input).unwrap_or_else(|failure| panic!("{place}: {failure}"));
        assert_eq!(to_value(compute(&input)).expect("result"), case.expect, "{place}");
    }
}

#[test]
fn epochs_of_425_hold() {
    let modes = ["current", "previous", "auto"].iter().cycle();
    let mut paths: Vec<_> =
        fs::read_dir(data().join("epoch")).expect("folder").map(|entry| entry.expect("entry").path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    for (path, mode) in paths.iter().zip(modes) {
        let added = json!({"consensus_mode": mode, "previous_consensus": [], "last_yuma_step_block": null});
        check_425(path, &added, model::epoch::epoch);
    }
}

#[test]
fn stake_weights_of_425_hold_with_nobody_suspended() {
    let added = json!({"suspended": [], "subnet_owner_hotkey": null});
    let paths = ["emission", "edges"].map(|folder| data().join(folder).join("stake-weights.json"));
    assert!(paths.iter().any(|path| path.exists()));
    for path in paths.iter().filter(|path| path.exists()) {
        check_425(path, &added, model::distribution::stake_weights);
    }
}

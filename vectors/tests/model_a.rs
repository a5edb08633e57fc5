//! The naive model of numbers, epoch, mechanisms, schedule and submission: against the vectors, and on random inputs.

use std::fs;
use std::path::{Path, PathBuf};

use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, to_value};
use yuma_vectors::schema::{File, SCHEMA, parse};
use yuma_vectors::{model, random};

/// The files of a kind: all of the folder `epoch`, or the ones named like the kind elsewhere.
fn files(kind: &str) -> Vec<PathBuf> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    if kind == "epoch" {
        let mut files: Vec<_> =
            fs::read_dir(data.join("epoch")).expect("folder").map(|entry| entry.expect("entry").path()).collect();
        files.sort();
        return files;
    }
    let named = ["emission", "edges"].map(|folder| data.join(folder).join(format!("{kind}.json")));
    named.into_iter().filter(|path| path.exists()).collect()
}

/// Every case of every file of `kind` gives exactly its `expect`.
fn check<I, O>(kind: &str, compute: impl Fn(&I) -> O)
where
    I: DeserializeOwned + Serialize,
    O: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug,
{
    let mut cases = 0;
    for path in files(kind) {
        let text = fs::read_to_string(&path).expect("readable file");
        let file: File = serde_json::from_str(&text).expect("vector file");
        assert_eq!((file.schema.as_str(), file.kind.as_str()), (SCHEMA, kind), "{}", path.display());
        assert_eq!(file.rules, "subtensor-425", "{}", path.display());
        for case in &file.cases {
            let place = format!("{}: {}", path.display(), case.name);
            let input: I = parse(&case.input).unwrap_or_else(|failure| panic!("{place}: {failure}"));
            assert_eq!(to_value(&input).expect("input"), case.input, "{place}: input written again");
            let result = compute(&input);
            let written: Value = to_value(&result).expect("result");
            assert_eq!(written, case.expect, "{place}");
            let expected: O = parse(&case.expect).unwrap_or_else(|failure| panic!("{place}: {failure}"));
            assert_eq!(result, expected, "{place}: expectation read");
            cases += 1;
        }
    }
    assert!(cases > 0, "no cases of {kind}");
}

/// 200 random inputs run through, are the same for the same seed, and survive being written and read.
fn run_random<I, O>(generate: impl Fn(&mut ChaCha8Rng) -> I, compute: impl Fn(&I) -> O)
where
    I: DeserializeOwned + Serialize,
    O: Serialize,
{
    let inputs = |seed| {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        (0..200).map(|_| generate(&mut rng)).collect::<Vec<I>>()
    };
    let first = inputs(425);
    for (input, again) in first.iter().zip(inputs(425)) {
        let written = to_value(input).expect("input");
        assert_eq!(written, to_value(again).expect("input"));
        let read: I = parse(&written).expect("readable input");
        let result = to_value(compute(input)).expect("result");
        assert_eq!(result, to_value(compute(&read)).expect("result"));
    }
}

macro_rules! kinds {
    ($($kind:literal: $module:ident::$function:ident, $random:ident;)*) => {
        $(
            #[test]
            fn $function() {
                check($kind, model::$module::$function);
            }

            #[test]
            fn $random() {
                run_random(|rng| random::$module::$function(rng), model::$module::$function);
            }
        )*
    };
}

kinds! {
    "fixed-arith": numbers::fixed_arith, random_fixed_arith;
    "transcendental": numbers::transcendental, random_transcendental;
    "pow-normalize": numbers::pow_normalize, random_pow_normalize;
    "epoch": epoch::epoch, random_epoch;
    "mechanism-index": mechanisms::mechanism_index, random_mechanism_index;
    "mechanism-split": mechanisms::mechanism_split, random_mechanism_split;
    "mechanism-aggregate": mechanisms::mechanism_aggregate, random_mechanism_aggregate;
    "epoch-schedule": schedule::epoch_schedule, random_epoch_schedule;
    "epoch-simulation": schedule::epoch_simulation, random_epoch_simulation;
    "weights-upscale": submission::weights_upscale, random_weights_upscale;
    "weights-max-limited": submission::weights_max_limited, random_weights_max_limited;
    "weights-set": submission::weights_set, random_weights_set;
    "weights-commit-hash": submission::weights_commit_hash, random_weights_commit_hash;
}

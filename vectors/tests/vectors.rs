//! Core and the naive model on every vector there is, and on random input.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use serde_json::{Value, json};
use yuma_core::Rules;
use yuma_vectors::kinds::{self, Via};
use yuma_vectors::runner;
use yuma_vectors::schema::File;

fn files() -> Vec<(PathBuf, File)> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let folders = fs::read_dir(data).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let paths = folders.flat_map(|folder| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()));
    paths
        .map(|path| (path.clone(), runner::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))))
        .collect()
}

/// Runs a file and panics with the first failure; the number of its cases.
fn assert_passes(path: &Path, file: &File, via: Via, rules: Rules, add: &Value) -> usize {
    let report = runner::run(file, |_, kind, input| {
        let mut input = input.clone();
        if let (Some(input), Some(add)) = (input.as_object_mut(), add.as_object()) {
            input.extend(add.clone());
        }
        kinds::compute(via, rules.id(), kind, &input)
    });
    if let Some((name, what)) = report.failed.first() {
        panic!("{} via {via:?}, {name} under {}: {what}", path.display(), rules.id());
    }
    report.passed
}

#[test]
fn every_vector_holds_for_core_and_model() {
    let files = files();
    let mut cases = 0;
    for (path, file) in &files {
        let rules = Rules::from_id(&file.rules).expect("known rules");
        cases += assert_passes(path, file, Via::Rust, rules, &json!({}));
        if kinds::find(rules, &file.kind).is_some_and(|kind| kind.model.is_some()) {
            assert_passes(path, file, Via::Model, rules, &json!({}));
        }
    }
    assert!(files.len() > 60 && cases > 12_000, "{} files, {cases} cases: some are missing", files.len());
}

#[test]
fn core_and_model_agree_on_random_input() {
    for &rules in Rules::ALL {
        for kind in kinds::of_rules(rules) {
            let Some(random) = kind.random else { continue };
            let mut rng = ChaCha8Rng::seed_from_u64(2026);
            for number in 0..200 {
                let input = random(&mut rng);
                let [core, model] = [Via::Rust, Via::Model].map(|via| {
                    kinds::compute(via, rules.id(), kind.name, &input).unwrap_or_else(|failure| {
                        panic!("{}, number {number} via {via:?}: {failure}: {input}", kind.name)
                    })
                });
                let difference = runner::first_difference(&model, &core);
                assert_eq!(difference, None, "{}, number {number}: {input}", kind.name);
            }
        }
    }
}

/// What the texts of 475 promise: where nothing new is set, its epochs and stake weights are those of 425, and every kind
/// they do not name is unchanged.
#[test]
fn results_of_425_hold_under_475_where_nothing_new_is_set() {
    let unset = json!({});
    let nobody_suspended = json!({"suspended": [], "subnet_owner_hotkey": null});
    let no_previous_epoch =
        |mode| json!({"consensus_mode": mode, "previous_consensus": [], "last_yuma_step_block": null});
    let mut checked = 0;
    for (path, file) in files().iter().filter(|(_, file)| file.rules == Rules::SUBTENSOR_425.id()) {
        let additions = match file.kind.as_str() {
            "epoch" => ["current", "previous", "auto"].map(no_previous_epoch).to_vec(),
            "stake-weights" => vec![nobody_suspended.clone()],
            "root-claimable" => vec![], // retired
            kind => {
                let [old, new] = [Rules::SUBTENSOR_425, Rules::SUBTENSOR_475].map(|rules| kinds::find(rules, kind));
                let unchanged = old.is_some() && new.is_some_and(|kind| kind.as_before);
                if unchanged { vec![unset.clone()] } else { vec![] }
            }
        };
        for add in &additions {
            for via in [Via::Rust, Via::Model] {
                if kinds::find(Rules::SUBTENSOR_475, &file.kind)
                    .is_some_and(|kind| via == Via::Rust || kind.model.is_some())
                {
                    checked += assert_passes(path, file, via, Rules::SUBTENSOR_475, add);
                }
            }
        }
    }
    assert!(checked > 15_000, "only {checked} cases");
}

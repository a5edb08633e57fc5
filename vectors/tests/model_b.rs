//! The naive model against the vectors of `emission.md` and `distribution.md`, and on random inputs.

use std::fs;
use std::path::Path;

use rand::SeedableRng as _;
use rand::rngs::ChaCha8Rng;
use serde::Serialize;
use serde::de::DeserializeOwned;
use yuma_vectors::schema::{File, evaluate};
use yuma_vectors::{model, random};

/// Runs every case of a kind through `compute`.
fn check<I: DeserializeOwned, O: Serialize>(kind: &str, compute: fn(&I) -> O) {
    let mut cases = 0;
    for folder in ["emission", "edges"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("data/{folder}/{kind}.json"));
        let Ok(text) = fs::read_to_string(&path) else {
            assert_eq!(folder, "edges", "{} is missing", path.display());
            continue;
        };
        let file: File = serde_json::from_str(&text).expect("a file of vectors");
        assert_eq!(file.kind, kind, "{}", path.display());
        for case in &file.cases {
            let got = evaluate(&case.input, |input: I| Ok(compute(&input)))
                .unwrap_or_else(|failure| panic!("{}, {}: {failure}", path.display(), case.name));
            assert!(got == case.expect, "{}, {}\nmodel  {got}\nvector {}", path.display(), case.name, case.expect);
            cases += 1;
        }
    }
    assert!(cases > 0, "{kind} has no cases");
}

/// Runs 200 random inputs through `compute`; each of them must survive JSON as well.
fn run<I: Serialize + DeserializeOwned, O: Serialize>(generate: fn(&mut ChaCha8Rng) -> I, compute: fn(&I) -> O) {
    for seed in 0..200 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let input = serde_json::to_value(generate(&mut rng)).expect("plain data");
        evaluate(&input, |input: I| Ok(compute(&input))).unwrap_or_else(|failure| panic!("seed {seed}: {failure}"));
    }
}

macro_rules! kinds {
    ($($module:ident $function:ident $kind:literal)*) => {
        mod vectors {
            $(#[test]
            fn $function() {
                super::check($kind, super::model::$module::$function);
            })*
        }

        mod random_inputs {
            $(#[test]
            fn $function() {
                super::run(super::random::$module::$function, super::model::$module::$function);
            })*
        }
    };
}

kinds! {
    emission block_emission "block-emission"
    emission moving_price "moving-price"
    emission subnet_shares "subnet-shares"
    emission flow_shares "flow-shares"
    emission root_proportion "root-proportion"
    emission root_sell_flag "root-sell-flag"
    emission subnet_terms "subnet-terms"
    emission pending_split "pending-split"
    emission coinbase "coinbase"
    distribution stake_weights "stake-weights"
    distribution parent_child_dividends "parent-child-dividends"
    distribution dividend_distribution "dividend-distribution"
    distribution root_claimable "root-claimable"
    distribution distribution "distribution"
}

/// The chain's way to the reward is the closed form of `emission.md` §3.
#[test]
fn block_emission_is_the_closed_form() {
    const CAP: u64 = 21_000_000_000_000_000;
    let closed_form = |issuance: u64| {
        let halvings = (1..=32_u32).filter(|power| issuance >= CAP - (CAP >> power)).count();
        if issuance >= CAP { 0 } else { 1_000_000_000_u64 >> halvings }
    };
    let mut rng = ChaCha8Rng::seed_from_u64(0);
    for _ in 0..20_000 {
        let input = random::emission::block_emission(&mut rng);
        let reward = model::emission::block_emission(&input).emission.0;
        assert_eq!(reward, closed_form(input.issuance.0), "issuance {}", input.issuance.0);
    }
}

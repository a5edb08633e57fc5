//! How many times faster core computes an epoch than the naive model: the same input, in turns, in one run.
//!
//! Prints a line per case and writes `target/bench/summary.json`. Ratios carry over between machines, times do not.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};
use serde_json::json;
use yuma_core::{Rules, epoch};
use yuma_vectors::model;
use yuma_vectors::schema::epoch::EpochInput;
use yuma_vectors::schema::{Decimal, Matrix};
use yuma_vectors::via_rust::epoch::Tables;

const NEURONS: u16 = 256;
const VALIDATORS: u16 = 64;
const ROUNDS: usize = 15;
/// Core is run this often in a round, so that its time is well above the clock's resolution.
const REPEATS: u32 = 20;

fn main() {
    let mut summary = vec![];
    for (name, yuma3, liquid_alpha) in [("yuma2", false, false), ("yuma3", true, false), ("yuma3-liquid", true, true)] {
        let input = dense(yuma3, liquid_alpha);
        let tables = Tables::new(Rules::SUBTENSOR_425, &input);
        let subnet = tables.subnet().expect("a valid subnet");
        let mut memory = vec![0; subnet.workspace_words().expect("a small subnet")];
        let (mut ours, mut naive) = (vec![], vec![]);
        for _ in 0..ROUNDS {
            ours.push(
                time(|| {
                    for _ in 0..REPEATS {
                        let outcome = epoch::run(&tables.params, black_box(&subnet), &mut memory);
                        black_box(outcome.expect("a valid subnet").emission());
                    }
                }) / REPEATS,
            );
            naive.push(time(|| {
                black_box(model::epoch::epoch(black_box(&input)));
            }));
        }
        let (ours, naive) = (median(ours), median(naive));
        let ratio_tenths = naive.as_nanos() * 10 / ours.as_nanos().max(1);
        let ratio = format!("{}.{}", ratio_tenths / 10, ratio_tenths % 10);
        println!("epoch {NEURONS}×{VALIDATORS} dense, {name}: core {ours:.1?}, naive model {naive:.1?}, ratio {ratio}");
        summary.push(json!({
            "case": name, "neurons": NEURONS, "validators": VALIDATORS, "memory_words": memory.len(),
            "core_nanoseconds": u64::try_from(ours.as_nanos()).ok(),
            "naive_nanoseconds": u64::try_from(naive.as_nanos()).ok(),
            "ratio": ratio,
        }));
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/bench");
    fs::create_dir_all(&folder).expect("a place for the summary");
    fs::write(folder.join("summary.json"), format!("{:#}\n", json!(summary))).expect("a place for the summary");
}

/// A subnet in which every validator weighs every neuron and has bonds in all.
fn dense(yuma3: bool, liquid_alpha: bool) -> EpochInput {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let n = usize::from(NEURONS);
    let mut matrix = || {
        let row = |rng: &mut ChaCha8Rng| (0..NEURONS).map(|column| (column, rng.random_range(1..=u16::MAX))).collect();
        Matrix((0..VALIDATORS).map(|uid| (uid, row(&mut rng))).collect())
    };
    let (weights, bonds) = (matrix(), matrix());
    let is_validator = |uid: u16| uid < VALIDATORS;
    let stake = |uid: u16| if is_validator(uid) { i128::from(uid + 1) * 1_000_000_000_000 } else { 0 };
    EpochInput {
        n: NEURONS,
        current_block: Decimal(1_000_000),
        tempo: Decimal(360),
        activity_cutoff: Decimal(5000),
        last_step_block: Decimal(999_639),
        kappa: 32767,
        bonds_penalty: u16::MAX,
        bonds_moving_average: Decimal(900_000),
        yuma3,
        liquid_alpha,
        commit_reveal: false,
        alpha_low: 45875,
        alpha_high: 58982,
        alpha_sigmoid_steepness: 1000,
        max_allowed_validators: VALIDATORS,
        stake_threshold: Decimal(0),
        owner_uid: None,
        rao_emission: Decimal(148_000_000_000),
        stake: (0..NEURONS).map(|uid| Decimal(stake(uid) << 64)).collect(),
        last_update: vec![Decimal(999_900); n],
        block_at_registration: vec![Decimal(100); n],
        validator_permit: (0..NEURONS).map(is_validator).collect(),
        commit_block: None,
        weights,
        bonds,
        consensus_mode: None,
        previous_consensus: None,
        last_yuma_step_block: None,
        mining_budget: None,
        dividend_budget: None,
        fallback_budget: None,
    }
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

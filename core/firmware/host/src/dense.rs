//! The largest subnets a device has room for: every validator weighs everybody and has bonds of everybody.

use rand::rngs::ChaCha8Rng;
use rand::{RngExt as _, SeedableRng as _};
use yuma_core::{Params, Rules};
use yuma_vectors::kinds::{self, Via};
use yuma_vectors::schema::epoch::{ConsensusMode, EpochInput};
use yuma_vectors::schema::{Case, Decimal, File, Matrix, SCHEMA, to_json};

use crate::answer::Version;

/// A file of one case for each way to compute bonds, made to fill the device; the naive model says what they must give.
///
/// # Errors
/// What the model says.
pub fn dense(about: &Version) -> Result<File, String> {
    let rules = Rules::NEWEST.id();
    let n = u16::try_from(about.neurons).unwrap_or(u16::MAX);
    let validators = u16::try_from(about.weights.min(about.bonds) / u32::from(n.max(1))).unwrap_or(n).min(n);
    let cases = [("yuma2", false, false), ("yuma3", true, false), ("yuma3-liquid", true, true)];
    let cases = cases.into_iter().map(|(name, yuma3, liquid_alpha)| {
        let input = to_json(EpochInput { yuma3, liquid_alpha, ..input(n, validators) });
        let expect = kinds::compute(Via::Model, rules, "epoch", &input).map_err(|failure| failure.to_string())?;
        Ok(Case { name: format!("dense-{n}-{validators}-{name}"), comment: None, input, expect })
    });
    Ok(File {
        schema: SCHEMA.into(),
        kind: "epoch".into(),
        rules: rules.into(),
        note: String::new(),
        cases: cases.collect::<Result<_, String>>()?,
    })
}

/// The first `validators` neurons validate; all numbers are random, the same every time.
fn input(n: u16, validators: u16) -> EpochInput {
    let rng = &mut ChaCha8Rng::seed_from_u64(n.into());
    let of_everybody = |rng: &mut ChaCha8Rng| {
        let row = |rng: &mut ChaCha8Rng| (0..n).map(|column| (column, rng.random_range(1..=u16::MAX))).collect();
        Matrix((0..validators).map(|uid| (uid, row(rng))).collect())
    };
    let chain = Params::CHAIN_DEFAULT;
    EpochInput {
        n,
        current_block: Decimal(9_300_000),
        tempo: Decimal(chain.tempo),
        activity_cutoff: Decimal(chain.activity_cutoff),
        last_step_block: Decimal(9_299_640),
        kappa: chain.kappa,
        bonds_penalty: 32768,
        bonds_moving_average: Decimal(chain.bonds_moving_average),
        yuma3: false,
        liquid_alpha: false,
        commit_reveal: false,
        alpha_low: chain.alpha_low,
        alpha_high: chain.alpha_high,
        alpha_sigmoid_steepness: chain.alpha_sigmoid_steepness,
        max_allowed_validators: validators,
        stake_threshold: Decimal(0),
        owner_uid: Some(0),
        rao_emission: Decimal(148_000_000_000),
        stake: (0..n).map(|uid| Decimal(if uid < validators { rng.random_range(1..1 << 110) } else { 0 })).collect(),
        last_update: (0..n).map(|_| Decimal(9_299_990)).collect(),
        block_at_registration: (0..n).map(|uid| Decimal(8_000_000 + u64::from(uid))).collect(),
        validator_permit: (0..n).map(|uid| uid < validators).collect(),
        commit_block: None,
        weights: of_everybody(rng),
        bonds: of_everybody(rng),
        consensus_mode: Some(ConsensusMode::Auto),
        previous_consensus: Some((0..n).map(|_| rng.random()).collect()),
        last_yuma_step_block: Some(Some(Decimal(9_299_640))),
        mining_budget: None,
        dividend_budget: None,
        fallback_budget: None,
    }
}

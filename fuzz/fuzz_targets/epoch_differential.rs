//! Core against the naive model: the same epoch, every bit of every stage.
#![no_main]

use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use yuma_core::Rules;
use yuma_vectors::schema::epoch::{ConsensusMode, EpochInput};
use yuma_vectors::schema::{Decimal, Matrix};
use yuma_vectors::{model, via_rust};

/// A small subnet, all of its numbers free within the domain (spec `epoch.md` §2).
#[derive(Debug, Arbitrary)]
struct Fuzzed {
    neurons: Vec<Neuron>,
    current_block: u64,
    tempo: u64,
    activity_cutoff: u64,
    last_step_block: u64,
    kappa: u16,
    bonds_penalty: u16,
    bonds_moving_average: u64,
    yuma3: bool,
    liquid_alpha: bool,
    commit_reveal: bool,
    alphas: [u16; 2],
    alpha_sigmoid_steepness: i16,
    max_allowed_validators: u16,
    stake_threshold: u64,
    owner_uid: Option<u16>,
    rao_emission: u64,
    commits: bool,
    consensus_mode: u8,
    previous_consensus: Vec<u16>,
    last_yuma_step_block: Option<u64>,
}

#[derive(Debug, Arbitrary)]
struct Neuron {
    stake: u128,
    last_update: u64,
    block_at_registration: u64,
    validator_permit: bool,
    commit_block: u64,
    weights: Vec<(u8, u16)>,
    bonds: Vec<(u8, u16)>,
}

/// The total of all stakes stays below 2^63 rao, the domain in which every rule holds.
const MOST_NEURONS: usize = 16;
const STAKE_BITS: u32 = 64 + 59;

impl From<Fuzzed> for EpochInput {
    fn from(fuzzed: Fuzzed) -> Self {
        let neurons = &fuzzed.neurons[..fuzzed.neurons.len().min(MOST_NEURONS)];
        let blocks = |field: fn(&Neuron) -> u64| neurons.iter().map(|neuron| Decimal(field(neuron))).collect();
        let rows = |field: fn(&Neuron) -> &Vec<(u8, u16)>| {
            let row = |neuron| field(neuron).iter().map(|&(column, value)| (u16::from(column % 20), value)).collect();
            Matrix((0..).zip(neurons.iter().map(row)).collect())
        };
        let stake = |neuron: &Neuron| Decimal((neuron.stake & ((1 << STAKE_BITS) - 1)).cast_signed());
        Self {
            n: u16::try_from(neurons.len()).unwrap_or(0),
            current_block: Decimal(fuzzed.current_block),
            tempo: Decimal(fuzzed.tempo),
            activity_cutoff: Decimal(fuzzed.activity_cutoff),
            last_step_block: Decimal(fuzzed.last_step_block),
            kappa: fuzzed.kappa,
            bonds_penalty: fuzzed.bonds_penalty,
            bonds_moving_average: Decimal(fuzzed.bonds_moving_average),
            yuma3: fuzzed.yuma3,
            liquid_alpha: fuzzed.liquid_alpha,
            commit_reveal: fuzzed.commit_reveal,
            alpha_low: fuzzed.alphas[0].min(fuzzed.alphas[1]),
            alpha_high: fuzzed.alphas[0].max(fuzzed.alphas[1]),
            alpha_sigmoid_steepness: fuzzed.alpha_sigmoid_steepness,
            max_allowed_validators: fuzzed.max_allowed_validators,
            stake_threshold: Decimal(fuzzed.stake_threshold),
            owner_uid: fuzzed.owner_uid,
            rao_emission: Decimal(fuzzed.rao_emission),
            stake: neurons.iter().map(stake).collect(),
            last_update: blocks(|neuron| neuron.last_update),
            block_at_registration: blocks(|neuron| neuron.block_at_registration),
            validator_permit: neurons.iter().map(|neuron| neuron.validator_permit).collect(),
            commit_block: fuzzed.commits.then(|| blocks(|neuron| neuron.commit_block)),
            weights: rows(|neuron| &neuron.weights),
            bonds: rows(|neuron| &neuron.bonds),
            consensus_mode: Some(match fuzzed.consensus_mode % 3 {
                0 => ConsensusMode::Current,
                1 => ConsensusMode::Previous,
                _ => ConsensusMode::Auto,
            }),
            previous_consensus: Some(fuzzed.previous_consensus),
            last_yuma_step_block: Some(fuzzed.last_yuma_step_block.map(Decimal)),
            mining_budget: None,
            dividend_budget: None,
            fallback_budget: None,
        }
    }
}

fuzz_target!(|fuzzed: Fuzzed| {
    let input = EpochInput::from(fuzzed);
    let core = |rules| via_rust::epoch::epoch(rules, &input).expect("a valid subnet");
    assert_eq!(core(Rules::SUBTENSOR_425), model::epoch::epoch(&input));
    assert_eq!(core(Rules::SUBTENSOR_475), model::subtensor_475::epoch::epoch(&input));
});

//! The epoch's door, memory and stages, and what holds of every outcome (spec `epoch.md`).
#![allow(clippy::unwrap_used)]

use num_bigint::BigInt;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};
use yuma_core::epoch::{
    self, Columns, ConsensusChoice, ConsensusMemory, ConsensusMode, LiquidAlpha, LiquidMemory, Neuron, NullBudgets,
    OldBonds, StaticSubnet, StepBlocks, Workspace,
};
use yuma_core::fixed::{I32F32, I64F64, exp, proportion, safe_div};
use yuma_core::rows::{RowsMut, Scatter};
use yuma_core::{Error, ErrorCode, Outcome, Params, Rows, Rules, Subnet};

/// Rows of entries, as people write a sparse matrix.
type Table<V> = Vec<Vec<(u16, V)>>;

/// A sparse matrix that owns its memory.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Csr<V> {
    offsets: Vec<u32>,
    columns: Vec<u16>,
    values: Vec<V>,
}

impl<V: Copy> Csr<V> {
    fn new(table: &Table<V>) -> Self {
        let mut offsets = vec![0];
        for row in table {
            offsets.push(offsets.last().unwrap() + u32::try_from(row.len()).unwrap());
        }
        let entries = || table.iter().flatten();
        Self { offsets, columns: entries().map(|entry| entry.0).collect(), values: entries().map(|e| e.1).collect() }
    }

    fn rows(&self) -> Rows<'_, V> {
        Rows::new("matrix", &self.offsets, &self.columns, &self.values).unwrap()
    }
}

fn table<V: Copy>(rows: Rows<'_, V>) -> Table<V> {
    rows.iter().map(Iterator::collect).collect()
}

/// A subnet that owns its memory.
#[derive(Debug, Clone)]
struct Owned {
    n: u16,
    current_block: u64,
    last_step_block: u64,
    last_yuma_step_block: Option<u64>,
    owner_uid: Option<u16>,
    rao_emission: u64,
    stake: Vec<I64F64>,
    last_update: Vec<u64>,
    block_at_registration: Vec<u64>,
    validator_permit: Vec<bool>,
    commit_block: Option<Vec<u64>>,
    weights: Csr<u16>,
    bonds: Csr<u16>,
    previous_consensus: Vec<u16>,
}

impl Owned {
    fn subnet(&self) -> Subnet<'_> {
        Subnet {
            n: self.n,
            current_block: self.current_block,
            last_step_block: self.last_step_block,
            last_yuma_step_block: self.last_yuma_step_block,
            owner_uid: self.owner_uid,
            rao_emission: self.rao_emission,
            stake: &self.stake,
            last_update: &self.last_update,
            block_at_registration: &self.block_at_registration,
            validator_permit: &self.validator_permit,
            commit_block: self.commit_block.as_deref(),
            weights: self.weights.rows(),
            bonds: self.bonds.rows(),
            previous_consensus: &self.previous_consensus,
        }
    }
}

/// Everything an outcome says, to compare.
#[derive(Debug, PartialEq, Eq)]
struct Summary {
    flags: [Vec<bool>; 2],
    shares: [Vec<u16>; 5],
    rao: [Vec<u64>; 3],
    bonds: Table<u16>,
    raw: [Vec<I32F32>; 6],
    ema_bonds: Table<I32F32>,
}

fn summary(outcome: &Outcome<'_>) -> Summary {
    let raw = outcome.raw();
    let uids = 0..u16::try_from(outcome.active().len()).unwrap();
    Summary {
        flags: [outcome.active().to_vec(), outcome.validator_permit().to_vec()],
        shares: [
            outcome.stake_weight().collect(),
            outcome.consensus().collect(),
            outcome.validator_trust().collect(),
            outcome.incentive().collect(),
            outcome.dividends().collect(),
        ],
        rao: [outcome.server_emission(), outcome.validator_emission(), outcome.emission()].map(<[u64]>::to_vec),
        bonds: uids.map(|uid| outcome.bonds(uid).collect()).collect(),
        raw: [raw.stake, raw.active_stake, raw.consensus, raw.validator_trust, raw.incentive, raw.dividends]
            .map(<[I32F32]>::to_vec),
        ema_bonds: table(raw.ema_bonds),
    }
}

impl Summary {
    /// The number of elements of each list.
    fn lengths(&self) -> Vec<usize> {
        let flags = self.flags.iter().map(Vec::len);
        let shares = self.shares.iter().map(Vec::len);
        let rao = self.rao.iter().map(Vec::len);
        let raw = self.raw.iter().map(Vec::len);
        let bonds = [self.bonds.len(), self.ema_bonds.len()];
        flags.chain(shares).chain(rao).chain(raw).chain(bonds).collect()
    }
}

fn run(params: &Params, subnet: &Subnet<'_>) -> Summary {
    let mut memory = vec![0; subnet.workspace_words().unwrap()];
    summary(&epoch::run(params, subnet, &mut memory).unwrap())
}

/// How far input goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Within the domain of `epoch.md` §2.
    Domain,
    /// Whatever the types hold and the door lets in.
    Anything,
}

fn random(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

fn one_of<T: Copy>(rng: &mut ChaCha8Rng, choices: &[T]) -> T {
    choices[rng.random_range(0..choices.len())]
}

/// A number of a random count of bits.
fn any_u64(rng: &mut ChaCha8Rng) -> u64 {
    let length = rng.random_range(0..=64);
    rng.random::<u64>().checked_shr(64 - length).unwrap_or(0)
}

/// A block near the epoch's, or any.
fn block(rng: &mut ChaCha8Rng) -> u64 {
    match rng.random_range(0..8) {
        0 => any_u64(rng),
        1 => u64::MAX,
        2 | 3 => 0,
        _ => rng.random_range(990..=1010),
    }
}

fn any_stake(rng: &mut ChaCha8Rng, reach: Reach) -> I64F64 {
    // Six stakes of the domain total less than 2^63 rao.
    let length = rng.random_range(0..=if reach == Reach::Domain { 124 } else { 127 });
    let bits = rng.random::<u128>().checked_shr(128 - length).unwrap_or(0);
    match rng.random_range(0..6) {
        0 => I64F64::ZERO,
        1 | 2 => I64F64::from_num(rng.random_range(1..4)),
        _ => I64F64::from_bits(bits.cast_signed()),
    }
}

/// Rows that are unsorted, repeat columns, and name columns beyond the subnet.
fn any_matrix(rng: &mut ChaCha8Rng, n: u16, rows: u16) -> Csr<u16> {
    let any_row = |rng: &mut ChaCha8Rng| -> Vec<(u16, u16)> {
        let entry = |rng: &mut ChaCha8Rng| {
            let column = if rng.random_ratio(1, 20) { rng.random() } else { rng.random_range(0..n + 2) };
            (column, if rng.random() { one_of(rng, &[0, 1, 32768, 65535]) } else { rng.random() })
        };
        match rng.random_range(0..4) {
            0 => vec![],
            1 => (0..n).map(|column| (column, rng.random())).collect(),
            _ => (0..rng.random_range(0..2 * n + 2)).map(|_| entry(rng)).collect(),
        }
    };
    Csr::new(&(0..rows).map(|_| any_row(rng)).collect())
}

fn any_params(rng: &mut ChaCha8Rng, reach: Reach) -> Params {
    let alphas: [u16; 2] = rng.random();
    let ordered = reach == Reach::Domain && alphas[0] > alphas[1];
    let [alpha_low, alpha_high] = if ordered { [alphas[1], alphas[0]] } else { alphas };
    let (any, any_cutoff) = (any_u64(rng), any_u64(rng));
    Params {
        rules: one_of(rng, Rules::ALL),
        tempo: block(rng),
        activity_cutoff: one_of(rng, &[5, 5000, 5000, any_cutoff]),
        kappa: if rng.random() { 32767 } else { rng.random() },
        bonds_penalty: if rng.random() { one_of(rng, &[0, 65535]) } else { rng.random() },
        bonds_moving_average: one_of(rng, &[900_000, 900_000, 1_000_000, 0, any]),
        yuma3: rng.random(),
        liquid_alpha: rng.random(),
        commit_reveal: rng.random(),
        alpha_low,
        alpha_high,
        alpha_sigmoid_steepness: rng.random(),
        max_allowed_validators: if rng.random() { rng.random_range(0..8) } else { 64 },
        stake_threshold: if rng.random() { 0 } else { any_u64(rng) },
        consensus_mode: one_of(rng, &[ConsensusMode::Current, ConsensusMode::Previous, ConsensusMode::Auto]),
    }
}

fn any_subnet(rng: &mut ChaCha8Rng, reach: Reach) -> Owned {
    let n = rng.random_range(0..=6);
    let healthy = rng.random(); // everybody registered long ago and has set weights lately
    let blocks = |rng: &mut ChaCha8Rng| (0..n).map(|_| block(rng)).collect::<Vec<_>>();
    let rows = |rng: &mut ChaCha8Rng| if rng.random_ratio(1, 6) { 0 } else { n + rng.random_range(0..2) };
    let (weight_rows, bond_rows) = (rows(rng), rows(rng));
    Owned {
        n,
        current_block: if rng.random() { 1000 } else { block(rng) },
        last_step_block: block(rng),
        last_yuma_step_block: rng.random::<bool>().then(|| block(rng)),
        owner_uid: rng.random::<bool>().then(|| rng.random_range(0..n + 2)),
        rao_emission: if rng.random() { one_of(rng, &[0, 1, 1_000_000_000, u64::MAX]) } else { any_u64(rng) },
        stake: (0..n).map(|_| any_stake(rng, reach)).collect(),
        last_update: if healthy { vec![1000; usize::from(n)] } else { blocks(rng) },
        block_at_registration: (0..n).map(|_| if healthy || rng.random() { 0 } else { block(rng) }).collect(),
        validator_permit: (0..n).map(|_| rng.random_ratio(3, 4)).collect(),
        commit_block: rng.random::<bool>().then(|| blocks(rng)),
        weights: any_matrix(rng, n, weight_rows),
        bonds: any_matrix(rng, n, bond_rows),
        previous_consensus: (0..rng.random_range(0..8)).map(|_| one_of(rng, &[0, 1, 32768, 65535])).collect(),
    }
}

/// Two validators and a miner, all well.
fn small() -> Owned {
    Owned {
        n: 3,
        current_block: 1000,
        last_step_block: 900,
        last_yuma_step_block: None,
        owner_uid: None,
        rao_emission: 1_000_000,
        stake: [600, 400, 0].map(I64F64::from_num).to_vec(),
        last_update: vec![990; 3],
        block_at_registration: vec![0; 3],
        validator_permit: vec![true, true, false],
        commit_block: Some(vec![u64::MAX; 3]),
        weights: Csr::new(&vec![vec![(2, 65535)], vec![(2, 65535)], vec![]]),
        bonds: Csr::new(&vec![vec![(2, 65535)], vec![(2, 7)], vec![]]),
        previous_consensus: vec![],
    }
}

// The door

/// What `run` answers to a subnet that `change` spoiled.
fn refusal(commit_reveal: bool, change: impl FnOnce(&mut Owned)) -> Option<Error> {
    let mut owned = small();
    change(&mut owned);
    let params = Params { commit_reveal, ..Params::CHAIN_DEFAULT };
    epoch::run(&params, &owned.subnet(), &mut [0; 128]).err()
}

fn error(code: ErrorCode, field: &'static str, index: u64, limit: u64) -> Error {
    Error { code, field, index, limit }
}

#[test]
fn the_small_subnet_is_let_in() {
    assert_eq!(refusal(false, |_| ()), None);
    assert_eq!(refusal(true, |_| ()), None);
}

#[test]
fn every_slice_must_have_one_element_per_uid() {
    let length = |field, index| Some(error(ErrorCode::Length, field, index, 3));
    for (index, count) in [(0, 0), (2, 2), (4, 4)] {
        let blocks = vec![0; count];
        assert_eq!(refusal(false, |owned| owned.stake = vec![I64F64::ONE; count]), length("stake", index));
        assert_eq!(refusal(false, |owned| owned.last_update.clone_from(&blocks)), length("last_update", index));
        assert_eq!(
            refusal(false, |owned| owned.block_at_registration.clone_from(&blocks)),
            length("block_at_registration", index)
        );
        assert_eq!(
            refusal(false, |owned| owned.validator_permit = vec![true; count]),
            length("validator_permit", index)
        );
        let commits = |owned: &mut Owned| owned.commit_block = Some(blocks.clone());
        assert_eq!(refusal(true, commits), length("commit_block", index));
        assert_eq!(refusal(false, commits), None, "commits are not read without commit-reveal");
    }
    assert_eq!(refusal(true, |owned| owned.commit_block = None), None);
}

#[test]
fn a_matrix_has_no_row_or_at_least_one_per_uid() {
    for rows in 0..6 {
        let matrix = Csr::new(&vec![vec![(0, 1)]; rows]);
        let expected = |field| matches!(rows, 1 | 2).then(|| error(ErrorCode::Length, field, rows as u64, 3));
        assert_eq!(refusal(false, |owned| owned.weights = matrix.clone()), expected("weights"), "{rows}");
        assert_eq!(refusal(false, |owned| owned.bonds = matrix.clone()), expected("bonds"), "{rows}");
    }
}

#[test]
fn a_negative_stake_is_refused_with_its_uid() {
    for uid in 0..3 {
        let negative = |owned: &mut Owned| owned.stake[uid] = I64F64::from_bits(-1);
        assert_eq!(refusal(false, negative), Some(error(ErrorCode::Negative, "stake", uid as u64, 0)));
    }
    let all = |owned: &mut Owned| owned.stake = vec![I64F64::MIN; 3];
    assert_eq!(refusal(false, all), Some(error(ErrorCode::Negative, "stake", 0, 0)), "the first is named");
}

#[test]
fn offsets_and_entries_must_fit_together() {
    let refused = |offsets: &[u32], columns: &[u16], values: &[u16]| {
        Rows::new("weights", offsets, columns, values).map(|rows| rows.count()).unwrap_err()
    };
    let offsets = |index, limit| error(ErrorCode::Offsets, "weights", index, limit);
    assert_eq!(refused(&[], &[], &[]), offsets(0, 0));
    assert_eq!(refused(&[1, 1], &[5], &[6]), offsets(0, 0));
    assert_eq!(refused(&[0, 2, 1, 2], &[5, 5], &[6, 6]), offsets(2, 2));
    assert_eq!(refused(&[0, 1, 3], &[5, 5], &[6, 6]), offsets(2, 2));
    assert_eq!(refused(&[0, u32::MAX, 1], &[5], &[6]), offsets(1, 1));
    assert_eq!(refused(&[0, 1, 1], &[5, 5], &[6, 6]), offsets(2, 2));
    assert_eq!(refused(&[0], &[5], &[6]), offsets(0, 1));
    assert_eq!(refused(&[0, 1], &[5], &[6, 6]), error(ErrorCode::Entries, "weights", 1, 2));
    assert_eq!(refused(&[0, 1], &[5, 5], &[6]), error(ErrorCode::Entries, "weights", 2, 1));
    let ends = Rows::from_ends("bonds", &[1, 0], &[5], &[6_u16]).unwrap_err();
    assert_eq!(ends, error(ErrorCode::Offsets, "bonds", 2, 1), "an index counts the leading 0");

    let empty = Rows::<u16>::new("weights", &[0], &[], &[]).unwrap();
    assert_eq!((empty.count(), empty.entries(), empty.row(0).count()), (0, 0, 0));
    let rows = Rows::new("weights", &[0, 0, 2, 2], &[9, 9], &[1_u16, 2]).unwrap();
    assert_eq!((rows.count(), rows.entries()), (3, 2));
    assert_eq!(table(rows), [vec![], vec![(9, 1), (9, 2)], vec![]]);
    assert_eq!(rows.row(3).count(), 0);
    assert_eq!(rows.row(usize::MAX).count(), 0);
}

#[test]
fn rules_are_never_guessed() {
    for version in [0, 424, 426, 474, u32::MAX] {
        let newest = Rules::NEWEST.spec_version().into();
        let refused = error(ErrorCode::UnknownRules, "rules", version.into(), newest);
        assert_eq!(Rules::for_spec_version(version), Err(refused));
    }
    assert_eq!(Rules::from_id("subtensor-424"), None);
    assert!(Rules::ALL.is_sorted_by_key(|rules| rules.spec_version()));
    assert_eq!(Rules::ALL.last(), Some(&Rules::NEWEST));
    for &rules in Rules::ALL {
        assert_eq!(Rules::from_id(rules.id()), Some(rules));
        assert_eq!(Rules::for_spec_version(rules.spec_version()), Ok(rules));
        let params = Params { rules, ..Params::CHAIN_DEFAULT };
        let (owned, mut memory) = (small(), [0; 128]);
        assert_eq!(
            epoch::run(&params, &owned.subnet(), &mut memory).unwrap().rules(),
            rules,
            "an outcome says its rules"
        );
    }
}

#[test]
fn errors_speak() {
    for (code, name, sentence) in [
        (ErrorCode::Length, "length", "stake has 7 elements, 9 are needed"),
        (ErrorCode::Offsets, "offsets", "offset 7 of stake is out of order or beyond its limit 9"),
        (ErrorCode::Entries, "entries", "stake has 7 columns but 9 values"),
        (ErrorCode::Range, "range", "stake[7] is above the limit 9"),
        (ErrorCode::Negative, "negative", "stake[7] is negative"),
        (ErrorCode::TooSmall, "too_small", "stake has room for 7 elements, 9 are needed"),
        (ErrorCode::NotInRules, "not_in_rules", "there is no stake under the rules of spec version 7, but from 9 on"),
        (ErrorCode::UnknownRules, "unknown_rules", "no rules for spec version 7 are known, the newest known is 9"),
    ] {
        assert_eq!(code.name(), name);
        assert_eq!(error(code, "stake", 7, 9).to_string(), sentence);
    }
}

// Memory

#[test]
fn the_exact_memory_suffices_and_its_contents_do_not_matter() {
    let mut rng = random(1);
    for _ in 0..3_000 {
        let (params, owned) = (any_params(&mut rng, Reach::Anything), any_subnet(&mut rng, Reach::Anything));
        let subnet = owned.subnet();
        let words = subnet.workspace_words().unwrap();
        let zeros = run(&params, &subnet);
        let mut memory = vec![u64::MAX; words];
        assert_eq!(summary(&epoch::run(&params, &subnet, &mut memory).unwrap()), zeros, "{params:?} {owned:?}");
        let mut memory: Vec<u64> = (0..words + 5).map(|_| rng.random()).collect();
        let beyond = memory[words..].to_vec();
        assert_eq!(summary(&epoch::run(&params, &subnet, &mut memory).unwrap()), zeros, "{params:?} {owned:?}");
        assert_eq!(memory[words..], beyond, "what is not needed is not touched");
        if words > 0 {
            let refused = epoch::run(&params, &subnet, &mut memory[..words - 1]).unwrap_err();
            assert_eq!(refused, error(ErrorCode::TooSmall, "workspace", words as u64 - 1, words as u64));
        }
    }
}

#[test]
fn the_largest_subnet_runs() {
    let n = u16::MAX;
    let neurons = usize::from(n);
    let mut weights = vec![vec![]; neurons];
    weights[0] = vec![(n - 1, 1)];
    weights[neurons - 1] = vec![(0, 2), (n - 1, 3)];
    let subnet = Owned {
        n,
        stake: vec![I64F64::ONE; neurons],
        last_update: vec![1_000_000; neurons],
        block_at_registration: vec![0; neurons],
        validator_permit: vec![true; neurons],
        weights: Csr::new(&weights),
        bonds: Csr::new(&vec![vec![]; neurons]),
        ..small()
    };
    for (yuma3, liquid_alpha) in [(false, false), (true, false), (true, true)] {
        let outcome =
            run(&Params { yuma3, liquid_alpha, max_allowed_validators: n, ..Params::CHAIN_DEFAULT }, &subnet.subnet());
        assert_eq!(outcome.flags[1].iter().filter(|permit| **permit).count(), neurons);
    }
    let mut memory = vec![0; Workspace::words(n, 0, 0).unwrap()];
    let budgets = NullBudgets::of_emission(1_000_000);
    let outcome = epoch::null_epoch(&Params::CHAIN_DEFAULT, &subnet.subnet(), budgets, &mut memory).unwrap();
    assert_eq!(outcome.emission().iter().sum::<u64>(), 1_000_000);
}

#[test]
fn no_neuron_needs_no_memory() {
    let empty = Csr::new(&vec![]);
    let owned = Owned {
        n: 0,
        stake: vec![],
        last_update: vec![],
        block_at_registration: vec![],
        validator_permit: vec![],
        commit_block: None,
        weights: empty.clone(),
        bonds: empty,
        ..small()
    };
    assert_eq!(owned.subnet().workspace_words(), Ok(0));
    let outcome = run(&Params::CHAIN_DEFAULT, &owned.subnet());
    assert_eq!(outcome.lengths(), [0; 18]);
}

#[test]
fn words_are_counted_or_refused() {
    assert_eq!(Workspace::words(0, 0, 0), Some(0));
    // Per weight one value, a quarter of a word for its column, and one value of the bonds or their keys.
    assert_eq!(Workspace::words(0, 4, 0), Some(4 + 1 + 4));
    assert_eq!(Workspace::words(0, 0, 4), Some(4 + 1));
    for (n, weights, bonds) in
        [(0, usize::MAX, 0), (0, 0, usize::MAX), (1, usize::MAX, usize::MAX), (65535, usize::MAX / 2, 0)]
    {
        assert_eq!(Workspace::words(n, weights, bonds), None, "{n} {weights} {bonds}");
    }
    // New bonds are counted per row: no more than the row's weights and old bonds, nor than the neurons.
    for (weights, bonds, new_bonds) in [(3, 3, 3), (1, 1, 2), (2, 2, 3), (5, 1, 5), (0, 7, 3), (0, 0, 0)] {
        let matrix = |entries| Csr::new(&vec![vec![], vec![(0, 1); entries], vec![]]);
        let owned = Owned { weights: matrix(weights), bonds: matrix(bonds), ..small() };
        assert_eq!(owned.subnet().workspace_words().ok(), Workspace::words(3, weights, new_bonds));
    }
    let largest = Workspace::words(u16::MAX, usize::MAX / 4, usize::MAX / 4);
    assert!(largest.is_some_and(|words| words > usize::MAX / 2));
}

/// The memory for bonds is counted before it is known how many there will be, and a matrix drops what has no room: so the
/// same stages with ample memory must give the same bonds.
#[test]
fn no_bond_is_dropped_for_lack_of_memory() {
    let mut rng = random(2);
    let mut of_each: [u32; 3] = [0; 3];
    for _ in 0..15_000 {
        let (params, owned) = (any_params(&mut rng, Reach::Anything), any_subnet(&mut rng, Reach::Anything));
        let subnet = owned.subnet();
        let outcome = run(&params, &subnet);
        let (bonds, way) = bonds_with_ample_memory(&params, &subnet, &outcome);
        assert_eq!(outcome.ema_bonds, bonds, "{params:?} {owned:?}");
        of_each[way] += u32::from(bonds.iter().any(|row| !row.is_empty()));
    }
    assert!(of_each.iter().all(|&count| count > 500), "every way is taken, with bonds: {of_each:?}");
}

/// The bonds E by the public stages, and which of the three ways led to them.
fn bonds_with_ample_memory(params: &Params, subnet: &Subnet<'_>, outcome: &Summary) -> (Table<I32F32>, usize) {
    const AMPLE: usize = 400;
    let n = usize::from(subnet.n);
    let zeros = || vec![I32F32::ZERO; n];
    let [_, active_stake, consensus, ..] = &outcome.raw;
    let mask = epoch::WeightMask {
        validator_permit: subnet.validator_permit,
        owner_uid: subnet.owner_uid,
        last_update: subnet.last_update,
        block_at_registration: subnet.block_at_registration,
        commit_block: subnet.commit_block.filter(|_| params.commit_reveal),
    };
    let (mut values, mut touched) = (zeros(), [0]);
    let mut row = Scatter::new(&mut values, &mut touched);
    let (mut ends, mut columns, mut values) = ([0; AMPLE], [0; AMPLE], [I32F32::ZERO; AMPLE]);
    let mut weights = RowsMut::new(&mut ends, &mut columns, &mut values);
    epoch::masked_weights(subnet.n, subnet.weights, &mask, &mut weights);
    epoch::weights_for_bonds(&mut weights, consensus, params.bonds_penalty, &mut row);
    let old_rules = params.rules == Rules::SUBTENSOR_425;
    let blocks = StepBlocks {
        current_block: subnet.current_block,
        tempo: params.tempo,
        last_step_block: subnet.last_step_block,
        last_yuma_step_block: subnet.last_yuma_step_block,
    };
    let choice = ConsensusChoice {
        mode: params.consensus_mode,
        bonds_penalty: params.bonds_penalty,
        previous: subnet.previous_consensus,
    };
    let choose = if old_rules { epoch::current_consensus } else { epoch::chosen_consensus };
    let mut chosen = zeros();
    choose(&choice, consensus, &mut chosen);
    let old = OldBonds {
        bonds: subnet.bonds,
        last_tempo: if old_rules { epoch::last_tempo(&blocks) } else { epoch::last_tempo_in_yuma(&blocks) },
        block_at_registration: subnet.block_at_registration,
    };
    let (mut ends, mut columns, mut values) = ([0; AMPLE], [0; AMPLE], [I32F32::ZERO; AMPLE]);
    let mut bonds = RowsMut::new(&mut ends, &mut columns, &mut values);
    let [mut first, mut second, mut third] = [zeros(), zeros(), zeros()];
    let [mut reciprocals, mut more_reciprocals] = [vec![u64::MAX; n], vec![u64::MAX; n]];
    let way = if !params.yuma3 {
        let fresh = epoch::fresh_share(params.bonds_moving_average);
        let mut columns =
            [Columns::new(&mut first, &mut reciprocals), Columns::new(&mut second, &mut more_reciprocals)];
        epoch::bonds_ema_yuma2(weights.as_rows(), active_stake, &old, fresh, &mut columns, &mut row, &mut bonds);
        epoch::max_upscale_columns(&mut bonds, &mut columns[1]);
        0
    } else if params.liquid_alpha && chosen.iter().any(|&consensus| consensus != I32F32::ZERO) {
        let liquid = LiquidAlpha::new(params.alpha_low, params.alpha_high, params.alpha_sigmoid_steepness);
        let memory = LiquidMemory { weight_seen: &mut first, bond_seen: &mut second, bond_last: &mut third };
        epoch::bonds_ema_liquid(weights.as_rows(), &old, &chosen, &liquid, memory, &mut bonds);
        assert_eq!([&first, &second, &third], [&zeros(); 3], "the row's memory is left as it was found");
        1
    } else {
        let fresh = epoch::fresh_share_wrapping(params.bonds_moving_average);
        epoch::bonds_ema(weights.as_rows(), &old, fresh, &mut row, &mut bonds);
        2
    };
    assert!(bonds.as_rows().entries() < AMPLE && subnet.weights.entries() < AMPLE);
    (table(bonds.as_rows()), way)
}

// A subnet without a heap

#[test]
fn a_static_subnet_gives_the_same_outcome() {
    let mut rng = random(3);
    for _ in 0..1_000 {
        let (params, mut owned) = (any_params(&mut rng, Reach::Anything), any_subnet(&mut rng, Reach::Anything));
        let n = usize::from(owned.n);
        owned.commit_block.get_or_insert_with(|| vec![u64::MAX; n]);
        let mut subnet = StaticSubnet::<6, 84, 84>::new();
        subnet.current_block = owned.current_block;
        subnet.last_step_block = owned.last_step_block;
        subnet.last_yuma_step_block = owned.last_yuma_step_block;
        subnet.set_previous_consensus(owned.previous_consensus.iter().copied());
        subnet.owner_uid = owned.owner_uid;
        subnet.rao_emission = owned.rao_emission;
        for uid in 0..n {
            let [weights, bonds] =
                [&owned.weights, &owned.bonds].map(|matrix| matrix.rows().row(uid).collect::<Vec<_>>());
            subnet.push(neuron(&owned, uid), &weights, &bonds).unwrap();
        }
        assert_eq!(run(&params, &subnet.as_subnet()), run(&params, &owned.subnet()), "{params:?} {owned:?}");
    }
}

fn neuron(owned: &Owned, uid: usize) -> Neuron {
    Neuron {
        stake: owned.stake[uid],
        last_update: owned.last_update[uid],
        block_at_registration: owned.block_at_registration[uid],
        validator_permit: owned.validator_permit[uid],
        commit_block: owned.commit_block.as_ref().unwrap()[uid],
    }
}

#[test]
fn what_has_no_room_leaves_a_static_subnet_unchanged() {
    fn state<const N: usize, const W: usize, const B: usize>(subnet: &StaticSubnet<N, W, B>) -> String {
        format!("{subnet:?}")
    }
    let owned = small();
    let (first, second) = (neuron(&owned, 0), neuron(&owned, 1));
    let mut subnet = StaticSubnet::<2, 3, 2>::new();
    subnet.push(first, &[(1, 5), (1, 6)], &[(1, 7)]).unwrap();
    let before = state(&subnet);
    let too_small = |field, capacity, needed| Err(error(ErrorCode::TooSmall, field, capacity, needed));
    assert_eq!(subnet.push(second, &[(0, 1); 2], &[]), too_small("weights", 3, 4));
    assert_eq!(subnet.push(second, &[(0, 1)], &[(0, 1); 4]), too_small("bonds", 2, 5));
    assert_eq!(state(&subnet), before);
    subnet.push(second, &[(0, 1)], &[(0, 2)]).unwrap(); // exactly full
    let full = state(&subnet);
    assert_ne!(full, before);
    assert_eq!(subnet.push(second, &[], &[]), too_small("stake", 2, 3));
    assert_eq!(state(&subnet), full);
    let [weights, bonds] = [subnet.as_subnet().weights, subnet.as_subnet().bonds].map(table);
    assert_eq!(weights, [vec![(1, 5), (1, 6)], vec![(0, 1)]]);
    assert_eq!(bonds, [vec![(1, 7)], vec![(0, 2)]]);
}

// Bonds from one epoch to the next

#[test]
fn written_bonds_are_those_of_each_uid_and_the_next_epochs_input() {
    let mut rng = random(4);
    let mut with_bonds = 0;
    for _ in 0..2_000 {
        let (params, owned) = (any_params(&mut rng, Reach::Anything), any_subnet(&mut rng, Reach::Anything));
        let mut memory = vec![0; owned.subnet().workspace_words().unwrap()];
        let outcome = epoch::run(&params, &owned.subnet(), &mut memory).unwrap();
        let expected = summary(&outcome).bonds;
        let (rows, entries) = (usize::from(owned.n), outcome.bonds_len());
        assert_eq!(entries, expected.iter().map(Vec::len).sum::<usize>());
        with_bonds += usize::from(entries > 0);

        let (mut ends, mut columns, mut values) = (vec![9; rows + 1], vec![9; entries + 1], vec![9; entries + 1]);
        let written = outcome.write_bonds(&mut ends, &mut columns, &mut values).unwrap();
        assert_eq!(table(written), expected);
        let next = Subnet { bonds: written, ..owned.subnet() };
        let same = Csr::new(&expected);
        assert_eq!(run(&params, &next), run(&params, &Subnet { bonds: same.rows(), ..owned.subnet() }));
        assert_eq!((ends[rows], columns[entries], values[entries]), (9, 9, 9), "what is not needed is not touched");

        let (mut ends, mut columns, mut values) = (vec![0; rows], vec![0; entries], vec![0; entries]);
        assert_eq!(table(outcome.write_bonds(&mut ends, &mut columns, &mut values).unwrap()), expected);
        let too_small = |field, needed: usize| error(ErrorCode::TooSmall, field, needed as u64 - 1, needed as u64);
        if let Some(fewer) = rows.checked_sub(1) {
            let refused = outcome.write_bonds(&mut ends[..fewer], &mut columns, &mut values).unwrap_err();
            assert_eq!(refused, too_small("ends", rows));
        }
        if let Some(fewer) = entries.checked_sub(1) {
            let refused = outcome.write_bonds(&mut ends, &mut columns[..fewer], &mut values).unwrap_err();
            assert_eq!(refused, too_small("columns", entries));
            let refused = outcome.write_bonds(&mut ends, &mut columns, &mut values[..fewer]).unwrap_err();
            assert_eq!(refused, too_small("values", entries));
        }
    }
    assert!(with_bonds > 500, "{with_bonds}");
}

// What holds of every outcome

#[test]
fn hostile_input_gives_an_outcome_of_n_elements() {
    let mut rng = random(5);
    let mut sizes = [0; 7];
    for _ in 0..20_000 {
        let (params, owned) = (any_params(&mut rng, Reach::Anything), any_subnet(&mut rng, Reach::Anything));
        let outcome = run(&params, &owned.subnet());
        let n = usize::from(owned.n);
        assert_eq!(outcome.lengths(), [n; 18]);
        for (uid, row) in outcome.bonds.iter().enumerate() {
            assert!(row.is_empty() || outcome.flags[1][uid], "bonds without a permit");
            assert!(row.iter().all(|&(column, _)| column < owned.n), "a bond beyond the subnet");
        }
        if params.yuma3 {
            let bonds = outcome.ema_bonds.iter().flatten();
            assert!(bonds.into_iter().all(|&(_, bond)| bond > I32F32::ZERO), "a bond of 0 is none");
        }
        sizes[n] += 1;
    }
    assert!(sizes.iter().all(|&count| count > 1_000), "{sizes:?}");
}

/// Within the domain all shares are at least 0 and floored, so they never add up to more than 1; and each is at most one
/// unit of 2^-32 (of the stake: and one of 2^-64) and one rao too low.
#[test]
fn no_more_is_paid_than_there_is_and_hardly_less() {
    let mut rng = random(6);
    let (mut by_merit, mut by_stake, mut nothing) = (0, 0, 0);
    for _ in 0..10_000 {
        let (params, owned) = (any_params(&mut rng, Reach::Domain), any_subnet(&mut rng, Reach::Domain));
        let Summary { rao: [server, validator, combined], raw, .. } = run(&params, &owned.subnet());
        let total = |paid: &[u64]| paid.iter().copied().map(u128::from).sum::<u128>();
        let emission = u128::from(owned.rao_emission);
        let apart = total(&server) + total(&validator);
        assert!(total(&combined) <= emission && apart <= emission, "{params:?} {owned:?}");

        let [stake, _, _, _, incentive, dividends] = &raw;
        let any = |shares: &[I32F32]| shares.iter().any(|&share| share != I32F32::ZERO);
        if any(incentive) || any(dividends) {
            by_merit += 1;
        } else if any(stake) {
            by_stake += 1;
        } else {
            assert_eq!((total(&combined), apart), (0, 0));
            nothing += 1;
            continue;
        }
        let lost = 2 * u128::from(owned.n) * ((emission >> 32) + 2);
        assert!(total(&combined) + lost >= emission && apart + lost >= emission, "{params:?} {owned:?}");
    }
    assert!(by_merit > 1_000 && by_stake > 500 && nothing > 500, "{by_merit} {by_stake} {nothing}");
}

#[test]
fn what_came_with_later_rules_does_not_act_under_earlier_ones() {
    let mut rng = random(12);
    let mut differ = 0;
    for _ in 0..4_000 {
        let (params, owned) = (any_params(&mut rng, Reach::Anything), any_subnet(&mut rng, Reach::Anything));
        let subnet = owned.subnet();
        let plain = Subnet { last_yuma_step_block: None, previous_consensus: &[], ..subnet };
        let [old, new] = [Rules::SUBTENSOR_425, Rules::SUBTENSOR_475].map(|rules| Params { rules, ..params });
        let expected = run(&old, &plain);
        assert_eq!(run(&old, &subnet), expected, "{params:?} {owned:?}");
        assert_eq!(run(&new, &plain), expected, "{params:?} {owned:?}");
        differ += usize::from(run(&new, &subnet) != expected);
    }
    assert!(differ > 200, "{differ}");
}

// The epoch without consensus

const BUDGETS: NullBudgets = NullBudgets { mining: 1000, dividend: 500, fallback: 77 };

#[test]
fn the_null_epoch_has_a_door_of_its_own() {
    let refused = |rules: Rules, commit_reveal: bool, change: fn(&mut Owned)| {
        let mut owned = small();
        change(&mut owned);
        let params = Params { rules, commit_reveal, ..Params::CHAIN_DEFAULT };
        epoch::null_epoch(&params, &owned.subnet(), BUDGETS, &mut [0; 128]).err()
    };
    let old_rules = refused(Rules::SUBTENSOR_425, true, |_| ());
    assert_eq!(old_rules, Some(error(ErrorCode::NotInRules, "null_epoch", 425, 475)));
    let new = Rules::SUBTENSOR_475;
    let length = |field, index| Some(error(ErrorCode::Length, field, index, 3));
    assert_eq!(refused(new, true, |_| ()), None);
    assert_eq!(refused(new, true, |owned| owned.stake.truncate(2)), length("stake", 2));
    assert_eq!(refused(new, true, |owned| owned.last_update.push(0)), length("last_update", 4));
    assert_eq!(refused(new, true, |owned| owned.block_at_registration.clear()), length("block_at_registration", 0));
    assert_eq!(refused(new, true, |owned| owned.commit_block = Some(vec![0; 2])), length("commit_block", 2));
    assert_eq!(refused(new, false, |owned| owned.commit_block = Some(vec![0; 2])), None);
    assert_eq!(refused(new, true, |owned| owned.weights = Csr::new(&vec![vec![]; 2])), length("weights", 2));
    let negative = refused(new, true, |owned| owned.stake[1] = I64F64::from_bits(-1));
    assert_eq!(negative, Some(error(ErrorCode::Negative, "stake", 1, 0)));
    // Neither is read.
    assert_eq!(refused(new, true, |owned| owned.validator_permit.clear()), None);
    assert_eq!(refused(new, true, |owned| owned.bonds = Csr::new(&vec![vec![]])), None);
}

#[test]
fn a_null_epoch_pays_exactly_its_budgets() {
    let mut rng = random(13);
    let (mut by_stake, mut fallen_back) = (0, 0);
    for _ in 0..5_000 {
        let owned = any_subnet(&mut rng, Reach::Anything);
        let params = Params { rules: Rules::SUBTENSOR_475, ..any_params(&mut rng, Reach::Anything) };
        let [mining, dividend, fallback] = [any_u64(&mut rng), any_u64(&mut rng), any_u64(&mut rng)];
        let budgets = NullBudgets { mining, dividend, fallback };
        let subnet = owned.subnet();
        let words = Workspace::words(owned.n, 0, 0).unwrap();
        let [mut zeros, mut ones] = [vec![0; words], vec![u64::MAX; words]];
        let outcome = summary(&epoch::null_epoch(&params, &subnet, budgets, &mut zeros).unwrap());
        let again = summary(&epoch::null_epoch(&params, &subnet, budgets, &mut ones).unwrap());
        assert_eq!(outcome, again, "what memory holds before does not matter");
        if words > 0 {
            let refused = epoch::null_epoch(&params, &subnet, budgets, &mut zeros[1..]).unwrap_err();
            assert_eq!(refused, error(ErrorCode::TooSmall, "workspace", words as u64 - 1, words as u64));
        }

        let n = usize::from(owned.n);
        let [server, validator, combined] = &outcome.rao;
        assert_eq!([server.len(), validator.len(), combined.len(), outcome.flags[1].len()], [n; 4]);
        let total = |paid: &[u64]| paid.iter().copied().map(u128::from).sum::<u128>();
        let staked = owned.stake.iter().any(|stake| *stake > I64F64::ZERO);
        let expected = match (n, staked) {
            (0, _) => (0, 0),
            (_, true) => (mining, dividend),
            (_, false) => (fallback, 0),
        };
        assert_eq!((total(server), total(validator)), (expected.0.into(), expected.1.into()), "{owned:?}");
        let largest = owned.stake.iter().max();
        let winner = owned.stake.iter().position(|stake| Some(stake) == largest);
        let permits: Vec<_> = (0..n).map(|uid| winner == Some(uid)).collect();
        assert_eq!(outcome.flags[1], permits, "of equal stakes the lowest uid wins: {owned:?}");
        for uid in 0..n {
            assert_eq!(combined[uid], server[uid].saturating_add(validator[uid]));
            assert!(owned.stake[uid] > I64F64::ZERO || validator[uid] == 0, "dividends without stake");
        }
        by_stake += usize::from(staked);
        fallen_back += usize::from(n > 0 && !staked);
    }
    assert!(by_stake > 1_000 && fallen_back > 100, "{by_stake} {fallen_back}");
}

#[test]
fn apportionment_is_the_difference_of_floored_sums() {
    let mut rng = random(14);
    for _ in 0..3_000 {
        let length = rng.random_range(0..=128);
        let share = |rng: &mut ChaCha8Rng| match rng.random_range(0..6) {
            0 => 0,
            1 => u128::MAX,
            _ => rng.random::<u128>().checked_shr(128 - length).unwrap_or(0),
        };
        let shares: Vec<_> = (0..rng.random_range(0..9)).map(|_| share(&mut rng)).collect();
        let budget = if rng.random_ratio(1, 6) { u64::MAX } else { any_u64(&mut rng) };
        let total: BigInt = shares.iter().copied().map(BigInt::from).sum();
        let (mut so_far, mut paid) = (BigInt::ZERO, BigInt::ZERO);
        let mut next = |share: u128| {
            so_far += share;
            let all = if total == BigInt::ZERO { BigInt::ZERO } else { &so_far * budget / &total };
            u64::try_from(&all - std::mem::replace(&mut paid, all.clone())).unwrap()
        };
        let expected: Vec<_> = shares.iter().map(|&share| next(share)).collect();
        let mut payouts = vec![9; shares.len()];
        epoch::apportion(shares.iter().copied(), budget, &mut payouts);
        assert_eq!(payouts, expected, "{shares:?}, {budget}");
    }
}

// Stages

/// Shares with many ties, zeros, and now and then any bits at all.
fn any_shares(rng: &mut ChaCha8Rng, count: usize) -> Vec<I32F32> {
    let any = rng.random_ratio(1, 4);
    (0..count).map(|_| I32F32::from_bits(if any { rng.random() } else { rng.random_range(0..5) })).collect()
}

#[test]
fn permits_are_those_of_a_stable_sort() {
    let mut rng = random(7);
    for _ in 0..20_000 {
        let count = rng.random_range(0..12);
        let stake = any_shares(&mut rng, count);
        let places: u16 = if rng.random_ratio(1, 20) { rng.random() } else { rng.random_range(0..14) };
        let owner = rng.random::<bool>().then(|| rng.random_range(0..14));
        let mut ascending: Vec<usize> = (0..count).collect();
        ascending.sort_by_key(|&uid| stake[uid]);
        let mut expected = vec![true; count];
        for &uid in &ascending[..count.saturating_sub(usize::from(places))] {
            expected[uid] = false;
        }
        for (permit, &stake) in expected.iter_mut().zip(&stake) {
            *permit &= stake != I32F32::ZERO;
        }
        if let Some(permit) = owner.and_then(|uid: u16| expected.get_mut(usize::from(uid))) {
            *permit = true;
        }
        let mut permits = vec![rng.random(); count];
        epoch::permits(&stake, places, owner, &mut permits);
        assert_eq!(permits, expected, "{stake:?}, {places} places, owner {owner:?}");
    }
}

#[test]
fn of_equal_stakes_the_higher_uid_keeps_its_permit() {
    let mut permits = [true; 5];
    let stake = [2, 3, 2, 2, 1].map(I32F32::from_bits);
    epoch::permits(&stake, 2, None, &mut permits);
    assert_eq!(permits, [false, true, false, true, false]);
    epoch::permits(&stake, 3, None, &mut permits);
    assert_eq!(permits, [false, true, true, true, false]);
    epoch::permits(&stake, 0, Some(0), &mut permits);
    assert_eq!(permits, [true, false, false, false, false]);
    epoch::permits(&[I32F32::ZERO; 5], 5, Some(9), &mut permits);
    assert_eq!(permits, [false; 5]);
}

/// Rows of weights between 0 and 65535: unsorted, with repeated columns and zeros; of few values, so that scores tie.
fn any_weights(rng: &mut ChaCha8Rng, rows: usize, columns: u16) -> Table<I32F32> {
    let few = rng.random_ratio(2, 3);
    let weight = |rng: &mut ChaCha8Rng| {
        let most = 65535 << 32;
        I32F32::from_bits(if few { rng.random_range(0..4) } else { rng.random_range(0..=most) })
    };
    let entries = |rng: &mut ChaCha8Rng| rng.random_range(0..usize::from(2 * columns) + 2);
    (0..rows).map(|_| (0..entries(rng)).map(|_| (rng.random_range(0..columns + 1), weight(rng))).collect()).collect()
}

/// The last entry of a column in a row.
fn last_of(row: &[(u16, I32F32)], column: u16) -> Option<I32F32> {
    row.iter().rev().find(|entry| entry.0 == column).map(|entry| entry.1)
}

/// §3.F as it stands there, by sorting.
fn naive_consensus(weights: &Table<I32F32>, active_stake: &[I32F32], kappa: u16, column: u16) -> I32F32 {
    let sum = |shares: &[I32F32]| shares.iter().copied().fold(I32F32::ZERO, I32F32::wrapping_add);
    let taking_part: Vec<_> = weights.iter().zip(active_stake).filter(|(_, stake)| **stake > I32F32::ZERO).collect();
    let stakes: Vec<_> = taking_part.iter().map(|(_, stake)| **stake).collect();
    let total = sum(&stakes);
    let shares: Vec<_> =
        stakes.iter().map(|&stake| if total == I32F32::ZERO { stake } else { safe_div(stake, total) }).collect();
    let minority = sum(&shares).saturating_sub(proportion(kappa));
    let mut scores: Vec<_> = taking_part
        .iter()
        .zip(&shares)
        .map(|((row, _), &share)| (last_of(row, column).unwrap_or_default(), share))
        .collect();
    scores.sort_by_key(|score| score.0);
    let up_to = |score: I32F32| {
        let shares: Vec<_> = scores.iter().filter(|other| other.0 <= score).map(|other| other.1).collect();
        sum(&shares)
    };
    let majority = scores.iter().map(|score| score.0).find(|&score| up_to(score) > minority);
    majority.or(scores.last().map(|score| score.0)).unwrap_or_default()
}

#[test]
fn consensus_is_that_of_a_sort() {
    let mut rng = random(8);
    let (mut zero, mut positive) = (0, 0);
    for _ in 0..12_000 {
        let rows = rng.random_range(0..7);
        let columns = u16::try_from(rows).unwrap();
        let weights = any_weights(&mut rng, rows, columns);
        // Small ratios meet kappa exactly; huge stakes make the plain sums wrap.
        let kind = rng.random_range(0..3);
        let active_stake: Vec<_> = (0..rows)
            .map(|_| match kind {
                0 => I32F32::from_num(rng.random_range(0..4)) / 4,
                1 => I32F32::from_bits(rng.random_range(0..1 << 32)),
                _ => I32F32::from_bits(any_u64(&mut rng).cast_signed()),
            })
            .collect();
        let kappa = if rng.random() { one_of(&mut rng, &[0, 21845, 32767, 32768, 65535]) } else { rng.random() };
        let csr = Csr::new(&weights);
        let mut shares = any_shares(&mut rng, rows); // what memory holds before does not matter
        let mut keys = vec![u64::MAX; csr.columns.len()];
        let (mut begin, mut end) = (vec![7; rows], vec![9; rows]);
        let memory =
            ConsensusMemory { shares: &mut shares, keys: &mut keys, column_begin: &mut begin, column_end: &mut end };
        let mut consensus = vec![I32F32::MAX; rows];
        epoch::consensus(csr.rows(), &active_stake, kappa, memory, &mut consensus);
        let expected: Vec<_> =
            (0..columns).map(|column| naive_consensus(&weights, &active_stake, kappa, column)).collect();
        assert_eq!(consensus, expected, "{weights:?} {active_stake:?} {kappa}");
        zero += expected.iter().filter(|&&consensus| consensus == I32F32::ZERO).count();
        positive += expected.iter().filter(|&&consensus| consensus > I32F32::ZERO).count();
    }
    assert!(zero > 5_000 && positive > 5_000, "{zero} {positive}");
}

#[test]
fn columns_share_by_their_sum_or_maximum() {
    let mut rng = random(15);
    for _ in 0..5_000 {
        let width = rng.random_range(0..6);
        let value = |rng: &mut ChaCha8Rng| I32F32::from_bits(any_u64(rng).cast_signed());
        let entries: Vec<_> = (0..rng.random_range(0..12)).map(|_| (rng.random_range(0..7), value(&mut rng))).collect();
        let of_column = |column| entries.iter().filter(move |entry| entry.0 == column).map(|entry| entry.1);
        let mut numbers = vec![I32F32::MAX; usize::from(width)];
        let mut reciprocals = vec![u64::MAX; usize::from(width)];
        let mut columns = Columns::new(&mut numbers, &mut reciprocals);
        let mut check = |columns: &Columns<'_>, number: &dyn Fn(u16) -> I32F32| {
            for column in 0..8 {
                let dividend = value(&mut rng);
                let divisor = if column < width { number(column) } else { I32F32::ZERO };
                let expected = if divisor == I32F32::ZERO { dividend } else { safe_div(dividend, divisor) };
                assert_eq!(columns.share(column, dividend), expected, "{entries:?}, column {column}");
            }
        };
        columns.sum(entries.iter().copied());
        check(&columns, &|column| of_column(column).fold(I32F32::ZERO, I32F32::saturating_add));
        columns.max(entries.iter().copied());
        check(&columns, &|column| of_column(column).fold(I32F32::ZERO, I32F32::max));
    }
}

/// §4 with the plain operations of the formats.
fn naive_alpha(low: u16, high: u16, steepness: i16, [weight, bond, consensus]: [I32F32; 3]) -> I32F32 {
    let [low, high] = [low, high].map(proportion);
    let slope = I32F32::from_num(steepness).saturating_div(I32F32::from_num(-100));
    let clamp = |value: I32F32, low: I32F32, high: I32F32| value.min(high).max(low);
    let difference = if weight >= bond { weight.saturating_sub(consensus) } else { bond.saturating_sub(weight) };
    let distance = clamp(difference, I32F32::ZERO, I32F32::ONE);
    let exponent = slope.saturating_mul(distance.saturating_sub(I32F32::ONE / 2));
    let exponential = exp(exponent.clamp(I32F32::from_num(-20), I32F32::from_num(20))).unwrap();
    let sigmoid = I32F32::ONE.saturating_div(I32F32::ONE.saturating_add(exponential));
    clamp(low.saturating_add(sigmoid.saturating_mul(high.saturating_sub(low))), low, high)
}

#[test]
fn liquid_alpha_is_that_of_the_text() {
    let mut rng = random(16);
    let share = |rng: &mut ChaCha8Rng| match rng.random_range(0..6) {
        0 => I32F32::ZERO,
        1 => I32F32::ONE,
        2 => I32F32::ONE / 2,
        3 => I32F32::from_bits(any_u64(rng).cast_signed()),
        _ => I32F32::from_bits(rng.random_range(0..=1 << 32)),
    };
    let mut apart = std::collections::BTreeSet::new();
    for _ in 0..30_000 {
        let [low, high]: [u16; 2] = rng.random();
        let steepness =
            if rng.random() { one_of(&mut rng, &[0, 1, -1, 100, 1000, i16::MIN, i16::MAX]) } else { rng.random() };
        let values @ [weight, bond, consensus] = [share(&mut rng), share(&mut rng), share(&mut rng)];
        let alpha = LiquidAlpha::new(low, high, steepness).alpha(weight, bond, consensus);
        assert_eq!(alpha, naive_alpha(low, high, steepness, values), "{low} {high} {steepness} {values:?}");
        apart.insert(alpha);
    }
    assert!(apart.len() > 20_000, "{}", apart.len());
}

/// The rows that `change` makes of a matrix in place.
fn changed(
    before: &Table<I32F32>,
    width: usize,
    change: impl FnOnce(&mut RowsMut<'_>, &mut Scatter<'_>),
) -> Table<I32F32> {
    let Csr { offsets, mut columns, mut values } = Csr::new(before);
    let mut ends = offsets[1..].to_vec();
    let (mut row, mut touched) = (vec![I32F32::MAX; width], vec![u64::MAX; width.div_ceil(64)]);
    let mut rows = RowsMut::new(&mut ends, &mut columns, &mut values);
    for row in before {
        for &(column, value) in row {
            rows.push(column, value);
        }
        rows.end_row();
    }
    change(&mut rows, &mut Scatter::new(&mut row, &mut touched));
    table(rows.as_rows())
}

#[test]
fn weights_for_bonds_lie_between_stored_and_clipped() {
    let mut rng = random(9);
    for _ in 0..6_000 {
        let columns = rng.random_range(1..7);
        let rows = rng.random_range(0..5);
        let weights = any_weights(&mut rng, rows, columns);
        let consensus: Vec<_> = (0..columns)
            .map(|_| {
                I32F32::from_bits(if rng.random() { rng.random_range(0..4) } else { rng.random_range(0..1 << 33) })
            })
            .collect();
        let consensus_of = |column: u16| consensus.get(usize::from(column)).copied().unwrap_or_default();
        let clipped = |row: &[(u16, I32F32)]| -> Vec<_> {
            let keep = |&(column, weight): &(u16, I32F32)| match consensus_of(column) {
                consensus if consensus >= weight => Some((column, weight)),
                consensus if consensus == I32F32::ZERO => None,
                consensus => Some((column, consensus)),
            };
            row.iter().filter_map(keep).collect()
        };
        let for_bonds = |penalty| {
            changed(&weights, usize::from(columns), |rows, row| {
                epoch::weights_for_bonds(rows, &consensus, penalty, row);
            })
        };
        assert_eq!(for_bonds(0), weights);
        assert_eq!(for_bonds(65535), weights.iter().map(|row| clipped(row)).collect::<Vec<_>>(), "{consensus:?}");
        for penalty in [1, 32768, 65534, rng.random_range(1..65535)] {
            let interpolated = |row: &Vec<(u16, I32F32)>| {
                let kept = clipped(row);
                let value = |column: u16| {
                    let [x, y] = [row, &kept].map(|row| last_of(row, column).unwrap_or_default());
                    let value = x.saturating_add(proportion(penalty).saturating_mul(y.saturating_sub(x)));
                    (value > I32F32::ZERO).then_some((column, value))
                };
                (0..columns).filter_map(value).collect::<Vec<_>>()
            };
            let expected: Vec<_> = weights.iter().map(interpolated).collect();
            assert_eq!(for_bonds(penalty), expected, "{weights:?} {consensus:?} {penalty}");
        }
    }
}

#[test]
fn rows_are_rewritten_in_place() {
    let mut rng = random(10);
    for _ in 0..5_000 {
        let rows = rng.random_range(0..6);
        let before = any_weights(&mut rng, rows, 4);
        let double_odd = |value: I32F32| (value.to_bits() % 2 == 1).then(|| value.saturating_add(value));
        let retained =
            changed(&before, 0, |rows, _| rows.retain_map(|column, value| double_odd(value).filter(|_| column != 2)));
        let expected: Table<I32F32> = before
            .iter()
            .map(|row| {
                row.iter()
                    .filter(|entry| entry.0 != 2)
                    .filter_map(|&(column, value)| Some((column, double_odd(value)?)))
                    .collect()
            })
            .collect();
        assert_eq!(retained, expected, "{before:?}");

        // Of every row the first entry only, and its column changed: the rest of the row is not even read.
        let firsts = changed(&before, 0, |rows, _| {
            let mut rewrite = rows.rewrite();
            while rewrite.next_row() {
                if let Some((column, value)) = rewrite.next_entry() {
                    rewrite.push(column + 10, value);
                }
                rewrite.end_row();
            }
            assert!(!rewrite.next_row(), "after the last row there is none");
        });
        let expected: Table<I32F32> = before
            .iter()
            .map(|row| row.first().map(|&(column, value)| (column + 10, value)).into_iter().collect())
            .collect();
        assert_eq!(firsts, expected, "{before:?}");
    }
}

#[test]
fn a_matrix_takes_what_it_has_room_for() {
    let (mut ends, mut columns, mut values) = ([9; 2], [9; 3], [I32F32::MAX; 2]);
    let mut rows = RowsMut::new(&mut ends, &mut columns, &mut values);
    let one = I32F32::ONE;
    rows.push(5, one);
    rows.end_row();
    rows.push(6, one);
    rows.push(7, one); // no room for its value
    assert_eq!(rows.open_row_mut(), [one]);
    rows.end_row();
    rows.end_row(); // no room for a third row
    assert_eq!(table(rows.as_rows()), [vec![(5, one)], vec![(6, one)]]);
    for (column, value) in rows.entries_mut() {
        *value = I32F32::from_num(column);
    }
    assert_eq!(table(rows.as_rows()), [vec![(5, I32F32::from_num(5))], vec![(6, I32F32::from_num(6))]]);
    rows.clear();
    assert_eq!(rows.as_rows().count(), 0);
    assert!(rows.open_row_mut().is_empty());
}

#[test]
fn a_scattered_row_hands_out_each_touched_column_once_in_order() {
    let mut rng = random(11);
    for _ in 0..2_000 {
        let width = rng.random_range(0..200);
        let (mut values, mut touched) = (vec![I32F32::MIN; width], vec![u64::MAX; width.div_ceil(64)]);
        let mut row = Scatter::new(&mut values, &mut touched);
        for _ in 0..2 {
            let mut expected = std::collections::BTreeMap::new();
            for _ in 0..rng.random_range(0..30) {
                let column: u16 = if rng.random_ratio(1, 30) { rng.random() } else { rng.random_range(0..210) };
                let value =
                    if rng.random_ratio(1, 4) { I32F32::MAX } else { I32F32::from_bits(rng.random_range(-3..4)) };
                let adds = rng.random();
                if adds {
                    row.add(column, value);
                } else {
                    row.set(column, value);
                }
                if usize::from(column) < width {
                    let cell: &mut I32F32 = expected.entry(column).or_default();
                    *cell = if adds { cell.saturating_add(value) } else { value };
                }
            }
            let mut drained = vec![];
            row.drain(|column, value| drained.push((column, value)));
            assert_eq!(drained, expected.into_iter().collect::<Vec<_>>());
        }
        row.drain(|column, _| panic!("column {column} was left"));
    }
}

//! Canonical bytes: one encoding per value, and one value per encoding.
#![allow(clippy::unwrap_used)]

use rand::rngs::ChaCha8Rng;
use rand::{RngExt as _, SeedableRng as _};
use yuma_core::digest::{
    EpochInput, MatrixBuffers, OutcomeBuffers, SubnetBuffers, decode_input, decode_outcome, encode_input,
    encode_outcome, input_digest, input_length, input_sizes, outcome_digest, outcome_length, outcome_sizes,
    write_outcome,
};
use yuma_core::epoch::{ConsensusMode, Neuron, NullBudgets, StaticSubnet};
use yuma_core::fixed::I64F64;
use yuma_core::{Error, ErrorCode, Params, Rows, Rules, Subnet};

const N: usize = 6;
const ENTRIES: usize = 20;
type Small = StaticSubnet<N, ENTRIES, ENTRIES>;

/// Runs `check` on random inputs of up to six neurons, of both rule sets and both modes.
fn for_random_inputs(count: u64, check: impl Fn(&EpochInput<'_>, &mut ChaCha8Rng)) {
    for seed in 0..count {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let subnet = random_subnet(&mut rng);
        let rules = if rng.random() { Rules::SUBTENSOR_425 } else { Rules::SUBTENSOR_475 };
        let modes = [ConsensusMode::Current, ConsensusMode::Previous, ConsensusMode::Auto];
        let params = Params {
            rules,
            kappa: rng.random(),
            yuma3: rng.random(),
            liquid_alpha: rng.random(),
            commit_reveal: rng.random(),
            alpha_sigmoid_steepness: rng.random(),
            consensus_mode: modes[rng.random_range(0..3)],
            ..Params::CHAIN_DEFAULT
        };
        let budgets = NullBudgets { mining: rng.random(), dividend: rng.random(), fallback: 0 };
        let null_budgets = (rules == Rules::SUBTENSOR_475 && rng.random()).then_some(budgets);
        check(&EpochInput { params, subnet: subnet.as_subnet(), null_budgets }, &mut rng);
    }
}

fn random_subnet(rng: &mut ChaCha8Rng) -> Small {
    let mut subnet = Small::new();
    subnet.current_block = rng.random();
    subnet.last_yuma_step_block = rng.random::<bool>().then(|| rng.random());
    subnet.owner_uid = rng.random::<bool>().then(|| rng.random());
    subnet.rao_emission = rng.random();
    let n = rng.random_range(0..=6);
    for _ in 0..n {
        let neuron = Neuron {
            stake: I64F64::from_bits((rng.random::<u128>() >> 1).cast_signed()),
            last_update: rng.random(),
            block_at_registration: rng.random(),
            validator_permit: rng.random(),
            commit_block: if rng.random() { u64::MAX } else { rng.random() },
        };
        let mut row = || (0..rng.random_range(0..3)).map(|_| (rng.random(), rng.random())).collect::<Vec<_>>();
        let (weights, bonds) = (row(), row());
        subnet.push(neuron, &weights, &bonds).unwrap();
    }
    subnet.set_previous_consensus((0..rng.random_range(0..=n)).map(|_| rng.random()));
    subnet
}

fn bytes_of(input: &EpochInput<'_>) -> Vec<u8> {
    let mut bytes = vec![0; input_length(input).unwrap()];
    assert_eq!(encode_input(input, &mut bytes), Ok(bytes.len()));
    bytes
}

/// Decodes into memory of the size the head asks for, and encodes what came out.
fn again(bytes: &[u8]) -> Result<(Vec<u8>, [u8; 32]), Error> {
    let sizes = input_sizes(bytes)?;
    let n = usize::from(sizes.n);
    let [weights, bonds] = [sizes.weights, sizes.bonds].map(|entries| entries as usize);
    let mut subnet = (vec![I64F64::ZERO; n], vec![0; n], vec![0; n], vec![false; n], vec![0; n]);
    let mut weights = (vec![0; n], vec![0; weights], vec![0; weights]);
    let mut bonds = (vec![0; n], vec![0; bonds], vec![0; bonds]);
    let mut previous_consensus = vec![0; sizes.previous_consensus.into()];
    let buffers = SubnetBuffers {
        stake: &mut subnet.0,
        last_update: &mut subnet.1,
        block_at_registration: &mut subnet.2,
        validator_permit: &mut subnet.3,
        commit_block: &mut subnet.4,
        weights: MatrixBuffers { ends: &mut weights.0, columns: &mut weights.1, values: &mut weights.2 },
        bonds: MatrixBuffers { ends: &mut bonds.0, columns: &mut bonds.1, values: &mut bonds.2 },
        previous_consensus: &mut previous_consensus,
    };
    let (input, digest) = decode_input(bytes, buffers)?;
    assert_eq!(digest, input_digest(&input).unwrap());
    Ok((bytes_of(&input), digest))
}

#[test]
fn an_input_comes_back_as_it_was() {
    for_random_inputs(2000, |input, _| {
        let bytes = bytes_of(input);
        assert_eq!(again(&bytes), Ok((bytes.clone(), input_digest(input).unwrap())));

        let mut source = bytes.as_slice();
        let mut received = Small::new();
        let (streamed, digest) = received.read(|piece| take(&mut source, piece)).unwrap();
        assert!(source.is_empty());
        assert_eq!((bytes_of(&streamed), digest), (bytes, input_digest(input).unwrap()));
    });
}

/// Whatever the bytes: what is decoded of them encodes to them, so no value has two encodings.
#[test]
fn a_changed_byte_is_refused_or_another_value() {
    for_random_inputs(100, |input, rng| {
        let bytes = bytes_of(input);
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 1 << rng.random_range(0..8);
            match again(&changed) {
                Ok((encoded, digest)) => {
                    assert_eq!(encoded, changed, "byte {place}");
                    assert_ne!(digest, input_digest(input).unwrap());
                }
                Err(error) => assert!(error.code != ErrorCode::NotCanonical || error.index < bytes.len() as u64),
            }
        }
    });
}

#[test]
fn what_is_not_canonical_is_refused_where_it_stands() {
    let mut subnet = Small::new();
    let neuron = Neuron {
        stake: I64F64::ONE,
        last_update: 0,
        block_at_registration: 0,
        validator_permit: true,
        commit_block: u64::MAX,
    };
    for _ in 0..2 {
        subnet.push(neuron, &[(0, 1)], &[]).unwrap();
    }
    let input = EpochInput { params: Params::CHAIN_DEFAULT, subnet: subnet.as_subnet(), null_budgets: None };
    let bytes = bytes_of(&input);
    let permits = 97 + 2 * (16 + 8 + 8);
    let ends = permits + 2 * (1 + 8);
    for (place, value, field, limit) in [
        (0, b'Y', "magic", u64::from(b'y')),
        (4, 2, "version", 1),
        (5, 2, "content", 1),
        (20, 3, "previous_consensus", 2),
        (22, 2, "mode", 1),
        (51, 2, "yuma3", 1),
        (70, 3, "consensus_mode", 2),
        (87, 255, "last_yuma_step_block", 1),
        (88, 2, "owner_uid", 1),
        (permits + 1, 2, "validator_permit", 1),
        (ends, 3, "weights", 2),     // beyond the entries
        (ends + 4, 0, "weights", 2), // before the row before
        (ends + 4, 1, "weights", 2), // the last row, before the last entry
    ] {
        let mut changed = bytes.clone();
        changed[place] = value;
        let error = Error { code: ErrorCode::NotCanonical, field, index: place as u64, limit };
        assert_eq!(again(&changed), Err(error));
    }
    // Weights of nobody
    let nobody = bytes_of(&EpochInput { subnet: Small::new().as_subnet(), ..input });
    let mut changed = nobody;
    changed[12] = 1;
    let error = Error { code: ErrorCode::NotCanonical, field: "weights", index: 12, limit: 0 };
    assert_eq!(again(&changed), Err(error));
    // A negative stake is what the door says it is
    let mut changed = bytes;
    changed[97 + 31] = 0x80;
    assert_eq!(again(&changed), Err(Error { code: ErrorCode::Negative, field: "stake", index: 1, limit: 0 }));
}

#[test]
fn bytes_that_end_early_or_go_on_are_refused() {
    for_random_inputs(30, |input, _| {
        let mut bytes = bytes_of(input);
        for length in 0..bytes.len() {
            let error = again(&bytes[..length]).unwrap_err();
            assert_eq!((error.code, error.field, error.index), (ErrorCode::Length, "bytes", length as u64));
            assert!(error.limit > length as u64 && error.limit <= bytes.len() as u64);
        }
        bytes.push(0);
        let (given, needed) = (bytes.len() as u64, bytes.len() as u64 - 1);
        let error = Error { code: ErrorCode::Length, field: "bytes", index: given, limit: needed };
        assert_eq!(again(&bytes), Err(error));
    });
}

#[test]
fn what_no_epoch_looks_at_has_no_encoding() {
    let given = Subnet {
        n: 2,
        current_block: 10,
        last_step_block: 0,
        last_yuma_step_block: None,
        owner_uid: None,
        rao_emission: 5,
        stake: &[I64F64::ONE; 2],
        last_update: &[9; 2],
        block_at_registration: &[0; 2],
        validator_permit: &[true, false],
        commit_block: None,
        weights: Rows::new("weights", &[0, 1, 1, 2], &[1, 0], &[7, 7]).unwrap(),
        bonds: Rows::EMPTY,
        previous_consensus: &[1, 2, 3],
    };
    let same = Subnet {
        commit_block: Some(&[u64::MAX; 2]),
        weights: Rows::new("weights", &[0, 1, 1], &[1], &[7]).unwrap(),
        bonds: Rows::new("bonds", &[0, 0, 0], &[], &[]).unwrap(),
        previous_consensus: &[1, 2],
        ..given
    };
    let digest = |subnet| input_digest(&EpochInput { params: Params::CHAIN_DEFAULT, subnet, null_budgets: None });
    assert_eq!(digest(given), digest(same));
}

#[test]
fn bad_inputs_are_refused_both_ways() {
    let subnet = Small::new();
    let input = EpochInput { params: Params::CHAIN_DEFAULT, subnet: subnet.as_subnet(), null_budgets: None };
    let bytes = bytes_of(&input);

    let mut changed = bytes.clone();
    changed[6..10].copy_from_slice(&9999_u32.to_le_bytes());
    assert_eq!(again(&changed).unwrap_err().code, ErrorCode::UnknownRules);

    // A Null epoch of rules that know none
    changed = bytes[..22].to_vec();
    changed[6..10].copy_from_slice(&425_u32.to_le_bytes());
    changed.push(1);
    changed.extend([0; 24]);
    changed.extend(&bytes[23..]);
    let error = again(&changed).unwrap_err();
    assert_eq!((error.code, error.field, error.index), (ErrorCode::NotInRules, "null_budgets", 425));
    let budgets = NullBudgets { mining: 0, dividend: 0, fallback: 0 };
    let params = Params { rules: Rules::SUBTENSOR_425, ..input.params };
    assert_eq!(input_digest(&EpochInput { params, null_budgets: Some(budgets), ..input }), Err(error));

    // More than there is room for; the subnet is empty then
    let mut large = StaticSubnet::<2, 2, 2>::new();
    for _ in 0..2 {
        let neuron = Neuron {
            stake: I64F64::ONE,
            last_update: 0,
            block_at_registration: 0,
            validator_permit: true,
            commit_block: u64::MAX,
        };
        large.push(neuron, &[(0, 1)], &[]).unwrap();
    }
    let bytes = bytes_of(&EpochInput { subnet: large.as_subnet(), ..input });
    let mut little = StaticSubnet::<1, 2, 2>::new();
    let mut source = bytes.as_slice();
    let error = little.read(|piece| take(&mut source, piece)).unwrap_err();
    assert_eq!((error.code, error.field, error.index, error.limit), (ErrorCode::TooSmall, "stake", 1, 2));
    assert_eq!(little.as_subnet().n, 0);
    let error = encode_input(&EpochInput { subnet: large.as_subnet(), ..input }, &mut [0; 10]).unwrap_err();
    assert_eq!((error.code, error.field, error.index), (ErrorCode::TooSmall, "bytes", 10));
    assert_eq!(error.limit, bytes.len() as u64);
}

#[test]
fn an_outcome_comes_back_as_it_was() {
    for_random_inputs(1000, |input, rng| {
        let mut memory = vec![0; input.workspace_words().unwrap()];
        let outcome = input.run(&mut memory).unwrap();
        let input_digest = input_digest(input).unwrap();
        let mut bytes = Vec::new();
        write_outcome(&input_digest, &outcome, |piece| bytes.extend_from_slice(piece));
        assert_eq!(bytes.len(), outcome_length(&outcome));
        assert_eq!(outcome_again(&bytes), Ok((bytes.clone(), outcome_digest(&input_digest, &outcome))));

        let place = rng.random_range(0..bytes.len());
        let mut changed = bytes.clone();
        changed[place] ^= 1 << rng.random_range(0..8);
        if let Ok((encoded, _)) = outcome_again(&changed) {
            assert_eq!(encoded, changed, "byte {place}");
        }
        let error = outcome_again(&bytes[..place]).unwrap_err();
        assert_eq!((error.code, error.field, error.index), (ErrorCode::Length, "bytes", place as u64));
        bytes.push(1);
        assert_eq!(outcome_again(&bytes).unwrap_err().code, ErrorCode::Length);
    });
}

fn outcome_again(bytes: &[u8]) -> Result<(Vec<u8>, [u8; 32]), Error> {
    let sizes = outcome_sizes(bytes)?;
    let (n, bonds) = (usize::from(sizes.n), sizes.bonds as usize);
    let [mut active, mut validator_permit] = [0; 2].map(|_| vec![false; n]);
    let [mut stake_weight, mut consensus, mut incentive, mut dividends, mut validator_trust] =
        [0; 5].map(|_| vec![0; n]);
    let [mut server_emission, mut validator_emission, mut emission] = [0; 3].map(|_| vec![0; n]);
    let mut bonds = (vec![0; n], vec![0; bonds], vec![0; bonds]);
    let buffers = OutcomeBuffers {
        active: &mut active,
        validator_permit: &mut validator_permit,
        stake_weight: &mut stake_weight,
        consensus: &mut consensus,
        incentive: &mut incentive,
        dividends: &mut dividends,
        validator_trust: &mut validator_trust,
        server_emission: &mut server_emission,
        validator_emission: &mut validator_emission,
        emission: &mut emission,
        bonds: MatrixBuffers { ends: &mut bonds.0, columns: &mut bonds.1, values: &mut bonds.2 },
    };
    let (record, digest) = decode_outcome(bytes, buffers)?;
    assert_eq!(Ok(digest), record.digest());
    let mut encoded = vec![0; record.length()?];
    encode_outcome(&record, &mut encoded)?;
    Ok((encoded, digest))
}

fn take(source: &mut &[u8], piece: &mut [u8]) -> bool {
    let front = source.split_off(..piece.len());
    front.is_some_and(|front| {
        piece.copy_from_slice(front);
        true
    })
}

//! What the device answers to whole frames, and that nothing runs that was damaged on its way.

mod memory_board;

use memory_board::{answers, answers_before_version, fault, frame};
use yuma_core::digest::{EpochInput, input_digest, outcome_digest, write_input, write_outcome};
use yuma_core::epoch::{Neuron, NullBudgets, StaticSubnet};
use yuma_core::fixed::I64F64;
use yuma_core::submission::{WeightsCommit, weights_commit_hash};
use yuma_core::{Params, Rules};
use yuma_firmware::device::{ANSWER, BLOCK_EMISSION, COMMIT_HASH, ERROR, RUN_EPOCH, VERSION};

fn subnet(neurons: usize) -> StaticSubnet<8, 64, 64> {
    let mut subnet = StaticSubnet::new();
    subnet.current_block = 1000;
    subnet.rao_emission = 1_000_000_007;
    for uid in 0..neurons {
        let neuron = Neuron {
            stake: I64F64::from_num(900 - 100 * uid),
            last_update: 990,
            block_at_registration: 0,
            validator_permit: uid < 2,
            commit_block: u64::MAX,
        };
        let weights = if uid < 2 { &[(2, 65535), (1, 300)][..] } else { &[] };
        subnet.push(neuron, weights, &[]).unwrap();
    }
    subnet
}

fn bytes(input: &EpochInput<'_>) -> Vec<u8> {
    let mut bytes = vec![];
    write_input(input, |piece| bytes.extend_from_slice(piece)).unwrap();
    bytes
}

fn refusal(command: u8, payload: &[u8]) -> (String, String, u64, u64) {
    match answers_before_version(&frame(command, payload)).as_slice() {
        [answer] => fault(answer),
        answers => panic!("{} answers", answers.len()),
    }
}

#[test]
fn an_epoch_is_answered_with_outcome_and_digest() {
    let subnet = subnet(3);
    let budgets = NullBudgets { mining: 1000, dividend: 77, fallback: 5 };
    for rules in Rules::ALL {
        for null_budgets in [None, Some(budgets).filter(|_| *rules == Rules::NEWEST)] {
            let params = Params { rules: *rules, ..Params::CHAIN_DEFAULT };
            let input = EpochInput { params, subnet: subnet.as_subnet(), null_budgets };
            let mut memory = vec![0; input.workspace_words().unwrap()];
            let outcome = input.run(&mut memory).unwrap();
            let input_digest = input_digest(&input).unwrap();
            let mut expected = vec![];
            write_outcome(&input_digest, &outcome, |piece| expected.extend_from_slice(piece));
            expected.extend_from_slice(&outcome_digest(&input_digest, &outcome));

            let (answers, epochs) = answers(&frame(RUN_EPOCH, &bytes(&input)));
            assert_eq!(answers, [(RUN_EPOCH | ANSWER, expected)]);
            assert_eq!(epochs, 1);
        }
    }
}

#[test]
fn no_epoch_runs_from_a_damaged_frame() {
    let subnet = subnet(3);
    let whole = frame(
        RUN_EPOCH,
        &bytes(&EpochInput { params: Params::CHAIN_DEFAULT, subnet: subnet.as_subnet(), null_budgets: None }),
    );
    assert_eq!(answers(&whole).1, 1);
    for place in 1..whole.len() - 1 {
        let mut damaged = whole.clone();
        damaged[place] ^= 0x10;
        let (answers, epochs) = answers(&damaged);
        assert_eq!(epochs, 0);
        assert!(!answers.is_empty() && answers.iter().all(|(command, _)| *command == ERROR));
    }
    for length in 2..whole.len() - 1 {
        assert_eq!(answers(&whole[..length]).1, 0);
    }
}

#[test]
fn what_the_library_refuses_is_refused_in_its_words() {
    let subnet = subnet(5);
    let input = EpochInput { params: Params::CHAIN_DEFAULT, subnet: subnet.as_subnet(), null_budgets: None };
    assert_eq!(refusal(RUN_EPOCH, &bytes(&input)), ("too_small".into(), "stake".into(), 4, 5));

    let subnet = self::subnet(3);
    let whole = bytes(&EpochInput { subnet: subnet.as_subnet(), ..input });
    let mut other_flag = whole.clone();
    other_flag[22] = 9;
    let (name, field, index, limit) = refusal(RUN_EPOCH, &other_flag);
    assert_eq!((name.as_str(), field.as_str(), index, limit), ("not_canonical", "mode", 22, 1));

    let length = u64::try_from(whole.len()).unwrap();
    assert_eq!(refusal(RUN_EPOCH, &whole[..whole.len() - 1]), ("length".into(), "bytes".into(), length - 1, length));
    let more = [&whole[..], &[0]].concat();
    assert_eq!(refusal(RUN_EPOCH, &more), ("payload_long".into(), "payload".into(), length + 1, length));
}

#[test]
fn a_subnet_does_not_remember_the_one_before() {
    let (large, small) = (subnet(4), subnet(2));
    let epoch = |subnet: &StaticSubnet<8, 64, 64>| {
        let input = EpochInput { params: Params::CHAIN_DEFAULT, subnet: subnet.as_subnet(), null_budgets: None };
        frame(RUN_EPOCH, &bytes(&input))
    };
    let alone = answers(&epoch(&small)).0;
    let cut = epoch(&large)[..100].to_vec();
    let after = answers(&[epoch(&large), cut, epoch(&small)].concat()).0;
    assert_eq!(after.len(), 3);
    assert_eq!(after.last(), alone.last());
}

#[test]
fn payloads_of_another_length() {
    for (command, whole) in [(VERSION, 0), (BLOCK_EMISSION, 8), (COMMIT_HASH, 49)] {
        let payload = [0; 60];
        assert_ne!(answers(&frame(command, &payload[..whole])).0[0].0, ERROR);
        for length in 0..60 {
            if length != whole {
                let (name, field, index, _) = refusal(command, &payload[..length]);
                let expected = if length < whole { "payload_short" } else { "payload_long" };
                assert_eq!((name.as_str(), field.as_str(), index), (expected, "payload", length as u64));
            }
        }
    }
}

#[test]
fn unknown_commands() {
    for command in (0..=u8::MAX).filter(|command| !(VERSION..=COMMIT_HASH).contains(command)) {
        assert_eq!(refusal(command, &[1, 2, 3]), ("unknown_command".into(), "command".into(), command.into(), 0));
    }
}

#[test]
fn commits_as_long_as_the_memory() {
    let room = u16::try_from(yuma_core::epoch::Workspace::words(4, 16, 16).unwrap() * 4).unwrap();
    let payload = |lists: [&[u16]; 3]| {
        let mut bytes = vec![7; 32];
        bytes.extend([1, 0, 2, 3, 0, 0, 0, 0, 0, 0, 0]);
        for list in lists {
            bytes.extend(u16::try_from(list.len()).unwrap().to_le_bytes());
            bytes.extend(list.iter().flat_map(|entry| entry.to_le_bytes()));
        }
        bytes
    };
    let list: Vec<u16> = (0..room - 3).collect();
    let commit = WeightsCommit {
        account: &[7; 32],
        netuid: 1,
        mecid: 2,
        uids: &list,
        values: &[8, 9],
        salt: &[65535],
        version_key: 3,
    };
    let expected = weights_commit_hash(&commit).unwrap().to_vec();
    let answered = answers(&frame(COMMIT_HASH, &payload([&list, &[8, 9], &[65535]]))).0;
    assert_eq!(answered, [(COMMIT_HASH | ANSWER, expected)]);

    let refused = refusal(COMMIT_HASH, &payload([&list, &[8, 9], &[1, 2]]));
    assert_eq!(refused, ("too_small".into(), "salt".into(), 1, 2));
}

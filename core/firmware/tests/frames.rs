//! Frames that are damaged in every way: each stretch between two flags gets one answer, and the device lives on.

mod memory_board;

use memory_board::{answers, answers_before_version, fault, frame};
use rand::rngs::ChaCha8Rng;
use rand::{Rng as _, RngExt as _, SeedableRng as _};
use yuma_firmware::device::{ANSWER, BLOCK_EMISSION, ERROR, VERSION};
use yuma_firmware::frame::{ESCAPE, FLAG, FLIP};

/// Needs an escape in payload.
const ISSUANCE: u64 = 0x007D_0000_007E_0000;

fn question() -> Vec<u8> {
    frame(BLOCK_EMISSION, &ISSUANCE.to_le_bytes())
}

fn name_of_error(damaged: &[u8]) -> String {
    match answers_before_version(damaged).as_slice() {
        [answer] => fault(answer).0,
        answers => panic!("not one answer but {} to {damaged:02x?}", answers.len()),
    }
}

#[test]
fn a_frame_has_the_documented_bytes() {
    // The checksum is zlib's.
    let expected = [FLAG, 8, 0, 0, 0, BLOCK_EMISSION, 0x40, 0x42, 0x0f, 0, 0, 0, 0, 0, 0x42, 0xbd, 0xa5, 0x67, FLAG];
    assert_eq!(frame(BLOCK_EMISSION, &1_000_000_u64.to_le_bytes()), expected);
}

#[test]
fn whole_frames_are_answered_however_they_follow_each_other() {
    let question = question();
    let shared_flag = [&question[..], &question[1..]].concat();
    let many_flags = [&[FLAG; 5], &question[..], &[FLAG; 3], &question[..]].concat();
    for input in [shared_flag, many_flags] {
        let (answers, _) = answers(&input);
        let reward = (BLOCK_EMISSION | ANSWER, 0_u64.to_le_bytes().to_vec());
        assert_eq!(answers, [reward.clone(), reward]);
    }
}

#[test]
fn a_sender_may_escape_every_byte() {
    let plain = frame(BLOCK_EMISSION, &5_u64.to_le_bytes());
    let body = &plain[1..plain.len() - 1];
    assert!(!body.contains(&ESCAPE));
    let escaped = body.iter().flat_map(|byte| [ESCAPE, byte ^ FLIP]).filter(|byte| *byte != FLAG);
    let input = [&[FLAG], &escaped.collect::<Vec<_>>()[..], &[FLAG]].concat();
    assert_eq!(answers(&input).0, [(BLOCK_EMISSION | ANSWER, 1_000_000_000_u64.to_le_bytes().to_vec())]);
}

#[test]
fn silence_is_answered_with_silence() {
    assert!(answers(&[]).0.is_empty());
    assert!(answers(&[FLAG; 100]).0.is_empty());
}

#[test]
fn every_single_bit_of_damage_is_noticed() {
    let whole = question();
    for place in 0..whole.len() {
        for bit in 0..8 {
            let mut damaged = whole.clone();
            damaged[place] ^= 1 << bit;
            let answers = answers_before_version(&damaged);
            assert!(answers.iter().all(|(command, _)| *command == ERROR), "byte {place}, bit {bit}");
            // A flag in the middle makes two frames of one; each is damaged.
            let parts = if (2..whole.len() - 2).contains(&place) && damaged[place] == FLAG { 2 } else { 1 };
            assert_eq!(answers.len(), parts, "byte {place}, bit {bit}");
        }
    }
}

#[test]
fn a_frame_cut_anywhere_is_truncated() {
    let whole = question();
    for length in 2..whole.len() - 1 {
        // The flag that comes next ends it: the cut frame's own, or that of the next frame.
        assert_eq!(name_of_error(&whole[..length]), "truncated");
        assert_eq!(name_of_error(&[&whole[..length], &[FLAG]].concat()), "truncated");
    }
}

#[test]
fn lengths_that_are_not_the_payloads() {
    let with_length = |length: u32| {
        let mut bytes = frame(BLOCK_EMISSION, &[0x55; 8]);
        bytes.splice(
            1..5,
            length.to_le_bytes().into_iter().flat_map(|byte| match byte {
                FLAG | ESCAPE => vec![ESCAPE, byte ^ FLIP],
                byte => vec![byte],
            }),
        );
        bytes
    };
    for length in [9, 100, 0x7E, 0x7D7E, 1 << 16, 1 << 31, u32::MAX] {
        assert_eq!(name_of_error(&with_length(length)), "truncated");
    }
    for length in 0..8 {
        assert_eq!(name_of_error(&with_length(length)), "overlong");
    }
    let more = [&frame(BLOCK_EMISSION, &[0; 8])[..18], &[0, 0, FLAG]].concat();
    assert_eq!(name_of_error(&more), "overlong");
}

#[test]
fn an_escape_without_a_byte_is_damage() {
    let whole = question();
    assert_eq!(name_of_error(&[&whole[..whole.len() - 1], &[ESCAPE, FLAG]].concat()), "overlong");
    assert_eq!(name_of_error(&[FLAG, ESCAPE, FLAG]), "truncated");
}

#[test]
fn what_is_wrong_with_a_frame_is_told() {
    let mut damaged = frame(VERSION, &[]);
    let crc = damaged[6..10].to_vec();
    damaged[6] ^= 1;
    let [answer] = &answers_before_version(&damaged)[..] else { panic!("one answer") };
    let computed = u32::from_le_bytes(crc.try_into().unwrap());
    assert_eq!(fault(answer), ("checksum".into(), "frame".into(), computed.into(), (computed ^ 1).into()));

    let [answer] = &answers_before_version(b"noise")[..] else { panic!("one answer") };
    let length = u64::from(u32::from_le_bytes(*b"nois"));
    assert_eq!(fault(answer), ("truncated".into(), "frame".into(), 5, length + 9));
}

#[test]
fn any_noise_gets_one_answer_a_stretch() {
    let rng = &mut ChaCha8Rng::seed_from_u64(9);
    for _ in 0..20_000 {
        let mut noise = vec![0; rng.random_range(0..60)];
        rng.fill_bytes(&mut noise);
        for byte in &mut noise {
            // More flags and escapes than chance gives, and small numbers, as lengths and commands are.
            *byte = match rng.random_range(0..6) {
                0 => [FLAG, ESCAPE][usize::from(rng.random::<bool>())],
                1 => *byte % 8,
                _ => *byte,
            };
        }
        let stretches = noise.split(|byte| *byte == FLAG).filter(|stretch| !stretch.is_empty()).count();
        let answers = answers_before_version(&noise);
        assert_eq!(answers.len(), stretches, "{noise:02x?}");
        assert!(answers.iter().all(|(command, _)| *command == ERROR));
    }
}

#[test]
fn some_bits_of_damage_are_noticed() {
    let rng = &mut ChaCha8Rng::seed_from_u64(10);
    for _ in 0..20_000 {
        let whole = question();
        let mut damaged = whole.clone();
        for _ in 0..rng.random_range(1..5) {
            let place = rng.random_range(0..whole.len());
            damaged[place] ^= 1 << rng.random_range(0..8);
        }
        if damaged != whole {
            let answers = answers_before_version(&damaged);
            assert!(!answers.is_empty() && answers.iter().all(|(command, _)| *command == ERROR), "{damaged:02x?}");
        }
    }
}

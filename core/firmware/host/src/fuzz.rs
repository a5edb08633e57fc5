//! Damaged frames: whatever is sent, the device answers each stretch between two flags with exactly one frame, and lives on.

use rand::rngs::ChaCha8Rng;
use rand::{Rng as _, RngExt as _, SeedableRng as _};
use yuma_core::digest::{EpochInput, write_input};
use yuma_core::emission::block_emission;
use yuma_core::epoch::{Neuron, StaticSubnet};
use yuma_core::fixed::I64F64;
use yuma_core::{Params, Rules};
use yuma_firmware::board::Port;
use yuma_firmware::device::{ANSWER, BLOCK_EMISSION, COMMIT_HASH, ERROR, RUN_EPOCH, VERSION};
use yuma_firmware::fault::FaultCode;
use yuma_firmware::frame::{FLAG, receive, send};

use crate::answer::Version;
use crate::device::Device;
use crate::trouble::{Refusal, Trouble};

/// What was sent and what came back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Stretches that were no whole frame; each got its error frame.
    pub damaged: u64,
    /// Whole frames that the device refused for what they say.
    pub refused: u64,
    /// Whole frames that it carried out, those in between included that ask whether it lives.
    pub answered: u64,
}

/// Sends `count` frames, whole, damaged and senseless, the same ones for the same `seed`; after each the device must tell
/// its version.
///
/// # Errors
/// The first answer that is not as it must be, with the number of the frame and its bytes.
pub fn fuzz(device: &mut Device, count: u64, seed: u64) -> Result<Tally, String> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut tally = Tally::default();
    let alive = frame(VERSION, &[]);
    for number in 0..count {
        let mut bytes = random_bytes(&mut rng);
        bytes.extend_from_slice(&alive);
        let failed = |what: String| format!("frame {number} of seed {seed}: {what}; sent {bytes:02x?}");
        device.send(&bytes).map_err(|trouble| failed(trouble.to_string()))?;
        let mut last = None;
        for stretch in bytes.split(|byte| *byte == FLAG).filter(|stretch| !stretch.is_empty()) {
            let answer = device.receive().map_err(|trouble| failed(trouble.to_string()))?;
            check(&mut tally, stretch, &answer).map_err(failed)?;
            last = Some(answer);
        }
        match last {
            Some((command, payload)) if command == VERSION | ANSWER && Version::read(&payload).is_ok() => {}
            _ => return Err(failed("the device does not tell its version any more".into())),
        }
    }
    Ok(tally)
}

/// Whether an answer is one that this stretch of bytes may get.
fn check(tally: &mut Tally, stretch: &[u8], (command, payload): &(u8, Vec<u8>)) -> Result<(), String> {
    let refusal = if *command == ERROR {
        Some(Refusal::read(payload).map_err(|trouble: Trouble| trouble.to_string())?)
    } else {
        None
    };
    match (judge(stretch), refusal) {
        (Err(code), Some(refusal)) if refusal.code == code as u8 => tally.damaged += 1,
        (Ok(_), Some(refusal)) if !refusal.is_damage() => tally.refused += 1,
        (Ok((asked, sent)), None) if *command == asked | ANSWER => {
            tally.answered += 1;
            if let (BLOCK_EMISSION, Ok(issuance)) = (asked, sent.try_into()) {
                let reward = block_emission(u64::from_le_bytes(issuance)).to_le_bytes();
                if *payload != reward {
                    return Err(format!("a wrong reward: {payload:02x?}"));
                }
            }
        }
        (expected, refusal) => return Err(format!("expected {expected:02x?}, got {command:#04x}, {refusal:?}")),
    }
    Ok(())
}

/// The frame that a stretch of bytes is, or why it is none.
fn judge(stretch: &[u8]) -> Result<(u8, Vec<u8>), FaultCode> {
    let mut wire = Wire { bytes: stretch.to_vec(), read: 0 };
    let Some(mut frame) = receive(&mut wire) else { return Err(FaultCode::Truncated) };
    let command = frame.command();
    let (mut payload, mut byte) = (vec![], [0]);
    while frame.fill(&mut byte) {
        payload.push(byte[0]);
    }
    frame.finish().map(|_| (command, payload)).map_err(|fault| fault.code)
}

/// Bytes in memory as a port.
#[derive(Default)]
struct Wire {
    bytes: Vec<u8>,
    read: usize,
}

impl Port for Wire {
    fn read(&mut self) -> Option<u8> {
        let byte = self.bytes.get(self.read).copied();
        self.read += 1;
        byte
    }

    fn write(&mut self, byte: u8) {
        self.bytes.push(byte);
    }
}

fn frame(command: u8, payload: &[u8]) -> Vec<u8> {
    let mut wire = Wire::default();
    send(&mut wire, command, |write| write(payload));
    wire.bytes
}

/// A frame that was whole once, or bytes that never were one.
fn random_bytes(rng: &mut ChaCha8Rng) -> Vec<u8> {
    let mut bytes = random_frame(rng);
    let last = bytes.len() - 1;
    match rng.random_range(0..9) {
        // whole
        0 | 1 => {}
        // some bits flipped, flags among them
        2 => {
            for _ in 0..rng.random_range(1..=4) {
                bytes[rng.random_range(0..=last)] ^= 1 << rng.random_range(0..8);
            }
        }
        // cut off, with the flag that ends it or without
        3 => bytes.truncate(rng.random_range(1..=last)),
        4 => {
            bytes.truncate(rng.random_range(1..=last));
            bytes.push(FLAG);
        }
        // a byte too many, or too few
        5 => bytes.insert(rng.random_range(1..=last), rng.random()),
        6 => {
            bytes.remove(rng.random_range(0..=last));
        }
        // any length at all
        7 => {
            let length: u32 = rng.random();
            bytes.splice(1..5, length.to_le_bytes());
        }
        // noise
        _ => {
            bytes = vec![0; rng.random_range(1..200)];
            rng.fill_bytes(&mut bytes);
        }
    }
    bytes
}

/// A whole frame: commands known and unknown, payloads that fit and that do not.
fn random_frame(rng: &mut ChaCha8Rng) -> Vec<u8> {
    let mut payload = vec![0; rng.random_range(0..80)];
    rng.fill_bytes(&mut payload);
    match rng.random_range(0..6) {
        0 => frame(rng.random(), &payload),
        1 => frame(BLOCK_EMISSION, &rng.random::<u64>().to_le_bytes()),
        2 => frame(COMMIT_HASH, &payload),
        3 => frame(RUN_EPOCH, &payload),
        4 => frame(RUN_EPOCH, &epoch_bytes()),
        _ => {
            let mut bytes = epoch_bytes();
            let place = rng.random_range(0..bytes.len());
            bytes[place] = rng.random();
            frame(RUN_EPOCH, &bytes)
        }
    }
}

/// The canonical bytes of a small subnet.
fn epoch_bytes() -> Vec<u8> {
    let mut subnet = StaticSubnet::<3, 4, 4>::new();
    subnet.current_block = 1000;
    subnet.rao_emission = 1_000_000_007;
    for (uid, row) in [&[(1, 65535), (2, 20000)][..], &[(2, 65535)], &[]].into_iter().enumerate() {
        let neuron = Neuron {
            stake: I64F64::from_num(700 - 300 * uid),
            last_update: 990,
            block_at_registration: 10,
            validator_permit: !row.is_empty(),
            commit_block: u64::MAX,
        };
        // There is room for all of it.
        let _ = subnet.push(neuron, row, &[]);
    }
    let params = Params { rules: Rules::NEWEST, yuma3: true, liquid_alpha: true, ..Params::CHAIN_DEFAULT };
    let input = EpochInput { params, subnet: subnet.as_subnet(), null_budgets: None };
    let mut bytes = vec![];
    // Nothing in it is refused.
    let _ = write_input(&input, |piece| bytes.extend_from_slice(piece));
    bytes
}

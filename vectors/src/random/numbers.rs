//! Inputs of the kinds of `numbers.md`, and the numbers from which the other kinds' inputs are drawn.

use rand::{Rng, RngExt};

use crate::schema::Decimal;
use crate::schema::numbers::{FixedArithInput, PowNormalizeInput, TranscendentalInput};

/// 1 in `F32` and `F96`.
const ONE_32: i64 = 1 << 32;
/// 1 in `U64`.
const ONE_64: u128 = 1 << 64;

/// True once in `times`.
pub(super) fn rarely(rng: &mut impl Rng, times: u32) -> bool {
    rng.random_ratio(1, times)
}

/// One of `choices`, which are at least one.
pub(super) fn one_of<T: Copy>(rng: &mut impl Rng, choices: &[T]) -> T {
    choices[rng.random_range(0..choices.len())]
}

/// Every magnitude up to `bits` bits equally often, 0 and all ones included.
pub(super) fn spread(rng: &mut impl Rng, bits: u32) -> u128 {
    let length = rng.random_range(0..=bits);
    let largest = 1_u128.checked_shl(length).map_or(u128::MAX, |power| power - 1);
    match rng.random_range(0..8) {
        0 => largest,
        1 => largest.div_ceil(2),
        _ => rng.random::<u128>() & largest | largest.div_ceil(2),
    }
}

/// A u64 of any magnitude.
pub(super) fn spread_u64(rng: &mut impl Rng) -> u64 {
    u64::try_from(spread(rng, 64)).unwrap_or(u64::MAX)
}

/// A u64 at most `distance` from `center`, as far as the type reaches.
pub(super) fn near_u64(rng: &mut impl Rng, center: u64, distance: u64) -> u64 {
    let offset = rng.random_range(0..=distance);
    if rng.random() { center.saturating_add(offset) } else { center.saturating_sub(offset) }
}

/// A u16: ends, halves, small ones, any.
pub(super) fn any_u16(rng: &mut impl Rng) -> u16 {
    match rng.random_range(0..4) {
        0 => one_of(rng, &[0, 1, 2, 32767, 32768, 65534, 65535]),
        1 => rng.random_range(0..16),
        _ => rng.random(),
    }
}

fn spread_i128(rng: &mut impl Rng) -> i128 {
    let size = i128::try_from(spread(rng, 127)).unwrap_or(i128::MAX);
    match rng.random_range(0..16) {
        0 => i128::MIN,
        1..8 => -size,
        _ => size,
    }
}

fn spread_i64(rng: &mut impl Rng) -> i64 {
    let size = i64::try_from(spread(rng, 63)).unwrap_or(i64::MAX);
    match rng.random_range(0..16) {
        0 => i64::MIN,
        1..8 => -size,
        _ => size,
    }
}

/// Kind `fixed-arith`.
pub fn fixed_arith(rng: &mut impl Rng) -> FixedArithInput {
    match rng.random_range(0..5) {
        0 => {
            let [a, b] = unsigned_pair(rng, 32).map(Decimal);
            FixedArithInput::U96F32 { a, b }
        }
        1 => {
            let [a, b] = unsigned_pair(rng, 64).map(Decimal);
            FixedArithInput::U64F64 { a, b }
        }
        2 => {
            let [a, b] = signed_pair(rng, 32).map(Decimal);
            FixedArithInput::I96F32 { a, b }
        }
        3 => {
            let [a, b] = signed_pair(rng, 64).map(Decimal);
            FixedArithInput::I64F64 { a, b }
        }
        _ => {
            let half = 1_i64 << 31;
            let mut operand = || match rng.random_range(0..6) {
                0 => one_of(rng, &[0, 1, -1, half, -half, ONE_32, -ONE_32, i64::MAX, i64::MIN]),
                // Ties of rounding, and their neighbours.
                1 => i64::from(any_u16(rng)) * ONE_32 + half + rng.random_range(-1..=1),
                _ => spread_i64(rng),
            };
            FixedArithInput::I32F32 { a: Decimal(operand()), b: Decimal(operand()) }
        }
    }
}

fn unsigned_pair(rng: &mut impl Rng, fraction: u32) -> [u128; 2] {
    let (one, half) = (1_u128 << fraction, 1_u128 << (fraction - 1));
    [(); 2].map(|()| match rng.random_range(0..6) {
        0 => one_of(rng, &[0, 1, half, one - 1, one, one + 1, u128::MAX]),
        1 => u128::from(any_u16(rng)) * one + half - rng.random_range(0..=1),
        _ => spread(rng, 128),
    })
}

fn signed_pair(rng: &mut impl Rng, fraction: u32) -> [i128; 2] {
    let (one, half) = (1_i128 << fraction, 1_i128 << (fraction - 1));
    [(); 2].map(|()| match rng.random_range(0..6) {
        0 => one_of(rng, &[0, 1, -1, half, -half, one, -one, i128::MAX, i128::MIN]),
        1 => i128::from(any_u16(rng)) * one + half - rng.random_range(0..=1),
        _ => spread_i128(rng),
    })
}

/// Kind `transcendental`.
pub fn transcendental(rng: &mut impl Rng) -> TranscendentalInput {
    match rng.random_range(0..5) {
        0 => {
            let x = if rarely(rng, 3) { i128::from(around_power(rng)) } else { spread_i128(rng).saturating_abs() };
            let x = if rarely(rng, 16) { x.saturating_neg() } else { x };
            TranscendentalInput::Log2I96F32 { x: Decimal(x) }
        }
        1 => {
            let x = if rarely(rng, 3) { around_power(rng) } else { spread_i64(rng).saturating_abs() };
            let x = if rarely(rng, 16) { x.saturating_neg() } else { x };
            TranscendentalInput::Log2LnI32F32 { x: Decimal(x) }
        }
        2 => {
            let size = match rng.random_range(0..4) {
                0 => one_of(rng, &[0, ONE_32, 20 * ONE_32, 89_715_445_398]) + rng.random_range(-2..=2),
                1 => rng.random_range(0..90_000_000_000),
                _ => spread_i64(rng),
            };
            let x = if rng.random() { size } else { size.saturating_neg() };
            TranscendentalInput::ExpI32F32 { x: Decimal(x) }
        }
        3 => TranscendentalInput::BisectSqrtU64F64 { x: Decimal(base(rng)), epsilon: Decimal(tolerance(rng)) },
        _ => TranscendentalInput::SafePowU64F64 { x: Decimal(base(rng)), p: Decimal(exponent(rng)) },
    }
}

/// A small number, or one near a power of 2 or near twice ONE's square root, where log2 turns over.
fn around_power(rng: &mut impl Rng) -> i64 {
    let power = 1_i64 << rng.random_range(0..63);
    let center = one_of(rng, &[3, power, 6_074_001_000, ONE_32]);
    center.saturating_add(rng.random_range(-3..=3))
}

fn base(rng: &mut impl Rng) -> u128 {
    match rng.random_range(0..6) {
        0 => one_of(rng, &[0, 1, 2 * ONE_32 as u128, 3 * ONE_32 as u128, ONE_64, u128::MAX]),
        1 => ONE_64 + spread(rng, 32),
        2 => (3 * ONE_32 as u128) - rng.random_range(0..=1),
        _ => spread(rng, 128),
    }
}

fn tolerance(rng: &mut impl Rng) -> u128 {
    if rng.random() { 18_446_744_073_709_551 } else { spread(rng, 128) }
}

fn exponent(rng: &mut impl Rng) -> u128 {
    match rng.random_range(0..4) {
        0 => one_of(rng, &[0, 1, ONE_64 / 2, ONE_64, 2 * ONE_64, 3 * ONE_64, u128::MAX]),
        1 => spread(rng, 67),
        2 => rng.random_range(0..4 * ONE_64),
        _ => spread(rng, 128),
    }
}

/// Kind `pow-normalize`.
pub fn pow_normalize(rng: &mut impl Rng) -> PowNormalizeInput {
    let length = rng.random_range(0..12);
    let bits = rng.random_range(0..=128);
    let mut values: Vec<_> = (0..length).map(|_| Decimal(spread(rng, bits))).collect();
    if let Some(first) = values.first().copied().filter(|_| rarely(rng, 6)) {
        values.fill(first);
    }
    PowNormalizeInput { values, exponent: Decimal(exponent(rng)) }
}

//! The number formats and functions against their plain definition in integers of unlimited width (spec `numbers.md`,
//! `epoch.md` §1).
#![allow(clippy::unwrap_used)]

use std::fmt::Debug;

use fixed::traits::Fixed;
use num_bigint::BigInt;
use num_traits::{CheckedDiv, Zero};
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};
use yuma_core::fixed::{
    Divisor, I32F32, I64F64, I96F32, U64F64, U96F32, convert, exp, exp_safe, ln, log2, multiply, pow_normalize, power,
    proportion, proportion_of_u64, proportion_to_u16, root, round, safe_div,
};

/// Every function of the specification as it stands there, on raw values of unlimited width.
mod plain {
    use num_bigint::BigInt;
    use num_traits::Signed;

    /// A format of §1, or an integer type: one without fraction bits.
    #[derive(Debug, Clone, Copy)]
    pub struct Format {
        pub signed: bool,
        pub bits: u32,
        pub fraction: u32,
    }

    pub const F32: Format = Format { signed: true, bits: 64, fraction: 32 };
    pub const U64: Format = Format { signed: false, bits: 128, fraction: 64 };

    pub fn two_to(exponent: u32) -> BigInt {
        BigInt::from(1) << exponent
    }

    /// a / b toward −∞, for b > 0.
    fn floor_quotient(a: &BigInt, b: &BigInt) -> BigInt {
        let (quotient, rest) = (a / b, a % b); // `/` truncates
        if rest.is_negative() { quotient - 1 } else { quotient }
    }

    impl Format {
        pub fn one(self) -> BigInt {
            two_to(self.fraction)
        }

        pub fn largest(self) -> BigInt {
            two_to(self.bits - u32::from(self.signed)) - 1
        }

        pub fn smallest(self) -> BigInt {
            if self.signed { -two_to(self.bits - 1) } else { BigInt::ZERO }
        }

        pub fn saturated(self, x: BigInt) -> BigInt {
            x.clamp(self.smallest(), self.largest())
        }

        pub fn checked(self, x: BigInt) -> Option<BigInt> {
            (self.smallest() <= x && x <= self.largest()).then_some(x)
        }

        pub fn wrapped(self, x: &BigInt) -> BigInt {
            let x = x - self.smallest();
            &x - floor_quotient(&x, &two_to(self.bits)) * two_to(self.bits) + self.smallest()
        }

        pub fn product(self, a: &BigInt, b: &BigInt) -> BigInt {
            floor_quotient(&(a * b), &self.one())
        }

        /// Not yet within the range.
        pub fn quotient(self, a: &BigInt, b: &BigInt) -> Option<BigInt> {
            (*b != BigInt::ZERO).then(|| a * self.one() / b)
        }

        pub fn checked_div(self, a: &BigInt, b: &BigInt) -> Option<BigInt> {
            self.quotient(a, b).and_then(|quotient| self.checked(quotient))
        }

        pub fn safe_div(self, a: &BigInt, b: &BigInt) -> BigInt {
            self.checked_div(a, b).unwrap_or_default()
        }

        /// §3.1, §3.2 and §3.4.
        pub fn converted(self, x: &BigInt, to: Self) -> BigInt {
            to.saturated(floor_quotient(&(x * to.one()), &self.one()))
        }

        /// §3.3.
        pub fn rounded(self, x: &BigInt) -> BigInt {
            let whole: BigInt = (x.abs() + self.one() / 2) / self.one();
            self.saturated(whole * self.one() * x.signum())
        }

        /// §4.
        pub fn log2(self, x: &BigInt) -> Option<BigInt> {
            if *x <= BigInt::ZERO {
                return None;
            }
            if *x < self.one() {
                return Some(-self.log2_from_one(self.checked_div(&self.one(), x)?));
            }
            Some(self.log2_from_one(x.clone()))
        }

        fn log2_from_one(self, mut y: BigInt) -> BigInt {
            let half = |y: &BigInt| y / 2 + y % 2;
            let two = self.one() * 2;
            let mut whole = BigInt::ZERO;
            while y >= two {
                y = half(&y);
                whole += 1;
            }
            if y == self.one() {
                return whole * self.one();
            }
            let mut bits = BigInt::ZERO;
            for _ in 0..self.fraction {
                y = self.product(&y, &y);
                bits *= 2;
                if y >= two {
                    bits += 1;
                    y = half(&y);
                }
            }
            whole * self.one() + bits
        }

        /// §5.
        pub fn ln(self, x: &BigInt) -> Option<BigInt> {
            Some(self.log2(x)? * self.one() / (BigInt::from(12_102_203) * two_to(self.fraction - 23)))
        }

        /// §6, `epoch.md` §1.
        pub fn exp(self, x: &BigInt) -> Option<BigInt> {
            if *x == BigInt::ZERO {
                return Some(self.one());
            }
            if *x == self.one() {
                return Some(BigInt::from(22_802_600) * two_to(self.fraction - 23));
            }
            let magnitude = self.checked(x.abs())?;
            let mut result = self.checked(&magnitude + self.one())?;
            let mut term = magnitude.clone();
            for i in 2..self.fraction {
                term = self.checked(self.product(&term, &magnitude))? / i;
                result = self.checked(result + &term)?;
            }
            if x.is_negative() { self.checked_div(&self.one(), &result) } else { Some(result) }
        }
    }

    /// `epoch.md` §1.
    pub fn exp_safe(x: &BigInt) -> BigInt {
        let limit = F32.one() * 20;
        let x = x.clamp(&-&limit, &limit).clone();
        F32.exp(&x).unwrap_or_else(|| if x <= BigInt::ZERO { BigInt::ZERO } else { F32.largest() })
    }

    /// §7.
    pub fn root(x: &BigInt, epsilon: &BigInt) -> BigInt {
        let one = U64.one();
        let (mut low, mut high) = if *x > one { (BigInt::ZERO, x.clone()) } else { (x.clone(), one) };
        let mut rounds = 0;
        loop {
            let middle = (&high + &low) / 2;
            let quotient = U64.safe_div(x, &middle);
            if (&quotient - &middle).abs() <= *epsilon || rounds > 128 {
                return middle;
            }
            if quotient < middle {
                high = middle;
            } else {
                low = middle;
            }
            rounds += 1;
        }
    }

    fn largest_power() -> BigInt {
        BigInt::from(i32::MAX) * F32.one()
    }

    /// §8.
    pub fn power(x: &BigInt, p: &BigInt) -> BigInt {
        let Some(logarithm) = F32.ln(&U64.converted(x, F32)) else { return BigInt::ZERO };
        let exponent = F32.saturated(F32.product(&U64.converted(p, F32), &logarithm));
        F32.converted(&F32.exp(&exponent).unwrap_or_else(largest_power), U64)
    }

    /// §9.
    pub fn pow_normalize(values: &[BigInt], p: &BigInt) -> Vec<BigInt> {
        let product = |a: &BigInt, b: &BigInt| U64.saturated(U64.product(a, b));
        let largest = |values: &[BigInt]| values.iter().max().cloned().unwrap_or_default();
        let scale = U64.safe_div(&U64.one(), &largest(values));
        let values: Vec<_> = values.iter().map(|value| product(&scale, value)).collect();
        let top = largest(&values);
        let estimate = product(&(BigInt::from(values.len()) * U64.one()), &product(&top, &top));
        if estimate < BigInt::from(i32::MAX) {
            return values;
        }
        let big = BigInt::from(i32::MAX) * U64.one();
        let gain = root(&U64.safe_div(&big, &estimate), &BigInt::from(18_446_744_073_709_551_u64));
        let powers: Vec<_> = values.iter().map(|value| power(&product(&gain, value), p)).collect();
        let sum: BigInt = powers.iter().sum();
        assert_eq!(U64.checked(sum.clone()), Some(sum.clone()), "§9.5: the sum cannot overflow");
        powers.iter().map(|value| U64.safe_div(value, &sum)).collect()
    }
}

use plain::{F32, Format, U64, two_to};

/// A format of core beside its plain description.
trait Number: Fixed + CheckedDiv + Zero + Debug {
    const FORMAT: Format;
    fn raw(self) -> BigInt;
    fn of(raw: &BigInt) -> Self;
    fn from_integers(integer: &BigInt) -> [Option<Self>; 4];
    fn divide_saturating(self, by: Self) -> Self;
}

macro_rules! number {
    ($type:ident, $signed:literal, $bits:literal, $fraction:literal) => {
        impl Number for $type {
            const FORMAT: Format = Format { signed: $signed, bits: $bits, fraction: $fraction };
            fn raw(self) -> BigInt {
                self.to_bits().into()
            }
            fn of(raw: &BigInt) -> Self {
                Self::from_bits(raw.try_into().unwrap())
            }
            fn from_integers(integer: &BigInt) -> [Option<Self>; 4] {
                [
                    u16::try_from(integer).ok().map(Self::saturating_from_num),
                    u64::try_from(integer).ok().map(Self::saturating_from_num),
                    i64::try_from(integer).ok().map(Self::saturating_from_num),
                    u128::try_from(integer).ok().map(Self::saturating_from_num),
                ]
            }
            fn divide_saturating(self, by: Self) -> Self {
                self.saturating_div(by)
            }
        }
    };
}

number!(I32F32, true, 64, 32);
number!(I64F64, true, 128, 64);
number!(I96F32, true, 128, 32);
number!(U96F32, false, 128, 32);
number!(U64F64, false, 128, 64);

/// Runs a generic function for all five formats.
macro_rules! for_every_format {
    ($function:ident) => {
        $function::<I32F32>();
        $function::<I64F64>();
        $function::<I96F32>();
        $function::<U96F32>();
        $function::<U64F64>();
    };
}

fn random(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

/// A magnitude of a random number of bits, so that small, middling and huge ones are equally frequent.
fn any_magnitude(rng: &mut ChaCha8Rng, bits: u32) -> BigInt {
    let length = rng.random_range(0..=bits);
    BigInt::from(rng.random::<u128>()) % two_to(length)
}

/// Any raw value of a format.
fn any_raw(rng: &mut ChaCha8Rng, format: Format) -> BigInt {
    let magnitude = any_magnitude(rng, format.bits - u32::from(format.signed));
    if format.signed && rng.random() { -magnitude } else { magnitude }
}

/// The raw values next to which something changes: 0, the ends, and powers of two; 65535 and halves for conversions.
fn boundaries(format: Format) -> Vec<BigInt> {
    let one = format.one();
    let mut centres = vec![BigInt::ZERO, format.smallest(), format.largest(), &one * 65535, &one * 65535 + &one / 2];
    centres.extend([format.fraction - 1, format.fraction, format.fraction + 1].map(two_to));
    centres.extend([15, 16, 31, 47, 63, 64, 79, 95, 96, 126, 127].map(two_to));
    let negative: Vec<_> = centres.iter().map(|centre| -centre).collect();
    let near = centres.into_iter().chain(negative).flat_map(|centre| [&centre - 1, centre.clone(), &centre + 1]);
    let mut values: Vec<_> = near.filter(|value| format.checked(value.clone()).is_some()).collect();
    values.sort();
    values.dedup();
    values
}

/// Every pair of boundaries, and `count` random pairs.
fn pairs(format: Format, count: usize) -> impl Iterator<Item = (BigInt, BigInt)> {
    let boundaries = boundaries(format);
    assert!(boundaries.len() > 25);
    let all_pairs: Vec<_> =
        boundaries.iter().flat_map(|a| boundaries.iter().map(move |b| (a.clone(), b.clone()))).collect();
    let mut rng = random(2);
    all_pairs
        .into_iter()
        .chain(std::iter::repeat_with(move || (any_raw(&mut rng, format), any_raw(&mut rng, format))).take(count))
}

fn arithmetic_is_plain<T: Number>() {
    let format = T::FORMAT;
    let raw = |result: Option<T>| result.map(T::raw);
    for (a, b) in pairs(format, 40_000) {
        let (x, y) = (T::of(&a), T::of(&b));
        let place = format!("{format:?}: {a}, {b}");
        for (result, exact, checked, wrapping) in [
            (x.saturating_add(y), &a + &b, x.checked_add(y), x.wrapping_add(y)),
            (x.saturating_sub(y), &a - &b, x.checked_sub(y), x.wrapping_sub(y)),
            (x.saturating_mul(y), format.product(&a, &b), x.checked_mul(y), x.wrapping_mul(y)),
        ] {
            assert_eq!(result.raw(), format.saturated(exact.clone()), "saturating, {place}");
            assert_eq!(wrapping.raw(), format.wrapped(&exact), "wrapping, {place}");
            assert_eq!(raw(checked), format.checked(exact), "checked, {place}");
        }
        assert_eq!(raw(CheckedDiv::checked_div(&x, &y)), format.checked_div(&a, &b), "checked division, {place}");
        assert_eq!(safe_div(x, y).raw(), format.safe_div(&a, &b), "÷, {place}");
        if let Some(quotient) = format.quotient(&a, &b) {
            assert_eq!(x.divide_saturating(y).raw(), format.saturated(quotient), "saturating division, {place}");
        }
        assert_eq!(x.cmp(&y), a.cmp(&b), "order, {place}");
    }
}

#[test]
fn arithmetic() {
    for_every_format!(arithmetic_is_plain);
}

fn conversions_are_plain<T: Number>() {
    fn to<T: Number, U: Number>(x: T, raw: &BigInt) {
        let plain = T::FORMAT.converted(raw, U::FORMAT);
        assert_eq!(convert::<T, U>(x).raw(), plain, "{:?}: {raw} to {:?}", T::FORMAT, U::FORMAT);
    }
    let integer = |signed, bits| Format { signed, bits, fraction: 0 };
    let mut rng = random(3);
    let boundaries = boundaries(T::FORMAT).into_iter();
    for raw in boundaries.chain(std::iter::repeat_with(|| any_raw(&mut rng, T::FORMAT)).take(20_000)) {
        let x = T::of(&raw);
        let place = format!("{:?}: {raw}", T::FORMAT);
        to::<T, I32F32>(x, &raw);
        to::<T, I64F64>(x, &raw);
        to::<T, I96F32>(x, &raw);
        to::<T, U96F32>(x, &raw);
        to::<T, U64F64>(x, &raw);
        let plain = |signed, bits| T::FORMAT.converted(&raw, integer(signed, bits));
        assert_eq!(BigInt::from(convert::<T, u16>(x)), plain(false, 16), "{place} to u16");
        assert_eq!(BigInt::from(convert::<T, u64>(x)), plain(false, 64), "{place} to u64");
        assert_eq!(BigInt::from(convert::<T, i64>(x)), plain(true, 64), "{place} to i64");
        assert_eq!(BigInt::from(convert::<T, u128>(x)), plain(false, 128), "{place} to u128");
        assert_eq!(round(x).raw(), T::FORMAT.rounded(&raw), "{place} rounded");
        // The same number as an integer, where it is one of the type.
        let from_integer = integer(true, 130).converted(&raw, T::FORMAT);
        for result in T::from_integers(&raw).into_iter().flatten() {
            assert_eq!(result.raw(), from_integer, "integer {raw} to {:?}", T::FORMAT);
        }
    }
}

#[test]
fn conversions() {
    for_every_format!(conversions_are_plain);
}

#[test]
fn the_plain_side_follows_the_text() {
    // The plain side is itself held to the text: its examples of §2 and §3.
    assert_eq!(F32.saturated(F32.product(&(-1).into(), &1.into())), (-1).into());
    assert_eq!(F32.checked_div(&F32.smallest(), &(-F32.one())), None);
    assert_eq!(U64.safe_div(&U64.one(), &1.into()), BigInt::ZERO);
    assert_eq!(U64.wrapped(&(U64.largest() + 2)), 1.into());
    assert_eq!(F32.wrapped(&(F32.largest() + 1)), F32.smallest());
    assert_eq!(F32.wrapped(&(F32.smallest() - 1)), F32.largest());
    let half = F32.one() / 2;
    assert_eq!(F32.rounded(&half), F32.one());
    assert_eq!(F32.rounded(&-&half), -F32.one());
}

#[test]
fn examples_of_arithmetic_and_conversion() {
    // §2
    let raw = I32F32::from_bits;
    assert_eq!(raw(-1).saturating_mul(raw(1)), raw(-1));
    assert_eq!(I32F32::MIN.checked_div(I32F32::NEG_ONE), None);
    assert_eq!(safe_div(raw(-7), I32F32::from_num(2)), raw(-3));
    assert_eq!(safe_div(U64F64::ONE, U64F64::from_bits(1)), U64F64::ZERO);
    assert_eq!(U96F32::ONE.saturating_sub(U96F32::MAX), U96F32::ZERO);
    // §3.1
    assert_eq!(convert::<_, I96F32>(I64F64::from_bits(-1)), I96F32::from_bits(-1));
    assert_eq!(convert::<_, I32F32>(I64F64::from_bits(-1)), raw(-1));
    assert_eq!(convert::<_, U96F32>(I96F32::from_bits(-1)), U96F32::ZERO);
    assert_eq!(convert::<_, U64F64>(U96F32::from_bits(1 << 96)), U64F64::MAX);
    assert_eq!(convert::<_, U64F64>(I96F32::from_bits(1 << 96)), U64F64::MAX);
    assert_eq!(convert::<_, I64F64>(I96F32::from_bits(1 << 95)), I64F64::MAX);
    assert_eq!(convert::<_, I96F32>(U96F32::from_bits(u128::MAX >> 1)), I96F32::from_bits(i128::MAX));
    assert_eq!(convert::<_, I96F32>(U96F32::from_bits(1 << 127)), I96F32::MAX);
    // §3.2, §3.3
    assert_eq!(convert::<_, u16>(raw((65536 << 32) - 1)), 65535);
    assert_eq!(convert::<_, u64>(raw(-1)), 0);
    let half = 1_i64 << 31;
    for (bits, rounded) in [(half, 1), (3 * half, 2), (5 * half, 3), (131_069 * half, 65535), (-half, 0)] {
        assert_eq!(convert::<_, u16>(round(raw(bits))), rounded, "{bits}");
    }
    assert_eq!(round(raw(-half)), I32F32::NEG_ONE);
    assert_eq!(convert::<_, u16>(round(I32F32::MAX)), 65535);
    assert_eq!(convert::<_, u16>(round(U64F64::MAX)), 65535);
    assert_eq!(convert::<_, u16>(round(I96F32::MAX)), 65535);
    assert_eq!(convert::<_, u16>(round(U96F32::MAX)), 65535);
    assert_eq!(convert::<_, u16>(round(I64F64::MAX)), 65535);
}

/// Any bits of `F32`, half of them small, some negative.
fn any_bits(rng: &mut ChaCha8Rng) -> i64 {
    let length = rng.random_range(0..=64);
    let magnitude = rng.random::<u64>().checked_shr(64 - length).unwrap_or(0).cast_signed();
    if rng.random_ratio(1, 4) { magnitude.wrapping_neg() } else { magnitude }
}

#[test]
fn a_divisor_divides_safely() {
    let check = |a: i64, b: i64| {
        let (x, y) = (I32F32::from_bits(a), I32F32::from_bits(b));
        assert_eq!(Divisor::new(y).divide(x), safe_div(x, y), "{a}, {b}");
    };
    let mut rng = random(4);
    for _ in 0..150_000 {
        let (a, b) = (any_bits(&mut rng), any_bits(&mut rng));
        check(a, b);
        // A common power of two cancels.
        let common = rng.random_range(0..64);
        check(a.wrapping_shl(common), b.wrapping_shl(common));
        check(a >> (common / 2) << common, b >> (common / 2) << common);
        // Next to a whole quotient, where an estimate is one off.
        let product = i128::from(a) * i128::from(b);
        if let Ok(near) = i64::try_from(product >> 32) {
            for dividend in [near.wrapping_sub(1), near, near.wrapping_add(1)] {
                check(dividend, b);
            }
        }
    }
    for b in -3..200 {
        for a in -3..200 {
            for twos in [0, 1, 31, 32, 33, 54] {
                check(a, b << twos);
                check(a << twos, b);
            }
        }
    }
    let boundaries: Vec<i64> = boundaries(F32).iter().map(|raw| raw.try_into().unwrap()).collect();
    for &b in &boundaries {
        for a in boundaries.iter().copied().chain((0..300).map(|_| any_bits(&mut rng))) {
            check(a, b);
        }
    }
    for _ in 0..20_000 {
        let (a, b) = (any_raw(&mut rng, F32), any_raw(&mut rng, F32));
        assert_eq!(Divisor::new(I32F32::of(&b)).divide(I32F32::of(&a)).raw(), F32.safe_div(&a, &b), "{a}, {b}");
    }
}

#[test]
fn multiplication_saturates() {
    let mut rng = random(5);
    let check = |x: I32F32, y: I32F32| assert_eq!(multiply(x, y), x.saturating_mul(y), "{x:?}, {y:?}");
    for _ in 0..200_000 {
        check(I32F32::from_bits(any_bits(&mut rng)), I32F32::from_bits(any_bits(&mut rng)));
    }
    for (a, b) in pairs(F32, 20_000) {
        let (x, y) = (I32F32::of(&a), I32F32::of(&b));
        check(x, y);
        assert_eq!(multiply(x, y).raw(), F32.saturated(F32.product(&a, &b)), "{a}, {b}");
    }
}

#[test]
fn proportions() {
    let to_u16 = |bits: i64| (i128::from(bits) * 65535).div_euclid(1 << 32).clamp(0, 65535);
    for x in 0..=u16::MAX {
        let share = proportion(x);
        assert_eq!(share.to_bits(), (i64::from(x) << 32) / 65535, "{x}");
        // Floored twice: one less, but for 0 and those whose share is exact.
        assert_eq!(i128::from(proportion_to_u16(share)), to_u16(share.to_bits()), "{x}");
        for near in [share.to_bits() - 1, share.to_bits() + 1, i64::from(x) << 16, (i64::from(x) << 48).wrapping_neg()]
        {
            assert_eq!(i128::from(proportion_to_u16(I32F32::from_bits(near))), to_u16(near), "{near}");
        }
    }
    assert_eq!(proportion(65535), I32F32::ONE);
    assert_eq!(proportion_to_u16(I32F32::ONE), 65535);
    assert_eq!(proportion_to_u16(proportion(7)), 6);
    for raw in boundaries(F32) {
        let bits = i64::try_from(&raw).unwrap();
        assert_eq!(i128::from(proportion_to_u16(I32F32::from_bits(bits))), to_u16(bits), "{bits}");
    }
}

#[test]
fn proportions_of_64_bits() {
    let mut rng = random(12);
    let ends = [0, 1, u64::from(u32::MAX), 1 << 32, u64::MAX - 1, u64::MAX];
    for x in ends.into_iter().chain((0..50_000).map(|_| any_bits(&mut rng).cast_unsigned())) {
        let share = (u128::from(x) << 32) / u128::from(u64::MAX);
        assert_eq!(proportion_of_u64(x).to_bits(), share, "{x}");
    }
}

/// Positive and negative raw values: small ones, next to every power of two, and random ones.
fn arguments(format: Format, count: usize) -> Vec<BigInt> {
    let mut rng = random(6);
    let mut values: Vec<_> = (-5..300).map(BigInt::from).collect();
    values.extend(boundaries(format));
    values.extend((0..format.bits).flat_map(|bit| [-1, 0, 1].map(|offset| two_to(bit) + offset)));
    values.extend((0..count).map(|_| any_raw(&mut rng, format)));
    // Within a factor of two of 1 every fraction bit of the logarithm is earned.
    values.extend((0..count / 4).map(|_| format.one() + any_magnitude(&mut rng, format.fraction)));
    values.retain(|value| format.checked(value.clone()).is_some());
    values
}

#[test]
fn logarithms() {
    for raw in arguments(F32, 12_000) {
        assert_eq!(log2(I32F32::of(&raw)).map(Number::raw), F32.log2(&raw), "log2 {raw}");
        assert_eq!(ln(I32F32::of(&raw)).map(Number::raw), F32.ln(&raw), "ln {raw}");
    }
    for raw in arguments(I96F32::FORMAT, 12_000) {
        assert_eq!(log2(I96F32::of(&raw)).map(Number::raw), I96F32::FORMAT.log2(&raw), "log2 {raw}");
        assert_eq!(ln(I96F32::of(&raw)).map(Number::raw), I96F32::FORMAT.ln(&raw), "ln {raw}");
    }
}

#[test]
fn checks_of_log2_and_ln() {
    let log2_narrow = |bits| log2(I32F32::from_bits(bits)).map(I32F32::to_bits);
    let log2_wide = |bits| log2(I96F32::from_bits(bits)).map(I96F32::to_bits);
    for (bits, expected) in [
        (3, -130_631_591_366),
        (4_294_967_295, -1),
        (4_294_967_296, 0),
        (4_294_967_297, 1),
        (8_589_934_591, 4_294_967_295),
        (6_074_001_000, 2_147_483_648),
        (12_884_901_888, 6_807_362_105),
        (17_179_869_183, 8_589_934_592),
    ] {
        assert_eq!(log2_narrow(bits), Some(expected), "{bits}");
        assert_eq!(log2_wide(bits.into()), Some(expected.into()), "{bits}");
    }
    assert_eq!(log2_narrow(i64::MAX), Some(133_143_986_176));
    for bits in [i64::MIN, -1, 0, 1, 2] {
        assert_eq!(log2_narrow(bits), None, "{bits}");
        assert_eq!(ln(I32F32::from_bits(bits)), None, "{bits}");
    }
    assert_eq!(log2_wide(0), None);
    assert_eq!(log2_wide(-1), None);
    assert_eq!(log2_wide(1), Some(-137_438_953_472));
    assert_eq!(log2_wide(i128::MAX), Some(408_021_893_120));
    for (bits, expected) in [
        (3, -90_546_920_456),
        (4_294_967_297, 0),
        (8_589_934_592, 2_977_044_511),
        (12_884_901_888, 4_718_503_913),
        (1 << 62, 89_311_335_346),
        (i64::MAX, 92_288_379_858),
    ] {
        assert_eq!(ln(I32F32::from_bits(bits)).map(I32F32::to_bits), Some(expected), "{bits}");
    }
}

/// Where exp of `F32` begins to fail.
const EXP_LIMIT: i64 = 89_715_445_398;

#[test]
fn exponentials() {
    let mut values = arguments(F32, 6_000);
    let limits = (-3..=3).flat_map(|offset| [EXP_LIMIT + offset, offset - EXP_LIMIT]);
    values.extend(limits.map(BigInt::from));
    let twenty = 20_i64 << 32;
    values.extend((-2..=2).flat_map(|offset| [twenty + offset, offset - twenty]).map(BigInt::from));
    let mut rng = random(7);
    values.extend((0..16_000).map(|_| BigInt::from(rng.random_range(-EXP_LIMIT..=EXP_LIMIT))));
    for raw in &values {
        let x = I32F32::of(raw);
        assert_eq!(exp(x).map(Number::raw), F32.exp(raw), "exp {raw}");
        assert_eq!(exp_safe(x).raw(), plain::exp_safe(raw), "exp_safe {raw}");
    }
}

#[test]
fn exponentials_of_the_wider_format() {
    let format = I64F64::FORMAT;
    let mut values = arguments(format, 1_000);
    let mut rng = random(8);
    let limit = i128::from(EXP_LIMIT) << 33;
    values.extend((0..1_500).map(|_| BigInt::from(rng.random_range(-limit..=limit))));
    for raw in &values {
        assert_eq!(exp(I64F64::of(raw)).map(Number::raw), format.exp(raw), "exp {raw}");
    }
    assert_eq!(exp(I64F64::ONE), Some(I64F64::from_bits(50_143_447_687_050_035_200)));
}

#[test]
fn checks_of_exp() {
    let of = |bits| exp(I32F32::from_bits(bits)).map(I32F32::to_bits);
    assert_eq!(of(0), Some(1 << 32));
    assert_eq!(of(1 << 32), Some(11_674_931_200));
    assert_eq!(of((1 << 32) - 1), Some(11_674_931_544));
    assert_eq!(of(-1 << 32), Some(1_580_030_169));
    assert_eq!(of(20 << 32), Some(2_066_907_302_758_576_256));
    assert_eq!(of(-20 << 32), Some(8));
    assert_eq!(of(EXP_LIMIT - 1), Some(4_994_766_200_130_743_759));
    assert_eq!(of(1 - EXP_LIMIT), Some(3));
    for bits in [EXP_LIMIT, -EXP_LIMIT, i64::MAX, i64::MIN, i64::MIN + 1] {
        assert_eq!(of(bits), None, "{bits}");
    }
    assert_eq!(exp_safe(I32F32::MAX).to_bits(), 2_066_907_302_758_576_256);
    assert_eq!(exp_safe(I32F32::MIN).to_bits(), 8);
}

#[test]
fn roots() {
    let mut rng = random(9);
    let check = |x: &BigInt, epsilon: &BigInt| {
        assert_eq!(root(U64F64::of(x), U64F64::of(epsilon)).raw(), plain::root(x, epsilon), "{x}, {epsilon}");
    };
    let epsilons = [0, 1, 18_446_744_073_709_551_u128, (1 << 64) - 1, 1 << 64, u128::MAX].map(BigInt::from);
    for x in boundaries(U64) {
        for epsilon in &epsilons {
            check(&x, epsilon);
        }
    }
    for _ in 0..2_000 {
        let x = any_raw(&mut rng, U64);
        check(&x, &any_raw(&mut rng, U64));
        check(&x, &epsilons[rng.random_range(0..epsilons.len())]);
    }
}

#[test]
fn checks_of_root() {
    let of = |x, epsilon| root(U64F64::from_bits(x), U64F64::from_bits(epsilon)).to_bits();
    let epsilon = 18_446_744_073_709_551;
    for (x, expected) in [
        (0, 18_014_398_509_481_984),
        (1, 18_014_398_509_481_984),
        (1 << 64, 1 << 64),
        ((1 << 64) + 1, 18_437_736_874_454_810_624),
        (1 << 65, 26_084_849_041_729_912_832),
        (1 << 66, 1 << 65),
        (u128::MAX, 79_228_162_514_264_337_593_543_950_335),
    ] {
        assert_eq!(of(x, epsilon), expected, "{x}");
    }
    assert_eq!(of(1 << 65, 1 << 64), 1 << 64);
    assert_eq!(of(1 << 65, (1 << 64) - 1), 27_670_116_110_564_327_424);
    assert_eq!(of(1 << 65, 0), 26_087_635_650_665_564_424);
    assert_eq!(of(1, 0), 1 << 32);
    assert_eq!(of(0, 0), 0);
}

#[test]
fn powers() {
    let mut rng = random(10);
    let check = |x: &BigInt, p: &BigInt| {
        assert_eq!(power(U64F64::of(x), U64F64::of(p)).raw(), plain::power(x, p), "{x}, {p}");
    };
    let exponents = [0, 1 << 32, 1 << 63, 1 << 64, 1 << 65, 3 << 64].map(|p: u128| BigInt::from(p));
    for x in boundaries(U64) {
        for p in &exponents {
            check(&x, p);
        }
    }
    for _ in 0..3_000 {
        let x = any_raw(&mut rng, U64);
        check(&x, &any_raw(&mut rng, U64));
        check(&x, &exponents[rng.random_range(0..exponents.len())]);
    }
}

#[test]
fn checks_of_power() {
    let largest = 39_614_081_238_685_424_723_062_423_552;
    assert_eq!(largest, u128::from(i32::MAX.unsigned_abs()) << 64);
    for (x, p, expected) in [
        (1 << 65, 1 << 65, 73_786_977_609_098_199_040),
        (3 << 64, 1 << 64, 55_340_232_985_632_833_536),
        (1 << 65, 1 << 64, 36_893_488_452_361_781_248), // no shortcut for p = 1
        (3 << 32, 1 << 64, largest),
        (4 << 32, 1 << 64, 17_179_869_184),
        ((3 << 32) - 1, 0, 0),
        (3 << 32, 0, 1 << 64),
        (u128::MAX, 1 << 64, largest),
        (1 << 65, u128::MAX, largest),
    ] {
        assert_eq!(power(U64F64::from_bits(x), U64F64::from_bits(p)).to_bits(), expected, "{x}, {p}");
    }
}

#[test]
fn power_normalisation() {
    let mut rng = random(11);
    let exponents = [0, 1 << 63, 1 << 64, 3 << 63, 1 << 65, 5 << 64].map(|p: u128| BigInt::from(p));
    let mut unchanged = 0;
    for _ in 0..1_500 {
        let count = rng.random_range(0..6);
        let scale = rng.random_range(0..=128);
        let values: Vec<_> = (0..count)
            .map(|_| if rng.random_ratio(1, 8) { BigInt::ZERO } else { any_magnitude(&mut rng, scale) })
            .collect();
        let p = if rng.random() { any_raw(&mut rng, U64) } else { exponents[rng.random_range(0..6)].clone() };
        let mut results: Vec<_> = values.iter().map(U64F64::of).collect();
        pow_normalize(&mut results, U64F64::of(&p));
        let results: Vec<_> = results.into_iter().map(Number::raw).collect();
        assert_eq!(results, plain::pow_normalize(&values, &p), "{values:?}, {p}");
        unchanged += usize::from(results.iter().all(Zero::is_zero));
    }
    assert!((50..1_000).contains(&unchanged), "{unchanged}");
}

#[test]
fn checks_of_power_normalisation() {
    let check = |values: &[u128], p: u128, expected: &[u128]| {
        let mut results: Vec<_> = values.iter().map(|&bits| U64F64::from_bits(bits)).collect();
        pow_normalize(&mut results, U64F64::from_bits(p));
        let results: Vec<_> = results.into_iter().map(U64F64::to_bits).collect();
        assert_eq!(results, expected, "{values:?}, {p}");
    };
    check(&[], 1 << 64, &[]);
    check(&[0, 0], 1 << 64, &[0, 0]);
    check(&[1], 1 << 64, &[0]);
    check(&[1, 2], 1 << 64, &[6_148_914_841_635_506_689, 12_297_829_232_074_044_926]);
    for equal in [1 << 64, 5 << 64, 123_456_789 << 40] {
        check(&[equal; 3], 1 << 64, &[6_148_914_691_236_517_205; 3]);
    }
    let of_three = [4_392_081_970_319_882_404, 6_148_914_714_530_667_389, 7_905_747_388_859_001_822];
    check(&[5, 7, 9], 1 << 64, &of_three);
    check(&[10_000_000_000, 3], 1 << 65, &[6_093_708_694_902_864_923, 12_353_035_378_806_686_692]);
}

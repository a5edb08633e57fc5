//! The door: what crosses between JavaScript and core, as bytes.
//!
//! A call is the name of a function and its arguments; an answer is what the function gives, or why it refuses. Both are
//! values in a row, each an integer in its own width, little-endian: a record is its fields, a list is its length and its
//! elements, what may be missing has a byte before it. No name of a field crosses: the order is that of the package's
//! `fields.js`, and of the `record!`s and arguments here.
//!
//! JavaScript has checked types and ranges before a call is made, so reading has nothing to refuse.

use yuma_core::fixed::{I32F32, I64F64, I96F32, U64F64, U96F32};
use yuma_core::submission::SubmissionError;
use yuma_core::{Error, Rules};

/// Why a function of core's refuses a call.
pub enum Refusal {
    Input(Error),
    Weights(SubmissionError),
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Input(error)
    }
}

impl From<SubmissionError> for Refusal {
    fn from(refusal: SubmissionError) -> Self {
        Self::Weights(refusal)
    }
}

impl Write for Refusal {
    fn write(&self, answer: &mut Answer) {
        match self {
            Self::Input(error) => answer.write(&(error.code.name(), error.field, error.index, error.limit)),
            Self::Weights(refusal) => answer.write(&("refused", refusal.name(), 0_u64, 0_u64)),
        }
    }
}

/// What JavaScript may call: it reads its arguments, and writes what it gives.
pub type Function = fn(&mut Given<'_>, &mut Answer) -> Result<(), Refusal>;

/// The values given, one after the other.
pub struct Given<'g> {
    rest: &'g [u8],
}

impl<'g> Given<'g> {
    pub fn new(bytes: &'g [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The next value, of whatever type is wanted.
    pub fn read<T: Read>(&mut self) -> T {
        T::read(self)
    }

    /// So many bytes, or all that are left.
    fn bytes(&mut self, count: usize) -> &'g [u8] {
        let (bytes, rest) = self.rest.split_at_checked(count).unwrap_or((self.rest, &[]));
        self.rest = rest;
        bytes
    }

    /// The bytes of an integer; zeros where there is nothing.
    fn word<const N: usize>(&mut self) -> [u8; N] {
        self.bytes(N).try_into().unwrap_or([0; N])
    }

    fn count(&mut self) -> usize {
        u32::read(self).try_into().unwrap_or(0)
    }

    /// The bytes of a text, or of whatever else is given as bytes.
    pub fn text(&mut self) -> &'g [u8] {
        let count = self.count();
        self.bytes(count)
    }
}

/// What a function gives, or why it refuses.
#[derive(Default)]
pub struct Answer {
    bytes: Vec<u8>,
}

impl Answer {
    pub fn write(&mut self, value: &(impl Write + ?Sized)) {
        value.write(self);
    }

    #[inline(never)]
    fn put<const N: usize>(&mut self, word: [u8; N]) {
        self.bytes.extend_from_slice(&word);
    }

    fn count(&mut self, count: usize) {
        u32::try_from(count).unwrap_or(u32::MAX).write(self);
    }

    /// So many bytes more, zeros for somebody else to fill.
    fn room(&mut self, count: usize) -> &mut [u8] {
        let start = self.bytes.len();
        self.bytes.resize(start.saturating_add(count), 0);
        self.bytes.get_mut(start..).unwrap_or_default()
    }

    /// A list of so many bytes, for somebody else to fill.
    pub fn byte_list(&mut self, count: usize) -> &mut [u8] {
        self.count(count);
        self.room(count)
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// What a call may hold.
pub trait Read: Sized {
    fn read(given: &mut Given<'_>) -> Self;

    fn read_list(given: &mut Given<'_>, count: usize) -> Vec<Self> {
        (0..count).map(|_| Self::read(given)).collect()
    }
}

/// What an answer may hold.
pub trait Write {
    fn write(&self, answer: &mut Answer);

    fn write_list(list: &[Self], answer: &mut Answer)
    where
        Self: Sized,
    {
        for element in list {
            element.write(answer);
        }
    }
}

macro_rules! integers {
    ($($integer:ty)*) => {$(
        impl Read for $integer {
            #[inline(never)]
            fn read(given: &mut Given<'_>) -> Self {
                Self::from_le_bytes(given.word())
            }

            fn read_list(given: &mut Given<'_>, count: usize) -> Vec<Self> {
                let words = given.bytes(count.saturating_mul(size_of::<Self>())).as_chunks().0;
                words.iter().map(|word| Self::from_le_bytes(*word)).collect()
            }
        }

        impl Write for $integer {
            fn write(&self, answer: &mut Answer) {
                answer.put(self.to_le_bytes());
            }

            fn write_list(list: &[Self], answer: &mut Answer) {
                let words = answer.room(size_of_val(list)).as_chunks_mut().0;
                for (word, integer) in words.iter_mut().zip(list) {
                    *word = integer.to_le_bytes();
                }
            }
        }
    )*};
}
integers! { u8 u16 u32 u64 u128 i16 i64 i128 }

/// Numbers of core's formats, as their raw bits.
macro_rules! formats {
    ($($format:ident)*) => {$(
        impl Read for $format {
            fn read(given: &mut Given<'_>) -> Self {
                Self::from_bits(given.read())
            }
        }

        impl Write for $format {
            fn write(&self, answer: &mut Answer) {
                self.to_bits().write(answer);
            }
        }
    )*};
}
formats! { I32F32 I64F64 I96F32 U64F64 U96F32 }

impl Read for bool {
    fn read(given: &mut Given<'_>) -> Self {
        u8::read(given) != 0
    }
}

impl Write for bool {
    fn write(&self, answer: &mut Answer) {
        u8::from(*self).write(answer);
    }
}

/// A set of rules by the chain's version.
impl Read for Rules {
    fn read(given: &mut Given<'_>) -> Self {
        Self::for_spec_version(given.read()).unwrap_or(Self::NEWEST)
    }
}

impl Write for Rules {
    fn write(&self, answer: &mut Answer) {
        self.spec_version().write(answer);
    }
}

impl Write for str {
    fn write(&self, answer: &mut Answer) {
        answer.write(self.as_bytes());
    }
}

impl<const N: usize> Read for [u8; N] {
    fn read(given: &mut Given<'_>) -> Self {
        given.word()
    }
}

impl<T: Read> Read for Option<T> {
    fn read(given: &mut Given<'_>) -> Self {
        if given.read() { Some(given.read()) } else { None }
    }
}

impl<T: Write> Write for Option<T> {
    fn write(&self, answer: &mut Answer) {
        self.is_some().write(answer);
        if let Some(value) = self {
            value.write(answer);
        }
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(given: &mut Given<'_>) -> Self {
        let count = given.count();
        T::read_list(given, count)
    }
}

impl<T: Write> Write for [T] {
    fn write(&self, answer: &mut Answer) {
        answer.count(self.len());
        T::write_list(self, answer);
    }
}

impl<T: Write> Write for Vec<T> {
    fn write(&self, answer: &mut Answer) {
        answer.write(self.as_slice());
    }
}

impl<T: Write + ?Sized> Write for &T {
    fn write(&self, answer: &mut Answer) {
        (*self).write(answer);
    }
}

impl Write for () {
    fn write(&self, _answer: &mut Answer) {}
}

macro_rules! tuples {
    ($(($($name:ident)*))*) => {$(
        impl<$($name: Read),*> Read for ($($name,)*) {
            fn read(given: &mut Given<'_>) -> Self {
                ($($name::read(given),)*)
            }
        }

        impl<$($name: Write),*> Write for ($($name,)*) {
            #[allow(non_snake_case, reason = "each type's own name is its value's")]
            fn write(&self, answer: &mut Answer) {
                let ($($name,)*) = self;
                $($name.write(answer);)*
            }
        }
    )*};
}
tuples! { (A B) (A B C) (A B C D) (A B C D E F) }

/// Records of core's: their fields in the order in which they cross.
macro_rules! record {
    ($($type:ident { $($field:ident),* $(,)? })*) => {$(
        impl crate::door::Read for $type {
            fn read(given: &mut crate::door::Given<'_>) -> Self {
                Self { $($field: given.read()),* }
            }
        }

        impl crate::door::Write for $type {
            fn write(&self, answer: &mut crate::door::Answer) {
                $(answer.write(&self.$field);)*
            }
        }
    )*};
}
pub(crate) use record;

/// Values out of a short list, as their place in it.
macro_rules! choice {
    ($($type:ident { $($value:ident),* })*) => {$(
        impl crate::door::Read for $type {
            fn read(given: &mut crate::door::Given<'_>) -> Self {
                let place: u8 = given.read();
                [$(Self::$value),*].get(usize::from(place)).copied().unwrap_or_default()
            }
        }

        impl crate::door::Write for $type {
            fn write(&self, answer: &mut crate::door::Answer) {
                let place = [$(Self::$value),*].iter().position(|value| value == self);
                answer.write(&place.and_then(|place| u8::try_from(place).ok()).unwrap_or(0));
            }
        }
    )*};
}
pub(crate) use choice;

/// The functions of a module, by the names that JavaScript calls: each reads its arguments in their order, and writes what
/// its expression gives. A function that is only named does both itself.
macro_rules! functions {
    ($($name:ident $(($($argument:ident $(: $type:ty)?),*))? => $body:expr;)*) => {
        pub const FUNCTIONS: &[(&str, crate::door::Function)] =
            &[$((stringify!($name), crate::door::functions!(@one $(($($argument $(: $type)?),*))? $body))),*];
    };
    (@one ($($argument:ident $(: $type:ty)?),*) $body:expr) => {
        |given, answer| {
            $(
                #[allow(unused_mut, reason = "not every function changes what it was given")]
                let mut $argument $(: $type)? = given.read();
            )*
            answer.write(&$body);
            let _ = given;
            Ok(())
        }
    };
    (@one $body:expr) => {
        $body
    };
}
pub(crate) use functions;

//! Bytes out and in, one value at a time: what both encodings share.

use sha2::{Digest as _, Sha256};

use crate::epoch::MatrixBuffers;
use crate::error::{Error, ErrorCode};
use crate::rules::Rules;

/// What every encoding begins with.
const MAGIC: [u8; 4] = *b"yuma";
/// The version of the format.
const VERSION: u8 = 1;

/// What is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Input = 1,
    Outcome = 2,
}

/// Hands out the entries, column and value, of one row of a matrix.
pub(super) type EntriesOf<'m> = dyn Fn(u16, &mut dyn FnMut(u16, u16)) + 'm;

/// Hands encoded values on. It does not depend on where they go, so that there is one copy of the code.
pub(super) struct Writer<'w> {
    write: &'w mut dyn FnMut(&[u8]),
}

impl<'w> Writer<'w> {
    /// Writes what every encoding begins with.
    pub fn begin(write: &'w mut dyn FnMut(&[u8]), content: Content, rules: Rules) -> Self {
        let mut writer = Self { write };
        writer.bytes(&MAGIC);
        writer.u8(VERSION);
        writer.u8(content as u8);
        writer.u32(rules.spec_version());
        writer
    }

    pub fn bytes(&mut self, bytes: &[u8]) {
        (self.write)(bytes);
    }

    pub fn u8(&mut self, value: u8) {
        self.bytes(&[value]);
    }

    pub fn u16(&mut self, value: u16) {
        self.bytes(&value.to_le_bytes());
    }

    pub fn u32(&mut self, value: u32) {
        self.bytes(&value.to_le_bytes());
    }

    pub fn u64(&mut self, value: u64) {
        self.bytes(&value.to_le_bytes());
    }

    pub fn flag(&mut self, value: bool) {
        self.u8(value.into());
    }

    /// A matrix of `n` rows. `row` is asked twice for each.
    pub fn matrix(&mut self, n: u16, row: &EntriesOf<'_>) {
        let mut end: u32 = 0;
        for uid in 0..n {
            row(uid, &mut |_, _| end = end.saturating_add(1));
            self.u32(end);
        }
        for uid in 0..n {
            row(uid, &mut |column, value| {
                self.u16(column);
                self.u16(value);
            });
        }
    }
}

/// The SHA-256 of what `write` writes.
pub(super) fn sha256(write: impl FnOnce(&mut dyn FnMut(&[u8]))) -> [u8; 32] {
    let mut hash = Sha256::new();
    write(&mut |bytes| hash.update(bytes));
    hash.finalize().into()
}

/// Fills `bytes` with what `write` writes, as far as there is room.
pub(super) fn fill(mut bytes: &mut [u8], write: impl FnOnce(&mut dyn FnMut(&[u8]))) {
    write(&mut |piece| {
        if let Some((place, rest)) = core::mem::take(&mut bytes).split_at_mut_checked(piece.len()) {
            place.copy_from_slice(piece);
            bytes = rest;
        }
    });
}

/// Fetches encoded values, counts and hashes their bytes, and refuses what is not canonical.
///
/// After the first refusal nothing is fetched any more and every value is 0; [`Reader::check`] tells. So there is no question
/// after each value, which half of the code would be.
pub(super) struct Reader<'r> {
    read: &'r mut dyn FnMut(&mut [u8]) -> bool,
    offset: u64,
    hash: Sha256,
    refusal: Option<Error>,
    rules: Rules,
}

impl<'r> Reader<'r> {
    /// Reads what every encoding begins with.
    pub fn begin(read: &'r mut dyn FnMut(&mut [u8]) -> bool, content: Content) -> Result<Self, Error> {
        let mut reader = Self { read, offset: 0, hash: Sha256::new(), refusal: None, rules: Rules::NEWEST };
        for expected in MAGIC {
            reader.exactly("magic", expected);
        }
        reader.exactly("version", VERSION);
        reader.exactly("content", content as u8);
        let spec_version = reader.u32();
        reader.check()?;
        reader.rules = Rules::for_spec_version(spec_version)?;
        Ok(reader)
    }

    /// The rules that the bytes name.
    pub fn rules(&self) -> Rules {
        self.rules
    }

    /// The first refusal, if there was one.
    pub fn check(&self) -> Result<(), Error> {
        self.refusal.map_or(Ok(()), Err)
    }

    /// The SHA-256 of all bytes so far.
    pub fn digest(self) -> [u8; 32] {
        self.hash.finalize().into()
    }

    pub fn bytes<const SIZE: usize>(&mut self) -> [u8; SIZE] {
        let mut bytes = [0; SIZE];
        self.fetch(&mut bytes);
        bytes
    }

    // Once for all fields: whoever links this to a device counts its bytes.
    #[inline(never)]
    fn fetch(&mut self, bytes: &mut [u8]) {
        if self.refusal.is_some() {
            return;
        }
        let end = self.offset.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        if (self.read)(bytes) {
            self.hash.update(&*bytes);
            self.offset = end;
        } else {
            bytes.fill(0);
            self.refusal = Some(Error { code: ErrorCode::Length, field: "bytes", index: self.offset, limit: end });
        }
    }

    /// Refuses the value that was just read from `bytes` bytes, unless it is as it should be or something was refused before.
    pub fn canonical(&mut self, is_canonical: bool, field: &'static str, bytes: u64, limit: u64) {
        if !is_canonical && self.refusal.is_none() {
            let index = self.offset.saturating_sub(bytes);
            self.refusal = Some(Error { code: ErrorCode::NotCanonical, field, index, limit });
        }
    }

    fn exactly(&mut self, field: &'static str, expected: u8) {
        let [value] = self.bytes();
        self.canonical(value == expected, field, 1, expected.into());
    }

    pub fn u16(&mut self) -> u16 {
        u16::from_le_bytes(self.bytes())
    }

    pub fn u32(&mut self) -> u32 {
        u32::from_le_bytes(self.bytes())
    }

    pub fn u64(&mut self) -> u64 {
        u64::from_le_bytes(self.bytes())
    }

    /// A byte of at most `limit`.
    pub fn at_most(&mut self, field: &'static str, limit: u8) -> u8 {
        let [value] = self.bytes();
        self.canonical(value <= limit, field, 1, limit.into());
        value
    }

    pub fn flag(&mut self, field: &'static str) -> bool {
        self.at_most(field, 1) == 1
    }

    /// A number of entries; a matrix without a row has none.
    pub fn entries(&mut self, field: &'static str, n: u16) -> u32 {
        let entries = self.u32();
        self.canonical(n > 0 || entries == 0, field, 4, 0);
        entries
    }

    /// A matrix, straight into its memory, which has its size.
    pub fn matrix(&mut self, field: &'static str, matrix: &mut MatrixBuffers<'_>) {
        let MatrixBuffers { ends, columns, values } = matrix;
        let entries = u32::try_from(columns.len()).unwrap_or(u32::MAX);
        let (mut before, mut missing) = (0, ends.len());
        for end in &mut **ends {
            *end = self.u32();
            missing = missing.saturating_sub(1);
            // The last row ends with the entries, no row before the one before it.
            let in_order = *end >= before && *end <= entries && (missing > 0 || *end == entries);
            self.canonical(in_order, field, 4, entries.into());
            before = *end;
        }
        for (column, value) in columns.iter_mut().zip(&mut **values) {
            *column = self.u16();
            *value = self.u16();
        }
    }
}

/// Fetches from the front of a slice.
pub(super) fn front_of(rest: &mut &[u8]) -> impl FnMut(&mut [u8]) -> bool {
    move |piece| match rest.split_at_checked(piece.len()) {
        Some((front, after)) => {
            piece.copy_from_slice(front);
            *rest = after;
            true
        }
        None => false,
    }
}

/// What was decoded of `bytes`, if nothing of them is left.
pub(super) fn all_of<T>(bytes: &[u8], rest: &[u8], decoded: Result<T, Error>) -> Result<T, Error> {
    let used = bytes.len().saturating_sub(rest.len());
    match decoded {
        Ok(_) if !rest.is_empty() => Err(Error::new(ErrorCode::Length, "bytes", bytes.len(), used)),
        // They end within a value: their number says more than where that value begins.
        Err(error) if error.code == ErrorCode::Length && error.field == "bytes" => {
            Err(Error { index: u64::try_from(bytes.len()).unwrap_or(u64::MAX), ..error })
        }
        decoded => decoded,
    }
}

/// Refuses fewer bytes than `needed`, which may be more than a `usize` counts.
pub(super) fn at_least(bytes: &[u8], needed: u64) -> Result<(), Error> {
    let given = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let refusal = Error { code: ErrorCode::Length, field: "bytes", index: given, limit: needed };
    if given >= needed { Ok(()) } else { Err(refusal) }
}

//! Sparse matrices by rows, as every sparse library has them (CSR): [`Rows`] to read, [`RowsMut`] to write, both over
//! borrowed memory, and [`Scatter`], one row spread out over its columns.

use crate::error::{Error, ErrorCode};
use crate::fixed::I32F32;

/// A borrowed sparse matrix: row `i` is entries `offsets[i] .. offsets[i + 1]` of `columns` and `values`.
///
/// Entries stay in the order given, and a row may repeat a column: both matter to the chain (spec `epoch.md` §2).
#[derive(Debug)]
pub struct Rows<'a, V> {
    /// Where each row ends; row `i` begins where row `i − 1` ends.
    ends: &'a [u32],
    columns: &'a [u16],
    values: &'a [V],
}

impl<V> Clone for Rows<'_, V> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<V> Copy for Rows<'_, V> {}

impl<'a, V: Copy> Rows<'a, V> {
    /// A matrix without a row, which stands for rows without entries: the bonds before a subnet's first epoch.
    pub const EMPTY: Self = Self { ends: &[], columns: &[], values: &[] };

    /// A matrix from its offsets (one more than rows, the first 0, never decreasing, the last the number of entries),
    /// and the column and value of every entry. `field` names it in errors.
    ///
    /// # Errors
    /// [`ErrorCode::Offsets`] or [`ErrorCode::Entries`], with the index of the offset that is wrong.
    ///
    /// ```
    /// use yuma_core::{ErrorCode, Rows};
    /// let weights = Rows::new("weights", &[0, 2, 2], &[1, 0], &[65535u16, 7])?;
    /// assert_eq!(weights.row(0).collect::<Vec<_>>(), [(1, 65535), (0, 7)]);
    /// assert_eq!(weights.row(1).count(), 0);
    ///
    /// let wrong = Rows::new("weights", &[0, 2, 1], &[1, 0], &[65535u16, 7]).unwrap_err();
    /// assert_eq!((wrong.code, wrong.field, wrong.index, wrong.limit), (ErrorCode::Offsets, "weights", 2, 2));
    /// # Ok::<(), yuma_core::Error>(())
    /// ```
    pub fn new(field: &'static str, offsets: &'a [u32], columns: &'a [u16], values: &'a [V]) -> Result<Self, Error> {
        match offsets.split_first() {
            Some((0, ends)) => Self::from_ends(field, ends, columns, values),
            _ => Err(Error::new(ErrorCode::Offsets, field, 0, 0)),
        }
    }

    /// As [`Rows::new`], without the leading 0: `ends[i]` is where row `i` ends. For memory of fixed capacity.
    ///
    /// # Errors
    /// As [`Rows::new`]; an index counts the leading 0 too.
    pub fn from_ends(field: &'static str, ends: &'a [u32], columns: &'a [u16], values: &'a [V]) -> Result<Self, Error> {
        if columns.len() != values.len() {
            return Err(Error::new(ErrorCode::Entries, field, columns.len(), values.len()));
        }
        let mut before = 0;
        for (index, &end) in (1_usize..).zip(ends) {
            if end < before {
                return Err(Error::new(ErrorCode::Offsets, field, index, entry(before)));
            }
            if entry(end) > columns.len() {
                return Err(Error::new(ErrorCode::Offsets, field, index, columns.len()));
            }
            before = end;
        }
        if entry(before) != columns.len() {
            return Err(Error::new(ErrorCode::Offsets, field, ends.len(), columns.len()));
        }
        Ok(Self { ends, columns, values })
    }

    /// A matrix written by [`RowsMut`], which needs no check.
    pub(crate) const fn written(ends: &'a [u32], columns: &'a [u16], values: &'a [V]) -> Self {
        Self { ends, columns, values }
    }

    /// The number of rows.
    pub const fn count(&self) -> usize {
        self.ends.len()
    }

    /// The number of entries of all rows.
    pub const fn entries(&self) -> usize {
        self.columns.len()
    }

    /// The entries of one row in stored order; none for a row that is not there.
    pub fn row(&self, row: usize) -> Row<'a, V> {
        let begin = row.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let range = entry(begin)..entry(self.ends.get(row).copied().unwrap_or(begin));
        Row {
            columns: self.columns.get(range.clone()).unwrap_or_default().iter(),
            values: self.values.get(range).unwrap_or_default().iter(),
        }
    }

    /// The entries of all rows, one row after the other.
    pub fn all(&self) -> Row<'a, V> {
        Row { columns: self.columns.iter(), values: self.values.iter() }
    }

    /// All rows in order.
    pub fn iter(&self) -> impl Iterator<Item = Row<'a, V>> + use<'a, V> {
        let rows = *self;
        (0..rows.count()).map(move |row| rows.row(row))
    }
}

/// The entries (column, value) of one row, or of all, in stored order.
#[derive(Debug, Clone)]
pub struct Row<'a, V> {
    columns: core::slice::Iter<'a, u16>,
    values: core::slice::Iter<'a, V>,
}

impl<V: Copy> Iterator for Row<'_, V> {
    type Item = (u16, V);

    fn next(&mut self) -> Option<Self::Item> {
        Some((*self.columns.next()?, *self.values.next()?))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.columns.size_hint()
    }
}

impl<V: Copy> ExactSizeIterator for Row<'_, V> {}

/// A sparse matrix of fixed-point values under construction, row after row, in memory the caller owns.
#[derive(Debug)]
pub struct RowsMut<'a> {
    ends: &'a mut [u32],
    columns: &'a mut [u16],
    values: &'a mut [I32F32],
    rows: usize,
    entries: usize,
}

impl<'a> RowsMut<'a> {
    /// An empty matrix with room for `ends.len()` rows and `columns.len()` or `values.len()` entries, the smaller.
    pub fn new(ends: &'a mut [u32], columns: &'a mut [u16], values: &'a mut [I32F32]) -> Self {
        Self { ends, columns, values, rows: 0, entries: 0 }
    }

    /// Forgets all rows.
    pub fn clear(&mut self) {
        self.rows = 0;
        self.entries = 0;
    }

    /// Adds an entry to the row under construction. Nothing happens where the memory is full: whoever builds a matrix
    /// counts its entries first.
    #[inline]
    pub fn push(&mut self, column: u16, value: I32F32) {
        if let (Some(to_column), Some(to_value)) =
            (self.columns.get_mut(self.entries), self.values.get_mut(self.entries))
        {
            *to_column = column;
            *to_value = value;
            self.entries = self.entries.saturating_add(1);
        }
    }

    /// Ends the row under construction.
    pub fn end_row(&mut self) {
        if let Some(end) = self.ends.get_mut(self.rows) {
            *end = offset(self.entries);
            self.rows = self.rows.saturating_add(1);
        }
    }

    /// The values of the row under construction.
    pub fn open_row_mut(&mut self) -> &mut [I32F32] {
        let begin = self.rows.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.values.get_mut(entry(begin)..self.entries).unwrap_or_default()
    }

    /// The rows so far.
    pub fn as_rows(&self) -> Rows<'_, I32F32> {
        Rows {
            ends: self.ends.get(..self.rows).unwrap_or_default(),
            columns: self.columns.get(..self.entries).unwrap_or_default(),
            values: self.values.get(..self.entries).unwrap_or_default(),
        }
    }

    /// Every entry's column and value, rows ascending, for a change in place.
    pub fn entries_mut(&mut self) -> impl Iterator<Item = (u16, &mut I32F32)> {
        self.columns.iter().copied().zip(self.values.iter_mut()).take(self.entries)
    }

    /// Replaces every value by what `change` makes of it, and removes the entry where that is nothing.
    pub fn retain_map(&mut self, mut change: impl FnMut(u16, I32F32) -> Option<I32F32>) {
        let mut rewrite = self.rewrite();
        while rewrite.next_row() {
            while let Some((column, value)) = rewrite.next_entry() {
                if let Some(value) = change(column, value) {
                    rewrite.push(column, value);
                }
            }
            rewrite.end_row();
        }
    }

    /// Starts to write the rows anew in the same memory. What is written of a row must never be more than was read.
    pub fn rewrite(&mut self) -> Rewrite<'_, 'a> {
        let rows_before = self.rows;
        self.clear();
        Rewrite { rows: self, rows_before, position: 0, end: 0 }
    }
}

/// The pass of [`RowsMut::rewrite`]: reads a row's entries one by one, and writes behind the reading position.
#[derive(Debug)]
pub struct Rewrite<'r, 'a> {
    rows: &'r mut RowsMut<'a>,
    rows_before: usize,
    position: usize,
    end: usize,
}

impl Rewrite<'_, '_> {
    /// Goes on to the next row that was there; false after the last.
    pub fn next_row(&mut self) -> bool {
        self.position = self.end;
        let old_end = self.rows.ends.get(..self.rows_before).and_then(|ends| ends.get(self.rows.rows));
        self.end = old_end.map_or(self.end, |&end| entry(end));
        old_end.is_some()
    }

    /// The next old entry of the row.
    pub fn next_entry(&mut self) -> Option<(u16, I32F32)> {
        if self.position >= self.end {
            return None;
        }
        let entry = (*self.rows.columns.get(self.position)?, *self.rows.values.get(self.position)?);
        self.position = self.position.saturating_add(1);
        Some(entry)
    }

    /// Writes a new entry.
    pub fn push(&mut self, column: u16, value: I32F32) {
        self.rows.push(column, value);
    }

    /// Ends the new row.
    pub fn end_row(&mut self) {
        self.rows.end_row();
    }
}

/// One row spread out over its columns, so that repeated and unsorted entries meet. Emptying it visits only the columns
/// that were touched, in ascending order.
#[derive(Debug)]
pub struct Scatter<'a> {
    values: &'a mut [I32F32],
    /// One bit for each column.
    touched: &'a mut [u64],
    /// The words of `touched` that may have a bit set: from the first to before the second.
    words: [u16; 2],
}

/// No word.
const NO_WORDS: [u16; 2] = [u16::MAX, 0];

impl<'a> Scatter<'a> {
    /// An empty row of `values.len()` columns; `touched` has one bit for each.
    pub fn new(values: &'a mut [I32F32], touched: &'a mut [u64]) -> Self {
        values.fill(I32F32::ZERO);
        touched.fill(0);
        Self { values, touched, words: NO_WORDS }
    }

    /// Adds to a column, saturating. A column beyond the row's width is dropped.
    #[inline]
    pub fn add(&mut self, column: u16, value: I32F32) {
        if let Some(cell) = self.touch(column) {
            *cell = cell.saturating_add(value);
        }
    }

    /// Sets a column. A column beyond the row's width is dropped.
    #[inline]
    pub fn set(&mut self, column: u16, value: I32F32) {
        if let Some(cell) = self.touch(column) {
            *cell = value;
        }
    }

    fn touch(&mut self, column: u16) -> Option<&mut I32F32> {
        let cell = self.values.get_mut(usize::from(column))?;
        let word = column >> 6;
        *self.touched.get_mut(usize::from(word))? |= 1 << (column & 63);
        let [first, end] = self.words;
        self.words = [first.min(word), end.max(word.saturating_add(1))];
        Some(cell)
    }

    /// Hands out the touched columns in ascending order and sets them back to 0.
    #[inline]
    pub fn drain(&mut self, mut take: impl FnMut(u16, I32F32)) {
        let [first, end] = core::mem::replace(&mut self.words, NO_WORDS);
        let words = self.touched.get_mut(usize::from(first)..usize::from(end)).unwrap_or_default();
        for (word, bits) in (first..end).zip(words) {
            while let Ok(bit @ 0..64) = u16::try_from(bits.trailing_zeros()) {
                *bits &= bits.wrapping_sub(1);
                let column = word.wrapping_shl(6) | bit;
                if let Some(cell) = self.values.get_mut(usize::from(column)) {
                    take(column, core::mem::take(cell));
                }
            }
        }
    }
}

/// A stored offset as an index.
fn entry(offset: u32) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

/// An index as a stored offset; the door refuses more entries than a `u32` counts.
fn offset(entry: usize) -> u32 {
    u32::try_from(entry).unwrap_or(u32::MAX)
}

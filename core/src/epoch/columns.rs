//! One number for every column of a matrix, and each entry's share of it.

use crate::fixed::{Divisor, I32F32};

/// The sum or the maximum of every column; working memory of the bonds' stages.
#[derive(Debug)]
pub struct Columns<'a> {
    numbers: &'a mut [I32F32],
    reciprocals: &'a mut [u64],
}

impl<'a> Columns<'a> {
    /// Memory for as many columns as there are numbers and reciprocals; what it holds before does not matter.
    pub fn new(numbers: &'a mut [I32F32], reciprocals: &'a mut [u64]) -> Self {
        Self { numbers, reciprocals }
    }

    /// Sums every column, saturating in the order of the entries. Columns beyond the memory have no sum.
    pub fn sum(&mut self, entries: impl Iterator<Item = (u16, I32F32)>) {
        self.collect(entries, I32F32::saturating_add);
    }

    /// Takes the largest entry of every column, or 0.
    pub fn max(&mut self, entries: impl Iterator<Item = (u16, I32F32)>) {
        self.collect(entries, I32F32::max);
    }

    fn collect(&mut self, entries: impl Iterator<Item = (u16, I32F32)>, join: impl Fn(I32F32, I32F32) -> I32F32) {
        self.numbers.fill(I32F32::ZERO);
        for (column, value) in entries {
            if let Some(number) = self.numbers.get_mut(usize::from(column)) {
                *number = join(*number, value);
            }
        }
        self.prepare();
    }

    fn prepare(&mut self) {
        for (reciprocal, &number) in self.reciprocals.iter_mut().zip(self.numbers.iter()) {
            *reciprocal = Divisor::new(number).reciprocal();
        }
    }

    /// `value ÷` the column's number, or `value` as it is where that is 0 or missing.
    #[inline]
    pub fn share(&self, column: u16, value: I32F32) -> I32F32 {
        let column = usize::from(column);
        match (self.numbers.get(column), self.reciprocals.get(column)) {
            (Some(&number), Some(&reciprocal)) if number != I32F32::ZERO => {
                Divisor::from_parts(number, reciprocal).divide(value)
            }
            _ => value,
        }
    }
}

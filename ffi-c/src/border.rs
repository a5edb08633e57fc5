//! Where pointers become references: the only place with `unsafe` in it.
#![allow(
    clippy::unused_self,
    clippy::mut_from_ref,
    reason = "the border bounds how long references live; they come from pointers, and that nothing overlaps is its contract"
)]

use core::ffi::c_void;
use core::marker::PhantomData;

use crate::status::{Refusal, yuma_error, yuma_status};

/// A structure that may grow: its first member is its size in bytes, set by the caller.
///
/// # Safety
/// The type is `repr(C)` and its first member is a `usize`.
pub(crate) unsafe trait Growing {}

/// Says that structures may grow.
macro_rules! growing {
    ($($name:ident),+ $(,)?) => {$(
        // SAFETY: `repr(C)`, without which cbindgen leaves it out of the header; the member is in front, as the next line proves.
        unsafe impl $crate::border::Growing for $name {}
        const _: () = assert!(core::mem::offset_of!($name, size) == 0);
    )+};
}
pub(crate) use growing;

/// The border of one call. Whoever has one may turn the call's pointers into references.
///
/// References live no longer than the border, and the border no longer than the call.
pub(crate) struct Border(());

impl Border {
    /// # Safety
    /// For the call at hand the caller keeps the contract of the header's introduction: every pointer that is not NULL and
    /// is aligned points to as many elements as the header says, which nobody else writes in the meantime; and what is
    /// written to overlaps nothing else that is passed.
    pub const unsafe fn new() -> Self {
        Self(())
    }

    /// Does the call's work, and tells the caller how it ended.
    pub fn answer(&self, error: *mut yuma_error, work: impl FnOnce() -> Result<(), Refusal>) -> yuma_status {
        let refusal = work().err().unwrap_or_default();
        if let Ok(error) = self.output("error", error) {
            *error = refusal.to_error();
        }
        refusal.status
    }

    /// What is read.
    pub fn input<T>(&self, field: &'static str, pointer: *const T) -> Result<&T, Refusal> {
        check(field, pointer)?;
        // SAFETY: not null, aligned; the contract of `new` does the rest.
        Ok(unsafe { &*pointer })
    }

    /// What is read and then written.
    pub fn in_out<T>(&self, field: &'static str, pointer: *mut T) -> Result<&mut T, Refusal> {
        check(field, pointer.cast_const())?;
        // SAFETY: not null, aligned; the contract of `new` does the rest.
        Ok(unsafe { &mut *pointer })
    }

    /// What is only written; the caller need not have given it a value.
    pub fn output<T: Default>(&self, field: &'static str, pointer: *mut T) -> Result<&mut T, Refusal> {
        check(field, pointer.cast_const())?;
        // SAFETY: not null, aligned, and by the contract of `new` room for a `T`; nothing is read.
        unsafe { pointer.write(T::default()) };
        self.in_out(field, pointer)
    }

    /// A structure that may grow, to read.
    pub fn grown<T: Growing>(&self, field: &'static str, pointer: *const T) -> Result<&T, Refusal> {
        self.check_size(field, pointer)?;
        self.input(field, pointer)
    }

    /// A structure that may grow, to write.
    pub fn grown_mut<T: Growing>(&self, field: &'static str, pointer: *mut T) -> Result<&mut T, Refusal> {
        self.check_size(field, pointer.cast_const())?;
        self.in_out(field, pointer)
    }

    /// A structure that may grow, before its caller has set anything.
    pub fn start<T: Growing>(&self, field: &'static str, pointer: *mut T, value: T) -> Result<(), Refusal> {
        check(field, pointer.cast_const())?;
        // SAFETY: not null, aligned, and by the contract of `new` room for a `T`; nothing is read.
        unsafe { pointer.write(value) };
        Ok(())
    }

    /// Elements to read; none for any pointer.
    pub fn slice<T>(&self, field: &'static str, pointer: *const T, count: usize) -> Result<&[T], Refusal> {
        if count == 0 {
            return Ok(&[]);
        }
        check_many(field, pointer, count)?;
        // SAFETY: not null, aligned, no larger than memory can be; the contract of `new` does the rest.
        Ok(unsafe { core::slice::from_raw_parts(pointer, count) })
    }

    /// Elements to read and write.
    pub fn slice_mut<T>(&self, field: &'static str, pointer: *mut T, count: usize) -> Result<&mut [T], Refusal> {
        if count == 0 {
            return Ok(&mut []);
        }
        check_many(field, pointer.cast_const(), count)?;
        // SAFETY: as in `slice`; that nothing overlaps is the contract of `new`.
        Ok(unsafe { core::slice::from_raw_parts_mut(pointer, count) })
    }

    /// Elements to write; the caller need not have given them values.
    pub fn out_slice<T: Copy + Default>(
        &self,
        field: &'static str,
        pointer: *mut T,
        count: usize,
    ) -> Result<&mut [T], Refusal> {
        if count > 0 {
            check_many(field, pointer.cast_const(), count)?;
        }
        for index in 0..count {
            // SAFETY: not null, aligned, within `count` elements, for which there is room by the contract of `new`.
            unsafe { pointer.add(index).write(T::default()) };
        }
        self.slice_mut(field, pointer, count)
    }

    /// Elements that may grow, to read.
    pub fn grown_slice<T: Growing>(
        &self,
        field: &'static str,
        pointer: *const T,
        count: usize,
    ) -> Result<&[T], Refusal> {
        self.check_sizes(field, pointer, count)?;
        self.slice(field, pointer, count)
    }

    /// Elements that may grow, to write.
    pub fn grown_slice_mut<T: Growing>(
        &self,
        field: &'static str,
        pointer: *mut T,
        count: usize,
    ) -> Result<&mut [T], Refusal> {
        self.check_sizes(field, pointer.cast_const(), count)?;
        self.slice_mut(field, pointer, count)
    }

    /// Elements to read that are flags.
    pub fn flags(&self, field: &'static str, pointer: *const u8, count: usize) -> Result<&[bool], Refusal> {
        let bytes = self.slice(field, pointer, count)?;
        bytemuck::checked::try_cast_slice(bytes).map_err(|_| {
            let index = bytes.iter().position(|&byte| byte > 1).unwrap_or(0);
            Refusal::new(yuma_status::Flag, field, index, 1)
        })
    }

    /// The caller's working memory, of which `needed` bytes are going to be taken.
    pub fn workspace(
        &self,
        pointer: *mut c_void,
        size: usize,
        needed: Option<usize>,
    ) -> Result<Workspace<'_>, Refusal> {
        let needed = needed.unwrap_or(usize::MAX);
        if size < needed {
            return Err(Refusal::new(yuma_status::TooSmall, "workspace", size, needed));
        }
        if needed > 0 {
            check_many("workspace", pointer.cast::<u8>().cast_const(), size)?;
        }
        Ok(Workspace { next: pointer.cast(), left: size, needed, memory: PhantomData })
    }

    /// Refuses a structure of another size. Only its first member is read, which structures of every size have.
    fn check_size<T: Growing>(&self, field: &'static str, pointer: *const T) -> Result<(), Refusal> {
        check(field, pointer)?;
        let size = *self.input(field, pointer.cast::<usize>())?;
        let known = size_of::<T>();
        if size == known { Ok(()) } else { Err(Refusal::new(yuma_status::Size, field, size, known)) }
    }

    /// The same for elements. The first of another size ends the search, for then nobody knows where the next begins.
    fn check_sizes<T: Growing>(&self, field: &'static str, pointer: *const T, count: usize) -> Result<(), Refusal> {
        if count > 0 {
            check_many(field, pointer, count)?;
        }
        // Within `count` elements, and so of memory: `wrapping_add` does not wrap.
        (0..count).try_for_each(|index| self.check_size(field, pointer.wrapping_add(index)))
    }
}

fn check<T>(field: &'static str, pointer: *const T) -> Result<(), Refusal> {
    check_many(field, pointer, 1)
}

fn check_many<T>(field: &'static str, pointer: *const T, count: usize) -> Result<(), Refusal> {
    const LARGEST: usize = usize::MAX >> 1;
    if pointer.is_null() {
        Err(Refusal::new(yuma_status::Null, field, 0, 0))
    } else if !pointer.is_aligned() {
        Err(Refusal::new(yuma_status::Alignment, field, pointer.addr(), align_of::<T>()))
    } else if count.checked_mul(size_of::<T>()).is_none_or(|bytes| bytes > LARGEST) {
        Err(Refusal::new(yuma_status::Range, field, count, LARGEST.checked_div(size_of::<T>()).unwrap_or(LARGEST)))
    } else {
        Ok(())
    }
}

/// The caller's working memory, out of which slices are taken one after the other.
pub(crate) struct Workspace<'b> {
    next: *mut u8,
    left: usize,
    needed: usize,
    memory: PhantomData<&'b mut [u8]>,
}

impl<'b> Workspace<'b> {
    /// Takes room for as many elements as there are `values`, and moves these in.
    pub fn collect<T: Copy>(
        &mut self,
        values: impl ExactSizeIterator<Item = Result<T, Refusal>>,
    ) -> Result<&'b mut [T], Refusal> {
        let slots = self.take::<T>(values.len())?;
        let mut count: usize = 0;
        for (index, value) in (0..values.len()).zip(values) {
            // SAFETY: `take` gave aligned room for as many elements as `values` has.
            unsafe { slots.add(index).write(value?) };
            count = count.saturating_add(1);
        }
        // SAFETY: the first `count` elements have just been written, and `take` gives no byte twice.
        Ok(unsafe { core::slice::from_raw_parts_mut(slots, count) })
    }

    /// Takes `count` elements, all of the same value.
    pub fn fill<T: Copy>(&mut self, count: usize, value: T) -> Result<&'b mut [T], Refusal> {
        self.collect((0..count).map(|_| Ok(value)))
    }

    fn take<T>(&mut self, count: usize) -> Result<*mut T, Refusal> {
        let too_small = Refusal::new(yuma_status::TooSmall, "workspace", self.left, self.needed);
        if count == 0 {
            return Ok(core::ptr::dangling_mut());
        }
        let padding = self.next.align_offset(align_of::<T>());
        let bytes = count.checked_mul(size_of::<T>()).and_then(|bytes| bytes.checked_add(padding)).ok_or(too_small)?;
        self.left = self.left.checked_sub(bytes).ok_or(too_small)?;
        let begin = self.next.wrapping_add(padding);
        self.next = self.next.wrapping_add(bytes);
        Ok(begin.cast())
    }
}

/// How much working memory a call needs, wherever it begins; `None` for more than a `usize` counts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Need(pub Option<usize>);

impl Need {
    pub const NOTHING: Self = Self(Some(0));

    /// And room for `count` elements of a type, and for aligning the first of them.
    pub fn and<T>(self, count: usize) -> Self {
        if count == 0 {
            return self;
        }
        let largest_padding = align_of::<T>().saturating_sub(1);
        let bytes = count.checked_mul(size_of::<T>()).and_then(|bytes| bytes.checked_add(largest_padding));
        Self(self.0.zip(bytes).and_then(|(before, bytes)| before.checked_add(bytes)))
    }

    /// In bytes, for the caller; what nobody can have for more than a `usize` counts.
    pub fn bytes(self) -> usize {
        self.0.unwrap_or(usize::MAX)
    }
}

//! Who delegates to whom (spec `distribution.md` §2).

use super::check_hotkey;
use crate::error::{Error, ErrorCode};
use crate::fixed::{U96F32, proportion_of_u64};
use crate::rows::Rows;
use crate::rules::Rules;

/// The edges (parent, child, proportion) of one subnet, grouped by child as the chain stores them, together with the
/// part that every hotkey keeps for itself.
///
/// Of a child the specification needs its parents in stored order; of a parent only the sum of what it gives. So the
/// sums are made once and no function searches edges.
#[derive(Debug, Clone, Copy)]
pub struct Edges<'a> {
    parents: Rows<'a, u64>,
    suspended: Suspended<'a>,
    kept: &'a [U96F32],
}

/// The hotkeys whose edges to children do not count for the time being (§3.0, from 475 on).
#[derive(Debug, Clone, Copy, Default)]
pub struct Suspended<'a> {
    /// By hotkey; those left out at the end are not suspended.
    pub flags: &'a [bool],
    /// The subnet owner's hotkey, whose edges count in any case.
    pub owner_hotkey: Option<u16>,
}

impl Suspended<'_> {
    fn hides(&self, parent: u16) -> bool {
        self.flags.get(usize::from(parent)) == Some(&true) && self.owner_hotkey != Some(parent)
    }
}

impl<'a> Edges<'a> {
    /// The edges among `kept.len()` hotkeys, with nobody suspended. Row h of `parents` holds the parents of hotkey h in
    /// stored order, each with the proportion of 2^64 − 1 that it gives; rows left out at the end are empty. `kept` is
    /// filled here.
    ///
    /// # Errors
    /// Field `hotkeys`, [`ErrorCode::Range`]: more hotkeys than 65536. Field `edges`: [`ErrorCode::Length`] for more
    /// rows than hotkeys, [`ErrorCode::Range`] for an entry whose parent is not among the hotkeys.
    ///
    /// ```
    /// use yuma_core::{Rows, distribution::Edges, fixed::U96F32};
    /// // Hotkey 1 is the only child: hotkey 0 gives it all, hotkey 2 nearly a half.
    /// let parents = Rows::new("edges", &[0, 0, 2], &[0, 2], &[u64::MAX, u64::MAX / 2])?;
    /// let mut kept = [U96F32::ZERO; 3];
    /// let edges = Edges::new(parents, &mut kept)?;
    /// assert_eq!(edges.kept(0), U96F32::ZERO);
    /// assert_eq!(edges.kept(2), U96F32::from_bits((1 << 31) + 1));
    /// # Ok::<(), yuma_core::Error>(())
    /// ```
    pub fn new(parents: Rows<'a, u64>, kept: &'a mut [U96F32]) -> Result<Self, Error> {
        Self::build(parents, Suspended::default(), kept)
    }

    /// The edges that count with some hotkeys suspended; before 475 nobody can be (§3.0). Otherwise as [`Edges::new`].
    ///
    /// # Errors
    /// As [`Edges::new`].
    ///
    /// ```
    /// use yuma_core::{Rows, Rules, distribution::{Edges, Suspended}, fixed::U96F32};
    /// let parents = Rows::new("edges", &[0, 0, 1], &[0], &[u64::MAX])?; // hotkey 0 gives all to hotkey 1
    /// let suspended = Suspended { flags: &[true], owner_hotkey: None };
    /// let mut kept = [U96F32::ZERO; 2];
    /// let edges = Edges::visible(Rules::SUBTENSOR_475, parents, suspended, &mut kept)?;
    /// assert_eq!((edges.kept(0), edges.parents(1).count()), (U96F32::ONE, 0));
    /// # Ok::<(), yuma_core::Error>(())
    /// ```
    pub fn visible(
        rules: Rules,
        parents: Rows<'a, u64>,
        suspended: Suspended<'a>,
        kept: &'a mut [U96F32],
    ) -> Result<Self, Error> {
        Self::build(parents, if rules.distribution().has_suspension { suspended } else { Suspended::default() }, kept)
    }

    fn build(parents: Rows<'a, u64>, suspended: Suspended<'a>, kept: &'a mut [U96F32]) -> Result<Self, Error> {
        let hotkeys = kept.len();
        let largest = usize::from(u16::MAX);
        if hotkeys.saturating_sub(1) > largest {
            return Err(Error::new(ErrorCode::Range, "hotkeys", hotkeys.saturating_sub(1), largest));
        }
        if parents.count() > hotkeys {
            return Err(Error::new(ErrorCode::Length, "edges", parents.count(), hotkeys));
        }
        kept.fill(U96F32::ONE);
        for (index, (parent, proportion)) in parents.all().enumerate() {
            check_hotkey("edges", index, parent, hotkeys)?;
            if let Some(kept) = kept.get_mut(usize::from(parent)).filter(|_| !suspended.hides(parent)) {
                *kept = kept.saturating_sub(proportion_of_u64(proportion));
            }
        }
        Ok(Self { parents, suspended, kept })
    }

    /// The number of hotkeys.
    pub const fn hotkeys(&self) -> usize {
        self.kept.len()
    }

    /// The parents of a hotkey in stored order, each with the part of its stake that it gives (each floored by itself).
    pub fn parents(&self, child: u16) -> impl Iterator<Item = (u16, U96F32)> + use<'a> {
        let suspended = self.suspended;
        let visible = self.parents.row(child.into()).filter(move |&(parent, _)| !suspended.hides(parent));
        visible.map(|(parent, proportion)| (parent, proportion_of_u64(proportion)))
    }

    /// The part of its stake that a hotkey keeps: 1 less what it gives to all its children, never below 0.
    pub fn kept(&self, hotkey: u16) -> U96F32 {
        self.kept.get(usize::from(hotkey)).copied().unwrap_or(U96F32::ONE)
    }
}

//! Collateral: stake that a hotkey's owner keeps locked, filled up from what it earns (spec `distribution.md` §7.8, from 475
//! on).

use crate::fixed::{U64F64, convert};

/// What a coldkey keeps locked under a hotkey on one subnet, in rao of alpha (§2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Collateral {
    /// Locked at present.
    pub locked: u64,
    /// What must stay locked.
    pub min_locked: u64,
    /// Earned since the entry was made.
    pub earned: u64,
    /// How much of what is locked beyond the minimum every rao earned sets free.
    pub drain_ratio: U64F64,
}

/// No collateral: nothing is entered, nothing captured.
pub(crate) fn capture_nothing(_entry: &mut Option<Collateral>, _earned: u64, _capturable: u64) -> u64 {
    0
}

/// Enters earnings (rao of alpha) and returns how much of the `capturable` part of them is locked, to fill up the minimum.
/// With the minimum full, earnings set free what is locked beyond it instead; an entry without anything locked is removed
/// then (§7.8, from 475 on).
///
/// ```
/// use yuma_core::distribution::{Collateral, settle};
/// use yuma_core::fixed::U64F64;
/// let mut entry = Some(Collateral { locked: 90, min_locked: 100, earned: 0, drain_ratio: U64F64::ONE });
/// assert_eq!(settle(&mut entry, 50, 8), 8);
/// assert_eq!(settle(&mut entry, 50, 8), 2);
/// assert_eq!(settle(&mut entry, 50, 8), 0);
/// assert_eq!(entry.map(|entry| (entry.locked, entry.earned)), Some((100, 150)));
/// ```
pub fn settle(entry: &mut Option<Collateral>, earned: u64, capturable: u64) -> u64 {
    let Some(collateral) = entry.as_mut().filter(|_| earned > 0) else { return 0 };
    collateral.earned = collateral.earned.saturating_add(earned);
    let short = collateral.min_locked.saturating_sub(collateral.locked);
    if short > 0 {
        let captured = capturable.min(short);
        collateral.locked = collateral.locked.saturating_add(captured);
        return captured;
    }
    let release: u64 = convert(U64F64::saturating_from_num(earned).saturating_mul(collateral.drain_ratio));
    let beyond = collateral.locked.saturating_sub(collateral.min_locked);
    collateral.locked = collateral.locked.saturating_sub(release.min(beyond));
    if (collateral.locked, collateral.min_locked) == (0, 0) {
        *entry = None;
    }
    0
}

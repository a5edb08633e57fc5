//! Stage C: who may validate.

use crate::fixed::I32F32;

/// Whether a neuron holds a permit before the epoch; the owner always does (spec `epoch.md` §3.C).
pub fn has_permit(validator_permit: &[bool], owner_uid: Option<u16>, uid: u16) -> bool {
    owner_uid == Some(uid) || validator_permit.get(usize::from(uid)).copied().unwrap_or(false)
}

/// The new permits: the `max_allowed_validators` largest positive shares of stake, of equal ones those with the higher
/// uid; and the owner (spec `epoch.md` §3.C).
///
/// ```
/// use yuma_core::{epoch::permits, fixed::I32F32};
/// let mut new_permit = [false; 4];
/// permits(&[3, 5, 3, 0].map(I32F32::from_bits), 2, Some(3), &mut new_permit);
/// assert_eq!(new_permit, [false, true, true, true]);
/// ```
pub fn permits(stake_weight: &[I32F32], max_allowed_validators: u16, owner_uid: Option<u16>, new_permit: &mut [bool]) {
    let places = usize::from(max_allowed_validators);
    let above = |bound: u64| stake_weight.iter().filter(|&&stake| rank_key(stake) > bound).count();
    // The smallest bound with no more shares above it than there are places: those are in, and equals compete for the
    // places that are left.
    let (mut low, mut high) = (0, u64::MAX);
    while low < high {
        let middle = low.midpoint(high);
        if above(middle) <= places {
            high = middle;
        } else {
            low = middle.saturating_add(1);
        }
    }
    let mut places_for_equals = places.saturating_sub(above(high));
    for (new, &stake) in new_permit.iter_mut().zip(stake_weight).rev() {
        let key = rank_key(stake);
        let chosen = key > high || (key == high && places_for_equals > 0);
        if chosen && key == high {
            places_for_equals = places_for_equals.saturating_sub(1);
        }
        *new = chosen && stake != I32F32::ZERO;
    }
    if let Some(new) = owner_uid.and_then(|uid| new_permit.get_mut(usize::from(uid))) {
        *new = true;
    }
}

/// The share's bits as an unsigned number of the same order.
fn rank_key(stake: I32F32) -> u64 {
    stake.to_bits().cast_unsigned() ^ (1 << 63)
}

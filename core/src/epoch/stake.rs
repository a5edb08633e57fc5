//! Stages B and D: stake as a share of the subnet's, and of the active validators'.

use super::permits::has_permit;
use crate::fixed::{Divisor, I32F32, I64F64, convert, safe_div};

/// Each neuron's share `S` of the subnet's stake, in `stake_weight`. Stake below the threshold counts as 0, except the
/// owner's (spec `epoch.md` §3.B). `stake` is in rao with a fraction, `stake_threshold` in whole rao.
pub fn normalized_stake(stake: &[I64F64], owner_uid: Option<u16>, stake_threshold: u64, stake_weight: &mut [I32F32]) {
    let counted = |(uid, &stake): (u16, &I64F64)| {
        let below = convert::<_, u64>(stake) < stake_threshold;
        if below && owner_uid != Some(uid) { I64F64::ZERO } else { stake }
    };
    let total = (0..=u16::MAX).zip(stake).map(counted).fold(I64F64::ZERO, I64F64::wrapping_add);
    for (share, stake) in stake_weight.iter_mut().zip((0..=u16::MAX).zip(stake).map(counted)) {
        *share = convert(if total == I64F64::ZERO { stake } else { safe_div(stake, total) });
    }
}

/// Each active validator's share `A` of the stake of the active validators, 0 for all others (spec `epoch.md` §3.D).
pub fn active_stake(
    stake_weight: &[I32F32],
    active: &[bool],
    validator_permit: &[bool],
    owner_uid: Option<u16>,
    active_stake: &mut [I32F32],
) {
    for (uid, (to, (&stake, &active))) in
        (0..=u16::MAX).zip(active_stake.iter_mut().zip(stake_weight.iter().zip(active)))
    {
        *to = if active && has_permit(validator_permit, owner_uid, uid) { stake } else { I32F32::ZERO };
    }
    normalize(active_stake);
}

/// Divides shares by their sum, in place, unless it is 0. The sum wraps, as the chain's.
pub(super) fn normalize(shares: &mut [I32F32]) {
    let total = sum(shares);
    if total != I32F32::ZERO {
        let total = Divisor::new(total);
        for share in shares {
            *share = total.divide(*share);
        }
    }
}

/// The plain sum of the specification, which wraps.
pub(super) fn sum(values: &[I32F32]) -> I32F32 {
    values.iter().copied().fold(I32F32::ZERO, I32F32::wrapping_add)
}

//! Scaling of submitted weights, and their maximum-weight limit (spec `submission.md` §2 to §4).

/// What the largest weight becomes.
const FULL: u64 = 65535;

/// Scales weights in place so that the largest becomes 65535; all zeros stay (§2).
///
/// Two roundings, as on the chain: exact halves up for a largest weight to 32768, above it through a reciprocal of 32
/// bits, which can come out one lower.
///
/// ```
/// use yuma_core::submission::max_upscale;
/// let mut weights = [10, 20];
/// max_upscale(&mut weights);
/// assert_eq!(weights, [32768, 65535]);
/// let mut weights = [20_000, 40_000];
/// max_upscale(&mut weights);
/// assert_eq!(weights, [32767, 65535]);
/// ```
pub fn max_upscale(values: &mut [u16]) {
    let largest = largest(values);
    for value in values {
        *value = upscaled(*value, largest);
    }
}

/// One weight scaled as [`max_upscale`] does it, `largest` being the largest of all.
pub(super) fn upscaled(value: u16, largest: u16) -> u16 {
    let (value, divisor) = (u64::from(value), u64::from(largest));
    let scaled = if largest <= 32768 {
        let twice = value.saturating_mul(FULL).saturating_mul(2);
        twice.saturating_add(divisor).checked_div(divisor.saturating_mul(2))
    } else {
        let reciprocal = (FULL << 32).checked_div(divisor);
        reciprocal.map(|reciprocal| value.saturating_mul(reciprocal).saturating_add(1 << 31) >> 32)
    };
    scaled.map_or(0, |scaled| u16::try_from(scaled).unwrap_or(u16::MAX))
}

/// Scales weights in place so that they sum to 65535, but for what the floors lose; all zeros stay (§3).
///
/// ```
/// use yuma_core::submission::sum_normalize;
/// let mut weights = [1, 2];
/// sum_normalize(&mut weights);
/// assert_eq!(weights, [21845, 43690]);
/// ```
pub fn sum_normalize(values: &mut [u16]) {
    let sum = sum(values.iter().copied());
    for value in values {
        if let Some(share) = u64::from(*value).saturating_mul(FULL).checked_div(sum) {
            *value = u16::try_from(share).unwrap_or(u16::MAX);
        }
    }
}

/// Whether the largest weight's share of all is at most `limit` of 65535, both cut to 32 bits (§4). True without any
/// weight above 0.
///
/// From 32769 weights up their sum can leave the chain's number format; here it never does (§4 leaves that out).
///
/// ```
/// use yuma_core::submission::max_weight_within;
/// assert!(max_weight_within(&[1, 1], 32768));
/// assert!(!max_weight_within(&[1, 1], 32767));
/// ```
pub fn max_weight_within(values: &[u16], limit: u16) -> bool {
    share_within(largest(values), sum(values.iter().copied()), limit)
}

/// [`max_weight_within`] of weights whose largest and whose sum are known.
pub(super) fn share_within(largest: u16, sum: u64, limit: u16) -> bool {
    let share = (u64::from(largest) << 32).checked_div(sum);
    share.is_none_or(|share| share <= (u64::from(limit) << 32) / FULL)
}

pub(super) fn largest(values: &[u16]) -> u16 {
    values.iter().copied().max().unwrap_or(0)
}

pub(super) fn sum(values: impl Iterator<Item = u16>) -> u64 {
    values.fold(0, |sum, value| sum.saturating_add(value.into()))
}

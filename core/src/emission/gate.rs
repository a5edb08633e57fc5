//! The gate that leaves the small subnets less and the large ones more (spec `emission.md` §5.3, §5.4; from 475 on).

use super::shares::{SubnetShare, sum};
use crate::fixed::{U64F64, power, safe_div};

/// Blocks from one refresh of the bar to the next; every multiple of it is one (§2).
const BAR_INTERVAL: u64 = 360;

/// The gate's bar, and what it and the bar are made with (§2; from 475 on).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EmissionGate {
    /// The share that is halved; 0: never computed. Whoever changes rank or quantile sets it to 0, as the chain does.
    pub bar: U64F64,
    /// How steep the gate is.
    pub exponent: U64F64,
    /// The bar is the share with this rank, counted from the largest; 0: by the quantile.
    pub bar_rank: u16,
    /// The bar is the share at which the largest ones sum to this; read only for the rank 0.
    pub bar_quantile: U64F64,
}

impl EmissionGate {
    /// The chain's parameters, before a bar is computed.
    pub const CHAIN_DEFAULT: Self = Self {
        bar: U64F64::ZERO,
        exponent: U64F64::const_from_int(3),
        bar_rank: 32,
        bar_quantile: U64F64::from_bits(0x9C28_F5C2_8F5C_2800), // the double nearest to 0.61
    };
}

/// The gate's bar after `block`, from all eligible subnets' shares in any order: a new one in every 360th block, or where
/// there is none yet; and only where it is above 0 (§5.3; from 475 on).
///
/// A new bar takes n² comparisons of n shares and no memory. They are not sorted: a share is the bar where the shares that
/// are no smaller are many enough, and no larger share's are.
///
/// ```
/// use yuma_core::{emission::{EmissionGate, emission_gate_bar}, fixed::U64F64};
/// let gate = EmissionGate { bar_rank: 3, ..EmissionGate::CHAIN_DEFAULT };
/// let shares = [0.125, 0.5, 0.125, 0.25].map(U64F64::from_num);
/// assert_eq!(emission_gate_bar(&gate, 7200, shares), 0.125);
/// ```
pub fn emission_gate_bar(
    gate: &EmissionGate,
    block: u64,
    shares: impl IntoIterator<Item = U64F64, IntoIter: Clone>,
) -> U64F64 {
    if gate.bar > U64F64::ZERO && !block.is_multiple_of(BAR_INTERVAL) {
        return gate.bar;
    }
    let shares = shares.into_iter();
    let at_least = |bar: U64F64| shares.clone().filter(move |&share| share >= bar);
    let new = match usize::from(gate.bar_rank) {
        0 => largest_or_smallest(shares.clone(), |bar| sum(at_least(bar)) >= gate.bar_quantile),
        rank => {
            let positive = shares.clone().filter(|&share| share > U64F64::ZERO);
            largest_or_smallest(positive, |bar| at_least(bar).count() >= rank)
        }
    };
    new.filter(|&bar| bar > U64F64::ZERO).unwrap_or(gate.bar)
}

/// The largest candidate that is enough, or the smallest if none is.
fn largest_or_smallest(
    candidates: impl Iterator<Item = U64F64> + Clone,
    enough: impl Fn(U64F64) -> bool,
) -> Option<U64F64> {
    candidates.clone().filter(|&bar| enough(bar)).max().or_else(|| candidates.min())
}

/// The gate: a share `s` keeps `1 ÷ (1 + (bar ÷ s)^exponent)` of itself, then all are divided by their sum. Nothing changes
/// without a bar, or if nothing were left (§5.4; from 475 on).
///
/// The chain's [`power`] fails for far ends: a share of a thousand times the bar is gated like one of a thousandth.
///
/// ```
/// use yuma_core::emission::{EmissionGate, SubnetShare, gate_shares};
/// use yuma_core::fixed::U64F64;
/// let gate = EmissionGate { bar: U64F64::from_num(0.5), ..EmissionGate::CHAIN_DEFAULT };
/// let mut subnets = [0.5, 0.5, 0.0].map(|share| SubnetShare { share: U64F64::from_num(share), ..SubnetShare::default() });
/// gate_shares(&gate, &mut subnets);
/// assert_eq!(subnets.map(|subnet| subnet.gated_share), [0.5, 0.5, 0.0].map(U64F64::from_num)); // each gated to a quarter
/// ```
pub fn gate_shares(gate: &EmissionGate, subnets: &mut [SubnetShare]) {
    if gate.bar == U64F64::ZERO {
        return leave_ungated(subnets);
    }
    for subnet in subnets.iter_mut() {
        let odds = power(safe_div(gate.bar, subnet.share), gate.exponent);
        let kept = safe_div(U64F64::ONE, U64F64::ONE.saturating_add(odds));
        subnet.gated_share = subnet.share.saturating_mul(kept);
    }
    let total = sum(subnets.iter().map(|subnet| subnet.gated_share));
    for subnet in subnets {
        subnet.gated_share = if total > U64F64::ZERO { safe_div(subnet.gated_share, total) } else { subnet.share };
    }
}

fn leave_ungated(subnets: &mut [SubnetShare]) {
    for subnet in subnets {
        subnet.gated_share = subnet.share;
    }
}

/// No gate: every share stays as it is.
pub(crate) fn no_gate(_gate: &mut EmissionGate, _block: u64, subnets: &mut [SubnetShare]) {
    leave_ungated(subnets);
}

/// Bar, then gate: a new bar gates the shares it was made of (§5.3, §5.4; from 475 on).
pub(crate) fn gate_at_bar(gate: &mut EmissionGate, block: u64, subnets: &mut [SubnetShare]) {
    gate.bar = emission_gate_bar(gate, block, subnets.iter().map(|subnet| subnet.share));
    gate_shares(gate, subnets);
}

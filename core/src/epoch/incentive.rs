//! Stages G and H: what validators agree with earns trust for them, and incentive for the miners.

use super::stake::normalize;
use super::weights::{clip, of};
use crate::fixed::{I32F32, multiply};
use crate::rows::Rows;

/// Each validator's trust `VT`: the sum of its clipped weights (spec `epoch.md` §3.G).
pub fn validator_trust(weights: Rows<'_, I32F32>, consensus: &[I32F32], validator_trust: &mut [I32F32]) {
    for (trust, row) in validator_trust.iter_mut().zip(weights.iter()) {
        *trust = row
            .filter_map(|(column, weight)| clip(weight, of(consensus, column)))
            .fold(I32F32::ZERO, I32F32::wrapping_add);
    }
}

/// Each miner's incentive `I`: its clipped weights, each times its validator's active stake, as a share of all (spec
/// `epoch.md` §3.H).
pub fn incentive(weights: Rows<'_, I32F32>, active_stake: &[I32F32], consensus: &[I32F32], incentive: &mut [I32F32]) {
    incentive.fill(I32F32::ZERO);
    for (row, &stake) in weights.iter().zip(active_stake) {
        if stake == I32F32::ZERO {
            continue;
        }
        for (column, weight) in row {
            if let (Some(clipped), Some(rank)) =
                (clip(weight, of(consensus, column)), incentive.get_mut(usize::from(column)))
            {
                *rank = rank.saturating_add(multiply(stake, clipped));
            }
        }
    }
    normalize(incentive);
}

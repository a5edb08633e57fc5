//! Liquid alpha: a smoothing factor of its own for each bond, from how far weight or bond are from consensus.

use super::bonds::OldBonds;
use super::params::ConsensusMode;
use super::weights::of;
use crate::fixed::{I32F32, exp_safe, multiply, proportion, reciprocal, safe_div};
use crate::rows::{Rows, RowsMut};

const HALF: I32F32 = I32F32::from_bits(1 << 31);

/// The bounds and the steepness of liquid alpha (spec `epoch.md` §4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiquidAlpha {
    low: I32F32,
    high: I32F32,
    /// −steepness, the factor of the exponent.
    slope: I32F32,
}

impl LiquidAlpha {
    /// Bounds of 65535, steepness in hundredths.
    pub fn new(alpha_low: u16, alpha_high: u16, alpha_sigmoid_steepness: i16) -> Self {
        Self {
            low: proportion(alpha_low),
            high: proportion(alpha_high),
            slope: safe_div(I32F32::saturating_from_num(alpha_sigmoid_steepness), I32F32::const_from_int(-100)),
        }
    }

    /// α of one pair, from its weight, its old bond and the consensus of the miner (spec `epoch.md` §4).
    ///
    /// ```
    /// use yuma_core::{epoch::LiquidAlpha, fixed::{I32F32, proportion}};
    /// let liquid = LiquidAlpha::new(45875, 58982, 1000);
    /// let agreed = liquid.alpha(I32F32::ONE, I32F32::ZERO, I32F32::ONE);
    /// let apart = liquid.alpha(I32F32::ONE, I32F32::ZERO, I32F32::ZERO);
    /// assert!(proportion(45875) <= agreed && agreed < apart && apart <= proportion(58982));
    /// ```
    pub fn alpha(&self, weight: I32F32, bond: I32F32, consensus: I32F32) -> I32F32 {
        let distance = if weight >= bond { weight.saturating_sub(consensus) } else { bond.saturating_sub(weight) };
        let distance = distance.clamp(I32F32::ZERO, I32F32::ONE);
        let exponential = exp_safe(multiply(self.slope, distance.saturating_sub(HALF)));
        let sigmoid = reciprocal(I32F32::ONE.saturating_add(exponential));
        let span = self.high.saturating_sub(self.low);
        self.low.saturating_add(multiply(sigmoid, span)).min(self.high).max(self.low)
    }
}

/// What decides which consensus liquid alpha measures against (spec `subtensor-475/epoch.md` §3.K′.2).
#[derive(Debug, Clone, Copy)]
pub struct ConsensusChoice<'a> {
    /// The subnet's setting.
    pub mode: ConsensusMode,
    /// Of 65535.
    pub bonds_penalty: u16,
    /// The u16 consensus the epoch before stored; empty when there is none.
    pub previous: &'a [u16],
}

/// Liquid alpha's consensus: this epoch's, whatever the choice (spec `epoch.md` §4).
pub fn current_consensus(_choice: &ConsensusChoice<'_>, consensus: &[I32F32], chosen: &mut [I32F32]) {
    for (chosen, &consensus) in chosen.iter_mut().zip(consensus) {
        *chosen = consensus;
    }
}

/// Liquid alpha's consensus: this epoch's or the previous one's, as chosen. Neurons the previous list does not reach have
/// none (spec `subtensor-475/epoch.md` §3.K′.2).
pub fn chosen_consensus(choice: &ConsensusChoice<'_>, consensus: &[I32F32], chosen: &mut [I32F32]) {
    let wants_previous = match choice.mode {
        ConsensusMode::Current => false,
        ConsensusMode::Previous => true,
        ConsensusMode::Auto => choice.bonds_penalty == u16::MAX,
    };
    if !wants_previous || choice.previous.is_empty() {
        return current_consensus(choice, consensus, chosen);
    }
    let previous = choice.previous.iter().copied().chain(core::iter::repeat(0));
    for (chosen, previous) in chosen.iter_mut().zip(previous) {
        *chosen = proportion(previous);
    }
}

/// Working memory of [`bonds_ema_liquid`]: one element per uid each, all 0 before and after.
#[derive(Debug)]
pub struct LiquidMemory<'a> {
    /// The row's weights as liquid alpha sees them.
    pub weight_seen: &'a mut [I32F32],
    /// The row's old bonds as liquid alpha sees them.
    pub bond_seen: &'a mut [I32F32],
    /// The row's old bonds as the average sees them.
    pub bond_last: &'a mut [I32F32],
}

/// The bonds `E` of Yuma 3 with liquid alpha. Only pairs with a weight for bonds keep a bond (spec `epoch.md` §4).
///
/// `consensus` is the one to measure against, one element per uid.
pub fn bonds_ema_liquid(
    weights_for_bonds: Rows<'_, I32F32>,
    old: &OldBonds<'_>,
    consensus: &[I32F32],
    liquid: &LiquidAlpha,
    memory: LiquidMemory<'_>,
    ema: &mut RowsMut<'_>,
) {
    let LiquidMemory { weight_seen, bond_seen, bond_last } = memory;
    ema.clear();
    for (uid, weights) in (0..).zip(weights_for_bonds.iter()) {
        let bonds = old.row(uid).map(|(column, bond)| (column, proportion(bond)));
        for (column, weight) in ascending(weights.clone()) {
            set(weight_seen, column, weight);
        }
        for (column, bond) in ascending(bonds) {
            set(bond_seen, column, bond);
        }
        for (column, bond) in old.row(uid) {
            set(bond_last, column, proportion(bond));
        }
        for (column, weight) in weights.clone() {
            let alpha = liquid.alpha(of(weight_seen, column), of(bond_seen, column), of(consensus, column));
            let kept = multiply(I32F32::ONE.saturating_sub(alpha), of(bond_last, column));
            let fresh = multiply(alpha, weight).max(I32F32::ZERO);
            let bond = kept.saturating_add(fresh).min(I32F32::ONE);
            if bond > I32F32::ZERO {
                ema.push(column, bond);
            }
        }
        ema.end_row();
        for (column, _) in weights {
            set(weight_seen, column, I32F32::ZERO);
        }
        for (column, _) in old.row(uid) {
            set(bond_seen, column, I32F32::ZERO);
            set(bond_last, column, I32F32::ZERO);
        }
    }
}

/// The entries a forward scan sees: those beyond every column before them.
fn ascending<V>(entries: impl Iterator<Item = (u16, V)>) -> impl Iterator<Item = (u16, V)> {
    let mut highest = None;
    entries.filter(move |&(column, _)| {
        let seen = highest.is_none_or(|before| column > before);
        if seen {
            highest = Some(column);
        }
        seen
    })
}

fn set(values: &mut [I32F32], column: u16, value: I32F32) {
    if let Some(place) = values.get_mut(usize::from(column)) {
        *place = value;
    }
}

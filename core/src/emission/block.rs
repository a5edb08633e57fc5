//! What a block mints (spec `emission.md` §3).

use crate::fixed::{I96F32, log2, safe_div};

/// The limit of the issuance of TAO and of every subnet's alpha, in rao: 21 million coins (§2).
pub const CAP: u64 = 21_000_000_000_000_000;
/// The reward per block before the first halving, in rao: one coin (§2).
pub const FIRST_REWARD: u64 = 1_000_000_000;

/// The reward per block, in rao, at an `issuance` in rao: of TAO, or of one subnet's alpha (§3).
///
/// The reward has been halved as often as the part of [`CAP`] that is left has been. With `left` = CAP − issuance, the
/// condition of the j-th halving, `issuance ≥ CAP − floor(CAP / 2^j)`, is `2^j ≤ CAP / left`; the largest such j is the
/// binary logarithm of the quotient.
///
/// ```
/// use yuma_core::emission::block_emission;
/// assert_eq!(block_emission(10_499_999_999_999_999), 1_000_000_000);
/// assert_eq!(block_emission(10_500_000_000_000_000), 500_000_000);
/// assert_eq!(block_emission(21_000_000_000_000_000), 0);
/// ```
pub fn block_emission(issuance: u64) -> u64 {
    let left = CAP.saturating_sub(issuance);
    let halvings = CAP.checked_div(left).and_then(u64::checked_ilog2);
    halvings.map_or(0, |halvings| FIRST_REWARD.unbounded_shr(halvings))
}

/// The intermediate values of the chain's own way to [`block_emission`], for audits (§3). They are `None` from [`CAP`] on.
///
/// ```
/// use yuma_core::emission::block_emission_steps;
/// let steps = block_emission_steps(15_750_000_000_000_000).unwrap();
/// assert_eq!((steps.ratio.to_num(), steps.inverse.to_num(), steps.log2.to_num()), (0.75, 4, 2));
/// ```
pub fn block_emission_steps(issuance: u64) -> Option<BlockEmissionSteps> {
    if issuance >= CAP {
        return None;
    }
    let ratio = safe_div(I96F32::from(issuance), I96F32::from(CAP));
    let inverse = safe_div(I96F32::ONE, I96F32::ONE.saturating_sub(ratio));
    Some(BlockEmissionSteps { ratio, inverse, log2: log2(inverse)? })
}

/// The chain's intermediate values of a block's emission (§3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlockEmissionSteps {
    /// Issuance ÷ cap.
    pub ratio: I96F32,
    /// 1 ÷ (1 − ratio).
    pub inverse: I96F32,
    /// The binary logarithm of `inverse`; its integer part is the number of halvings.
    pub log2: I96F32,
}

/// The two counts of the TAO there is, in rao. They may differ; each is read only where named (§2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Issuance {
    /// The counter that decides the reward.
    pub total: u64,
    /// The ledger's own total, which decides the cap.
    pub balances: u64,
}

/// Mints a block's reward as far as the ledger stays within [`CAP`]: what was minted, in rao (§3).
///
/// ```
/// use yuma_core::emission::{CAP, Issuance, mint};
/// let mut issuance = Issuance { total: 0, balances: CAP - 7 };
/// assert_eq!(mint(&mut issuance), 7);
/// assert_eq!(issuance, Issuance { total: 7, balances: CAP });
/// ```
pub fn mint(issuance: &mut Issuance) -> u64 {
    let minted = block_emission(issuance.total).min(CAP.saturating_sub(issuance.balances));
    issuance.total = issuance.total.saturating_add(minted);
    issuance.balances = issuance.balances.saturating_add(minted);
    minted
}

/// Takes back what is left of a block's credit, in rao (§10.5).
pub fn recycle(issuance: &mut Issuance, left: u64) {
    issuance.total = issuance.total.saturating_sub(left);
    issuance.balances = issuance.balances.saturating_sub(left);
}

//! The halvings, and what they mean for the blocks to come (spec `emission.md` §3, table).

use super::block::{CAP, FIRST_REWARD, block_emission};

/// Blocks of a day, at 12 seconds each.
pub const BLOCKS_PER_DAY: u64 = 7_200;

/// One step of the reward (§3, table).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Halving {
    /// How many halvings there have been from here on.
    pub number: u32,
    /// The issuance in rao at which this reward begins.
    pub threshold: u64,
    /// The reward per block in rao.
    pub reward: u64,
}

/// All steps of the reward, from the first to the one at which it is 0 (§3, table).
///
/// ```
/// use yuma_core::emission::{Halving, halvings};
/// assert_eq!(halvings().next(), Some(Halving { number: 0, threshold: 0, reward: 1_000_000_000 }));
/// assert_eq!(halvings().last(), Some(Halving { number: 30, threshold: 20_999_999_980_442_226, reward: 0 }));
/// ```
pub fn halvings() -> impl Iterator<Item = Halving> {
    let last = FIRST_REWARD.checked_ilog2().unwrap_or(0).saturating_add(1); // the first shift that leaves nothing
    (0..=last).map(|number| Halving {
        number,
        threshold: CAP.saturating_sub(CAP.unbounded_shr(number)),
        reward: FIRST_REWARD.unbounded_shr(number),
    })
}

/// The halving ahead of an issuance (§3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextHalving {
    /// The issuance in rao at which the reward changes.
    pub threshold: u64,
    /// The reward per block in rao until then.
    pub reward: u64,
    /// The reward per block in rao from then on.
    pub reward_after: u64,
    /// How many blocks still get the present reward if none of it is recycled. What is recycled puts the halving off.
    pub blocks: u64,
}

/// The halving ahead of `issuance` in rao; `None` when the reward is 0 already (§3).
///
/// ```
/// use yuma_core::emission::{NextHalving, next_halving};
/// assert_eq!(next_halving(10_499_999_000_000_001), Some(NextHalving {
///     threshold: 10_500_000_000_000_000, reward: 1_000_000_000, reward_after: 500_000_000, blocks: 1,
/// }));
/// ```
pub fn next_halving(issuance: u64) -> Option<NextHalving> {
    let reward = block_emission(issuance);
    let next = halvings().find(|halving| halving.threshold > issuance)?;
    let blocks = next.threshold.saturating_sub(issuance).checked_next_multiple_of(reward)?.checked_div(reward)?;
    Some(NextHalving { threshold: next.threshold, reward, reward_after: next.reward, blocks })
}

/// What the next `blocks` blocks mint from `issuance` on, in rao, if nothing is recycled (§3).
///
/// ```
/// use yuma_core::emission::emission_over;
/// assert_eq!(emission_over(10_499_999_000_000_001, 3), 1_000_000_000 + 2 * 500_000_000);
/// assert_eq!(emission_over(0, u64::MAX), 20_999_999_980_442_226); // all there will ever be
/// ```
pub fn emission_over(issuance: u64, blocks: u64) -> u64 {
    let (mut reached, mut left) = (issuance, blocks);
    while left > 0
        && let Some(next) = next_halving(reached)
    {
        let era = next.blocks.min(left);
        left = left.saturating_sub(era);
        reached = reached.saturating_add(era.saturating_mul(next.reward));
    }
    reached.saturating_sub(issuance)
}

/// What a day of 7 200 blocks mints from `issuance` on, in rao, if nothing is recycled (§3).
///
/// ```
/// assert_eq!(yuma_core::emission::daily_emission(10_500_000_000_000_000), 3_600_000_000_000);
/// ```
pub fn daily_emission(issuance: u64) -> u64 {
    emission_over(issuance, BLOCKS_PER_DAY)
}

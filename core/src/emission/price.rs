//! The prices of alpha in TAO (spec `emission.md` §2, §4).

use crate::fixed::{I96F32, U64F64, convert, safe_div};

/// The mechanism without a market, and the one whose pool states a price.
const STABLE: u16 = 0;
pub(super) const DYNAMIC: u16 = 1;

/// The spot price: the pool's for mechanism 1, exactly 1 for every other (§2).
pub fn spot_price(mechanism: u16, pool_price: U64F64) -> U64F64 {
    if mechanism == DYNAMIC { pool_price } else { U64F64::ONE }
}

/// The price that counts for the shares: exactly 1 for mechanism 0, the moving price for every other (§2).
///
/// Not the test of [`spot_price`]: mechanism 2 has the spot price 1 and its own moving price.
pub fn share_price(mechanism: u16, moving_price: I96F32) -> U64F64 {
    if mechanism == STABLE { U64F64::ONE } else { convert(moving_price) }
}

/// What a subnet's moving price depends on (§4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MovingPrice {
    /// The subnet's mechanism.
    pub mechanism: u16,
    /// The pool's price; ignored unless the mechanism is 1.
    pub pool_price: U64F64,
    /// The moving price before.
    pub moving_price: I96F32,
    /// The block of the subnet's first emission; none: not started.
    pub first_emission_block: Option<u64>,
    /// The block of the update.
    pub block: u64,
    /// Blocks after which half of `moving_alpha` is reached.
    pub halving_blocks: u64,
    /// The smoothing factor that is approached.
    pub moving_alpha: I96F32,
}

/// The new moving price: an average of the old one and the spot price, the latter counted as at most 1 (§4).
///
/// ```
/// use yuma_core::emission::{MovingPrice, moving_price};
/// use yuma_core::fixed::{I96F32, U64F64};
/// let after = moving_price(&MovingPrice {
///     mechanism: 1,
///     pool_price: U64F64::from_num(3), // counts as 1
///     moving_price: I96F32::from_num(0.25),
///     first_emission_block: Some(1000),
///     block: 1199, // the 200th block
///     halving_blocks: 200,
///     moving_alpha: I96F32::from_num(0.5),
/// });
/// assert_eq!(after, I96F32::from_num(0.4375)); // a quarter of the way from 0.25 to 1
/// ```
pub fn moving_price(inputs: &MovingPrice) -> I96F32 {
    let before_first = inputs.first_emission_block.unwrap_or(0).saturating_sub(1);
    let blocks = U64F64::from(inputs.block.saturating_sub(before_first));
    let progress = safe_div(blocks, blocks.saturating_add(inputs.halving_blocks.into()));
    let alpha = convert::<_, U64F64>(inputs.moving_alpha).saturating_mul(progress);
    let rest = U64F64::ONE.saturating_sub(alpha);
    let spot = spot_price(inputs.mechanism, inputs.pool_price).min(U64F64::ONE);
    let before = share_price(inputs.mechanism, inputs.moving_price);
    convert(alpha.saturating_mul(spot).saturating_add(rest.saturating_mul(before)))
}

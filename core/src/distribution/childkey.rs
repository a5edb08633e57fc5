//! The dividend of one validator between its parents and itself (spec `distribution.md` §4).

use super::{Network, Stake, check_hotkey, stake_of, unit16};
use crate::error::Error;
use crate::fixed::{TAO_WEIGHT, U96F32, convert, proportion_of_u64, safe_div};

/// The chain's and the subnet's terms for child keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChildkeyTerms {
    /// What a rao of TAO on root counts against one of alpha, of 2^64 − 1.
    pub tao_weight: u64,
    /// The part of a parent's dividend that is recycled, of 2^64 − 1.
    pub burn: u64,
    /// The chain's least childkey take, of 65535.
    pub min_take: u16,
    /// The subnet's least childkey take, of 65535.
    pub min_take_subnet: u16,
}

impl ChildkeyTerms {
    /// Mainnet's TAO weight, and no burn and no least take (§2).
    pub const CHAIN_DEFAULT: Self = Self { tao_weight: TAO_WEIGHT, burn: 0, min_take: 0, min_take_subnet: 0 };
}

/// What one hotkey receives of a validator's dividend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payout {
    /// A parent, or the validator itself.
    pub hotkey: u16,
    /// Rao of alpha.
    pub amount: u64,
    /// Rao of alpha that are recycled on the way to this parent.
    pub recycled: u64,
}

/// How a validator's dividend was split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DividendSplit {
    /// The take that was applied, of 65535.
    pub effective_take: u16,
    /// The validator's own contribution to its stake, in rao; what its parents contribute are fractions of rao.
    pub self_contribution: u64,
}

/// The childkey take in force: the hotkey's own, but at least both minima; all of 65535 (§4.1).
pub fn effective_childkey_take(childkey_take: u16, min_take: u16, min_take_subnet: u16) -> u16 {
    childkey_take.max(min_take).max(min_take_subnet)
}

/// Splits the `dividend` (rao of alpha) of a validator by what its parents and it contribute to its stake (§4).
///
/// `pay` is called for every parent in stored order and last for the validator itself, for zero amounts too. What the
/// roundings leave over is paid to nobody.
///
/// # Errors
/// [`ErrorCode::Length`](crate::ErrorCode::Length): `stakes` and `hotkeys` of the network do not have one entry for each
/// hotkey of its edges; [`ErrorCode::Range`](crate::ErrorCode::Range), field `validator`.
///
/// ```
/// use yuma_core::Rows;
/// use yuma_core::distribution::{ChildkeyTerms, Edges, Hotkey, Network, Stake, split_dividend};
/// use yuma_core::fixed::U96F32;
/// // Hotkey 0 delegates all its stake to hotkey 1, which belongs to somebody else and takes 10 %.
/// let mut kept = [U96F32::ZERO; 2];
/// let network = Network {
///     stakes: &[Stake { alpha: 300, root: 0 }, Stake { alpha: 100, root: 0 }],
///     hotkeys: &[Hotkey { owner: 8, ..Hotkey::default() }, Hotkey { owner: 9, ..Hotkey::default() }],
///     edges: Edges::new(Rows::new("edges", &[0, 0, 1], &[0], &[u64::MAX])?, &mut kept)?,
/// };
/// let terms = ChildkeyTerms { min_take: 6554, ..ChildkeyTerms::CHAIN_DEFAULT };
/// let mut payouts = [0; 2];
/// let split = split_dividend(&terms, &network, 1, 1000, |payout| payouts[usize::from(payout.hotkey)] = payout.amount)?;
/// assert_eq!((split.self_contribution, payouts), (100, [674, 325]));
/// # Ok::<(), yuma_core::Error>(())
/// ```
pub fn split_dividend(
    terms: &ChildkeyTerms,
    network: &Network<'_>,
    validator: u16,
    dividend: u64,
    pay: impl FnMut(Payout),
) -> Result<DividendSplit, Error> {
    network.check()?;
    check_hotkey("validator", 0, validator, network.edges.hotkeys())?;
    Ok(split(terms, network, validator, dividend, pay))
}

/// [`split_dividend`] behind the door.
pub(super) fn split(
    terms: &ChildkeyTerms,
    network: &Network<'_>,
    validator: u16,
    dividend: u64,
    mut pay: impl FnMut(Payout),
) -> DividendSplit {
    let tao_weight = proportion_of_u64(terms.tao_weight);
    let Network { stakes, edges, .. } = network;
    let child = network.hotkey(validator);
    let effective_take = effective_childkey_take(child.childkey_take, terms.min_take, terms.min_take_subnet);
    let (take_part, burn_part) = (unit16(effective_take), proportion_of_u64(terms.burn));

    // The validator's own contribution is cut to whole rao, its parents' are not.
    let own = contribution(stake_of(stakes, validator), edges.kept(validator), tao_weight);
    let self_contribution: u64 = convert(own);
    let parents = || {
        edges
            .parents(validator)
            .map(|(parent, part)| (parent, contribution(stake_of(stakes, parent), part, tao_weight)))
    };
    let total = parents()
        .fold(U96F32::saturating_from_num(self_contribution), |sum, (_, contributed)| sum.saturating_add(contributed));

    let dividend: U96F32 = U96F32::saturating_from_num(dividend);
    let mut rest = dividend;
    let mut taken = U96F32::ZERO;
    for (parent, contributed) in parents() {
        let gross = dividend.saturating_mul(safe_div(contributed, total));
        rest = rest.saturating_sub(gross);
        let mut payout = Payout { hotkey: parent, amount: convert(gross), recycled: 0 };
        if network.hotkey(parent).owner != child.owner {
            // Both are parts of the gross amount, and the take is paid in full even where nothing is left to take.
            let burn = burn_part.saturating_mul(gross);
            let take = take_part.saturating_mul(gross);
            taken = taken.saturating_add(take);
            payout.recycled = convert(burn);
            payout.amount = convert(gross.saturating_sub(burn).saturating_sub(take));
        }
        pay(payout);
    }
    pay(Payout { hotkey: validator, amount: convert(rest.saturating_add(taken)), recycled: 0 });
    DividendSplit { effective_take, self_contribution }
}

/// What a part of a stake adds to a validator's stake.
fn contribution(stake: Stake, part: U96F32, tao_weight: U96F32) -> U96F32 {
    let alpha = U96F32::saturating_from_num(stake.alpha).saturating_mul(part);
    let root = U96F32::saturating_from_num(stake.root).saturating_mul(part).saturating_mul(tao_weight);
    alpha.saturating_add(root)
}

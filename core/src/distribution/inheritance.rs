//! Stake inheritance and the stake weight of every uid (spec `distribution.md` §3).

use super::{Edges, Stake, check_hotkey, stake_of};
use crate::error::{Error, check_length};
use crate::fixed::{I64F64, U96F32, convert, proportion_of_u64};

/// The stakes of one uid as the epoch weighs them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StakeWeight {
    /// Inherited stake on the subnet, rao of alpha; saturates at 2^63.
    pub alpha: I64F64,
    /// Inherited stake on root, rao of TAO; saturates at 2^63.
    pub tao: I64F64,
    /// Both together, the stake on root times the TAO weight: the epoch's `stake`.
    pub total: I64F64,
}

/// What counts as a hotkey's stake on the subnet: its own, less what it gives to children, and what parents give (§3.1).
/// Both columns go through the same edges; nothing flows through two of them.
///
/// On the root network itself the alpha column is not inherited: take [`Stake::alpha`] as it stands.
///
/// # Errors
/// [`ErrorCode::Length`](crate::ErrorCode::Length), field `stakes`, if there is not one for each hotkey of the edges;
/// [`ErrorCode::Range`](crate::ErrorCode::Range), field `hotkey`.
///
/// ```
/// use yuma_core::{Rows, distribution::{Edges, Stake, inherited_stake}, fixed::U96F32};
/// let stakes = [Stake { alpha: 100, root: 50 }, Stake { alpha: 7, root: 3 }];
/// let mut kept = [U96F32::ZERO; 2];
/// let edges = Edges::new(Rows::new("edges", &[0, 0, 1], &[0], &[u64::MAX])?, &mut kept)?; // 0 gives all to 1
/// assert_eq!(inherited_stake(&stakes, &edges, 0)?, Stake { alpha: 0, root: 0 });
/// assert_eq!(inherited_stake(&stakes, &edges, 1)?, Stake { alpha: 107, root: 53 });
/// # Ok::<(), yuma_core::Error>(())
/// ```
pub fn inherited_stake(stakes: &[Stake], edges: &Edges<'_>, hotkey: u16) -> Result<Stake, Error> {
    check_length("stakes", stakes, edges.hotkeys())?;
    check_hotkey("hotkey", 0, hotkey, stakes.len())?;
    Ok(inherited(stakes, edges, hotkey))
}

/// The weight of an inherited stake, `tao_weight` being a proportion of 2^64 − 1 (§3.2).
///
/// ```
/// use yuma_core::distribution::{Stake, stake_weight};
/// let weight = stake_weight(Stake { alpha: 7, root: 10 }, u64::MAX);
/// assert_eq!(weight.total, 17);
/// ```
pub fn stake_weight(inherited: Stake, tao_weight: u64) -> StakeWeight {
    let alpha: I64F64 = I64F64::saturating_from_num(inherited.alpha);
    let tao: I64F64 = I64F64::saturating_from_num(inherited.root);
    let tao_weight = convert(proportion_of_u64(tao_weight));
    StakeWeight { alpha, tao, total: alpha.saturating_add(tao.saturating_mul(tao_weight)) }
}

/// The stake weight of every uid: `uids` gives the hotkey of each, `weights` receives as many; a uid without a hotkey
/// weighs nothing (§3.2). `tao_weight` is a proportion of 2^64 − 1. Not for the root network, see [`inherited_stake`].
///
/// # Errors
/// [`ErrorCode::Length`](crate::ErrorCode::Length): fields `stakes` (one for each hotkey of the edges), `weights`;
/// [`ErrorCode::Range`](crate::ErrorCode::Range): field `uids`, a hotkey that does not exist.
pub fn stake_weights(
    stakes: &[Stake],
    edges: &Edges<'_>,
    tao_weight: u64,
    uids: &[Option<u16>],
    weights: &mut [StakeWeight],
) -> Result<(), Error> {
    check_length("stakes", stakes, edges.hotkeys())?;
    check_length("weights", weights, uids.len())?;
    for (uid, hotkey) in uids.iter().enumerate() {
        hotkey.map_or(Ok(()), |hotkey| check_hotkey("uids", uid, hotkey, stakes.len()))?;
    }
    for (weight, hotkey) in weights.iter_mut().zip(uids) {
        let stake = hotkey.map(|hotkey| inherited(stakes, edges, hotkey));
        *weight = stake.map(|stake| stake_weight(stake, tao_weight)).unwrap_or_default();
    }
    Ok(())
}

fn inherited(stakes: &[Stake], edges: &Edges<'_>, hotkey: u16) -> Stake {
    let column = |amount: fn(Stake) -> u64| {
        let given = |giver, part| U96F32::saturating_from_num(amount(stake_of(stakes, giver))).saturating_mul(part);
        // A whole amount times a proportion is exact: own · kept is the own stake less each child's part.
        let kept = given(hotkey, edges.kept(hotkey));
        let all = edges.parents(hotkey).fold(kept, |sum, (parent, part)| sum.saturating_add(given(parent, part)));
        convert(all)
    };
    Stake { alpha: column(|stake| stake.alpha), root: column(|stake| stake.root) }
}

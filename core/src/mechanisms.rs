//! A subnet's mechanisms: where each is stored, how they share the subnet's alpha, and how their epochs' results become
//! one record per hotkey (spec `mechanisms.md`).

use crate::distribution::Drained;
use crate::epoch::NullBudgets;
use crate::error::{Error, ErrorCode, check_length};
use crate::fixed::{U64F64, safe_div};
use crate::rules::Rules;
use crate::schedule::EpochMode;

/// The distance between two mechanisms in the storage index; the chain's largest number of subnets (§1).
pub const GLOBAL_MAX_SUBNET_COUNT: u16 = 4096;

/// What the shares of an emission split sum to (§1).
pub const SPLIT_TOTAL: u16 = 65535;

/// The index under which the values of a subnet's mechanism are stored (§2). Outside the chain's domain (`netuid` 4096
/// or `mecid` 16 and up) it saturates.
///
/// ```
/// use yuma_core::mechanisms::{mechanism_of_index, mechanism_storage_index};
/// assert_eq!(mechanism_storage_index(7, 2), 8199);
/// assert_eq!(mechanism_of_index(8199), (7, 2));
/// assert_eq!(mechanism_storage_index(7, 16), 65535);
/// ```
pub fn mechanism_storage_index(netuid: u16, mecid: u8) -> u16 {
    u16::from(mecid).saturating_mul(GLOBAL_MAX_SUBNET_COUNT).saturating_add(netuid)
}

/// The subnet and the mechanism that a storage index stands for (§2).
pub fn mechanism_of_index(index: u16) -> (u16, u8) {
    // A u16 has 16 times 4096 values.
    let mecid = u8::try_from(index / GLOBAL_MAX_SUBNET_COUNT).unwrap_or(u8::MAX);
    (index % GLOBAL_MAX_SUBNET_COUNT, mecid)
}

/// Whether the chain lets a subnet of `mechanism_count` mechanisms set this emission split: none, or one share for each
/// mechanism that together are all of 65535. Before 475 there may be fewer shares than mechanisms (§3.1).
///
/// ```
/// use yuma_core::{Rules, mechanisms::emission_split_accepted};
/// assert!(emission_split_accepted(Rules::NEWEST, None, 2));
/// assert!(emission_split_accepted(Rules::NEWEST, Some(&[65535, 0]), 2));
/// assert!(!emission_split_accepted(Rules::NEWEST, Some(&[30000, 30000]), 2));
/// assert!(!emission_split_accepted(Rules::SUBTENSOR_475, Some(&[65535]), 2));
/// assert!(emission_split_accepted(Rules::SUBTENSOR_425, Some(&[65535]), 2));
/// ```
pub fn emission_split_accepted(rules: Rules, split: Option<&[u16]>, mechanism_count: u8) -> bool {
    split.is_none_or(|shares| {
        let sum = shares.iter().fold(0_u64, |sum, &share| sum.saturating_add(share.into()));
        (rules.mechanisms().split_length_accepted)(shares.len(), mechanism_count.into())
            && sum == u64::from(SPLIT_TOTAL)
    })
}

/// The length of an emission split that may be set: no more shares than mechanisms (§3.1).
pub(crate) fn at_most_one_share_each(shares: usize, mechanisms: usize) -> bool {
    shares <= mechanisms
}

/// The length of an emission split that holds: any, for it is cut or filled up with zeros (§3.2).
pub(crate) fn any_number_of_shares(_shares: usize, _mechanisms: usize) -> bool {
    true
}

/// The length of an emission split that may be set, and that holds: one share for each mechanism. The chain splits evenly
/// where another is stored (§3.1, §3.2, from 475 on).
pub(crate) fn one_share_each(shares: usize, mechanisms: usize) -> bool {
    shares == mechanisms
}

/// Splits a subnet's `alpha` (rao) over its mechanisms, one per element of `parts`: evenly, or by shares of 65535. What
/// that leaves goes to mechanism 0 (§3.2). Works for splits that no setter accepts too, as the chain does.
///
/// ```
/// use yuma_core::{Rules, mechanisms::split_emission};
/// let mut parts = [0; 3];
/// split_emission(Rules::NEWEST, 11, None, &mut parts);
/// assert_eq!(parts, [5, 3, 3]);
/// split_emission(Rules::SUBTENSOR_425, 99, Some(&[0, 32768]), &mut parts); // a missing share is 0
/// assert_eq!(parts, [50, 49, 0]);
/// split_emission(Rules::SUBTENSOR_475, 99, Some(&[0, 32768]), &mut parts); // not a split of three
/// assert_eq!(parts, [33, 33, 33]);
/// ```
pub fn split_emission(rules: Rules, alpha: u64, split: Option<&[u16]>, parts: &mut [u64]) {
    let count = parts.len();
    for (to, part) in parts.iter_mut().zip(emission_parts(rules, alpha, split, count)) {
        *to = part;
    }
}

/// The parts of [`split_emission`], one after the other.
fn emission_parts(rules: Rules, alpha: u64, split: Option<&[u16]>, count: usize) -> impl Iterator<Item = u64> {
    let split = split.filter(|shares| (rules.mechanisms().split_length_holds)(shares.len(), count));
    let even = u64::try_from(count).ok().and_then(|count| alpha.checked_div(count)).unwrap_or(0);
    let part = move |mechanism| {
        split.map_or(even, |shares| {
            let share = shares.get(mechanism).copied().unwrap_or(0);
            let exact = u128::from(alpha).saturating_mul(share.into()).checked_div(SPLIT_TOTAL.into());
            exact.and_then(|exact| u64::try_from(exact).ok()).unwrap_or(0)
        })
    };
    let sum = (0..count).map(part).fold(0_u64, u64::wrapping_add);
    let mut rest = alpha.saturating_sub(sum);
    (0..count).map(move |mechanism| part(mechanism).saturating_add(core::mem::take(&mut rest)))
}

/// Splits what was drained from a subnet in Null mode over its mechanisms: the `budgets` for the epoch of each, and in
/// `parts` all that each gets of [`Drained::epoch_emission`] (§3.3, from 475 on). A subnet in Yuma mode has no budgets:
/// there [`split_emission`] splits that sum.
///
/// Here the miners', the validators' and root's amounts are split one by one, and each leaves its rest to mechanism 0.
///
/// # Errors
/// [`ErrorCode::NotInRules`] before 475; [`ErrorCode::Length`], field `budgets`, if there are not as many as `parts`.
///
/// ```
/// use yuma_core::distribution::Drained;
/// use yuma_core::epoch::NullBudgets;
/// use yuma_core::{Rules, mechanisms::split_null_emission};
/// let drained = Drained { server: 11, validator: 7, root: 1, owner_cut: 4 };
/// let mut parts = [0; 2];
/// let mut budgets = [NullBudgets::of_emission(0); 2];
/// split_null_emission(Rules::SUBTENSOR_475, &drained, None, &mut parts, &mut budgets)?;
/// assert_eq!(parts, [11, 8]);
/// assert_eq!(budgets[0], NullBudgets { mining: 6, dividend: 5, fallback: 10 });
/// assert_eq!(budgets[1], NullBudgets { mining: 5, dividend: 3, fallback: 8 });
/// # Ok::<(), yuma_core::Error>(())
/// ```
pub fn split_null_emission(
    rules: Rules,
    drained: &Drained,
    split: Option<&[u16]>,
    parts: &mut [u64],
    budgets: &mut [NullBudgets],
) -> Result<(), Error> {
    rules.check_null_mode("split_null_emission")?;
    check_length("budgets", budgets, parts.len())?;
    let count = parts.len();
    let split_of = |amount| emission_parts(rules, amount, split, count);
    let amounts = split_of(drained.server).zip(split_of(drained.validator)).zip(split_of(drained.root));
    for ((part, budget), ((server, validator), root)) in parts.iter_mut().zip(budgets).zip(amounts) {
        let dividend = validator.saturating_add(root);
        // Root's money never goes to miners.
        *budget = NullBudgets { mining: server, dividend, fallback: server.saturating_add(validator) };
        *part = server.saturating_add(dividend);
    }
    Ok(())
}

/// The weight of each mechanism, from the parts that [`split_emission`] or [`split_null_emission`] gave it of `total` (§4).
///
/// # Errors
/// [`ErrorCode::Length`], field `weights`, if there are not as many as `parts`.
///
/// ```
/// use yuma_core::{fixed::U64F64, mechanisms::mechanism_weights};
/// let mut weights = [U64F64::ZERO; 2];
/// mechanism_weights(8, &[6, 2], &mut weights)?;
/// assert_eq!(weights, [0.75, 0.25]);
/// mechanism_weights(0, &[0, 0], &mut weights)?; // without emission the first counts alone
/// assert_eq!(weights, [1, 0]);
/// # Ok::<(), yuma_core::Error>(())
/// ```
pub fn mechanism_weights(total: u64, parts: &[u64], weights: &mut [U64F64]) -> Result<(), Error> {
    check_length("weights", weights, parts.len())?;
    let whole: U64F64 = U64F64::saturating_from_num(total);
    for (weight, &part) in weights.iter_mut().zip(parts) {
        *weight = safe_div(U64F64::saturating_from_num(part), whole);
    }
    if let (0, Some(first)) = (total, weights.first_mut()) {
        *first = U64F64::ONE;
    }
    Ok(())
}

/// What one mechanism's epoch gave one hotkey, or all of them together (§5). Proportions are of 65535, amounts in rao.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MechanismTerm {
    /// The hotkey, as its index in a table that is ascending by the hotkeys' bytes.
    pub hotkey: u16,
    /// Its uid.
    pub uid: u16,
    /// Proportion of the dividends.
    pub dividend: u16,
    /// Proportion of the incentives.
    pub incentive: u16,
    /// Emission as a validator.
    pub validator_emission: u64,
    /// Emission as a miner.
    pub server_emission: u64,
    /// Proportion of the stake.
    pub stake_weight: u16,
    /// Whether it set weights lately.
    pub active: bool,
    /// Emission of both kinds; in Yuma mode rounded by itself.
    pub emission: u64,
    /// The consensus on it.
    pub consensus: u16,
    /// Trust in it as a validator.
    pub validator_trust: u16,
    /// Whether it may validate next.
    pub new_validator_permit: bool,
    /// Stake.
    pub stake: u64,
}

/// Folds the terms of all mechanisms, each with its weight, into one record per hotkey; `folded` has one element per
/// hotkey of the table, nothing for those that no mechanism names. The mode is that of their epochs: in Null mode
/// `emission` is added up without the weights (§5, from 475 on).
///
/// # Errors
/// [`ErrorCode::Length`], field `mechanisms`, if there are not as many as weights; [`ErrorCode::Range`], field `terms`,
/// for a term whose hotkey is beyond `folded`: the index counts all terms.
///
/// ```
/// use yuma_core::mechanisms::{MechanismTerm, fold_mechanisms};
/// use yuma_core::{Rules, fixed::U64F64, schedule::EpochMode};
/// let term = |dividend, incentive| MechanismTerm { hotkey: 1, dividend, incentive, ..MechanismTerm::default() };
/// let half = U64F64::from_num(0.5);
/// let mut folded = [None; 2];
/// let mechanisms: [&[_]; 2] = [&[term(101, 80)], &[term(101, 20)]];
/// fold_mechanisms(Rules::NEWEST, EpochMode::Yuma, &[half, half], &mechanisms, &mut folded)?;
/// assert_eq!(folded, [None, Some(term(100, 40))]); // a floor per mechanism; the first incentive stays
/// # Ok::<(), yuma_core::Error>(())
/// ```
pub fn fold_mechanisms(
    rules: Rules,
    epoch_mode: EpochMode,
    weights: &[U64F64],
    mechanisms: &[&[MechanismTerm]],
    folded: &mut [Option<MechanismTerm>],
) -> Result<(), Error> {
    check_length("mechanisms", mechanisms, weights.len())?;
    let terms =
        || weights.iter().zip(mechanisms).flat_map(|(&weight, terms)| terms.iter().map(move |term| (weight, term)));
    if let Some(index) = terms().position(|(_, term)| usize::from(term.hotkey) >= folded.len()) {
        return Err(Error::new(ErrorCode::Range, "terms", index, folded.len().saturating_sub(1)));
    }
    let emission = match rules.mode_in_force(epoch_mode) {
        EpochMode::Yuma => add_weighted,
        EpochMode::Null => add_whole,
    };
    folded.fill(None);
    for (weight, term) in terms() {
        if let Some(record) = folded.get_mut(usize::from(term.hotkey)) {
            *record = Some(fold(*record, term, weight, emission));
        }
    }
    Ok(())
}

/// An amount of one mechanism added to those of the earlier ones, with the mechanism's weight.
fn add_weighted(old: u64, new: u64, weight: U64F64) -> u64 {
    let weighted = U64F64::saturating_from_num(new).saturating_mul(weight);
    U64F64::saturating_from_num(old).saturating_add(weighted).saturating_to_num()
}

/// An amount of one mechanism added to those of the earlier ones, as it is.
fn add_whole(old: u64, new: u64, _weight: U64F64) -> u64 {
    old.saturating_add(new)
}

/// One term added to what the earlier mechanisms gave its hotkey.
fn fold(
    earlier: Option<MechanismTerm>,
    term: &MechanismTerm,
    weight: U64F64,
    emission: fn(u64, u64, U64F64) -> u64,
) -> MechanismTerm {
    let proportion =
        |old: u16, new: u16| u16::try_from(add_weighted(old.into(), new.into(), weight)).unwrap_or(u16::MAX);
    let old = earlier.unwrap_or_default();
    MechanismTerm {
        hotkey: term.hotkey,
        uid: earlier.map_or(term.uid, |earlier| earlier.uid),
        dividend: proportion(old.dividend, term.dividend),
        // The incentive of a hotkey's first mechanism is never added to.
        incentive: earlier.map_or_else(|| proportion(0, term.incentive), |earlier| earlier.incentive),
        validator_emission: old.validator_emission.saturating_add(term.validator_emission),
        server_emission: old.server_emission.saturating_add(term.server_emission),
        stake_weight: proportion(old.stake_weight, term.stake_weight),
        active: old.active || term.active,
        emission: emission(old.emission, term.emission, weight),
        consensus: proportion(old.consensus, term.consensus),
        validator_trust: proportion(old.validator_trust, term.validator_trust),
        new_validator_permit: old.new_validator_permit || term.new_validator_permit,
        stake: old.stake.saturating_add(term.stake),
    }
}

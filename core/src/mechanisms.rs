//! A subnet's mechanisms: where each is stored, how they share the subnet's alpha, and how their epochs' results become
//! one record per hotkey (spec `mechanisms.md`).

use crate::error::{Error, ErrorCode, check_length};
use crate::fixed::{U64F64, safe_div};

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

/// Whether the chain lets a subnet of `mechanism_count` mechanisms set this emission split: none, or at most one share
/// per mechanism that together are all of 65535 (§3.1).
///
/// ```
/// use yuma_core::mechanisms::emission_split_accepted;
/// assert!(emission_split_accepted(None, 2) && emission_split_accepted(Some(&[65535]), 2));
/// assert!(!emission_split_accepted(Some(&[30000, 30000]), 2));
/// ```
pub fn emission_split_accepted(split: Option<&[u16]>, mechanism_count: u8) -> bool {
    split.is_none_or(|shares| {
        let sum = shares.iter().fold(0_u64, |sum, &share| sum.saturating_add(share.into()));
        shares.len() <= usize::from(mechanism_count) && sum == u64::from(SPLIT_TOTAL)
    })
}

/// Splits a subnet's `alpha` (rao) over its mechanisms, one per element of `parts`: evenly, or by shares of 65535. What
/// that leaves goes to mechanism 0 (§3.2). Works for splits that no setter accepts too, as the chain does.
///
/// ```
/// use yuma_core::mechanisms::split_emission;
/// let mut parts = [0; 3];
/// split_emission(11, None, &mut parts);
/// assert_eq!(parts, [5, 3, 3]);
/// split_emission(100, Some(&[0, 32768]), &mut parts); // a missing share is 0
/// assert_eq!(parts, [50, 50, 0]);
/// ```
pub fn split_emission(alpha: u64, split: Option<&[u16]>, parts: &mut [u64]) {
    if let Some(shares) = split {
        let shares = shares.iter().copied().chain(core::iter::repeat(0));
        for (part, share) in parts.iter_mut().zip(shares) {
            let exact = u128::from(alpha).saturating_mul(share.into()).checked_div(SPLIT_TOTAL.into()).unwrap_or(0);
            *part = u64::try_from(exact).unwrap_or(u64::MAX);
        }
    } else {
        let count = u64::try_from(parts.len()).unwrap_or(u64::MAX);
        parts.fill(alpha.checked_div(count).unwrap_or(0));
    }
    let sum = parts.iter().fold(0_u64, |sum, &part| sum.wrapping_add(part));
    if let Some(first) = parts.first_mut() {
        *first = first.saturating_add(alpha.saturating_sub(sum));
    }
}

/// The weight of each mechanism, from the parts that [`split_emission`] gave it of `alpha` (§4).
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
pub fn mechanism_weights(alpha: u64, parts: &[u64], weights: &mut [U64F64]) -> Result<(), Error> {
    check_length("weights", weights, parts.len())?;
    let total: U64F64 = U64F64::saturating_from_num(alpha);
    for (weight, &part) in weights.iter_mut().zip(parts) {
        *weight = safe_div(U64F64::saturating_from_num(part), total);
    }
    if let (0, Some(first)) = (alpha, weights.first_mut()) {
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
    /// Emission of both kinds, rounded by itself.
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
/// hotkey of the table, nothing for those that no mechanism names (§5).
///
/// # Errors
/// [`ErrorCode::Length`], field `mechanisms`, if there are not as many as weights; [`ErrorCode::Range`], field `terms`,
/// for a term whose hotkey is beyond `folded`: the index counts all terms.
///
/// ```
/// use yuma_core::{fixed::U64F64, mechanisms::{MechanismTerm, fold_mechanisms}};
/// let term = |dividend, incentive| MechanismTerm { hotkey: 1, dividend, incentive, ..MechanismTerm::default() };
/// let half = U64F64::from_num(0.5);
/// let mut folded = [None; 2];
/// fold_mechanisms(&[half, half], &[&[term(101, 80)], &[term(101, 20)]], &mut folded)?;
/// assert_eq!(folded, [None, Some(term(100, 40))]); // a floor per mechanism; the first incentive stays
/// # Ok::<(), yuma_core::Error>(())
/// ```
pub fn fold_mechanisms(
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
    folded.fill(None);
    for (weight, term) in terms() {
        if let Some(record) = folded.get_mut(usize::from(term.hotkey)) {
            *record = Some(fold(*record, term, weight));
        }
    }
    Ok(())
}

/// One term added to what the earlier mechanisms gave its hotkey.
fn fold(earlier: Option<MechanismTerm>, term: &MechanismTerm, weight: U64F64) -> MechanismTerm {
    let amount = |old: u64, new: u64| {
        let weighted = U64F64::saturating_from_num(new).saturating_mul(weight);
        U64F64::saturating_from_num(old).saturating_add(weighted).saturating_to_num::<u64>()
    };
    let proportion = |old: u16, new: u16| u16::try_from(amount(old.into(), new.into())).unwrap_or(u16::MAX);
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
        emission: amount(old.emission, term.emission),
        consensus: proportion(old.consensus, term.consensus),
        validator_trust: proportion(old.validator_trust, term.validator_trust),
        new_validator_permit: old.new_validator_permit || term.new_validator_permit,
        stake: old.stake.saturating_add(term.stake),
    }
}

//! A subnet's mechanisms: where each is stored, how they share the subnet's alpha, and how their epochs' results become one
//! record per hotkey (spec `mechanisms.md`).

use core::ffi::c_void;

use yuma_core::epoch::NullBudgets;
use yuma_core::fixed::U64F64;
use yuma_core::mechanisms::{self, MechanismTerm};

use crate::border::{Border, Need};
use crate::emission::yuma_pending;
use crate::epoch::yuma_null_budgets;
use crate::numbers::{flag, yuma_u128};
use crate::schedule::epoch_mode;
use crate::status::{Refusal, yuma_error, yuma_status};

/// No subnet has more mechanisms than this: what a `uint8_t` counts.
pub const YUMA_MECHANISMS_MAX: usize = 255;

/// What one mechanism's epoch gave one hotkey, or all of them together. Proportions are of 65535, amounts in rao.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_mechanism_term {
    /// Emission as a validator.
    pub validator_emission: u64,
    /// Emission as a miner.
    pub server_emission: u64,
    /// Emission of both kinds; in Yuma mode rounded by itself.
    pub emission: u64,
    /// Stake.
    pub stake: u64,
    /// The hotkey, as its index in a table that is ascending by the hotkeys' bytes.
    pub hotkey: u16,
    /// Its uid.
    pub uid: u16,
    /// Proportion of the dividends.
    pub dividend: u16,
    /// Proportion of the incentives.
    pub incentive: u16,
    /// Proportion of the stake.
    pub stake_weight: u16,
    /// The consensus on it.
    pub consensus: u16,
    /// Trust in it as a validator.
    pub validator_trust: u16,
    /// Flag: it set weights lately.
    pub active: u8,
    /// Flag: it may validate next.
    pub new_validator_permit: u8,
}

/// The index under which the values of a subnet's mechanism are stored. Outside the chain's domain (`netuid` 4096 or `mecid` 16
/// and up) it saturates.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_mechanism_storage_index(netuid: u16, mecid: u8) -> u16 {
    mechanisms::mechanism_storage_index(netuid, mecid)
}

/// The subnet and the mechanism that a storage index stands for.
///
/// Errors: `NULL`, `ALIGNMENT`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_mechanism_of_index(
    netuid: *mut u16,
    mecid: *mut u8,
    index: u16,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let netuid = border.output("netuid", netuid)?;
        let mecid = border.output("mecid", mecid)?;
        (*netuid, *mecid) = mechanisms::mechanism_of_index(index);
        Ok(())
    })
}

/// Whether the chain lets a subnet of `mechanism_count` mechanisms set this emission split: the flag `accepted`. None (`shares`
/// NULL with a count of 0), or one share for each mechanism that together are all of 65535. Before 475 there may be fewer
/// shares than mechanisms.
///
/// Errors: `NULL`, `ALIGNMENT`; `UNKNOWN_RULES`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_emission_split_accepted(
    accepted: *mut u8,
    rules: u32,
    shares: *const u16,
    share_count: usize,
    mechanism_count: u8,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let accepted = border.output("accepted", accepted)?;
        let split = split(&border, shares, share_count)?;
        *accepted = mechanisms::emission_split_accepted(crate::rules::rules(rules)?, split, mechanism_count).into();
        Ok(())
    })
}

/// Splits a subnet's `alpha` (rao) over its mechanisms, one per element of `parts`: evenly (`shares` NULL with a count of 0), or
/// by shares of 65535. What that leaves goes to mechanism 0. Works for splits that no setter accepts too, as the chain does.
///
/// Errors: `NULL`, `ALIGNMENT`; `UNKNOWN_RULES`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_split_emission(
    parts: *mut u64,
    part_count: usize,
    rules: u32,
    alpha: u64,
    shares: *const u16,
    share_count: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let parts = border.out_slice("parts", parts, part_count)?;
        let split = split(&border, shares, share_count)?;
        mechanisms::split_emission(crate::rules::rules(rules)?, alpha, split, parts);
        Ok(())
    })
}

/// Splits what was drained from a subnet in Null mode over its mechanisms: the `budgets` for the epoch of each, and in `parts`
/// all that each gets of server, validator and root together (from 475 on); `part_count` elements each. Shares as
/// `yuma_split_emission`.
///
/// Errors: `NULL`, `ALIGNMENT`; `UNKNOWN_RULES`; `NOT_IN_RULES` before 475; `RANGE` of `parts` for more than
/// `YUMA_MECHANISMS_MAX`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_split_null_emission(
    parts: *mut u64,
    budgets: *mut yuma_null_budgets,
    part_count: usize,
    rules: u32,
    drained: *const yuma_pending,
    shares: *const u16,
    share_count: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let parts = border.out_slice("parts", parts, part_count)?;
        let to_budgets = border.out_slice("budgets", budgets, part_count)?;
        let drained = border.input("drained", drained)?.to_drained();
        let split = split(&border, shares, share_count)?;
        let mut budgets = [NullBudgets { mining: 0, dividend: 0, fallback: 0 }; YUMA_MECHANISMS_MAX];
        let budgets = budgets.get_mut(..part_count).ok_or_else(|| too_many("parts", part_count))?;
        mechanisms::split_null_emission(crate::rules::rules(rules)?, &drained, split, parts, budgets)?;
        for (to, &mut NullBudgets { mining, dividend, fallback }) in to_budgets.iter_mut().zip(budgets) {
            *to = yuma_null_budgets { mining, dividend, fallback };
        }
        Ok(())
    })
}

/// The weight of each mechanism, raw U64F64, from the parts that `yuma_split_emission` or `yuma_split_null_emission` gave it of
/// `total`; `count` elements each.
///
/// Errors: `NULL`, `ALIGNMENT`; `RANGE` of `parts` for more than `YUMA_MECHANISMS_MAX`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_mechanism_weights(
    weights: *mut yuma_u128,
    total: u64,
    parts: *const u64,
    count: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let to = border.out_slice("weights", weights, count)?;
        let parts = border.slice("parts", parts, count)?;
        let mut weights = [U64F64::ZERO; YUMA_MECHANISMS_MAX];
        let weights = weights.get_mut(..count).ok_or_else(|| too_many("parts", count))?;
        mechanisms::mechanism_weights(total, parts, weights)?;
        for (to, &mut weight) in to.iter_mut().zip(weights) {
            *to = weight.into();
        }
        Ok(())
    })
}

/// How much working memory `yuma_fold_mechanisms` needs for `mechanism_count` mechanisms with `term_count` terms in all and a table
/// of `hotkeys` hotkeys, in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_fold_mechanisms_workspace_size(
    mechanism_count: usize,
    term_count: usize,
    hotkeys: usize,
) -> usize {
    fold_need(mechanism_count, term_count, hotkeys).bytes()
}

/// Folds the terms of all mechanisms, each with its weight (raw U64F64), into one record per hotkey of the table. `terms` holds
/// those of mechanism 0, then those of mechanism 1, …; `term_counts` says how many each has. `folded` and the flags `named`
/// receive `hotkeys` elements: whether a mechanism names the hotkey, and its record if so. `mode`, `YUMA_MODE_…`, is that of
/// the epochs (from 475 on).
///
/// Errors: `NULL`, `ALIGNMENT`; `UNKNOWN_RULES`; `RANGE` of `mode`, of `terms` for a hotkey beyond the table, or of
/// `term_counts` if they sum to more than a `size_t` counts; `FLAG` with the term; `TOO_SMALL` of `workspace`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_fold_mechanisms(
    folded: *mut yuma_mechanism_term,
    named: *mut u8,
    hotkeys: usize,
    rules: u32,
    mode: u32,
    weights: *const yuma_u128,
    terms: *const yuma_mechanism_term,
    term_counts: *const usize,
    mechanism_count: usize,
    workspace: *mut c_void,
    workspace_size: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let to_folded = border.out_slice("folded", folded, hotkeys)?;
        let named = border.out_slice("named", named, hotkeys)?;
        let rules = crate::rules::rules(rules)?;
        let mode = epoch_mode("mode", 0, mode)?;
        let weights = border.slice("weights", weights, mechanism_count)?;
        let term_counts = border.slice("term_counts", term_counts, mechanism_count)?;
        let term_count = term_counts.iter().try_fold(0_usize, |sum, &count| sum.checked_add(count));
        let term_count = term_count.ok_or_else(|| Refusal::range("term_counts", mechanism_count, u64::MAX))?;
        let terms = border.slice("terms", terms, term_count)?;

        let need = fold_need(mechanism_count, term_count, hotkeys);
        let mut memory = border.workspace(workspace, workspace_size, need.0)?;
        let weights = memory.collect(weights.iter().map(|&weight| Ok(U64F64::from(weight))))?;
        let terms = memory.collect(terms.iter().enumerate().map(|(index, term)| term.to_core(index)))?;
        let mut rest: &[MechanismTerm] = terms;
        let mechanisms = memory.collect(term_counts.iter().map(|&count| {
            let (first, behind) = rest.split_at_checked(count).unwrap_or((rest, &[]));
            rest = behind;
            Ok(first)
        }))?;
        let folded = memory.fill(hotkeys, None::<MechanismTerm>)?;
        mechanisms::fold_mechanisms(rules, mode, weights, mechanisms, folded)?;
        for ((to, named), term) in to_folded.iter_mut().zip(named).zip(folded) {
            if let Some(term) = term {
                *to = yuma_mechanism_term::new(term);
                *named = 1;
            }
        }
        Ok(())
    })
}

impl yuma_mechanism_term {
    fn to_core(self, index: usize) -> Result<MechanismTerm, Refusal> {
        Ok(MechanismTerm {
            hotkey: self.hotkey,
            uid: self.uid,
            dividend: self.dividend,
            incentive: self.incentive,
            validator_emission: self.validator_emission,
            server_emission: self.server_emission,
            stake_weight: self.stake_weight,
            active: flag("active", index, self.active)?,
            emission: self.emission,
            consensus: self.consensus,
            validator_trust: self.validator_trust,
            new_validator_permit: flag("new_validator_permit", index, self.new_validator_permit)?,
            stake: self.stake,
        })
    }

    fn new(term: &MechanismTerm) -> Self {
        Self {
            validator_emission: term.validator_emission,
            server_emission: term.server_emission,
            emission: term.emission,
            stake: term.stake,
            hotkey: term.hotkey,
            uid: term.uid,
            dividend: term.dividend,
            incentive: term.incentive,
            stake_weight: term.stake_weight,
            consensus: term.consensus,
            validator_trust: term.validator_trust,
            active: term.active.into(),
            new_validator_permit: term.new_validator_permit.into(),
        }
    }
}

/// An emission split: none for NULL with a count of 0; a list may be empty.
fn split(border: &Border, shares: *const u16, count: usize) -> Result<Option<&[u16]>, Refusal> {
    if shares.is_null() && count == 0 { Ok(None) } else { border.slice("shares", shares, count).map(Some) }
}

fn too_many(field: &'static str, count: usize) -> Refusal {
    Refusal::range(field, count, u64::try_from(YUMA_MECHANISMS_MAX).unwrap_or(u64::MAX))
}

fn fold_need(mechanisms: usize, terms: usize, hotkeys: usize) -> Need {
    Need::NOTHING
        .and::<U64F64>(mechanisms)
        .and::<MechanismTerm>(terms)
        .and::<&[MechanismTerm]>(mechanisms)
        .and::<Option<MechanismTerm>>(hotkeys)
}

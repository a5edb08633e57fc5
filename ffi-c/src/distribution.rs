//! From a subnet's drained emission to its credits (spec `distribution.md`).

use core::ffi::c_void;

use yuma_core::Rows;
use yuma_core::Rules;
use yuma_core::distribution::{
    self, ChildkeyTerms, Coldkey, Collateral, Credit, DividendParts, DividendRow, Drained, DrainedSubnet, Edges,
    EpochShare, Hotkey, HotkeyOutcome, Network, PendingDividends, Receiver, RecycleOrBurn, RootDividend, Stake,
    StakeWeight, Suspended,
};
use yuma_core::fixed::{I96F32, U96F32};

use crate::border::{Border, Need, Workspace, growing};
use crate::emission::yuma_pending;
use crate::numbers::{flag, maybe, maybe_u16, present, yuma_i128, yuma_u128};
use crate::rules::{YUMA_NONE, YUMA_RULES_DEFAULT};
use crate::schedule::{YUMA_MODE_YUMA, epoch_mode};
use crate::status::{Refusal, yuma_error, yuma_status};

/// The coldkey of 32 zero bytes, which owns whatever nobody owns. All other coldkeys are numbers of the caller's choice.
pub const YUMA_ZERO_ACCOUNT: u32 = 0;

/// Incentives of the subnet owner's hotkeys stay outstanding, in nobody's hands. A subnet that never chose burns.
pub const YUMA_WITHHELD_BURNED: u32 = 0;
/// Incentives of the subnet owner's hotkeys leave the outstanding alpha.
pub const YUMA_WITHHELD_RECYCLED: u32 = 1;

/// What all stakers together hold under one hotkey.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_stake {
    /// Stake on the subnet, in rao of its alpha.
    pub alpha: u64,
    /// Stake on root, in rao of TAO.
    pub root: u64,
}

/// The stakes of one uid as the epoch weighs them, raw I64F64.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_weighed_stake {
    /// Inherited stake on the subnet, rao of alpha; saturates at 2^63.
    pub alpha: yuma_i128,
    /// Inherited stake on root, rao of TAO; saturates at 2^63.
    pub tao: yuma_i128,
    /// Both together, the stake on root times the TAO weight: the epoch's `stake`.
    pub total: yuma_i128,
}

/// What the distribution knows about one hotkey besides its stake. Start from `yuma_hotkey_init`.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct yuma_hotkey {
    /// `sizeof(yuma_hotkey)`.
    pub size: usize,
    /// The block in which its uid was registered.
    pub registered_at: u64,
    /// Its coldkey.
    pub owner: u32,
    /// Its uid on the subnet, or `YUMA_NONE`.
    pub uid: i32,
    /// The part of dividends the owner takes, of 65535.
    pub take: u16,
    /// The part it takes of its parents' dividends, of 65535; two minima apply on reading.
    pub childkey_take: u16,
    /// Flag: it has a uid on root (from 475 on).
    pub on_root: u8,
    /// Flag: somebody has a share in the stake under it (from 475 on).
    pub has_members: u8,
    /// 0.
    pub reserved: [u8; 2],
}

/// All hotkeys of a subnet and what they delegate to each other. Start from `yuma_hotkey_table_init`.
///
/// A hotkey is its index in this table, which is ascending by the hotkeys' 32 bytes: so the order of the index is the chain's
/// order. The table lists every hotkey that is named anywhere; one that nobody described has no stake and is as
/// `yuma_hotkey_init` leaves it.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct yuma_hotkey_table {
    /// `sizeof(yuma_hotkey_table)`.
    pub size: usize,
    /// The set of rules to compute by, `YUMA_RULES_…`.
    pub rules: u32,
    /// The subnet owner's hotkey, or `YUMA_NONE`: it receives the owner's cut, and suspension does not hide it.
    pub owner_hotkey: i32,
    /// How many hotkeys there are.
    pub count: usize,
    /// What each holds: `count` elements.
    pub stakes: *const yuma_stake,
    /// Who each is: `count` elements. `yuma_inherited_stake` and `yuma_stake_weights` do not read it.
    pub hotkeys: *const yuma_hotkey,
    /// The edges, grouped by child: hotkey h has the parents `edge_offsets[h]` to `edge_offsets[h + 1] - 1`, in stored order.
    pub edge_offsets: *const u32,
    /// How many offsets there are, at most `count` + 1; hotkeys left out at the end have no parents. 0: there are no edges.
    pub edge_offset_count: usize,
    /// The parent of each edge.
    pub edge_parents: *const u16,
    /// What the parent gives, of 2^64 - 1.
    pub edge_proportions: *const u64,
    /// How many edges there are.
    pub edge_count: usize,
    /// Flags: whose edges to children do not count for the time being (from 475 on). Hotkeys left out at the end are not
    /// suspended.
    pub suspended: *const u8,
    /// How many of these flags there are.
    pub suspended_count: usize,
}

/// The chain's and the subnet's terms for child keys.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct yuma_childkey_terms {
    /// What a rao of TAO on root counts against one of alpha, of 2^64 - 1.
    pub tao_weight: u64,
    /// The part of a parent's dividend that is recycled, of 2^64 - 1.
    pub burn: u64,
    /// The chain's least childkey take, of 65535.
    pub min_take: u16,
    /// The subnet's least childkey take, of 65535.
    pub min_take_subnet: u16,
}

/// What one hotkey receives of a validator's dividend.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_payout {
    /// Rao of alpha.
    pub amount: u64,
    /// Rao of alpha that are recycled on the way to this parent.
    pub recycled: u64,
    /// A parent, or the validator itself.
    pub hotkey: u16,
}

/// How a validator's dividend was split.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_dividend_split {
    /// The validator's own contribution to its stake, in rao; what its parents contribute are fractions of rao.
    pub self_contribution: u64,
    /// How many payouts there are: one for each parent, and the validator's.
    pub payout_count: usize,
    /// The take that was applied, of 65535.
    pub effective_take: u16,
}

/// One hotkey's dividend and its stake.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_dividend_row {
    /// Raw U96F32, in any unit: only its relation to the others counts.
    pub dividend: yuma_u128,
    /// Its stake, if `has_stake`.
    pub stake: yuma_stake,
    /// Flag: a hotkey without a stake row receives nothing and counts nowhere.
    pub has_stake: u8,
    /// Flag: it has a uid on root (from 475 on).
    pub on_root: u8,
}

/// Something of dividends, split into what alpha and what root stake earned: rao of alpha, raw U96F32.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_dividend_parts {
    /// Of the stake on the subnet.
    pub alpha: yuma_u128,
    /// Of the stake on root.
    pub root: yuma_u128,
    /// Flag: there is something to receive; 0 for a row without stake.
    pub exists: u8,
}

/// What becomes of an amount for the root stakers of one hotkey (before 475).
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_root_dividend {
    /// The hotkey's new rate as raw I96F32, alpha per rao of TAO on root, unless `staked`.
    pub rate: yuma_i128,
    /// Flag: the amount is more than the stake on root and is staked to the hotkey's owner instead; the rate stays.
    pub staked: u8,
}

/// What a coldkey keeps locked under a hotkey on one subnet, in rao of alpha (from 475 on).
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_collateral {
    /// How much of what is locked beyond the minimum every rao earned sets free: raw U64F64.
    pub drain_ratio: yuma_u128,
    /// Locked at present.
    pub locked: u64,
    /// What must stay locked.
    pub min_locked: u64,
    /// Earned since the entry was made.
    pub earned: u64,
    /// Flag: there is such an entry; without it the other members mean nothing.
    pub exists: u8,
}

/// One row of the epoch's result.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_epoch_share {
    /// As a miner, in rao of alpha.
    pub incentive: u64,
    /// As a validator, in rao of alpha.
    pub dividend: u64,
    /// Whose.
    pub hotkey: u16,
}

/// A subnet at the moment its pending emission is drained. Start from `yuma_drained_subnet_init`.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct yuma_drained_subnet {
    /// `sizeof(yuma_drained_subnet)`.
    pub size: usize,
    /// The amounts to distribute.
    pub drained: yuma_pending,
    /// What the epoch gave to whom, `epoch_count` elements; a hotkey may have several rows.
    pub epoch: *const yuma_epoch_share,
    /// How many rows there are.
    pub epoch_count: usize,
    /// The terms for child keys, and the TAO weight.
    pub terms: yuma_childkey_terms,
    /// The subnet's owner, or `YUMA_NONE`.
    pub owner_coldkey: i64,
    /// The part of the owner's cut that a running lease gives to its contributors, in percent, or `YUMA_NONE` (from 475 on).
    pub lease_share: i32,
    /// What becomes of the incentives of the owner's hotkeys, `YUMA_WITHHELD_…`.
    pub withheld: u32,
    /// How the epoch was computed, `YUMA_MODE_…` (from 475 on).
    pub epoch_mode: u32,
    /// 0.
    pub reserved: u32,
    /// By coldkey, the hotkey to which its incentives are staked, or `YUMA_NONE`; coldkeys left out at the end chose none.
    pub auto_stake: *const i32,
    /// How many coldkeys are given.
    pub auto_stake_count: usize,
    /// By hotkey, the collateral of its present owner (from 475 on). Hotkeys left out at the end have none.
    pub collateral: *const yuma_collateral,
    /// How many hotkeys are given.
    pub collateral_count: usize,
    /// By hotkey, what waits for its basket, in rao of alpha (from 475 on); nothing for hotkeys left out at the end.
    pub basket_pending: *const u64,
    /// How many hotkeys are given.
    pub basket_pending_count: usize,
}

/// Stake under a hotkey that is raised.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_credit {
    /// Rao of alpha, never 0.
    pub amount: u64,
    /// Whose it is, unless `to_nominators`.
    pub coldkey: u32,
    /// Where the stake is.
    pub hotkey: u16,
    /// Flag: the stake of all stakers of the hotkey is raised, in proportion.
    pub to_nominators: u8,
}

/// What a distribution did to one hotkey. The caller sets `size` of each.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_hotkey_outcome {
    /// `sizeof(yuma_hotkey_outcome)`.
    pub size: usize,
    /// Flag: the epoch's result names it.
    pub has_incentive: u8,
    /// Flag: it is in the epoch's result or a parent of one that is; otherwise `payouts`, `alpha` and `root` mean nothing.
    pub has_dividends: u8,
    /// Flag: it has an `AlphaDividendsPerSubnet` afterwards.
    pub has_alpha_paid: u8,
    /// Flag: it has a `RootAlphaDividendsPerSubnet` afterwards.
    pub has_root_paid: u8,
    /// Flag: its claimable rate rises (before 475).
    pub has_root_claimable_increment: u8,
    /// Flag: somebody has a share in its stake afterwards.
    pub has_members: u8,
    /// Its incentives, in rao.
    pub incentive: u64,
    /// All payouts of its own and of its children's dividends, in rao: raw U96F32.
    pub payouts: yuma_u128,
    /// Its amount of the pending alpha, in rao: raw U96F32.
    pub alpha: yuma_u128,
    /// Its amount of root's pending alpha, in rao: raw U96F32.
    pub root: yuma_u128,
    /// What its nominators received of the pending alpha, in rao.
    pub alpha_paid: u64,
    /// What its root stakers received of root's pending alpha, in rao, staked, claimable or queued.
    pub root_paid: u64,
    /// What its claimable rate rises by, raw I96F32, alpha per rao of TAO (before 475).
    pub root_claimable_increment: yuma_i128,
    /// All stake under it afterwards, in rao of alpha.
    pub total_alpha: u64,
    /// What waits for its basket afterwards, in rao of alpha (from 475 on).
    pub basket_pending: u64,
    /// Its owner's collateral afterwards (from 475 on).
    pub collateral: yuma_collateral,
}

/// The sums of a distribution, in rao of alpha. The caller sets `size`.
///
/// The four drained amounts together are the sum of all credits, `withheld`, `claimable`, `queued`, `recycled_root` and
/// `unassigned`.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_distribution {
    /// `sizeof(yuma_distribution)`.
    pub size: usize,
    /// The rules that were followed, never `YUMA_RULES_DEFAULT`.
    pub rules: u32,
    /// 0.
    pub reserved: u32,
    /// How many credits there are.
    pub credit_count: usize,
    /// What the epoch divides: all but the owner cut.
    pub epoch_emission: u64,
    /// All incentives of the epoch's result.
    pub incentive_sum: u64,
    /// What the validators share; without incentives also the miners' part.
    pub validator_alpha: u64,
    /// What of the owner cut can be locked for the owner (from 475 on).
    pub owner_cut_kept: u64,
    /// Incentives of the owner's hotkeys, recycled or burned.
    pub withheld: u64,
    /// What left the outstanding alpha: burns between parents and children, recycled incentives, and `recycled_root`.
    pub recycled: u64,
    /// Root's pending alpha where nobody could be given a rao of it (from 475 on).
    pub recycled_root: u64,
    /// Incentives that stay outstanding in nobody's hands.
    pub burned: u64,
    /// `withheld` as a share of all incentives: raw U96F32.
    pub miner_burned: yuma_u128,
    /// What root stakers can claim from now on (before 475).
    pub claimable: yuma_u128,
    /// What was added to the queues of baskets (from 475 on).
    pub queued: yuma_u128,
    /// What reached nobody: roundings, an owner cut without an owner. Below 0 if the epoch's result gives out more than was
    /// drained.
    pub unassigned: yuma_i128,
    /// What the subnet's outstanding alpha changes by (it stops at 0): credits are outstanding already.
    pub alpha_out_supply_delta: yuma_i128,
}

growing!(yuma_hotkey, yuma_hotkey_table, yuma_drained_subnet, yuma_hotkey_outcome, yuma_distribution);

/// A hotkey without owner and uid, with the default take.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_hotkey_init(hotkey: *mut yuma_hotkey, error: *mut yuma_error) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    let default = Hotkey::default();
    let default = yuma_hotkey {
        size: size_of::<yuma_hotkey>(),
        registered_at: default.registered_at,
        owner: default.owner,
        uid: default.uid.map_or(YUMA_NONE, i32::from),
        take: default.take,
        childkey_take: default.childkey_take,
        on_root: default.on_root.into(),
        has_members: default.has_members.into(),
        reserved: [0; 2],
    };
    border.answer(error, || border.start("hotkey", hotkey, default))
}

/// A table of no hotkeys, under the newest rules.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_hotkey_table_init(table: *mut yuma_hotkey_table, error: *mut yuma_error) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    let empty = yuma_hotkey_table {
        size: size_of::<yuma_hotkey_table>(),
        rules: YUMA_RULES_DEFAULT,
        owner_hotkey: YUMA_NONE,
        count: 0,
        stakes: core::ptr::null(),
        hotkeys: core::ptr::null(),
        edge_offsets: core::ptr::null(),
        edge_offset_count: 0,
        edge_parents: core::ptr::null(),
        edge_proportions: core::ptr::null(),
        edge_count: 0,
        suspended: core::ptr::null(),
        suspended_count: 0,
    };
    border.answer(error, || border.start("table", table, empty))
}

/// A subnet of which nothing was drained, that nobody owns, with the chain's defaults.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_drained_subnet_init(
    subnet: *mut yuma_drained_subnet,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    let empty = yuma_drained_subnet {
        size: size_of::<yuma_drained_subnet>(),
        drained: yuma_pending::default(),
        epoch: core::ptr::null(),
        epoch_count: 0,
        terms: yuma_childkey_terms_default(),
        owner_coldkey: YUMA_NONE.into(),
        lease_share: YUMA_NONE,
        withheld: YUMA_WITHHELD_BURNED,
        epoch_mode: YUMA_MODE_YUMA,
        reserved: 0,
        auto_stake: core::ptr::null(),
        auto_stake_count: 0,
        collateral: core::ptr::null(),
        collateral_count: 0,
        basket_pending: core::ptr::null(),
        basket_pending_count: 0,
    };
    border.answer(error, || border.start("subnet", subnet, empty))
}

/// Mainnet's TAO weight, and no burn and no least take.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_childkey_terms_default() -> yuma_childkey_terms {
    let ChildkeyTerms { tao_weight, burn, min_take, min_take_subnet } = ChildkeyTerms::CHAIN_DEFAULT;
    yuma_childkey_terms { tao_weight, burn, min_take, min_take_subnet }
}

/// How much working memory `yuma_inherited_stake` and `yuma_split_dividend` need for a table of `hotkeys` hotkeys, in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_hotkeys_workspace_size(hotkeys: usize) -> usize {
    table_need(hotkeys).bytes()
}

/// What counts as a hotkey's stake on the subnet: its own, less what it gives to children, and what parents give. On the root
/// network itself alpha is not inherited.
///
/// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `UNKNOWN_RULES`; `FLAG` of `suspended`; `OFFSETS`, `LENGTH` or `RANGE` of `edges`;
/// `RANGE` of `hotkey`, `owner_hotkey` or `hotkeys` (more than 65536); `TOO_SMALL` of `workspace`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_inherited_stake(
    stake: *mut yuma_stake,
    table: *const yuma_hotkey_table,
    hotkey: u16,
    workspace: *mut c_void,
    workspace_size: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let stake = border.output("stake", stake)?;
        let table = border.grown("table", table)?;
        let mut memory = border.workspace(workspace, workspace_size, table_need(table.count).0)?;
        let (_, stakes, edges) = table.stakes_and_edges(&border, &mut memory)?;
        *stake = distribution::inherited_stake(stakes, &edges, hotkey)?.into();
        Ok(())
    })
}

/// The weight of an inherited stake; `tao_weight` is a proportion of 2^64 - 1.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_stake_weight(inherited: yuma_stake, tao_weight: u64) -> yuma_weighed_stake {
    distribution::stake_weight(inherited.into(), tao_weight).into()
}

/// How much working memory `yuma_stake_weights` needs for a table of `hotkeys` hotkeys and `uid_count` uids, in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_stake_weights_workspace_size(hotkeys: usize, uid_count: usize) -> usize {
    stake_weights_need(hotkeys, uid_count).bytes()
}

/// The stake weight of every uid: `uids` gives the hotkey of each, or `YUMA_NONE`; `weights` receives as many, 0 for a uid
/// without a hotkey. `tao_weight` is a proportion of 2^64 - 1. Not for the root network.
///
/// Errors: as `yuma_inherited_stake`; `RANGE` of `uids` for a hotkey that does not exist.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_stake_weights(
    weights: *mut yuma_weighed_stake,
    table: *const yuma_hotkey_table,
    tao_weight: u64,
    uids: *const i32,
    uid_count: usize,
    workspace: *mut c_void,
    workspace_size: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let to_weights = border.out_slice("weights", weights, uid_count)?;
        let table = border.grown("table", table)?;
        let uids = border.slice("uids", uids, uid_count)?;
        let need = stake_weights_need(table.count, uid_count);
        let mut memory = border.workspace(workspace, workspace_size, need.0)?;
        let (_, stakes, edges) = table.stakes_and_edges(&border, &mut memory)?;
        let uids = memory.collect(uids.iter().enumerate().map(|(uid, &hotkey)| maybe_u16("uids", uid, hotkey)))?;
        let weights = memory.fill(uid_count, StakeWeight::default())?;
        distribution::stake_weights(stakes, &edges, tao_weight, uids, weights)?;
        for (to, &mut weight) in to_weights.iter_mut().zip(weights) {
            *to = weight.into();
        }
        Ok(())
    })
}

/// The childkey take in force: the hotkey's own, but at least both minima; all of 65535.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_effective_childkey_take(childkey_take: u16, min_take: u16, min_take_subnet: u16) -> u16 {
    distribution::effective_childkey_take(childkey_take, min_take, min_take_subnet)
}

/// Splits the `dividend` (rao of alpha) of a validator by what its parents and it contribute to its stake. `payouts` receives
/// one for every parent in stored order and last the validator's own, with zero amounts too. What the roundings leave over
/// is paid to nobody.
///
/// Errors: as `yuma_inherited_stake`, with `RANGE` of `validator`; `FLAG` or `RANGE` in `hotkeys`; `TOO_SMALL` of `payouts`
/// with less room than `split->payout_count`, which is written then too.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_split_dividend(
    split: *mut yuma_dividend_split,
    payouts: *mut yuma_payout,
    payout_capacity: usize,
    table: *const yuma_hotkey_table,
    terms: *const yuma_childkey_terms,
    validator: u16,
    dividend: u64,
    workspace: *mut c_void,
    workspace_size: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let split = border.output("split", split)?;
        let mut next = border.out_slice("payouts", payouts, payout_capacity)?.iter_mut();
        let table = border.grown("table", table)?;
        let terms = border.input("terms", terms)?.to_core();
        let mut memory = border.workspace(workspace, workspace_size, table_need(table.count).0)?;
        let (_, network) = table.network(&border, &mut memory)?;
        let mut count: usize = 0;
        let done = distribution::split_dividend(&terms, &network, validator, dividend, |payout| {
            count = count.saturating_add(1);
            if let Some(to) = next.next() {
                let distribution::Payout { hotkey, amount, recycled } = payout;
                *to = yuma_payout { amount, recycled, hotkey };
            }
        })?;
        *split = yuma_dividend_split {
            self_contribution: done.self_contribution,
            payout_count: count,
            effective_take: done.effective_take,
        };
        enough("payouts", payout_capacity, count)
    })
}

/// How much working memory `yuma_dividend_distribution` needs for `count` rows, in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_dividend_distribution_workspace_size(count: usize) -> usize {
    dividends_need(count).bytes()
}

/// Shares the pending amounts (rao of alpha) by dividends and stakes: `count` `rows` in, as many `amounts` out. `tao_weight` is
/// a proportion of 2^64 - 1. An amount that no part relates to is left to nobody.
///
/// Errors: `NULL`, `ALIGNMENT`; `UNKNOWN_RULES`; `FLAG` with the row; `TOO_SMALL` of `workspace`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_dividend_distribution(
    amounts: *mut yuma_dividend_parts,
    rows: *const yuma_dividend_row,
    count: usize,
    rules: u32,
    pending_alpha: u64,
    pending_root: u64,
    tao_weight: u64,
    workspace: *mut c_void,
    workspace_size: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let to_amounts = border.out_slice("amounts", amounts, count)?;
        let rows = border.slice("rows", rows, count)?;
        let rules = crate::rules::rules(rules)?;
        let mut memory = border.workspace(workspace, workspace_size, dividends_need(count).0)?;
        let rows = memory.collect(rows.iter().enumerate().map(|(index, row)| row.to_core(index)))?;
        let amounts = memory.fill(count, None::<DividendParts>)?;
        let pending = PendingDividends { alpha: pending_alpha, root: pending_root };
        distribution::dividend_distribution(rules, pending, tao_weight, rows, amounts)?;
        for (to, amount) in to_amounts.iter_mut().zip(amounts) {
            if let Some(DividendParts { alpha, root }) = *amount {
                *to = yuma_dividend_parts { alpha: alpha.into(), root: root.into(), exists: 1 };
            }
        }
        Ok(())
    })
}

/// Raises a hotkey's claimable rate by `amount` rao of alpha over `root_stake` rao of TAO (before 475). The flag `has_rate`
/// says whether a `rate` (raw I96F32, alpha per rao of TAO) was ever set.
///
/// Errors: `NULL`, `ALIGNMENT`; `FLAG` of `has_rate`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_root_claimable_update(
    update: *mut yuma_root_dividend,
    root_stake: u64,
    amount: u64,
    has_rate: u8,
    rate: yuma_i128,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let update = border.output("update", update)?;
        let rate = present("has_rate", 0, has_rate, I96F32::from(rate))?;
        *update = match distribution::root_claimable_update(root_stake, amount, rate) {
            RootDividend::Claimable(rate) => yuma_root_dividend { rate: rate.into(), staked: 0 },
            RootDividend::Staked => {
                yuma_root_dividend { rate: rate.map(yuma_i128::from).unwrap_or_default(), staked: 1 }
            }
        };
        Ok(())
    })
}

/// Enters earnings (rao of alpha) in a collateral `entry` and says how much of the `capturable` part of them is locked, to fill
/// up the minimum: `captured`. With the minimum full, earnings set free what is locked beyond it instead; an entry without
/// anything locked is removed then (from 475 on).
///
/// Errors: `NULL`, `ALIGNMENT`; `FLAG` of `exists`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_settle(
    captured: *mut u64,
    entry: *mut yuma_collateral,
    earned: u64,
    capturable: u64,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let captured = border.output("captured", captured)?;
        let to = border.in_out("entry", entry)?;
        let mut entry = to.to_core(0)?;
        *captured = distribution::settle(&mut entry, earned, capturable);
        *to = yuma_collateral::new(entry);
        Ok(())
    })
}

/// What an epoch divides of what was drained, in rao: all but the owner cut, saturating (spec distribution.md 7.1). From a
/// coinbase's `drained` to the `rao_emission` of `yuma_epoch`.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_epoch_emission(drained: yuma_pending) -> u64 {
    drained.to_drained().epoch_emission()
}

/// The most credits that `yuma_distribute` can make for a table of `hotkeys` hotkeys.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_max_credits(hotkeys: usize) -> usize {
    distribution::max_credits(hotkeys)
}

/// How much working memory `yuma_distribute` and `yuma_owner_hotkeys` need, in bytes. Of `table` and `subnet` it reads the
/// counts.
///
/// Errors: `NULL`, `ALIGNMENT`, `SIZE`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_distribute_workspace_size(
    size: *mut usize,
    table: *const yuma_hotkey_table,
    subnet: *const yuma_drained_subnet,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let size = border.output("size", size)?;
        *size = distribute_need(border.grown("table", table)?, border.grown("subnet", subnet)?).bytes();
        Ok(())
    })
}

/// Distributes what was drained from a subnet. `outcomes` has one element per hotkey of the table; `credits` receives the
/// credits in the order in which they happen, at most `yuma_max_credits`. NULL with a capacity of 0: not wanted, only counted.
///
/// Errors: as `yuma_inherited_stake`; `FLAG` or `RANGE` in `hotkeys`; `RANGE` of `epoch` or `auto_stake` with the row, of
/// `lease_share`, `withheld`, `epoch_mode`, `owner_coldkey`; `FLAG` of `collateral`; `TOO_SMALL` of `credits` for a capacity
/// above 0 and below what there are (all the rest is written then, `credit_count` too).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_distribute(
    sums: *mut yuma_distribution,
    outcomes: *mut yuma_hotkey_outcome,
    credits: *mut yuma_credit,
    credit_capacity: usize,
    table: *const yuma_hotkey_table,
    subnet: *const yuma_drained_subnet,
    workspace: *mut c_void,
    workspace_size: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let to_sums = border.grown_mut("sums", sums)?;
        let table = border.grown("table", table)?;
        let to_outcomes = border.grown_slice_mut("outcomes", outcomes, table.count)?;
        let mut next = border.out_slice("credits", credits, credit_capacity)?.iter_mut();
        let given = border.grown("subnet", subnet)?;
        let mut memory = border.workspace(workspace, workspace_size, distribute_need(table, given).0)?;
        let subnet = given.read(&border, table, &mut memory)?;
        let outcomes = memory.fill(table.count, HotkeyOutcome::default())?;
        let mut count: usize = 0;
        let sums = distribution::distribute(&subnet, outcomes, |credit| {
            count = count.saturating_add(1);
            if let Some(to) = next.next() {
                *to = credit.into();
            }
        })?;
        for (to, outcome) in to_outcomes.iter_mut().zip(outcomes) {
            *to = yuma_hotkey_outcome::new(outcome);
        }
        *to_sums = yuma_distribution {
            size: to_sums.size,
            rules: subnet.rules.spec_version(),
            reserved: 0,
            credit_count: count,
            epoch_emission: sums.epoch_emission,
            incentive_sum: sums.incentive_sum,
            validator_alpha: sums.validator_alpha,
            owner_cut_kept: sums.owner_cut_kept,
            withheld: sums.withheld,
            recycled: sums.recycled,
            recycled_root: sums.recycled_root,
            burned: sums.burned,
            miner_burned: sums.miner_burned.into(),
            claimable: yuma_u128::new(sums.claimable),
            queued: yuma_u128::new(sums.queued),
            unassigned: yuma_i128::new(sums.unassigned),
            alpha_out_supply_delta: yuma_i128::new(sums.alpha_out_supply_delta()),
        };
        if credit_capacity == 0 { Ok(()) } else { enough("credits", credit_capacity, count) }
    })
}

/// The hotkeys whose incentives are withheld: the subnet owner's with a uid, latest registration first, and in front of them
/// the owner hotkey, if it has a uid but another owner. From 475 on the order has no meaning. `count` receives how many they
/// are; `hotkeys` never needs more room than the table has hotkeys.
///
/// Errors: as `yuma_distribute`; `TOO_SMALL` of `hotkeys` with less room than `count`, which is written then too.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_owner_hotkeys(
    count: *mut usize,
    hotkeys: *mut u16,
    capacity: usize,
    table: *const yuma_hotkey_table,
    subnet: *const yuma_drained_subnet,
    workspace: *mut c_void,
    workspace_size: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let count = border.output("count", count)?;
        let mut next = border.out_slice("hotkeys", hotkeys, capacity)?.iter_mut();
        let table = border.grown("table", table)?;
        let given = border.grown("subnet", subnet)?;
        let mut memory = border.workspace(workspace, workspace_size, distribute_need(table, given).0)?;
        let subnet = given.read(&border, table, &mut memory)?;
        for hotkey in distribution::owner_hotkeys(&subnet) {
            *count = count.saturating_add(1);
            if let Some(to) = next.next() {
                *to = hotkey;
            }
        }
        enough("hotkeys", capacity, *count)
    })
}

impl yuma_hotkey_table {
    fn stakes_and_edges<'b>(
        &self,
        border: &'b Border,
        memory: &mut Workspace<'b>,
    ) -> Result<(Rules, &'b [Stake], Edges<'b>), Refusal> {
        let rules = crate::rules::rules(self.rules)?;
        let stakes = border.slice("stakes", self.stakes, self.count)?;
        let offsets = border.slice("edge_offsets", self.edge_offsets, self.edge_offset_count)?;
        let parents = border.slice("edge_parents", self.edge_parents, self.edge_count)?;
        let proportions = border.slice("edge_proportions", self.edge_proportions, self.edge_count)?;
        let rows = if offsets.is_empty() && parents.is_empty() {
            Rows::EMPTY
        } else {
            Rows::new("edges", offsets, parents, proportions)?
        };
        let suspended = Suspended {
            flags: border.flags("suspended", self.suspended, self.suspended_count)?,
            owner_hotkey: maybe_u16("owner_hotkey", 0, self.owner_hotkey)?,
        };
        let stakes = memory.collect(stakes.iter().map(|&stake| Ok(Stake::from(stake))))?;
        let kept = memory.fill(self.count, U96F32::ZERO)?;
        Ok((rules, stakes, Edges::visible(rules, rows, suspended, kept)?))
    }

    fn network<'b>(&self, border: &'b Border, memory: &mut Workspace<'b>) -> Result<(Rules, Network<'b>), Refusal> {
        let (rules, stakes, edges) = self.stakes_and_edges(border, memory)?;
        let hotkeys = border.grown_slice("hotkeys", self.hotkeys, self.count)?;
        let hotkeys = memory.collect(hotkeys.iter().enumerate().map(|(index, hotkey)| hotkey.to_core(index)))?;
        Ok((rules, Network { stakes, hotkeys, edges }))
    }
}

impl yuma_hotkey {
    fn to_core(self, index: usize) -> Result<Hotkey, Refusal> {
        Ok(Hotkey {
            owner: self.owner,
            take: self.take,
            childkey_take: self.childkey_take,
            uid: maybe_u16("uid", index, self.uid)?,
            registered_at: self.registered_at,
            on_root: flag("on_root", index, self.on_root)?,
            has_members: flag("has_members", index, self.has_members)?,
        })
    }
}

impl yuma_childkey_terms {
    const fn to_core(self) -> ChildkeyTerms {
        let Self { tao_weight, burn, min_take, min_take_subnet } = self;
        ChildkeyTerms { tao_weight, burn, min_take, min_take_subnet }
    }
}

impl yuma_dividend_row {
    fn to_core(self, index: usize) -> Result<DividendRow, Refusal> {
        Ok(DividendRow {
            dividend: self.dividend.into(),
            stake: present("has_stake", index, self.has_stake, self.stake.into())?,
            on_root: flag("on_root", index, self.on_root)?,
        })
    }
}

impl yuma_collateral {
    fn to_core(self, index: usize) -> Result<Option<Collateral>, Refusal> {
        let Self { drain_ratio, locked, min_locked, earned, exists } = self;
        let entry = Collateral { locked, min_locked, earned, drain_ratio: drain_ratio.into() };
        present("exists", index, exists, entry)
    }

    fn new(entry: Option<Collateral>) -> Self {
        entry.map_or_else(Self::default, |entry| Self {
            drain_ratio: entry.drain_ratio.into(),
            locked: entry.locked,
            min_locked: entry.min_locked,
            earned: entry.earned,
            exists: 1,
        })
    }
}

impl yuma_drained_subnet {
    fn read<'b>(
        &self,
        border: &'b Border,
        table: &yuma_hotkey_table,
        memory: &mut Workspace<'b>,
    ) -> Result<DrainedSubnet<'b>, Refusal> {
        let (rules, network) = table.network(border, memory)?;
        let epoch = border.slice("epoch", self.epoch, self.epoch_count)?;
        let auto_stake = border.slice("auto_stake", self.auto_stake, self.auto_stake_count)?;
        let collateral = border.slice("collateral", self.collateral, self.collateral_count)?;
        Ok(DrainedSubnet {
            drained: self.drained.to_drained(),
            epoch: memory.collect(epoch.iter().map(|row| {
                let &yuma_epoch_share { incentive, dividend, hotkey } = row;
                Ok(EpochShare { hotkey, incentive, dividend })
            }))?,
            epoch_mode: epoch_mode("epoch_mode", 0, self.epoch_mode)?,
            terms: self.terms.to_core(),
            owner_coldkey: maybe::<Coldkey>("owner_coldkey", 0, self.owner_coldkey, Coldkey::MAX.into())?,
            owner_hotkey: maybe_u16("owner_hotkey", 0, table.owner_hotkey)?,
            lease_share: maybe("lease_share", 0, self.lease_share, 100)?,
            recycle_or_burn: match self.withheld {
                YUMA_WITHHELD_BURNED => RecycleOrBurn::Burn,
                YUMA_WITHHELD_RECYCLED => RecycleOrBurn::Recycle,
                _ => return Err(Refusal::range("withheld", 0, YUMA_WITHHELD_RECYCLED.into())),
            },
            auto_stake: memory.collect(
                auto_stake.iter().enumerate().map(|(coldkey, &hotkey)| maybe_u16("auto_stake", coldkey, hotkey)),
            )?,
            collateral: memory.collect(collateral.iter().enumerate().map(|(hotkey, entry)| entry.to_core(hotkey)))?,
            basket_pending: border.slice("basket_pending", self.basket_pending, self.basket_pending_count)?,
            ..DrainedSubnet::new(rules, network)
        })
    }
}

impl yuma_hotkey_outcome {
    fn new(outcome: &HotkeyOutcome) -> Self {
        let dividends = outcome.dividends.unwrap_or_default();
        Self {
            size: size_of::<Self>(),
            has_incentive: outcome.incentive.is_some().into(),
            has_dividends: outcome.dividends.is_some().into(),
            has_alpha_paid: dividends.alpha_paid.is_some().into(),
            has_root_paid: dividends.root_paid.is_some().into(),
            has_root_claimable_increment: dividends.root_claimable_increment.is_some().into(),
            has_members: outcome.has_members.into(),
            incentive: outcome.incentive.unwrap_or(0),
            payouts: dividends.payouts.into(),
            alpha: dividends.amounts.alpha.into(),
            root: dividends.amounts.root.into(),
            alpha_paid: dividends.alpha_paid.unwrap_or(0),
            root_paid: dividends.root_paid.unwrap_or(0),
            root_claimable_increment: dividends.root_claimable_increment.unwrap_or_default().into(),
            total_alpha: outcome.total_alpha,
            basket_pending: outcome.basket_pending,
            collateral: yuma_collateral::new(outcome.collateral),
        }
    }
}

impl From<yuma_stake> for Stake {
    fn from(yuma_stake { alpha, root }: yuma_stake) -> Self {
        Self { alpha, root }
    }
}

impl From<Stake> for yuma_stake {
    fn from(Stake { alpha, root }: Stake) -> Self {
        Self { alpha, root }
    }
}

impl From<StakeWeight> for yuma_weighed_stake {
    fn from(StakeWeight { alpha, tao, total }: StakeWeight) -> Self {
        Self { alpha: alpha.into(), tao: tao.into(), total: total.into() }
    }
}

impl From<Credit> for yuma_credit {
    fn from(Credit { hotkey, receiver, amount }: Credit) -> Self {
        match receiver {
            Receiver::Coldkey(coldkey) => Self { amount, coldkey, hotkey, to_nominators: 0 },
            Receiver::Nominators => Self { amount, coldkey: YUMA_ZERO_ACCOUNT, hotkey, to_nominators: 1 },
        }
    }
}

impl yuma_pending {
    pub(crate) const fn to_drained(self) -> Drained {
        let Self { server, validator, root, owner_cut } = self;
        Drained { server, validator, root, owner_cut }
    }
}

fn enough(field: &'static str, capacity: usize, needed: usize) -> Result<(), Refusal> {
    if capacity < needed { Err(Refusal::new(yuma_status::TooSmall, field, capacity, needed)) } else { Ok(()) }
}

fn table_need(hotkeys: usize) -> Need {
    Need::NOTHING.and::<Stake>(hotkeys).and::<U96F32>(hotkeys).and::<Hotkey>(hotkeys)
}

fn stake_weights_need(hotkeys: usize, uids: usize) -> Need {
    table_need(hotkeys).and::<Option<u16>>(uids).and::<StakeWeight>(uids)
}

fn dividends_need(rows: usize) -> Need {
    Need::NOTHING.and::<DividendRow>(rows).and::<Option<DividendParts>>(rows)
}

fn distribute_need(table: &yuma_hotkey_table, subnet: &yuma_drained_subnet) -> Need {
    table_need(table.count)
        .and::<EpochShare>(subnet.epoch_count)
        .and::<Option<u16>>(subnet.auto_stake_count)
        .and::<Option<Collateral>>(subnet.collateral_count)
        .and::<HotkeyOutcome>(table.count)
}

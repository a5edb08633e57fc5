//! When a subnet's epoch runs, block by block (spec `schedule.md`).
//!
//! All blocks and counters are `u64`; nothing here fails. The chain visits the subnets in the order of
//! [`visiting_key`]; the functions take them in the order given, without root (netuid 0), which has no epochs.

use crate::error::{Error, check_length};
use crate::rules::Rules;

/// The longest tempo an owner may set, in blocks; before 475 also the limit of the safety net (§1).
pub const MAX_TEMPO: u16 = 50_400;
/// The shortest tempo an owner may set, in blocks (§1).
pub const MIN_TEMPO: u16 = 360;

/// How a subnet's epochs are computed (§2; from 475 on, before that always as Yuma).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EpochMode {
    /// By Yuma consensus (`epoch.md` §3).
    #[default]
    Yuma,
    /// Without consensus (`epoch.md` §7). At most one epoch runs in a block in which such a subnet is due.
    Null,
}

/// Where one subnet stands in its rhythm of epochs (§2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScheduleState {
    /// Blocks from one epoch to the next; 0 = no epochs.
    pub tempo: u16,
    /// The block of the last consumed slot, whether its epoch ran or was skipped.
    pub last_epoch_block: u64,
    /// The block for which an epoch was triggered, or to which one was deferred; 0 = none.
    pub pending_epoch_at: u64,
    /// Blocks since the last epoch that ran.
    pub blocks_since_last_step: u64,
    /// The block of the last epoch that ran. The epoch reads it, so it moves only when the epoch is done:
    /// [`finish_epoch`].
    pub last_mechanism_step_block: u64,
    /// Consumed slots so far.
    pub epoch_index: u64,
    /// How its epochs are computed (from 475 on).
    pub epoch_mode: EpochMode,
    /// The block of the last epoch in Yuma mode (from 475 on); none and 0 differ.
    pub last_yuma_step_block: Option<u64>,
    /// Whether no hotkey holds two uids of the subnet: a fact from outside, for the block at hand (§4).
    pub consistent: bool,
}

impl ScheduleState {
    /// A consistent subnet with the default tempo, before its first epoch.
    pub const CHAIN_DEFAULT: Self = Self {
        tempo: 360,
        last_epoch_block: 0,
        pending_epoch_at: 0,
        blocks_since_last_step: 0,
        last_mechanism_step_block: 0,
        epoch_index: 0,
        epoch_mode: EpochMode::Yuma,
        last_yuma_step_block: None,
        consistent: true,
    };
}

/// The epoch of a time-locked commit, and how many epochs later it is revealed (§3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commit {
    /// [`epoch_with_lookahead`] when the commit was made.
    pub epoch: u64,
    /// Epochs from commit to reveal.
    pub reveal_period: u64,
}

impl Commit {
    fn due_epoch(self) -> u64 {
        self.epoch.saturating_add(self.reveal_period)
    }
}

/// What a block did with a subnet's epoch (§4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Slot {
    /// No epoch was due.
    #[default]
    NotDue,
    /// The epoch runs in this block.
    Ran,
    /// The block's epochs were used up: due again in the next block.
    Deferred,
    /// The subnet was inconsistent: the slot is consumed without an epoch.
    Skipped,
}

/// A block's verdict on one subnet (§4.1, §4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Verdict {
    /// What became of its epoch.
    pub slot: Slot,
    /// Whether its time-locked commits are not revealed in this block, though an epoch is due.
    pub reveal_deferred: bool,
}

/// The key by which the chain orders subnets: the bytes of the netuid, low byte first (§4).
///
/// ```
/// let mut netuids = [1, 2, 256, 257];
/// netuids.sort_by_key(|&netuid| yuma_core::schedule::visiting_key(netuid));
/// assert_eq!(netuids, [256, 1, 257, 2]);
/// ```
pub const fn visiting_key(netuid: u16) -> u16 {
    netuid.swap_bytes()
}

/// Whether an epoch is due at `block` (§3).
///
/// ```
/// use yuma_core::{Rules, schedule::{ScheduleState, should_run_epoch}};
/// let subnet = ScheduleState { tempo: 360, last_epoch_block: 1000, ..ScheduleState::CHAIN_DEFAULT };
/// assert!(!should_run_epoch(Rules::NEWEST, &subnet, 1359));
/// assert!(should_run_epoch(Rules::NEWEST, &subnet, 1360));
///
/// let waiting = ScheduleState { blocks_since_last_step: 361, ..subnet };
/// assert!(!should_run_epoch(Rules::SUBTENSOR_425, &waiting, 1001));
/// assert!(should_run_epoch(Rules::SUBTENSOR_475, &waiting, 1001)); // longer than a tempo without an epoch
/// ```
pub fn should_run_epoch(rules: Rules, subnet: &ScheduleState, block: u64) -> bool {
    let triggered = subnet.pending_epoch_at > 0 && block >= subnet.pending_epoch_at;
    let period_over = block.saturating_sub(subnet.last_epoch_block) >= u64::from(subnet.tempo);
    subnet.tempo > 0 && (triggered || (rules.schedule().overdue)(subnet) || period_over)
}

/// The safety net: longer without an epoch that ran than any tempo can be (§3, rule 3).
pub(crate) fn overdue_beyond_longest_tempo(subnet: &ScheduleState) -> bool {
    subnet.blocks_since_last_step > u64::from(MAX_TEMPO)
}

/// The safety net: longer without an epoch that ran than the subnet's tempo (§3, rule 3, from 475 on).
pub(crate) fn overdue_beyond_tempo(subnet: &ScheduleState) -> bool {
    subnet.blocks_since_last_step > u64::from(subnet.tempo)
}

/// The block at which the rhythm or a trigger brings the next epoch; `None` for tempo 0. It may lie in the past, for it
/// ignores the present block, the cap and the safety net (§3).
pub fn next_epoch_start_block(subnet: &ScheduleState) -> Option<u64> {
    let auto = next_auto_epoch(subnet)?;
    Some(if subnet.pending_epoch_at > 0 { auto.min(subnet.pending_epoch_at) } else { auto })
}

/// Blocks until the rhythm brings the next epoch, whatever is triggered; 2^64 − 1 for tempo 0 (§3).
pub fn blocks_until_next_auto_epoch(subnet: &ScheduleState, block: u64) -> u64 {
    next_auto_epoch(subnet).map_or(u64::MAX, |auto| auto.saturating_sub(block))
}

fn next_auto_epoch(subnet: &ScheduleState) -> Option<u64> {
    (subnet.tempo > 0).then(|| subnet.last_epoch_block.saturating_add(subnet.tempo.into()))
}

/// Whether the owner's parameters are frozen at `block` because an epoch is near: less than `window` blocks away, or
/// triggered (§3).
pub fn in_admin_freeze_window(subnet: &ScheduleState, block: u64, window: u16) -> bool {
    let trigger_ahead = subnet.pending_epoch_at > block;
    let epoch_near = blocks_until_next_auto_epoch(subnet, block) < u64::from(window);
    subnet.tempo > 0 && (trigger_ahead || epoch_near)
}

/// Blocks after which a neuron that set no weights counts as inactive: the factor, in thousandths of a tempo, times
/// the tempo, at least 1 (§3).
///
/// ```
/// assert_eq!(yuma_core::schedule::activity_cutoff_blocks(360, 13_889), 5000);
/// ```
pub fn activity_cutoff_blocks(tempo: u16, factor_milli: u32) -> u64 {
    (u64::from(factor_milli).saturating_mul(tempo.into()) / 1000).max(1)
}

/// The epoch a commit made at `block` belongs to: the consumed slots, and one more where an epoch is due (§3).
pub fn epoch_with_lookahead(rules: Rules, subnet: &ScheduleState, block: u64) -> u64 {
    subnet.epoch_index.saturating_add(should_run_epoch(rules, subnet, block).into())
}

/// Whether a commit is revealed at `block` (§3).
pub fn reveal_now(rules: Rules, subnet: &ScheduleState, block: u64, commit: Commit) -> bool {
    epoch_with_lookahead(rules, subnet, block) == commit.due_epoch()
}

/// Whether a commit can no longer be revealed at `block` (§3).
pub fn commit_expired(rules: Rules, subnet: &ScheduleState, block: u64, commit: Commit) -> bool {
    epoch_with_lookahead(rules, subnet, block) > commit.due_epoch()
}

/// The reveal check and the main pass of one block over all subnets but root, in visiting order (§4.1, §4.2).
///
/// For every subnet whose epoch ran, compute it, then call [`finish_epoch`].
///
/// # Errors
/// [`ErrorCode::Length`](crate::ErrorCode::Length) unless there is one verdict for each subnet.
///
/// ```
/// use yuma_core::{Rules, schedule::{ScheduleState, Slot, Verdict, schedule_block}};
/// let mut subnets = [ScheduleState::CHAIN_DEFAULT; 3];
/// let mut verdicts = [Verdict::default(); 3];
/// // Two epochs per block: the third waits for block 361.
/// schedule_block(Rules::NEWEST, 360, 2, &mut subnets, &mut verdicts)?;
/// assert_eq!(verdicts.map(|verdict| verdict.slot), [Slot::Ran, Slot::Ran, Slot::Deferred]);
/// assert_eq!(subnets.map(|subnet| subnet.pending_epoch_at), [0, 0, 361]);
/// # Ok::<(), yuma_core::Error>(())
/// ```
pub fn schedule_block(
    rules: Rules,
    block: u64,
    max_epochs_per_block: u8,
    subnets: &mut [ScheduleState],
    verdicts: &mut [Verdict],
) -> Result<(), Error> {
    check_length("verdicts", verdicts, subnets.len())?;
    let mut pass = SchedulePass::new(rules, block, max_epochs_per_block, &*subnets);
    for (subnet, verdict) in subnets.iter_mut().zip(verdicts) {
        *verdict = pass.visit(subnet);
    }
    Ok(())
}

/// One block on its way through the subnets: how many epochs it has given out.
///
/// The chain makes two passes, first the reveal check, then the main pass. Each touches one subnet at a time and shares
/// nothing with the other, so one visit can do both.
#[derive(Debug, Clone)]
pub struct SchedulePass {
    rules: Rules,
    block: u64,
    cap: u64,
    reveals: u64,
    epochs: u64,
}

impl SchedulePass {
    /// A block in which at most `max_epochs_per_block` epochs run; fewer where the rules say so for these `subnets`, all
    /// that will be visited, as the block finds them (§3).
    pub fn new<'a>(
        rules: Rules,
        block: u64,
        max_epochs_per_block: u8,
        subnets: impl IntoIterator<Item = &'a ScheduleState>,
    ) -> Self {
        let mut null = subnets.into_iter().filter(|subnet| subnet.epoch_mode == EpochMode::Null);
        let null_due = null.any(|subnet| should_run_epoch(rules, subnet, block));
        let cap = (rules.schedule().epochs_in_block)(max_epochs_per_block, null_due).into();
        Self { rules, block, cap, reveals: 0, epochs: 0 }
    }

    /// Visits the next subnet.
    pub fn visit(&mut self, subnet: &mut ScheduleState) -> Verdict {
        let reveal_deferred = self.check_reveal(subnet);
        (self.rules.schedule().count_block)(subnet);
        Verdict { slot: self.assign_slot(subnet), reveal_deferred }
    }

    /// §4.1, on the subnet as the block found it.
    fn check_reveal(&mut self, subnet: &ScheduleState) -> bool {
        let due = should_run_epoch(self.rules, subnet, self.block);
        let deferred = due && self.reveals >= self.cap;
        if due && !deferred && subnet.consistent {
            self.reveals = self.reveals.saturating_add(1);
        }
        deferred
    }

    /// §4.2.2 to §4.2.5.
    fn assign_slot(&mut self, subnet: &mut ScheduleState) -> Slot {
        if !should_run_epoch(self.rules, subnet, self.block) {
            return Slot::NotDue;
        }
        if self.epochs >= self.cap {
            subnet.pending_epoch_at = self.block.saturating_add(1);
            return Slot::Deferred;
        }
        subnet.last_epoch_block = self.block;
        subnet.pending_epoch_at = 0;
        subnet.epoch_index = subnet.epoch_index.saturating_add(1);
        if !subnet.consistent {
            return Slot::Skipped;
        }
        subnet.blocks_since_last_step = 0;
        self.epochs = self.epochs.saturating_add(1);
        Slot::Ran
    }
}

/// The cap of the block: the limit, whatever is due (§3).
pub(crate) fn as_many_epochs_as_allowed(max_epochs_per_block: u8, _null_due: bool) -> u8 {
    max_epochs_per_block
}

/// The cap of the block: one epoch where a subnet in Null mode is due (§3, from 475 on).
pub(crate) fn one_epoch_where_null_is_due(max_epochs_per_block: u8, null_due: bool) -> u8 {
    if null_due { max_epochs_per_block.min(1) } else { max_epochs_per_block }
}

/// One more block without an epoch (§4.2.1).
pub(crate) fn count_every_block(subnet: &mut ScheduleState) {
    subnet.blocks_since_last_step = subnet.blocks_since_last_step.saturating_add(1);
}

/// One more block without an epoch, counted until the subnet is overdue (§4.2.1, from 475 on).
pub(crate) fn count_until_overdue(subnet: &mut ScheduleState) {
    count_every_block(subnet);
    let overdue = u64::from(subnet.tempo).saturating_add(1);
    subnet.blocks_since_last_step = subnet.blocks_since_last_step.min(overdue);
}

/// After an epoch that ran in `block` has been computed, with all mechanisms: the next one will see this block as its
/// predecessor's (§4.3).
pub fn finish_epoch(rules: Rules, subnet: &mut ScheduleState, block: u64) {
    (rules.schedule().finish_epoch)(subnet, block);
}

/// Keeps the block of the epoch (§4.3).
pub(crate) fn keep_step_block(subnet: &mut ScheduleState, block: u64) {
    subnet.last_mechanism_step_block = block;
}

/// Keeps the block of the epoch, and that of an epoch in Yuma mode once more, except block 0 (§4.3, from 475 on).
pub(crate) fn keep_step_and_yuma_step_block(subnet: &mut ScheduleState, block: u64) {
    keep_step_block(subnet, block);
    if block > 0 && subnet.epoch_mode == EpochMode::Yuma {
        subnet.last_yuma_step_block = Some(block);
    }
}

/// The call that triggers an epoch at block `at`, replacing a trigger that was there; seen from the next block on (§4.4).
pub fn trigger_epoch(subnet: &mut ScheduleState, at: u64) {
    subnet.pending_epoch_at = at;
}

/// The call in `block` that sets the tempo. The rhythm starts anew; a pending trigger stays (§4.4).
pub fn change_tempo(subnet: &mut ScheduleState, block: u64, tempo: u16) {
    subnet.tempo = tempo;
    subnet.last_epoch_block = block;
}

/// The call that sets the epoch mode. Leaving Yuma, a subnet keeps the block of its last epoch as that of the last one in
/// Yuma mode, 0 if it never had one, unless such a block is known (§4.4, from 475 on).
///
/// ```
/// use yuma_core::schedule::{EpochMode, ScheduleState, change_mode};
/// let mut subnet = ScheduleState { last_mechanism_step_block: 720, ..ScheduleState::CHAIN_DEFAULT };
/// change_mode(&mut subnet, EpochMode::Null);
/// assert_eq!((subnet.epoch_mode, subnet.last_yuma_step_block), (EpochMode::Null, Some(720)));
/// ```
pub fn change_mode(subnet: &mut ScheduleState, mode: EpochMode) {
    if subnet.epoch_mode == EpochMode::Yuma && mode == EpochMode::Null {
        subnet.last_yuma_step_block.get_or_insert(subnet.last_mechanism_step_block);
    }
    subnet.epoch_mode = mode;
}

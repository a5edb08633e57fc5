//! Yuma consensus: one epoch of a subnet (spec `epoch.md`).

use core::ffi::c_void;

use yuma_core::epoch::{self, ConsensusMode, NullBudgets, Outcome, Workspace};
use yuma_core::fixed::{I32F32, I64F64};
use yuma_core::{Params, Rows, Subnet};

use crate::border::{self, Border, Need, growing};
use crate::numbers::{flag, maybe_u16, present, yuma_i128, yuma_u128};
use crate::rules::{YUMA_NONE, YUMA_RULES_DEFAULT, rules};
use crate::status::{Refusal, yuma_error, yuma_status};

/// Liquid alpha measures against this epoch's consensus.
pub const YUMA_CONSENSUS_CURRENT: u32 = 0;
/// Liquid alpha measures against the consensus of the epoch before, where there is one.
pub const YUMA_CONSENSUS_PREVIOUS: u32 = 1;
/// `YUMA_CONSENSUS_PREVIOUS` under the full bonds penalty, 65535; otherwise `YUMA_CONSENSUS_CURRENT`.
pub const YUMA_CONSENSUS_AUTO: u32 = 2;

/// A sparse matrix by rows, as sparse libraries have it (CSR): row i is entries `offsets[i]` to `offsets[i + 1] - 1` of
/// `columns` and `values`.
///
/// Entries stay in the order given, and a row may repeat a column: both matter to the chain.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct yuma_rows {
    /// One more than rows: the first is 0, none is smaller than the one before, the last is `entries`.
    pub offsets: *const u32,
    /// How many offsets there are; 0 for a matrix without rows, which stands for rows without entries.
    pub offset_count: usize,
    /// The column of each entry.
    pub columns: *const u16,
    /// The value of each entry.
    pub values: *const u16,
    /// How many entries there are.
    pub entries: usize,
}

/// The hyperparameters of an epoch, and the rules it follows. Start from `yuma_epoch_params_init`.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct yuma_epoch_params {
    /// `sizeof(yuma_epoch_params)`.
    pub size: usize,
    /// The set of rules to compute by, `YUMA_RULES_…`.
    pub rules: u32,
    /// Which epoch's consensus liquid alpha measures against, `YUMA_CONSENSUS_…` (read from 475 on).
    pub consensus_mode: u32,
    /// Blocks from one epoch to the next; read only when no epoch ran yet.
    pub tempo: u64,
    /// Blocks after its last update in which a neuron still counts as active.
    pub activity_cutoff: u64,
    /// How much of the old bonds an epoch keeps, in millionths. May be more than a million, as on the chain.
    pub bonds_moving_average: u64,
    /// The stake below which a neuron's stake counts as 0, in rao.
    pub stake_threshold: u64,
    /// The share of active stake whose agreement makes consensus, of 65535.
    pub kappa: u16,
    /// How far weights above consensus lose their bonds, of 65535: 0 not at all, 65535 wholly.
    pub bonds_penalty: u16,
    /// The smallest liquid alpha, of 65535.
    pub alpha_low: u16,
    /// The largest liquid alpha, of 65535.
    pub alpha_high: u16,
    /// The steepness of liquid alpha in hundredths; may be negative.
    pub alpha_sigmoid_steepness: i16,
    /// How many neurons get a validator permit.
    pub max_allowed_validators: u16,
    /// Flag: Yuma 3 instead of Yuma 2.
    pub yuma3: u8,
    /// Flag: a smoothing factor of its own for each bond; acts only with `yuma3`.
    pub liquid_alpha: u8,
    /// Flag: weights committed before a miner registered do not count for it.
    pub commit_reveal: u8,
    /// 0.
    pub reserved: u8,
}

/// A subnet before its epoch. Start from `yuma_epoch_subnet_init`. Every array belongs to the caller and is only read;
/// arrays without a count of their own have one element per uid, `n` elements.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct yuma_epoch_subnet {
    /// `sizeof(yuma_epoch_subnet)`.
    pub size: usize,
    /// The number of neurons; their uids are 0 to n - 1.
    pub n: u16,
    /// Flag: whether `last_yuma_step_block` is known.
    pub has_last_yuma_step_block: u8,
    /// The uid of the subnet's owner, or `YUMA_NONE`. One that is not below `n` has no effect.
    pub owner_uid: i32,
    /// The block the epoch runs in.
    pub current_block: u64,
    /// The block of the epoch before; 0 when none ran yet.
    pub last_step_block: u64,
    /// The block of the last epoch in Yuma mode (read from 475 on; 0 is a block, not absence).
    pub last_yuma_step_block: u64,
    /// The alpha to divide, in rao.
    pub rao_emission: u64,
    /// Each neuron's total stake weight on the subnet in rao, as raw I64F64: whole rao in `high`, their fraction in `low`.
    /// Not negative. It is what `yuma_stake_weights` calls `total`.
    pub stake: *const yuma_i128,
    /// The block in which each neuron last set weights.
    pub last_update: *const u64,
    /// The block in which each neuron registered.
    pub block_at_registration: *const u64,
    /// Flags: who has a validator permit before the epoch. A Null epoch does not read them.
    pub validator_permit: *const u8,
    /// The block of each neuron's earliest active commit, `UINT64_MAX` for none; read only with `commit_reveal`. NULL: none by
    /// anybody.
    pub commit_block: *const u64,
    /// Row: validator, column: miner, value: the weight as stored. Rows and columns from `n` on are ignored.
    pub weights: yuma_rows,
    /// Row: validator, column: miner, value: the bond as the epoch before stored it. A Null epoch does not read them.
    pub bonds: yuma_rows,
    /// The consensus of the epoch before, of the same mechanism, `previous_consensus_count` elements; none when none is
    /// stored (read from 475 on).
    pub previous_consensus: *const u16,
    /// The number of elements of `previous_consensus`; any.
    pub previous_consensus_count: usize,
}

/// Where an epoch's results go: arrays of the caller's, each with room for `n` elements unless it says otherwise. NULL: not
/// wanted. Start from `yuma_epoch_outcome_init`, which leaves all of them NULL.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct yuma_epoch_outcome {
    /// `sizeof(yuma_epoch_outcome)`.
    pub size: usize,
    /// Written: the rules the epoch followed, never `YUMA_RULES_DEFAULT`.
    pub rules: u32,
    /// 0.
    pub reserved: u32,
    /// Flags: who was active.
    pub active: *mut u8,
    /// Flags: who has a validator permit from now on.
    pub validator_permit: *mut u8,
    /// Each neuron's share of the stake, of 65535.
    pub stake_weight: *mut u16,
    /// The consensus weight of each miner, of 65535.
    pub consensus: *mut u16,
    /// Each miner's incentive, of 65535.
    pub incentive: *mut u16,
    /// Each validator's dividends, of 65535.
    pub dividends: *mut u16,
    /// Each validator's trust, of 65535.
    pub validator_trust: *mut u16,
    /// What each neuron is paid for serving, in rao.
    pub server_emission: *mut u64,
    /// What each neuron is paid for validating, in rao.
    pub validator_emission: *mut u64,
    /// What each neuron is paid in all, in rao; rounded by itself, so not always the sum.
    pub emission: *mut u64,
    /// The bonds to store, as the next epoch takes them: room for n + 1 offsets. NULL: no bonds are wanted.
    pub bond_offsets: *mut u32,
    /// Their columns: room for `bond_capacity` entries.
    pub bond_columns: *mut u16,
    /// The bonds, of 65535: room for `bond_capacity` entries.
    pub bond_values: *mut u16,
    /// How many bonds there is room for; `yuma_epoch_bonds_max` is always enough.
    pub bond_capacity: usize,
    /// Written: how many bonds there are, whether they are wanted or not.
    pub bond_count: usize,
    /// Raw I32F32: S, each neuron's share of the stake.
    pub raw_stake: *mut i64,
    /// Raw I32F32: A, each active validator's share of the active stake.
    pub raw_active_stake: *mut i64,
    /// Raw I32F32: C.
    pub raw_consensus: *mut i64,
    /// Raw I32F32: VT.
    pub raw_validator_trust: *mut i64,
    /// Raw I32F32: I.
    pub raw_incentive: *mut i64,
    /// Raw I32F32: D.
    pub raw_dividends: *mut i64,
    /// E of every uid, whatever its permit: room for n + 1 offsets. NULL: not wanted.
    pub raw_bond_offsets: *mut u32,
    /// Its columns: room for `raw_bond_capacity` entries.
    pub raw_bond_columns: *mut u16,
    /// Raw I32F32: its values; room for `raw_bond_capacity` entries.
    pub raw_bond_values: *mut i64,
    /// How many entries of E there is room for; `yuma_epoch_bonds_max` is always enough.
    pub raw_bond_capacity: usize,
    /// Written: how many entries E has, whether they are wanted or not.
    pub raw_bond_count: usize,
}

/// What a Null epoch may pay, in rao of alpha.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_null_budgets {
    /// To the miners.
    pub mining: u64,
    /// To the stakers.
    pub dividend: u64,
    /// To the miners when nobody has any stake; the other two are then paid to nobody.
    pub fallback: u64,
}

growing!(yuma_epoch_params, yuma_epoch_subnet, yuma_epoch_outcome);

/// What the chain gives a new subnet, under the newest rules.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_epoch_params_init(params: *mut yuma_epoch_params, error: *mut yuma_error) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    let default = yuma_epoch_params::new(&Params::CHAIN_DEFAULT, YUMA_RULES_DEFAULT);
    border.answer(error, || border.start("params", params, default))
}

/// A subnet without neurons, owner, weights and bonds: numbers 0, pointers NULL, no block known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_epoch_subnet_init(subnet: *mut yuma_epoch_subnet, error: *mut yuma_error) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    let nothing = yuma_rows {
        offsets: core::ptr::null(),
        offset_count: 0,
        columns: core::ptr::null(),
        values: core::ptr::null(),
        entries: 0,
    };
    let empty = yuma_epoch_subnet {
        size: size_of::<yuma_epoch_subnet>(),
        n: 0,
        has_last_yuma_step_block: 0,
        owner_uid: YUMA_NONE,
        current_block: 0,
        last_step_block: 0,
        last_yuma_step_block: 0,
        rao_emission: 0,
        stake: core::ptr::null(),
        last_update: core::ptr::null(),
        block_at_registration: core::ptr::null(),
        validator_permit: core::ptr::null(),
        commit_block: core::ptr::null(),
        weights: nothing,
        bonds: nothing,
        previous_consensus: core::ptr::null(),
        previous_consensus_count: 0,
    };
    border.answer(error, || border.start("subnet", subnet, empty))
}

/// An outcome of which nothing is wanted yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_epoch_outcome_init(
    outcome: *mut yuma_epoch_outcome,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    let nothing = yuma_epoch_outcome {
        size: size_of::<yuma_epoch_outcome>(),
        rules: 0,
        reserved: 0,
        active: core::ptr::null_mut(),
        validator_permit: core::ptr::null_mut(),
        stake_weight: core::ptr::null_mut(),
        consensus: core::ptr::null_mut(),
        incentive: core::ptr::null_mut(),
        dividends: core::ptr::null_mut(),
        validator_trust: core::ptr::null_mut(),
        server_emission: core::ptr::null_mut(),
        validator_emission: core::ptr::null_mut(),
        emission: core::ptr::null_mut(),
        bond_offsets: core::ptr::null_mut(),
        bond_columns: core::ptr::null_mut(),
        bond_values: core::ptr::null_mut(),
        bond_capacity: 0,
        bond_count: 0,
        raw_stake: core::ptr::null_mut(),
        raw_active_stake: core::ptr::null_mut(),
        raw_consensus: core::ptr::null_mut(),
        raw_validator_trust: core::ptr::null_mut(),
        raw_incentive: core::ptr::null_mut(),
        raw_dividends: core::ptr::null_mut(),
        raw_bond_offsets: core::ptr::null_mut(),
        raw_bond_columns: core::ptr::null_mut(),
        raw_bond_values: core::ptr::null_mut(),
        raw_bond_capacity: 0,
        raw_bond_count: 0,
    };
    border.answer(error, || border.start("outcome", outcome, nothing))
}

/// How much working memory `yuma_epoch` needs for this subnet, in bytes. Of the subnet it reads `n`, `weights` and `bonds`.
///
/// Errors: `NULL`, `SIZE`; `OFFSETS` of `weights` or `bonds`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_epoch_workspace_size(
    size: *mut usize,
    subnet: *const yuma_epoch_subnet,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let size = border.output("size", size)?;
        let given = border.grown("subnet", subnet)?;
        let words = subnet_of_matrices(&border, given, true)?.workspace_words()?;
        *size = need(given.n, words).bytes();
        Ok(())
    })
}

/// No epoch of this subnet has more bonds than this: the number of its weights and old bonds together.
///
/// Errors: `NULL`, `SIZE`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_epoch_bonds_max(
    count: *mut usize,
    subnet: *const yuma_epoch_subnet,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let count = border.output("count", count)?;
        let subnet = border.grown("subnet", subnet)?;
        *count = subnet.weights.entries.saturating_add(subnet.bonds.entries);
        Ok(())
    })
}

/// Runs one epoch of `subnet` in the caller's `workspace` of `workspace_size` bytes, at least `yuma_epoch_workspace_size` of
/// any alignment. What it holds before does not matter; nothing of it is needed afterwards.
///
/// Writes what `outcome` asks for. Nothing of `outcome` or `workspace` may overlap anything else that is passed.
///
/// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `UNKNOWN_RULES`; `RANGE` of `consensus_mode` or `owner_uid`; `FLAG` with the uid;
/// `LENGTH` of `weights` or `bonds` with rows, but fewer than `n`; `OFFSETS`; `NEGATIVE` of `stake` with the uid;
/// `TOO_SMALL` of `workspace` (nothing is computed) or of `bond_columns` or `raw_bond_columns` (all the rest is written,
/// the counts too).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_epoch(
    outcome: *mut yuma_epoch_outcome,
    params: *const yuma_epoch_params,
    subnet: *const yuma_epoch_subnet,
    workspace: *mut c_void,
    workspace_size: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let outcome = border.grown_mut("outcome", outcome)?;
        let params = border.grown("params", params)?.read()?;
        let given = border.grown("subnet", subnet)?;
        let subnet = subnet_of_matrices(&border, given, true)?;
        let words = subnet.workspace_words()?;
        let mut memory = border.workspace(workspace, workspace_size, need(given.n, words).0)?;
        let subnet = subnet_of_lists(&border, given, &mut memory, subnet)?;
        let validator_permit = border.flags("validator_permit", given.validator_permit, given.n.into())?;
        let subnet = Subnet { validator_permit, ..subnet };
        let words = memory.fill(words, 0_u64)?;
        write_outcome(&border, outcome, &epoch::run(&params, &subnet, words)?)
    })
}

/// How much working memory `yuma_null_epoch` needs for `n` neurons, in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_null_epoch_workspace_size(n: u16) -> usize {
    Workspace::words(n, 0, 0).map_or(usize::MAX, |words| need(n, words).bytes())
}

/// Runs one epoch of a subnet in Null mode, without consensus (from 475 on): as `yuma_epoch`. Of the parameters it reads
/// `rules`, `activity_cutoff`, `stake_threshold` and `commit_reveal`; of the subnet neither permits, bonds nor emission.
/// Consensus and validator trust are 0, and there are no bonds: the stored ones stay.
///
/// Errors: as `yuma_epoch`; `NOT_IN_RULES` before 475.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_null_epoch(
    outcome: *mut yuma_epoch_outcome,
    params: *const yuma_epoch_params,
    subnet: *const yuma_epoch_subnet,
    budgets: *const yuma_null_budgets,
    workspace: *mut c_void,
    workspace_size: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let outcome = border.grown_mut("outcome", outcome)?;
        let params = border.grown("params", params)?.read()?;
        let given = border.grown("subnet", subnet)?;
        let budgets = NullBudgets::from(*border.input("budgets", budgets)?);
        let subnet = subnet_of_matrices(&border, given, false)?;
        let words = Workspace::words(given.n, 0, 0).unwrap_or(usize::MAX);
        let mut memory = border.workspace(workspace, workspace_size, need(given.n, words).0)?;
        let subnet = subnet_of_lists(&border, given, &mut memory, subnet)?;
        let words = memory.fill(words, 0_u64)?;
        write_outcome(&border, outcome, &epoch::null_epoch(&params, &subnet, budgets, words)?)
    })
}

/// The budgets of a Null epoch called with a single amount in rao; an odd unit goes to the miners.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_null_budgets_of_emission(rao_emission: u64) -> yuma_null_budgets {
    NullBudgets::of_emission(rao_emission).into()
}

/// Divides `budget` among `count` `shares` in whole units, in order: each gets the floor or the ceiling of its part, and
/// together they get the budget, unless all shares are 0. Writes `count` `payouts`.
///
/// Errors: `NULL`, `ALIGNMENT`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_apportion(
    payouts: *mut u64,
    shares: *const yuma_u128,
    count: usize,
    budget: u64,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let payouts = border.out_slice("payouts", payouts, count)?;
        let shares = border.slice("shares", shares, count)?;
        epoch::apportion(shares.iter().map(|share| share.value()), budget, payouts);
        Ok(())
    })
}

impl From<yuma_null_budgets> for NullBudgets {
    fn from(budgets: yuma_null_budgets) -> Self {
        let yuma_null_budgets { mining, dividend, fallback } = budgets;
        Self { mining, dividend, fallback }
    }
}

impl From<NullBudgets> for yuma_null_budgets {
    fn from(budgets: NullBudgets) -> Self {
        let NullBudgets { mining, dividend, fallback } = budgets;
        Self { mining, dividend, fallback }
    }
}

impl yuma_epoch_params {
    /// The parameters, and what stands in them for their rules.
    pub(crate) fn new(params: &Params, rules: u32) -> Self {
        let &Params {
            rules: _,
            tempo,
            activity_cutoff,
            kappa,
            bonds_penalty,
            bonds_moving_average,
            yuma3,
            liquid_alpha,
            commit_reveal,
            alpha_low,
            alpha_high,
            alpha_sigmoid_steepness,
            max_allowed_validators,
            stake_threshold,
            consensus_mode,
        } = params;
        Self {
            size: size_of::<Self>(),
            rules,
            consensus_mode: match consensus_mode {
                ConsensusMode::Current => YUMA_CONSENSUS_CURRENT,
                ConsensusMode::Previous => YUMA_CONSENSUS_PREVIOUS,
                ConsensusMode::Auto => YUMA_CONSENSUS_AUTO,
            },
            tempo,
            activity_cutoff,
            bonds_moving_average,
            stake_threshold,
            kappa,
            bonds_penalty,
            alpha_low,
            alpha_high,
            alpha_sigmoid_steepness,
            max_allowed_validators,
            yuma3: yuma3.into(),
            liquid_alpha: liquid_alpha.into(),
            commit_reveal: commit_reveal.into(),
            reserved: 0,
        }
    }

    pub(crate) fn read(&self) -> Result<Params, Refusal> {
        Ok(Params {
            rules: rules(self.rules)?,
            tempo: self.tempo,
            activity_cutoff: self.activity_cutoff,
            kappa: self.kappa,
            bonds_penalty: self.bonds_penalty,
            bonds_moving_average: self.bonds_moving_average,
            yuma3: flag("yuma3", 0, self.yuma3)?,
            liquid_alpha: flag("liquid_alpha", 0, self.liquid_alpha)?,
            commit_reveal: flag("commit_reveal", 0, self.commit_reveal)?,
            alpha_low: self.alpha_low,
            alpha_high: self.alpha_high,
            alpha_sigmoid_steepness: self.alpha_sigmoid_steepness,
            max_allowed_validators: self.max_allowed_validators,
            stake_threshold: self.stake_threshold,
            consensus_mode: match self.consensus_mode {
                YUMA_CONSENSUS_CURRENT => ConsensusMode::Current,
                YUMA_CONSENSUS_PREVIOUS => ConsensusMode::Previous,
                YUMA_CONSENSUS_AUTO => ConsensusMode::Auto,
                _ => return Err(Refusal::range("consensus_mode", 0, YUMA_CONSENSUS_AUTO.into())),
            },
        })
    }
}

/// The subnet with its matrices, as far as the size of its memory depends on it; the lists are empty.
pub(crate) fn subnet_of_matrices<'b>(
    border: &'b Border,
    given: &yuma_epoch_subnet,
    with_bonds: bool,
) -> Result<Subnet<'b>, Refusal> {
    let matrix = |field, rows: &yuma_rows| -> Result<Rows<'b, u16>, Refusal> {
        let offsets = border.slice(field, rows.offsets, rows.offset_count)?;
        let columns = border.slice(field, rows.columns, rows.entries)?;
        let values = border.slice(field, rows.values, rows.entries)?;
        if offsets.is_empty() && columns.is_empty() {
            return Ok(Rows::EMPTY);
        }
        Ok(Rows::new(field, offsets, columns, values)?)
    };
    Ok(Subnet {
        n: given.n,
        current_block: given.current_block,
        last_step_block: given.last_step_block,
        last_yuma_step_block: present(
            "has_last_yuma_step_block",
            0,
            given.has_last_yuma_step_block,
            given.last_yuma_step_block,
        )?,
        owner_uid: maybe_u16("owner_uid", 0, given.owner_uid)?,
        rao_emission: given.rao_emission,
        stake: &[],
        last_update: &[],
        block_at_registration: &[],
        validator_permit: &[],
        commit_block: None,
        weights: matrix("weights", &given.weights)?,
        bonds: if with_bonds { matrix("bonds", &given.bonds)? } else { Rows::EMPTY },
        previous_consensus: border.slice(
            "previous_consensus",
            given.previous_consensus,
            given.previous_consensus_count,
        )?,
    })
}

/// The same with its lists, but for the permits. Of the memory it takes what [`need_of_stakes`] says.
pub(crate) fn subnet_of_lists<'b>(
    border: &'b Border,
    given: &yuma_epoch_subnet,
    memory: &mut border::Workspace<'b>,
    subnet: Subnet<'b>,
) -> Result<Subnet<'b>, Refusal> {
    let n = usize::from(given.n);
    let stakes = border.slice("stake", given.stake, n)?;
    let stake = memory.collect(stakes.iter().map(|&stake| Ok(I64F64::from(stake))))?;
    let commit_block =
        if given.commit_block.is_null() { None } else { Some(border.slice("commit_block", given.commit_block, n)?) };
    Ok(Subnet {
        stake,
        last_update: border.slice("last_update", given.last_update, n)?,
        block_at_registration: border.slice("block_at_registration", given.block_at_registration, n)?,
        commit_block,
        ..subnet
    })
}

/// An epoch's memory: core's words, and the stakes.
fn need(n: u16, words: usize) -> Need {
    need_of_stakes(n).and::<u64>(words)
}

/// The stakes' memory: core wants them aligned to 16 bytes.
pub(crate) fn need_of_stakes(n: u16) -> Need {
    Need::NOTHING.and::<I64F64>(n.into())
}

fn write_outcome(border: &Border, to: &mut yuma_epoch_outcome, outcome: &Outcome<'_>) -> Result<(), Refusal> {
    let raw = outcome.raw();
    to.rules = outcome.rules().spec_version();
    to.bond_count = outcome.bonds_len();
    to.raw_bond_count = raw.ema_bonds.entries();

    write(border, "active", to.active, outcome.active().iter().map(|&flag| flag.into()))?;
    write(border, "validator_permit", to.validator_permit, outcome.validator_permit().iter().map(|&flag| flag.into()))?;
    write(border, "stake_weight", to.stake_weight, outcome.stake_weight())?;
    write(border, "consensus", to.consensus, outcome.consensus())?;
    write(border, "incentive", to.incentive, outcome.incentive())?;
    write(border, "dividends", to.dividends, outcome.dividends())?;
    write(border, "validator_trust", to.validator_trust, outcome.validator_trust())?;
    write(border, "server_emission", to.server_emission, outcome.server_emission().iter().copied())?;
    write(border, "validator_emission", to.validator_emission, outcome.validator_emission().iter().copied())?;
    write(border, "emission", to.emission, outcome.emission().iter().copied())?;
    write(border, "raw_stake", to.raw_stake, bits(raw.stake))?;
    write(border, "raw_active_stake", to.raw_active_stake, bits(raw.active_stake))?;
    write(border, "raw_consensus", to.raw_consensus, bits(raw.consensus))?;
    write(border, "raw_validator_trust", to.raw_validator_trust, bits(raw.validator_trust))?;
    write(border, "raw_incentive", to.raw_incentive, bits(raw.incentive))?;
    write(border, "raw_dividends", to.raw_dividends, bits(raw.dividends))?;
    let bonds = write_bonds(border, to, outcome);
    write_raw_bonds(border, to, &raw.ema_bonds, outcome.active().len())?;
    bonds
}

fn write_bonds(border: &Border, to: &yuma_epoch_outcome, outcome: &Outcome<'_>) -> Result<(), Refusal> {
    if to.bond_offsets.is_null() {
        return Ok(());
    }
    let offset_count = outcome.active().len().saturating_add(1);
    let ends = ends_of(border.out_slice("bond_offsets", to.bond_offsets, offset_count)?);
    let room = room("bond_columns", to.bond_capacity, outcome.bonds_len())?;
    let columns = border.out_slice("bond_columns", to.bond_columns, room)?;
    let values = border.out_slice("bond_values", to.bond_values, room)?;
    outcome.write_bonds(ends, columns, values)?;
    Ok(())
}

fn write_raw_bonds(
    border: &Border,
    to: &yuma_epoch_outcome,
    bonds: &Rows<'_, I32F32>,
    n: usize,
) -> Result<(), Refusal> {
    if to.raw_bond_offsets.is_null() {
        return Ok(());
    }
    let ends = ends_of(border.out_slice("raw_bond_offsets", to.raw_bond_offsets, n.saturating_add(1))?);
    let room = room("raw_bond_columns", to.raw_bond_capacity, bonds.entries())?;
    let columns = border.out_slice("raw_bond_columns", to.raw_bond_columns, room)?;
    let values = border.out_slice("raw_bond_values", to.raw_bond_values, room)?;
    let mut next = columns.iter_mut().zip(values);
    let mut written: u32 = 0;
    for (row, end) in ends.iter_mut().enumerate() {
        for ((column, bond), (to_column, to_value)) in bonds.row(row).zip(next.by_ref()) {
            *to_column = column;
            *to_value = bond.to_bits();
            written = written.saturating_add(1);
        }
        *end = written;
    }
    Ok(())
}

/// The room that is needed, if it is there.
pub(crate) fn room(field: &'static str, capacity: usize, needed: usize) -> Result<usize, Refusal> {
    if capacity < needed { Err(Refusal::new(yuma_status::TooSmall, field, capacity, needed)) } else { Ok(needed) }
}

/// The ends of the rows, which follow the leading offset; that is 0 already.
pub(crate) fn ends_of(offsets: &mut [u32]) -> &mut [u32] {
    offsets.split_first_mut().map_or(&mut [], |(_, ends)| ends)
}

fn bits(values: &[I32F32]) -> impl ExactSizeIterator<Item = i64> {
    values.iter().map(|value| value.to_bits())
}

/// Writes the values where they are wanted.
fn write<T: Copy + Default>(
    border: &Border,
    field: &'static str,
    to: *mut T,
    values: impl ExactSizeIterator<Item = T>,
) -> Result<(), Refusal> {
    if to.is_null() {
        return Ok(());
    }
    for (to, value) in border.out_slice(field, to, values.len())?.iter_mut().zip(values) {
        *to = value;
    }
    Ok(())
}

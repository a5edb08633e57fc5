//! Canonical bytes of what an epoch is computed from and of what it gives, and their SHA-256: what a hardware validator
//! receives, answers and signs. A value has exactly one encoding, the same from every language: the format is in
//! `core/src/digest/format.md`.

use core::ffi::c_void;

use yuma_core::digest::{
    self, EpochInput, InputSizes, MatrixBuffers, OutcomeBuffers, OutcomeRecord, OutcomeSizes, SubnetBuffers,
};
use yuma_core::fixed::I64F64;
use yuma_core::{Rows, Rules, Subnet};

use crate::border::{Border, growing};
use crate::epoch::{
    ends_of, need_of_stakes, room, subnet_of_lists, subnet_of_matrices, yuma_epoch_outcome, yuma_epoch_params,
    yuma_epoch_subnet, yuma_null_budgets, yuma_rows,
};
use crate::numbers::yuma_i128;
use crate::rules::YUMA_NONE;
use crate::status::{Refusal, yuma_error, yuma_status};

/// How much of everything an encoded input has, or buffers have room for.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct yuma_input_counts {
    /// Neurons: elements of every list with one per uid, and rows of both matrices.
    pub n: u16,
    /// Elements of `previous_consensus`.
    pub previous_consensus: u16,
    /// Entries of `weights`.
    pub weights: u32,
    /// Entries of `bonds`.
    pub bonds: u32,
}

/// Memory for a sparse matrix.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct yuma_rows_buffers {
    /// Room for n + 1 offsets.
    pub offsets: *mut u32,
    /// Room for the column of each entry.
    pub columns: *mut u16,
    /// Room for the value of each entry.
    pub values: *mut u16,
}

/// Where a decoded input goes: the caller's memory for the arrays of `yuma_epoch_subnet`. More room than is needed does no
/// harm. Start from `yuma_input_buffers_init`.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct yuma_input_buffers {
    /// `sizeof(yuma_input_buffers)`.
    pub size: usize,
    /// How much there is room for: what `yuma_input_sizes` says, or whatever was set aside once and for all.
    pub room: yuma_input_counts,
    /// Room for `room.n` elements.
    pub stake: *mut yuma_i128,
    /// Room for `room.n` elements.
    pub last_update: *mut u64,
    /// Room for `room.n` elements.
    pub block_at_registration: *mut u64,
    /// Room for `room.n` elements.
    pub validator_permit: *mut u8,
    /// Room for `room.n` elements.
    pub commit_block: *mut u64,
    /// Room for `room.n` rows and `room.weights` entries.
    pub weights: yuma_rows_buffers,
    /// Room for `room.n` rows and `room.bonds` entries.
    pub bonds: yuma_rows_buffers,
    /// Room for `room.previous_consensus` elements.
    pub previous_consensus: *mut u16,
}

growing!(yuma_input_buffers);

/// Buffers without room for anything.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_input_buffers_init(
    buffers: *mut yuma_input_buffers,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    let nothing = yuma_rows_buffers {
        offsets: core::ptr::null_mut(),
        columns: core::ptr::null_mut(),
        values: core::ptr::null_mut(),
    };
    let empty = yuma_input_buffers {
        size: size_of::<yuma_input_buffers>(),
        room: yuma_input_counts::default(),
        stake: core::ptr::null_mut(),
        last_update: core::ptr::null_mut(),
        block_at_registration: core::ptr::null_mut(),
        validator_permit: core::ptr::null_mut(),
        commit_block: core::ptr::null_mut(),
        weights: nothing,
        bonds: nothing,
        previous_consensus: core::ptr::null_mut(),
    };
    border.answer(error, || border.start("buffers", buffers, empty))
}

/// How much working memory the functions of an input need for `n` neurons, in bytes. An epoch needs more: its workspace
/// serves here too.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_input_workspace_size(n: u16) -> usize {
    need_of_stakes(n).bytes()
}

/// The number of an input's canonical bytes, which `yuma_encode_input` writes.
///
/// Errors: as `yuma_input_digest`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_input_length(
    length: *mut usize,
    params: *const yuma_epoch_params,
    subnet: *const yuma_epoch_subnet,
    null_budgets: *const yuma_null_budgets,
    workspace: *mut c_void,
    workspace_size: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let length = border.output("length", length)?;
        let input = read_input(&border, params, subnet, null_budgets, workspace, workspace_size)?;
        *length = digest::input_length(&input)?;
        Ok(())
    })
}

/// Writes the canonical bytes of an input to `bytes`, which have room for `capacity`. `length` receives how many they are,
/// also when there is no room for them. Input and workspace: as `yuma_input_digest`.
///
/// Errors: as `yuma_input_digest`; `TOO_SMALL` of `bytes` with less room than `length`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_encode_input(
    length: *mut usize,
    bytes: *mut u8,
    capacity: usize,
    params: *const yuma_epoch_params,
    subnet: *const yuma_epoch_subnet,
    null_budgets: *const yuma_null_budgets,
    workspace: *mut c_void,
    workspace_size: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let length = border.output("length", length)?;
        let input = read_input(&border, params, subnet, null_budgets, workspace, workspace_size)?;
        *length = digest::input_length(&input)?;
        let room = room("bytes", capacity, *length)?;
        digest::encode_input(&input, border.out_slice("bytes", bytes, room)?)?;
        Ok(())
    })
}

/// The SHA-256 of an input's canonical bytes, 32 bytes: one number for everything an epoch is computed from, the rules too.
/// `YUMA_RULES_DEFAULT` is encoded as the rules it stands for.
///
/// `null_budgets` are what a Null epoch may pay; NULL: a Yuma epoch is meant. A Null epoch reads neither permits nor bonds,
/// but they are encoded if they are given; permits may be NULL then.
///
/// The `workspace` of `workspace_size` bytes, at least `yuma_input_workspace_size`, may have any alignment.
///
/// Errors: those of `yuma_epoch`, or of `yuma_null_epoch` with `null_budgets`; `NOT_IN_RULES` of `null_budgets` before 475.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_input_digest(
    digest: *mut u8,
    params: *const yuma_epoch_params,
    subnet: *const yuma_epoch_subnet,
    null_budgets: *const yuma_null_budgets,
    workspace: *mut c_void,
    workspace_size: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let to = border.output("digest", digest.cast::<[u8; 32]>())?;
        let input = read_input(&border, params, subnet, null_budgets, workspace, workspace_size)?;
        *to = digest::input_digest(&input)?;
        Ok(())
    })
}

/// How much room the input needs whose canonical bytes are the `length` `bytes`. There are enough bytes for that much: whoever
/// allocates it can't be made to allocate more than a small multiple of what was received.
///
/// Errors: `NULL`; those of `yuma_decode_input`, as far as they can be told from the counts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_input_sizes(
    counts: *mut yuma_input_counts,
    bytes: *const u8,
    length: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let counts = border.output("counts", counts)?;
        *counts = digest::input_sizes(border.slice("bytes", bytes, length)?)?.into();
        Ok(())
    })
}

/// The input whose canonical bytes are all of the `length` `bytes`, from wherever they came, and their SHA-256 in the 32 bytes
/// of `digest`. Set `size` of `params` and `subnet` before, or let their init functions do it; all else is overwritten.
///
/// The arrays go into `buffers`, and `subnet` points to them: it is good for `yuma_epoch` as long as they are. Room that is
/// not needed stays as it is. `has_null_budgets` receives 1 if a Null epoch is meant, with `null_budgets`, and 0 otherwise.
/// Both matrices have n + 1 offsets, whatever was encoded.
///
/// The `workspace` of `workspace_size` bytes, at least `yuma_input_workspace_size`, may have any alignment.
///
/// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `NOT_CANONICAL` for bytes that no input encodes to, with the offset; `LENGTH` of
/// `bytes` when they end too early or go on; `TOO_SMALL` of the member of `buffers` or of the workspace; `UNKNOWN_RULES`;
/// `NOT_IN_RULES` of `null_budgets`; `NEGATIVE` of `stake` with the uid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_decode_input(
    params: *mut yuma_epoch_params,
    subnet: *mut yuma_epoch_subnet,
    has_null_budgets: *mut u8,
    null_budgets: *mut yuma_null_budgets,
    digest: *mut u8,
    buffers: *const yuma_input_buffers,
    bytes: *const u8,
    length: usize,
    workspace: *mut c_void,
    workspace_size: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let params = border.grown_mut("params", params)?;
        let subnet = border.grown_mut("subnet", subnet)?;
        let has_null_budgets = border.output("has_null_budgets", has_null_budgets)?;
        let null_budgets = border.output("null_budgets", null_budgets)?;
        let to_digest = border.output("digest", digest.cast::<[u8; 32]>())?;
        let buffers = border.grown("buffers", buffers)?;
        let bytes = border.slice("bytes", bytes, length)?;
        let counts = buffers.room.at_most(digest::input_sizes(bytes)?.into());
        let mut memory = border.workspace(workspace, workspace_size, need_of_stakes(counts.n).0)?;
        let stake = memory.fill(counts.n.into(), I64F64::ZERO)?;
        let (input, digest) = digest::decode_input(bytes, buffers.of(&border, counts, stake)?)?;
        let stakes = border.out_slice("stake", buffers.stake, counts.n.into())?;
        for (to, &stake) in stakes.iter_mut().zip(input.subnet.stake) {
            *to = stake.into();
        }
        *params = yuma_epoch_params::new(&input.params, input.params.rules.spec_version());
        *subnet = buffers.subnet(counts, &input.subnet);
        *has_null_budgets = input.null_budgets.is_some().into();
        *null_budgets = input.null_budgets.map(Into::into).unwrap_or_default();
        *to_digest = digest;
        Ok(())
    })
}

/// The number of an outcome's canonical bytes, which `yuma_encode_outcome` writes.
///
/// Errors: as `yuma_outcome_digest`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_outcome_length(
    length: *mut usize,
    outcome: *const yuma_epoch_outcome,
    n: u16,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let length = border.output("length", length)?;
        *length = read_outcome(&border, outcome, n, [0; 32])?.length()?;
        Ok(())
    })
}

/// Writes the canonical bytes of an outcome to `bytes`, which have room for `capacity`. `length` receives how many they are,
/// also when there is no room for them. The outcome: as `yuma_outcome_digest`.
///
/// Errors: as `yuma_outcome_digest`; `TOO_SMALL` of `bytes` with less room than `length`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_encode_outcome(
    length: *mut usize,
    bytes: *mut u8,
    capacity: usize,
    outcome: *const yuma_epoch_outcome,
    n: u16,
    input_digest: *const u8,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let length = border.output("length", length)?;
        let input_digest = *border.input("input_digest", input_digest.cast())?;
        let record = read_outcome(&border, outcome, n, input_digest)?;
        *length = record.length()?;
        let room = room("bytes", capacity, *length)?;
        digest::encode_outcome(&record, border.out_slice("bytes", bytes, room)?)?;
        Ok(())
    })
}

/// The SHA-256 of an outcome's canonical bytes, 32 bytes: what a hardware validator signs. It attests the input too, by the 32
/// bytes of `input_digest`, which `yuma_input_digest` or `yuma_decode_input` gave.
///
/// `outcome` is what `yuma_epoch` or `yuma_null_epoch` wrote for `n` neurons, or somebody else in their stead: read are
/// `rules`, `bond_count` and all arrays but the raw ones. None of them may be left out; `bond_offsets` has n + 1 elements.
///
/// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `UNKNOWN_RULES` of `rules`, also of 0, which no epoch writes; `FLAG` with the uid;
/// `OFFSETS` of `bond_offsets`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_outcome_digest(
    digest: *mut u8,
    outcome: *const yuma_epoch_outcome,
    n: u16,
    input_digest: *const u8,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let to = border.output("digest", digest.cast::<[u8; 32]>())?;
        let input_digest = *border.input("input_digest", input_digest.cast())?;
        *to = read_outcome(&border, outcome, n, input_digest)?.digest()?;
        Ok(())
    })
}

/// How many neurons and bonds the outcome has whose canonical bytes are the `length` `bytes`. There are enough bytes for that
/// much.
///
/// Errors: `NULL`, `ALIGNMENT`; those of `yuma_decode_outcome`, as far as they can be told from the counts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_outcome_sizes(
    n: *mut u16,
    bond_count: *mut usize,
    bytes: *const u8,
    length: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let n = border.output("n", n)?;
        let bond_count = border.output("bond_count", bond_count)?;
        let sizes = digest::outcome_sizes(border.slice("bytes", bytes, length)?)?;
        (*n, *bond_count) = (sizes.n, index(sizes.bonds));
        Ok(())
    })
}

/// The outcome whose canonical bytes are all of the `length` `bytes`, from wherever they came; the SHA-256 of the input it
/// says it was computed from, in the 32 bytes of `input_digest`, and its own in those of `digest`.
///
/// `outcome` points to the arrays that are written. They have room for `capacity` neurons and `bond_capacity` bonds, and
/// `bond_offsets` for one more than neurons; none of them may be left out, but for the raw ones, which no encoding has and
/// which stay as they are. `rules` and `bond_count` are written, and `n`, the number of neurons.
///
/// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `NOT_CANONICAL` for bytes that no outcome encodes to, with the offset; `LENGTH` of
/// `bytes` when they end too early or go on; `TOO_SMALL` of an array (`n` and `bond_count` are written all the same);
/// `UNKNOWN_RULES`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_decode_outcome(
    outcome: *mut yuma_epoch_outcome,
    capacity: u16,
    n: *mut u16,
    input_digest: *mut u8,
    digest: *mut u8,
    bytes: *const u8,
    length: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let outcome = border.grown_mut("outcome", outcome)?;
        let n = border.output("n", n)?;
        let to_input_digest = border.output("input_digest", input_digest.cast::<[u8; 32]>())?;
        let to_digest = border.output("digest", digest.cast::<[u8; 32]>())?;
        let bytes = border.slice("bytes", bytes, length)?;
        let sizes = digest::outcome_sizes(bytes)?;
        (*n, outcome.bond_count) = (sizes.n, index(sizes.bonds));
        let buffers = outcome_buffers(&border, outcome, OutcomeSizes { n: sizes.n.min(capacity), ..sizes })?;
        let (record, digest) = digest::decode_outcome(bytes, buffers)?;
        outcome.rules = record.rules.spec_version();
        *to_input_digest = record.input_digest;
        *to_digest = digest;
        Ok(())
    })
}

fn read_input(
    border: &Border,
    params: *const yuma_epoch_params,
    subnet: *const yuma_epoch_subnet,
    null_budgets: *const yuma_null_budgets,
    workspace: *mut c_void,
    workspace_size: usize,
) -> Result<EpochInput<'_>, Refusal> {
    let params = border.grown("params", params)?.read()?;
    let given = border.grown("subnet", subnet)?;
    let null_budgets =
        if null_budgets.is_null() { None } else { Some((*border.input("null_budgets", null_budgets)?).into()) };
    let subnet = subnet_of_matrices(border, given, true)?;
    let mut memory = border.workspace(workspace, workspace_size, need_of_stakes(given.n).0)?;
    let subnet = subnet_of_lists(border, given, &mut memory, subnet)?;
    let without_permits = null_budgets.is_some() && given.validator_permit.is_null();
    let permits = if without_permits { 0 } else { given.n.into() };
    let validator_permit = border.flags("validator_permit", given.validator_permit, permits)?;
    Ok(EpochInput { params, subnet: Subnet { validator_permit, ..subnet }, null_budgets })
}

impl From<InputSizes> for yuma_input_counts {
    fn from(sizes: InputSizes) -> Self {
        let InputSizes { n, weights, bonds, previous_consensus } = sizes;
        Self { n, previous_consensus, weights, bonds }
    }
}

impl yuma_input_counts {
    /// What there is room for of what is needed. Where that is less, core refuses the buffer.
    fn at_most(self, needed: Self) -> Self {
        Self {
            n: self.n.min(needed.n),
            previous_consensus: self.previous_consensus.min(needed.previous_consensus),
            weights: self.weights.min(needed.weights),
            bonds: self.bonds.min(needed.bonds),
        }
    }
}

impl yuma_input_buffers {
    /// The memory that core fills. Its stakes are not the caller's, which are not aligned as core wants them.
    fn of<'b>(
        &self,
        border: &'b Border,
        counts: yuma_input_counts,
        stake: &'b mut [I64F64],
    ) -> Result<SubnetBuffers<'b>, Refusal> {
        let n = usize::from(counts.n);
        Ok(SubnetBuffers {
            stake,
            last_update: border.out_slice("last_update", self.last_update, n)?,
            block_at_registration: border.out_slice("block_at_registration", self.block_at_registration, n)?,
            validator_permit: border.out_slice("validator_permit", self.validator_permit.cast(), n)?,
            commit_block: border.out_slice("commit_block", self.commit_block, n)?,
            weights: self.weights.of(border, "weights", n, counts.weights)?,
            bonds: self.bonds.of(border, "bonds", n, counts.bonds)?,
            previous_consensus: border.out_slice(
                "previous_consensus",
                self.previous_consensus,
                counts.previous_consensus.into(),
            )?,
        })
    }

    /// What was decoded into it.
    fn subnet(&self, counts: yuma_input_counts, subnet: &Subnet<'_>) -> yuma_epoch_subnet {
        yuma_epoch_subnet {
            size: size_of::<yuma_epoch_subnet>(),
            n: subnet.n,
            has_last_yuma_step_block: subnet.last_yuma_step_block.is_some().into(),
            owner_uid: subnet.owner_uid.map_or(YUMA_NONE, i32::from),
            current_block: subnet.current_block,
            last_step_block: subnet.last_step_block,
            last_yuma_step_block: subnet.last_yuma_step_block.unwrap_or(0),
            rao_emission: subnet.rao_emission,
            stake: self.stake,
            last_update: self.last_update,
            block_at_registration: self.block_at_registration,
            validator_permit: self.validator_permit,
            commit_block: self.commit_block,
            weights: self.weights.rows(&subnet.weights),
            bonds: self.bonds.rows(&subnet.bonds),
            previous_consensus: self.previous_consensus,
            previous_consensus_count: counts.previous_consensus.into(),
        }
    }
}

impl yuma_rows_buffers {
    fn of<'b>(
        &self,
        border: &'b Border,
        field: &'static str,
        n: usize,
        entries: u32,
    ) -> Result<MatrixBuffers<'b>, Refusal> {
        Ok(MatrixBuffers {
            ends: ends_of(border.out_slice(field, self.offsets, n.saturating_add(1))?),
            columns: border.out_slice(field, self.columns, index(entries))?,
            values: border.out_slice(field, self.values, index(entries))?,
        })
    }

    fn rows(&self, rows: &Rows<'_, u16>) -> yuma_rows {
        yuma_rows {
            offsets: self.offsets,
            offset_count: rows.count().saturating_add(1),
            columns: self.columns,
            values: self.values,
            entries: rows.entries(),
        }
    }
}

fn read_outcome(
    border: &Border,
    outcome: *const yuma_epoch_outcome,
    n: u16,
    input_digest: [u8; 32],
) -> Result<OutcomeRecord<'_>, Refusal> {
    let given = border.grown("outcome", outcome)?;
    let n = usize::from(n);
    Ok(OutcomeRecord {
        // Not `YUMA_RULES_DEFAULT`: an outcome follows certain rules, and 0 is what none was written into.
        rules: Rules::for_spec_version(given.rules)?,
        input_digest,
        active: border.flags("active", given.active, n)?,
        validator_permit: border.flags("validator_permit", given.validator_permit, n)?,
        stake_weight: border.slice("stake_weight", given.stake_weight, n)?,
        consensus: border.slice("consensus", given.consensus, n)?,
        incentive: border.slice("incentive", given.incentive, n)?,
        dividends: border.slice("dividends", given.dividends, n)?,
        validator_trust: border.slice("validator_trust", given.validator_trust, n)?,
        server_emission: border.slice("server_emission", given.server_emission, n)?,
        validator_emission: border.slice("validator_emission", given.validator_emission, n)?,
        emission: border.slice("emission", given.emission, n)?,
        bonds: Rows::new(
            "bond_offsets",
            border.slice("bond_offsets", given.bond_offsets, n.saturating_add(1))?,
            border.slice("bond_columns", given.bond_columns, given.bond_count)?,
            border.slice("bond_values", given.bond_values, given.bond_count)?,
        )?,
    })
}

fn outcome_buffers<'b>(
    border: &'b Border,
    to: &yuma_epoch_outcome,
    sizes: OutcomeSizes,
) -> Result<OutcomeBuffers<'b>, Refusal> {
    let n = usize::from(sizes.n);
    let bonds = room("bond_columns", to.bond_capacity, index(sizes.bonds))?;
    Ok(OutcomeBuffers {
        active: border.out_slice("active", to.active.cast(), n)?,
        validator_permit: border.out_slice("validator_permit", to.validator_permit.cast(), n)?,
        stake_weight: border.out_slice("stake_weight", to.stake_weight, n)?,
        consensus: border.out_slice("consensus", to.consensus, n)?,
        incentive: border.out_slice("incentive", to.incentive, n)?,
        dividends: border.out_slice("dividends", to.dividends, n)?,
        validator_trust: border.out_slice("validator_trust", to.validator_trust, n)?,
        server_emission: border.out_slice("server_emission", to.server_emission, n)?,
        validator_emission: border.out_slice("validator_emission", to.validator_emission, n)?,
        emission: border.out_slice("emission", to.emission, n)?,
        bonds: MatrixBuffers {
            ends: ends_of(border.out_slice("bond_offsets", to.bond_offsets, n.saturating_add(1))?),
            columns: border.out_slice("bond_columns", to.bond_columns, bonds)?,
            values: border.out_slice("bond_values", to.bond_values, bonds)?,
        },
    })
}

/// A count as an index.
fn index(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

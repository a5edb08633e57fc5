//! An epoch's input: parameters, subnet and, for a Null epoch, its budgets.

use super::bytes::{Content, Reader, Writer, all_of, at_least, fill, front_of, sha256};
use crate::epoch::{
    self, ConsensusMode, InputSizes, NullBudgets, Outcome, Params, StaticSubnet, Subnet, SubnetBuffers, Workspace,
};
use crate::error::{Error, take_room};
use crate::fixed::I64F64;
use crate::rows::Rows;

/// Everything one epoch is computed from.
#[derive(Debug, Clone, Copy)]
pub struct EpochInput<'a> {
    /// The parameters, and with them the rules.
    pub params: Params,
    /// The subnet before the epoch.
    pub subnet: Subnet<'a>,
    /// What a Null epoch may pay; nothing for a Yuma epoch.
    pub null_budgets: Option<NullBudgets>,
}

impl EpochInput<'_> {
    /// The door of the epoch that is meant.
    ///
    /// # Errors
    /// Those of [`Subnet::validate`] and of [`epoch::null_epoch`].
    pub fn validate(&self) -> Result<(), Error> {
        if self.null_budgets.is_none() {
            return self.subnet.validate(self.params.commit_reveal);
        }
        self.params.rules.check_null_mode("null_budgets")?;
        self.subnet.validate_for_null(self.params.commit_reveal)
    }

    /// Runs the epoch that is meant: [`epoch::run`], or [`epoch::null_epoch`] where there are budgets.
    ///
    /// # Errors
    /// Theirs.
    pub fn run<'m>(&self, memory: &'m mut [u64]) -> Result<Outcome<'m>, Error> {
        match self.null_budgets {
            None => epoch::run(&self.params, &self.subnet, memory),
            Some(budgets) => epoch::null_epoch(&self.params, &self.subnet, budgets, memory),
        }
    }

    /// The number of `u64` words of working memory [`EpochInput::run`] needs, exactly.
    ///
    /// # Errors
    /// Those of [`Subnet::workspace_words`].
    pub fn workspace_words(&self) -> Result<usize, Error> {
        match self.null_budgets {
            None => self.subnet.workspace_words(),
            Some(_) => Ok(Workspace::words(self.subnet.n, 0, 0).unwrap_or(usize::MAX)),
        }
    }

    /// The lists' lengths, as far as they are encoded.
    fn sizes(&self) -> InputSizes {
        let n = self.subnet.n;
        let entries = |rows: &Rows<'_, u16>| {
            let entries = (0..n).fold(0, |sum: usize, uid| sum.saturating_add(rows.row(uid.into()).len()));
            u32::try_from(entries).unwrap_or(u32::MAX)
        };
        InputSizes {
            n,
            weights: entries(&self.subnet.weights),
            bonds: entries(&self.subnet.bonds),
            previous_consensus: u16::try_from(self.subnet.previous_consensus.len()).unwrap_or(u16::MAX).min(n),
        }
    }
}

/// Hands the canonical bytes of `input` to `write`, piece by piece.
///
/// # Errors
/// Those of [`EpochInput::validate`]; `write` is not called then.
///
/// ```
/// use yuma_core::{Params, digest::{EpochInput, write_input}, epoch::StaticSubnet};
/// let subnet = StaticSubnet::<1, 1, 1>::new();
/// let input = EpochInput { params: Params::CHAIN_DEFAULT, subnet: subnet.as_subnet(), null_budgets: None };
/// let mut bytes = Vec::new();
/// write_input(&input, |piece| bytes.extend_from_slice(piece))?;
/// assert_eq!(bytes[..10], *b"yuma\x01\x01\xdb\x01\0\0"); // version 1, an input, of the rules of 475
/// # Ok::<(), yuma_core::Error>(())
/// ```
pub fn write_input(input: &EpochInput<'_>, mut write: impl FnMut(&[u8])) -> Result<(), Error> {
    input.validate()?;
    write_valid(input, &mut write);
    Ok(())
}

/// The SHA-256 of an input's canonical bytes.
///
/// # Errors
/// Those of [`EpochInput::validate`].
///
/// ```
/// use yuma_core::{Params, digest::{EpochInput, input_digest}, epoch::StaticSubnet};
/// let subnet = StaticSubnet::<1, 1, 1>::new();
/// let input = EpochInput { params: Params::CHAIN_DEFAULT, subnet: subnet.as_subnet(), null_budgets: None };
/// let other = EpochInput { params: Params { tempo: 99, ..input.params }, ..input };
/// assert_ne!(input_digest(&input)?, input_digest(&other)?);
/// # Ok::<(), yuma_core::Error>(())
/// ```
pub fn input_digest(input: &EpochInput<'_>) -> Result<[u8; 32], Error> {
    input.validate()?;
    Ok(sha256(|write| write_valid(input, write)))
}

/// The number of an input's canonical bytes.
///
/// # Errors
/// Those of [`EpochInput::validate`].
pub fn input_length(input: &EpochInput<'_>) -> Result<usize, Error> {
    input.validate()?;
    let budgets = if input.null_budgets.is_some() { BUDGETS } else { 0 };
    let block = if input.subnet.last_yuma_step_block.is_some() { BLOCK } else { 0 };
    let uid = if input.subnet.owner_uid.is_some() { UID } else { 0 };
    let length = least_length(input.sizes()).saturating_add(budgets).saturating_add(block).saturating_add(uid);
    Ok(usize::try_from(length).unwrap_or(usize::MAX))
}

/// The bytes before the lists, without what may be missing; of what may be missing; and the lists', for each neuron, entry
/// and element of the previous consensus.
const HEAD: u64 = 97;
const BUDGETS: u64 = 24;
const BLOCK: u64 = 8;
const UID: u64 = 2;
const PER_NEURON: u64 = 49;
const PER_ENTRY: u64 = 4;
const PER_CONSENSUS: u64 = 2;

/// The fewest bytes an input of these sizes has.
fn least_length(sizes: InputSizes) -> u64 {
    let neurons = u64::from(sizes.n).saturating_mul(PER_NEURON);
    let entries = u64::from(sizes.weights).saturating_add(sizes.bonds.into()).saturating_mul(PER_ENTRY);
    let previous_consensus = u64::from(sizes.previous_consensus).saturating_mul(PER_CONSENSUS);
    HEAD.saturating_add(neurons).saturating_add(entries).saturating_add(previous_consensus)
}

/// Writes the canonical bytes of `input` to the front of `bytes` and returns how many they are: [`input_length`].
///
/// # Errors
/// Those of [`EpochInput::validate`]; [`ErrorCode::TooSmall`](crate::ErrorCode::TooSmall) when `bytes` has less room.
pub fn encode_input(input: &EpochInput<'_>, bytes: &mut [u8]) -> Result<usize, Error> {
    let length = input_length(input)?;
    fill(take_room("bytes", bytes, length)?, |write| write_valid(input, write));
    Ok(length)
}

fn write_valid(input: &EpochInput<'_>, write: &mut dyn FnMut(&[u8])) {
    let EpochInput { params, subnet, null_budgets } = input;
    let sizes = input.sizes();
    let out = &mut Writer::begin(write, Content::Input, params.rules);
    out.u16(sizes.n);
    out.u32(sizes.weights);
    out.u32(sizes.bonds);
    out.u16(sizes.previous_consensus);
    out.flag(null_budgets.is_some());
    if let Some(budgets) = null_budgets {
        for budget in [budgets.mining, budgets.dividend, budgets.fallback] {
            out.u64(budget);
        }
    }

    out.u64(params.tempo);
    out.u64(params.activity_cutoff);
    out.u16(params.kappa);
    out.u16(params.bonds_penalty);
    out.u64(params.bonds_moving_average);
    out.flag(params.yuma3);
    out.flag(params.liquid_alpha);
    out.flag(params.commit_reveal);
    out.u16(params.alpha_low);
    out.u16(params.alpha_high);
    out.bytes(&params.alpha_sigmoid_steepness.to_le_bytes());
    out.u16(params.max_allowed_validators);
    out.u64(params.stake_threshold);
    out.u8(match params.consensus_mode {
        ConsensusMode::Current => 0,
        ConsensusMode::Previous => 1,
        ConsensusMode::Auto => 2,
    });

    out.u64(subnet.current_block);
    out.u64(subnet.last_step_block);
    out.flag(subnet.last_yuma_step_block.is_some());
    if let Some(block) = subnet.last_yuma_step_block {
        out.u64(block);
    }
    out.flag(subnet.owner_uid.is_some());
    if let Some(uid) = subnet.owner_uid {
        out.u16(uid);
    }
    out.u64(subnet.rao_emission);

    for stake in subnet.stake {
        out.bytes(&stake.to_bits().to_le_bytes());
    }
    for &block in subnet.last_update.iter().chain(subnet.block_at_registration) {
        out.u64(block);
    }
    for uid in 0..usize::from(sizes.n) {
        out.flag(subnet.validator_permit.get(uid).copied().unwrap_or(false));
    }
    for uid in 0..usize::from(sizes.n) {
        out.u64(subnet.commit_block.and_then(|blocks| blocks.get(uid)).copied().unwrap_or(u64::MAX));
    }
    for rows in [&subnet.weights, &subnet.bonds] {
        out.matrix(sizes.n, &|uid, entry| rows.row(uid.into()).for_each(|(column, value)| entry(column, value)));
    }
    for &consensus in subnet.previous_consensus.iter().take(sizes.previous_consensus.into()) {
        out.u16(consensus);
    }
}

/// How much room the input whose canonical bytes are `bytes` needs. There are enough bytes for that much: whoever allocates
/// it can't be made to allocate more than a small multiple of what was received.
///
/// # Errors
/// Those of [`decode_input`], as far as they can be told from the counts.
pub fn input_sizes(bytes: &[u8]) -> Result<InputSizes, Error> {
    let mut rest = bytes;
    let sizes = Reader::begin(&mut front_of(&mut rest), Content::Input).and_then(|mut from| read_sizes(&mut from));
    let sizes = all_of(bytes, &[], sizes)?;
    at_least(bytes, least_length(sizes))?;
    Ok(sizes)
}

/// The input whose canonical bytes are all of `bytes`, in the caller's memory, and their SHA-256.
///
/// # Errors
/// - [`ErrorCode::NotCanonical`](crate::ErrorCode::NotCanonical) for bytes that no input encodes to, with the offset.
/// - [`ErrorCode::Length`](crate::ErrorCode::Length) of `bytes` when they end too early or go on.
/// - [`ErrorCode::TooSmall`](crate::ErrorCode::TooSmall) for a buffer with less room than [`input_sizes`] says.
/// - [`ErrorCode::UnknownRules`](crate::ErrorCode::UnknownRules), and those of [`EpochInput::validate`].
///
/// ```
/// use yuma_core::{ErrorCode, Params, digest::{self, EpochInput}, epoch::StaticSubnet};
/// let subnet = StaticSubnet::<1, 1, 1>::new();
/// let input = EpochInput { params: Params::CHAIN_DEFAULT, subnet: subnet.as_subnet(), null_budgets: None };
/// let mut bytes = [0; 128];
/// let length = digest::encode_input(&input, &mut bytes)?;
/// let nothing = || digest::MatrixBuffers { ends: &mut [], columns: &mut [], values: &mut [] };
/// let buffers = || digest::SubnetBuffers {
///     stake: &mut [], last_update: &mut [], block_at_registration: &mut [], validator_permit: &mut [],
///     commit_block: &mut [], weights: nothing(), bonds: nothing(), previous_consensus: &mut [],
/// };
/// let (again, digest) = digest::decode_input(&bytes[..length], buffers())?;
/// assert_eq!((again.params, digest), (input.params, digest::input_digest(&input)?));
///
/// bytes[22] = 2; // neither a Yuma nor a Null epoch
/// let error = digest::decode_input(&bytes[..length], buffers()).unwrap_err();
/// assert_eq!((error.code, error.field, error.index, error.limit), (ErrorCode::NotCanonical, "mode", 22, 1));
/// # Ok::<(), yuma_core::Error>(())
/// ```
pub fn decode_input<'b>(bytes: &[u8], buffers: SubnetBuffers<'b>) -> Result<(EpochInput<'b>, [u8; 32]), Error> {
    let mut rest = bytes;
    let decoded = read_input(front_of(&mut rest), buffers);
    all_of(bytes, rest, decoded)
}

/// As [`decode_input`], from a source: `read` fills the piece it is given, or says that the bytes have ended. It is asked for
/// no byte beyond the input's last.
///
/// # Errors
/// Those of [`decode_input`].
pub fn read_input(
    mut read: impl FnMut(&mut [u8]) -> bool,
    buffers: SubnetBuffers<'_>,
) -> Result<(EpochInput<'_>, [u8; 32]), Error> {
    let mut from = Reader::begin(&mut read, Content::Input)?;
    let head = Head::read(&mut from)?;
    let mut buffers = buffers.of(head.sizes)?;
    read_lists(&mut from, &mut buffers)?;
    let input = EpochInput { params: head.params, subnet: subnet_of(buffers, &head)?, null_budgets: head.null_budgets };
    input.validate()?;
    Ok((input, from.digest()))
}

impl<const N: usize, const W: usize, const B: usize> StaticSubnet<N, W, B> {
    /// Takes the subnet of an input's [canonical bytes](crate::digest) off `read`, straight into this memory: nothing is
    /// copied twice, and nothing needs a buffer. `read` fills the piece it is given, or says that the bytes have ended. What
    /// was here before is gone; after an error the subnet is empty.
    ///
    /// Returns the input and the SHA-256 of its bytes.
    ///
    /// # Errors
    /// Those of [`decode_input`]; [`ErrorCode::TooSmall`](crate::ErrorCode::TooSmall) for a field of more elements than there
    /// is room for.
    ///
    /// ```
    /// use yuma_core::digest::{EpochInput, input_digest, write_input};
    /// use yuma_core::{Params, epoch::{StaticSubnet, Workspace}};
    /// let sent = StaticSubnet::<2, 2, 2>::new();
    /// let input = EpochInput { params: Params::CHAIN_DEFAULT, subnet: sent.as_subnet(), null_budgets: None };
    /// let mut bytes = Vec::new();
    /// write_input(&input, |piece| bytes.extend_from_slice(piece))?;
    ///
    /// let mut source = bytes.iter();
    /// let mut received = StaticSubnet::<2, 2, 2>::new();
    /// let (input, digest) = received.read(|piece| {
    ///     piece.iter_mut().zip(source.by_ref()).map(|(to, from)| *to = *from).count() == piece.len()
    /// })?;
    /// assert_eq!(digest, input_digest(&input)?);
    /// # Ok::<(), yuma_core::Error>(())
    /// ```
    pub fn read(&mut self, mut read: impl FnMut(&mut [u8]) -> bool) -> Result<(EpochInput<'_>, [u8; 32]), Error> {
        match self.fill(&mut read) {
            Ok((params, null_budgets, digest)) => {
                Ok((EpochInput { params, subnet: self.as_subnet(), null_budgets }, digest))
            }
            Err(error) => {
                self.clear();
                Err(error)
            }
        }
    }

    fn fill(
        &mut self,
        read: &mut dyn FnMut(&mut [u8]) -> bool,
    ) -> Result<(Params, Option<NullBudgets>, [u8; 32]), Error> {
        let mut from = Reader::begin(read, Content::Input)?;
        let head = Head::read(&mut from)?;
        self.current_block = head.current_block;
        self.last_step_block = head.last_step_block;
        self.last_yuma_step_block = head.last_yuma_step_block;
        self.owner_uid = head.owner_uid;
        self.rao_emission = head.rao_emission;
        read_lists(&mut from, &mut self.make_room(head.sizes)?)?;
        let (params, null_budgets) = (head.params, head.null_budgets);
        EpochInput { params, subnet: self.as_subnet(), null_budgets }.validate()?;
        Ok((params, null_budgets, from.digest()))
    }
}

/// What an input has beside its lists.
struct Head {
    sizes: InputSizes,
    null_budgets: Option<NullBudgets>,
    params: Params,
    current_block: u64,
    last_step_block: u64,
    last_yuma_step_block: Option<u64>,
    owner_uid: Option<u16>,
    rao_emission: u64,
}

impl Head {
    fn read(from: &mut Reader<'_>) -> Result<Self, Error> {
        let sizes = read_sizes(from)?;
        let head = Self {
            sizes,
            null_budgets: from.flag("mode").then(|| NullBudgets {
                mining: from.u64(),
                dividend: from.u64(),
                fallback: from.u64(),
            }),
            params: read_params(from),
            current_block: from.u64(),
            last_step_block: from.u64(),
            last_yuma_step_block: from.flag("last_yuma_step_block").then(|| from.u64()),
            owner_uid: from.flag("owner_uid").then(|| from.u16()),
            rao_emission: from.u64(),
        };
        from.check()?;
        Ok(head)
    }
}

fn read_sizes(from: &mut Reader<'_>) -> Result<InputSizes, Error> {
    let n = from.u16();
    let weights = from.entries("weights", n);
    let bonds = from.entries("bonds", n);
    let previous_consensus = from.u16();
    from.canonical(previous_consensus <= n, "previous_consensus", 2, n.into());
    from.check()?;
    Ok(InputSizes { n, weights, bonds, previous_consensus })
}

fn read_params(from: &mut Reader<'_>) -> Params {
    Params {
        rules: from.rules(),
        tempo: from.u64(),
        activity_cutoff: from.u64(),
        kappa: from.u16(),
        bonds_penalty: from.u16(),
        bonds_moving_average: from.u64(),
        yuma3: from.flag("yuma3"),
        liquid_alpha: from.flag("liquid_alpha"),
        commit_reveal: from.flag("commit_reveal"),
        alpha_low: from.u16(),
        alpha_high: from.u16(),
        alpha_sigmoid_steepness: from.u16().cast_signed(),
        max_allowed_validators: from.u16(),
        stake_threshold: from.u64(),
        consensus_mode: match from.at_most("consensus_mode", 2) {
            0 => ConsensusMode::Current,
            1 => ConsensusMode::Previous,
            _ => ConsensusMode::Auto,
        },
    }
}

/// Fills the lists, which have their size.
fn read_lists(from: &mut Reader<'_>, lists: &mut SubnetBuffers<'_>) -> Result<(), Error> {
    lists.stake.fill_with(|| I64F64::from_bits(i128::from_le_bytes(from.bytes())));
    lists.last_update.fill_with(|| from.u64());
    lists.block_at_registration.fill_with(|| from.u64());
    lists.validator_permit.fill_with(|| from.flag("validator_permit"));
    lists.commit_block.fill_with(|| from.u64());
    from.matrix("weights", &mut lists.weights);
    from.matrix("bonds", &mut lists.bonds);
    lists.previous_consensus.fill_with(|| from.u16());
    from.check()
}

/// The subnet that was read.
fn subnet_of<'b>(lists: SubnetBuffers<'b>, head: &Head) -> Result<Subnet<'b>, Error> {
    Ok(Subnet {
        n: head.sizes.n,
        current_block: head.current_block,
        last_step_block: head.last_step_block,
        last_yuma_step_block: head.last_yuma_step_block,
        owner_uid: head.owner_uid,
        rao_emission: head.rao_emission,
        stake: lists.stake,
        last_update: lists.last_update,
        block_at_registration: lists.block_at_registration,
        validator_permit: lists.validator_permit,
        commit_block: Some(lists.commit_block),
        weights: lists.weights.rows("weights")?,
        bonds: lists.bonds.rows("bonds")?,
        previous_consensus: lists.previous_consensus,
    })
}

//! A subnet that owns its memory without a heap, for firmware: built neuron by neuron, then run.

use heapless::Vec;

use super::buffers::{InputSizes, MatrixBuffers, SubnetBuffers};
use super::subnet::Subnet;
use crate::error::{Error, ErrorCode};
use crate::fixed::I64F64;
use crate::rows::Rows;

/// Working memory of fixed size. How many words: [`Workspace::words`](super::Workspace::words), which is `const`.
pub type StaticWorkspace<const WORDS: usize> = [u64; WORDS];

/// One neuron of a [`StaticSubnet`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Neuron {
    /// Total stake weight in rao, with a fraction.
    pub stake: I64F64,
    /// The block in which it last set weights.
    pub last_update: u64,
    /// The block in which it registered.
    pub block_at_registration: u64,
    /// Whether it has a validator permit.
    pub validator_permit: bool,
    /// The block of its earliest active commit, `u64::MAX` for none.
    pub commit_block: u64,
}

/// Room for `N` neurons, `W` weights and `B` bonds, and what has been put there.
///
/// ```
/// use yuma_core::{Params, epoch, epoch::{Neuron, StaticSubnet, StaticWorkspace, Workspace}, fixed::I64F64};
///
/// let mut subnet = StaticSubnet::<2, 2, 2>::new();
/// subnet.current_block = 1000;
/// subnet.rao_emission = 1_000_000;
/// let miner = Neuron {
///     stake: I64F64::ZERO, last_update: 990, block_at_registration: 0, validator_permit: false, commit_block: u64::MAX,
/// };
/// subnet.push(Neuron { stake: I64F64::ONE, validator_permit: true, ..miner }, &[(1, 65535)], &[])?;
/// subnet.push(miner, &[], &[])?;
///
/// const WORDS: usize = Workspace::words(2, 2, 2).unwrap();
/// let mut memory: StaticWorkspace<WORDS> = [0; WORDS];
/// let outcome = epoch::run(&Params::CHAIN_DEFAULT, &subnet.as_subnet(), &mut memory)?;
/// assert_eq!(outcome.emission(), [500_000, 500_000]);
/// # Ok::<(), yuma_core::Error>(())
/// ```
#[derive(Debug)]
pub struct StaticSubnet<const N: usize, const W: usize, const B: usize> {
    /// See [`Subnet::current_block`].
    pub current_block: u64,
    /// See [`Subnet::last_step_block`].
    pub last_step_block: u64,
    /// See [`Subnet::last_yuma_step_block`].
    pub last_yuma_step_block: Option<u64>,
    /// See [`Subnet::owner_uid`].
    pub owner_uid: Option<u16>,
    /// See [`Subnet::rao_emission`].
    pub rao_emission: u64,
    stake: Vec<I64F64, N>,
    last_update: Vec<u64, N>,
    block_at_registration: Vec<u64, N>,
    validator_permit: Vec<bool, N>,
    commit_block: Vec<u64, N>,
    weights: StaticRows<N, W>,
    bonds: StaticRows<N, B>,
    previous_consensus: Vec<u16, N>,
}

#[derive(Debug)]
struct StaticRows<const N: usize, const E: usize> {
    ends: Vec<u32, N>,
    columns: Vec<u16, E>,
    values: Vec<u16, E>,
}

impl<const N: usize, const W: usize, const B: usize> StaticSubnet<N, W, B> {
    /// An empty subnet.
    pub const fn new() -> Self {
        Self {
            current_block: 0,
            last_step_block: 0,
            last_yuma_step_block: None,
            owner_uid: None,
            rao_emission: 0,
            stake: Vec::new(),
            last_update: Vec::new(),
            block_at_registration: Vec::new(),
            validator_permit: Vec::new(),
            commit_block: Vec::new(),
            weights: StaticRows::new(),
            bonds: StaticRows::new(),
            previous_consensus: Vec::new(),
        }
    }

    /// Adds the neuron with the next uid, its weights and its old bonds, each as (column, value) in stored order.
    ///
    /// # Errors
    /// [`ErrorCode::TooSmall`] for what has no room; nothing is added then.
    pub fn push(&mut self, neuron: Neuron, weights: &[(u16, u16)], bonds: &[(u16, u16)]) -> Result<(), Error> {
        let n = self.stake.len().min(usize::from(u16::MAX));
        if n >= N {
            return Err(Error::new(ErrorCode::TooSmall, "stake", N, n.saturating_add(1)));
        }
        self.weights.check_room("weights", weights)?;
        self.bonds.check_room("bonds", bonds)?;
        self.weights.push(weights);
        self.bonds.push(bonds);
        // There is room: every column has as many elements as `stake`.
        let _ = self.stake.push(neuron.stake);
        let _ = self.last_update.push(neuron.last_update);
        let _ = self.block_at_registration.push(neuron.block_at_registration);
        let _ = self.validator_permit.push(neuron.validator_permit);
        let _ = self.commit_block.push(neuron.commit_block);
        Ok(())
    }

    /// Sets the consensus the epoch before stored, see [`Subnet::previous_consensus`]. Elements beyond `N` neurons have no
    /// effect and are dropped.
    pub fn set_previous_consensus(&mut self, previous: impl Iterator<Item = u16>) {
        self.previous_consensus = previous.take(N).collect();
    }

    /// Lists of these sizes, to be filled.
    pub(crate) fn make_room(&mut self, sizes: InputSizes) -> Result<SubnetBuffers<'_>, Error> {
        let n = usize::from(sizes.n);
        Ok(SubnetBuffers {
            stake: room("stake", &mut self.stake, n)?,
            last_update: room("last_update", &mut self.last_update, n)?,
            block_at_registration: room("block_at_registration", &mut self.block_at_registration, n)?,
            validator_permit: room("validator_permit", &mut self.validator_permit, n)?,
            commit_block: room("commit_block", &mut self.commit_block, n)?,
            weights: self.weights.make_room("weights", n, sizes.weights)?,
            bonds: self.bonds.make_room("bonds", n, sizes.bonds)?,
            previous_consensus: room(
                "previous_consensus",
                &mut self.previous_consensus,
                sizes.previous_consensus.into(),
            )?,
        })
    }

    /// Forgets all neurons.
    pub fn clear(&mut self) {
        self.stake.clear();
        self.last_update.clear();
        self.block_at_registration.clear();
        self.validator_permit.clear();
        self.commit_block.clear();
        self.weights.clear();
        self.bonds.clear();
        self.previous_consensus.clear();
    }

    /// The subnet as [`epoch::run`](super::run) takes it.
    pub fn as_subnet(&self) -> Subnet<'_> {
        Subnet {
            n: u16::try_from(self.stake.len()).unwrap_or(u16::MAX),
            current_block: self.current_block,
            last_step_block: self.last_step_block,
            last_yuma_step_block: self.last_yuma_step_block,
            owner_uid: self.owner_uid,
            rao_emission: self.rao_emission,
            stake: &self.stake,
            last_update: &self.last_update,
            block_at_registration: &self.block_at_registration,
            validator_permit: &self.validator_permit,
            commit_block: Some(&self.commit_block),
            weights: self.weights.as_rows("weights"),
            bonds: self.bonds.as_rows("bonds"),
            previous_consensus: &self.previous_consensus,
        }
    }
}

impl<const N: usize, const W: usize, const B: usize> Default for StaticSubnet<N, W, B> {
    fn default() -> Self {
        Self::new()
    }
}

/// A list at this length.
fn room<'v, T: Clone + Default, const N: usize>(
    field: &'static str,
    list: &'v mut Vec<T, N>,
    count: usize,
) -> Result<&'v mut [T], Error> {
    match list.resize_default(count) {
        Ok(()) => Ok(list),
        Err(_) => Err(Error::new(ErrorCode::TooSmall, field, N, count)),
    }
}

impl<const N: usize, const E: usize> StaticRows<N, E> {
    const fn new() -> Self {
        Self { ends: Vec::new(), columns: Vec::new(), values: Vec::new() }
    }

    fn make_room(&mut self, field: &'static str, rows: usize, entries: u32) -> Result<MatrixBuffers<'_>, Error> {
        let entries = usize::try_from(entries).unwrap_or(usize::MAX);
        Ok(MatrixBuffers {
            ends: room(field, &mut self.ends, rows)?,
            columns: room(field, &mut self.columns, entries)?,
            values: room(field, &mut self.values, entries)?,
        })
    }

    fn clear(&mut self) {
        self.ends.clear();
        self.columns.clear();
        self.values.clear();
    }

    fn check_room(&self, field: &'static str, row: &[(u16, u16)]) -> Result<(), Error> {
        let needed = self.columns.len().saturating_add(row.len());
        if needed > E { Err(Error::new(ErrorCode::TooSmall, field, E, needed)) } else { Ok(()) }
    }

    fn push(&mut self, row: &[(u16, u16)]) {
        for &(column, value) in row {
            let _ = self.columns.push(column);
            let _ = self.values.push(value);
        }
        let _ = self.ends.push(u32::try_from(self.columns.len()).unwrap_or(u32::MAX));
    }

    fn as_rows(&self, field: &'static str) -> Rows<'_, u16> {
        Rows::from_ends(field, &self.ends, &self.columns, &self.values).unwrap_or(Rows::EMPTY)
    }
}

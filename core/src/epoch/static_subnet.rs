//! A subnet that owns its memory without a heap, for firmware: built neuron by neuron, then run.

use heapless::Vec;

use super::subnet::Subnet;
use crate::digest::{EpochInput, MatrixBuffers, SubnetBuffers, read_input};
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

    /// Takes the subnet of an input's [canonical bytes](crate::digest) off `read`, straight into this memory: nothing is
    /// copied twice, and nothing needs a buffer. `read` fills the piece it is given, or says that the bytes have ended. What
    /// was here before is gone; after an error the subnet is empty.
    ///
    /// Returns the input and the SHA-256 of its bytes.
    ///
    /// # Errors
    /// Those of [`read_input`]; [`ErrorCode::TooSmall`] for a field of more elements than there is room for.
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
    pub fn read(&mut self, read: impl FnMut(&mut [u8]) -> bool) -> Result<(EpochInput<'_>, [u8; 32]), Error> {
        let result = read_input(read, self.buffers()).map(|(input, digest)| {
            let EpochInput { params, subnet, null_budgets } = input;
            let sizes = (subnet.n, subnet.weights.entries(), subnet.bonds.entries(), subnet.previous_consensus.len());
            let Subnet { current_block, last_step_block, last_yuma_step_block, owner_uid, rao_emission, .. } = subnet;
            let blocks = (current_block, last_step_block, last_yuma_step_block);
            (params, null_budgets, digest, sizes, blocks, owner_uid, rao_emission)
        });
        match result {
            Ok((params, null_budgets, digest, (n, weights, bonds, previous), blocks, owner_uid, rao_emission)) => {
                (self.current_block, self.last_step_block, self.last_yuma_step_block) = blocks;
                (self.owner_uid, self.rao_emission) = (owner_uid, rao_emission);
                self.truncate(n.into(), weights, bonds, previous);
                Ok((EpochInput { params, subnet: self.as_subnet(), null_budgets }, digest))
            }
            Err(error) => {
                self.truncate(0, 0, 0, 0);
                Err(error)
            }
        }
    }

    /// All of the memory there is.
    fn buffers(&mut self) -> SubnetBuffers<'_> {
        SubnetBuffers {
            stake: whole(&mut self.stake),
            last_update: whole(&mut self.last_update),
            block_at_registration: whole(&mut self.block_at_registration),
            validator_permit: whole(&mut self.validator_permit),
            commit_block: whole(&mut self.commit_block),
            weights: self.weights.buffers(),
            bonds: self.bonds.buffers(),
            previous_consensus: whole(&mut self.previous_consensus),
        }
    }

    fn truncate(&mut self, n: usize, weights: usize, bonds: usize, previous_consensus: usize) {
        self.stake.truncate(n);
        self.last_update.truncate(n);
        self.block_at_registration.truncate(n);
        self.validator_permit.truncate(n);
        self.commit_block.truncate(n);
        self.weights.truncate(n, weights);
        self.bonds.truncate(n, bonds);
        self.previous_consensus.truncate(previous_consensus);
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

/// A list at its full length.
fn whole<T: Clone + Default, const N: usize>(list: &mut Vec<T, N>) -> &mut [T] {
    let _ = list.resize_default(N);
    list
}

impl<const N: usize, const E: usize> StaticRows<N, E> {
    const fn new() -> Self {
        Self { ends: Vec::new(), columns: Vec::new(), values: Vec::new() }
    }

    fn buffers(&mut self) -> MatrixBuffers<'_> {
        MatrixBuffers {
            ends: whole(&mut self.ends),
            columns: whole(&mut self.columns),
            values: whole(&mut self.values),
        }
    }

    fn truncate(&mut self, rows: usize, entries: usize) {
        self.ends.truncate(rows);
        self.columns.truncate(entries);
        self.values.truncate(entries);
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

//! A subnet's state before its epoch, and the door (spec `epoch.md` §2).

use super::weights::WeightMask;
use super::workspace::Workspace;
use crate::error::{Error, ErrorCode, check_length};
use crate::fixed::I64F64;
use crate::rows::Rows;

/// A subnet before its epoch, borrowed from the caller. Slices have one element per uid.
#[derive(Debug, Clone, Copy)]
pub struct Subnet<'a> {
    /// The number of neurons; their uids are 0 … n − 1.
    pub n: u16,
    /// The block the epoch runs in.
    pub current_block: u64,
    /// The block of the epoch before; 0 when none ran yet.
    pub last_step_block: u64,
    /// The block of the last epoch in Yuma mode (read from 475 on; 0 is a block, not absence).
    pub last_yuma_step_block: Option<u64>,
    /// The uid of the subnet's owner. One that is not below `n` has no effect.
    pub owner_uid: Option<u16>,
    /// The alpha to divide, in rao.
    pub rao_emission: u64,
    /// Each neuron's total stake weight on the subnet in rao, with a fraction, not negative
    /// (spec `distribution.md` §3.2).
    pub stake: &'a [I64F64],
    /// The block in which each neuron last set weights.
    pub last_update: &'a [u64],
    /// The block in which each neuron registered.
    pub block_at_registration: &'a [u64],
    /// Who has a validator permit before the epoch.
    pub validator_permit: &'a [bool],
    /// The block of each neuron's earliest active commit, `u64::MAX` for none; read only with commit-reveal.
    /// Nothing stands for none by anybody.
    pub commit_block: Option<&'a [u64]>,
    /// Row: validator, column: miner, value: the u16 weight as stored. Rows and columns from `n` on are ignored.
    pub weights: Rows<'a, u16>,
    /// Row: validator, column: miner, value: the u16 bond as the epoch before stored it.
    pub bonds: Rows<'a, u16>,
    /// The u16 consensus of the epoch before, of the same mechanism: [`Outcome::consensus`](super::Outcome::consensus).
    /// Any length; empty when none is stored (read from 475 on).
    pub previous_consensus: &'a [u16],
}

impl<'a> Subnet<'a> {
    /// The door: checks what the epoch relies on. [`epoch::run`](super::run) calls it.
    ///
    /// # Errors
    /// - [`ErrorCode::Length`]: a slice whose length is not `n`, or a matrix that has rows, but fewer than `n`.
    /// - [`ErrorCode::Negative`]: a negative stake, with its uid.
    pub fn validate(&self, commit_reveal: bool) -> Result<(), Error> {
        self.validate_for_null(commit_reveal)?;
        check_length("validator_permit", self.validator_permit, usize::from(self.n))?;
        self.check_rows("bonds", &self.bonds)
    }

    /// The door of the Null epoch, which reads neither permits nor bonds.
    pub(crate) fn validate_for_null(&self, commit_reveal: bool) -> Result<(), Error> {
        let n = usize::from(self.n);
        check_length("stake", self.stake, n)?;
        check_length("last_update", self.last_update, n)?;
        check_length("block_at_registration", self.block_at_registration, n)?;
        if let (true, Some(commit_block)) = (commit_reveal, self.commit_block) {
            check_length("commit_block", commit_block, n)?;
        }
        self.check_rows("weights", &self.weights)?;
        match self.stake.iter().position(|stake| stake.is_negative()) {
            Some(uid) => Err(Error::new(ErrorCode::Negative, "stake", uid, 0)),
            None => Ok(()),
        }
    }

    /// What decides which weights count (§3.E).
    pub(super) fn weight_mask(&self, commit_reveal: bool) -> WeightMask<'a> {
        WeightMask {
            validator_permit: self.validator_permit,
            owner_uid: self.owner_uid,
            last_update: self.last_update,
            block_at_registration: self.block_at_registration,
            commit_block: self.commit_block.filter(|_| commit_reveal),
        }
    }

    fn check_rows(&self, field: &'static str, rows: &Rows<'_, u16>) -> Result<(), Error> {
        let (rows, n) = (rows.count(), usize::from(self.n));
        if rows != 0 && rows < n { Err(Error::new(ErrorCode::Length, field, rows, n)) } else { Ok(()) }
    }
}

impl Subnet<'_> {
    /// The number of `u64` words of working memory an epoch of this subnet needs, exactly.
    ///
    /// # Errors
    /// [`ErrorCode::Range`] when that is more than a `usize` counts.
    pub fn workspace_words(&self) -> Result<usize, Error> {
        Workspace::words(self.n, self.weights.entries(), self.new_bonds()).ok_or(Error::new(
            ErrorCode::Range,
            "weights",
            self.weights.entries(),
            usize::MAX,
        ))
    }

    /// The most entries the new bonds can have: of each row its weights and its old bonds together, but no more than `n`
    /// unless the weights alone are more.
    pub(super) fn new_bonds(&self) -> usize {
        let n = usize::from(self.n);
        (0..n).fold(0, |sum: usize, uid| {
            let weights = self.weights.row(uid).len();
            let both = weights.saturating_add(self.bonds.row(uid).len());
            sum.saturating_add(both.min(n.max(weights)))
        })
    }
}

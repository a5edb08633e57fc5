//! From a subnet's drained emission to its credits (spec `distribution.md`). It comes after the epoch and the folding
//! of the mechanisms; only [`stake_weights`] comes before them: it makes the epoch's stake.
//!
//! | § | what | function |
//! |---|---|---|
//! | 2 | hotkeys, their stakes, who delegates to whom | [`Network`], [`Stake`], [`Hotkey`], [`Edges`], [`Suspended`] |
//! | 3 | stake inheritance and stake weights | [`inherited_stake`], [`stake_weight`], [`stake_weights`] |
//! | 4 | one validator's dividend between its parents and itself | [`effective_childkey_take`], [`split_dividend`] |
//! | 5 | dividends × stakes | [`dividend_distribution`] |
//! | 6 | root claimable rate (before 475) | [`root_claimable_update`] |
//! | 7 | a whole drained subnet | [`distribute`], [`owner_hotkeys`]; from 475 on [`settle`] |
//!
//! **Accounts are numbers here.** A hotkey is its index in the caller's table of hotkeys, which is ascending by the
//! hotkeys' 32 bytes. So the specification's order is the order of the index, every look-up is one access, there is no
//! map, and no account needs to be in a small device's memory. The table lists every hotkey that is named anywhere: one
//! that nobody described has the default [`Stake`] and [`Hotkey`]. A coldkey is a small number, compared for equality
//! only; [`ZERO_ACCOUNT`] is the account of 32 zero bytes, which owns whatever nobody owns.

mod childkey;
pub(crate) mod collateral;
pub(crate) mod dividends;
pub(crate) mod drain;
mod edges;
mod inheritance;
pub(crate) mod ledger;
pub(crate) mod root_dividends;

use crate::error::{Error, ErrorCode, check_length};
use crate::fixed::{U96F32, convert, proportion};

pub use childkey::{ChildkeyTerms, DividendSplit, Payout, effective_childkey_take, split_dividend};
pub use collateral::{Collateral, settle};
pub use dividends::{DividendParts, DividendRow, PendingDividends, dividend_distribution};
pub use drain::{Drained, DrainedSubnet, EpochShare, RecycleOrBurn, distribute, max_credits, owner_hotkeys};
pub use edges::{Edges, Suspended};
pub use inheritance::{StakeWeight, inherited_stake, stake_weight, stake_weights};
pub(crate) use ledger::Ledger;
pub use ledger::{Credit, Distribution, HotkeyDividends, HotkeyOutcome, Receiver};
pub use root_dividends::{RootDividend, root_claimable_update};

/// A coldkey: a number of the caller's choice, except that 0 is [`ZERO_ACCOUNT`].
pub type Coldkey = u32;

/// The account of 32 zero bytes: the owner of a hotkey without an owner.
pub const ZERO_ACCOUNT: Coldkey = 0;

/// The delegate take of a hotkey that never set one, of 65535; also the largest it can set.
pub const DEFAULT_TAKE: u16 = 11796;

/// What all stakers together hold under one hotkey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stake {
    /// Stake on the subnet, in rao of its alpha.
    pub alpha: u64,
    /// Stake on root, in rao of TAO.
    pub root: u64,
}

/// What the distribution knows about one hotkey besides its stake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hotkey {
    /// Its coldkey.
    pub owner: Coldkey,
    /// The part of dividends the owner takes, of 65535.
    pub take: u16,
    /// The part it takes of its parents' dividends, of 65535; two minima apply on reading.
    pub childkey_take: u16,
    /// Its uid on the subnet.
    pub uid: Option<u16>,
    /// The block in which that uid was registered.
    pub registered_at: u64,
    /// Whether it has a uid on root (from 475 on).
    pub on_root: bool,
    /// Whether anybody has a share in the stake under it (from 475 on).
    pub has_members: bool,
}

impl Default for Hotkey {
    fn default() -> Self {
        Self {
            owner: ZERO_ACCOUNT,
            take: DEFAULT_TAKE,
            childkey_take: 0,
            uid: None,
            registered_at: 0,
            on_root: false,
            has_members: false,
        }
    }
}

/// All hotkeys of a subnet and what they delegate to each other. The three have one entry per hotkey.
#[derive(Debug, Clone, Copy)]
pub struct Network<'a> {
    /// What each hotkey holds.
    pub stakes: &'a [Stake],
    /// Who each hotkey is.
    pub hotkeys: &'a [Hotkey],
    /// Who delegates to whom.
    pub edges: Edges<'a>,
}

impl<'a> Network<'a> {
    /// Refuses tables that do not have one entry for each hotkey of the edges.
    fn check(&self) -> Result<(), Error> {
        check_length("stakes", self.stakes, self.edges.hotkeys())?;
        check_length("hotkeys", self.hotkeys, self.edges.hotkeys())
    }

    /// Every hotkey, ascending.
    fn iter(&self) -> impl Iterator<Item = (u16, &'a Hotkey, Stake)> {
        let tables = self.hotkeys.iter().zip(self.stakes);
        (0..=u16::MAX).zip(tables).map(|(index, (hotkey, &stake))| (index, hotkey, stake))
    }

    fn hotkey(&self, hotkey: u16) -> Hotkey {
        self.hotkeys.get(usize::from(hotkey)).copied().unwrap_or_default()
    }
}

/// The proportion `x` of 65535, which gives exactly 1; floored to 32 bits (§1).
fn unit16(x: u16) -> U96F32 {
    convert(proportion(x))
}

/// The stake of a hotkey; a stranger's is nothing.
fn stake_of(stakes: &[Stake], hotkey: u16) -> Stake {
    stakes.get(usize::from(hotkey)).copied().unwrap_or_default()
}

/// Refuses element number `index` of `field` where it names a hotkey that the table of `hotkeys` entries does not have.
fn check_hotkey(field: &'static str, index: usize, hotkey: u16, hotkeys: usize) -> Result<(), Error> {
    if usize::from(hotkey) < hotkeys {
        Ok(())
    } else {
        Err(Error::new(ErrorCode::Range, field, index, hotkeys.saturating_sub(1)))
    }
}

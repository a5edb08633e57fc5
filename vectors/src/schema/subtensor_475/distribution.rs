//! Kinds of `subtensor-475/distribution.md`: `stake-weights`, `dividend-distribution`, `distribution`. The results of the
//! first two are those of 425.

use serde::{Deserialize, Serialize};

use crate::schema::distribution::{self as base, Account, DistributionPending, Edge, RecycleOrBurn};
use crate::schema::{Decimal, RawUnsigned, U64};

/// Kind `stake-weights` (§3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StakeWeightsInput {
    /// Proportion of 2^64 − 1.
    pub tao_weight: U64,
    /// Hotkey, its alpha, its root stake.
    pub hotkeys: Vec<(Account, U64, U64)>,
    /// In stored order.
    pub edges: Vec<Edge>,
    /// The hotkey of every uid.
    pub uids: Vec<Option<Account>>,
    /// The suspended hotkeys (§3.0).
    pub suspended: Vec<Account>,
    /// The subnet owner's hotkey, which suspension does not hide (§3.0).
    #[serde(deserialize_with = "Option::deserialize")]
    pub subnet_owner_hotkey: Option<Account>,
}

/// One hotkey of kind `dividend-distribution`: the hotkey, its dividend as raw `U96`, its stake row (alpha, root), whether
/// it is on root.
pub type DividendDistributionHotkey = (Account, RawUnsigned, Option<(U64, U64)>, bool);

/// Kind `dividend-distribution` (§5).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DividendDistributionInput {
    /// Alpha to share, in rao.
    pub pending_alpha: U64,
    /// Root's alpha to share, in rao.
    pub pending_root_alpha: U64,
    /// Proportion of 2^64 − 1.
    pub tao_weight: U64,
    /// In any order.
    pub hotkeys: Vec<DividendDistributionHotkey>,
}

/// A collateral entry (§2): hotkey, coldkey, `locked`, `min_locked`, `earned` in rao of alpha, `drain_ratio` as raw `U64`.
pub type CollateralEntry = (Account, Account, U64, U64, U64, RawUnsigned);

/// Kind `distribution` (§7).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DistributionInput {
    /// Proportion of 2^64 − 1.
    pub tao_weight: U64,
    /// The part of a parent's dividend that is burned, of 2^64 − 1.
    pub ck_burn: U64,
    /// The global minimum of the childkey take, of 65535.
    pub min_childkey_take: u16,
    /// The subnet's minimum of the childkey take, of 65535.
    pub min_childkey_take_subnet: u16,
    /// The drained amounts.
    pub pending: DistributionPending,
    /// Whether the epoch mode is Null.
    pub null_mode: bool,
    /// Percent of the owner cut a running lease gives to its contributors.
    #[serde(deserialize_with = "Option::deserialize")]
    pub lease_share: Option<u8>,
    /// The subnet owner.
    #[serde(deserialize_with = "Option::deserialize")]
    pub subnet_owner_coldkey: Option<Account>,
    /// The subnet owner's hotkey.
    #[serde(deserialize_with = "Option::deserialize")]
    pub subnet_owner_hotkey: Option<Account>,
    /// What becomes of the incentives of the owner's hotkeys.
    #[serde(deserialize_with = "Option::deserialize")]
    pub recycle_or_burn: Option<RecycleOrBurn>,
    /// Coldkey, the hotkey its incentives are staked to.
    pub auto_stake: Vec<(Account, Account)>,
    /// The suspended hotkeys (§3.0).
    pub suspended: Vec<Account>,
    /// The hotkeys.
    pub hotkeys: Vec<DistributionHotkey>,
    /// In stored order.
    pub edges: Vec<Edge>,
    /// At most one entry per hotkey and coldkey.
    pub collateral: Vec<CollateralEntry>,
    /// Hotkey, what waits in its basket queue, in rao of alpha.
    pub basket_pending: Vec<(Account, U64)>,
    /// Hotkey, its incentive, its dividend, in rao of alpha.
    pub epoch: Vec<(Account, U64, U64)>,
}

/// One hotkey of kind `distribution`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DistributionHotkey {
    /// The hotkey.
    pub id: Account,
    /// Its stake on the subnet, in rao of alpha.
    pub alpha: U64,
    /// Its stake on root, in rao of TAO.
    pub root: U64,
    /// Its coldkey.
    #[serde(deserialize_with = "Option::deserialize")]
    pub owner: Option<Account>,
    /// Its delegate take, of 65535; none: the default.
    #[serde(deserialize_with = "Option::deserialize")]
    pub take: Option<u16>,
    /// Its childkey take, of 65535.
    pub childkey_take: u16,
    /// Its uid on the subnet.
    #[serde(deserialize_with = "Option::deserialize")]
    pub uid: Option<u16>,
    /// The block in which that uid was registered; without effect.
    pub registered_at: u64,
    /// Whether it has a uid on root.
    pub on_root: bool,
    /// Whether some coldkey holds shares of its pool of stakers.
    pub has_members: bool,
}

impl DistributionInput {
    /// The fields that 425 has, too.
    pub fn base(&self) -> base::DistributionInput {
        base::DistributionInput {
            tao_weight: self.tao_weight,
            ck_burn: self.ck_burn,
            min_childkey_take: self.min_childkey_take,
            min_childkey_take_subnet: self.min_childkey_take_subnet,
            pending: self.pending,
            subnet_owner_coldkey: self.subnet_owner_coldkey,
            subnet_owner_hotkey: self.subnet_owner_hotkey,
            recycle_or_burn: self.recycle_or_burn,
            auto_stake: self.auto_stake.clone(),
            hotkeys: self.hotkeys.iter().map(DistributionHotkey::base).collect(),
            edges: self.edges.clone(),
            epoch: self.epoch.clone(),
        }
    }
}

impl DistributionHotkey {
    /// The fields that 425 has, too.
    pub fn base(&self) -> base::DistributionHotkey {
        base::DistributionHotkey {
            id: self.id,
            alpha: self.alpha,
            root: self.root,
            owner: self.owner,
            take: self.take,
            childkey_take: self.childkey_take,
            uid: self.uid,
            registered_at: self.registered_at,
        }
    }
}

/// Result of kind `distribution`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DistributionExpect {
    /// What the epoch divides, in rao.
    pub epoch_emission: U64,
    /// The sum of the incentives, in rao.
    pub incentive_sum: U64,
    /// What the validators share, in rao.
    pub validator_alpha: U64,
    /// §7.2, raw `U96`, ascending.
    pub dividends: Vec<(Account, RawUnsigned)>,
    /// §7.3, raw `U96`, ascending.
    pub alpha_dividends: Vec<(Account, RawUnsigned)>,
    /// §7.3, raw `U96`, ascending.
    pub root_alpha_dividends: Vec<(Account, RawUnsigned)>,
    /// The drained root where nobody can be given any (§7.3), in rao; contained in `recycled`.
    pub recycled_root: U64,
    /// What may be locked for the owner (§7.4), in rao.
    pub owner_cut_kept: U64,
    /// The protected hotkeys (§7.5), ascending.
    pub owner_hotkeys: Vec<Account>,
    /// The share of incentives withheld, raw `U96`.
    pub miner_burned: RawUnsigned,
    /// Alpha burned, in rao.
    pub burned: U64,
    /// Alpha recycled, in rao.
    pub recycled: U64,
    /// Hotkey, coldkey, amount in rao, in the order of events.
    pub credits: Vec<(Account, Account, U64)>,
    /// Hotkey, amount in rao, in the order of events.
    pub nominator_credits: Vec<(Account, U64)>,
    /// §7.6, rao, ascending, none 0.
    pub alpha_dividends_per_subnet: Vec<(Account, U64)>,
    /// §7.6, rao, ascending, none 0.
    pub root_alpha_dividends_per_subnet: Vec<(Account, U64)>,
    /// The entries afterwards (§7.8), ascending by hotkey and coldkey.
    pub collateral: Vec<CollateralEntry>,
    /// What waits afterwards (§7.6), in rao, ascending.
    pub basket_pending: Vec<(Account, U64)>,
    /// What the outstanding alpha changes by, in rao.
    pub alpha_out_supply_delta: Decimal<i128>,
    /// All stake of every hotkey that has some, in rao, ascending.
    pub total_hotkey_alpha: Vec<(Account, U64)>,
}

//! Kinds of `distribution.md`: from a subnet's drained emission to its credits.

use serde::{Deserialize, Serialize};

use super::{Decimal, RawSigned, RawUnsigned, U64};

/// A hotkey or a coldkey; the order of the numbers is the order of the accounts, 0 is the all-zero account.
pub type Account = u64;

/// Parent, child, proportion of 2^64 − 1.
pub type Edge = (Account, Account, U64);

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
}

/// Result of kind `stake-weights`, one entry per uid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StakeWeightsExpect {
    /// The integer part of `alpha_stake`.
    pub inherited_alpha: Vec<U64>,
    /// The integer part of `tao_stake`.
    pub inherited_tao: Vec<U64>,
    /// Raw `F64`.
    pub alpha_stake: Vec<RawSigned>,
    /// Raw `F64`.
    pub tao_stake: Vec<RawSigned>,
    /// Raw `F64`.
    pub total_stake: Vec<RawSigned>,
}

/// Kind `parent-child-dividends` (§4).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ParentChildDividendsInput {
    /// The validator whose dividend is split.
    pub hotkey: Account,
    /// Its dividend in rao of alpha.
    pub dividends: U64,
    /// Proportion of 2^64 − 1.
    pub tao_weight: U64,
    /// The part of a parent's dividend that is burned, of 2^64 − 1.
    pub ck_burn: U64,
    /// The hotkey's own take, of 65535.
    pub childkey_take: u16,
    /// The global minimum of the take, of 65535.
    pub min_childkey_take: u16,
    /// The subnet's minimum of the take, of 65535.
    pub min_childkey_take_subnet: u16,
    /// Hotkey, its alpha, its root stake, its owner.
    pub hotkeys: Vec<(Account, U64, U64, Option<Account>)>,
    /// In stored order.
    pub edges: Vec<Edge>,
}

/// Result of kind `parent-child-dividends`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ParentChildDividendsExpect {
    /// The take after both minima, of 65535.
    pub effective_take: u16,
    /// What the hotkey contributes itself.
    pub self_contribution: U64,
    /// Parents in stored order, then the hotkey.
    pub payouts: Vec<(Account, U64)>,
    /// The burns that are not 0, in order.
    pub recycled: Vec<U64>,
}

/// One hotkey of kind `dividend-distribution`: the hotkey, its dividend as raw `U96`, its stake row (alpha, root).
pub type DividendDistributionHotkey = (Account, RawUnsigned, Option<(U64, U64)>);

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

/// Result of kind `dividend-distribution`; hotkeys ascending, raw `U96`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DividendDistributionExpect {
    /// The weight as raw `U96`.
    pub tao_weight_fixed: RawUnsigned,
    /// The parts of the pending alpha.
    pub alpha_dividends: Vec<(Account, RawUnsigned)>,
    /// The parts of root's pending alpha.
    pub root_alpha_dividends: Vec<(Account, RawUnsigned)>,
}

/// Kind `root-claimable` (§6).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RootClaimableInput {
    /// The hotkey's stake on root, in rao of TAO.
    pub root_stake: U64,
    /// Alpha to hand out, in rao.
    pub amount: U64,
    /// The rate before, raw `F96`.
    #[serde(deserialize_with = "Option::deserialize")]
    pub rate_before: Option<RawSigned>,
}

/// Result of kind `root-claimable`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RootClaimableExpect {
    /// Whether the amount is staked instead of raising the rate.
    pub fallback_to_stake: bool,
    /// The amount staked, in rao.
    pub staked: U64,
    /// The rate afterwards, raw `F96`.
    #[serde(deserialize_with = "Option::deserialize")]
    pub rate_after: Option<RawSigned>,
}

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
    /// The hotkeys.
    pub hotkeys: Vec<DistributionHotkey>,
    /// In stored order.
    pub edges: Vec<Edge>,
    /// Hotkey, its incentive, its dividend, in rao of alpha.
    pub epoch: Vec<(Account, U64, U64)>,
}

/// The amounts drained from a subnet, in rao of alpha.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DistributionPending {
    /// The miners' part.
    pub server: U64,
    /// The validators' part.
    pub validator: U64,
    /// Root's part.
    pub root: U64,
    /// The owner cut.
    pub owner_cut: U64,
}

/// What becomes of a withheld incentive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RecycleOrBurn {
    /// It leaves the outstanding alpha.
    Recycle,
    /// It stays outstanding, in nobody's hands.
    Burn,
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
    /// The block in which that uid was registered.
    pub registered_at: u64,
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
    /// The protected hotkeys in their order (§7.5).
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
    /// §7.6, rao, ascending.
    pub alpha_dividends_per_subnet: Vec<(Account, U64)>,
    /// The rates set, raw `F96`, ascending.
    pub root_claimable_increment: Vec<(Account, RawSigned)>,
    /// §7.6, rao, ascending.
    pub root_alpha_dividends_per_subnet: Vec<(Account, U64)>,
    /// What the outstanding alpha changes by, in rao.
    pub alpha_out_supply_delta: Decimal<i128>,
    /// All stake of every hotkey that has some, in rao, ascending.
    pub total_hotkey_alpha: Vec<(Account, U64)>,
}

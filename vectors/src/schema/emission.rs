//! Kinds of `emission.md`: from issuance to the pending accumulators.

use serde::{Deserialize, Serialize};

use super::{Decimal, RawSigned, RawUnsigned, U64};

/// Kind `block-emission` (§3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BlockEmissionInput {
    /// Issuance of TAO, or of one subnet's alpha, in rao.
    pub issuance: U64,
}

/// Result of kind `block-emission`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BlockEmissionExpect {
    /// The intermediate values; none at or above the cap.
    #[serde(deserialize_with = "Option::deserialize")]
    pub raw: Option<BlockEmissionRaw>,
    /// The reward in rao.
    pub emission: U64,
}

/// Intermediate values of the chain's way to the reward, raw `F96`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BlockEmissionRaw {
    /// Issuance ÷ cap.
    pub ratio: RawSigned,
    /// 1 ÷ (1 − ratio).
    pub inverse: RawSigned,
    /// The binary logarithm of `inverse`.
    pub log2: RawSigned,
}

/// Kind `moving-price` (§4).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MovingPriceInput {
    /// The subnet's mechanism.
    pub mechanism: u16,
    /// The pool's price, raw `U64`; ignored unless `mechanism` is 1.
    pub price: RawUnsigned,
    /// The price before, raw `F96`.
    pub moving_price: RawSigned,
    /// The block of the first emission.
    #[serde(deserialize_with = "Option::deserialize")]
    pub first_emission_block: Option<U64>,
    /// The block of the update.
    pub current_block: U64,
    /// Blocks after which half of `moving_alpha` is reached.
    pub halving_blocks: U64,
    /// The smoothing factor, raw `F96`.
    pub moving_alpha: RawSigned,
}

/// Result of kind `moving-price`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MovingPriceExpect {
    /// The price afterwards, raw `F96`.
    pub moving_price: RawSigned,
}

/// Kind `subnet-shares` (§5).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SubnetSharesInput {
    /// The block's minted TAO in rao.
    pub block_emission: U64,
    /// The eligible subnets, in order.
    pub subnets: Vec<SubnetSharesSubnet>,
}

/// One eligible subnet of kind `subnet-shares`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SubnetSharesSubnet {
    /// The subnet.
    pub netuid: u16,
    /// Its mechanism.
    pub mechanism: u16,
    /// Its moving price, raw `F96`.
    pub moving_price: RawSigned,
    /// The share of miner emission withheld, raw `U96`.
    pub miner_burned: RawUnsigned,
    /// Whether it takes part in the TAO emission.
    pub emission_enabled: bool,
}

/// Result of kind `subnet-shares`, one entry per subnet in order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SubnetSharesExpect {
    /// §5.1, raw `U64`.
    pub price_shares: Vec<RawUnsigned>,
    /// After §5.2, before §5.3, raw `U64`.
    pub shares: Vec<RawUnsigned>,
    /// §5.4, raw `U96`.
    pub tao_emission: Vec<RawUnsigned>,
    /// §5.5.
    pub root_sell_flag: bool,
}

/// Kind `flow-shares` (§6).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FlowSharesInput {
    /// The block of the update.
    pub current_block: U64,
    /// Smoothing, of 2^63 − 1.
    pub smoothing_factor: U64,
    /// Whether protocol flows are subtracted.
    pub net_flow_enabled: bool,
    /// Lower limit of a flow, raw `F64`.
    pub flow_cutoff: RawSigned,
    /// The power of the normalisation, raw `U64`.
    pub exponent: RawUnsigned,
    /// The subnets, in order.
    pub subnets: Vec<FlowSharesSubnet>,
}

/// A stored flow average: its block and its value, raw `F64`.
pub type FlowAverage = (U64, RawSigned);

/// One subnet of kind `flow-shares`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FlowSharesSubnet {
    /// The subnet.
    pub netuid: u16,
    /// Users' flow in rao since the last update.
    pub tao_flow: Decimal<i64>,
    /// The average of the users' flow.
    #[serde(deserialize_with = "Option::deserialize")]
    pub ema_tao_flow: Option<FlowAverage>,
    /// The protocol's flow in rao since the last update.
    pub protocol_flow: Decimal<i64>,
    /// The average of the protocol's flow.
    #[serde(deserialize_with = "Option::deserialize")]
    pub ema_protocol_flow: Option<FlowAverage>,
}

/// Result of kind `flow-shares`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FlowSharesExpect {
    /// Flows and averages afterwards, one entry per subnet.
    pub after: Vec<FlowSharesAfter>,
    /// The shares, raw `U64`.
    pub shares: Vec<RawUnsigned>,
}

/// One subnet's flows after the update.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FlowSharesAfter {
    /// Users' flow left over, in rao.
    pub tao_flow: Decimal<i64>,
    /// The average of the users' flow.
    #[serde(deserialize_with = "Option::deserialize")]
    pub ema_tao_flow: Option<FlowAverage>,
    /// The protocol's flow left over, in rao.
    pub protocol_flow: Decimal<i64>,
    /// The average of the protocol's flow.
    #[serde(deserialize_with = "Option::deserialize")]
    pub ema_protocol_flow: Option<FlowAverage>,
}

/// Kind `root-proportion` (§7).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RootProportionInput {
    /// The pool's alpha reserve in rao.
    pub alpha_in: U64,
    /// The outstanding alpha in rao.
    pub alpha_out: U64,
    /// TAO staked on root, in rao.
    pub root_tao: U64,
    /// Proportion of 2^64 − 1.
    pub tao_weight: U64,
}

/// Result of kind `root-proportion`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RootProportionExpect {
    /// The weight as raw `U96`.
    pub tao_weight_fixed: RawUnsigned,
    /// Reserve and outstanding alpha together, in rao.
    pub alpha_issuance: U64,
    /// Raw `U96`.
    pub root_proportion: RawUnsigned,
}

/// Kind `root-sell-flag` (§5.5).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RootSellFlagInput {
    /// The eligible subnets, in order.
    pub subnets: Vec<RootSellFlagSubnet>,
}

/// One eligible subnet of kind `root-sell-flag`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RootSellFlagSubnet {
    /// Its mechanism.
    pub mechanism: u16,
    /// Its moving price, raw `F96`.
    pub moving_price: RawSigned,
}

/// Result of kind `root-sell-flag`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RootSellFlagExpect {
    /// Whether the prices sum to more than 1.
    pub root_sell_flag: bool,
}

/// Kind `subnet-terms` (§8).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SubnetTermsInput {
    /// The subnet's TAO emission, raw `U96`.
    pub tao_emission: RawUnsigned,
    /// The pool's alpha reserve in rao.
    pub alpha_in_reserve: U64,
    /// The outstanding alpha in rao.
    pub alpha_out_supply: U64,
    /// The subnet's mechanism.
    pub mechanism: u16,
    /// The pool's price, raw `U64`; ignored unless `mechanism` is 1.
    pub price: RawUnsigned,
    /// TAO staked on root, in rao.
    pub root_tao: U64,
    /// Proportion of 2^64 − 1.
    pub tao_weight: U64,
}

/// Result of kind `subnet-terms`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SubnetTermsExpect {
    /// Raw `U96`.
    pub root_proportion: RawUnsigned,
    /// Alpha created for participants, raw `U96`.
    pub alpha_out: RawUnsigned,
    /// Alpha injected into the pool, raw `U96`.
    pub alpha_in: RawUnsigned,
    /// TAO injected into the pool, raw `U96`.
    pub tao_in: RawUnsigned,
    /// TAO that buys alpha, raw `U96`.
    pub excess_tao: RawUnsigned,
    /// `alpha_out` in whole rao.
    pub alpha_out_u64: U64,
    /// `alpha_in` in whole rao.
    pub alpha_in_u64: U64,
    /// `tao_in` in whole rao.
    pub tao_in_u64: U64,
    /// `excess_tao` in whole rao.
    pub excess_tao_u64: U64,
}

/// The pending accumulators of one subnet, in rao of alpha.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Pending {
    /// The owner cut.
    pub owner_cut: U64,
    /// The miners' part.
    pub server: U64,
    /// The validators' part.
    pub validator: U64,
    /// Root's part.
    pub root: U64,
}

/// Kind `pending-split` (§8 and §9): one subnet of mechanism 1, one block.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PendingSplitInput {
    /// The subnet's TAO emission, raw `U96`.
    pub tao_emission: RawUnsigned,
    /// The pool's alpha reserve in rao before the block.
    pub alpha_in_reserve: U64,
    /// The outstanding alpha in rao before the block.
    pub alpha_out_supply: U64,
    /// The pool's price, raw `U64`.
    pub price: RawUnsigned,
    /// TAO staked on root, in rao.
    pub root_tao: U64,
    /// Proportion of 2^64 − 1.
    pub tao_weight: U64,
    /// Proportion of 65535.
    pub owner_cut: u16,
    /// Whether the owner cut is taken.
    pub owner_cut_enabled: bool,
    /// Whether root's part becomes pending; otherwise it is recycled.
    pub root_sell_flag: bool,
    /// The accumulators before the block.
    pub pending_before: Pending,
}

/// Result of kind `pending-split`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PendingSplitExpect {
    /// Root proportion of the terms (§8), raw `U96`.
    pub root_proportion_cap: RawUnsigned,
    /// Alpha injected into the pool, in rao.
    pub alpha_injected: U64,
    /// Alpha created for participants, in rao.
    pub alpha_created: U64,
    /// Alpha issuance after injection and creation, in rao.
    pub alpha_issuance_at_split: U64,
    /// Root proportion of the split (§9), raw `U96`.
    pub root_proportion_split: RawUnsigned,
    /// The accumulator afterwards.
    pub pending_owner_cut: U64,
    /// The accumulator afterwards.
    pub pending_server: U64,
    /// The accumulator afterwards.
    pub pending_validator: U64,
    /// The accumulator afterwards.
    pub pending_root: U64,
    /// Root's part where it was recycled, in rao.
    pub recycled: U64,
    /// The reserve after the block.
    pub alpha_in_reserve: U64,
    /// The outstanding alpha after the block.
    pub alpha_out_supply: U64,
}

/// Kind `coinbase` (§10).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CoinbaseInput {
    /// The first block.
    pub start_block: u64,
    /// How many blocks follow, the first included.
    pub blocks: u64,
    /// The issuance that decides the reward, in rao.
    pub total_issuance: U64,
    /// The ledger's issuance, which decides the cap, in rao.
    pub balances_issuance: U64,
    /// TAO staked on root, in rao.
    pub root_tao: U64,
    /// Proportion of 2^64 − 1.
    pub tao_weight: U64,
    /// Proportion of 65535.
    pub owner_cut: u16,
    /// Smoothing of the moving price, raw `F96`.
    pub moving_alpha: RawSigned,
    /// How many epochs may run in one block.
    pub max_epochs_per_block: u8,
    /// (block, netuid, target): at the end of the block the subnet's `pending_epoch_at` becomes the target.
    pub triggers: Vec<(u64, u16, u64)>,
    /// The subnets, in order.
    pub subnets: Vec<CoinbaseSubnet>,
}

/// One subnet of kind `coinbase` before the first block.
#[expect(clippy::struct_excessive_bools, reason = "the format's own flags")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CoinbaseSubnet {
    /// The subnet; 0 is root.
    pub netuid: u16,
    /// Its mechanism.
    pub mechanism: u16,
    /// Its moving price, raw `F96`.
    pub moving_price: RawSigned,
    /// The share of miner emission withheld, raw `U96`.
    pub miner_burned: RawUnsigned,
    /// Whether it takes part in the TAO emission.
    pub emission_enabled: bool,
    /// The block of the first emission; none: not started.
    #[serde(deserialize_with = "Option::deserialize")]
    pub first_emission_block: Option<U64>,
    /// A condition of being eligible.
    pub subtoken_enabled: bool,
    /// A condition of being eligible.
    pub registration_allowed: bool,
    /// The pool's alpha reserve in rao.
    pub alpha_in_reserve: U64,
    /// The outstanding alpha in rao.
    pub alpha_out_supply: U64,
    /// The pool's TAO reserve in rao.
    pub tao_reserve: U64,
    /// Whether the owner cut is taken.
    pub owner_cut_enabled: bool,
    /// Blocks after which half of the smoothing is reached.
    pub ema_halving_blocks: U64,
    /// Blocks between epochs; 0 = no epochs.
    pub tempo: u16,
    /// The block of the last consumed epoch slot.
    pub last_epoch_block: U64,
    /// The block of a triggered epoch; 0 = none.
    pub pending_epoch_at: U64,
    /// The pool's price in every block, raw `U64`.
    pub prices: Vec<RawUnsigned>,
}

/// Result of kind `coinbase`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CoinbaseExpect {
    /// One entry per block.
    pub blocks: Vec<CoinbaseBlock>,
}

/// What one block of kind `coinbase` did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CoinbaseBlock {
    /// The block.
    pub block: u64,
    /// Minted TAO in rao.
    pub minted: U64,
    /// §5.5.
    pub root_sell_flag: bool,
    /// The subnets, in order.
    pub subnets: Vec<CoinbaseBlockSubnet>,
    /// At the end of the block.
    pub total_issuance: U64,
    /// At the end of the block.
    pub balances_issuance: U64,
}

/// What one block did to one subnet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CoinbaseBlockSubnet {
    /// The subnet.
    pub netuid: u16,
    /// Raw `U96`; none when not eligible.
    #[serde(deserialize_with = "Option::deserialize")]
    pub tao_emission: Option<RawUnsigned>,
    /// TAO that went into a buy, in rao.
    pub excess_tao: U64,
    /// TAO that went into the pool, in rao.
    pub tao_in: U64,
    /// Alpha that went into the pool, in rao.
    pub alpha_in: U64,
    /// Alpha created for participants, in rao.
    pub alpha_out: U64,
    /// Server, validator, root and owner cut before draining, in rao.
    pub pending: [U64; 4],
    /// The same four, where an epoch drained them.
    #[serde(deserialize_with = "Option::deserialize")]
    pub drained: Option<[U64; 4]>,
    /// The reserve at the end of the block.
    pub tao_reserve: U64,
    /// The reserve at the end of the block.
    pub alpha_in_reserve: U64,
    /// The outstanding alpha at the end of the block.
    pub alpha_out_supply: U64,
    /// Raw `F96` at the end of the block.
    pub moving_price: RawSigned,
    /// The stored root proportion, raw `U96`, at the end of the block.
    pub root_prop: RawUnsigned,
}

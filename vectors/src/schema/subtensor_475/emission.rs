//! Kinds of `subtensor-475/emission.md` whose fields differ: `emission-gate-bar`, `subnet-shares`, `coinbase`.

use serde::{Deserialize, Serialize};

use crate::schema::emission::{self as base, SubnetSharesSubnet};
use crate::schema::{RawSigned, RawUnsigned, U64};

/// Kind `emission-gate-bar` (§5.3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EmissionGateBarInput {
    /// In any order, raw `U64`.
    pub shares: Vec<RawUnsigned>,
    /// θ as last stored, raw `U64`; 0: never computed.
    pub gate_bar: RawUnsigned,
    /// The block.
    pub block: U64,
    /// N; 0: the quantile rule.
    pub bar_rank: u16,
    /// q, raw `U64`.
    pub bar_quantile: RawUnsigned,
}

/// Result of kind `emission-gate-bar`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EmissionGateBarExpect {
    /// θ as stored afterwards, raw `U64`.
    pub gate_bar: RawUnsigned,
}

/// Kind `subnet-shares` (§5).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SubnetSharesInput {
    /// The block's minted TAO in rao.
    pub block_emission: U64,
    /// The block.
    pub block: U64,
    /// θ as last stored, raw `U64`; 0: never computed.
    pub gate_bar: RawUnsigned,
    /// h, raw `U64`.
    pub gate_exponent: RawUnsigned,
    /// N; 0: the quantile rule.
    pub bar_rank: u16,
    /// q, raw `U64`.
    pub bar_quantile: RawUnsigned,
    /// The eligible subnets, in order.
    pub subnets: Vec<SubnetSharesSubnet>,
}

/// Result of kind `subnet-shares`, one entry per subnet in order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SubnetSharesExpect {
    /// §5.1, raw `U64`.
    pub price_shares: Vec<RawUnsigned>,
    /// After §5.2, raw `U64`.
    pub shares: Vec<RawUnsigned>,
    /// θ after §5.3, raw `U64`.
    pub gate_bar: RawUnsigned,
    /// After §5.4, before the disabled subnets, raw `U64`.
    pub gated_shares: Vec<RawUnsigned>,
    /// §5.6, raw `U96`.
    pub tao_emission: Vec<RawUnsigned>,
    /// §5.7.
    pub root_sell_flag: bool,
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
    /// How many epochs may run in one block where no Null subnet is due.
    pub max_epochs_per_block: u8,
    /// θ before the first block, raw `U64`; 0: never computed.
    pub gate_bar: RawUnsigned,
    /// h, raw `U64`.
    pub gate_exponent: RawUnsigned,
    /// N; 0: the quantile rule.
    pub bar_rank: u16,
    /// q, raw `U64`.
    pub bar_quantile: RawUnsigned,
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
    /// TAO the pool could not take yet, in rao.
    pub tao_reservoir: U64,
    /// Alpha the pool could not take yet, in rao.
    pub alpha_reservoir: U64,
    /// Alpha the chain has bought, in rao.
    pub protocol_alpha: U64,
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
    /// Whether the epoch mode is Null.
    pub null_mode: bool,
    /// The pool's price in every block, raw `U64`.
    pub prices: Vec<RawUnsigned>,
    /// The pool's answers in every block.
    pub pool: Vec<PoolAnswers>,
}

/// What a pool answers in one block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PoolAnswers {
    /// To a buy: none (it fails), or what is paid in (none: all that was offered) and paid out, in rao. Read for mechanism 1
    /// only.
    #[serde(deserialize_with = "Option::deserialize")]
    pub buy: Option<(Option<U64>, U64)>,
    /// Whether it accepts both amounts, alpha alone, TAO alone.
    pub accepts: [bool; 3],
}

impl CoinbaseInput {
    /// The fields that 425 has, too.
    pub fn base(&self) -> base::CoinbaseInput {
        base::CoinbaseInput {
            start_block: self.start_block,
            blocks: self.blocks,
            total_issuance: self.total_issuance,
            balances_issuance: self.balances_issuance,
            root_tao: self.root_tao,
            tao_weight: self.tao_weight,
            owner_cut: self.owner_cut,
            moving_alpha: self.moving_alpha,
            max_epochs_per_block: self.max_epochs_per_block,
            triggers: self.triggers.clone(),
            subnets: self.subnets.iter().map(CoinbaseSubnet::base).collect(),
        }
    }
}

impl CoinbaseSubnet {
    /// The fields that 425 has, too.
    pub fn base(&self) -> base::CoinbaseSubnet {
        base::CoinbaseSubnet {
            netuid: self.netuid,
            mechanism: self.mechanism,
            moving_price: self.moving_price,
            miner_burned: self.miner_burned,
            emission_enabled: self.emission_enabled,
            first_emission_block: self.first_emission_block,
            subtoken_enabled: self.subtoken_enabled,
            registration_allowed: self.registration_allowed,
            alpha_in_reserve: self.alpha_in_reserve,
            alpha_out_supply: self.alpha_out_supply,
            tao_reserve: self.tao_reserve,
            owner_cut_enabled: self.owner_cut_enabled,
            ema_halving_blocks: self.ema_halving_blocks,
            tempo: self.tempo,
            last_epoch_block: self.last_epoch_block,
            pending_epoch_at: self.pending_epoch_at,
            prices: self.prices.clone(),
        }
    }
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
    /// §5.7.
    pub root_sell_flag: bool,
    /// θ after the block, raw `U64`.
    pub gate_bar: RawUnsigned,
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
    /// TAO that a buy paid in, in rao.
    pub excess_tao: U64,
    /// TAO that went into the pool, in rao.
    pub tao_in: U64,
    /// Alpha that went into the pool, in rao.
    pub alpha_in: U64,
    /// Alpha created for participants, in rao.
    pub alpha_out: U64,
    /// At the end of the block.
    pub tao_reservoir: U64,
    /// At the end of the block.
    pub alpha_reservoir: U64,
    /// At the end of the block.
    pub protocol_alpha: U64,
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

//! From issuance to the pending accumulators: every block mints TAO, shares it among the subnets, turns each share into
//! liquidity or a buy of alpha, mints alpha and adds it to four accumulators per subnet (spec `emission.md`).
//!
//! | § | step | functions |
//! |---|---|---|
//! | 3 | block emission | [`block_emission`], [`mint`]; for planning [`halvings`], [`next_halving`], [`emission_over`], [`daily_emission`] |
//! | 2, 4 | prices | [`spot_price`], [`share_price`], [`moving_price`] |
//! | 5 | TAO emission of each subnet | [`subnet_shares`] = [`price_shares`], [`weigh_by_burn`], [`exclude_disabled`], [`tao_emissions`]; [`root_sell_flag`] |
//! | 5.3, 5.4 from 475 on | a gate between small and large, before the disabled are excluded | [`emission_gate_bar`], [`gate_shares`] |
//! | 6 | shares by flow (dormant) | [`flow_shares`] |
//! | 7 | root's proportion | [`alpha_issuance`], [`root_proportion`] |
//! | 8 | what a TAO emission becomes | [`subnet_terms`] |
//! | 9 | what new alpha becomes | [`pending_split`], [`create_alpha`] |
//! | 10 | a whole block | [`coinbase`] = [`coinbase_begin`], [`coinbase_end`]; one subnet's part [`inject`]; back to the issuance [`recycle`] |
//!
//! Amounts are `u64` rao (10^9 per coin) of TAO or alpha; `U96F32` where they have a fraction.

mod block;
mod coinbase;
mod flow;
pub(crate) mod gate;
mod halving;
pub(crate) mod injection;
mod pending;
mod price;
pub(crate) mod root;
mod shares;

pub use block::{BlockEmissionSteps, CAP, FIRST_REWARD, Issuance, block_emission, block_emission_steps, mint, recycle};
pub use coinbase::{BlockReport, Network, SubnetReport, SubnetState, coinbase, coinbase_begin, coinbase_end};
pub use flow::{Flow, FlowAverage, FlowParameters, SubnetFlows, flow_shares};
pub use gate::{EmissionGate, emission_gate_bar, gate_shares};
pub use halving::{BLOCKS_PER_DAY, Halving, NextHalving, daily_emission, emission_over, halvings, next_halving};
pub use injection::{Injection, PassivePool, Pool, Purchase, SubnetTerms, inject, subnet_terms};
pub use pending::{Creation, Pending, create_alpha, pending_split};
pub use price::{MovingPrice, moving_price, share_price, spot_price};
pub use root::{RootStake, alpha_issuance, root_proportion};
pub use shares::{
    SubnetShare, exclude_disabled, price_shares, root_sell_flag, subnet_shares, tao_emissions, weigh_by_burn,
};

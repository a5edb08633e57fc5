//! From issuance to the pending accumulators (spec `emission.md`). A whole block is in `coinbase`.

use core::ffi::c_void;

use yuma_core::emission::{
    self, EmissionGate, Flow, FlowAverage, FlowParameters, Issuance, MovingPrice, Pending, RootStake, SubnetFlows,
    SubnetShare, SubnetTerms,
};
use yuma_core::fixed::U64F64;

use crate::border::{Border, Need, growing};
use crate::numbers::{flag, maybe_u16, present, yuma_i128, yuma_u128};
use crate::status::{Refusal, yuma_error, yuma_status};

/// The limit of the issuance of TAO and of every subnet's alpha, in rao: 21 million coins.
pub const YUMA_CAP: u64 = 21_000_000_000_000_000;
/// The reward per block before the first halving, in rao: one coin.
pub const YUMA_FIRST_REWARD: u64 = 1_000_000_000;
/// Blocks of a day, at 12 seconds each.
pub const YUMA_BLOCKS_PER_DAY: u64 = 7_200;
/// How many steps the reward has: `yuma_halvings` writes as many.
pub const YUMA_HALVING_COUNT: usize = 31;
/// What a rao of TAO on root counts against one of a subnet's alpha on mainnet, of 2^64 - 1: about 0.053.
pub const YUMA_TAO_WEIGHT: u64 = 971_718_665_099_567_868;

const _: () = assert!(
    YUMA_CAP == emission::CAP
        && YUMA_FIRST_REWARD == emission::FIRST_REWARD
        && YUMA_BLOCKS_PER_DAY == emission::BLOCKS_PER_DAY
        && YUMA_TAO_WEIGHT == yuma_core::fixed::TAO_WEIGHT
);

/// The intermediate values of the chain's own way to a block's reward, raw I96F32.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_reward_steps {
    /// Issuance / cap.
    pub ratio: yuma_i128,
    /// 1 / (1 - ratio).
    pub inverse: yuma_i128,
    /// The binary logarithm of `inverse`; its integer part is the number of halvings.
    pub log2: yuma_i128,
}

/// One step of the reward.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_halving {
    /// The issuance in rao at which this reward begins.
    pub threshold: u64,
    /// The reward per block in rao.
    pub reward: u64,
    /// How many halvings there have been from here on.
    pub number: u32,
}

/// The halving ahead of an issuance.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_halving_ahead {
    /// The issuance in rao at which the reward changes.
    pub threshold: u64,
    /// The reward per block in rao until then.
    pub reward: u64,
    /// The reward per block in rao from then on.
    pub reward_after: u64,
    /// How many blocks still get the present reward if none of it is recycled. What is recycled puts the halving off.
    pub blocks: u64,
}

/// The two counts of the TAO there is, in rao. They may differ.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_issuance {
    /// The counter that decides the reward.
    pub total: u64,
    /// The ledger's own total, which decides the cap.
    pub balances: u64,
}

/// What a subnet's moving price depends on.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_price_update {
    /// The pool's price, raw U64F64; ignored unless the mechanism is 1.
    pub pool_price: yuma_u128,
    /// The moving price before, raw I96F32.
    pub moving_price: yuma_i128,
    /// The smoothing factor that is approached, raw I96F32.
    pub moving_alpha: yuma_i128,
    /// The block of the subnet's first emission, if `has_first_emission_block`.
    pub first_emission_block: u64,
    /// The block of the update.
    pub block: u64,
    /// Blocks after which half of `moving_alpha` is reached.
    pub halving_blocks: u64,
    /// The subnet's mechanism.
    pub mechanism: u16,
    /// Flag: the subnet has started.
    pub has_first_emission_block: u8,
}

/// The gate between a subnet's share and its TAO, and what its bar is made with (from 475 on). All but the rank are raw
/// U64F64.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_emission_gate {
    /// The share that is halved; 0: never computed. Whoever changes rank or quantile sets it to 0, as the chain does.
    pub bar: yuma_u128,
    /// How steep the gate is.
    pub exponent: yuma_u128,
    /// The bar is the share at which the largest ones sum to this; read only for the rank 0.
    pub bar_quantile: yuma_u128,
    /// The bar is the share with this rank, counted from the largest; 0: by the quantile.
    pub bar_rank: u16,
}

/// One eligible subnet in the sharing of a block's TAO: first what the caller sets, then what is written. The caller sets
/// `size`.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_subnet_share {
    /// `sizeof(yuma_subnet_share)`.
    pub size: usize,
    /// Flag: whether the subnet may receive TAO.
    pub emission_enabled: u8,
    /// The price that counts for the shares, raw U64F64: `yuma_share_price`.
    pub price: yuma_u128,
    /// The part of the miners' emission that is withheld, raw U96F32; not limited to 1.
    pub miner_burned: yuma_u128,
    /// Written, raw U64F64: its part of all prices.
    pub price_share: yuma_u128,
    /// Written, raw U64F64: its part after the burn weight.
    pub share: yuma_u128,
    /// Written, raw U64F64: its part after the gate, where the rules have one.
    pub gated_share: yuma_u128,
    /// Written, raw U64F64: its part among the enabled subnets.
    pub enabled_share: yuma_u128,
    /// Written, raw U96F32: its TAO of this block in rao.
    pub tao_emission: yuma_u128,
}

growing!(yuma_subnet_share);

/// The parameters of the flow shares. Start from `yuma_flow_params_default`.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_flow_params {
    /// Flows up to here have no share: raw I64F64.
    pub flow_cutoff: yuma_i128,
    /// The power to which flows are raised before they become shares: raw U64F64.
    pub exponent: yuma_u128,
    /// The weight of a new flow in the average, of 2^63 - 1.
    pub smoothing_factor: u64,
    /// Flag: the protocol's own flow is subtracted.
    pub net_flow_enabled: u8,
}

/// One flow of TAO into a subnet, and its average.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_flow {
    /// The average, raw I64F64, rao per block; if `has_average`.
    pub average: yuma_i128,
    /// The block of the average's last update.
    pub average_block: u64,
    /// Rao since the last update; negative: out of the subnet.
    pub since_update: i64,
    /// Flag: there has been an update.
    pub has_average: u8,
}

/// The two flows of one subnet.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_subnet_flows {
    /// What users brought and took.
    pub user: yuma_flow,
    /// What the protocol brought and took.
    pub protocol: yuma_flow,
}

/// What one block means for one subnet, in rao: raw U96F32.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_terms {
    /// The subnet's TAO of the block.
    pub tao_emission: yuma_u128,
    /// Root's part of the subnet, which limits `alpha_in`.
    pub root_proportion: yuma_u128,
    /// Alpha created for the participants: a whole number.
    pub alpha_out: yuma_u128,
    /// Alpha injected into the pool.
    pub alpha_in: yuma_u128,
    /// TAO injected into the pool.
    pub tao_in: yuma_u128,
    /// TAO that buys alpha instead.
    pub excess_tao: yuma_u128,
}

/// Alpha that waits for a subnet's epoch, or is drained for it, by whom it is for, in rao.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_pending {
    /// For the miners.
    pub server: u64,
    /// For the validators.
    pub validator: u64,
    /// For root's stakers.
    pub root: u64,
    /// For the subnet's owner.
    pub owner_cut: u64,
}

/// The reward per block, in rao, at an `issuance` in rao: of TAO, or of one subnet's alpha.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_block_emission(issuance: u64) -> u64 {
    emission::block_emission(issuance)
}

/// The intermediate values of the chain's own way to `yuma_block_emission`, for audits.
///
/// Errors: `NULL`, `ALIGNMENT`; `NO_VALUE` from `YUMA_CAP` on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_block_emission_steps(
    steps: *mut yuma_reward_steps,
    issuance: u64,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let to = border.output("steps", steps)?;
        let steps = emission::block_emission_steps(issuance).ok_or(Refusal::no_value("issuance"))?;
        *to = yuma_reward_steps { ratio: steps.ratio.into(), inverse: steps.inverse.into(), log2: steps.log2.into() };
        Ok(())
    })
}

/// Mints a block's reward as far as the ledger stays within `YUMA_CAP`: `minted` receives what was, in rao.
///
/// Errors: `NULL`, `ALIGNMENT`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_mint(
    minted: *mut u64,
    issuance: *mut yuma_issuance,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let minted = border.output("minted", minted)?;
        let to = border.in_out("issuance", issuance)?;
        let mut issuance = to.to_core();
        *minted = emission::mint(&mut issuance);
        *to = yuma_issuance::new(issuance);
        Ok(())
    })
}

/// Takes back what is left of a block's credit, in rao.
///
/// Errors: `NULL`, `ALIGNMENT`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_recycle(issuance: *mut yuma_issuance, left: u64, error: *mut yuma_error) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let to = border.in_out("issuance", issuance)?;
        let mut issuance = to.to_core();
        emission::recycle(&mut issuance, left);
        *to = yuma_issuance::new(issuance);
        Ok(())
    })
}

/// All `YUMA_HALVING_COUNT` steps of the reward, from the first to the one at which it is 0.
///
/// Errors: `NULL`, `ALIGNMENT`; `TOO_SMALL` for less room in `halvings`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_halvings(
    halvings: *mut yuma_halving,
    capacity: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        if capacity < YUMA_HALVING_COUNT {
            return Err(Refusal::new(yuma_status::TooSmall, "halvings", capacity, YUMA_HALVING_COUNT));
        }
        let halvings = border.out_slice("halvings", halvings, YUMA_HALVING_COUNT)?;
        for (to, halving) in halvings.iter_mut().zip(emission::halvings()) {
            let emission::Halving { number, threshold, reward } = halving;
            *to = yuma_halving { threshold, reward, number };
        }
        Ok(())
    })
}

/// The halving ahead of `issuance` in rao.
///
/// Errors: `NULL`, `ALIGNMENT`; `NO_VALUE` when the reward is 0 already.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_next_halving(
    next: *mut yuma_halving_ahead,
    issuance: u64,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let to = border.output("next", next)?;
        let next = emission::next_halving(issuance).ok_or(Refusal::no_value("issuance"))?;
        let emission::NextHalving { threshold, reward, reward_after, blocks } = next;
        *to = yuma_halving_ahead { threshold, reward, reward_after, blocks };
        Ok(())
    })
}

/// What the next `blocks` blocks mint from `issuance` on, in rao, if nothing is recycled.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_emission_over(issuance: u64, blocks: u64) -> u64 {
    emission::emission_over(issuance, blocks)
}

/// What a day of `YUMA_BLOCKS_PER_DAY` blocks mints from `issuance` on, in rao, if nothing is recycled.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_daily_emission(issuance: u64) -> u64 {
    emission::daily_emission(issuance)
}

/// The spot price, raw U64F64: the pool's for mechanism 1, exactly 1 for every other.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_spot_price(mechanism: u16, pool_price: yuma_u128) -> yuma_u128 {
    emission::spot_price(mechanism, pool_price.into()).into()
}

/// The price that counts for the shares, raw U64F64: exactly 1 for mechanism 0, the moving price (raw I96F32) for every
/// other. Not the test of `yuma_spot_price`: mechanism 2 has the spot price 1 and its own moving price.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_share_price(mechanism: u16, moving_price: yuma_i128) -> yuma_u128 {
    emission::share_price(mechanism, moving_price.into()).into()
}

/// The new moving price, raw I96F32: an average of the old one and the spot price, the latter counted as at most 1.
///
/// Errors: `NULL`, `ALIGNMENT`; `FLAG`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_moving_price(
    moving_price: *mut yuma_i128,
    update: *const yuma_price_update,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let to = border.output("moving_price", moving_price)?;
        let update = border.input("update", update)?;
        *to = emission::moving_price(&MovingPrice {
            mechanism: update.mechanism,
            pool_price: update.pool_price.into(),
            moving_price: update.moving_price.into(),
            first_emission_block: present(
                "has_first_emission_block",
                0,
                update.has_first_emission_block,
                update.first_emission_block,
            )?,
            block: update.block,
            halving_blocks: update.halving_blocks,
            moving_alpha: update.moving_alpha.into(),
        })
        .into();
        Ok(())
    })
}

/// A subnet's alpha issuance in rao: what its pool holds and what is outstanding; from 475 on also what waits for the pool in
/// the reservoir.
///
/// Errors: `NULL`, `ALIGNMENT`; `UNKNOWN_RULES`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_alpha_issuance(
    issuance: *mut u64,
    rules: u32,
    alpha_in_reserve: u64,
    alpha_out_supply: u64,
    alpha_reservoir: u64,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let issuance = border.output("issuance", issuance)?;
        let rules = crate::rules::rules(rules)?;
        *issuance = emission::alpha_issuance(rules, alpha_in_reserve, alpha_out_supply, alpha_reservoir);
        Ok(())
    })
}

/// Root's part of a subnet with this alpha issuance in rao, raw U96F32; 0 where root weighs nothing. `root_tao` is the TAO
/// staked on root in rao, `tao_weight` a proportion of 2^64 - 1.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_root_proportion(root_tao: u64, tao_weight: u64, alpha_issuance: u64) -> yuma_u128 {
    emission::root_proportion(RootStake { tao: root_tao, tao_weight }, alpha_issuance).into()
}

/// Whether root's alpha may be sold: the prices (raw U64F64) of the `count` eligible subnets sum to more than 1. The sum wraps.
///
/// Errors: `NULL`, `ALIGNMENT`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_root_sell_flag(
    sell: *mut u8,
    prices: *const yuma_u128,
    count: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let sell = border.output("sell", sell)?;
        let prices = border.slice("prices", prices, count)?;
        *sell = emission::root_sell_flag(prices.iter().map(|&price| U64F64::from(price))).into();
        Ok(())
    })
}

/// The chain's parameters of the gate, before a bar is computed.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_emission_gate_default() -> yuma_emission_gate {
    yuma_emission_gate::new(&EmissionGate::CHAIN_DEFAULT)
}

/// How much working memory `yuma_subnet_shares` needs for `count` subnets, in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_subnet_shares_workspace_size(count: usize) -> usize {
    shares_need(count).bytes()
}

/// Shares the TAO that `block` minted, in rao, among the `count` eligible subnets, in place; from 475 on through the gate,
/// whose bar it keeps up to date. Before 475 `gate` and `block` have no effect.
///
/// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `FLAG` with the subnet's index; `UNKNOWN_RULES`; `TOO_SMALL` of `workspace`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_subnet_shares(
    shares: *mut yuma_subnet_share,
    count: usize,
    gate: *mut yuma_emission_gate,
    rules: u32,
    block: u64,
    minted: u64,
    workspace: *mut c_void,
    workspace_size: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let to_shares = border.grown_slice_mut("shares", shares, count)?;
        let to_gate = border.in_out("gate", gate)?;
        let rules = crate::rules::rules(rules)?;
        let mut memory = border.workspace(workspace, workspace_size, shares_need(count).0)?;
        let shares = memory.collect(to_shares.iter().enumerate().map(|(index, share)| share.to_core(index)))?;
        let mut gate = to_gate.to_core();
        emission::subnet_shares(rules, block, minted, &mut gate, shares);
        *to_gate = yuma_emission_gate::new(&gate);
        for (to, share) in to_shares.iter_mut().zip(shares) {
            to.write(share);
        }
        Ok(())
    })
}

/// The gate's bar after `block`, raw U64F64, from all `count` eligible subnets' shares (raw U64F64) in any order: a new one in
/// every 360th block, or where there is none yet; and only where it is above 0 (from 475 on). Its time grows with the square
/// of `count`.
///
/// Errors: `NULL`, `ALIGNMENT`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_emission_gate_bar(
    bar: *mut yuma_u128,
    gate: *const yuma_emission_gate,
    block: u64,
    shares: *const yuma_u128,
    count: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let bar = border.output("bar", bar)?;
        let gate = border.input("gate", gate)?.to_core();
        let shares = border.slice("shares", shares, count)?;
        *bar = emission::emission_gate_bar(&gate, block, shares.iter().map(|&share| U64F64::from(share))).into();
        Ok(())
    })
}

/// The chain's parameters of the flow shares.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_flow_params_default() -> yuma_flow_params {
    let FlowParameters { smoothing_factor, net_flow_enabled, flow_cutoff, exponent } = FlowParameters::CHAIN_DEFAULT;
    yuma_flow_params {
        flow_cutoff: flow_cutoff.into(),
        exponent: exponent.into(),
        smoothing_factor,
        net_flow_enabled: net_flow_enabled.into(),
    }
}

/// How much working memory `yuma_flow_shares` needs for `count` subnets, in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_flow_shares_workspace_size(count: usize) -> usize {
    flows_need(count).bytes()
}

/// Brings the averages of `count` subnets to `block`, in place, and gives each subnet's share by its net flow, raw U64F64.
///
/// Dormant: the chain keeps this code but does not run it; `yuma_coinbase` shares by price.
///
/// Errors: `NULL`, `ALIGNMENT`; `FLAG`; `TOO_SMALL` of `workspace`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_flow_shares(
    shares: *mut yuma_u128,
    flows: *mut yuma_subnet_flows,
    count: usize,
    block: u64,
    params: *const yuma_flow_params,
    workspace: *mut c_void,
    workspace_size: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let to_shares = border.out_slice("shares", shares, count)?;
        let to_flows = border.slice_mut("flows", flows, count)?;
        let params = border.input("params", params)?;
        let parameters = FlowParameters {
            smoothing_factor: params.smoothing_factor,
            net_flow_enabled: flag("net_flow_enabled", 0, params.net_flow_enabled)?,
            flow_cutoff: params.flow_cutoff.into(),
            exponent: params.exponent.into(),
        };
        let mut memory = border.workspace(workspace, workspace_size, flows_need(count).0)?;
        let flows = memory.collect(to_flows.iter().enumerate().map(|(index, flows)| {
            Ok(SubnetFlows { user: flows.user.to_core(index)?, protocol: flows.protocol.to_core(index)? })
        }))?;
        let shares = memory.fill(count, U64F64::ZERO)?;
        emission::flow_shares(block, &parameters, flows, shares)?;
        for (to, flows) in to_flows.iter_mut().zip(flows) {
            *to = yuma_subnet_flows { user: yuma_flow::new(&flows.user), protocol: yuma_flow::new(&flows.protocol) };
        }
        for (to, &mut share) in to_shares.iter_mut().zip(shares) {
            *to = share.into();
        }
        Ok(())
    })
}

/// What becomes of a TAO emission (raw U96F32, rao) at a spot price (raw U64F64), for a subnet of this alpha issuance in rao
/// before the block.
///
/// Errors: `NULL`, `ALIGNMENT`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_subnet_terms(
    terms: *mut yuma_terms,
    tao_emission: yuma_u128,
    spot_price: yuma_u128,
    alpha_issuance: u64,
    root_tao: u64,
    tao_weight: u64,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let terms = border.output("terms", terms)?;
        let root = RootStake { tao: root_tao, tao_weight };
        *terms = yuma_terms::new(&emission::subnet_terms(tao_emission.into(), spot_price.into(), alpha_issuance, root));
        Ok(())
    })
}

/// Splits a subnet's new alpha (raw U96F32, rao): the owner's cut first, of 65535, or `YUMA_NONE` for none; then one half to the
/// miners and the other to root by its proportion (raw U96F32) and to the validators. Each part is floored to rao on its
/// own; the dust belongs to nobody.
///
/// Errors: `NULL`, `ALIGNMENT`; `RANGE` of `owner_cut`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_pending_split(
    parts: *mut yuma_pending,
    alpha_out: yuma_u128,
    root_proportion: yuma_u128,
    owner_cut: i32,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let parts = border.output("parts", parts)?;
        let owner_cut = maybe_u16("owner_cut", 0, owner_cut)?;
        *parts = yuma_pending::new(emission::pending_split(alpha_out.into(), root_proportion.into(), owner_cut));
        Ok(())
    })
}

impl yuma_issuance {
    pub(crate) const fn to_core(self) -> Issuance {
        Issuance { total: self.total, balances: self.balances }
    }

    pub(crate) const fn new(issuance: Issuance) -> Self {
        Self { total: issuance.total, balances: issuance.balances }
    }
}

impl yuma_emission_gate {
    pub(crate) fn to_core(self) -> EmissionGate {
        EmissionGate {
            bar: self.bar.into(),
            exponent: self.exponent.into(),
            bar_rank: self.bar_rank,
            bar_quantile: self.bar_quantile.into(),
        }
    }

    pub(crate) fn new(gate: &EmissionGate) -> Self {
        Self {
            bar: gate.bar.into(),
            exponent: gate.exponent.into(),
            bar_quantile: gate.bar_quantile.into(),
            bar_rank: gate.bar_rank,
        }
    }
}

impl yuma_subnet_share {
    fn to_core(self, index: usize) -> Result<SubnetShare, Refusal> {
        Ok(SubnetShare {
            price: self.price.into(),
            miner_burned: self.miner_burned.into(),
            emission_enabled: flag("emission_enabled", index, self.emission_enabled)?,
            ..SubnetShare::default()
        })
    }

    fn write(&mut self, share: &SubnetShare) {
        self.price_share = share.price_share.into();
        self.share = share.share.into();
        self.gated_share = share.gated_share.into();
        self.enabled_share = share.enabled_share.into();
        self.tao_emission = share.tao_emission.into();
    }
}

impl yuma_flow {
    fn to_core(self, index: usize) -> Result<Flow, Refusal> {
        let average = FlowAverage { block: self.average_block, value: self.average.into() };
        let average = present("has_average", index, self.has_average, average)?;
        Ok(Flow { since_update: self.since_update, average })
    }

    fn new(flow: &Flow) -> Self {
        let average = flow.average.unwrap_or(FlowAverage { block: 0, value: yuma_i128::default().into() });
        Self {
            average: average.value.into(),
            average_block: average.block,
            since_update: flow.since_update,
            has_average: flow.average.is_some().into(),
        }
    }
}

impl yuma_terms {
    pub(crate) fn to_core(self) -> SubnetTerms {
        SubnetTerms {
            tao_emission: self.tao_emission.into(),
            root_proportion: self.root_proportion.into(),
            alpha_out: self.alpha_out.into(),
            alpha_in: self.alpha_in.into(),
            tao_in: self.tao_in.into(),
            excess_tao: self.excess_tao.into(),
        }
    }

    pub(crate) fn new(terms: &SubnetTerms) -> Self {
        Self {
            tao_emission: terms.tao_emission.into(),
            root_proportion: terms.root_proportion.into(),
            alpha_out: terms.alpha_out.into(),
            alpha_in: terms.alpha_in.into(),
            tao_in: terms.tao_in.into(),
            excess_tao: terms.excess_tao.into(),
        }
    }
}

impl yuma_pending {
    pub(crate) const fn to_core(self) -> Pending {
        let Self { server, validator, root, owner_cut } = self;
        Pending { server, validator, root, owner_cut }
    }

    pub(crate) const fn new(pending: Pending) -> Self {
        let Pending { server, validator, root, owner_cut } = pending;
        Self { server, validator, root, owner_cut }
    }
}

fn shares_need(count: usize) -> Need {
    Need::NOTHING.and::<SubnetShare>(count)
}

fn flows_need(count: usize) -> Need {
    Need::NOTHING.and::<SubnetFlows>(count).and::<U64F64>(count)
}

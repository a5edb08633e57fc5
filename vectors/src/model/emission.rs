//! `emission.md` written down: from issuance to the pending accumulators.
//!
//! Every kind is one function; a whole block is made of the functions of the other kinds.

use substrate_fixed::traits::Fixed;
use substrate_fixed::types::{I64F64, I96F32, U64F64, U96F32};

use super::numbers::{log2_of_f96, normalize_powers, safe_div};
use super::schedule;
use crate::schema::emission::{
    BlockEmissionExpect, BlockEmissionInput, BlockEmissionRaw, CoinbaseBlock, CoinbaseBlockSubnet, CoinbaseExpect,
    CoinbaseInput, CoinbaseSubnet, FlowAverage, FlowSharesAfter, FlowSharesExpect, FlowSharesInput, MovingPriceExpect,
    MovingPriceInput, Pending, PendingSplitExpect, PendingSplitInput, RootProportionExpect, RootProportionInput,
    RootSellFlagExpect, RootSellFlagInput, SubnetSharesExpect, SubnetSharesInput, SubnetSharesSubnet,
    SubnetTermsExpect, SubnetTermsInput,
};
use crate::schema::schedule::SimulatedSubnet;
use crate::schema::subtensor_475::schedule::EpochMode;
use crate::schema::{Decimal, RawUnsigned, U64};

/// Issuance limit of TAO and of every alpha, in rao (§2 `CAP`).
const CAP: u64 = 21_000_000_000_000_000;
/// First reward per block, in rao (§2 `TOP`).
const TOP: u64 = 1_000_000_000;
/// Root's netuid.
const ROOT: u16 = 0;

/// `unit64(x)`: a proportion of 2^64 − 1 as `U96` (§7; `distribution.md` §1).
pub(super) fn unit64(proportion: u64) -> U96F32 {
    safe_div(U96F32::saturating_from_num(proportion), U96F32::saturating_from_num(u64::MAX))
}

/// `unit16(x)`: a proportion of 65535 as `U96` (§9.1; `distribution.md` §1).
pub(super) fn unit16(proportion: u16) -> U96F32 {
    safe_div(U96F32::saturating_from_num(proportion), U96F32::saturating_from_num(u16::MAX))
}

/// Whole rao, floored and clamped (§1).
pub(super) fn rao(amount: U96F32) -> u64 {
    amount.saturating_to_num()
}

/// Block emission (§3), the chain's way.
pub fn block_emission(input: &BlockEmissionInput) -> BlockEmissionExpect {
    let issuance = input.issuance.0;
    if issuance >= CAP {
        return BlockEmissionExpect { raw: None, emission: Decimal(0) };
    }
    let one = I96F32::from_num(1);
    let ratio = safe_div(I96F32::saturating_from_num(issuance), I96F32::from_num(CAP));
    let inverse = safe_div(one, one.saturating_sub(ratio));
    // `inverse` is at least 1, so this cannot fail.
    let log2 = log2_of_f96(inverse).unwrap_or_default();
    let halvings: u32 = log2.saturating_to_num();
    let power = 1_u64.checked_shl(halvings).unwrap_or(0);
    let reward = safe_div(I96F32::from_num(TOP), I96F32::saturating_from_num(power));
    BlockEmissionExpect {
        raw: Some(BlockEmissionRaw {
            ratio: Decimal(ratio.to_bits()),
            inverse: Decimal(inverse.to_bits()),
            log2: Decimal(log2.to_bits()),
        }),
        emission: Decimal(reward.saturating_to_num()),
    }
}

/// The reward for an issuance (§3).
fn reward(issuance: u64) -> u64 {
    block_emission(&BlockEmissionInput { issuance: Decimal(issuance) }).emission.0
}

/// What a block mints (§3 Mint).
fn mint(total_issuance: u64, balances_issuance: u64) -> u64 {
    reward(total_issuance).min(CAP.saturating_sub(balances_issuance))
}

/// Spot price of alpha (§2): 1 for every mechanism but 1.
fn spot_price(mechanism: u16, pool: RawUnsigned) -> U64F64 {
    if mechanism == 1 { U64F64::from_bits(pool.0) } else { U64F64::from_num(1) }
}

/// Price for shares (§2): 1 for mechanism 0 only.
pub(super) fn share_price(mechanism: u16, moving_price: i128) -> U64F64 {
    if mechanism == 0 { U64F64::from_num(1) } else { U64F64::saturating_from_num(I96F32::from_bits(moving_price)) }
}

/// Moving price (§4).
pub fn moving_price(input: &MovingPriceInput) -> MovingPriceExpect {
    let one = U64F64::from_num(1);
    let first = input.first_emission_block.map_or(0, |block| block.0);
    let age = U64F64::saturating_from_num(input.current_block.0.saturating_sub(first.saturating_sub(1)));
    let halving = U64F64::saturating_from_num(input.halving_blocks.0);
    let alpha = U64F64::saturating_from_num(I96F32::from_bits(input.moving_alpha.0))
        .saturating_mul(safe_div(age, age.saturating_add(halving)));
    let beta = one.saturating_sub(alpha);
    let current = alpha.saturating_mul(spot_price(input.mechanism, input.price).min(one));
    let before = beta.saturating_mul(share_price(input.mechanism, input.moving_price.0));
    let after = I96F32::saturating_from_num(current.saturating_add(before));
    MovingPriceExpect { moving_price: Decimal(after.to_bits()) }
}

/// Saturating sum.
pub(super) fn sum<F: Fixed>(values: &[F]) -> F {
    values.iter().fold(F::default(), |total, value| total.saturating_add(*value))
}

/// Price shares (§5.1).
pub(super) fn price_shares(prices: &[U64F64]) -> Vec<U64F64> {
    let total = sum(prices);
    prices.iter().map(|price| safe_div(*price, total)).collect()
}

/// Burn weight with its fallback (§5.2).
pub(super) fn burn_weighted(price_shares: &[U64F64], burned: &[U96F32]) -> Vec<U64F64> {
    let weights: Vec<U64F64> = price_shares
        .iter()
        .zip(burned)
        .map(|(share, burned)| {
            let kept = U64F64::from_num(1).saturating_sub(U64F64::saturating_from_num(*burned));
            share.saturating_mul(kept)
        })
        .collect();
    let total = sum(&weights);
    if total == U64F64::default() {
        return price_shares.to_vec();
    }
    weights.iter().map(|weight| safe_div(*weight, total)).collect()
}

/// Shares without the disabled subnets (§5.3).
pub(super) fn without_disabled(shares: &[U64F64], enabled: &[bool]) -> Vec<U64F64> {
    if enabled.iter().all(|enabled| *enabled) {
        return shares.to_vec();
    }
    let kept: Vec<U64F64> =
        shares.iter().zip(enabled).map(|(share, enabled)| if *enabled { *share } else { U64F64::default() }).collect();
    let total = sum(&kept);
    kept.iter().map(|share| safe_div(*share, total)).collect()
}

/// A share of the minted TAO (§5.4).
pub(super) fn share_of_emission(minted: u64, share: U64F64) -> U96F32 {
    let minted = U64F64::saturating_from_num(U96F32::saturating_from_num(minted));
    U96F32::saturating_from_num(minted.saturating_mul(share))
}

/// Root sell flag (§5.5): the sum wraps.
pub(super) fn prices_exceed_one(prices: &[U64F64]) -> bool {
    prices.iter().fold(U64F64::default(), |total, price| total.wrapping_add(*price)) > U64F64::from_num(1)
}

/// Price shares and TAO emission (§5).
pub fn subnet_shares(input: &SubnetSharesInput) -> SubnetSharesExpect {
    let subnets = &input.subnets;
    let prices: Vec<U64F64> =
        subnets.iter().map(|subnet| share_price(subnet.mechanism, subnet.moving_price.0)).collect();
    let burned: Vec<U96F32> = subnets.iter().map(|subnet| U96F32::from_bits(subnet.miner_burned.0)).collect();
    let enabled: Vec<bool> = subnets.iter().map(|subnet| subnet.emission_enabled).collect();

    let price_shares = price_shares(&prices);
    let shares = burn_weighted(&price_shares, &burned);
    let emission_shares = without_disabled(&shares, &enabled);
    SubnetSharesExpect {
        price_shares: price_shares.iter().map(|share| Decimal(share.to_bits())).collect(),
        shares: shares.iter().map(|share| Decimal(share.to_bits())).collect(),
        tao_emission: emission_shares
            .iter()
            .map(|share| Decimal(share_of_emission(input.block_emission.0, *share).to_bits()))
            .collect(),
        root_sell_flag: prices_exceed_one(&prices),
    }
}

/// Root sell flag (§5.5).
pub fn root_sell_flag(input: &RootSellFlagInput) -> RootSellFlagExpect {
    let prices: Vec<U64F64> =
        input.subnets.iter().map(|subnet| share_price(subnet.mechanism, subnet.moving_price.0)).collect();
    RootSellFlagExpect { root_sell_flag: prices_exceed_one(&prices) }
}

/// One flow of one subnet: average, pair and flow after the update (§6.2).
struct Flow {
    average: I64F64,
    pair: Option<FlowAverage>,
    left: i64,
}

/// Updates one flow (§6.2).
fn update_flow(block: u64, alpha: I64F64, flow: i64, pair: Option<FlowAverage>) -> Flow {
    let (stored_block, stored) = pair.map_or((0, I64F64::default()), |(b, e)| (b.0, I64F64::from_bits(e.0)));
    if stored_block == block {
        return Flow { average: stored, pair, left: flow };
    }
    let old = I64F64::from_num(1).saturating_sub(alpha).saturating_mul(stored);
    let average = old.saturating_add(alpha.saturating_mul(I64F64::saturating_from_num(flow)));
    Flow { average, pair: Some((Decimal(block), Decimal(average.to_bits()))), left: 0 }
}

/// Net flows (§6.3).
fn net_flows(users: &[I64F64], protocols: &[I64F64]) -> Vec<I64F64> {
    let zero = I64F64::default();
    let positive = |values: &[I64F64]| {
        let values: Vec<I64F64> = values.iter().map(|value| (*value).max(zero)).collect();
        sum(&values)
    };
    let scale = safe_div(positive(users), positive(protocols)).min(I64F64::from_num(1));
    users
        .iter()
        .zip(protocols)
        .map(|(user, protocol)| {
            // Never compare with a plain integer: `substrate-fixed` gets it wrong beyond the integer's range.
            let cost = if *protocol > zero { scale.saturating_mul(*protocol) } else { *protocol };
            user.saturating_sub(cost)
        })
        .collect()
}

/// Flows above the limit (§6.4 and the first half of §6.5).
fn above_limit(flows: &[I64F64], cutoff: I64F64) -> Vec<U64F64> {
    let zero = I64F64::default();
    let lowest = flows.iter().fold(zero, |lowest, flow| lowest.min(*flow));
    let limit = lowest.max(cutoff);
    flows
        .iter()
        .map(
            |flow| {
                if *flow > limit { U64F64::saturating_from_num(flow.saturating_sub(limit)) } else { U64F64::default() }
            },
        )
        .collect()
}

/// Flow shares (§6).
pub fn flow_shares(input: &FlowSharesInput) -> FlowSharesExpect {
    let block = input.current_block.0;
    let alpha = safe_div(I64F64::saturating_from_num(input.smoothing_factor.0), I64F64::saturating_from_num(i64::MAX));
    let users: Vec<Flow> =
        input.subnets.iter().map(|subnet| update_flow(block, alpha, subnet.tao_flow.0, subnet.ema_tao_flow)).collect();
    let protocols: Vec<Flow> = input
        .subnets
        .iter()
        .map(|subnet| update_flow(block, alpha, subnet.protocol_flow.0, subnet.ema_protocol_flow))
        .collect();

    let user_averages: Vec<I64F64> = users.iter().map(|flow| flow.average).collect();
    let protocol_averages: Vec<I64F64> = protocols.iter().map(|flow| flow.average).collect();
    let flows = if input.net_flow_enabled { net_flows(&user_averages, &protocol_averages) } else { user_averages };
    let offsets = above_limit(&flows, I64F64::from_bits(input.flow_cutoff.0));
    let shares = normalize_powers(&offsets, U64F64::from_bits(input.exponent.0));

    FlowSharesExpect {
        after: users
            .iter()
            .zip(&protocols)
            .map(|(user, protocol)| FlowSharesAfter {
                tao_flow: Decimal(user.left),
                ema_tao_flow: user.pair,
                protocol_flow: Decimal(protocol.left),
                ema_protocol_flow: protocol.pair,
            })
            .collect(),
        shares: shares.iter().map(|share| Decimal(share.to_bits())).collect(),
    }
}

/// Root proportion (§7).
pub fn root_proportion(input: &RootProportionInput) -> RootProportionExpect {
    let weight = unit64(input.tao_weight.0);
    let issuance = alpha_issuance(input.alpha_in.0, input.alpha_out.0);
    let root = U96F32::saturating_from_num(input.root_tao.0).saturating_mul(weight);
    let proportion = safe_div(root, root.saturating_add(U96F32::saturating_from_num(issuance)));
    RootProportionExpect {
        tao_weight_fixed: Decimal(weight.to_bits()),
        alpha_issuance: Decimal(issuance),
        root_proportion: Decimal(proportion.to_bits()),
    }
}

/// Alpha issuance (§7).
fn alpha_issuance(alpha_in_reserve: u64, alpha_out_supply: u64) -> u64 {
    alpha_in_reserve.saturating_add(alpha_out_supply)
}

/// Subnet terms (§8).
pub fn subnet_terms(input: &SubnetTermsInput) -> SubnetTermsExpect {
    let root = root_proportion(&RootProportionInput {
        alpha_in: input.alpha_in_reserve,
        alpha_out: input.alpha_out_supply,
        root_tao: input.root_tao,
        tao_weight: input.tao_weight,
    });
    let tao = U96F32::from_bits(input.tao_emission.0);
    let price = U96F32::saturating_from_num(spot_price(input.mechanism, input.price));
    let alpha_out = U96F32::saturating_from_num(reward(root.alpha_issuance.0));
    let limit = U96F32::from_bits(root.root_proportion.0).saturating_mul(alpha_out);
    let mut alpha_in = safe_div(tao, price);
    let mut tao_in = tao;
    if alpha_in > limit {
        alpha_in = limit;
        tao_in = limit.saturating_mul(price);
    }
    let excess = tao.saturating_sub(tao_in);
    SubnetTermsExpect {
        root_proportion: root.root_proportion,
        alpha_out: Decimal(alpha_out.to_bits()),
        alpha_in: Decimal(alpha_in.to_bits()),
        tao_in: Decimal(tao_in.to_bits()),
        excess_tao: Decimal(excess.to_bits()),
        alpha_out_u64: Decimal(rao(alpha_out)),
        alpha_in_u64: Decimal(rao(alpha_in)),
        tao_in_u64: Decimal(rao(tao_in)),
        excess_tao_u64: Decimal(rao(excess)),
    }
}

/// The four parts of a subnet's new alpha, in whole rao (§9.1, §9.2).
struct Parts {
    owner_cut: u64,
    server: u64,
    validator: u64,
    root: u64,
}

/// Splits the alpha created in a block (§9.1, §9.2); no owner cut: it is not enabled.
fn split(alpha_out: U96F32, root_proportion: U96F32, owner_cut: Option<u16>) -> Parts {
    let half = U96F32::from_bits(1 << 31);
    let cut = owner_cut.map_or(U96F32::default(), |cut| alpha_out.saturating_mul(unit16(cut)));
    let rest = alpha_out.saturating_sub(cut);
    let root = root_proportion.saturating_mul(rest).saturating_mul(half);
    let server = rest.saturating_mul(half);
    let validator = rest.saturating_sub(server).saturating_sub(root);
    Parts { owner_cut: rao(cut), server: rao(server), validator: rao(validator), root: rao(root) }
}

/// Adds the parts to the accumulators and gives what is recycled (§9.3).
fn accumulate(pending: &mut Pending, parts: &Parts, root_sell_flag: bool) -> u64 {
    let add = |sum: U64, part: u64| Decimal(sum.0.saturating_add(part));
    pending.owner_cut = add(pending.owner_cut, parts.owner_cut);
    pending.server = add(pending.server, parts.server);
    pending.validator = add(pending.validator, parts.validator);
    if root_sell_flag {
        pending.root = add(pending.root, parts.root);
        return 0;
    }
    parts.root
}

/// Terms and pending split of one subnet (§8, §9).
pub fn pending_split(input: &PendingSplitInput) -> PendingSplitExpect {
    let terms = subnet_terms(&SubnetTermsInput {
        tao_emission: input.tao_emission,
        alpha_in_reserve: input.alpha_in_reserve,
        alpha_out_supply: input.alpha_out_supply,
        mechanism: 1,
        price: input.price,
        root_tao: input.root_tao,
        tao_weight: input.tao_weight,
    });
    let alpha_in_reserve = input.alpha_in_reserve.0.saturating_add(terms.alpha_in_u64.0);
    let alpha_out_supply = input.alpha_out_supply.0.saturating_add(terms.alpha_out_u64.0);
    let root = root_proportion(&RootProportionInput {
        alpha_in: Decimal(alpha_in_reserve),
        alpha_out: Decimal(alpha_out_supply),
        root_tao: input.root_tao,
        tao_weight: input.tao_weight,
    });
    let parts = split(
        U96F32::from_bits(terms.alpha_out.0),
        U96F32::from_bits(root.root_proportion.0),
        input.owner_cut_enabled.then_some(input.owner_cut),
    );
    let mut pending = input.pending_before;
    let recycled = accumulate(&mut pending, &parts, input.root_sell_flag);
    PendingSplitExpect {
        root_proportion_cap: terms.root_proportion,
        alpha_injected: terms.alpha_in_u64,
        alpha_created: terms.alpha_out_u64,
        alpha_issuance_at_split: root.alpha_issuance,
        root_proportion_split: root.root_proportion,
        pending_owner_cut: pending.owner_cut,
        pending_server: pending.server,
        pending_validator: pending.validator,
        pending_root: pending.root,
        recycled: Decimal(recycled),
        alpha_in_reserve: Decimal(alpha_in_reserve),
        alpha_out_supply: Decimal(alpha_out_supply.saturating_sub(recycled)),
    }
}

/// One subnet between two blocks: the given one, its fields brought up to date, and what the format does not give. Mode
/// and reservoirs are of 475; before, every subnet is in Yuma mode and the reservoirs are empty.
pub(super) struct Subnet {
    pub(super) state: CoinbaseSubnet,
    epoch_mode: EpochMode,
    pub(super) tao_reservoir: u64,
    pub(super) alpha_reservoir: u64,
    blocks_since_last_step: u64,
    pending: Pending,
    root_prop: RawUnsigned,
}

impl Subnet {
    /// Before the first block.
    pub(super) fn new(state: CoinbaseSubnet, epoch_mode: EpochMode, reservoirs: (u64, u64)) -> Self {
        Self {
            state,
            epoch_mode,
            tao_reservoir: reservoirs.0,
            alpha_reservoir: reservoirs.1,
            blocks_since_last_step: 0,
            pending: Pending::default(),
            root_prop: Decimal(0),
        }
    }

    /// The part of the alpha issuance that is not outstanding (§7; the reservoir is of 475).
    fn alpha_in(&self) -> U64 {
        Decimal(self.state.alpha_in_reserve.0.saturating_add(self.alpha_reservoir))
    }

    /// Eligible (§2).
    fn is_eligible(&self) -> bool {
        self.state.netuid != ROOT
            && self.state.first_emission_block.is_some()
            && self.state.subtoken_enabled
            && self.state.registration_allowed
    }
}

/// What happens to one subnet in a block before its state is shown at the block's end.
#[derive(Default)]
struct Movement {
    tao_emission: Option<RawUnsigned>,
    excess_tao: u64,
    tao_in: u64,
    alpha_in: u64,
    alpha_out: u64,
    pending: Pending,
    drained: Option<Pending>,
}

/// Where the rule sets differ.
pub(super) trait Rules {
    /// When epochs are due (§10.7).
    const SCHEDULE: schedule::Form;

    /// TAO emissions and root sell flag (§10.2) in a block.
    fn share(&mut self, block: u64, input: SubnetSharesInput) -> (Vec<RawUnsigned>, bool);

    /// Buys and injects for one subnet (§10.4).
    fn inject(&mut self, at: At, subnet: &mut Subnet, terms: &SubnetTermsExpect, credit: &mut u64) -> Injected;
}

/// Which entry of the input's lists is meant.
#[derive(Clone, Copy)]
pub(super) struct At {
    /// The subnet's place.
    pub(super) subnet: usize,
    /// The block's place.
    pub(super) block: usize,
}

/// What an injection moved, in rao (§10 Report).
pub(super) struct Injected {
    pub(super) excess_tao: u64,
    pub(super) tao_in: u64,
    pub(super) alpha_in: u64,
}

/// The rules of this text.
struct Base;

impl Rules for Base {
    const SCHEDULE: schedule::Form = schedule::FORM;

    fn share(&mut self, _: u64, input: SubnetSharesInput) -> (Vec<RawUnsigned>, bool) {
        let shares = subnet_shares(&input);
        (shares.tao_emission, shares.root_sell_flag)
    }

    /// The pool accepts everything and a buy pays out no alpha.
    fn inject(&mut self, _: At, subnet: &mut Subnet, terms: &SubnetTermsExpect, credit: &mut u64) -> Injected {
        let state = &mut subnet.state;
        let excess_tao = pay(state, credit, terms.excess_tao_u64.0);
        let alpha_in = terms.alpha_in_u64.0;
        state.alpha_in_reserve = Decimal(state.alpha_in_reserve.0.saturating_add(alpha_in));
        let tao_in = pay(state, credit, terms.tao_in_u64.0);
        Injected { excess_tao, tao_in, alpha_in }
    }
}

/// The state a block starts from and ends with.
pub(super) struct Chain<'a, R> {
    pub(super) rules: R,
    input: &'a CoinbaseInput,
    total_issuance: u64,
    balances_issuance: u64,
    pub(super) subnets: Vec<Subnet>,
}

/// A whole block, repeated (§10).
pub fn coinbase(input: &CoinbaseInput) -> CoinbaseExpect {
    let subnet = |state: &CoinbaseSubnet| Subnet::new(state.clone(), EpochMode::Yuma, (0, 0));
    let mut chain = Chain::new(Base, input, input.subnets.iter().map(subnet).collect());
    CoinbaseExpect { blocks: (0..input.blocks).map(|offset| chain.step(offset)).collect() }
}

impl<'a, R: Rules> Chain<'a, R> {
    /// Before the first block.
    pub(super) fn new(rules: R, input: &'a CoinbaseInput, subnets: Vec<Subnet>) -> Self {
        let (total_issuance, balances_issuance) = (input.total_issuance.0, input.balances_issuance.0);
        Self { rules, input, total_issuance, balances_issuance, subnets }
    }

    /// One block (§10): the steps in their order.
    pub(super) fn step(&mut self, offset: u64) -> CoinbaseBlock {
        let block = self.input.start_block.saturating_add(offset);
        let place = usize::try_from(offset).unwrap_or(usize::MAX);
        let price = |subnet: &Subnet| subnet.state.prices.get(place).copied().unwrap_or_default();
        let prices: Vec<RawUnsigned> = self.subnets.iter().map(price).collect();
        let mut moves: Vec<Movement> = self.subnets.iter().map(|_| Movement::default()).collect();
        let eligible: Vec<usize> = (0..self.subnets.len()).filter(|index| self.subnets[*index].is_eligible()).collect();

        let minted = self.mint();
        let root_sell_flag = self.share(block, &eligible, minted, &mut moves);
        let terms = self.terms(&eligible, &prices, &moves);
        let mut credit = minted;
        for (index, terms) in eligible.iter().zip(&terms) {
            let at = At { subnet: *index, block: place };
            let injected = self.rules.inject(at, &mut self.subnets[*index], terms, &mut credit);
            moves[*index].excess_tao = injected.excess_tao;
            moves[*index].tao_in = injected.tao_in;
            moves[*index].alpha_in = injected.alpha_in;
        }
        self.recycle(credit);
        for (index, terms) in eligible.iter().zip(&terms) {
            self.create(*index, terms, root_sell_flag, &mut moves[*index]);
        }
        for (subnet, movement) in self.subnets.iter().zip(&mut moves) {
            movement.pending = subnet.pending;
        }
        self.run_epochs(block, &mut moves);
        for index in &eligible {
            self.move_price(*index, block, prices[*index]);
        }
        for index in &eligible {
            self.subnets[*index].root_prop = Decimal(self.root_proportion(*index).to_bits());
        }
        self.trigger(block);

        CoinbaseBlock {
            block,
            minted: Decimal(minted),
            root_sell_flag,
            subnets: self.subnets.iter().zip(&moves).map(|(subnet, movement)| report(subnet, movement)).collect(),
            total_issuance: Decimal(self.total_issuance),
            balances_issuance: Decimal(self.balances_issuance),
        }
    }

    /// Mints and gives the credit (§10.1).
    fn mint(&mut self) -> u64 {
        let minted = mint(self.total_issuance, self.balances_issuance);
        self.total_issuance = self.total_issuance.saturating_add(minted);
        self.balances_issuance = self.balances_issuance.saturating_add(minted);
        minted
    }

    /// Shares the minted TAO and gives the root sell flag (§10.2).
    fn share(&mut self, block: u64, eligible: &[usize], minted: u64, moves: &mut [Movement]) -> bool {
        let subnets = eligible
            .iter()
            .map(|index| {
                let state = &self.subnets[*index].state;
                SubnetSharesSubnet {
                    netuid: state.netuid,
                    mechanism: state.mechanism,
                    moving_price: state.moving_price,
                    miner_burned: state.miner_burned,
                    emission_enabled: state.emission_enabled,
                }
            })
            .collect();
        let input = SubnetSharesInput { block_emission: Decimal(minted), subnets };
        let (tao_emissions, root_sell_flag) = self.rules.share(block, input);
        for (index, tao_emission) in eligible.iter().zip(tao_emissions) {
            moves[*index].tao_emission = Some(tao_emission);
        }
        root_sell_flag
    }

    /// Terms of all eligible subnets from the state before any of them changes (§10.4).
    fn terms(&self, eligible: &[usize], prices: &[RawUnsigned], moves: &[Movement]) -> Vec<SubnetTermsExpect> {
        eligible
            .iter()
            .map(|index| {
                let state = &self.subnets[*index].state;
                subnet_terms(&SubnetTermsInput {
                    tao_emission: moves[*index].tao_emission.unwrap_or_default(),
                    alpha_in_reserve: self.subnets[*index].alpha_in(),
                    alpha_out_supply: state.alpha_out_supply,
                    mechanism: state.mechanism,
                    price: prices[*index],
                    root_tao: self.input.root_tao,
                    tao_weight: self.input.tao_weight,
                })
            })
            .collect()
    }

    /// Recycles what is left of the credit (§10.5).
    fn recycle(&mut self, credit: u64) {
        self.total_issuance = self.total_issuance.saturating_sub(credit);
        self.balances_issuance = self.balances_issuance.saturating_sub(credit);
    }

    /// Root proportion of a subnet with the state as it is now (§7).
    fn root_proportion(&self, index: usize) -> U96F32 {
        let state = &self.subnets[index].state;
        let root = root_proportion(&RootProportionInput {
            alpha_in: self.subnets[index].alpha_in(),
            alpha_out: state.alpha_out_supply,
            root_tao: self.input.root_tao,
            tao_weight: self.input.tao_weight,
        });
        U96F32::from_bits(root.root_proportion.0)
    }

    /// Creates a subnet's alpha and splits it (§10.6).
    fn create(&mut self, index: usize, terms: &SubnetTermsExpect, root_sell_flag: bool, movement: &mut Movement) {
        movement.alpha_out = terms.alpha_out_u64.0;
        let supply = &mut self.subnets[index].state.alpha_out_supply;
        *supply = Decimal(supply.0.saturating_add(movement.alpha_out));
        let root_proportion = self.root_proportion(index);
        let subnet = &mut self.subnets[index];
        let owner_cut = subnet.state.owner_cut_enabled.then_some(self.input.owner_cut);
        let parts = split(U96F32::from_bits(terms.alpha_out.0), root_proportion, owner_cut);
        let recycled = accumulate(&mut subnet.pending, &parts, root_sell_flag);
        let supply = &mut subnet.state.alpha_out_supply;
        *supply = Decimal(supply.0.saturating_sub(recycled));
    }

    /// Runs the epochs that are due and drains their subnets (§10.7, `schedule.md` §4.2); every subnet is consistent.
    fn run_epochs(&mut self, block: u64, moves: &mut [Movement]) {
        let takes_part = |subnet: &Subnet| subnet.state.netuid != ROOT;
        let scheduled = |subnet: &Subnet| {
            let state = SimulatedSubnet {
                netuid: subnet.state.netuid,
                tempo: subnet.state.tempo,
                last_epoch_block: subnet.state.last_epoch_block.0,
                pending_epoch_at: subnet.state.pending_epoch_at.0,
                blocks_since_last_step: subnet.blocks_since_last_step,
                inconsistent_blocks: None,
            };
            schedule::starting_state(&state, R::SCHEDULE, subnet.epoch_mode, None)
        };
        let mut schedule: Vec<schedule::Subnet> =
            self.subnets.iter().filter(|subnet| takes_part(subnet)).map(scheduled).collect();
        let happened = schedule::step(&mut schedule, block, self.input.max_epochs_per_block);
        let part = self.subnets.iter_mut().zip(moves).filter(|(subnet, _)| takes_part(subnet));
        for ((subnet, movement), after) in part.zip(&schedule) {
            subnet.state.last_epoch_block = Decimal(after.last_epoch_block);
            subnet.state.pending_epoch_at = Decimal(after.pending_epoch_at);
            subnet.blocks_since_last_step = after.blocks_since_last_step;
            if happened.ran.contains(&after.netuid) {
                movement.drained = Some(subnet.pending);
                subnet.pending = Pending::default();
            }
        }
    }

    /// Updates a moving price (§10.8).
    fn move_price(&mut self, index: usize, block: u64, price: RawUnsigned) {
        let state = &mut self.subnets[index].state;
        state.moving_price = moving_price(&MovingPriceInput {
            mechanism: state.mechanism,
            price,
            moving_price: state.moving_price,
            first_emission_block: state.first_emission_block,
            current_block: Decimal(block),
            halving_blocks: state.ema_halving_blocks,
            moving_alpha: self.input.moving_alpha,
        })
        .moving_price;
    }

    /// Carries out the block's triggers (§10.10).
    fn trigger(&mut self, block: u64) {
        for (_, netuid, target) in self.input.triggers.iter().filter(|trigger| trigger.0 == block) {
            for subnet in self.subnets.iter_mut().filter(|subnet| subnet.state.netuid == *netuid) {
                subnet.state.pending_epoch_at = Decimal(*target);
            }
        }
    }
}

/// Moves an amount from the credit to the reserve where the credit suffices, and gives what moved (§10.4).
fn pay(state: &mut CoinbaseSubnet, credit: &mut u64, amount: u64) -> u64 {
    match credit.checked_sub(amount) {
        Some(left) => {
            *credit = left;
            state.tao_reserve = Decimal(state.tao_reserve.0.saturating_add(amount));
            amount
        }
        None => 0,
    }
}

/// What is shown of a subnet after a block (§10 Report).
fn report(subnet: &Subnet, movement: &Movement) -> CoinbaseBlockSubnet {
    let list = |pending: Pending| [pending.server, pending.validator, pending.root, pending.owner_cut];
    CoinbaseBlockSubnet {
        netuid: subnet.state.netuid,
        tao_emission: movement.tao_emission,
        excess_tao: Decimal(movement.excess_tao),
        tao_in: Decimal(movement.tao_in),
        alpha_in: Decimal(movement.alpha_in),
        alpha_out: Decimal(movement.alpha_out),
        pending: list(movement.pending),
        drained: movement.drained.map(list),
        tao_reserve: subnet.state.tao_reserve,
        alpha_in_reserve: subnet.state.alpha_in_reserve,
        alpha_out_supply: subnet.state.alpha_out_supply,
        moving_price: subnet.state.moving_price,
        root_prop: subnet.root_prop,
    }
}

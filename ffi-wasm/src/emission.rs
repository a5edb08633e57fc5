//! A block's emission.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use yuma_core::emission::{
    self as core, Creation, EmissionGate, Flow, FlowAverage, FlowParameters, Halving, Injection, Issuance, MovingPrice,
    Network, NextHalving, PassivePool, Pending, Pool, Purchase, RootStake, SubnetFlows, SubnetReport, SubnetShare,
    SubnetState, SubnetTerms,
};
use yuma_core::fixed::{I64F64, I96F32, U64F64, U96F32};

use crate::door::{self, Answer, Fields, dict, integer, optional, refused, rules as read_rules};
use crate::schedule::{read_state, write_state, write_verdict};

pub fn block_emission(issuance: &JsValue) -> Answer<u64> {
    Ok(core::block_emission(integer(issuance, "issuance")?))
}

pub fn block_emission_steps(issuance: &JsValue) -> Answer<Option<Object>> {
    let Some(steps) = core::block_emission_steps(integer(issuance, "issuance")?) else { return Ok(None) };
    Ok(Some(dict!({
        "ratio_raw": steps.ratio.to_bits(),
        "inverse_raw": steps.inverse.to_bits(),
        "log2_raw": steps.log2.to_bits(),
    })))
}

pub fn halvings() -> Answer<Vec<Object>> {
    let write = |Halving { number, threshold, reward }| {
        Ok(dict!({ "number": number, "threshold": threshold, "reward": reward }))
    };
    core::halvings().map(write).collect()
}

pub fn next_halving(issuance: &JsValue) -> Answer<Option<Object>> {
    let Some(next) = core::next_halving(integer(issuance, "issuance")?) else { return Ok(None) };
    let NextHalving { threshold, reward, reward_after, blocks } = next;
    Ok(Some(dict!({
        "threshold": threshold,
        "reward": reward,
        "reward_after": reward_after,
        "blocks": blocks,
    })))
}

pub fn emission_over(issuance: &JsValue, blocks: &JsValue) -> Answer<u64> {
    Ok(core::emission_over(integer(issuance, "issuance")?, integer(blocks, "blocks")?))
}

pub fn daily_emission(issuance: &JsValue) -> Answer<u64> {
    Ok(core::daily_emission(integer(issuance, "issuance")?))
}

pub fn spot_price(mechanism: &JsValue, pool_price_raw: &JsValue) -> Answer<u128> {
    let price = U64F64::from_bits(integer(pool_price_raw, "pool_price_raw")?);
    Ok(core::spot_price(integer(mechanism, "mechanism")?, price).to_bits())
}

pub fn share_price(mechanism: &JsValue, moving_price_raw: &JsValue) -> Answer<u128> {
    let price = I96F32::from_bits(integer(moving_price_raw, "moving_price_raw")?);
    Ok(core::share_price(integer(mechanism, "mechanism")?, price).to_bits())
}

/// The new moving price, from all that it depends on.
pub fn moving_price(call: &JsValue) -> Answer<i128> {
    let fields = Fields::of(call);
    let after = core::moving_price(&MovingPrice {
        mechanism: fields.integer("mechanism")?,
        pool_price: U64F64::from_bits(fields.integer("pool_price_raw")?),
        moving_price: I96F32::from_bits(fields.integer("moving_price_raw")?),
        first_emission_block: fields.optional("first_emission_block")?,
        block: fields.integer("block")?,
        halving_blocks: fields.integer("halving_blocks")?,
        moving_alpha: I96F32::from_bits(fields.integer("moving_alpha_raw")?),
    });
    Ok(after.to_bits())
}

fn root_stake(tao: &JsValue, tao_weight: &JsValue) -> Answer<RootStake> {
    Ok(RootStake { tao: integer(tao, "root_tao")?, tao_weight: integer(tao_weight, "tao_weight")? })
}

pub fn root_proportion(root_tao: &JsValue, tao_weight: &JsValue, alpha_issuance: &JsValue) -> Answer<u128> {
    let root = root_stake(root_tao, tao_weight)?;
    Ok(core::root_proportion(root, integer(alpha_issuance, "alpha_issuance")?).to_bits())
}

pub fn alpha_issuance(
    rules: &JsValue,
    alpha_in_reserve: &JsValue,
    alpha_out_supply: &JsValue,
    alpha_reservoir: &JsValue,
) -> Answer<u64> {
    Ok(core::alpha_issuance(
        read_rules(rules)?,
        integer(alpha_in_reserve, "alpha_in_reserve")?,
        integer(alpha_out_supply, "alpha_out_supply")?,
        integer(alpha_reservoir, "alpha_reservoir")?,
    ))
}

pub fn root_sell_flag(prices_raw: &JsValue) -> Answer<bool> {
    let prices = door::integers(prices_raw, "prices_raw")?;
    Ok(core::root_sell_flag(prices.into_iter().map(U64F64::from_bits)))
}

fn read_gate(fields: &Fields<'_>) -> Answer<EmissionGate> {
    Ok(EmissionGate {
        bar: U64F64::from_bits(fields.integer("bar_raw")?),
        exponent: U64F64::from_bits(fields.integer("exponent_raw")?),
        bar_rank: fields.integer("bar_rank")?,
        bar_quantile: U64F64::from_bits(fields.integer("bar_quantile_raw")?),
    })
}

fn write_gate(gate: &EmissionGate) -> Answer<Object> {
    Ok(dict!({
        "bar_raw": gate.bar.to_bits(),
        "exponent_raw": gate.exponent.to_bits(),
        "bar_rank": gate.bar_rank,
        "bar_quantile_raw": gate.bar_quantile.to_bits(),
    }))
}

pub fn emission_gate_bar(gate: &JsValue, block: &JsValue, shares_raw: &JsValue) -> Answer<u128> {
    let gate = read_gate(&Fields::of(gate))?;
    let shares = door::integers(shares_raw, "shares_raw")?.into_iter().map(U64F64::from_bits);
    Ok(core::emission_gate_bar(&gate, integer(block, "block")?, shares).to_bits())
}

/// The shares of all subnets step by step, and the gate afterwards.
pub fn subnet_shares(
    rules: &JsValue,
    block: &JsValue,
    minted: &JsValue,
    gate: &JsValue,
    subnets: &JsValue,
) -> Answer<(Object, Object)> {
    let mut gate = read_gate(&Fields::of(gate))?;
    let mut shares = door::read_all(subnets, "subnets", |fields| {
        let moving_price = I96F32::from_bits(fields.integer("moving_price_raw")?);
        let miner_burned = U96F32::from_bits(fields.integer("miner_burned_raw")?);
        let enabled = fields.flag("emission_enabled")?;
        Ok(SubnetShare::new(fields.integer("mechanism")?, moving_price, miner_burned, enabled))
    })?;
    core::subnet_shares(
        read_rules(rules)?,
        integer(block, "block")?,
        integer(minted, "minted")?,
        &mut gate,
        &mut shares,
    );
    let each = |bits: fn(&SubnetShare) -> u128| shares.iter().map(bits).collect::<Vec<_>>();
    let written = dict!({
        "price_shares_raw": each(|share| share.price_share.to_bits()),
        "shares_raw": each(|share| share.share.to_bits()),
        "gated_shares_raw": each(|share| share.gated_share.to_bits()),
        "enabled_shares_raw": each(|share| share.enabled_share.to_bits()),
        "tao_emission_raw": each(|share| share.tao_emission.to_bits()),
        "root_sell_flag": core::root_sell_flag(shares.iter().map(|share| share.price)),
    });
    Ok((written, write_gate(&gate)?))
}

fn read_flow(fields: &Fields<'_>) -> Answer<Flow> {
    let block = fields.optional("average_block")?;
    let value = fields.optional("average_raw")?.map(I64F64::from_bits);
    let average = block.zip(value).map(|(block, value)| FlowAverage { block, value });
    Ok(Flow { since_update: fields.integer("since_update")?, average })
}

fn write_flow(flow: &Flow) -> Answer<Object> {
    Ok(dict!({
        "since_update": flow.since_update,
        "average_block": flow.average.map(|average| average.block),
        "average_raw": flow.average.map(|average| average.value.to_bits()),
    }))
}

type Flows = Vec<(Object, Object)>;

/// The shares, and the flows of users and protocol afterwards.
pub fn flow_shares(block: &JsValue, parameters: &JsValue, subnets: &JsValue) -> Answer<(Vec<u128>, Flows)> {
    let fields = Fields::of(parameters);
    let parameters = FlowParameters {
        smoothing_factor: fields.integer("smoothing_factor")?,
        net_flow_enabled: fields.flag("net_flow_enabled")?,
        flow_cutoff: I64F64::from_bits(fields.integer("flow_cutoff_raw")?),
        exponent: U64F64::from_bits(fields.integer("exponent_raw")?),
    };
    let mut flows = door::read_all(subnets, "subnets", |fields| {
        Ok(SubnetFlows { user: fields.nested("user", read_flow)?, protocol: fields.nested("protocol", read_flow)? })
    })?;
    let mut shares = vec![U64F64::ZERO; flows.len()];
    core::flow_shares(integer(block, "block")?, &parameters, &mut flows, &mut shares).map_err(refused)?;
    let shares = shares.into_iter().map(U64F64::to_bits).collect();
    let write = |flows: &SubnetFlows| Ok((write_flow(&flows.user)?, write_flow(&flows.protocol)?));
    Ok((shares, flows.iter().map(write).collect::<Answer<_>>()?))
}

fn write_terms(terms: &SubnetTerms) -> Answer<Object> {
    Ok(dict!({
        "tao_emission_raw": terms.tao_emission.to_bits(),
        "root_proportion_raw": terms.root_proportion.to_bits(),
        "alpha_out_raw": terms.alpha_out.to_bits(),
        "alpha_in_raw": terms.alpha_in.to_bits(),
        "tao_in_raw": terms.tao_in.to_bits(),
        "excess_tao_raw": terms.excess_tao.to_bits(),
    }))
}

fn read_terms(fields: &Fields<'_>) -> Answer<SubnetTerms> {
    let bits = |field| fields.integer(field).map(U96F32::from_bits);
    Ok(SubnetTerms {
        tao_emission: bits("tao_emission_raw")?,
        root_proportion: bits("root_proportion_raw")?,
        alpha_out: bits("alpha_out_raw")?,
        alpha_in: bits("alpha_in_raw")?,
        tao_in: bits("tao_in_raw")?,
        excess_tao: bits("excess_tao_raw")?,
    })
}

pub fn subnet_terms(
    tao_emission_raw: &JsValue,
    spot_price_raw: &JsValue,
    alpha_issuance: &JsValue,
    root_tao: &JsValue,
    tao_weight: &JsValue,
) -> Answer<Object> {
    let terms = core::subnet_terms(
        U96F32::from_bits(integer(tao_emission_raw, "tao_emission_raw")?),
        U64F64::from_bits(integer(spot_price_raw, "spot_price_raw")?),
        integer(alpha_issuance, "alpha_issuance")?,
        root_stake(root_tao, tao_weight)?,
    );
    write_terms(&terms)
}

fn read_pending(fields: &Fields<'_>) -> Answer<Pending> {
    Ok(Pending {
        server: fields.integer("server")?,
        validator: fields.integer("validator")?,
        root: fields.integer("root")?,
        owner_cut: fields.integer("owner_cut")?,
    })
}

fn write_pending(pending: &Pending) -> Answer<Object> {
    let &Pending { server, validator, root, owner_cut } = pending;
    Ok(dict!({ "server": server, "validator": validator, "root": root, "owner_cut": owner_cut }))
}

pub fn pending_split(alpha_out_raw: &JsValue, root_proportion_raw: &JsValue, owner_cut: &JsValue) -> Answer<Object> {
    let parts = core::pending_split(
        U96F32::from_bits(integer(alpha_out_raw, "alpha_out_raw")?),
        U96F32::from_bits(integer(root_proportion_raw, "root_proportion_raw")?),
        optional(owner_cut, "owner_cut")?,
    );
    write_pending(&parts)
}

fn read_network(fields: &Fields<'_>) -> Answer<Network> {
    Ok(Network {
        rules: fields.rules()?,
        issuance: Issuance { total: fields.integer("total_issuance")?, balances: fields.integer("balances_issuance")? },
        root: RootStake { tao: fields.integer("root_tao")?, tao_weight: fields.integer("tao_weight")? },
        owner_cut: fields.integer("owner_cut")?,
        moving_alpha: I96F32::from_bits(fields.integer("moving_alpha_raw")?),
        gate: fields.nested("gate", read_gate)?,
        max_epochs_per_block: fields.integer("max_epochs_per_block")?,
    })
}

fn write_network(network: &Network) -> Answer<Object> {
    Ok(dict!({
        "rules": network.rules.id(),
        "total_issuance": network.issuance.total,
        "balances_issuance": network.issuance.balances,
        "root_tao": network.root.tao,
        "tao_weight": network.root.tao_weight,
        "owner_cut": network.owner_cut,
        "moving_alpha_raw": network.moving_alpha.to_bits(),
        "gate": write_gate(&network.gate)?,
        "max_epochs_per_block": network.max_epochs_per_block,
    }))
}

fn read_subnet(fields: &Fields<'_>) -> Answer<SubnetState> {
    Ok(SubnetState {
        netuid: fields.integer("netuid")?,
        mechanism: fields.integer("mechanism")?,
        pool_price: U64F64::from_bits(fields.integer("pool_price_raw")?),
        moving_price: I96F32::from_bits(fields.integer("moving_price_raw")?),
        ema_halving_blocks: fields.integer("ema_halving_blocks")?,
        miner_burned: U96F32::from_bits(fields.integer("miner_burned_raw")?),
        first_emission_block: fields.optional("first_emission_block")?,
        subtoken_enabled: fields.flag("subtoken_enabled")?,
        registration_allowed: fields.flag("registration_allowed")?,
        emission_enabled: fields.flag("emission_enabled")?,
        owner_cut_enabled: fields.flag("owner_cut_enabled")?,
        tao_reserve: fields.integer("tao_reserve")?,
        alpha_in_reserve: fields.integer("alpha_in_reserve")?,
        alpha_out_supply: fields.integer("alpha_out_supply")?,
        tao_reservoir: fields.integer("tao_reservoir")?,
        alpha_reservoir: fields.integer("alpha_reservoir")?,
        protocol_alpha: fields.integer("protocol_alpha")?,
        pending: fields.nested("pending", read_pending)?,
        root_proportion: U96F32::from_bits(fields.integer("root_proportion_raw")?),
        schedule: fields.nested("schedule", read_state)?,
    })
}

fn write_subnet(subnet: &SubnetState) -> Answer<Object> {
    Ok(dict!({
        "netuid": subnet.netuid,
        "mechanism": subnet.mechanism,
        "pool_price_raw": subnet.pool_price.to_bits(),
        "moving_price_raw": subnet.moving_price.to_bits(),
        "ema_halving_blocks": subnet.ema_halving_blocks,
        "miner_burned_raw": subnet.miner_burned.to_bits(),
        "first_emission_block": subnet.first_emission_block,
        "subtoken_enabled": subnet.subtoken_enabled,
        "registration_allowed": subnet.registration_allowed,
        "emission_enabled": subnet.emission_enabled,
        "owner_cut_enabled": subnet.owner_cut_enabled,
        "tao_reserve": subnet.tao_reserve,
        "alpha_in_reserve": subnet.alpha_in_reserve,
        "alpha_out_supply": subnet.alpha_out_supply,
        "tao_reservoir": subnet.tao_reservoir,
        "alpha_reservoir": subnet.alpha_reservoir,
        "protocol_alpha": subnet.protocol_alpha,
        "pending": write_pending(&subnet.pending)?,
        "root_proportion_raw": subnet.root_proportion.to_bits(),
        "schedule": write_state(&subnet.schedule)?,
    }))
}

/// A pool in JavaScript, or the passive one. Core's pools cannot fail: what JavaScript throws is kept, and thrown when the
/// block is done.
struct Market<'o> {
    pool: Option<&'o JsValue>,
    error: Option<JsValue>,
}

impl Market<'_> {
    /// The answer of one of the pool's methods; `fallback` if it throws, and from then on.
    fn ask<T>(
        &mut self,
        pool: &JsValue,
        (method, subnet, amounts): (&str, &SubnetState, &[u64]),
        fallback: T,
        read: impl FnOnce(&JsValue) -> Answer<T>,
    ) -> T {
        if self.error.is_some() {
            return fallback;
        }
        let asked = || {
            let function: Function = Reflect::get(pool, &method.into())?.dyn_into().map_err(|_| {
                door::refuse("type", "pool".into(), JsValue::NULL, &format!("pool has no function {method}"))
            })?;
            let arguments: Array = [JsValue::from(write_subnet(subnet)?)]
                .into_iter()
                .chain(amounts.iter().map(|&amount| JsValue::from(amount)))
                .collect();
            read(&function.apply(pool, &arguments)?)
        };
        asked().unwrap_or_else(|error| {
            self.error = Some(error);
            fallback
        })
    }
}

impl Pool for Market<'_> {
    fn price(&mut self, subnet: &SubnetState) -> U64F64 {
        let Some(pool) = self.pool else { return PassivePool.price(subnet) };
        self.ask(pool, ("price", subnet, &[]), subnet.pool_price, |price| {
            integer(price, "price").map(U64F64::from_bits)
        })
    }

    fn accepts(&mut self, subnet: &SubnetState, tao: u64, alpha: u64) -> bool {
        let Some(pool) = self.pool else { return PassivePool.accepts(subnet, tao, alpha) };
        self.ask(pool, ("accepts", subnet, &[tao, alpha]), false, |answer| door::flag(answer, "accepts"))
    }

    fn buy(&mut self, subnet: &SubnetState, tao: u64) -> Option<Purchase> {
        let Some(pool) = self.pool else { return PassivePool.buy(subnet, tao) };
        self.ask(pool, ("buy", subnet, &[tao]), None, |answer| {
            if door::is_none(answer) {
                return Ok(None);
            }
            let amounts: Vec<u64> = door::integers(answer, "buy")?;
            let [paid_in, paid_out] = amounts.as_slice() else {
                return Err(door::wrong_length("buy", amounts.len(), 2));
            };
            Ok(Some(Purchase { paid_in: *paid_in, paid_out: *paid_out }))
        })
    }
}

/// Does something with a pool: the passive one for none.
fn with_pool<T>(pool: &JsValue, act: impl FnOnce(&mut Market<'_>) -> Answer<T>) -> Answer<T> {
    let mut market = Market { pool: if door::is_none(pool) { None } else { Some(pool) }, error: None };
    let done = act(&mut market);
    market.error.map_or(done, Err)
}

fn write_injection(injection: Injection) -> Answer<Object> {
    let Injection { excess_tao, alpha_in, tao_in } = injection;
    Ok(dict!({ "excess_tao": excess_tao, "alpha_in": alpha_in, "tao_in": tao_in }))
}

fn write_creation(creation: &Creation) -> Answer<Object> {
    Ok(dict!({
        "alpha_out": creation.alpha_out,
        "alpha_issuance": creation.alpha_issuance,
        "root_proportion_raw": creation.root_proportion.to_bits(),
        "recycled": creation.recycled,
    }))
}

/// The subnet and the credit afterwards, and what moved.
pub fn inject(
    rules: &JsValue,
    subnet: &JsValue,
    terms: &JsValue,
    credit: &JsValue,
    pool: &JsValue,
) -> Answer<(Object, Object, u64)> {
    let rules = read_rules(rules)?;
    let mut subnet = read_subnet(&Fields::of(subnet))?;
    let terms = read_terms(&Fields::of(terms))?;
    let mut credit = integer(credit, "credit")?;
    let injection = with_pool(pool, |pool| Ok(core::inject(rules, &mut subnet, &terms, &mut credit, pool)))?;
    Ok((write_subnet(&subnet)?, write_injection(injection)?, credit))
}

/// The subnet afterwards, and what was created.
pub fn create_alpha(
    network: &JsValue,
    subnet: &JsValue,
    terms: &JsValue,
    root_sell_flag: &JsValue,
) -> Answer<(Object, Object)> {
    let network = read_network(&Fields::of(network))?;
    let mut subnet = read_subnet(&Fields::of(subnet))?;
    let terms = read_terms(&Fields::of(terms))?;
    let creation = core::create_alpha(&network, &mut subnet, &terms, door::flag(root_sell_flag, "root_sell_flag")?);
    Ok((write_subnet(&subnet)?, write_creation(&creation)?))
}

fn write_report(report: &SubnetReport) -> Answer<Object> {
    Ok(dict!({
        "terms": report.terms.as_ref().map(write_terms).transpose()?,
        "injection": write_injection(report.injection)?,
        "creation": write_creation(&report.creation)?,
        "pending": write_pending(&report.pending)?,
        "verdict": write_verdict(report.verdict)?,
        "drained": report.drained.as_ref().map(write_pending).transpose()?,
    }))
}

type Block = (Object, Object, Vec<Object>, Vec<Object>);

/// What the block did to all, the network and the subnets afterwards, and what it did to each of these.
pub fn coinbase(block: &JsValue, network: &JsValue, subnets: &JsValue, pool: &JsValue) -> Answer<Block> {
    let block = integer(block, "block")?;
    let mut network = read_network(&Fields::of(network))?;
    let mut subnets = door::read_all(subnets, "subnets", read_subnet)?;
    let mut shares = vec![SubnetShare::default(); subnets.len()];
    let mut reports = vec![SubnetReport::default(); subnets.len()];
    let done = with_pool(pool, |pool| {
        core::coinbase(block, &mut network, &mut subnets, pool, &mut shares, &mut reports).map_err(refused)
    })?;
    let summary = dict!({
        "minted": done.minted,
        "recycled": done.recycled,
        "root_sell_flag": done.root_sell_flag,
    });
    let subnets = subnets.iter().map(write_subnet).collect::<Answer<_>>()?;
    let reports = reports.iter().map(write_report).collect::<Answer<_>>()?;
    Ok((summary, write_network(&network)?, subnets, reports))
}

/// The chain's defaults of a gate, flow parameters, a network and a subnet.
pub fn emission_defaults() -> Answer<Object> {
    let flow = FlowParameters::CHAIN_DEFAULT;
    Ok(dict!({
        "gate": write_gate(&EmissionGate::CHAIN_DEFAULT)?,
        "flow": dict!({
            "smoothing_factor": flow.smoothing_factor,
            "net_flow_enabled": flow.net_flow_enabled,
            "flow_cutoff_raw": flow.flow_cutoff.to_bits(),
            "exponent_raw": flow.exponent.to_bits(),
        }),
        "network": write_network(&Network::CHAIN_DEFAULT)?,
        "subnet": write_subnet(&SubnetState::new(1))?,
    }))
}

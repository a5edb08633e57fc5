//! A block's emission.

use pyo3::prelude::*;
use pyo3::types::PyDict;
use yuma_core::emission::{
    self as core, Creation, EmissionGate, Flow, FlowAverage, FlowParameters, Halving, Injection, Issuance, MovingPrice,
    Network, NextHalving, PassivePool, Pending, Pool, Purchase, RootStake, SubnetFlows, SubnetReport, SubnetShare,
    SubnetState, SubnetTerms,
};
use yuma_core::fixed::{I64F64, I96F32, U64F64, U96F32};

use crate::add_functions;
use crate::door::{self, Fields, dict, integer, optional, refused, rules as read_rules};
use crate::schedule::{read_state, write_state, write_verdict};

type Dict<'py> = Bound<'py, PyDict>;

#[pyfunction]
fn block_emission(issuance: &Bound<'_, PyAny>) -> PyResult<u64> {
    Ok(core::block_emission(integer(issuance, "issuance")?))
}

#[pyfunction]
fn block_emission_steps<'py>(issuance: &Bound<'py, PyAny>) -> PyResult<Option<Dict<'py>>> {
    let Some(steps) = core::block_emission_steps(integer(issuance, "issuance")?) else { return Ok(None) };
    Ok(Some(dict!(issuance.py(), {
        "ratio_raw": steps.ratio.to_bits(),
        "inverse_raw": steps.inverse.to_bits(),
        "log2_raw": steps.log2.to_bits(),
    })))
}

#[pyfunction]
fn halvings(py: Python<'_>) -> PyResult<Vec<Dict<'_>>> {
    let write = |Halving { number, threshold, reward }| {
        Ok(dict!(py, { "number": number, "threshold": threshold, "reward": reward }))
    };
    core::halvings().map(write).collect()
}

#[pyfunction]
fn next_halving<'py>(issuance: &Bound<'py, PyAny>) -> PyResult<Option<Dict<'py>>> {
    let Some(next) = core::next_halving(integer(issuance, "issuance")?) else { return Ok(None) };
    let NextHalving { threshold, reward, reward_after, blocks } = next;
    Ok(Some(dict!(issuance.py(), {
        "threshold": threshold,
        "reward": reward,
        "reward_after": reward_after,
        "blocks": blocks,
    })))
}

#[pyfunction]
fn emission_over(issuance: &Bound<'_, PyAny>, blocks: &Bound<'_, PyAny>) -> PyResult<u64> {
    Ok(core::emission_over(integer(issuance, "issuance")?, integer(blocks, "blocks")?))
}

#[pyfunction]
fn daily_emission(issuance: &Bound<'_, PyAny>) -> PyResult<u64> {
    Ok(core::daily_emission(integer(issuance, "issuance")?))
}

#[pyfunction]
fn spot_price(mechanism: &Bound<'_, PyAny>, pool_price_raw: &Bound<'_, PyAny>) -> PyResult<u128> {
    let price = U64F64::from_bits(integer(pool_price_raw, "pool_price_raw")?);
    Ok(core::spot_price(integer(mechanism, "mechanism")?, price).to_bits())
}

#[pyfunction]
fn share_price(mechanism: &Bound<'_, PyAny>, moving_price_raw: &Bound<'_, PyAny>) -> PyResult<u128> {
    let price = I96F32::from_bits(integer(moving_price_raw, "moving_price_raw")?);
    Ok(core::share_price(integer(mechanism, "mechanism")?, price).to_bits())
}

/// The new moving price, from all that it depends on.
#[pyfunction]
fn moving_price(call: &Bound<'_, PyAny>) -> PyResult<i128> {
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

fn root_stake(tao: &Bound<'_, PyAny>, tao_weight: &Bound<'_, PyAny>) -> PyResult<RootStake> {
    Ok(RootStake { tao: integer(tao, "root_tao")?, tao_weight: integer(tao_weight, "tao_weight")? })
}

#[pyfunction]
fn root_proportion(
    root_tao: &Bound<'_, PyAny>,
    tao_weight: &Bound<'_, PyAny>,
    alpha_issuance: &Bound<'_, PyAny>,
) -> PyResult<u128> {
    let root = root_stake(root_tao, tao_weight)?;
    Ok(core::root_proportion(root, integer(alpha_issuance, "alpha_issuance")?).to_bits())
}

#[pyfunction]
fn alpha_issuance(
    rules: &Bound<'_, PyAny>,
    alpha_in_reserve: &Bound<'_, PyAny>,
    alpha_out_supply: &Bound<'_, PyAny>,
    alpha_reservoir: &Bound<'_, PyAny>,
) -> PyResult<u64> {
    Ok(core::alpha_issuance(
        read_rules(rules)?,
        integer(alpha_in_reserve, "alpha_in_reserve")?,
        integer(alpha_out_supply, "alpha_out_supply")?,
        integer(alpha_reservoir, "alpha_reservoir")?,
    ))
}

#[pyfunction]
fn root_sell_flag(prices_raw: &Bound<'_, PyAny>) -> PyResult<bool> {
    let prices = door::wide_integers(prices_raw, "prices_raw")?;
    Ok(core::root_sell_flag(prices.into_iter().map(U64F64::from_bits)))
}

fn read_gate(fields: &Fields<'_, '_>) -> PyResult<EmissionGate> {
    Ok(EmissionGate {
        bar: U64F64::from_bits(fields.integer("bar_raw")?),
        exponent: U64F64::from_bits(fields.integer("exponent_raw")?),
        bar_rank: fields.integer("bar_rank")?,
        bar_quantile: U64F64::from_bits(fields.integer("bar_quantile_raw")?),
    })
}

fn write_gate<'py>(py: Python<'py>, gate: &EmissionGate) -> PyResult<Dict<'py>> {
    Ok(dict!(py, {
        "bar_raw": gate.bar.to_bits(),
        "exponent_raw": gate.exponent.to_bits(),
        "bar_rank": gate.bar_rank,
        "bar_quantile_raw": gate.bar_quantile.to_bits(),
    }))
}

#[pyfunction]
fn emission_gate_bar(
    gate: &Bound<'_, PyAny>,
    block: &Bound<'_, PyAny>,
    shares_raw: &Bound<'_, PyAny>,
) -> PyResult<u128> {
    let gate = read_gate(&Fields::of(gate))?;
    let shares = door::wide_integers(shares_raw, "shares_raw")?.into_iter().map(U64F64::from_bits);
    Ok(core::emission_gate_bar(&gate, integer(block, "block")?, shares).to_bits())
}

/// The shares of all subnets step by step, and the gate afterwards.
#[pyfunction]
fn subnet_shares<'py>(
    rules: &Bound<'py, PyAny>,
    block: &Bound<'py, PyAny>,
    minted: &Bound<'py, PyAny>,
    gate: &Bound<'py, PyAny>,
    subnets: &Bound<'py, PyAny>,
) -> PyResult<(Dict<'py>, Dict<'py>)> {
    let py = rules.py();
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
    let written = dict!(py, {
        "price_shares_raw": each(|share| share.price_share.to_bits()),
        "shares_raw": each(|share| share.share.to_bits()),
        "gated_shares_raw": each(|share| share.gated_share.to_bits()),
        "enabled_shares_raw": each(|share| share.enabled_share.to_bits()),
        "tao_emission_raw": each(|share| share.tao_emission.to_bits()),
        "root_sell_flag": core::root_sell_flag(shares.iter().map(|share| share.price)),
    });
    Ok((written, write_gate(py, &gate)?))
}

fn read_flow(fields: &Fields<'_, '_>) -> PyResult<Flow> {
    let block = fields.optional("average_block")?;
    let value = fields.optional("average_raw")?.map(I64F64::from_bits);
    let average = block.zip(value).map(|(block, value)| FlowAverage { block, value });
    Ok(Flow { since_update: fields.integer("since_update")?, average })
}

fn write_flow<'py>(py: Python<'py>, flow: &Flow) -> PyResult<Dict<'py>> {
    Ok(dict!(py, {
        "since_update": flow.since_update,
        "average_block": flow.average.map(|average| average.block),
        "average_raw": flow.average.map(|average| average.value.to_bits()),
    }))
}

type Flows<'py> = Vec<(Dict<'py>, Dict<'py>)>;

/// The shares, and the flows of users and protocol afterwards.
#[pyfunction]
fn flow_shares<'py>(
    block: &Bound<'py, PyAny>,
    parameters: &Bound<'py, PyAny>,
    subnets: &Bound<'py, PyAny>,
) -> PyResult<(Vec<u128>, Flows<'py>)> {
    let py = block.py();
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
    core::flow_shares(integer(block, "block")?, &parameters, &mut flows, &mut shares)
        .map_err(|error| refused(py, error))?;
    let shares = shares.into_iter().map(U64F64::to_bits).collect();
    let write = |flows: &SubnetFlows| Ok((write_flow(py, &flows.user)?, write_flow(py, &flows.protocol)?));
    Ok((shares, flows.iter().map(write).collect::<PyResult<_>>()?))
}

fn write_terms<'py>(py: Python<'py>, terms: &SubnetTerms) -> PyResult<Dict<'py>> {
    Ok(dict!(py, {
        "tao_emission_raw": terms.tao_emission.to_bits(),
        "root_proportion_raw": terms.root_proportion.to_bits(),
        "alpha_out_raw": terms.alpha_out.to_bits(),
        "alpha_in_raw": terms.alpha_in.to_bits(),
        "tao_in_raw": terms.tao_in.to_bits(),
        "excess_tao_raw": terms.excess_tao.to_bits(),
    }))
}

fn read_terms(fields: &Fields<'_, '_>) -> PyResult<SubnetTerms> {
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

#[pyfunction]
fn subnet_terms<'py>(
    tao_emission_raw: &Bound<'py, PyAny>,
    spot_price_raw: &Bound<'py, PyAny>,
    alpha_issuance: &Bound<'py, PyAny>,
    root_tao: &Bound<'py, PyAny>,
    tao_weight: &Bound<'py, PyAny>,
) -> PyResult<Dict<'py>> {
    let terms = core::subnet_terms(
        U96F32::from_bits(integer(tao_emission_raw, "tao_emission_raw")?),
        U64F64::from_bits(integer(spot_price_raw, "spot_price_raw")?),
        integer(alpha_issuance, "alpha_issuance")?,
        root_stake(root_tao, tao_weight)?,
    );
    write_terms(tao_emission_raw.py(), &terms)
}

fn read_pending(fields: &Fields<'_, '_>) -> PyResult<Pending> {
    Ok(Pending {
        server: fields.integer("server")?,
        validator: fields.integer("validator")?,
        root: fields.integer("root")?,
        owner_cut: fields.integer("owner_cut")?,
    })
}

fn write_pending<'py>(py: Python<'py>, pending: &Pending) -> PyResult<Dict<'py>> {
    let Pending { server, validator, root, owner_cut } = pending;
    Ok(dict!(py, { "server": server, "validator": validator, "root": root, "owner_cut": owner_cut }))
}

#[pyfunction]
fn pending_split<'py>(
    alpha_out_raw: &Bound<'py, PyAny>,
    root_proportion_raw: &Bound<'py, PyAny>,
    owner_cut: &Bound<'py, PyAny>,
) -> PyResult<Dict<'py>> {
    let parts = core::pending_split(
        U96F32::from_bits(integer(alpha_out_raw, "alpha_out_raw")?),
        U96F32::from_bits(integer(root_proportion_raw, "root_proportion_raw")?),
        optional(owner_cut, "owner_cut")?,
    );
    write_pending(alpha_out_raw.py(), &parts)
}

fn read_network(fields: &Fields<'_, '_>) -> PyResult<Network> {
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

fn write_network<'py>(py: Python<'py>, network: &Network) -> PyResult<Dict<'py>> {
    Ok(dict!(py, {
        "rules": network.rules.id(),
        "total_issuance": network.issuance.total,
        "balances_issuance": network.issuance.balances,
        "root_tao": network.root.tao,
        "tao_weight": network.root.tao_weight,
        "owner_cut": network.owner_cut,
        "moving_alpha_raw": network.moving_alpha.to_bits(),
        "gate": write_gate(py, &network.gate)?,
        "max_epochs_per_block": network.max_epochs_per_block,
    }))
}

fn read_subnet(fields: &Fields<'_, '_>) -> PyResult<SubnetState> {
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

fn write_subnet<'py>(py: Python<'py>, subnet: &SubnetState) -> PyResult<Dict<'py>> {
    Ok(dict!(py, {
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
        "pending": write_pending(py, &subnet.pending)?,
        "root_proportion_raw": subnet.root_proportion.to_bits(),
        "schedule": write_state(py, &subnet.schedule)?,
    }))
}

/// A pool in Python. Core's pools cannot fail: what Python raises is kept, and raised when the block is done.
struct PythonPool<'o, 'py> {
    pool: &'o Bound<'py, PyAny>,
    error: Option<PyErr>,
}

impl<'py> PythonPool<'_, 'py> {
    fn ask<T>(&mut self, fallback: T, ask: impl FnOnce(&Bound<'py, PyAny>) -> PyResult<T>) -> T {
        if self.error.is_some() {
            return fallback;
        }
        ask(self.pool).unwrap_or_else(|error| {
            self.error = Some(error);
            fallback
        })
    }
}

impl Pool for PythonPool<'_, '_> {
    fn price(&mut self, subnet: &SubnetState) -> U64F64 {
        self.ask(subnet.pool_price, |pool| {
            let price = pool.call_method1("price", (write_subnet(pool.py(), subnet)?,))?;
            integer(&price, "price").map(U64F64::from_bits)
        })
    }

    fn accepts(&mut self, subnet: &SubnetState, tao: u64, alpha: u64) -> bool {
        self.ask(false, |pool| {
            let answer = pool.call_method1("accepts", (write_subnet(pool.py(), subnet)?, tao, alpha))?;
            door::flag(&answer, "accepts")
        })
    }

    fn buy(&mut self, subnet: &SubnetState, tao: u64) -> Option<Purchase> {
        self.ask(None, |pool| {
            let answer = pool.call_method1("buy", (write_subnet(pool.py(), subnet)?, tao))?;
            if answer.is_none() {
                return Ok(None);
            }
            let amounts: Vec<u64> = door::integers(&answer, "buy")?;
            let [paid_in, paid_out] = amounts.as_slice() else {
                return Err(door::wrong_length(pool.py(), "buy", amounts.len(), 2));
            };
            Ok(Some(Purchase { paid_in: *paid_in, paid_out: *paid_out }))
        })
    }
}

/// Does something with a pool: the passive one for none, otherwise Python's.
fn with_pool<T>(pool: &Bound<'_, PyAny>, act: impl FnOnce(&mut PoolOf<'_, '_>) -> PyResult<T>) -> PyResult<T> {
    if pool.is_none() {
        return act(&mut PoolOf::Passive(PassivePool));
    }
    let mut pool = PoolOf::Python(PythonPool { pool, error: None });
    let done = act(&mut pool);
    match pool {
        PoolOf::Python(PythonPool { error: Some(error), .. }) => Err(error),
        _ => done,
    }
}

enum PoolOf<'o, 'py> {
    Passive(PassivePool),
    Python(PythonPool<'o, 'py>),
}

impl Pool for PoolOf<'_, '_> {
    fn price(&mut self, subnet: &SubnetState) -> U64F64 {
        match self {
            Self::Passive(pool) => pool.price(subnet),
            Self::Python(pool) => pool.price(subnet),
        }
    }

    fn accepts(&mut self, subnet: &SubnetState, tao: u64, alpha: u64) -> bool {
        match self {
            Self::Passive(pool) => pool.accepts(subnet, tao, alpha),
            Self::Python(pool) => pool.accepts(subnet, tao, alpha),
        }
    }

    fn buy(&mut self, subnet: &SubnetState, tao: u64) -> Option<Purchase> {
        match self {
            Self::Passive(pool) => pool.buy(subnet, tao),
            Self::Python(pool) => pool.buy(subnet, tao),
        }
    }
}

fn write_injection(py: Python<'_>, injection: Injection) -> PyResult<Dict<'_>> {
    let Injection { excess_tao, alpha_in, tao_in } = injection;
    Ok(dict!(py, { "excess_tao": excess_tao, "alpha_in": alpha_in, "tao_in": tao_in }))
}

fn write_creation<'py>(py: Python<'py>, creation: &Creation) -> PyResult<Dict<'py>> {
    Ok(dict!(py, {
        "alpha_out": creation.alpha_out,
        "alpha_issuance": creation.alpha_issuance,
        "root_proportion_raw": creation.root_proportion.to_bits(),
        "recycled": creation.recycled,
    }))
}

/// The subnet and the credit afterwards, and what moved.
#[pyfunction]
fn inject<'py>(
    rules: &Bound<'py, PyAny>,
    subnet: &Bound<'py, PyAny>,
    terms: &Bound<'py, PyAny>,
    credit: &Bound<'py, PyAny>,
    pool: &Bound<'py, PyAny>,
) -> PyResult<(Dict<'py>, Dict<'py>, u64)> {
    let py = rules.py();
    let rules = read_rules(rules)?;
    let mut subnet = read_subnet(&Fields::of(subnet))?;
    let terms = read_terms(&Fields::of(terms))?;
    let mut credit = integer(credit, "credit")?;
    let injection = with_pool(pool, |pool| Ok(core::inject(rules, &mut subnet, &terms, &mut credit, pool)))?;
    Ok((write_subnet(py, &subnet)?, write_injection(py, injection)?, credit))
}

/// The subnet afterwards, and what was created.
#[pyfunction]
fn create_alpha<'py>(
    network: &Bound<'py, PyAny>,
    subnet: &Bound<'py, PyAny>,
    terms: &Bound<'py, PyAny>,
    root_sell_flag: &Bound<'py, PyAny>,
) -> PyResult<(Dict<'py>, Dict<'py>)> {
    let py = network.py();
    let network = read_network(&Fields::of(network))?;
    let mut subnet = read_subnet(&Fields::of(subnet))?;
    let terms = read_terms(&Fields::of(terms))?;
    let creation = core::create_alpha(&network, &mut subnet, &terms, door::flag(root_sell_flag, "root_sell_flag")?);
    Ok((write_subnet(py, &subnet)?, write_creation(py, &creation)?))
}

fn write_report<'py>(py: Python<'py>, report: &SubnetReport) -> PyResult<Dict<'py>> {
    Ok(dict!(py, {
        "terms": report.terms.as_ref().map(|terms| write_terms(py, terms)).transpose()?,
        "injection": write_injection(py, report.injection)?,
        "creation": write_creation(py, &report.creation)?,
        "pending": write_pending(py, &report.pending)?,
        "verdict": write_verdict(py, report.verdict)?,
        "drained": report.drained.as_ref().map(|pending| write_pending(py, pending)).transpose()?,
    }))
}

type Block<'py> = (Dict<'py>, Dict<'py>, Vec<Dict<'py>>, Vec<Dict<'py>>);

/// What the block did to all, the network and the subnets afterwards, and what it did to each of these.
#[pyfunction]
fn coinbase<'py>(
    block: &Bound<'py, PyAny>,
    network: &Bound<'py, PyAny>,
    subnets: &Bound<'py, PyAny>,
    pool: &Bound<'py, PyAny>,
) -> PyResult<Block<'py>> {
    let py = block.py();
    let block = integer(block, "block")?;
    let mut network = read_network(&Fields::of(network))?;
    let mut subnets = door::read_all(subnets, "subnets", read_subnet)?;
    let mut shares = vec![SubnetShare::default(); subnets.len()];
    let mut reports = vec![SubnetReport::default(); subnets.len()];
    let done = with_pool(pool, |pool| {
        core::coinbase(block, &mut network, &mut subnets, pool, &mut shares, &mut reports)
            .map_err(|error| refused(py, error))
    })?;
    let summary = dict!(py, {
        "minted": done.minted,
        "recycled": done.recycled,
        "root_sell_flag": done.root_sell_flag,
    });
    let subnets = subnets.iter().map(|subnet| write_subnet(py, subnet)).collect::<PyResult<_>>()?;
    let reports = reports.iter().map(|report| write_report(py, report)).collect::<PyResult<_>>()?;
    Ok((summary, write_network(py, &network)?, subnets, reports))
}

/// The chain's defaults of a gate, flow parameters, a network and a subnet.
#[pyfunction]
fn emission_defaults(py: Python<'_>) -> PyResult<Dict<'_>> {
    let flow = FlowParameters::CHAIN_DEFAULT;
    Ok(dict!(py, {
        "gate": write_gate(py, &EmissionGate::CHAIN_DEFAULT)?,
        "flow": dict!(py, {
            "smoothing_factor": flow.smoothing_factor,
            "net_flow_enabled": flow.net_flow_enabled,
            "flow_cutoff_raw": flow.flow_cutoff.to_bits(),
            "exponent_raw": flow.exponent.to_bits(),
        }),
        "network": write_network(py, &Network::CHAIN_DEFAULT)?,
        "subnet": write_subnet(py, &SubnetState::new(1))?,
    }))
}

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    add_functions!(
        module: block_emission, block_emission_steps, halvings, next_halving, emission_over, daily_emission,
        spot_price, share_price, moving_price, root_proportion, alpha_issuance, root_sell_flag, emission_gate_bar,
        subnet_shares, flow_shares, subnet_terms, pending_split, inject, create_alpha, coinbase, emission_defaults,
    );
    module.add("CAP", core::CAP)?;
    module.add("BLOCKS_PER_DAY", core::BLOCKS_PER_DAY)
}

//! A block's emission.

use wasm_bindgen::prelude::*;
use yuma_core::emission::{
    self as core, BlockEmissionSteps, Creation, EmissionGate, Flow, FlowAverage, FlowParameters, Halving, Injection,
    Issuance, MovingPrice, Network, NextHalving, PassivePool, Pending, Pool, Purchase, RootStake, SubnetFlows,
    SubnetReport, SubnetShare, SubnetState, SubnetTerms,
};
use yuma_core::fixed::U64F64;

use crate::door::{Answer, Given, Read, Write, functions, record};

record! {
    BlockEmissionSteps { ratio, inverse, log2 }
    Halving { number, threshold, reward }
    NextHalving { threshold, reward, reward_after, blocks }
    MovingPrice {
        mechanism, pool_price, moving_price, first_emission_block, block, halving_blocks, moving_alpha,
    }
    Issuance { total, balances }
    RootStake { tao, tao_weight }
    EmissionGate { bar, exponent, bar_rank, bar_quantile }
    FlowParameters { smoothing_factor, net_flow_enabled, flow_cutoff, exponent }
    SubnetFlows { user, protocol }
    SubnetTerms { tao_emission, root_proportion, alpha_out, alpha_in, tao_in, excess_tao }
    Pending { server, validator, root, owner_cut }
    Network { rules, issuance, root, owner_cut, moving_alpha, gate, max_epochs_per_block }
    SubnetState {
        netuid, mechanism, pool_price, moving_price, ema_halving_blocks, miner_burned, first_emission_block,
        subtoken_enabled, registration_allowed, emission_enabled, owner_cut_enabled, tao_reserve, alpha_in_reserve,
        alpha_out_supply, tao_reservoir, alpha_reservoir, protocol_alpha, pending, root_proportion, schedule,
    }
    Purchase { paid_in, paid_out }
    Injection { excess_tao, alpha_in, tao_in }
    Creation { alpha_out, alpha_issuance, root_proportion, recycled }
    SubnetReport { terms, injection, creation, pending, verdict, drained }
}

/// The two parts of an average may be missing one by one, and then both are.
impl Read for Flow {
    fn read(given: &mut Given<'_>) -> Self {
        let (since_update, block, value): (_, Option<_>, Option<_>) = given.read();
        Self { since_update, average: block.zip(value).map(|(block, value)| FlowAverage { block, value }) }
    }
}

impl Write for Flow {
    fn write(&self, answer: &mut Answer) {
        let (block, value) = self.average.map(|FlowAverage { block, value }| (block, value)).unzip();
        answer.write(&(self.since_update, block, value));
    }
}

impl Read for SubnetShare {
    fn read(given: &mut Given<'_>) -> Self {
        let (moving_price, miner_burned, emission_enabled, mechanism) = given.read();
        Self::new(mechanism, moving_price, miner_burned, emission_enabled)
    }
}

functions! {
    block_emission(issuance) => core::block_emission(issuance);
    block_emission_steps(issuance) => core::block_emission_steps(issuance);
    halvings() => core::halvings().collect::<Vec<_>>();
    next_halving(issuance) => core::next_halving(issuance);
    emission_over(issuance, blocks) => core::emission_over(issuance, blocks);
    daily_emission(issuance) => core::daily_emission(issuance);
    spot_price(pool_price, mechanism) => core::spot_price(mechanism, pool_price);
    share_price(moving_price, mechanism) => core::share_price(mechanism, moving_price);
    moving_price(inputs) => core::moving_price(&inputs);
    root_proportion(root, alpha_issuance) => core::root_proportion(root, alpha_issuance);
    alpha_issuance(rules, alpha_in_reserve, alpha_out_supply, alpha_reservoir) => {
        core::alpha_issuance(rules, alpha_in_reserve, alpha_out_supply, alpha_reservoir)
    };
    root_sell_flag(prices: Vec<_>) => core::root_sell_flag(prices);
    emission_gate_bar(gate, shares: Vec<_>, block) => core::emission_gate_bar(&gate, block, shares.into_iter());
    // The shares of all subnets step by step, and the gate afterwards.
    subnet_shares(gate, shares: Vec<_>, rules, block, minted) => {
        core::subnet_shares(rules, block, minted, &mut gate, &mut shares);
        let steps: [fn(&SubnetShare) -> u128; 5] = [
            |share| share.price_share.to_bits(),
            |share| share.share.to_bits(),
            |share| share.gated_share.to_bits(),
            |share| share.enabled_share.to_bits(),
            |share| share.tao_emission.to_bits(),
        ];
        let steps = steps.map(|step| shares.iter().map(step).collect::<Vec<_>>());
        let [price, burned, gated, enabled, tao] = steps;
        ((price, burned, gated, enabled), tao, core::root_sell_flag(shares.iter().map(|share| share.price)), gate)
    };
    // The shares, and the flows of users and protocol afterwards.
    flow_shares(parameters, flows: Vec<_>, block) => {
        let mut shares = vec![U64F64::ZERO; flows.len()];
        core::flow_shares(block, &parameters, &mut flows, &mut shares)?;
        (shares, flows)
    };
    subnet_terms(tao_emission, spot_price, alpha_issuance, root) => {
        core::subnet_terms(tao_emission, spot_price, alpha_issuance, root)
    };
    pending_split(alpha_out, root_proportion, owner_cut) => core::pending_split(alpha_out, root_proportion, owner_cut);
    // The subnet, what moved, and the credit afterwards.
    inject(rules, subnet, terms, credit, market: Market) => {
        let injection = core::inject(rules, &mut subnet, &terms, &mut credit, &mut market);
        (subnet, injection, credit)
    };
    create_alpha(network, subnet, terms, root_sell_flag) => {
        let creation = core::create_alpha(&network, &mut subnet, &terms, root_sell_flag);
        (subnet, creation)
    };
    // What the block did to all, the network and the subnets afterwards, and what it did to each of these.
    coinbase(block, network, subnets: Vec<_>, market: Market) => {
        let mut shares = vec![SubnetShare::default(); subnets.len()];
        let mut reports = vec![SubnetReport::default(); subnets.len()];
        let done = core::coinbase(block, &mut network, &mut subnets, &mut market, &mut shares, &mut reports)?;
        ((done.rules, done.minted, done.recycled, done.root_sell_flag), network, subnets, reports)
    };
    // The chain's defaults of a gate, flow parameters, a network and a subnet.
    emission_defaults() => {
        let (gate, flow) = (EmissionGate::CHAIN_DEFAULT, FlowParameters::CHAIN_DEFAULT);
        (gate, flow, Network::CHAIN_DEFAULT, SubnetState::new(1))
    };
}

#[wasm_bindgen(raw_module = "./market.js")]
extern "C" {
    /// What the pool in JavaScript answers to a question.
    fn ask(question: &[u8]) -> Vec<u8>;
}

/// A pool in JavaScript where there is one, else the passive one.
struct Market {
    there: bool,
}

record! {
    Market { there }
}

impl Market {
    /// What the pool answers, or `failed` if it does not: core's pools cannot fail, so JavaScript keeps what its pool throws
    /// until the block is done. Without a pool: what is `passive`.
    fn ask<T: Read>(&self, question: (&str, &SubnetState, &[u64]), passive: T, failed: T) -> T {
        if !self.there {
            return passive;
        }
        let mut asked = Answer::default();
        asked.write(&question);
        Given::new(&ask(&asked.into_bytes())).read::<Option<_>>().unwrap_or(failed)
    }
}

impl Pool for Market {
    fn price(&mut self, subnet: &SubnetState) -> U64F64 {
        self.ask(("price", subnet, &[]), PassivePool.price(subnet), subnet.pool_price)
    }

    fn accepts(&mut self, subnet: &SubnetState, tao: u64, alpha: u64) -> bool {
        let passive = PassivePool.accepts(subnet, tao, alpha);
        self.ask(("accepts", subnet, &[tao, alpha]), passive, false)
    }

    fn buy(&mut self, subnet: &SubnetState, tao: u64) -> Option<Purchase> {
        self.ask(("buy", subnet, &[tao]), PassivePool.buy(subnet, tao), None)
    }
}

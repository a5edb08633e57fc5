//! Kinds of `subtensor-475/emission.md`, and those of `emission.md` that hold under both rule sets.

use std::collections::HashMap;

use yuma_core::Rules;
use yuma_core::emission::{self, EmissionGate, Pool, Purchase, SubnetState};
use yuma_core::fixed::U64F64;
use yuma_core::schedule::{EpochMode, ScheduleState};

use crate::schema::emission::{
    self as base, PendingSplitExpect, PendingSplitInput, RootProportionExpect, RootProportionInput, SubnetTermsExpect,
    SubnetTermsInput,
};
use crate::schema::subtensor_475::emission::{
    CoinbaseBlock, CoinbaseBlockSubnet, CoinbaseExpect, CoinbaseInput, CoinbaseSubnet, EmissionGateBarExpect,
    EmissionGateBarInput, PoolAnswers, SubnetSharesExpect, SubnetSharesInput,
};
use crate::schema::{Decimal, Failure, RawUnsigned};
use crate::via_rust::emission::{
    each, network, new_shares, pending_split_under, root_proportion_under, run_blocks, subnet_state,
    subnet_terms_under, too_few,
};

const RULES: Rules = Rules::SUBTENSOR_475;

/// Kind `root-proportion`.
///
/// # Errors
/// None.
pub fn root_proportion(input: &RootProportionInput) -> Result<RootProportionExpect, Failure> {
    Ok(root_proportion_under(RULES, input))
}

/// Kind `subnet-terms`.
///
/// # Errors
/// None.
pub fn subnet_terms(input: &SubnetTermsInput) -> Result<SubnetTermsExpect, Failure> {
    Ok(subnet_terms_under(RULES, input))
}

/// Kind `pending-split`.
///
/// # Errors
/// None.
pub fn pending_split(input: &PendingSplitInput) -> Result<PendingSplitExpect, Failure> {
    Ok(pending_split_under(RULES, input))
}

/// Kind `emission-gate-bar`.
///
/// # Errors
/// None.
pub fn emission_gate_bar(input: &EmissionGateBarInput) -> Result<EmissionGateBarExpect, Failure> {
    let exponent = Decimal(EmissionGate::CHAIN_DEFAULT.exponent.to_bits());
    let gate = gate(input.gate_bar, exponent, input.bar_rank, input.bar_quantile);
    let shares = input.shares.iter().map(|share| U64F64::from_bits(share.0));
    let bar = emission::emission_gate_bar(&gate, input.block.0, shares);
    Ok(EmissionGateBarExpect { gate_bar: Decimal(bar.to_bits()) })
}

/// Kind `subnet-shares`.
///
/// # Errors
/// None.
pub fn subnet_shares(input: &SubnetSharesInput) -> Result<SubnetSharesExpect, Failure> {
    let mut gate = gate(input.gate_bar, input.gate_exponent, input.bar_rank, input.bar_quantile);
    let mut shares = new_shares(&input.subnets);
    emission::subnet_shares(RULES, input.block.0, input.block_emission.0, &mut gate, &mut shares);
    Ok(SubnetSharesExpect {
        price_shares: each(&shares, |share| share.price_share.to_bits()),
        shares: each(&shares, |share| share.share.to_bits()),
        gate_bar: Decimal(gate.bar.to_bits()),
        gated_shares: each(&shares, |share| share.gated_share.to_bits()),
        tao_emission: each(&shares, |share| share.tao_emission.to_bits()),
        root_sell_flag: emission::root_sell_flag(shares.iter().map(|share| share.price)),
    })
}

fn gate(bar: RawUnsigned, exponent: RawUnsigned, bar_rank: u16, bar_quantile: RawUnsigned) -> EmissionGate {
    EmissionGate {
        bar: U64F64::from_bits(bar.0),
        exponent: U64F64::from_bits(exponent.0),
        bar_rank,
        bar_quantile: U64F64::from_bits(bar_quantile.0),
    }
}

/// Kind `coinbase`.
///
/// # Errors
/// As [`emission::coinbase`], and for fewer answers of a pool than blocks.
pub fn coinbase(input: &CoinbaseInput) -> Result<CoinbaseExpect, Failure> {
    let shared = input.base();
    let mut network = network(RULES, &shared);
    network.gate = gate(input.gate_bar, input.gate_exponent, input.bar_rank, input.bar_quantile);
    let subnets = input.subnets.iter().zip(&shared.subnets).map(|(subnet, shared)| state(subnet, shared)).collect();
    for subnet in &input.subnets {
        if (subnet.pool.len() as u64) < input.blocks {
            return Err(too_few("pool", subnet.pool.len(), input.blocks));
        }
    }
    let answering = |step| AnsweringPool {
        answers: input
            .subnets
            .iter()
            .filter_map(|subnet| Some((subnet.netuid, subnet.pool.get::<usize>(step)?)))
            .collect(),
        offers: HashMap::new(),
    };
    let blocks = run_blocks(&shared, network, subnets, answering)?.into_iter();
    let blocks = blocks.map(|(block, network, subnets)| CoinbaseBlock {
        block: block.block,
        minted: block.minted,
        root_sell_flag: block.root_sell_flag,
        gate_bar: Decimal(network.gate.bar.to_bits()),
        subnets: block.subnets.iter().zip(&subnets).map(|(report, subnet)| subnet_block(report, subnet)).collect(),
        total_issuance: block.total_issuance,
        balances_issuance: block.balances_issuance,
    });
    Ok(CoinbaseExpect { blocks: blocks.collect() })
}

fn state(subnet: &CoinbaseSubnet, shared: &base::CoinbaseSubnet) -> SubnetState {
    let state = subnet_state(shared);
    let epoch_mode = if subnet.null_mode { EpochMode::Null } else { EpochMode::Yuma };
    SubnetState {
        tao_reservoir: subnet.tao_reservoir.0,
        alpha_reservoir: subnet.alpha_reservoir.0,
        protocol_alpha: subnet.protocol_alpha.0,
        schedule: ScheduleState { epoch_mode, ..state.schedule },
        ..state
    }
}

fn subnet_block(report: &base::CoinbaseBlockSubnet, subnet: &SubnetState) -> CoinbaseBlockSubnet {
    CoinbaseBlockSubnet {
        netuid: report.netuid,
        tao_emission: report.tao_emission,
        excess_tao: report.excess_tao,
        tao_in: report.tao_in,
        alpha_in: report.alpha_in,
        alpha_out: report.alpha_out,
        tao_reservoir: Decimal(subnet.tao_reservoir),
        alpha_reservoir: Decimal(subnet.alpha_reservoir),
        protocol_alpha: Decimal(subnet.protocol_alpha),
        pending: report.pending,
        drained: report.drained,
        tao_reserve: report.tao_reserve,
        alpha_in_reserve: report.alpha_in_reserve,
        alpha_out_supply: report.alpha_out_supply,
        moving_price: report.moving_price,
        root_prop: report.root_prop,
    }
}

/// A pool that answers in one block what the input says.
struct AnsweringPool<'a> {
    answers: HashMap<u16, &'a PoolAnswers>,
    /// How many offers a subnet's pool has answered.
    offers: HashMap<u16, usize>,
}

impl Pool for AnsweringPool<'_> {
    fn accepts(&mut self, subnet: &SubnetState, _tao: u64, _alpha: u64) -> bool {
        let offer = self.offers.entry(subnet.netuid).or_default();
        let accepts = self.answers.get(&subnet.netuid).and_then(|answers| answers.accepts.get(*offer));
        *offer += 1;
        accepts.copied().unwrap_or_default()
    }

    fn buy(&mut self, subnet: &SubnetState, tao: u64) -> Option<Purchase> {
        let (paid_in, paid_out) = self.answers.get(&subnet.netuid)?.buy?;
        Some(Purchase { paid_in: paid_in.map_or(tao, |amount| amount.0), paid_out: paid_out.0 })
    }
}

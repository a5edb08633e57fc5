//! `subtensor-475/emission.md`: bar and gate, buys and reservoirs.

use std::cmp::Reverse;

use substrate_fixed::types::{U64F64, U96F32};

use super::schedule;
use crate::model::emission::{
    At, Chain, Injected, Rules, Subnet, burn_weighted, price_shares, prices_exceed_one, share_of_emission, share_price,
    sum, without_disabled,
};
use crate::model::numbers::{power, safe_div};
use crate::model::schedule::Form;
use crate::schema::emission::{
    CoinbaseBlock as BaseBlock, CoinbaseBlockSubnet as BaseBlockSubnet, SubnetSharesInput as BaseSharesInput,
    SubnetTermsExpect,
};
use crate::schema::subtensor_475::emission::{
    CoinbaseBlock, CoinbaseBlockSubnet, CoinbaseExpect, CoinbaseInput, CoinbaseSubnet, EmissionGateBarExpect,
    EmissionGateBarInput, PoolAnswers, SubnetSharesExpect, SubnetSharesInput,
};
use crate::schema::subtensor_475::schedule::EpochMode;
use crate::schema::{Decimal, RawUnsigned, U64};

/// Blocks between two refreshes of the bar (§2).
const BAR_INTERVAL: u64 = 360;
const ZERO: U64F64 = U64F64::from_bits(0);
const ONE: U64F64 = U64F64::from_bits(1 << 64);

/// The bar (§5.3).
pub fn emission_gate_bar(input: &EmissionGateBarInput) -> EmissionGateBarExpect {
    let before = U64F64::from_bits(input.gate_bar.0);
    let stays = before > ZERO && !input.block.0.is_multiple_of(BAR_INTERVAL);
    let bar = if stays {
        before
    } else {
        let mut descending: Vec<U64F64> = input.shares.iter().map(|share| U64F64::from_bits(share.0)).collect();
        descending.sort_by_key(|share| Reverse(*share));
        let candidate = match usize::from(input.bar_rank) {
            0 => by_quantile(&descending, U64F64::from_bits(input.bar_quantile.0)),
            rank => by_rank(&descending, rank),
        };
        if candidate > ZERO { candidate } else { before }
    };
    EmissionGateBarExpect { gate_bar: Decimal(bar.to_bits()) }
}

/// The positive share of the given rank, else the smallest positive one, else 0 (§5.3).
fn by_rank(descending: &[U64F64], rank: usize) -> U64F64 {
    let positive = descending.iter().copied().filter(|share| *share > ZERO);
    positive.take(rank).last().unwrap_or(ZERO)
}

/// The share at which the running sum reaches the quantile, else the smallest one, else 0 (§5.3).
fn by_quantile(descending: &[U64F64], quantile: U64F64) -> U64F64 {
    let mut running = ZERO;
    for share in descending {
        running = running.saturating_add(*share);
        if running >= quantile {
            return *share;
        }
    }
    descending.last().copied().unwrap_or(ZERO)
}

/// The gate (§5.4).
fn gated(shares: &[U64F64], bar: U64F64, exponent: U64F64) -> Vec<U64F64> {
    if bar == ZERO {
        return shares.to_vec();
    }
    let gate = |share: &U64F64| {
        if *share == ZERO {
            return ZERO;
        }
        let distance = power(safe_div(bar, *share), exponent);
        share.saturating_mul(safe_div(ONE, ONE.saturating_add(distance)))
    };
    let gated: Vec<U64F64> = shares.iter().map(gate).collect();
    let total = sum(&gated);
    if total == ZERO { shares.to_vec() } else { gated.iter().map(|share| safe_div(*share, total)).collect() }
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
    let bar = emission_gate_bar(&EmissionGateBarInput {
        shares: raw(&shares),
        gate_bar: input.gate_bar,
        block: input.block,
        bar_rank: input.bar_rank,
        bar_quantile: input.bar_quantile,
    });
    let gated_shares = gated(&shares, U64F64::from_bits(bar.gate_bar.0), U64F64::from_bits(input.gate_exponent.0));
    let emission = |share: &U64F64| Decimal(share_of_emission(input.block_emission.0, *share).to_bits());
    SubnetSharesExpect {
        price_shares: raw(&price_shares),
        shares: raw(&shares),
        gate_bar: bar.gate_bar,
        tao_emission: without_disabled(&gated_shares, &enabled).iter().map(emission).collect(),
        gated_shares: raw(&gated_shares),
        root_sell_flag: prices_exceed_one(&prices),
    }
}

fn raw(values: &[U64F64]) -> Vec<RawUnsigned> {
    values.iter().map(|value| Decimal(value.to_bits())).collect()
}

/// The rules of this text for a block, and the state they keep beside the subnets'.
struct Gated<'a> {
    input: &'a CoinbaseInput,
    gate_bar: RawUnsigned,
    protocol_alpha: Vec<U64>,
}

/// A whole block, repeated (§10).
pub fn coinbase(input: &CoinbaseInput) -> CoinbaseExpect {
    let base = input.base();
    let rules = Gated {
        input,
        gate_bar: input.gate_bar,
        protocol_alpha: input.subnets.iter().map(|subnet| subnet.protocol_alpha).collect(),
    };
    let mut chain = Chain::new(rules, &base, input.subnets.iter().map(start).collect());
    CoinbaseExpect { blocks: (0..input.blocks).map(|offset| step(&mut chain, offset)).collect() }
}

fn start(subnet: &CoinbaseSubnet) -> Subnet {
    let mode = if subnet.null_mode { EpochMode::Null } else { EpochMode::Yuma };
    Subnet::new(subnet.base(), mode, (subnet.tao_reservoir.0, subnet.alpha_reservoir.0))
}

/// One block and its report (§10).
fn step(chain: &mut Chain<Gated>, offset: u64) -> CoinbaseBlock {
    let BaseBlock { block, minted, root_sell_flag, subnets, total_issuance, balances_issuance } = chain.step(offset);
    let after = chain.subnets.iter().zip(&chain.rules.protocol_alpha);
    let subnets = subnets.iter().zip(after).map(|(base, (state, protocol))| report(base, state, *protocol)).collect();
    let gate_bar = chain.rules.gate_bar;
    CoinbaseBlock { block, minted, root_sell_flag, gate_bar, subnets, total_issuance, balances_issuance }
}

/// What is shown of a subnet after a block (§10 Report).
fn report(base: &BaseBlockSubnet, state: &Subnet, protocol_alpha: U64) -> CoinbaseBlockSubnet {
    CoinbaseBlockSubnet {
        netuid: base.netuid,
        tao_emission: base.tao_emission,
        excess_tao: base.excess_tao,
        tao_in: base.tao_in,
        alpha_in: base.alpha_in,
        alpha_out: base.alpha_out,
        tao_reservoir: Decimal(state.tao_reservoir),
        alpha_reservoir: Decimal(state.alpha_reservoir),
        protocol_alpha,
        pending: base.pending,
        drained: base.drained,
        tao_reserve: base.tao_reserve,
        alpha_in_reserve: base.alpha_in_reserve,
        alpha_out_supply: base.alpha_out_supply,
        moving_price: base.moving_price,
        root_prop: base.root_prop,
    }
}

impl Rules for Gated<'_> {
    const SCHEDULE: Form = schedule::FORM;

    fn share(&mut self, block: u64, input: BaseSharesInput) -> (Vec<RawUnsigned>, bool) {
        let shares = subnet_shares(&SubnetSharesInput {
            block_emission: input.block_emission,
            block: Decimal(block),
            gate_bar: self.gate_bar,
            gate_exponent: self.input.gate_exponent,
            bar_rank: self.input.bar_rank,
            bar_quantile: self.input.bar_quantile,
            subnets: input.subnets,
        });
        self.gate_bar = shares.gate_bar;
        (shares.tao_emission, shares.root_sell_flag)
    }

    fn inject(&mut self, at: At, subnet: &mut Subnet, terms: &SubnetTermsExpect, credit: &mut u64) -> Injected {
        let answers = self.input.subnets.get(at.subnet).and_then(|subnet| subnet.pool.get(at.block));
        let answers = answers.copied().unwrap_or_default();
        let excess_tao = self.buy(at.subnet, subnet, answers, terms.excess_tao_u64.0, credit);
        let paid = pay(credit, terms.tao_in_u64.0);
        let (tao_in, alpha_in) = offer(subnet, answers, paid, terms.alpha_in_u64.0);
        add(&mut subnet.state.alpha_in_reserve, alpha_in);
        add(&mut subnet.state.tao_reserve, tao_in);
        Injected { excess_tao, tao_in, alpha_in }
    }
}

impl Gated<'_> {
    /// The buy (§10.4.1); gives what was paid in.
    fn buy(&mut self, index: usize, subnet: &mut Subnet, answers: PoolAnswers, excess: u64, credit: &mut u64) -> u64 {
        let Some(left) = credit.checked_sub(excess).filter(|_| excess > 0) else { return 0 };
        let answer = match subnet.state.mechanism {
            1 => answers.buy.map(|(paid_in, paid_out)| (paid_in.map_or(excess, |paid_in| paid_in.0), paid_out.0)),
            _ => Some((excess, excess)),
        };
        // A buy that fails leaves the credit as it was.
        let Some((paid_in, paid_out)) = answer else { return 0 };
        *credit = left;
        let state = &mut subnet.state;
        add(&mut state.tao_reserve, paid_in);
        state.alpha_in_reserve = Decimal(state.alpha_in_reserve.0.saturating_sub(paid_out));
        add(&mut state.alpha_out_supply, paid_out);
        add(&mut self.protocol_alpha[index], paid_out);
        paid_in
    }
}

fn add(sum: &mut U64, amount: u64) {
    *sum = Decimal(sum.0.saturating_add(amount));
}

/// Takes an amount from the credit where it suffices, else nothing (§10.4.2).
fn pay(credit: &mut u64, amount: u64) -> u64 {
    match credit.checked_sub(amount) {
        Some(left) => {
            *credit = left;
            amount
        }
        None => 0,
    }
}

/// Offers TAO and alpha to the pool, keeps what it does not take, and gives what it takes (§10.4.3).
fn offer(subnet: &mut Subnet, answers: PoolAnswers, paid: u64, alpha: u64) -> (u64, u64) {
    let tao = subnet.tao_reservoir.saturating_add(paid);
    let alpha = subnet.alpha_reservoir.saturating_add(alpha);
    let (tao_in, alpha_in) = match answers.accepts {
        [true, ..] => (tao, alpha),
        [_, true, _] => (0, alpha),
        [_, _, true] => (tao, 0),
        [false, false, false] => (0, 0),
    };
    subnet.tao_reservoir = tao - tao_in;
    subnet.alpha_reservoir = alpha - alpha_in;
    (tao_in, alpha_in)
}

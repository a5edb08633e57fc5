//! Kinds of `emission.md`.

use yuma_core::emission::{
    self, EmissionGate, Flow, FlowAverage, FlowParameters, Issuance, MovingPrice, Network, PassivePool, Pending, Pool,
    RootStake, SubnetFlows, SubnetReport, SubnetShare, SubnetState,
};
use yuma_core::fixed::{I64F64, I96F32, U64F64, U96F32, convert, proportion_of_u64};
use yuma_core::schedule::{ScheduleState, trigger_epoch};
use yuma_core::{Error, ErrorCode, Rules};

use super::refused;
use crate::schema::emission::{
    self as schema, BlockEmissionExpect, BlockEmissionInput, BlockEmissionRaw, CoinbaseBlock, CoinbaseBlockSubnet,
    CoinbaseExpect, CoinbaseInput, CoinbaseSubnet, FlowSharesAfter, FlowSharesExpect, FlowSharesInput,
    FlowSharesSubnet, MovingPriceExpect, MovingPriceInput, PendingSplitExpect, PendingSplitInput, RootProportionExpect,
    RootProportionInput, RootSellFlagExpect, RootSellFlagInput, SubnetSharesExpect, SubnetSharesInput,
    SubnetSharesSubnet, SubnetTermsExpect, SubnetTermsInput,
};
use crate::schema::{Decimal, Failure, RawUnsigned, U64};

/// Kind `block-emission`.
///
/// # Errors
/// None.
pub fn block_emission(input: &BlockEmissionInput) -> Result<BlockEmissionExpect, Failure> {
    let issuance = input.issuance.0;
    Ok(BlockEmissionExpect {
        raw: emission::block_emission_steps(issuance).map(|steps| BlockEmissionRaw {
            ratio: Decimal(steps.ratio.to_bits()),
            inverse: Decimal(steps.inverse.to_bits()),
            log2: Decimal(steps.log2.to_bits()),
        }),
        emission: Decimal(emission::block_emission(issuance)),
    })
}

/// Kind `moving-price`.
///
/// # Errors
/// None.
pub fn moving_price(input: &MovingPriceInput) -> Result<MovingPriceExpect, Failure> {
    let after = emission::moving_price(&MovingPrice {
        mechanism: input.mechanism,
        pool_price: U64F64::from_bits(input.price.0),
        moving_price: I96F32::from_bits(input.moving_price.0),
        first_emission_block: input.first_emission_block.map(|block| block.0),
        block: input.current_block.0,
        halving_blocks: input.halving_blocks.0,
        moving_alpha: I96F32::from_bits(input.moving_alpha.0),
    });
    Ok(MovingPriceExpect { moving_price: Decimal(after.to_bits()) })
}

/// Kind `subnet-shares`.
///
/// # Errors
/// None.
pub fn subnet_shares(input: &SubnetSharesInput) -> Result<SubnetSharesExpect, Failure> {
    let mut shares = new_shares(&input.subnets);
    let mut gate = EmissionGate::CHAIN_DEFAULT;
    emission::subnet_shares(Rules::SUBTENSOR_425, 0, input.block_emission.0, &mut gate, &mut shares);
    Ok(SubnetSharesExpect {
        price_shares: each(&shares, |share| share.price_share.to_bits()),
        shares: each(&shares, |share| share.share.to_bits()),
        tao_emission: each(&shares, |share| share.tao_emission.to_bits()),
        root_sell_flag: emission::root_sell_flag(shares.iter().map(|share| share.price)),
    })
}

pub(super) fn new_shares(subnets: &[SubnetSharesSubnet]) -> Vec<SubnetShare> {
    let share = |subnet: &SubnetSharesSubnet| {
        let moving_price = I96F32::from_bits(subnet.moving_price.0);
        let miner_burned = U96F32::from_bits(subnet.miner_burned.0);
        SubnetShare::new(subnet.mechanism, moving_price, miner_burned, subnet.emission_enabled)
    };
    subnets.iter().map(share).collect()
}

/// One field of every share, as raw bits.
pub(super) fn each(shares: &[SubnetShare], bits: impl Fn(&SubnetShare) -> u128) -> Vec<RawUnsigned> {
    shares.iter().map(|share| Decimal(bits(share))).collect()
}

/// Kind `root-sell-flag`.
///
/// # Errors
/// None.
pub fn root_sell_flag(input: &RootSellFlagInput) -> Result<RootSellFlagExpect, Failure> {
    let prices = input
        .subnets
        .iter()
        .map(|subnet| emission::share_price(subnet.mechanism, I96F32::from_bits(subnet.moving_price.0)));
    Ok(RootSellFlagExpect { root_sell_flag: emission::root_sell_flag(prices) })
}

/// Kind `flow-shares`.
///
/// # Errors
/// As [`emission::flow_shares`].
pub fn flow_shares(input: &FlowSharesInput) -> Result<FlowSharesExpect, Failure> {
    let parameters = FlowParameters {
        smoothing_factor: input.smoothing_factor.0,
        net_flow_enabled: input.net_flow_enabled,
        flow_cutoff: I64F64::from_bits(input.flow_cutoff.0),
        exponent: U64F64::from_bits(input.exponent.0),
    };
    let mut flows: Vec<SubnetFlows> = input.subnets.iter().map(flows_before).collect();
    let mut shares = vec![U64F64::ZERO; flows.len()];
    emission::flow_shares(input.current_block.0, &parameters, &mut flows, &mut shares).map_err(refused)?;
    Ok(FlowSharesExpect {
        after: flows.iter().map(flows_after).collect(),
        shares: shares.iter().map(|share| Decimal(share.to_bits())).collect(),
    })
}

fn flows_before(subnet: &FlowSharesSubnet) -> SubnetFlows {
    let average = |stored: Option<schema::FlowAverage>| {
        stored.map(|(block, value)| FlowAverage { block: block.0, value: I64F64::from_bits(value.0) })
    };
    SubnetFlows {
        user: Flow { since_update: subnet.tao_flow.0, average: average(subnet.ema_tao_flow) },
        protocol: Flow { since_update: subnet.protocol_flow.0, average: average(subnet.ema_protocol_flow) },
    }
}

fn flows_after(flows: &SubnetFlows) -> FlowSharesAfter {
    let average = |flow: &Flow| flow.average.map(|average| (Decimal(average.block), Decimal(average.value.to_bits())));
    FlowSharesAfter {
        tao_flow: Decimal(flows.user.since_update),
        ema_tao_flow: average(&flows.user),
        protocol_flow: Decimal(flows.protocol.since_update),
        ema_protocol_flow: average(&flows.protocol),
    }
}

/// Kind `root-proportion`.
///
/// # Errors
/// None.
pub fn root_proportion(input: &RootProportionInput) -> Result<RootProportionExpect, Failure> {
    Ok(root_proportion_under(Rules::SUBTENSOR_425, input))
}

pub(super) fn root_proportion_under(rules: Rules, input: &RootProportionInput) -> RootProportionExpect {
    let root = RootStake { tao: input.root_tao.0, tao_weight: input.tao_weight.0 };
    let issuance = emission::alpha_issuance(rules, input.alpha_in.0, input.alpha_out.0, 0);
    RootProportionExpect {
        tao_weight_fixed: Decimal(proportion_of_u64(root.tao_weight).to_bits()),
        alpha_issuance: Decimal(issuance),
        root_proportion: Decimal(emission::root_proportion(root, issuance).to_bits()),
    }
}

/// Kind `subnet-terms`.
///
/// # Errors
/// None.
pub fn subnet_terms(input: &SubnetTermsInput) -> Result<SubnetTermsExpect, Failure> {
    Ok(subnet_terms_under(Rules::SUBTENSOR_425, input))
}

pub(super) fn subnet_terms_under(rules: Rules, input: &SubnetTermsInput) -> SubnetTermsExpect {
    let terms = emission::subnet_terms(
        U96F32::from_bits(input.tao_emission.0),
        emission::spot_price(input.mechanism, U64F64::from_bits(input.price.0)),
        emission::alpha_issuance(rules, input.alpha_in_reserve.0, input.alpha_out_supply.0, 0),
        RootStake { tao: input.root_tao.0, tao_weight: input.tao_weight.0 },
    );
    let rao = |amount: U96F32| Decimal(convert::<_, u64>(amount));
    SubnetTermsExpect {
        root_proportion: Decimal(terms.root_proportion.to_bits()),
        alpha_out: Decimal(terms.alpha_out.to_bits()),
        alpha_in: Decimal(terms.alpha_in.to_bits()),
        tao_in: Decimal(terms.tao_in.to_bits()),
        excess_tao: Decimal(terms.excess_tao.to_bits()),
        alpha_out_u64: rao(terms.alpha_out),
        alpha_in_u64: rao(terms.alpha_in),
        tao_in_u64: rao(terms.tao_in),
        excess_tao_u64: rao(terms.excess_tao),
    }
}

/// Kind `pending-split`.
///
/// # Errors
/// None.
pub fn pending_split(input: &PendingSplitInput) -> Result<PendingSplitExpect, Failure> {
    Ok(pending_split_under(Rules::SUBTENSOR_425, input))
}

pub(super) fn pending_split_under(rules: Rules, input: &PendingSplitInput) -> PendingSplitExpect {
    let before = &input.pending_before;
    let root = RootStake { tao: input.root_tao.0, tao_weight: input.tao_weight.0 };
    let network = Network { rules, root, owner_cut: input.owner_cut, ..Network::CHAIN_DEFAULT };
    let mut subnet = SubnetState {
        pool_price: U64F64::from_bits(input.price.0),
        alpha_in_reserve: input.alpha_in_reserve.0,
        alpha_out_supply: input.alpha_out_supply.0,
        owner_cut_enabled: input.owner_cut_enabled,
        pending: Pending {
            server: before.server.0,
            validator: before.validator.0,
            root: before.root.0,
            owner_cut: before.owner_cut.0,
        },
        ..SubnetState::new(1)
    };
    let price = emission::spot_price(subnet.mechanism, subnet.pool_price);
    let tao_emission = U96F32::from_bits(input.tao_emission.0);
    let terms = emission::subnet_terms(tao_emission, price, subnet.alpha_issuance(rules), root);
    let mut credit = u64::MAX;
    let injection = emission::inject(rules, &mut subnet, &terms, &mut credit, &mut PassivePool);
    let creation = emission::create_alpha(&network, &mut subnet, &terms, input.root_sell_flag);
    PendingSplitExpect {
        root_proportion_cap: Decimal(terms.root_proportion.to_bits()),
        alpha_injected: Decimal(injection.alpha_in),
        alpha_created: Decimal(creation.alpha_out),
        alpha_issuance_at_split: Decimal(creation.alpha_issuance),
        root_proportion_split: Decimal(creation.root_proportion.to_bits()),
        pending_owner_cut: Decimal(subnet.pending.owner_cut),
        pending_server: Decimal(subnet.pending.server),
        pending_validator: Decimal(subnet.pending.validator),
        pending_root: Decimal(subnet.pending.root),
        recycled: Decimal(creation.recycled),
        alpha_in_reserve: Decimal(subnet.alpha_in_reserve),
        alpha_out_supply: Decimal(subnet.alpha_out_supply),
    }
}

/// Kind `coinbase`.
///
/// # Errors
/// As [`emission::coinbase`].
pub fn coinbase(input: &CoinbaseInput) -> Result<CoinbaseExpect, Failure> {
    let network = network(Rules::SUBTENSOR_425, input);
    let subnets = input.subnets.iter().map(subnet_state).collect();
    let blocks = run_blocks(input, network, subnets, |_| PassivePool)?;
    Ok(CoinbaseExpect { blocks: blocks.into_iter().map(|(block, ..)| block).collect() })
}

/// Runs the blocks, each with a pool of its own, made from the number of blocks before: what every block did, with the
/// state after it.
pub(super) fn run_blocks<P: Pool>(
    input: &CoinbaseInput,
    mut network: Network,
    mut subnets: Vec<SubnetState>,
    pool: impl Fn(usize) -> P,
) -> Result<Vec<(CoinbaseBlock, Network, Vec<SubnetState>)>, Failure> {
    let mut shares = vec![SubnetShare::default(); subnets.len()];
    let mut reports = vec![SubnetReport::default(); subnets.len()];
    let mut blocks = Vec::new();

    for (step, block) in (0..input.blocks).map(|step| input.start_block.saturating_add(step)).enumerate() {
        for (subnet, given) in subnets.iter_mut().zip(&input.subnets) {
            let price = given.prices.get(step).ok_or_else(|| too_few("prices", given.prices.len(), input.blocks))?;
            subnet.pool_price = U64F64::from_bits(price.0);
        }
        let report = emission::coinbase(block, &mut network, &mut subnets, &mut pool(step), &mut shares, &mut reports)
            .map_err(refused)?;
        for &(_, netuid, at) in input.triggers.iter().filter(|trigger| trigger.0 == block) {
            let named = subnets.iter_mut().filter(|subnet| subnet.netuid == netuid);
            named.for_each(|subnet| trigger_epoch(&mut subnet.schedule, at));
        }
        let done = CoinbaseBlock {
            block,
            minted: Decimal(report.minted),
            root_sell_flag: report.root_sell_flag,
            subnets: subnets.iter().zip(&reports).map(|(subnet, report)| subnet_block(subnet, report)).collect(),
            total_issuance: Decimal(network.issuance.total),
            balances_issuance: Decimal(network.issuance.balances),
        };
        blocks.push((done, network, subnets.clone()));
    }
    Ok(blocks)
}

pub(super) fn network(rules: Rules, input: &CoinbaseInput) -> Network {
    Network {
        rules,
        issuance: Issuance { total: input.total_issuance.0, balances: input.balances_issuance.0 },
        root: RootStake { tao: input.root_tao.0, tao_weight: input.tao_weight.0 },
        owner_cut: input.owner_cut,
        moving_alpha: I96F32::from_bits(input.moving_alpha.0),
        max_epochs_per_block: input.max_epochs_per_block,
        ..Network::CHAIN_DEFAULT
    }
}

pub(super) fn subnet_state(subnet: &CoinbaseSubnet) -> SubnetState {
    SubnetState {
        mechanism: subnet.mechanism,
        moving_price: I96F32::from_bits(subnet.moving_price.0),
        ema_halving_blocks: subnet.ema_halving_blocks.0,
        miner_burned: U96F32::from_bits(subnet.miner_burned.0),
        first_emission_block: subnet.first_emission_block.map(|block| block.0),
        subtoken_enabled: subnet.subtoken_enabled,
        registration_allowed: subnet.registration_allowed,
        emission_enabled: subnet.emission_enabled,
        owner_cut_enabled: subnet.owner_cut_enabled,
        tao_reserve: subnet.tao_reserve.0,
        alpha_in_reserve: subnet.alpha_in_reserve.0,
        alpha_out_supply: subnet.alpha_out_supply.0,
        schedule: ScheduleState {
            tempo: subnet.tempo,
            last_epoch_block: subnet.last_epoch_block.0,
            pending_epoch_at: subnet.pending_epoch_at.0,
            ..ScheduleState::CHAIN_DEFAULT
        },
        ..SubnetState::new(subnet.netuid)
    }
}

fn subnet_block(subnet: &SubnetState, report: &SubnetReport) -> CoinbaseBlockSubnet {
    CoinbaseBlockSubnet {
        netuid: subnet.netuid,
        tao_emission: report.terms.map(|terms| Decimal(terms.tao_emission.to_bits())),
        excess_tao: Decimal(report.injection.excess_tao),
        tao_in: Decimal(report.injection.tao_in),
        alpha_in: Decimal(report.injection.alpha_in),
        alpha_out: Decimal(report.creation.alpha_out),
        pending: in_order(report.pending),
        drained: report.drained.map(in_order),
        tao_reserve: Decimal(subnet.tao_reserve),
        alpha_in_reserve: Decimal(subnet.alpha_in_reserve),
        alpha_out_supply: Decimal(subnet.alpha_out_supply),
        moving_price: Decimal(subnet.moving_price.to_bits()),
        root_prop: Decimal(subnet.root_proportion.to_bits()),
    }
}

fn in_order(pending: Pending) -> [U64; 4] {
    [pending.server, pending.validator, pending.root, pending.owner_cut].map(Decimal)
}

/// A list that should have an entry for every block.
pub(super) fn too_few(field: &'static str, found: usize, blocks: u64) -> Failure {
    refused(Error { code: ErrorCode::Length, field, index: found as u64, limit: blocks })
}

//! Kinds of `emission.md`.

use yuma_core::emission::{
    self, Flow, FlowAverage, FlowParameters, Issuance, MovingPrice, Network, PassivePool, Pending, RootStake,
    SubnetFlows, SubnetReport, SubnetShare, SubnetState,
};
use yuma_core::fixed::{I64F64, I96F32, U64F64, U96F32, convert};
use yuma_core::schedule::{ScheduleState, trigger_epoch};
use yuma_core::{Error, ErrorCode};

use crate::schema::emission::{
    self as schema, BlockEmissionExpect, BlockEmissionInput, BlockEmissionRaw, CoinbaseBlock, CoinbaseBlockSubnet,
    CoinbaseExpect, CoinbaseInput, CoinbaseSubnet, FlowSharesAfter, FlowSharesExpect, FlowSharesInput,
    FlowSharesSubnet, MovingPriceExpect, MovingPriceInput, PendingSplitExpect, PendingSplitInput, RootProportionExpect,
    RootProportionInput, RootSellFlagExpect, RootSellFlagInput, SubnetSharesExpect, SubnetSharesInput,
    SubnetTermsExpect, SubnetTermsInput,
};
use crate::schema::{Decimal, Failure, Malformed, U64};

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
    let share = |subnet: &schema::SubnetSharesSubnet| {
        let moving_price = I96F32::from_bits(subnet.moving_price.0);
        let miner_burned = U96F32::from_bits(subnet.miner_burned.0);
        SubnetShare::new(subnet.mechanism, moving_price, miner_burned, subnet.emission_enabled)
    };
    let mut shares: Vec<SubnetShare> = input.subnets.iter().map(share).collect();
    emission::subnet_shares(input.block_emission.0, &mut shares);
    Ok(SubnetSharesExpect {
        price_shares: shares.iter().map(|share| Decimal(share.price_share.to_bits())).collect(),
        shares: shares.iter().map(|share| Decimal(share.share.to_bits())).collect(),
        tao_emission: shares.iter().map(|share| Decimal(share.tao_emission.to_bits())).collect(),
        root_sell_flag: emission::root_sell_flag(shares.iter().map(|share| share.price)),
    })
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
    let root = RootStake { tao: input.root_tao.0, tao_weight: input.tao_weight.0 };
    let issuance = emission::alpha_issuance(input.alpha_in.0, input.alpha_out.0);
    Ok(RootProportionExpect {
        tao_weight_fixed: Decimal(emission::tao_weight_fixed(root.tao_weight).to_bits()),
        alpha_issuance: Decimal(issuance),
        root_proportion: Decimal(emission::root_proportion(root, issuance).to_bits()),
    })
}

/// Kind `subnet-terms`.
///
/// # Errors
/// None.
pub fn subnet_terms(input: &SubnetTermsInput) -> Result<SubnetTermsExpect, Failure> {
    let terms = emission::subnet_terms(
        U96F32::from_bits(input.tao_emission.0),
        emission::spot_price(input.mechanism, U64F64::from_bits(input.price.0)),
        emission::alpha_issuance(input.alpha_in_reserve.0, input.alpha_out_supply.0),
        RootStake { tao: input.root_tao.0, tao_weight: input.tao_weight.0 },
    );
    let rao = |amount: U96F32| Decimal(convert::<_, u64>(amount));
    Ok(SubnetTermsExpect {
        root_proportion: Decimal(terms.root_proportion.to_bits()),
        alpha_out: Decimal(terms.alpha_out.to_bits()),
        alpha_in: Decimal(terms.alpha_in.to_bits()),
        tao_in: Decimal(terms.tao_in.to_bits()),
        excess_tao: Decimal(terms.excess_tao.to_bits()),
        alpha_out_u64: rao(terms.alpha_out),
        alpha_in_u64: rao(terms.alpha_in),
        tao_in_u64: rao(terms.tao_in),
        excess_tao_u64: rao(terms.excess_tao),
    })
}

/// Kind `pending-split`.
///
/// # Errors
/// None.
pub fn pending_split(input: &PendingSplitInput) -> Result<PendingSplitExpect, Failure> {
    let before = &input.pending_before;
    let root = RootStake { tao: input.root_tao.0, tao_weight: input.tao_weight.0 };
    let network = Network { root, owner_cut: input.owner_cut, ..Network::CHAIN_DEFAULT };
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
    let terms = emission::subnet_terms(U96F32::from_bits(input.tao_emission.0), price, subnet.alpha_issuance(), root);
    let mut credit = u64::MAX;
    let injection = emission::inject(&mut subnet, &terms, &mut credit, &mut PassivePool);
    let creation = emission::create_alpha(&network, &mut subnet, &terms, input.root_sell_flag);
    Ok(PendingSplitExpect {
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
    })
}

/// Kind `coinbase`.
///
/// # Errors
/// As [`emission::coinbase`].
pub fn coinbase(input: &CoinbaseInput) -> Result<CoinbaseExpect, Failure> {
    let mut network = Network {
        issuance: Issuance { total: input.total_issuance.0, balances: input.balances_issuance.0 },
        root: RootStake { tao: input.root_tao.0, tao_weight: input.tao_weight.0 },
        owner_cut: input.owner_cut,
        moving_alpha: I96F32::from_bits(input.moving_alpha.0),
        max_epochs_per_block: input.max_epochs_per_block,
        ..Network::CHAIN_DEFAULT
    };
    let mut subnets: Vec<SubnetState> = input.subnets.iter().map(subnet_state).collect();
    let mut shares = vec![SubnetShare::default(); subnets.len()];
    let mut reports = vec![SubnetReport::default(); subnets.len()];
    let mut blocks = Vec::new();

    for step in 0..input.blocks {
        let block = input.start_block.saturating_add(step);
        for (subnet, given) in subnets.iter_mut().zip(&input.subnets) {
            let price = usize::try_from(step).ok().and_then(|step| given.prices.get(step));
            subnet.pool_price = U64F64::from_bits(price.ok_or_else(|| too_few_prices(given, input.blocks))?.0);
        }
        let report = emission::coinbase(block, &mut network, &mut subnets, &mut PassivePool, &mut shares, &mut reports)
            .map_err(refused)?;
        for &(_, netuid, at) in input.triggers.iter().filter(|trigger| trigger.0 == block) {
            let named = subnets.iter_mut().filter(|subnet| subnet.netuid == netuid);
            named.for_each(|subnet| trigger_epoch(&mut subnet.schedule, at));
        }
        blocks.push(CoinbaseBlock {
            block,
            minted: Decimal(report.minted),
            root_sell_flag: report.root_sell_flag,
            subnets: subnets.iter().zip(&reports).map(|(subnet, report)| subnet_block(subnet, report)).collect(),
            total_issuance: Decimal(network.issuance.total),
            balances_issuance: Decimal(network.issuance.balances),
        });
    }
    Ok(CoinbaseExpect { blocks })
}

fn subnet_state(subnet: &CoinbaseSubnet) -> SubnetState {
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

fn too_few_prices(subnet: &CoinbaseSubnet, blocks: u64) -> Failure {
    let found = u64::try_from(subnet.prices.len()).unwrap_or(u64::MAX);
    refused(Error { code: ErrorCode::Length, field: "prices", index: found, limit: blocks })
}

/// An error of core as a failure of the case.
pub(super) fn refused(error: Error) -> Failure {
    Failure::Malformed(Malformed {
        code: error.code.name().into(),
        field: error.field.into(),
        index: Some(error.index),
        message: error.to_string(),
    })
}

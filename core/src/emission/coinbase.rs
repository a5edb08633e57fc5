//! A whole block (spec `emission.md` §10).

use super::block::{Issuance, mint, recycle};
use super::gate::EmissionGate;
use super::injection::{Injection, Pool, SubnetTerms, inject, subnet_terms};
use super::pending::{Creation, Pending, create_alpha};
use super::price::{MovingPrice, moving_price, spot_price};
use super::root::{RootStake, alpha_issuance, root_proportion};
use super::shares::{SubnetShare, root_sell_flag, subnet_shares};
use crate::error::{Error, check_length, check_room};
use crate::fixed::{I96F32, U64F64, U96F32};
use crate::rules::Rules;
use crate::schedule::{SchedulePass, ScheduleState, Slot, Verdict};

/// What concerns all subnets (§2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    /// The set of rules to compute by.
    pub rules: Rules,
    /// The TAO there is.
    pub issuance: Issuance,
    /// The TAO staked on root, and its weight.
    pub root: RootStake,
    /// The owners' part of new alpha, of 65535.
    pub owner_cut: u16,
    /// The smoothing of moving prices.
    pub moving_alpha: I96F32,
    /// The gate between a subnet's share and its TAO (from 475 on).
    pub gate: EmissionGate,
    /// How many epochs may run in one block.
    pub max_epochs_per_block: u8,
}

impl Network {
    /// The chain's parameters under the newest rules, before anything is issued or staked.
    pub const CHAIN_DEFAULT: Self = Self {
        rules: Rules::NEWEST,
        issuance: Issuance { total: 0, balances: 0 },
        root: RootStake::CHAIN_DEFAULT,
        owner_cut: 11_796,
        moving_alpha: I96F32::from_bits(12_885),
        gate: EmissionGate::CHAIN_DEFAULT,
        max_epochs_per_block: 2,
    };
}

/// One subnet from block to block (§2).
#[expect(clippy::struct_excessive_bools, reason = "four independent switches of the chain")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SubnetState {
    /// The subnet; 0 is root, which takes no part.
    pub netuid: u16,
    /// Its market: 1 has a pool with a price.
    pub mechanism: u16,
    /// The pool's price of alpha in TAO; read through [`Pool::price`], and only for mechanism 1.
    pub pool_price: U64F64,
    /// The average price by which TAO is shared.
    pub moving_price: I96F32,
    /// Blocks after which half of the smoothing of the moving price is reached.
    pub ema_halving_blocks: u64,
    /// The part of the miners' emission that is withheld; the distribution writes it.
    pub miner_burned: U96F32,
    /// The block of the first emission; none: not started.
    pub first_emission_block: Option<u64>,
    /// A condition of being eligible.
    pub subtoken_enabled: bool,
    /// A condition of being eligible.
    pub registration_allowed: bool,
    /// Whether an eligible subnet may receive TAO.
    pub emission_enabled: bool,
    /// Whether the owner gets a cut.
    pub owner_cut_enabled: bool,
    /// TAO in the pool, in rao.
    pub tao_reserve: u64,
    /// Alpha in the pool, in rao.
    pub alpha_in_reserve: u64,
    /// Outstanding alpha, in rao.
    pub alpha_out_supply: u64,
    /// TAO the pool could not take yet, in rao (from 475 on).
    pub tao_reservoir: u64,
    /// Alpha the pool could not take yet, in rao (from 475 on).
    pub alpha_reservoir: u64,
    /// Alpha the chain has bought so far, in rao, for readers: no rule uses it (from 475 on).
    pub protocol_alpha: u64,
    /// Alpha that waits for the epoch.
    pub pending: Pending,
    /// Root's part of the subnet as last stored, for readers: no rule uses it.
    pub root_proportion: U96F32,
    /// When its epochs run.
    pub schedule: ScheduleState,
}

impl SubnetState {
    /// A subnet with a pool, everything enabled but not started, empty, its parameters the chain's defaults.
    pub const fn new(netuid: u16) -> Self {
        Self {
            netuid,
            mechanism: 1,
            pool_price: U64F64::ZERO,
            moving_price: I96F32::ZERO,
            ema_halving_blocks: 201_600,
            miner_burned: U96F32::ZERO,
            first_emission_block: None,
            subtoken_enabled: true,
            registration_allowed: true,
            emission_enabled: true,
            owner_cut_enabled: true,
            tao_reserve: 0,
            alpha_in_reserve: 0,
            alpha_out_supply: 0,
            tao_reservoir: 0,
            alpha_reservoir: 0,
            protocol_alpha: 0,
            pending: Pending { server: 0, validator: 0, root: 0, owner_cut: 0 },
            root_proportion: U96F32::ZERO,
            schedule: ScheduleState::CHAIN_DEFAULT,
        }
    }

    /// Whether blocks emit for this subnet (§2).
    pub const fn is_eligible(&self) -> bool {
        self.netuid != 0 && self.first_emission_block.is_some() && self.subtoken_enabled && self.registration_allowed
    }

    /// The subnet's alpha issuance in rao (§7).
    pub fn alpha_issuance(&self, rules: Rules) -> u64 {
        alpha_issuance(rules, self.alpha_in_reserve, self.alpha_out_supply, self.alpha_reservoir)
    }
}

/// What a block did to one subnet (§10, report).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SubnetReport {
    /// Its TAO of this block and what that means for it; none when it is not eligible.
    pub terms: Option<SubnetTerms>,
    /// What moved into the pool.
    pub injection: Injection,
    /// What was created.
    pub creation: Creation,
    /// What waited for the epoch, before this block's epochs.
    pub pending: Pending,
    /// What the block decided about its epoch.
    pub verdict: Verdict,
    /// What was taken out of `pending` for an epoch that runs now.
    pub drained: Option<Pending>,
}

/// What a block did to the TAO there is (§10, report).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlockReport {
    /// The rules the block followed.
    pub rules: Rules,
    /// TAO minted, in rao.
    pub minted: u64,
    /// TAO that found no taker and is gone again, in rao.
    pub recycled: u64,
    /// Whether root's alpha became pending or was recycled.
    pub root_sell_flag: bool,
}

/// One block, with nothing distributed in between: [`coinbase_begin`], then [`coinbase_end`] (§10).
///
/// `subnets` are in the chain's order ([`visiting_key`](crate::schedule::visiting_key)); `shares` is working memory.
///
/// # Errors
/// As [`coinbase_begin`].
///
/// ```
/// use yuma_core::emission::{Network, PassivePool, SubnetReport, SubnetShare, SubnetState, coinbase};
/// use yuma_core::fixed::{I96F32, U64F64};
/// let mut network = Network::CHAIN_DEFAULT;
/// let subnet = SubnetState {
///     first_emission_block: Some(1),
///     pool_price: U64F64::from_num(0.5),
///     moving_price: I96F32::from_num(0.5),
///     ..SubnetState::new(1)
/// };
/// let (mut subnets, mut shares, mut reports) = ([subnet], [SubnetShare::default()], [SubnetReport::default()]);
/// let block = coinbase(100, &mut network, &mut subnets, &mut PassivePool, &mut shares, &mut reports)?;
/// assert_eq!(block.minted, 1_000_000_000);
/// assert_eq!(reports[0].creation.alpha_out, 1_000_000_000);
/// assert_eq!(subnets[0].pending.server, 410_002_288); // half of what the owner's 18 % leave
/// # Ok::<(), yuma_core::Error>(())
/// ```
pub fn coinbase(
    block: u64,
    network: &mut Network,
    subnets: &mut [SubnetState],
    pool: &mut impl Pool,
    shares: &mut [SubnetShare],
    reports: &mut [SubnetReport],
) -> Result<BlockReport, Error> {
    let report = coinbase_begin(block, network, subnets, pool, shares, reports)?;
    coinbase_end(block, network, subnets, pool);
    Ok(report)
}

/// A block from minting to the epochs that are due: mint, share, inject, recycle, create alpha, drain (§10.1 to §10.7).
///
/// Where a report has `drained` amounts, the epoch runs now and they are distributed (`distribution.md`), before
/// [`coinbase_end`]; then [`finish_epoch`](crate::schedule::finish_epoch).
///
/// # Errors
/// [`ErrorCode::Length`](crate::ErrorCode::Length) unless there is one report for each subnet,
/// [`ErrorCode::TooSmall`](crate::ErrorCode::TooSmall) for less room in `shares` than there are subnets.
pub fn coinbase_begin(
    block: u64,
    network: &mut Network,
    subnets: &mut [SubnetState],
    pool: &mut impl Pool,
    shares: &mut [SubnetShare],
    reports: &mut [SubnetReport],
) -> Result<BlockReport, Error> {
    check_length("reports", reports, subnets.len())?;
    check_room("shares", shares, subnets.len())?;
    reports.fill(SubnetReport::default());

    let minted = mint(&mut network.issuance);
    let shares = list_eligible(subnets, shares);
    subnet_shares(network.rules, block, minted, &mut network.gate, shares);
    let root_sell_flag = root_sell_flag(shares.iter().map(|share| share.price));

    settle_terms(network, subnets, pool, shares, reports);
    let mut credit = minted;
    for (subnet, report) in subnets.iter_mut().zip(&mut *reports) {
        if let Some(terms) = &report.terms {
            report.injection = inject(network.rules, subnet, terms, &mut credit, pool);
        }
    }
    recycle(&mut network.issuance, credit);

    for (subnet, report) in subnets.iter_mut().zip(&mut *reports) {
        if let Some(terms) = &report.terms {
            report.creation = create_alpha(network, subnet, terms, root_sell_flag);
        }
        report.pending = subnet.pending;
    }
    drain_due(block, network, subnets, reports);
    Ok(BlockReport { rules: network.rules, minted, recycled: credit, root_sell_flag })
}

/// A block after its epochs: the moving price and the stored root proportion of every eligible subnet (§10.8, §10.9).
pub fn coinbase_end(block: u64, network: &Network, subnets: &mut [SubnetState], pool: &mut impl Pool) {
    for subnet in subnets.iter_mut().filter(|subnet| subnet.is_eligible()) {
        subnet.moving_price = moving_price(&MovingPrice {
            mechanism: subnet.mechanism,
            pool_price: pool.price(subnet),
            moving_price: subnet.moving_price,
            first_emission_block: subnet.first_emission_block,
            block,
            halving_blocks: subnet.ema_halving_blocks,
            moving_alpha: network.moving_alpha,
        });
        subnet.root_proportion = root_proportion(network.root, subnet.alpha_issuance(network.rules));
    }
}

/// The eligible subnets, in order, at the front of the working memory (§10.2).
fn list_eligible<'a>(subnets: &[SubnetState], shares: &'a mut [SubnetShare]) -> &'a mut [SubnetShare] {
    let mut count: usize = 0;
    for (subnet, share) in subnets.iter().filter(|subnet| subnet.is_eligible()).zip(shares.iter_mut()) {
        let SubnetState { mechanism, moving_price, miner_burned, emission_enabled, .. } = *subnet;
        *share = SubnetShare::new(mechanism, moving_price, miner_burned, emission_enabled);
        count = count.saturating_add(1);
    }
    shares.get_mut(..count).unwrap_or_default()
}

/// The terms of all eligible subnets, before the block changes any of them (§10.4).
fn settle_terms(
    network: &Network,
    subnets: &[SubnetState],
    pool: &mut impl Pool,
    shares: &[SubnetShare],
    reports: &mut [SubnetReport],
) {
    let eligible = subnets.iter().zip(reports).filter(|(subnet, _)| subnet.is_eligible());
    for ((subnet, report), share) in eligible.zip(shares) {
        let price = spot_price(subnet.mechanism, pool.price(subnet));
        let issuance = subnet.alpha_issuance(network.rules);
        report.terms = Some(subnet_terms(share.tao_emission, price, issuance, network.root));
    }
}

/// Takes out what waits wherever an epoch runs, eligible or not (§10.7).
fn drain_due(block: u64, network: &Network, subnets: &mut [SubnetState], reports: &mut [SubnetReport]) {
    let schedules = subnets.iter().filter(|subnet| subnet.netuid != 0).map(|subnet| &subnet.schedule);
    let mut pass = SchedulePass::new(network.rules, block, network.max_epochs_per_block, schedules);
    for (subnet, report) in subnets.iter_mut().zip(reports).filter(|(subnet, _)| subnet.netuid != 0) {
        report.verdict = pass.visit(&mut subnet.schedule);
        report.drained = (report.verdict.slot == Slot::Ran).then(|| core::mem::take(&mut subnet.pending));
    }
}

//! A whole block (spec `emission.md` §10).

use core::ffi::c_void;

use yuma_core::Error;
use yuma_core::emission::{
    self, BlockReport, Injection, Network, Pool, Purchase, RootStake, SubnetReport, SubnetShare, SubnetState,
};
use yuma_core::schedule::ScheduleState;

use crate::border::{Border, Need, Workspace, growing};
use crate::emission::{yuma_emission_gate, yuma_issuance, yuma_pending, yuma_terms};
use crate::numbers::{flag, present, yuma_i128, yuma_u128};
use crate::rules::YUMA_RULES_DEFAULT;
use crate::schedule::{yuma_schedule_state, yuma_verdict};
use crate::status::{Refusal, yuma_error, yuma_status};

/// What concerns all subnets. Start from `yuma_network_init`.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct yuma_network {
    /// `sizeof(yuma_network)`.
    pub size: usize,
    /// The set of rules to compute by, `YUMA_RULES_…`.
    pub rules: u32,
    /// The owners' part of new alpha, of 65535.
    pub owner_cut: u16,
    /// How many epochs may run in one block.
    pub max_epochs_per_block: u8,
    /// 0.
    pub reserved: u8,
    /// The TAO there is.
    pub issuance: yuma_issuance,
    /// The TAO staked on root, in rao.
    pub root_tao: u64,
    /// The weight of a TAO against an alpha, of 2^64 - 1.
    pub tao_weight: u64,
    /// The smoothing of moving prices, raw I96F32.
    pub moving_alpha: yuma_i128,
    /// The gate between a subnet's share and its TAO (from 475 on).
    pub gate: yuma_emission_gate,
}

/// One subnet from block to block; its rhythm is a `yuma_schedule_state`. Start from `yuma_subnet_state_init`.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct yuma_subnet_state {
    /// `sizeof(yuma_subnet_state)`.
    pub size: usize,
    /// The subnet; 0 is root, which takes no part.
    pub netuid: u16,
    /// Its market: 1 has a pool with a price.
    pub mechanism: u16,
    /// Flag: a condition of being eligible.
    pub subtoken_enabled: u8,
    /// Flag: a condition of being eligible.
    pub registration_allowed: u8,
    /// Flag: an eligible subnet may receive TAO.
    pub emission_enabled: u8,
    /// Flag: the owner gets a cut.
    pub owner_cut_enabled: u8,
    /// The block of the first emission, if `has_first_emission_block`.
    pub first_emission_block: u64,
    /// Blocks after which half of the smoothing of the moving price is reached.
    pub ema_halving_blocks: u64,
    /// The pool's price of alpha in TAO, raw U64F64; read only for mechanism 1.
    pub pool_price: yuma_u128,
    /// The average price by which TAO is shared, raw I96F32.
    pub moving_price: yuma_i128,
    /// The part of the miners' emission that is withheld, raw U96F32: `yuma_distribution.miner_burned`.
    pub miner_burned: yuma_u128,
    /// Root's part of the subnet as last stored, raw U96F32, for readers: no rule uses it.
    pub root_proportion: yuma_u128,
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
    pub pending: yuma_pending,
    /// Flag: the subnet has started.
    pub has_first_emission_block: u8,
    /// 0.
    pub reserved: [u8; 7],
}

/// How a subnet's pool answers in one block, as data: its arithmetic is not part of the rules. Start from
/// `yuma_pool_answers_default`. A pool whose answers depend on the amounts is asked by running `yuma_coinbase_begin` on a
/// copy of the states first: the reports say what it is offered.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_pool_answers {
    /// TAO the pool takes for a buy, in rao, if `has_paid_in`; otherwise it takes all that is offered.
    pub paid_in: u64,
    /// Alpha it gives for that, in rao.
    pub paid_out: u64,
    /// Flags: whether it takes what it is offered, offer by offer. From 475 on it is offered TAO and alpha together, then the
    /// alpha alone, then the TAO alone, up to the first it takes; before that once, and the others are not read.
    pub accepts: [u8; 3],
    /// Flag: a buy succeeds.
    pub buys: u8,
    /// Flag: `paid_in` counts.
    pub has_paid_in: u8,
}

/// What an injection moved, in rao.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_injection {
    /// TAO that went into a buy.
    pub excess_tao: u64,
    /// Alpha that went into the pool.
    pub alpha_in: u64,
    /// TAO that went into the pool.
    pub tao_in: u64,
}

/// What the creation of a block's alpha did to a subnet.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_creation {
    /// Root's part of the subnet at `alpha_issuance`, raw U96F32. Not that of the terms: injection and creation came between.
    pub root_proportion: yuma_u128,
    /// Alpha created for the participants, in rao.
    pub alpha_out: u64,
    /// The alpha issuance in rao with it, by which it is split.
    pub alpha_issuance: u64,
    /// Root's alpha that was recycled, in rao.
    pub recycled: u64,
}

/// What a block did to one subnet. The caller sets `size` of each.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_subnet_report {
    /// `sizeof(yuma_subnet_report)`.
    pub size: usize,
    /// Flag: the subnet is eligible, so there are `terms`.
    pub has_terms: u8,
    /// Flag: its epoch runs now, so there is something `drained`.
    pub has_drained: u8,
    /// What the block decided about its epoch.
    pub verdict: yuma_verdict,
    /// Its TAO of this block and what that means for it.
    pub terms: yuma_terms,
    /// What moved into the pool.
    pub injection: yuma_injection,
    /// What was created.
    pub creation: yuma_creation,
    /// What waited for the epoch, before this block's epochs.
    pub pending: yuma_pending,
    /// What was taken out of the subnet's `pending` for an epoch that runs now.
    pub drained: yuma_pending,
}

/// What a block did to the TAO there is. The caller sets `size`.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct yuma_block_report {
    /// `sizeof(yuma_block_report)`.
    pub size: usize,
    /// The rules the block followed, never `YUMA_RULES_DEFAULT`.
    pub rules: u32,
    /// Flag: root's alpha became pending; otherwise it was recycled.
    pub root_sell_flag: u8,
    /// 0.
    pub reserved: [u8; 3],
    /// TAO minted, in rao.
    pub minted: u64,
    /// TAO that found no taker and is gone again, in rao.
    pub recycled: u64,
}

growing!(yuma_network, yuma_subnet_state, yuma_subnet_report, yuma_block_report);

/// The chain's parameters under the newest rules, before anything is issued or staked.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_network_init(network: *mut yuma_network, error: *mut yuma_error) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    let default = Network::CHAIN_DEFAULT;
    let default = yuma_network {
        size: size_of::<yuma_network>(),
        rules: YUMA_RULES_DEFAULT,
        owner_cut: default.owner_cut,
        max_epochs_per_block: default.max_epochs_per_block,
        reserved: 0,
        issuance: yuma_issuance::new(default.issuance),
        root_tao: default.root.tao,
        tao_weight: default.root.tao_weight,
        moving_alpha: default.moving_alpha.into(),
        gate: yuma_emission_gate::new(&default.gate),
    };
    border.answer(error, || border.start("network", network, default))
}

/// A subnet with a pool, everything enabled but not started, empty, its parameters the chain's defaults.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_subnet_state_init(
    subnet: *mut yuma_subnet_state,
    netuid: u16,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || border.start("subnet", subnet, yuma_subnet_state::new(&SubnetState::new(netuid))))
}

/// A pool that accepts everything, and takes TAO without giving alpha for it.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_pool_answers_default() -> yuma_pool_answers {
    yuma_pool_answers { paid_in: 0, paid_out: 0, accepts: [1; 3], buys: 1, has_paid_in: 0 }
}

/// Carries out a subnet's terms as far as the block's `credit` of TAO, in rao, goes: first the buy, then the injection. Before
/// 475 what the pool refuses is lost, and so is the credit of a buy that fails; from then on the one waits in the subnet's
/// reservoirs, the other is credit again. `pool` NULL: `yuma_pool_answers_default`.
///
/// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `UNKNOWN_RULES`; `FLAG`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_inject(
    injection: *mut yuma_injection,
    subnet: *mut yuma_subnet_state,
    credit: *mut u64,
    rules: u32,
    terms: *const yuma_terms,
    pool: *const yuma_pool_answers,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let injection = border.output("injection", injection)?;
        let to = border.grown_mut("subnet", subnet)?;
        let credit = border.in_out("credit", credit)?;
        let rules = crate::rules::rules(rules)?;
        let terms = border.input("terms", terms)?.to_core();
        let mut subnet = to.to_core(ScheduleState::CHAIN_DEFAULT, 0)?;
        let answers = if pool.is_null() { yuma_pool_answers_default() } else { *border.input("pool", pool)? };
        let mut offers = [Offers::new(subnet.netuid, answers, 0)?];
        let mut pool = AnsweringPool { offers: &mut offers };
        *injection = emission::inject(rules, &mut subnet, &terms, credit, &mut pool).into();
        *to = yuma_subnet_state::new(&subnet);
        Ok(())
    })
}

/// Creates the participants' alpha and adds it to what waits for the epoch, after the injection. Of the network it reads the
/// rules, `root_tao`, `tao_weight` and `owner_cut`.
///
/// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `UNKNOWN_RULES`; `FLAG`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_create_alpha(
    creation: *mut yuma_creation,
    subnet: *mut yuma_subnet_state,
    network: *const yuma_network,
    terms: *const yuma_terms,
    root_sell_flag: u8,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let creation = border.output("creation", creation)?;
        let to = border.grown_mut("subnet", subnet)?;
        let network = border.grown("network", network)?.to_core()?;
        let terms = border.input("terms", terms)?.to_core();
        let root_sell_flag = flag("root_sell_flag", 0, root_sell_flag)?;
        let mut subnet = to.to_core(ScheduleState::CHAIN_DEFAULT, 0)?;
        *creation = emission::create_alpha(&network, &mut subnet, &terms, root_sell_flag).into();
        *to = yuma_subnet_state::new(&subnet);
        Ok(())
    })
}

/// How much working memory `yuma_coinbase`, `yuma_coinbase_begin` and `yuma_coinbase_end` need for `count` subnets, in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_coinbase_workspace_size(count: usize) -> usize {
    need(count).bytes()
}

/// One block, with nothing distributed in between: `yuma_coinbase_begin`, then `yuma_coinbase_end`, at the same pool prices.
///
/// The `count` `subnets` are in the order of `yuma_visiting_key`; `schedules`, `pools` and `reports` have one element for each.
/// `network`, `subnets` and `schedules` are moved to the state after the block. `pools` NULL: all as
/// `yuma_pool_answers_default`.
///
/// Errors: `NULL`, `ALIGNMENT`, `SIZE`; `UNKNOWN_RULES`; `FLAG` or `RANGE` with the subnet's index; `TOO_SMALL` of `workspace`.
/// Nothing is changed then.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_coinbase(
    block_report: *mut yuma_block_report,
    reports: *mut yuma_subnet_report,
    network: *mut yuma_network,
    subnets: *mut yuma_subnet_state,
    schedules: *mut yuma_schedule_state,
    pools: *const yuma_pool_answers,
    count: usize,
    block: u64,
    workspace: *mut c_void,
    workspace_size: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let states = States { network, subnets, schedules, pools, count };
        let memory = border.workspace(workspace, workspace_size, need(count).0)?;
        states.run(&border, memory, block_report, reports, |states, written| {
            let (network, pool) = (&mut states.network, &mut states.pool);
            emission::coinbase(block, network, states.subnets, pool, written.shares, written.reports)
        })
    })
}

/// A block from minting to the epochs that are due: mint, share, inject, recycle, create alpha, drain. Arguments and errors as
/// `yuma_coinbase`.
///
/// Where a report has something `drained`, the epoch runs now and that is distributed, before `yuma_coinbase_end`; then
/// `yuma_finish_epoch`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_coinbase_begin(
    block_report: *mut yuma_block_report,
    reports: *mut yuma_subnet_report,
    network: *mut yuma_network,
    subnets: *mut yuma_subnet_state,
    schedules: *mut yuma_schedule_state,
    pools: *const yuma_pool_answers,
    count: usize,
    block: u64,
    workspace: *mut c_void,
    workspace_size: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let states = States { network, subnets, schedules, pools, count };
        let memory = border.workspace(workspace, workspace_size, need(count).0)?;
        states.run(&border, memory, block_report, reports, |states, written| {
            let (network, pool) = (&mut states.network, &mut states.pool);
            emission::coinbase_begin(block, network, states.subnets, pool, written.shares, written.reports)
        })
    })
}

/// A block after its epochs: the moving price and the stored root proportion of every eligible subnet. For subnets of mechanism
/// 1, `pool_price` is that after the injections.
///
/// Errors: as `yuma_coinbase`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yuma_coinbase_end(
    subnets: *mut yuma_subnet_state,
    count: usize,
    network: *const yuma_network,
    block: u64,
    workspace: *mut c_void,
    workspace_size: usize,
    error: *mut yuma_error,
) -> yuma_status {
    // SAFETY: the contract of `Border::new` is the caller's.
    let border = unsafe { Border::new() };
    border.answer(error, || {
        let to = border.grown_slice_mut("subnets", subnets, count)?;
        let network = border.grown("network", network)?.to_core()?;
        let mut memory = border.workspace(workspace, workspace_size, need(count).0)?;
        let schedule = ScheduleState::CHAIN_DEFAULT;
        let subnets = memory.collect(to.iter().enumerate().map(|(index, subnet)| subnet.to_core(schedule, index)))?;
        // The price is asked for, and nothing else: that is each subnet's own.
        emission::coinbase_end(block, &network, subnets, &mut emission::PassivePool);
        for (to, subnet) in to.iter_mut().zip(subnets) {
            *to = yuma_subnet_state::new(subnet);
        }
        Ok(())
    })
}

/// What a block moves, as the caller passes it.
struct States {
    network: *mut yuma_network,
    subnets: *mut yuma_subnet_state,
    schedules: *mut yuma_schedule_state,
    pools: *const yuma_pool_answers,
    count: usize,
}

/// What a block moves, as core takes it, and where it goes back to.
struct Loaded<'b> {
    to_network: &'b mut yuma_network,
    to_subnets: &'b mut [yuma_subnet_state],
    to_schedules: &'b mut [yuma_schedule_state],
    network: Network,
    subnets: &'b mut [SubnetState],
    pool: AnsweringPool<'b>,
}

impl States {
    /// Moves the state by a block and writes the reports; nothing is changed where `compute` refuses.
    fn run<'b>(
        self,
        border: &'b Border,
        mut memory: Workspace<'b>,
        block_report: *mut yuma_block_report,
        reports: *mut yuma_subnet_report,
        compute: impl FnOnce(&mut Loaded<'b>, &mut Written<'b>) -> Result<BlockReport, Error>,
    ) -> Result<(), Refusal> {
        let count = self.count;
        let mut states = self.load(border, &mut memory)?;
        let mut written = Written::load(border, &mut memory, block_report, reports, count)?;
        let block_report = compute(&mut states, &mut written)?;
        states.store();
        written.store(&block_report);
        Ok(())
    }

    fn load<'b>(self, border: &'b Border, memory: &mut Workspace<'b>) -> Result<Loaded<'b>, Refusal> {
        let to_network = border.grown_mut("network", self.network)?;
        let to_subnets = border.grown_slice_mut("subnets", self.subnets, self.count)?;
        let to_schedules = border.grown_slice_mut("schedules", self.schedules, self.count)?;
        let network = to_network.to_core()?;
        let pairs = to_subnets.iter().zip(to_schedules.iter()).enumerate();
        let subnets =
            memory.collect(pairs.map(|(index, (subnet, schedule))| subnet.to_core(schedule.to_core(index)?, index)))?;
        let netuids = to_subnets.iter().map(|subnet| subnet.netuid).enumerate();
        let offers = if self.pools.is_null() {
            let passive = yuma_pool_answers_default();
            memory.collect(netuids.map(|(index, netuid)| Offers::new(netuid, passive, index)))?
        } else {
            let pools = border.slice("pools", self.pools, self.count)?;
            memory.collect(netuids.zip(pools).map(|((index, netuid), &answers)| Offers::new(netuid, answers, index)))?
        };
        Ok(Loaded { to_network, to_subnets, to_schedules, network, subnets, pool: AnsweringPool { offers } })
    }
}

impl Loaded<'_> {
    fn store(&mut self) {
        self.to_network.issuance = yuma_issuance::new(self.network.issuance);
        self.to_network.gate = yuma_emission_gate::new(&self.network.gate);
        for (to, subnet) in self.to_subnets.iter_mut().zip(self.subnets.iter()) {
            *to = yuma_subnet_state::new(subnet);
        }
        for (to, subnet) in self.to_schedules.iter_mut().zip(self.subnets.iter()) {
            *to = yuma_schedule_state::new(&subnet.schedule);
        }
    }
}

/// A block's reports as core writes them, and where they go to.
struct Written<'b> {
    to_block: &'b mut yuma_block_report,
    to_subnets: &'b mut [yuma_subnet_report],
    shares: &'b mut [SubnetShare],
    reports: &'b mut [SubnetReport],
}

impl<'b> Written<'b> {
    fn load(
        border: &'b Border,
        memory: &mut Workspace<'b>,
        block_report: *mut yuma_block_report,
        reports: *mut yuma_subnet_report,
        count: usize,
    ) -> Result<Self, Refusal> {
        Ok(Self {
            to_block: border.grown_mut("block_report", block_report)?,
            to_subnets: border.grown_slice_mut("reports", reports, count)?,
            shares: memory.fill(count, SubnetShare::default())?,
            reports: memory.fill(count, SubnetReport::default())?,
        })
    }

    fn store(&mut self, block: &BlockReport) {
        *self.to_block = yuma_block_report {
            size: self.to_block.size,
            rules: block.rules.spec_version(),
            root_sell_flag: block.root_sell_flag.into(),
            reserved: [0; 3],
            minted: block.minted,
            recycled: block.recycled,
        };
        for (to, report) in self.to_subnets.iter_mut().zip(self.reports.iter()) {
            *to = yuma_subnet_report {
                size: to.size,
                has_terms: report.terms.is_some().into(),
                has_drained: report.drained.is_some().into(),
                verdict: report.verdict.into(),
                terms: report.terms.as_ref().map(yuma_terms::new).unwrap_or_default(),
                injection: report.injection.into(),
                creation: report.creation.into(),
                pending: yuma_pending::new(report.pending),
                drained: report.drained.map(yuma_pending::new).unwrap_or_default(),
            };
        }
    }
}

/// One subnet's pool: what it answers, and how many offers it has answered already.
#[derive(Debug, Clone, Copy)]
struct Offers {
    netuid: u16,
    accepts: [bool; 3],
    buy: Option<Purchase>,
    takes_all: bool,
    answered: usize,
}

impl Offers {
    fn new(netuid: u16, answers: yuma_pool_answers, index: usize) -> Result<Self, Refusal> {
        let yuma_pool_answers { paid_in, paid_out, accepts: [first, second, third], buys, has_paid_in } = answers;
        let accepts = |byte| flag("accepts", index, byte);
        Ok(Self {
            netuid,
            accepts: [accepts(first)?, accepts(second)?, accepts(third)?],
            buy: present("buys", index, buys, Purchase { paid_in, paid_out })?,
            takes_all: !flag("has_paid_in", index, has_paid_in)?,
            answered: 0,
        })
    }
}

/// The market as the caller's data describe it.
struct AnsweringPool<'a> {
    offers: &'a mut [Offers],
}

impl AnsweringPool<'_> {
    fn of(&mut self, subnet: &SubnetState) -> Option<&mut Offers> {
        self.offers.iter_mut().find(|offers| offers.netuid == subnet.netuid)
    }
}

impl Pool for AnsweringPool<'_> {
    fn accepts(&mut self, subnet: &SubnetState, _tao: u64, _alpha: u64) -> bool {
        self.of(subnet).is_some_and(|offers| {
            let answer = offers.accepts.get(offers.answered).copied();
            offers.answered = offers.answered.saturating_add(1);
            answer.unwrap_or(false)
        })
    }

    fn buy(&mut self, subnet: &SubnetState, tao: u64) -> Option<Purchase> {
        let offers = self.of(subnet)?;
        let purchase = offers.buy?;
        Some(if offers.takes_all { Purchase { paid_in: tao, ..purchase } } else { purchase })
    }
}

impl yuma_network {
    fn to_core(self) -> Result<Network, Refusal> {
        Ok(Network {
            rules: crate::rules::rules(self.rules)?,
            issuance: self.issuance.to_core(),
            root: RootStake { tao: self.root_tao, tao_weight: self.tao_weight },
            owner_cut: self.owner_cut,
            moving_alpha: self.moving_alpha.into(),
            gate: self.gate.to_core(),
            max_epochs_per_block: self.max_epochs_per_block,
        })
    }
}

impl yuma_subnet_state {
    fn to_core(self, schedule: ScheduleState, index: usize) -> Result<SubnetState, Refusal> {
        Ok(SubnetState {
            netuid: self.netuid,
            mechanism: self.mechanism,
            pool_price: self.pool_price.into(),
            moving_price: self.moving_price.into(),
            ema_halving_blocks: self.ema_halving_blocks,
            miner_burned: self.miner_burned.into(),
            first_emission_block: present(
                "has_first_emission_block",
                index,
                self.has_first_emission_block,
                self.first_emission_block,
            )?,
            subtoken_enabled: flag("subtoken_enabled", index, self.subtoken_enabled)?,
            registration_allowed: flag("registration_allowed", index, self.registration_allowed)?,
            emission_enabled: flag("emission_enabled", index, self.emission_enabled)?,
            owner_cut_enabled: flag("owner_cut_enabled", index, self.owner_cut_enabled)?,
            tao_reserve: self.tao_reserve,
            alpha_in_reserve: self.alpha_in_reserve,
            alpha_out_supply: self.alpha_out_supply,
            tao_reservoir: self.tao_reservoir,
            alpha_reservoir: self.alpha_reservoir,
            protocol_alpha: self.protocol_alpha,
            pending: self.pending.to_core(),
            root_proportion: self.root_proportion.into(),
            schedule,
        })
    }

    fn new(subnet: &SubnetState) -> Self {
        Self {
            size: size_of::<Self>(),
            netuid: subnet.netuid,
            mechanism: subnet.mechanism,
            subtoken_enabled: subnet.subtoken_enabled.into(),
            registration_allowed: subnet.registration_allowed.into(),
            emission_enabled: subnet.emission_enabled.into(),
            owner_cut_enabled: subnet.owner_cut_enabled.into(),
            first_emission_block: subnet.first_emission_block.unwrap_or(0),
            ema_halving_blocks: subnet.ema_halving_blocks,
            pool_price: subnet.pool_price.into(),
            moving_price: subnet.moving_price.into(),
            miner_burned: subnet.miner_burned.into(),
            root_proportion: subnet.root_proportion.into(),
            tao_reserve: subnet.tao_reserve,
            alpha_in_reserve: subnet.alpha_in_reserve,
            alpha_out_supply: subnet.alpha_out_supply,
            tao_reservoir: subnet.tao_reservoir,
            alpha_reservoir: subnet.alpha_reservoir,
            protocol_alpha: subnet.protocol_alpha,
            pending: yuma_pending::new(subnet.pending),
            has_first_emission_block: subnet.first_emission_block.is_some().into(),
            reserved: [0; 7],
        }
    }
}

impl From<Injection> for yuma_injection {
    fn from(Injection { excess_tao, alpha_in, tao_in }: Injection) -> Self {
        Self { excess_tao, alpha_in, tao_in }
    }
}

impl From<emission::Creation> for yuma_creation {
    fn from(creation: emission::Creation) -> Self {
        let emission::Creation { alpha_out, alpha_issuance, root_proportion, recycled } = creation;
        Self { root_proportion: root_proportion.into(), alpha_out, alpha_issuance, recycled }
    }
}

fn need(count: usize) -> Need {
    Need::NOTHING.and::<SubnetState>(count).and::<Offers>(count).and::<SubnetShare>(count).and::<SubnetReport>(count)
}

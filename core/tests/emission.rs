//! What holds for every block, whatever the state: nothing beyond the cap, no rao unaccounted for, and the table of
//! halvings against the reward itself.

use yuma_core::emission::{
    CAP, EmissionGate, FIRST_REWARD, Halving, Injection, Issuance, Network, PassivePool, Pool, Purchase, RootStake,
    SubnetReport, SubnetShare, SubnetState, SubnetTerms, block_emission, block_emission_steps, coinbase,
    daily_emission, emission_gate_bar, emission_over, halvings, inject, mint, next_halving, subnet_terms,
};
use yuma_core::fixed::{I96F32, U64F64, U96F32, convert};
use yuma_core::schedule::{EpochMode, ScheduleState};
use yuma_core::{Error, ErrorCode, Rules};

/// A sequence of numbers that look random, the same in every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number of any size, small ones as likely as large ones.
    fn any_size(&mut self) -> u64 {
        let shift = self.next() % 64;
        self.next() >> shift
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

#[test]
fn the_table_of_halvings_is_where_the_reward_changes() {
    let table: Vec<Halving> = halvings().collect();
    assert_eq!(table.len(), 31);
    for pair in table.windows(2) {
        let [before, after] = pair else { continue };
        assert_eq!(block_emission(before.threshold), before.reward);
        assert_eq!(block_emission(after.threshold - 1), before.reward);
        assert_eq!(block_emission(after.threshold), after.reward);
        let next = next_halving(before.threshold).map(|next| (next.threshold, next.reward, next.reward_after));
        assert_eq!(next, Some((after.threshold, before.reward, after.reward)));
    }
    assert_eq!(table.last().map(|last| last.reward), Some(0));
    for issuance in [20_999_999_980_442_226, CAP - 1, CAP, CAP + 1, u64::MAX] {
        assert_eq!((block_emission(issuance), next_halving(issuance)), (0, None));
    }
}

#[test]
fn the_closed_form_is_the_chains_own_way() {
    let around_thresholds = halvings().flat_map(|halving| {
        (0..200).flat_map(move |step| [halving.threshold.saturating_sub(step), halving.threshold + step])
    });
    let mut numbers = Numbers(1);
    let anywhere = (0..20_000).map(|_| numbers.below(CAP)).collect::<Vec<_>>();
    let near_the_cap = (1..2_000).map(|left| CAP - left);
    for issuance in around_thresholds.chain(anywhere).chain(near_the_cap) {
        let way = block_emission_steps(issuance).map_or(0, |steps| FIRST_REWARD >> steps.log2.to_num::<u32>());
        assert_eq!(block_emission(issuance), way, "at {issuance}");
    }
}

#[test]
fn what_is_to_come_is_what_block_after_block_mints() {
    for start in [0, 10_499_999_000_000_001, 20_999_999_980_000_000, CAP - 5, CAP] {
        let mut issuance = Issuance { total: start, balances: start };
        for block in 0..20_000 {
            assert_eq!(emission_over(start, block), issuance.total - start);
            if block == 7_200 {
                assert_eq!(daily_emission(start), issuance.total - start);
            }
            mint(&mut issuance);
        }
    }
}

#[test]
fn minting_never_passes_the_cap() {
    let mut numbers = Numbers(2);
    for _ in 0..2_000 {
        let left = numbers.any_size().min(CAP);
        let mut issuance = Issuance { total: numbers.any_size(), balances: CAP - left };
        let mut minted = 0;
        for _ in 0..50 {
            minted += mint(&mut issuance);
        }
        assert!(minted <= left);
        assert_eq!(issuance.balances, CAP - left + minted);
    }
}

#[test]
fn the_bar_is_what_sorting_finds() {
    let mut numbers = Numbers(4);
    for _ in 0..3_000 {
        // Few different shares, so that some are equal.
        let shares: Vec<U64F64> = (0..numbers.below(12)).map(|_| U64F64::from_bits(numbers.below(8).into())).collect();
        let bar_rank = u16::try_from(numbers.below(14)).unwrap_or_default();
        let bar_quantile = U64F64::from_bits(numbers.below(40).into());
        let bar = U64F64::from_bits((numbers.below(3) * 100).into());
        let gate = EmissionGate { bar, bar_rank, bar_quantile, ..EmissionGate::CHAIN_DEFAULT };

        let mut sorted = shares.clone();
        sorted.sort_by(|a, b| b.cmp(a));
        let mut sum = U64F64::ZERO;
        let by_quantile = sorted.iter().find(|&&share| {
            sum += share;
            sum >= bar_quantile
        });
        let positive: Vec<&U64F64> = sorted.iter().filter(|&&share| share > 0).collect();
        let by_rank = positive.get(usize::from(bar_rank).saturating_sub(1)).copied();
        let found = if bar_rank == 0 { by_quantile.or(sorted.last()) } else { by_rank.or(positive.last().copied()) };
        let new = found.copied().filter(|&share| share > 0).unwrap_or(bar);

        assert_eq!(emission_gate_bar(&gate, 720, shares.iter().copied()), new);
        let between = emission_gate_bar(&gate, 721, shares.iter().copied());
        assert_eq!(between, if bar == 0 { new } else { bar });
    }
}

/// A pool that decides by chance, and remembers what it sold.
struct MoodyPool {
    numbers: Numbers,
    /// TAO that was offered where the buy did not fail.
    spent: u64,
}

impl Pool for MoodyPool {
    fn accepts(&mut self, _subnet: &SubnetState, _tao: u64, _alpha: u64) -> bool {
        self.numbers.chance(50)
    }

    fn buy(&mut self, _subnet: &SubnetState, tao: u64) -> Option<Purchase> {
        if self.numbers.chance(30) {
            return None;
        }
        self.spent += tao;
        Some(Purchase { paid_in: self.numbers.below(tao + 1), paid_out: self.numbers.below(1 << 30) })
    }
}

fn total(of: impl IntoIterator<Item = u64>) -> u64 {
    of.into_iter().sum()
}

#[test]
fn every_rao_of_a_block_is_accounted_for() -> Result<(), Error> {
    let mut numbers = Numbers(3);
    for _ in 0..300 {
        let mut network = random_network(Rules::SUBTENSOR_425, &mut numbers);
        let mut subnets: Vec<SubnetState> = (0..numbers.below(12)).map(|_| random_subnet(&mut numbers)).collect();
        let mut shares = vec![SubnetShare::default(); subnets.len()];
        let mut reports = vec![SubnetReport::default(); subnets.len()];
        for block in 1_000..1_030 {
            let before = (network.issuance, subnets.clone());
            let result = coinbase(block, &mut network, &mut subnets, &mut PassivePool, &mut shares, &mut reports)?;

            let injected = total(reports.iter().map(|report| report.injection.tao_in));
            let spent = total(reports.iter().map(|report| report.injection.excess_tao));
            assert_eq!(injected + spent + result.recycled, result.minted);
            assert!(network.issuance.balances <= CAP.max(before.0.balances));
            assert_eq!(network.issuance.balances, before.0.balances + result.minted - result.recycled);
            let reserves = |subnets: &[SubnetState]| total(subnets.iter().map(|subnet| subnet.tao_reserve));
            assert_eq!(reserves(&subnets), reserves(&before.1) + injected + spent);

            for ((subnet, report), before) in subnets.iter().zip(&reports).zip(&before.1) {
                let created = report.creation.alpha_out + report.injection.alpha_in - report.creation.recycled;
                let issuance = |subnet: &SubnetState| subnet.alpha_issuance(network.rules);
                assert_eq!(issuance(subnet), issuance(before) + created);
                check_eligibility(subnet, before, report);
            }
        }
    }
    Ok(())
}

#[test]
fn every_rao_is_accounted_for_with_refunds_and_reservoirs() -> Result<(), Error> {
    let mut numbers = Numbers(5);
    let mut pool = MoodyPool { numbers: Numbers(6), spent: 0 };
    let mut recycled = 0;
    for _ in 0..300 {
        let mut network = random_network(Rules::SUBTENSOR_475, &mut numbers);
        let mut subnets: Vec<SubnetState> = (0..numbers.below(12)).map(|_| random_subnet(&mut numbers)).collect();
        let mut shares = vec![SubnetShare::default(); subnets.len()];
        let mut reports = vec![SubnetReport::default(); subnets.len()];
        for block in 1_070..1_100 {
            let before = (network.issuance, subnets.clone());
            pool.spent = 0;
            let result = coinbase(block, &mut network, &mut subnets, &mut pool, &mut shares, &mut reports)?;

            // The credit: what was taken up by the reservoirs or the pools, spent on buys, or is gone again.
            let taken = total(reports.iter().map(|report| report.injection.tao_in));
            let paid_in = total(reports.iter().map(|report| report.injection.excess_tao));
            let waiting = |subnets: &[SubnetState]| total(subnets.iter().map(|subnet| subnet.tao_reservoir));
            let one_for_one = subnets.iter().zip(&reports).filter(|(subnet, _)| subnet.mechanism != 1);
            let spent = pool.spent + total(one_for_one.map(|(_, report)| report.injection.excess_tao));
            assert_eq!(waiting(&before.1) + result.minted, waiting(&subnets) + taken + spent + result.recycled);
            assert_eq!(network.issuance.balances, before.0.balances + result.minted - result.recycled);
            let reserves = |subnets: &[SubnetState]| total(subnets.iter().map(|subnet| subnet.tao_reserve));
            assert_eq!(reserves(&subnets), reserves(&before.1) + taken + paid_in);
            recycled += result.recycled;

            for ((subnet, report), before) in subnets.iter().zip(&reports).zip(&before.1) {
                let minted = report.terms.map_or(0, |terms| convert::<_, u64>(terms.alpha_in));
                let created = report.creation.alpha_out + minted - report.creation.recycled;
                let issuance = |subnet: &SubnetState| subnet.alpha_issuance(network.rules);
                assert_eq!(issuance(subnet), issuance(before) + created);

                let bought = subnet.protocol_alpha - before.protocol_alpha;
                let reserve = before.alpha_in_reserve - bought + report.injection.alpha_in;
                assert_eq!(subnet.alpha_in_reserve, reserve);
                check_eligibility(subnet, before, report);
            }
            let sum = shares.iter().take(reports.iter().filter(|report| report.terms.is_some()).count());
            assert!(sum.map(|share| share.gated_share).fold(U64F64::ZERO, U64F64::saturating_add) <= 1);
        }
    }
    assert!(recycled > 1_000_000_000); // buys did fail
    Ok(())
}

fn check_eligibility(subnet: &SubnetState, before: &SubnetState, report: &SubnetReport) {
    assert!(report.drained.is_none_or(|drained| drained == report.pending));
    assert_eq!(report.terms.is_some(), before.is_eligible());
    if !before.is_eligible() {
        let SubnetState { pending, schedule, .. } = *subnet;
        assert_eq!(*subnet, SubnetState { pending, schedule, ..*before });
    }
}

#[test]
fn the_older_rules_neither_see_nor_touch_what_is_newer() -> Result<(), Error> {
    let mut numbers = Numbers(7);
    for _ in 0..100 {
        let mut network = random_network(Rules::SUBTENSOR_425, &mut numbers);
        let mut subnets: Vec<SubnetState> = (0..5).map(|_| random_subnet(&mut numbers)).collect();
        let without_newer = |subnet: &SubnetState| SubnetState {
            tao_reservoir: 0,
            alpha_reservoir: 0,
            protocol_alpha: 0,
            schedule: ScheduleState { epoch_mode: EpochMode::Yuma, last_yuma_step_block: None, ..subnet.schedule },
            ..*subnet
        };
        let mut older_network = Network { gate: EmissionGate::CHAIN_DEFAULT, ..network };
        let mut older: Vec<SubnetState> = subnets.iter().map(without_newer).collect();
        let (gate, newer) = (network.gate, subnets.clone());
        let mut shares = [SubnetShare::default(); 5];
        let (mut reports, mut older_reports) = ([SubnetReport::default(); 5], [SubnetReport::default(); 5]);
        for block in 1_070..1_100 {
            coinbase(block, &mut network, &mut subnets, &mut PassivePool, &mut shares, &mut reports)?;
            coinbase(block, &mut older_network, &mut older, &mut PassivePool, &mut shares, &mut older_reports)?;
            assert_eq!(reports, older_reports);
        }
        assert_eq!(subnets.iter().map(without_newer).collect::<Vec<_>>(), older);
        assert_eq!(network.gate, gate);
        for (subnet, given) in subnets.iter().zip(&newer) {
            let untouched = |subnet: &SubnetState| {
                (subnet.tao_reservoir, subnet.alpha_reservoir, subnet.protocol_alpha, subnet.schedule.epoch_mode)
            };
            assert_eq!(untouched(subnet), untouched(given));
        }
    }
    Ok(())
}

/// A pool that takes alpha alone at most, and sells only to those who pay enough, one alpha for two TAO.
struct FussyPool {
    least: u64,
    takes_alpha: bool,
}

impl Pool for FussyPool {
    fn accepts(&mut self, _subnet: &SubnetState, tao: u64, _alpha: u64) -> bool {
        self.takes_alpha && tao == 0
    }

    fn buy(&mut self, _subnet: &SubnetState, tao: u64) -> Option<Purchase> {
        (tao >= self.least).then_some(Purchase { paid_in: tao, paid_out: tao / 2 })
    }
}

/// A subnet, and terms that ask 200 for the pool and 100 for a buy.
fn subnet_with_terms() -> (SubnetState, SubnetTerms) {
    let subnet = SubnetState { alpha_in_reserve: 1_000, alpha_out_supply: 10, tao_reserve: 7, ..SubnetState::new(1) };
    let root = RootStake { tao: 10, tao_weight: u64::MAX };
    let terms = SubnetTerms {
        tao_emission: U96F32::from_num(300),
        tao_in: U96F32::from_num(200),
        excess_tao: U96F32::from_num(100),
        alpha_in: U96F32::from_num(50),
        ..subnet_terms(U96F32::ZERO, U64F64::ONE, 1_010, root)
    };
    (subnet, terms)
}

#[test]
fn what_a_pool_refuses_stays_out() {
    let (before, terms) = subnet_with_terms();
    let run = |terms: &SubnetTerms, mut credit: u64, pool: &mut FussyPool| {
        let mut subnet = before;
        let injection = inject(Rules::SUBTENSOR_425, &mut subnet, terms, &mut credit, pool);
        (injection, credit, subnet)
    };
    let (injection, credit, subnet) = run(&terms, 300, &mut FussyPool { least: 100, takes_alpha: false });
    assert_eq!(injection, Injection { excess_tao: 100, alpha_in: 0, tao_in: 0 });
    assert_eq!(credit, 200);
    assert_eq!(subnet, SubnetState { tao_reserve: 107, alpha_in_reserve: 950, alpha_out_supply: 60, ..before });

    // A buy that fails leaves the credit spent.
    let found = run(&terms, 300, &mut FussyPool { least: 101, takes_alpha: false });
    assert_eq!(found, (Injection::default(), 200, before));

    // No buy beyond the credit, which still pays for the injection.
    let (mut subnet, mut credit) = (before, 99);
    let smaller = SubnetTerms { tao_in: U96F32::from_num(99), ..terms };
    let injection = inject(Rules::SUBTENSOR_425, &mut subnet, &smaller, &mut credit, &mut PassivePool);
    assert_eq!((injection, credit), (Injection { excess_tao: 0, alpha_in: 50, tao_in: 99 }, 0));
}

#[test]
fn what_a_pool_refuses_waits() {
    let (before, terms) = subnet_with_terms();
    let before = SubnetState { tao_reservoir: 1, alpha_reservoir: 2, ..before };
    let run = |mut credit: u64, pool: &mut FussyPool| {
        let mut subnet = before;
        let injection = inject(Rules::SUBTENSOR_475, &mut subnet, &terms, &mut credit, pool);
        (injection, credit, subnet)
    };
    let (injection, credit, subnet) = run(300, &mut FussyPool { least: 100, takes_alpha: false });
    assert_eq!((injection, credit), (Injection { excess_tao: 100, alpha_in: 0, tao_in: 0 }, 0));
    let sold = SubnetState { tao_reserve: 107, alpha_in_reserve: 950, alpha_out_supply: 60, ..before };
    assert_eq!(subnet, SubnetState { tao_reservoir: 201, alpha_reservoir: 52, protocol_alpha: 50, ..sold });

    // A buy that fails pays for the same subnet's injection; the pool takes the alpha alone, the older one, too.
    let (injection, credit, subnet) = run(200, &mut FussyPool { least: 101, takes_alpha: true });
    assert_eq!((injection, credit), (Injection { excess_tao: 0, alpha_in: 52, tao_in: 0 }, 0));
    let injected = SubnetState { alpha_in_reserve: 1_052, alpha_reservoir: 0, ..before };
    assert_eq!(subnet, SubnetState { tao_reservoir: 201, ..injected });
}

#[test]
fn lengths_that_do_not_fit_are_refused() {
    let mut network = Network::CHAIN_DEFAULT;
    let mut subnets = [SubnetState::new(1), SubnetState::new(2)];
    let (mut shares, mut reports) = ([SubnetShare::default(); 3], [SubnetReport::default(); 3]);
    let mut refusal = |shares: &mut [SubnetShare], reports: &mut [SubnetReport]| {
        coinbase(1, &mut network, &mut subnets, &mut PassivePool, shares, reports)
            .err()
            .map(|error| (error.code, error.field, error.index, error.limit))
    };
    assert_eq!(refusal(&mut shares, &mut reports), Some((ErrorCode::Length, "reports", 3, 2)));
    assert_eq!(refusal(&mut shares[..1], &mut reports[..2]), Some((ErrorCode::TooSmall, "shares", 1, 2)));
    assert_eq!(refusal(&mut shares, &mut reports[..2]), None);
    assert_eq!(network.issuance.total, 0); // all of it recycled: nobody is eligible
}

fn random_network(rules: Rules, numbers: &mut Numbers) -> Network {
    let mut network = Network { rules, ..Network::CHAIN_DEFAULT };
    network.issuance.total = numbers.any_size();
    network.issuance.balances = numbers.any_size().min(CAP);
    network.root.tao = numbers.any_size();
    network.gate.bar = U64F64::from_bits((numbers.below(2) * numbers.any_size()).into());
    network.gate.bar_rank = u16::try_from(numbers.below(4)).unwrap_or_default();
    network
}

fn random_subnet(numbers: &mut Numbers) -> SubnetState {
    let tempo = u16::try_from(numbers.below(20)).unwrap_or_default();
    SubnetState {
        mechanism: u16::try_from(numbers.below(3)).unwrap_or_default(),
        pool_price: U64F64::from_bits(u128::from(numbers.any_size()) << numbers.below(4)),
        moving_price: I96F32::from_bits((numbers.any_size() >> 30).into()),
        miner_burned: convert::<_, U96F32>(U64F64::from_bits(numbers.any_size().into())),
        first_emission_block: numbers.chance(90).then_some(900),
        emission_enabled: numbers.chance(80),
        owner_cut_enabled: numbers.chance(50),
        tao_reserve: numbers.any_size() >> 8,
        // More than the buys of a test can take out.
        alpha_in_reserve: (1 << 40) + (numbers.any_size() >> 8),
        alpha_out_supply: numbers.any_size() >> 8,
        tao_reservoir: numbers.any_size() >> 8,
        alpha_reservoir: numbers.any_size() >> 8,
        protocol_alpha: numbers.any_size() >> 8,
        schedule: ScheduleState {
            tempo,
            epoch_mode: if numbers.chance(30) { EpochMode::Null } else { EpochMode::Yuma },
            ..ScheduleState::CHAIN_DEFAULT
        },
        ..SubnetState::new(u16::try_from(numbers.below(8)).unwrap_or_default())
    }
}

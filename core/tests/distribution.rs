//! What holds for every drained subnet: no rao unaccounted for. And what the doors of distribution, mechanisms and
//! submission refuse.

use yuma_core::distribution::{
    ChildkeyTerms, Collateral, Credit, Distribution, DividendRow, Drained, DrainedSubnet, Edges, EpochShare, Hotkey,
    HotkeyOutcome, Network, PendingDividends, RecycleOrBurn, Stake, StakeWeight, Suspended, distribute,
    dividend_distribution, inherited_stake, max_credits, owner_hotkeys, split_dividend, stake_weights,
};
use yuma_core::epoch::NullBudgets;
use yuma_core::fixed::{U64F64, U96F32};
use yuma_core::mechanisms::{MechanismTerm, fold_mechanisms, mechanism_weights, split_null_emission};
use yuma_core::schedule::EpochMode;
use yuma_core::submission::{SubmissionError, WeightsCaller, WeightsRequest, WeightsSubnet, validate_weights};
use yuma_core::{Error, ErrorCode, Rows, Rules};

/// A sequence of numbers that look random, the same in every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below 2^`bits`, small ones as likely as large ones.
    fn any_size(&mut self, bits: u64) -> u64 {
        let shift = 64 - bits + self.next() % bits;
        self.next() >> shift
    }

    fn below(&mut self, limit: usize) -> u16 {
        u16::try_from(self.next() % limit as u64).expect("small limits")
    }

    fn maybe<T>(&mut self, value: T) -> Option<T> {
        self.next().is_multiple_of(2).then_some(value)
    }
}

/// The memory behind a [`DrainedSubnet`].
struct Owned {
    stakes: Vec<Stake>,
    hotkeys: Vec<Hotkey>,
    offsets: Vec<u32>,
    parents: Vec<u16>,
    proportions: Vec<u64>,
    kept: Vec<U96F32>,
    epoch: Vec<EpochShare>,
    auto_stake: Vec<Option<u16>>,
    suspended: Vec<bool>,
    collateral: Vec<Option<Collateral>>,
    basket_pending: Vec<u64>,
}

impl Owned {
    /// A subnet whose epoch gives out at most `server` as incentives.
    fn random(numbers: &mut Numbers, server: u64) -> Self {
        let count = 1 + usize::from(numbers.below(9));
        let mut left = server;
        let mut owned = Self {
            stakes: Vec::new(),
            hotkeys: Vec::new(),
            offsets: vec![0],
            parents: Vec::new(),
            proportions: Vec::new(),
            kept: vec![U96F32::ZERO; count],
            epoch: Vec::new(),
            auto_stake: (0..4).map(|_| numbers.below(count)).collect::<Vec<_>>().into_iter().map(Some).collect(),
            suspended: Vec::new(),
            collateral: Vec::new(),
            basket_pending: Vec::new(),
        };
        owned.auto_stake[1] = None;
        owned.suspended = (0..count).map(|_| numbers.maybe(()).is_some()).collect();
        owned.basket_pending = (0..count).map(|_| numbers.any_size(50)).collect();
        let mut collateral = || {
            let (locked, min_locked) = (numbers.any_size(50), numbers.any_size(50));
            let drain_ratio = U64F64::from_bits(numbers.any_size(64).into());
            numbers.maybe(Collateral { locked, min_locked, earned: 0, drain_ratio })
        };
        owned.collateral = (0..count).map(|_| collateral()).collect();
        for index in 0..u16::try_from(count).expect("small") {
            owned.stakes.push(Stake { alpha: numbers.any_size(50), root: numbers.any_size(50) });
            let uid = numbers.maybe(index);
            owned.hotkeys.push(Hotkey {
                owner: numbers.below(6).into(),
                take: numbers.below(11_797),
                childkey_take: numbers.below(11_797),
                uid,
                registered_at: numbers.below(3).into(),
                on_root: numbers.maybe(()).is_some(),
                has_members: numbers.maybe(()).is_some(),
            });
            for _ in 0..numbers.below(3) {
                owned.parents.push(numbers.below(count));
                owned.proportions.push(numbers.next());
            }
            owned.offsets.push(u32::try_from(owned.parents.len()).expect("few"));
            let incentive = numbers.any_size(50).min(left);
            left -= incentive;
            let row = EpochShare { hotkey: index, incentive, dividend: numbers.any_size(50) };
            owned.epoch.extend(numbers.maybe(row));
        }
        owned
    }

    fn network(&mut self, rules: Rules, owner_hotkey: Option<u16>) -> Network<'_> {
        let parents = Rows::new("edges", &self.offsets, &self.parents, &self.proportions).expect("rows");
        let suspended = Suspended { flags: &self.suspended, owner_hotkey };
        let edges = Edges::visible(rules, parents, suspended, &mut self.kept).expect("edges");
        Network { stakes: &self.stakes, hotkeys: &self.hotkeys, edges }
    }
}

/// Runs `check` on random subnets under every set of rules.
fn with_random_subnets(check: impl Fn(&DrainedSubnet)) {
    let mut numbers = Numbers(20_260_724);
    for rules in Rules::ALL.iter().cycle().take(20_000) {
        let drained = Drained {
            server: numbers.any_size(50),
            validator: numbers.any_size(50),
            root: numbers.any_size(50),
            owner_cut: numbers.any_size(50),
        };
        let mut owned = Owned::random(&mut numbers, drained.server);
        let count = owned.hotkeys.len();
        let (epoch, auto_stake) = (owned.epoch.clone(), owned.auto_stake.clone());
        let (collateral, basket_pending) = (owned.collateral.clone(), owned.basket_pending.clone());
        let owner_coldkey = numbers.below(6).into();
        let owner_hotkey = numbers.below(count);
        let owner_hotkey = numbers.maybe(owner_hotkey);
        let lease_share = u8::try_from(numbers.below(101)).expect("small");
        check(&DrainedSubnet {
            rules: *rules,
            network: owned.network(*rules, owner_hotkey),
            drained,
            epoch: &epoch,
            epoch_mode: numbers.maybe(EpochMode::Null).unwrap_or_default(),
            terms: ChildkeyTerms {
                tao_weight: numbers.next(),
                burn: numbers.any_size(64),
                min_take: numbers.below(9_000),
                min_take_subnet: numbers.below(9_000),
            },
            owner_coldkey: numbers.maybe(owner_coldkey),
            owner_hotkey,
            lease_share: numbers.maybe(lease_share),
            recycle_or_burn: numbers.maybe(RecycleOrBurn::Recycle).unwrap_or_default(),
            auto_stake: &auto_stake,
            collateral: &collateral,
            basket_pending: &basket_pending,
        });
    }
}

fn distributed(subnet: &DrainedSubnet) -> (Vec<HotkeyOutcome>, Vec<Credit>, Distribution) {
    let mut outcomes = vec![HotkeyOutcome::default(); subnet.network.hotkeys.len()];
    let mut credits: Vec<Credit> = Vec::new();
    let sums = distribute(subnet, &mut outcomes, |credit| credits.push(credit)).expect("a valid subnet");
    (outcomes, credits, sums)
}

#[test]
fn every_rao_is_credited_claimable_queued_recycled_withheld_or_named_unassigned() {
    with_random_subnets(|subnet| {
        let (outcomes, credits, sums) = distributed(subnet);
        check_account(subnet, &outcomes, &credits, &sums);
    });
}

#[test]
fn rules_of_425_read_nothing_of_475() {
    with_random_subnets(|subnet| {
        if subnet.rules != Rules::SUBTENSOR_425 {
            return;
        }
        let strip = |hotkey: &Hotkey| Hotkey { on_root: false, has_members: false, ..*hotkey };
        let hotkeys: Vec<Hotkey> = subnet.network.hotkeys.iter().map(strip).collect();
        let network = Network { hotkeys: &hotkeys, ..subnet.network };
        let stripped = DrainedSubnet {
            network,
            epoch_mode: EpochMode::Yuma,
            lease_share: None,
            collateral: &[],
            basket_pending: &[],
            ..*subnet
        };
        let (outcomes, credits, sums) = distributed(subnet);
        let (stripped_outcomes, stripped_credits, stripped_sums) = distributed(&stripped);
        assert_eq!((credits, sums), (stripped_credits, stripped_sums));
        for (index, (outcome, stripped)) in outcomes.iter().zip(&stripped_outcomes).enumerate() {
            assert_eq!((outcome.dividends, outcome.total_alpha), (stripped.dividends, stripped.total_alpha));
            assert_eq!(outcome.collateral, subnet.collateral[index]);
            assert_eq!(outcome.basket_pending, subnet.basket_pending[index]);
        }
    });
}

#[test]
fn edges_of_suspended_parents_count_before_475() {
    let rows = Rows::new("edges", &[0, 1, 2], &[1, 0], &[u64::MAX, u64::MAX]).expect("rows");
    let suspended = Suspended { flags: &[true, true], owner_hotkey: Some(1) };
    let mut kept = [U96F32::ZERO; 2];
    let edges = Edges::visible(Rules::SUBTENSOR_425, rows, suspended, &mut kept).expect("edges");
    assert_eq!((edges.parents(0).count(), edges.parents(1).count(), edges.kept(0)), (1, 1, U96F32::ZERO));
    let edges = Edges::visible(Rules::SUBTENSOR_475, rows, suspended, &mut kept).expect("edges");
    assert_eq!((edges.parents(0).count(), edges.parents(1).count(), edges.kept(0)), (1, 0, U96F32::ONE));
}

fn check_account(subnet: &DrainedSubnet, outcomes: &[HotkeyOutcome], credits: &[Credit], sums: &Distribution) {
    let Drained { server, validator, root, owner_cut } = subnet.drained;
    let all = [server, validator, root, owner_cut].map(i128::from).iter().sum::<i128>();
    let credited: i128 = credits.iter().map(|credit| i128::from(credit.amount)).sum();
    let to_root = i128::try_from(sums.claimable + sums.queued).expect("small") + i128::from(sums.recycled_root);
    assert_eq!(all, credited + to_root + i128::from(sums.withheld) + sums.unassigned);
    assert!(if subnet.rules == Rules::SUBTENSOR_425 { sums.queued == 0 } else { sums.claimable == 0 });
    assert!(credits.len() <= max_credits(outcomes.len()) && credits.iter().all(|credit| credit.amount > 0));

    let before: i128 = subnet.network.stakes.iter().map(|stake| i128::from(stake.alpha)).sum();
    let after: i128 = outcomes.iter().map(|outcome| i128::from(outcome.total_alpha)).sum();
    assert_eq!(after, before + credited);

    let waiting: u64 = subnet.basket_pending.iter().sum();
    let waiting_after: u64 = outcomes.iter().map(|outcome| outcome.basket_pending).sum();
    assert_eq!(u128::from(waiting_after), u128::from(waiting) + sums.queued);

    let withheld: u64 = owner_hotkeys(subnet).filter_map(|hotkey| outcomes[usize::from(hotkey)].incentive).sum();
    assert_eq!(sums.withheld, withheld);
    match subnet.recycle_or_burn {
        RecycleOrBurn::Burn => assert_eq!(sums.burned, withheld),
        RecycleOrBurn::Recycle => assert!(sums.burned == 0 && sums.recycled >= withheld + sums.recycled_root),
    }

    // Nothing is unassigned but what the rules lose, and fractions.
    let lost_if = |condition: bool, amount: u64| if condition { i128::from(amount) } else { 0 };
    let dividends = || outcomes.iter().filter_map(|outcome| outcome.dividends);
    let rules_lose = lost_if(subnet.owner_coldkey.is_none() || subnet.owner_hotkey.is_none(), owner_cut)
        + lost_if(sums.incentive_sum > 0, server.saturating_sub(sums.incentive_sum))
        + lost_if(dividends().all(|dividends| dividends.amounts.alpha == 0), sums.validator_alpha)
        + lost_if(sums.recycled_root == 0 && dividends().all(|dividends| dividends.amounts.root == 0), root);
    let per_hotkey = i128::from(sums.validator_alpha >> 32) + i128::from(root >> 32) + 6;
    let fractions = i128::try_from(outcomes.len()).expect("few") * per_hotkey;
    let bounds = rules_lose..=rules_lose + fractions;
    assert!(bounds.contains(&sums.unassigned), "{sums:?} leaves {bounds:?}");
}

#[test]
fn owner_hotkeys_are_in_the_chains_order() {
    let hotkey = |owner, uid, registered_at| Hotkey { owner, uid, registered_at, ..Hotkey::default() };
    let hotkeys = [
        hotkey(7, Some(4), 10),
        hotkey(7, Some(3), 20),
        hotkey(7, None, 30),
        hotkey(7, Some(0), 10),
        hotkey(8, Some(1), 5),
    ];
    let mut kept = [U96F32::ZERO; 5];
    let network = Network {
        stakes: &[Stake::default(); 5],
        hotkeys: &hotkeys,
        edges: Edges::new(Rows::EMPTY, &mut kept).expect("no edges"),
    };
    let mut subnet = DrainedSubnet {
        owner_coldkey: Some(7),
        owner_hotkey: Some(4),
        ..DrainedSubnet::new(Rules::SUBTENSOR_425, network)
    };
    assert_eq!(owner_hotkeys(&subnet).collect::<Vec<_>>(), [4, 1, 3, 0]);
    subnet.owner_hotkey = Some(2);
    assert_eq!(owner_hotkeys(&subnet).collect::<Vec<_>>(), [1, 3, 0]);
    subnet.owner_coldkey = None;
    assert_eq!(owner_hotkeys(&subnet).count(), 0);
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> (ErrorCode, &'static str, u64, u64) {
    let error = result.expect_err("this input is refused");
    (error.code, error.field, error.index, error.limit)
}

#[test]
fn edges_refuse_what_is_not_a_hotkey() {
    let mut kept = [U96F32::ZERO; 2];
    let parents = Rows::new("edges", &[0, 1, 2], &[1, 2], &[5, 5]).expect("rows");
    assert_eq!(refusal(Edges::new(parents, &mut kept)), (ErrorCode::Range, "edges", 1, 1));
    let parents = Rows::new("edges", &[0, 0, 0, 0], &[], &[]).expect("rows");
    assert_eq!(refusal(Edges::new(parents, &mut kept)), (ErrorCode::Length, "edges", 3, 2));
    let mut many = vec![U96F32::ZERO; 65_537];
    assert_eq!(refusal(Edges::new(Rows::EMPTY, &mut many)), (ErrorCode::Range, "hotkeys", 65_536, 65_535));
    assert_eq!(Edges::new(Rows::EMPTY, &mut many[1..]).map(|edges| edges.hotkeys()), Ok(65_536));
}

#[test]
fn distribution_refuses_tables_that_do_not_fit_the_hotkeys() {
    let mut kept = [U96F32::ZERO; 2];
    let edges = Edges::new(Rows::EMPTY, &mut kept).expect("no edges");
    let stakes = [Stake::default(); 2];
    let hotkeys = [Hotkey::default(); 2];

    assert_eq!(refusal(inherited_stake(&stakes[1..], &edges, 0)), (ErrorCode::Length, "stakes", 1, 2));
    assert_eq!(refusal(inherited_stake(&stakes, &edges, 2)), (ErrorCode::Range, "hotkey", 0, 1));

    let mut weights = [StakeWeight::default(); 2];
    let uids = [None, Some(2)];
    assert_eq!(
        refusal(stake_weights(&stakes[1..], &edges, 0, &uids, &mut weights)),
        (ErrorCode::Length, "stakes", 1, 2)
    );
    assert_eq!(refusal(stake_weights(&stakes, &edges, 0, &uids, &mut weights)), (ErrorCode::Range, "uids", 1, 1));
    let one = &mut weights[1..];
    assert_eq!(refusal(stake_weights(&stakes, &edges, 0, &uids, one)), (ErrorCode::Length, "weights", 1, 2));

    let terms = ChildkeyTerms::CHAIN_DEFAULT;
    let network = Network { stakes: &stakes, hotkeys: &hotkeys, edges };
    let short_stakes = Network { stakes: &stakes[1..], ..network };
    let short_hotkeys = Network { hotkeys: &hotkeys[1..], ..network };
    let nothing = |_| panic!("nothing is paid");
    assert_eq!(refusal(split_dividend(&terms, &network, 2, 1, nothing)), (ErrorCode::Range, "validator", 0, 1));
    assert_eq!(refusal(split_dividend(&terms, &short_stakes, 0, 1, nothing)), (ErrorCode::Length, "stakes", 1, 2));
    assert_eq!(refusal(split_dividend(&terms, &short_hotkeys, 0, 1, nothing)), (ErrorCode::Length, "hotkeys", 1, 2));

    let row = DividendRow { dividend: U96F32::ONE, stake: None, on_root: false };
    let distributed = dividend_distribution(Rules::NEWEST, PendingDividends::default(), 0, &[row], &mut []);
    assert_eq!(refusal(distributed), (ErrorCode::Length, "amounts", 0, 1));

    let subnet = DrainedSubnet {
        drained: Drained { server: 1, validator: 1, root: 1, owner_cut: 1 },
        epoch: &[EpochShare { hotkey: 1, incentive: 1, dividend: 1 }],
        owner_coldkey: Some(1),
        owner_hotkey: Some(1),
        auto_stake: &[None, Some(1)],
        ..DrainedSubnet::new(Rules::NEWEST, network)
    };
    let refused = |subnet: DrainedSubnet, outcomes: usize| {
        let mut outcomes = vec![HotkeyOutcome::default(); outcomes];
        refusal(distribute(&subnet, &mut outcomes, |_| panic!("nothing is credited")))
    };
    let strange = [EpochShare { hotkey: 2, incentive: 1, dividend: 1 }];
    assert_eq!(refused(subnet, 1), (ErrorCode::Length, "outcomes", 1, 2));
    assert_eq!(refused(DrainedSubnet { network: short_stakes, ..subnet }, 2), (ErrorCode::Length, "stakes", 1, 2));
    assert_eq!(refused(DrainedSubnet { epoch: &strange, ..subnet }, 2), (ErrorCode::Range, "epoch", 0, 1));
    assert_eq!(refused(DrainedSubnet { owner_hotkey: Some(9), ..subnet }, 2), (ErrorCode::Range, "owner_hotkey", 0, 1));
    assert_eq!(
        refused(DrainedSubnet { lease_share: Some(101), ..subnet }, 2),
        (ErrorCode::Range, "lease_share", 0, 100)
    );
    let auto_stake = [None, Some(2)];
    assert_eq!(refused(DrainedSubnet { auto_stake: &auto_stake, ..subnet }, 2), (ErrorCode::Range, "auto_stake", 1, 1));
}

#[test]
fn mechanisms_refuse_lengths_that_differ_and_strange_hotkeys() {
    let half = U64F64::from_bits(1 << 63);
    assert_eq!(refusal(mechanism_weights(2, &[1, 1], &mut [half])), (ErrorCode::Length, "weights", 1, 2));
    let term = |hotkey| MechanismTerm { hotkey, ..MechanismTerm::default() };
    let mut folded = [Some(term(7)); 2];
    let (rules, mode) = (Rules::NEWEST, EpochMode::Yuma);
    let folding = fold_mechanisms(rules, mode, &[half], &[], &mut folded);
    assert_eq!(refusal(folding), (ErrorCode::Length, "mechanisms", 0, 1));
    let mechanisms: [&[_]; 2] = [&[term(1)], &[term(0), term(2)]];
    let folding = fold_mechanisms(rules, mode, &[half; 2], &mechanisms, &mut folded);
    assert_eq!(refusal(folding), (ErrorCode::Range, "terms", 2, 1));
    assert_eq!(folded, [Some(term(7)); 2]); // untouched

    let mut budgets = [NullBudgets::of_emission(0); 1];
    let mut split = |rules| split_null_emission(rules, &Drained::default(), None, &mut [0; 2], &mut budgets);
    assert_eq!(refusal(split(Rules::SUBTENSOR_475)), (ErrorCode::Length, "budgets", 1, 2));
    assert_eq!(refusal(split(Rules::SUBTENSOR_425)), (ErrorCode::NotInRules, "split_null_emission", 425, 475));
}

#[test]
fn before_475_terms_are_folded_as_in_yuma_mode() {
    let half = U64F64::from_bits(1 << 63);
    let term = MechanismTerm { emission: 100, ..MechanismTerm::default() };
    let emission = |rules, mode| {
        let mut folded = [None];
        fold_mechanisms(rules, mode, &[half; 2], &[&[term], &[term]], &mut folded).expect("valid terms");
        folded[0].map(|term: MechanismTerm| term.emission)
    };
    assert_eq!(emission(Rules::SUBTENSOR_425, EpochMode::Null), Some(100));
    assert_eq!(emission(Rules::SUBTENSOR_475, EpochMode::Yuma), Some(100));
    assert_eq!(emission(Rules::SUBTENSOR_475, EpochMode::Null), Some(200));
}

/// A subnet that lets the owner (uid 0) set any weights.
const OPEN: WeightsSubnet =
    WeightsSubnet { n: u16::MAX, owner_uid: Some(0), min_allowed_weights: 0, ..WeightsSubnet::CHAIN_DEFAULT };

fn set_weights(uids: &[u16], values: &[u16], subnet: &WeightsSubnet) -> Result<(), SubmissionError> {
    let request = WeightsRequest { netuid: 1, mecid: 0, uids, values, version_key: 0 };
    let caller = WeightsCaller { uid: Some(0), ..WeightsCaller::default() };
    validate_weights(&request, &caller, subnet).map(|_| ())
}

#[test]
fn a_uid_that_occurs_twice_is_found_wherever_it_is() {
    let mut numbers = Numbers(5);
    for _ in 0..2_000 {
        let length = usize::from(numbers.below(40));
        let mask = if numbers.next().is_multiple_of(2) { 0x3ff } else { 0xf0c1 };
        let uids: Vec<u16> = (0..length).map(|_| numbers.below(65_535) & mask).collect();
        let mut different = uids.clone();
        different.sort_unstable();
        different.dedup();
        let expected = if different.len() < length { Err(SubmissionError::DuplicateUids) } else { Ok(()) };
        assert_eq!(set_weights(&uids, &vec![1; length], &OPEN), expected, "{uids:?}");
    }
}

#[test]
fn a_weight_limit_is_tested_on_the_scaled_weights() {
    let third = WeightsSubnet { max_weight_limit: 21_845, ..OPEN };
    assert_eq!(set_weights(&[1, 2, 3], &[9, 9, 9], &third), Ok(()));
    assert_eq!(set_weights(&[1, 2, 3], &[9, 9, 10], &third), Err(SubmissionError::MaxWeightExceeded));
    assert_eq!(set_weights(&[0], &[9], &third), Ok(())); // a self weight
    // 40000, 20000, 20000 become 65535, 32767, 32767: a bit more than a half.
    let half = WeightsSubnet { max_weight_limit: 32_768, ..OPEN };
    assert_eq!(set_weights(&[1, 2, 3], &[40_000, 20_000, 20_000], &half), Ok(()));
    let half = WeightsSubnet { max_weight_limit: 32_767, ..OPEN };
    assert_eq!(set_weights(&[1, 2, 3], &[40_000, 20_000, 20_000], &half), Err(SubmissionError::MaxWeightExceeded));
}

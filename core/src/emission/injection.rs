//! What a subnet's TAO emission becomes (spec `emission.md` §8), and how it goes into the pool (§10.4).

use super::block::block_emission;
use super::coinbase::SubnetState;
use super::price::DYNAMIC;
use super::root::{RootStake, root_proportion};
use crate::fixed::{U64F64, U96F32, convert, safe_div};
use crate::rules::Rules;

/// What one block means for one subnet, in rao with a fraction (§8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SubnetTerms {
    /// The subnet's TAO of the block (§5.4).
    pub tao_emission: U96F32,
    /// Root's part of the subnet, which limits `alpha_in`.
    pub root_proportion: U96F32,
    /// Alpha created for the participants: a whole number.
    pub alpha_out: U96F32,
    /// Alpha injected into the pool.
    pub alpha_in: U96F32,
    /// TAO injected into the pool.
    pub tao_in: U96F32,
    /// TAO that buys alpha instead.
    pub excess_tao: U96F32,
}

/// What becomes of a TAO emission at a spot price, for a subnet of this alpha issuance in rao before the block (§8).
///
/// ```
/// use yuma_core::emission::{RootStake, subnet_terms};
/// use yuma_core::fixed::{U64F64, U96F32};
/// // Root weighs a quarter: no more than a quarter of the alpha created is injected, the rest of the TAO buys alpha.
/// let root = RootStake { tao: 1_000_000_000_000_000, tao_weight: u64::MAX };
/// let tao_emission = U96F32::from_num(400_000_000);
/// let terms = subnet_terms(tao_emission, U64F64::from_num(0.5), 3_000_000_000_000_000, root);
/// assert_eq!(terms.alpha_out.to_num::<u64>(), 1_000_000_000);
/// assert_eq!(terms.alpha_in.to_num::<u64>(), 250_000_000);
/// assert_eq!(terms.tao_in.to_num::<u64>(), 125_000_000);
/// assert_eq!(terms.excess_tao.to_num::<u64>(), 275_000_000);
/// ```
pub fn subnet_terms(tao_emission: U96F32, spot_price: U64F64, alpha_issuance: u64, root: RootStake) -> SubnetTerms {
    let alpha_out = U96F32::from(block_emission(alpha_issuance));
    let root_proportion = root_proportion(root, alpha_issuance);
    let price: U96F32 = convert(spot_price);
    let limit = root_proportion.saturating_mul(alpha_out);
    let wanted = safe_div(tao_emission, price);
    let (alpha_in, tao_in) = if wanted > limit { (limit, limit.saturating_mul(price)) } else { (wanted, tao_emission) };
    SubnetTerms {
        tao_emission,
        root_proportion,
        alpha_out,
        alpha_in,
        tao_in,
        excess_tao: tao_emission.saturating_sub(tao_in),
    }
}

/// A subnet's market as a block sees it. The pool's own arithmetic is not part of the specification (§10.4).
///
/// The provided methods are those of [`PassivePool`]; override what the market at hand does.
pub trait Pool {
    /// The pool's price of alpha in TAO. Asked before the block's injections, and once more after them.
    fn price(&mut self, subnet: &SubnetState) -> U64F64 {
        subnet.pool_price
    }

    /// Whether the pool takes these amounts, in rao, or refuses them as unbalanced. From 475 on it is offered both, then
    /// the alpha alone, then the TAO alone, up to the first it takes; before that once, ahead of the buy.
    fn accepts(&mut self, _subnet: &SubnetState, _tao: u64, _alpha: u64) -> bool {
        true
    }

    /// Sells alpha for `tao` rao; `None`: the buy fails. For a mechanism other than 1 the chain sells one for one: from 475
    /// on the pool is not asked then.
    fn buy(&mut self, _subnet: &SubnetState, tao: u64) -> Option<Purchase> {
        Some(Purchase { paid_in: tao, paid_out: 0 })
    }
}

/// A pool that keeps the price in [`SubnetState::pool_price`], accepts everything, and takes TAO without giving alpha
/// for it.
#[derive(Debug, Clone, Copy, Default)]
pub struct PassivePool;

impl Pool for PassivePool {}

/// What a buy moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purchase {
    /// TAO the pool took, in rao.
    pub paid_in: u64,
    /// Alpha it gave, in rao.
    pub paid_out: u64,
}

/// What an injection moved, in rao (§10.4). From 475 on the amounts may be older than the block: they waited in the
/// reservoirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Injection {
    /// TAO that went into a buy.
    pub excess_tao: u64,
    /// Alpha that went into the pool.
    pub alpha_in: u64,
    /// TAO that went into the pool.
    pub tao_in: u64,
}

/// Carries out a subnet's terms as far as the block's `credit` of TAO, in rao, goes (§10.4).
///
/// First the buy, then the injection; alpha is injected whether or not TAO is. Before 475 what the pool refuses is lost, and
/// so is the credit of a buy that fails; from then on the one waits in the subnet's reservoirs, the other is credit again.
///
/// ```
/// use yuma_core::Rules;
/// use yuma_core::emission::{PassivePool, RootStake, SubnetState, inject, subnet_terms};
/// use yuma_core::fixed::{U64F64, U96F32};
/// let mut subnet = SubnetState { tao_reservoir: 5, ..SubnetState::new(1) };
/// let terms = subnet_terms(U96F32::from_num(100), U64F64::ONE, 0, RootStake { tao: 1, tao_weight: u64::MAX });
/// let mut credit = 150;
/// let moved = inject(Rules::SUBTENSOR_475, &mut subnet, &terms, &mut credit, &mut PassivePool);
/// assert_eq!((moved.tao_in, moved.alpha_in, moved.excess_tao, credit), (105, 100, 0, 50));
/// ```
pub fn inject(
    rules: Rules,
    subnet: &mut SubnetState,
    terms: &SubnetTerms,
    credit: &mut u64,
    pool: &mut impl Pool,
) -> Injection {
    (rules.emission().inject)(subnet, terms, credit, pool)
}

/// The pool is asked first, and what it refuses is dropped (§10.4).
pub(crate) fn inject_or_drop(
    subnet: &mut SubnetState,
    terms: &SubnetTerms,
    credit: &mut u64,
    pool: &mut dyn Pool,
) -> Injection {
    let offer = (convert(terms.tao_in), convert(terms.alpha_in));
    let (tao, alpha_in) = if pool.accepts(subnet, offer.0, offer.1) { offer } else { (0, 0) };

    let excess_tao = match spend(credit, convert(terms.excess_tao)) {
        0 => 0,
        // The credit is spent even if the buy fails.
        tao => pool.buy(subnet, tao).map_or(0, |purchase| book(subnet, purchase)),
    };
    let tao_in = spend(credit, tao);
    add_to_reserves(subnet, Injection { excess_tao, alpha_in, tao_in })
}

/// The buy comes first, and what the pool refuses waits in the reservoirs (§10.4, from 475 on).
pub(crate) fn inject_or_keep(
    subnet: &mut SubnetState,
    terms: &SubnetTerms,
    credit: &mut u64,
    pool: &mut dyn Pool,
) -> Injection {
    let excess_tao = match spend(credit, convert(terms.excess_tao)) {
        0 => 0,
        tao => buy_or_refund(subnet, tao, credit, pool),
    };
    let tao = subnet.tao_reservoir.saturating_add(spend(credit, convert(terms.tao_in)));
    let alpha = subnet.alpha_reservoir.saturating_add(convert(terms.alpha_in));

    let offers = [(tao, alpha), (0, alpha), (tao, 0)];
    let taken = offers.into_iter().find(|&(tao, alpha)| pool.accepts(subnet, tao, alpha));
    let (tao_in, alpha_in) = taken.unwrap_or((0, 0));
    subnet.tao_reservoir = tao.saturating_sub(tao_in);
    subnet.alpha_reservoir = alpha.saturating_sub(alpha_in);
    add_to_reserves(subnet, Injection { excess_tao, alpha_in, tao_in })
}

/// Takes an amount out of the credit, all of it or nothing: what was taken.
fn spend(credit: &mut u64, amount: u64) -> u64 {
    let Some(rest) = credit.checked_sub(amount) else { return 0 };
    *credit = rest;
    amount
}

/// Buys alpha for `tao` rao, one for one where there is no pool to ask; they are credit again if the buy fails: what the
/// pool took (§10.4.1, from 475 on).
fn buy_or_refund(subnet: &mut SubnetState, tao: u64, credit: &mut u64, pool: &mut dyn Pool) -> u64 {
    let one_for_one = Purchase { paid_in: tao, paid_out: tao };
    let purchase = if subnet.mechanism == DYNAMIC { pool.buy(subnet, tao) } else { Some(one_for_one) };
    let Some(purchase) = purchase else {
        *credit = credit.saturating_add(tao);
        return 0;
    };
    subnet.protocol_alpha = subnet.protocol_alpha.saturating_add(purchase.paid_out);
    book(subnet, purchase)
}

/// Moves what was bought from the reserve to the supply: the TAO paid in (§10.4).
fn book(subnet: &mut SubnetState, Purchase { paid_in, paid_out }: Purchase) -> u64 {
    subnet.tao_reserve = subnet.tao_reserve.saturating_add(paid_in);
    subnet.alpha_in_reserve = subnet.alpha_in_reserve.saturating_sub(paid_out);
    subnet.alpha_out_supply = subnet.alpha_out_supply.saturating_add(paid_out);
    paid_in
}

/// The injected amounts become the pool's (§10.4).
fn add_to_reserves(subnet: &mut SubnetState, injection: Injection) -> Injection {
    subnet.alpha_in_reserve = subnet.alpha_in_reserve.saturating_add(injection.alpha_in);
    subnet.tao_reserve = subnet.tao_reserve.saturating_add(injection.tao_in);
    injection
}

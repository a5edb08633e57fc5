//! What a subnet's TAO emission becomes (spec `emission.md` §8), and how it goes into the pool (§10.4).

use super::block::block_emission;
use super::coinbase::SubnetState;
use super::root::{RootStake, root_proportion};
use crate::fixed::{U64F64, U96F32, convert, safe_div};

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

    /// Whether the pool takes these amounts, in rao, or refuses them as unbalanced.
    fn accepts(&mut self, _subnet: &SubnetState, _tao: u64, _alpha: u64) -> bool {
        true
    }

    /// Sells alpha for `tao` rao; `None`: the buy fails. For a mechanism other than 1 the chain sells one for one.
    fn buy(&mut self, _subnet: &SubnetState, tao: u64) -> Option<Purchase> {
        Some(Purchase { paid_in: tao, paid_out: 0 })
    }
}

/// A pool that keeps the price in [`SubnetState::pool_price`], accepts everything, and takes TAO without giving alpha
/// for it: what the golden vectors are made with.
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

/// What an injection moved, in rao (§10.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Injection {
    /// TAO that went into a buy.
    pub excess_tao: u64,
    /// Alpha that went into the pool.
    pub alpha_in: u64,
    /// TAO that went into the pool.
    pub tao_in: u64,
}

/// Carries out a subnet's terms as far as the block's `credit` of TAO, in rao, goes: first the buy, then the injection.
/// Alpha is injected whether or not TAO is (§10.4).
pub fn inject(subnet: &mut SubnetState, terms: &SubnetTerms, credit: &mut u64, pool: &mut impl Pool) -> Injection {
    let (tao, alpha) = (convert(terms.tao_in), convert(terms.alpha_in));
    let (tao, alpha) = if pool.accepts(subnet, tao, alpha) { (tao, alpha) } else { (0, 0) };

    let excess_tao = match spend(credit, convert(terms.excess_tao)) {
        0 => 0,
        excess => buy(subnet, excess, pool),
    };
    subnet.alpha_in_reserve = subnet.alpha_in_reserve.saturating_add(alpha);
    let tao_in = spend(credit, tao);
    subnet.tao_reserve = subnet.tao_reserve.saturating_add(tao_in);
    Injection { excess_tao, alpha_in: alpha, tao_in }
}

/// Takes an amount out of the credit, all of it or nothing: what was taken.
fn spend(credit: &mut u64, amount: u64) -> u64 {
    let Some(rest) = credit.checked_sub(amount) else { return 0 };
    *credit = rest;
    amount
}

/// Buys alpha for `tao` rao, which is spent even if the buy fails: what the pool took (§10.4.2).
fn buy(subnet: &mut SubnetState, tao: u64, pool: &mut impl Pool) -> u64 {
    let Some(Purchase { paid_in, paid_out }) = pool.buy(subnet, tao) else { return 0 };
    subnet.tao_reserve = subnet.tao_reserve.saturating_add(paid_in);
    subnet.alpha_in_reserve = subnet.alpha_in_reserve.saturating_sub(paid_out);
    subnet.alpha_out_supply = subnet.alpha_out_supply.saturating_add(paid_out);
    paid_in
}

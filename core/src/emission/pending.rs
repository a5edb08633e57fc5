//! Who gets a block's new alpha once the epoch runs (spec `emission.md` §9).

use super::coinbase::{Network, SubnetState};
use super::injection::SubnetTerms;
use super::root::root_proportion;
use crate::fixed::{U96F32, convert, safe_div};

/// Alpha that waits for a subnet's epoch, by whom it is for, in rao (§2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pending {
    /// For the miners.
    pub server: u64,
    /// For the validators.
    pub validator: u64,
    /// For root's stakers.
    pub root: u64,
    /// For the subnet's owner.
    pub owner_cut: u64,
}

/// Splits a subnet's new alpha, in rao with a fraction: the owner's cut first, if there is one (`owner_cut` of 65535),
/// then one half to the miners and the other to root by its proportion and to the validators. Each part is floored to
/// rao on its own; the dust belongs to nobody (§9.1, §9.2).
///
/// ```
/// use yuma_core::emission::{Pending, pending_split};
/// use yuma_core::fixed::U96F32;
/// let parts = pending_split(U96F32::from_num(1_000_000_000), U96F32::from_num(0.25), None);
/// assert_eq!(parts, Pending { server: 500_000_000, validator: 375_000_000, root: 125_000_000, owner_cut: 0 });
/// ```
pub fn pending_split(alpha_out: U96F32, root_proportion: U96F32, owner_cut: Option<u16>) -> Pending {
    const HALF: U96F32 = U96F32::from_bits(1 << 31);
    let owner_factor = safe_div(U96F32::from(owner_cut.unwrap_or(0)), U96F32::from(u16::MAX));
    let owner_cut = alpha_out.saturating_mul(owner_factor);
    let rest = alpha_out.saturating_sub(owner_cut);
    let root = root_proportion.saturating_mul(rest).saturating_mul(HALF);
    let server = rest.saturating_mul(HALF);
    let validator = rest.saturating_sub(server).saturating_sub(root);
    Pending {
        server: convert(server),
        validator: convert(validator),
        root: convert(root),
        owner_cut: convert(owner_cut),
    }
}

/// Adds the parts to what waits for a subnet's epoch. Where root's alpha may not be sold it is recycled instead, and
/// leaves the supply: what was, in rao (§9.3).
fn accrue(subnet: &mut SubnetState, parts: &Pending, root_sell_flag: bool) -> u64 {
    let pending = &mut subnet.pending;
    pending.owner_cut = pending.owner_cut.saturating_add(parts.owner_cut);
    pending.server = pending.server.saturating_add(parts.server);
    pending.validator = pending.validator.saturating_add(parts.validator);
    if root_sell_flag {
        pending.root = pending.root.saturating_add(parts.root);
        return 0;
    }
    subnet.alpha_out_supply = subnet.alpha_out_supply.saturating_sub(parts.root);
    parts.root
}

/// What the creation of a block's alpha did to a subnet (§10.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Creation {
    /// Alpha created for the participants, in rao.
    pub alpha_out: u64,
    /// The alpha issuance in rao with it, by which it is split.
    pub alpha_issuance: u64,
    /// Root's part of the subnet at that issuance. Not that of the terms: injection and creation came in between.
    pub root_proportion: U96F32,
    /// Root's alpha that was recycled, in rao.
    pub recycled: u64,
}

/// Creates the participants' alpha and adds it to what waits for the epoch, after the injection (§10.6).
pub fn create_alpha(
    network: &Network,
    subnet: &mut SubnetState,
    terms: &SubnetTerms,
    root_sell_flag: bool,
) -> Creation {
    let alpha_out = convert(terms.alpha_out);
    subnet.alpha_out_supply = subnet.alpha_out_supply.saturating_add(alpha_out);
    let alpha_issuance = subnet.alpha_issuance(network.rules);
    let root_proportion = root_proportion(network.root, alpha_issuance);
    let owner_cut = subnet.owner_cut_enabled.then_some(network.owner_cut);
    let parts = pending_split(terms.alpha_out, root_proportion, owner_cut);
    let recycled = accrue(subnet, &parts, root_sell_flag);
    Creation { alpha_out, alpha_issuance, root_proportion, recycled }
}

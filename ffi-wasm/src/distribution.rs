//! From a drained subnet to its credits. Accounts are indices here; the package's JavaScript side numbers them.

use js_sys::Object;
use wasm_bindgen::JsValue;
use yuma_core::distribution::{
    self as core, ChildkeyTerms, Collateral, Distribution, DividendParts, DividendRow, Drained, DrainedSubnet, Edges,
    EpochShare, Hotkey, HotkeyDividends, HotkeyOutcome, Network, PendingDividends, Receiver, RecycleOrBurn,
    RootDividend, Stake, StakeWeight, Suspended,
};
use yuma_core::fixed::{I96F32, U64F64, U96F32};

use crate::door::{self, Answer, Fields, dict, integer, optional, refused, rules as read_rules};
use crate::epoch::Csr;
use crate::schedule::EPOCH_MODES;

/// All hotkeys of a call, and who delegates to whom.
struct Tables {
    rules: yuma_core::Rules,
    stakes: Vec<Stake>,
    hotkeys: Vec<Hotkey>,
    edges: Csr<u64>,
    kept: Vec<U96F32>,
    suspended: Vec<bool>,
    owner_hotkey: Option<u16>,
}

impl Tables {
    /// From a call with `rules`, `hotkeys`, their `owners`, `edges`, `suspended` and `owner_hotkey`.
    fn read(fields: &Fields<'_>) -> Answer<Self> {
        let objects = fields.get("hotkeys")?;
        let stakes = door::read_all(&objects, "hotkeys", |hotkey| {
            Ok(Stake { alpha: hotkey.integer("alpha")?, root: hotkey.integer("root")? })
        })?;
        let mut hotkeys = door::read_all(&objects, "hotkeys", |hotkey| {
            Ok(Hotkey {
                owner: core::ZERO_ACCOUNT,
                take: hotkey.integer("take")?,
                childkey_take: hotkey.integer("childkey_take")?,
                uid: hotkey.optional("uid")?,
                registered_at: hotkey.integer("registered_at")?,
                on_root: hotkey.flag("on_root")?,
                has_members: hotkey.flag("has_members")?,
            })
        })?;
        for (hotkey, owner) in hotkeys.iter_mut().zip(fields.integers("owners")?) {
            hotkey.owner = owner;
        }
        Ok(Self {
            rules: fields.rules()?,
            kept: vec![U96F32::ZERO; hotkeys.len()],
            stakes,
            hotkeys,
            edges: Csr::read(&fields.get("edges")?, "edges")?,
            suspended: door::flags(&fields.get("suspended")?, "suspended")?,
            owner_hotkey: fields.optional("owner_hotkey")?,
        })
    }

    fn network(&mut self) -> Result<Network<'_>, yuma_core::Error> {
        let suspended = Suspended { flags: &self.suspended, owner_hotkey: self.owner_hotkey };
        let edges = Edges::visible(self.rules, self.edges.rows()?, suspended, &mut self.kept)?;
        Ok(Network { stakes: &self.stakes, hotkeys: &self.hotkeys, edges })
    }
}

/// Alpha, TAO and total of every uid, raw bits.
pub fn stake_weights(call: &JsValue) -> Answer<Vec<(i128, i128, i128)>> {
    let fields = Fields::of(call);
    let mut tables = Tables::read(&fields)?;
    let uids = optional_places(&fields.get("uids")?, "uids")?;
    let tao_weight = fields.integer("tao_weight")?;
    let mut weights = vec![StakeWeight::default(); uids.len()];
    tables
        .network()
        .and_then(|network| core::stake_weights(network.stakes, &network.edges, tao_weight, &uids, &mut weights))
        .map_err(refused)?;
    let bits = |weight: StakeWeight| (weight.alpha.to_bits(), weight.tao.to_bits(), weight.total.to_bits());
    Ok(weights.into_iter().map(bits).collect())
}

/// A list of indices, each of which may be missing.
fn optional_places(value: &JsValue, field: &str) -> Answer<Vec<Option<u16>>> {
    let elements = door::elements(value, field)?;
    let read = |(index, element)| optional(element, door::Place { field, index: Some(index) });
    elements.iter().enumerate().map(read).collect()
}

/// Inherited alpha and TAO.
pub fn inherited_stake(call: &JsValue) -> Answer<(u64, u64)> {
    let fields = Fields::of(call);
    let mut tables = Tables::read(&fields)?;
    let hotkey = fields.integer("hotkey")?;
    let stake = tables
        .network()
        .and_then(|network| core::inherited_stake(network.stakes, &network.edges, hotkey))
        .map_err(refused)?;
    Ok((stake.alpha, stake.root))
}

pub fn effective_childkey_take(childkey_take: &JsValue, min_take: &JsValue, min_take_subnet: &JsValue) -> Answer<u16> {
    Ok(core::effective_childkey_take(
        integer(childkey_take, "childkey_take")?,
        integer(min_take, "min_take")?,
        integer(min_take_subnet, "min_take_subnet")?,
    ))
}

fn read_terms(fields: &Fields<'_>) -> Answer<ChildkeyTerms> {
    Ok(ChildkeyTerms {
        tao_weight: fields.integer("tao_weight")?,
        burn: fields.integer("burn")?,
        min_take: fields.integer("min_take")?,
        min_take_subnet: fields.integer("min_take_subnet")?,
    })
}

type Payouts = Vec<(u16, u64, u64)>;

/// The take, the own contribution, and the payouts: hotkey, amount, recycled.
pub fn split_dividend(call: &JsValue) -> Answer<(u16, u64, Payouts)> {
    let fields = Fields::of(call);
    let mut tables = Tables::read(&fields)?;
    let terms = read_terms(&fields)?;
    let (validator, dividend) = (fields.integer("validator")?, fields.integer("dividend")?);
    let mut payouts = Vec::new();
    let split = tables
        .network()
        .and_then(|network| {
            core::split_dividend(&terms, &network, validator, dividend, |payout| {
                payouts.push((payout.hotkey, payout.amount, payout.recycled));
            })
        })
        .map_err(refused)?;
    Ok((split.effective_take, split.self_contribution, payouts))
}

type Parts = Vec<Option<(u128, u128)>>;

/// Alpha and root parts of every row, raw bits.
pub fn dividend_distribution(
    rules: &JsValue,
    pending_alpha: &JsValue,
    pending_root: &JsValue,
    tao_weight: &JsValue,
    rows: &JsValue,
) -> Answer<Parts> {
    let pending = PendingDividends {
        alpha: integer(pending_alpha, "pending_alpha")?,
        root: integer(pending_root, "pending_root")?,
    };
    let rows = door::read_all(rows, "rows", |row| {
        let stake = row.get("stake")?;
        let read = |stake: &Fields<'_>| Ok(Stake { alpha: stake.integer("alpha")?, root: stake.integer("root")? });
        Ok(DividendRow {
            dividend: U96F32::from_bits(row.integer("dividend_raw")?),
            stake: if door::is_none(&stake) { None } else { Some(row.nested("stake", read)?) },
            on_root: row.flag("on_root")?,
        })
    })?;
    let mut amounts = vec![None; rows.len()];
    core::dividend_distribution(read_rules(rules)?, pending, integer(tao_weight, "tao_weight")?, &rows, &mut amounts)
        .map_err(refused)?;
    let bits = |parts: DividendParts| (parts.alpha.to_bits(), parts.root.to_bits());
    Ok(amounts.into_iter().map(|amount| amount.map(bits)).collect())
}

/// The new rate; none where the amount is staked instead.
pub fn root_claimable_update(root_stake: &JsValue, amount: &JsValue, rate_raw: &JsValue) -> Answer<Option<i128>> {
    let rate = optional(rate_raw, "rate_raw")?.map(I96F32::from_bits);
    let update = core::root_claimable_update(integer(root_stake, "root_stake")?, integer(amount, "amount")?, rate);
    Ok(match update {
        RootDividend::Claimable(rate) => Some(rate.to_bits()),
        RootDividend::Staked => None,
    })
}

const RECYCLE_OR_BURN: [(&str, RecycleOrBurn); 2] =
    [("recycle", RecycleOrBurn::Recycle), ("burn", RecycleOrBurn::Burn)];

fn read_collateral(element: &JsValue, index: usize) -> Answer<Option<Collateral>> {
    if door::is_none(element) {
        return Ok(None);
    }
    let fields = Fields::of_element(element, index);
    Ok(Some(Collateral {
        locked: fields.integer("locked")?,
        min_locked: fields.integer("min_locked")?,
        earned: fields.integer("earned")?,
        drain_ratio: U64F64::from_bits(fields.integer("drain_ratio_raw")?),
    }))
}

fn write_collateral(collateral: &Collateral) -> Answer<Object> {
    Ok(dict!({
        "locked": collateral.locked,
        "min_locked": collateral.min_locked,
        "earned": collateral.earned,
        "drain_ratio_raw": collateral.drain_ratio.to_bits(),
    }))
}

fn write_dividends(dividends: &HotkeyDividends) -> Answer<Object> {
    Ok(dict!({
        "payouts_raw": dividends.payouts.to_bits(),
        "alpha_raw": dividends.amounts.alpha.to_bits(),
        "root_raw": dividends.amounts.root.to_bits(),
        "alpha_paid": dividends.alpha_paid,
        "root_paid": dividends.root_paid,
        "root_claimable_increment_raw": dividends.root_claimable_increment.map(I96F32::to_bits),
    }))
}

fn write_outcome(outcome: &HotkeyOutcome) -> Answer<Object> {
    Ok(dict!({
        "incentive": outcome.incentive,
        "dividends": outcome.dividends.as_ref().map(write_dividends).transpose()?,
        "total_alpha": outcome.total_alpha,
        "has_members": outcome.has_members,
        "collateral": outcome.collateral.as_ref().map(write_collateral).transpose()?,
        "basket_pending": outcome.basket_pending,
    }))
}

fn write_sums(sums: &Distribution) -> Answer<Object> {
    Ok(dict!({
        "epoch_emission": sums.epoch_emission,
        "incentive_sum": sums.incentive_sum,
        "validator_alpha": sums.validator_alpha,
        "owner_cut_kept": sums.owner_cut_kept,
        "withheld": sums.withheld,
        "miner_burned_raw": sums.miner_burned.to_bits(),
        "recycled": sums.recycled,
        "recycled_root": sums.recycled_root,
        "burned": sums.burned,
        "claimable": sums.claimable,
        "queued": sums.queued,
        "unassigned": sums.unassigned,
        "alpha_out_supply_delta": sums.alpha_out_supply_delta(),
    }))
}

type Credits = Vec<(u16, Option<u32>, u64)>;

/// The sums, what came of every hotkey, the credits (hotkey, coldkey or none for the nominators, amount), and the hotkeys
/// whose incentives were withheld.
pub fn distribute(call: &JsValue) -> Answer<(Object, Vec<Object>, Credits, Vec<u16>)> {
    let fields = Fields::of(call);
    let mut tables = Tables::read(&fields)?;
    let epoch = door::read_all(&fields.get("epoch")?, "epoch", |share| {
        Ok(EpochShare {
            hotkey: share.integer("hotkey")?,
            incentive: share.integer("incentive")?,
            dividend: share.integer("dividend")?,
        })
    })?;
    let auto_stake = optional_places(&fields.get("auto_stake")?, "auto_stake")?;
    let collateral = door::elements(&fields.get("collateral")?, "collateral")?;
    let collateral = collateral
        .iter()
        .enumerate()
        .map(|(index, entry)| read_collateral(entry, index))
        .collect::<Answer<Vec<_>>>()?;
    let basket_pending: Vec<u64> = fields.integers("basket_pending")?;
    let drained = fields.nested("drained", |drained| {
        Ok(Drained {
            server: drained.integer("server")?,
            validator: drained.integer("validator")?,
            root: drained.integer("root")?,
            owner_cut: drained.integer("owner_cut")?,
        })
    })?;
    let (rules, owner_hotkey, hotkeys) = (tables.rules, tables.owner_hotkey, tables.hotkeys.len());
    let subnet = DrainedSubnet {
        drained,
        epoch: &epoch,
        epoch_mode: fields.choice("epoch_mode", &EPOCH_MODES)?,
        terms: read_terms(&fields)?,
        owner_coldkey: fields.optional("owner_coldkey")?,
        owner_hotkey,
        lease_share: fields.optional("lease_share")?,
        recycle_or_burn: fields.choice("recycle_or_burn", &RECYCLE_OR_BURN)?,
        auto_stake: &auto_stake,
        collateral: &collateral,
        basket_pending: &basket_pending,
        ..DrainedSubnet::new(rules, tables.network().map_err(refused)?)
    };
    let mut outcomes = vec![HotkeyOutcome::default(); hotkeys];
    let mut credits = Vec::new();
    let sums = core::distribute(&subnet, &mut outcomes, |credit| {
        let receiver = match credit.receiver {
            Receiver::Coldkey(coldkey) => Some(coldkey),
            Receiver::Nominators => None,
        };
        credits.push((credit.hotkey, receiver, credit.amount));
    })
    .map_err(refused)?;
    let withheld = core::owner_hotkeys(&subnet).collect();
    let outcomes = outcomes.iter().map(write_outcome).collect::<Answer<_>>()?;
    Ok((write_sums(&sums)?, outcomes, credits, withheld))
}

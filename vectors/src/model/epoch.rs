//! `epoch.md`: the Yuma epoch, stage by stage.

use substrate_fixed::traits::Fixed;
use substrate_fixed::types::{I32F32, I64F64, I96F32};

use super::numbers::{exp, safe_div};
use crate::schema::epoch::{EpochExpect, EpochInput, EpochRaw};
use crate::schema::{Decimal, Matrix, U64};

/// A value per stored entry, with its column, in stored order.
type Row = Vec<(usize, I32F32)>;
/// One row per uid.
type Rows = Vec<Row>;

const ZERO: I32F32 = I32F32::from_bits(0);
const ONE: I32F32 = I32F32::from_bits(1 << 32);
const HALF: I32F32 = I32F32::from_bits(1 << 31);

/// The input (§2) with every list of length n: shorter ones are filled with zeros, longer ones cut.
pub(super) struct Subnet<'a> {
    pub(super) n: usize,
    owner: Option<usize>,
    pub(super) stake: Vec<I64F64>,
    last_update: Vec<u64>,
    block_at_registration: Vec<u64>,
    validator_permit: Vec<bool>,
    commit_block: Option<Vec<u64>>,
    pub(super) parameters: &'a EpochInput,
}

/// What the bond stage (§3.K, K′) gives.
struct BondsAndDividends {
    bonds: Rows,
    dividends: Vec<I32F32>,
}

/// Where the rule sets differ.
pub(super) struct Form {
    /// The block up to which a registration makes bonds void (§3.J).
    pub(super) last_tempo: u64,
    /// The consensus liquid alpha reads, of length n; none: this epoch's (§3.K′.2, §4).
    pub(super) stored_consensus: Option<Vec<I32F32>>,
}

/// Kind `epoch`.
pub fn epoch(input: &EpochInput) -> EpochExpect {
    stages(input, &Form { last_tempo: last_tempo(input), stored_consensus: None })
}

/// All stages of §3.
pub(super) fn stages(input: &EpochInput, form: &Form) -> EpochExpect {
    let subnet = Subnet::new(input);
    let active = activity(&subnet);
    let stake = stake_weight(&subnet);
    let permit = permits(&subnet);
    let new_permit = new_permits(&subnet, &stake);
    let active_stake = active_stake(&stake, &active, &permit);
    let weights = normalized_weights(&subnet, &permit);
    let consensus = consensus(&subnet, &active_stake, &weights);
    let clipped = clipped_weights(&weights, &consensus);
    let validator_trust = validator_trust(&clipped);
    let incentive = incentive(&subnet, &active_stake, &clipped);
    let weights_for_bonds = weights_for_bonds(&subnet, &weights, &clipped);
    let old_bonds = unexpired_bonds(&subnet, form.last_tempo);
    let BondsAndDividends { bonds, dividends } = if input.yuma3 {
        let liquid_consensus = form.stored_consensus.as_ref().unwrap_or(&consensus);
        bonds_yuma3(&subnet, &old_bonds, &weights_for_bonds, &active_stake, liquid_consensus, &incentive)
    } else {
        bonds_yuma2(&subnet, &old_bonds, &weights_for_bonds, &active_stake, &incentive)
    };
    let [server, validator, combined] = emission(input.rao_emission.0, &incentive, &dividends, &active_stake, &stake);

    EpochExpect {
        raw: EpochRaw {
            stake: raw(&stake),
            active_stake: raw(&active_stake),
            consensus: raw(&consensus),
            validator_trust: raw(&validator_trust),
            incentive: raw(&incentive),
            ema_bonds: sparse(&bonds, |bond| Decimal(bond.to_bits())),
            dividends: raw(&dividends),
        },
        server_emission: server,
        validator_emission: validator,
        emission: combined,
        bonds: stored_bonds(&bonds, &new_permit),
        active,
        validator_permit: new_permit,
        stake_weight: to_u16s(&stake),
        consensus: to_u16s(&consensus),
        validator_trust: to_u16s(&validator_trust),
        incentive: to_u16s(&incentive),
        dividends: to_u16s(&dividends),
    }
}

impl<'a> Subnet<'a> {
    pub(super) fn new(input: &'a EpochInput) -> Self {
        let n = usize::from(input.n);
        let blocks = |list: &[U64]| of_length(list.iter().map(|block| block.0), n);
        Self {
            n,
            owner: input.owner_uid.map(usize::from).filter(|owner| *owner < n),
            stake: of_length(input.stake.iter().map(|stake| I64F64::from_bits(stake.0)), n),
            last_update: blocks(&input.last_update),
            block_at_registration: blocks(&input.block_at_registration),
            validator_permit: of_length(input.validator_permit.iter().copied(), n),
            commit_block: input.commit_block.as_deref().filter(|_| input.commit_reveal).map(blocks),
            parameters: input,
        }
    }

    /// One row per uid with what `value` makes of each stored entry; rows of uids ≥ n are dropped (§2).
    fn rows(&self, matrix: &Matrix<u16>, value: impl Fn(usize, usize, u16) -> Option<I32F32>) -> Rows {
        let mut rows = vec![Vec::new(); self.n];
        for (uid, entries) in &matrix.0 {
            let uid = usize::from(*uid);
            let Some(row) = rows.get_mut(uid) else { continue };
            let kept = |(column, stored): &(u16, u16)| {
                let column = usize::from(*column);
                value(uid, column, *stored).map(|value| (column, value))
            };
            *row = entries.iter().filter_map(kept).collect();
        }
        rows
    }
}

/// A. Activity (§3).
pub(super) fn activity(subnet: &Subnet) -> Vec<bool> {
    let input = subnet.parameters;
    let active = |update: &u64| update.saturating_add(input.activity_cutoff.0) >= input.current_block.0;
    subnet.last_update.iter().map(active).collect()
}

/// B. Stake (§3): S.
pub(super) fn stake_weight(subnet: &Subnet) -> Vec<I32F32> {
    let above_threshold = |(uid, stake): (usize, &I64F64)| {
        let rao: u64 = stake.saturating_to_num();
        let counts = subnet.owner == Some(uid) || rao >= subnet.parameters.stake_threshold.0;
        if counts { *stake } else { I64F64::from_bits(0) }
    };
    let stake: Vec<_> = subnet.stake.iter().enumerate().map(above_threshold).collect();
    normalized(&stake).into_iter().map(I32F32::saturating_from_num).collect()
}

/// C. Permits (§3): those before this epoch, with the owner's.
fn permits(subnet: &Subnet) -> Vec<bool> {
    let mut permits = subnet.validator_permit.clone();
    if let Some(owner) = subnet.owner {
        permits[owner] = true;
    }
    permits
}

/// C. Permits (§3): those for the next epoch.
fn new_permits(subnet: &Subnet, stake: &[I32F32]) -> Vec<bool> {
    let mut permits: Vec<bool> = stake.iter().map(|stake| *stake != ZERO).collect();
    let surplus = subnet.n.saturating_sub(usize::from(subnet.parameters.max_allowed_validators));
    let mut ascending: Vec<usize> = (0..subnet.n).collect();
    ascending.sort_by_key(|uid| stake[*uid]);
    for uid in &ascending[..surplus] {
        permits[*uid] = false;
    }
    if let Some(owner) = subnet.owner {
        permits[owner] = true;
    }
    permits
}

/// D. Active stake (§3): A.
fn active_stake(stake: &[I32F32], active: &[bool], permit: &[bool]) -> Vec<I32F32> {
    let takes_part = |uid: usize| active[uid] && permit[uid];
    let masked: Vec<_> =
        stake.iter().enumerate().map(|(uid, stake)| if takes_part(uid) { *stake } else { ZERO }).collect();
    normalized(&masked)
}

/// E. Weights (§3): whether an entry counts, permits apart; never for a miner ≥ n.
pub(super) fn counts(subnet: &Subnet, validator: usize, miner: usize) -> bool {
    subnet.block_at_registration.get(miner).is_some_and(|registration| {
        (miner != validator || subnet.owner == Some(validator))
            && subnet.last_update[validator] > *registration
            && subnet.commit_block.as_ref().is_none_or(|commit| commit[validator] >= *registration)
    })
}

/// E. Weights (§3): W.
fn normalized_weights(subnet: &Subnet, permit: &[bool]) -> Rows {
    let mut rows = subnet.rows(&subnet.parameters.weights, |validator, miner, weight| {
        let kept = permit[validator] && counts(subnet, validator, miner);
        kept.then(|| I32F32::from_num(weight))
    });
    for row in &mut rows {
        let total = wrapping_sum(row.iter().map(|(_, weight)| *weight));
        if total > ZERO {
            for (_, weight) in row {
                *weight = safe_div(*weight, total);
            }
        }
    }
    rows
}

/// F. Consensus (§3): C.
fn consensus(subnet: &Subnet, active_stake: &[I32F32], weights: &Rows) -> Vec<I32F32> {
    let validators: Vec<usize> = (0..subnet.n).filter(|uid| active_stake[*uid] > ZERO).collect();
    let shares = normalized(&validators.iter().map(|uid| active_stake[*uid]).collect::<Vec<_>>());
    let total = wrapping_sum(shares.iter().copied());
    let minority = total.saturating_sub(proportion(subnet.parameters.kappa));
    let scores: Vec<_> = validators.iter().map(|uid| dense(&weights[*uid], subnet.n)).collect();
    let of_miner = |miner: usize| {
        let score_and_share = scores.iter().map(|row| row[miner]).zip(shares.iter().copied());
        weighted_median(score_and_share.collect(), minority)
    };
    (0..subnet.n).map(of_miner).collect()
}

/// The smallest score up to which the shares exceed `minority`, else the largest, else 0 (§3.F).
fn weighted_median(mut score_and_share: Vec<(I32F32, I32F32)>, minority: I32F32) -> I32F32 {
    score_and_share.sort_by_key(|(score, _)| *score);
    let mut up_to_here = ZERO;
    for equal in score_and_share.chunk_by(|before, after| before.0 == after.0) {
        up_to_here = up_to_here.wrapping_add(wrapping_sum(equal.iter().map(|(_, share)| *share)));
        if up_to_here > minority {
            return equal[0].0;
        }
    }
    score_and_share.last().map_or(ZERO, |(score, _)| *score)
}

/// G. Clip (§3): K.
fn clipped_weights(weights: &Rows, consensus: &[I32F32]) -> Rows {
    let clip = |(miner, weight): &(usize, I32F32)| {
        let limit = consensus[*miner];
        if limit >= *weight {
            return Some((*miner, *weight));
        }
        (limit > ZERO).then_some((*miner, limit))
    };
    weights.iter().map(|row| row.iter().filter_map(clip).collect()).collect()
}

/// G. Validator trust (§3): VT.
fn validator_trust(clipped: &Rows) -> Vec<I32F32> {
    clipped.iter().map(|row| wrapping_sum(row.iter().map(|(_, weight)| *weight))).collect()
}

/// H. Incentive (§3): I.
fn incentive(subnet: &Subnet, active_stake: &[I32F32], clipped: &Rows) -> Vec<I32F32> {
    let mut ranks = vec![ZERO; subnet.n];
    for (row, stake) in clipped.iter().zip(active_stake) {
        for (miner, weight) in row {
            ranks[*miner] = ranks[*miner].saturating_add(stake.saturating_mul(*weight));
        }
    }
    normalized(&ranks)
}

/// I. Weights for bonds (§3): Wb.
fn weights_for_bonds(subnet: &Subnet, weights: &Rows, clipped: &Rows) -> Rows {
    let penalty = proportion(subnet.parameters.bonds_penalty);
    if penalty == ZERO {
        return weights.clone();
    }
    if penalty == ONE {
        return clipped.clone();
    }
    let interpolate = |(row, clipped_row): (&Row, &Row)| {
        // A row without entries is zero everywhere, before and after the clip.
        if row.is_empty() {
            return Vec::new();
        }
        let between = |(x, y): (I32F32, I32F32)| x.saturating_add(penalty.saturating_mul(y.saturating_sub(x)));
        let dense_row = dense(row, subnet.n).into_iter().zip(dense(clipped_row, subnet.n)).map(between);
        dense_row.enumerate().filter(|(_, value)| *value > ZERO).collect()
    };
    weights.iter().zip(clipped).map(interpolate).collect()
}

/// J. Bond age mask (§3): the block up to which a registration makes bonds void.
pub(super) fn last_tempo(input: &EpochInput) -> u64 {
    if input.last_step_block.0 == 0 {
        input.current_block.0.saturating_sub(input.tempo.0)
    } else {
        input.last_step_block.0.saturating_add(1)
    }
}

/// J. Bond age mask (§3): the kept bonds, read as K.1 (Yuma 2) or K′.1 (Yuma 3) says.
fn unexpired_bonds(subnet: &Subnet, last_tempo: u64) -> Rows {
    subnet.rows(&subnet.parameters.bonds, |_, miner, bond| {
        let registration = subnet.block_at_registration.get(miner).copied().unwrap_or_default();
        let value = if subnet.parameters.yuma3 { proportion(bond) } else { I32F32::from_num(bond) };
        (last_tempo > registration).then_some(value)
    })
}

/// K. Bonds and dividends (§3), Yuma 2.
fn bonds_yuma2(
    subnet: &Subnet,
    old_bonds: &Rows,
    weights: &Rows,
    active_stake: &[I32F32],
    incentive: &[I32F32],
) -> BondsAndDividends {
    let old = column_normalized(old_bonds, subnet.n);
    let times_stake = |(row, stake): (&Row, &I32F32)| {
        row.iter().map(|(miner, weight)| (*miner, weight.saturating_mul(*stake))).collect()
    };
    let new: Rows = weights.iter().zip(active_stake).map(times_stake).collect();
    let new = column_normalized(&new, subnet.n);
    let average = column_normalized(&moving_average(&new, &old, alpha_yuma2(subnet), subnet.n), subnet.n);
    let dividend = |row: &Row| {
        let products = row.iter().map(|(miner, bond)| incentive[*miner].saturating_mul(*bond));
        products.fold(ZERO, I32F32::saturating_add)
    };
    let dividends = normalized(&average.iter().map(dividend).collect::<Vec<_>>());
    BondsAndDividends { bonds: column_upscaled(&average, subnet.n), dividends }
}

/// α of K.3 (§3).
fn alpha_yuma2(subnet: &Subnet) -> I32F32 {
    let average = I64F64::saturating_from_num(subnet.parameters.bonds_moving_average.0);
    ONE.saturating_sub(I32F32::saturating_from_num(safe_div(average, I64F64::from_num(1_000_000))))
}

/// α of K′.2 (§3), whose conversions wrap.
fn alpha_yuma3(subnet: &Subnet) -> I32F32 {
    let average = I64F64::wrapping_from_num(subnet.parameters.bonds_moving_average.0);
    ONE.saturating_sub(I32F32::wrapping_from_num(safe_div(average, I64F64::from_num(1_000_000))))
}

/// K′. Yuma 3 (§3).
fn bonds_yuma3(
    subnet: &Subnet,
    old_bonds: &Rows,
    weights: &Rows,
    active_stake: &[I32F32],
    liquid_consensus: &[I32F32],
    incentive: &[I32F32],
) -> BondsAndDividends {
    let bonds = if subnet.parameters.liquid_alpha && liquid_consensus.iter().any(|value| *value != ZERO) {
        liquid_moving_average(subnet, weights, old_bonds, liquid_consensus)
    } else {
        moving_average(weights, old_bonds, alpha_yuma3(subnet), subnet.n)
    };
    let dividend = |(row, stake): (&Row, &I32F32)| {
        // Products equal to 0 add nothing.
        let total = wrapping_sum(row.iter().map(|(miner, bond)| bond.saturating_mul(incentive[*miner])));
        total.checked_mul(*stake).unwrap_or_default()
    };
    let shares = column_normalized(&bonds, subnet.n);
    let dividends = normalized(&shares.iter().zip(active_stake).map(dividend).collect::<Vec<_>>());
    BondsAndDividends { bonds, dividends }
}

/// Column-normalise (§3.K).
fn column_normalized(rows: &Rows, n: usize) -> Rows {
    let mut sums = vec![ZERO; n];
    for (column, value) in rows.iter().flatten() {
        if let Some(sum) = sums.get_mut(*column) {
            *sum = sum.saturating_add(*value);
        }
    }
    divided_by_column(rows, &sums)
}

/// K.5 (§3): each column divided by its largest entry.
fn column_upscaled(rows: &Rows, n: usize) -> Rows {
    let mut largest = vec![ZERO; n];
    for (column, value) in rows.iter().flatten() {
        if let Some(largest) = largest.get_mut(*column) {
            *largest = (*largest).max(*value);
        }
    }
    divided_by_column(rows, &largest)
}

/// Each entry divided by its column's divisor, where there is one and it is not 0.
fn divided_by_column(rows: &Rows, divisors: &[I32F32]) -> Rows {
    let divide = |(column, value): &(usize, I32F32)| match divisors.get(*column) {
        Some(divisor) if *divisor != ZERO => (*column, safe_div(*value, *divisor)),
        _ => (*column, *value),
    };
    rows.iter().map(|row| row.iter().map(divide).collect()).collect()
}

/// EMA with one α (§3.K).
fn moving_average(new: &Rows, old: &Rows, alpha: I32F32, n: usize) -> Rows {
    let rest = ONE.saturating_sub(alpha);
    let average = |(new_row, old_row): (&Row, &Row)| {
        if new_row.is_empty() && old_row.is_empty() {
            return Vec::new();
        }
        let mut cells = vec![ZERO; n];
        let new_parts = new_row.iter().map(|(column, value)| (column, alpha.saturating_mul(*value)));
        let old_parts = old_row.iter().map(|(column, value)| (column, rest.saturating_mul(*value)));
        for (column, part) in new_parts.chain(old_parts) {
            if let Some(cell) = cells.get_mut(*column) {
                *cell = cell.saturating_add(part);
            }
        }
        cells.into_iter().enumerate().filter(|(_, cell)| *cell > ZERO).collect()
    };
    new.iter().zip(old).map(average).collect()
}

/// `EMA_α` (§4): a moving average whose α depends on the entry.
fn liquid_moving_average(subnet: &Subnet, weights: &Rows, old_bonds: &Rows, consensus: &[I32F32]) -> Rows {
    let average = |(weight_row, bond_row): (&Row, &Row)| {
        if weight_row.is_empty() {
            return Vec::new();
        }
        let seen_weights = scanned(weight_row, subnet.n);
        let seen_bonds = scanned(bond_row, subnet.n);
        let alpha = |miner: usize| liquid_alpha(subnet, seen_weights[miner], seen_bonds[miner], consensus[miner]);

        let mut decayed = vec![ZERO; subnet.n];
        for (miner, bond) in bond_row.iter().filter(|(miner, _)| *miner < subnet.n) {
            decayed[*miner] = ONE.saturating_sub(alpha(*miner)).saturating_mul(*bond);
        }
        let cell = |(miner, weight): &(usize, I32F32)| {
            let grown = alpha(*miner).saturating_mul(*weight).max(ZERO);
            let value = decayed[*miner].saturating_add(grown).min(ONE);
            (value > ZERO).then_some((*miner, value))
        };
        weight_row.iter().filter_map(cell).collect()
    };
    weights.iter().zip(old_bonds).map(average).collect()
}

/// A row as one forward scan with ascending columns reads it (§4): an entry is seen iff its column is greater than every
/// column before it.
fn scanned(row: &[(usize, I32F32)], n: usize) -> Vec<I32F32> {
    let mut cells = vec![ZERO; n];
    let mut largest = None;
    for (column, value) in row {
        if largest < Some(*column) {
            largest = Some(*column);
            if let Some(cell) = cells.get_mut(*column) {
                *cell = *value;
            }
        }
    }
    cells
}

/// α of one pair (§4).
fn liquid_alpha(subnet: &Subnet, weight: I32F32, bond: I32F32, consensus: I32F32) -> I32F32 {
    let input = subnet.parameters;
    let low = proportion(input.alpha_low);
    let high = proportion(input.alpha_high);
    let steepness = I32F32::from_num(input.alpha_sigmoid_steepness).saturating_div(I32F32::from_num(-100));
    let apart = if weight >= bond { weight.saturating_sub(consensus) } else { bond.saturating_sub(weight) };
    let apart = apart.clamp(ZERO, ONE);
    let grown = exp_safe(steepness.saturating_mul(apart.saturating_sub(HALF)));
    let sigmoid = ONE.saturating_div(ONE.saturating_add(grown));
    low.saturating_add(sigmoid.saturating_mul(high.saturating_sub(low))).min(high).max(low)
}

/// `exp_safe` (§1).
fn exp_safe(x: I32F32) -> I32F32 {
    let x = x.clamp(I32F32::from_num(-20), I32F32::from_num(20));
    exp(x).unwrap_or(if x <= ZERO { ZERO } else { I32F32::max_value() })
}

/// L. Emission (§3): of servers, of validators, combined.
fn emission(
    rao: u64,
    incentive: &[I32F32],
    dividends: &[I32F32],
    active_stake: &[I32F32],
    stake: &[I32F32],
) -> [Vec<U64>; 3] {
    let combined: Vec<_> =
        incentive.iter().zip(dividends).map(|(incentive, dividend)| incentive.saturating_add(*dividend)).collect();
    let total = wrapping_sum(combined.iter().copied());
    let shares: [Vec<_>; 3] = if total != ZERO {
        [incentive, dividends, combined.as_slice()]
            .map(|values| values.iter().map(|value| safe_div(*value, total)).collect())
    } else if wrapping_sum(active_stake.iter().copied()) != ZERO {
        [incentive, active_stake, active_stake].map(<[_]>::to_vec)
    } else {
        [incentive, stake, stake].map(<[_]>::to_vec)
    };
    let amount =
        |share: &I32F32| Decimal(I96F32::from_num(*share).saturating_mul(I96F32::from_num(rao)).saturating_to_num());
    shares.map(|shares| shares.iter().map(amount).collect())
}

/// M. Output (§3): the bonds to be stored.
fn stored_bonds(bonds: &Rows, new_permit: &[bool]) -> Matrix<u16> {
    let kept = |(row, permit): (&Row, &bool)| if *permit { row.clone() } else { Row::new() };
    let kept: Rows = bonds.iter().zip(new_permit).map(kept).collect();
    sparse(&kept, to_u16)
}

/// `prop(x)` (§1).
pub(super) fn proportion(of_65535: u16) -> I32F32 {
    safe_div(I32F32::from_num(of_65535), I32F32::from_num(65535))
}

/// `to_u16(p)` (§1).
fn to_u16(share: I32F32) -> u16 {
    share.saturating_mul(I32F32::from_num(65535)).saturating_to_num()
}

pub(super) fn to_u16s(shares: &[I32F32]) -> Vec<u16> {
    shares.iter().copied().map(to_u16).collect()
}

/// Each value ÷ their sum, or as it is where the sum is 0.
fn normalized<F: Fixed>(values: &[F]) -> Vec<F> {
    let total = wrapping_sum(values.iter().copied());
    if total == F::default() {
        return values.to_vec();
    }
    values.iter().map(|value| safe_div(*value, total)).collect()
}

/// Σ (§1): wraps.
pub(super) fn wrapping_sum<F: Fixed>(values: impl Iterator<Item = F>) -> F {
    values.fold(F::default(), F::wrapping_add)
}

/// One cell per column; of a repeated column the last entry counts, absent ones are 0.
fn dense(row: &[(usize, I32F32)], n: usize) -> Vec<I32F32> {
    let mut cells = vec![ZERO; n];
    for (column, value) in row {
        cells[*column] = *value;
    }
    cells
}

pub(super) fn raw(values: &[I32F32]) -> Vec<Decimal<i64>> {
    values.iter().map(|value| Decimal(value.to_bits())).collect()
}

/// The matrix as files write it: empty rows are left out.
fn sparse<V>(rows: &Rows, value: impl Fn(I32F32) -> V) -> Matrix<V> {
    let index = |position: usize| u16::try_from(position).expect("uids are u16");
    let entries = |row: &Row| row.iter().map(|(column, cell)| (index(*column), value(*cell))).collect();
    let listed = rows.iter().enumerate().filter(|(_, row)| !row.is_empty());
    Matrix(listed.map(|(uid, row)| (index(uid), entries(row))).collect())
}

pub(super) fn of_length<V: Default + Clone>(values: impl Iterator<Item = V>, n: usize) -> Vec<V> {
    let mut values: Vec<V> = values.take(n).collect();
    values.resize(n, V::default());
    values
}

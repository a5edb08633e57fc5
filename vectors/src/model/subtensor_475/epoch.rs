//! `subtensor-475/epoch.md`: the bonds' age and liquid alpha's consensus, the Null epoch, apportionment.

use std::cmp::Reverse;

use num_bigint::BigUint;
use substrate_fixed::types::{I32F32, I64F64};

use crate::model::epoch::{
    Form, Subnet, activity, counts, last_tempo, of_length, proportion, raw, stages, stake_weight, to_u16s, wrapping_sum,
};
use crate::model::numbers::safe_div;
use crate::schema::epoch::{ConsensusMode, EpochExpect, EpochInput};
use crate::schema::subtensor_475::epoch::{ApportionExpect, ApportionInput, NullEpochExpect, NullEpochRaw};
use crate::schema::{Decimal, U64};

/// Kind `epoch`: the stages of 425 with J and K′.2 of §3.
pub fn epoch(input: &EpochInput) -> EpochExpect {
    let last_tempo = match input.last_yuma_step_block.flatten() {
        Some(block) => block.0.saturating_add(1),
        None => last_tempo(input),
    };
    stages(input, &Form { last_tempo, stored_consensus: stored_consensus(input) })
}

/// L, where it is not this epoch's consensus (§3.K′.2).
fn stored_consensus(input: &EpochInput) -> Option<Vec<I32F32>> {
    let use_previous = match input.consensus_mode.unwrap_or(ConsensusMode::Auto) {
        ConsensusMode::Current => false,
        ConsensusMode::Previous => true,
        ConsensusMode::Auto => input.bonds_penalty == u16::MAX,
    };
    let previous = input.previous_consensus.as_deref().unwrap_or_default();
    let stored = previous.iter().copied().map(proportion);
    (use_previous && !previous.is_empty()).then(|| of_length(stored, usize::from(input.n)))
}

/// Kind `null-epoch`: §7, item by item.
pub fn null_epoch(input: &EpochInput) -> NullEpochExpect {
    let subnet = Subnet::new(input);
    let budget = |budget: Option<U64>| budget.map_or(0, |budget| budget.0);
    let active = activity(&subnet);
    let stake = stake_weight(&subnet);
    let winner = winner(&subnet);
    let miners = miner_shares(&subnet, winner);
    let stakers = dividend_shares(&subnet);

    let has_validators = stakers.iter().any(|share| *share > 0);
    let (miner_budget, validator_budget) = if has_validators {
        (budget(input.mining_budget), budget(input.dividend_budget))
    } else {
        (budget(input.fallback_budget), 0)
    };
    let server = apportioned(&miners.iter().copied().map(u128::from).collect::<Vec<_>>(), miner_budget);
    let validator = apportioned(&stakers, validator_budget);

    let incentive = reported(miners.iter().map(|share| I64F64::from_num(*share)).collect());
    let dividends = reported(stakers.iter().map(|share| from_raw(*share)).collect());
    NullEpochExpect {
        validator_permit: (0..subnet.n).map(|uid| Some(uid) == winner).collect(),
        raw: NullEpochRaw { stake: raw(&stake), incentive: raw(&incentive), dividends: raw(&dividends) },
        emission: server.iter().zip(&validator).map(|(one, other)| Decimal(one.0.saturating_add(other.0))).collect(),
        server_emission: server,
        validator_emission: validator,
        active,
        stake_weight: to_u16s(&stake),
        consensus: vec![0; subnet.n],
        validator_trust: vec![0; subnet.n],
        incentive: to_u16s(&incentive),
        dividends: to_u16s(&dividends),
    }
}

/// The uid with the largest stake, the lowest among equals; none without neurons (§7.2).
fn winner(subnet: &Subnet) -> Option<usize> {
    (0..subnet.n).max_by_key(|uid| (subnet.stake[*uid], Reverse(*uid)))
}

/// m: the winner's weights, 1 for everybody where they are all 0 (§7.4, §7.5).
fn miner_shares(subnet: &Subnet, winner: Option<usize>) -> Vec<u16> {
    let mut shares = vec![0; subnet.n];
    for (validator, row) in &subnet.parameters.weights.0 {
        let validator = usize::from(*validator);
        if winner != Some(validator) {
            continue;
        }
        for (miner, weight) in row {
            let miner = usize::from(*miner);
            if counts(subnet, validator, miner) {
                shares[miner] = *weight;
            }
        }
    }
    if shares.iter().all(|share| *share == 0) { vec![1; subnet.n] } else { shares }
}

/// d: the positive stakes' raw bits (§7.6).
fn dividend_shares(subnet: &Subnet) -> Vec<u128> {
    subnet.stake.iter().map(|stake| u128::try_from(stake.to_bits()).unwrap_or(0)).collect()
}

fn from_raw(share: u128) -> I64F64 {
    I64F64::from_bits(i128::try_from(share).unwrap_or(i128::MAX))
}

/// The shares of a sum as reports show them (§7.9); a sum of 0 gives 0.
fn reported(shares: Vec<I64F64>) -> Vec<I32F32> {
    let total = wrapping_sum(shares.iter().copied());
    shares.into_iter().map(|share| I32F32::saturating_from_num(safe_div(share, total))).collect()
}

/// Kind `apportion`: §8.
pub fn apportion(input: &ApportionInput) -> ApportionExpect {
    let shares: Vec<u128> = input.shares.iter().map(|share| share.0).collect();
    ApportionExpect { payouts: apportioned(&shares, input.budget.0) }
}

/// Whole units of a budget by shares (§8).
fn apportioned(shares: &[u128], budget: u64) -> Vec<U64> {
    let total: BigUint = shares.iter().copied().sum();
    if total == BigUint::ZERO {
        return vec![Decimal(0); shares.len()];
    }
    let mut sum = BigUint::ZERO;
    let mut paid_before = 0_u64;
    let mut payout = |share: &u128| {
        sum += *share;
        // At most the budget.
        let paid = u64::try_from(&sum * budget / &total).unwrap_or(budget);
        let payout = paid - paid_before;
        paid_before = paid;
        Decimal(payout)
    };
    shares.iter().map(&mut payout).collect()
}

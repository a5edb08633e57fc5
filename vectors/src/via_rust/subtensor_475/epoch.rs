//! Kinds of `subtensor-475/epoch.md`.

use yuma_core::Rules;
use yuma_core::epoch::{self, NullBudgets, Workspace};

use crate::schema::epoch::{EpochExpect, EpochInput};
use crate::schema::subtensor_475::epoch::{ApportionExpect, ApportionInput, NullEpochExpect, NullEpochRaw};
use crate::schema::{Decimal, Failure, Malformed, U64};
use crate::via_rust::epoch::{Tables, epoch as epoch_by, expectation};
use crate::via_rust::refused;

/// Kind `epoch`.
///
/// # Errors
/// What core's door refuses.
pub fn epoch(input: &EpochInput) -> Result<EpochExpect, Failure> {
    epoch_by(Rules::SUBTENSOR_475, input)
}

/// Kind `null-epoch`.
///
/// # Errors
/// A missing budget, or what core's door refuses.
pub fn null_epoch(input: &EpochInput) -> Result<NullEpochExpect, Failure> {
    let budgets = NullBudgets {
        mining: budget("mining_budget", input.mining_budget)?,
        dividend: budget("dividend_budget", input.dividend_budget)?,
        fallback: budget("fallback_budget", input.fallback_budget)?,
    };
    let tables = Tables::new(Rules::SUBTENSOR_475, input);
    let subnet = tables.subnet().map_err(refused)?;
    let mut memory = vec![0; Workspace::words(input.n, 0, 0).unwrap_or(0)];
    let outcome = epoch::null_epoch(&tables.params, &subnet, budgets, &mut memory).map_err(refused)?;
    let expect = expectation(input.n, &outcome);
    Ok(NullEpochExpect {
        validator_permit: expect.validator_permit,
        raw: NullEpochRaw { stake: expect.raw.stake, incentive: expect.raw.incentive, dividends: expect.raw.dividends },
        server_emission: expect.server_emission,
        validator_emission: expect.validator_emission,
        emission: expect.emission,
        active: expect.active,
        stake_weight: expect.stake_weight,
        consensus: expect.consensus,
        validator_trust: expect.validator_trust,
        incentive: expect.incentive,
        dividends: expect.dividends,
    })
}

fn budget(field: &str, budget: Option<U64>) -> Result<u64, Failure> {
    budget.map(|budget| budget.0).ok_or_else(|| {
        Failure::Malformed(Malformed {
            code: "missing".into(),
            field: field.into(),
            index: None,
            message: format!("missing field `{field}`"),
        })
    })
}

/// Kind `apportion`.
///
/// # Errors
/// None.
pub fn apportion(input: &ApportionInput) -> Result<ApportionExpect, Failure> {
    let mut payouts = vec![0; input.shares.len()];
    epoch::apportion(input.shares.iter().map(|share| share.0), input.budget.0, &mut payouts);
    Ok(ApportionExpect { payouts: payouts.into_iter().map(Decimal).collect() })
}

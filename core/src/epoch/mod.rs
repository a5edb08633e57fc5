//! Yuma consensus: one epoch of a subnet, from its validators' weights to everybody's reward (spec `epoch.md`).
//!
//! [`run`] is the whole of it, stage by stage. Each stage is a public function over slices and can be studied alone:
//!
//! | stage | what | function |
//! |---|---|---|
//! | A | who has set weights lately | [`activity`] |
//! | B | stake as a share of the subnet's | [`normalized_stake`] |
//! | C | who may validate | [`permits`] |
//! | D | stake as a share of the active validators' | [`active_stake`] |
//! | E | the weights that count | [`masked_weights`] |
//! | F | the weight a majority stands behind | [`consensus`] |
//! | G | weights cut to the consensus; validators' trust | [`clip`], [`validator_trust`] |
//! | H | the miners' incentive | [`incentive`] |
//! | I | the weights that earn bonds | [`weights_for_bonds`] |
//! | J | the bonds that are kept | [`OldBonds`] |
//! | K | Yuma 2: new bonds and dividends | [`bonds_ema_yuma2`], [`dividends_yuma2`], [`max_upscale_columns`] |
//! | K′ | Yuma 3: new bonds and dividends | [`bonds_ema`], [`bonds_ema_liquid`], [`dividends`] |
//! | L | everything in rao | [`emission`] |
//! | M | the chain's units | [`Outcome`] |
//!
//! A subnet in Null mode has no consensus; its epoch is [`null_epoch`] (from 475 on).

mod activity;
mod bonds;
mod buffers;
mod columns;
mod consensus;
mod incentive;
mod liquid_alpha;
mod null;
mod outcome;
mod params;
mod payout;
mod permits;
mod stake;
mod static_subnet;
mod subnet;
mod weights;
mod workspace;

pub use activity::activity;
pub use bonds::{
    OldBonds, StepBlocks, bonds_ema, bonds_ema_yuma2, fresh_share, fresh_share_wrapping, last_tempo,
    last_tempo_in_yuma, max_upscale_columns,
};
pub use buffers::{InputSizes, MatrixBuffers, SubnetBuffers};
pub use columns::Columns;
pub use consensus::{ConsensusMemory, consensus};
pub use incentive::{incentive, validator_trust};
pub use liquid_alpha::{
    ConsensusChoice, LiquidAlpha, LiquidMemory, bonds_ema_liquid, chosen_consensus, current_consensus,
};
pub use null::{NullBudgets, apportion, null_epoch};
pub use outcome::{Outcome, Raw};
pub use params::{ConsensusMode, Params};
pub use payout::{Emission, dividends, dividends_yuma2, emission};
pub use permits::{has_permit, permits};
pub use stake::{active_stake, normalized_stake};
pub use static_subnet::{Neuron, StaticSubnet, StaticWorkspace};
pub use subnet::Subnet;
pub use weights::{WeightMask, clip, masked_weights, weights_for_bonds};
pub use workspace::Workspace;

use crate::error::Error;
use crate::fixed::I32F32;
use crate::rows::{RowsMut, Scatter};

/// Runs one epoch of `subnet` in the caller's memory, [`Subnet::workspace_words`] words of it. What the memory holds
/// before does not matter; the outcome borrows it.
///
/// # Errors
/// Those of [`Subnet::validate`], and [`ErrorCode::TooSmall`](crate::ErrorCode::TooSmall) with the number of words needed.
/// After the door nothing fails.
///
/// ```
/// use yuma_core::{Params, Rows, Subnet, epoch, fixed::I64F64};
///
/// // Two validators, two miners: both validators prefer miner 2, the smaller one more so.
/// let subnet = Subnet {
///     n: 4,
///     current_block: 1000,
///     last_step_block: 640,
///     last_yuma_step_block: Some(640),
///     owner_uid: None,
///     rao_emission: 1_000_000_000,
///     stake: &[600, 400, 0, 0].map(I64F64::from_num),
///     last_update: &[990; 4],
///     block_at_registration: &[0; 4],
///     validator_permit: &[true, true, false, false],
///     commit_block: None,
///     weights: Rows::new("weights", &[0, 2, 3, 3, 3], &[2, 3, 2], &[65535, 32768, 65535])?,
///     bonds: Rows::EMPTY,
///     previous_consensus: &[],
/// };
/// let mut memory = [0; 256];
/// let outcome = epoch::run(&Params::CHAIN_DEFAULT, &subnet, &mut memory)?;
/// assert_eq!(outcome.incentive().collect::<Vec<_>>(), [0, 0, 50411, 15123]);
/// assert_eq!(outcome.emission().iter().sum::<u64>(), 999_999_998);
/// # Ok::<(), yuma_core::Error>(())
/// ```
pub fn run<'a>(params: &Params, subnet: &Subnet<'_>, memory: &'a mut [u64]) -> Result<Outcome<'a>, Error> {
    subnet.validate(params.commit_reveal)?;
    let mut memory = Workspace::carve(memory, subnet.n, subnet.weights.entries(), subnet.new_bonds())?;
    let [first, second, third, chosen] = &mut memory.scratch;
    let [reciprocals, more_reciprocals] = &mut memory.reciprocals;
    let forms = params.rules.epoch();

    // A–D: who counts, and how much
    for (active, &last_update) in memory.active.iter_mut().zip(subnet.last_update) {
        *active = activity(last_update, params.activity_cutoff, subnet.current_block);
    }
    normalized_stake(subnet.stake, subnet.owner_uid, params.stake_threshold, memory.stake_weight);
    permits(memory.stake_weight, params.max_allowed_validators, subnet.owner_uid, memory.new_permit);
    active_stake(memory.stake_weight, memory.active, subnet.validator_permit, subnet.owner_uid, memory.active_stake);

    // E–H: what the validators say, what they agree on, and what the miners earn by it
    let mask = subnet.weight_mask(params.commit_reveal);
    let mut weights = RowsMut::new(memory.weight_ends, memory.weight_columns, memory.weight_values);
    masked_weights(subnet.n, subnet.weights, &mask, &mut weights);
    let consensus_memory = ConsensusMemory {
        shares: first,
        keys: memory.bond_values,
        column_begin: memory.column_begin,
        column_end: memory.column_end,
    };
    consensus(weights.as_rows(), memory.active_stake, params.kappa, consensus_memory, memory.consensus);
    validator_trust(weights.as_rows(), memory.consensus, memory.validator_trust);
    incentive(weights.as_rows(), memory.active_stake, memory.consensus, memory.incentive);

    // I–K: what of it the validators may keep as bonds, and what their bonds earn
    let mut row = Scatter::new(memory.row, memory.touched);
    weights_for_bonds(&mut weights, memory.consensus, params.bonds_penalty, &mut row);
    let weights = weights.as_rows();
    let old = OldBonds {
        bonds: subnet.bonds,
        last_tempo: (forms.last_tempo)(&StepBlocks {
            current_block: subnet.current_block,
            tempo: params.tempo,
            last_step_block: subnet.last_step_block,
            last_yuma_step_block: subnet.last_yuma_step_block,
        }),
        block_at_registration: subnet.block_at_registration,
    };
    let bond_values: &mut [I32F32] = bytemuck::try_cast_slice_mut(memory.bond_values).unwrap_or_default();
    let mut bonds = RowsMut::new(memory.bond_ends, memory.bond_columns, bond_values);
    if params.yuma3 {
        let choice = ConsensusChoice {
            mode: params.consensus_mode,
            bonds_penalty: params.bonds_penalty,
            previous: subnet.previous_consensus,
        };
        (forms.liquid_consensus)(&choice, memory.consensus, chosen);
        if params.liquid_alpha && chosen.iter().any(|&consensus| consensus != I32F32::ZERO) {
            let liquid = LiquidAlpha::new(params.alpha_low, params.alpha_high, params.alpha_sigmoid_steepness);
            for scratch in [&mut *first, &mut *second, &mut *third] {
                scratch.fill(I32F32::ZERO);
            }
            let memory_of_row = LiquidMemory { weight_seen: first, bond_seen: second, bond_last: third };
            bonds_ema_liquid(weights, &old, chosen, &liquid, memory_of_row, &mut bonds);
        } else {
            let fresh = fresh_share_wrapping(params.bonds_moving_average);
            bonds_ema(weights, &old, fresh, &mut row, &mut bonds);
        }
        let mut columns = Columns::new(first, reciprocals);
        dividends(bonds.as_rows(), memory.incentive, memory.active_stake, &mut columns, memory.dividends);
    } else {
        let fresh = fresh_share(params.bonds_moving_average);
        let mut columns = [Columns::new(first, reciprocals), Columns::new(second, more_reciprocals)];
        bonds_ema_yuma2(weights, memory.active_stake, &old, fresh, &mut columns, &mut row, &mut bonds);
        dividends_yuma2(bonds.as_rows(), memory.incentive, memory.dividends);
        let [columns, _] = &mut columns;
        max_upscale_columns(&mut bonds, columns);
    }
    let new_bonds = bonds.as_rows().entries();

    // L: everything in rao
    let mut paid = Emission {
        server: memory.server_emission,
        validator: memory.validator_emission,
        combined: memory.combined_emission,
    };
    emission(
        memory.incentive,
        memory.dividends,
        memory.active_stake,
        memory.stake_weight,
        subnet.rao_emission,
        &mut paid,
    );
    Ok(Outcome::new(params.rules, memory, new_bonds))
}

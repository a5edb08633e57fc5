//! The main job: what a subnet's validators say in, everybody's reward out.

use yuma_core::{Params, Rows, Subnet, epoch, fixed::I64F64};

fn main() -> Result<(), yuma_core::Error> {
    // Two validators, two miners. Both validators prefer miner 2.
    let subnet = Subnet {
        n: 4,
        current_block: 1000,
        last_step_block: 640,
        last_yuma_step_block: Some(640),
        owner_uid: None,
        rao_emission: 1_000_000_000,
        stake: &[600, 400, 0, 0].map(I64F64::from_num),
        last_update: &[990; 4],
        block_at_registration: &[0; 4],
        validator_permit: &[true, true, false, false],
        commit_block: None,
        weights: Rows::new("weights", &[0, 2, 3, 3, 3], &[2, 3, 2], &[65535, 32768, 65535])?,
        bonds: Rows::EMPTY,
        previous_consensus: &[],
    };
    let params = Params { kappa: 32767, ..Params::CHAIN_DEFAULT };
    let mut memory = [0; 256]; // subnet.workspace_words() says how much

    let outcome = epoch::run(&params, &subnet, &mut memory)?;
    println!("rules {}", outcome.rules().id());
    for (uid, (incentive, rao)) in outcome.incentive().zip(outcome.emission()).enumerate() {
        println!("uid {uid}  incentive {incentive:5}  rao {rao:9}"); // uid 2  incentive 50411  rao 384614030
    }
    Ok(())
}

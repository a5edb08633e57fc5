//! The halvings, to the last rao.

use yuma_core::emission::{CAP, daily_emission, halvings as all_halvings, next_halving};

use super::{coins, table};

/// Shows the whole schedule, and what lies ahead of `issuance`, in rao.
pub fn halvings(issuance: u64) {
    println!("The reward per block by issuance, in TAO; the cap is {}", coins(CAP));
    let mut table = table(["halving", "from issuance", "reward per block", "a day"]);
    for halving in all_halvings() {
        table.add_row([
            halving.number.to_string(),
            coins(halving.threshold),
            coins(halving.reward),
            coins(daily_emission(halving.threshold)),
        ]);
    }
    println!("{table}");
    match next_halving(issuance) {
        Some(next) => println!(
            "At an issuance of {}: {} per block, {} a day; halved to {} in {} blocks, about {} days.",
            coins(issuance),
            coins(next.reward),
            coins(daily_emission(issuance)),
            coins(next.reward_after),
            next.blocks,
            next.blocks / yuma_core::emission::BLOCKS_PER_DAY,
        ),
        None => println!("At an issuance of {} nothing is minted any more.", coins(issuance)),
    }
}

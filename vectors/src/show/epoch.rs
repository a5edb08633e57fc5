//! An epoch: who earns what.

use std::cmp::Reverse;
use std::path::Path;
use std::time::Instant;

use yuma_core::epoch;

use super::{coins, refused, subnet_of, table};

/// Computes the epoch of a file's case and shows the neurons with the largest emission.
pub fn epoch(path: &Path, case: Option<&str>, top: usize) -> Result<(), String> {
    let (name, _, tables) = subnet_of(path, case)?;
    let subnet = tables.subnet().map_err(refused)?;
    let mut memory = vec![0; subnet.workspace_words().map_err(refused)?];
    let start = Instant::now();
    let outcome = epoch::run(&tables.params, &subnet, &mut memory).map_err(refused)?;
    let time = start.elapsed();

    let validators = outcome.validator_permit().iter().filter(|permit| **permit).count();
    println!(
        "{name}: epoch of {} neurons, {validators} validators, at block {} over {} alpha, rules {}",
        subnet.n,
        subnet.current_block,
        coins(subnet.rao_emission),
        outcome.rules().id(),
    );
    let mut table = table([
        "uid",
        "permit",
        "stake",
        "consensus",
        "incentive",
        "dividends",
        "trust",
        "emission in rao",
        "emission",
    ]);
    let [consensus, incentive, dividends, trust]: [Vec<u16>; 4] = [
        outcome.consensus().collect(),
        outcome.incentive().collect(),
        outcome.dividends().collect(),
        outcome.validator_trust().collect(),
    ];
    let mut uids: Vec<usize> = (0..usize::from(subnet.n)).collect();
    uids.sort_by_key(|&uid| Reverse(outcome.emission()[uid]));
    for &uid in uids.iter().take(top) {
        let rao = outcome.emission()[uid];
        table.add_row([
            uid.to_string(),
            if outcome.validator_permit()[uid] { "yes" } else { "" }.into(),
            coins(subnet.stake[uid].saturating_to_num::<u128>()),
            consensus[uid].to_string(),
            incentive[uid].to_string(),
            dividends[uid].to_string(),
            trust[uid].to_string(),
            rao.to_string(),
            coins(rao),
        ]);
    }
    let sum = |amounts: &[u64]| amounts.iter().map(|&rao| u128::from(rao)).sum::<u128>();
    let sum_u16 = |shares: &[u16]| shares.iter().map(|&share| u64::from(share)).sum::<u64>().to_string();
    let stake: u128 = subnet.stake.iter().map(|stake| stake.saturating_to_num::<u128>()).sum();
    let total = sum(outcome.emission());
    table.add_row([
        "all".into(),
        validators.to_string(),
        coins(stake),
        String::new(),
        sum_u16(&incentive),
        sum_u16(&dividends),
        String::new(),
        total.to_string(),
        coins(total),
    ]);
    println!("{table}");
    println!(
        "miners {}, validators {}; computed in {time:.1?} with {} KiB of memory. \
         Shares are of 65535, stake and emission in coins of 10^9 rao.",
        coins(sum(outcome.server_emission())),
        coins(sum(outcome.validator_emission())),
        memory.len().div_ceil(128),
    );
    Ok(())
}

//! An epoch as a table on the screen.

use std::path::Path;
use std::time::Instant;

use comfy_table::{CellAlignment, Table, presets};
use yuma_core::fixed::I64F64;
use yuma_core::{Rules, epoch};
use yuma_vectors::runner;
use yuma_vectors::schema::epoch::EpochInput;
use yuma_vectors::schema::parse;
use yuma_vectors::via_rust::epoch::Tables;

/// Computes the epoch of a file's first case and shows the neurons with the largest emission.
pub fn epoch(path: &Path, top: usize) -> Result<bool, String> {
    let in_file = |what: String| format!("{}: {what}", path.display());
    let file = runner::read(path).map_err(|error| in_file(error.to_string()))?;
    if file.kind != "epoch" {
        return Err(in_file(format!("kind `{}`, not `epoch`", file.kind)));
    }
    let rules = Rules::from_id(&file.rules).ok_or_else(|| in_file(format!("unknown rules `{}`", file.rules)))?;
    let case = file.cases.first().ok_or_else(|| in_file("no case".into()))?;
    let input: EpochInput = parse(&case.input).map_err(|failure| in_file(failure.to_string()))?;
    let tables = Tables::new(rules, &input);
    let refused = |error: yuma_core::Error| in_file(error.to_string());
    let subnet = tables.subnet().map_err(refused)?;
    let mut memory = vec![0; subnet.workspace_words().map_err(refused)?];
    let start = Instant::now();
    let outcome = epoch::run(&tables.params, &subnet, &mut memory).map_err(refused)?;
    let time = start.elapsed();

    let permits = outcome.validator_permit().iter().filter(|permit| **permit).count();
    println!("{}: {} neurons, {permits} validators, rules {}", case.name, subnet.n, outcome.rules().id());
    println!("epoch at block {} over {} alpha\n", subnet.current_block, coins(subnet.rao_emission.into()));

    let mut table = Table::new();
    table.load_style(presets::UTF8_BORDERS_ONLY).set_header([
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
    let columns: [Vec<u16>; 4] = [
        outcome.consensus().collect(),
        outcome.incentive().collect(),
        outcome.dividends().collect(),
        outcome.validator_trust().collect(),
    ];
    let mut uids: Vec<usize> = (0..usize::from(subnet.n)).collect();
    uids.sort_by_key(|&uid| std::cmp::Reverse(outcome.emission()[uid]));
    for &uid in uids.iter().take(top) {
        let permit = if outcome.validator_permit()[uid] { "yes" } else { "" };
        let stake = coins(subnet.stake[uid].saturating_to_num::<u128>());
        let rao = outcome.emission()[uid];
        let mut cells = vec![uid.to_string(), permit.into(), stake];
        cells.extend(columns.iter().map(|column| column[uid].to_string()));
        cells.extend([rao.to_string(), coins(rao.into())]);
        table.add_row(cells);
    }
    let sum = |amounts: &[u64]| amounts.iter().map(|&rao| u128::from(rao)).sum::<u128>();
    let stake: u128 = subnet.stake.iter().map(|stake: &I64F64| stake.saturating_to_num::<u128>()).sum();
    let total = sum(outcome.emission());
    let mut cells = vec!["all".into(), permits.to_string(), coins(stake)];
    cells.extend(columns.iter().map(|column| column.iter().map(|&each| u64::from(each)).sum::<u64>().to_string()));
    cells.extend([total.to_string(), coins(total)]);
    table.add_row(cells);
    for column in table.column_iter_mut() {
        column.set_cell_alignment(CellAlignment::Right);
    }
    println!("{table}");
    println!("consensus, incentive, dividends and trust are of 65535; stake and emission in coins of 10^9 rao");
    println!(
        "miners {}, validators {}; computed in {time:.1?} with {} KiB of memory",
        coins(sum(outcome.server_emission())),
        coins(sum(outcome.validator_emission())),
        memory.len().div_ceil(128),
    );
    Ok(true)
}

/// Rao as coins, with all nine decimals.
fn coins(rao: u128) -> String {
    format!("{}.{:09}", rao / 1_000_000_000, rao % 1_000_000_000)
}

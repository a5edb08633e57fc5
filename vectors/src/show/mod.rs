//! Results as tables on the screen.

mod block;
mod compare;
mod epoch;
mod halvings;

use std::fmt::Display;
use std::path::Path;

use comfy_table::{CellAlignment, Table, presets};
use yuma_core::Rules;
use yuma_vectors::runner;
use yuma_vectors::schema::epoch::EpochInput;
use yuma_vectors::schema::parse;
use yuma_vectors::via_rust::epoch::Tables;

pub use block::{ISSUANCE, block};
pub use compare::compare;
pub use epoch::epoch;
pub use halvings::halvings;

/// A subnet out of a file of kind `epoch`: the case's name, its rules, its tables.
fn subnet_of(path: &Path, case: Option<&str>) -> Result<(String, Rules, Tables), String> {
    let in_file = |what: String| format!("{}: {what}", path.display());
    let file = runner::read(path).map_err(|error| in_file(error.to_string()))?;
    if file.kind != "epoch" {
        return Err(in_file(format!("kind `{}`, not `epoch`", file.kind)));
    }
    let rules = Rules::from_id(&file.rules).ok_or_else(|| in_file(format!("unknown rules `{}`", file.rules)))?;
    let mut cases = file.cases.into_iter();
    let found = cases.find(|each| case.is_none_or(|case| case == each.name));
    let case = found.ok_or_else(|| in_file(format!("no case `{}`", case.unwrap_or_default())))?;
    let input: EpochInput = parse(&case.input).map_err(|failure| in_file(failure.to_string()))?;
    Ok((case.name, rules, Tables::new(rules, &input)))
}

/// A table with these columns, all numbers to the right.
fn table<const N: usize>(header: [&str; N]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_BORDERS_ONLY).set_header(header);
    for column in table.column_iter_mut() {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

/// Rao as coins, with all nine decimals.
fn coins(rao: impl Into<u128>) -> String {
    let rao = rao.into();
    format!("{}.{:09}", rao / 1_000_000_000, rao % 1_000_000_000)
}

/// Core's word on an input it refuses.
fn refused(error: impl Display) -> String {
    error.to_string()
}

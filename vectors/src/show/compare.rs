//! The same subnet under every rule set.

use std::cmp::Reverse;
use std::path::Path;

use yuma_core::epoch::{self, Outcome};
use yuma_core::{Params, Rows, Rules, Subnet};

use super::{coins, refused, subnet_of, table};

/// What an epoch leaves for the next one.
struct Carried {
    validator_permit: Vec<bool>,
    consensus: Vec<u16>,
    bonds: (Vec<u32>, Vec<u16>, Vec<u16>),
}

/// What an epoch pays, by uid.
struct Paid {
    dividends: Vec<u16>,
    emission: Vec<u64>,
}

/// Runs a first epoch, then under every rule set the one after it, in which all set the same weights again, and marks the
/// neurons whose results differ. (Two epochs: a rule may read what the one before left.)
pub fn compare(path: &Path, case: Option<&str>, top: usize) -> Result<(), String> {
    let (name, rules, tables) = subnet_of(path, case)?;
    let first = tables.subnet().map_err(refused)?;
    let left = run(&tables.params, &first, Carried::from)?;
    let (ends, columns, values) = &left.bonds;
    let tempo = tables.params.tempo;
    let last_update: Vec<u64> = first.last_update.iter().map(|block| block.saturating_add(tempo)).collect();
    let next = Subnet {
        last_update: &last_update,
        current_block: first.current_block.saturating_add(tempo),
        last_step_block: first.current_block,
        last_yuma_step_block: Some(first.current_block),
        validator_permit: &left.validator_permit,
        bonds: Rows::from_ends("bonds", ends, columns, values).map_err(refused)?,
        previous_consensus: &left.consensus,
        ..first
    };
    let sets: Vec<(Rules, Paid)> = Rules::ALL
        .iter()
        .map(|&rules| Ok((rules, run(&Params { rules, ..tables.params }, &next, Paid::from)?)))
        .collect::<Result<_, String>>()?;
    let [(old, before), .., (new, after)] = sets.as_slice() else { return Err("one rule set only".into()) };

    println!("{name}: one epoch later, the same weights set again, by both rule sets (the first by {})", rules.id());
    let [old_dividends, new_dividends] = [old, new].map(|rules| format!("dividends {}", rules.spec_version()));
    let [old_emission, new_emission] = [old, new].map(|rules| format!("emission {}", rules.spec_version()));
    let mut table = table(["uid", &old_dividends, &new_dividends, &old_emission, &new_emission, ""]);
    let mut uids: Vec<usize> = (0..usize::from(next.n)).collect();
    let differs =
        |uid: usize| (before.dividends[uid], before.emission[uid]) != (after.dividends[uid], after.emission[uid]);
    uids.sort_by_key(|&uid| Reverse((differs(uid), before.emission[uid].max(after.emission[uid]))));
    for &uid in uids.iter().take(top) {
        table.add_row([
            uid.to_string(),
            before.dividends[uid].to_string(),
            after.dividends[uid].to_string(),
            coins(before.emission[uid]),
            coins(after.emission[uid]),
            if differs(uid) { "≠" } else { "" }.into(),
        ]);
    }
    println!("{table}");
    match uids.iter().filter(|&&uid| differs(uid)).count() {
        0 => {
            println!("No neuron differs: in Yuma mode the sets part only where liquid alpha reads the last consensus.");
        }
        count => println!(
            "≠: {count} of {} neurons differ: liquid alpha measures against the last epoch's consensus from 475 on.",
            next.n
        ),
    }
    Ok(())
}

fn run<T>(params: &Params, subnet: &Subnet<'_>, take: fn(&Outcome<'_>) -> T) -> Result<T, String> {
    let mut memory = vec![0; subnet.workspace_words().map_err(refused)?];
    epoch::run(params, subnet, &mut memory).map(|outcome| take(&outcome)).map_err(refused)
}

impl Carried {
    fn from(outcome: &Outcome<'_>) -> Self {
        let (rows, entries) = (outcome.validator_permit().len(), outcome.bonds_len());
        let mut bonds = (vec![0; rows], vec![0; entries], vec![0; entries]);
        outcome.write_bonds(&mut bonds.0, &mut bonds.1, &mut bonds.2).expect("buffers as large as asked for");
        Self { validator_permit: outcome.validator_permit().to_vec(), consensus: outcome.consensus().collect(), bonds }
    }
}

impl Paid {
    fn from(outcome: &Outcome<'_>) -> Self {
        Self { dividends: outcome.dividends().collect(), emission: outcome.emission().to_vec() }
    }
}

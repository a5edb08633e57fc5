//! `yuma-vectors`: judges, generates and lists golden vectors.

mod index;
mod show;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use serde_json::Value;
use yuma_core::Rules;
use yuma_vectors::kinds::{self, Via};
use yuma_vectors::runner;
use yuma_vectors::schema::{Case, File, SCHEMA};

#[derive(Parser)]
#[command(version, about = "Golden vectors of libyuma", arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Judge files of vectors (.json, .json.gz): a line per file, then `N passed, N failed`
    Verify {
        /// Who computes
        #[arg(long, value_enum, default_value_t = Who::Rust)]
        via: Who,
        /// The files
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Print a file of random cases, with what the naive model makes of them
    Generate {
        /// The same seed gives the same cases
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// How many
        #[arg(long, default_value_t = 10)]
        count: usize,
        /// What about
        #[arg(long, default_value = "epoch")]
        kind: String,
        /// By which rules
        #[arg(long, default_value = Rules::SUBTENSOR_425.id())]
        rules: String,
    },
    /// Compare core and the naive model on random input, extreme values included
    CheckRandom {
        /// The same seed gives the same cases
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// How many of each kind
        #[arg(long, default_value_t = 1000)]
        count: usize,
        /// Of this kind only
        #[arg(long)]
        kind: Option<String>,
        /// By these rules only
        #[arg(long)]
        rules: Option<String>,
    },
    /// Write the index of all files below a folder: kind, rules, number of cases, SHA-256
    Index {
        /// The folder; its `index.json` is written
        folder: PathBuf,
        /// Write nothing, fail if the index is not current
        #[arg(long)]
        check: bool,
    },
    /// Show results as tables
    #[command(subcommand)]
    Show(Show),
}

#[derive(Subcommand)]
enum Show {
    /// An epoch: who earns what
    Epoch(ShowEpoch),
    /// The next epoch of the same subnet under every rule set, with the differences marked
    Compare(ShowEpoch),
    /// One block of emission for a handful of subnets
    Block,
    /// The halvings, to the last rao
    Halvings {
        /// The issuance in rao to look ahead from
        #[arg(long, default_value_t = show::ISSUANCE)]
        issuance: u64,
    },
}

#[derive(Args)]
struct ShowEpoch {
    /// A file of kind `epoch`
    file: PathBuf,
    /// The case's name; the file's first case otherwise
    #[arg(long)]
    case: Option<String>,
    /// How many neurons, those with the largest emission first
    #[arg(long, default_value_t = 10)]
    top: usize,
}

#[derive(Clone, Copy, ValueEnum)]
enum Who {
    Rust,
    Model,
}

impl From<Who> for Via {
    fn from(who: Who) -> Self {
        match who {
            Who::Rust => Self::Rust,
            Who::Model => Self::Model,
        }
    }
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Verify { via, files } => Ok(verify(via.into(), &files)),
        Command::Generate { seed, count, kind, rules } => generate(seed, count, &kind, &rules),
        Command::CheckRandom { seed, count, kind, rules } => {
            check_random(seed, count, kind.as_deref(), rules.as_deref())
        }
        Command::Index { folder, check } => index::index(&folder, check),
        Command::Show(what) => show(what).map(|()| true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn show(what: Show) -> Result<(), String> {
    match what {
        Show::Epoch(of) => show::epoch(&of.file, of.case.as_deref(), of.top),
        Show::Compare(of) => show::compare(&of.file, of.case.as_deref(), of.top),
        Show::Block => show::block(),
        Show::Halvings { issuance } => {
            show::halvings(issuance);
            Ok(())
        }
    }
}

fn verify(via: Via, files: &[PathBuf]) -> bool {
    let (mut passed, mut failed) = (0, 0);
    for path in files {
        let shown = path.display();
        let file = match runner::read(path) {
            Ok(file) => file,
            Err(error) => {
                println!("{shown}: {error}");
                failed += 1;
                continue;
            }
        };
        let report = runner::run(&file, |rules, kind, input| kinds::compute(via, rules, kind, input));
        println!("{shown}: {}, {}: {} of {} passed", file.kind, file.rules, report.passed, file.cases.len());
        for (name, what) in report.failed.iter().take(5) {
            println!("  {name}: {what}");
        }
        if report.failed.len() > 5 {
            println!("  and {} more", report.failed.len() - 5);
        }
        passed += report.passed;
        failed += report.failed.len();
    }
    println!("{passed} passed, {failed} failed");
    failed == 0 && passed > 0
}

fn known(rules: &str) -> Result<Rules, String> {
    Rules::from_id(rules).ok_or(format!("unknown rules `{rules}`"))
}

/// A random input of `kind` and what the model expects of it, both as JSON.
fn random_case(rng: &mut ChaCha8Rng, rules: &str, kind: &str) -> Result<(Value, Value), String> {
    let found = kinds::find(known(rules)?, kind).ok_or(format!("unknown kind `{kind}` under the rules `{rules}`"))?;
    let input = found.random.ok_or(format!("kind `{kind}` has no random inputs"))?(rng);
    let expect = kinds::compute(Via::Model, rules, kind, &input).map_err(|failure| failure.to_string())?;
    Ok((input, expect))
}

fn generate(seed: u64, count: usize, kind: &str, rules: &str) -> Result<bool, String> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let cases = (0..count).map(|number| {
        let (input, expect) = random_case(&mut rng, rules, kind)?;
        Ok(Case { name: format!("random-{seed}-{number}"), comment: None, input, expect })
    });
    let file = File {
        schema: SCHEMA.into(),
        kind: kind.into(),
        rules: rules.into(),
        note: format!("{count} random cases of seed {seed}, expectations by the naive model"),
        cases: cases.collect::<Result<_, String>>()?,
    };
    println!("{}", serde_json::to_string(&file).map_err(|error| error.to_string())?);
    Ok(true)
}

fn check_random(seed: u64, count: usize, kind: Option<&str>, rules: Option<&str>) -> Result<bool, String> {
    let sets = rules.map_or(Ok(Rules::ALL.to_vec()), |rules| known(rules).map(|rules| vec![rules]))?;
    let (mut passed, mut failed) = (0, 0);
    for rules in sets {
        let chosen = kinds::of_rules(rules).filter(|each| kind.map_or(each.random.is_some(), |kind| kind == each.name));
        for kind in chosen {
            let equal = count_equal(seed, count, rules.id(), kind.name)?;
            println!("{}, {}: {equal} of {count} equal", kind.name, rules.id());
            passed += equal;
            failed += count - equal;
        }
    }
    println!("{passed} passed, {failed} failed");
    Ok(failed == 0 && passed > 0)
}

/// On how many random inputs core and the model agree; the first three others are shown.
fn count_equal(seed: u64, count: usize, rules: &str, kind: &str) -> Result<usize, String> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut equal = 0;
    for number in 0..count {
        let (input, expect) = random_case(&mut rng, rules, kind)?;
        let difference = match kinds::compute(Via::Rust, rules, kind, &input) {
            Ok(computed) => runner::first_difference(&expect, &computed).map(|found| found.to_string()),
            Err(failure) => Some(failure.to_string()),
        };
        match difference {
            None => equal += 1,
            Some(difference) if number - equal < 3 => {
                println!("  {kind}, number {number} of seed {seed}: {difference}\n  input: {input}");
            }
            Some(_) => {}
        }
    }
    Ok(equal)
}

//! `yuma-device`: talks to a hardware validator.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use serde_json::json;
use yuma_core::submission::WeightsCommit;
use yuma_device::answer::{EpochAnswer, Version, hex};
use yuma_device::device::Device;
use yuma_device::fuzz::fuzz;
use yuma_device::qemu::{INSTRUCTIONS_PER_SECOND, Qemu};
use yuma_device::verify::{Verdict, is_known, judge, on_tables};
use yuma_vectors::runner;
use yuma_vectors::schema::submission::Hex;

#[derive(Parser)]
#[command(version, about = "Talks to a hardware validator", arg_required_else_help = true)]
struct Arguments {
    #[command(flatten)]
    to: To,
    /// Bits a second, of a serial port
    #[arg(long, default_value_t = 115_200)]
    baud: u32,
    /// The longest wait for a byte, in seconds: an epoch on a slow board takes its time
    #[arg(long, default_value_t = 60)]
    timeout: u64,
    /// Write what the device did to this file, a NAME=NUMBER a line
    #[arg(long)]
    figures: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct To {
    /// Where the device is: a serial port, the path of a Unix socket, or HOST:PORT
    #[arg(long)]
    port: Option<String>,
    /// No hardware: run this image on QEMU's model of the board
    #[arg(long)]
    qemu: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// What the device is, and how it is doing
    Version,
    /// Compute an epoch: a table of who earns most, and the digest to sign
    Epoch {
        /// A file of kind epoch or null-epoch
        file: PathBuf,
        /// The case's name; the file's first case otherwise
        #[arg(long)]
        case: Option<String>,
        /// How many neurons, those with the largest emission first
        #[arg(long, default_value_t = 10)]
        top: usize,
    },
    /// The reward of a block, in rao, at an issuance in rao
    BlockEmission {
        /// Issuance of TAO, or of one subnet's alpha
        issuance: u64,
    },
    /// The hash that commits to weights
    CommitHash(CommitArguments),
    /// Judge golden vectors: a line per file, then `N passed, N failed, N skipped`
    Verify {
        /// Only the case of this name
        #[arg(long)]
        case: Option<String>,
        /// Files of the kinds epoch, null-epoch, digest, digest-error, block-emission, weights-commit-hash
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// The largest subnets there is room for, against the naive model: how long they take
    Dense,
    /// Send damaged frames, and see that the device answers each and lives
    Fuzz {
        /// How many
        #[arg(long, default_value_t = 1000)]
        count: u64,
        /// The same seed gives the same frames
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
}

#[derive(Args)]
struct CommitArguments {
    /// The committing hotkey's public key, 64 hexadecimal digits
    #[arg(long)]
    account: String,
    /// The subnet
    #[arg(long)]
    netuid: u16,
    /// The mechanism
    #[arg(long, default_value_t = 0)]
    mecid: u8,
    /// For example 0,3,17
    #[arg(long, value_delimiter = ',')]
    uids: Vec<u16>,
    /// As many weights
    #[arg(long, value_delimiter = ',')]
    values: Vec<u16>,
    /// The secret
    #[arg(long, value_delimiter = ',')]
    salt: Vec<u16>,
    /// The version key
    #[arg(long, default_value_t = 0)]
    version_key: u64,
}

/// What the command found, beside what it printed.
#[derive(Default)]
struct Figures(Vec<(&'static str, u64)>);

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<bool, String> {
    let limit = Duration::from_secs(arguments.timeout.max(1));
    let mut qemu = arguments.to.qemu.as_deref().map(Qemu::start).transpose().map_err(text)?;
    let mut device = match (&mut qemu, &arguments.to.port) {
        (Some(qemu), _) => qemu.device(limit).map_err(text)?,
        (None, port) => {
            let port = port.as_deref().unwrap_or_default();
            Device::open(port, arguments.baud, limit).map_err(|error| format!("{port}: {error}"))?
        }
    };
    let mut figures = Figures::default();
    let well = match &arguments.command {
        Command::Version => show_version(&device.version().map_err(text)?),
        Command::Epoch { file, case, top } => epoch(&mut device, file, case.as_deref(), *top)?,
        Command::BlockEmission { issuance } => {
            println!("{}", device.block_emission(*issuance).map_err(text)?);
            true
        }
        Command::CommitHash(of) => commit_hash(&mut device, of)?,
        Command::Verify { case, files } => verify(&mut device, &mut figures, case.as_deref(), files)?,
        Command::Dense => dense(&mut device, &mut figures)?,
        Command::Fuzz { count, seed } => {
            let tally = fuzz(&mut device, *count, *seed)?;
            println!(
                "{count} frames: {} stretches damaged and each answered with an error, {} refused, {} carried out",
                tally.damaged, tally.refused, tally.answered
            );
            true
        }
    };
    let about = device.version().map_err(text)?;
    figures.0.extend([
        ("stack_bytes_size", about.stack_size.into()),
        ("stack_bytes_peak", about.stack_peak.into()),
        ("epoch_ticks", about.epoch_ticks.into()),
        ("epoch_nanoseconds", nanoseconds(&about)),
    ]);
    if qemu.is_some() {
        // On the model an instruction takes a nanosecond.
        figures.0.push(("epoch_instructions", nanoseconds(&about) * INSTRUCTIONS_PER_SECOND / 1_000_000_000));
    }
    if let Some(file) = &arguments.figures {
        let lines = figures.0.iter().fold(String::new(), |mut lines, (name, figure)| {
            let _ = writeln!(lines, "{name}={figure}");
            lines
        });
        std::fs::write(file, lines).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    Ok(well)
}

/// How long the last epoch took.
fn nanoseconds(about: &Version) -> u64 {
    (u64::from(about.epoch_ticks) * 1_000_000_000).checked_div(about.ticks_per_second.into()).unwrap_or(0)
}

fn show_version(about: &Version) -> bool {
    let rules: Vec<String> = about.rules.iter().map(ToString::to_string).collect();
    println!("protocol {}, library {}, commands {:?}", about.protocol, about.library, about.commands);
    println!("rules of the spec versions {}", rules.join(", "));
    println!(
        "room for {} neurons, {} weights, {} bonds; workspace of {} words",
        about.neurons, about.weights, about.bonds, about.words
    );
    println!("stack: {} bytes used at most, of {}", about.stack_peak, about.stack_size);
    println!("last epoch: {} µs", nanoseconds(about) / 1000);
    true
}

fn epoch(device: &mut Device, path: &Path, case: Option<&str>, top: usize) -> Result<bool, String> {
    let file = read(path)?;
    let found = match case {
        Some(name) => file.cases.iter().find(|case| case.name == name),
        None => file.cases.first(),
    };
    let found = found.ok_or_else(|| format!("{}: no such case", path.display()))?;
    if !matches!(file.kind.as_str(), "epoch" | "null-epoch") {
        return Err(format!("{}: of kind `{}`, which is no epoch's", path.display(), file.kind));
    }
    let answer = on_tables(&file.rules, &found.input, |input| device.epoch(input))?.map_err(text)?;
    println!("{} ({}), on the device:", found.name, file.rules);
    show_outcome(&answer, top)?;
    let about = device.version().map_err(text)?;
    println!("digest {}", answer.digest_hex());
    println!("took {} µs on the device", nanoseconds(&about) / 1000);
    Ok(true)
}

fn show_outcome(answer: &EpochAnswer, top: usize) -> Result<(), String> {
    answer
        .read_outcome(|outcome, _| {
            let mut uids: Vec<usize> = (0..outcome.emission.len()).collect();
            uids.sort_by_key(|&uid| std::cmp::Reverse(outcome.emission[uid]));
            println!(
                "{:>6} {:>10} {:>10} {:>10} {:>20}",
                "uid", "consensus", "incentive", "dividends", "emission in rao"
            );
            for &uid in uids.iter().take(top) {
                let [consensus, incentive, dividends] =
                    [outcome.consensus, outcome.incentive, outcome.dividends].map(|list| list[uid]);
                println!("{uid:>6} {consensus:>10} {incentive:>10} {dividends:>10} {:>20}", outcome.emission[uid]);
            }
            println!("{} neurons, {} bonds", uids.len(), outcome.bonds.entries());
        })
        .map_err(text)
}

fn commit_hash(device: &mut Device, of: &CommitArguments) -> Result<bool, String> {
    let account: Hex<[u8; 32]> =
        serde_json::from_value(json!(of.account)).map_err(|error| format!("account: {error}"))?;
    let commit = WeightsCommit {
        account: &account.0,
        netuid: of.netuid,
        mecid: of.mecid,
        uids: &of.uids,
        values: &of.values,
        salt: &of.salt,
        version_key: of.version_key,
    };
    println!("{}", hex(&device.commit_hash(&commit).map_err(text)?));
    Ok(true)
}

fn verify(device: &mut Device, figures: &mut Figures, only: Option<&str>, paths: &[PathBuf]) -> Result<bool, String> {
    let about = device.version().map_err(text)?;
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    for path in paths {
        let file = read(path)?;
        if !is_known(&file.kind) {
            return Err(format!("{}: the device knows nothing of the kind `{}`", path.display(), file.kind));
        }
        let (mut good, mut bad, mut other) = (0, 0, 0);
        let mut reasons = BTreeMap::new();
        for case in file.cases.iter().filter(|case| only.is_none_or(|name| case.name == name)) {
            match judge(device, &about, &file, case).map_err(|trouble| format!("{}: {trouble}", case.name))? {
                Verdict::Passed => good += 1,
                Verdict::Failed(what) => {
                    bad += 1;
                    println!("FAILED {} {}: {what}", path.display(), case.name);
                }
                Verdict::Skipped(why) => {
                    other += 1;
                    *reasons.entry(why).or_insert(0_u64) += 1;
                }
            }
        }
        println!("{good:>6} passed {bad:>4} failed {other:>4} skipped  {}", path.display());
        for (why, count) in reasons {
            println!("       skipped {count}: {why}");
        }
        let _ = std::io::stdout().flush();
        (passed, failed, skipped) = (passed + good, failed + bad, skipped + other);
    }
    println!("{passed} passed, {failed} failed, {skipped} skipped");
    figures.0.extend([("cases_passed", passed), ("cases_failed", failed), ("cases_skipped", skipped)]);
    Ok(failed == 0 && passed > 0)
}

fn dense(device: &mut Device, figures: &mut Figures) -> Result<bool, String> {
    let about = device.version().map_err(text)?;
    let file = yuma_device::dense::dense(&about)?;
    let (mut passed, mut longest) = (0, 0);
    for case in &file.cases {
        let verdict = judge(device, &about, &file, case).map_err(|trouble| format!("{}: {trouble}", case.name))?;
        let took = nanoseconds(&device.version().map_err(text)?);
        let verdict = match verdict {
            Verdict::Passed => "passed".to_owned(),
            Verdict::Failed(what) => format!("FAILED: {what}"),
            Verdict::Skipped(why) => format!("FAILED: {why}"),
        };
        println!("{} ({}): {} µs on the device, {verdict}", case.name, file.rules, took / 1000);
        passed += u64::from(verdict == "passed");
        longest = longest.max(took);
    }
    let failed = u64::try_from(file.cases.len()).unwrap_or(u64::MAX) - passed;
    println!("{passed} passed, {failed} failed");
    figures.0.extend([("cases_passed", passed), ("cases_failed", failed), ("longest_epoch_nanoseconds", longest)]);
    Ok(failed == 0)
}

fn read(path: &Path) -> Result<yuma_vectors::schema::File, String> {
    runner::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

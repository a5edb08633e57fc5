//! Golden vectors through a device: every value that it gives against the one in the file.

use serde_json::{Value, json};
use yuma_core::Rules;
use yuma_core::digest::EpochInput as CoreInput;
use yuma_core::epoch::NullBudgets;
use yuma_core::submission::WeightsCommit;
use yuma_vectors::runner::first_difference;
use yuma_vectors::schema::digest::DigestErrorInput;
use yuma_vectors::schema::emission::BlockEmissionInput;
use yuma_vectors::schema::epoch::EpochInput;
use yuma_vectors::schema::submission::{Hex, WeightsCommitHashInput};
use yuma_vectors::schema::{Case, Decimal, File, parse, to_json};
use yuma_vectors::via_rust::epoch::Tables;

use crate::answer::{EpochAnswer, Version};
use crate::device::Device;
use crate::trouble::{Refusal, Trouble};

/// How a case fared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Every value is the file's.
    Passed,
    /// What is wrong.
    Failed(String),
    /// Nothing a device could pass; why.
    Skipped(String),
}

/// Whether the device has a command for this kind of vectors.
pub fn is_known(kind: &str) -> bool {
    fields_not_given(kind).is_some()
}

/// The fields of an expectation that the device does not give: steps on the way to the result.
fn fields_not_given(kind: &str) -> Option<&'static [&'static str]> {
    match kind {
        "epoch" | "null-epoch" | "block-emission" => Some(&["raw"]),
        "weights-commit-hash" => Some(&["storage_index", "preimage"]),
        "digest" => Some(&["input_bytes"]),
        "digest-error" => Some(&[]),
        _ => None,
    }
}

/// Judges a case of `file`.
///
/// # Errors
/// The line is broken or silent: no case after this one can be judged.
pub fn judge(device: &mut Device, about: &Version, file: &File, case: &Case) -> Result<Verdict, Trouble> {
    let Some(not_given) = fields_not_given(&file.kind) else {
        return Ok(Verdict::Failed(format!("the device knows nothing of the kind `{}`", file.kind)));
    };
    if let Some(why) = not_for_a_device(&file.kind, case) {
        return Ok(Verdict::Skipped(why.into()));
    }
    let (lacking, answer) = match compute(device, about, &file.rules, &file.kind, &case.input) {
        Ok(computed) => computed,
        Err(failure) => return Ok(Verdict::Failed(failure)),
    };
    Ok(match (lacking, answer) {
        (_, Err(Trouble::Line(error))) => return Err(error.into()),
        (Some(field), Err(Trouble::Refused(Refusal { name, field: refused, .. })))
            if name == "too_small" && field == refused =>
        {
            Verdict::Skipped(format!("the device has no room for {field}, and says so"))
        }
        (Some(field), _) => Verdict::Failed(format!("there is no room for {field}, but the device did not refuse it")),
        (None, Err(trouble)) => Verdict::Failed(trouble.to_string()),
        (None, Ok(computed)) => {
            let mut expected = case.expect.clone();
            if let Some(expected) = expected.as_object_mut() {
                expected.retain(|field, _| !not_given.contains(&field.as_str()));
            }
            match first_difference(&expected, &computed) {
                Some(difference) => Verdict::Failed(difference.to_string()),
                None => Verdict::Passed,
            }
        }
    })
}

/// Why a device that takes an input's bytes as they come cannot find the error that a case is about.
fn not_for_a_device(kind: &str, case: &Case) -> Option<&'static str> {
    let is = |of: &Value, field: &str, text: &str| of.get(field).is_some_and(|value| value == text);
    if kind != "digest-error" {
        None
    } else if is(&case.input, "content", "outcome") {
        Some("a device decodes no outcome")
    } else if is(&case.expect, "field", "bytes") {
        Some("a device may find another error before the bytes end")
    } else {
        None
    }
}

/// What the device has too little room for, if anything, and its answer.
type Computed = (Option<&'static str>, Result<Value, Trouble>);

/// Computes a case's input on the device. An error is an input that cannot be sent.
fn compute(device: &mut Device, about: &Version, rules: &str, kind: &str, input: &Value) -> Result<Computed, String> {
    match kind {
        "block-emission" => {
            let BlockEmissionInput { issuance } = read(input)?;
            let emission = device.block_emission(issuance.0);
            Ok((None, emission.map(|emission| json!({ "emission": to_json(Decimal(emission)) }))))
        }
        "weights-commit-hash" => {
            let WeightsCommitHashInput { account, netuid, mecid, uids, values, salt, version_key } = read(input)?;
            let commit = WeightsCommit {
                account: &account.0,
                netuid,
                mecid,
                uids: &uids,
                values: &values,
                salt: &salt,
                version_key: version_key.0,
            };
            let hash = device.commit_hash(&commit);
            Ok((lacking_for_commit(about, &commit), hash.map(|hash| json!({ "hash": to_json(Hex(hash)) }))))
        }
        "digest-error" => {
            let DigestErrorInput { bytes, .. } = read(input)?;
            Ok((
                None,
                device.refusal_of(&bytes.0).map(|refusal| {
                    json!({
                        "code": refusal.name,
                        "field": refusal.field,
                        "index": to_json(Decimal(refusal.index)),
                        "limit": to_json(Decimal(refusal.limit)),
                    })
                }),
            ))
        }
        _ => on_tables(rules, input, |input| {
            let answer = device.epoch(input).and_then(|answer| of_kind(kind, &answer));
            (lacking_for_epoch(about, input), answer)
        }),
    }
}

/// Hands the input of an epoch's case, a Null epoch's if it has budgets, to `with`, as core takes it.
///
/// # Errors
/// What is wrong with the input.
pub fn on_tables<T>(rules: &str, input: &Value, with: impl FnOnce(&CoreInput<'_>) -> T) -> Result<T, String> {
    let rules = Rules::from_id(rules).ok_or_else(|| format!("unknown rules `{rules}`"))?;
    let input: EpochInput = read(input)?;
    let tables = Tables::new(rules, &input);
    let subnet = tables.subnet().map_err(|error| error.to_string())?;
    Ok(with(&CoreInput { params: tables.params, subnet, null_budgets: null_budgets(&input) }))
}

fn null_budgets(input: &EpochInput) -> Option<NullBudgets> {
    let [mining, dividend, fallback] = [input.mining_budget?, input.dividend_budget?, input.fallback_budget?];
    Some(NullBudgets { mining: mining.0, dividend: dividend.0, fallback: fallback.0 })
}

/// An answer in the form of its kind's vectors.
fn of_kind(kind: &str, answer: &EpochAnswer) -> Result<Value, Trouble> {
    if kind == "digest" {
        let input_digest = answer.read_outcome(|outcome, _| outcome.input_digest)?;
        return Ok(json!({
            "input_digest": to_json(Hex(input_digest)),
            "outcome_bytes": to_json(Hex(&answer.outcome)),
            "outcome_digest": to_json(Hex(answer.digest)),
        }));
    }
    let mut outcome = answer.to_json()?;
    // A Null epoch gives no bonds, so its vectors have none: where the device gives none either, they are left out.
    if let (true, Some(fields)) = (kind == "null-epoch", outcome.as_object_mut()) {
        fields.retain(|field, value| field != "bonds" || value.as_array().is_none_or(|rows| !rows.is_empty()));
    }
    Ok(outcome)
}

fn lacking_for_epoch(about: &Version, input: &CoreInput<'_>) -> Option<&'static str> {
    let subnet = &input.subnet;
    let is_more = |count: usize, room: u32| u32::try_from(count).is_ok_and(|count| count > room);
    let entries = |rows: &yuma_core::Rows<'_, u16>| (0..subnet.n).map(|uid| rows.row(uid.into()).count()).sum();
    if u32::from(subnet.n) > about.neurons {
        Some("stake")
    } else if is_more(entries(&subnet.weights), about.weights) {
        Some("weights")
    } else if is_more(entries(&subnet.bonds), about.bonds) {
        Some("bonds")
    } else if input.workspace_words().is_ok_and(|words| is_more(words, about.words)) {
        Some("workspace")
    } else {
        None
    }
}

/// The lists share the epoch's workspace, four elements in a word.
fn lacking_for_commit(about: &Version, commit: &WeightsCommit<'_>) -> Option<&'static str> {
    let mut room = usize::try_from(about.words).unwrap_or(usize::MAX).saturating_mul(4);
    [("uids", commit.uids), ("values", commit.values), ("salt", commit.salt)].into_iter().find_map(|(field, list)| {
        match room.checked_sub(list.len()) {
            Some(rest) => {
                room = rest;
                None
            }
            None => Some(field),
        }
    })
}

fn read<I: serde::de::DeserializeOwned>(input: &Value) -> Result<I, String> {
    parse(input).map_err(|failure| failure.to_string())
}

//! Runs files of vectors through any implementation and says where a result differs first.

use std::fmt;
use std::fs::File as OpenFile;
use std::io::{self, BufReader, Read};
use std::path::Path;

use flate2::read::GzDecoder;
use serde_json::Value;

use crate::schema::{Failure, File, SCHEMA};

/// How the cases of one file fared.
#[derive(Debug, Default)]
pub struct Report {
    /// Cases whose every field is as expected.
    pub passed: usize,
    /// All others: the case's name, and what is wrong.
    pub failed: Vec<(String, String)>,
}

/// The first place where a result is not what a case expects.
#[derive(Debug, PartialEq, Eq)]
pub struct Difference {
    /// The field, for example `raw.consensus`.
    pub stage: String,
    /// The positions within it, for example `[3]`: for most fields of an epoch the uid.
    pub place: String,
    /// The value there in the file, if any.
    pub expected: Option<String>,
    /// The value there in the result, if any.
    pub computed: Option<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let show = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".into());
        write!(
            out,
            "{}{}: expected {}, computed {}",
            self.stage,
            self.place,
            show(&self.expected),
            show(&self.computed)
        )
    }
}

/// Reads a file of vectors, `.json` or `.json.gz`.
///
/// # Errors
/// What reading or parsing it says; a file of another schema, or without a case.
pub fn read(path: &Path) -> io::Result<File> {
    let mut text = String::new();
    let file = BufReader::new(OpenFile::open(path)?);
    if path.extension().is_some_and(|extension| extension == "gz") {
        GzDecoder::new(file).read_to_string(&mut text)?;
    } else {
        { file }.read_to_string(&mut text)?;
    }
    let invalid = |message: String| io::Error::new(io::ErrorKind::InvalidData, message);
    let file: File = serde_json::from_str(&text).map_err(|error| invalid(error.to_string()))?;
    if file.schema != SCHEMA {
        return Err(invalid(format!("schema `{}`, not `{SCHEMA}`", file.schema)));
    }
    if file.cases.is_empty() {
        return Err(invalid("no case".into()));
    }
    Ok(file)
}

/// Runs every case of a file through `compute`, which takes the rules' id, the kind and a case's input.
pub fn run(file: &File, mut compute: impl FnMut(&str, &str, &Value) -> Result<Value, Failure>) -> Report {
    let mut report = Report::default();
    for case in &file.cases {
        let failure = match compute(&file.rules, &file.kind, &case.input) {
            Ok(computed) => first_difference(&case.expect, &computed).map(|difference| difference.to_string()),
            Err(failure) => Some(failure.to_string()),
        };
        match failure {
            Some(failure) => report.failed.push((case.name.clone(), failure)),
            None => report.passed += 1,
        }
    }
    report
}

/// The first difference, in the order of the computed fields: the stages of a result stand in the order of computation.
pub fn first_difference(expected: &Value, computed: &Value) -> Option<Difference> {
    difference(Some(expected), Some(computed), "", "")
}

fn difference(expected: Option<&Value>, computed: Option<&Value>, stage: &str, place: &str) -> Option<Difference> {
    match (expected, computed) {
        (Some(Value::Object(expected)), Some(Value::Object(computed))) => {
            let missing = expected.keys().filter(|field| !computed.contains_key(*field));
            computed.keys().chain(missing).find_map(|field| {
                let (stage, place) = match (stage, place) {
                    ("", _) => (field.clone(), String::new()),
                    (_, "") => (format!("{stage}.{field}"), String::new()),
                    _ => (stage.into(), format!("{place}.{field}")),
                };
                difference(expected.get(field), computed.get(field), &stage, &place)
            })
        }
        (Some(Value::Array(expected)), Some(Value::Array(computed))) => (0..expected.len().max(computed.len()))
            .find_map(|index| {
                difference(expected.get(index), computed.get(index), stage, &format!("{place}[{index}]"))
            }),
        (expected, computed) if expected == computed => None,
        (expected, computed) => Some(Difference {
            stage: stage.into(),
            place: place.into(),
            expected: expected.map(ToString::to_string),
            computed: computed.map(ToString::to_string),
        }),
    }
}

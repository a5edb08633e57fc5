//! The index of the vectors: which files there are, of what kind, and their SHA-256.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use sha2::{Digest, Sha256};
use yuma_vectors::runner;

/// A line of the index.
#[derive(Serialize)]
struct Entry {
    file: String,
    kind: String,
    rules: String,
    cases: usize,
    sha256: String,
}

/// Writes `index.json` of a folder, or with `check` only tells whether it is current.
pub fn index(folder: &Path, check: bool) -> Result<bool, String> {
    let mut paths = vec![];
    collect(folder, &mut paths)?;
    paths.sort();
    let entries = paths.iter().map(|path| entry(folder, path)).collect::<Result<Vec<_>, _>>()?;
    let text = serde_json::to_string_pretty(&entries).map_err(|error| error.to_string())? + "\n";
    let place = folder.join("index.json");
    let current = fs::read_to_string(&place).is_ok_and(|before| before == text);
    if check {
        if !current {
            println!("{} is not current: run `yuma-vectors index {}`", place.display(), folder.display());
        }
        return Ok(current);
    }
    fs::write(&place, text).map_err(|error| format!("{}: {error}", place.display()))?;
    println!("{}: {} files", place.display(), entries.len());
    Ok(true)
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), String> {
    let unreadable = |error| format!("{}: {error}", folder.display());
    for item in fs::read_dir(folder).map_err(unreadable)? {
        let path = item.map_err(unreadable)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            collect(&path, paths)?;
        } else if (name.ends_with(".json") || name.ends_with(".json.gz")) && name != "index.json" {
            paths.push(path);
        }
    }
    Ok(())
}

fn entry(folder: &Path, path: &Path) -> Result<Entry, String> {
    let unreadable = |error| format!("{}: {error}", path.display());
    let file = runner::read(path).map_err(unreadable)?;
    let digest = Sha256::digest(fs::read(path).map_err(unreadable)?);
    let mut sha256 = String::new();
    for byte in digest {
        let _ = write!(sha256, "{byte:02x}");
    }
    let place = path.strip_prefix(folder).unwrap_or(path);
    Ok(Entry {
        file: place.to_string_lossy().replace('\\', "/"),
        kind: file.kind,
        rules: file.rules,
        cases: file.cases.len(),
        sha256,
    })
}

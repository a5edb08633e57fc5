//! Every function of `functions.json` is there under its name, in every language.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    fs::read_to_string(project().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All Rust source below a folder.
fn source(folder: &Path) -> String {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.map(|path| if path.is_dir() { source(&path) } else { fs::read_to_string(&path).unwrap() }).collect()
}

/// Chapter → names.
fn functions() -> BTreeMap<String, Vec<String>> {
    let Value::Object(chapters) = serde_json::from_str(&read("vectors/functions.json")).unwrap() else {
        panic!("no object")
    };
    let lists = chapters.into_iter().filter(|(chapter, _)| chapter != "comment");
    lists.map(|(chapter, names)| (chapter, serde_json::from_value(names).unwrap())).collect()
}

fn missing(has: impl Fn(&str, &str) -> bool) -> Vec<String> {
    let functions = functions();
    let all = functions.iter().flat_map(|(chapter, names)| names.iter().map(move |name| (chapter, name)));
    all.filter(|(chapter, name)| !has(chapter, name)).map(|(_, name)| name.clone()).collect()
}

#[test]
fn rust_has_every_function() {
    let core = source(&project().join("core/src"));
    let has = |_: &str, name: &str| match name {
        "epoch" => core.contains("pub fn run<"), // yuma_core::epoch::run
        name => ["(", "<"].iter().any(|next| {
            core.contains(&format!("pub fn {name}{next}")) || core.contains(&format!("pub const fn {name}{next}"))
        }),
    };
    assert_eq!(missing(has), [""; 0]);
}

#[test]
fn c_has_every_function() {
    let header = read("ffi-c/include/yuma.h");
    assert_eq!(missing(|_, name| header.contains(&format!("yuma_{name}("))), [""; 0]);
}

#[test]
fn python_has_every_function() {
    let (package, fixed) = (read("ffi-python/python/libyuma/__init__.py"), read("ffi-python/python/libyuma/fixed.py"));
    let has = |chapter: &str, name: &str| match chapter {
        "fixed" => fixed.contains(&format!("def {name}(")) || fixed.contains(&format!("\"{name}\"")),
        _ => package.contains(&format!("\"{name}\"")),
    };
    assert_eq!(missing(has), [""; 0]);
}

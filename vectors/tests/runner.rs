//! The runner and the program `yuma-vectors`: they find what is wrong, say where, and fail.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use yuma_vectors::runner;

/// A folder of its own for each test, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("yuma-vectors-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).expect("temporary folder");
        Self(path)
    }

    fn write(&self, name: &str, contents: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("parent")).expect("temporary folder");
        fs::write(&path, contents).expect("temporary file");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn data(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(file)
}

fn json_of(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).expect("readable file")).expect("JSON")
}

/// What the program printed, and whether it was satisfied.
struct Answer {
    lines: Vec<String>,
    errors: String,
    success: bool,
}

impl Answer {
    fn last(&self) -> &str {
        self.lines.last().map_or("", String::as_str)
    }
}

fn run<A: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = A>) -> Answer {
    let output = Command::new(env!("CARGO_BIN_EXE_yuma-vectors")).args(arguments).output();
    let Output { status, stdout, stderr } = output.expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Answer { lines: text(stdout).lines().map(str::to_owned).collect(), errors: text(stderr), success: status.success() }
}

fn verify(files: &[&Path]) -> Answer {
    run([Path::new("verify")].iter().chain(files))
}

/// The first case of `features.json` alone.
fn one_case() -> Value {
    let mut file = json_of(&data("epoch/features.json"));
    file["cases"].as_array_mut().expect("cases").truncate(1);
    file
}

/// What `verify` says about the file after `change`.
fn verify_changed(folder: &Folder, change: impl FnOnce(&mut Value)) -> Answer {
    let mut file = one_case();
    change(&mut file);
    verify(&[&folder.write("changed.json", file.to_string())])
}

#[test]
fn an_unchanged_case_passes() {
    let folder = Folder::new("unchanged");
    let answer = verify_changed(&folder, |_| ());
    assert!(answer.success);
    assert!(answer.lines[0].ends_with("changed.json: epoch, subtensor-425: 1 of 1 passed"), "{:?}", answer.lines);
    assert_eq!(answer.lines[1..], ["1 passed, 0 failed"]);
}

#[test]
fn a_changed_digit_is_found() {
    let folder = Folder::new("digit");
    for (pointer, changed, stage, expected, computed) in [
        ("/active/3", json!(false), "active[3]", "false", "true"),
        ("/validator_permit/0", json!(false), "validator_permit[0]", "false", "true"),
        ("/stake_weight/1", json!(26214), "stake_weight[1]", "26214", "26213"),
        ("/consensus/2", json!(43688), "consensus[2]", "43688", "43689"),
        ("/incentive/3", json!(25206), "incentive[3]", "25206", "25205"),
        ("/dividends/0", json!(45371), "dividends[0]", "45371", "45370"),
        ("/validator_trust/1", json!(43691), "validator_trust[1]", "43691", "43690"),
        ("/emission/0", json!("346152763"), "emission[0]", "\"346152763\"", "\"346152762\""),
        ("/server_emission/2", json!("307690952"), "server_emission[2]", "\"307690952\"", "\"307690953\""),
        ("/validator_emission/1", json!("153847237"), "validator_emission[1]", "\"153847237\"", "\"153847236\""),
        ("/bonds/1/1/0/1", json!(21844), "bonds[1][1][0][1]", "21844", "21845"),
        ("/raw/stake/0", json!("2576980378"), "raw.stake[0]", "\"2576980378\"", "\"2576980377\""),
        ("/raw/consensus/3", json!("1431670328"), "raw.consensus[3]", "\"1431670328\"", "\"1431670329\""),
        ("/raw/dividends/1", json!("1321537703"), "raw.dividends[1]", "\"1321537703\"", "\"1321537702\""),
        (
            "/raw/ema_bonds/1/1/1/1",
            json!("2863311515"),
            "raw.ema_bonds[1][1][1][1]",
            "\"2863311515\"",
            "\"2863311514\"",
        ),
    ] {
        let answer = verify_changed(&folder, |file| {
            let place = file["cases"][0]["expect"].pointer_mut(pointer).expect("a field of the case");
            assert_ne!(*place, changed, "{pointer} is to be changed");
            *place = changed;
        });
        let line = format!("  yuma2-two-by-two: {stage}: expected {expected}, computed {computed}");
        assert!(!answer.success, "{pointer}");
        assert_eq!(answer.lines[1..], [line, "0 passed, 1 failed".to_owned()], "{pointer}");
        assert!(answer.lines[0].ends_with("0 of 1 passed"), "{:?}", answer.lines);
    }
}

#[test]
fn whatever_is_not_the_same_is_a_difference() {
    let folder = Folder::new("forms");
    let says = |change: fn(&mut Value), what: &str| {
        let answer = verify_changed(&folder, |file| change(&mut file["cases"][0]["expect"]));
        assert!(!answer.success, "{what}");
        assert_eq!(answer.lines[1], format!("  yuma2-two-by-two: {what}"));
    };
    // The same number of another type
    says(
        |expect| expect["emission"][0] = json!(346_152_762),
        "emission[0]: expected 346152762, computed \"346152762\"",
    );
    says(|expect| expect["incentive"][0] = json!(0.0), "incentive[0]: expected 0.0, computed 0");
    // Lists of other lengths
    let push = |expect: &mut Value| expect["active"].as_array_mut().expect("list").push(json!(true));
    says(push, "active[4]: expected true, computed nothing");
    let pop = |expect: &mut Value| drop(expect["consensus"].as_array_mut().expect("list").pop());
    says(pop, "consensus[3]: expected nothing, computed 21845");
    // Fields too many, too few, or of another shape
    says(|expect| expect["extra"] = json!([1]), "extra: expected [1], computed nothing");
    says(|expect| expect["raw"]["extra"] = json!(null), "raw.extra: expected null, computed nothing");
    let remove = |expect: &mut Value| drop(expect.as_object_mut().expect("object").remove("dividends"));
    says(remove, "dividends: expected nothing, computed [45370,20164,0,0]");
    says(|expect| expect["raw"]["stake"] = json!(null), {
        "raw.stake: expected null, computed [\"2576980377\",\"1717986918\",\"0\",\"0\"]"
    });
}

#[test]
fn the_earliest_stage_is_named() {
    let folder = Folder::new("earliest");
    let answer = verify_changed(&folder, |file| {
        let expect = &mut file["cases"][0]["expect"];
        for field in ["dividends", "incentive", "consensus", "emission"] {
            expect[field][2] = json!("wrong");
        }
        expect["raw"]["dividends"][0] = json!("1");
        expect["raw"]["consensus"][2] = json!("2");
    });
    assert_eq!(answer.lines[1], "  yuma2-two-by-two: raw.consensus[2]: expected \"2\", computed \"2863296966\"");
}

#[test]
fn of_many_failures_the_first_five_are_told_and_all_are_counted() {
    let folder = Folder::new("many");
    let mut file = json_of(&data("epoch/ties.json"));
    let cases = file["cases"].as_array_mut().expect("cases");
    let count = cases.len();
    for case in &mut cases[..7] {
        case["expect"]["emission"][0] = json!("wrong");
    }
    let names: Vec<_> = cases[..5].iter().map(|case| case["name"].as_str().expect("name").to_owned()).collect();
    let wrong = folder.write("wrong.json", file.to_string());
    let right = data("epoch/features.json");
    let right_count = json_of(&right)["cases"].as_array().expect("cases").len();
    let answer = verify(&[&wrong, &right]);
    assert!(!answer.success, "one right file does not make up for it");
    for (line, name) in answer.lines[1..6].iter().zip(&names) {
        assert!(line.starts_with(&format!("  {name}: emission[0]: expected \"wrong\", computed \"")), "{line}");
    }
    assert_eq!(answer.lines[6], "  and 2 more");
    assert!(answer.lines[7].ends_with(&format!("{right_count} of {right_count} passed")), "{}", answer.lines[7]);
    assert_eq!(answer.last(), format!("{} passed, 7 failed", count - 7 + right_count));
}

#[test]
fn a_compressed_file_is_read() {
    let folder = Folder::new("gzip");
    let compressed = |file: &Value| {
        let mut encoder = GzEncoder::new(vec![], Compression::default());
        encoder.write_all(file.to_string().as_bytes()).expect("memory");
        encoder.finish().expect("memory")
    };
    let mut file = one_case();
    let right = folder.write("right.json.gz", compressed(&file));
    let answer = verify(&[&right]);
    assert!(answer.success);
    assert_eq!(answer.last(), "1 passed, 0 failed");
    assert_eq!(runner::read(&right).expect("a file of vectors").cases[0].name, "yuma2-two-by-two");

    file["cases"][0]["expect"]["active"][0] = json!(false);
    let answer = verify(&[&folder.write("wrong.json.gz", compressed(&file))]);
    assert!(!answer.success);
    assert_eq!(answer.lines[1], "  yuma2-two-by-two: active[0]: expected false, computed true");

    let mut broken = compressed(&file);
    broken.truncate(broken.len() / 2);
    let answer = verify(&[&folder.write("broken.json.gz", broken)]);
    assert!(!answer.success);
    assert_eq!(answer.last(), "0 passed, 1 failed");
    let answer = verify(&[&folder.write("plain.json.gz", file.to_string())]);
    assert!(!answer.success, "not compressed at all");
}

#[test]
fn a_file_that_is_not_of_vectors_fails() {
    let folder = Folder::new("files");
    let with = |change: fn(&mut Value)| {
        let mut file = one_case();
        change(&mut file);
        file.to_string()
    };
    for (name, text, what) in [
        ("kind", with(|file| file["kind"] = json!("epok")), "unknown kind `epok`"),
        ("rules", with(|file| file["rules"] = json!("subtensor-9")), "unknown rules `subtensor-9`"),
        ("schema", with(|file| file["schema"] = json!("yuma-vectors/2")), "schema `yuma-vectors/2`"),
        ("no-case", with(|file| file["cases"] = json!([])), "no case"),
        ("no-cases", with(|file| drop(file.as_object_mut().expect("object").remove("cases"))), "missing field `cases`"),
        ("no-kind", with(|file| drop(file.as_object_mut().expect("object").remove("kind"))), "missing field `kind`"),
        (
            "no-expect",
            with(|file| drop(file["cases"][0].as_object_mut().expect("object").remove("expect"))),
            "missing field `expect`",
        ),
        ("not-json", "{\"schema\": ".to_owned(), "EOF"),
        ("empty", String::new(), "EOF"),
        ("twice", with(|_| ()) + "{}", "trailing characters"),
        ("input", with(|file| file["cases"][0]["input"]["n"] = json!(-1)), "n: invalid value: integer `-1`"),
    ] {
        let path = folder.write(&format!("{name}.json"), text);
        let answer = verify(&[&path]);
        assert!(!answer.success, "{name}");
        assert_eq!(answer.last(), "0 passed, 1 failed", "{name}");
        assert!(answer.lines.iter().any(|line| line.contains(what)), "{name}: {:?}", answer.lines);
        assert!(answer.lines[0].contains(&*path.to_string_lossy()), "{name}: the file is named");
        // Among others it is not overlooked.
        let answer = verify(&[&data("epoch/features.json"), &path]);
        assert!(!answer.success && answer.last().ends_with(" passed, 1 failed"), "{name}: {}", answer.last());
    }
    let answer = verify(&[&folder.0.join("absent.json")]);
    assert!(!answer.success);
    assert_eq!(answer.last(), "0 passed, 1 failed");
}

#[test]
fn both_judges_agree_on_a_case() {
    let path = data("epoch/edges.json");
    for judge in ["rust", "model"] {
        let answer = run(["verify", "--via", judge, &*path.to_string_lossy()]);
        assert!(answer.success, "{judge}");
        assert_eq!(answer.last(), "39 passed, 0 failed", "{judge}");
    }
    assert!(!run(["verify", "--via", "nobody", &*path.to_string_lossy()]).success);
    assert!(!run(["verify"]).success, "no file is no success");
}

#[test]
fn generated_cases_are_the_same_for_a_seed_and_pass() {
    let folder = Folder::new("generate");
    let generate = |seed: &str| run(["generate", "--seed", seed, "--count", "5"]);
    let [first, again, other] = ["7", "7", "8"].map(generate);
    assert!(first.success);
    assert_eq!(first.lines, again.lines);
    assert_ne!(first.lines, other.lines);
    let path = folder.write("generated.json", first.lines.join("\n"));
    let file = json_of(&path);
    let names: BTreeSet<_> =
        file["cases"].as_array().expect("cases").iter().map(|case| case["name"].as_str()).collect();
    assert_eq!(names.len(), 5);
    let answer = verify(&[&path]);
    assert!(answer.success, "{:?}", answer.lines);
    assert_eq!(answer.last(), "5 passed, 0 failed");

    for arguments in [["--kind", "epok"], ["--rules", "subtensor-9"], ["--kind", "epoch-error"]] {
        let answer = run(["generate"].into_iter().chain(arguments));
        assert!(!answer.success && answer.lines.is_empty(), "{arguments:?}");
        assert!(answer.errors.starts_with("error: ") && answer.errors.contains(arguments[1]), "{}", answer.errors);
    }
}

#[test]
fn random_cases_are_compared() {
    let check = |arguments: &[&str]| run(["check-random", "--count", "20", "--seed", "3"].iter().chain(arguments));
    let answer = check(&["--kind", "epoch", "--rules", "subtensor-425"]);
    assert!(answer.success);
    assert_eq!(answer.lines, ["epoch, subtensor-425: 20 of 20 equal", "20 passed, 0 failed"]);
    let answer = check(&["--kind", "epok"]);
    assert!(!answer.success, "nothing compared is no success");
    let answer = check(&["--rules", "subtensor-9"]);
    assert!(!answer.success && answer.errors.contains("unknown rules `subtensor-9`"), "{}", answer.errors);
}

#[test]
fn the_index_tells_whether_files_changed() {
    let folder = Folder::new("index");
    let edges = fs::read(data("epoch/edges.json")).expect("readable file");
    let first = folder.write("epoch/edges.json", &edges);
    folder.write("notes.txt", "not of vectors");
    let index = |arguments: &[&str]| {
        run(["index"].iter().chain(arguments).map(Path::new).chain([folder.0.as_path()]).map(Path::as_os_str))
    };
    let current = || index(&["--check"]).success;
    assert!(!current(), "there is none yet");
    assert!(!folder.0.join("index.json").exists(), "a check writes nothing");
    assert!(index(&[]).success);
    assert!(current());
    let mut sha256 = String::new();
    for byte in Sha256::digest(&edges) {
        write!(sha256, "{byte:02x}").expect("memory");
    }
    let entry =
        json!({"file": "epoch/edges.json", "kind": "epoch", "rules": "subtensor-425", "cases": 39, "sha256": sha256});
    assert_eq!(json_of(&folder.0.join("index.json")), json!([entry]));

    let mut changed = edges.clone();
    changed.push(b'\n');
    fs::write(&first, changed).expect("temporary file");
    assert!(!current(), "one byte more");
    fs::write(&first, &edges).expect("temporary file");
    assert!(current());
    let second = folder.write("more/case.json", one_case().to_string());
    assert!(!current(), "one file more");
    assert!(index(&[]).success);
    assert!(current());
    fs::remove_file(second).expect("temporary file");
    assert!(!current(), "one file less");
    folder.write("broken.json", "{");
    let answer = index(&[]);
    assert!(!answer.success && answer.errors.contains("broken.json"), "{}", answer.errors);
    assert!(!run([Path::new("index"), &folder.0.join("absent")]).success);
}

#[test]
fn what_is_accepted_is_no_error() {
    let folder = Folder::new("accepted");
    let mut file = one_case();
    file["kind"] = json!("epoch-error");
    file["cases"][0]["expect"] = json!({"code": "range", "field": "n", "index": null});
    let answer = verify(&[&folder.write("accepted.json", file.to_string())]);
    assert!(!answer.success);
    assert_eq!(answer.lines[1], "  yuma2-two-by-two: the input was accepted");
}

#[test]
fn every_error_is_told_apart_and_says_what_is_wrong() {
    // None of an error's fields is beside the point.
    let epoch: &[&str] = &["code", "field", "index"];
    let digest: &[&str] = &["code", "field", "index", "limit"];
    for (path, fields, least) in [("errors/epoch-error.json", epoch, 34), ("errors/digest-error.json", digest, 90)] {
        let file = runner::read(&data(path)).expect("a file of vectors");
        let names: BTreeSet<_> = file.cases.iter().map(|case| &case.name).collect();
        assert_eq!(names.len(), file.cases.len(), "{path}: names are unique");
        assert!(file.cases.len() >= least, "{path}");
        for case in &file.cases {
            assert!(case.comment.as_ref().is_some_and(|comment| !comment.is_empty()), "{path}: {}", case.name);
        }
        let folder = Folder::new("errors");
        for field in fields {
            let mut file = json_of(&data(path));
            let cases = file["cases"].as_array_mut().expect("cases");
            for case in cases.iter_mut() {
                case["expect"][field] = json!("other");
            }
            let count = cases.len();
            let answer = verify(&[&folder.write("errors.json", file.to_string())]);
            assert_eq!(answer.last(), format!("0 passed, {count} failed"), "{path}: {field}");
        }
    }
}

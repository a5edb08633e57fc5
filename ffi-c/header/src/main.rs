//! Writes `include/yuma.h` from the source of the binding; with `--check` it only compares.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use cbindgen::{Builder, Config, DocumentationStyle, EnumConfig, Language, RenameRule, Style};

/// The modules in the order of the header.
const MODULES: [&str; 12] = [
    "status",
    "numbers",
    "rules",
    "epoch",
    "digest",
    "emission",
    "coinbase",
    "schedule",
    "distribution",
    "mechanisms",
    "submission",
    "fixed",
];
const INTRODUCTION: &str = include_str!("introduction.h");

fn main() -> ExitCode {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let header = folder.join("include/yuma.h");
    let text = match generate(&folder) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    if !std::env::args().any(|argument| argument == "--check") {
        return fs::write(&header, text).map_or_else(
            |error| {
                eprintln!("{}: {error}", header.display());
                ExitCode::FAILURE
            },
            |()| ExitCode::SUCCESS,
        );
    }
    if fs::read_to_string(&header).is_ok_and(|committed| committed == text) {
        println!("include/yuma.h is current");
        return ExitCode::SUCCESS;
    }
    eprintln!("ffi-c/include/yuma.h is not what its source says: cargo run -p yuma-c-header");
    ExitCode::FAILURE
}

/// What is no constant of the source: the version to compile against, and a number that needs its parentheses.
fn macros() -> String {
    format!(
        "\n// The version of this header, as `yuma_version` gives that of the library.\n\
         #define YUMA_VERSION_MAJOR {}\n#define YUMA_VERSION_MINOR {}\n#define YUMA_VERSION_PATCH {}\n\n\
         // What stands for nothing in a signed member or array for which every number from 0 on means something.\n\
         #define YUMA_NONE (-1)",
        env!("CARGO_PKG_VERSION_MAJOR"),
        env!("CARGO_PKG_VERSION_MINOR"),
        env!("CARGO_PKG_VERSION_PATCH"),
    )
}

fn generate(folder: &Path) -> Result<String, String> {
    let config = Config {
        language: Language::C,
        cpp_compat: true,
        header: Some(INTRODUCTION.trim_end().into()),
        include_guard: Some("YUMA_H".into()),
        no_includes: true,
        sys_includes: vec!["stddef.h".into(), "stdint.h".into()],
        usize_is_size_t: true,
        after_includes: Some(macros()),
        style: Style::Type,
        documentation_style: DocumentationStyle::C99,
        line_length: 120,
        tab_width: 4,
        enumeration: EnumConfig { rename_variants: RenameRule::QualifiedScreamingSnakeCase, ..EnumConfig::default() },
        ..Config::default()
    };
    let sources = MODULES.map(|module| folder.join(format!("src/{module}.rs")));
    let builder = sources.iter().fold(Builder::new().with_config(config), Builder::with_src);
    let bindings = builder.generate().map_err(|error| error.to_string())?;
    let mut text = Vec::new();
    bindings.write(&mut text);
    let text = String::from_utf8(text).map_err(|error| error.to_string())?;
    sources.iter().try_fold(text, |text, source| {
        let source = fs::read_to_string(source).map_err(|error| error.to_string())?;
        Ok(with_heading(&text, &source))
    })
}

/// The header with a module's title in front of the module's first function.
fn with_heading(text: &str, source: &str) -> String {
    let title = source.lines().map_while(|line| line.strip_prefix("//! ")).collect::<Vec<_>>().join("\n * ");
    let first = source.split("extern \"C\" fn ").nth(1).and_then(|code| code.split_once('('));
    // A function's comment begins after the last empty line before its name.
    let place = first.and_then(|(name, _)| text.find(&format!("{name}("))).and_then(|at| text[..at].rfind("\n\n"));
    place.map_or_else(
        || text.into(),
        |at| {
            let (before, after) = text.split_at(at + 2);
            let rule = "=".repeat(117);
            format!("{before}/* {rule}\n * {title}\n */\n\n{after}")
        },
    )
}

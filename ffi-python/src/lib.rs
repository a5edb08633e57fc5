//! The extension module behind `import libyuma`: core's functions over Python objects and `NumPy` arrays.
//!
//! It holds no rule of the chain. Every function reads its arguments (`door`), calls core, and hands back plain
//! integers, bools and arrays; the package's Python side gives them their names and documentation.
#![forbid(unsafe_code)]
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic
)]

mod digest;
mod distribution;
mod door;
mod emission;
mod epoch;
mod mechanisms;
mod numbers;
mod schedule;
mod stages;
mod submission;

/// Adds functions to the module.
macro_rules! add_functions {
    ($module:ident: $($name:ident),* $(,)?) => {
        $($module.add_function(pyo3::wrap_pyfunction!($name, $module)?)?;)*
    };
}
pub(crate) use add_functions;

use pyo3::prelude::*;
use yuma_core::Rules;

/// The sets of rules, oldest first: id, spec version, first block of mainnet where it is known.
#[pyfunction]
fn rules() -> Vec<(&'static str, u32, Option<u64>)> {
    Rules::ALL.iter().map(|rules| (rules.id(), rules.spec_version(), rules.first_block())).collect()
}

/// The id of the rules of a spec version.
#[pyfunction]
fn rules_for_spec_version(spec_version: &Bound<'_, PyAny>) -> PyResult<&'static str> {
    let version = door::integer(spec_version, "spec_version")?;
    Ok(Rules::for_spec_version(version).map_err(|error| door::refused(spec_version.py(), error))?.id())
}

#[pymodule]
fn _libyuma(module: &Bound<'_, PyModule>) -> PyResult<()> {
    // Arrays need NumPy: better an import error here than a panic at the first array.
    module.py().import("numpy")?;
    module.add_function(wrap_pyfunction!(rules, module)?)?;
    module.add_function(wrap_pyfunction!(rules_for_spec_version, module)?)?;
    epoch::register(module)?;
    digest::register(module)?;
    stages::register(module)?;
    emission::register(module)?;
    distribution::register(module)?;
    mechanisms::register(module)?;
    schedule::register(module)?;
    submission::register(module)?;
    numbers::register(module)?;
    // A list of all of it, made on the way: the package has its own.
    module.dict().del_item("__all__")
}

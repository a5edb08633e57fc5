//! Gives the shared library its soname: the major version, which changes when a program built before would break.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    if matches!(target.as_str(), "linux" | "freebsd" | "netbsd" | "openbsd" | "android") {
        let major = env::var("CARGO_PKG_VERSION_MAJOR").unwrap_or_default();
        println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libyuma.so.{major}");
        // Whatever the library needs must be named when it is linked, not found missing when it is loaded.
        println!("cargo::rustc-cdylib-link-arg=-Wl,-z,defs");
    }
}

//! Hands the linker the memory map, for the image alone: on a machine with an operating system there is no image.
use std::env::var;

fn main() {
    println!("cargo::rerun-if-changed=link.ld");
    if var("CARGO_CFG_TARGET_OS").as_deref() == Ok("none") {
        let folder = var("CARGO_MANIFEST_DIR").unwrap_or_default();
        println!("cargo::rustc-link-arg-bins=-T{folder}/link.ld");
        // Sections follow each other without gaps of a page.
        println!("cargo::rustc-link-arg-bins=--nmagic");
    }
}

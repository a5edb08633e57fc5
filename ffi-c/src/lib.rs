//! libyuma: the C binding of `yuma-core`. `include/yuma.h` is made of this crate and is its documentation.
//!
//! Every function does three things: take what the caller points to, after checking what can be checked; call the one
//! function of `yuma-core` of the same name; write the results. No rule of the chain is in here. All `unsafe` is in
//! `border`, but for the word itself where a function starts.
#![no_std]
#![allow(
    non_camel_case_types,
    clippy::missing_safety_doc,
    reason = "names and documentation are those of the header; its introduction states the one contract of all pointers"
)]
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic,
    clippy::undocumented_unsafe_blocks
)]

// A library must name a panic handler. std brings one; without std it is the one below. Nothing here can panic.
#[cfg(feature = "std")]
extern crate std;

mod border;
pub mod coinbase;
pub mod digest;
pub mod distribution;
pub mod emission;
pub mod epoch;
pub mod fixed;
pub mod mechanisms;
pub mod numbers;
pub mod rules;
pub mod schedule;
pub mod status;
pub mod submission;

/// What the compiler asks for and nothing calls: it is not in the linked library, which `tests/symbols.sh` checks.
#[cfg(not(feature = "std"))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {
        core::hint::spin_loop();
    }
}

// Without std nobody else says that memcpy and memset come from the C library.
#[cfg(all(not(feature = "std"), not(target_os = "none")))]
#[link(name = "c")]
unsafe extern "C" {}

// The unwinding tables of the compiler's own arithmetic name the function that would guide an unwinding. Nothing unwinds; a
// name that only this library sees satisfies the linker.
#[cfg(all(not(feature = "std"), target_os = "linux"))]
core::arch::global_asm!(".weak rust_eh_personality", ".hidden rust_eh_personality", "rust_eh_personality:", ".byte 0");

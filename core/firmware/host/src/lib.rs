//! Talks to a hardware validator over a serial port or, where it runs under QEMU, over a socket.
//!
//! [`Device`] has a method for each command of the firmware. [`verify`] runs golden vectors through a device, [`fuzz`] sends
//! it damaged frames, [`qemu`] starts one without hardware.

pub mod answer;
pub mod dense;
pub mod device;
pub mod fuzz;
pub mod line;
pub mod qemu;
pub mod trouble;
pub mod verify;

pub use device::Device;
pub use trouble::Trouble;

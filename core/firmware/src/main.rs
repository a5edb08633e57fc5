//! The image for the board MPS2 with a Cortex-M4 (application note 386), which QEMU has as well.
#![no_std]
#![no_main]

mod startup;

use core::panic::PanicInfo;
use core::ptr::{read_volatile, write_volatile};

use yuma_core::epoch::Workspace;
use yuma_firmware::board::{Board, Port, Stack};
use yuma_firmware::device::Device;

/// 256 neurons, 64 of them validators who weigh everybody: room for all of it.
const NEURONS: u16 = 256;
const ENTRIES: usize = 64 * 256;
const WORDS: usize = match Workspace::words(NEURONS, ENTRIES, ENTRIES) {
    Some(words) => words,
    None => 0,
};

static mut DEVICE: Device<{ NEURONS as usize }, ENTRIES, ENTRIES, WORDS> = Device::new();

/// The board's clock, and so its timer's.
const CLOCK_HZ: u32 = 25_000_000;
/// So that the line carries 115,200 bits a second.
const UART_DIVISOR: u32 = CLOCK_HZ / 115_200;

/// A device's register.
#[derive(Clone, Copy)]
struct Register(usize);

const UART_DATA: Register = Register(0x4000_4000);
/// Bit 0: the byte to send still waits; bit 1: a byte has come.
const UART_STATE: Register = Register(0x4000_4004);
const UART_CONTROL: Register = Register(0x4000_4008);
const UART_BAUD_DIVISOR: Register = Register(0x4000_4010);
const TIMER_CONTROL: Register = Register(0x4000_0000);
const TIMER_VALUE: Register = Register(0x4000_0004);
const TIMER_RELOAD: Register = Register(0x4000_0008);

impl Register {
    fn read(self) -> u32 {
        // SAFETY: the constants above are the board's registers, always there and of 32 bits.
        unsafe { read_volatile(self.0 as *const u32) }
    }

    fn write(self, value: u32) {
        // SAFETY: as above; none of these registers makes the hardware touch memory.
        unsafe { write_volatile(self.0 as *mut u32, value) }
    }
}

struct Mps2;

impl Mps2 {
    fn start() -> Self {
        UART_BAUD_DIVISOR.write(UART_DIVISOR);
        UART_CONTROL.write(0b11);
        TIMER_RELOAD.write(u32::MAX);
        TIMER_VALUE.write(u32::MAX);
        TIMER_CONTROL.write(1);
        Self
    }
}

impl Port for Mps2 {
    fn read(&mut self) -> Option<u8> {
        while UART_STATE.read() & 2 == 0 {}
        let [byte, ..] = UART_DATA.read().to_le_bytes();
        Some(byte)
    }

    fn write(&mut self, byte: u8) {
        while UART_STATE.read() & 1 != 0 {}
        UART_DATA.write(byte.into());
    }
}

impl Board for Mps2 {
    const TICKS_PER_SECOND: u32 = CLOCK_HZ;

    fn ticks(&mut self) -> u32 {
        // The timer counts down.
        !TIMER_VALUE.read()
    }

    fn stack(&self) -> Stack {
        unsafe extern "C" {
            static _stack_bottom: u32;
            static _stack_top: u32;
        }
        let (bottom, top) = (&raw const _stack_bottom, &raw const _stack_top);
        let mut unused = bottom;
        // SAFETY: the linker script puts the stack there, whole words of it, all of them written at startup.
        while unused < top && unsafe { read_volatile(unused) } == startup::PAINT {
            unused = unused.wrapping_add(1);
        }
        let bytes_to = |place: *const u32| (top as u32).wrapping_sub(place as u32);
        Stack { size: bytes_to(bottom), peak: bytes_to(unused) }
    }
}

#[unsafe(no_mangle)]
extern "C" fn main() -> ! {
    // SAFETY: startup calls this once, and nothing else names the static.
    let device = unsafe { &mut *(&raw mut DEVICE) };
    device.serve(&mut Mps2::start());
    // A board's line is never gone.
    loop {}
}

/// A panic that could be reached would keep this in the image, and nobody defines what it calls: the link would fail.
#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    unsafe extern "C" {
        fn a_panic_can_be_reached() -> !;
    }
    // SAFETY: never linked, so never called.
    unsafe { a_panic_can_be_reached() }
}

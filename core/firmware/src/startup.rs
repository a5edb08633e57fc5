//! What runs before `main`, and when nothing can run any more: the vector table, reset, faults.

use core::arch::global_asm;

/// What the stack is filled with before it is used.
pub const PAINT: u32 = 0xA5A5_A5A5;

global_asm!(
    r#"
    .section .vectors, "a"
    .word _stack_top
    .word reset
    // What cannot be turned off, and hard faults. Every other fault becomes one of these; interrupts stay off.
    .word halt
    .word halt

    .text
    .global reset
    .thumb_func
reset:
    // The target's calling convention uses the floating-point registers: both coprocessors on, before any call.
    ldr r0, =0xE000ED88
    ldr r1, [r0]
    orr r1, r1, #(0xF << 20)
    str r1, [r0]
    dsb
    isb

    // Paint the stack, to see later how much of it was used.
    ldr r0, =_stack_bottom
    ldr r1, =_stack_top
    ldr r2, ={paint}
1:  str r2, [r0], #4
    cmp r0, r1
    blo 1b

    ldr r0, =_bss_start
    ldr r1, =_bss_end
    movs r2, #0
2:  cmp r0, r1
    bhs 3f
    str r2, [r0], #4
    b 2b
3:  bl main

    // After a fault the device is silent: no answer rather than a wrong one.
    .thumb_func
halt:
    b halt
    .ltorg
    "#,
    paint = const PAINT,
);

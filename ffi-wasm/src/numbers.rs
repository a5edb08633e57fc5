//! The number formats: the format, then raw bits of it; raw bits back.

use yuma_core::fixed::{self, I32F32, I64F64, I96F32, U64F64, U96F32, convert, safe_div};

use crate::door::{Answer, Function, Given, choice, functions};

#[derive(Clone, Copy, PartialEq, Default)]
enum Format {
    #[default]
    I32F32,
    I64F64,
    I96F32,
    U64F64,
    U96F32,
}

choice! {
    Format { I32F32, I64F64, I96F32, U64F64, U96F32 }
}

/// The expression once for every format, with the type under the given name.
macro_rules! with_format {
    ($format:expr, $type:ident => $body:expr) => {
        with_format!($format, $type in [I32F32 I64F64 I96F32 U64F64 U96F32] => $body)
    };
    ($format:expr, $type:ident in [$($of:ident)*] => $body:expr) => {
        match $format {
            $(Format::$of => {
                type $type = $of;
                $body
            })*
            #[allow(unreachable_patterns, reason = "the list may name all of them")]
            _ => {}
        }
    };
}

/// A function of so many numbers of one format.
macro_rules! of_format {
    ($type:ident, ($($x:ident),*) $(in $formats:tt)? => $body:expr) => {{
        let function: Function = |given: &mut Given<'_>, answer: &mut Answer| {
            let format = given.read();
            with_format!(format, $type $(in $formats)? => {
                $(let $x: $type = given.read();)*
                answer.write(&$body);
            });
            Ok(())
        };
        function
    }};
}

functions! {
    fixed_saturating_add => of_format!(T, (a, b) => a.saturating_add(b));
    fixed_saturating_sub => of_format!(T, (a, b) => a.saturating_sub(b));
    fixed_saturating_mul => of_format!(T, (a, b) => a.saturating_mul(b));
    fixed_checked_div => of_format!(T, (a, b) => a.checked_div(b));
    fixed_safe_div => of_format!(T, (a, b) => safe_div(a, b));
    fixed_log2 => of_format!(T, (x) in [I32F32 I64F64 I96F32] => fixed::log2(x));
    fixed_ln => of_format!(T, (x) in [I32F32 I64F64 I96F32] => fixed::ln(x));
    fixed_exp => of_format!(T, (x) in [I32F32 I64F64 I96F32] => fixed::exp(x));
    fixed_round => of_format!(T, (x) => fixed::round(x));
    // Into the format named first, floored and clamped.
    fixed_convert => |given, answer| {
        let (to, format) = given.read();
        with_format!(format, T => {
            let x: T = given.read();
            with_format!(to, U => answer.write(&convert::<_, U>(x)));
        });
        Ok(())
    };
    fixed_to_u64 => of_format!(T, (x) => convert::<_, u64>(x));
    fixed_to_u16 => of_format!(T, (x) => convert::<_, u16>(x));
    fixed_exp_safe(x) => fixed::exp_safe(x);
    fixed_root(x, epsilon) => fixed::root(x, epsilon);
    fixed_power(x, p) => fixed::power(x, p);
    fixed_pow_normalize(values: Vec<_>, p) => {
        fixed::pow_normalize(&mut values, p);
        values
    };
    fixed_proportion(x) => fixed::proportion(x);
    fixed_proportion_to_u16(x) => fixed::proportion_to_u16(x);
    fixed_proportion_of_u64(x) => fixed::proportion_of_u64(x);
}

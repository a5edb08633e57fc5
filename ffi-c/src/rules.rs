//! Which of the chain's rules a result follows.

use core::ffi::{CStr, c_char};

use yuma_core::Rules;

use crate::status::Refusal;

/// The newest set of rules this library knows: at present `YUMA_RULES_SUBTENSOR_475`.
pub const YUMA_RULES_DEFAULT: u32 = 0;
/// The chain's economics at spec version 425 (mid-2026).
pub const YUMA_RULES_SUBTENSOR_425: u32 = 425;
/// The rules of mainnet from block 9233782 on (October 2026).
pub const YUMA_RULES_SUBTENSOR_475: u32 = 475;

/// What stands for nothing in a signed member or array for which every number from 0 on means something.
///
/// cbindgen:ignore
pub const YUMA_NONE: i32 = -1;

pub(crate) fn rules(number: u32) -> Result<Rules, Refusal> {
    match number {
        YUMA_RULES_DEFAULT => Ok(Rules::NEWEST),
        version => Ok(Rules::for_spec_version(version)?),
    }
}

/// The id of a set of rules, for example "subtensor-475"; NULL for an unknown one. The text is static.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_rules_id(rules: u32) -> *const c_char {
    const IDS: [(u32, &CStr); 2] =
        [(YUMA_RULES_SUBTENSOR_425, c"subtensor-425"), (YUMA_RULES_SUBTENSOR_475, c"subtensor-475")];
    let version = crate::rules::rules(rules).map_or(0, Rules::spec_version);
    IDS.iter().find(|(number, _)| *number == version).map_or(core::ptr::null(), |(_, id)| id.as_ptr())
}

/// The number of a set of rules, which is the chain's spec version; `YUMA_RULES_DEFAULT` gives that of the newest. 0 for an
/// unknown one.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_rules_spec_version(rules: u32) -> u32 {
    crate::rules::rules(rules).map_or(0, Rules::spec_version)
}

/// The first block of mainnet under a set of rules; 0 where it is not known.
#[unsafe(no_mangle)]
pub extern "C" fn yuma_rules_first_block(rules: u32) -> u64 {
    crate::rules::rules(rules).ok().and_then(Rules::first_block).unwrap_or(0)
}

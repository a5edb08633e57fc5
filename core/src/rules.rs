//! Which of the chain's rules a result follows. The chain changes them several times a year.
//!
//! A rule that differs between sets is one function for each form, beside each other in the module of its stage; which
//! set takes which form stands in one table here.

use crate::epoch::{self, ConsensusChoice, StepBlocks};
use crate::error::{Error, ErrorCode};
use crate::fixed::I32F32;

/// A set of the chain's rules, named by the chain's spec version.
///
/// ```
/// use yuma_core::Rules;
/// assert_eq!(Rules::from_id("subtensor-425"), Some(Rules::SUBTENSOR_425));
/// assert_eq!(Rules::for_spec_version(475), Ok(Rules::SUBTENSOR_475));
/// assert_eq!(Rules::for_spec_version(9999).unwrap_err().limit, 475); // the newest known
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    id: &'static str,
    spec_version: u32,
    first_block: Option<u64>,
    pub(crate) forms: &'static Forms,
}

/// The form of every rule that differs between sets.
#[derive(Debug)]
pub(crate) struct Forms {
    /// Before which block a miner must have registered for its bonds to be kept (`epoch.md` §3.J).
    pub last_tempo: fn(&StepBlocks) -> u64,
    /// Which consensus liquid alpha measures against (`epoch.md` §4, K′.2).
    pub liquid_consensus: fn(&ConsensusChoice<'_>, &[I32F32], &mut [I32F32]),
    /// Whether a subnet may be in Null mode (`epoch.md` §7).
    pub has_null_mode: bool,
}

const FORMS_425: Forms =
    Forms { last_tempo: epoch::last_tempo, liquid_consensus: epoch::current_consensus, has_null_mode: false };

const FORMS_475: Forms =
    Forms { last_tempo: epoch::last_tempo_in_yuma, liquid_consensus: epoch::chosen_consensus, has_null_mode: true };

impl Rules {
    /// The chain's economics at spec version 425 (mid-2026).
    pub const SUBTENSOR_425: Self =
        Self { id: "subtensor-425", spec_version: 425, first_block: None, forms: &FORMS_425 };

    /// The rules of mainnet from block 9 233 782 on (October 2026).
    pub const SUBTENSOR_475: Self =
        Self { id: "subtensor-475", spec_version: 475, first_block: Some(9_233_782), forms: &FORMS_475 };

    /// The newest set, which the high-level entry points take by default.
    pub const NEWEST: Self = Self::SUBTENSOR_475;

    /// Every known set, oldest first.
    pub const ALL: &'static [Self] = &[Self::SUBTENSOR_425, Self::SUBTENSOR_475];

    /// The set with this id, for example `subtensor-425`.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rules| rules.id == id)
    }

    /// The set in force at a spec version of the chain.
    ///
    /// # Errors
    /// [`ErrorCode::UnknownRules`] for every version that no set was written for, with the newest known as the limit:
    /// rules are never guessed from a neighbouring version.
    pub fn for_spec_version(spec_version: u32) -> Result<Self, Error> {
        Self::ALL.iter().copied().find(|rules| rules.spec_version == spec_version).ok_or(Error {
            code: ErrorCode::UnknownRules,
            field: "rules",
            index: spec_version.into(),
            limit: Self::NEWEST.spec_version.into(),
        })
    }

    /// The id that vectors and files carry.
    pub const fn id(self) -> &'static str {
        self.id
    }

    /// The chain's spec version.
    pub const fn spec_version(self) -> u32 {
        self.spec_version
    }

    /// The first block of mainnet under these rules, where it is known.
    pub const fn first_block(self) -> Option<u64> {
        self.first_block
    }
}

impl PartialEq for Rules {
    fn eq(&self, other: &Self) -> bool {
        self.spec_version == other.spec_version
    }
}
impl Eq for Rules {}

//! Which of the chain's rules a result follows. The chain changes them several times a year.

use crate::error::{Error, ErrorCode};

/// A set of the chain's rules, named by the chain's spec version.
///
/// ```
/// use yuma_core::Rules;
/// assert_eq!(Rules::from_id("subtensor-425"), Some(Rules::SUBTENSOR_425));
/// assert_eq!(Rules::for_spec_version(425), Ok(Rules::SUBTENSOR_425));
/// assert_eq!(Rules::for_spec_version(9999).unwrap_err().limit, 425); // the newest known
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rules {
    spec_version: u32,
    id: &'static str,
}

impl Rules {
    /// The chain's economics at spec version 425 (mid-2026).
    pub const SUBTENSOR_425: Self = Self { spec_version: 425, id: "subtensor-425" };

    /// Every known set, oldest first.
    pub const ALL: &'static [Self] = &[Self::SUBTENSOR_425];

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
        let newest = Self::ALL.iter().map(|rules| rules.spec_version).max().unwrap_or_default();
        Self::ALL.iter().copied().find(|rules| rules.spec_version == spec_version).ok_or(Error {
            code: ErrorCode::UnknownRules,
            field: "rules",
            index: spec_version.into(),
            limit: newest.into(),
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
}

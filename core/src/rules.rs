#![doc = include_str!("rules.md")]

use crate::distribution::dividends::{self, DividendStake};
use crate::distribution::root_dividends::{self, RootPayment};
use crate::distribution::{Coldkey, Collateral, DividendParts, Ledger, Receiver, collateral, drain, ledger};
use crate::emission::{EmissionGate, Injection, Pool, SubnetShare, SubnetState, SubnetTerms, gate, injection, root};
use crate::epoch::{self, ConsensusChoice, StepBlocks};
use crate::error::{Error, ErrorCode};
use crate::fixed::{I32F32, U96F32};
use crate::mechanisms;
use crate::schedule::{self, EpochMode, ScheduleState};

/// A set of the chain's rules, named by the chain's spec version.
///
/// ```
/// use yuma_core::Rules;
/// assert_eq!(Rules::from_id("subtensor-425"), Some(Rules::SUBTENSOR_425));
/// assert_eq!(Rules::for_spec_version(475), Ok(Rules::SUBTENSOR_475));
/// assert_eq!(Rules::for_spec_version(9999).unwrap_err().limit, 475); // the newest known
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    id: &'static str,
    spec_version: u32,
    first_block: Option<u64>,
    set: Set,
}

/// The sets there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Set {
    Subtensor425,
    Subtensor475,
}

// The form of every rule that differs between sets: one function each, side by side in the module of its stage. There is a
// table for each chapter, so that who links one chapter alone, as a device does, links nothing of the others.

/// Of `epoch.md`.
#[derive(Debug)]
pub(crate) struct EpochForms {
    /// Before which block a miner must have registered for its bonds to be kept (§3.J).
    pub last_tempo: fn(&StepBlocks) -> u64,
    /// Which consensus liquid alpha measures against (§4, K′.2).
    pub liquid_consensus: fn(&ConsensusChoice<'_>, &[I32F32], &mut [I32F32]),
    /// Whether a subnet may be in Null mode (§7).
    pub has_null_mode: bool,
}

const EPOCH_425: EpochForms =
    EpochForms { last_tempo: epoch::last_tempo, liquid_consensus: epoch::current_consensus, has_null_mode: false };

const EPOCH_475: EpochForms = EpochForms {
    last_tempo: epoch::last_tempo_in_yuma,
    liquid_consensus: epoch::chosen_consensus,
    has_null_mode: true,
};

/// Of `schedule.md`.
#[derive(Debug)]
pub(crate) struct ScheduleForms {
    /// When a subnet is overdue for an epoch (§3, rule 3).
    pub overdue: fn(&ScheduleState) -> bool,
    /// How the blocks since the last epoch are counted (§4.2.1).
    pub count_block: fn(&mut ScheduleState),
    /// How many epochs run in a block, from the limit and whether a subnet in Null mode is due (§3).
    pub epochs_in_block: fn(u8, bool) -> u8,
    /// What is kept of an epoch that ran in a block (§4.3).
    pub finish_epoch: fn(&mut ScheduleState, u64),
}

const SCHEDULE_425: ScheduleForms = ScheduleForms {
    overdue: schedule::overdue_beyond_longest_tempo,
    count_block: schedule::count_every_block,
    epochs_in_block: schedule::as_many_epochs_as_allowed,
    finish_epoch: schedule::keep_step_block,
};

const SCHEDULE_475: ScheduleForms = ScheduleForms {
    overdue: schedule::overdue_beyond_tempo,
    count_block: schedule::count_until_overdue,
    epochs_in_block: schedule::one_epoch_where_null_is_due,
    finish_epoch: schedule::keep_step_and_yuma_step_block,
};

/// Of `emission.md`.
#[derive(Debug)]
pub(crate) struct EmissionForms {
    /// What lies between a subnet's share and the exclusion of the disabled, in a block (§5).
    pub gate: fn(&mut EmissionGate, u64, &mut [SubnetShare]),
    /// A subnet's alpha issuance, from reserve, supply and reservoir (§7).
    pub alpha_issuance: fn(u64, u64, u64) -> u64,
    /// How a subnet's terms are carried out with a block's credit (§10.4).
    pub inject: fn(&mut SubnetState, &SubnetTerms, &mut u64, &mut dyn Pool) -> Injection,
}

const EMISSION_425: EmissionForms = EmissionForms {
    gate: gate::no_gate,
    alpha_issuance: root::issuance_without_reservoir,
    inject: injection::inject_or_drop,
};

const EMISSION_475: EmissionForms = EmissionForms {
    gate: gate::gate_at_bar,
    alpha_issuance: root::issuance_with_reservoir,
    inject: injection::inject_or_keep,
};

/// Of `mechanisms.md`.
#[derive(Debug)]
pub(crate) struct MechanismForms {
    /// Whether an emission split of so many shares may be set for so many mechanisms (§3.1).
    pub split_length_accepted: fn(usize, usize) -> bool,
    /// Whether a stored emission split of so many shares holds for so many mechanisms (§3.2).
    pub split_length_holds: fn(usize, usize) -> bool,
}

const MECHANISMS_425: MechanismForms = MechanismForms {
    split_length_accepted: mechanisms::at_most_one_share_each,
    split_length_holds: mechanisms::any_number_of_shares,
};

const MECHANISMS_475: MechanismForms = MechanismForms {
    split_length_accepted: mechanisms::one_share_each,
    split_length_holds: mechanisms::one_share_each,
};

/// Of `distribution.md`.
#[derive(Debug)]
pub(crate) struct DistributionForms {
    /// Whether the edges of suspended parents are hidden (§3.0).
    pub has_suspension: bool,
    /// How a dividend is parted by what earned it (§5).
    pub dividend_parts: fn(U96F32, DividendStake) -> DividendParts,
    /// Whether root's alpha is recycled where nobody can be given any (§7.3).
    pub recycles_unassignable_root: bool,
    /// What of the owner's cut can be locked, beside a lease's share in percent (§7.4).
    pub owner_cut_kept: fn(u64, Option<u8>) -> u64,
    /// What earnings do to a collateral entry, and how much of a payment due it captures (§7.8).
    pub settle: fn(&mut Option<Collateral>, u64, u64) -> u64,
    /// Who receives a dividend without its take, by whether the hotkey has stakers, and its owner (§7.6).
    pub dividend_receiver: fn(bool, Coldkey) -> Receiver,
    /// What stands in the tables of dividends for what was paid (§7.6).
    pub dividend_entry: fn(u64) -> Option<u64>,
    /// How root's stakers are paid (§7.6).
    pub pay_root_stakers: fn(&mut Ledger<'_>, RootPayment),
}

const DISTRIBUTION_425: DistributionForms = DistributionForms {
    has_suspension: false,
    dividend_parts: dividends::root_part_first,
    recycles_unassignable_root: false,
    owner_cut_kept: drain::none_kept,
    settle: collateral::capture_nothing,
    dividend_receiver: ledger::nominators,
    dividend_entry: Some,
    pay_root_stakers: root_dividends::make_claimable,
};

const DISTRIBUTION_475: DistributionForms = DistributionForms {
    has_suspension: true,
    dividend_parts: dividends::alpha_part_first,
    recycles_unassignable_root: true,
    owner_cut_kept: drain::kept_beside_lease,
    settle: collateral::settle,
    dividend_receiver: ledger::nominators_or_owner,
    dividend_entry: ledger::positive_entry,
    pay_root_stakers: root_dividends::queue_for_basket,
};

/// Which table each set takes.
impl Rules {
    pub(crate) const fn epoch(self) -> &'static EpochForms {
        self.choose(&EPOCH_425, &EPOCH_475)
    }

    pub(crate) const fn schedule(self) -> &'static ScheduleForms {
        self.choose(&SCHEDULE_425, &SCHEDULE_475)
    }

    pub(crate) const fn emission(self) -> &'static EmissionForms {
        self.choose(&EMISSION_425, &EMISSION_475)
    }

    pub(crate) const fn mechanisms(self) -> &'static MechanismForms {
        self.choose(&MECHANISMS_425, &MECHANISMS_475)
    }

    pub(crate) const fn distribution(self) -> &'static DistributionForms {
        self.choose(&DISTRIBUTION_425, &DISTRIBUTION_475)
    }

    /// A chapter's table of each set, oldest first.
    const fn choose<T>(self, of_425: &'static T, of_475: &'static T) -> &'static T {
        match self.set {
            Set::Subtensor425 => of_425,
            Set::Subtensor475 => of_475,
        }
    }
}

impl Rules {
    /// The chain's economics at spec version 425 (mid-2026).
    pub const SUBTENSOR_425: Self =
        Self { id: "subtensor-425", spec_version: 425, first_block: None, set: Set::Subtensor425 };

    /// The rules of mainnet from block 9 233 782 on (October 2026).
    pub const SUBTENSOR_475: Self =
        Self { id: "subtensor-475", spec_version: 475, first_block: Some(9_233_782), set: Set::Subtensor475 };

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

    /// The mode in which a subnet's epoch is computed: always Yuma where there is no other.
    pub(crate) fn mode_in_force(self, mode: EpochMode) -> EpochMode {
        if self.epoch().has_null_mode { mode } else { EpochMode::Yuma }
    }

    /// Refuses `field`, something that only a subnet in Null mode has, where there is no such mode.
    pub(crate) fn check_null_mode(self, field: &'static str) -> Result<(), Error> {
        let first = Self::SUBTENSOR_475.spec_version.into();
        let refusal = Error { code: ErrorCode::NotInRules, field, index: self.spec_version.into(), limit: first };
        if self.epoch().has_null_mode { Ok(()) } else { Err(refusal) }
    }

    /// The first block of mainnet under these rules, where it is known.
    pub const fn first_block(self) -> Option<u64> {
        self.first_block
    }
}

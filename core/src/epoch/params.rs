//! A subnet's hyperparameters, as far as its epoch reads them (spec `epoch.md` §2).

use crate::rules::Rules;

/// The hyperparameters of an epoch, and the rules it follows.
///
/// ```
/// use yuma_core::Params;
/// let params = Params { kappa: 39321, yuma3: true, ..Params::CHAIN_DEFAULT };
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Params {
    /// The set of rules to compute by.
    pub rules: Rules,
    /// Blocks from one epoch to the next; read only when no epoch ran yet (stage J).
    pub tempo: u64,
    /// Blocks after its last update in which a neuron still counts as active (stage A).
    pub activity_cutoff: u64,
    /// The share of active stake whose agreement makes consensus, of 65535 (stage F).
    pub kappa: u16,
    /// How far weights above consensus lose their bonds, of 65535: 0 not at all, 65535 wholly (stage I).
    pub bonds_penalty: u16,
    /// How much of the old bonds an epoch keeps, in millionths (stage K). More than 10^6 makes the fresh part negative.
    pub bonds_moving_average: u64,
    /// Yuma 3 instead of Yuma 2 (stage K′).
    pub yuma3: bool,
    /// A smoothing factor of its own for each bond (§4); acts only with `yuma3`.
    pub liquid_alpha: bool,
    /// Weights committed before a miner registered do not count for it (stage E).
    pub commit_reveal: bool,
    /// The smallest liquid alpha, of 65535 (§4).
    pub alpha_low: u16,
    /// The largest liquid alpha, of 65535 (§4).
    pub alpha_high: u16,
    /// The steepness of liquid alpha in hundredths; may be negative (§4).
    pub alpha_sigmoid_steepness: i16,
    /// How many neurons get a validator permit (stage C).
    pub max_allowed_validators: u16,
    /// The stake below which a neuron's stake counts as 0, in rao (stage B).
    pub stake_threshold: u64,
    /// Which epoch's consensus liquid alpha measures against (from 475 on, stage K′.2).
    pub consensus_mode: ConsensusMode,
}

/// Which epoch's consensus liquid alpha measures against (spec `subtensor-475/epoch.md` §2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ConsensusMode {
    /// This epoch's.
    Current,
    /// The one stored by the epoch before, where there is one.
    Previous,
    /// `Previous` under the full bonds penalty, 65535; otherwise `Current`.
    #[default]
    Auto,
}

impl Params {
    /// What the chain gives a new subnet, under the newest rules.
    pub const CHAIN_DEFAULT: Self = Self {
        rules: Rules::NEWEST,
        tempo: 360,
        activity_cutoff: 5000,
        kappa: 32767,
        bonds_penalty: 65535,
        bonds_moving_average: 900_000,
        yuma3: false,
        liquid_alpha: false,
        commit_reveal: false,
        alpha_low: 45875,
        alpha_high: 58982,
        alpha_sigmoid_steepness: 1000,
        max_allowed_validators: 64,
        stake_threshold: 0,
        consensus_mode: ConsensusMode::Auto,
    };
}

impl Default for Params {
    fn default() -> Self {
        Self::CHAIN_DEFAULT
    }
}

//! Input of the kind of `subtensor-475/mechanisms.md` whose fields differ, and of the kind whose rules do.

use rand::{Rng, RngExt};

use crate::random::mechanisms::{mechanism_split as base_split, split, terms};
use crate::random::numbers::{one_of, rarely, spread_u64};
use crate::schema::Decimal;
use crate::schema::mechanisms::MechanismSplitInput;
use crate::schema::subtensor_475::mechanisms::MechanismAggregateInput;
use crate::schema::subtensor_475::schedule::EpochMode;

/// Kind `mechanism-split`.
pub fn mechanism_split(rng: &mut impl Rng) -> MechanismSplitInput {
    base_split(rng)
}

/// Kind `mechanism-aggregate`; as many lists of terms as mechanisms, a hotkey at most once in each.
pub fn mechanism_aggregate(rng: &mut impl Rng) -> MechanismAggregateInput {
    let mechanism_count = rng.random_range(0..=5);
    let hotkeys = rng.random_range(0..8);
    let mechanisms = (0..mechanism_count).map(|_| terms(rng, hotkeys)).collect();
    let mut amount = || if rarely(rng, 5) { 0 } else { spread_u64(rng) };
    let [server, validator, root] = [amount(), amount(), amount()].map(Decimal);
    let epoch_mode = one_of(rng, &[EpochMode::Yuma, EpochMode::Null, EpochMode::Null]);
    let split = split(rng, mechanism_count);
    MechanismAggregateInput { epoch_mode, server, validator, root, mechanism_count, split, mechanisms }
}

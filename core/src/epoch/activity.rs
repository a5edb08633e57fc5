//! Stage A: who has set weights lately.

/// Whether a neuron is active: not (`last_update` + `activity_cutoff` < `current_block`), the sum saturating. All three
/// are blocks (spec `epoch.md` §3.A).
///
/// ```
/// use yuma_core::epoch::activity;
/// assert!(activity(100, 50, 150));
/// assert!(!activity(100, 50, 151));
/// ```
pub fn activity(last_update: u64, activity_cutoff: u64, current_block: u64) -> bool {
    last_update.saturating_add(activity_cutoff) >= current_block
}

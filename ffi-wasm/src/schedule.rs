//! The rhythm of epochs.

use yuma_core::schedule::{self as core, Commit, EpochMode, ScheduleState, Slot, Verdict};

use crate::door::{choice, functions, record};

choice! {
    EpochMode { Yuma, Null }
    Slot { NotDue, Ran, Deferred, Skipped }
}

record! {
    ScheduleState {
        tempo, last_epoch_block, pending_epoch_at, blocks_since_last_step, last_mechanism_step_block, epoch_index,
        epoch_mode, last_yuma_step_block, consistent,
    }
    Verdict { slot, reveal_deferred }
    Commit { epoch, reveal_period }
}

functions! {
    default_schedule_state() => ScheduleState::CHAIN_DEFAULT;
    visiting_key(netuid) => core::visiting_key(netuid);
    should_run_epoch(rules, subnet, block) => core::should_run_epoch(rules, &subnet, block);
    next_epoch_start_block(subnet) => core::next_epoch_start_block(&subnet);
    blocks_until_next_auto_epoch(subnet, block) => core::blocks_until_next_auto_epoch(&subnet, block);
    in_admin_freeze_window(subnet, block, window) => core::in_admin_freeze_window(&subnet, block, window);
    activity_cutoff_blocks(tempo, factor_milli) => core::activity_cutoff_blocks(tempo, factor_milli);
    epoch_with_lookahead(rules, subnet, block) => core::epoch_with_lookahead(rules, &subnet, block);
    reveal_now(commit, rules, subnet, block) => core::reveal_now(rules, &subnet, block, commit);
    commit_expired(commit, rules, subnet, block) => core::commit_expired(rules, &subnet, block, commit);
    // The states after a block, and its verdicts.
    schedule_block(subnets: Vec<_>, max_epochs_per_block, rules, block) => {
        let mut verdicts = vec![Verdict::default(); subnets.len()];
        core::schedule_block(rules, block, max_epochs_per_block, &mut subnets, &mut verdicts)?;
        (subnets, verdicts)
    };
    finish_epoch(subnet, rules, block) => {
        core::finish_epoch(rules, &mut subnet, block);
        subnet
    };
    trigger_epoch(subnet, at) => {
        core::trigger_epoch(&mut subnet, at);
        subnet
    };
    change_tempo(subnet, block, tempo) => {
        core::change_tempo(&mut subnet, block, tempo);
        subnet
    };
    change_mode(subnet, mode) => {
        core::change_mode(&mut subnet, mode);
        subnet
    };
}

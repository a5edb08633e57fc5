"""When a subnet's epoch runs, block by block (``schedule.md``)."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from . import _libyuma
from ._rules import NEWEST

EpochMode: TypeAlias = Literal["yuma", "null"]
Slot: TypeAlias = Literal["not_due", "ran", "deferred", "skipped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleState:
    """Where one subnet stands in its rhythm of epochs (§2). All are blocks, or counts of them."""

    tempo: int = 360
    """Blocks from one epoch to the next, uint16; 0 = no epochs."""
    last_epoch_block: int = 0
    """The block of the last consumed slot, whether its epoch ran or was skipped."""
    pending_epoch_at: int = 0
    """The block for which an epoch was triggered, or to which one was deferred; 0 = none."""
    blocks_since_last_step: int = 0
    """Blocks since the last epoch that ran."""
    last_mechanism_step_block: int = 0
    """The block of the last epoch that ran; :func:`finish_epoch` moves it."""
    epoch_index: int = 0
    """Consumed slots so far."""
    epoch_mode: EpochMode = "yuma"
    """How its epochs are computed (475)."""
    last_yuma_step_block: int | None = None
    """The block of the last epoch in Yuma mode (475); ``None`` and 0 differ."""
    consistent: bool = True
    """Whether no hotkey holds two uids of the subnet, in the block at hand (§4)."""

    def replace(self, **changes: Any) -> ScheduleState:
        """The same state but for these."""
        return dataclasses.replace(self, **changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A block's verdict on one subnet (§4.1, §4.2)."""

    slot: Slot
    """What became of its epoch: not due, ran, deferred to the next block, or skipped."""
    reveal_deferred: bool
    """Whether its time-locked commits are not revealed though an epoch is due."""


def visiting_key(netuid: int) -> int:
    """The key by which the chain orders subnets: the bytes of the netuid, low byte first (§4).

    >>> import libyuma
    >>> sorted([1, 2, 256, 257], key=libyuma.visiting_key)
    [256, 1, 257, 2]
    """
    return _libyuma.visiting_key(netuid)


def should_run_epoch(subnet: ScheduleState, block: int, *, rules: str = NEWEST) -> bool:
    """Whether an epoch is due at ``block`` (§3).

    >>> import libyuma
    >>> subnet = libyuma.ScheduleState(last_epoch_block=1000)
    >>> [libyuma.should_run_epoch(subnet, block) for block in (1359, 1360)]
    [False, True]
    """
    return _libyuma.should_run_epoch(rules, subnet, block)


def next_epoch_start_block(subnet: ScheduleState) -> int | None:
    """The block at which rhythm or trigger bring the next epoch; ``None`` for tempo 0 (§3).

    It may lie in the past, for it ignores the present block, the cap and the safety net.

    >>> import libyuma
    >>> libyuma.next_epoch_start_block(libyuma.ScheduleState(last_epoch_block=1000))
    1360
    """
    return _libyuma.next_epoch_start_block(subnet)


def blocks_until_next_auto_epoch(subnet: ScheduleState, block: int) -> int:
    """Blocks until the rhythm brings the next epoch, whatever is triggered (§3).

    2^64 − 1 for tempo 0.

    >>> import libyuma
    >>> libyuma.blocks_until_next_auto_epoch(libyuma.ScheduleState(last_epoch_block=1000), 1100)
    260
    """
    return _libyuma.blocks_until_next_auto_epoch(subnet, block)


def in_admin_freeze_window(subnet: ScheduleState, block: int, window: int) -> bool:
    """Whether the owner's parameters are frozen at ``block`` because an epoch is near (§3).

    Near: less than ``window`` blocks (uint16) away, or triggered.

    >>> import libyuma
    >>> libyuma.in_admin_freeze_window(libyuma.ScheduleState(last_epoch_block=1000), 1355, 10)
    True
    """
    return _libyuma.in_admin_freeze_window(subnet, block, window)


def activity_cutoff_blocks(tempo: int, factor_milli: int) -> int:
    """Blocks after which a neuron that set no weights counts as inactive, at least 1 (§3).

    ``tempo``: uint16 blocks; ``factor_milli``: uint32, thousandths of a tempo.

    >>> import libyuma
    >>> libyuma.activity_cutoff_blocks(360, 13_889)
    5000
    """
    return _libyuma.activity_cutoff_blocks(tempo, factor_milli)


def epoch_with_lookahead(subnet: ScheduleState, block: int, *, rules: str = NEWEST) -> int:
    """The epoch a commit made at ``block`` belongs to (§3).

    The consumed slots, and one more where an epoch is due.

    >>> import libyuma
    >>> libyuma.epoch_with_lookahead(libyuma.ScheduleState(epoch_index=7), 360)
    8
    """
    return _libyuma.epoch_with_lookahead(rules, subnet, block)


def reveal_now(
    subnet: ScheduleState,
    block: int,
    *,
    commit_epoch: int,
    reveal_period: int,
    rules: str = NEWEST,
) -> bool:
    """Whether a commit is revealed at ``block`` (§3).

    ``commit_epoch``: :func:`epoch_with_lookahead` when it was made; ``reveal_period``: epochs from
    commit to reveal.

    >>> import libyuma
    >>> subnet = libyuma.ScheduleState(epoch_index=7)
    >>> libyuma.reveal_now(subnet, 10, commit_epoch=6, reveal_period=1)
    True
    """
    return _libyuma.reveal_now(rules, subnet, block, commit_epoch, reveal_period)


def commit_expired(
    subnet: ScheduleState,
    block: int,
    *,
    commit_epoch: int,
    reveal_period: int,
    rules: str = NEWEST,
) -> bool:
    """Whether a commit can no longer be revealed at ``block`` (§3). Arguments: :func:`reveal_now`.

    >>> import libyuma
    >>> subnet = libyuma.ScheduleState(epoch_index=8)
    >>> libyuma.commit_expired(subnet, 10, commit_epoch=6, reveal_period=1)
    True
    """
    return _libyuma.commit_expired(rules, subnet, block, commit_epoch, reveal_period)


def schedule_block(
    block: int,
    subnets: Sequence[ScheduleState],
    *,
    max_epochs_per_block: int = 2,
    rules: str = NEWEST,
) -> tuple[list[ScheduleState], list[Verdict]]:
    """The reveal check and the main pass of one block over all subnets but root (§4.1, §4.2).

    ``subnets`` in visiting order (:func:`visiting_key`). Returns their states afterwards and the
    verdicts on them. For every subnet whose epoch ran, compute it, then call :func:`finish_epoch`.

    >>> import libyuma
    >>> states, verdicts = libyuma.schedule_block(360, [libyuma.ScheduleState()] * 3)
    >>> [verdict.slot for verdict in verdicts], states[2].pending_epoch_at
    (['ran', 'ran', 'deferred'], 361)
    """
    states, verdicts = _libyuma.schedule_block(rules, block, max_epochs_per_block, subnets)
    return (
        [ScheduleState(**state) for state in states],
        [Verdict(**verdict) for verdict in verdicts],
    )


def finish_epoch(subnet: ScheduleState, block: int, *, rules: str = NEWEST) -> ScheduleState:
    """The state after an epoch that ran in ``block`` was computed, with all mechanisms (§4.3).

    >>> import libyuma
    >>> libyuma.finish_epoch(libyuma.ScheduleState(), 720).last_mechanism_step_block
    720
    """
    return ScheduleState(**_libyuma.finish_epoch(rules, subnet, block))


def trigger_epoch(subnet: ScheduleState, at: int) -> ScheduleState:
    """The state after the call that triggers an epoch at block ``at`` (§4.4).

    It replaces a trigger that was there, and is seen from the next block on.

    >>> import libyuma
    >>> libyuma.trigger_epoch(libyuma.ScheduleState(), 100).pending_epoch_at
    100
    """
    return ScheduleState(**_libyuma.trigger_epoch(subnet, at))


def change_tempo(subnet: ScheduleState, block: int, tempo: int) -> ScheduleState:
    """The state after the call in ``block`` that sets the tempo, uint16 (§4.4).

    The rhythm starts anew; a pending trigger stays.

    >>> import libyuma
    >>> libyuma.change_tempo(libyuma.ScheduleState(), 1000, 720).last_epoch_block
    1000
    """
    return ScheduleState(**_libyuma.change_tempo(subnet, block, tempo))


def change_mode(subnet: ScheduleState, epoch_mode: EpochMode) -> ScheduleState:
    """The state after the call that sets the epoch mode (§4.4, from 475 on).

    >>> import libyuma
    >>> state = libyuma.ScheduleState(last_mechanism_step_block=720)
    >>> libyuma.change_mode(state, "null").last_yuma_step_block
    720
    """
    return ScheduleState(**_libyuma.change_mode(subnet, epoch_mode))

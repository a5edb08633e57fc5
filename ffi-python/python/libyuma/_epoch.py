"""One epoch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from . import _libyuma
from ._accounts import attribute
from ._outcome import Outcome, outcome_of
from ._params import Params
from ._subnet import Subnet


def epoch(params: Params, subnet: Subnet, *, workspace_words: int | None = None) -> Outcome:
    """One epoch of a subnet: Yuma consensus, from weights to everybody's reward (``epoch.md``).

    The interpreter lock is released while it computes, so threads use all cores.

    ``workspace_words``: compute in so many words of 64 bits at most. Raises :class:`YumaError` with
    code ``too_small`` where that is not enough, and with ``length`` for a ``commit_block`` of the
    wrong length under commit-reveal.

    >>> import libyuma
    >>> subnet = libyuma.Subnet(
    ...     current_block=1000, last_step_block=640, rao_emission=1_000_000_000,
    ...     stake_rao=[600, 400, 0, 0], last_update=[990] * 4,
    ...     validator_permit=[True, True, False, False],
    ...     weights=([0, 2, 3, 3, 3], [2, 3, 2], [65535, 32768, 65535]),
    ... )
    >>> outcome = libyuma.epoch(libyuma.Params(), subnet)
    >>> outcome.incentive.tolist(), int(outcome.emission.sum())
    ([0, 0, 50411, 15123], 999999998)
    """
    return outcome_of(params, subnet, _libyuma.epoch(params, subnet, workspace_words))


@dataclass(frozen=True, slots=True, kw_only=True)
class NullBudgets:
    """What a Null epoch may pay, in rao of alpha (475 §7.11)."""

    mining: int
    """To the miners."""
    dividend: int
    """To the stakers."""
    fallback: int
    """To the miners when nobody has any stake; the other two are then paid to nobody."""

    @classmethod
    def of_emission(cls, rao_emission: int) -> NullBudgets:
        """The budgets of an epoch called with a single amount; an odd unit goes to the miners.

        >>> import libyuma
        >>> libyuma.NullBudgets.of_emission(1001)
        NullBudgets(mining=501, dividend=500, fallback=1001)
        """
        mining, dividend, fallback = _libyuma.null_budgets_of_emission(rao_emission)
        return cls(mining=mining, dividend=dividend, fallback=fallback)


def null_epoch(params: Params, subnet: Subnet, budgets: NullBudgets | None = None) -> Outcome:
    """One epoch of a subnet in Null mode (475 §7): one validator decides, every amount is whole.

    ``budgets``: by default those of the subnet's ``rao_emission``. The outcome's consensus and
    validator trust are 0, and it has no bonds: the stored ones stay.

    Raises :class:`RulesError` with code ``not_in_rules`` before 475, otherwise as :func:`epoch`.

    >>> import libyuma
    >>> subnet = libyuma.Subnet(
    ...     current_block=1000, rao_emission=1001, stake_rao=[20, 10, 0], last_update=[990] * 3,
    ...     validator_permit=[False] * 3, weights=([0, 2, 2, 2], [1, 2], [1, 3]),
    ... )
    >>> outcome = libyuma.null_epoch(libyuma.Params(), subnet)
    >>> outcome.server_emission.tolist(), outcome.validator_emission.tolist()
    ([0, 125, 376], [333, 167, 0])
    """
    if budgets is None:
        budgets = NullBudgets.of_emission(attribute("subnet", subnet, "rao_emission"))
    return outcome_of(params, subnet, _libyuma.null_epoch(params, subnet, *amounts_of(budgets)))


def amounts_of(budgets: NullBudgets) -> tuple[int, int, int]:
    """What the extension module takes for budgets."""
    mining, dividend, fallback = (
        attribute("budgets", budgets, name) for name in ("mining", "dividend", "fallback")
    )
    return mining, dividend, fallback


def apportion(shares: Sequence[int], budget: int) -> npt.NDArray[np.uint64]:
    """Divides a budget among shares in whole units, in order (475 §8).

    Each share, an integer below 2^128, gets the floor or the ceiling of its part; together they get
    the budget, unless all shares are 0.

    >>> import libyuma
    >>> libyuma.apportion([1, 1, 1], 10)
    array([3, 3, 4], dtype=uint64)
    """
    return _libyuma.apportion(shares, budget)

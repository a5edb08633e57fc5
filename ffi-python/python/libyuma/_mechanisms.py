"""A subnet's mechanisms (``mechanisms.md``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from . import _libyuma
from ._accounts import Accounts, attribute, listed
from ._epoch import NullBudgets
from ._rules import NEWEST
from ._schedule import EpochMode
from ._subnet import Integers


def mechanism_storage_index(netuid: int, mecid: int) -> int:
    """The index under which the values of a subnet's mechanism are stored; it saturates (§2).

    ``netuid``: uint16; ``mecid``: uint8.

    >>> import libyuma
    >>> libyuma.mechanism_storage_index(7, 2)
    8199
    """
    return _libyuma.mechanism_storage_index(netuid, mecid)


def mechanism_of_index(index: int) -> tuple[int, int]:
    """The subnet and the mechanism that a storage index (uint16) stands for (§2).

    >>> import libyuma
    >>> libyuma.mechanism_of_index(8199)
    (7, 2)
    """
    return _libyuma.mechanism_of_index(index)


def emission_split_accepted(
    split: Integers | None, mechanism_count: int, *, rules: str = NEWEST
) -> bool:
    """Whether the chain lets a subnet of so many mechanisms (uint8) set this split (§3.1).

    ``split``: uint16 shares of 65535, or ``None``.

    >>> import libyuma
    >>> libyuma.emission_split_accepted([65535], 2)
    False
    >>> libyuma.emission_split_accepted([65535], 2, rules="subtensor-425")
    True
    """
    return _libyuma.emission_split_accepted(rules, split, mechanism_count)


def split_emission(
    alpha: int, mechanism_count: int, split: Integers | None = None, *, rules: str = NEWEST
) -> npt.NDArray[np.uint64]:
    """A subnet's ``alpha`` (rao) split over its mechanisms, evenly or by shares of 65535 (§3.2).

    >>> import libyuma
    >>> libyuma.split_emission(11, 3)
    array([5, 3, 3], dtype=uint64)
    """
    return _libyuma.split_emission(rules, alpha, mechanism_count, split)


def split_null_emission(
    *,
    server: int,
    validator: int,
    root: int,
    mechanism_count: int,
    split: Integers | None = None,
    rules: str = NEWEST,
) -> tuple[npt.NDArray[np.uint64], list[NullBudgets]]:
    """What was drained from a subnet in Null mode, split over its mechanisms (§3.3, from 475 on).

    ``server``, ``validator``, ``root``: rao. Returns all that each mechanism gets, and the budgets
    for the epoch of each. Raises :class:`RulesError` before 475.

    >>> import libyuma
    >>> parts, budgets = libyuma.split_null_emission(
    ...     server=11, validator=7, root=1, mechanism_count=2
    ... )
    >>> parts, budgets[0]
    (array([11,  8], dtype=uint64), NullBudgets(mining=6, dividend=5, fallback=10))
    """
    drained = {"server": server, "validator": validator, "root": root}
    parts, budgets = _libyuma.split_null_emission(rules, drained, mechanism_count, split)
    return parts, [
        NullBudgets(mining=mining, dividend=dividend, fallback=fallback)
        for mining, dividend, fallback in budgets
    ]


def mechanism_weights(total: int, parts: Integers) -> list[int]:
    """The weight of each mechanism, raw U64F64, from the parts it got of ``total`` rao (§4).

    >>> import libyuma
    >>> [weight / 2**64 for weight in libyuma.mechanism_weights(8, [6, 2])]
    [0.75, 0.25]
    """
    return _libyuma.mechanism_weights(total, parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class MechanismTerm:
    """What one mechanism's epoch gave one hotkey, or all of them together (§5).

    Proportions are uint16 of 65535, amounts uint64 in rao.
    """

    hotkey: Any
    """Any value that hashes and sorts; in the order of the hotkeys' bytes."""
    uid: int
    dividend: int = 0
    incentive: int = 0
    validator_emission: int = 0
    server_emission: int = 0
    stake_weight: int = 0
    active: bool = False
    emission: int = 0
    consensus: int = 0
    validator_trust: int = 0
    new_validator_permit: bool = False
    stake: int = 0


def fold_mechanisms(
    weights_raw: Sequence[int],
    mechanisms: Sequence[Sequence[MechanismTerm]],
    *,
    epoch_mode: EpochMode = "yuma",
    rules: str = NEWEST,
) -> list[MechanismTerm]:
    """The terms of all mechanisms, each with its weight, raw U64F64, as one record per hotkey (§5).

    The records are ascending by hotkey. ``epoch_mode``: that of the epochs. Raises
    :class:`YumaError` with code ``length`` unless there are as many mechanisms as weights.

    >>> import libyuma
    >>> term = lambda dividend: libyuma.MechanismTerm(hotkey="a", uid=3, dividend=dividend)
    >>> libyuma.fold_mechanisms([1 << 63, 1 << 63], [[term(101)], [term(101)]])[0].dividend
    100
    """
    mechanisms = [listed("mechanisms", terms) for terms in listed("mechanisms", mechanisms)]
    named = (attribute("mechanisms", term, "hotkey") for terms in mechanisms for term in terms)
    hotkeys = Accounts("hotkey", named)
    places = [[hotkeys.place(term.hotkey) for term in terms] for terms in mechanisms]
    folded = _libyuma.fold_mechanisms(
        rules, epoch_mode, weights_raw, mechanisms, places, len(hotkeys)
    )
    return [
        MechanismTerm(hotkey=hotkey, **term)
        for hotkey, term in zip(hotkeys, folded, strict=True)
        if term is not None
    ]

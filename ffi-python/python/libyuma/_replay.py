"""Whether a stored epoch of the chain comes out the same.

A snapshot is an object, or JSON text::

    {"rules": "subtensor-475",
     "input": {…what an epoch starts from, as in the vectors' kind "epoch"…},
     "chain": {…what the chain stored after it, any subset of the outcome…}}

``docs/snapshot.md`` lists the chain's storage items that feed each field, and
:func:`libyuma.sdk.collect` reads them.
Further keys (``netuid``, ``block``, …) are notes that nobody reads.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import _json
from ._epoch import epoch
from ._outcome import Outcome
from ._params import Params
from ._rows import Rows
from ._rules import NEWEST
from ._subnet import Subnet
from .errors import refusal

ORDER = (
    "active",
    "stake_weight",
    "validator_permit",
    "consensus",
    "validator_trust",
    "incentive",
    "bonds",
    "dividends",
    "server_emission",
    "validator_emission",
    "emission",
)
"""The results a snapshot may have, in the order to look for a fault: each rests on those before."""

# Beside these a case of the vectors has intermediate values, which the chain does not store.
_NOT_STORED = ("raw",)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Replay:
    """What a replay found; true when everything is equal, and ``str()`` says it in one line."""

    equal: bool
    """Whether every result that the snapshot has was computed alike."""
    compared: tuple[str, ...]
    """The results that were compared, in order."""
    stage: str | None
    """The first that differs, or ``None``."""
    uid: int | None
    """The first uid of it that differs."""
    expected: Any
    """What the chain stored for this uid: an integer, a flag, or a row ``[[column, value], …]``."""
    computed: Any
    """What came out instead."""
    outcome: Outcome
    """The whole outcome."""

    def __bool__(self) -> bool:
        return self.equal

    def __str__(self) -> str:
        if self.equal:
            return f"equal: {', '.join(self.compared)} ({self.outcome.rules})"
        return (
            f"{self.stage} differs at uid {self.uid}: the chain has {self.expected}, "
            f"computed {self.computed} ({self.outcome.rules})"
        )

    def __repr__(self) -> str:
        return f"<Replay {self}>"


def replay(snapshot: _json.Source, *, rules: str | None = None) -> Replay:
    """Computes a stored epoch again and compares it with what the chain stored.

    ``rules``: instead of the snapshot's own; the newest when neither names any. A case of the
    vectors works as well: its ``expect`` is taken for ``chain``.

    Raises :class:`YumaError` as :meth:`Subnet.from_json`; with code ``missing`` when there is
    nothing to compare with, ``type`` for a result that outcomes do not have, ``length`` for one
    of another number of neurons, and ``unknown_rules``.

    >>> import libyuma
    >>> subnet = libyuma.Subnet(
    ...     current_block=1000, last_step_block=640, rao_emission=1_000_000_000,
    ...     stake_rao=[600, 400, 0, 0], last_update=[990] * 4,
    ...     validator_permit=[True, True, False, False],
    ...     weights=([0, 2, 3, 3, 3], [2, 3, 2], [65535, 32768, 65535]),
    ... )
    >>> snapshot = {
    ...     "rules": "subtensor-475", "input": subnet.to_json(libyuma.Params()),
    ...     "chain": {"incentive": [0, 0, 50411, 15123], "dividends": [45371, 20164, 0, 0]},
    ... }
    >>> print(libyuma.replay(snapshot))
    dividends differs at uid 0: the chain has 45371, computed 45370 (subtensor-475)
    """
    whole = json.loads(snapshot) if isinstance(snapshot, (str, bytes)) else snapshot
    if not isinstance(whole, Mapping):
        raise refusal("type", "", None, None, "the snapshot must be an object")
    stored, chosen = _stored(whole), _rules(whole, rules)
    params = Params.from_json(whole, rules=chosen)
    outcome = epoch(params, Subnet.from_json(whole))
    expected = {
        field: _expected(field, stored[field], outcome) for field in ORDER if field in stored
    }
    compared = tuple(expected)
    for field, values in expected.items():
        computed = _lists(getattr(outcome, field))
        for uid, (theirs, ours) in enumerate(zip(values, computed, strict=True)):
            if theirs != ours:
                return Replay(
                    equal=False,
                    compared=compared,
                    stage=field,
                    uid=uid,
                    expected=theirs,
                    computed=ours,
                    outcome=outcome,
                )
    return Replay(
        equal=True,
        compared=compared,
        stage=None,
        uid=None,
        expected=None,
        computed=None,
        outcome=outcome,
    )


def _stored(whole: Mapping[str, Any]) -> Mapping[str, Any]:
    name = "chain" if "chain" in whole else "expect"
    if name not in whole:
        raise refusal("missing", "chain", None, None, "missing field chain")
    stored = whole[name]
    if not isinstance(stored, Mapping):
        raise refusal("type", name, None, None, f"{name} must be an object")
    for field in stored:
        if field not in ORDER and field not in _NOT_STORED:
            known = ", ".join(ORDER)
            message = f"{name} has {field!r}; an outcome has {known}"
            raise refusal("type", f"{name}.{field}", None, None, message)
    if not any(field in stored for field in ORDER):
        raise refusal("missing", name, None, None, f"{name} has nothing to compare with")
    return stored


def _rules(whole: Mapping[str, Any], rules: str | None) -> str:
    if rules is None:
        rules = whole.get("rules", NEWEST)
    if not isinstance(rules, str):
        raise refusal("type", "rules", None, None, f"rules: {rules!r} is not text")
    return rules


def _expected(field: str, value: Any, outcome: Outcome) -> list[Any]:
    """The stored values of a result, one per uid."""
    name = f"chain.{field}"
    if field == "bonds":
        rows = dict(_rows(name, value, outcome.n))
        return [rows.get(uid, []) for uid in range(outcome.n)]
    values: list[Any]
    if getattr(outcome, field).dtype == np.bool_:
        values = _json.SUBNET["validator_permit"].read(name, value).tolist()
    else:
        values = _numbers(name, value)
    if len(values) != outcome.n:
        message = f"{name} has {len(values)} elements for {outcome.n} neurons"
        raise refusal("length", name, len(values), outcome.n, message)
    return values


def _numbers(name: str, value: Any) -> list[int]:
    """Integers, or decimal strings as amounts are written."""
    if not isinstance(value, list):
        raise refusal("type", name, None, None, f"{name}: {value!r} is not a list")
    for index, one in enumerate(value):
        if not isinstance(one, str) and type(one) is not int:
            message = f"{name}[{index}]: {one!r} is not an integer"
            raise refusal("type", name, index, None, message)
    return [
        _json.decimal(name, one, index) if isinstance(one, str) else one
        for index, one in enumerate(value)
    ]


def _rows(name: str, value: Any, n: int) -> list[list[Any]]:
    offsets, columns, values = _json.SUBNET["bonds"].read(name, value)
    if len(offsets) > n + 1:
        message = f"{name} has {len(offsets) - 1} rows for {n} neurons"
        raise refusal("length", name, len(offsets) - 1, n, message)
    offsets = [*offsets, *[offsets[-1]] * (n + 1 - len(offsets))]
    return Rows.of(name, (offsets, columns, values), n).to_lists()


def _lists(result: Any) -> list[Any]:
    if isinstance(result, Rows):
        return [
            [list(entry) for entry in zip(columns.tolist(), values.tolist(), strict=True)]
            for columns, values in result.rows()
        ]
    values: list[Any] = result.tolist()
    return values

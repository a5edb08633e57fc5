"""A subnet from the Bittensor SDK's metagraph, known by its attributes alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from .errors import refusal

_RAO = 10**9


def arguments(
    metagraph: Any,
    *,
    rao_emission: int,
    weights: Any,
    bonds: Any,
    round_floats: bool,
    changes: Mapping[str, Any],
) -> dict[str, Any]:
    """The arguments of :class:`Subnet` that a metagraph has."""
    found: dict[str, Any] = {"rao_emission": rao_emission}
    n = _count(metagraph)
    found["n"] = n
    readers: dict[str, Callable[[], Any]] = {
        "current_block": lambda: _scalar(metagraph, "block"),
        "last_step_block": lambda: _scalar(metagraph, "last_step"),
        "owner_uid": lambda: _owner(metagraph),
        "last_update": lambda: _column(metagraph, "last_update", n),
        "validator_permit": lambda: _column(metagraph, "validator_permit", n),
        "block_at_registration": lambda: _column(metagraph, "block_at_registration", n),
    }
    for field, read in readers.items():
        if field not in changes:
            found[field] = read()
    if "stake" not in changes and "stake_rao" not in changes:
        found["stake_rao"] = _stake(metagraph, n, round_floats)
    found["weights"] = _rows(metagraph, "weights", weights, n, round_floats)
    found["bonds"] = _rows(metagraph, "bonds", bonds, n, False)
    return {**found, **changes}


def _missing(field: str, why: str) -> Exception:
    return refusal("missing", field, None, None, f"{field}: {why}")


def _plain(value: Any) -> Any:
    """A number out of an array of one element, a tensor or NumPy's scalar."""
    return value.item() if hasattr(value, "item") else value


def _scalar(metagraph: Any, name: str) -> int:
    if getattr(metagraph, name, None) is None:
        raise _missing(name, f"the metagraph has no {name}; give the value instead")
    value = _plain(getattr(metagraph, name))
    if type(value) is not int:
        raise refusal("type", name, None, None, f"{name}: {value!r} is not an integer")
    return value


def _count(metagraph: Any) -> int:
    for name in ("n", "num_uids"):
        if getattr(metagraph, name, None) is not None:
            return _scalar(metagraph, name)
    raise _missing("n", "the metagraph has neither n nor num_uids")


def _owner(metagraph: Any) -> int | None:
    owner, hotkeys = (getattr(metagraph, name, None) for name in ("owner_hotkey", "hotkeys"))
    return hotkeys.index(owner) if hotkeys and owner in hotkeys else None


def _neurons(metagraph: Any, name: str, n: int) -> list[Any] | None:
    neurons = list(getattr(metagraph, "neurons", None) or [])
    if len(neurons) != n or not all(hasattr(neuron, name) for neuron in neurons):
        return None
    return [getattr(neuron, name) for neuron in neurons]


def _column(metagraph: Any, name: str, n: int) -> list[Any]:
    values = getattr(metagraph, name, None)
    if values is None:
        values = _neurons(metagraph, name, n)
    if values is None:
        raise _missing(name, f"the metagraph has no {name}; give the values instead")
    listed = _listed(values)
    if name == "validator_permit":
        # Some have flags as 0 and 1; anything else is refused at the door.
        return [bool(one) if one in (0, 1) else one for one in listed]
    return listed


def _listed(values: Any) -> list[Any]:
    values = values.tolist() if hasattr(values, "tolist") else list(values)
    return [_plain(value) for value in values]


def _stake(metagraph: Any, n: int, round_floats: bool) -> list[int]:
    values = getattr(metagraph, "total_stake", None)
    values = _neurons(metagraph, "total_stake", n) if values is None else _listed(values)
    if values is None:
        raise _missing("stake_rao", "the metagraph has no total_stake; give stake or stake_rao")
    stakes = []
    for uid, value in enumerate(values):
        value = getattr(value, "rao", value)
        if isinstance(value, float) and round_floats:
            value = round(value * _RAO)
        if type(value) is not int:
            message = (
                f"total_stake[{uid}]: {value!r} is not whole rao; give stake or stake_rao, or "
                "round_floats=True for a result that is not the chain's"
            )
            raise refusal("type", "total_stake", uid, None, message)
        stakes.append(value)
    return stakes


def _rows(metagraph: Any, name: str, given: Any, n: int, round_floats: bool) -> Any:
    if given is None:
        given = _neurons(metagraph, name, n)
        given = None if given is None else list(enumerate(given))
    if given is None:
        given = getattr(metagraph, name, None)
        if given is None or not len(given):
            why = f"the metagraph has none; give {name}, as of query_map, or another matrix"
            raise _missing(name, why)
        given = given if isinstance(given, np.ndarray) else np.array(_listed(given))
    if isinstance(given, np.ndarray) and given.dtype.kind == "f":
        if not round_floats:
            message = f"{name} of {given.dtype} are not the chain's integers; give {name} as stored"
            raise refusal("type", name, None, None, message)
        given = _upscaled(name, given)
    if isinstance(given, Mapping):
        given = list(given.items())
    return _listed_rows(name, given, n) if isinstance(given, list) else given


def _upscaled(name: str, given: Any) -> Any:
    """Shares as the integers they may come from: the largest of a row is 65535."""
    if given.ndim != 2 or not np.isfinite(given).all() or (given < 0).any():
        raise refusal("type", name, None, None, f"{name} must be shares in two dimensions")
    largest = given.max(axis=1, keepdims=True, initial=0)
    scaled = np.divide(given, largest, out=np.zeros(given.shape), where=largest > 0)
    return np.rint(scaled * 65535).astype(np.uint16)


def _listed_rows(name: str, rows: Iterable[Any], n: int) -> tuple[list[int], list[int], list[int]]:
    """Rows from pairs of a uid and its entries, in any order of uids."""
    by_uid: dict[int, list[Any]] = {}
    for index, row in enumerate(rows):
        try:
            uid, entries = row
            pairs = [(_plain(column), _plain(value)) for column, value in entries or ()]
        except (TypeError, ValueError):
            message = f"{name}[{index}] is not a uid with its entries"
            raise refusal("type", name, index, None, message) from None
        uid = _plain(uid)
        if type(uid) is not int or not 0 <= uid < n:
            raise refusal("range", name, index, n - 1, f"{name}[{index}]: no uid {uid!r} among {n}")
        if uid in by_uid:
            raise refusal("repeated", name, index, None, f"{name}[{index}]: row {uid} again")
        by_uid[uid] = pairs
    offsets, columns, values = [0], [], []
    for uid in range(n):
        for column, value in by_uid.get(uid, ()):
            columns.append(column)
            values.append(value)
        offsets.append(len(columns))
    return offsets, columns, values

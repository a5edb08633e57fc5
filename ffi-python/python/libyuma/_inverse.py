"""Questions asked backwards: what it takes, what a change does."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import _libyuma
from ._epoch import epoch
from ._outcome import Outcome
from ._params import Params
from ._rows import Rows
from ._subnet import Subnet
from ._table import Table
from .errors import refusal

_PER_UID = (
    "stake_weight",
    "consensus",
    "incentive",
    "dividends",
    "validator_trust",
    "server_emission",
    "validator_emission",
    "emission",
)

STEPS: dict[str, int] = {
    "tempo": 60,
    "activity_cutoff": 360,
    "kappa": 655,
    "bonds_penalty": 655,
    "bonds_moving_average": 10_000,
    "alpha_low": 655,
    "alpha_high": 655,
    "alpha_sigmoid_steepness": 100,
    "max_allowed_validators": 1,
    "stake_threshold": 10**12,
}
"""One step of each numeric parameter where none is given: about a hundredth of a share, an hour of
blocks, a thousand alpha."""


def smallest_stake_for_permit(params: Params, subnet: Subnet, uid: int) -> int | None:
    """The smallest total stake weight, in whole rao, with which this uid gets a permit.

    Everybody else's stake stays. Exact: with one rao less it gets none. 0 for the owner; ``None``
    where no stake is enough, as without any places. Found by halving, each try an epoch; the total
    is kept below 2^63 rao, where more stake never takes a permit away.

    Raises :class:`YumaError` with code ``range`` for a uid that is not below ``n``.

    >>> import libyuma
    >>> subnet = libyuma.Subnet(
    ...     current_block=1000, rao_emission=1, stake_rao=[600_000, 400_000, 0], weights=None,
    ...     last_update=[990] * 3, validator_permit=[True, True, False],
    ... )
    >>> params = libyuma.Params(max_allowed_validators=2)
    >>> libyuma.smallest_stake_for_permit(params, subnet, 2)
    400000
    """
    uid = _uid(subnet, uid)
    others = sum(subnet.stake_raw) - subnet.stake_raw[uid]
    # Permits rest on stake alone (§3.B, C).
    bare = subnet.replace(weights=None, bonds=None)

    def enough(rao: int) -> bool:
        return bool(epoch(params, _with_stake(bare, uid, rao)).validator_permit[uid])

    if enough(0):
        return 0
    low, high = 0, (1 << 63) - 1 - (others >> 64)
    if high <= 0 or not enough(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if enough(middle):
            high = middle
        else:
            low = middle
    return high


def sensitivity(
    params: Params,
    subnet: Subnet,
    uid: int,
    parameters: Sequence[str] | Mapping[str, int] | None = None,
) -> Table:
    """What one step of each parameter, up and down, does to one uid.

    ``parameters``: the fields of :class:`Params` to try, by default all but the rules; or a mapping
    of numeric fields to the size of their steps, instead of :data:`STEPS`. A flag is turned, the
    consensus mode takes each other value; a step out of the field's type is left out.

    Columns: ``parameter``, ``value`` (as text), then incentive, dividends and validator trust of
    65535 and emission in rao as they become, each with its change (``incentive_change`` …). The
    first row, without a parameter, is how it is.

    Raises :class:`YumaError` for an unknown field (``type``), a step that is not positive
    (``range``), or a uid that is not below ``n``.

    >>> import libyuma
    >>> subnet = libyuma.Subnet(
    ...     current_block=1000, last_step_block=640, rao_emission=1_000_000_000,
    ...     stake_rao=[600, 400, 0, 0], last_update=[990] * 4,
    ...     validator_permit=[True, True, False, False],
    ...     weights=([0, 2, 3, 3, 3], [2, 3, 2], [65535, 32768, 65535]),
    ... )
    >>> table = libyuma.sensitivity(libyuma.Params(), subnet, 2, {"kappa": 8000})
    >>> [(row["value"], row["incentive"], row["incentive_change"]) for row in table]
    [('', 50411, 0), ('24767', 52427, 2016), ('40767', 65535, 15124)]
    """
    uid = _uid(subnet, uid)
    tries: list[tuple[str, Params]] = [("", params)]
    for field, step in _fields(parameters).items():
        tries += [(field, changed) for changed in _neighbours(params, field, step)]
    reported = ("incentive", "dividends", "validator_trust", "emission")
    rows = [
        {field: int(getattr(outcome, field)[uid]) for field in reported}
        for outcome in (epoch(changed, subnet) for _, changed in tries)
    ]
    columns: dict[str, list[Any]] = {
        "parameter": [field for field, _ in tries],
        "value": [str(getattr(changed, field)) if field else "" for field, changed in tries],
    }
    for field in reported:
        columns[field] = [row[field] for row in rows]
        columns[f"{field}_change"] = [row[field] - rows[0][field] for row in rows]
    return Table(columns)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Comparison:
    """An epoch as it is and as it would be; ``str()`` and :meth:`table` tell the differences."""

    uid: int
    """Who changed something."""
    before: Outcome
    """The epoch as it is."""
    after: Outcome
    """The epoch as it would be."""

    def change(self, field: str, uid: int | None = None) -> int:
        """How much a result of a uid changes, by default of the one who changed something.

        ``field``: ``incentive``, ``dividends``, ``emission``, … of :class:`Outcome`.
        """
        if field not in _PER_UID:
            message = f"field: {field!r} is none of {', '.join(_PER_UID)}"
            raise refusal("type", "field", None, None, message)
        uid = _uid(self.before.subnet, self.uid if uid is None else uid)
        return int(getattr(self.after, field)[uid]) - int(getattr(self.before, field)[uid])

    def table(self) -> Table:
        """Every uid that anything changes for: its results after, and by how much they changed."""
        changed = [
            uid
            for uid in range(self.before.n)
            if any(self.change(field, uid) for field in _PER_UID)
        ]
        columns: dict[str, list[int]] = {"uid": changed}
        for field in ("consensus", "incentive", "dividends", "validator_trust", "emission"):
            after = getattr(self.after, field).tolist()
            columns[field] = [after[uid] for uid in changed]
            columns[f"{field}_change"] = [self.change(field, uid) for uid in changed]
        return Table(columns)

    def __str__(self) -> str:
        lines = [f"uid {self.uid}, before → after"]
        for field in _PER_UID:
            before = int(getattr(self.before, field)[self.uid])
            change = self.change(field)
            lines.append(f"  {field:<18}  {before} → {before + change}  ({change:+})")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return (
            f"Comparison(uid={self.uid}, dividends={self.change('dividends'):+}, "
            f"incentive={self.change('incentive'):+}, emission={self.change('emission'):+} rao)"
        )


def what_if(
    params: Params,
    subnet: Subnet,
    uid: int,
    *,
    weights: Mapping[int, int] | Sequence[tuple[int, int]] | None = None,
    stake_rao: int | None = None,
    last_update: int | None = None,
) -> Comparison:
    """The next epoch as it is, and as it would be if this uid had other weights or another stake.

    ``weights``: from miner to weight, uint16 as stored; an empty one takes all of them away. Who
    sets weights also updates: ``last_update`` becomes the block before the epoch, unless another
    is given. Whether the chain would take the weights: :func:`validate_weights`. ``stake_rao``: the
    total stake weight in whole rao.

    Raises :class:`YumaError` with code ``range``, ``negative`` or ``type``, and ``missing`` when
    nothing is to change.

    >>> import libyuma
    >>> subnet = libyuma.Subnet(
    ...     current_block=1000, last_step_block=640, rao_emission=1_000_000_000,
    ...     stake_rao=[600, 400, 0, 0], last_update=[990] * 4,
    ...     validator_permit=[True, True, False, False],
    ...     weights=([0, 2, 3, 3, 3], [2, 3, 2], [65535, 32768, 65535]),
    ... )
    >>> libyuma.what_if(libyuma.Params(), subnet, 1, weights={2: 65535, 3: 32768})
    Comparison(uid=1, dividends=+6049, incentive=+0, emission=+46154388 rao)
    """
    uid = _uid(subnet, uid)
    changed = subnet
    if weights is None and stake_rao is None and last_update is None:
        raise refusal("missing", "weights", None, None, "give weights, stake_rao or last_update")
    if weights is not None:
        changed = changed.replace(weights=_with_row(subnet.weights, uid, weights, subnet.n))
        if last_update is None:
            last_update = max(int(subnet.last_update[uid]), subnet.current_block - 1)
    if last_update is not None:
        updates = subnet.last_update.tolist()
        updates[uid] = _libyuma.check_integer("last_update", last_update, "u64")
        changed = changed.replace(last_update=updates)
    if stake_rao is not None:
        stake_rao = _libyuma.check_integer("stake_rao", stake_rao, "u64")
        changed = _with_stake(changed, uid, stake_rao)
    return Comparison(uid=uid, before=epoch(params, subnet), after=epoch(params, changed))


def _uid(subnet: Subnet, uid: int) -> int:
    uid = _libyuma.check_integer("uid", uid, "u16")
    if uid >= subnet.n:
        message = f"uid: no uid {uid} among {subnet.n}"
        raise refusal("range", "uid", None, subnet.n - 1, message)
    return uid


def _with_stake(subnet: Subnet, uid: int, rao: int) -> Subnet:
    stake = subnet.stake.copy()
    stake[uid] = (0, rao)
    return subnet.replace(stake=stake)


def _with_row(
    rows: Rows, uid: int, entries: Mapping[int, int] | Sequence[tuple[int, int]], n: int
) -> Rows:
    pairs = entries.items() if isinstance(entries, Mapping) else entries
    try:
        columns, values = zip(*pairs, strict=True) if len(pairs) else ((), ())
    except (TypeError, ValueError):
        message = "weights must be a mapping from uid to weight, or pairs of the two"
        raise refusal("type", "weights", None, None, message) from None
    new_columns = _libyuma.array_u16("weights.columns", list(columns))
    new_values = _libyuma.array_u16("weights.values", list(values))
    for index, column in enumerate(new_columns.tolist()):
        if column >= n:
            message = f"weights.columns[{index}]: no uid {column} among {n}"
            raise refusal("range", "weights.columns", index, n - 1, message)
    begin, end = int(rows.offsets[uid]), int(rows.offsets[uid + 1])
    offsets = rows.offsets.astype(np.int64)
    offsets[uid + 1 :] += len(new_columns) - (end - begin)
    return Rows.of(
        "weights",
        (
            offsets,
            np.concatenate([rows.columns[:begin], new_columns, rows.columns[end:]]),
            np.concatenate([rows.values[:begin], new_values, rows.values[end:]]),
        ),
        n,
    )


def _fields(parameters: Sequence[str] | Mapping[str, int] | None) -> dict[str, int]:
    known = [field.name for field in dataclasses.fields(Params) if field.name != "rules"]
    given = known if parameters is None else parameters
    if isinstance(given, (str, bytes)) or not isinstance(given, (Sequence, Mapping)):
        message = "parameters must be a list of fields, or a mapping from them to steps"
        raise refusal("type", "parameters", None, None, message)
    steps: dict[str, int] = {}
    for index, field in enumerate(given):
        if field not in known:
            message = f"parameters[{index}]: {field!r} is no field of Params to step"
            raise refusal("type", "parameters", index, None, message)
        step = given[field] if isinstance(given, Mapping) else STEPS.get(field, 1)
        step = _libyuma.check_integer(f"parameters.{field}", step, "u64")
        if not step:
            message = f"parameters.{field}: a step must be at least 1"
            raise refusal("range", f"parameters.{field}", None, 1, message)
        steps[field] = step
    return steps


def _neighbours(params: Params, field: str, step: int) -> list[Params]:
    value = getattr(params, field)
    if isinstance(value, bool):
        return [params.replace(**{field: not value})]
    if isinstance(value, str):
        modes = ("auto", "current", "previous")
        return [params.replace(**{field: mode}) for mode in modes if mode != value]
    found = []
    for changed in (value - step, value + step):
        try:
            found.append(params.replace(**{field: changed}))
        except ValueError:  # beyond the type: there is no such neighbour
            continue
    return found

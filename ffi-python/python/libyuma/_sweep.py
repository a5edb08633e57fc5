"""The same subnet under many parameters."""

from __future__ import annotations

import dataclasses
import itertools
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from . import _libyuma
from ._params import Params
from ._simulate import History, OnEpoch, simulate
from ._subnet import Subnet
from ._table import Table
from .errors import YumaError, refusal

Measure: TypeAlias = Callable[[History], Mapping[str, Any]]
"""What a sweep keeps of a run: integers, flags or texts by name, never a float. Called where the
run was computed; for another process it has to be picklable, as functions of a module are."""

_CHUNKS = 32


class SweepTable(Table):
    """One row per combination of the grid: its parameters, then what was measured.

    ``table["kappa"]`` is a column, a NumPy array; iteration gives rows as dictionaries, ``len`` is
    their number, and ``repr`` a table of text.
    """

    __slots__ = ("measures", "parameters")

    parameters: tuple[str, ...]
    """The names of the grid's columns."""
    measures: tuple[str, ...]
    """The names of the measured columns."""

    def __init__(
        self, parameters: Mapping[str, Sequence[Any]], measures: Mapping[str, Sequence[Any]]
    ) -> None:
        super().__init__({**parameters, **measures})
        self.parameters = tuple(parameters)
        self.measures = tuple(measures)


def totals(history: History) -> dict[str, int]:
    """The whole subnet: what a sweep measures by default.

    ``emission``, ``server_emission`` and ``validator_emission`` are the sums in rao over all uids
    and all epochs; the rest is of the last epoch: how many permits, how many miners with any
    incentive and validators with any dividends, and the largest of either, of 65535.
    """
    last = history[-1]
    paid = ("emission", "server_emission", "validator_emission")
    return {
        # Python's integers: sums of amounts may exceed 64 bits.
        **{field: sum(sum(getattr(one, field).tolist()) for one in history) for field in paid},
        "permits": int(last.validator_permit.sum()),
        "paid_miners": int(np.count_nonzero(last.incentive)),
        "paid_validators": int(np.count_nonzero(last.dividends)),
        "largest_incentive": max(last.incentive.tolist(), default=0),
        "largest_dividends": max(last.dividends.tolist(), default=0),
    }


@dataclass(frozen=True, slots=True)
class OfUids:
    """A measure of chosen uids: columns ``field[uid]``.

    Amounts in rao are summed over all epochs, everything else is of the last epoch.

    Raises :class:`YumaError` for a field that outcomes do not have per uid, and, when it measures,
    for a uid that is not below ``n``.

    >>> import libyuma
    >>> measure = libyuma.OfUids([0, 2], fields=("dividends",))
    """

    uids: Sequence[int]
    fields: Sequence[str] = ("incentive", "dividends", "emission")

    def __post_init__(self) -> None:
        for index, uid in enumerate(self.uids):
            try:
                _libyuma.check_integer("uids", uid, "u16")
            except YumaError as error:
                raise _at(error, "uids", index) from None
        for index, field in enumerate(self.fields):
            if field not in _MEASURED:
                message = f"fields[{index}]: {field!r} is none of {', '.join(_MEASURED)}"
                raise refusal("type", "fields", index, None, message)

    def __call__(self, history: History) -> dict[str, Any]:
        """The columns of one run."""
        for index, uid in enumerate(self.uids):
            if uid >= history.n:
                message = f"uids[{index}]: no uid {uid} among {history.n}"
                raise refusal("range", "uids", index, history.n - 1, message)
        values: dict[str, Any] = {}
        for uid in self.uids:
            for field in self.fields:
                if field in _AMOUNTS:
                    value = sum(int(getattr(one, field)[uid]) for one in history)
                else:
                    value = getattr(history[-1], field)[uid].item()
                values[f"{field}[{uid}]"] = value
        return values


_AMOUNTS = ("server_emission", "validator_emission", "emission")
_MEASURED = (
    "active",
    "validator_permit",
    "stake_weight",
    "consensus",
    "incentive",
    "dividends",
    "validator_trust",
    *_AMOUNTS,
)


def sweep(
    subnet: Subnet,
    grid: Mapping[str, Sequence[Any]],
    *,
    params: Params,
    epochs: int = 1,
    executor: Executor | None = None,
    progress: bool | None = True,
    measure: Measure | Sequence[int] | None = None,
    on_epoch: OnEpoch | None = None,
    blocks: int | None = None,
    fresh_weights: bool = True,
) -> SweepTable:
    """Simulates the subnet under every combination of a grid's values.

    ``grid``: fields of :class:`Params`, the rules included, and the values to try. The first field
    changes slowest; what is not in the grid is as in ``params``. ``measure``: what to keep of each
    run, a function of its :class:`History`; a list of uids is short for :class:`OfUids`, and by
    default it is :func:`totals`. ``epochs`` and the rest: as in :func:`simulate`.

    ``executor``: any of ``concurrent.futures``, or Dask's ``client.get_executor()`` to compute on
    other machines. By default as many threads as there are processors: an epoch releases the
    interpreter lock. ``progress``: a bar on stderr if tqdm is there (extra ``sweep``); ``None``:
    only on a terminal.

    Raises :class:`YumaError` with the grid's field and the index of a value that is none of it,
    with code ``length`` for a field without values, and ``type`` for one that there is not.

    >>> import libyuma
    >>> subnet = libyuma.Subnet(
    ...     current_block=1000, last_step_block=640, rao_emission=1_000_000_000,
    ...     stake_rao=[600, 400, 0, 0], last_update=[990] * 4,
    ...     validator_permit=[True, True, False, False],
    ...     weights=([0, 2, 3, 3, 3], [2, 3, 2], [65535, 32768, 65535]),
    ... )
    >>> grid = {"kappa": [32767, 45874], "yuma3": [False, True]}
    >>> libyuma.sweep(subnet, grid, params=libyuma.Params(), progress=False, measure=[2])
    kappa  yuma3  incentive[2]  dividends[2]  emission[2]
    32767  False         50411             0    384614030
    32767  True          50411             0    384614030
    45874  False         65535             0    500000000
    45874  True          65535             0    500000000
    (4 rows)
    """
    # Refuses bad arguments here rather than in some other process.
    simulate(subnet, epochs, params=params, on_epoch=on_epoch, blocks=blocks)
    combinations = _combinations(grid, params)
    job = _Job(
        subnet=subnet,
        epochs=_libyuma.check_integer("epochs", epochs, "u64"),
        measure=_measure_of(measure),
        on_epoch=on_epoch,
        blocks=blocks,
        fresh_weights=fresh_weights,
    )
    if not job.epochs:
        raise refusal("range", "epochs", None, 1, "epochs must be at least 1")
    size = max(1, len(combinations) // (_CHUNKS * (os.cpu_count() or 1)))
    measured: list[Mapping[str, Any]] = [{}] * len(combinations)
    with _pool(executor) as pool, _bar(len(combinations), progress) as advance:
        futures: dict[Future[list[dict[str, Any]]], int] = {
            pool.submit(job, combinations[begin : begin + size]): begin
            for begin in range(0, len(combinations), size)
        }
        try:
            for future in as_completed(futures):
                begin, rows = futures[future], future.result()
                measured[begin : begin + len(rows)] = rows
                advance(len(rows))
        except BaseException:
            for future in futures:
                future.cancel()
            raise
    return _table(grid, combinations, measured)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """Everything a worker needs but the parameters; picklable."""

    subnet: Subnet
    epochs: int
    measure: Measure
    on_epoch: OnEpoch | None
    blocks: int | None
    fresh_weights: bool

    def __call__(self, combinations: Sequence[Params]) -> list[dict[str, Any]]:
        return [self._row(params) for params in combinations]

    def _row(self, params: Params) -> dict[str, Any]:
        outcomes = simulate(
            self.subnet,
            self.epochs,
            params=params,
            on_epoch=self.on_epoch,
            blocks=self.blocks,
            fresh_weights=self.fresh_weights,
        )
        measured = self.measure(History(outcomes))
        return {name: _plain(name, value) for name, value in measured.items()}


def _plain(name: str, value: Any) -> int | bool | str:
    """A measured value as a plain one. A float would be the only one in any result."""
    if isinstance(value, np.generic):
        value = value.item()
    if not isinstance(value, (bool, int, str)):
        message = f"measure: {name} must be an integer, a flag or text, not {type(value).__name__}"
        raise refusal("type", "measure", None, None, message)
    return value


def _measure_of(measure: Measure | Sequence[int] | None) -> Measure:
    if measure is None:
        return totals
    if callable(measure):
        return measure
    if isinstance(measure, (Sequence, np.ndarray, range)):
        return OfUids(tuple(measure))
    raise refusal("type", "measure", None, None, "measure must be a function or a list of uids")


def _combinations(grid: Mapping[str, Sequence[Any]], params: Params) -> list[Params]:
    known = {field.name for field in dataclasses.fields(Params)}
    if not isinstance(grid, Mapping):
        raise refusal("type", "grid", None, None, "grid must be a mapping of fields to values")
    for field, values in grid.items():
        if field not in known:
            raise refusal("type", str(field), None, None, f"{field!r} is no field of Params")
        if isinstance(values, (str, bytes)) or not isinstance(
            values, (Sequence, np.ndarray, range)
        ):
            raise refusal("type", field, None, None, f"{field} must be a list of values")
        if not len(values):
            raise refusal("length", field, 0, None, f"{field} has no values")
        for index, value in enumerate(values):
            try:
                params.replace(**{field: value})
            except YumaError as error:
                raise _at(error, field, index) from None
    return [
        params.replace(**dict(zip(grid, values, strict=True)))
        for values in itertools.product(*grid.values())
    ]


def _at(error: YumaError, field: str, index: int) -> YumaError:
    return refusal(error.code, field, index, error.limit, f"{field}[{index}]: {error}")


def _table(
    grid: Mapping[str, Sequence[Any]],
    combinations: Sequence[Params],
    measured: Sequence[Mapping[str, Any]],
) -> SweepTable:
    names = list(measured[0]) if measured else []
    for index, row in enumerate(measured):
        if list(row) != names:
            message = f"measure gave {list(row)} for row {index}, {names} for the first"
            raise refusal("length", "measure", index, None, message)
    return SweepTable(
        {name: [getattr(params, name) for params in combinations] for name in grid},
        {name: [row[name] for row in measured] for name in names},
    )


@contextmanager
def _pool(executor: Executor | None) -> Iterator[Executor]:
    if executor is not None:
        if not callable(getattr(executor, "submit", None)):
            message = f"executor must be an Executor, not {type(executor).__name__}"
            raise refusal("type", "executor", None, None, message)
        yield executor  # the caller's, and the caller's to shut down
        return
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield pool


@contextmanager
def _bar(total: int, progress: bool | None) -> Iterator[Callable[[int], Any]]:
    bar = None
    if progress is not False:
        try:
            from tqdm.auto import tqdm
        except ImportError:  # a bar is a comfort, not a result
            pass
        else:
            # tqdm takes None for "only on a terminal".
            bar = tqdm(total=total, unit="run", disable=None if progress is None else False)
    try:
        yield (lambda _: None) if bar is None else bar.update
    finally:
        if bar is not None:
            bar.close()

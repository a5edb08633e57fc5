"""Results on the screen, for people and for machines."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import typer
from rich import box
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table as RichTable

from .._outcome import Outcome
from .._rows import Rows
from .._table import Table

COIN = 10**9
"""Rao of a coin."""

_NARROW = frozenset(
    (
        "uid",
        "uids",
        "miner",
        "validator",
        "n",
        "number",
        "netuid",
        "mecid",
        "rank",
        "epoch",
        "epochs",
        "columns",
        "permits",
        "active",
        "paid_miners",
        "paid_validators",
        "largest_incentive",
        "largest_dividends",
        "kappa",
        "bonds_penalty",
        "alpha_low",
        "alpha_high",
        "alpha_sigmoid_steepness",
        "max_allowed_validators",
        "owner_uid",
        "stake_weight",
        "consensus",
        "incentive",
        "dividends",
        "validator_trust",
        "values",
        "passed",
        "failed",
        "index",
        "spec_version",
        "stored",
        "bonds",
        "trust",
        "places",
        "masked",
    )
)
"""Plain integers of 32 bits or fewer: numbers in JSON. All others may be wider and are text."""


def coins(rao: int) -> str:
    """Rao as coins, with all nine decimals."""
    return f"{'-' if rao < 0 else ''}{abs(rao) // COIN}.{abs(rao) % COIN:09}"


def count(number: int, thing: str) -> str:
    """So many of a thing, in words."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def table(
    header: Sequence[str], rows: Iterable[Sequence[object]], total: Sequence[object] | None = None
) -> None:
    """Prints a table, numbers to the right, with a line of totals below if there is one."""
    shown = RichTable(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name in header:
        shown.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        shown.add_row(*map(str, row))
    if total is not None:
        shown.add_section()
        shown.add_row(*map(str, total), style="bold")
    # Never narrower than the table: a number that is cut off is a wrong one.
    console = Console(highlight=False, markup=False)
    unbounded = console.options.update(max_width=1 << 16)
    console.width = max(console.width, Measurement.get(console, unbounded, shown).maximum)
    console.print(shown)


def text(line: str) -> None:
    """Prints a line, or several."""
    typer.echo(line)


def machine(value: Any) -> None:
    """Prints a value as one line of JSON, in the form of the vectors."""
    as_it_is(plain(value))


def as_it_is(value: Any) -> None:
    """Prints a value that has the form of the vectors already as one line of JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False))


def plain(value: Any, name: str = "") -> Any:
    """A value as files of vectors have it: integers that may need 64 bits or more as text."""
    if isinstance(value, Rows):
        wide = value.values.dtype.itemsize > 4
        return [
            [uid, [[column, str(entry) if wide else entry] for column, entry in row]]
            for uid, row in value.to_lists()
        ]
    if isinstance(value, np.ndarray):
        wide = value.dtype.kind in "iu" and value.dtype.itemsize > 4
        return [str(each) if wide else each for each in value.tolist()]
    if isinstance(value, Table):
        return [plain(row) for row in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        return {field.name: plain(getattr(value, field.name), field.name) for field in fields}
    if isinstance(value, Mapping):
        return {str(key): plain(each, str(key)) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each, name) for each in value]
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, (int, np.integer)) and not isinstance(value, bool):
        # `incentive[7]` is an incentive.
        return int(value) if name.partition("[")[0] in _NARROW else str(value)
    return value.item() if isinstance(value, np.generic) else value


def results(outcome: Outcome, *, raw: bool = True) -> dict[str, Any]:
    """An outcome as the `expect` of a case of kind `epoch`."""
    inputs = ("rules", "params", "subnet", *(() if raw else ("raw",)))
    fields = (field.name for field in dataclasses.fields(outcome) if field.name not in inputs)
    return {field: getattr(outcome, field) for field in fields}

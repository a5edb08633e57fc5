"""Tables of integers: what sweeps and comparisons give."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ._rows import frozen

if TYPE_CHECKING:
    import pandas
    import polars

_SHOWN = 20


def extra(package: str, name: str | None = None) -> Any:
    """A package that is installed with an extra, or an ImportError that says which."""
    try:
        return importlib.import_module(package)
    except ImportError as error:
        wanted = f"libyuma[{name or package}]"
        message = f"this needs {package}: pip install '{wanted}'"
        raise ImportError(message, name=package) from error


class Table:
    """Named columns of equal length: NumPy arrays of integers, flags or text, read-only.

    ``table["name"]`` is a column; iteration gives the rows as dictionaries of plain Python values.
    """

    __slots__ = ("columns",)

    columns: dict[str, npt.NDArray[Any]]
    """The columns by name, in order."""

    def __init__(self, columns: Mapping[str, Any]) -> None:
        self.columns = {name: column(values) for name, values in columns.items()}

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def __getitem__(self, name: str) -> npt.NDArray[Any]:
        return self.columns[name]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        lists = [values.tolist() for values in self.columns.values()]
        return (dict(zip(self.columns, row, strict=True)) for row in zip(*lists, strict=True))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return list(self.columns) == list(other.columns) and all(
            np.array_equal(values, other.columns[name]) for name, values in self.columns.items()
        )

    __hash__ = None  # type: ignore[assignment]  # arrays

    def to_pandas(self) -> pandas.DataFrame:
        """As pandas' DataFrame; needs the extra ``pandas``."""
        frame: pandas.DataFrame = extra("pandas").DataFrame(dict(self.columns))
        return frame

    def to_polars(self) -> polars.DataFrame:
        """As polars' DataFrame; needs the extra ``polars``."""
        frame: polars.DataFrame = extra("polars").DataFrame(
            {
                name: values.tolist() if values.dtype == object else values
                for name, values in self.columns.items()
            }
        )
        return frame

    def __repr__(self) -> str:
        """The table as text; of a long one the first and the last rows."""
        rows = list(range(len(self)))
        half = _SHOWN // 2
        shown = rows if len(rows) <= _SHOWN else [*rows[:half], -1, *rows[-half:]]
        cells = {
            name: [name, *("…" if row < 0 else str(values[row]) for row in shown)]
            for name, values in self.columns.items()
        }
        widths = [max(map(len, column)) for column in cells.values()]
        numbers = [values.dtype.kind in "iu" for values in self.columns.values()]
        lines = []
        for line in zip(*cells.values(), strict=True):
            parts = zip(line, widths, numbers, strict=True)
            texts = (
                cell.rjust(width) if number else cell.ljust(width) for cell, width, number in parts
            )
            lines.append("  ".join(texts).rstrip())
        return "\n".join([*lines, f"({len(self)} rows)"])


def column(values: Any) -> npt.NDArray[Any]:
    """Values as an array that holds each exactly: of int64, uint64, flags or text, or objects."""
    if isinstance(values, np.ndarray):
        return frozen(values.copy())
    kinds = {type(value) for value in values}
    dtype: Any = object
    if kinds == {bool}:
        dtype = np.bool_
    elif kinds == {str}:
        dtype = np.str_
    elif kinds == {int}:
        low, high = min(values), max(values)
        for candidate in (np.int64, np.uint64):
            bounds = np.iinfo(candidate)
            if bounds.min <= low and high <= bounds.max:
                dtype = candidate
                break
    made = np.empty(len(values), dtype=dtype) if dtype is object else np.array(values, dtype=dtype)
    if dtype is object:
        made[:] = values
    return frozen(made)

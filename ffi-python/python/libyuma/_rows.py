"""Sparse matrices by rows, as the chain stores weights and bonds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from . import _libyuma
from .errors import refusal

if TYPE_CHECKING:
    from scipy.sparse import csr_array

RowsLike: TypeAlias = Any
"""What weights and bonds may be given as: :class:`Rows` or another tuple of three lists, a SciPy
sparse matrix, a two-dimensional integer array, or ``None`` for no entry at all."""


class Rows(NamedTuple):
    """A sparse matrix: row ``i`` is entries ``offsets[i] … offsets[i + 1]`` of the other two.

    Entries stay in the order given, and a row may repeat a column: both matter to the chain.

    >>> import libyuma, numpy as np
    >>> weights = libyuma.Rows.of("weights", np.array([[0, 7], [0, 0]]), 2)
    >>> weights.row(0)
    (array([1], dtype=uint16), array([7], dtype=uint16))
    """

    offsets: npt.NDArray[np.uint32]
    """Where each row begins, and behind the last where it ends: one more than rows."""
    columns: npt.NDArray[np.uint16]
    """The column of every entry."""
    values: npt.NDArray[Any]
    """The value of every entry: uint16 of 65535, or int64 raw bits of I32F32."""

    @classmethod
    def of(cls, field: str, value: RowsLike, n: int) -> Rows:
        """Rows of uint16 from whatever a matrix may be given as; ``field`` names it in errors."""
        if value is None:
            return cls(_zeros(n + 1, np.uint32), _zeros(0, np.uint16), _zeros(0, np.uint16))
        if hasattr(value, "tocsr"):
            value = value.tocsr()
            value = (value.indptr, value.indices, value.data)
        elif isinstance(value, np.ndarray):
            value = _dense(field, value)
        if not isinstance(value, tuple) or len(value) != 3:
            raise refusal(
                "type",
                field,
                None,
                None,
                f"{field} must be a sparse matrix, a two-dimensional array of integers, or a tuple "
                f"(offsets, columns, values), not {type(value).__name__}",
            )
        offsets, columns, values = value
        rows = cls(
            exact(f"{field}.offsets", offsets, np.uint32),
            exact(f"{field}.columns", columns, np.uint16),
            exact(f"{field}.values", values, np.uint16),
        )
        _libyuma.check_rows(field, rows)
        return rows

    @property
    def row_count(self) -> int:
        """The number of rows."""
        return len(self.offsets) - 1

    def row(self, uid: int) -> tuple[npt.NDArray[np.uint16], npt.NDArray[Any]]:
        """Columns and values of one row, in stored order."""
        begin, end = int(self.offsets[uid]), int(self.offsets[uid + 1])
        return self.columns[begin:end], self.values[begin:end]

    def rows(self) -> Iterator[tuple[npt.NDArray[np.uint16], npt.NDArray[Any]]]:
        """Columns and values of every row."""
        return (self.row(uid) for uid in range(self.row_count))

    def to_csr(self, columns: int | None = None) -> csr_array:
        """As SciPy's CSR, entries as they stand; needs SciPy. ``columns``: its width."""
        from scipy.sparse import csr_array

        widest = int(self.columns.max()) + 1 if len(self.columns) else 0
        shape = (self.row_count, max(widest, self.row_count if columns is None else columns))
        return csr_array((self.values, self.columns.astype(np.int32), self.offsets), shape=shape)

    def to_dense(self, columns: int | None = None) -> npt.NDArray[Any]:
        """As a dense array; of a repeated column the last entry, none beyond the width."""
        width = self.row_count if columns is None else columns
        dense = np.zeros((self.row_count, width), dtype=self.values.dtype)
        row = np.repeat(np.arange(self.row_count), self.offsets[1:] - self.offsets[:-1])
        inside = self.columns < width
        dense[row[inside], self.columns[inside]] = self.values[inside]
        return dense

    def to_lists(self) -> list[list[Any]]:
        """As the files of vectors have them: ``[[uid, [[column, value], …]], …]``."""
        rows = enumerate(self.rows())
        return [
            [uid, [list(entry) for entry in zip(columns.tolist(), values.tolist(), strict=True)]]
            for uid, (columns, values) in rows
            if len(columns)
        ]


def _dense(field: str, value: npt.NDArray[Any]) -> tuple[Any, Any, Any]:
    if value.ndim != 2 or value.dtype.kind not in "iu":
        raise refusal(
            "type",
            field,
            None,
            None,
            f"{field} must be an array of integers with two dimensions, "
            f"not of {value.dtype} with {value.ndim}",
        )
    rows, columns = np.nonzero(value)
    offsets = np.searchsorted(rows, np.arange(len(value) + 1))
    return offsets, columns, value[rows, columns]


def _zeros(count: int, dtype: Any) -> Any:
    return frozen(np.zeros(count, dtype=dtype))


def frozen(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The same array, which nobody may write to any more."""
    array.flags.writeable = False
    return array


_MAKERS: dict[Any, Callable[[str, Any], npt.NDArray[Any]]] = {
    np.dtype(np.uint16): _libyuma.array_u16,
    np.dtype(np.uint32): _libyuma.array_u32,
    np.dtype(np.uint64): _libyuma.array_u64,
    np.dtype(np.int64): _libyuma.array_i64,
    np.dtype(np.bool_): _libyuma.array_bool,
}


def exact(field: str, value: Any, dtype: Any) -> npt.NDArray[Any]:
    """A copy of a list as an array of exactly this type that nobody may write to."""
    wanted: np.dtype[Any] = np.dtype(dtype)
    array = isinstance(value, np.ndarray) and value.ndim == 1 and value.dtype.kind in "iu"
    if array and wanted.kind in "iu" and value.dtype != wanted:
        bounds = np.iinfo(wanted)
        # What does not fit is left to the door, which says where.
        if not len(value) or bounds.min <= int(value.min()) <= int(value.max()) <= bounds.max:
            value = value.astype(wanted)
    return frozen(_MAKERS[wanted](field, value))

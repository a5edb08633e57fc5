"""Epoch after epoch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from . import _libyuma
from ._epoch import epoch, null_epoch
from ._outcome import Outcome
from ._params import Params
from ._rows import Rows, frozen
from ._subnet import Subnet
from ._table import extra
from .errors import refusal

if TYPE_CHECKING:
    import pandas
    import polars

OnEpoch: TypeAlias = Callable[[Outcome, Subnet], "Subnet | None"]
"""Called between two epochs with the outcome of the first and the subnet as the second would find
it; returns the subnet to go on with, or ``None`` for the one it was given."""


def next_subnet(
    outcome: Outcome,
    *,
    blocks: int | None = None,
    fresh_weights: bool = True,
    null: bool = False,
) -> Subnet:
    """The subnet as the epoch after this one finds it, if nobody does anything in between.

    Carried over: permits, bonds, the consensus that liquid alpha may read, and the blocks of the
    last step. Stakes, weights, emission and registrations stay.

    ``blocks``: how many blocks later; by default the tempo. ``fresh_weights``: every neuron that
    has weights and a permit sets the same ones anew in the block before the epoch; otherwise
    weights keep their age, and their validators become inactive in time. ``null``: the outcome is
    of :func:`null_epoch`, which leaves bonds and the last Yuma step as they are.

    Raises :class:`YumaError` for blocks that are not of uint64.

    >>> import libyuma
    >>> subnet = libyuma.Subnet(
    ...     current_block=1000, last_step_block=640, rao_emission=1_000_000_000,
    ...     stake_rao=[600, 400, 0, 0], last_update=[990] * 4,
    ...     validator_permit=[True, True, False, False],
    ...     weights=([0, 2, 3, 3, 3], [2, 3, 2], [65535, 32768, 65535]),
    ... )
    >>> after = libyuma.next_subnet(libyuma.epoch(libyuma.Params(), subnet))
    >>> after.current_block, after.last_step_block, after.last_update.tolist()
    (1360, 1000, [1359, 1359, 990, 990])
    """
    before = outcome.subnet
    if blocks is None:
        blocks = outcome.params.tempo
    blocks = _libyuma.check_integer("blocks", blocks, "u64")
    block = _libyuma.check_integer("current_block", before.current_block + blocks, "u64")
    last_update = before.last_update
    if fresh_weights and block > 0:
        offsets = before.weights.offsets[: before.n + 1]  # rows beyond n belong to nobody
        setters = (offsets[1:] > offsets[:-1]) & outcome.validator_permit
        last_update = np.where(setters, np.uint64(block - 1), last_update)
    changes: dict[str, Any] = {
        "current_block": block,
        "last_step_block": before.current_block,
        "last_update": last_update,
        "validator_permit": outcome.validator_permit,
        "previous_consensus": outcome.consensus,
    }
    if not null:
        changes["bonds"] = outcome.bonds
        if before.current_block > 0:  # block 0 is never recorded
            changes["last_yuma_step_block"] = before.current_block
    return before.replace(**changes)


def simulate(
    subnet: Subnet,
    epochs: int | None,
    *,
    params: Params,
    on_epoch: OnEpoch | None = None,
    blocks: int | None = None,
    fresh_weights: bool = True,
    null: bool = False,
) -> Iterator[Outcome]:
    """Runs epoch after epoch, and yields each outcome when it is asked for.

    ``epochs``: how many; ``None``: without end. ``on_epoch``: called between two epochs, never
    after the last, and may return a changed subnet: other weights, stake, emission, or whatever
    :func:`next_subnet` carried over. ``blocks``, ``fresh_weights``: as in :func:`next_subnet`.
    ``null``: every epoch is :func:`null_epoch`, with the budgets of the subnet's emission.

    Bad arguments are refused here, not at the first outcome. Raises :class:`YumaError`, also what
    :func:`epoch` raises.

    >>> import libyuma
    >>> subnet = libyuma.Subnet(
    ...     current_block=1000, last_step_block=640, rao_emission=1_000_000_000,
    ...     stake_rao=[600, 400, 0, 0], last_update=[990] * 4,
    ...     validator_permit=[True, True, False, False],
    ...     weights=([0, 2, 3, 3, 3], [2, 3, 2], [65535, 32768, 65535]),
    ... )
    >>> def weights_from_1(outcome, following):
    ...     return following.replace(weights=([0, 2, 3, 3, 3], [2, 3, 3], [1, 1, 1]))
    >>> epochs = libyuma.simulate(subnet, 3, params=libyuma.Params(), on_epoch=weights_from_1)
    >>> [outcome.incentive.tolist() for outcome in epochs]
    [[0, 0, 50411, 15123], [0, 0, 24575, 40959], [0, 0, 24575, 40959]]
    """
    if epochs is not None:
        epochs = _libyuma.check_integer("epochs", epochs, "u64")
    if blocks is not None:
        blocks = _libyuma.check_integer("blocks", blocks, "u64")
    callback: Any = on_epoch
    for field, value, kind in (("subnet", subnet, Subnet), ("params", params, Params)):
        if not isinstance(value, kind):
            raise refusal("type", field, None, None, f"{field} must be a {kind.__name__}")
    if callback is not None and not callable(callback):
        raise refusal("type", "on_epoch", None, None, "on_epoch must be callable")
    return _epochs(subnet, epochs, params, on_epoch, blocks, fresh_weights, null)


def _epochs(
    subnet: Subnet,
    epochs: int | None,
    params: Params,
    on_epoch: OnEpoch | None,
    blocks: int | None,
    fresh_weights: bool,
    null: bool,
) -> Iterator[Outcome]:
    done = 0
    while epochs is None or done < epochs:
        outcome = null_epoch(params, subnet) if null else epoch(params, subnet)
        yield outcome
        done += 1
        if done == epochs:
            return
        subnet = next_subnet(outcome, blocks=blocks, fresh_weights=fresh_weights, null=null)
        if on_epoch is not None:
            changed: Any = on_epoch(outcome, subnet)
            if changed is not None and not isinstance(changed, Subnet):
                message = f"on_epoch must return a Subnet or None, not {type(changed).__name__}"
                raise refusal("type", "on_epoch", None, None, message)
            subnet = subnet if changed is None else changed


_PER_UID = (
    "active",
    "validator_permit",
    "stake_weight",
    "consensus",
    "incentive",
    "dividends",
    "validator_trust",
    "server_emission",
    "validator_emission",
    "emission",
)


class History:
    """The outcomes of many epochs as arrays: one row per epoch, one column per uid, read-only.

    Raises :class:`YumaError` with code ``length`` and the epoch's index for an outcome that has
    not as many neurons as the first.

    >>> import libyuma
    >>> subnet = libyuma.Subnet(
    ...     current_block=1000, last_step_block=640, rao_emission=1_000_000_000,
    ...     stake_rao=[600, 400, 0, 0], last_update=[990] * 4,
    ...     validator_permit=[True, True, False, False],
    ...     weights=([0, 2, 3, 3, 3], [2, 3, 2], [65535, 32768, 65535]),
    ... )
    >>> history = libyuma.History(libyuma.simulate(subnet, 5, params=libyuma.Params()))
    >>> history.dividends.shape, history.dividends.dtype, history.block.tolist()
    ((5, 4), dtype('uint16'), [1000, 1360, 1720, 2080, 2440])
    """

    __slots__ = ("_cache", "_outcomes")

    def __init__(self, outcomes: Iterable[Outcome] = ()) -> None:
        self._outcomes: list[Outcome] = []
        self._cache: dict[str, npt.NDArray[Any]] = {}
        for outcome in outcomes:
            self.append(outcome)

    def append(self, outcome: Outcome) -> None:
        """Adds the outcome of one more epoch."""
        index = len(self._outcomes)
        given: Any = outcome
        if not isinstance(given, Outcome):
            message = f"outcomes[{index}] must be an Outcome, not {type(given).__name__}"
            raise refusal("type", "outcomes", index, None, message)
        if index and outcome.n != self.n:
            message = f"outcomes[{index}] has {outcome.n} neurons, the first one {self.n}"
            raise refusal("length", "outcomes", index, self.n, message)
        self._outcomes.append(outcome)
        self._cache.clear()

    def __len__(self) -> int:
        return len(self._outcomes)

    def __iter__(self) -> Iterator[Outcome]:
        return iter(self._outcomes)

    def __getitem__(self, epoch: int) -> Outcome:
        return self._outcomes[epoch]

    def __repr__(self) -> str:
        return f"History(epochs={len(self)}, n={self.n})"

    @property
    def n(self) -> int:
        """The number of neurons; 0 before the first epoch."""
        return self._outcomes[0].n if self._outcomes else 0

    @property
    def block(self) -> npt.NDArray[np.uint64]:
        """(epochs,): the block of each epoch."""
        return frozen(np.array([one.subnet.current_block for one in self], dtype=np.uint64))

    @property
    def active(self) -> npt.NDArray[np.bool_]:
        """(epochs, n): who was active."""
        return self._stacked("active", np.bool_)

    @property
    def validator_permit(self) -> npt.NDArray[np.bool_]:
        """(epochs, n): who has a permit after the epoch."""
        return self._stacked("validator_permit", np.bool_)

    @property
    def stake_weight(self) -> npt.NDArray[np.uint16]:
        """(epochs, n), of 65535."""
        return self._stacked("stake_weight", np.uint16)

    @property
    def consensus(self) -> npt.NDArray[np.uint16]:
        """(epochs, n), of 65535."""
        return self._stacked("consensus", np.uint16)

    @property
    def incentive(self) -> npt.NDArray[np.uint16]:
        """(epochs, n), of 65535."""
        return self._stacked("incentive", np.uint16)

    @property
    def dividends(self) -> npt.NDArray[np.uint16]:
        """(epochs, n), of 65535."""
        return self._stacked("dividends", np.uint16)

    @property
    def validator_trust(self) -> npt.NDArray[np.uint16]:
        """(epochs, n), of 65535."""
        return self._stacked("validator_trust", np.uint16)

    @property
    def server_emission(self) -> npt.NDArray[np.uint64]:
        """(epochs, n), in rao."""
        return self._stacked("server_emission", np.uint64)

    @property
    def validator_emission(self) -> npt.NDArray[np.uint64]:
        """(epochs, n), in rao."""
        return self._stacked("validator_emission", np.uint64)

    @property
    def emission(self) -> npt.NDArray[np.uint64]:
        """(epochs, n), in rao."""
        return self._stacked("emission", np.uint64)

    def bonds(self, epoch: int) -> Rows:
        """The bonds after one epoch, of 65535."""
        return self._outcomes[epoch].bonds

    def bonds_dense(self) -> npt.NDArray[np.uint16]:
        """(epochs, n, n): all bonds, row: validator, column: miner. Large; made anew each time."""
        if not self._outcomes:
            return np.zeros((0, 0, 0), dtype=np.uint16)
        return np.stack([outcome.bonds_dense() for outcome in self])

    def to_pandas(self) -> pandas.DataFrame:
        """One row per epoch and uid; needs the extra ``pandas``."""
        frame: pandas.DataFrame = extra("pandas").DataFrame(self._long())
        return frame

    def to_polars(self) -> polars.DataFrame:
        """One row per epoch and uid; needs the extra ``polars``."""
        frame: polars.DataFrame = extra("polars").DataFrame(self._long())
        return frame

    def _stacked(self, field: str, dtype: Any) -> npt.NDArray[Any]:
        if field not in self._cache:
            stacked = np.zeros((len(self), self.n), dtype=dtype)
            for row, outcome in zip(stacked, self, strict=True):
                row[:] = getattr(outcome, field)
            self._cache[field] = frozen(stacked)
        return self._cache[field]

    def _long(self) -> dict[str, npt.NDArray[Any]]:
        epochs = np.arange(len(self), dtype=np.uint32)
        uids = np.arange(self.n, dtype=np.uint16)
        long = {
            "epoch": np.repeat(epochs, self.n),
            "block": np.repeat(self.block, self.n),
            "uid": np.tile(uids, len(self)),
        }
        return {**long, **{field: getattr(self, field).ravel() for field in _PER_UID}}

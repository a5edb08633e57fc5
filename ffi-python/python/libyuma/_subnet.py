"""A subnet before its epoch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from . import _json, _libyuma
from ._params import Params
from ._rows import Rows, RowsLike, exact, frozen
from .errors import refusal

Integers: TypeAlias = Sequence[int] | npt.NDArray[Any]
"""A list of integers, or an array of them of any integer type."""
Flags: TypeAlias = Sequence[bool] | npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False, repr=False, init=False)
class Subnet:
    """A subnet before its epoch. Arrays have one element per uid, are copies, and are read-only.

    Give either ``stake`` or ``stake_rao``. Of the rest only ``weights``, ``last_update``,
    ``validator_permit``, ``current_block`` and ``rao_emission`` have no default.

    Raises :class:`YumaError` with code ``length``, ``negative``, ``range``, ``type``, ``offsets``
    or ``entries``, and the name of the field.

    >>> import libyuma, numpy as np
    >>> subnet = libyuma.Subnet(
    ...     current_block=1000, last_step_block=640, rao_emission=1_000_000_000,
    ...     stake_rao=[600, 400, 0, 0], last_update=[990] * 4,
    ...     validator_permit=[True, True, False, False],
    ...     weights=([0, 2, 3, 3, 3], [2, 3, 2], [65535, 32768, 65535]),
    ... )
    >>> libyuma.epoch(libyuma.Params(), subnet).incentive.tolist()
    [0, 0, 50411, 15123]
    """

    n: int
    """The number of neurons; their uids are 0 … n − 1."""
    current_block: int
    """The block the epoch runs in."""
    last_step_block: int
    """The block of the epoch before; 0 when none ran yet."""
    last_yuma_step_block: int | None
    """The block of the last epoch in Yuma mode (475; 0 is a block, not absence)."""
    owner_uid: int | None
    """The uid of the subnet's owner. One that is not below ``n`` has no effect."""
    rao_emission: int
    """The alpha to divide, in rao."""
    stake: npt.NDArray[np.uint64]
    """(n, 2): the low and the high 64 bits of each total stake weight, raw bits of I64F64. The
    high half is whole rao."""
    last_update: npt.NDArray[np.uint64]
    """The block in which each neuron last set weights."""
    block_at_registration: npt.NDArray[np.uint64]
    """The block in which each neuron registered."""
    validator_permit: npt.NDArray[np.bool_]
    """Who has a validator permit before the epoch."""
    commit_block: npt.NDArray[np.uint64] | None
    """The block of each neuron's earliest active commit, 2^64 − 1 for none; ``None``: nobody has
    one. Read only with commit-reveal, and only then its length matters."""
    weights: Rows
    """Row: validator, column: miner, value: the uint16 weight as stored."""
    bonds: Rows
    """Row: validator, column: miner, value: the uint16 bond as the epoch before stored it."""
    previous_consensus: npt.NDArray[np.uint16]
    """The consensus of the epoch before, of 65535; any length, empty when none is stored (475)."""

    def __init__(
        self,
        *,
        current_block: int,
        rao_emission: int,
        weights: RowsLike,
        last_update: Integers,
        validator_permit: Flags,
        stake: Integers | None = None,
        stake_rao: Integers | None = None,
        block_at_registration: Integers | None = None,
        bonds: RowsLike = None,
        last_step_block: int = 0,
        last_yuma_step_block: int | None = None,
        owner_uid: int | None = None,
        commit_block: Integers | None = None,
        previous_consensus: Integers = (),
        n: int | None = None,
    ) -> None:
        """``stake``: raw bits of I64F64, as an (n, 2) array of uint64 or a list of integers.
        ``stake_rao``: whole rao instead. ``block_at_registration``: by default 0 for all. ``n``: by
        default as many as there are stakes.
        """
        if (stake is None) == (stake_rao is None):
            raise refusal("type", "stake", None, None, "give either stake or stake_rao")
        if stake is not None:
            halves = frozen(_libyuma.stake_halves(stake))
        else:
            halves = frozen(_libyuma.stake_halves_of_rao(stake_rao))
        count = _libyuma.check_integer("n", len(halves) if n is None else n, "u16")
        if block_at_registration is None:
            block_at_registration = np.zeros(count, dtype=np.uint64)

        def optional(field: str, value: int | None, kind: str) -> int | None:
            return None if value is None else _libyuma.check_integer(field, value, kind)

        self._set(
            n=count,
            current_block=_libyuma.check_integer("current_block", current_block, "u64"),
            last_step_block=_libyuma.check_integer("last_step_block", last_step_block, "u64"),
            last_yuma_step_block=optional("last_yuma_step_block", last_yuma_step_block, "u64"),
            owner_uid=optional("owner_uid", owner_uid, "u16"),
            rao_emission=_libyuma.check_integer("rao_emission", rao_emission, "u64"),
            stake=halves,
            last_update=exact("last_update", last_update, np.uint64),
            block_at_registration=exact("block_at_registration", block_at_registration, np.uint64),
            validator_permit=exact("validator_permit", validator_permit, np.bool_),
            commit_block=None
            if commit_block is None
            else exact("commit_block", commit_block, np.uint64),
            weights=Rows.of("weights", weights, count),
            bonds=Rows.of("bonds", bonds, count),
            previous_consensus=exact("previous_consensus", previous_consensus, np.uint16),
        )
        _libyuma.check_subnet(self)

    def _set(self, **values: Any) -> None:
        for field, value in values.items():
            object.__setattr__(self, field, value)

    @property
    def stake_raw(self) -> list[int]:
        """The stakes' raw bits of I64F64 as integers."""
        return _libyuma.stake_bits(self.stake)

    @property
    def stake_rao(self) -> npt.NDArray[np.uint64]:
        """The stakes in whole rao, without their fractions."""
        return self.stake[:, 1]

    def replace(self, **changes: Any) -> Subnet:
        """The same subnet but for these arguments of the constructor.

        >>> import libyuma
        >>> one = libyuma.Subnet(current_block=9, rao_emission=5, stake_rao=[1], last_update=[8],
        ...                      validator_permit=[True], weights=None)
        >>> one.replace(rao_emission=6, stake_rao=[2]).stake_rao.tolist()
        [2]
        """
        values = self._values()
        if "stake_rao" in changes:
            del values["stake"]
        return Subnet(**{**values, **changes})

    def _values(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def __reduce__(self) -> tuple[Any, ...]:
        return _subnet_again, (self._values(),)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Subnet):
            return NotImplemented
        return all(
            _equal(getattr(self, field.name), getattr(other, field.name)) for field in fields(self)
        )

    __hash__ = None  # type: ignore[assignment]  # arrays

    def __repr__(self) -> str:
        return (
            f"Subnet(n={self.n}, current_block={self.current_block}, "
            f"permits={int(self.validator_permit.sum())}, weights={len(self.weights.values)}, "
            f"bonds={len(self.bonds.values)}, rao_emission={self.rao_emission})"
        )

    @classmethod
    def from_json(cls, case: _json.Source) -> Subnet:
        """The subnet of a case of kind ``epoch``, of its ``input``, or of either as text.

        Its parameters: :meth:`Params.from_json`. Raises :class:`YumaError`, also with the codes
        ``missing``, ``repeated`` and ``order``.
        """
        return cls(**_json.read_subnet(_json.source(case)))

    @classmethod
    def from_metagraph(
        cls,
        metagraph: Any,
        *,
        rao_emission: int,
        weights: Any = None,
        bonds: Any = None,
        round_floats: bool = False,
        **changes: Any,
    ) -> Subnet:
        """The subnet of a metagraph of the Bittensor SDK, any version: it is known by attributes.

        Read are ``n``, ``block``, ``last_step``, ``last_update``, ``validator_permit``,
        ``block_at_registration``, ``total_stake``, ``owner_hotkey`` and the neurons' ``weights``
        and ``bonds``. What a metagraph does not have is given: ``rao_emission``; ``weights`` and
        ``bonds`` as the client's ``query_map`` of the storage items gives them, pairs of a uid and
        its entries, or as :class:`Rows` may be given; any other argument of :class:`Subnet` in
        ``changes``, instead of the metagraph's.

        The SDK has total stakes in whole rao, the chain computes with their fractions too; its
        shares and many stakes are floats, which are refused. ``round_floats=True`` takes stakes
        and weights that are floats and rounds them; the result is then near the chain's, not equal.
        For exact results use :func:`libyuma.sdk.collect`.

        Raises :class:`YumaError` as the constructor, and with code ``missing``.
        """
        from ._metagraph import arguments  # seldom needed

        found = arguments(
            metagraph,
            rao_emission=rao_emission,
            weights=weights,
            bonds=bonds,
            round_floats=round_floats,
            changes=changes,
        )
        return cls(**found)

    def to_json(self, params: Params | None = None) -> dict[str, Any]:
        """The ``input`` of a case of kind ``epoch``, with the parameters if they are given."""
        given = {} if params is None else params.to_json()
        return {**given, **_json.write(self, _json.SUBNET)}


def _subnet_again(values: dict[str, Any]) -> Subnet:
    return Subnet(**values)


def _equal(left: Any, right: Any) -> bool:
    if isinstance(left, Rows) and isinstance(right, Rows):
        pairs: list[tuple[Any, Any]] = list(zip(left, right, strict=True))
        return all(np.array_equal(mine, its) for mine, its in pairs)
    if isinstance(left, np.ndarray) and isinstance(right, np.ndarray):
        return np.array_equal(left, right)
    return bool(left == right)

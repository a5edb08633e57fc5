"""Canonical bytes of what an epoch is computed from and of what it gives, and their SHA-256.

A value has exactly one encoding, on every machine and in every language, so equal digests mean
equal values: what a hardware validator receives, answers and signs. The format is described in
``core/src/digest/format.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from . import _json, _libyuma
from ._epoch import NullBudgets, amounts_of, epoch, null_epoch
from ._outcome import Outcome, _again, _freeze, _values
from ._params import Params, RulesId
from ._rows import Rows
from ._subnet import Subnet, _equal

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Bytes: TypeAlias = bytes | bytearray | memoryview
"""Bytes, or a one-dimensional buffer of them (an array of uint8 is one too)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EpochInput:
    """Everything one epoch is computed from, as :func:`decode_input` finds it in bytes.

    >>> import libyuma
    >>> one = libyuma.Subnet(current_block=9, rao_emission=5, stake_rao=[1], last_update=[8],
    ...                      validator_permit=[True], weights=None)
    >>> decoded = libyuma.decode_input(libyuma.encode_input(libyuma.Params(kappa=7), one))
    >>> decoded.params.kappa, decoded.null_budgets, decoded.run().emission.tolist()
    (7, None, [5])
    """

    params: Params
    """The parameters, and with them the rules."""
    subnet: Subnet
    """The subnet before the epoch."""
    null_budgets: NullBudgets | None
    """What a Null epoch may pay; ``None`` for a Yuma epoch."""
    digest: bytes
    """The SHA-256 of the bytes: :func:`input_digest` of the other three."""

    def run(self) -> Outcome:
        """The epoch that is meant: :func:`epoch`, or :func:`null_epoch` where there are budgets."""
        if self.null_budgets is None:
            return epoch(self.params, self.subnet)
        return null_epoch(self.params, self.subnet, self.null_budgets)

    @classmethod
    def from_json(cls, case: _json.Source, *, rules: RulesId = "subtensor-475") -> EpochInput:
        """The input of a case of kind ``epoch``, of its ``input``, or of either as text.

        With a ``mining_budget``, a ``dividend_budget`` and a ``fallback_budget`` it is that of a
        Null epoch, which may leave out all permits: it reads none.

        Raises :class:`YumaError` as :meth:`Subnet.from_json` and :func:`encode_input`.
        """
        given = _json.source(case)
        params, fields = Params.from_json(given, rules=rules), _json.read_subnet(given)
        budgets = None
        if any(given.get(field) is not None for field in _json.BUDGETS):
            amounts = _json.read(given, _json.BUDGETS)
            budgets = NullBudgets(
                **{field.removesuffix("_budget"): rao for field, rao in amounts.items()}
            )
            if not len(fields["validator_permit"]):
                fields["validator_permit"] = np.zeros(fields["n"], dtype=np.bool_)
        subnet = Subnet(**fields)
        digest = input_digest(params, subnet, budgets)
        return cls(params=params, subnet=subnet, null_budgets=budgets, digest=digest)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class OutcomeRecord:
    """An epoch's outcome as :func:`decode_outcome` finds it in bytes, in the chain's units.

    It has the arrays of :class:`Outcome`, one element per uid and read-only, but neither the values
    behind the units nor the input, of which it has the digest.
    """

    rules: str
    """The rules the epoch followed."""
    input_digest: bytes
    """The SHA-256 of the input that it was computed from, 32 bytes."""
    digest: bytes
    """The SHA-256 of the bytes: :func:`outcome_digest` of all the rest."""
    active: npt.NDArray[np.bool_]
    """Who was active."""
    validator_permit: npt.NDArray[np.bool_]
    """Who has a validator permit from now on."""
    stake_weight: npt.NDArray[np.uint16]
    """Each neuron's share of the stake, of 65535."""
    consensus: npt.NDArray[np.uint16]
    """The consensus weight of each miner, of 65535."""
    incentive: npt.NDArray[np.uint16]
    """Each miner's incentive, of 65535."""
    dividends: npt.NDArray[np.uint16]
    """Each validator's dividends, of 65535."""
    validator_trust: npt.NDArray[np.uint16]
    """Each validator's trust, of 65535."""
    server_emission: npt.NDArray[np.uint64]
    """What each neuron is paid for serving, in rao."""
    validator_emission: npt.NDArray[np.uint64]
    """What each neuron is paid for validating, in rao."""
    emission: npt.NDArray[np.uint64]
    """What each neuron is paid in all, in rao; rounded by itself."""
    bonds: Rows
    """The bonds to store, uint16: rows of uids with a new permit, the next epoch's ``bonds``."""

    @property
    def n(self) -> int:
        """The number of neurons."""
        return len(self.active)

    def bonds_csr(self) -> csr_array:
        """The bonds as SciPy's CSR (n, n) of uint16; needs SciPy."""
        return self.bonds.to_csr(self.n)

    def bonds_dense(self) -> npt.NDArray[np.uint16]:
        """The bonds as a dense (n, n) array of uint16."""
        return self.bonds.to_dense(self.n)

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (OutcomeRecord, _values(self))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, OutcomeRecord):
            return NotImplemented
        return all(map(_equal, _values(self).values(), _values(other).values()))

    __hash__ = None  # type: ignore[assignment]  # arrays

    def __repr__(self) -> str:
        return (
            f"OutcomeRecord(rules={self.rules!r}, n={self.n}, "
            f"permits={int(self.validator_permit.sum())}, bonds={len(self.bonds.values)}, "
            f"emission={sum(self.emission.tolist())} rao, digest={self.digest.hex()})"
        )


def encode_input(params: Params, subnet: Subnet, budgets: NullBudgets | None = None) -> bytes:
    """The canonical bytes of what an epoch is computed from.

    ``budgets``: those of a Null epoch, always given for one; ``None`` means a Yuma epoch. What no
    epoch looks at is left out: rows of weights and bonds from n on, a consensus of the epoch before
    from n on.

    Raises :class:`YumaError` for what the epoch itself would refuse.

    >>> import libyuma
    >>> subnet = libyuma.Subnet(
    ...     current_block=1000, last_step_block=640, rao_emission=1_000_000_000,
    ...     stake_rao=[600, 400, 0, 0], last_update=[990] * 4,
    ...     validator_permit=[True, True, False, False],
    ...     weights=([0, 2, 3, 3, 3], [2, 3, 2], [65535, 32768, 65535]),
    ... )
    >>> data = libyuma.encode_input(libyuma.Params(), subnet)
    >>> len(data), data[:10]
    (305, b'yuma\\x01\\x01\\xdb\\x01\\x00\\x00')
    """
    return _libyuma.encode_input(params, subnet, _amounts(budgets))


def input_digest(params: Params, subnet: Subnet, budgets: NullBudgets | None = None) -> bytes:
    """The SHA-256 of :func:`encode_input`'s bytes, 32 bytes, without the bytes in memory.

    >>> import libyuma
    >>> subnet = libyuma.Subnet(
    ...     current_block=1000, rao_emission=1001, stake_rao=[20, 10, 0], last_update=[990] * 3,
    ...     validator_permit=[False] * 3, weights=([0, 2, 2, 2], [1, 2], [1, 3]),
    ... )
    >>> budgets = libyuma.NullBudgets.of_emission(1001)
    >>> libyuma.input_digest(libyuma.Params(), subnet, budgets).hex()[:8]
    '4b09dbe3'
    >>> libyuma.input_digest(libyuma.Params(), subnet).hex()[:8]
    '6deceb36'
    """
    return _libyuma.input_digest(params, subnet, _amounts(budgets))


def _amounts(budgets: NullBudgets | None) -> tuple[int, int, int] | None:
    return None if budgets is None else amounts_of(budgets)


def decode_input(data: Bytes) -> EpochInput:
    """The input whose canonical bytes are all of ``data``.

    Raises :class:`YumaError` with code ``not_canonical`` for bytes that no input encodes to
    (``index`` is the offset of the value, ``limit`` the largest that may stand there), ``length``
    of ``bytes`` that end too early or go on, :class:`RulesError` for rules that are not known or
    without Null epochs, and for what the epoch itself would refuse. Never takes more memory than a
    small multiple of ``data``.

    >>> import libyuma
    >>> subnet = libyuma.Subnet(
    ...     current_block=1000, last_step_block=640, rao_emission=1_000_000_000,
    ...     stake_rao=[600, 400, 0, 0], last_update=[990] * 4,
    ...     validator_permit=[True, True, False, False],
    ...     weights=([0, 2, 3, 3, 3], [2, 3, 2], [65535, 32768, 65535]),
    ... )
    >>> data = libyuma.encode_input(libyuma.Params(), subnet)
    >>> decoded = libyuma.decode_input(data)
    >>> decoded.digest == libyuma.input_digest(libyuma.Params(), subnet)
    True
    >>> decoded.run().incentive.tolist()
    [0, 0, 50411, 15123]
    >>> try:
    ...     libyuma.decode_input(data[:22] + b"\\x02" + data[23:])
    ... except libyuma.YumaError as error:
    ...     print(error.code, error.field, error.index, error.limit)
    not_canonical mode 22 1
    """
    params, subnet, budgets, digest = _libyuma.decode_input(data)
    null_budgets = None
    if budgets is not None:
        mining, dividend, fallback = budgets
        null_budgets = NullBudgets(mining=mining, dividend=dividend, fallback=fallback)
    return EpochInput(
        params=Params(**params),
        subnet=Subnet(**subnet),
        null_budgets=null_budgets,
        digest=digest,
    )


def encode_outcome(outcome: Outcome | OutcomeRecord, input_digest: Bytes) -> bytes:
    """The canonical bytes of an epoch's outcome.

    ``input_digest``: the SHA-256 of the input that it was computed from, 32 bytes.

    Raises :class:`YumaError` with code ``length`` for an array that does not have one element per
    uid, as many as ``validator_permit`` has, or for a digest of another length.

    >>> import libyuma
    >>> subnet = libyuma.Subnet(
    ...     current_block=1000, last_step_block=640, rao_emission=1_000_000_000,
    ...     stake_rao=[600, 400, 0, 0], last_update=[990] * 4,
    ...     validator_permit=[True, True, False, False],
    ...     weights=([0, 2, 3, 3, 3], [2, 3, 2], [65535, 32768, 65535]),
    ... )
    >>> params = libyuma.Params()
    >>> given = libyuma.input_digest(params, subnet)
    >>> data = libyuma.encode_outcome(libyuma.epoch(params, subnet), given)
    >>> len(data), data[10:42] == given
    (220, True)
    """
    return _libyuma.encode_outcome(outcome, input_digest)


def outcome_digest(outcome: Outcome | OutcomeRecord, input_digest: Bytes) -> bytes:
    """The SHA-256 of :func:`encode_outcome`'s bytes, 32 bytes: it attests the input, too.

    Raises :class:`YumaError` as :func:`encode_outcome`.

    >>> import libyuma
    >>> subnet = libyuma.Subnet(
    ...     current_block=1000, last_step_block=640, rao_emission=1_000_000_000,
    ...     stake_rao=[600, 400, 0, 0], last_update=[990] * 4,
    ...     validator_permit=[True, True, False, False],
    ...     weights=([0, 2, 3, 3, 3], [2, 3, 2], [65535, 32768, 65535]),
    ... )
    >>> params = libyuma.Params()
    >>> given = libyuma.input_digest(params, subnet)
    >>> libyuma.outcome_digest(libyuma.epoch(params, subnet), given).hex()[:8]
    '7c34e1aa'
    """
    return _libyuma.outcome_digest(outcome, input_digest)


def decode_outcome(data: Bytes) -> OutcomeRecord:
    """The outcome whose canonical bytes are all of ``data``.

    Raises :class:`YumaError` with the codes ``not_canonical`` and ``length``, and
    :class:`RulesError` for rules that are not known, as :func:`decode_input`. Never takes more
    memory than a small multiple of ``data``.

    >>> import libyuma
    >>> subnet = libyuma.Subnet(
    ...     current_block=1000, last_step_block=640, rao_emission=1_000_000_000,
    ...     stake_rao=[600, 400, 0, 0], last_update=[990] * 4,
    ...     validator_permit=[True, True, False, False],
    ...     weights=([0, 2, 3, 3, 3], [2, 3, 2], [65535, 32768, 65535]),
    ... )
    >>> params = libyuma.Params()
    >>> given = libyuma.input_digest(params, subnet)
    >>> data = libyuma.encode_outcome(libyuma.epoch(params, subnet), given)
    >>> record = libyuma.decode_outcome(data)
    >>> record.incentive.tolist(), record.input_digest == given
    ([0, 0, 50411, 15123], True)
    >>> try:
    ...     libyuma.decode_outcome(data + b"x")
    ... except libyuma.YumaError as error:
    ...     print(error.code, error.field, error.index, error.limit)
    length bytes 221 220
    """
    decoded = _libyuma.decode_outcome(data)
    decoded["bonds"] = Rows(*decoded["bonds"])
    return OutcomeRecord(**_freeze(decoded))

"""What an epoch gives."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ._params import Params
from ._rows import Rows, frozen
from ._subnet import Subnet, _equal

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from ._explain import Explanation


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class RawOutcome:
    """The values behind the chain's units: int64 raw bits of I32F32, one element per uid."""

    stake: npt.NDArray[np.int64]
    """S, each neuron's share of the stake."""
    active_stake: npt.NDArray[np.int64]
    """A, each active validator's share of the active stake."""
    consensus: npt.NDArray[np.int64]
    """C"""
    validator_trust: npt.NDArray[np.int64]
    """VT"""
    incentive: npt.NDArray[np.int64]
    """I"""
    dividends: npt.NDArray[np.int64]
    """D"""
    ema_bonds: Rows
    """E of every uid, whatever its permit: in Yuma 2 after K.5, in Yuma 3 as of K′.2."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (RawOutcome, _values(self))

    def __repr__(self) -> str:
        return f"RawOutcome(n={len(self.stake)}, ema_bonds={len(self.ema_bonds.values)})"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Outcome:
    """What an epoch gives, in the chain's units. Arrays have one element per uid and are read-only.

    There is no float in it: proportions are uint16 of 65535, amounts uint64 in rao.
    """

    rules: str
    """The rules the epoch followed."""
    params: Params
    """The parameters it ran with."""
    subnet: Subnet
    """The subnet as it was before the epoch."""
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
    raw: RawOutcome
    """The values behind the units."""

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

    def explain(self, uid: int) -> Explanation:
        """Why a uid gets what it gets: :func:`libyuma.explain`."""
        from ._explain import explain  # it is made of outcomes

        return explain(self, uid)

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (Outcome, _values(self))

    def __eq__(self, other: object) -> bool:
        """Whether both results are the same, whatever they come from."""
        if not isinstance(other, Outcome):
            return NotImplemented
        mine, others = _values(self), _values(other)
        inputs = ("params", "subnet", "raw", "rules")
        results = [(mine[field], others[field]) for field in mine if field not in inputs]
        raws = zip(_values(self.raw).values(), _values(other.raw).values(), strict=True)
        return all(_equal(*pair) for pair in [*results, *raws])

    __hash__ = None  # type: ignore[assignment]  # arrays

    def __repr__(self) -> str:
        return (
            f"Outcome(rules={self.rules!r}, n={self.n}, active={int(self.active.sum())}, "
            f"permits={int(self.validator_permit.sum())}, bonds={len(self.bonds.values)}, "
            f"emission={sum(self.emission.tolist())} rao)"
        )


def _values(result: Any) -> dict[str, Any]:
    return {field.name: getattr(result, field.name) for field in fields(result)}


def _freeze(values: dict[str, Any]) -> dict[str, Any]:
    for value in values.values():
        if isinstance(value, tuple):
            for part in value:
                frozen(part)
        elif isinstance(value, np.ndarray):
            frozen(value)
    return values


def _again(kind: Any, values: dict[str, Any]) -> Any:
    return kind(**_freeze(values))


def outcome_of(
    params: Params, subnet: Subnet, computed: tuple[dict[str, Any], dict[str, Any]]
) -> Outcome:
    """The outcome from what the extension module computed."""
    result, raw = computed
    result["bonds"] = Rows(*result["bonds"])
    raw["ema_bonds"] = Rows(*raw["ema_bonds"])
    raw_outcome = RawOutcome(**_freeze(raw))
    return Outcome(
        rules=params.rules, params=params, subnet=subnet, raw=raw_outcome, **_freeze(result)
    )

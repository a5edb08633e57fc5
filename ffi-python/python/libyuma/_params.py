"""A subnet's hyperparameters."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from . import _json, _libyuma

RulesId: TypeAlias = str
ConsensusMode: TypeAlias = Literal["auto", "current", "previous"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """The hyperparameters of an epoch, and the rules it follows. Never given: the chain's default.

    Raises :class:`YumaError` for what is not of its field's type.

    >>> import libyuma
    >>> params = libyuma.Params(kappa=39321, yuma3=True)
    >>> params.tempo, params.rules
    (360, 'subtensor-475')
    >>> params.replace(yuma3=False).kappa
    39321
    """

    rules: RulesId = "subtensor-475"
    """The set of rules to compute by: ``subtensor-425`` or ``subtensor-475``."""
    tempo: int = 360
    """Blocks from one epoch to the next; read only when no epoch ran yet (§3.J)."""
    activity_cutoff: int = 5000
    """Blocks after its last update in which a neuron still counts as active (§3.A)."""
    kappa: int = 32767
    """The share of active stake whose agreement makes consensus, of 65535 (§3.F)."""
    bonds_penalty: int = 65535
    """How far weights above consensus lose their bonds, of 65535 (§3.I)."""
    bonds_moving_average: int = 900_000
    """How much of the old bonds an epoch keeps, in millionths; may exceed them (§3.K)."""
    yuma3: bool = False
    """Yuma 3 instead of Yuma 2 (§3.K′)."""
    liquid_alpha: bool = False
    """A smoothing factor of its own for each bond; acts only with ``yuma3`` (§4)."""
    commit_reveal: bool = False
    """Weights committed before a miner registered do not count for it (§3.E)."""
    alpha_low: int = 45875
    """The smallest liquid alpha, of 65535 (§4)."""
    alpha_high: int = 58982
    """The largest liquid alpha, of 65535 (§4)."""
    alpha_sigmoid_steepness: int = 1000
    """The steepness of liquid alpha in hundredths, int16; may be negative (§4)."""
    max_allowed_validators: int = 64
    """How many neurons get a validator permit (§3.C)."""
    stake_threshold: int = 0
    """The stake below which a neuron's stake counts as 0, in rao (§3.B)."""
    consensus_mode: ConsensusMode = "auto"
    """Which epoch's consensus liquid alpha measures against (475 §3.K′.2)."""

    def __post_init__(self) -> None:
        _libyuma.check_params(self)
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if not isinstance(value, (str, bool, int)):  # of NumPy's
                plain = bool(value) if field.type == "bool" else int(value)
                object.__setattr__(self, field.name, plain)

    def replace(self, **changes: Any) -> Params:
        """The same parameters but for these."""
        return dataclasses.replace(self, **changes)

    @classmethod
    def from_json(cls, case: _json.Source, *, rules: RulesId = "subtensor-475") -> Params:
        """The parameters of a case of kind ``epoch``, of its ``input``, or of either as text.

        ``rules``: a case does not name its rules, its file does.
        """
        given = _json.read(_json.source(case), _json.PARAMS)
        return cls(rules=rules, **given)

    def to_json(self) -> dict[str, Any]:
        """The fields as the files of vectors have them. The rules are the file's, not a field."""
        return _json.write(self, _json.PARAMS)

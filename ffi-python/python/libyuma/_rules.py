"""Which of the chain's rules a result follows."""

from __future__ import annotations

from dataclasses import dataclass

from . import _libyuma


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """A set of the chain's rules."""

    id: str
    """What functions take as ``rules``, and files carry."""
    spec_version: int
    """The chain's spec version."""
    first_block: int | None
    """The first block of mainnet under these rules, where it is known."""


RULES: tuple[Rules, ...] = tuple(
    Rules(id=id_, spec_version=version, first_block=block)
    for id_, version, block in _libyuma.rules()
)
"""Every known set, oldest first. The last is what functions take by default."""

NEWEST = RULES[-1].id


def rules_for_spec_version(spec_version: int) -> str:
    """The id of the rules in force at a spec version of the chain.

    Raises :class:`RulesError` for every version that no set was written for: rules are never
    guessed from a neighbouring version.

    >>> import libyuma
    >>> libyuma.rules_for_spec_version(475)
    'subtensor-475'
    """
    return _libyuma.rules_for_spec_version(spec_version)

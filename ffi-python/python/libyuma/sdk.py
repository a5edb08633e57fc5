"""Snapshots of epochs from the chain, through the Bittensor SDK (extra ``sdk``).

:func:`collect` takes the SDK's blocking client and reads whole storage items of two blocks,
integers only; what it gives is what :func:`libyuma.replay` takes. ``docs/snapshot.md`` lists them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from . import _libyuma
from ._distribution import Stake, stake_weights
from ._emission import pending_split
from ._mechanisms import mechanism_storage_index, split_emission
from ._rules import rules_for_spec_version
from ._schedule import activity_cutoff_blocks
from .errors import refusal

__all__ = ["BlockView", "Client", "collect"]

_U64_MAX = (1 << 64) - 1
_MODES = ("Current", "Previous", "Auto")


class BlockView(Protocol):
    """The chain's storage as it was after one block."""

    block: int

    def query(self, item: tuple[str, str], params: list[Any], /) -> Any:
        """The value of one key; its default, or ``None``, where nothing is stored."""

    def query_map(self, item: tuple[str, str], params: list[Any], /) -> Iterable[tuple[Any, Any]]:
        """All keys below a prefix, with their values."""

    def query_batch(self, item: tuple[str, str], param_sets: list[list[Any]], /) -> list[Any]:
        """The values of many keys of one map, in order."""


class Client(Protocol):
    """What is used of the SDK's blocking client."""

    def at(self, block: int | None = None, /) -> BlockView:
        """A view pinned to this block, by default to the newest."""


def collect(
    client: Client,
    netuid: int,
    mecid: int = 0,
    *,
    block: int | None = None,
    rao_emission: int | None = None,
    rules: str | None = None,
) -> dict[str, Any]:
    """A snapshot of an epoch of one mechanism of a subnet: what it started from, what it stored.

    The epoch of ``block``, by default of the subnet's last one, starts from the state after the
    block before. What it divides is no stored value: by default it is what was pending then and
    this block's own part, which is exact where the subnet's new alpha of a block is whole rao;
    give ``rao_emission`` where it is known. ``rules``: by default those of the block's runtime.

    Raises :class:`YumaError`: ``type`` for an asynchronous client, a value that is no integer and
    a subnet in Null mode; ``missing`` where no epoch ran in the block; ``unknown_rules``.
    """
    netuid = _libyuma.check_integer("netuid", netuid, "u16")
    mecid = _libyuma.check_integer("mecid", mecid, "u8")
    if block is None:
        block = _Reader(_at(client, None)).integer("LastMechansimStepBlock", [netuid])
    block = _libyuma.check_integer("block", block, "u64")
    if block == 0:
        raise refusal("missing", "block", None, None, f"no epoch of subnet {netuid} ran yet")
    before, after = _Reader(_at(client, block - 1)), _Reader(_at(client, block))
    ran = after.integer("LastMechansimStepBlock", [netuid])
    if ran != block:
        message = f"no epoch of subnet {netuid} in block {block}; the last was in {ran}"
        raise refusal("missing", "block", block, None, message)
    if before.name("SubnetEpochConsensus", [netuid], ("Yuma", "Null"), "Yuma") == "Null":
        raise refusal("type", "netuid", netuid, None, f"subnet {netuid} is in Null mode")
    if rules is None:
        rules = rules_for_spec_version(after.spec_version())
    if rao_emission is None:
        rao_emission = _drained(before, after, netuid, mecid, rules)
    given = {
        **_params(before, netuid),
        **_subnet(before, netuid, mecid, rules),
        "current_block": str(block),
        "rao_emission": str(_libyuma.check_integer("rao_emission", rao_emission, "u64")),
    }
    return {
        "rules": rules,
        "netuid": netuid,
        "mecid": mecid,
        "block": block,
        "input": given,
        "chain": _chain(before, after, netuid, mecid),
    }


def _at(client: Client, block: int | None) -> BlockView:
    view: Any = client.at(block)
    if hasattr(view, "__await__"):
        if hasattr(view, "close"):
            view.close()  # nobody will await it
        raise refusal("type", "client", None, None, "give the SDK's blocking client")
    pinned: BlockView = view
    return pinned


class _Reader:
    """One block's storage, with every value checked to be what it should."""

    def __init__(self, view: BlockView) -> None:
        self._view = view

    def value(self, item: str, keys: list[Any]) -> Any:
        return self._view.query(("SubtensorModule", item), keys)

    def integer(self, item: str, keys: list[Any], default: int = 0) -> int:
        value = self.value(item, keys)
        return default if value is None else _integer(item, value)

    def flag(self, item: str, keys: list[Any]) -> bool:
        value = self.value(item, keys)
        return False if value is None else _libyuma.check_flag(item, value)

    def name(self, item: str, keys: list[Any], names: tuple[str, ...], default: str) -> str:
        """An enumeration, by name or by number."""
        value = self.value(item, keys)
        if value is None:
            return default
        if isinstance(value, Mapping) and len(value) == 1:
            value = next(iter(value))
        if type(value) is int and 0 <= value < len(names):
            return names[value]
        if value not in names:
            raise refusal("type", item, None, None, f"{item}: {value!r} is none of {names}")
        return str(value)

    def integers(self, item: str, keys: list[Any]) -> list[int]:
        return [_integer(item, one, at) for at, one in enumerate(self.value(item, keys) or [])]

    def flags(self, item: str, keys: list[Any]) -> list[bool]:
        return [_libyuma.check_flag(item, one) for one in self.value(item, keys) or []]

    def pairs(self, item: str, keys: list[Any]) -> list[tuple[Any, Any]]:
        return list(self._view.query_map(("SubtensorModule", item), keys))

    def batch(self, item: str, keys: list[list[Any]]) -> list[Any]:
        return self._view.query_batch(("SubtensorModule", item), keys) if keys else []

    def rows(self, item: str, index: int) -> list[list[Any]]:
        """A matrix as the vectors have it: stored order within a row, rows by uid."""
        return [
            [uid, [[_integer(item, column), _integer(item, value)] for column, value in row]]
            for uid, row in sorted(
                (_integer(item, key), row or []) for key, row in self.pairs(item, [index])
            )
            if row
        ]

    def spec_version(self) -> int:
        upgrade = self._view.query(("System", "LastRuntimeUpgrade"), [])
        if not isinstance(upgrade, Mapping) or "spec_version" not in upgrade:
            message = f"LastRuntimeUpgrade: {upgrade!r} has no spec_version"
            raise refusal("type", "LastRuntimeUpgrade", None, None, message)
        return _integer("LastRuntimeUpgrade", upgrade["spec_version"])


def _integer(item: str, value: Any, index: int | None = None) -> int:
    """An integer of storage, or an amount of the SDK, which knows its rao."""
    value = getattr(value, "rao", value)
    if isinstance(value, Mapping) and set(value) == {"bits"}:  # a fixed-point number
        value = value["bits"]
    if type(value) is not int:
        message = f"{item}: {value!r} is not an integer"
        raise refusal("type", item, index, None, message)
    return value


def _params(before: _Reader, netuid: int) -> dict[str, Any]:
    tempo = before.integer("Tempo", [netuid])
    factor = before.integer("ActivityCutoffFactorMilli", [netuid], 13_889)
    low, high = before.value("AlphaValues", [netuid]) or (45875, 58982)
    mode = before.name("LiquidAlphaConsensusMode", [netuid], _MODES, "Auto")
    return {
        "tempo": str(tempo),
        "activity_cutoff": str(activity_cutoff_blocks(tempo, factor)),
        "kappa": before.integer("Kappa", [netuid]),
        "bonds_penalty": before.integer("BondsPenalty", [netuid]),
        "bonds_moving_average": str(before.integer("BondsMovingAverage", [netuid])),
        "yuma3": before.flag("Yuma3On", [netuid]),
        "liquid_alpha": before.flag("LiquidAlphaOn", [netuid]),
        "commit_reveal": before.flag("CommitRevealWeightsEnabled", [netuid]),
        "alpha_low": _integer("AlphaValues", low),
        "alpha_high": _integer("AlphaValues", high),
        "alpha_sigmoid_steepness": before.integer("AlphaSigmoidSteepness", [netuid], 1000),
        "max_allowed_validators": before.integer("MaxAllowedValidators", [netuid]),
        "stake_threshold": str(before.integer("StakeThreshold", [])),
        "consensus_mode": mode.lower(),
    }


def _subnet(before: _Reader, netuid: int, mecid: int, rules: str) -> dict[str, Any]:
    index = mechanism_storage_index(netuid, mecid)
    n = before.integer("SubnetworkN", [netuid])
    hotkeys = {_integer("Keys", uid): hotkey for uid, hotkey in before.pairs("Keys", [netuid])}
    uids = [hotkeys.get(uid) for uid in range(n)]
    registered = {
        _integer("BlockAtRegistration", uid): _integer("BlockAtRegistration", block)
        for uid, block in before.pairs("BlockAtRegistration", [netuid])
    }
    owner = before.value("SubnetOwnerHotkey", [netuid])
    last_yuma = before.value("LastYumaStepBlock", [netuid])
    commits = None
    if before.flag("CommitRevealWeightsEnabled", [netuid]):
        commits = _commit_blocks(before, index, uids)
    return {
        "n": n,
        "last_step_block": str(before.integer("LastMechansimStepBlock", [netuid])),
        "last_yuma_step_block": None
        if last_yuma is None
        else str(_integer("LastYumaStepBlock", last_yuma)),
        "owner_uid": uids.index(owner) if owner in uids and owner is not None else None,
        "stake": [str(bits) for bits in _stake(before, netuid, uids, owner, rules)],
        "last_update": _texts(before.integers("LastUpdate", [index])),
        "block_at_registration": [str(registered.get(uid, 0)) for uid in range(n)],
        "validator_permit": before.flags("ValidatorPermit", [netuid]),
        "commit_block": commits,
        "weights": before.rows("Weights", index),
        "bonds": before.rows("Bonds", index),
        "previous_consensus": before.integers("ConsensusByMechanism", [index]),
    }


def _stake(before: _Reader, netuid: int, uids: list[Any], owner: Any, rules: str) -> list[int]:
    """The total stake weights, raw I64F64, from stakes and edges (distribution §3)."""
    children = [hotkey for hotkey in uids if hotkey is not None]
    edges = []
    for child, parents in zip(
        children, before.batch("ParentKeys", [[one, netuid] for one in children]), strict=True
    ):
        edges += [(parent, child, _integer("ParentKeys", part)) for part, parent in parents or []]
    # What a neuron gives away counts as well, in the chain's order of its children.
    own = []
    for parent, given in zip(
        children, before.batch("ChildKeys", [[one, netuid] for one in children]), strict=True
    ):
        own += [(parent, child, _integer("ChildKeys", part)) for part, child in given or []]
    inside = set(children)
    edges += [edge for edge in own if edge[1] not in inside]
    accounts = list(dict.fromkeys([*children, *(parent for parent, _, _ in edges)]))
    alpha = before.batch("TotalHotkeyAlpha", [[one, netuid] for one in accounts])
    root = before.batch("TotalHotkeyAlpha", [[one, 0] for one in accounts])
    stakes = {
        account: Stake(
            alpha=_integer("TotalHotkeyAlpha", on_subnet or 0),
            root=_integer("TotalHotkeyAlpha", on_root or 0),
        )
        for account, on_subnet, on_root in zip(accounts, alpha, root, strict=True)
    }
    weights = stake_weights(
        uids,
        stakes,
        edges,
        tao_weight=before.integer("TaoWeight", []),
        owner_hotkey=owner,
        rules=rules,
    )
    return weights.total_raw


def _commit_blocks(before: _Reader, index: int, uids: list[Any]) -> list[str]:
    """The earliest commit of every neuron that is still stored."""
    earliest: dict[Any, int] = {}
    for hotkey, commits in before.pairs("WeightCommits", [index]):
        for commit in commits or []:
            at = _integer("WeightCommits", commit[1])
            earliest[hotkey] = min(at, earliest.get(hotkey, _U64_MAX))
    for _, commits in before.pairs("TimelockedWeightCommits", [index]):
        for commit in commits or []:
            at = _integer("TimelockedWeightCommits", commit[1])
            earliest[commit[0]] = min(at, earliest.get(commit[0], _U64_MAX))
    return [str(earliest.get(hotkey, _U64_MAX)) for hotkey in uids]


def _drained(before: _Reader, after: _Reader, netuid: int, mecid: int, rules: str) -> int:
    """What the mechanism's epoch divided: pending before the block, and the block's own part."""
    pending = [
        before.integer(item, [netuid])
        for item in ("PendingServerEmission", "PendingValidatorEmission", "PendingRootAlphaDivs")
    ]
    new = pending_split(
        alpha_out_raw=after.integer("SubnetAlphaOutEmission", [netuid]) << 32,
        # FixedU128 of 64 fraction bits or of 32: RootProp is stored as U96F32.
        root_proportion_raw=after.integer("RootProp", [netuid]),
        owner_cut=after.integer("SubnetOwnerCut", []),
    )
    # Root's part is pending only while root sells; otherwise it was recycled.
    root = new.root if pending[2] else 0
    total = sum(pending) + new.server + new.validator + root
    split = before.value("MechanismEmissionSplit", [netuid])
    parts = split_emission(
        total,
        before.integer("MechanismCountCurrent", [netuid], 1),
        None if split is None else [_integer("MechanismEmissionSplit", share) for share in split],
        rules=rules,
    )
    if mecid >= len(parts):
        message = f"mecid: subnet {netuid} has {len(parts)} mechanisms"
        raise refusal("range", "mecid", None, len(parts) - 1, message)
    return int(parts[mecid])


def _chain(before: _Reader, after: _Reader, netuid: int, mecid: int) -> dict[str, Any]:
    """What is stored after the epoch. Beside a second mechanism the subnet's lists are folded."""
    index = mechanism_storage_index(netuid, mecid)
    stored: dict[str, Any] = {
        "validator_permit": after.flags("ValidatorPermit", [netuid]),
        "incentive": after.integers("Incentive", [index]),
        "bonds": after.rows("Bonds", index),
    }
    consensus = after.integers("ConsensusByMechanism", [index])
    if before.integer("MechanismCountCurrent", [netuid], 1) == 1:
        stored["consensus"] = consensus or after.integers("Consensus", [netuid])
        stored["validator_trust"] = after.integers("ValidatorTrust", [netuid])
        stored["dividends"] = after.integers("Dividends", [netuid])
        stored["emission"] = _texts(after.integers("Emission", [netuid]))
    elif consensus:
        stored["consensus"] = consensus
    return stored


def _texts(values: list[int]) -> list[str]:
    return [str(value) for value in values]

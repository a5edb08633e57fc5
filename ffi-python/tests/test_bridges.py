"""The SDK's metagraph and client: stand-ins with their attributes, and the real classes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import libyuma
import numpy as np
import pytest
from libyuma import sdk

RESPONSES = Path(__file__).parent / "data" / "sdk-responses.json"
NETUID = 7


class View:
    """A block's storage out of the recorded answers."""

    def __init__(self, block: int, answers: dict[str, Any]) -> None:
        self.block = block
        self._answers = answers

    def query(self, item: tuple[str, str], params: list[Any]) -> Any:
        return self._answers["values"].get(json.dumps([".".join(item), *params]))

    def query_map(self, item: tuple[str, str], params: list[Any]) -> list[tuple[Any, Any]]:
        pairs = self._answers["maps"].get(json.dumps([".".join(item), *params]), [])
        return [(key, value) for key, value in pairs]

    def query_batch(self, item: tuple[str, str], param_sets: list[list[Any]]) -> list[Any]:
        return [self.query(item, params) for params in param_sets]


class Client:
    """The blocking client, without a chain."""

    def __init__(self, **changes: Any) -> None:
        recorded = json.loads(RESPONSES.read_text())
        self.blocks = recorded["blocks"]
        self.blocks[str(recorded["head"])] = self.blocks["9240000"]
        self.head = recorded["head"]
        for item, value in changes.items():
            for block in self.blocks.values():
                for key in block["values"]:
                    if json.loads(key)[0] == f"SubtensorModule.{item}":
                        block["values"][key] = value

    def at(self, block: int | None = None) -> View:
        number = self.head if block is None else block
        return View(number, self.blocks[str(number)])


def test_collected_epochs_replay() -> None:
    snapshot = sdk.collect(Client(), NETUID)
    assert (snapshot["block"], snapshot["rules"]) == (9240000, "subtensor-475")
    given = snapshot["input"]
    assert given["weights"] == [[0, [[2, 65535], [3, 30000]]], [1, [[3, 65535], [2, 40000]]]]
    assert given["owner_uid"] == 3
    assert given["activity_cutoff"] == "5000"
    assert given["consensus_mode"] == "auto"
    # The earliest of the commits of either kind, in uid order, none for the others.
    assert given["commit_block"] == ["9239910", "9239955", *["18446744073709551615"] * 2]
    assert given["previous_consensus"] == [0, 0, 40000, 25000]
    # Uid 0 gives a quarter away, uid 1 has the half of its parent's, root counts by its weight.
    expected = libyuma.stake_weights(
        ["h0", "h1", "h2", "h3"],
        {
            "h0": libyuma.Stake(alpha=700_000_000_123, root=10_000_000_000),
            "h1": libyuma.Stake(alpha=500_000_000_000),
            "h2": libyuma.Stake(alpha=7),
            "p": libyuma.Stake(alpha=90_000_000_001, root=4_000_000_003),
        },
        [("p", "h1", 2**63 - 1), ("h0", "o", (2**63 - 1) // 2)],
        tao_weight=971718665099567868,
    )
    assert given["stake"] == [str(bits) for bits in expected.total_raw]
    # Pending before, and the block's own three parts: all but the owner's cut.
    cut = 10**9 * 11796 // 65535
    total = 147_600_000_000 + 110_700_000_000 + 36_900_000_000 + 10**9 - cut
    assert abs(int(given["rao_emission"]) - total) <= 3
    found = libyuma.replay(json.dumps(snapshot))
    assert found, str(found)
    assert len(found.compared) == 7
    again = sdk.collect(Client(), NETUID, block=9240000, rao_emission=5, rules="subtensor-425")
    assert (again["input"]["rao_emission"], again["rules"]) == ("5", "subtensor-425")


def test_beside_a_second_mechanism() -> None:
    """The subnet's lists are folded then: only what is the mechanism's own is compared."""
    snapshot = sdk.collect(Client(MechanismCountCurrent=2), NETUID)
    assert list(snapshot["chain"]) == ["validator_permit", "incentive", "bonds", "consensus"]
    whole = sdk.collect(Client(), NETUID)["input"]["rao_emission"]
    assert int(snapshot["input"]["rao_emission"]) == (int(whole) + 1) // 2
    with pytest.raises(libyuma.YumaError) as refused:
        sdk.collect(Client(), NETUID, 1)
    assert (refused.value.field, refused.value.limit) == ("mecid", 0)


def test_a_replay_finds_what_a_collector_got_wrong() -> None:
    snapshot = sdk.collect(Client(), NETUID)
    snapshot["input"]["weights"][0][1][0][1] = 30000
    found = libyuma.replay(snapshot)
    assert (found.equal, found.stage, found.uid) == (False, "validator_trust", 0)


class Later:
    def __await__(self) -> Any:
        yield


class Asynchronous:
    def at(self, block: int | None = None) -> Any:
        return Later()


@pytest.mark.parametrize(
    ("client", "arguments", "code", "field"),
    [
        (Asynchronous(), {}, "type", "client"),
        (Client(SubnetEpochConsensus="Null"), {}, "type", "netuid"),
        (Client(SubnetEpochConsensus={"Null": None}), {}, "type", "netuid"),
        (Client(LiquidAlphaConsensusMode="Other"), {}, "type", "LiquidAlphaConsensusMode"),
        (Client(Kappa=0.5), {}, "type", "Kappa"),
        (Client(Yuma3On=1), {}, "type", "Yuma3On"),
        (Client(LastUpdate=[1, 2.0, 3, 4]), {}, "type", "LastUpdate"),
        (Client(LastMechansimStepBlock=0), {}, "missing", "block"),
        (Client(), {"block": 9240100}, "missing", "block"),
        (Client(), {"netuid": -1}, "negative", "netuid"),
        (Client(), {"netuid": 1.0}, "type", "netuid"),
        (Client(), {"mecid": 256}, "range", "mecid"),
        (Client(), {"rao_emission": 0.5}, "type", "rao_emission"),
    ],
)
def test_bad_collections(client: Any, arguments: dict[str, Any], code: str, field: str) -> None:
    if "block" in arguments:
        client.blocks["9240099"] = client.blocks["9239999"]
    with pytest.raises(libyuma.YumaError) as refused:
        sdk.collect(client, **{"netuid": NETUID, **arguments})
    assert (refused.value.code, refused.value.field) == (code, field)


def test_unknown_runtimes_are_refused() -> None:
    client = Client()
    client.blocks["9240000"]["values"]['["System.LastRuntimeUpgrade"]'] = {"spec_version": 476}
    with pytest.raises(libyuma.RulesError):
        sdk.collect(client, NETUID)
    assert sdk.collect(client, NETUID, rules="subtensor-475")["rules"] == "subtensor-475"


WEIGHTS = [(1, [(2, 40000), (3, 65535)]), (0, [(3, 1), (2, 2)])]


def of_neurons(**changes: Any) -> SimpleNamespace:
    """A metagraph that lists its neurons, with amounts that know their rao."""
    neurons = [
        SimpleNamespace(
            total_stake=SimpleNamespace(rao=stake),
            last_update=990 + uid,
            validator_permit=uid < 2,
            block_at_registration=uid,
        )
        for uid, stake in enumerate([600, 400, 0, 7])
    ]
    given = {
        "num_uids": 4,
        "block": 1000,
        "last_step": 640,
        "owner_hotkey": "d",
        "hotkeys": ["a", "b", "c", "d"],
        "neurons": neurons,
    }
    return SimpleNamespace(**{**given, **changes})


def of_arrays(**changes: Any) -> SimpleNamespace:
    """A metagraph of arrays, one element per uid."""
    rows = dict(WEIGHTS)
    given = {
        "n": np.array([4]),
        "block": np.array([1000]),
        "last_step": 640,
        "owner_hotkey": "nobody",
        "hotkeys": ["a", "b", "c", "d"],
        "total_stake": np.array([600, 400, 0, 7], dtype=np.int64),
        "last_update": np.array([990, 991, 992, 993], dtype=np.int64),
        "validator_permit": np.array([1, 1, 0, 0]),
        "block_at_registration": [0, 1, 2, 3],
        "neurons": [SimpleNamespace(weights=rows.get(uid, []), bonds=[]) for uid in range(4)],
    }
    return SimpleNamespace(**{**given, **changes})


def expected(**changes: Any) -> libyuma.Subnet:
    given: dict[str, Any] = {
        "current_block": 1000,
        "last_step_block": 640,
        "rao_emission": 5000,
        "stake_rao": [600, 400, 0, 7],
        "last_update": [990, 991, 992, 993],
        "validator_permit": [True, True, False, False],
        "block_at_registration": [0, 1, 2, 3],
        "weights": ([0, 2, 4, 4, 4], [3, 2, 2, 3], [1, 2, 40000, 65535]),
    }
    return libyuma.Subnet(**{**given, **changes})


def test_metagraphs() -> None:
    subnet = libyuma.Subnet.from_metagraph(
        of_neurons(), rao_emission=5000, weights=WEIGHTS, bonds=[]
    )
    assert subnet == expected(owner_uid=3)
    assert libyuma.Subnet.from_metagraph(of_arrays(), rao_emission=5000) == expected()
    changed = libyuma.Subnet.from_metagraph(
        of_arrays(),
        rao_emission=5000,
        stake=[1, 2, 3, 4],
        current_block=1007,
        owner_uid=1,
        bonds={0: [(2, 9)]},
        previous_consensus=[1],
    )
    assert changed == expected(
        stake_rao=None,
        stake=[1, 2, 3, 4],
        current_block=1007,
        owner_uid=1,
        bonds=([0, 1, 1, 1, 1], [2], [9]),
        previous_consensus=[1],
    )


def test_floats_of_metagraphs() -> None:
    shares = np.zeros((4, 4), dtype=np.float32)
    shares[0, 2], shares[0, 3] = 2 / 3, 1 / 3
    floats = of_arrays(
        neurons=[], weights=shares, total_stake=np.array([6e-7, 4e-7, 0, 7e-9], dtype=np.float32)
    )
    for given, field in (
        ({"stake_rao": [1] * 4}, "weights"),
        ({"weights": WEIGHTS}, "total_stake"),
    ):
        with pytest.raises(libyuma.YumaTypeError) as refused:
            libyuma.Subnet.from_metagraph(floats, rao_emission=1, bonds=[], **given)
        assert refused.value.field == field
    rounded = libyuma.Subnet.from_metagraph(floats, rao_emission=1, bonds=[], round_floats=True)
    assert rounded.weights.to_lists() == [[0, [[2, 65535], [3, 32768]]]]
    assert rounded.stake_rao.tolist() == [600, 400, 0, 7]


@pytest.mark.parametrize(
    ("metagraph", "arguments", "code", "field"),
    [
        (of_neurons(), {}, "missing", "weights"),
        (of_neurons(), {"weights": WEIGHTS}, "missing", "bonds"),
        (of_neurons(neurons=[]), {"weights": WEIGHTS, "bonds": []}, "missing", "last_update"),
        (of_neurons(block=None), {"weights": WEIGHTS, "bonds": []}, "missing", "block"),
        (of_neurons(block=1.5), {"weights": WEIGHTS, "bonds": []}, "type", "block"),
        (SimpleNamespace(), {}, "missing", "n"),
        (of_arrays(n=3), {"weights": [], "bonds": []}, "length", "stake"),
        (of_arrays(), {"weights": [(4, [])]}, "range", "weights"),
        (of_arrays(), {"weights": [(1, []), (1, [])]}, "repeated", "weights"),
        (of_arrays(), {"weights": [3]}, "type", "weights"),
        (of_arrays(), {"weights": [(1, [(2, 0.5)])]}, "type", "weights.values"),
        (of_arrays(), {"weights": [(1, [(2, 65536)])]}, "range", "weights.values"),
        (of_arrays(), {"rao_emission": -1}, "negative", "rao_emission"),
        (of_arrays(validator_permit=[1, 2, 0, 0]), {}, "type", "validator_permit"),
        (of_arrays(last_update=[1.0] * 4), {}, "type", "last_update"),
    ],
)
def test_bad_metagraphs(metagraph: Any, arguments: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(libyuma.YumaError) as refused:
        libyuma.Subnet.from_metagraph(metagraph, **{"rao_emission": 5000, **arguments})
    assert (refused.value.code, refused.value.field) == (code, field)


def test_the_class_with_neurons() -> None:
    """The SDK's own class from version 11 on."""
    real = pytest.importorskip("bittensor.metagraph")
    build = pytest.importorskip("bittensor.metagraph")._build
    graph = {
        "netuid": NETUID,
        "block": 1000,
        "tempo": 360,
        "last_step": 640,
        "num_uids": 4,
        "blocks_since_last_step": 360,
        "owner_hotkey": "d",
        "owner_coldkey": "x",
        "network_registered_at": 1,
        "hotkeys": ["a", "b", "c", "d"],
        "last_update": [990, 991, 992, 993],
        "validator_permit": [True, True, False, False],
        "block_at_registration": [0, 1, 2, 3],
        "total_stake": [600, 400, 0, 7],
    }
    metagraph = build(NETUID, graph, {})
    assert isinstance(metagraph, real.Metagraph)
    subnet = libyuma.Subnet.from_metagraph(metagraph, rao_emission=5000, weights=WEIGHTS, bonds=[])
    assert subnet == expected(owner_uid=3)


def test_the_class_of_arrays() -> None:
    """The SDK's own class up to version 10."""
    real = pytest.importorskip("bittensor.core.metagraph")
    metagraph = real.NonTorchMetagraph(NETUID, network="local", sync=False)
    for name, value in vars(of_arrays()).items():
        if name != "hotkeys":  # those of its axons
            setattr(metagraph, name, value)
    assert libyuma.Subnet.from_metagraph(metagraph, rao_emission=5000) == expected()
    metagraph.total_stake = np.array([0.5, 0.4, 0, 0], dtype=np.float32)
    with pytest.raises(libyuma.YumaTypeError):
        libyuma.Subnet.from_metagraph(metagraph, rao_emission=5000)


def test_the_real_client_fits() -> None:
    """The views of the SDK from version 11 on have what the collector calls."""
    real = pytest.importorskip("bittensor.sync")
    for name in ("query", "query_map", "query_batch"):
        assert callable(getattr(real.SyncSnapshot, name))
    assert callable(real.SyncClient.at)
    storage = pytest.importorskip("bittensor._generated.storage").SubtensorModule
    source = Path(str(sdk.__file__)).read_text()
    items = set(re.findall(r'"([A-Z][A-Za-z0-9]+)"', source))
    items -= {
        "System",
        "SubtensorModule",
        "LastRuntimeUpgrade",
        "Yuma",
        "Null",
        "Auto",
        "Current",
        "Previous",
        "BlockView",
        "Client",
    }
    assert len(items) > 35
    assert [item for item in items if not hasattr(storage, item)] == []

"""Epoch after epoch: against the chain's own sequences, and what a callback may do."""

from __future__ import annotations

import itertools
import json
import pickle
import re
from pathlib import Path
from typing import Any

import libyuma
import numpy as np
import pytest

VECTORS = Path(__file__).parents[2] / "vectors" / "data"
CHAIN_STEP = re.compile(r"chain-(\d+)-step-(\d+)")


def chains() -> dict[str, list[dict[str, Any]]]:
    cases = json.loads((VECTORS / "epoch" / "chains.json").read_text())["cases"]
    found: dict[str, list[dict[str, Any]]] = {}
    for case in cases:
        match = CHAIN_STEP.fullmatch(case["name"])
        assert match
        steps = found.setdefault(match[1], [])
        assert len(steps) == int(match[2])
        steps.append(case)
    return found


def four(**changes: Any) -> libyuma.Subnet:
    given: dict[str, Any] = {
        "current_block": 1000,
        "last_step_block": 640,
        "rao_emission": 1_000_000_000,
        "stake_rao": [600, 400, 0, 0],
        "last_update": [990] * 4,
        "validator_permit": [True, True, False, False],
        "weights": ([0, 2, 3, 3, 3], [2, 3, 2], [65535, 32768, 65535]),
    }
    return libyuma.Subnet(**{**given, **changes})


@pytest.mark.parametrize("rules", ["subtensor-425", "subtensor-475"])
@pytest.mark.parametrize("chain", chains().items(), ids=lambda item: f"chain-{item[0]}")
def test_sequences_of_the_chain(chain: tuple[str, list[dict[str, Any]]], rules: str) -> None:
    steps = chain[1]
    given = [libyuma.Subnet.from_json(case) for case in steps]
    params = [libyuma.Params.from_json(case, rules=rules) for case in steps]
    assert all(one == params[0] for one in params)
    following = iter(given[1:])

    def as_given(outcome: libyuma.Outcome, carried: libyuma.Subnet) -> libyuma.Subnet:
        wanted = next(following)
        # What is carried over has to be what the chain's next step started from.
        for field in ("current_block", "last_step_block"):
            assert getattr(carried, field) == getattr(wanted, field), field
        assert carried.bonds.to_lists() == wanted.bonds.to_lists()
        np.testing.assert_array_equal(carried.validator_permit, wanted.validator_permit)
        # What validators, stakers and the block did in between is the case's, the rest is carried.
        return carried.replace(
            weights=wanted.weights,
            last_update=wanted.last_update,
            block_at_registration=wanted.block_at_registration,
            stake=wanted.stake,
            commit_block=wanted.commit_block,
            rao_emission=wanted.rao_emission,
            owner_uid=wanted.owner_uid,
            # The sequences were made under 425, which has neither.
            previous_consensus=(),
            last_yuma_step_block=None,
        )

    blocks = given[1].current_block - given[0].current_block
    outcomes = libyuma.simulate(
        given[0], len(steps), params=params[0], on_epoch=as_given, blocks=blocks
    )
    for case, outcome in zip(steps, outcomes, strict=True):
        expect = case["expect"]
        replayed = libyuma.replay(
            {"input": outcome.subnet.to_json(outcome.params), "expect": expect, "rules": rules}
        )
        assert replayed, f"{case['name']}: {replayed}"
        assert outcome.emission.tolist() == [int(text) for text in expect["emission"]]
        assert outcome.bonds.to_lists() == expect["bonds"]
        assert outcome.raw.dividends.tolist() == [int(text) for text in expect["raw"]["dividends"]]
        assert outcome.raw.ema_bonds.to_lists() == [
            [uid, [[column, int(bits)] for column, bits in row]]
            for uid, row in expect["raw"]["ema_bonds"]
        ]


def test_liquid_alpha_reads_the_carried_consensus() -> None:
    """By default 475 measures against the epoch before, so dropping the list changes bonds."""
    params = libyuma.Params(yuma3=True, liquid_alpha=True)
    alternating = [
        ([0, 2, 4, 4, 4], [2, 3, 2, 3], [65535, 1000, 65535, 30000]),
        ([0, 2, 4, 4, 4], [2, 3, 2, 3], [1000, 65535, 30000, 65535]),
    ]
    turns = itertools.cycle(alternating)

    def carried(outcome: libyuma.Outcome, following: libyuma.Subnet) -> libyuma.Subnet:
        assert following.previous_consensus.tolist() == outcome.consensus.tolist()
        assert following.last_yuma_step_block == outcome.subnet.current_block
        return following.replace(weights=next(turns))

    def forgotten(_: libyuma.Outcome, following: libyuma.Subnet) -> libyuma.Subnet:
        return following.replace(weights=next(turns), previous_consensus=())

    kept = [
        o.bonds.values.tolist()
        for o in libyuma.simulate(four(), 6, params=params, on_epoch=carried)
    ]
    turns = itertools.cycle(alternating)
    lost = [
        o.bonds.values.tolist()
        for o in libyuma.simulate(four(), 6, params=params, on_epoch=forgotten)
    ]
    assert kept[0] == lost[0]
    assert kept != lost


def test_lazy() -> None:
    calls = []

    def on_epoch(outcome: libyuma.Outcome, _: libyuma.Subnet) -> None:
        calls.append(outcome.subnet.current_block)

    epochs = libyuma.simulate(four(), None, params=libyuma.Params(), on_epoch=on_epoch)
    assert calls == []
    next(epochs)
    assert calls == []
    next(epochs)
    assert calls == [1000]
    assert [o.subnet.current_block for o in itertools.islice(epochs, 3)] == [1720, 2080, 2440]


def test_never_called_after_the_last() -> None:
    calls = []
    outcomes = list(
        libyuma.simulate(four(), 2, params=libyuma.Params(), on_epoch=lambda o, s: calls.append(o))
    )
    assert len(outcomes) == 2
    assert len(calls) == 1
    assert list(libyuma.simulate(four(), 0, params=libyuma.Params())) == []


def test_old_weights_make_validators_inactive() -> None:
    params = libyuma.Params(activity_cutoff=500)
    stale = libyuma.History(libyuma.simulate(four(), 3, params=params, fresh_weights=False))
    assert stale.active[:, 0].tolist() == [True, True, False]
    fresh = libyuma.History(libyuma.simulate(four(), 3, params=params))
    assert fresh.active[:, 0].tolist() == [True, True, True]
    # Uid 2 has no weights, so it sets none.
    assert fresh.active[:, 2].tolist() == [True, True, False]


def test_null_epochs_leave_bonds_and_the_last_yuma_step() -> None:
    bonds = ([0, 1, 1, 1, 1], [2], [7])
    subnet = four(bonds=bonds, last_yuma_step_block=640)
    outcomes = list(libyuma.simulate(subnet, 3, params=libyuma.Params(), null=True))
    last = outcomes[-1].subnet
    assert last.bonds.to_lists() == [[0, [[2, 7]]]]
    assert last.last_yuma_step_block == 640
    assert last.last_step_block == 1360
    assert last.previous_consensus.tolist() == [0, 0, 0, 0]
    assert last.validator_permit.tolist() == [True, False, False, False]


def test_block_0_is_no_yuma_step() -> None:
    first = libyuma.epoch(libyuma.Params(), four(current_block=0, last_step_block=0))
    after = libyuma.next_subnet(first, blocks=1)
    assert after.last_yuma_step_block is None
    assert after.current_block == 1


def test_rows_beyond_the_neurons_belong_to_nobody() -> None:
    subnet = four(weights=([0, 2, 2, 2, 2, 3], [2, 3, 1], [1, 1, 1]))
    after = libyuma.next_subnet(libyuma.epoch(libyuma.Params(), subnet))
    assert after.last_update.tolist() == [1359, 990, 990, 990]


def test_history() -> None:
    history = libyuma.History(libyuma.simulate(four(), 4, params=libyuma.Params()))
    assert (len(history), history.n) == (4, 4)
    for field in ("incentive", "dividends", "consensus", "validator_trust", "stake_weight"):
        array = getattr(history, field)
        assert (array.dtype, array.shape) == (np.uint16, (4, 4))
        np.testing.assert_array_equal(array[2], getattr(history[2], field))
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 1
    for field in ("emission", "server_emission", "validator_emission"):
        assert getattr(history, field).dtype == np.uint64
    assert history.active.dtype == history.validator_permit.dtype == np.bool_
    assert history.bonds(1).to_lists() == history[1].bonds.to_lists()
    assert history.bonds_dense().shape == (4, 4, 4)
    before = history.incentive
    history.append(history[0])
    assert len(history.incentive) == len(before) + 1
    assert repr(history) == "History(epochs=5, n=4)"
    assert libyuma.History().incentive.shape == (0, 0)
    assert [o.n for o in pickle.loads(pickle.dumps(history))] == [4] * 5


def test_history_as_data_frames() -> None:
    pandas = pytest.importorskip("pandas")
    polars = pytest.importorskip("polars")
    history = libyuma.History(libyuma.simulate(four(), 3, params=libyuma.Params()))
    frame = history.to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert len(frame) == 12
    assert str(frame["emission"].dtype) == "uint64"
    assert not [name for name, dtype in frame.dtypes.items() if dtype.kind == "f"]
    row = frame[(frame["epoch"] == 2) & (frame["uid"] == 3)].iloc[0]
    assert row["incentive"] == history.incentive[2, 3]
    other = history.to_polars()
    assert other.shape == frame.shape
    assert other["emission"].dtype == polars.UInt64
    assert other["emission"].to_list() == history.emission.ravel().tolist()


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match=r"libyuma\[pandas\]"):
        libyuma.History().to_pandas()


@pytest.mark.parametrize(
    ("arguments", "code", "field"),
    [
        ({"epochs": -1}, "negative", "epochs"),
        ({"epochs": 1.0}, "type", "epochs"),
        ({"epochs": "3"}, "type", "epochs"),
        ({"blocks": -1}, "negative", "blocks"),
        ({"blocks": 1 << 64}, "range", "blocks"),
        ({"params": None}, "type", "params"),
        ({"subnet": {}}, "type", "subnet"),
        ({"on_epoch": 3}, "type", "on_epoch"),
    ],
)
def test_refused_at_once(arguments: dict[str, Any], code: str, field: str) -> None:
    given = {"subnet": four(), "epochs": 3, "params": libyuma.Params(), **arguments}
    with pytest.raises(libyuma.YumaError) as refused:
        libyuma.simulate(**given)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_refused_while_running() -> None:
    epochs = libyuma.simulate(
        four(),
        3,
        params=libyuma.Params(),
        on_epoch=lambda o, s: "weights",  # type: ignore[arg-type, return-value]
    )
    next(epochs)
    with pytest.raises(libyuma.YumaTypeError, match="on_epoch must return a Subnet"):
        next(epochs)
    late = libyuma.epoch(libyuma.Params(), four(current_block=(1 << 64) - 1))
    with pytest.raises(libyuma.YumaError, match="current_block"):
        libyuma.next_subnet(late)
    history = libyuma.History([late])
    with pytest.raises(libyuma.YumaError) as refused:
        history.append(
            libyuma.epoch(
                libyuma.Params(),
                four(stake_rao=[1], last_update=[1], validator_permit=[True], weights=None),
            )
        )
    assert (refused.value.code, refused.value.field, refused.value.index) == (
        "length",
        "outcomes",
        1,
    )
    with pytest.raises(libyuma.YumaTypeError):
        history.append(4)  # type: ignore[arg-type]

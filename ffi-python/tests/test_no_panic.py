"""Whatever the extension module is called with, it answers or raises an ordinary exception."""

from __future__ import annotations

import contextlib
import inspect
import random
from types import SimpleNamespace
from typing import Any

import libyuma
import numpy as np
import pytest
from libyuma import _libyuma
from test_bad_input import CASES, SUBNET, SUBNET_STATE, TERMS, WEIGHTS


class Hostile:
    """Raises whenever it is asked anything."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(name)

    def __index__(self) -> int:
        raise RuntimeError("index")

    def __len__(self) -> int:
        raise RuntimeError("len")

    def __str__(self) -> str:
        raise RuntimeError("str")


class Liar:
    """An integer that says something else each time, and a list that is longer than it says."""

    def __init__(self) -> None:
        self.turn = 0

    def __index__(self) -> int:
        self.turn += 1
        return (-1) ** self.turn * 2 ** (self.turn * 16)

    def __len__(self) -> int:
        return 1

    def __iter__(self) -> Any:
        return iter([1, 2**64, -1])


FIELDS = {**CASES["validate_weights"].arguments, **CASES["weights_commit_hash"].arguments}
CALL = {name: value for name, (_, value) in FIELDS.items()}
CALL |= {
    "rules": "subtensor-475",
    "hotkeys": [libyuma.Hotkey()] * 3,
    "owners": [0, 1, 2],
    "edges": ([0, 0, 1], [0], [2**64 - 1]),
    "suspended": [True],
    "owner_hotkey": 2,
    "hotkey": 1,
    "validator": 1,
    "dividend": 2**64 - 1,
    "burn": 2**63,
    "min_take": 65535,
    "min_take_subnet": 0,
    "drained": libyuma.Pending(server=2**64 - 1, root=2**64 - 1),
    "epoch": [{"hotkey": 1, "incentive": 2**64 - 1, "dividend": 2**64 - 1}],
    "epoch_mode": "null",
    "owner_coldkey": 7,
    "lease_share": 100,
    "recycle_or_burn": "recycle",
    "auto_stake": [None, 2],
    "collateral": [
        libyuma.Collateral(locked=5, min_locked=9, earned=1, drain_ratio_raw=2**128 - 1)
    ],
    "basket_pending": [2**64 - 1],
}
VALUES: list[Any] = [
    *(None, True, 0, 1, -1, 65535, 65536, 2**32, 2**63, 2**64 - 1, 2**127, 2**128 - 1, -(2**127)),
    *(0.5, float("nan"), "", "yuma", "i32f32", "u96f32", "subtensor-475", "\ud800", b"", bytes(32)),
    *([], [1, 2, 3], [2**128 - 1] * 3, [-1], [None], [True, False], [[1]], ([0, 1], [2], [3])),
    *(([0], [], []), ([0, 5], [1], [1]), (1, 2, 3), {}, {1: 2}, {1, 2}, range(5)),
    *(np.array([1, 2, 3]), np.array([1.5]), np.zeros((2, 2), dtype=np.uint64), np.array(5)),
    *(np.array([1, 2, 3], dtype=">u8"), np.arange(10, dtype=np.uint16)[::-3], np.array([None])),
    *(np.array(["a"]), np.array([], dtype=np.uint64), np.ones(3, dtype=bool), np.uint64(5)),
    *(np.full(3, -(2**63)), np.full(3, 2**63 - 1), np.datetime64("2020"), np.ma.array([1, 2])),
    *(libyuma.Params(), SUBNET, SUBNET_STATE, TERMS, WEIGHTS, libyuma.ScheduleState()),
    *(libyuma.Network(), libyuma.EmissionGate(), libyuma.PassivePool(), libyuma.FlowParameters()),
    *([SUBNET_STATE] * 3, [libyuma.ScheduleState()] * 2, [libyuma.SubnetFlows()], CALL),
    *(libyuma.NullBudgets.of_emission(5), Hostile(), Liar(), SimpleNamespace(n=5), object, print),
]

FUNCTIONS = [function for name, function in vars(_libyuma).items() if inspect.isroutine(function)]


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_garbage(function: Any) -> None:
    count = len(inspect.signature(function).parameters)
    if not count:
        return
    chance = random.Random(function.__name__)
    for _ in range(1500):
        arguments = [chance.choice(VALUES) for _ in range(count)]
        if count == 1 and chance.random() < 0.8:
            # A call in a dict, with a few of its items wrong.
            wrong = {chance.choice(list(CALL)): chance.choice(VALUES) for _ in range(2)}
            arguments = [{**CALL, **wrong}]
        # A panic is no Exception, and ends the test.
        with contextlib.suppress(Exception):
            function(*arguments)


def test_extreme_values_of_the_right_types() -> None:
    kinds = {
        "u8": [0, 255],
        "u16": [0, 1, 65535],
        "u32": [0, 2**32 - 1],
        "u64": [0, 1, 2**63, 2**64 - 1],
        "u128": [0, 1, 2**64, 2**128 - 1],
        "i16": [-(2**15), 0, 2**15 - 1],
        "i64": [-(2**63), -1, 0, 2**32, 2**63 - 1],
        "i128": [-(2**127), -1, 0, 2**64, 2**127 - 1],
        "flag": [True, False],
        "rules": [rules.id for rules in libyuma.RULES],
    }
    chance = random.Random(5)

    def value(kind: str, valid: Any) -> Any:
        if kind.startswith("option ") and chance.random() < 0.2:
            return None
        kind = kind.removeprefix("option ")
        if kind.startswith("list "):
            choices = kinds[kind.removeprefix("list ")]
            return [chance.choice(choices) for _ in range(chance.choice([0, 1, 2, 3, 3, 40]))]
        return chance.choice(kinds[kind]) if kind in kinds else valid

    for case in CASES.values():
        for _ in range(200):
            arguments = {name: value(kind, valid) for name, (kind, valid) in case.arguments.items()}
            # Lengths that do not fit together, weights the chain refuses.
            with contextlib.suppress(libyuma.YumaError):
                case.call(**arguments)

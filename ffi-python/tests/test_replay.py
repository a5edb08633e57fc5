"""Replay: all vectors are equal, and whatever is changed in one is found, at its place."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import libyuma
import pytest

VECTORS = Path(__file__).parents[2] / "vectors" / "data"
FILES = [*sorted((VECTORS / "epoch").glob("*.json")), VECTORS / "subtensor-475" / "epoch.json"]
STORED = (
    "incentive",
    "dividends",
    "consensus",
    "validator_trust",
    "emission",
    "bonds",
    "validator_permit",
)


def snapshot() -> dict[str, Any]:
    file = json.loads((VECTORS / "epoch" / "chains.json").read_text())
    case = copy.deepcopy(file["cases"][1])
    chain = {field: case["expect"][field] for field in STORED}
    return {"rules": file["rules"], "input": case["input"], "chain": chain, "netuid": 7}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_vectors_are_equal(path: Path) -> None:
    file = json.loads(path.read_text())
    for case in file["cases"]:
        found = libyuma.replay(case, rules=file["rules"])
        assert found.equal, f"{case['name']}: {found}"
        assert len(found.compared) == 11


def test_what_the_chain_stores() -> None:
    found = libyuma.replay(snapshot())
    assert found
    assert str(found) == (
        "equal: validator_permit, consensus, validator_trust, incentive, bonds, dividends, "
        "emission (subtensor-425)"
    )
    assert (found.stage, found.uid, found.expected, found.computed) == (None,) * 4
    text = json.dumps(snapshot())
    assert libyuma.replay(text).compared == libyuma.replay(text.encode()).compared


@pytest.mark.parametrize("field", STORED)
def test_any_subset(field: str) -> None:
    given = snapshot()
    given["chain"] = {field: given["chain"][field]}
    assert libyuma.replay(given).compared == (field,)


@pytest.mark.parametrize("field", STORED)
@pytest.mark.parametrize("uid", [0, 5, 11])
def test_differences_are_found(field: str, uid: int) -> None:
    given = snapshot()
    values = given["chain"][field]
    computed: Any
    expected: Any
    if field == "bonds":
        rows = dict(values)
        computed = rows.get(uid, [])
        expected = [[2, 77]]
        given["chain"][field] = sorted(({**rows, uid: expected}).items())
        given["chain"][field] = [list(row) for row in given["chain"][field]]
    elif field == "validator_permit":
        computed, expected = values[uid], not values[uid]
        values[uid] = expected
    else:
        computed = int(values[uid])
        expected = computed + 1 if computed < 65535 else 0
        values[uid] = type(values[uid])(expected)
    found = libyuma.replay(given)
    assert not found
    assert (found.stage, found.uid, found.expected, found.computed) == (
        field,
        uid,
        expected,
        computed,
    )
    assert str(found).startswith(f"{field} differs at uid {uid}: the chain has {expected}, ")


def test_the_earliest_stage_is_named() -> None:
    given = snapshot()
    for field in ("emission", "incentive", "dividends"):
        given["chain"][field][3] = type(given["chain"][field][3])(1)
    found = libyuma.replay(given)
    assert (found.stage, found.uid) == ("incentive", 3)


def test_a_missing_bond_row() -> None:
    given = snapshot()
    uid, row = given["chain"]["bonds"].pop()
    found = libyuma.replay(given)
    assert (found.stage, found.uid, found.expected, found.computed) == ("bonds", uid, [], row)


def test_rules() -> None:
    given = snapshot()
    assert libyuma.replay(given).outcome.rules == "subtensor-425"
    assert libyuma.replay(given, rules="subtensor-475").outcome.rules == "subtensor-475"
    del given["rules"]
    assert libyuma.replay(given).outcome.rules == libyuma.RULES[-1].id


def broken(change: Any) -> dict[str, Any]:
    given = snapshot()
    change(given)
    return given


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ([], "type", ""),
        ("[]", "type", ""),
        (broken(lambda s: s.pop("chain")), "missing", "chain"),
        (broken(lambda s: s.update(chain={})), "missing", "chain"),
        (broken(lambda s: s.update(chain=[1])), "type", "chain"),
        (broken(lambda s: s["chain"].update(trust=[1])), "type", "chain.trust"),
        (broken(lambda s: s["chain"]["incentive"].pop()), "length", "chain.incentive"),
        (
            broken(lambda s: s["chain"]["validator_permit"].pop()),
            "length",
            "chain.validator_permit",
        ),
        (broken(lambda s: s["chain"].update(incentive=3)), "type", "chain.incentive"),
        (broken(lambda s: s["chain"].update(incentive=[0.5] * 12)), "type", "chain.incentive"),
        (broken(lambda s: s["chain"].update(emission=["1.5"] * 12)), "type", "chain.emission"),
        (
            broken(lambda s: s["chain"].update(validator_permit=[1] * 12)),
            "type",
            "chain.validator_permit",
        ),
        (broken(lambda s: s["chain"].update(bonds=[[12, [[1, 1]]]])), "length", "chain.bonds"),
        (broken(lambda s: s["chain"].update(bonds=[[1, [[1, 70000]]]])), "range", "chain.bonds"),
        (broken(lambda s: s["input"].pop("kappa")), "missing", "kappa"),
        (broken(lambda s: s["input"].update(kappa="5")), "type", "kappa"),
        (broken(lambda s: s.update(rules="subtensor-1")), "unknown_rules", "rules"),
        (broken(lambda s: s.update(rules=425)), "type", "rules"),
    ],
)
def test_bad_snapshots(given: Any, code: str, field: str) -> None:
    with pytest.raises(libyuma.YumaError) as refused:
        libyuma.replay(given)
    assert (refused.value.code, refused.value.field) == (code, field)

"""Questions asked backwards: the answers hold, and are the smallest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import libyuma
import numpy as np
import pytest

VECTORS = Path(__file__).parents[2] / "vectors" / "data"


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


def has_permit(params: libyuma.Params, subnet: libyuma.Subnet, uid: int, rao: int) -> bool:
    stake = subnet.stake.copy()
    stake[uid] = (0, rao)
    return bool(libyuma.epoch(params, subnet.replace(stake=stake)).validator_permit[uid])


def test_smallest_stakes_of_the_vectors() -> None:
    found = 0
    for name in ("random-small", "ties"):
        cases = json.loads((VECTORS / "epoch" / f"{name}.json").read_text())["cases"]
        for case in cases[::4]:
            subnet = libyuma.Subnet.from_json(case)
            params = libyuma.Params.from_json(case, rules="subtensor-425")
            if sum(subnet.stake_raw) >> 64 >= 1 << 62:
                continue
            for uid in range(min(subnet.n, 4)):
                rao = libyuma.smallest_stake_for_permit(params, subnet, uid)
                if rao is None:
                    assert not has_permit(params, subnet, uid, 1 << 61)
                    continue
                assert has_permit(params, subnet, uid, rao)
                assert rao == 0 or not has_permit(params, subnet, uid, rao - 1)
                found += rao > 0
    assert found > 50


@pytest.mark.parametrize(
    ("params", "changes", "uid", "rao"),
    [
        # Among equal shares the higher uid wins; a share is floored, so one rao less may do.
        ({"max_allowed_validators": 1}, {"stake_rao": [1000, 0, 0, 0]}, 3, 1000),
        ({"max_allowed_validators": 1}, {"stake_rao": [0, 0, 0, 1000]}, 0, 1001),
        ({"stake_threshold": 5000}, {}, 2, 5000),
        ({"max_allowed_validators": 0}, {}, 2, None),
        ({"max_allowed_validators": 0}, {"owner_uid": 2}, 2, 0),
        ({}, {"stake_rao": [0, 0, 0, 0]}, 1, 1),
    ],
)
def test_smallest_stake(
    params: dict[str, Any], changes: dict[str, Any], uid: int, rao: int | None
) -> None:
    answer = libyuma.smallest_stake_for_permit(libyuma.Params(**params), four(**changes), uid)
    assert answer == rao


def test_sensitivity() -> None:
    params = libyuma.Params(yuma3=True, liquid_alpha=True)
    table = libyuma.sensitivity(params, four(), 1)
    rows = list(table)
    before = libyuma.epoch(params, four())
    assert rows[0]["parameter"] == ""
    assert rows[0]["dividends"] == before.dividends[1]
    tried = {row["parameter"] for row in rows[1:]}
    assert tried == {name for name in libyuma.Params.__dataclass_fields__ if name != "rules"}
    # bonds_penalty and kappa stand at a bound or within: two neighbours, or one.
    assert [row["value"] for row in rows if row["parameter"] == "bonds_penalty"] == ["64880"]
    assert [row["value"] for row in rows if row["parameter"] == "yuma3"] == ["False"]
    assert [row["value"] for row in rows if row["parameter"] == "consensus_mode"] == [
        "current",
        "previous",
    ]
    for row in rows[1:]:
        value: Any = row["value"]
        kind = type(getattr(params, row["parameter"]))
        value = value == "True" if kind is bool else kind(value)
        outcome = libyuma.epoch(params.replace(**{row["parameter"]: value}), four())
        for field in ("incentive", "dividends", "validator_trust", "emission"):
            assert row[field] == getattr(outcome, field)[1]
            assert row[f"{field}_change"] == row[field] - int(getattr(before, field)[1])
    assert any(row["dividends_change"] for row in rows)
    assert all(column.dtype.kind in "iuU" for column in table.columns.values())
    assert len(libyuma.sensitivity(params, four(), 1, ["kappa", "tempo"])) == 5


@pytest.mark.parametrize(
    ("parameters", "code", "field"),
    [
        (["kapa"], "type", "parameters"),
        (["rules"], "type", "parameters"),
        ("kappa", "type", "parameters"),
        ({"kappa": 0}, "range", "parameters.kappa"),
        ({"kappa": -5}, "negative", "parameters.kappa"),
        ({"kappa": 0.5}, "type", "parameters.kappa"),
        (5, "type", "parameters"),
    ],
)
def test_bad_sensitivity(parameters: Any, code: str, field: str) -> None:
    with pytest.raises(libyuma.YumaError) as refused:
        libyuma.sensitivity(libyuma.Params(), four(), 1, parameters)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_what_if() -> None:
    params = libyuma.Params()
    answer = libyuma.what_if(params, four(), 0, weights=[(3, 65535)])
    changed = four(weights=([0, 1, 2, 2, 2], [3, 2], [65535, 65535]), last_update=[999] + [990] * 3)
    assert answer.before == libyuma.epoch(params, four())
    assert answer.after == libyuma.epoch(params, changed)
    assert answer.change("incentive", 3) == int(answer.after.incentive[3]) - int(
        answer.before.incentive[3]
    )
    rows = {row["uid"]: row for row in answer.table()}
    assert rows[3]["incentive_change"] == answer.change("incentive", 3) > 0
    assert "dividends" in str(answer)
    none = libyuma.what_if(params, four(), 0, weights={})
    assert none.after.subnet.weights.to_lists() == [[1, [[2, 65535]]]]
    kept = libyuma.what_if(params, four(), 1, weights={2: 65535}, last_update=990)
    assert kept.after == kept.before
    assert len(kept.table()) == 0
    richer = libyuma.what_if(params, four(), 1, stake_rao=600)
    assert richer.change("dividends") > 0
    np.testing.assert_array_equal(richer.after.subnet.weights.values, four().weights.values)


@pytest.mark.parametrize(
    ("uid", "arguments", "code", "field"),
    [
        (4, {"weights": {2: 1}}, "range", "uid"),
        (0, {}, "missing", "weights"),
        (0, {"weights": {4: 1}}, "range", "weights.columns"),
        (0, {"weights": {2: 65536}}, "range", "weights.values"),
        (0, {"weights": {2: -1}}, "negative", "weights.values"),
        (0, {"weights": {2: 0.5}}, "type", "weights.values"),
        (0, {"weights": {None: 5}}, "type", "weights.columns"),
        (0, {"weights": [1, 2]}, "type", "weights"),
        (0, {"weights": 7}, "type", "weights"),
        (0, {"stake_rao": -1}, "negative", "stake_rao"),
        (0, {"stake_rao": 1.5}, "type", "stake_rao"),
        (0, {"last_update": 1 << 64}, "range", "last_update"),
    ],
)
def test_bad_what_ifs(uid: int, arguments: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(libyuma.YumaError) as refused:
        libyuma.what_if(libyuma.Params(), four(), uid, **arguments)
    assert (refused.value.code, refused.value.field) == (code, field)
    good = libyuma.what_if(libyuma.Params(), four(), 0, weights={2: 1})
    with pytest.raises(libyuma.YumaError):
        good.change("bonds")


@pytest.mark.parametrize("uid", [4, -1, 0.0])
def test_bad_uids(uid: Any) -> None:
    for ask in (libyuma.smallest_stake_for_permit, libyuma.sensitivity):
        with pytest.raises(libyuma.YumaError) as refused:
            ask(libyuma.Params(), four(), uid)
        assert refused.value.field == "uid"

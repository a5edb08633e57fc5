"""Explanations: every number is one of the outcome, over all vectors; the text is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import libyuma
import pytest
from libyuma import stages

VECTORS = Path(__file__).parents[2] / "vectors" / "data"
FILES = [
    *((path, "subtensor-425") for path in sorted((VECTORS / "epoch").glob("*.json"))),
    (VECTORS / "subtensor-475" / "epoch.json", "subtensor-475"),
]


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


def check(outcome: libyuma.Outcome, uid: int) -> None:
    """Everything that can be seen from the outcome is the same in the explanation."""
    told = outcome.explain(uid)
    raw, n = outcome.raw, outcome.n
    validator, miner = told.validator, told.miner
    # The clipped weights make the trust, and W is a row of shares.
    assert sum(one.clipped_raw for one in validator.weights) == raw.validator_trust[uid]
    counted = [one for one in validator.weights if one.masked is None]
    masked = stages.masked_weights(
        outcome.subnet.weights,
        validator_permit=outcome.subnet.validator_permit,
        last_update=outcome.subnet.last_update,
        block_at_registration=outcome.subnet.block_at_registration,
        owner_uid=outcome.subnet.owner_uid,
        commit_block=outcome.subnet.commit_block if outcome.params.commit_reveal else None,
    )
    columns, values = masked.row(uid)
    assert [(one.miner, one.weight_raw) for one in counted] == list(
        zip(columns.tolist(), values.tolist(), strict=True)
    )
    for one in validator.weights:
        assert 0 <= one.clipped_raw <= one.weight_raw
        assert one.lost_raw == one.weight_raw - one.clipped_raw
        if one.masked is not None:
            assert one.weight_raw == 0
        elif one.lost_raw:
            assert one.clipped_raw == max(one.consensus_raw, 0)
    # Who votes holds all the active stake; the consensus has the backing of more than it needs.
    assert [vote.validator for vote in miner.votes] == [
        other for other in range(n) if raw.active_stake[other] > 0
    ]
    if miner.consensus_raw:
        assert miner.consensus_raw in {vote.weight_raw for vote in miner.votes}
    assert all(vote.clipped_raw <= max(miner.consensus_raw, 0) for vote in miner.votes)
    assert told.rao == outcome.emission[uid]
    assert (miner.incentive, validator.dividends) == (
        outcome.incentive[uid],
        outcome.dividends[uid],
    )
    assert (miner.rao, validator.rao) == (
        outcome.server_emission[uid],
        outcome.validator_emission[uid],
    )
    assert told.stake.permit_after == outcome.validator_permit[uid]
    assert told.stake.active == outcome.active[uid]
    held = {bond.miner: bond.stored for bond in validator.bonds if bond.stored is not None}
    assert held == dict(zip(*(part.tolist() for part in outcome.bonds.row(uid)), strict=True))
    text = str(told)
    assert text.startswith(f"uid {uid} at block")
    assert "None" not in text


@pytest.mark.parametrize(("path", "rules"), FILES, ids=lambda item: getattr(item, "stem", ""))
def test_all_vectors(path: Path, rules: str) -> None:
    for case in json.loads(path.read_text())["cases"]:
        if case["input"]["n"] > 64:
            continue
        outcome = libyuma.epoch(
            libyuma.Params.from_json(case, rules=rules), libyuma.Subnet.from_json(case)
        )
        for uid in range(min(outcome.n, 8)):
            check(outcome, uid)


def test_a_large_subnet() -> None:
    case = json.loads((VECTORS / "epoch" / "large.json").read_text())["cases"][0]
    outcome = libyuma.epoch(
        libyuma.Params.from_json(case, rules="subtensor-425"), libyuma.Subnet.from_json(case)
    )
    for uid in (0, 1, outcome.n // 2, outcome.n - 1):
        check(outcome, uid)


def test_words_for_a_clipped_validator() -> None:
    told = libyuma.epoch(libyuma.Params(), four()).explain(1)
    assert str(told).splitlines() == [
        "uid 1 at block 1000 (subtensor-475)",
        "stake     0.000000400, 39.99 % of the subnet, place 2",
        "permit    had a permit, has one from now on (the 64 largest do)",
        "activity  active: last update 10 blocks ago, within 5000",
        "vote      39.99 % of the active stake",
        "",
        "as a validator: 1 weights, 0 masked, 1 of the other 1 clipped",
        "  for uid    weight  consensus     left     lost",
        "        2  100.00 %    66.66 %  66.66 %  33.33 %",
        "  trust      43689/65535 (66.66 %): what consensus left of its weights",
        "  bond to   bond  of all bonds  incentive",
        "        2  43689       39.99 %    76.92 %",
        "  dividends  20164/65535 (30.76 %) of all, paid 0.153845611",
        "",
        "paid in all 0.153845611 of 1.000000000",
    ]


def test_words_for_a_miner() -> None:
    told = libyuma.epoch(libyuma.Params(), four()).explain(2)
    text = str(told)
    assert "as a miner: 2 of 2 votes give it weight" in text
    assert "clipped    uid 1" in text
    assert told.miner.backing_raw == sum(vote.active_share_raw for vote in told.miner.votes)


@pytest.mark.parametrize(
    ("changes", "params", "uid", "words"),
    [
        ({"validator_permit": [False, True, False, False]}, {}, 0, "uid 0 had no permit"),
        (
            {"last_update": [5, 990, 990, 990]},
            {"activity_cutoff": 10},
            0,
            "vote      none: inactive",
        ),
        (
            {"block_at_registration": [0, 0, 990, 0]},
            {},
            0,
            "set in block 990, not after uid 2 registered in 990",
        ),
        (
            {"block_at_registration": [0, 0, 900, 0], "commit_block": [899, 900, 900, 900]},
            {"commit_reveal": True},
            0,
            "committed in block 899, before uid 2 registered in 900",
        ),
        (
            {"weights": ([0, 2, 3, 3, 3], [0, 3, 2], [65535, 32768, 65535])},
            {},
            0,
            "a weight for itself counts only from the owner",
        ),
        ({"weights": ([0, 1, 1, 1, 1], [9], [1])}, {}, 0, "there is no uid 9"),
        ({}, {"stake_threshold": 500}, 1, "below the threshold: counts as 0"),
        ({}, {"max_allowed_validators": 1}, 1, "gets none: 1 places, the smallest share with one"),
        ({"owner_uid": 3}, {}, 3, "keeps one as the owner"),
        ({"weights": None}, {}, 0, "nobody earned anything: all of it goes to validators"),
        ({"weights": None}, {}, 2, "no majority gives it anything"),
        ({"validator_permit": [False] * 4}, {}, 0, "no permit before this epoch"),
    ],
)
def test_reasons(changes: dict[str, Any], params: dict[str, Any], uid: int, words: str) -> None:
    outcome = libyuma.epoch(libyuma.Params(**params), four(**changes))
    assert words in str(libyuma.explain(outcome, uid))
    check(outcome, uid)


@pytest.mark.parametrize(
    ("uid", "code"), [(4, "range"), (-1, "negative"), (1.0, "type"), (None, "type")]
)
def test_bad_uids(uid: Any, code: str) -> None:
    outcome = libyuma.epoch(libyuma.Params(), four())
    with pytest.raises(libyuma.YumaError) as refused:
        outcome.explain(uid)
    assert (refused.value.code, refused.value.field) == (code, "uid")


def test_null_epochs_are_refused() -> None:
    outcome = libyuma.null_epoch(libyuma.Params(), four())
    with pytest.raises(libyuma.YumaTypeError) as refused:
        outcome.explain(0)
    assert refused.value.field == "outcome"

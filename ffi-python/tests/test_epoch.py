"""The objects: frozen, picklable, the same from every form of a matrix; the epoch in threads."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import libyuma as yuma
import numpy as np
import pytest
from libyuma import _libyuma, stages, vectors

DATA = Path(__file__).parents[2] / "vectors" / "data"

DENSE = np.zeros((4, 4), dtype=np.int64)
DENSE[0, 2], DENSE[0, 3], DENSE[1, 2] = 65535, 32768, 65535


def subnet(**changes: Any) -> yuma.Subnet:
    given: dict[str, Any] = {
        "current_block": 1000,
        "last_step_block": 640,
        "rao_emission": 1_000_000_000,
        "stake_rao": [600, 400, 0, 0],
        "last_update": [990] * 4,
        "validator_permit": [True, True, False, False],
        "weights": DENSE,
    }
    return yuma.Subnet(**{**given, **changes})


def large() -> tuple[yuma.Params, yuma.Subnet]:
    case = vectors.read(DATA / "epoch" / "large.json")["cases"][0]
    return yuma.Params.from_json(case, rules="subtensor-425"), yuma.Subnet.from_json(case)


def arrays_of(result: Any) -> list[np.ndarray[Any, Any]]:
    found: list[np.ndarray[Any, Any]] = []
    for field in dataclasses.fields(result):
        value = getattr(result, field.name)
        if isinstance(value, np.ndarray):
            found.append(value)
        elif isinstance(value, yuma.Rows):
            found.extend(value)
        elif isinstance(value, yuma.RawOutcome):
            found.extend(arrays_of(value))
    return found


def test_every_form_of_a_matrix() -> None:
    sparse = pytest.importorskip("scipy.sparse")
    lists = ([0, 2, 3, 3, 3], [2, 3, 2], [65535, 32768, 65535])
    forms = [
        DENSE,
        DENSE.astype(np.uint16),
        DENSE.astype(object).astype(np.int32),
        lists,
        tuple(np.array(part) for part in lists),
        yuma.Rows.of("weights", lists, 4),
        sparse.csr_array(DENSE),
        sparse.csr_matrix(DENSE.astype(np.uint16)),
        sparse.coo_array(DENSE),
        sparse.csc_array(DENSE),
    ]
    for form in forms:
        assert subnet(weights=form) == subnet()
    assert subnet().weights.to_dense().tolist() == DENSE.tolist()
    assert (subnet().weights.to_csr() != sparse.csr_array(DENSE)).nnz == 0
    outcome = yuma.epoch(yuma.Params(), subnet())
    assert outcome.bonds_csr().toarray().tolist() == outcome.bonds_dense().tolist()
    assert outcome.bonds_csr().dtype == np.uint16


def test_entries_keep_their_order_and_repetitions() -> None:
    sparse = pytest.importorskip("scipy.sparse")
    lists = ([0, 3, 3, 3, 3], [3, 2, 3], [7, 8, 9])
    matrix = sparse.csr_array((lists[2], lists[1], lists[0]), shape=(4, 4))
    for form in (lists, matrix):
        weights = subnet(weights=form).weights
        assert weights.columns.tolist() == [3, 2, 3]
        assert weights.values.tolist() == [7, 8, 9]
    assert weights.to_dense()[0].tolist() == [0, 0, 8, 9]


def test_every_form_of_stake() -> None:
    raw = [600 << 64, 400 << 64, 0, 0]
    halves = np.array([[0, 600], [0, 400], [0, 0], [0, 0]], dtype=np.uint64)
    assert subnet(stake_rao=None, stake=raw) == subnet()
    assert subnet(stake_rao=None, stake=halves) == subnet()
    assert subnet().stake_raw == raw
    assert subnet().stake_rao.tolist() == [600, 400, 0, 0]
    odd = subnet(stake_rao=None, stake=[(1 << 126) + 5, 3, 2, 1])
    assert odd.stake_raw == [(1 << 126) + 5, 3, 2, 1]


def test_dtypes_and_no_float_anywhere() -> None:
    outcome = yuma.epoch(yuma.Params(yuma3=True), subnet())
    dtypes = {str(array.dtype) for array in arrays_of(outcome)}
    assert dtypes == {"bool", "uint16", "uint32", "uint64", "int64"}
    assert {str(array.dtype) for array in arrays_of(subnet())} == {
        "bool",
        "uint16",
        "uint32",
        "uint64",
    }


def test_everything_is_frozen() -> None:
    outcome = yuma.epoch(yuma.Params(), subnet())
    again = pickle.loads(pickle.dumps(outcome))
    for result in (outcome, again, again.subnet, subnet()):
        for array in arrays_of(result):
            with pytest.raises(ValueError, match="read-only"):
                array[:] = 0
        name = dataclasses.fields(result)[0].name
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(result, name, 5)
    with pytest.raises(dataclasses.FrozenInstanceError):
        yuma.Params().kappa = 5  # type: ignore[misc]


def test_given_arrays_are_copied() -> None:
    updates = np.array([990] * 4, dtype=np.uint64)
    made = subnet(last_update=updates)
    updates[0] = 5
    assert made.last_update.tolist() == [990] * 4


def test_copies_and_pickles() -> None:
    outcome = yuma.epoch(yuma.Params(kappa=5), subnet())
    for again in (pickle.loads(pickle.dumps(outcome)), copy.copy(outcome), copy.deepcopy(outcome)):
        assert again == outcome
        assert again.params == outcome.params
        assert again.subnet == outcome.subnet
    assert yuma.epoch(yuma.Params(kappa=65535), subnet()) != outcome
    assert subnet() != subnet(rao_emission=5)
    with pytest.raises(yuma.YumaError) as caught:
        yuma.max_upscale([1, -1])
    error = pickle.loads(pickle.dumps(caught.value))
    assert type(error) is yuma.YumaError
    assert (str(error), error.code, error.field, error.index, error.limit) == (
        "values[1] is negative",
        "negative",
        "values",
        1,
        0,
    )


def test_numpy_scalars_become_integers() -> None:
    params = yuma.Params(kappa=np.uint16(5), yuma3=np.True_)
    assert type(params.kappa) is int
    assert type(params.yuma3) is bool
    assert json.dumps(params.to_json())


def test_json_goes_round() -> None:
    for path in sorted(DATA.glob("*/*.json")):
        file = vectors.read(path)
        if file["kind"] != "epoch":
            continue
        for case in file["cases"]:
            params = yuma.Params.from_json(case, rules=file["rules"])
            made = yuma.Subnet.from_json(json.dumps(case["input"]))
            written = made.to_json(params)
            given = dict(case["input"])
            for matrix in ("weights", "bonds"):  # an empty row need not be listed
                given[matrix] = [row for row in given[matrix] if row[1]]
            assert {name: written[name] for name in given} == given
            assert yuma.Subnet.from_json({"input": written}) == made


def test_an_epoch_after_an_epoch() -> None:
    first = yuma.epoch(yuma.Params(), subnet())
    following = subnet(
        current_block=1360,
        last_step_block=1000,
        bonds=first.bonds,
        validator_permit=first.validator_permit,
    )
    changed = following.replace(weights=DENSE[:, ::-1].copy())
    second = yuma.epoch(yuma.Params(), changed)
    assert second != yuma.epoch(yuma.Params(), changed.replace(bonds=None))
    assert yuma.epoch(yuma.Params(), following.replace(bonds=first.bonds_dense())) == (
        yuma.epoch(yuma.Params(), following)
    )


def test_stages_make_the_epoch() -> None:
    params, given = large()
    outcome = yuma.epoch(params, given)
    raw = outcome.raw
    stake = stages.normalized_stake(
        given.stake, owner_uid=given.owner_uid, stake_threshold=params.stake_threshold
    )
    active = stages.activity(given.last_update, params.activity_cutoff, given.current_block)
    permits = stages.permits(stake, params.max_allowed_validators, owner_uid=given.owner_uid)
    active_stake = stages.active_stake(
        stake, active, given.validator_permit, owner_uid=given.owner_uid
    )
    weights = stages.masked_weights(
        given.weights,
        validator_permit=given.validator_permit,
        last_update=given.last_update,
        block_at_registration=given.block_at_registration,
        owner_uid=given.owner_uid,
        commit_block=given.commit_block if params.commit_reveal else None,
    )
    consensus = stages.consensus(weights, active_stake, params.kappa)
    trust = stages.validator_trust(weights, consensus)
    incentive = stages.incentive(weights, active_stake, consensus)
    dividends = stages.dividends(
        raw.ema_bonds, raw.incentive, raw.active_stake if params.yuma3 else None
    )
    paid = stages.emission(
        incentive_raw=incentive,
        dividends_raw=raw.dividends,
        active_stake_raw=active_stake,
        stake_weight_raw=stake,
        rao_emission=given.rao_emission,
    )
    pairs = [
        (stake, raw.stake),
        (active, outcome.active),
        (permits, outcome.validator_permit),
        (active_stake, raw.active_stake),
        (consensus, raw.consensus),
        (trust, raw.validator_trust),
        (incentive, raw.incentive),
        (paid[0], outcome.server_emission),
        (paid[1], outcome.validator_emission),
        (paid[2], outcome.emission),
    ]
    if params.yuma3:
        pairs.append((dividends, raw.dividends))
    for number, (mine, its) in enumerate(pairs):
        assert mine.tolist() == its.tolist(), number
    clipped = stages.clip(weights, consensus)
    sums = [sum(values.tolist()) for _, values in clipped.rows()]
    assert sums == raw.validator_trust.tolist()
    assert stages.weights_for_bonds(weights, consensus, 65535).values.tolist() == (
        clipped.values.tolist()
    )


def test_threads_agree_while_the_lock_is_released() -> None:
    params, given = large()
    alone = yuma.epoch(params, given)
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda _: yuma.epoch(params, given), range(40)))
    assert all(outcome == alone for outcome in outcomes)


def test_the_lock_is_released() -> None:
    # One long epoch: 4 096 neurons, all of whom weigh 64.
    n = 4096
    columns = (np.arange(n)[:, None] + np.arange(1, 65)) % n
    weights = (np.arange(n + 1) * 64, columns.ravel(), np.ones(n * 64, dtype=np.uint16))
    given = yuma.Subnet(
        current_block=1000,
        rao_emission=10**9,
        stake_rao=np.arange(1, n + 1),
        last_update=np.full(n, 990),
        validator_permit=np.ones(n, dtype=bool),
        weights=weights,
    )
    done = threading.Event()

    def compute() -> None:
        for _ in range(5):
            yuma.epoch(yuma.Params(max_allowed_validators=n), given)
        done.set()

    thread = threading.Thread(target=compute)
    thread.start()
    turns = 0
    while not done.is_set():
        turns += 1
    thread.join()
    # With the lock held this thread would get a turn between epochs only.
    assert turns > 1000


def test_defaults_are_the_chains() -> None:
    params = _libyuma.default_params()
    assert yuma.Params() == yuma.Params(**params)
    assert {field.name for field in dataclasses.fields(yuma.Params)} == set(params)
    assert dataclasses.asdict(yuma.ScheduleState()) == _libyuma.default_schedule_state()
    chain = _libyuma.emission_defaults()
    assert dataclasses.asdict(yuma.EmissionGate()) == chain["gate"]
    assert dataclasses.asdict(yuma.FlowParameters()) == chain["flow"]
    assert dataclasses.asdict(yuma.Network()) == chain["network"]
    assert dataclasses.asdict(yuma.SubnetState(netuid=1)) == chain["subnet"]
    assert yuma.RULES[-1].id == yuma.Params().rules
    for rules in yuma.RULES:
        assert yuma.rules_for_spec_version(rules.spec_version) == rules.id


def test_representations() -> None:
    outcome = yuma.epoch(yuma.Params(), subnet())
    assert repr(outcome) == (
        "Outcome(rules='subtensor-475', n=4, active=4, permits=2, bonds=3, emission=999999998 rao)"
    )
    assert repr(subnet()).startswith("Subnet(n=4, current_block=1000, permits=2, weights=3")
    assert repr(outcome.raw) == "RawOutcome(n=4, ema_bonds=3)"


def test_an_empty_subnet() -> None:
    none = yuma.Subnet(
        current_block=1,
        rao_emission=5,
        stake=[],
        last_update=[],
        validator_permit=[],
        weights=None,
    )
    outcome = yuma.epoch(yuma.Params(), none)
    assert outcome.n == 0
    assert outcome.bonds_dense().shape == (0, 0)

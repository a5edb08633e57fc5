"""Canonical bytes and digests: there and back, and everything refused that no value encodes to."""

from __future__ import annotations

import copy
import dataclasses
import hashlib
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

import libyuma as yuma
import numpy as np
import pytest

SUBNET = yuma.Subnet(
    current_block=1000,
    last_step_block=640,
    rao_emission=1_000_000_000,
    stake_rao=[600, 400, 0, 0],
    last_update=[990] * 4,
    validator_permit=[True, True, False, False],
    weights=([0, 2, 3, 3, 3], [2, 3, 2], [65535, 32768, 65535]),
)
PARAMS = yuma.Params()
BUDGETS = yuma.NullBudgets(mining=2**64 - 1, dividend=5, fallback=0)
INPUT = yuma.encode_input(PARAMS, SUBNET)
NULL_INPUT = yuma.encode_input(PARAMS, SUBNET, BUDGETS)
DIGEST = yuma.input_digest(PARAMS, SUBNET)
EPOCH = yuma.epoch(PARAMS, SUBNET)
OUTCOME = yuma.encode_outcome(EPOCH, DIGEST)

ARRAYS = (
    *("active", "validator_permit", "stake_weight", "consensus", "incentive", "dividends"),
    *("validator_trust", "server_emission", "validator_emission", "emission"),
)

Decode = Callable[[Any], Any]
BOTH = [(yuma.decode_input, INPUT), (yuma.decode_input, NULL_INPUT), (yuma.decode_outcome, OUTCOME)]


def rows(chance: np.random.Generator, n: int, count: int) -> tuple[Any, Any, Any]:
    """Entries in any order, of any column, some of them twice."""
    offsets = np.sort(chance.integers(0, count + 1, n + 1))
    offsets[0], offsets[-1] = 0, count
    return offsets, chance.integers(0, 65536, count), chance.integers(0, 65536, count)


def random_input(seed: int) -> tuple[yuma.Params, yuma.Subnet, yuma.NullBudgets | None]:
    chance = np.random.default_rng(seed)

    def flag() -> bool:
        return bool(chance.integers(2))

    def u64() -> int:
        return int(chance.integers(0, 2**64, dtype=np.uint64)) >> int(chance.integers(64))

    n = int(chance.integers(1, 40))
    null = flag()
    params = yuma.Params(
        rules="subtensor-475" if null or flag() else "subtensor-425",
        **{name: u64() for name in ("tempo", "activity_cutoff", "stake_threshold")},
        bonds_moving_average=u64(),
        kappa=int(chance.integers(65536)),
        bonds_penalty=int(chance.integers(65536)),
        **{name: flag() for name in ("yuma3", "liquid_alpha", "commit_reveal")},
        alpha_low=int(chance.integers(65536)),
        alpha_high=int(chance.integers(65536)),
        alpha_sigmoid_steepness=int(chance.integers(-(2**15), 2**15)),
        max_allowed_validators=int(chance.integers(65536)),
        consensus_mode=("auto", "current", "previous")[chance.integers(3)],
    )
    subnet = yuma.Subnet(
        current_block=u64(),
        last_step_block=u64(),
        last_yuma_step_block=u64() if flag() else None,
        owner_uid=int(chance.integers(65536)) if flag() else None,
        rao_emission=u64(),
        stake=[(u64() >> 1) << 64 | u64() for _ in range(n)],
        last_update=[u64() for _ in range(n)],
        block_at_registration=[u64() for _ in range(n)],
        validator_permit=chance.integers(0, 2, n).astype(bool),
        commit_block=[u64() for _ in range(n)],
        weights=rows(chance, n, int(chance.integers(200))),
        bonds=rows(chance, n, int(chance.integers(200))),
        previous_consensus=chance.integers(0, 65536, chance.integers(n + 1)),
    )
    amounts = {name: u64() for name in ("mining", "dividend", "fallback")}
    return params, subnet, yuma.NullBudgets(**amounts) if null else None


@pytest.mark.parametrize("seed", range(100))
def test_there_and_back(seed: int) -> None:
    params, subnet, budgets = random_input(seed)
    data = yuma.encode_input(params, subnet, budgets)
    digest = yuma.input_digest(params, subnet, budgets)
    assert digest == hashlib.sha256(data).digest()
    decoded = yuma.decode_input(data)
    assert decoded == yuma.EpochInput(
        params=params, subnet=subnet, null_budgets=budgets, digest=digest
    )
    outcome = decoded.run()
    if budgets is None:
        assert outcome == yuma.epoch(params, subnet)
    else:
        assert outcome == yuma.null_epoch(params, subnet, budgets)

    data = yuma.encode_outcome(outcome, digest)
    assert yuma.outcome_digest(outcome, digest) == hashlib.sha256(data).digest()
    record = yuma.decode_outcome(data)
    assert (record.rules, record.input_digest) == (params.rules, digest)
    assert record.digest == yuma.outcome_digest(outcome, digest)
    for name in ARRAYS:
        mine, its = getattr(record, name), getattr(outcome, name)
        assert mine.dtype == its.dtype
        assert mine.tolist() == its.tolist(), name
    assert record.bonds.to_lists() == outcome.bonds.to_lists()
    assert [part.dtype for part in record.bonds] == [part.dtype for part in outcome.bonds]
    assert yuma.encode_outcome(record, digest) == data


def test_what_no_epoch_looks_at_is_not_encoded() -> None:
    more = SUBNET.replace(
        previous_consensus=[1, 2, 3, 4, 5, 6],
        weights=([0, 2, 3, 3, 3, 4], [2, 3, 2, 1], [65535, 32768, 65535, 7]),
        commit_block=[2**64 - 1] * 4,
    )
    assert yuma.encode_input(PARAMS, more) == yuma.encode_input(
        PARAMS, SUBNET.replace(previous_consensus=[1, 2, 3, 4])
    )


def test_every_input_has_its_own_digest() -> None:
    others = [
        (PARAMS.replace(kappa=5), SUBNET, None),
        (PARAMS.replace(rules="subtensor-425"), SUBNET, None),
        (PARAMS, SUBNET.replace(rao_emission=5), None),
        (PARAMS, SUBNET.replace(last_yuma_step_block=0), None),
        (PARAMS, SUBNET, BUDGETS),
        (PARAMS, SUBNET, yuma.NullBudgets.of_emission(SUBNET.rao_emission)),
    ]
    assert len({DIGEST, *(yuma.input_digest(*other) for other in others)}) == len(others) + 1
    assert yuma.outcome_digest(EPOCH, DIGEST) != yuma.outcome_digest(EPOCH, bytes(32))


@pytest.mark.parametrize(("decode", "data"), BOTH)
def test_any_bytes(decode: Decode, data: bytes) -> None:
    decoded = decode(data)
    held = [bytearray(data), memoryview(data), memoryview(bytearray(data))]
    held += [memoryview(b"x" + data)[1:], np.frombuffer(data, dtype=np.uint8)]
    doubled = np.frombuffer(data, dtype=np.uint8).repeat(2)
    held += [doubled[::2]]
    for form in held:
        assert decode(form) == decoded
    assert yuma.encode_outcome(EPOCH, bytearray(DIGEST)) == OUTCOME
    assert yuma.outcome_digest(EPOCH, memoryview(DIGEST)) == yuma.outcome_digest(EPOCH, DIGEST)


@pytest.mark.parametrize(("decode", "data"), BOTH)
def test_truncated_and_longer(decode: Decode, data: bytes) -> None:
    for length in range(len(data)):
        with pytest.raises(yuma.YumaError) as caught:
            decode(data[:length])
        error = caught.value
        assert (error.code, error.field, error.index) == ("length", "bytes", length)
        assert error.limit is not None
        assert length < error.limit <= len(data)
    for more in (b"\0", data):
        with pytest.raises(yuma.YumaError) as caught:
            decode(data + more)
        error = caught.value
        assert (error.code, error.field) == ("length", "bytes")
        assert (error.index, error.limit) == (len(data) + len(more), len(data))


def encoded(decoded: Any) -> bytes:
    if isinstance(decoded, yuma.EpochInput):
        return yuma.encode_input(decoded.params, decoded.subnet, decoded.null_budgets)
    assert isinstance(decoded, yuma.OutcomeRecord)
    return yuma.encode_outcome(decoded, decoded.input_digest)


@pytest.mark.parametrize(("decode", "data"), BOTH)
def test_every_changed_byte_is_refused_or_another_value(decode: Decode, data: bytes) -> None:
    refused = set()
    before = decode(data)
    for offset, byte in enumerate(data):
        for change in (1, 2, 128, 255):
            changed = bytearray(data)
            changed[offset] = byte ^ change
            try:
                decoded = decode(changed)
            except yuma.YumaError as error:
                refused.add(error.code)
            else:
                assert decoded.digest != before.digest
                assert encoded(decoded) == changed
    assert refused >= {"not_canonical", "unknown_rules", "length"}


@pytest.mark.parametrize(
    ("decode", "data", "offset", "value", "error"),
    [
        (yuma.decode_input, INPUT, 0, b"Y", ("not_canonical", "magic", 0, 0x79)),
        (yuma.decode_input, INPUT, 4, b"\2", ("not_canonical", "version", 4, 1)),
        (yuma.decode_input, OUTCOME, 0, b"", ("not_canonical", "content", 5, 1)),
        (yuma.decode_outcome, INPUT, 0, b"", ("not_canonical", "content", 5, 2)),
        (yuma.decode_input, INPUT, 6, b"\xdc", ("unknown_rules", "rules", 476, 475)),
        (yuma.decode_input, NULL_INPUT, 6, b"\xa9", ("not_in_rules", "null_budgets", 425, 475)),
        (yuma.decode_input, INPUT, 20, b"\5", ("not_canonical", "previous_consensus", 20, 4)),
        (yuma.decode_input, INPUT, 22, b"\2", ("not_canonical", "mode", 22, 1)),
        (yuma.decode_input, INPUT, 51, b"\2", ("not_canonical", "yuma3", 51, 1)),
        (yuma.decode_input, INPUT, 70, b"\3", ("not_canonical", "consensus_mode", 70, 2)),
        (yuma.decode_input, INPUT, 112, b"\xff", ("negative", "stake", 0, 0)),
        (yuma.decode_outcome, OUTCOME, 48, b"\2", ("not_canonical", "active", 48, 1)),
        (yuma.decode_outcome, OUTCOME, 192, b"\4", ("not_canonical", "bonds", 192, 3)),
    ],
)
def test_what_is_wrong(
    decode: Decode, data: bytes, offset: int, value: bytes, error: tuple[Any, ...]
) -> None:
    changed = data[:offset] + value + data[offset + len(value) :]
    with pytest.raises(yuma.YumaError) as caught:
        decode(changed)
    raised = caught.value
    assert (raised.code, raised.field, raised.index, raised.limit) == error
    assert isinstance(raised, yuma.RulesError) == error[0].endswith("rules")
    assert str(raised)
    again = pickle.loads(pickle.dumps(raised))
    assert (again.code, again.index) == (raised.code, raised.index)


BOUNDED = """
import resource
import sys

import libyuma

pages = int(open("/proc/self/statm").read().split()[0])
limit = pages * resource.getpagesize() + (64 << 20)
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
for decode, text in zip((libyuma.decode_input, libyuma.decode_outcome), sys.argv[1:]):
    try:
        decode(bytes.fromhex(text))
    except libyuma.YumaError as error:
        print(error.code, error.field)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc")
def test_memory_is_bounded_by_the_bytes() -> None:
    # 65 535 neurons and 2^32 − 1 entries of each matrix, in a few hundred bytes.
    given = INPUT[:10] + b"\xff" * 10 + INPUT[20:]
    outcome = OUTCOME[:42] + b"\xff" * 6 + OUTCOME[48:]
    command = [sys.executable, "-c", BOUNDED, given.hex(), outcome.hex()]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "length bytes\nlength bytes\n"


def test_outcomes_that_do_not_fit_together() -> None:
    record = yuma.decode_outcome(OUTCOME)
    changes: list[tuple[dict[str, Any], tuple[Any, ...]]] = [
        ({name: getattr(record, name)[:3]}, ("length", name, 3, 4))
        for name in ARRAYS
        if name != "validator_permit"
    ]
    changes += [
        # It is what the others are measured by.
        ({"validator_permit": record.validator_permit[:3]}, ("length", "active", 4, 3)),
        ({"bonds": yuma.Rows.of("bonds", None, 3)}, ("length", "bonds", 3, 4)),
        ({"bonds": record.bonds[:2]}, ("length", "bonds", 2, 3)),
        ({"bonds": record.bonds._replace(offsets=[0, 3, 1, 3, 3])}, ("offsets", "bonds", 2, 3)),
        ({"bonds": record.bonds._replace(values=[1])}, ("entries", "bonds", 3, 1)),
        ({"incentive": [0, 0, 65536, 0]}, ("range", "incentive", 2, 65535)),
        ({"emission": [0, -1, 0, 0]}, ("negative", "emission", 1, 0)),
        ({"emission": record.emission.astype(float)}, ("type", "emission", None, None)),
        ({"active": [1, 1, 1, 1]}, ("type", "active", 0, None)),
        ({"rules": "subtensor-1"}, ("unknown_rules", "rules", None, 475)),
    ]
    for function in (yuma.encode_outcome, yuma.outcome_digest):
        for change, error in changes:
            with pytest.raises(yuma.YumaError) as caught:
                function(dataclasses.replace(record, **change), DIGEST)
            raised = caught.value
            assert (raised.code, raised.field, raised.index, raised.limit) == error


def test_what_an_epoch_refuses_is_not_encoded() -> None:
    short = SUBNET.replace(commit_block=[1, 2])
    for function in (yuma.encode_input, yuma.input_digest):
        function(PARAMS, short)
        with pytest.raises(yuma.YumaError) as caught:
            function(PARAMS.replace(commit_reveal=True), short)
        assert (caught.value.code, caught.value.field) == ("length", "commit_block")
        with pytest.raises(yuma.RulesError) as caught:
            function(PARAMS.replace(rules="subtensor-425"), SUBNET, BUDGETS)
        assert (caught.value.code, caught.value.field) == ("not_in_rules", "null_budgets")


def test_decoded_values_are_frozen_and_picklable() -> None:
    record, given = yuma.decode_outcome(OUTCOME), yuma.decode_input(NULL_INPUT)
    for again in (pickle.loads(pickle.dumps(record)), copy.copy(record), copy.deepcopy(record)):
        assert again == record
        for array in (*(getattr(again, name) for name in ARRAYS), *again.bonds):
            with pytest.raises(ValueError, match="read-only"):
                array[:] = 0
    for again in (pickle.loads(pickle.dumps(given)), copy.copy(given), copy.deepcopy(given)):
        assert again == given
        assert again.run() == given.run()
    with pytest.raises(dataclasses.FrozenInstanceError):
        record.rules = "subtensor-425"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        given.null_budgets = None  # type: ignore[misc]
    assert record != yuma.decode_outcome(yuma.encode_outcome(EPOCH, bytes(32)))
    assert record != EPOCH
    assert repr(record).startswith("OutcomeRecord(rules='subtensor-475', n=4, permits=2, bonds=3, ")
    assert record.bonds_dense().tolist() == EPOCH.bonds_dense().tolist()


def test_no_neuron() -> None:
    none = yuma.Subnet(
        current_block=1,
        rao_emission=5,
        stake=[],
        last_update=[],
        validator_permit=[],
        weights=None,
    )
    data = yuma.encode_input(PARAMS, none)
    assert len(data) == 97
    decoded = yuma.decode_input(data)
    assert decoded.subnet.n == 0
    assert encoded(decoded) == data
    outcome = yuma.encode_outcome(decoded.run(), decoded.digest)
    assert len(outcome) == 48
    assert yuma.decode_outcome(outcome).n == 0


def test_the_lock_is_released() -> None:
    # Some megabytes to hash: 4 096 neurons, all of whom weigh 256.
    n = 4096
    columns = (np.arange(n)[:, None] + np.arange(1, 257)) % n
    large = yuma.Subnet(
        current_block=1000,
        rao_emission=10**9,
        stake_rao=np.arange(1, n + 1),
        last_update=np.full(n, 990),
        validator_permit=np.ones(n, dtype=bool),
        weights=(np.arange(n + 1) * 256, columns.ravel(), np.ones(n * 256, dtype=np.uint16)),
    )
    data = yuma.encode_input(PARAMS, large)
    for compute in (
        lambda: yuma.input_digest(PARAMS, large),
        lambda: yuma.decode_input(data),
    ):
        done = threading.Event()

        def repeat(compute: Callable[[], Any] = compute, done: threading.Event = done) -> None:
            for _ in range(10):
                compute()
            done.set()

        thread = threading.Thread(target=repeat)
        thread.start()
        turns = 0
        while not done.is_set():
            turns += 1
        thread.join()
        # With the lock held this thread would get a turn between calls only.
        assert turns > 1000

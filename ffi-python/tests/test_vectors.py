"""Every golden vector through the package's public functions, and the runner itself."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from libyuma import vectors

DATA = Path(__file__).parents[2] / "vectors" / "data"
FILES = sorted(path for path in DATA.glob("*/*.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(DATA)))
def test_file(path: Path) -> None:
    file = vectors.read(path)
    report = vectors.run(file)
    assert not report.failed
    assert report.passed == len(file["cases"])


# Of kinds whose rules did not change, the older files hold under the newer rules too.
UNCHANGED = {"epoch", "epoch-error", "fixed-arith", "transcendental", "pow-normalize"}
UNCHANGED |= {"block-emission", "moving-price", "flow-shares", "root-proportion"}
UNCHANGED |= {"root-sell-flag", "subnet-terms", "pending-split", "parent-child-dividends"}
UNCHANGED |= {"stake-weights", "mechanism-index", "weights-upscale", "weights-max-limited"}
UNCHANGED |= {"weights-set", "weights-commit-hash"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(DATA)))
def test_older_file_under_newer_rules(path: Path) -> None:
    file = vectors.read(path)
    if file["rules"] == "subtensor-425" and file["kind"] in UNCHANGED:
        assert not vectors.run({**file, "rules": "subtensor-475"}).failed


def test_every_kind_that_is_indexed() -> None:
    index = json.loads((DATA / "index.json").read_text())
    listed = index["files"] if isinstance(index, dict) else index
    assert len(listed) == len(FILES)
    for entry in listed:
        rules = vectors.KINDS[entry["kind"]][0]
        assert entry["rules"] in rules, entry


def test_every_kind_has_a_vector() -> None:
    kinds = {vectors.read(path)["kind"] for path in FILES}
    assert kinds == set(vectors.KINDS)


def broken(path: Path, change: Any) -> dict[str, Any]:
    file = vectors.read(path)
    change(file["cases"][0])
    return file


def test_a_wrong_expectation_is_found() -> None:
    def change(case: dict[str, Any]) -> None:
        bits = case["expect"]["raw"]["consensus"]
        bits[2] = str(int(bits[2]) + 1)

    report = vectors.run(broken(DATA / "epoch" / "features.json", change))
    assert len(report.failed) == 1
    assert report.failed[0][1].startswith("raw.consensus[2]: expected ")


def test_a_number_is_no_bool() -> None:
    assert vectors.first_difference({"a": 1}, {"a": True}) == "a: expected 1, computed true"
    assert vectors.first_difference([1], [1, 2]) == "[1]: expected nothing, computed 2"
    assert vectors.first_difference({"a": {"b": [{"c": 1}]}}, {"a": {"b": [{"c": 2}]}}) == (
        "a.b[0].c: expected 1, computed 2"
    )


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "libyuma.vectors", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_command(tmp_path: Path) -> None:
    path = DATA / "edges" / "coinbase.json"
    done = run(path)
    assert done.returncode == 0
    lines = [f"{path}: coinbase, subtensor-425: 4 of 4 passed", "4 passed, 0 failed"]
    assert done.stdout.splitlines() == lines

    packed = tmp_path / "packed.json.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert run(packed).returncode == 0

    for content, message in (
        ("{", "Expecting"),
        ('{"schema": "other/1", "cases": []}', "schema `other/1`, not `yuma-vectors/1`"),
        ('{"schema": "yuma-vectors/1", "cases": []}', "no case"),
    ):
        wrong = tmp_path / "wrong.json"
        wrong.write_text(content)
        done = run(wrong, path)
        assert done.returncode == 1
        assert message in done.stdout
        assert done.stdout.splitlines()[-1] == "4 passed, 1 failed"

    unknown = json.loads(path.read_text()) | {"kind": "unheard"}
    wrong.write_text(json.dumps(unknown))
    done = run(wrong)
    assert done.returncode == 1
    assert "  and " not in done.stdout
    assert "unknown kind `unheard`" in done.stdout
    assert run().returncode == 2

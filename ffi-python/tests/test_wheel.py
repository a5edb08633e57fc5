"""The wheel in an environment with nothing but NumPy."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

WHEEL = os.environ.get("LIBYUMA_WHEEL")
pytestmark = pytest.mark.skipif(WHEEL is None, reason="LIBYUMA_WHEEL names no wheel")

SCRIPT = """
import importlib.metadata
import sys

import libyuma
from libyuma import fixed, stages, vectors

subnet = libyuma.Subnet(
    current_block=1000, last_step_block=640, rao_emission=1_000_000_000,
    stake_rao=[600, 400, 0, 0], last_update=[990] * 4,
    validator_permit=[True, True, False, False],
    weights=([0, 2, 3, 3, 3], [2, 3, 2], [65535, 32768, 65535]),
)
outcome = libyuma.epoch(libyuma.Params(), subnet)
assert outcome.incentive.tolist() == [0, 0, 50411, 15123]
assert outcome.bonds_dense().shape == (4, 4)
installed = {package.metadata["Name"].lower() for package in importlib.metadata.distributions()}
assert installed == {"libyuma", "numpy"}, installed
sys.exit(vectors.main(sys.argv[1:]))
"""


def test_a_clean_environment(tmp_path: Path) -> None:
    assert WHEEL is not None
    python = tmp_path / "venv" / "bin" / "python"
    venv.create(tmp_path / "venv", with_pip=False)
    # pip from outside, so that the environment holds nothing else.
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    subprocess.run([*pip, WHEEL], check=True)
    data = Path(__file__).parents[2] / "vectors" / "data"
    files = [str(data / "edges" / "coinbase.json"), str(data / "subtensor-475" / "epoch.json")]
    subprocess.run([str(python), "-c", SCRIPT, *files], check=True, cwd=tmp_path)


def test_contents() -> None:
    assert WHEEL is not None
    names = zipfile.ZipFile(WHEEL).namelist()
    assert {"libyuma/py.typed", "libyuma/_libyuma.pyi", "libyuma/_libyuma.abi3.so"} <= set(names)
    assert not [name for name in names if "test" in name or "__pycache__" in name]
    assert "-abi3-" in Path(WHEEL).name

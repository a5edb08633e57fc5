"""The examples run, and print integers only."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.py"))
SAID = {
    "audit_emission": [
        "from 10500000000000000 rao: 500000000 rao per block",
        "a block of 500000000 rao by subtensor-475",
        "not a rao lost",
    ],
    "predict_rewards": [
        "block 5000404: dividends 45489 of 65535, 57457893452 rao",
        "block 5000404: dividends 32853 of 65535, 41497004787 rao",
    ],
    "what_if_kappa": ["kappa 19660: 55 miners with incentive, the largest 3991 of 65535"],
    "yuma2_or_yuma3": ["Yuma 3, liquid alpha", "dividends of validator 227"],
}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_example(example: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(example)]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    for text in SAID[example.stem]:
        assert text in ran.stdout
    assert not re.search(r"\d\.\d", ran.stdout)


def test_every_example_is_known() -> None:
    assert {example.stem for example in EXAMPLES} == set(SAID)

"""What this README and the project's say runs and prints what it says."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("typer")
pytest.importorskip("rich")

HERE = Path(__file__).parents[1]
README = (HERE / "README.md").read_text(encoding="utf-8")
SECTIONS = "".join(
    README.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    for title in ("Command line", "Plots")
)


def _blocks(language: str) -> list[str]:
    blocks: list[str] = re.findall(rf"^```{language}\n(.*?)^```", SECTIONS, re.M | re.S)
    assert blocks
    return blocks


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "vectors").symlink_to(HERE.parent / "vectors")
    return tmp_path


def _run(folder: Path, *arguments: str) -> str:
    command = [sys.executable, *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    assert (ran.returncode, ran.stderr) == (0, ""), arguments
    return ran.stdout


def _yuma(folder: Path, line: str) -> str:
    words = shlex.split(line, comments=True)
    assert words[0] == "yuma"
    if words[1] == "plot":
        pytest.importorskip("matplotlib")
    return _run(folder, "-m", "libyuma", *words[1:])


def test_the_projects_readme_prints_what_it_says(folder: Path) -> None:
    text = (HERE.parent / "README.md").read_text(encoding="utf-8")
    screen = text.partition("\n## Python\n")[2].partition("\n## ")[0]
    (program,) = re.findall(r"^```python\n(.*?)^```", screen, re.M | re.S)
    (shown,) = re.findall(r"^```text\n(.*?)^```", screen, re.M | re.S)
    assert _run(folder, "-c", program) == shown


def test_commands_run(folder: Path) -> None:
    for block in _blocks("sh"):
        for line in block.splitlines():
            _yuma(folder, line)


def test_output_is_shown_as_it_is(folder: Path) -> None:
    for block in _blocks("text"):
        command, _, shown = block.partition("\n")
        printed = _yuma(folder, command.removeprefix("$ "))
        assert [line.rstrip() for line in printed.splitlines()] == shown.splitlines()


def test_plots_run(folder: Path) -> None:
    pytest.importorskip("matplotlib")
    for block in _blocks("python"):
        _run(folder, "-W", "error::RuntimeWarning", "-c", block)
    pictures = {path.stem for path in folder.glob("*.png")}
    assert pictures == {"shares", "bonds", "clipping", "history", "issuance"}

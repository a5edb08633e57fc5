"""The types: mypy --strict over the package, and the stub against the extension module."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parents[1]


def run(*arguments: str) -> None:
    environment = {**os.environ, "MYPYPATH": str(HERE / "python")}
    done = subprocess.run(
        [sys.executable, "-m", *arguments, f"--{flag(arguments)}={HERE / 'pyproject.toml'}"],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=HERE,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def flag(arguments: tuple[str, ...]) -> str:
    return "mypy-config-file" if arguments[0] == "mypy.stubtest" else "config-file"


def test_package() -> None:
    pytest.importorskip("mypy")
    run("mypy", "-p", "libyuma")


def test_stub() -> None:
    pytest.importorskip("mypy")
    run("mypy.stubtest", "libyuma._libyuma")

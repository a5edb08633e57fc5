"""The exported names are those of the list, and each is documented with an example that runs."""

from __future__ import annotations

import doctest
import importlib
import inspect
import json
from pathlib import Path
from typing import Any

import libyuma
import pytest
from libyuma import fixed, stages

LIST = json.loads((Path(__file__).parent / "names.json").read_text())


def names(*sections: str) -> list[str]:
    return sorted(name for section in sections for name in LIST[section])


def test_exported_names() -> None:
    exported = names("functions", "classes", "constants", "modules", "python")
    assert sorted(libyuma.__all__) == exported
    assert sorted(fixed.__all__) == names("fixed")
    assert sorted(stages.__all__) == names("stages")
    for name in libyuma.__all__:
        assert hasattr(libyuma, name)


def test_names_that_every_language_has() -> None:
    shared = json.loads((Path(__file__).parents[2] / "vectors" / "functions.json").read_text())
    del shared["comment"]
    assert set(shared.pop("fixed")) <= set(LIST["fixed"])
    assert {name for chapter in shared.values() for name in chapter} <= set(LIST["functions"])


def test_every_function_has_its_bad_input() -> None:
    from test_bad_input import CASES

    listed = names("functions")
    listed += [f"fixed.{name}" for name in names("fixed")]
    listed += [f"stages.{name}" for name in names("stages")]
    assert sorted(CASES) == sorted(listed)


def documented() -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = [
        (name, getattr(libyuma, name)) for name in names("functions", "classes")
    ]
    found += [(f"fixed.{name}", getattr(fixed, name)) for name in names("fixed")]
    found += [(f"stages.{name}", getattr(stages, name)) for name in names("stages")]
    return found


@pytest.mark.parametrize(("name", "thing"), documented(), ids=lambda value: str(value)[:40])
def test_documentation(name: str, thing: Any) -> None:
    text = inspect.getdoc(thing)
    assert text, name
    if inspect.isfunction(thing):
        assert ">>>" in text, f"{name} has no example"


MODULES = ["errors", "fixed", "stages", "vectors", "_rows", "_params", "_subnet", "_outcome"]
MODULES += ["_epoch", "_rules", "_emission", "_distribution", "_mechanisms", "_schedule"]
MODULES += ["_submission", "_digest"]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    done = doctest.testmod(importlib.import_module(f"libyuma.{name}"))
    assert done.failed == 0

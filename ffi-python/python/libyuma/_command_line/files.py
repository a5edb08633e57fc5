"""What a command is given: a file of vectors, a bare input, or standard input."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from .._params import Params
from .._rules import NEWEST
from .._subnet import Subnet
from ..errors import YumaError

SCHEMA = "yuma-vectors/1"
STDIN = "-"


class InputError(Exception):
    """Something wrong with an argument or a file, in one line."""


@dataclass(frozen=True, slots=True)
class Case:
    """One input out of a file."""

    path: str
    name: str
    rules: str
    input: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Given:
    """A subnet, and what to compute it with."""

    name: str
    params: Params
    subnet: Subnet


@contextmanager
def named(path: str) -> Iterator[None]:
    """Puts the file's name before what is refused in it."""
    try:
        yield
    except YumaError as error:
        raise InputError(f"{path}: {in_one_line(error)}") from None
    except KeyError as error:
        raise InputError(f"{path}: missing field {error.args[0]}") from None
    except (LookupError, TypeError, ValueError) as error:
        raise InputError(f"{path}: {' '.join(str(error).split())}") from None


_POSITION = ("type", "range", "negative", "repeated", "order", "offsets")
"""The codes of errors whose index is a position."""


def in_one_line(error: YumaError) -> str:
    """An error's message, with field and index where it does not name them itself."""
    message = " ".join(str(error).split())
    indexed = error.index is not None and error.code in _POSITION
    place = f"{error.field}[{error.index}]" if indexed else error.field
    if place in message:
        return message
    return f"{message} ({place})" if error.field in message else f"{place}: {message}"


def read_text(path: str) -> str:
    """The text of a file, of a gzipped one, or of standard input for ``-``."""
    try:
        if path == STDIN:
            return sys.stdin.read()
        if path.endswith(".gz"):
            with gzip.open(path, "rt", encoding="utf-8") as file:
                return file.read()
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (OSError, EOFError) as error:
        raise InputError(f"{path}: {getattr(error, 'strerror', None) or error}") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: not a text in UTF-8") from None


def read_object(path: str) -> Mapping[str, Any]:
    """The JSON object in a file."""
    try:
        value = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise InputError(f"{path}: {where}: {error.msg}") from None
    except ValueError as error:
        raise InputError(f"{path}: {error}") from None
    except RecursionError:
        raise InputError(f"{path}: nested too deep") from None
    if not isinstance(value, dict):
        raise InputError(f"{path}: not a JSON object")
    return value


def read_case(path: str, kind: str | tuple[str, ...], name: str | None, rules: str | None) -> Case:
    """One case of a file of vectors, the first unless named; or a case or an input by itself."""
    given = read_object(path)
    if "cases" not in given:
        if name is not None:
            raise InputError(f"{path}: no case `{name}`, a single input only")
        own = str(given.get("name", path))
        inner = given.get("input", given)
        return Case(path, own, rules or str(given.get("rules", NEWEST)), _object(path, inner))
    found = _case(path, given, kind, name)
    own = str(found.get("name"))
    return Case(path, own, rules or str(found["rules"]), _object(path, found.get("input")))


def read_snapshot(path: str, name: str | None) -> Mapping[str, Any]:
    """A snapshot, or a case of a file of vectors as one."""
    given = read_object(path)
    if "cases" not in given and name is None:
        return given
    return _case(path, given, "epoch", name)


def read_subnet(path: str, name: str | None, rules: str | None) -> Given:
    """The subnet and the parameters of a case of kind ``epoch``."""
    case = read_case(path, "epoch", name, rules)
    with named(path):
        params = Params.from_json(case.input, rules=case.rules)
        return Given(case.name, params, Subnet.from_json(case.input))


def _case(
    path: str, given: Mapping[str, Any], kind: str | tuple[str, ...], name: str | None
) -> Mapping[str, Any]:
    """A case of a file of vectors, with the file's rules. ``kind``: one, or those that will do."""
    kinds = (kind,) if isinstance(kind, str) else kind
    if given.get("schema") != SCHEMA:
        raise InputError(f"{path}: schema `{given.get('schema')}`, not `{SCHEMA}`")
    if given.get("kind") not in kinds:
        wanted = " or ".join(f"`{kind}`" for kind in kinds)
        raise InputError(f"{path}: kind `{given.get('kind')}`, not {wanted}")
    cases = given.get("cases")
    for case in cases if isinstance(cases, list) else []:
        if isinstance(case, dict) and name in (None, case.get("name")):
            return {"rules": given.get("rules"), **case}
    raise InputError(f"{path}: no case" if name is None else f"{path}: no case `{name}`")


def _object(path: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise InputError(f"{path}: the input is not an object")
    return value

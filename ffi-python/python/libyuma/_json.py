"""The vectors' own input format: integers as strings where they may exceed 2^53."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

from . import _libyuma
from .errors import refusal

Source: TypeAlias = Mapping[str, Any] | str | bytes


class _Kind(NamedTuple):
    read: Callable[[str, Any], Any]
    write: Callable[[Any], Any]
    required: bool = True


def source(case: Source) -> Mapping[str, Any]:
    """The input of a case: of the case itself, of its input, or of either as JSON text."""
    if isinstance(case, (str, bytes)):
        case = json.loads(case)
    if not isinstance(case, Mapping):
        raise _wrong("", None, "the input must be an object")
    inner = case.get("input", case)
    if not isinstance(inner, Mapping):
        raise _wrong("input", None, "input must be an object")
    return inner


def read(given: Mapping[str, Any], fields: Mapping[str, _Kind]) -> dict[str, Any]:
    """The fields that are there, as values. One that has to be and is not is refused."""
    values = {}
    for field, kind in fields.items():
        if field in given:
            values[field] = kind.read(field, given[field])
        elif kind.required:
            raise refusal("missing", field, None, None, f"missing field {field}")
    return values


def read_subnet(given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a subnet. Rows that are not listed are empty, up to the last neuron's."""
    values = read(given, SUBNET)
    for field in ("weights", "bonds"):
        offsets = values[field][0]
        if isinstance(given[field], list):
            offsets.extend([offsets[-1]] * (values["n"] + 1 - len(offsets)))
    return values


def write(values: Any, fields: Mapping[str, _Kind]) -> dict[str, Any]:
    """The fields of an object as JSON has them."""
    return {field: kind.write(getattr(values, field)) for field, kind in fields.items()}


def _wrong(field: str, index: int | None, message: str) -> Exception:
    return refusal("type", field, index, None, message)


def decimal(field: str, text: Any, index: int | None = None) -> int:
    """An integer written as a plain decimal string."""
    if isinstance(text, str) and text.isascii():
        digits = text.removeprefix("-")
        plain = digits.isdigit() and (digits == "0" or not digits.startswith("0")) and text != "-0"
        # No field is wider than 128 bits; longer strings are out of any range.
        if plain:
            return int(text) if len(digits) < 60 else int(text[:60])
    raise _wrong(field, index, f"{_at(field, index)}: {text!r} is not a decimal string")


def _at(field: str, index: int | None) -> str:
    return field if index is None else f"{field}[{index}]"


def number(kind: str) -> Callable[[str, Any], int]:
    """Reads a JSON number of this integer type."""

    def read_number(field: str, value: Any) -> int:
        if type(value) is not int:
            raise _wrong(field, None, f"{field}: {value!r} is not an integer")
        return _libyuma.check_integer(field, value, kind)

    return read_number


def _flag(field: str, value: Any) -> bool:
    return _libyuma.check_flag(field, value)


def _amount(field: str, value: Any) -> int:
    return _libyuma.check_integer(field, decimal(field, value), "u64")


def _list(field: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _wrong(field, None, f"{field}: {value!r} is not a list")
    return value


def _decimals(field: str, value: Any) -> list[int]:
    return [decimal(field, text, index) for index, text in enumerate(_list(field, value))]


def _amounts(field: str, value: Any) -> Any:
    return _libyuma.array_u64(field, _decimals(field, value))


def _shares(field: str, value: Any) -> Any:
    return _libyuma.array_u16(field, _list(field, value))


def _stake(field: str, value: Any) -> Any:
    return _libyuma.stake_halves(_decimals(field, value))


def _flags(field: str, value: Any) -> Any:
    return _libyuma.array_bool(field, _list(field, value))


def _optional(inner: Callable[[str, Any], Any]) -> Callable[[str, Any], Any]:
    return lambda field, value: None if value is None else inner(field, value)


def _mode(field: str, value: Any) -> str:
    if value not in ("auto", "current", "previous"):
        raise _wrong(field, None, f"{field}: {value!r} is not a consensus mode")
    return str(value)


def _matrix(field: str, value: Any) -> tuple[list[int], list[int], list[int]]:
    """Rows from ``[[uid, [[column, value], …]], …]``, or from an object of the three lists."""
    if isinstance(value, dict):
        lists = []
        for part in ("offsets", "columns", "values"):
            if part not in value:
                name = f"{field}.{part}"
                raise refusal("missing", name, None, None, f"missing field {name}")
            lists.append(_list(f"{field}.{part}", value[part]))
        return lists[0], lists[1], lists[2]
    offsets: list[int] = [0]
    columns: list[int] = []
    values: list[int] = []
    before = -1
    for position, row in enumerate(_list(field, value)):
        try:
            uid, entries = row
            pairs = [(column, weight) for column, weight in entries]
        except (TypeError, ValueError):
            message = f"{field}[{position}] is not [uid, [[column, value], …]]"
            raise _wrong(field, position, message) from None
        for integer in (uid, *(part for pair in pairs for part in pair)):
            _u16_of_row(field, position, integer)
        if uid <= before:
            code = "repeated" if uid == before else "order"
            message = f"{field}[{position}]: row {uid} after row {before}"
            raise refusal(code, field, position, None, message)
        before = uid
        offsets.extend([len(columns)] * (uid + 1 - len(offsets)))
        columns.extend(column for column, _ in pairs)
        values.extend(weight for _, weight in pairs)
        offsets.append(len(columns))
    return offsets, columns, values


def _u16_of_row(field: str, position: int, value: Any) -> None:
    if type(value) is not int:
        raise _wrong(field, position, f"{field}[{position}]: {value!r} is not an integer")
    if not 0 <= value <= 65535:
        code, limit = ("negative", 0) if value < 0 else ("range", 65535)
        raise refusal(code, field, position, limit, f"{field}[{position}]: {value} is no uint16")


def _same(value: Any) -> Any:
    return value


def _texts(values: Any) -> list[str]:
    return [str(value) for value in values.tolist()]


def _optional_text(value: Any) -> str | None:
    return None if value is None else str(value)


_U16 = _Kind(number("u16"), _same)
_U64 = _Kind(_amount, str)
_FLAG = _Kind(_flag, _same)
_BLOCKS = _Kind(_amounts, _texts)
_MATRIX = _Kind(_matrix, lambda rows: rows.to_lists())

PARAMS: dict[str, _Kind] = {
    "tempo": _U64,
    "activity_cutoff": _U64,
    "kappa": _U16,
    "bonds_penalty": _U16,
    "bonds_moving_average": _U64,
    "yuma3": _FLAG,
    "liquid_alpha": _FLAG,
    "commit_reveal": _FLAG,
    "alpha_low": _U16,
    "alpha_high": _U16,
    "alpha_sigmoid_steepness": _Kind(number("i16"), _same),
    "max_allowed_validators": _U16,
    "stake_threshold": _U64,
    "consensus_mode": _Kind(_mode, _same, required=False),
}

SUBNET: dict[str, _Kind] = {
    "n": _U16,
    "current_block": _U64,
    "last_step_block": _U64,
    "owner_uid": _Kind(_optional(number("u16")), _same),
    "rao_emission": _U64,
    "stake": _Kind(_stake, lambda stake: [str(bits) for bits in _libyuma.stake_bits(stake)]),
    "last_update": _BLOCKS,
    "block_at_registration": _BLOCKS,
    "validator_permit": _Kind(_flags, lambda flags: flags.tolist()),
    "commit_block": _Kind(
        _optional(_amounts), lambda blocks: None if blocks is None else _texts(blocks)
    ),
    "weights": _MATRIX,
    "bonds": _MATRIX,
    "previous_consensus": _Kind(_shares, lambda shares: shares.tolist(), required=False),
    "last_yuma_step_block": _Kind(_optional(_amount), _optional_text, required=False),
}

BUDGETS: dict[str, _Kind] = {f"{name}_budget": _U64 for name in ("mining", "dividend", "fallback")}
"""Those of a Null epoch."""

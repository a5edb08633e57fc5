"""Accounts as the caller has them, numbered for core."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .errors import refusal

ZERO_ACCOUNT: bytes = bytes(32)
"""The account of 32 zero bytes, which owns whatever nobody owns."""


class Accounts:
    """Accounts in ascending order, each once; core knows one by its place."""

    def __init__(self, field: str, named: Iterable[Any]) -> None:
        try:
            self._accounts = sorted(set(named))
        except TypeError as error:
            raise refusal("type", field, None, None, f"{field}: {error}") from None
        if len(self._accounts) > 65536:
            message = f"{field}: more than 65536 accounts"
            raise refusal("range", field, len(self._accounts), 65536, message)
        self._places = {account: place for place, account in enumerate(self._accounts)}

    def __len__(self) -> int:
        return len(self._accounts)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._accounts)

    def __getitem__(self, place: int) -> Any:
        return self._accounts[place]

    def place(self, account: Any) -> int:
        """The place of an account that was named."""
        return self._places[account]


class Coldkeys:
    """Coldkeys in the order of appearance, after the zero account; core only compares them."""

    def __init__(self) -> None:
        self._places: dict[Any, int] = {ZERO_ACCOUNT: 0}

    def __len__(self) -> int:
        return len(self._places)

    def place(self, account: Any) -> int:
        """The number of a coldkey, a new one if it is new."""
        try:
            return self._places.setdefault(account, len(self._places))
        except TypeError as error:
            raise refusal("type", "coldkey", None, None, f"coldkey: {error}") from None

    def accounts(self) -> list[Any]:
        """All coldkeys by their number."""
        return list(self._places)


def listed(field: str, value: Any) -> list[Any]:
    """The elements of a list or a set; text and mappings are none."""
    if not isinstance(value, (str, bytes, Mapping)):
        try:
            return list(value)
        except TypeError:
            pass
    message = f"{field} must be a list, not {type(value).__name__}"
    raise refusal("type", field, None, None, message)


def attribute(field: str, value: Any, name: str) -> Any:
    """An attribute that the elements of a list must have."""
    try:
        return getattr(value, name)
    except AttributeError:
        message = f"{field}: {type(value).__name__} has no {name}"
        raise refusal("type", field, None, None, message) from None

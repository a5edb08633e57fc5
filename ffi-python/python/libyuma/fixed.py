"""The number formats and their functions (``numbers.md``), for audits.

Values are the raw bits of a fixed-point number as Python integers, formats go by name:

==========  =======================  ==========================
format      raw bits                 value
==========  =======================  ==========================
``i32f32``  signed, 64 bits          raw / 2^32
``i64f64``  signed, 128 bits         raw / 2^64
``i96f32``  signed, 128 bits         raw / 2^32
``u64f64``  unsigned, 128 bits       raw / 2^64
``u96f32``  unsigned, 128 bits       raw / 2^32
==========  =======================  ==========================

All raise :class:`libyuma.YumaError` for bits outside the format.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from . import _libyuma

__all__ = [
    "checked_div",
    "convert",
    "exp",
    "exp_safe",
    "ln",
    "log2",
    "pow_normalize",
    "power",
    "proportion",
    "proportion_of_u64",
    "proportion_to_u16",
    "root",
    "round",
    "safe_div",
    "saturating_add",
    "saturating_mul",
    "saturating_sub",
    "to_u16",
    "to_u64",
]

Signed: TypeAlias = Literal["i32f32", "i64f64", "i96f32"]
Format: TypeAlias = Signed | Literal["u64f64", "u96f32"]


def saturating_add(format: Format, a: int, b: int) -> int:
    """a + b, clamped to the format (§2.1).

    >>> from libyuma import fixed
    >>> fixed.saturating_add("i32f32", 2**63 - 1, 1) == 2**63 - 1
    True
    """
    return _libyuma.fixed_saturating_add(format, a, b)


def saturating_sub(format: Format, a: int, b: int) -> int:
    """a − b, clamped to the format (§2.1).

    >>> from libyuma import fixed
    >>> fixed.saturating_sub("u64f64", 1, 2)
    0
    """
    return _libyuma.fixed_saturating_sub(format, a, b)


def saturating_mul(format: Format, a: int, b: int) -> int:
    """a · b, floored, clamped to the format (§2.1).

    >>> from libyuma import fixed
    >>> fixed.saturating_mul("i32f32", -1, 1)
    -1
    """
    return _libyuma.fixed_saturating_mul(format, a, b)


def checked_div(format: Format, a: int, b: int) -> int | None:
    """a ÷ b, truncated; ``None`` for a zero divisor or a quotient out of range (§2.3).

    >>> from libyuma import fixed
    >>> fixed.checked_div("i32f32", 7, 0) is None
    True
    """
    return _libyuma.fixed_checked_div(format, a, b)


def safe_div(format: Format, a: int, b: int) -> int:
    """a ÷ b, truncated; 0 for a zero divisor or a quotient out of range (§2.4).

    >>> from libyuma import fixed
    >>> fixed.safe_div("i32f32", -7, 2 << 32)
    -3
    """
    return _libyuma.fixed_safe_div(format, a, b)


def round(format: Format, x: int) -> int:
    """The nearest integer, ties away from zero, in the same format (§3.3).

    >>> from libyuma import fixed
    >>> fixed.round("i32f32", -(1 << 31)) >> 32
    -1
    """
    return _libyuma.fixed_round(format, x)


def convert(format: Format, to: Format, x: int) -> int:
    """The value in another format: floored to its bits, clamped to its range (§3.1).

    >>> from libyuma import fixed
    >>> fixed.convert("i64f64", "i32f32", -1)
    -1
    """
    return _libyuma.fixed_convert(format, to, x)


def to_u64(format: Format, x: int) -> int:
    """The value as a uint64: floored and clamped (§3.2).

    >>> from libyuma import fixed
    >>> fixed.to_u64("u96f32", 3 << 31)
    1
    """
    return _libyuma.fixed_to_u64(format, x)


def to_u16(format: Format, x: int) -> int:
    """The value as a uint16: floored and clamped (§3.2).

    >>> from libyuma import fixed
    >>> fixed.to_u16("i32f32", 70000 << 32)
    65535
    """
    return _libyuma.fixed_to_u16(format, x)


def log2(format: Signed, x: int) -> int | None:
    """The binary logarithm; ``None`` where the chain's fails (§4).

    >>> from libyuma import fixed
    >>> fixed.log2("i32f32", 4 << 32) >> 32
    2
    """
    return _libyuma.fixed_log2(format, x)


def ln(format: Signed, x: int) -> int | None:
    """The natural logarithm; ``None`` where the chain's fails (§5).

    >>> from libyuma import fixed
    >>> fixed.ln("i32f32", 2 << 32)
    2977044511
    """
    return _libyuma.fixed_ln(format, x)


def exp(format: Signed, x: int) -> int | None:
    """e to the power x; ``None`` where the chain's fails (§6).

    >>> from libyuma import fixed
    >>> fixed.exp("i32f32", 1 << 32)
    11674931200
    """
    return _libyuma.fixed_exp(format, x)


def exp_safe(x: int) -> int:
    """e to the power x of an ``i32f32`` clamped to −20 … 20 (``epoch.md`` §1).

    >>> from libyuma import fixed
    >>> fixed.exp_safe(-(20 << 32))
    8
    """
    return _libyuma.fixed_exp_safe(x)


def root(x: int, epsilon: int) -> int:
    """The square root of a ``u64f64`` by bisection, which stops at ``epsilon`` (§7).

    >>> from libyuma import fixed
    >>> fixed.root(2 << 64, 18446744073709551)
    26084849041729912832
    """
    return _libyuma.fixed_root(x, epsilon)


def power(x: int, p: int) -> int:
    """x to the power p, both ``u64f64``, with the chain's answers where a step fails (§8).

    >>> from libyuma import fixed
    >>> fixed.power(2 << 64, 2 << 64)
    73786977609098199040
    """
    return _libyuma.fixed_power(x, p)


def pow_normalize(values: Sequence[int], p: int) -> list[int]:
    """``u64f64`` shares raised to the power p and divided by their sum (§9).

    >>> from libyuma import fixed
    >>> fixed.pow_normalize([1, 2], 1 << 64)
    [6148914841635506689, 12297829232074044926]
    """
    return _libyuma.fixed_pow_normalize(values, p)


def proportion(x: int) -> int:
    """The uint16 proportion x of 65535, as ``i32f32`` (``epoch.md`` §1).

    >>> from libyuma import fixed
    >>> fixed.proportion(65535) == 1 << 32
    True
    """
    return _libyuma.fixed_proportion(x)


def proportion_to_u16(x: int) -> int:
    """floor(x · 65535) of an ``i32f32``, clamped to uint16 (``epoch.md`` §1).

    >>> from libyuma import fixed
    >>> fixed.proportion_to_u16(fixed.proportion(7))  # both steps floor
    6
    """
    return _libyuma.fixed_proportion_to_u16(x)


def proportion_of_u64(x: int) -> int:
    """The uint64 proportion x of 2^64 − 1, as ``u96f32`` (``distribution.md`` §1).

    >>> from libyuma import fixed
    >>> fixed.proportion_of_u64(2**64 - 1) == 1 << 32
    True
    """
    return _libyuma.fixed_proportion_of_u64(x)

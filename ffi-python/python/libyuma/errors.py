"""What the package refuses, and why.

Every error is a ``ValueError`` that says what is wrong (``code``), with which argument or field
(``field``), where in it (``index``), and which bound it broke (``limit``).

====================  ==========================================================================
``code``              meaning; ``index``
====================  ==========================================================================
``missing``           the field is not there
``type``              not of the field's type: a float, a bool for a number, text; its position
``range``             an integer outside its type or above the limit; its position
``negative``          below 0 where nothing may be; its position
``length``            not as many elements as needed; how many there are
``repeated``          a row that stands in the list before already; its position
``order``             a row below the one before; its position
``offsets``           an offset out of order or beyond the entries; its position
``entries``           unequal numbers of columns and values; how many columns
``too_small``         too little memory; how much there is
``not_canonical``     not what an encoding has in its place; the offset of the value
``not_in_rules``      the rules of this spec version have no such thing; the version
``unknown_rules``     no such rules are known; the spec version asked for
``refused``           the chain would refuse the weights (:class:`SubmissionError`)
====================  ==========================================================================
"""

from __future__ import annotations

from typing import Any

__all__ = ["RulesError", "SubmissionError", "YumaError", "YumaTypeError"]


class YumaError(ValueError):
    """An argument that no function of the chain takes.

    >>> import libyuma
    >>> try:
    ...     libyuma.max_upscale([1, 2, 65536])
    ... except libyuma.YumaError as error:
    ...     print(error.code, error.field, error.index, error.limit)
    range values 2 65535
    """

    code: str
    """What is wrong, in a word."""
    field: str
    """The argument, or the field of it."""
    index: int | None
    """The position within the field, or what the code says."""
    limit: int | None
    """The bound that was broken, where there is one."""

    def __init__(
        self,
        message: str,
        *,
        code: str,
        field: str,
        index: int | None = None,
        limit: int | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.field = field
        self.index = index
        self.limit = limit

    def __reduce__(self) -> tuple[Any, ...]:
        # Errors cross from worker processes, where pickling knows nothing of keyword arguments.
        return _again, (type(self), str(self), self.code, self.field, self.index, self.limit)


class YumaTypeError(YumaError, TypeError):
    """A value of the wrong type. Floats are never taken, not even whole ones."""


class RulesError(YumaError):
    """Rules that are not known, or something that these rules do not have."""


class SubmissionError(YumaError):
    """Weights that the chain would refuse; ``name`` is the chain's own name of the error.

    >>> import libyuma
    >>> try:
    ...     libyuma.validate_weights(
    ...         netuid=1, uids=[0], values=[1], caller_uid=None, n=1, current_block=9
    ...     )
    ... except libyuma.SubmissionError as error:
    ...     print(error.name)
    HotKeyNotRegisteredInSubNet
    """

    @property
    def name(self) -> str:
        """The chain's name of the error."""
        return str(self)


def _again(
    kind: type[YumaError],
    message: str,
    code: str,
    field: str,
    index: int | None,
    limit: int | None,
) -> YumaError:
    return kind(message, code=code, field=field, index=index, limit=limit)


_KINDS: dict[str, type[YumaError]] = {
    "type": YumaTypeError,
    "unknown_rules": RulesError,
    "not_in_rules": RulesError,
    "refused": SubmissionError,
}


def refusal(code: str, field: str, index: int | None, limit: int | None, message: str) -> YumaError:
    """The error of a code; the extension module raises what this makes."""
    return _again(_KINDS.get(code, YumaError), message, code, field, index, limit)

"""The commands' common frame: names, help, errors, exit codes."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from .. import __version__
from ..errors import YumaError
from .files import InputError, in_one_line

WRONG_INPUT = 2
DIFFERS = 1


_ORDER = (
    "epoch",
    "simulate",
    "sweep",
    "explain",
    "replay",
    "digest",
    "plot",
    "halving",
    "emission",
    "upscale",
    "commit-hash",
    "verify",
)


class _Commands(TyperGroup):
    """Turns what the library refuses into one line on stderr and exit code 2."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [name for name in _ORDER if name in self.commands]

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except InputError as error:
            message = str(error)
        except YumaError as error:
            message = in_one_line(error)
        except ImportError as error:
            message = str(error)
        typer.echo(f"error: {message}", err=True)
        raise typer.Exit(WRONG_INPUT)


application = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"yuma {__version__}")
        raise typer.Exit


@application.callback()
def yuma(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Bittensor's on-chain economics, bit for bit.

    A FILE is one of golden vectors (.json, .json.gz; the first case unless --case names another), a
    single case, or the bare input of one; - reads standard input. Amounts are rao, shares are of
    65535; --json gives integers, as text where they may need 64 bits or more.

    \b
    Exit codes: 0 done, 1 something differs (verify, replay), 2 wrong input or usage.
    """


Path = Annotated[str, typer.Argument(metavar="FILE", help="A subnet: a file of kind epoch, or -.")]
CaseName = Annotated[str | None, typer.Option("--case", help="The case's name; else the first.")]
RulesId = Annotated[
    str | None, typer.Option("--rules", help="The rules to follow, instead of the file's.")
]
Json = Annotated[bool, typer.Option("--json", help="One line of JSON, all results.")]
Epochs = Annotated[int, typer.Option("--epochs", min=1, help="How many epochs.")]
Uids = Annotated[list[int] | None, typer.Option("--uid", min=0, help="A neuron; repeatable.")]

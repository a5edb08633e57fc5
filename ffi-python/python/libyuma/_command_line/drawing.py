"""Plots."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Annotated

import typer

from .._epoch import epoch
from .._simulate import simulate
from . import show
from .application import CaseName, Epochs, Json, RulesId, application
from .files import InputError, named, read_subnet

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Kind(str, Enum):
    """What to draw."""

    SHARES = "shares"
    BONDS = "bonds"
    HISTORY = "history"
    CLIPPING = "clipping"
    ISSUANCE = "issuance"


@application.command()
def plot(
    kind: Annotated[Kind, typer.Argument(help="What to draw.")],
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="A subnet; not for issuance.")
    ] = None,
    output: Annotated[
        str, typer.Option("-o", "--output", help="The picture: .png, .svg or .pdf.")
    ] = "plot.png",
    case: CaseName = None,
    rules: RulesId = None,
    epochs: Epochs = 20,
    uid: Annotated[
        int | None,
        typer.Option("--uid", min=0, help="clipping: a validator or a miner; history: a miner."),
    ] = None,
    issuance: Annotated[
        int | None, typer.Option("--issuance", min=0, help="Marks an issuance in rao.")
    ] = None,
    json: Json = False,
) -> None:
    """Draw an epoch, its history, or the issuance.

    Needs the extra plots.

    \b
    shares    incentive, dividends and validator trust by uid
    bonds     the bonds after the epoch, as a heat map
    history   bonds and dividends over --epochs epochs
    clipping  weights before and after consensus: those of a validator, or those a miner got
    issuance  issuance and reward per block to the last halving

    \b
    Examples:
      yuma plot shares vectors/data/epoch/large.json -o shares.png
      yuma plot clipping subnet.json --uid 7 -o clipping.svg
      yuma plot history subnet.json --epochs 50 -o history.png
      yuma plot issuance --issuance 10900000000000000 -o issuance.png
    """
    figure = _figure(kind, file, case, rules, epochs, uid, issuance)
    try:
        figure.savefig(output)
    except (OSError, ValueError) as error:
        raise InputError(f"{output}: {getattr(error, 'strerror', None) or error}") from None
    if json:
        return show.machine({"kind": kind.value, "output": output})
    return show.text(output)


def _figure(
    kind: Kind,
    file: str | None,
    case: str | None,
    rules: str | None,
    epochs: int,
    uid: int | None,
    issuance: int | None,
) -> Figure:
    from .. import plots

    if kind is Kind.ISSUANCE:
        return plots.plot_issuance(issuance=issuance)
    if file is None:
        raise InputError(f"plot {kind.value}: FILE is missing")
    given = read_subnet(file, case, rules)
    with named(file):
        if kind is Kind.HISTORY:
            outcomes = simulate(given.subnet, epochs, params=given.params)
            return plots.plot_history(outcomes, miner=uid)
        outcome = epoch(given.params, given.subnet)
        if kind is Kind.SHARES:
            return plots.plot_shares(outcome)
        if kind is Kind.BONDS:
            return plots.plot_bonds(outcome)
        if uid is None:
            return plots.plot_clipping(outcome, miner=int(outcome.incentive.argmax()))
        votes = uid < outcome.n and bool(outcome.validator_trust[uid])
        return plots.plot_clipping(outcome, **{"validator" if votes else "miner": uid})

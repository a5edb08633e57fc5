"""Commands about the emission of TAO and alpha."""

from __future__ import annotations

from typing import Annotated

import typer

from .. import vectors
from .._emission import (
    BLOCKS_PER_DAY,
    CAP,
    block_emission,
    daily_emission,
    halvings,
    next_halving,
)
from . import show
from .application import CaseName, Json, RulesId, application
from .files import InputError, named, read_case

Issuance = Annotated[
    int | None, typer.Option("--issuance", min=0, help="An issuance in rao to look ahead from.")
]


@application.command()
def halving(issuance: Issuance = None, json: Json = False) -> None:
    """The halvings, and what lies ahead.

    Holds for TAO, and for every subnet's alpha. What is recycled puts halvings off.

    \b
    Examples:
      yuma halving
      yuma halving --issuance 10900000000000000
    """
    steps = halvings()
    ahead = None if issuance is None else next_halving(issuance)
    if json:
        result = {"halvings": steps, "issuance": issuance, "ahead": ahead}
        return show.machine(result)
    show.text(f"The reward per block by issuance, in coins; the cap is {show.coins(CAP)}")
    show.table(
        ("halving", "from issuance", "reward per block", "a day"),
        (
            (
                step.number,
                show.coins(step.threshold),
                show.coins(step.reward),
                show.coins(daily_emission(step.threshold)),
            )
            for step in steps
        ),
    )
    if issuance is None:
        return None
    if ahead is None:
        return show.text(f"At an issuance of {show.coins(issuance)} nothing is minted any more.")
    return show.text(
        f"At an issuance of {show.coins(issuance)}: {show.coins(ahead.reward)} per block, "
        f"{show.coins(daily_emission(issuance))} a day; halved to {show.coins(ahead.reward_after)} "
        f"in {ahead.blocks} blocks, about {ahead.blocks // BLOCKS_PER_DAY} days."
    )


@application.command()
def emission(
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="A file of kind coinbase, or -.")
    ] = None,
    issuance: Issuance = None,
    case: CaseName = None,
    rules: RulesId = None,
    block: Annotated[int | None, typer.Option("--block", help="The block; else the first.")] = None,
    json: Json = False,
) -> None:
    """What a block mints, and for whom.

    At an issuance, or block by block for the subnets of a file of kind coinbase.

    \b
    Examples:
      yuma emission --issuance 10900000000000000
      yuma emission vectors/data/subtensor-475/coinbase.json
      yuma emission vectors/data/emission/coinbase.json --case rand-0000 --block 3721210 --json
    """
    if (file is None) == (issuance is None):
        raise InputError("emission: give either FILE or --issuance")
    if file is not None:
        return _blocks(file, case, rules, block, json)
    assert issuance is not None
    reward, daily = block_emission(issuance), daily_emission(issuance)
    if json:
        return show.machine(
            {"issuance": issuance, "block_emission": reward, "daily_emission": daily}
        )
    return show.text(
        f"At an issuance of {issuance} rao: {reward} rao per block ({show.coins(reward)}), "
        f"{daily} rao a day of {BLOCKS_PER_DAY} blocks ({show.coins(daily)})."
    )


def _blocks(
    file: str, case_name: str | None, rules: str | None, number: int | None, json: bool
) -> None:
    case = read_case(file, "coinbase", case_name, rules)
    with named(file):
        blocks = vectors.compute(case.rules, "coinbase", case.input)["blocks"]
    if json:
        return show.as_it_is({"name": case.name, "rules": case.rules, "blocks": blocks})
    chosen = next((each for each in blocks if number in (None, each["block"])), None)
    if chosen is None:
        raise InputError(f"{file}: no block {number}" if blocks else f"{file}: no blocks")
    show.text(
        f"{case.name}: block {chosen['block']}, rules {case.rules}: {chosen['minted']} rao minted, "
        f"total issuance {chosen['total_issuance']}"
    )
    show.table(
        (
            *("netuid", "TAO in", "TAO for alpha", "alpha in", "alpha out"),
            *("for miners", "validators", "root", "owner", "epoch"),
        ),
        (
            (
                *(subnet[name] for name in _COLUMNS),
                *subnet["pending"],
                "" if subnet["drained"] is None else "due",
            )
            for subnet in chosen["subnets"]
        ),
    )
    first, last = blocks[0]["block"], blocks[-1]["block"]
    return show.text(
        "In rao. The last four wait for the subnet's epoch, or go to it where one is due. "
        f"There are blocks {first} to {last}: --block."
    )


_COLUMNS = ("netuid", "tao_in", "excess_tao", "alpha_in", "alpha_out")

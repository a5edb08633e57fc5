"""Commands about submitting weights."""

from __future__ import annotations

from typing import Annotated

import typer

from .._submission import max_upscale, weights_commit_hash
from . import show
from .application import Json, application
from .files import InputError


@application.command()
def upscale(
    values: Annotated[list[int], typer.Argument(metavar="VALUES...", help="Weights, uint16.")],
    json: Json = False,
) -> None:
    """Weights as the chain stores them.

    They are scaled so that the largest is 65535.

    \b
    Examples:
      yuma upscale 10 20
      yuma upscale 1 2 3 --json
    """
    scaled = max_upscale(values).tolist()
    if json:
        return show.machine({"values": scaled})
    return show.text(" ".join(map(str, scaled)))


Integers = Annotated[str, typer.Option(metavar="A,B,…", help="uint16, separated by commas.")]


@application.command("commit-hash")
def commit_hash(
    account: Annotated[str, typer.Option(help="The hotkey's 32 bytes in hexadecimal.")],
    netuid: Annotated[int, typer.Option(help="The subnet.")],
    uids: Integers,
    values: Integers,
    salt: Integers,
    version_key: Annotated[int, typer.Option(help="The version key of the call.")] = 0,
    mecid: Annotated[int, typer.Option(help="The mechanism.")] = 0,
    json: Json = False,
) -> None:
    """The hash that commits to weights.

    A validator publishes it first, and reveals the weights later. The lists are hashed as they are.

    \b
    Examples:
      yuma commit-hash --account 0101010101010101010101010101010101010101010101010101010101010101
        --netuid 1 --uids 0,1 --values 10,20 --salt 1,2,3,4,5,6,7,8
    """
    digest = weights_commit_hash(
        account=_bytes("account", account),
        netuid=netuid,
        mecid=mecid,
        uids=_list("uids", uids),
        values=_list("values", values),
        salt=_list("salt", salt),
        version_key=version_key,
    )
    if json:
        return show.machine({"hash": digest})
    return show.text(digest.hex())


def _bytes(name: str, text: str) -> bytes:
    try:
        return bytes.fromhex(text.removeprefix("0x"))
    except ValueError:
        raise InputError(f"--{name}: not hexadecimal") from None


def _list(name: str, text: str) -> list[int]:
    values = []
    for index, part in enumerate(text.split(",") if text else []):
        try:
            values.append(int(part))
        except ValueError:
            raise InputError(f"--{name}: {name}[{index}]: `{part}` is not an integer") from None
    return values

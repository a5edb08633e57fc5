"""Commands about one subnet."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from .._digest import EpochInput, outcome_digest
from .._epoch import epoch as run_epoch
from .._explain import explain as explained
from .._outcome import Outcome
from .._params import Params
from .._replay import replay as replayed
from .._simulate import History
from .._simulate import simulate as epochs_of
from .._sweep import sweep as swept
from . import show
from .application import DIFFERS, CaseName, Epochs, Json, Path, RulesId, Uids, application
from .files import InputError, named, read_case, read_snapshot, read_subnet

Top = Annotated[int, typer.Option("--top", min=0, help="How many, largest emission first.")]


@application.command()
def epoch(
    file: Path,
    case: CaseName = None,
    rules: RulesId = None,
    top: Top = 10,
    json: Json = False,
) -> None:
    """One epoch: who earns what.

    \b
    Examples:
      yuma epoch vectors/data/epoch/large.json
      yuma epoch vectors/data/epoch/large.json --case large-256-64-yuma2 --top 20
      yuma epoch subnet.json --rules subtensor-425 --json
    """
    given = read_subnet(file, case, rules)
    with named(file):
        outcome = run_epoch(given.params, given.subnet)
    if json:
        result = {"name": given.name, "rules": outcome.rules, "result": show.results(outcome)}
        return show.machine(result)
    _head(given.name, outcome)
    _table_of_neurons(outcome, top)
    return show.text(
        f"miners {show.coins(_sum(outcome.server_emission))}, "
        f"validators {show.coins(_sum(outcome.validator_emission))}. "
        "Shares are of 65535, stake and emission in coins of 10^9 rao."
    )


def _head(name: str, outcome: Outcome) -> None:
    subnet = outcome.subnet
    show.text(
        f"{name}: epoch of {outcome.n} neurons, {int(outcome.validator_permit.sum())} validators, "
        f"at block {subnet.current_block} over {show.coins(subnet.rao_emission)} alpha, "
        f"rules {outcome.rules}"
    )


def _table_of_neurons(outcome: Outcome, top: int) -> None:
    stake, emission = outcome.subnet.stake_rao.tolist(), outcome.emission.tolist()
    shares = [outcome.consensus, outcome.incentive, outcome.dividends, outcome.validator_trust]
    header = ("uid", "permit", "stake", "consensus", "incentive", "dividends", "trust")
    show.table(
        (*header, "emission in rao", "emission"),
        (
            (
                uid,
                "yes" if outcome.validator_permit[uid] else "",
                show.coins(stake[uid]),
                *(share[uid] for share in shares),
                emission[uid],
                show.coins(emission[uid]),
            )
            for uid in _largest(outcome.emission)[:top]
        ),
        total=(
            "all",
            int(outcome.validator_permit.sum()),
            show.coins(sum(stake)),
            "",
            _sum(outcome.incentive),
            _sum(outcome.dividends),
            "",
            sum(emission),
            show.coins(sum(emission)),
        ),
    )


def _largest(values: Any) -> list[int]:
    """The uids, those with the largest values first."""
    plain = values.tolist()
    return sorted(range(len(plain)), key=lambda uid: -plain[uid])


def _sum(values: Any) -> int:
    return sum(values.tolist())


_FIELDS = (
    "emission",
    "server_emission",
    "validator_emission",
    "incentive",
    "dividends",
    "validator_trust",
    "consensus",
)


@application.command()
def simulate(
    file: Path,
    epochs: Epochs = 10,
    case: CaseName = None,
    rules: RulesId = None,
    uid: Uids = None,
    top: Annotated[
        int, typer.Option("--top", min=1, help="How many, without --uid; largest at the end.")
    ] = 6,
    field: Annotated[
        str, typer.Option("--show", help=f"One of {', '.join(_FIELDS)}.")
    ] = "emission",
    blocks: Annotated[
        int | None, typer.Option("--blocks", min=0, help="Blocks between epochs; else the tempo.")
    ] = None,
    stale: Annotated[
        bool, typer.Option("--stale", help="Nobody sets weights again; validators fall inactive.")
    ] = False,
    json: Json = False,
) -> None:
    """Epoch after epoch.

    Bonds and permits are carried over, weights and stakes stay as they are; every validator sets
    its weights anew before each epoch.

    \b
    Examples:
      yuma simulate vectors/data/epoch/large.json --epochs 20
      yuma simulate subnet.json --epochs 5 --show dividends --uid 3 --uid 7
      yuma simulate subnet.json --epochs 100 --json
    """
    if field not in _FIELDS:
        raise InputError(f"--show: `{field}` is none of {', '.join(_FIELDS)}")
    given = read_subnet(file, case, rules)
    with named(file):
        outcomes = epochs_of(
            given.subnet, epochs, params=given.params, blocks=blocks, fresh_weights=not stale
        )
        history = History(outcomes)
    if json:
        steps = [
            {"block": one.subnet.current_block, **show.results(one, raw=False)} for one in history
        ]
        result = {"name": given.name, "rules": given.params.rules, "epochs": steps}
        return show.machine(result)
    uids = _known(uid, history.n) if uid else _largest(getattr(history[-1], field))[:top]
    unit = "rao" if field.endswith("emission") else "of 65535"
    show.text(f"{given.name}: {field} ({unit}) by uid, rules {given.params.rules}")
    show.table(
        ("epoch", "block", "active", *(f"uid {each}" for each in uids), "all"),
        (
            (
                number,
                outcome.subnet.current_block,
                int(outcome.active.sum()),
                *(getattr(outcome, field)[each] for each in uids),
                _sum(getattr(outcome, field)),
            )
            for number, outcome in enumerate(history, 1)
        ),
    )
    return None


def _known(uids: Sequence[int], n: int) -> list[int]:
    for uid in uids:
        if uid >= n:
            raise InputError(f"--uid: no neuron {uid} in a subnet of {n}")
    return list(uids)


@application.command()
def sweep(
    file: Path,
    settings: Annotated[
        list[str],
        typer.Option(
            "--set",
            metavar="FIELD=VALUES",
            help="A parameter and its values: a,b,c or first:last:step; repeatable.",
        ),
    ],
    epochs: Epochs = 1,
    case: CaseName = None,
    rules: RulesId = None,
    uid: Uids = None,
    json: Json = False,
) -> None:
    """One subnet under many parameters.

    Every combination of their values is a row.

    Without --uid each row is the whole subnet: emission in rao over all epochs, the rest of the
    last. A range includes its last value if a step meets it.

    \b
    Examples:
      yuma sweep vectors/data/epoch/large.json --set kappa=26214,32767,39321
      yuma sweep subnet.json --set kappa=20000:40000:5000 --set yuma3=false,true --uid 7
      yuma sweep subnet.json --set rules=subtensor-425,subtensor-475 --epochs 20 --json
    """
    grid: dict[str, list[Any]] = {}
    for setting in settings:
        field, values = _setting(setting)
        if field in grid:
            raise InputError(f"--set: {field} is given twice")
        grid[field] = values
    given = read_subnet(file, case, rules)
    table = swept(
        given.subnet, grid, params=given.params, epochs=epochs, progress=None, measure=uid or None
    )
    if json:
        result = {"name": given.name, "rules": given.params.rules, "rows": table}
        return show.machine(result)
    runs, length = show.count(len(table), "run"), show.count(epochs, "epoch")
    show.text(f"{given.name}: {runs} of {length}, rules {given.params.rules}")
    show.table(list(table.columns), (list(map(_cell, row.values())) for row in table))
    return None


def _cell(value: Any) -> object:
    return ("no", "yes")[value] if isinstance(value, bool) else value


_TEXTS = ("rules", "consensus_mode")


def _setting(setting: str) -> tuple[str, list[Any]]:
    """``FIELD=VALUES`` as a field of the parameters and the values to try."""
    field, equals, texts = setting.partition("=")
    default = next(
        (each.default for each in dataclasses.fields(Params) if each.name == field), None
    )
    if not equals or default is None:
        known = ", ".join(each.name for each in dataclasses.fields(Params))
        raise InputError(f"--set: `{setting}` is not FIELD=VALUES with a FIELD of {known}")
    parts = texts.split(",")
    if field in _TEXTS:
        return field, parts
    if isinstance(default, bool):
        flags = {"true": True, "false": False}
        return field, [_known_as(flags, field, index, part) for index, part in enumerate(parts)]
    try:
        if ":" in texts:
            first, last, step = (int(part) for part in texts.split(":"))
            values = range(first, last + (1 if step > 0 else -1), step)
        else:
            return field, [int(part) for part in parts]
    except ValueError:
        message = f"--set: {field}: `{texts}` is neither integers nor first:last:step"
        raise InputError(message) from None
    return field, list(values)


def _known_as(values: dict[str, bool], field: str, index: int, part: str) -> bool:
    if part not in values:
        raise InputError(f"--set: {field}[{index}]: `{part}` is neither true nor false")
    return values[part]


@application.command()
def explain(
    file: Path,
    uid: Annotated[int, typer.Option("--uid", min=0, help="The neuron.")],
    case: CaseName = None,
    rules: RulesId = None,
    json: Json = False,
) -> None:
    """Why a neuron gets what it gets.

    \b
    Examples:
      yuma explain vectors/data/epoch/large.json --uid 122
      yuma explain subnet.json --uid 7 --json
    """
    given = read_subnet(file, case, rules)
    _known([uid], given.subnet.n)
    with named(file):
        explanation = explained(run_epoch(given.params, given.subnet), uid)
    if json:
        result = {"name": given.name, "rules": given.params.rules, "explanation": explanation}
        return show.machine(result)
    return show.text(str(explanation))


@application.command()
def replay(
    snapshot: Annotated[
        str, typer.Argument(metavar="SNAPSHOT", help="An input with the chain's results, or -.")
    ],
    case: CaseName = None,
    rules: RulesId = None,
    json: Json = False,
) -> None:
    """Whether an epoch the chain stored comes out.

    A snapshot is {"rules": …, "input": {…as kind epoch…}, "chain": {…any of the results…}}, or a
    file of vectors. Says equal, or the first stage and uid that differ, with both values; then the
    exit code is 1.

    \b
    Examples:
      yuma replay snapshot.json
      yuma replay snapshot.json --rules subtensor-425 --json
    """
    given = read_snapshot(snapshot, case)
    with named(snapshot):
        found = replayed(given, rules=rules)
    if json:
        names = ("equal", "compared", "stage", "uid")
        result = {name: getattr(found, name) for name in names}
        for name in ("expected", "computed"):
            result[name] = show.plain(getattr(found, name), found.stage or "")
        show.as_it_is({"rules": found.outcome.rules, **result})
    else:
        show.text(str(found))
    if not found.equal:
        raise typer.Exit(DIFFERS)


@application.command()
def digest(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="A subnet: a file of kind epoch, null-epoch or digest, or -."
        ),
    ],
    case: CaseName = None,
    rules: RulesId = None,
    json: Json = False,
) -> None:
    """What a validator signs: digests of an epoch.

    The SHA-256 of the canonical bytes of what the epoch is computed from, and of what it gives; the
    second attests the first, too. An input with the budgets of a Null epoch is one.

    \b
    Examples:
      yuma digest vectors/data/epoch/large.json
      yuma digest vectors/data/subtensor-475/null-epoch.json --json
      yuma digest subnet.json --rules subtensor-425
    """
    found = read_case(file, ("epoch", "null-epoch", "digest"), case, rules)
    with named(file):
        given = EpochInput.from_json(found.input, rules=found.rules)
        signed = outcome_digest(given.run(), given.digest)
    if json:
        result = {"name": found.name, "rules": given.params.rules}
        return show.machine({**result, "input_digest": given.digest, "outcome_digest": signed})
    mode = "epoch" if given.null_budgets is None else "Null epoch"
    return show.text(
        f"{found.name}: {mode} of {show.count(given.subnet.n, 'neuron')}, "
        f"at block {given.subnet.current_block}, rules {given.params.rules}\n"
        f"input    {given.digest.hex()}\n"
        f"outcome  {signed.hex()}"
    )

"""Golden vectors."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from .. import vectors
from . import show
from .application import DIFFERS, Json, application


@application.command()
def verify(
    files: Annotated[list[str], typer.Argument(metavar="FILES...", help="Files of any kind.")],
    json: Json = False,
) -> None:
    """Judge files of golden vectors.

    A line per file, the first difference of cases that fail, then `N passed, N failed`. The exit
    code is 1 unless all passed.

    \b
    Examples:
      yuma verify vectors/data/epoch/*.json
      yuma verify vectors/data/*/*.json --json
    """
    if not json:
        if not vectors.verify(files):
            raise typer.Exit(DIFFERS)
        return
    judged = [_judged(path) for path in files]
    passed = sum(file["passed"] for file in judged)
    failed = sum(len(file["failed"]) for file in judged)
    show.as_it_is({"files": judged, "passed": passed, "failed": failed})
    if failed or not passed:
        raise typer.Exit(DIFFERS)


def _judged(path: str) -> dict[str, Any]:
    try:
        file = vectors.read(path)
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        return {"file": path, "passed": 0, "failed": [{"error": str(error)}]}
    report = vectors.run(file)
    failed = [{"name": name, "error": what} for name, what in report.failed]
    named = {name: file[name] for name in ("kind", "rules")}
    return {"file": path, **named, "passed": report.passed, "failed": failed}

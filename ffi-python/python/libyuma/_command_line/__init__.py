"""The command ``yuma``.

Exit codes of every command:

====  ==========================================================================================
0     done; ``verify`` and ``replay``: everything is equal
1     ``verify`` and ``replay``: something differs
2     an argument or a file is wrong: one line on stderr, with field and index
====  ==========================================================================================
"""

from __future__ import annotations

import sys


def main() -> None:
    """Runs ``yuma`` with the process's arguments."""
    try:
        import rich  # noqa: F401
        import typer  # noqa: F401
    except ImportError:
        print(
            "error: the command line needs its extra: pip install 'libyuma[cli]'", file=sys.stderr
        )
        sys.exit(2)
    from .commands import application

    application(prog_name="yuma")

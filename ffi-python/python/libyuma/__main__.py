"""``python -m libyuma`` is the command ``yuma``."""

from ._command_line import main

main()

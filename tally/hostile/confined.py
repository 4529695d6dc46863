"""Child processes that look at hostile bytes: how they are started, and what each gives up before it reads one.

Whoever takes such a child over has a process that can write to one pipe, for a while; the parent checks every
byte that comes out of it. This file imports the standard library alone.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

__all__ = ["command", "lower_limits"]

_RUN = "import runpy, sys; sys.path.insert(0, sys.argv[1]); runpy.run_path(sys.argv[2], run_name='__main__')"
_ROOT = Path(__file__).parents[2]
_ALONE = ("-I", "-S")
"""No installed packages, nothing of the environment."""
_INSTALLED = ("-E", "-P")
"""Installed packages, and neither variables of the environment nor the present folder."""


def command(reader: Path, request: str, *, installed: bool = False) -> list[str]:
    """The command that starts a reader.

    Args:
        reader: Its script, which reads bytes on stdin and answers on stdout.
        request: Its last argument.
        installed: Whether it needs more than the standard library and this program.
    """
    how = _INSTALLED if installed else _ALONE
    return [sys.executable, *how, "-B", "-c", _RUN, str(_ROOT), str(reader), request]


def lower_limits(memory: int) -> None:
    """Give up, in the child, all but so many bytes of memory and the three pipes that are open.

    No file can be opened (and no socket), none written, and a crash leaves no copy of the memory.
    """
    wanted = (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_NOFILE, 3),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for kind, value in wanted:
        resource.setrlimit(kind, (value, value))

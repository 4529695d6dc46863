"""The command `tally run`: the app, and after an error of its own a few plain words."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping

from keys.findings import Misuse, Refused
from tally.app import OfficeApp
from tally.boxes.sticks import mounted
from tally.screens.desk import Desk
from tally.workspace import Workspace

__all__ = ["check_environment", "run_office"]


def run_office(workspace: Workspace, workers: int) -> None:
    """Run the app until the officer leaves it.

    Args:
        workspace: Of the officer.
        workers: Processes that check ballots.

    Raises:
        Misuse: The folder holds no vote, or the environment would change how the terminal app behaves.
        Refused: T-890, the app ended because of an error of its own; the folder's draft is damaged.
    """
    check_environment(os.environ)
    app = OfficeApp(Desk.open(workspace, lambda: int(time.time()), mounted, workers))
    app.run(mouse=False)
    if app.faulted:
        raise Refused("T-890", "tally run")


def check_environment(environment: Mapping[str, str]) -> None:
    """Refuse variables that open a side door into the app.

    Raises:
        Misuse: One is set.
    """
    found = sorted(name for name in environment if name.startswith("TEXTUAL_"))
    if found:
        raise Misuse(f"unset {', '.join(found)}: it changes what the screen does")

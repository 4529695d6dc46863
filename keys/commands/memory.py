"""A trustee's memory of what was opened: look at it, and begin it anew where it is lost."""

from __future__ import annotations

from pathlib import Path

import click

from keys.desk.command import Answer, answers, warn
from keys.desk.counted import counted
from keys.desk.options import folder_option
from keys.opened import begin_anew, remembered

__all__ = ["memory_command"]


@click.command("memory")
@folder_option("Folder of this trustee.")
@click.option(
    "--begin-anew", "anew", is_flag=True, help="The memory is lost: begin a new one, which says so."
)
@answers
def memory_command(folder: Path, anew: bool) -> Answer:
    """Show what this trustee has opened, as it states with every answer.

    Where the memory is lost, --begin-anew makes another one: from then on every answer states that this trustee does
    not know what it opened before, and whoever verifies the vote is told.

    Example: keys memory --dir anne
    """
    if anew:
        begin_anew(folder)
        warn(
            "warning: from now on your answers state that you do not know what you opened before; tell the board"
        )
    openings = remembered(folder)
    if openings is None:
        return Answer("This trustee does not know what it opened before.", {"known": False, "openings": []})
    rows = [
        {"contest": uuid, "head": item.head, "ballots": item.ballots}
        for uuid, items in sorted(openings.items())
        for item in items
    ]
    lines = [
        f"Contest {uuid}: {counted(item.ballots, 'ballot')}, {item.head}"
        for uuid, items in sorted(openings.items())
        for item in items
    ]
    return Answer("\n".join(lines) or "This trustee has opened nothing.", {"known": True, "openings": rows})

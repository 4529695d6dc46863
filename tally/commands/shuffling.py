"""The command `tally shuffle`: trustees' shuffles are taken in, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from keys.desk.command import Answer, answers
from keys.desk.options import folder_option, rehearsal_option
from keys.election.statement import Mode
from tally.opening.shuffling import collect_shuffles
from tally.workspace import Workspace

__all__ = ["shuffle_command"]


@click.command("shuffle")
@click.argument("sources", type=click.Path(path_type=Path), nargs=-1)
@folder_option("Folder of the returning officer.")
@click.option(
    "--end", is_flag=True, help="Stop waiting for other trustees; only those who have shuffled can decrypt."
)
@rehearsal_option
@answers
def shuffle_command(sources: Sequence[Path], folder: Path, end: bool, mode: Mode) -> Answer:
    """Take in a trustee's shuffle of the ballots that are opened one by one, and say who is next.

    Each trustee shuffles what the one before has shuffled: hand on the folder with the archives after each.

    Example: tally shuffle STICK --dir office
    """
    workspace = Workspace(folder, mode)
    state = collect_shuffles(workspace, sources, end=end)
    names = [trustee.name for trustee in workspace.dossier().manifest.trustees]
    done, left = [names[at] for at in state.done], [names[at] for at in state.left]
    if state.ended:
        then = f"Next, in any order, {', '.join(done)}: keys decrypt {workspace.root}"
    else:
        enough = " Enough have shuffled: --end waits for no other." if len(done) >= state.needed else ""
        then = f"Next, {left[0]}: keys shuffle {workspace.root}.{enough}"
    text = f"Shuffled by {', '.join(done) or 'nobody yet'}.\n{then}"
    return Answer(text, {"done": done, "left": left, "ended": state.ended, "folder": str(workspace.root)})

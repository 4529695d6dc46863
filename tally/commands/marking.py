"""How many marks each page of a signing list has: to be held against the signatures on paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from keys.desk.command import Answer, answers
from keys.desk.counted import counted
from keys.desk.files import write_whole
from keys.desk.options import folder_option, passphrase_option, rehearsal_option
from keys.desk.passphrase import ask_passphrase
from keys.desk.together import Together
from keys.election.dossier import Dossier
from keys.election.statement import Mode
from keys.findings import Misuse
from keys.paper.pages import render_a4
from tally.boxes.database import open_boxes
from tally.boxes.list_sheet import list_sheet
from tally.boxes.marks import MarkedStation, marks_by_page
from tally.workspace import Workspace

__all__ = ["marks_command"]


@click.command("marks")
@folder_option("Folder of the returning officer.")
@click.option(
    "--station", "wanted", metavar="ID", multiple=True, help="One station; all that are in by default."
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="Write a sheet to fill in beside the lists, PDF."
)
@passphrase_option
@rehearsal_option
@answers
def marks_command(
    folder: Path, wanted: Sequence[str], out: Path | None, passphrase_file: Path | None, mode: Mode
) -> Answer:
    """Count the marks of each station by page of its signing list, to compare with the signatures page by page.

    A machine that marked other people than those who came gives itself away here; the totals alone would agree.

    Example: tally marks --dir office --station 06 --out marks-06.pdf
    """
    workspace = Workspace(folder, mode)
    authority = workspace.open_authority(ask_passphrase(passphrase_file, "the authority"))
    dossier = workspace.dossier()
    with open_boxes(workspace.boxes) as boxes:
        rows = boxes.all()
    definition = dossier.manifest.definition
    found = [
        item
        for item in marks_by_page(workspace, dossier, rows, authority)
        if not wanted or definition.stations[item.station].id in wanted
    ]
    if not found:
        raise Misuse("no box of such a station is in: tally status")
    lines = [line for item in found for line in _lines(dossier, item)]
    if out is not None:
        sheets = list_sheet(dossier.manifest, dossier.fingerprint, mode, found, Together.of(definition))
        write_whole(out, render_a4(sheets))
        lines.append(f"To fill in beside the lists: {out}")
    return Answer("\n".join(lines), {"stations": [_data(dossier, item) for item in found]})


def _lines(dossier: Dossier, item: MarkedStation) -> list[str]:
    station = dossier.manifest.definition.stations[item.station]
    lines = [f"Station {station.id}, {station.name}: {counted(item.marks, 'mark')}"]
    lines += [f"  page {page.page}, no. {page.first} to {page.last}: {page.marks}" for page in item.pages]
    return [*lines, f"  added on the spot: {item.added}"] if item.added else lines


def _data(dossier: Dossier, item: MarkedStation) -> dict[str, object]:
    return {
        "station": dossier.manifest.definition.stations[item.station].id,
        "marks": item.marks,
        "pages": [page.marks for page in item.pages],
        "added": item.added,
    }

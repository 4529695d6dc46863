"""The readiness check as a command: the lines of the screen, for machines and for people without one."""

from __future__ import annotations

from pathlib import Path

import click

from keys.desk.command import Answer, answers
from keys.desk.files import write_whole
from keys.desk.options import rehearsal_option
from keys.desk.town import speaks
from keys.election.statement import Mode
from keys.findings import Refused
from keys.paper.pages import render_a4
from station.checks.probes import Probes
from station.checks.readiness import Point, check, stopping
from station.commands.given import (
    folder_of_machine,
    now,
    paper_list_option,
    printing_option,
    stick_at,
    window,
)
from station.day import open_day
from station.papers.checkpaper import readiness_paper
from station.printing import letterhead
from station.wording.checklines import remedy_of, text_of, verdict_of

__all__ = ["check_command"]


@click.command("check")
@folder_of_machine
@rehearsal_option
@printing_option
@click.option("--stick", type=click.Path(path_type=Path), help="Folder where the stick appears.")
@paper_list_option
@click.option("--cards-ready", is_flag=True, help="Two people here have their cards.")
@click.option("--out", type=click.Path(path_type=Path), help="PDF to write the check to.")
@answers
def check_command(
    folder: Path,
    mode: Mode,
    printing: str | None,
    stick: Path | None,
    paper_list: bool,
    cards_ready: bool,
    out: Path | None,
) -> Answer:
    """Check the machine before it opens, line by line; exit status 1 if a line stops the opening.

    Example: station check --dir machine --print "lp -d booth" --stick /media/isoloir --paper-list
    """
    ticked = [(Point.LIST, paper_list), (Point.CARDS, cards_ready)]
    probes = Probes(now, printing=printing, stick=stick_at(stick, folder), cells=window)
    with open_day(folder, mode, now, held=True) as day:
        lines = check(probes(day, None), frozenset(point for point, is_there in ticked if is_there))
        language = speaks(day.manifest.definition)
        if out is not None:
            write_whole(out, render_a4(readiness_paper(letterhead(day), day.machine, lines, now())))
    rows = [
        {
            "point": line.point.value,
            "case": line.case,
            "verdict": line.verdict.value,
            "stops": line.stops,
            "text": text_of(line, language),
            "remedy": remedy_of(line, language),
        }
        for line in lines
    ]
    told = [
        f"{verdict_of(line, language)}: {row['text']} {row['remedy']}".rstrip()
        for line, row in zip(lines, rows, strict=True)
    ]
    refused = tuple(Refused("S-112", line.point.value, text_of(line, language)) for line in stopping(lines))
    return Answer("\n".join(told), {"lines": rows}, refused)

"""Opening and reopening without a screen: the readiness check first, and what was passed in it stands in the report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from keys.desk.command import Answer, answers
from keys.desk.options import cards_option, rehearsal_option
from keys.desk.town import speaks
from keys.election.statement import Mode
from keys.findings import Refused
from keys.paper.groups import short_code
from station.checks.probes import Probes
from station.checks.readiness import Point, check, stopping
from station.commands.given import (
    cards_of,
    copied,
    folder_of_machine,
    keep_paper,
    now,
    paper_list_option,
    printing_option,
    stick_at,
    stick_option,
    window,
)
from station.day import Day, open_day
from station.disk.state import State
from station.officers.readinesstask import is_another_day, passed_notes
from station.wording.checklines import text_of

__all__ = ["open_command", "reopen_command"]


@click.command("open")
@folder_of_machine
@cards_option
@rehearsal_option
@stick_option
@printing_option
@paper_list_option
@answers
def open_command(
    folder: Path,
    card_files: Sequence[Path],
    mode: Mode,
    stick: Path | None,
    printing: str | None,
    paper_list: bool,
) -> Answer:
    """Open the station on an empty box; needs two cards, and the signing list on the table.

    The lines of `station check` come first: one that stops the opening is refused, and those that are passed over
    are named in the opening report. A rehearsal or a demonstration may go without the list; its report says so.

    Example: station open --dir machine --card A --card B --paper-list --print "lp -d booth"
    """
    with open_day(folder, mode, now) as day:
        prepared = day.state is State.PREPARED
        notes = _passed(day, _probes(folder, stick, printing), paper_list) if prepared else ()
        day.unlock(cards_of(folder, mode, card_files))
        with copied(day, stick):
            report = day.open(notes=notes)
        path = keep_paper(day, report.raw)
    return Answer(
        f"The station is open. The box is empty. Code of the report: {short_code(report.fingerprint)}\n{path}",
        {"report": report.fingerprint.hex(), "paper": str(path), "passed": list(notes)},
    )


@click.command("reopen")
@folder_of_machine
@cards_option
@rehearsal_option
@stick_option
@printing_option
@paper_list_option
@answers
def reopen_command(
    folder: Path,
    card_files: Sequence[Path],
    mode: Mode,
    stick: Path | None,
    printing: str | None,
    paper_list: bool,
) -> Answer:
    """Reopen after a pause or a fault; needs two cards, and on another day the check as for `station open`.

    Example: station reopen --dir machine --card A --card B --paper-list
    """
    with open_day(folder, mode, now) as day:
        checked = day.state in {State.PAUSED, State.INTERRUPTED} and is_another_day(day, now())
        notes = _passed(day, _probes(folder, stick, printing), paper_list) if checked else ()
        day.unlock(cards_of(folder, mode, card_files))
        with copied(day, stick):
            report = day.reopen(notes=notes)
        path = keep_paper(day, report.raw)
    return Answer(f"The station is open again. Report: {path}", {"paper": str(path), "passed": list(notes)})


def _probes(folder: Path, stick: Path | None, printing: str | None) -> Probes:
    return Probes(now, printing=printing, stick=stick_at(stick, folder), cells=window)


def _passed(day: Day, probes: Probes, paper_list: bool) -> tuple[str, ...]:
    """The lines of the check that were passed, as the report holds them; the two cards are asked for anyway.

    Raises:
        Refused: S-112, a line stops the opening.
    """
    ticks = {Point.CARDS, Point.LIST} if paper_list else {Point.CARDS}
    lines = check(probes(day, None), frozenset(ticks))
    real = day.mode is Mode.OFFICIAL and not day.manifest.definition.demonstration
    stops = [line for line in stopping(lines) if real or line.point is not Point.LIST]
    language = speaks(day.manifest.definition)
    if stops:
        told = "; ".join(
            text_of(line, language) + (" (--paper-list)" if line.point is Point.LIST else "")
            for line in stops
        )
        raise Refused("S-112", ", ".join(line.point.value for line in stops), told)
    return passed_notes(lines, language)

"""What a machine tells: its reports, its state, the copy of its box; and what people tell it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from keys.desk.command import Answer, answers
from keys.desk.counted import counted
from keys.desk.files import write_private, write_whole
from keys.desk.options import cards_option, rehearsal_option
from keys.election.statement import Mode, StatementType
from keys.findings import Refused
from keys.paper.groups import fingerprint_text
from keys.paper.pages import render_a4, render_roll
from station.commands.given import anyway_option, cards_of, folder_of_machine, now
from station.day import open_day
from station.disk.folder import machine_name
from station.disk.state import State
from station.officers.namecheck import check_unnamed
from station.papers.reportpapers import report_paper
from station.printing import letterhead, signing_list_of

__all__ = ["export_command", "incident_command", "report_command", "roll_list_command", "status_command"]


@click.command("export")
@folder_of_machine
@rehearsal_option
@cards_option
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Stick.")
@answers
def export_command(folder: Path, mode: Mode, card_files: Sequence[Path], out: Path) -> Answer:
    """Copy box, reports and marks to a stick, read back; as often as wanted.

    Example: station export --dir machine --card A --card B --out STICK
    """
    with open_day(folder, mode, now) as day:
        day.unlock(cards_of(folder, mode, card_files))
        target = out / day.export_name
        day.export(target)
    return Answer(f"Copied and read back: {target}. The stick may be taken out.", {"box": str(target)})


@click.command("report")
@click.argument("kind", type=click.Choice(["zero", "closing", "last"]))
@folder_of_machine
@rehearsal_option
@click.option("--roll", "on_roll", is_flag=True, help="For a printer with 80 mm paper.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="PDF to write.")
@answers
def report_command(kind: str, folder: Path, mode: Mode, on_roll: bool, out: Path) -> Answer:
    """Write a report as PDF, as often as wanted.

    Example: station report closing --dir machine --out closing.pdf
    """
    types = {"zero": StatementType.ZERO_REPORT, "closing": StatementType.CLOSING_REPORT}
    with open_day(folder, mode, now, held=True) as day:
        reports = day.reports()
        report = day.report(types[kind]) if kind in types else (reports[-1] if reports else None)
        if report is None:
            raise Refused("S-105", "report", "it was not made yet")
        page = report_paper(letterhead(day), report)
    write_whole(out, render_roll(page) if on_roll else render_a4(page))
    return Answer(f"Written: {out}", {"paper": str(out), "report": report.fingerprint.hex()})


@click.command("roll-list")
@folder_of_machine
@rehearsal_option
@click.option("--out", type=click.Path(path_type=Path), required=True, help="PDF to write.")
@answers
def roll_list_command(folder: Path, mode: Mode, out: Path) -> Answer:
    """Write the signing list as PDF (A4), with the pages and lines that the desk shows.

    Example: station roll-list --dir machine --out signing-list.pdf
    """
    with open_day(folder, mode, now, held=True) as day:
        page, lines = signing_list_of(day), sum(1 for _ in day.store.electors())
    write_private(out, render_a4(page))
    return Answer(
        f"Written: {out} ({counted(lines, 'line')}). It names people: print it, then delete it.",
        {"paper": str(out), "lines": lines},
    )


@click.command("incident")
@click.argument("text")
@folder_of_machine
@anyway_option
@rehearsal_option
@answers
def incident_command(text: str, folder: Path, anyway: bool, mode: Mode) -> Answer:
    """Note an incident in the log; it is printed in the closing report, so it names nobody.

    Example: station incident "Power failed for five minutes" --dir machine
    """
    with open_day(folder, mode, now) as day:
        check_unnamed(day, text, anyway=anyway)
        day.note_incident(text)
    return Answer("Written down.", {"incident": text})


@click.command("status")
@folder_of_machine
@rehearsal_option
@answers
def status_command(folder: Path, mode: Mode) -> Answer:
    """Say how far the day of this machine is, and what is next.

    Example: station status --dir machine
    """
    name = machine_name(folder)
    try:
        with open_day(folder, mode, now, held=True) as day:
            counts, state = day.counts(), day.state
            hidden = day.closing_announced and counts.balanced and state is not State.CLOSED
            fingerprint = day.fingerprint
    except Refused as refused:
        if refused.code == "V-161":
            return Answer(f"Machine {name}: wiped.", {"machine": name, "state": str(State.WIPED)})
        if refused.code != "S-104":
            raise
        return Answer(
            f"Machine {name}: enrolled. Next: station load.", {"machine": name, "state": "enrolled"}
        )
    next_step = {
        "prepared": "station open",
        "open": "vote; then station close",
        "closed": "station export; after the time for appeals, on the order of the town hall, station wipe",
    }.get(state, "station reopen, or station close")
    voted = (
        "How many have voted is told after the count of signatures."
        if hidden
        else f"Voted: {counts.marks:,} of {counts.on_roll:,}."
    )
    text = f"Machine {name}: {state}. {voted} Next: {next_step}.\nSealed file {fingerprint_text(fingerprint)}"
    marks = None if hidden else counts.marks
    data = {"machine": name, "state": str(state), "marks": marks, "electors": counts.on_roll}
    return Answer(text, {**data, "fingerprint": fingerprint.hex()})

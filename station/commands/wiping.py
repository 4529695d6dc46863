"""After the time for appeals: a machine is wiped on the town hall's order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from keys.desk.command import Answer, answers, warn
from keys.desk.confirmation import confirm_by_name
from keys.desk.destroying import ERASE_DISK
from keys.desk.files import load_statement, write_whole
from keys.desk.options import cards_option, rehearsal_option
from keys.desk.town import speaks
from keys.election.statement import Mode, Statement
from keys.findings import Misuse, Unreadable
from keys.paper.destruction import destruction_paper
from keys.paper.groups import short_code
from keys.paper.pages import render_a4
from station.commands.given import cards_of, folder_of_machine, now
from station.day import open_day
from station.disk.folder import enrolled_definition, machine_name
from station.wiping import begin_wipe, finish_wipe, wiped_report

__all__ = ["wipe_command"]


@click.command("wipe")
@click.argument("order", type=click.Path(path_type=Path), required=False)
@folder_of_machine
@cards_option
@rehearsal_option
@click.option("--officer", "officers", multiple=True, help="Name of an officer, for the report; twice.")
@click.option("--stick", type=click.Path(path_type=Path), help="Stick with the copy of this machine's votes.")
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="Folder for the report, on a stick."
)
@click.option("--yes", is_flag=True, help="Wipe without asking for the name of the machine.")
@answers
def wipe_command(
    order: Path | None,
    folder: Path,
    card_files: Sequence[Path],
    mode: Mode,
    officers: Sequence[str],
    stick: Path | None,
    out: Path,
    yes: bool,
) -> Answer:
    """Destroy keys, box, register, marks and log of this machine, once the town hall orders it.

    The report is signed, printed and kept first. If stopped, it may be run again with --out alone. A rehearsal is wiped
    at any time, without an order.

    Example: station wipe STICK/destruction-order.cose --dir machine --card A --card B --out STICK
    """
    name = machine_name(folder)
    for place in (out, stick):
        if place is not None and not place.is_dir():
            raise Unreadable(f"{place} is not a folder; nothing was destroyed")
    report = wiped_report(folder, mode)
    if report is None:
        if len(officers) > 2:
            raise Misuse("--officer is given at most twice")
        ordered = None if order is None else load_statement(order)
        with open_day(folder, mode, now, held=True) as day:
            day.unlock(cards_of(folder, mode, card_files))
            confirm_by_name(
                "This destroys the box and keys for good. Name of this machine",
                name,
                f"this is machine {name}",
                yes=yes,
            )
            report = begin_wipe(day, ordered, stick, now(), officers)
    else:
        warn("The report is signed already; what is left is destroyed now.")
    papers = _hand_out(folder, name, report, out)
    count = finish_wipe(folder, mode, stick)
    rest = "" if stick else "\nIf a stick was in on the day, wipe its copy too: station wipe with --stick."
    return Answer(
        f"Machine {name} is wiped: {count} files destroyed. Report {short_code(report.fingerprint)}: {papers}\n"
        f"Burn the cards: with a stick they open the copy on it.{rest}\n"
        f"Flash storage keeps old contents that no program reaches. Erase the key of the encrypted disk as well, from "
        f"another system: {ERASE_DISK}",
        {"machine": name, "files": count, "report": report.fingerprint.hex(), "paper": str(papers)},
    )


def _hand_out(folder: Path, name: str, report: Statement, out: Path) -> Path:
    """Write report and paper to the stick, and the paper into the machine's folder."""
    definition = enrolled_definition(folder)
    pdf = render_a4(destruction_paper(definition, report, speaks(definition), name))
    mode = report.header.mode.name.lower()
    path = out / f"destruction-{mode}-{name}.cose"
    write_whole(folder / "papers" / f"{mode}-destruction-report.pdf", pdf)
    write_whole(path, report.raw)
    write_whole(path.with_suffix(".pdf"), pdf)
    return path.with_suffix(".pdf")

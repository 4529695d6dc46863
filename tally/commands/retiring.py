"""After the time for appeals: the order to wipe the machines, and the end of the office."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from keys.desk.command import Answer, answers, warn
from keys.desk.confirmation import confirm_by_name
from keys.desk.counted import counted
from keys.desk.destroying import ERASE_DISK
from keys.desk.options import folder_option, passphrase_option
from keys.desk.passphrase import ask_passphrase
from keys.findings import Misuse, Unreadable
from keys.paper.groups import short_code
from tally.retiring import (
    begin_retiring,
    finish_retiring,
    hand_out_order,
    hand_out_report,
    order_destruction,
    retired_report,
)
from tally.workspace import Workspace

__all__ = ["retire_command"]

_PATH = click.Path(path_type=Path)


def now() -> int:
    """Unix seconds."""
    return int(time.time())


@click.command("retire")
@folder_option("Folder of the returning officer.")
@click.option("--order", "ordering", is_flag=True, help="Sign the order for the machines; destroy nothing.")
@click.option(
    "--from", "day", type=click.DateTime(["%Y-%m-%d"]), help="First day on which it may be followed."
)
@click.option("--public", type=_PATH, help="The public folder, which is kept.")
@click.option("--out", type=_PATH, required=True, help="Folder for the order or the report, on a stick.")
@click.option("--yes", is_flag=True, help="Retire without asking for the name of the town.")
@passphrase_option
@answers
def retire_command(
    folder: Path,
    ordering: bool,
    day: datetime | None,
    public: Path | None,
    out: Path,
    yes: bool,
    passphrase_file: Path | None,
) -> Answer:
    """Order the machines to be wiped; later destroy registers, marks, boxes and keys of the office.

    What is public is kept, and compared first. The report is signed before anything is destroyed; if
    stopped, it may be run again.

    Examples: tally retire --order --from 2026-11-02 --dir office --out STICK;  tally retire --dir office --public
    public --out STICK
    """
    if not out.is_dir():
        raise Unreadable(f"{out} is not a folder; nothing was done")
    workspace = Workspace(folder)
    definition = workspace.draft()[0].definition
    if ordering:
        if day is None:
            raise Misuse("--order needs --from, the first day after the time for appeals")
        authority = workspace.open_authority(ask_passphrase(passphrase_file, "the authority"))
        start = int(day.replace(tzinfo=ZoneInfo(definition.timezone)).timestamp())
        order = order_destruction(workspace, authority, start, now())
        path = hand_out_order(workspace, out)
        return Answer(
            f"Ordered, from {day:%Y-%m-%d} on: {short_code(order.fingerprint)}. Bring {path} to every machine, then: "
            f"station wipe.",
            {"order": order.fingerprint.hex(), "file": str(path)},
        )
    report = retired_report(workspace)
    if report is None:
        if public is None:
            raise Misuse("--public with the public folder is needed: it is all that stays of the vote")
        authority = workspace.open_authority(ask_passphrase(passphrase_file, "the authority"))
        confirm_by_name(
            "Is the public folder kept in two places? Then type the name of the town",
            definition.town,
            f"this is the vote of {definition.town}",
            yes=yes,
        )
        report = begin_retiring(workspace, public, authority, now())
    else:
        warn("The report is signed already; what is left is destroyed now.")
    try:
        paper = hand_out_report(workspace, out)
    except (Unreadable, OSError) as error:
        raise Unreadable(
            f"{error}\nThe report is signed, and nothing is destroyed so far; run it again, with another --out"
        ) from None
    count = finish_retiring(workspace)
    return Answer(
        f"The office is retired: {counted(count, 'file')} destroyed. Report {short_code(report.fingerprint)}: {paper}\n"
        f"Destroy the backups too: they hold the rolls. Flash storage keeps old contents that no program reaches.\n"
        f"Erase the key of the encrypted disk as well, from another system: {ERASE_DISK}",
        {"files": count, "report": report.fingerprint.hex(), "paper": str(paper)},
    )

"""The day without a screen, once it is open: cast from a script, pause, close."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from keys.desk.command import Answer, answers, progress
from keys.desk.counted import counted
from keys.desk.files import read_bytes
from keys.desk.options import cards_option, rehearsal_option
from keys.election.statement import Mode
from keys.findings import Refused
from station.commands.given import (
    anyway_option,
    cards_of,
    copied,
    folder_of_machine,
    keep_paper,
    now,
    stick_option,
)
from station.day import Closing, open_day
from station.officers.namecheck import check_unnamed
from station.script import play_all, read_script
from station.scripted import scripted_session

__all__ = ["cast_command", "close_command", "pause_command"]


@click.command("cast")
@click.argument("script", type=click.Path(path_type=Path))
@folder_of_machine
@cards_option
@rehearsal_option
@stick_option
@answers
def cast_command(
    script: Path, folder: Path, card_files: Sequence[Path], mode: Mode, stick: Path | None
) -> Answer:
    """Cast the visits of a script, in a rehearsal or a demonstration only.

    A line of the script is one visit: {"elector": 12, "choices": {"saint-cyprien": ["34"]}}

    Ranks are a list with the first choice first; points and grades are named by option: {"34": 3}

    Example: station cast visits.jsonl --dir machine --card A --card B
    """
    with open_day(folder, mode, now) as day:
        definition = day.manifest.definition
        if mode is Mode.OFFICIAL and not definition.demonstration:
            raise Refused("S-106", f"machine {day.manifest.machines[day.machine].name}")
        text = read_bytes(script).decode("utf-8", "replace")
        day.unlock(cards_of(folder, mode, card_files))
        if not day.state.takes_votes:
            raise Refused("S-105", "station", f"it is {day.state}; for this it must be open or announced")
        session, pin = scripted_session(day)
        shown = progress("visit", len(text.split("\n")), read_script(text))
        with copied(day, stick):
            cast = play_all(session, definition, shown, pin)
    return Answer(f"{counted(cast, 'visit')} cast.", {"cast": cast})


@click.command("pause")
@folder_of_machine
@cards_option
@rehearsal_option
@stick_option
@click.option("--reason", default="", help="Why; it is printed. No names.")
@anyway_option
@answers
def pause_command(
    folder: Path, card_files: Sequence[Path], mode: Mode, stick: Path | None, reason: str, anyway: bool
) -> Answer:
    """Pause the vote: nobody can vote until it is reopened.

    Example: station pause --dir machine --card A --card B --reason "lunch"
    """
    with open_day(folder, mode, now) as day:
        check_unnamed(day, reason, anyway=anyway)
        day.unlock(cards_of(folder, mode, card_files))
        with copied(day, stick):
            report = day.pause(reason)
        path = keep_paper(day, report.raw)
    return Answer(f"The station is paused. Report: {path}", {"paper": str(path)})


@click.command("close")
@folder_of_machine
@cards_option
@rehearsal_option
@stick_option
@click.option("--signatures", type=click.IntRange(0, 100_000), help="Signatures counted on the paper list.")
@answers
def close_command(
    folder: Path, card_files: Sequence[Path], mode: Mode, stick: Path | None, signatures: int | None
) -> Answer:
    """Close the box for good; needs two cards and the count of signatures.

    Example: station close --dir machine --card A --card B --signatures 436
    """
    signed = click.prompt("Signatures on the paper list", type=int) if signatures is None else signatures
    with open_day(folder, mode, now) as day:
        day.unlock(cards_of(folder, mode, card_files))
        with copied(day, stick):
            report = day.close(Closing(signed))
        path = keep_paper(day, report.raw)
        counts = day.counts()
    ballots = min(counts.ballots.values())
    figures = f"{counted(counts.marks, 'mark')}, {counted(ballots, 'ballot')}, {counted(signed, 'signature')}"
    text = f"The station is closed: {figures}.\n{path}"
    return Answer(text, {"marks": counts.marks, "ballots": ballots, "signatures": signed, "paper": str(path)})

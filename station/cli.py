"""The command `station`: what a polling machine runs."""

from __future__ import annotations

import secrets
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click

from keys.desk.cards import Card
from keys.desk.command import Answer, answers, progress, run, warn
from keys.desk.files import read_bytes, write_private, write_whole
from keys.desk.language import Language
from keys.desk.options import (
    cards_option,
    check_paper,
    folder_option,
    paper_option,
    read_card,
    rehearsal_option,
)
from keys.election.draft import open_draft
from keys.election.statement import Mode, StatementType, read_statement
from keys.findings import Misuse, Refused
from keys.paper.groups import fingerprint_text, short_code
from keys.paper.pages import render_a4, render_roll
from station.day import Closing, Day, open_day
from station.documents import card_paper, report_paper
from station.loading import check_fingerprint, load
from station.machine import enrol, machine_name, recognise
from station.script import play_all, read_script
from station.scripted import scripted_session

__all__ = ["main"]

_FOLDER = folder_option("Folder of this machine.")


def _now() -> int:
    return int(time.time())


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="isoloir", prog_name="station")
def cli() -> None:
    """Run a polling machine: enrol it, load it, vote, close, export.

    Example: station status --dir machine
    """


@cli.command("enrol")
@click.argument("draft", type=click.Path(path_type=Path))
@click.option("--machine", required=True, help="Name of this machine in the definition.")
@_FOLDER
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Stick: what the town hall gets.")
@click.option("--cards", "cards_out", type=click.Path(path_type=Path), required=True, help="Where cards go.")
@paper_option
@answers
def enrol_command(
    draft: Path, machine: str, folder: Path, out: Path, cards_out: Path, paper: str | None
) -> Answer:
    """Make this machine's keys, credentials and officers' cards.

    Example: station enrol STICK/draft.cose --machine 06-a --dir machine --out STICK --cards cards
    """
    raw = read_bytes(draft)
    statement = read_statement(raw)
    definition = open_draft(statement).definition
    check_paper(statement.fingerprint, paper, "fingerprint sheet of the draft")
    made = enrol(folder, raw, machine, secrets.token_bytes)
    language = Language(definition.language)
    for mode, (handed_in, cards) in made.items():
        name = mode.name.lower()
        write_whole(out / f"enrolment-{name}-{machine}.cose", handed_in)
        for card in cards:
            stem = cards_out / f"{machine}-{name}-card-{card.share.index}"
            write_private(stem.with_suffix(".txt"), f"{card.text}\n".encode())
            page = card_paper(definition, statement.fingerprint, mode, machine, card, language)
            write_private(stem.with_suffix(".pdf"), render_a4(page))
    count = definition.cards
    text = (
        f"Machine {machine} has enrolled.\nHand to the town hall: {out}\n"
        f"Print, give to {count} persons, then delete: {cards_out}"
    )
    return Answer(text, {"machine": machine, "cards": count})


@cli.command("load")
@click.argument("package", type=click.Path(path_type=Path))
@_FOLDER
@cards_option
@paper_option
@rehearsal_option
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Stick: the confirmation.")
@answers
def load_command(
    package: Path, folder: Path, card_files: Sequence[Path], paper: str | None, mode: Mode, out: Path
) -> Answer:
    """Load the package of the town hall, and confirm it.

    Example: station load STICK/06-a --dir machine --card A --card B --out STICK
    """
    check_fingerprint(package, mode, lambda digest: check_paper(digest, paper, "poster of the town hall"))
    loaded = load(folder, package, mode, _cards(folder, mode, card_files), secrets.token_bytes)
    name = f"confirmation-{mode.name.lower()}-{machine_name(folder)}.cose"
    write_whole(out / name, loaded.confirmation)
    text = f"Loaded: {loaded.electors} electors, sealed file number {loaded.manifest.number}.\nHand in: {out / name}"
    return Answer(text, {"electors": loaded.electors, "fingerprint": loaded.fingerprint.hex()})


@cli.command("open")
@_FOLDER
@cards_option
@rehearsal_option
@answers
def open_command(folder: Path, card_files: Sequence[Path], mode: Mode) -> Answer:
    """Open the station on an empty box; needs two cards.

    Example: station open --dir machine --card A --card B
    """
    with open_day(folder, mode, _now) as day:
        day.unlock(_cards(folder, mode, card_files))
        report = day.open()
        path = _keep_paper(day, report.raw)
    return Answer(
        f"The station is open. The box is empty. Code of the report: {short_code(report.fingerprint)}\n{path}",
        {"report": report.fingerprint.hex(), "paper": str(path)},
    )


@cli.command("cast")
@click.argument("script", type=click.Path(path_type=Path))
@_FOLDER
@cards_option
@rehearsal_option
@answers
def cast_command(script: Path, folder: Path, card_files: Sequence[Path], mode: Mode) -> Answer:
    """Cast the visits of a script, in a rehearsal or a demonstration only.

    A line of the script is one visit: {"elector": 12, "choices": {"saint-cyprien": ["34"]}}

    Example: station cast visits.jsonl --dir machine --card A --card B
    """
    with open_day(folder, mode, _now) as day:
        definition = day.manifest.definition
        if mode is Mode.OFFICIAL and not definition.demonstration:
            raise Refused("S-106", f"machine {day.manifest.machines[day.machine].name}")
        text = read_bytes(script).decode("utf-8", "replace")
        day.unlock(_cards(folder, mode, card_files))
        session, pin = scripted_session(day)
        shown = progress("visit", len(text.split("\n")), read_script(text))
        cast = play_all(session, definition, shown, pin)
    return Answer(f"{cast} visits cast.", {"cast": cast})


@cli.command("pause")
@_FOLDER
@cards_option
@rehearsal_option
@click.option("--reason", default="", help="Why; it is printed.")
@answers
def pause_command(folder: Path, card_files: Sequence[Path], mode: Mode, reason: str) -> Answer:
    """Pause the vote: nobody can vote until it is reopened.

    Example: station pause --dir machine --card A --card B --reason "lunch"
    """
    with open_day(folder, mode, _now) as day:
        day.unlock(_cards(folder, mode, card_files))
        path = _keep_paper(day, day.pause(reason).raw)
    return Answer(f"The station is paused. Report: {path}", {"paper": str(path)})


@cli.command("reopen")
@_FOLDER
@cards_option
@rehearsal_option
@answers
def reopen_command(folder: Path, card_files: Sequence[Path], mode: Mode) -> Answer:
    """Go on after a pause or a fault; needs two cards.

    Example: station reopen --dir machine --card A --card B
    """
    with open_day(folder, mode, _now) as day:
        day.unlock(_cards(folder, mode, card_files))
        path = _keep_paper(day, day.reopen().raw)
    return Answer(f"The station is open again. Report: {path}", {"paper": str(path)})


@cli.command("close")
@_FOLDER
@cards_option
@rehearsal_option
@click.option("--signatures", type=click.IntRange(0, 100_000), help="Signatures counted on the paper list.")
@answers
def close_command(folder: Path, card_files: Sequence[Path], mode: Mode, signatures: int | None) -> Answer:
    """Close the box for good; needs two cards and the count of signatures.

    Example: station close --dir machine --card A --card B --signatures 436
    """
    counted = click.prompt("Signatures on the paper list", type=int) if signatures is None else signatures
    with open_day(folder, mode, _now) as day:
        day.unlock(_cards(folder, mode, card_files))
        report = day.close(Closing(counted))
        path = _keep_paper(day, report.raw)
        counts = day.counts()
    ballots = min(counts.ballots.values())
    text = f"The station is closed: {counts.marks} marks, {ballots} ballots, {counted} signatures.\n{path}"
    return Answer(
        text, {"marks": counts.marks, "ballots": ballots, "signatures": counted, "paper": str(path)}
    )


@cli.command("export")
@_FOLDER
@rehearsal_option
@cards_option
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Stick.")
@answers
def export_command(folder: Path, mode: Mode, card_files: Sequence[Path], out: Path) -> Answer:
    """Copy box, reports and marks to a stick, read back; as often as wanted.

    Example: station export --dir machine --card A --card B --out STICK
    """
    with open_day(folder, mode, _now) as day:
        day.unlock(_cards(folder, mode, card_files))
        target = out / f"box-{mode.name.lower()}-{machine_name(folder)}"
        day.export(target)
    return Answer(f"Copied and read back: {target}. The stick may be taken out.", {"box": str(target)})


@cli.command("report")
@click.argument("kind", type=click.Choice(["zero", "closing", "last"]))
@_FOLDER
@rehearsal_option
@click.option("--roll", "on_roll", is_flag=True, help="For a printer with 80 mm paper.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="PDF to write.")
@answers
def report_command(kind: str, folder: Path, mode: Mode, on_roll: bool, out: Path) -> Answer:
    """Write a report as PDF, as often as wanted.

    Example: station report closing --dir machine --out closing.pdf
    """
    types = {"zero": StatementType.ZERO_REPORT, "closing": StatementType.CLOSING_REPORT}
    with open_day(folder, mode, _now, held=True) as day:
        reports = day.reports()
        report = day.report(types[kind]) if kind in types else (reports[-1] if reports else None)
        if report is None:
            raise Refused("S-105", "report", "it was not made yet")
        language = Language(day.manifest.definition.language)
        page = report_paper(day.manifest, day.fingerprint, report, language)
    write_whole(out, render_roll(page) if on_roll else render_a4(page))
    return Answer(f"Written: {out}", {"paper": str(out), "report": report.fingerprint.hex()})


@cli.command("incident")
@click.argument("text")
@_FOLDER
@rehearsal_option
@answers
def incident_command(text: str, folder: Path, mode: Mode) -> Answer:
    """Write an incident into the log; it is printed in the closing report.

    Example: station incident "Power failed for five minutes" --dir machine
    """
    with open_day(folder, mode, _now) as day:
        day.note_incident(text)
    return Answer("Written down.", {"incident": text})


@cli.command("status")
@_FOLDER
@rehearsal_option
@answers
def status_command(folder: Path, mode: Mode) -> Answer:
    """Say how far the day of this machine is, and what is next.

    Example: station status --dir machine
    """
    name = machine_name(folder)
    try:
        with open_day(folder, mode, _now, held=True) as day:
            counts, state = day.counts(), day.state
            fingerprint = day.fingerprint
    except Refused as refused:
        if refused.code != "S-104":
            raise
        return Answer(
            f"Machine {name}: enrolled. Next: station load.", {"machine": name, "state": "enrolled"}
        )
    next_step = {
        "prepared": "station open",
        "open": "vote; then station close",
        "closed": "station export",
    }.get(state, "station reopen, or station close")
    text = (
        f"Machine {name}: {state}. {counts.marks} of {counts.electors} have voted. Next: {next_step}.\n"
        f"Sealed file {fingerprint_text(fingerprint)}"
    )
    data = {"machine": name, "state": str(state), "marks": counts.marks, "electors": counts.electors}
    return Answer(text, {**data, "fingerprint": fingerprint.hex()})


def _cards(folder: Path, mode: Mode, files: Sequence[Path]) -> list[Card]:
    """Two cards, from files or typed at the terminal."""
    if files:
        return [read_card(path) for path in files]
    if not sys.stdin.isatty():
        raise Misuse("two cards are needed: use --card FILE twice where there is no terminal")
    cards: list[Card] = []
    while len(cards) < 2:
        typed = click.prompt(f"Card of person {len(cards) + 1}, 8 groups", hide_input=True, err=True)
        try:
            card = Card.parse(typed)
            recognise(folder, mode, card)
        except Refused as refused:
            warn(str(refused))
            continue
        cards.append(card)
    return cards


def _keep_paper(day: Day, raw: bytes) -> Path:
    """Write a report as PDF into the machine's folder, to be printed."""
    statement = read_statement(raw)
    language = Language(day.manifest.definition.language)
    page = report_paper(day.manifest, day.fingerprint, statement, language)
    kind = statement.header.type.name.lower().replace("_", "-")
    path = (
        day.folder / "papers" / f"{day.mode.name.lower()}-{kind}-{short_code(statement.fingerprint)[:4]}.pdf"
    )
    write_whole(path, render_a4(page))
    return path


def main() -> None:
    """Entry point."""
    run(cli, "station")

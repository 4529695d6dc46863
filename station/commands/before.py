"""Before the day: a machine enrols and loads its package."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path

import click

from keys.desk.command import Answer, answers
from keys.desk.counted import counted
from keys.desk.files import read_bytes, write_private, write_whole
from keys.desk.options import cards_option, check_paper, paper_option, rehearsal_option
from keys.desk.town import speaks
from keys.election.draft import open_draft
from keys.election.statement import Mode, read_statement
from keys.paper.pages import render_a4
from station.commands.given import cards_of, folder_of_machine, now
from station.loading import confirm_on, find_package, fingerprints, load
from station.machine import enrol
from station.papers.documents import card_paper

__all__ = ["enrol_command", "load_command"]


@click.command("enrol")
@click.argument("draft", type=click.Path(path_type=Path))
@click.option("--machine", required=True, help="Name of this machine in the definition.")
@folder_of_machine
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
    language = speaks(definition)
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


@click.command("load")
@click.argument("package", type=click.Path(path_type=Path))
@folder_of_machine
@cards_option
@paper_option
@rehearsal_option
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Stick: the confirmation.")
@answers
def load_command(
    package: Path, folder: Path, card_files: Sequence[Path], paper: str | None, mode: Mode, out: Path
) -> Answer:
    """Load the package of the town hall, and confirm it. PACKAGE is its folder, or the stick on which it lies.

    Example: station load STICK --dir machine --card A --card B --out STICK
    """
    package = find_package(package, folder)
    prints = fingerprints(package, mode)
    check_paper(prints.own, paper, "poster of the town hall", twin=prints.twin)
    cards = cards_of(folder, mode, card_files)
    loaded = load(folder, package, mode, cards, now(), secrets.token_bytes, expected=prints.own)
    path = confirm_on(out, loaded)
    text = f"Loaded: {counted(loaded.electors, 'elector')}, sealed file number {loaded.manifest.number}."
    text += f"\nHand in: {path}"
    return Answer(text, {"electors": loaded.electors, "fingerprint": loaded.fingerprint.hex()})

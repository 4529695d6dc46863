"""A machine stopped for good: a spare of its station closes its box from its stick."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from keys.desk.cards import Card
from keys.desk.command import Answer, answers, warn
from keys.desk.counted import counted
from keys.desk.options import cards_option, read_card, rehearsal_option
from keys.election.interruption import closing_of
from keys.election.statement import Mode
from keys.findings import Misuse, Refused
from station.commands.given import cards_of, folder_of_machine, keep_paper, now
from station.day import Closing, Day, open_day
from station.sticks.exporting import copy_taken_boxes
from station.sticks.takeover import copies_of_mode, recognise_dead

__all__ = ["takeover_command"]


@click.command("takeover")
@folder_of_machine
@click.option("--stick", type=click.Path(path_type=Path), required=True, help="Stick of the other machine.")
@click.option("--machine", "wanted", help="Its name, where the stick holds copies of several.")
@cards_option
@click.option(
    "--dead-card",
    "dead_files",
    type=click.Path(path_type=Path),
    multiple=True,
    help="File with a card of the machine that stopped; give it twice.",
)
@rehearsal_option
@click.option("--signatures", type=click.IntRange(0, 100_000), help="Signatures of those who voted there.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="Stick to copy its box to, beside this one's own."
)
@answers
def takeover_command(
    folder: Path,
    stick: Path,
    wanted: str | None,
    card_files: Sequence[Path],
    dead_files: Sequence[Path],
    mode: Mode,
    signatures: int | None,
    out: Path | None,
) -> Answer:
    """Close the box of a machine that stopped for good, and let this spare go on.

    Needs two cards of this machine and two of the one that stopped; whoever voted there cannot vote here.

    Example: station takeover --dir spare --stick STICK --card A --card B --dead-card C --dead-card D --signatures 131
    """
    with open_day(folder, mode, now) as day:
        copy = _copy(stick, mode, wanted)
        day.unlock(cards_of(folder, mode, card_files))
        cards = _dead_cards(day, copy, dead_files)
        if signatures is None:
            signatures = click.prompt(
                "Signatures of those who voted on the other machine", type=int, err=True
            )
        done = day.take_over(copy, cards, Closing(signatures))
        name = day.manifest.machines[done.machine].name
        lines = [f"The box of machine {name} is closed: {done.folder}"]
        data = {"machine": name, "box": str(done.folder), "carried": day.counts().carried}
        if done.statement is not None:
            closing = closing_of(done.statement)
            paper = keep_paper(day, done.statement.raw)
            lines[0] += (
                f"\n{counted(closing.marks, 'mark')}, {counted(closing.ballots, 'ballot')}, "
                f"{counted(closing.signatures, 'signature')}.\n{paper}"
            )
            data |= {"marks": closing.marks, "ballots": closing.ballots, "paper": str(paper)}
        if out is not None:
            copy_taken_boxes(folder, mode, out)
            lines.append(f"Copied and read back: {out / done.folder.name}")
    lines.append("Whoever voted there cannot vote here any more. Next: station open, or station export.")
    return Answer("\n".join(lines), data)


def _copy(stick: Path, mode: Mode, wanted: str | None) -> Path:
    """The copy that is meant.

    Raises:
        Refused: S-131, there is none.
        Misuse: There are several.
    """
    copies = copies_of_mode(stick, mode)
    found = {name: path for name, path in copies.items() if wanted in {None, name}}
    if not found:
        raise Refused("S-131", str(stick), "there is no copy of the machine")
    if len(found) > 1:
        machines = ", ".join(found)
        raise Misuse(f"the stick holds copies of several machines ({machines}): name one with --machine")
    return next(iter(found.values()))


def _dead_cards(day: Day, copy: Path, files: Sequence[Path]) -> list[Card]:
    """Two cards of the machine that stopped, from files or typed at the terminal."""
    if files:
        return [read_card(path) for path in files]
    if not sys.stdin.isatty():
        raise Misuse("two cards of the machine that stopped are needed: use --dead-card FILE twice")
    cards: list[Card] = []
    while len(cards) < 2:
        typed = click.prompt(
            f"Card {len(cards) + 1} of the machine that stopped, 8 groups", hide_input=True, err=True
        )
        try:
            card = Card.parse(typed)
            recognise_dead(copy, day.manifest, card)
        except Refused as refused:
            warn(str(refused))
            continue
        cards.append(card)
    return cards

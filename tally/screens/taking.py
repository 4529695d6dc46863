"""Taking in boxes: all of a stick, each whole or not at all, compared with its paper one after the other."""

from __future__ import annotations

import errno
import itertools
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from keys.desk.files import load_statement
from keys.election.report import ClosingReport
from keys.election.statement import StatementType
from keys.findings import Refused, Unreadable
from keys.paper.groups import hide_two_groups
from tally.boxes.merge import Verdict, import_box
from tally.boxes.sticks import find_boxes
from tally.screens.asking import AskGroups
from tally.screens.desk import Desk
from tally.screens.jobs import nothing_new
from tally.screens.work import Ended, Job, Reporter, Stopped

__all__ = ["taking_in"]

_MOST = 500
"""Reports beside a box that are looked at before it is taken in."""


class _Unconfirmed(Exception):
    """The officer did not type the groups of this machine's paper."""


def taking_in(desk: Desk, place: Path) -> Job:
    """Take in all boxes of a stick, each whole or not at all; the groups on paper are asked for each."""
    say = desk.language.say

    def run(reporter: Reporter) -> Ended:
        lines: list[str] = []
        errors: list[Exception] = []
        whole = True
        _check_there(place)
        try:
            boxes = find_boxes([place])
        except Refused:
            return nothing_new(desk, place)
        reporter.expect(_ballots(desk, boxes))
        for box in boxes:
            try:
                _check_there(box)
                lines.append(_box(desk, box, reporter))
            except _Unconfirmed as left:
                whole = False
                stays_out = say(
                    "Machine {machine} stays out: its paper was not compared. Take it in when the paper is here.",
                    machine=left,
                )
                lines.append(stays_out)
            except Refused as refused:
                errors.append(refused)
            except (Unreadable, OSError) as trouble:  # the stick is out: what is on it stays out
                errors.append(trouble)
                break
            except Stopped:
                return Ended("\n".join(lines), tuple(errors), stopped=True)
        if lines:
            lines.append(say("The stick may be taken out."))
        return Ended("\n".join(lines), tuple(errors), whole=whole)

    return Job(say("Taking in boxes: every ballot is checked"), run)


def _check_there(place: Path) -> None:
    """Say of a stick that was pulled out that it is not there, not that its papers are missing.

    Raises:
        FileNotFoundError: So.
    """
    if not place.exists():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(place))


def _box(desk: Desk, box: Path, reporter: Reporter) -> str:
    def check_paper(machine: str, station: str, digest: bytes) -> None:
        if not reporter.ask(AskGroups(desk, machine, station, hide_two_groups(digest, secrets.randbelow))):
            raise _Unconfirmed(machine)

    done = import_box(
        desk.workspace, box, check_paper, desk.clock(), workers=desk.workers, progress=reporter.tell
    )
    say = desk.language.say
    if done.verdict is Verdict.ALREADY_IN:
        return say("Machine {machine} was in already; nothing has changed.", machine=done.machine)
    words = say(
        "Machine {machine} is in. Marks: {marks}; ballots: {ballots}; signatures: {signatures}.",
        machine=done.machine,
        marks=done.marks,
        ballots=done.ballots,
        signatures=done.signatures,
    )
    if len({done.marks, done.ballots, done.signatures}) > 1:
        words += " " + say("They differ: have the signatures counted again.")
    return words


def _ballots(desk: Desk, boxes: Sequence[Path]) -> int | None:
    """Ballots to check, as the reports beside them state: for the time left alone. None if they cannot be read."""
    total, manifest = 0, desk.sealed.dossier.manifest
    try:
        for box in boxes:
            for path in itertools.islice(sorted(box.glob("*.cose")), _MOST):
                statement = load_statement(path)
                if statement.header.type is StatementType.CLOSING_REPORT:
                    ballots = ClosingReport.from_content(statement.content, statement.name).ballots
                    machine = manifest.machines[statement.header.signer or 0]
                    total += ballots * len(manifest.styles[machine.station])
    except (Refused, Unreadable, OSError, IndexError):
        return None  # what is wrong is said when the box is taken in
    return total or None

"""Printing: papers go as PDF to the standard input of a command, such as `lp -o media=A4`; none is kept on the disk.

A receipt, a slip or a sheet exists in memory only, on its way to the printer. Reports may lie on the disk: they are
posted on the door. A printer that fails never stops the vote; the caller is told, and says what to do.
"""

from __future__ import annotations

import dataclasses
import shlex
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import takewhile
from pathlib import Path

from keys.desk.files import write_whole
from keys.desk.town import speaks
from keys.election.statement import Statement, StatementType, read_statement
from keys.findings import Misuse, Unreadable
from keys.paper.document import Document, Notice
from keys.paper.groups import short_code
from keys.paper.pages import render_a4, render_roll
from station.booth import booth_contests
from station.checks.readiness import CheckLine
from station.day import Day
from station.disk.plan import Paper
from station.electors.signing_list import signing_paper
from station.papers.checkpaper import readiness_paper, trial_paper
from station.papers.documents import challenge_paper, receipt_paper, slip_paper
from station.papers.doorlist import trackers_paper
from station.papers.letterhead import Letterhead
from station.papers.reportpapers import report_paper
from station.papers.signpost import address_paper
from station.reports import made_at
from station.sticks.box import write_box

__all__ = ["PrintCommand", "StationPrinter", "keep_report", "letterhead", "print_command", "signing_list_of"]

_PATIENCE = 20
"""Seconds that a printing command may take to accept a paper."""
_COPIES = {
    StatementType.ZERO_REPORT: 2,
    StatementType.CLOSING_REPORT: 3,
    StatementType.INTERRUPTED: 3,
}
"""As many as the screens say: for the door, the file, and after closing the town hall."""

PrintCommand = Callable[[bytes], bool]
"""Takes a PDF; says whether it was handed to a printer."""


def print_command(command: str | None) -> PrintCommand:
    """The printing command of a machine; with none, nothing is ever printed.

    Args:
        command: Words as in a shell, without a shell: ``lp -d booth -o media=A4``.

    Raises:
        Misuse: The words cannot be told apart.
    """
    if command is None:
        return _no_printer
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise Misuse(f"the printing command {command!r} cannot be read: {error}") from None
    if not words:
        raise Misuse("the printing command is empty")
    return lambda pdf: _hand_over(words, pdf)


class StationPrinter:
    """The printer of the booth and of the desk.

    Attributes:
        failing: There is one, and it did not take the last paper.
    """

    def __init__(self, day: Day, clock: Callable[[], int], handing: PrintCommand, *, roll: bool) -> None:
        """Take a printer for a day.

        Args:
            day: Of the machine.
            clock: Unix seconds.
            handing: Hands a PDF to the printer.
            roll: Whether its paper is a roll of 80 mm; A4 otherwise.
        """
        self._day = day
        self._clock = clock
        self._handing = handing
        self.failing = False
        self._roll = roll

    def _head(self, language: str = "") -> Letterhead:
        return letterhead(self._day, language)

    def slip(self, code: str, number: int, language: str) -> bool:
        """Print a check slip."""
        station = self._day.manifest.definition.stations[self._day.station]
        return self._print(slip_paper(self._head(language), station, code, number))

    def sheet(self, challenge: bytes, code: str, language: str) -> bool:  # noqa: ARG002 - the statement holds it
        """Print what was opened."""
        return self._print(challenge_paper(self._head(language), read_statement(challenge)))

    def receipt(self, receipt: bytes, language: str) -> bool:
        """Print a receipt."""
        return self._print(receipt_paper(self._head(language), read_statement(receipt)))

    @property
    def there(self) -> bool:
        """Whether there is one at all."""
        return self._handing is not _no_printer

    def report(self, report: Statement, known: Paper) -> Paper:
        """Print a report, as many copies as are signed, and keep its page in the machine's folder.

        Where there may be a paper of it already, it says that it is a duplicate, with both hours; of one that was
        printed it is a single copy.
        """
        paper = report_paper(self._head(), report)
        copies = 1 if known is Paper.PRINTED else _COPIES.get(report.header.type, 1)
        if known is Paper.NEVER:
            page = render_a4(paper)
            with suppress(Unreadable):  # a full disk: the page is made again from the signed report
                _keep(self._day, report, page)
            pdf = render_roll(paper) if self._roll else page
        else:
            pdf = self._rendered(self._marked(paper, report))
        taken = sum(1 for _ in takewhile(bool, (self._hand(pdf) for _ in range(copies))))
        if taken == copies:
            return Paper.PRINTED
        return Paper.PERHAPS if taken else Paper.NEVER

    def trackers(self) -> bool:
        """Print the list of receipt codes for the door."""
        day = self._day
        contests = booth_contests(day.manifest, day.station)
        box = write_box(day.store, contests)
        return self._print(trackers_paper(self._head(), day.machine, box.trackers))

    def address(self, station: int) -> bool:
        """Print where a station is; nobody's name is on it."""
        return self._print(address_paper(self._head(), station))

    def test_page(self) -> bool:
        """Print a page to look at."""
        return self._print(trial_paper(self._head(), self._day.machine))

    def signing_list(self) -> bool:
        """Print the list that people sign; a roll is no paper for it."""
        return not self._roll and self._hand(render_a4(signing_list_of(self._day)))

    def readiness(self, lines: Sequence[CheckLine]) -> bool:
        """Print the readiness check."""
        return self._print(readiness_paper(self._head(), self._day.machine, lines, self._clock()))

    def _marked(self, paper: Document, report: Statement) -> Document:
        language = speaks(self._day.manifest.definition)
        zone = self._day.manifest.definition.timezone
        text = language.say(
            "DUPLICATE: made {made}, printed again {moment}.",
            made=language.moment(made_at(report), zone),
            moment=language.moment(self._clock(), zone),
        )
        return dataclasses.replace(paper, blocks=(Notice(text), *paper.blocks))

    def _print(self, paper: Document) -> bool:
        return self._hand(self._rendered(paper))

    def _rendered(self, paper: Document) -> bytes:
        return render_roll(paper) if self._roll else render_a4(paper)

    def _hand(self, pdf: bytes) -> bool:
        taken = self._handing(pdf)
        self.failing = not taken and self.there
        return taken


def _no_printer(_pdf: bytes) -> bool:
    return False


def letterhead(day: Day, language: str = "") -> Letterhead:
    """Of the papers of a machine's day; in the town's own language where none is named."""
    return Letterhead(day.manifest, day.fingerprint, day.mode, speaks(day.manifest.definition, language))


def keep_report(day: Day, report: Statement) -> Path:
    """Write the page of a report into the machine's folder, and say where it lies."""
    return _keep(day, report, render_a4(report_paper(letterhead(day), report)))


def _keep(day: Day, report: Statement, page: bytes) -> Path:
    kind = report.header.type.name.lower().replace("_", "-")
    path = day.folder / "papers" / f"{day.mode.name.lower()}-{kind}-{short_code(report.fingerprint)[:4]}.pdf"
    write_whole(path, page)
    return path


def signing_list_of(day: Day) -> Document:
    """The paper signing list of a machine's station, in the town's language."""
    electors = [elector for elector, _ in day.store.electors()]
    return signing_paper(letterhead(day), day.station, electors)


def _hand_over(words: Sequence[str], pdf: bytes) -> bool:
    """Give the PDF to the command; anything but success is a printer that failed."""
    try:
        done = subprocess.run(
            words,
            input=pdf,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0

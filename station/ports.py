"""What the session needs of the machine behind it, as small protocols: nothing here knows a disk or a printer.

`station.recorder` and `station.day` answer to them on a machine; tests answer with what they hold in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from keys.election.definition import Definition
from keys.election.statement import Statement
from station.answers import Reason
from station.checks.readiness import CheckLine
from station.disk.plan import Paper
from station.electors.people import Letters, Person
from station.questions import CopyNote, ReportPaper
from station.visits.pinlock import PinLock

__all__ = ["Hall", "LetterSizes", "Papers", "Prepared", "Printer", "Recorder", "Register"]


@dataclass(frozen=True, slots=True)
class LetterSizes:
    """The sizes of letters that a machine can show, and what sets one."""

    sizes: tuple[Letters, ...]
    set: Callable[[Letters], None]


class Prepared(Protocol):
    """The ballots of a visit, built and not cast."""

    @property
    def check_code(self) -> bytes:
        """First 10 bytes of the commitment."""


class Recorder(Protocol):
    """The only path of a vote."""

    def room(self) -> int:
        """How many more visits fit."""

    def prepare(self, selections: Mapping[int, tuple[int, ...]]) -> Any:
        """Build the ballots of a visit from selections by contest (values by option; empty for blank)."""

    def cast(self, prepared: Any, elector: int) -> bytes:
        """Cast them together with the mark.

        Returns:
            The receipt, a statement.

        Raises:
            InDoubt: Only the mark can say whether the vote is recorded.
            Refused: Nothing is recorded.
        """

    def open(self, prepared: Any, *, by_officers: bool = False) -> bytes:
        """Open them instead of casting; counted apart where officers check the machine.

        Returns:
            The challenge, a statement.
        """

    def forget(self, prepared: Any) -> None:
        """Drop them."""


class Papers(Protocol):
    """The printer in the booth; each paper answers whether it was handed to a printer."""

    @property
    def there(self) -> bool:
        """Whether there is one at all."""

    def slip(self, code: str, number: int, language: str) -> bool:
        """Print a check slip: its code in four groups, and which slip of the visit it is."""

    def sheet(self, challenge: bytes, code: str, language: str) -> bool:
        """Print what was opened."""

    def receipt(self, receipt: bytes, language: str) -> bool:
        """Print a receipt."""


class Printer(Papers, Protocol):
    """The printer of the desk; in a small station it is the same."""

    @property
    def failing(self) -> bool:
        """Whether there is one that did not take the last paper."""

    def report(self, report: Statement, known: Paper) -> Paper:
        """Print a report; marked as a duplicate, with both hours, where there may be a paper of it already.

        Args:
            report: Any that this machine signed.
            known: Of its paper so far.

        Returns:
            Whether all copies were handed to the printer, some or none.
        """

    def trackers(self) -> bool:
        """Print the list of receipt codes for the door, once the box is closed."""

    def address(self, station: int) -> bool:
        """Print where a station is, for somebody who votes there."""

    def test_page(self) -> bool:
        """Print a page to look at, with a square code on it."""

    def signing_list(self) -> bool:
        """Print the list that people sign; not on a roll of 80 mm."""

    def readiness(self, lines: Sequence[CheckLine]) -> bool:
        """Print the readiness check."""


class Register(Protocol):
    """The roll and the counters of the day."""

    def person(self, number: int) -> Person | None:
        """The person of a roll number."""

    def search(self, text: str) -> Sequence[Person]:
        """People whom a roll number, a reference or parts of a name mean."""

    def widely(self, text: str) -> Sequence[Person]:
        """People whose names are like a text."""

    def elsewhere(self, surname: str, born: str) -> tuple[int, ...]:
        """Indices of the stations at which a person of this surname and birth date (ISO) votes."""

    def settle(self) -> bytes | None:
        """After `InDoubt`: open the disk again and read the mark.

        Returns:
            The receipt if the vote is recorded, None if it is not.

        Raises:
            Refused, Unreadable: Nothing can be read; the machine must be started again.
        """

    def additions_left(self) -> int:
        """How many electors can still be added on the spot."""

    def counts(self) -> tuple[int, int]:
        """How many have voted, and how many are on the roll."""

    def count_cancelled(self, reason: Reason) -> None:
        """A visit ended without a vote."""

    def count_shown(self) -> None:
        """A check code was shown on the screen alone, to copy: nothing printed it."""

    def count_unsigned(self) -> None:
        """Somebody left without signing."""


@dataclass(frozen=True, slots=True)
class Hall:
    """What all visits of a machine have in common."""

    definition: Definition
    station: int
    """Index of the station."""
    recorder: Recorder
    papers: Papers
    register: Register
    lock: PinLock
    shuffle: Callable[[int], Sequence[int]]
    """Gives the numbers below its argument in a random order."""
    copy: Callable[[], CopyNote | None] = lambda: None
    """How the copy on the stick stands now."""
    address: Callable[[int], bool] = lambda _: False
    """Prints where a station is."""
    letters: LetterSizes | None = None
    """Where something of the machine can set them."""
    announced: Callable[[], bool] = lambda: False
    """Whether the closing is announced: nobody is told from then on how many have voted."""
    due: Callable[[], tuple[ReportPaper, ...]] = tuple
    """The reports of which nothing says that they were printed."""
    paperless: Callable[[], bool] = lambda: False
    """Whether a printer is there that did not take the last paper."""

"""What a visit holds between its review and its end: built ballots, and the papers that come of them."""

from __future__ import annotations

from collections.abc import Callable

from keys.election.receipt import Receipt
from keys.election.statement import read_statement
from keys.findings import Misuse
from keys.paper.groups import check_code, short_code
from station.ports import Papers, Prepared, Recorder
from station.questions import CheckCode, Opened, Recorded
from station.visits.chosen import ContestLine

__all__ = ["Envelope"]


class Envelope:
    """Ballots that are built, then forgotten, opened or cast; at most one set at a time.

    Attributes:
        printed: Whether the last paper was handed to a printer; None before the first try.
        void: Number of the slip that became void by going back to the review.
    """

    def __init__(
        self,
        recorder: Recorder,
        papers: Papers,
        shown: Callable[[], None],
        *,
        by_officers: bool = False,
    ) -> None:
        """Hold nothing yet.

        Args:
            recorder: The path of a vote.
            papers: The printer in the booth.
            shown: Counts a code that a voter could only copy from the screen.
            by_officers: In a visit that cannot vote.
        """
        self._recorder = recorder
        self._papers = papers
        self._shown = shown
        self._by_officers = by_officers
        self._prepared: Prepared | None = None
        self._statement = b""
        self._slips = self._prints = 0
        self.printed: bool | None = None
        self.void: int | None = None

    def seal(self, selections: dict[int, tuple[int, ...]], language: str) -> None:
        """Build ballots of the selections by contest, and print a slip with their code."""
        self._prepared = self._recorder.prepare(selections)
        self._slips += 1
        self._prints = 0
        self.void = None
        self.print_slip(language)
        if not (self.printed or self._by_officers):
            self._shown()

    def tear(self) -> None:
        """Go back: forget the ballots; the slip is void, where there is one to throw away."""
        printed = self.printed
        self.forget()
        self.void = self._slips if printed else None

    def forget(self) -> None:
        """Forget the ballots and every paper that could be printed of them."""
        if self._prepared is not None:
            self._recorder.forget(self._prepared)
        self._prepared = None
        self._statement = b""
        self.printed = self.void = None

    def open(self, language: str) -> None:
        """Open the ballots instead of casting them, and print the sheet."""
        self._statement = self._recorder.open(self.ballots, by_officers=self._by_officers)
        self.print_sheet(language)

    def keep_receipt(self, receipt: bytes) -> None:
        """The ballots were cast: keep nothing but the receipt."""
        self.forget()
        self._statement = receipt

    @property
    def has_receipt(self) -> bool:
        """True after the ballots were cast, until it is forgotten."""
        return self._prepared is None and self._statement != b""

    @property
    def has_printer(self) -> bool:
        """Whether there is a printer, even if it did not take the last paper."""
        return self._papers.there

    @property
    def ballots(self) -> Prepared:
        """The ballots that were built.

        Raises:
            Misuse: There are none.
        """
        if self._prepared is None:
            raise Misuse("no ballots have been prepared")
        return self._prepared

    @property
    def _code(self) -> str:
        return check_code(self.ballots.check_code)

    def print_slip(self, language: str) -> None:
        """Print the slip, again if it was printed before."""
        self.printed = self._papers.slip(self._code, self._slips, language)
        self._prints += 1

    def print_sheet(self, language: str) -> None:
        """Print what was opened."""
        self.printed = self._papers.sheet(self._statement, self._code, language)

    def print_receipt(self, language: str) -> None:
        """Print the receipt, once: nobody needs a second one, and it could be handed on."""
        if not self.printed:
            self.printed = self._papers.receipt(self._statement, language)

    def show_slip(self) -> CheckCode:
        """V8."""
        return CheckCode(self._code, self._slips, bool(self.printed), again=self._prints > 1)

    def show_sheet(self, lines: tuple[ContestLine, ...]) -> Opened:
        """V9b, with the choices that were opened."""
        return Opened(self._statement, bool(self.printed), lines, self._by_officers, self._code)

    def show_receipt(self, titles: tuple[str, ...]) -> Recorded:
        """V10, with the titles of the contests."""
        receipt = Receipt.from_content(read_statement(self._statement).content, "receipt")
        codes = tuple(short_code(tracker) for tracker in receipt.trackers)
        return Recorded(self._statement, codes, titles, self.printed, self.has_printer)

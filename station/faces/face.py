"""The face of the station: pages of the questions, in the right language and size; answers on their way back.

Both the terminal app and plain lines stand on this; neither knows the office or the session.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from keys.desk.language import Language
from keys.desk.town import speaks
from station import answers as a
from station import questions as q
from station.disk.state import State
from station.officers import deeds as d
from station.officers.office import Office
from station.wording.frame import Frame
from station.wording.page import Page
from station.wording.pages import page_of

__all__ = ["CARD_SECONDS", "Face", "OfficeFace"]

CARD_SECONDS = 300
"""Without a key, after which cards are forgotten."""
_SLOW = (a.Vote, a.CheckMachine, a.PrintAgain, d.Confirm, d.CopyToStick, d.PrintTrackers, d.Reprint)
"""What writes, prints or copies."""


class Face(Protocol):
    """What a terminal app or plain lines draw."""

    @property
    def finished(self) -> bool:
        """The program may end."""

    @property
    def patience(self) -> int | None:
        """Seconds without a key after which time has passed; None for ever."""

    @property
    def language(self) -> Language:
        """Of whoever is at the machine."""

    def answer(self, answer: a.Answer) -> None:
        """Pass an answer on."""

    def page(self, width: int, height: int) -> Page:
        """The page of this moment for a window of so many cells."""

    def is_slow(self, answer: a.Answer) -> bool:
        """Whether the answer takes time enough to say so."""


class OfficeFace:
    """The face of an office and of the session in it."""

    def __init__(self, office: Office, clock: Callable[[], int]) -> None:
        """Take an office.

        Args:
            office: Of the day.
            clock: Gives Unix seconds.
        """
        self._office = office
        self._clock = clock
        self._languages: dict[str, Language] = {}

    @property
    def finished(self) -> bool:
        """The program may end."""
        return self._office.finished

    @property
    def patience(self) -> int | None:
        """Seconds without a key after which time has passed; None for ever."""
        if self._office.asks_cards:
            return CARD_SECONDS
        session = self._office.session
        return session.patience if session is not None and self._office.at_desk else None

    def answer(self, answer: a.Answer) -> None:
        """Pass an answer on."""
        if isinstance(answer, a.TimePassed) and not self._office.at_desk:
            self._office.forget()
        else:
            self._office.answer(answer)

    def page(self, width: int, height: int) -> Page:
        """The page of this moment for a window of so many cells."""
        return page_of(self._office.question, self.frame(width, height))

    @property
    def language(self) -> Language:
        """Of whoever is at the machine."""
        session = self._office.session
        own = self._office.day.manifest.definition.language
        code = session.language if session is not None and self._office.at_desk else own
        if code not in self._languages:
            self._languages[code] = speaks(self._office.day.manifest.definition, code)
        return self._languages[code]

    def frame(self, width: int, height: int, state: State | None = None) -> Frame:
        """The surroundings of a page; told the state, they need nothing of the disk."""
        day, session = self._office.day, self._office.session
        return Frame(
            language=self.language,
            definition=day.manifest.definition,
            station=day.station,
            mode=day.mode,
            state=day.state if state is None else state,
            now=self._clock(),
            manifest=day.manifest.number,
            width=width,
            height=height,
            is_check=session is not None and self._office.at_desk and session.is_check,
            printer=self._office.has_printer,
        )

    def is_slow(self, answer: a.Answer) -> bool:
        """Whether the answer takes time enough to say so."""
        building = isinstance(answer, a.Done) and isinstance(self._office.question, q.Review)
        return building or isinstance(answer, _SLOW)

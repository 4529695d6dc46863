"""A face over a session in memory: the voter's pages of any contest, without a machine behind them."""

from __future__ import annotations

from keys.desk.language import Language
from keys.election.definition import Contest
from keys.election.statement import Mode
from station import answers as a
from station.disk.state import State
from station.session import Session
from station.wording.frame import Frame
from station.wording.page import Page
from station.wording.pages import page_of
from tests.simulator.hall import MemoryRecorder, simulate

__all__ = ["BoothFace"]

OCTOBER_4 = 1_791_100_800  # 4 October 2026, 10:00 in Paris


class BoothFace:
    """Elector 1 in front of some contests; the language is chosen already.

    Attributes:
        session: It.
        recorder: Remembers what was cast.
    """

    finished = False
    patience = None

    def __init__(self, *contests: Contest, language: str = "fr") -> None:
        simulated = simulate(*contests)
        self.recorder: MemoryRecorder = simulated.recorder
        self.session = Session(simulated.hall)
        self._definition = simulated.hall.definition
        for answer in (a.Search("1"), a.Choose(1), a.HandOver(), a.LanguageChosen(language)):
            self.session.answer(answer)

    @property
    def language(self) -> Language:
        """The voter's."""
        return Language(self.session.language)

    def answer(self, answer: a.Answer) -> None:
        """Pass an answer on."""
        self.session.answer(answer)

    def page(self, width: int, height: int) -> Page:
        """The page of this moment."""
        frame = Frame(
            language=self.language,
            definition=self._definition,
            station=0,
            mode=Mode.OFFICIAL,
            state=State.OPEN,
            now=OCTOBER_4,
            manifest=1,
            width=width,
            height=height,
        )
        return page_of(self.session.question, frame)

    def is_slow(self, answer: a.Answer) -> bool:
        """Nothing is."""
        return not isinstance(answer, a.Answer)

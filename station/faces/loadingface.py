"""The face of a machine that has not loaded the file of the town hall: there is no day and no office yet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from keys.desk.language import Language
from keys.desk.town import speaks
from keys.election.statement import Mode
from station import answers as a
from station.disk.folder import enrolled_definition, machine_name
from station.disk.state import State
from station.faces.face import CARD_SECONDS
from station.officers.loadingtask import LoadingTask
from station.officers.package import LoadFile, WriteConfirmation
from station.wording.frame import Frame
from station.wording.page import Page
from station.wording.pages import page_of

__all__ = ["LoadingFace"]


class LoadingFace:
    """Draws the loading of a file, in the words of the draft that the machine enrolled with.

    Attributes:
        definition: Of the draft.
    """

    def __init__(self, task: LoadingTask, folder: Path, mode: Mode, clock: Callable[[], int]) -> None:
        """Take a task.

        Args:
            task: Its steps.
            folder: Of the machine.
            mode: Official or rehearsal.
            clock: Gives Unix seconds.

        Raises:
            Refused, Unreadable: What the machine enrolled with cannot be read.
        """
        self.definition = enrolled_definition(folder)
        self._task, self._mode, self._clock = task, mode, clock
        self._station = self.definition.machine_station(machine_name(folder))
        self._language = speaks(self.definition)

    @property
    def finished(self) -> bool:
        """The officers go on, or switch off."""
        return self._task.ended

    @property
    def loaded(self) -> bool:
        """There is a file now."""
        return self._task.loaded is not None

    @property
    def patience(self) -> int | None:
        """Seconds without a key after which cards are forgotten; None for ever."""
        return CARD_SECONDS if self._task.asks_cards else None

    @property
    def language(self) -> Language:
        """The town's own."""
        return self._language

    def answer(self, answer: a.Answer) -> None:
        """Pass an answer on."""
        if isinstance(answer, a.TimePassed):
            self._task.forget()
        else:
            self._task.answer(answer)

    def page(self, width: int, height: int) -> Page:
        """The page of this moment for a window of so many cells."""
        loaded = self._task.loaded
        frame = Frame(
            language=self._language,
            definition=self.definition,
            station=self._station,
            mode=self._mode,
            state=State.PREPARED,
            now=self._clock(),
            manifest=0 if loaded is None else loaded.manifest.number,
            width=width,
            height=height,
        )
        return page_of(self._task.question, frame)

    def is_slow(self, answer: a.Answer) -> bool:
        """Whether the answer takes time enough to say so."""
        return isinstance(answer, LoadFile | WriteConfirmation)

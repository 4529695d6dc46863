"""W1 without a file: the package on the stick, two groups of the poster, two cards, and the file is loaded.

The same steps as those of `station load` (`station.loading`). Nothing is changed on the machine before the last.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from keys.election.statement import Mode
from keys.findings import Misuse, Refused, Unreadable
from keys.paper.groups import HiddenGroups, hide_two_groups
from station.answers import Answer
from station.loading import Loaded, NoPackage, Prints, confirm_on, find_package, fingerprints, load
from station.officers import deeds as d
from station.officers.cardtask import CardTask
from station.officers.package import (
    AskPoster,
    LoadFile,
    PosterTyped,
    ShowLoaded,
    ShowUnloaded,
    WriteConfirmation,
)
from station.officers.tasks import CardStep, Place, Problem, Purpose
from station.questions import Question
from station.recognition import recognise

__all__ = ["LoadingTask"]


class LoadingTask:
    """From the stick to the start page.

    Attributes:
        ended: The officers are through: they go on, or switch off.
        loaded: What was loaded; None before.
    """

    def __init__(
        self,
        folder: Path,
        mode: Mode,
        *,
        stick: Callable[[], Path | None],
        clock: Callable[[], int],
        random_bytes: Callable[[int], bytes],
        randbelow: Callable[[int], int],
    ) -> None:
        """Begin with nothing.

        Args:
            folder: Of a machine that has enrolled and has not loaded its file.
            mode: Official or rehearsal.
            stick: Where a stick is in; None while there is none.
            clock: Gives Unix seconds.
            random_bytes: Fills the free slots of the store.
            randbelow: Chooses the groups that are hidden.
        """
        self.ended = False
        self.loaded: Loaded | None = None
        self._folder, self._mode = folder, mode
        self._stick, self._clock = stick, clock
        self._random_bytes, self._randbelow = random_bytes, randbelow
        self._package = Path()
        self._prints: Prints | None = None
        self._cards: CardTask | None = None
        self._question: Question = ShowUnloaded()

    @property
    def question(self) -> Question:
        """What is asked now."""
        return self._question if self._cards is None else self._cards.question

    @property
    def asks_cards(self) -> bool:
        """Whether a card is to be shown now; they are forgotten when nobody comes."""
        return self._cards is not None

    def answer(self, answer: Answer) -> None:
        """Take an answer of an officer.

        Raises:
            Misuse: The question has no such answer.
        """
        cards, question = self._cards, self._question
        match answer:
            case d.SwitchOff() if isinstance(question, ShowUnloaded) and cards is None:
                self.ended = True
            case d.Go(Place.START) if self.loaded is not None:
                self.ended = True
            case d.Leave():
                self._begin()
            case LoadFile() if cards is not None and cards.step is CardStep.READY:
                self._load(cards)
            case LoadFile() if isinstance(question, ShowUnloaded):
                self._find()
            case PosterTyped(first, second) if isinstance(question, AskPoster):
                self._compare(question, first, second)
            case d.CardTyped() | d.ClearCard() if cards is not None:
                cards.answer(answer)
            case WriteConfirmation() if self.loaded is not None:
                self._confirm(self.loaded)
            case _:
                raise Misuse(f"{type(answer).__name__} is no answer to {type(self.question).__name__}")

    def forget(self) -> None:
        """Nobody pressed a key for long: the cards are forgotten."""
        if self._cards is not None:
            self._begin()

    def _begin(self, problem: Problem | None = None) -> None:
        if self._cards is not None:
            self._cards.forget()
        self._cards, self._prints = None, None
        self._question = ShowUnloaded(problem)

    def _find(self) -> None:
        stick = self._stick()
        if stick is None:
            self._begin(Problem("load-stick"))
            return
        try:
            self._package = find_package(stick, self._folder)
            prints = fingerprints(self._package, self._mode)
        except NoPackage as missing:
            self._begin(Problem("no-package", missing.machine))
        except Unreadable:
            self._begin(Problem("load"))
        except Refused as refused:
            self._begin(Problem(refused.code))
        else:
            self._prints = prints
            hidden = hide_two_groups(prints.own, self._randbelow)
            self._question = AskPoster(hidden.shown, hidden.hidden)

    def _compare(self, question: AskPoster, first: str, second: str) -> None:
        prints = self._found
        try:
            HiddenGroups(prints.own, question.hidden).compare((first, second), prints.twin, "poster")
        except Refused as refused:
            self._question = replace(question, problem=Problem(refused.code))
            return
        folder, mode = self._folder, self._mode
        self._cards = CardTask(Purpose.LOAD, lambda card: recognise(folder, mode, card))

    def _load(self, cards: CardTask) -> None:
        own, shown = self._found.own, cards.cards
        cards.forget()
        try:
            loaded = load(
                self._folder,
                self._package,
                self._mode,
                shown,
                self._clock(),
                self._random_bytes,
                expected=own,
            )
        except Refused as refused:
            self._begin(Problem(refused.code))
        except Unreadable:
            self._begin(Problem("load"))
        else:
            self._cards, self.loaded = None, loaded
            self._confirm(loaded)

    def _confirm(self, loaded: Loaded) -> None:
        stick, written = self._stick(), False
        if stick is not None:
            with suppress(Unreadable):
                confirm_on(stick, loaded)
                written = True
        name = loaded.confirmation_name
        self._question = ShowLoaded(loaded.electors, loaded.manifest.number, name, written)

    @property
    def _found(self) -> Prints:
        if self._prints is None:
            raise Misuse("no package was found yet")
        return self._prints

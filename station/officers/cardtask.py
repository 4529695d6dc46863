"""Two cards of two persons, and where the desk opens with them, the PIN of the day."""

from __future__ import annotations

from collections.abc import Callable

from keys.desk.cards import GROUPS, Card, WrongGroup
from keys.findings import Refused
from keys.paper.keyboard import holds_code
from station.answers import Answer
from station.officers.deeds import CardTyped, PinChosen
from station.officers.tasks import AskCards, CardStep, Problem, Purpose

__all__ = ["CardTask"]

_PIN_LENGTHS = range(4, 7)


class CardTask:
    """Collects cards until two different ones are there; forgets them on demand.

    Attributes:
        purpose: What they are shown for.
        pin: Chosen for the desk; empty until then.
    """

    def __init__(self, purpose: Purpose, recognise: Callable[[Card], None], machine: str = "") -> None:
        """Start without a card.

        Args:
            purpose: What for.
            recognise: Refuses a card that is not this machine's (`station.recognition.recognise`).
            machine: Whose cards are asked for, if not this machine's.
        """
        self.purpose = purpose
        self.pin = ""
        self._recognise = recognise
        self._machine = machine
        self._held: list[Card] = []
        self._names: list[str] = []
        self._problem: Problem | None = None

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards that were read."""
        return tuple(self._held)

    @property
    def names(self) -> tuple[str, ...]:
        """Who showed them, as far as they said."""
        return tuple(self._names)

    @property
    def step(self) -> CardStep:
        """What is still to do."""
        if len(self._held) < 2:
            return CardStep.SECOND if self._held else CardStep.FIRST
        return CardStep.PIN if self.purpose.needs_pin and not self.pin else CardStep.READY

    @property
    def question(self) -> AskCards:
        """W3."""
        numbers = tuple(card.share.index for card in self._held)
        return AskCards(self.purpose, self.step, numbers, self.names, self._problem, self._machine)

    def answer(self, answer: Answer) -> None:
        """A card, the PIN, or the last of them taken back."""
        match answer:
            case CardTyped(text, name):
                self.take(text, name)
            case PinChosen(pin, again):
                self.choose_pin(pin, again)
            case _:
                self.clear_last()

    def take(self, text: str, name: str) -> None:
        """A card was shown or typed; nothing is counted against a wrong one."""
        self._problem = None
        if self.step not in {CardStep.FIRST, CardStep.SECOND}:
            return
        try:
            card = Card.parse(text)
            if any(card.share.index == held.share.index for held in self._held):
                raise Refused("S-102", "card")
            self._recognise(card)
        except WrongGroup as wrong:
            self._problem = Problem(wrong.code, str(wrong.group))
            return
        except Refused as refused:
            self._problem = _problem(refused.code, text)
            return
        self._held.append(card)
        self._names.append(name.strip()[:100])

    def choose_pin(self, pin: str, again: str) -> None:
        """The PIN of the day: 4 to 6 digits, typed twice."""
        self._problem = None
        if not (pin.isascii() and pin.isdigit() and len(pin) in _PIN_LENGTHS):
            self._problem = Problem("pin")
        elif pin != again:
            self._problem = Problem("differ")
        else:
            self.pin = pin

    def clear_last(self) -> None:
        """Forget the last card, or the PIN if it came after."""
        self._problem = None
        if self.pin:
            self.pin = ""
        elif self._held:
            self._held.pop()
            self._names.pop()

    def fail(self, code: str) -> None:
        """What the cards were for was refused: start again."""
        self.forget()
        self._problem = Problem(code)

    def forget(self) -> None:
        """Forget everything."""
        self._held.clear()
        self._names.clear()
        self.pin = ""
        self._problem = None


def _problem(code: str, text: str) -> Problem:
    """Which kind of mistake it is; nothing of what was typed but how many letters."""
    if not code.startswith("V-") and code != "S-121":
        return Problem(code)
    if holds_code(text):
        return Problem("no-card")
    letters = sum(letter.isalnum() for letter in text)
    return Problem("S-101") if letters == GROUPS * 4 else Problem("S-121", str(letters))

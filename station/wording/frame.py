"""What every page has around it: first row, last row, and the room there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len

from keys.desk.language import Language
from keys.desk.program import PROGRAM
from keys.election.definition import Definition, text_in
from keys.election.statement import Mode
from station.disk.state import State
from station.officers.deeds import Go, SwitchOff
from station.officers.tasks import Place
from station.wording.helps import help_of
from station.wording.page import Item, Page, Verb

__all__ = ["Frame"]

_NARROW, _LOW = 70, 20


@dataclass(frozen=True, slots=True)
class Frame:
    """The surroundings of a page."""

    language: Language
    definition: Definition
    station: int
    mode: Mode
    state: State
    now: int
    """Unix seconds; shown to officers, never to voters."""
    manifest: int
    """Number of the sealed file; 0 while none is loaded."""
    width: int
    height: int
    is_check: bool = False
    """Officers check the machine: a visit in which nothing can be cast."""
    printer: bool = True
    """Whether the machine has one."""

    @property
    def small(self) -> bool:
        """Whether there is room for short texts only."""
        return self.width < _NARROW or self.height < _LOW

    @property
    def banner(self) -> str:
        """What stands first on every page where the votes do not count."""
        say = self.language.say
        if self.is_check:
            return say("OFFICERS' CHECK: NO VOTE IS CAST")
        return self._of_vote

    @property
    def _of_vote(self) -> str:
        """Whether the whole vote does not count."""
        say = self.language.say
        if self.mode is Mode.REHEARSAL:
            return say("REHEARSAL, NOT COUNTED") if self.small else say("REHEARSAL: THESE VOTES DO NOT COUNT")
        if self.definition.demonstration:
            return say("DEMONSTRATION, NOT COUNTED") if self.small else say("DEMONSTRATION: NOT A REAL VOTE")
        return ""

    def voter(
        self, key: str, title: str, items: tuple[Item, ...], hint: str, how: str = "", **more: Any
    ) -> Page:
        """A page for the voter: commune, vote and language; no clock, no name, no count.

        Args:
            key: Of the page.
            title: Its title.
            items: Its parts.
            hint: The keys that work here.
            how: What its help says first, of keys that work here alone.
            more: Other fields of `Page`.
        """
        town = self.definition.town
        left = self.banner or f"{town}, {text_in(self.definition.title, self.language.code)}"
        more.setdefault("right", (self._of_vote if self.is_check else "") or self.language.name)
        if self.banner and cell_len(left) + cell_len(more["right"]) + 3 > self.width:
            more["right"] = ""
        say = self.language.say
        keys = more.get("keys", {})
        keys_help = (
            *([how] if how else []),
            say("Up and Down move. Enter chooses. Esc goes one step back.")
            if "escape" in keys
            else say("Up and Down move. Enter chooses."),
            say("F2 changes the language, F4 the contrast.")
            if "f2" in keys
            else say("F4 changes the contrast."),
            *(
                [say("You need a poll worker? Press F12 first: it hides your choices.")]
                if "f12" in keys and not self.is_check
                else []
            ),
        )
        more.setdefault("keys_help", keys_help)
        more.setdefault("help", self._voter_help())
        more.setdefault("more", self._more)
        more.setdefault("warns", bool(self.banner))
        return Page(key=key, title=title, items=items, left=left, hint=hint, voter=True, **more)

    def worker(self, key: str, title: str, items: tuple[Item, ...], how: str = "", **more: Any) -> Page:
        """A page for officers: station, state and hour; help telephone, version, number of the sealed file."""
        say = self.language.say
        clock = self.language.clock(self.now, self.definition.timezone)
        name = self.definition.stations[self.station].name
        parts = [
            say("F1 Help"),
            say("Town hall {phone}", phone=self.definition.help_phone) if self.definition.help_phone else "",
            PROGRAM,
            say("sealed file no. {number}", number=str(self.manifest)) if self.manifest else "",
        ]
        hint = self._in_one_row([part for part in parts if part])
        if self.banner:
            clock = self.language.hour(self.now, self.definition.timezone)
        more.setdefault("right", f"{self.state_word}   {clock}")
        keys_help = (
            *([how] if how else []),
            say("Up and Down or Tab move. Enter presses. Esc goes one step back."),
            say("The line or button marked > is the next step."),
            say("F4 changes the contrast."),
        )
        more.setdefault("keys_help", keys_help)
        more["help"] = (*(more.get("help") or help_of(key, self.language)), *self._worker_help())
        more.setdefault("more", self._more)
        more.setdefault("warns", bool(self.banner))
        return Page(
            key=key, title=title, items=items, left=self.banner or name, hint=hint, voter=False, **more
        )

    def _in_one_row(self, parts: list[str]) -> str:
        """Texts in the last row, as far apart as it is wide: the last of them is never cut off."""
        rows = ((" " * gap).join(parts) for gap in (3, 2, 1))
        return next(
            (row for row in rows if cell_len(row) <= self.width - 2), "  ".join(parts[:2] + parts[3:])
        )

    def switch_off(self, *, at_once: bool = False) -> Verb:
        """The way out; a rehearsal is left for the vote, where it was begun there.

        Args:
            at_once: Without a question.
        """
        say = self.language.say
        if self.mode is Mode.REHEARSAL:
            return Verb(say("Leave the rehearsal"), SwitchOff())
        return Verb(say("Switch off the machine"), SwitchOff() if at_once else Go(Place.OFF))

    @property
    def state_word(self) -> str:
        """The state in capitals."""
        say = self.language.say
        if not self.manifest:
            return say("NOT LOADED")
        return {
            State.PREPARED: say("PREPARED"),
            State.OPEN: say("OPEN"),
            State.ANNOUNCED: say("CLOSING ANNOUNCED"),
            State.PAUSED: say("PAUSED"),
            State.INTERRUPTED: say("INTERRUPTED"),
            State.CLOSED: say("CLOSED"),
            State.WIPED: say("WIPED"),
        }[self.state]

    @property
    def _more(self) -> tuple[str, str, str]:
        say = self.language.say
        return say("more below"), say("more above"), say("more above and below")

    def _voter_help(self) -> tuple[str, ...]:
        say = self.language.say
        if self.is_check:
            return (
                say("This is a check by the officers. No vote can be cast in it."),
                say("To end: F12, then your PIN and Enter."),
            )
        return (say("Nothing is recorded until you confirm it on a separate screen."),)

    def _worker_help(self) -> tuple[str, ...]:
        phone = self.definition.help_phone
        return (self.language.say("The town hall answers at {phone}.", phone=phone),) if phone else ()

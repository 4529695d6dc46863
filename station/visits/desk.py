"""The worker's side of a visit: find the person, let them in, and afterwards have the paper list signed."""

from __future__ import annotations

import dataclasses

from keys.findings import Misuse
from station import answers as a
from station import questions as q
from station.electors.roll import read_born
from station.ports import Hall
from station.visits.stages import Stage

__all__ = ["Desk"]


class Desk:
    """What is on the worker's screen before and after a visit; during it, nothing but a number is kept.

    Attributes:
        number: Roll number of the person let in; None before.
        unlimited: Whether this visit has no time limit.
        news: What happened just before, until somebody is searched.
    """

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self.number: int | None = None
        self.unlimited = False
        self._by_proxy = False
        self._letters = q.Letters.NORMAL
        self.clear()

    def clear(self) -> None:
        """Forget whom was searched and found."""
        self.news: q.News | None = None
        self._text = ""
        self._people: tuple[q.Person, ...] = ()
        self._searched = False
        self._refused: tuple[int, q.Refusal] | None = None
        self._elsewhere: q.Elsewhere | None = None

    def search(self, text: str) -> None:
        """Look somebody up by roll number, the town's reference, or name."""
        self.clear()
        self._text = text.strip()
        self._searched = bool(self._text)
        self.news = None if self._text else q.News.EMPTY
        self._people = tuple(self._hall.register.search(self._text)) if self._text else ()

    def see(self, number: int) -> None:
        """Show one person alone."""
        person = self._hall.register.person(number)
        self._people = () if person is None else (person,)
        self._refused, self._elsewhere = None, None

    def widen(self) -> None:
        """Look for names like what was typed, and ask for the birth date."""
        self._refused = None
        self._people = tuple(self._hall.register.widely(self._text))
        self._elsewhere = q.Elsewhere(self._text, "")

    def ask_elsewhere(self, surname: str, born: str) -> None:
        """Ask at which station somebody votes; who votes here is shown with what can be done."""
        surname, born = surname.strip(), born.strip()
        self._elsewhere = q.Elsewhere(surname, born)
        self._people = ()
        date = read_born(born)
        if not date or not surname:
            return
        stations = self._hall.register.elsewhere(surname, date)
        others = tuple(at for at in stations if at != self._hall.station)
        self._elsewhere = dataclasses.replace(self._elsewhere, stations=others)
        if len(others) < len(stations):
            found = self._hall.register.search(surname)
            self._people = tuple(person for person in found if person.born == date)

    def print_address(self, station: int) -> None:
        """Print where another station is."""
        if self._elsewhere is not None:
            printed = self._hall.address(station)
            self._elsewhere = dataclasses.replace(self._elsewhere, printed=printed)

    def choose(self, number: int, by_proxy: bool) -> bool:
        """Let somebody in.

        Returns:
            False if this person cannot vote now; the question says why.
        """
        self._refused = None
        person = self._hall.register.person(number)
        if person is not None and person.proxy_at_desk and not by_proxy:
            raise Misuse("the proxy is taken back first")
        refusal = person.refusal if person else q.Refusal.UNKNOWN
        if refusal is None and self._hall.recorder.room() < 1:
            refusal = q.Refusal.NO_ROOM
        if refusal is not None:
            self._refused = (number, refusal)
            return False
        self.free()
        self.number, self._by_proxy = number, by_proxy
        return True

    @property
    def can_check(self) -> bool:
        """Whether officers may check the machine: the vote has checks, and there is a slot to prepare a ballot for."""
        return self._hall.definition.challenge and self._hall.recorder.room() > 0

    def free(self) -> None:
        """Forget the person, who may vote later; the next visit begins as every visit does."""
        self.clear()
        self.number, self._by_proxy = None, False
        self.unlimited = False
        self._set_letters(q.Letters.NORMAL)

    def _set_letters(self, letters: q.Letters) -> None:
        if self._hall.letters is not None and letters is not self._letters:
            self._letters = letters
            self._hall.letters.set(letters)

    def end_visit(self) -> None:
        """The worker is back: letters of the worker's size."""
        self._set_letters(q.Letters.NORMAL)

    def ask_person(self) -> q.AskPerson:
        """W5."""
        voted, electors = self._hall.register.counts()
        return q.AskPerson(
            text=self._text,
            people=self._people,
            searched=self._searched,
            refused=self._refused,
            voted=None if self._hall.announced() else voted,
            electors=electors,
            room=self._hall.recorder.room(),
            copy=self._hall.copy(),
            elsewhere=self._elsewhere,
            additions=self._hall.register.additions_left(),
            proxies=self._hall.definition.proxies_at_desk,
            can_check=self.can_check,
            due=self._hall.due(),
            paperless=self._hall.paperless(),
            news=self.news,
        )

    def ask_hand_over(self) -> q.ShowHandOver:
        """W6."""
        known = self._hall.letters
        return q.ShowHandOver(
            self.number or 0,
            self.unlimited,
            self._letters,
            () if known is None else known.sizes,
            self._hall.copy(),
            self._hall.paperless(),
            self._by_proxy,
        )

    def ask_signature(self, named: bool) -> q.SignHere:
        """W8.

        Args:
            named: False once the name was wiped from the screen.
        """
        person = self._hall.register.person(self.number or 0)
        voted, _ = self._hall.register.counts()
        return q.SignHere(
            number=self.number or 0,
            name=person.name if person and named else "",
            signer=person.proxy if person and named and self._by_proxy else "",
            place=person.place if person else None,
            voted=None if self._hall.announced() else voted,
            copy=self._hall.copy(),
        )

    def take(self, stage: Stage, answer: a.Answer) -> Stage | None:
        """Take a worker's answer.

        Returns:
            The stage it leads to (it may be the same), or None if it is no answer to this question.
        """
        match stage:
            case Stage.WAITING | Stage.FOUND:
                return self._take_search(stage, answer)
            case Stage.UNLOCKED:
                return self._take_hand_over(answer)
            case Stage.SIGNING if isinstance(answer, a.Signed | a.LeftUnsigned | a.CannotSign):
                self.free()
                if isinstance(answer, a.LeftUnsigned):
                    self._hall.register.count_unsigned()
                return Stage.WAITING
            case _:
                return None

    def _take_search(self, stage: Stage, answer: a.Answer) -> Stage | None:
        match answer:
            case a.Search(text):
                self.search(text)
                return Stage.FOUND
            case a.Clear():
                self.clear()
                return Stage.WAITING
            case a.Widen():
                self.widen()
                return Stage.FOUND
            case a.TimePassed():
                self.free()
                return Stage.WAITING
        return self._take_found(answer) if stage is Stage.FOUND else None

    def _take_found(self, answer: a.Answer) -> Stage | None:
        match answer:
            case a.Choose(number, by_proxy):
                return Stage.UNLOCKED if self.choose(number, by_proxy) else Stage.FOUND
            case a.See(number):
                self.see(number)
            case a.AskElsewhere(surname, born):
                self.ask_elsewhere(surname, born)
            case a.PrintAddress(station):
                self.print_address(station)
            case _:
                return None
        return Stage.FOUND

    def _take_hand_over(self, answer: a.Answer) -> Stage | None:
        match answer:
            case a.TimePassed():
                self.free()
                return Stage.WAITING
            case a.Cancel(reason):
                self.free()
                self.news = q.News.STOPPED
                self._hall.register.count_cancelled(reason)
                return Stage.WAITING
            case a.SetUnlimited(on):
                self.unlimited = on
            case a.SetLetters(letters):
                self._set_letters(letters)
            case _:
                return None
        return Stage.UNLOCKED

"""Noting a proxy at the desk: who votes for this person; then two cards."""

from __future__ import annotations

from keys.findings import Misuse, Refused
from station.day import Day
from station.electors.people import full_name
from station.officers.deeds import GiveProxy
from station.officers.purposes import Named, Purpose
from station.officers.tasks import AskProxy, Problem

__all__ = ["ProxyTask"]


class ProxyTask:
    """What the officers typed, until it is done or dropped.

    Attributes:
        number: Of the person who is voted for; 0 before.
    """

    purpose = Purpose.PROXY

    def __init__(self, day: Day) -> None:
        self._day = day
        self.number = 0
        self._holder = 0
        self._typed = ""
        self._problem: Problem | None = None

    def fill(self, answer: GiveProxy) -> bool:
        """Take who is voted for, and then by whom.

        Returns:
            False while nobody is named, or for somebody who cannot be the proxy; the question says why.
        """
        self.number, self._typed, self._holder, self._problem = answer.number, answer.holder.strip(), 0, None
        if not self._typed:
            return False
        holder = int(self._typed) if self._typed.isascii() and self._typed.isdigit() else 0
        try:
            self._day.check_proxy(self.number, holder)
        except Refused as refused:
            self._problem = Problem(refused.code, refused.detail)
            return False
        self._holder = holder
        return True

    @property
    def question(self) -> AskProxy:
        """Who votes for this person, with what was typed."""
        return AskProxy(self.number, self._name(self.number), self._typed, self._problem)

    @property
    def named(self) -> Named | None:
        """Whom the cards let somebody vote for, and whom; None while nobody is named."""
        if not self._holder:
            return None
        return Named(self._name(self.number), self.number, proxy=self._name(self._holder))

    def _name(self, number: int) -> str:
        person = next(item for item, _ in self._day.store.electors() if item.number == number)
        return full_name(person.surname, person.given_names)

    def carry_out(self) -> None:
        """Note the proxy, once the cards were shown.

        Raises:
            Refused: S-301, S-302, S-306, S-105; nothing was written.
        """
        if not self._holder:
            raise Misuse("nobody was named")
        self._day.give_proxy(self.number, self._holder)
        self._holder = 0

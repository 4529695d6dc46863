"""A station in memory: a roll, a recorder that remembers what was cast, papers that remember what was printed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from keys.election.challenge import Challenge, OpenedBallot
from keys.election.definition import Contest, Definition, Option, Station, Terms
from keys.election.receipt import Receipt
from keys.election.rules import Form
from keys.election.statement import Header, Mode, Role, StatementType, sign_statement
from keys.findings import Refused, Unreadable
from station.answers import Reason
from station.disk.plan import InDoubt
from station.electors.people import Person, Refusal
from station.ports import Hall
from station.visits.pinlock import PinLock

PIN = "4711"
_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def contest(
    name: str,
    options: Sequence[str],
    *,
    least: int = 1,
    most: int = 3,
    costs: Sequence[int] = (),
    order: str = "defined",
    members: Sequence[Sequence[str]] = (),
    form: Form = Form.MARKS,
    rule: str = "approval",
    points_each: int | None = None,
    terms: Terms | None = None,
    spend: int | None = None,
) -> Contest:
    """A contest, in French and English; where it says nothing of its form, of marks."""
    return Contest(
        id=name,
        title={"fr": name.title(), "en": f"{name.title()} (en)"},
        rule=rule,
        least=least,
        most=most if form is Form.POINTS else min(most, len(options)),
        options=tuple(
            Option(
                id=str(index + 1),
                name={"fr": text},
                cost=costs[index] if costs else None,
                members=tuple(members[index]) if members else None,
            )
            for index, text in enumerate(options)
        ),
        stations=(0,),
        terms=terms or Terms(budget=400_000 if costs else None),
        form=form,
        order=order,
        currency="EUR" if costs else None,
        points_each=points_each,
        spend=spend,
    )


def definition(
    *contests: Contest, languages: tuple[str, ...] = ("fr", "en"), challenge: bool = True
) -> Definition:
    """A vote of one station."""
    return Definition(
        title={"fr": "Votes de quartier", "en": "Neighbourhood votes"},
        town="Toulouse",
        opens="2026-10-04T08:00",
        closes="2026-10-04T18:00",
        timezone="Europe/Paris",
        languages=languages,
        contests=contests,
        stations=(Station("b6", "Bureau 6 Saint-Cyprien", "1 place Roguet", 20, ("b6",)),),
        trustees=("A", "B", "C"),
        threshold=2,
        help_phone="05 36 49 10 10",
        challenge=challenge,
    )


@dataclass(slots=True)
class Built:
    """Prepared ballots, with the choices in clear: this is a simulator."""

    selections: dict[int, tuple[int, ...]]
    check_code: bytes
    forgotten: bool = False


@dataclass(slots=True)
class MemoryRecorder:
    """Remembers who cast what; can fail before or after writing."""

    places: int = 20
    cast_for: dict[int, dict[int, tuple[int, ...]]] = field(default_factory=dict)
    opened: list[dict[int, tuple[int, ...]]] = field(default_factory=list)
    fails: str = ""
    """``before`` or ``after`` the write, or ``refused``; empty for never."""
    built: list[Built] = field(default_factory=list)
    in_doubt: bytes | None = None
    officer_checks: int = 0

    def room(self) -> int:
        return self.places - len(self.cast_for)

    def prepare(self, selections: Mapping[int, tuple[int, ...]]) -> Built:
        number = len(self.built).to_bytes(4, "big")
        made = Built(dict(selections), hashlib.sha256(b"code" + number).digest()[:10])
        self.built.append(made)
        return made

    def cast(self, prepared: Built, elector: int) -> bytes:
        assert not prepared.forgotten
        if self.fails == "refused":
            raise Refused("S-209", "station")
        self.in_doubt = None
        if self.fails == "before":
            raise InDoubt
        assert elector not in self.cast_for
        self.cast_for[elector] = dict(prepared.selections)
        trackers = tuple(
            hashlib.sha256(bytes([i]) + prepared.check_code).digest()[:16] for i in prepared.selections
        )
        receipt = _sign(StatementType.RECEIPT, Receipt(trackers, prepared.check_code))
        if self.fails:
            self.in_doubt = receipt
            raise InDoubt
        return receipt

    def open(self, prepared: Built, *, by_officers: bool = False) -> bytes:
        self.officer_checks += by_officers
        assert not prepared.forgotten
        self.opened.append(dict(prepared.selections))
        ballots = tuple(OpenedBallot(i, chosen, bytes(32)) for i, chosen in prepared.selections.items())
        return _sign(StatementType.CHALLENGE, Challenge(bytes(32), bytes(32), ballots))

    def forget(self, prepared: Built) -> None:
        prepared.forgotten = True
        prepared.selections = {}


def _sign(kind: StatementType, record: Receipt | Challenge) -> bytes:
    return sign_statement(Header(kind, Mode.OFFICIAL, bytes(32), Role.MACHINE, 0), record.to_content(), _KEY)


@dataclass(slots=True)
class MemoryPapers:
    """Remembers what was printed, in order."""

    works: bool = True
    there: bool = True
    printed: list[str] = field(default_factory=list)

    def slip(self, code: str, number: int, language: str) -> bool:
        return self._print(f"slip {number} {code} {language}")

    def sheet(self, challenge: bytes, code: str, language: str) -> bool:
        return self._print(f"sheet {code} {language}")

    def receipt(self, receipt: bytes, language: str) -> bool:
        return self._print(f"receipt {language}")

    def _print(self, line: str) -> bool:
        if self.works:
            self.printed.append(line)
        return self.works


@dataclass(slots=True)
class MemoryRegister:
    """The roll; the marks are the recorder's."""

    recorder: MemoryRecorder
    people: dict[int, Person]
    cancelled: list[Reason] = field(default_factory=list)
    unsigned: int = 0
    shown: int = 0
    unreadable: bool = False
    directory: dict[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)
    """Stations by surname and birth date."""

    def person(self, number: int) -> Person | None:
        found = self.people.get(number)
        if found and number in self.recorder.cast_for:
            return replace(found, refusal=Refusal.VOTED)
        return found

    def search(self, text: str) -> Sequence[Person]:
        if text.isdigit():
            found = self.person(int(text))
            return [found] if found else []
        words = text.casefold().split()
        hits = [n for n, p in self.people.items() if all(word in p.name.casefold() for word in words)]
        return [found for number in hits if (found := self.person(number))]

    def widely(self, text: str) -> Sequence[Person]:
        words = text.casefold().split()
        hits = [n for n, p in self.people.items() if any(word[:3] in p.name.casefold() for word in words)]
        return [found for number in hits if (found := self.person(number))]

    def elsewhere(self, surname: str, born: str) -> tuple[int, ...]:
        return self.directory.get((surname.casefold(), born), ())

    def settle(self) -> bytes | None:
        if self.unreadable:
            raise Unreadable("the disk is gone")
        return self.recorder.in_doubt

    def additions_left(self) -> int:
        return 0

    def counts(self) -> tuple[int, int]:
        return len(self.recorder.cast_for), len(self.people)

    def count_cancelled(self, reason: Reason) -> None:
        self.cancelled.append(reason)

    def count_shown(self) -> None:
        self.shown += 1

    def count_unsigned(self) -> None:
        self.unsigned += 1


PEOPLE = {
    1: Person(1, "Dupont", "Marie", "1958-03-14", "12 rue de la République"),
    2: Person(2, "Dupont", "Marie-Hélène", "1991-07-02", "4 place Olivier", birth_name="Roux"),
    3: Person(3, "Martin", "Paul", "1970-01-01"),
    4: Person(4, "Leroy", "Jean", refusal=Refusal.STRUCK_OFF, note="12 sept., déménagement"),
}


@dataclass(slots=True)
class Simulated:
    """A hall and everything behind it."""

    hall: Hall
    recorder: MemoryRecorder
    papers: MemoryPapers
    register: MemoryRegister


def simulate(
    *contests: Contest, people: Mapping[int, Person] | None = None, challenge: bool = True
) -> Simulated:
    """A station in memory, by default with one contest of four options."""
    held = contests or (
        contest("saint-cyprien", ("Arbres", "Bancs", "Cour", "Dôme"), costs=(10, 20, 30, 40)),
    )
    recorder = MemoryRecorder()
    papers = MemoryPapers()
    register = MemoryRegister(recorder, dict(PEOPLE if people is None else people))
    hall = Hall(
        definition=definition(*held, challenge=challenge),
        station=0,
        recorder=recorder,
        papers=papers,
        register=register,
        lock=PinLock(lambda pin: pin == PIN),
        shuffle=lambda count: tuple(reversed(range(count))),
    )
    return Simulated(hall, recorder, papers, register)

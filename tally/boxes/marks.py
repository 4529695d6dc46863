"""The sealed marks: opened by the authority, held against the roll, and counted by page of the paper signing list.

A program cannot know who came. What it can say: nobody is marked who cannot be, nobody twice, and so many on each page
of the list; whoever counts the signatures page by page then finds a machine that marked others than those who signed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, partial

from keys.desk.files import load_statement
from keys.desk.passphrase import open_sealed
from keys.election.cbor import decode
from keys.election.definition import Definition
from keys.election.dossier import Dossier
from keys.election.interruption import check_spoken_for
from keys.election.layout import safe_name
from keys.election.list_place import LINES_A_PAGE, place
from keys.election.marks import MARKS_PURPOSE, Marks, SealedMarks
from keys.election.roll import ElectorStatus, Roll
from keys.election.statement import Role, StatementType
from keys.findings import Fact, Refused
from tally.boxes.database import BoxRow
from tally.boxes.figures import accepted
from tally.roll.kept import sealed_roll
from tally.workspace import Authority, Workspace

__all__ = ["MarkedPage", "MarkedStation", "check_marks", "marks_by_page"]


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A page of the paper list."""

    page: int
    """From 1."""
    first: int
    """Roll number of its first line."""
    last: int
    marks: int


@dataclass(frozen=True, slots=True)
class MarkedStation:
    """The marks of a station, all its machines together, as they should be on its paper list."""

    station: int
    pages: tuple[MarkedPage, ...]
    added: int
    """Marks of electors who were added on the spot: they signed on the free lines at the end."""

    @property
    def marks(self) -> int:
        """All of them."""
        return sum(page.marks for page in self.pages) + self.added


def check_marks(workspace: Workspace, dossier: Dossier, rows: Sequence[BoxRow], authority: Authority) -> None:
    """Open the sealed marks: as many as reported, of people who can vote there, and nobody on two machines.

    Machines that are left out are passed over; a decision on figures accepts what differs at its machine.

    Raises:
        Refused: T-111 marks that are missing, T-203, T-207, T-210, T-211.
    """
    allowed = accepted(dossier)
    seen: dict[tuple[int, int], BoxRow] = {}
    people: dict[tuple[int, bytes], list[_Addition]] = {}
    roll_of = cache(partial(sealed_roll, workspace, dossier.manifest))
    for row, marks in _opened(workspace, dossier, rows, authority):
        voted = frozenset(marks.voted)
        station = dossier.manifest.machines[row.machine].station
        if row.machine not in allowed:
            if len(voted) != row.marks:
                sent = f"marks sent {len(voted)}, reported {row.marks}"
                raise Refused("T-203", f"machine {row.name}", sent)
            _check_entitled(dossier.manifest.definition, roll_of(station), row, voted)
            _check_counted(dossier, row, marks)
            for item in marks.added:
                addition = _Addition(row.name, item.number, item.number in voted, item.counted)
                people.setdefault((station, item.person), []).append(addition)
        _note(seen, station, voted, row, allowed)
    _check_added(dossier, roll_of, seen, allowed)
    for additions in people.values():
        _check_person(additions)


def marks_by_page(
    workspace: Workspace, dossier: Dossier, rows: Sequence[BoxRow], authority: Authority
) -> tuple[MarkedStation, ...]:
    """Count the marks of each station by page of its signing list.

    Raises:
        Refused: T-111, marks are missing; T-210, a roll is not the one that was sealed.
    """
    stations: dict[int, set[int]] = {}
    for row, marks in _opened(workspace, dossier, rows, authority):
        stations.setdefault(dossier.manifest.machines[row.machine].station, set()).update(marks.voted)
    return tuple(
        _by_page(sealed_roll(workspace, dossier.manifest, station), voted)
        for station, voted in sorted(stations.items())
    )


def _by_page(roll: Roll, voted: Set[int]) -> MarkedStation:
    numbers = [elector.number for elector in roll.electors]
    places = [place(numbers, number) for number in voted]
    counts = Counter(found.page for found in places if found is not None)
    pages = tuple(
        MarkedPage(page, *_ends(numbers[at : at + LINES_A_PAGE]), counts[page])
        for page, at in enumerate(range(0, len(numbers), LINES_A_PAGE), 1)
    )
    return MarkedStation(roll.station, pages, places.count(None))


def _ends(numbers: Sequence[int]) -> tuple[int, int]:
    return numbers[0], numbers[-1]


def _check_entitled(definition: Definition, roll: Roll, row: BoxRow, voted: Set[int]) -> None:
    """Whoever is marked is on the roll and was not struck off, or has a number for those who are added.

    Raises:
        Refused: T-210.
    """
    status = {elector.number: elector.status for elector in roll.electors}
    printed = roll.electors[-1].number
    last = printed + definition.additions * len(definition.stations[roll.station].machines)
    for number in sorted(voted):
        if status.get(number) is ElectorStatus.STRUCK_OFF:
            raise Refused("T-210", f"machine {row.name}", f"roll number {number} is struck off")
        if number not in status and not printed < number <= last:
            raise Refused("T-210", f"machine {row.name}", f"roll number {number} is nobody's")


def _check_counted(dossier: Dossier, row: BoxRow, marks: Marks) -> None:
    """A machine names as many electors whom it added as its report counts.

    Raises:
        Refused: T-210.
    """
    closing, sent = dossier.days[row.machine].closing, sum(item.counted for item in marks.added)
    if closing is not None and sent != closing.additions:
        raise Refused("T-210", f"machine {row.name}", f"electors added {sent}, reported {closing.additions}")


def _check_added(
    dossier: Dossier,
    roll_of: Callable[[int], Roll],
    seen: Mapping[tuple[int, int], BoxRow],
    allowed: Set[int],
) -> None:
    """At each station no more added electors are marked than its machines report to have added.

    Raises:
        Refused: T-210.
    """
    for station in sorted({at for at, _ in seen}):
        machines = [at for at, item in enumerate(dossier.manifest.machines) if item.station == station]
        if allowed & set(machines):
            continue
        closings = [dossier.days[at].closing for at in machines]
        added = sum(closing.additions for closing in closings if closing is not None)
        last = roll_of(station).electors[-1].number
        marked = [row for (at, number), row in seen.items() if at == station and number > last]
        if len(marked) > added:
            names = sorted({f"machine {row.name}" for row in marked})
            raise Refused(
                "T-210", ", ".join(names), f"electors marked who were added {len(marked)}, added {added}"
            )


@dataclass(frozen=True, slots=True)
class _Addition:
    """Somebody who was added, as one machine has them."""

    machine: str
    number: int
    voted: bool
    counted: bool


def _check_person(additions: Sequence[_Addition]) -> None:
    """Somebody whom several machines of a station added voted on one of them, and is an elector of one of them.

    A number that two machines have is no second one: a spare takes it on with whoever was added.

    Raises:
        Refused: T-207 marked twice; T-211 counted twice.
    """
    for code, found in (
        ("T-207", {item.number: item for item in additions if item.voted}),
        ("T-211", {item.number: item for item in additions if item.counted}),
    ):
        if len(found) > 1:
            names = " and ".join(sorted(item.machine for item in found.values()))
            numbers = " = ".join(map(str, sorted(found)))
            raise Refused(code, f"machines {names}", f"added to the register as {numbers}")


def _note(
    seen: dict[tuple[int, int], BoxRow],
    station: int,
    voted: Set[int],
    row: BoxRow,
    allowed: Set[int],
) -> None:
    """Note who is marked on a machine; refused where another one of its station marked the same person."""
    for number in sorted(voted):
        other = seen.setdefault((station, number), row)
        if other is not row and not {other.machine, row.machine} & allowed:
            raise Refused("T-207", f"machines {other.name} and {row.name}", f"roll number {number}")


def _opened(
    workspace: Workspace, dossier: Dossier, rows: Sequence[BoxRow], authority: Authority
) -> Iterator[tuple[BoxRow, Marks]]:
    """The marks of each machine that is not left out."""
    excluded = dossier.excluded()
    for row in rows:
        if row.machine not in excluded:
            yield row, _marks(workspace, dossier, row, authority)


def _marks(workspace: Workspace, dossier: Dossier, row: BoxRow, authority: Authority) -> Marks:
    folder = workspace.private_of_mode / "marks"
    found = []
    for path in sorted(folder.glob(f"{safe_name(row.name)}-*.cose")):
        statement = load_statement(path)
        if check_spoken_for(statement, dossier.manifest.machines) != row.machine:
            continue  # of a machine whose name goes on where this one's ends
        content: Mapping[int, object] = dossier.open(statement, StatementType.MARKS, Role.MACHINE)
        sealed = SealedMarks.from_content(content, statement.name).sealed
        opened = decode(open_sealed(sealed, authority.box, MARKS_PURPOSE), statement.name)
        found.append(Marks.from_content(opened, statement.name))
    if len(found) != 1:
        raise Refused("T-111", f"machine {row.name}", Fact("its marks are missing"))
    return found[0]

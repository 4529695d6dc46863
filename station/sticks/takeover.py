"""Taking over from a machine that stopped for good: its box is closed from its stick, on a spare of its station.

Two officers' cards of the machine that stopped open the copy; two of the spare's open the key that signs. Whoever
voted there is marked as having voted on another machine before anybody votes here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from keys.desk.cards import Card
from keys.desk.files import read_bytes
from keys.election.cbor import decode
from keys.election.chain import read_day
from keys.election.interruption import Interrupted
from keys.election.manifest import Manifest
from keys.election.marks import Marks
from keys.election.report import ClosingReport, Incident
from keys.election.roll import Roll
from keys.election.statement import Mode, Role, Statement, StatementType, read_statement
from keys.findings import Refused, Unreadable
from station.booth import BoothContest
from station.disk.additions import Added, spare_numbers, unpack_added
from station.disk.plan import Counter, Mark, StorePlan
from station.machine import open_stick_key
from station.recognition import Recognitions
from station.reports import MOST_INCIDENTS, Closing
from station.sticks.box import BoxInfo, box_of
from station.sticks.copying import ABOUT, COPIES
from station.sticks.stick import About, Copied, Layout, read_copy
from station.sticks.stickwriter import COPY
from station.turnout import merged_turnout

__all__ = [
    "DeadMachine",
    "copies_of_mode",
    "copy_about",
    "find_copies",
    "interrupted_content",
    "read_dead_machine",
    "recognise_dead",
]

_LARGEST = 512 * 2**20
"""Bytes of the largest copy that is read."""
_MOST_REPORTS = 500


@dataclass(frozen=True, slots=True)
class DeadMachine:
    """A machine that stopped, as its stick shows it."""

    machine: int
    """Index in the manifest."""
    reports: tuple[Statement, ...]
    """Its own, up to the last that reached the stick, in their order."""
    closed: bool
    """It had closed itself, and only its box is still to be fetched."""
    marks: Marks
    box: BoxInfo
    own: frozenset[int]
    """Numbers that it gave to electors whom it added to its roll."""
    added: Mapping[int, Added]
    """Everybody on its roll who was added, by number; some on a machine that it took over itself."""
    proxies: Mapping[int, int]
    """Who votes for whom, as it was noted at its desk: the proxy's number by that of the person."""
    copied: Copied = field(repr=False)

    @property
    def gone(self) -> frozenset[int]:
        """Roll numbers of all who voted there, or before on yet another machine."""
        return frozenset((*self.marks.voted, *self.marks.carried))


def find_copies(stick: Path) -> tuple[Path, ...]:
    """Folders with copies on a stick, by name."""
    try:
        return tuple(sorted(path.parent for path in (stick / COPIES).glob(f"*/{ABOUT}")))
    except OSError as error:
        raise Unreadable(f"The stick {stick} cannot be read: {error.strerror}.") from None


def copies_of_mode(stick: Path, mode: Mode) -> dict[str, Path]:
    """Folders with copies made in the vote, or in the rehearsal, by name of the machine.

    Raises:
        Unreadable: The stick cannot be read.
    """
    prefix = f"{mode.name.lower()}-"
    return {
        path.name.removeprefix(prefix): path for path in find_copies(stick) if path.name.startswith(prefix)
    }


def recognise_dead(folder: Path, manifest: Manifest, card: Card) -> None:
    """Check a card of a machine that stopped, before the next one is asked for.

    Raises:
        Refused: S-101, S-120; S-131.
    """
    about = copy_about(folder)
    _recognitions(about).check(card, _name(manifest, about.machine))


def read_dead_machine(
    folder: Path,
    manifest: Manifest,
    fingerprint: bytes,
    mode: Mode,
    spare: int,
    roll: Roll,
    plan: StorePlan,
    contests: Sequence[BoothContest],
    cards: Sequence[Card],
) -> DeadMachine:
    """Read a machine's copy from its stick, and check everything that a spare can.

    Args:
        folder: Of the copy.
        manifest: As the spare has loaded it.
        fingerprint: Of the manifest.
        mode: Official or rehearsal.
        spare: Index of the spare in the manifest.
        roll: Of the station.
        plan: Of the station's slots.
        contests: Of the station's style.
        cards: Two of the machine that stopped.

    Raises:
        Refused: S-131 another vote, manifest or station; S-133 another mode; S-101, S-102, S-120 cards; S-132 damaged;
            S-210 a ballot is none; V-1, V-4 codes for its reports.
        Misuse: Not two cards.
        Unreadable: The stick cannot be read.
    """
    about = copy_about(folder)
    _check_about(about, manifest, fingerprint, mode, spare)
    name = _name(manifest, about.machine)
    key = open_stick_key(_recognitions(about), mode, name, cards)
    lines = spare_numbers(manifest.definition, roll, name)
    spare_lines = sorted((*lines.own, *lines.others))
    numbers = [*(elector.number for elector in roll.electors), *spare_lines]
    layout = Layout(about, plan, len(numbers), len(spare_lines))
    copied = read_copy(layout, key, read_bytes(folder / COPY, _LARGEST))
    reports, closing = _reports(folder, manifest, fingerprint, mode, about.machine)
    marked = list(zip(numbers, copied.state.marks, strict=True))
    marks = Marks(
        station=roll.station,
        voted=tuple(number for number, mark in marked if mark == Mark.VOTED),
        carried=tuple(number for number, mark in marked if mark == Mark.CARRIED),
    )
    box = box_of({item.contest: copied.ballots[item.contest] for item in contests}, contests)
    if closing is not None and closing.set_digest != box.set_digest:
        raise Refused("S-132", f"machine {name}", "its ballots are not those that it closed with")
    rows = zip(spare_lines, copied.additions, strict=True)
    added = {number: unpack_added(row) for number, row in rows if row is not None and any(row)}
    own = frozenset(added.keys() & set(lines.own))
    proxies = _proxies(copied, {*(elector.number for elector in roll.electors), *added})
    return DeadMachine(about.machine, reports, closing is not None, marks, box, own, added, proxies, copied)


def _proxies(copied: Copied, numbers: Set[int]) -> dict[int, int]:
    found = {item.number: item.holder for item in copied.state.proxies}
    if not numbers >= {*found, *found.values()}:
        raise Refused("S-132", "copy on the stick", "a proxy of nobody on the register")
    return found


def interrupted_content(
    dead: DeadMachine,
    closing: Closing,
    at: int,
    electors: int,
    additions: int,
    small: int,
    notes: Sequence[str],
) -> Interrupted:
    """What the spare signs about a machine that stopped.

    Args:
        dead: As its stick shows it.
        closing: What the officers state; the signatures are those of the people who voted there.
        at: Unix seconds.
        electors: On the roll.
        additions: Electors whom it added, and the spare does not count.
        small: The small number of the definition.
        notes: What the spare found about it.
    """
    counters = dict(zip(Counter, dead.copied.state.counters, strict=True))
    report = ClosingReport(
        closed=at,
        electors=electors,
        marks=len(dead.marks.voted),
        ballots=min(dead.box.ballots.values()),
        signatures=closing.signatures,
        set_digest=dead.box.set_digest,
        file_digest=dead.box.file_digest,
        previous=dead.reports[-1].fingerprint,
        zero_report=dead.reports[0].fingerprint,
        challenges=counters[Counter.CHALLENGES],
        cancelled=sum(count for counter, count in counters.items() if counter.is_cancelled),
        unsigned=counters[Counter.UNSIGNED],
        slips=closing.slips,
        incidents=(*dead.copied.state.incidents, *(Incident(at, text) for text in notes))[-MOST_INCIDENTS:],
        turnout=merged_turnout(dead.copied.state.turnout, small),
        officers=closing.officers,
        carried=len(dead.marks.carried),
        additions=additions,
        desk_proxies=dead.copied.state.desk_proxies or None,
        officer_checks=counters[Counter.OFFICER_CHECKS],
        codes_shown=counters[Counter.CODES_SHOWN] or None,
    )
    return Interrupted(dead.machine, report)


def copy_about(folder: Path) -> About:
    """Whose copy a folder on a stick is.

    Raises:
        Refused: S-131, it says nothing that can be understood.
        Unreadable: It cannot be read.
    """
    try:
        return About.from_content(decode(read_bytes(folder / ABOUT, 10_000), ABOUT), ABOUT)
    except Refused as refused:
        raise Refused("S-131", str(folder), refused.detail) from None


def _recognitions(about: About) -> Recognitions:
    return Recognitions(about.salt, about.recognitions)


def _check_about(about: About, manifest: Manifest, fingerprint: bytes, mode: Mode, spare: int) -> None:
    if about.mode is not mode:
        raise Refused("S-133", "copy on the stick", f"it is of the {about.mode.name.lower()} vote")
    if about.manifest != fingerprint or about.machine >= len(manifest.machines):
        raise Refused("S-131", "copy on the stick", "it belongs to another sealed file")
    if about.machine == spare:
        raise Refused("S-131", "copy on the stick", "it is this machine's own")
    if manifest.machines[about.machine].station != manifest.machines[spare].station:
        raise Refused("S-131", "copy on the stick", "its machine serves another station")


def _reports(
    folder: Path, manifest: Manifest, fingerprint: bytes, mode: Mode, machine: int
) -> tuple[tuple[Statement, ...], ClosingReport | None]:
    """The reports of the machine that stopped, and its own closing if it came so far; checked as in the tally."""
    paths = sorted(folder.glob("*.cose"))[:_MOST_REPORTS]
    statements = [read_statement(read_bytes(path)) for path in paths]
    entry = manifest.machines[machine]
    own = []
    for statement in statements:
        if statement.header.type is StatementType.INTERRUPTED:
            continue  # of a machine from which this one had taken over itself
        statement.expect(statement.header.type, mode, fingerprint, Role.MACHINE)
        statement.verify(entry.public_key)
        own.append(statement)
    day = read_day(entry, own)
    if day.zero is None:
        raise Refused("S-131", f"machine {entry.name}", "it never opened; there is nothing to take over")
    return tuple(own), day.closing


def _name(manifest: Manifest, machine: int) -> str:
    return manifest.machines[machine].name if machine < len(manifest.machines) else "of another vote"

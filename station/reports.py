"""What the reports of a machine say: read from its store, signed by `station.day`."""

from __future__ import annotations

from dataclasses import dataclass

from keys.desk.cards import holds_card
from keys.desk.program import PROGRAM
from keys.election.interruption import closing_of
from keys.election.marks import AddedElector, Marks
from keys.election.report import ClosingReport, Incident, PauseReport, ZeroReport
from keys.election.statement import Statement, StatementType, read_statement
from keys.findings import Refused
from station.disk.log import EventKind
from station.disk.plan import Counter, Mark, Paper
from station.store import Store
from station.turnout import merged_turnout

__all__ = [
    "MOST_INCIDENTS",
    "Closing",
    "Filed",
    "by_quarter",
    "check_incident",
    "closing_content",
    "filed_of",
    "filed_reports",
    "incidents_of",
    "link_content",
    "made_at",
    "marks_content",
    "own_reports",
    "paper_of",
    "stops_of",
    "zero_content",
]

_QUARTER = 900
"""Seconds."""
MOST_INCIDENTS = 200
_MOST_BYTES = 20_000
"""Of all incidents together: the closing report has to fit in the square codes on its paper (32,768 bytes)."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What officers state when they close."""

    signatures: int
    """Counted on the paper list."""
    slips: int | None = None
    officers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filed:
    """A report as it lies in the store, and what is known of its paper."""

    place: int
    """Among all reports of the store, from 0."""
    report: Statement
    paper: Paper


def zero_content(
    store: Store,
    machine_key: bytes,
    opened: int,
    notes: tuple[str, ...],
    officers: tuple[str, ...],
    carried_from: bytes | None = None,
) -> ZeroReport:
    """The opening (zero) report of an empty box.

    Args:
        store: Of the machine.
        machine_key: Public, 32 bytes.
        opened: Unix seconds.
        notes: Lines of the readiness check that were passed.
        officers: Names of the two.
        carried_from: Fingerprint of the statement on the machine whose marks were carried over.

    Raises:
        Refused: S-105, the box is not empty.
    """
    counts = store.counts()
    if counts.marks or any(counts.ballots.values()):
        raise Refused("S-105", "opening", "the box is not empty")
    return ZeroReport(
        opened=opened,
        electors=counts.electors,
        ballots=0,
        marks=counts.carried,
        capacity=min(counts.capacity.values()),
        machine_key=machine_key,
        program=PROGRAM,
        notes=notes,
        carried_from=carried_from,
        officers=officers,
    )


def link_content(
    store: Store, at: int, reason: str, officers: tuple[str, ...], notes: tuple[str, ...], *, hidden: bool
) -> PauseReport:
    """The report of a pause or of a reopening: the report before, what was passed, and the marks unless hidden."""
    return PauseReport(
        at=at,
        marks=None if hidden else store.counts().marks,
        previous=_last(store),
        reason=reason,
        officers=officers,
        notes=notes or None,
    )


def closing_content(
    store: Store, closing: Closing, at: int, set_digest: bytes, file_digest: bytes, small: int
) -> ClosingReport:
    """The closing report.

    Args:
        store: Of the machine; its figures fit together.
        closing: What the officers state.
        at: Unix seconds.
        set_digest: Of all ballots.
        file_digest: Of the box.
        small: The small number of the definition.

    Raises:
        Refused: S-105, the machine never opened.
    """
    counts, counters = store.counts(), store.counters()
    zero = [item for item in own_reports(store) if item.header.type is StatementType.ZERO_REPORT]
    if not zero:
        raise Refused("S-105", "closing", "there is no opening report")
    return ClosingReport(
        closed=at,
        electors=counts.electors,
        marks=counts.marks,
        ballots=min(counts.ballots.values()),
        signatures=closing.signatures,
        set_digest=set_digest,
        file_digest=file_digest,
        previous=_last(store),
        zero_report=zero[-1].fingerprint,
        challenges=counters[Counter.CHALLENGES],
        cancelled=sum(count for counter, count in counters.items() if counter.is_cancelled),
        unsigned=counters[Counter.UNSIGNED],
        slips=closing.slips,
        incidents=incidents_of(store),
        turnout=merged_turnout(store.turnout(), small),
        officers=closing.officers,
        carried=counts.carried,
        additions=counts.additions,
        desk_proxies=counts.desk_proxies or None,
        officer_checks=counters[Counter.OFFICER_CHECKS],
        codes_shown=counters[Counter.CODES_SHOWN] or None,
    )


def marks_content(store: Store) -> Marks:
    """Who voted, by roll number: for the authority alone."""
    marked = list(store.electors())
    salt, counted = store.roll().salt, store.counted_additions()
    return Marks(
        station=store.station,
        voted=tuple(elector.number for elector, mark in marked if mark is Mark.VOTED),
        carried=tuple(elector.number for elector, mark in marked if mark is Mark.CARRIED),
        added=tuple(
            AddedElector(number, person.tag(salt), number in counted)
            for number, person in sorted(store.added().items())
        ),
    )


def check_incident(store: Store, text: str) -> None:
    """Check that an incident can be written, and that the closing report will hold it with those before it.

    Raises:
        Refused: S-108, empty, too long, or with signs that no text holds; S-208, there are too many.
    """
    if not text.strip():
        raise Refused("S-108", "incident", "it says nothing")
    if holds_card(text):
        raise Refused("S-108", "incident", "it holds the code of a card")
    try:
        Incident(0, text).to_content()
    except Refused as refused:
        raise Refused("S-108", "incident", refused.detail) from None
    before = incidents_of(store)
    size = sum(len(item.text.encode()) + 16 for item in before) + len(text.encode()) + 16
    if len(before) >= MOST_INCIDENTS or size > _MOST_BYTES:
        raise Refused("S-208", "incidents", f"{len(before)} are written already")


def by_quarter(at: int) -> int:
    """The quarter of an hour in which an incident falls: kept and told so, for it may be about one elector.

    Args:
        at: Unix seconds.
    """
    return at - at % _QUARTER


def incidents_of(store: Store) -> tuple[Incident, ...]:
    """The incidents so far, as the closing report tells them: what officers wrote, and stops that the machine found.

    Their hour is told by quarters: that of a stop is when the machine was started again.
    """
    return tuple(
        Incident(by_quarter(event.at), event.text)
        for event in store.events()
        if event.text and event.kind in {EventKind.INCIDENT, EventKind.INTERRUPTED}
    )


def stops_of(store: Store) -> tuple[int, ...]:
    """When the machine was started again after each stop that stands among the incidents, Unix seconds."""
    return tuple(event.at for event in store.events() if event.text and event.kind is EventKind.INTERRUPTED)


def made_at(report: Statement) -> int:
    """When a report was made, Unix seconds."""
    match report.header.type:
        case StatementType.ZERO_REPORT:
            return ZeroReport.from_content(report.content, report.name).opened
        case StatementType.PAUSE_REPORT | StatementType.REOPENING_REPORT:
            return PauseReport.from_content(report.content, report.name).at
        case _:
            return closing_of(report).closed


def own_reports(store: Store) -> tuple[Statement, ...]:
    """The reports on a machine's own day, in their order."""
    found = (read_statement(raw) for raw in store.reports())
    return tuple(item for item in found if item.header.type is not StatementType.INTERRUPTED)


def filed_reports(store: Store) -> tuple[Filed, ...]:
    """All reports that this machine signed, also on one that stopped, in the order in which they were made."""
    reports = zip(store.reports(), store.papers(), strict=True)
    return tuple(Filed(place, read_statement(raw), paper) for place, (raw, paper) in enumerate(reports))


def paper_of(store: Store, report: Statement) -> Paper:
    """What is known of the paper of a report that this machine signed."""
    return filed_of(store, report).paper


def filed_of(store: Store, report: Statement) -> Filed:
    """A report that this machine signed, as it lies in the store."""
    return next(item for item in filed_reports(store) if item.report.fingerprint == report.fingerprint)


def _last(store: Store) -> bytes:
    return own_reports(store)[-1].fingerprint

"""The day of a machine: its reports, each of which names the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from keys.election.interruption import closing_of
from keys.election.manifest import MachineEntry
from keys.election.report import ClosingReport, PauseReport, ZeroReport
from keys.election.statement import Statement, StatementType
from keys.findings import Refused

__all__ = ["REPORTS", "MachineDay", "read_day"]

_LINKS = (StatementType.PAUSE_REPORT, StatementType.REOPENING_REPORT)
_CLOSINGS = (StatementType.CLOSING_REPORT, StatementType.INTERRUPTED)
REPORTS = (StatementType.ZERO_REPORT, *_LINKS, *_CLOSINGS)
"""The types of statements that make up a day; where a machine gave up, a spare signs the last."""


@dataclass(frozen=True, slots=True)
class MachineDay:
    """What a machine reported of its day; both are None where it never opened."""

    zero: ZeroReport | None = None
    zero_fingerprint: bytes | None = None
    closing: ClosingReport | None = None
    closing_fingerprint: bytes | None = None
    stopped: bool = False
    """The machine gave up, and a spare closed its box from its stick."""
    passed: tuple[str, ...] = ()
    """Lines of the readiness check that were passed, at the opening and then at each reopening."""


def read_day(entry: MachineEntry, statements: Sequence[Statement]) -> MachineDay:
    """Check the chain of one machine: zero report, (pause? reopening)*, pause?, closing report.

    Args:
        entry: The machine, from the manifest.
        statements: Its reports, signatures checked, in any order; and what a spare signed about it.

    Raises:
        Refused: V-401 they do not follow each other; V-402 two openings or closings; V-104.
    """
    name = f"machine {entry.name}"
    zero = _only(statements, name, StatementType.ZERO_REPORT)
    closing = _only(statements, name, *_CLOSINGS)
    if zero is None:
        if statements:
            raise Refused("V-401", name, "reports without an opening report")
        return MachineDay()
    opening = ZeroReport.from_content(zero.content, zero.name)
    if opening.machine_key != entry.public_key:
        raise Refused("V-401", name, "the opening report names another key")
    links = _follow_chain(zero, [item for item in statements if item.header.type in _LINKS], name)
    passed = (*opening.notes, *(note for link in links for note in _content(link).notes or ()))
    if closing is None:
        return MachineDay(opening, zero.fingerprint, passed=passed)
    report, last = closing_of(closing), (zero, *links)[-1].fingerprint
    if report.previous != last or report.zero_report != zero.fingerprint or len(links) + 2 != len(statements):
        raise Refused("V-401", name, "the closing report does not follow the reports before it")
    stopped = closing.header.type is StatementType.INTERRUPTED
    return MachineDay(opening, zero.fingerprint, report, closing.fingerprint, stopped, passed)


def _follow_chain(zero: Statement, links: Sequence[Statement], name: str) -> tuple[Statement, ...]:
    """The pauses and reopenings in their order."""
    by_previous: dict[bytes, Statement] = {}
    for link in links:
        previous = _content(link).previous
        if previous in by_previous:
            raise Refused("V-401", name, "two reports follow the same one")
        by_previous[previous] = link
    found: list[Statement] = []
    last, paused = zero.fingerprint, False
    while last in by_previous:
        link = by_previous.pop(last)
        if paused and link.header.type is StatementType.PAUSE_REPORT:
            raise Refused("V-401", name, "a pause in a pause")
        paused = link.header.type is StatementType.PAUSE_REPORT
        last = link.fingerprint
        found.append(link)
    if by_previous:
        raise Refused("V-401", name, "a report that follows none")
    return tuple(found)


def _content(link: Statement) -> PauseReport:
    return PauseReport.from_content(link.content, link.name)


def _only(statements: Sequence[Statement], name: str, *types: StatementType) -> Statement | None:
    found = [item for item in statements if item.header.type in types]
    if len(found) > 1:
        raise Refused("V-402", name, f"{len(found)} {types[0].name.lower().replace('_', ' ')}s")
    return found[0] if found else None

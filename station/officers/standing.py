"""Where the day stands, as questions: figures and reports read from the day, no wording."""

from __future__ import annotations

from dataclasses import replace

from keys.election.report import ClosingReport, PauseReport
from keys.election.statement import Mode, StatementType
from keys.findings import Misuse, Refused
from keys.paper.groups import fingerprint_groups, short_code
from station.day import Day
from station.disk.log import EventKind
from station.disk.plan import Mark, Paper
from station.disk.state import State
from station.officers.switchoff import AskOff
from station.officers.tasks import (
    AskAddition,
    AskReason,
    AskReprint,
    Place,
    Problem,
    Purpose,
    ShowClosed,
    ShowPause,
    ShowPower,
    ShowStart,
    ShowZero,
)
from station.questions import Question, ReportPaper
from station.rehearsal import rehearsal_of
from station.reports import Filed, by_quarter, filed_reports, made_at, paper_of, stops_of

__all__ = [
    "ask_at",
    "ask_reprint",
    "reports_due",
    "show_closed",
    "show_power_for",
    "show_standing",
    "show_zero",
]


def show_standing(day: Day, at_work: bool, checked: bool, to_do: int) -> Question:
    """What to do next, whatever the state.

    Args:
        day: Of the machine.
        at_work: The desk is open.
        checked: The readiness check was made, and nothing stops the opening.
        to_do: Lines of it that are still to do.
    """
    counts = day.counts()
    if not counts.balanced or day.state is State.INTERRUPTED:
        return _show_power(day)
    if day.state is State.PAUSED:
        return _show_pause(day)
    if day.state is State.CLOSED:
        return show_closed(day)
    return _show_start(day, at_work, checked, to_do)


def _show_start(day: Day, at_work: bool, checked: bool, to_do: int) -> ShowStart:
    counts = day.counts()
    others = len(day.manifest.definition.stations[day.station].machines) > 1
    return ShowStart(
        day.state,
        at_work,
        counts.on_roll,
        day.manifest.number,
        checked,
        to_do,
        len(day.reports()),
        _unprinted(day),
        can_take_over=others and day.state is State.PREPARED,
        carried=counts.carried,
        loaded=day.store.first_at(EventKind.LOADED),
        opened=day.store.first_at(EventKind.OPENED),
        rehearsal=rehearsal_of(day.folder) if _may_rehearse(day) else None,
    )


def _unprinted(day: Day) -> int:
    return sum(paper is not Paper.PRINTED for paper in day.store.papers())


def _may_rehearse(day: Day) -> bool:
    return day.mode is Mode.OFFICIAL and day.state is State.PREPARED and not day.unlocked


def _show_power(day: Day, number: int | None = None) -> ShowPower:
    """W11, with the answer for a roll number: read from the mark, never guessed."""
    counts = day.counts()
    recorded = None
    if number is not None:
        try:
            recorded = day.store.mark_of(number) is Mark.VOTED
        except Refused:
            recorded = None
    return ShowPower(
        max(counts.ballots.values()),
        counts.marks,
        counts.balanced,
        number,
        recorded,
        hidden=counts.balanced and day.closing_announced,
        unprinted=_unprinted(day),
        noted=by_quarter(stops[-1]) if (stops := stops_of(day.store)) else None,
    )


def show_zero(day: Day) -> ShowZero:
    """W4."""
    counts, report = day.counts(), day.reports()[-1]
    return ShowZero(
        code=short_code(report.fingerprint),
        electors=counts.electors,
        votes=max(counts.ballots.values()),
        marks=counts.marks,
        manifest=day.manifest.number,
        printed=paper_of(day.store, report) is Paper.PRINTED,
        can_undo=not counts.marks,
    )


def _show_pause(day: Day) -> ShowPause:
    reports = [item for item in day.reports() if item.header.type is StatementType.PAUSE_REPORT]
    content = PauseReport.from_content(reports[-1].content, reports[-1].name)
    printed = paper_of(day.store, reports[-1]) is Paper.PRINTED
    electors = day.counts().on_roll
    return ShowPause(content.at, content.marks, electors, len(reports), printed, _unprinted(day))


def show_closed(day: Day, problem: Problem | None = None) -> ShowClosed:
    """W14."""
    report = day.report(StatementType.CLOSING_REPORT)
    if report is None:
        raise Misuse("the station is not closed")
    content = ClosingReport.from_content(report.content, report.name)
    return ShowClosed(
        electors=content.on_roll,
        marks=content.marks,
        votes=content.ballots,
        signatures=content.signatures,
        challenges=content.challenges,
        groups=fingerprint_groups(content.set_digest),
        zero=short_code(content.zero_report),
        printed=paper_of(day.store, report) is Paper.PRINTED,
        of_its_own=_is_counted_alone(day),
        unprinted=_unprinted(day),
        problem=problem,
    )


def _is_counted_alone(day: Day) -> bool:
    """Whether every contest of the station is of this station alone: then the station has a result."""
    definition = day.manifest.definition
    return all(definition.contests[at].stations == (day.station,) for at in definition.style(day.station))


def ask_at(place: Place, day: Day) -> Question | None:
    """What is asked at a place that a button leads to; None where the standing of the day says it."""
    match place:
        case Place.REPRINT:
            return ask_reprint(day, None)
        case Place.ADDITION:
            return AskAddition(day.store.additions_left())
        case Place.UNDO:
            return AskReason(Purpose.UNDO)
        case Place.OFF:
            return AskOff(day.state)
        case _:
            return None


def show_power_for(day: Day, text: str) -> ShowPower:
    """W11, with the answer for a roll number as it was typed."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit()):
        return replace(_show_power(day), problem=Problem("digits"))
    return _show_power(day, int(digits[:9]))


def ask_reprint(day: Day, printed: bool | None) -> AskReprint:
    """F9."""
    return AskReprint(tuple(map(_paper, filed_reports(day.store))), printed)


def reports_due(day: Day) -> tuple[ReportPaper, ...]:
    """The reports of which nothing says that they were printed."""
    if not _unprinted(day):
        return ()
    return tuple(_paper(filed) for filed in filed_reports(day.store) if filed.paper is not Paper.PRINTED)


def _paper(filed: Filed) -> ReportPaper:
    report = filed.report
    return ReportPaper(report.header.type, short_code(report.fingerprint), made_at(report), filed.paper)

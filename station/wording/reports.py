"""Words about reports on paper: what each is called, whether it was printed, and the page on which they are printed."""

from __future__ import annotations

from keys.election.statement import StatementType
from station.disk.plan import Paper
from station.officers import deeds as d
from station.officers import tasks as t
from station.questions import ReportPaper
from station.wording.frame import Frame
from station.wording.page import Item, Line, Page, Verb, Words

__all__ = ["due_lines", "no_paper", "reprint_page", "reprint_verb"]


def reprint_page(question: t.AskReprint, frame: Frame) -> Page:
    """F9: every report with its hour, and whether it was ever printed; the first that was not has the focus."""
    say = frame.language.say
    lines: list[Item] = [
        Line(
            _name(report, frame),
            d.Reprint(place),
            right=f"{_state(report, frame)}   {report.code}",
            number=str(place + 1),
            details=_details(report, frame),
        )
        for place, report in enumerate(question.reports)
    ]
    notes = {
        None: say("A second print is marked as a duplicate, with both times."),
        True: say("Printing."),
        False: no_paper(frame),
    }
    missing = [place for place, report in enumerate(question.reports) if report.paper is not Paper.PRINTED]
    words = [] if frame.printer else [Words(no_paper(frame))]
    return frame.worker(
        "reprint",
        say("Reprint a report"),
        (*words, *lines, Verb(say("Go back"), d.Leave())),
        note=notes[question.printed],
        keys={"escape": d.Leave()},
        focus=missing[0] if missing else 0,
    )


def due_lines(due: tuple[ReportPaper, ...], frame: Frame) -> list[Item]:
    """The reports that are still to be printed, as far as the machine knows; without a printer nobody is asked to."""
    if not frame.printer:
        return []
    to_print = frame.language.say("to be printed")
    return [
        Line(
            _name(report, frame),
            d.Go(t.Place.REPRINT),
            right=to_print if report.paper is Paper.NEVER else _state(report, frame),
        )
        for report in due
    ]


def reprint_verb(unprinted: int, frame: Frame) -> Verb:
    """The button that leads to the reports; it says how many are not printed yet."""
    missing = frame.language.say_many(
        "{count} report may not be printed yet.", "{count} reports may not be printed yet.", unprinted
    )
    label = frame.language.say("Reprint a report")
    return Verb(label, d.Go(t.Place.REPRINT), below=missing if unprinted and frame.printer else "")


def no_paper(frame: Frame) -> str:
    """Why a paper did not come out, and what to do."""
    say = frame.language.say
    if frame.printer:
        return say("No paper: put in a paper roll, then print again.")
    return say("This machine has no printer. The reports are kept, and go to the town hall on the stick.")


def _name(report: ReportPaper, frame: Frame) -> str:
    say = frame.language.say
    name = {
        StatementType.ZERO_REPORT: say("Opening report"),
        StatementType.PAUSE_REPORT: say("Pause report"),
        StatementType.REOPENING_REPORT: say("Reopening report"),
        StatementType.CLOSING_REPORT: say("Closing report"),
        StatementType.INTERRUPTED: say("Statement on an interruption"),
    }[report.kind]
    return f"{name}, {frame.language.clock(report.made, frame.definition.timezone)}"


def _state(report: ReportPaper, frame: Frame) -> str:
    say = frame.language.say
    return {
        Paper.NEVER: say("never printed"),
        Paper.PERHAPS: say("perhaps printed"),
        Paper.PRINTED: say("printed"),
    }[report.paper]


def _details(report: ReportPaper, frame: Frame) -> tuple[str, ...]:
    if report.paper is not Paper.PERHAPS:
        return ()
    return (
        frame.language.say(
            "The machine or the printer stopped while it was printing. Look for the paper; if it is missing, "
            "Enter prints it again."
        ),
    )

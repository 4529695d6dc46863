"""Words of the page of the readiness check."""

from __future__ import annotations

from rich.cells import cell_len

from station.checks.facts import PrinterFact
from station.checks.readiness import BY_HAND, CheckLine, Point, Verdict, stopping
from station.officers import deeds as d
from station.officers import tasks as t
from station.wording.checklines import remedy_of, text_of, verdict_of
from station.wording.frame import Frame
from station.wording.page import Item, Line, Page, Verb
from station.wording.problems import problem_words

__all__ = ["readiness_page"]

_HARD_SPACE = "\u00a0"
"""Keeps the texts of the lines one below the other."""


def readiness_page(question: t.ShowReadiness, frame: Frame) -> Page:
    """W2."""
    say, lines = frame.language.say, question.lines
    items: list[Item] = [_line(line, frame) for line in lines]
    stopped = stopping(lines)
    if not stopped:
        items.append(_open(question, frame))
    printer = next(line for line in lines if line.point is Point.PRINTER)
    if printer.case not in {PrinterFact.NONE.value, "needed"}:
        items += [
            Verb(say("Print a test page"), d.TestPage()),
            Verb(say("Print the signing list"), d.PrintSigningList()),
            Verb(say("Print this check"), d.PrintCheck()),
        ]
    items += [
        Verb(say("Check all again"), d.CheckAll()),
        Verb(say("Go back"), d.Go(t.Place.START)),
    ]
    return frame.worker(
        "readiness",
        _title(lines, frame),
        tuple(items),
        problem=problem_words(question.problem, frame),
        note=say("Printing.") if question.printing else _note(lines, frame),
        notice=f"{say('Checked again:')} {_note(lines, frame)}" if question.again else "",
        keys={"escape": d.Go(t.Place.START)},
        focus=_first_open(lines),
        help=_help(frame),
    )


def _line(line: CheckLine, frame: Frame) -> Line:
    say = frame.language.say
    widest = max(cell_len(word) for word in (say("OK"), say("TO DO"), say("TO LOOK AT")))
    verdict = verdict_of(line, frame.language)
    padding = _HARD_SPACE * (widest - cell_len(verdict) + 1)
    remedy = remedy_of(line, frame.language)
    ticked = ("[x]" if line.verdict is Verdict.OK else "[ ]") if line.point in BY_HAND else ""
    return Line(
        f"{verdict}{padding}{text_of(line, frame.language)}",
        d.CheckPoint(line.point),
        right="   ".join(filter(None, (_weight(line, frame), ticked))),
        details=(remedy,) if remedy else (),
        key=line.point.value,
    )


def _weight(line: CheckLine, frame: Frame) -> str:
    """Whether what is to do stops the opening."""
    say = frame.language.say
    if line.verdict is not Verdict.TO_DO:
        return ""
    return say("stops the opening") if line.stops else say("may be left")


def _open(question: t.ShowReadiness, frame: Frame) -> Verb:
    say = frame.language.say
    opening = question.purpose is t.Purpose.OPEN
    if all(line.verdict is Verdict.OK for line in question.lines):
        label = say("Open the station") if opening else say("Reopen the station")
        return Verb(label, d.Begin(question.purpose))
    label = say("Open anyway") if opening else say("Reopen anyway")
    return Verb(
        label, d.Begin(question.purpose), below=say("The lines that are not OK will be in the report.")
    )


def _title(lines: tuple[CheckLine, ...], frame: Frame) -> str:
    """First of all: whether the station may open."""
    if stopping(lines):
        return frame.language.say_many(
            "Check: you may NOT open yet. {count} line stops the opening.",
            "Check: you may NOT open yet. {count} lines stop the opening.",
            len(stopping(lines)),
        )
    if all(line.verdict is Verdict.OK for line in lines):
        return frame.language.say("Check: everything is OK. You may open.")
    return frame.language.say("Check: you may open.")


def _note(lines: tuple[CheckLine, ...], frame: Frame) -> str:
    say = frame.language.say
    counts = {verdict: sum(line.verdict is verdict for line in lines) for verdict in Verdict}
    return say(
        "{ok} OK, {look} to look at, {todo} to do.",
        ok=counts[Verdict.OK],
        look=counts[Verdict.TO_LOOK_AT],
        todo=counts[Verdict.TO_DO],
    )


def _first_open(lines: tuple[CheckLine, ...]) -> int:
    """The first line that stops the opening, or else is to do; where there is none, the button that opens."""
    to_do = [place for place, line in enumerate(lines) if line.verdict is Verdict.TO_DO]
    return next((place for place in to_do if lines[place].stops), to_do[0] if to_do else len(lines))


def _help(frame: Frame) -> tuple[str, ...]:
    say = frame.language.say
    return (
        say(
            "Go through the lines with Up and Down: each says what to do. Enter checks it again or ticks it."
        ),
        say(
            "TO DO: put it right if you can. What may be left does not stop the opening; the report names it."
        ),
        say("TO LOOK AT: you may open, and it will be in the report."),
        say("You tick two lines yourselves: the paper list on the table, and two people with their cards."),
        say("No line says anything about voters or votes."),
    )

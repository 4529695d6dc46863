"""Words of the readiness check: what each line says, and what to do about it. For screens, commands and papers."""

from __future__ import annotations

from collections.abc import Callable

from keys.desk.language import Language
from keys.election.record import UNWRITABLE
from station.checks.readiness import CheckLine, Point, Verdict
from station.wording import checkmachine as machine
from station.wording.checkmachine import Words, as_number, as_texts

__all__ = ["note_of", "remedy_of", "text_of", "verdict_of"]

_PRINTS = {"good", "untried"}
"""Cases of the printer in which slips are expected."""
_LONGEST = 400
"""Letters of a line in a signed report."""


def verdict_of(line: CheckLine, language: Language) -> str:
    """OK, to do, or to look at, in capitals."""
    say = language.say
    return {
        Verdict.OK: say("OK"),
        Verdict.TO_DO: say("TO DO"),
        Verdict.TO_LOOK_AT: say("TO LOOK AT"),
    }[line.verdict]


def text_of(line: CheckLine, language: Language) -> str:
    """What a line says."""
    return _words(line, language)[0]


def remedy_of(line: CheckLine, language: Language) -> str:
    """What to do about it; empty where it is good."""
    return _words(line, language)[1]


def note_of(line: CheckLine, language: Language) -> str:
    """A line that was passed, as the report holds it."""
    note = f"{verdict_of(line, language)} - {text_of(line, language)}"
    if line.point is Point.PRINTER and line.case not in _PRINTS:
        weak = language.say("Check codes that are not printed are copied from the screen: a weak check.")
        note = f"{note}. {weak}"
    return UNWRITABLE.sub(" ", note)[:_LONGEST]


def _words(line: CheckLine, language: Language) -> Words:
    return _WORDS[line.point](line, language)


def _stick(line: CheckLine, language: Language) -> Words:
    say, names = language.say, ", ".join(as_texts(line.values.get("names", ())))
    return {
        "empty": (say("Stick found, no copy on it yet"), ""),
        "own-copy": (say("Stick found, with the copy of this machine"), ""),
        "other-machine": (
            say("The stick holds the copy of another machine: {names}", names=names),
            say("Put in this station's own stick. Keep that one: a machine that stopped is closed from it."),
        ),
        "other-vote": (
            say("The stick holds the copy of another vote"),
            say("Put in this station's own stick, or ask the town hall whether that one may be emptied."),
        ),
        "none": (say("No stick"), say("Put in this station's stick, then Enter.")),
        "read-only": (
            say("The stick cannot be written to"),
            say("Move its lock switch, or put in another, then Enter."),
        ),
        "full": (say("The stick is full"), say("Put in another, then Enter.")),
        "same-disk": (
            say("No stick: its folder is on the machine's own disk"),
            say("Put in this station's stick, then Enter."),
        ),
    }[line.case]


def _codes(line: CheckLine, language: Language) -> Words:
    say = language.say
    if line.case == "good":
        return say("Codes: drawn and read back correctly"), ""
    return say("Codes: NOT read back as they were drawn"), say("Take another machine, or call the town hall.")


def _proofs(line: CheckLine, language: Language) -> Words:
    say = language.say
    if line.case == "good":
        return say("Ballots: a test ballot was made and checked correctly"), ""
    return (
        say("Ballots: the test ballot is NOT in order"),
        say("Take another machine, or call the town hall."),
    )


def _printer(line: CheckLine, language: Language) -> Words:
    say, values = language.say, line.values
    return {
        "good": (say("Printer: the test page was sent. Look at the page."), ""),
        "untried": (
            say("Printer: not tried yet"),
            say("Enter prints a test page. Look at it."),
        ),
        "failed": (
            say("Printer: the test page was NOT printed"),
            say("Check its switch, cable and paper, then Enter."),
        ),
        "no-paper": (say("Printer out of paper"), say("Put paper in, then Enter.")),
        "stopped": (say("Printer stopped|check"), say("Check its switch, cable and paper, then Enter.")),
        "none": (
            say("No printer"),
            say("You may open: voters copy their codes from the screen, reports are printed later."),
        ),
        "needed": (
            say("No printer, and {count} contests in each visit", count=as_number(values.get("count", 0))),
            say("Get one: nobody can copy so many codes from a screen. Call the town hall."),
        ),
    }[line.case]


def _spool(line: CheckLine, language: Language) -> Words:
    say = language.say
    tell = say("You may open. Tell the town hall: no copies of voters' papers may be kept.")
    names = ", ".join(as_texts(line.values.get("names", ())))
    return {
        "good": (say("Print system: it keeps no copies of what it prints"), ""),
        "none": (say("Print system: not used"), ""),
        "keeps": (say("Print system: it keeps copies of what it prints ({names})", names=names), tell),
        "unknown": (say("Print system: not known whether it keeps copies of what it prints"), tell),
    }[line.case]


def _languages(line: CheckLine, language: Language) -> Words:
    say = language.say
    if line.case == "good":
        return say("Texts: reviewed by native readers"), ""
    names = language.join(as_texts(line.values["names"]))
    return (
        say("Texts not reviewed by a native reader: {names}", names=names),
        say("You may open. Tell the town hall."),
    )


def _letters(line: CheckLine, language: Language) -> Words:
    say, values = language.say, line.values
    if line.case == "unknown":
        return say("Letters: not known how large they are"), say("Check yourself that they are large enough.")
    size = {"width": str(values["width"]), "height": str(values["height"])}
    if line.case == "small":
        return (
            say("Letters too small: {width} by {height} on the screen", **size),
            say("Choose a larger font: people must be able to read it standing."),
        )
    return say("Letters large enough: {width} by {height} on the screen", **size), ""


def _list(line: CheckLine, language: Language) -> Words:
    say = language.say
    return (
        say("Paper signing list: tick when it is on the table"),
        ""
        if line.verdict is Verdict.OK
        else say("Already on the table? Keep it. If not, print it. Then Enter ticks it."),
    )


def _cards(line: CheckLine, language: Language) -> Words:
    say = language.say
    return (
        say("Cards: tick when two people here have theirs"),
        ""
        if line.verdict is Verdict.OK
        else say("Two cards of two people open the station. Enter ticks it."),
    )


_WORDS: dict[Point, Callable[[CheckLine, Language], Words]] = {
    Point.FILE: machine.file,
    Point.BOX: machine.box,
    Point.LOG: machine.log,
    Point.CLOCK: machine.clock,
    Point.NETWORK: machine.network,
    Point.DISK: machine.disk,
    Point.ENCRYPTION: machine.encryption,
    Point.MEMORY: machine.memory,
    Point.POWER: machine.power,
    Point.STICK: _stick,
    Point.CODES: _codes,
    Point.PROOFS: _proofs,
    Point.PRINTER: _printer,
    Point.SPOOL: _spool,
    Point.LANGUAGES: _languages,
    Point.LETTERS: _letters,
    Point.LIST: _list,
    Point.CARDS: _cards,
}

"""What is told of an error: what happened, what is safe, what to do, in the officer's language and with its names."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path

from keys.crypto.errors import CryptoError
from keys.desk.files import Busy
from keys.desk.language import Language
from keys.desk.mounts import NoStick
from keys.election.definition import Definition, text_in
from keys.findings import Fact, Finding, Misuse, Refused
from tally.boxes.sticks import NotEmpty
from tally.screens.desk import Desk

__all__ = ["finding_words", "happened_words", "problem_words"]


def finding_words(code: str, finding: Finding, language: Language) -> tuple[str, str, str]:
    """Title, meaning and remedy of a finding; where it names a command, the row of the menu that does the same."""
    wording = language.wording
    remedy = wording(finding.remedy)
    for command, row in _rows(language).items():
        remedy = remedy.replace(command, language.say("“{row}”", row=row))
    return f"{code}  {wording(finding.title)}", wording(finding.meaning), remedy


def problem_words(error: Exception, desk: Desk, kept: str = "") -> tuple[str, str, str]:
    """What happened, what is safe, what to do.

    Args:
        error: One of those that work may end with.
        desk: Of the officer.
        kept: What stands already, where that is more than what stood before the work began.
    """
    say = desk.language.say
    safe = kept or say("Everything that was in is still there, and nothing is half done.")
    return happened_words(error, desk), safe, _remedy(error, desk)


def happened_words(error: Exception, desk: Desk) -> str:
    """What happened."""
    language, say = desk.language, desk.language.say
    if isinstance(error, Refused):
        title, meaning, _ = finding_words(error.code, error.finding, language)
        detail = f" ({_detail(error.detail, language)})" if error.detail else ""
        return f"{title}\n{_about(error.subject, desk.definition, language)}{detail}\n{meaning}"
    if isinstance(error, NotEmpty):
        return say("{place} is not empty; nothing is written over what is there.", place=error.place)
    if isinstance(error, Busy):
        return say("Somebody else is at work in this folder: in another window, or with a command.")
    if isinstance(error, (Misuse, CryptoError)):
        return str(error)
    return _reason(error, language)


def _remedy(error: Exception, desk: Desk) -> str:
    say = desk.language.say
    if isinstance(error, Refused):
        return finding_words(error.code, error.finding, desk.language)[2]
    if isinstance(error, NotEmpty):
        return say("Take another stick, or type the path of a new folder.")
    if isinstance(error, Busy):
        return say("Wait until that work is done, then do it again here.")
    if isinstance(error, Misuse):
        return say("Go back, and try another way.")
    if isinstance(error, CryptoError):
        return say("Do not use this file. Ask for it again where it was made.")
    place, cause = _place(error), _cause(error)
    if place is not None and place.resolve().is_relative_to(desk.workspace.folder.resolve()):
        if isinstance(cause, OSError) and cause.errno == errno.ENOSPC:
            return say(
                "It is the disk of this computer that is full. Make room on it, then do the same again."
            )
        return say(
            "It is the disk of this computer. If it happens again, back up now, and go on with the copy."
        )
    return say("Check that the stick is in, and not full or locked; then try again.")


def _detail(detail: str, language: Language) -> str:
    return language.say(detail.sentence, **detail.values) if isinstance(detail, Fact) else detail


def _about(subject: str, definition: Definition, language: Language) -> str:
    """The record that a refusal is about, with the names that people know instead of ids."""
    kind, _, name = subject.partition(" ")
    say = language.say
    if kind == "machine":
        for station in definition.stations:
            if name in station.machines:
                return say("machine {machine}, {station}", machine=name, station=station.name)
    names: Mapping[str, Mapping[str, str]] = {
        "station": {item.id: item.name for item in definition.stations},
        "contest": {item.id: text_in(item.title, language.code) for item in definition.contests},
        "trustee": {item: item for item in definition.trustees},
    }
    found = names.get(kind, {}).get(name)
    if found is None:
        return subject
    return {
        "station": say("station: {name}", name=found),
        "contest": say("contest: {name}", name=found),
        "trustee": say("trustee: {name}", name=found),
    }[kind]


def _rows(language: Language) -> Mapping[str, str]:
    """Rows of the menu by the command that does the same; the longer command first."""
    say = language.say
    return {
        "tally request --again": say("Ask the trustees again"),
        "tally decide exclusion": say("Decisions of the board"),
        "tally decide few-ballots": say("Decisions of the board"),
        "tally decide late-box": say("Take in a late box"),
        "tally decide figures": say("Decisions of the board"),
        "tally decide tie": say("Decisions of the board"),
        "tally decide": say("Decisions of the board"),
        "tally paper": say("Type in a count on paper"),
    }


def _cause(error: Exception) -> BaseException | None:
    return error if isinstance(error, OSError) else error.__context__


def _place(error: Exception) -> Path | None:
    """The file that it is about, where that is known: of a copy, where it was to be written."""
    cause = _cause(error)
    known = getattr(error, "place", None)
    if isinstance(cause, OSError) and known is None:
        known = cause.filename2 or cause.filename
    return None if known is None else Path(str(known))


def _reason(error: Exception, language: Language) -> str:
    """Why something could not be read or written: in the officer's language where the system's number is known."""
    say = language.say
    cause, place = _cause(error), _place(error)
    words = {
        errno.ENOSPC: say("No room is left there."),
        errno.ENOENT: say("It is not there, or not any more."),
        errno.EACCES: say("This is not allowed there: a lock on the stick, or somebody else's folder."),
        errno.EROFS: say("This is not allowed there: a lock on the stick, or somebody else's folder."),
        errno.EIO: say("The disk or the stick did not answer: it was pulled out, or is worn out."),
    }
    if isinstance(error, NoStick):
        return f"{place}\n{words[errno.ENOENT]}"
    if not isinstance(cause, OSError) or cause.errno not in words:
        return str(error) or type(error).__name__
    said = words[cause.errno]
    return said if place is None else f"{place}\n{said}"

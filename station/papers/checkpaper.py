"""Papers from before the opening: the readiness check, and a page to try the printer with."""

from __future__ import annotations

from collections.abc import Sequence

from keys.paper.codes import encode
from keys.paper.document import Block, CodeBlock, Document, Large, Lines, Rows, Signatures, Text
from station.checks.readiness import CheckLine
from station.papers.letterhead import Letterhead
from station.wording.checklines import remedy_of, text_of, verdict_of

__all__ = ["readiness_paper", "trial_paper"]

_TRIAL = encode(bytes(range(149)))
"""A code as large as a receipt's; it says nothing."""


def readiness_paper(head: Letterhead, machine: int, lines: Sequence[CheckLine], at: int) -> Document:
    """The lines of a readiness check, with what to do about them.

    Args:
        head: Of the paper.
        machine: Index.
        lines: As `station.checks.readiness.check` gave them.
        at: When, Unix seconds.
    """
    language, say = head.language, head.language.say
    rows = [
        (verdict_of(line, language), f"{text_of(line, language)}\n{remedy_of(line, language)}".strip())
        for line in lines
    ]
    blocks: list[Block] = [
        Text(language.moment(at, head.definition.timezone)),
        Rows(tuple(rows)),
        Lines(2, say("Remarks and objections")),
        Signatures(((say("Presiding officer"), ""), (say("Poll clerk"), ""))),
    ]
    return head.machine_page(machine, say("Readiness check"), blocks)


def trial_paper(head: Letterhead, machine: int) -> Document:
    """A page to look at: letters, large letters, a square code."""
    say = head.language.say
    blocks: list[Block] = [
        Text(say("Are all letters clear, and the square whole? Then the printer is ready.")),
        Text("ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789"),
        Text("ÀÂÇÉÈÊËÎÏÔÖÙÛÜŒ àâçéèêëîïôöùûüœ ß ñ ã õ ă ș ț ě ř ů ž €"),
        Large("0123 4567 89AB CDEF", say("Nothing of this is a code")),
        CodeBlock(_TRIAL, say("A square code as large as a receipt's; it says nothing.")),
    ]
    return head.machine_page(machine, say("Test page"), blocks)

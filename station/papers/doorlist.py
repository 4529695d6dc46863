"""The list of receipt codes for the door: printed at closing, in an order that says nothing of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from keys.election.box import set_digest
from keys.election.definition import text_in
from keys.paper.document import Block, Columns, Document, Large, Signatures, Text
from keys.paper.groups import fingerprint_text, short_code
from station.papers.letterhead import Letterhead

__all__ = ["trackers_paper"]

_COLUMNS, _MANY_COLUMNS = 5, 8
_LARGE_PRINT = 1_600
"""Codes in large letters, on some ten pages; with more (many contests in one visit) the list is set small."""


def trackers_paper(head: Letterhead, machine: int, trackers: Mapping[int, Sequence[bytes]]) -> Document:
    """The receipt codes of a machine, sorted, and signed by hand: the digest ties the list to the closing report.

    Args:
        head: Of the paper.
        machine: Index.
        trackers: By contest, rising.
    """
    say = head.language.say
    digest = say("Code of the box: digest of all ballots (asked for at the town hall)")
    columns = _COLUMNS if sum(map(len, trackers.values())) <= _LARGE_PRINT else _MANY_COLUMNS
    blocks: list[Block] = [
        Text(say("If the code of your receipt is here, your vote is in the box. The order means nothing.")),
        Large(fingerprint_text(set_digest(trackers)), digest),
        Text(say("The closing report of this machine names the same digest: this list is whole.")),
        Signatures(((say("Presiding officer"), ""), (say("Poll clerk"), ""))),
    ]
    for contest, found in sorted(trackers.items()):
        title = text_in(head.definition.contests[contest].title, head.language.code)
        count = say("Ballots: {count}", count=len(found))
        codes = tuple(sorted(short_code(tracker) for tracker in found))
        blocks.append(
            Columns(codes, columns, f"{title}\n{count}", index=True) if codes else Text(f"{title}\n{count}")
        )
    return head.machine_paper(machine, say("Receipt codes"), blocks)

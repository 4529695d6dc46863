"""The step on the minutes: the codes on their pages are read as an observer would, and compared with the results.

At the foot of each page stands the digest of results.json, as text; it is compared too. What else stands there in
words is for people to compare.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from keys.election.statement import StatementType, read_statement
from keys.findings import Refused
from keys.paper.codes import PREFIX, Assembler
from keys.paper.groups import fingerprint_groups
from tally.hostile.scan import page_texts, texts_of
from tally.verify.case import Case, Several
from tally.verify.counting import published_results

__all__ = ["MINUTES", "check_minutes"]

MINUTES = "minutes.pdf"
RESULTS_JSON = "results.json"
_NAMED = re.compile(re.escape(RESULTS_JSON) + r"([0-9A-Z]{52})")
"""The name of the file with 13 groups of 4 signs behind it, blanks taken out."""


def check_minutes(case: Case) -> None:
    """The codes in the minutes are the signed results, all of them and no other statement than the folder's."""
    results = published_results(case)
    data = case.file(MINUTES)
    found = _decoded(texts_of(data, MINUTES))
    known = {statement.raw for statement in case.statements.values()}
    others = [read_statement(raw).header for raw in sorted(found - known)]
    if others and all(header.mode is not case.mode for header in others):
        raise Refused("V-157", MINUTES)
    findings = [Refused("V-614", MINUTES, "a result of the folder is missing") for _ in results - found]
    findings += _feet(case, data)
    for kind in (header.type for header in others):
        what = "another result" if kind is StatementType.RESULT else "a statement that the folder lacks"
        findings.append(Refused("V-614", MINUTES, what))
    if findings:
        raise Several(findings)


def _feet(case: Case, data: bytes) -> list[Refused]:
    """Pages that do not name the digest of the folder's results.json, or name another one beside it."""
    digest = "".join(fingerprint_groups(hashlib.sha256(case.file(RESULTS_JSON)).digest()))
    wrong = []
    for number, text in enumerate(page_texts(data, MINUTES), 1):
        named = set(_NAMED.findall("".join(text.split())))
        if named != {digest}:
            wrong.append(Refused("V-614", MINUTES, f"page {number}: not the digest of {RESULTS_JSON}"))
    return wrong


def _decoded(texts: Iterable[str]) -> set[bytes]:
    """What the codes carry; codes of another kind, such as addresses, are passed over."""
    assemblers: list[Assembler] = []
    for text in texts:
        if text.startswith(PREFIX):
            _feed(assemblers, text)
    return {assembler.data() for assembler in assemblers}


def _feed(assemblers: list[Assembler], text: str) -> None:
    for assembler in assemblers:
        try:
            assembler.feed(text)
        except Refused as refused:
            if refused.code != "V-116":
                raise
        else:
            return
    fresh = Assembler()
    fresh.feed(text)
    assemblers.append(fresh)

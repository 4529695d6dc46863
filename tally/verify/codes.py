"""The step on the minutes: the codes on their pages are read as an observer would, and compared with the results."""

from __future__ import annotations

from collections.abc import Iterable

from keys.election.statement import StatementType, read_statement
from keys.findings import Refused
from keys.paper.codes import PREFIX, Assembler
from tally.scan import texts_of
from tally.verify.case import Case, Several
from tally.verify.counting import published_results

__all__ = ["MINUTES", "check_minutes"]

MINUTES = "minutes.pdf"


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
    for kind in (header.type for header in others):
        what = "another result" if kind is StatementType.RESULT else "a statement that the folder lacks"
        findings.append(Refused("V-614", MINUTES, what))
    if findings:
        raise Several(findings)


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

"""A result: is it the published one, and does the archive of its ballots say the same?"""

from __future__ import annotations

from collections.abc import Sequence

from keys.crypto.errors import CryptoError
from keys.election.documents import result_from_json
from keys.election.result import Result
from keys.election.statement import Statement
from keys.findings import Refused
from tally.check.evidence import Evidence
from tally.check.verdict import Denied, Page

__all__ = ["check_result"]


def check_result(statement: Statement, evidence: Evidence, page: Page) -> str:
    """Check a result whose signature holds: it is the published one, and says what the archive says.

    Raises:
        Denied: T-715, T-719, T-723, T-724.
        Refused: The archive cannot be read.
    """
    say = page.language.say
    result = Result.from_content(statement.content, statement.name)
    options = len(evidence.dossier.manifest.definition.contests)
    if result.contest >= options:
        raise Denied(
            "T-719", statement.name, say("Result: it is signed, but for a contest that does not exist.")
        )
    title, identifier = (
        evidence.title(result.contest, page.language.code),
        evidence.contest_id(result.contest),
    )
    path = f"results/{identifier}.cose"
    if path not in evidence.folder.files or not evidence.has_archive(result.contest):
        raise Denied(
            "T-715", statement.name, say("The result of {contest} is not published yet.", contest=title)
        )
    if evidence.folder.files[path] != statement.raw:
        sentence = say("The published result of {contest} says something else than this one.", contest=title)
        raise Denied("T-723", statement.name, sentence)
    _check_opened(result, evidence, page, title)
    page.note(say("How the result follows from every ballot is shown by: tally verify"))
    page.data["contest"] = identifier
    return say("This is the certified result of {contest}, as published.", contest=title)


def _check_opened(result: Result, evidence: Evidence, page: Page, title: str) -> None:
    """Compare a result with the last events of its archive; totals only where the archive holds sums."""
    seen = evidence.outline(result.contest)
    wrong = "no result" if seen.result is None else ""
    if not wrong and (bytes.fromhex(seen.head), seen.ballots) != (result.head, result.ballots):
        wrong = "another archive"
    if not wrong and seen.result is not None and not seen.shuffles:
        try:
            sums = result_from_json(seen.result.documents[0])
        except CryptoError as error:
            raise Refused("V-305", f"archive {evidence.contest_id(result.contest)}", str(error)) from None
        if not _adds_up(sums, result):
            wrong = "other totals"
    if wrong:
        sentence = page.language.say(
            "The result of {contest} is signed and published, but the archive of its ballots says something else.",
            contest=title,
        )
        raise Denied("T-724", f"contest {evidence.contest_id(result.contest)}", sentence, wrong)
    page.note(page.language.say("The totals are those that were opened in the archive of the ballots."))


def _adds_up(sums: Sequence[int], result: Result) -> bool:
    """Whether a result's totals are the opened sums: blank, then each option's answers, as many for every option."""
    width, rest = divmod(len(sums) - 1, len(result.totals))
    rows = [sums[start : start + width] for start in range(1, len(sums), width or 1)]
    return (
        not rest
        and width > 0
        and sums[0] == result.blank
        and [sum(row) for row in rows] == list(result.totals)
    )

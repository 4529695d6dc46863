"""Steps on the results: each contest is counted again, and everything that was published of it is compared."""

from __future__ import annotations

import dataclasses
from contextlib import suppress

from keys.election.definition import Contest
from keys.election.forms import Shape
from keys.election.result import Result
from keys.election.statement import Role, StatementType
from keys.findings import Refused
from tally.results.counted import count_contest, result_of
from tally.telling.tables import results_csv, results_json
from tally.telling.trackers import tracker_lines
from tally.verify.archives import archives, polled, verified
from tally.verify.board import results_of_board
from tally.verify.case import Case, Unchecked, each, need

__all__ = [
    "check_forms",
    "check_results",
    "check_tables",
    "check_ties",
    "check_trackers",
    "published_results",
]

_TIES = "ties"


def check_forms(case: Case) -> None:
    """Each contest has ballots of a form that this program knows, within the limits of the form."""

    def check(contest: Contest) -> None:
        Shape.of(contest)

    each(need(case.manifest).definition.contests, check)


def check_count(case: Case) -> None:
    """Each contest can be counted from its archive, by its rule, with the decisions on its ties."""

    def check(at: int) -> None:
        archive = verified(case, at)
        if archive.result is None:
            raise Unchecked
        case.counted[at] = count_contest(case.dossier, at, archive.result, len(archive.cast))

    each(archives(case), check)


def check_results(case: Case) -> None:
    """The signed result of each contest is what its opened totals give when counted by its rule."""
    case.check_no_others("results", ".cose", besides=results_of_board(case))
    contests = need(case.sealed).manifest.definition.contests

    def check(at: int) -> None:
        published = case.published[at] = _published(case, at)
        again = _again(case, at)
        for field in dataclasses.fields(Result):
            if field.name != _TIES and getattr(published, field.name) != getattr(again, field.name):
                raise Refused("V-610", f"contest {contests[at].id}", field.name)

    each(archives(case), check)


def check_ties(case: Case) -> None:
    """Each result names every tie that the count met, with the decision on it, or says that it is open."""
    contests = need(case.sealed).manifest.definition.contests

    def check(at: int) -> None:
        found, wanted = need(case.published.get(at)).ties, _again(case, at).ties
        if found != wanted:
            steps = sorted({tie.step for tie in {*found} ^ {*wanted}})
            raise Refused("V-611", f"contest {contests[at].id}", ", ".join(steps) or "their order")

    each(archives(case), check)


def check_tables(case: Case) -> None:
    """`results.json` and `results.csv` say what the count gives, byte for byte."""
    dossier = case.dossier
    counted = [need(case.counted.get(at)) for at in archives(case)]
    language = dossier.manifest.definition.language
    again = {
        "results.json": results_json(dossier, counted, language),
        "results.csv": results_csv(dossier, counted, language),
    }

    def check(path: str) -> None:
        if case.file(path) != again[path]:
            raise Refused("V-612", path)

    each(again, check)


def check_trackers(case: Case) -> None:
    """Each list of trackers is that of the archive."""
    case.check_no_others("trackers", ".txt")

    def check(item: tuple[int, str]) -> None:
        at, path = item
        found, wanted = case.file(path), _listed(case, at)
        if found == wanted:
            return
        if set(found.split()).isdisjoint(wanted.split()) and found.split():
            raise Refused("V-628", path, _whose(case, found))
        raise Refused("V-613", path)

    each(case.contest_files("trackers", ".txt"), check)


def _listed(case: Case, contest: int) -> bytes:
    return tracker_lines(cast.tracker for cast in polled(case, contest).cast)


def _whose(case: Case, listed: bytes) -> str:
    """Of which other contest a list is, where it is of one that this folder shows."""
    for at, contest in enumerate(case.dossier.manifest.definition.contests):
        with suppress(Refused, Unchecked):
            if _listed(case, at) == listed:
                return f"it is that of contest {contest.id}"
    return "none of these trackers is in the archive"


def published_results(case: Case) -> set[bytes]:
    """The signed results as they lie in the folder.

    Raises:
        Unchecked: One is missing or not in its only form.
    """
    statements = [case.statements.get(path) for _, path in case.contest_files("results", ".cose")]
    return {need(statement).raw for statement in statements}


def _published(case: Case, contest: int) -> Result:
    sealed = need(case.sealed)
    _, path = case.contest_files("results", ".cose")[contest]
    content = sealed.open(case.statement(path), StatementType.RESULT, Role.AUTHORITY)
    result = Result.from_content(content, path)
    if result.contest != contest:
        raise Refused("V-610", path, "contest")
    return result


def _again(case: Case, contest: int) -> Result:
    counted = need(case.counted.get(contest))
    return result_of(counted, bytes.fromhex(verified(case, contest).head))

"""Steps on what people decided: boxes that were chosen, second openings, stations on paper, signatures of the board."""

from __future__ import annotations

import re

from keys.election.decision import DecisionKind
from keys.election.opening import Decryption, Request
from keys.election.reopening import Opening, check_again
from keys.election.result import Result
from keys.election.statement import Role, StatementType
from keys.findings import Refused
from tally.paper_votes import paper_counts, read_paper_count
from tally.verify.case import Case, Several, each, need

__all__ = [
    "EARLIER",
    "check_board_results",
    "check_chosen_boxes",
    "check_paper",
    "check_reopenings",
    "results_of_board",
]

EARLIER = "decryptions/request-"
"""Requests before the one that was counted, with their answers."""
_REQUEST = re.compile(r"decryptions/request-([1-9][0-9]{0,2})\.cose")
_ANSWER = re.compile(r"decryptions/request-([1-9][0-9]{0,2})-(?:trustee|shuffle)-([0-9]{1,2})\.cose")
_BOARD = re.compile(r"results/(.+)\.board-([0-9]{1,2})\.cose")


def check_chosen_boxes(case: Case) -> None:
    """Where two boxes of a machine came, the one that was counted is the one that was decided."""
    dossier = case.dossier
    findings = []
    for decision in dossier.decided(DecisionKind.BOX):
        closing = dossier.days[decision.subject].closing
        if decision.subject not in dossier.excluded() and (
            closing is None or closing.set_digest != decision.digest
        ):
            findings.append(Refused("V-623", f"machine {dossier.manifest.machines[decision.subject].name}"))
    if findings:
        raise Several(findings)


def check_reopenings(case: Case) -> None:
    """Nothing was opened twice, but with late boxes of enough ballots, by decisions that name both sets of machines.

    What trustees answered before is shown to be theirs; its proofs belong to totals that are not published.
    """
    dossier = case.dossier
    paths = [path for path in case.folder.names("decryptions") if path.startswith(EARLIER)]
    requests: dict[int, Request] = {}
    fingerprints: dict[int, bytes] = {}
    for path in paths:
        if found := _REQUEST.fullmatch(path):
            statement = case.statement(path)
            content = dossier.open(statement, StatementType.REQUEST, Role.AUTHORITY)
            requests[int(found[1])] = Request.from_content(content, path)
            fingerprints[int(found[1])] = statement.fingerprint
    if sorted(requests) != list(range(1, len(requests) + 1)):
        raise Refused("V-624", "decryptions", "an earlier request is missing")
    each(
        [path for path in paths if not _REQUEST.fullmatch(path)],
        lambda path: _check_answer(case, path, fingerprints),
    )
    openings: dict[int, list[Opening]] = {}
    for request in (*(requests[number] for number in sorted(requests)), need(case.request)):
        for item in request.contests:
            earlier = openings.setdefault(item.contest, [])
            reason = check_again(dossier, item.contest, earlier, Opening.of(item))
            if reason is not None:
                raise Refused("V-624", f"contest {item.contest}", reason)
            earlier.append(Opening.of(item))


def check_paper(case: Case) -> None:
    """Each count on paper is sound and decided, and stands in the place of machines that are all left out."""
    dossier = case.dossier
    known = {statement.raw for _, statement in paper_counts(dossier).values()}

    def check(path: str) -> None:
        statement = case.statement(path)
        read_paper_count(dossier, statement)
        if statement.raw not in known:
            raise Refused("V-621", path, "no effective decision names it")

    each(case.folder.names("paper"), check)


def results_of_board(case: Case) -> set[str]:
    """Paths of results that members of the board signed."""
    return {path for path in case.folder.names("results") if _BOARD.fullmatch(path)}


def check_board_results(case: Case) -> None:
    """As many members of the board as the vote asks for signed each result, and nobody signed another one."""
    sealed = need(case.sealed)
    contests = sealed.manifest.definition.contests
    signers: dict[int, set[int]] = {at: set() for at in range(len(contests))}

    def check(path: str) -> None:
        statement = case.statement(path)
        content = sealed.open(statement, StatementType.RESULT, Role.BOARD)
        at = Result.from_content(content, path).contest
        own = case.statement(f"results/{contests[at].id}.cose") if at < len(contests) else None
        wanted = f"results/{contests[at].id}.board-{statement.header.signer}.cose" if own else None
        if own is None or path != wanted or statement.fingerprint != own.fingerprint:
            raise Refused("V-622", path, "it is not the result that the authority signed")
        signers[at].add(statement.header.signer or 0)

    def enough(at: int) -> None:
        needed = sealed.manifest.definition.signers
        if len(signers[at]) < needed:
            raise Refused("V-622", f"contest {contests[at].id}", f"{len(signers[at])} of {needed}")

    each(sorted(results_of_board(case)), check)
    each(signers, enough)


def _check_answer(case: Case, path: str, fingerprints: dict[int, bytes]) -> None:
    found = _ANSWER.fullmatch(path)
    if found is None:
        raise Refused("V-601", path, "a file of another name")
    statement = case.statement(path)
    content = need(case.sealed).open(statement, StatementType.DECRYPTION, Role.TRUSTEE)
    answered = Decryption.from_content(content, path).request
    if statement.header.signer != int(found[2]) or answered != fingerprints.get(int(found[1])):
        raise Refused("V-407", path, "it answers another request")

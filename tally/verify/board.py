"""Steps on what people decided: boxes that were chosen, second openings, stations on paper, signatures of the board."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from keys.election.decision import DecisionKind
from keys.election.dossier import Dossier
from keys.election.layout import EARLIER
from keys.election.opening import Decryption, Request, Shuffled, read_request
from keys.election.reopening import Opening, check_again, check_stated, requested
from keys.election.result import Result
from keys.election.statement import Mode, Role, StatementType
from keys.findings import Refused
from tally.results.paper_votes import paper_counts, read_paper_count
from tally.verify.case import Case, Several, each, need

__all__ = [
    "check_board_results",
    "check_chosen_boxes",
    "check_paper",
    "check_reopenings",
    "results_of_board",
]

_REQUEST = re.compile(EARLIER + r"([1-9][0-9]{0,2})\.cose")
_ANSWER = re.compile(EARLIER + r"([1-9][0-9]{0,2})-(trustee|shuffle)-([0-9]{1,2})\.cose")
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

    What trustees answered before is shown to be theirs; its proofs belong to totals that are not published. Each
    trustee states what it opened before, so that an opening that was lawful cannot be left out of the folder.
    """
    requests = _earlier_requests(case)
    answers: list[tuple[int, int, Decryption]] = []

    def read(path: str) -> None:
        answer = _read_answer(case, path, requests)
        if answer is not None:
            answers.append(answer)

    paths = [path for path in case.folder.names("decryptions") if path.startswith(EARLIER)]
    each([path for path in paths if not _REQUEST.fullmatch(path)], read)
    asked = (*(requests[number][0] for number in sorted(requests)), need(case.request))
    _check_asked(case.dossier, asked)
    last = [(len(asked), trustee, answer) for trustee, answer in need(case.decryptions).items()]
    _check_stated(case, asked, [*answers, *last])


def _earlier_requests(case: Case) -> dict[int, tuple[Request, bytes]]:
    """The earlier requests with their fingerprints, by number."""
    found: dict[int, tuple[Request, bytes]] = {}
    for path in case.folder.names("decryptions"):
        if named := _REQUEST.fullmatch(path):
            statement = case.statement(path)
            found[int(named[1])] = read_request(case.dossier, statement), statement.fingerprint
    if sorted(found) != list(range(1, len(found) + 1)):
        raise Refused("V-624", "decryptions", "an earlier request is missing")
    return found


def _check_asked(dossier: Dossier, requests: Sequence[Request]) -> None:
    openings: dict[int, list[Opening]] = {}
    for request in requests:
        for item in request.contests:
            earlier = openings.setdefault(item.contest, [])
            reason = check_again(dossier, item.contest, earlier, Opening.of(item))
            if reason is not None:
                raise Refused("V-624", f"contest {item.contest}", reason)
            earlier.append(Opening.of(item))


def _check_stated(
    case: Case, requests: Sequence[Request], answers: Sequence[tuple[int, int, Decryption]]
) -> None:
    """Compare what each trustee states it opened before with what is published; `answers`: request, trustee, answer."""

    def check(item: tuple[int, int, Decryption]) -> None:
        number, trustee, answer = item
        before = [at for at, who, _ in answers if who == trustee and at < number]
        again = requested((requests[number - 1],))  # the answer's own heads are those of shuffled ballots
        check_stated(
            answer,
            f"trustee {trustee + 1}",
            requested(requests[: number - 1]),
            requested(requests[at - 1] for at in before) - again,
        )
        if answer.earlier is None and case.mode is Mode.OFFICIAL:
            case.doubts.append(Refused("V-627", f"trustee {trustee + 1}"))

    each(answers, check)


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


def _read_answer(
    case: Case, path: str, requests: Mapping[int, tuple[Request, bytes]]
) -> tuple[int, int, Decryption] | None:
    """What a trustee answered to an earlier request; None for a shuffle, which opens nothing."""
    found = _ANSWER.fullmatch(path)
    if found is None:
        raise Refused("V-601", path, "a file of another name")
    number, trustee = int(found[1]), int(found[3])
    statement = case.statement(path)
    type_ = StatementType.SHUFFLE if found[2] == "shuffle" else StatementType.DECRYPTION
    content = need(case.sealed).open(statement, type_, Role.TRUSTEE)
    record = Shuffled if type_ is StatementType.SHUFFLE else Decryption
    answer = record.from_content(content, path)
    if statement.header.signer != trustee or number not in requests or answer.request != requests[number][1]:
        raise Refused("V-407", path, "it answers another request")
    return (number, trustee, answer) if isinstance(answer, Decryption) else None

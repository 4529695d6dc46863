"""Lies about what the board decided, in the public folder of an eventful vote (`tests.lies.worlds`)."""

from __future__ import annotations

from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from keys.election.decision import Decision, DecisionKind
from keys.election.opening import Decryption, EarlierOpening, Request
from keys.election.paper_count import PaperCount
from keys.election.result import Result
from keys.election.statement import Header, Role, StatementType, read_statement, sign_statement
from tests.simulator.forgery import Forgery

_FIRST = "decryptions/request-1"


def _signed_again(forgery: Forgery, kind: DecisionKind, **fields: object) -> None:
    """The authority and the board member sign another decision in the place of this one."""
    for path in _paths(forgery, kind):
        forgery.change(path, Decision, **fields)


def _paths(forgery: Forgery, kind: DecisionKind) -> list[str]:
    found = []
    for path in forgery.paths():
        if path.startswith("decisions/") and read_statement(forgery.read(path)).content[1] == kind:
            found.append(path)
    assert found
    return found


def other_box_decided(forgery: Forgery) -> None:
    _signed_again(forgery, DecisionKind.BOX, digest=bytes(32))


def without_the_board(forgery: Forgery) -> None:
    """What a board member signed is left out: the authority alone decided."""
    for path in _paths(forgery, DecisionKind.BOX):
        if ".board-" in path:
            forgery.remove(path)


def board_signed_by_the_authority(forgery: Forgery) -> None:
    """The authority signs in a board member's name, with its own key."""
    path = next(path for path in _paths(forgery, DecisionKind.BOX) if ".board-" in path)
    old = read_statement(forgery.read(path))
    forgery.write(path, sign_statement(old.header, old.content, forgery.vote.authority.signing))


def first_request_hidden(forgery: Forgery) -> None:
    """Nobody shall know that less was opened before."""
    for path in forgery.paths():
        if path.startswith(_FIRST):
            forgery.remove(path)


def earlier_opening_kept_back(forgery: Forgery) -> None:
    """A trustee says that it opened nothing before, though its answer is published."""
    forgery.change("decryptions/trustee-0.cose", Decryption, earlier=())


def opening_that_is_not_published(forgery: Forgery) -> None:
    """A trustee remembers another opening, of which the folder holds nothing."""
    path = "decryptions/trustee-0.cose"
    known = forgery.record(path, Decryption).earlier or ()
    forgery.change(path, Decryption, earlier=(*known, EarlierOpening(0, bytes(32))))


def request_hidden_answers_left(forgery: Forgery) -> None:
    forgery.remove(f"{_FIRST}.cose")


def first_request_on_other_machines(forgery: Forgery) -> None:
    """What was opened first is said to have been something else."""
    old = forgery.record(f"{_FIRST}.cose", Request)
    first = replace(old.contests[0], machines=(0,))
    forgery.sign(f"{_FIRST}.cose", replace(old, contests=(first, *old.contests[1:])))


def first_answer_exchanged(forgery: Forgery) -> None:
    answer = forgery.read("decryptions/trustee-1.cose")
    forgery.write(f"{_FIRST}-trustee-1.cose", answer)


def late_box_by_nobody(forgery: Forgery) -> None:
    for path in _paths(forgery, DecisionKind.LATE_BOX):
        forgery.remove(path)


def late_box_between_other_machines(forgery: Forgery) -> None:
    _signed_again(forgery, DecisionKind.LATE_BOX, before=(0, 2))


def _paper(forgery: Forgery) -> str:
    return next(path for path in forgery.paths() if path.startswith("paper/"))


def paper_votes_changed(forgery: Forgery) -> None:
    """The authority signs other figures than those that two people typed and the decision names."""
    path = _paper(forgery)
    old = forgery.record(path, PaperCount)
    first = replace(old.contests[0], votes=(6, *old.contests[0].votes[1:]))
    forgery.sign(path, replace(old, contests=(first, *old.contests[1:])))


def paper_typed_by_one(forgery: Forgery) -> None:
    path = _paper(forgery)
    old = forgery.record(path, PaperCount)
    forgery.sign(path, replace(old, typed=(old.typed[0], old.typed[0])))


def more_paper_than_electors(forgery: Forgery) -> None:
    path = _paper(forgery)
    old = forgery.record(path, PaperCount)
    first = replace(old.contests[0], ballots=15)
    forgery.sign(path, replace(old, contests=(first, *old.contests[1:])))


def paper_hidden(forgery: Forgery) -> None:
    forgery.remove(_paper(forgery))


def paper_by_somebody(forgery: Forgery) -> None:
    path = _paper(forgery)
    old = read_statement(forgery.read(path))
    forgery.write(path, sign_statement(old.header, old.content, Ed25519PrivateKey.generate()))


def result_without_the_board(forgery: Forgery) -> None:
    forgery.remove("results/ville.board-0.cose")


def result_signed_otherwise(forgery: Forgery) -> None:
    """The board member signed another winner than was published."""
    forgery.change("results/ville.board-0.cose", Result, winners=(2,))


def result_signed_by_the_authority(forgery: Forgery) -> None:
    path = "results/ville.board-0.cose"
    old = read_statement(forgery.read(path))
    forgery.write(path, sign_statement(old.header, old.content, forgery.vote.authority.signing))


def result_signed_by_nobody_known(forgery: Forgery) -> None:
    """A board member of a number that the manifest does not have."""
    old = read_statement(forgery.read("results/ville.board-0.cose"))
    header = Header(StatementType.RESULT, old.header.mode, old.header.context, Role.BOARD, 7)
    raw = sign_statement(header, old.content, Ed25519PrivateKey.generate())
    forgery.write("results/ville.board-7.cose", raw)

"""Lies about what people decided: boxes, second openings, stations on paper, signatures of the board."""

from __future__ import annotations

from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from keys.election.decision import Decision, DecisionKind
from keys.election.opening import Request
from keys.election.paper_count import PaperContest, PaperCount
from keys.election.statement import Header, Role, StatementType, read_statement, sign_statement
from tests.simulator.forgery import Forgery
from tests.simulator.vote import NOW

__all__ = [
    "board_signature_forged",
    "opened_before_without_decision",
    "other_box_than_decided",
    "paper_nobody_decided",
]


def other_box_than_decided(forgery: Forgery) -> None:
    """The board decided for a box that is not the one in the count."""
    decision = Decision(DecisionKind.BOX, 0, "the box of the second stick", NOW, digest=bytes(32))
    raw = forgery.vote.signed(StatementType.DECISION, decision.to_content())
    forgery.write("decisions/box.cose", raw)


def opened_before_without_decision(forgery: Forgery) -> None:
    """There was a request for fewer ballots before."""
    request = forgery.record("decryptions/request.cose", Request)
    first = replace(
        request.contests[0], head=bytes(32), ballots=request.contests[0].ballots - 1, machines=(0,)
    )
    content = replace(request, contests=(first, *request.contests[1:])).to_content()
    forgery.write("decryptions/request-1.cose", forgery.vote.signed(StatementType.REQUEST, content))


def paper_nobody_decided(forgery: Forgery) -> None:
    """A count on paper lies in the folder, and no decision names it."""
    contests = (PaperContest(0, 3, 0, 0, (3, 0, 0)), PaperContest(1, 3, 0, 0, (3, 0, 0)))
    count = PaperCount(0, 14, 3, contests, ("Anne", "Bilal"), "no power", NOW)
    forgery.write("paper/b1.cose", forgery.vote.signed(StatementType.PAPER_COUNT, count.to_content()))


def board_signature_forged(forgery: Forgery) -> None:
    """Somebody signs a result in the name of a board member."""
    old = read_statement(forgery.read("results/ville.cose"))
    header = Header(StatementType.RESULT, old.header.mode, old.header.context, Role.BOARD, 0)
    raw = sign_statement(header, old.content, Ed25519PrivateKey.generate())
    forgery.write("results/ville.board-0.cose", raw)

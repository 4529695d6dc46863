"""Lies that a single step of the verification sees: everybody plays along, and signs the rest anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from keys.crypto.elgamal import Ciphertext
from keys.crypto.group import GENERATOR
from keys.election.archive import Step
from keys.election.decision import Decision, DecisionKind
from keys.election.documents import tally_from_json, tally_to_json
from keys.election.events import Kind
from keys.election.opening import Decryption, Request, Shuffled
from keys.election.statement import read_statement, sign_statement
from tests.simulator.forgery import Forgery
from tests.simulator.lies import REQUEST

__all__ = [
    "another_vote_in_its_place",
    "few_ballots_undecided",
    "list_of_files_by_somebody",
    "minutes_changed_afterwards",
    "note_beside_the_papers",
    "other_box_opened",
    "request_for_another_number",
    "shuffle_not_signed",
    "votes_added_to_the_sum",
]


def note_beside_the_papers(forgery: Forgery) -> None:
    forgery.write("readme.txt", b"All is well here, no need to verify.\n")


def another_vote_in_its_place(forgery: Forgery) -> None:
    """Nothing is changed in it: only whoever knows the poster sees that it is not this vote."""


def minutes_changed_afterwards(forgery: Forgery) -> None:
    """Words of the minutes, which nothing binds but the list of files; their codes stay."""
    forgery.write("minutes.pdf", forgery.read("minutes.pdf") + b"% the board never sat\n")


def list_of_files_by_somebody(forgery: Forgery) -> None:
    old = read_statement(forgery.read("publication.cose"))
    forgery.write("publication.cose", sign_statement(old.header, old.content, Ed25519PrivateKey.generate()))


def other_box_opened(forgery: Forgery) -> None:
    """The board, the authority and the trustees say that another box was chosen, and open this one."""
    for path in _decisions(forgery, DecisionKind.BOX):
        forgery.change(path, Decision, digest=bytes(32))
    _open_again(forgery)


def few_ballots_undecided(forgery: Forgery) -> None:
    """Nobody decided to open so few ballots, and yet the trustees do."""
    for path in _decisions(forgery, DecisionKind.FEW_BALLOTS):
        forgery.remove(path)
    _open_again(forgery)


def _decisions(forgery: Forgery, kind: DecisionKind) -> list[str]:
    paths = [path for path in forgery.paths() if path.startswith("decisions/")]
    found = [path for path in paths if read_statement(forgery.read(path)).content[1] == kind]
    assert found
    return found


def _open_again(forgery: Forgery) -> None:
    """A request that rests on the decisions as they are now; all trustees say that they answered it."""
    decisions = forgery.dossier().opening_decisions()
    forgery.sign(REQUEST, replace(forgery.record(REQUEST, Request), decisions=decisions))
    asked = read_statement(forgery.read(REQUEST)).fingerprint
    for path in forgery.paths():
        if path.startswith("decryptions/trustee-"):
            forgery.change(path, Decryption, request=asked)
        elif path.startswith("decryptions/shuffle-"):
            forgery.change(path, Shuffled, request=asked)


def votes_added_to_the_sum(forgery: Forgery) -> None:
    """Two votes more for the first option, without a ballot; request, answers and results follow."""
    steps = forgery.steps("ville")
    forgery.archive("ville", [_added(step) if step.kind is Kind.ENCRYPTED_TALLY else step for step in steps])
    forgery.reopen()


def _added(step: Step) -> Step:
    sums: Sequence[Ciphertext] = tally_from_json(step.documents[0])
    more = Ciphertext(sums[1].alpha, sums[1].beta + GENERATOR + GENERATOR)
    return replace(step, documents=(tally_to_json([sums[0], more, *sums[2:]]),))


def request_for_another_number(forgery: Forgery) -> None:
    """The request speaks of one ballot more than the archive holds, and the trustees answer."""
    old = forgery.record(REQUEST, Request)
    first = replace(old.contests[0], ballots=old.contests[0].ballots + 1)
    forgery.sign(REQUEST, replace(old, contests=(first, *old.contests[1:])))
    forgery.reopen(request=False)


def shuffle_not_signed(forgery: Forgery) -> None:
    """The trustee who shuffled last denies it."""
    forgery.remove("decryptions/shuffle-1.cose")

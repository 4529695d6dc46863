"""Lies told to a trustee who is asked to open, and to the officer who collects what trustees answered.

Each begins in an office where the boxes of three machines are in, the spare is left out, and the opening is requested;
the authority asks anew for whatever the lie put into the folder.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from keys.crypto.elgamal import Ciphertext, total
from keys.crypto.group import GENERATOR, Scalar, scalar
from keys.crypto.randomness import system_draw
from keys.crypto.trustees import PartialDecryption, partial_decrypt
from keys.decrypting import decrypt
from keys.desk.files import write_private
from keys.election.archive import ArchiveReader, Step
from keys.election.ballot_form import Ballot
from keys.election.box import set_digest
from keys.election.decision import Decision, DecisionKind
from keys.election.documents import tally_from_json
from keys.election.events import Kind
from keys.election.manifest import Manifest
from keys.election.opening import Decryption, Request
from keys.election.question import fingerprint
from keys.election.report import ClosingReport
from keys.election.statement import Header, Mode, Role, StatementType, read_statement, sign_statement
from tally.opening.answers import request_opening
from tests.simulator.forgery import Forgery, proofs_of
from tests.simulator.hands import Hands

REQUEST = "decryptions/request.cose"
_ENDS = frozenset({Kind.PARTIAL_DECRYPTION, Kind.RESULT})


def _sums(ballots: list[Ballot]) -> list[Ciphertext]:
    return [total(row) for row in zip(*(item.unsigned.answer.choices for item in ballots), strict=True)]


def one_voter_as_total(hands: Hands) -> None:
    """All ballots are there, and the total to be opened is the ballot of one voter."""
    hands.total("ville", lambda ballots: _sums(ballots[:1]))


def ballot_left_out_of_total(hands: Hands) -> None:
    hands.total("ville", lambda ballots: _sums(ballots[1:]))


def votes_added_to_total(hands: Hands) -> None:
    """Five votes more for the first option, without a ballot."""

    def add(ballots: list[Ballot]) -> list[Ciphertext]:
        sums = _sums(ballots)
        more = Ciphertext(sums[1].alpha, sums[1].beta + GENERATOR + GENERATOR)
        return [sums[0], more, *sums[2:]]

    hands.total("ville", add)


def options_exchanged(hands: Hands) -> None:
    def swap(ballots: list[Ballot]) -> list[Ciphertext]:
        sums = _sums(ballots)
        return [sums[0], sums[2], sums[1], *sums[3:]]

    hands.total("ville", swap)


def number_of_ballots_changed(hands: Hands) -> None:
    hands.total("ville", _sums, count=35)


def archive_of_one_voter(hands: Hands) -> None:
    """All other ballots are taken away, so that the total is right."""
    hands.forgery.keep_ballots("ville", lambda ballots: ballots[:1])
    hands.ask()


def ballot_left_out(hands: Hands) -> None:
    hands.forgery.keep_ballots("ville", lambda ballots: ballots[1:])
    hands.ask()


def ballot_counted_twice(hands: Hands) -> None:
    hands.forgery.keep_ballots("ville", lambda ballots: [ballots[0], *ballots])
    hands.ask()


def ballot_stuffed(hands: Hands) -> None:
    """A machine casts one more after it has closed; the authority puts it in its place."""
    used = set()
    for step in hands.forgery.steps("ville"):
        if step.kind is Kind.BALLOT:
            used.add(Ballot.parse(step.documents[0]).unsigned.credential.raw)
    more = next(
        ballot
        for row in range(16)
        if (ballot := hands.ballot(hands.secret("m1", row))).unsigned.credential.raw not in used
    )
    _add(hands, more)


def ballot_of_an_excluded_machine(hands: Hands) -> None:
    _add(hands, hands.ballot(hands.secret("m1bis", 0)))


def ballot_of_nobody(hands: Hands) -> None:
    _add(hands, hands.ballot(scalar(2022)))


def _add(hands: Hands, more: Ballot) -> None:
    def sorted_in(ballots: list[bytes]) -> list[bytes]:
        return sorted([*ballots, more.to_json()], key=lambda raw: Ballot.parse(raw).tracker)

    hands.forgery.keep_ballots("ville", sorted_in)
    hands.ask()


def machine_left_out_unseen(hands: Hands) -> None:
    """The ballots of a machine that has closed are not in the archives; nobody decided that."""
    _without(hands, "m3")


def machine_left_out_by_nobody(hands: Hands) -> None:
    """The decision is there, signed by somebody who is not the authority."""
    content = Decision(DecisionKind.EXCLUSION, 3, "why not", 1).to_content()
    real = read_statement(hands.insider.signed(StatementType.DECISION, content))
    raw = sign_statement(real.header, content, Ed25519PrivateKey.generate())
    hands.forgery.write("decisions/x.cose", raw)


def machine_left_out_by_the_board_alone(hands: Hands) -> None:
    """A member of the board signs what the authority did not."""
    content = Decision(DecisionKind.EXCLUSION, 3, "why not", 1).to_content()
    raw = hands.insider.signed_by(Role.BOARD, StatementType.DECISION, content, 0)
    hands.forgery.write("decisions/x.cose", raw)
    _without(hands, "m3")


def _without(hands: Hands, name: str) -> None:
    dossier = hands.office.dossier
    machine = dossier.manifest.machine_named(name)
    for at, contest in enumerate(dossier.manifest.definition.contests):
        own = dossier.credentials_of(machine, at)
        if own and contest.id == "ville":
            hands.forgery.keep_ballots(
                contest.id,
                lambda ballots, own=own: [  # type: ignore[misc]
                    raw for raw in ballots if Ballot.parse(raw).unsigned.credential.raw not in own
                ],
            )
    hands.ask()


def before_the_end(hands: Hands) -> None:
    """A station still votes: its reports and ballots are not there, and nobody left it out."""
    for path in hands.forgery.paths():
        if path.startswith("reports/m3-"):
            hands.forgery.remove(path)
    _without(hands, "m3")


def few_ballots(hands: Hands) -> None:
    """Three ballots in a contest of five at least; machine and authority agree on everything else."""
    names = {
        "ville": hands.office.dossier.credentials_of(3, 0),
        "lardenne": hands.office.dossier.credentials_of(3, 1),
    }
    kept = {}
    for name, own in names.items():
        raws = [step.documents[0] for step in hands.forgery.steps(name) if step.kind is Kind.BALLOT]
        theirs = [raw for raw in raws if Ballot.parse(raw).unsigned.credential.raw in own][:3]
        kept[name] = [Ballot.parse(raw).tracker for raw in theirs]
        hands.forgery.keep_ballots(
            name,
            lambda ballots, own=own, theirs=theirs: [  # type: ignore[misc]
                raw
                for raw in ballots
                if raw in theirs or Ballot.parse(raw).unsigned.credential.raw not in own
            ],
        )
    digest = set_digest({0: kept["ville"], 1: kept["lardenne"]})
    path = hands.forgery.report(3, StatementType.CLOSING_REPORT)
    hands.forgery.change(path, ClosingReport, ballots=3, marks=3, signatures=3, set_digest=digest)
    hands.ask()


def foreign_archive(hands: Hands) -> None:
    """The archive of another vote, in the place of this one's."""
    steps = [step for step in _read(hands.other.public / "archives" / "ville.bel") if step.kind not in _ENDS]
    hands.forgery.archive("ville", steps)
    hands.ask()


def _read(path: Path) -> list[Step]:
    with path.open("rb") as stream:
        return list(ArchiveReader(stream))


def opened_already(hands: Hands) -> None:
    """The archive holds somebody's decryption before anybody was asked."""
    steps = hands.forgery.steps("ville")
    tally = tally_from_json(steps[-1].documents[0])
    partial = partial_decrypt(
        hands.office.trustees[1].secret, tally, fingerprint(steps[0].documents[0]), system_draw
    )
    hands.forgery.archive("ville", [*steps, Step(Kind.PARTIAL_DECRYPTION, (partial.to_json(),), (2,))])


def box_exchanged(hands: Hands) -> None:
    """After the request a machine signs another closing."""
    path = hands.forgery.report(2, StatementType.CLOSING_REPORT)
    hands.forgery.change(path, ClosingReport, set_digest=bytes(32))


def request(**fields: object) -> Callable[[Hands], None]:
    """The authority signs another request for the same archives."""
    return lambda hands: hands.forgery.change(REQUEST, Request, **fields)


def request_for_one_contest(hands: Hands) -> None:
    old = hands.forgery.record(REQUEST, Request)
    hands.forgery.sign(REQUEST, replace(old, contests=old.contests[:1]))


def request_for_other_machines(hands: Hands) -> None:
    old = hands.forgery.record(REQUEST, Request)
    first = replace(old.contests[0], machines=(0, 2))
    hands.forgery.sign(REQUEST, replace(old, contests=(first, *old.contests[1:])))


def request_of_another_vote(hands: Hands) -> None:
    hands.forgery.write(REQUEST, (hands.other.public / REQUEST).read_bytes())


def request_of_the_rehearsal(hands: Hands) -> None:
    """Signed by the same authority over the manifest of the rehearsal."""
    old = read_statement(hands.forgery.read(REQUEST))
    header = Header(StatementType.REQUEST, Mode.REHEARSAL, old.header.context, Role.AUTHORITY)
    hands.forgery.write(REQUEST, sign_statement(header, old.content, hands.office.authority.signing))


def request_by_a_machine(hands: Hands) -> None:
    hands.forgery.sign_as_machine(REQUEST)


def request_by_somebody(hands: Hands) -> None:
    old = read_statement(hands.forgery.read(REQUEST))
    hands.forgery.write(REQUEST, sign_statement(old.header, old.content, Ed25519PrivateKey.generate()))


def request_missing(hands: Hands) -> None:
    hands.forgery.remove(REQUEST)


def another_manifest(hands: Hands) -> None:
    """One trustee is enough, says a manifest that nobody confirmed."""
    old = read_statement(hands.forgery.read("manifest.cose"))
    manifest = Manifest.from_content(old.content, "manifest")
    changed = replace(manifest, definition=replace(manifest.definition, small_number=1))
    raw = sign_statement(old.header, changed.to_content(), hands.office.authority.signing)
    hands.forgery.write("manifest.cose", raw)


def rehearsal_folder(hands: Hands) -> None:
    """The folder of the rehearsal is handed to the trustees as the vote."""
    assert hands.other.twin is not None
    shutil.rmtree(hands.office.folder)
    shutil.copytree(hands.other.twin.public, hands.office.folder)


def folder_of_another_vote(hands: Hands) -> None:
    """Of the same town, to be opened by trustees of the same names, but of other keys."""
    shutil.rmtree(hands.office.folder)
    shutil.copytree(hands.other.public, hands.office.folder)
    forgery = Forgery(hands.other, hands.office.folder)
    for path in forgery.paths():
        if path.startswith("archives/"):
            name = path.removeprefix("archives/").removesuffix(".bel")
            forgery.archive(name, [step for step in forgery.steps(name) if step.kind not in _ENDS])
        elif path.startswith("decryptions/") and path != REQUEST:
            forgery.remove(path)


def two_stations_then_three(hands: Hands) -> None:
    """First a sound opening of two stations; then the officer forgets it, and asks for all three."""
    office = hands.office
    _undo(hands)
    passing = [office.decide(DecisionKind.EXCLUSION, 3), office.decide(DecisionKind.FEW_BALLOTS, 1)]
    request_opening(office.workspace, office.authority, office.now())
    hands.open()
    for mark in passing:
        hands.forgery.remove(f"decisions/{mark.hex()[:16]}.cose")
    (office.folder / REQUEST).unlink()
    request_opening(office.workspace, office.authority, office.now())


def _undo(hands: Hands) -> None:
    """As if the opening had never been requested."""
    (hands.office.folder / REQUEST).unlink()
    for path in (hands.office.folder / "archives").iterdir():
        path.unlink()


def memory_lost(hands: Hands) -> None:
    (hands.office.root / hands.office.trustees[0].name / "opened.json").unlink()


def memory_of_something_else(hands: Hands) -> None:
    """The trustee's stick was edited by hand."""
    write_private(hands.office.root / hands.office.trustees[0].name / "opened.json", b'{"a": 1}')


# What is collected from trustees


def answers(hands: Hands) -> list[Path]:
    """Both trustees answer; gives their files."""
    paths = []
    for at, trustee in enumerate(hands.office.trustees):
        path = hands.office.root / "stick" / f"opens-{at}.cose"
        path.write_bytes(decrypt(trustee, hands.office.folder, hands.office.root / trustee.name))
        paths.append(path)
    return paths


def answer(change: Callable[[Hands, Decryption], Decryption]) -> Callable[[Hands], None]:
    """The second trustee signs another answer."""

    def tell(hands: Hands) -> None:
        path = answers(hands)[1]
        old = Decryption.from_content(read_statement(path.read_bytes()).content, "answer")
        content = change(hands, old).to_content()
        path.write_bytes(hands.insider.signed_by(Role.TRUSTEE, StatementType.DECRYPTION, content, 1))

    return tell


def to_another_request(hands: Hands, old: Decryption) -> Decryption:
    return replace(old, request=bytes(32))


def with_another_secret(hands: Hands, old: Decryption) -> Decryption:
    """Sound proofs of a key that is not this trustee's."""
    return _decrypted(hands, old, scalar(2022))


def of_another_total(hands: Hands, old: Decryption) -> Decryption:
    """Sound proofs of the own key, over the ballot of one voter."""
    ballot = Ballot.parse(hands.forgery.steps("ville")[1].documents[0])
    return _decrypted(hands, old, hands.office.trustees[1].secret, ballot.unsigned.answer.choices)


def without_second_proofs(hands: Hands, old: Decryption) -> Decryption:
    first = replace(old.contests[0], bound_proofs=old.contests[0].bound_proofs[:64])
    return replace(old, contests=(first, *old.contests[1:]))


def first_factor_exchanged(hands: Hands, old: Decryption) -> Decryption:
    """Two factors change places, with both of their proofs."""
    raw, proofs = old.contests[0].partial, old.contests[0].bound_proofs
    parsed = PartialDecryption.parse(raw)
    swapped = PartialDecryption(
        (parsed.factors[1], parsed.factors[0], *parsed.factors[2:]),
        (parsed.proofs[1], parsed.proofs[0], *parsed.proofs[2:]),
    )
    bound = proofs[64:128] + proofs[:64] + proofs[128:]
    first = replace(old.contests[0], partial=swapped.to_json(), bound_proofs=bound)
    return replace(old, contests=(first, *old.contests[1:]))


def _decrypted(hands: Hands, old: Decryption, secret: Scalar, tally: Sequence[Ciphertext] = ()) -> Decryption:
    steps = hands.forgery.steps("ville")
    opened = tally or tally_from_json(steps[-1].documents[0])
    made = partial_decrypt(secret, opened, fingerprint(steps[0].documents[0]), system_draw)
    first = replace(old.contests[0], partial=made.to_json(), bound_proofs=proofs_of(made.bound))
    return replace(old, contests=(first, *old.contests[1:]))


def answer_by_a_stranger(hands: Hands) -> None:
    path = answers(hands)[1]
    old = read_statement(path.read_bytes())
    path.write_bytes(sign_statement(old.header, old.content, Ed25519PrivateKey.generate()))


def answer_in_another_name(hands: Hands) -> None:
    """One trustee signs for the other, with the own key."""
    paths = answers(hands)
    old = read_statement(paths[0].read_bytes())
    content = dict(old.content)
    header = Header(StatementType.DECRYPTION, old.header.mode, old.header.context, Role.TRUSTEE, 1)
    paths[1].write_bytes(sign_statement(header, content, hands.office.trustees[0].signing))


def answer_twice(hands: Hands) -> None:
    """One trustee's answer is brought as that of both."""
    paths = answers(hands)
    paths[1].write_bytes(paths[0].read_bytes())

"""An archive verified from its bytes alone: what holds is accepted, and each lie is refused at its own step."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from keys.crypto.elgamal import Ciphertext, encrypt
from keys.crypto.group import GENERATOR, IDENTITY, Point, base_mul, scalar
from keys.crypto.proofs import Proof
from keys.election.archive import continue_archive
from keys.election.ballot import UnsignedBallot, make_ballot_for
from keys.election.documents import credentials_from_json, credentials_to_json, tally_to_json
from keys.election.events import Stage
from keys.election.verification import Verified, verify_archive
from keys.election.verification.ballots import CHUNK
from keys.findings import Refused
from tests.simulator.contest import UUID, Form, Held, Parts, draw, flip, hold

VOTES = ((1, 0, 0), (1, 1, 0), (0, 0, 0), (0, 1, 0))
HELD = hold(VOTES)
PARTS = HELD.parts
Twin = Callable[[Parts], Parts]


def verified(archive: bytes, expected: Stage = Stage.COMPLETE) -> Verified:
    return verify_archive(io.BytesIO(archive), "contest", expected=expected)


def refusal(archive: bytes, expected: Stage = Stage.COMPLETE) -> Refused:
    with pytest.raises(Refused) as refused:
        verified(archive, expected)
    assert str(refused.value)
    return refused.value


def test_report_holds_what_callers_need() -> None:
    report = verified(PARTS.archive())
    assert report.result == HELD.counts == (1, 2, 2, 0)
    assert [cast.tracker for cast in report.cast] == [ballot.tracker for ballot in HELD.ballots]
    assert [cast.credential for cast in report.cast] == [b.unsigned.credential for b in HELD.ballots]
    assert [cast.unsigned_hash for cast in report.cast] == [b.unsigned.hash for b in HELD.ballots]
    assert report.tally == HELD.tally
    assert set(report.decryptions) == {1, 2}
    assert report.contest.params == HELD.params
    assert report.contest.fingerprint == HELD.fingerprint
    assert len(report.contest.credentials) == len(VOTES) + 2
    assert report.stage is Stage.COMPLETE


@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.ENDED, Stage.TALLIED, Stage.DECRYPTING])
def test_every_stage_can_be_expected(stage: Stage) -> None:
    archive = PARTS.archive(until=stage)
    report = verified(archive, stage)
    assert (report.stage, report.result, len(report.cast)) == (stage, None, 4)
    assert refusal(archive).code == "V-307"
    assert refusal(PARTS.archive(), stage).code == "V-307"


def test_the_head_at_the_request_is_known_afterwards() -> None:
    requested = verified(PARTS.archive(until=Stage.TALLIED), Stage.TALLIED)
    assert requested.tally_head == requested.head
    complete = verified(PARTS.archive())
    assert complete.tally_head == requested.head != complete.head
    assert verified(PARTS.archive(until=Stage.ENDED), Stage.ENDED).tally_head is None


@pytest.mark.parametrize(
    ("votes", "form"),
    [
        ((), Form()),
        (((0, 0, 0),), Form()),
        (((1,), (0,)), Form(answers=("Oui",), fewest=1, most=1)),
        (((1, 0), (0, 1)), Form(answers=("Oui", "Non"), fewest=1, most=1, blank=False, trustees=1)),
        (((0, 0, 0), (1, 1, 1)), Form(fewest=0, most=3, blank=False)),
        (((0, 0, 0), (1, 1, 1)), Form(fewest=3, most=3)),
    ],
    ids=["no ballot", "one blank", "yes or blank", "without blank", "none to all", "all or blank"],
)
def test_forms(votes: tuple[tuple[int, ...], ...], form: Form) -> None:
    held = hold(votes, form)
    report = verified(held.parts.archive())
    assert report.result == held.counts
    assert len(report.cast) == len(votes)


def with_ballot(change: Callable[[bytes], bytes], number: int = 1) -> Twin:
    """Replace a ballot, and put it where its new tracker belongs."""

    def twin(parts: Parts) -> Parts:
        ballots = list(parts.ballots)
        ballots[number] = change(ballots[number])
        assert ballots[number] != parts.ballots[number]
        return replace(parts, ballots=tuple(ballots))

    return twin


def with_decryption(change: Callable[[bytes], bytes]) -> Twin:
    def twin(parts: Parts) -> Parts:
        (owner, first), *rest = parts.decryptions
        return replace(parts, decryptions=((owner, change(first)), *rest))

    return twin


def flipped(after: bytes) -> Callable[[bytes], bytes]:
    return lambda document: flip(document, after)


def swapped(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda document: document.replace(old, new, 1)


def resigned(vote: tuple[int, ...], secret: int, label: str) -> bytes:
    """A valid ballot with a credential of one's own choosing."""
    unsigned = make_ballot_for(HELD.params, HELD.fingerprint, base_mul(scalar(secret)), vote, draw(label))
    return unsigned.sign(scalar(secret), draw("nonce " + label)).to_json()


def with_election(old: bytes, new: bytes) -> Twin:
    return lambda parts: replace(parts, election=swapped(old, new)(parts.election))


def exchanged(parts: Parts) -> Parts:
    (first, one), (second, other) = parts.decryptions
    return replace(parts, decryptions=((second, one), (first, other)))


def without_proofs(decryption: bytes) -> bytes:
    return decryption.partition(b'"decryption_proofs"')[0] + b'"decryption_proofs":[[]]}'


def stuffed(parts: Parts) -> Parts:
    return replace(parts, ballots=(*parts.ballots, resigned((1, 0, 0), 7, "stuffed")))


def shifted_tally(parts: Parts) -> Parts:
    """One vote more for an option, honestly opened: everything but the sum is right."""
    tally = list(HELD.tally)
    tally[1] += encrypt(HELD.params.public_key, 1, scalar(5))
    decryptions = HELD.opened(tally)
    counts = swapped(b"[[1,2,", b"[[1,3,")(parts.result)
    given = tuple((owner, partial.to_json()) for owner, partial in decryptions.items())
    return replace(parts, tally=tally_to_json(tally), decryptions=given, result=counts)


def relisted(change: Callable[[list[str]], list[str]]) -> Twin:
    def twin(parts: Parts) -> Parts:
        texts = change([point.hex() for point in credentials_from_json(parts.credentials)])
        return replace(parts, credentials=("[" + ",".join(f'"{text}"' for text in texts) + "]").encode())

    return twin


KEY = HELD.params.public_key.hex().encode()
BASE = GENERATOR.hex().encode()
THIRD = HELD.ballots[2].unsigned.credential.hex()
TWINS: dict[str, tuple[str, Twin]] = {
    "election: key": ("V-312", with_election(KEY, BASE)),
    "election: space": ("V-310", lambda p: replace(p, election=p.election.replace(b'":', b'": ', 1))),
    "election: field": ("V-310", lambda p: replace(p, election=p.election[:-1] + b',"x":1}')),
    "election: two questions": ("V-310", with_election(b'"questions":[{', b'"questions":[{},{')),
    "election: another one": ("V-321", with_election(b"Banc", b"Bancs")),
    "trustees: proof": ("V-311", lambda p: replace(p, trustees=flip(p.trustees, b'"challenge":"'))),
    "trustees: space": ("V-311", lambda p: replace(p, trustees=p.trustees.replace(b",", b", ", 1))),
    "trustees: none": ("V-311", lambda p: replace(p, trustees=b"[]")),
    "trustees: one left out": ("V-312", lambda p: replace(p, trustees=p.trustees.partition(b',["Single"')[0] + b"]")),
    "credentials: out of order": ("V-313", relisted(lambda texts: texts[::-1])),
    "credentials: twice": ("V-313", relisted(lambda texts: [texts[0], *texts])),
    "credentials: weight": ("V-313", relisted(lambda texts: [texts[0] + ",2", *texts[1:]])),
    "credentials: identity": ("V-313", relisted(lambda texts: [IDENTITY.hex(), *texts])),
    "credentials: torsion": ("V-313", relisted(lambda texts: [bytes(32).hex(), *texts])),
    "credentials: capitals": ("V-313", relisted(lambda texts: [text.upper() for text in texts])),
    "credentials: space": ("V-313", lambda p: replace(p, credentials=p.credentials.replace(b",", b", ", 1))),
    "credentials: no list": ("V-313", lambda p: replace(p, credentials=b"{}")),
    "credentials: one left out": ("V-322", relisted(lambda texts: [text for text in texts if text != THIRD])),
    "ballot: space": ("V-320", with_ballot(swapped(b",", b", "))),
    "ballot: line end": ("V-320", with_ballot(lambda ballot: ballot + b"\n")),
    "ballot: field inside": ("V-320", with_ballot(swapped(b'"overall_proof"', b'"more":1,"overall_proof"'))),
    "ballot: zero before": ("V-320", with_ballot(swapped(b'"challenge":"', b'"challenge":"0'))),
    "ballot: capitals": ("V-320", with_ballot(lambda ballot: ballot.replace(b'"alpha":"', b'"ALPHA":"', 1))),
    "ballot: hash of the signature": ("V-320", with_ballot(flipped(b'"hash":"'))),
    "ballot: empty": ("V-320", with_ballot(lambda _: b"{}")),
    "ballot: not JSON": ("V-320", with_ballot(lambda _: b"\xff[")),
    "ballot: deep": ("V-320", with_ballot(lambda _: b"[" * 100_000)),
    "ballot: stuffed": ("V-322", stuffed),
    "ballot: twice": ("V-323", lambda p: replace(p, ballots=(*p.ballots, p.ballots[0]), counts=(5, 5))),
    "ballot: out of order": ("V-324", lambda p: replace(p, ballots=p.ballots[::-1])),
    "ballot: left out": ("V-330", lambda p: replace(p, ballots=p.ballots[1:])),
    "ballot: left out, counts told": ("V-331", lambda p: replace(p, ballots=p.ballots[1:], counts=(3, 3))),
    "tally: number": ("V-330", lambda p: replace(p, counts=(3, 4))),
    "tally: weight": ("V-330", lambda p: replace(p, counts=(4, 5))),
    "tally: space": ("V-330", lambda p: replace(p, tally=p.tally.replace(b",", b", ", 1))),
    "tally: field": ("V-330", lambda p: replace(p, tally=p.tally.replace(b'{"alpha', b'{"x":1,"alpha', 1))),
    "tally: two rows": ("V-330", lambda p: replace(p, tally=p.tally[:-1] + b",[]]")),
    "tally: shorter": ("V-331", lambda p: replace(p, tally=p.tally.rpartition(b',{"alpha"')[0] + b"]]")),
    "tally: shifted and opened": ("V-331", shifted_tally),
    "decryption: owner 0": ("V-501", lambda p: replace(p, decryptions=((0, p.decryptions[0][1]), p.decryptions[1]))),
    "decryption: owner 3": ("V-501", lambda p: replace(p, decryptions=(*p.decryptions, (3, p.decryptions[0][1])))),
    "decryption: twice": ("V-501", lambda p: replace(p, decryptions=(*p.decryptions, p.decryptions[0]))),
    "decryption: space": ("V-501", with_decryption(swapped(b",", b", "))),
    "decryption: two rows": ("V-501", with_decryption(swapped(b"]]", b"],[]]"))),
    "decryption: owners exchanged": ("V-502", exchanged),
    "decryption: proof": ("V-502", with_decryption(flipped(b'"response":"'))),
    "decryption: shorter": ("V-502", with_decryption(without_proofs)),
    "decryption: missing": ("V-504", lambda p: replace(p, decryptions=p.decryptions[:1])),
    "result: another": ("V-505", lambda p: replace(p, result=swapped(b"[[1,2,2,0]]", b"[[1,2,1,1]]")(p.result))),
    "result: shorter": ("V-505", lambda p: replace(p, result=swapped(b",0]]", b"]]")(p.result))),
    "result: huge": ("V-505", lambda p: replace(p, result=swapped(b",0]]", b",1073741823]]")(p.result))),
    "result: true for 1": ("V-505", lambda p: replace(p, result=swapped(b"[[1,", b"[[true,")(p.result))),
    "result: text": ("V-505", lambda p: replace(p, result=swapped(b"[[1,", b'[["1",')(p.result))),
    "result: space": ("V-505", lambda p: replace(p, result=swapped(b"[[1,", b"[[1, ")(p.result))),
    "result: no row": ("V-505", lambda p: replace(p, result=b'{"result":[1,2,2,0]}')),
    "result: list": ("V-505", lambda p: replace(p, result=b"[[1,2,2,0]]")),
}  # fmt: skip


@pytest.mark.parametrize("name", TWINS)
def test_twin_is_refused(name: str) -> None:
    code, twin = TWINS[name]
    changed = twin(PARTS)
    assert changed != PARTS
    assert refusal(changed.archive()).code == code


Lie = Callable[[UnsignedBallot], UnsignedBallot]
TORSION = Point(bytes(32))
"""A point of order 4, with coordinate 0."""


def answering(**changes: object) -> Lie:
    return lambda ballot: replace(ballot, answer=replace(ballot.answer, **changes))  # type: ignore[arg-type]


def choosing(change: Callable[[Ciphertext], Ciphertext]) -> Lie:
    def lie(ballot: UnsignedBallot) -> UnsignedBallot:
        choices = ballot.answer.choices
        return answering(choices=(change(choices[0]), *choices[1:]))(ballot)

    return lie


def off_by_one(proof: Proof) -> Proof:
    return replace(proof, response=scalar(proof.response + 1))


def individual(ballot: UnsignedBallot) -> UnsignedBallot:
    (first, second), *rest = ballot.answer.individual
    return answering(individual=((first, off_by_one(second)), *rest))(ballot)


def overall(ballot: UnsignedBallot) -> UnsignedBallot:
    first, *rest = ballot.answer.overall
    return answering(overall=(off_by_one(first), *rest))(ballot)


def blank(ballot: UnsignedBallot) -> UnsignedBallot:
    assert ballot.answer.blank is not None
    first, second = ballot.answer.blank
    return answering(blank=(first, off_by_one(second)))(ballot)


SIGNED_LIES: dict[str, Lie] = {
    "identity as alpha": choosing(lambda c: replace(c, alpha=IDENTITY)),
    "identity as beta": choosing(lambda c: replace(c, beta=IDENTITY)),
    "torsion as alpha": choosing(lambda c: replace(c, alpha=TORSION)),
    "torsion added to beta": choosing(lambda c: replace(c, beta=c.beta + TORSION)),
    "one vote more": choosing(lambda c: replace(c, beta=c.beta + GENERATOR)),
    "individual proof": individual,
    "overall proof": overall,
    "blank proof": blank,
    "no blank proof": answering(blank=None),
    "no overall proof": answering(overall=()),
    "one choice less": lambda b: answering(choices=b.answer.choices[1:], individual=b.answer.individual[1:])(
        b
    ),
    "nothing": answering(choices=(), individual=(), overall=(), blank=()),
    "other election": lambda b: replace(b, fingerprint=b.fingerprint[::-1]),
    "other uuid": lambda b: replace(b, uuid=UUID[::-1]),
    "credential of another": lambda b: replace(b, credential=HELD.ballots[0].unsigned.credential),
}


@pytest.mark.parametrize("name", SIGNED_LIES)
def test_a_lie_in_a_well_signed_ballot_is_refused(name: str) -> None:
    lie = SIGNED_LIES[name](HELD.ballots[1].unsigned)
    ballot = lie.sign(HELD.secrets[lie.credential.raw], draw("lie"))
    refused = refusal(with_ballot(lambda _: ballot.to_json())(PARTS).archive())
    assert (refused.code, refused.subject) == ("V-321", "contest, ballot 2")


def test_the_same_ballot_signed_anew_is_only_out_of_order_or_another() -> None:
    again = HELD.ballots[1].unsigned.sign(
        HELD.secrets[HELD.ballots[1].unsigned.credential.raw], draw("again")
    )
    ballots = sorted((again, *(b for n, b in enumerate(HELD.ballots) if n != 1)), key=lambda b: b.tracker)
    archive = replace(PARTS, ballots=tuple(ballot.to_json() for ballot in ballots)).archive()
    assert verified(archive).result == HELD.counts


def test_signature_by_another_credential_is_refused() -> None:
    ballot = replace(HELD.ballots[1], signature=HELD.ballots[0].signature)
    refused = refusal(with_ballot(lambda _: ballot.to_json())(PARTS).archive())
    assert refused.code == "V-321"
    assert "signature" in refused.detail


def test_a_ballot_larger_than_any_is_refused_unread() -> None:
    assert refusal(with_ballot(lambda _: b"[" + b" " * (1 << 20))(PARTS).archive()).code == "V-306"


def test_shuffles_are_refused() -> None:
    stream = io.BytesIO()
    writer = continue_archive(io.BytesIO(PARTS.archive(until=Stage.TALLIED)), stream)
    writer.shuffle(1, b"{}")
    writer.end_shuffles()
    assert refusal(stream.getvalue(), Stage.SHUFFLED).code == "V-332"


class TestSecondProofs:
    """The proofs that stand beside the archive."""

    @staticmethod
    def given(proofs: dict[int, tuple[Proof, ...]]) -> Verified:
        archive = io.BytesIO(PARTS.archive())
        return verify_archive(archive, expected=Stage.COMPLETE, second_proofs=proofs)

    def test_are_accepted_and_handed_on(self) -> None:
        report = self.given(HELD.second_proofs)
        assert {owner: partial.bound for owner, partial in report.decryptions.items()} == HELD.second_proofs

    @pytest.mark.parametrize("lie", ["missing", "empty", "shorter", "off by one", "exchanged", "other tally"])
    def test_are_refused(self, lie: str) -> None:
        good = HELD.second_proofs
        first = good[1]
        other = HELD.opened([item + encrypt(HELD.params.public_key, 0, scalar(3)) for item in HELD.tally])
        lies = {
            "missing": {2: good[2]},
            "empty": {},
            "shorter": good | {1: first[1:]},
            "off by one": good | {1: (off_by_one(first[0]), *first[1:])},
            "exchanged": {1: good[2], 2: good[1]},
            "other tally": good | {1: other[1].bound},
        }
        with pytest.raises(Refused) as refused:
            self.given(lies[lie])
        assert refused.value.code == "V-503"


class TestForeign:
    """Two liberties for archives of others, and no third."""

    @staticmethod
    def read(parts: Parts) -> Verified:
        return verify_archive(io.BytesIO(parts.archive()), expected=Stage.COMPLETE, foreign=True)

    def test_order_is_free(self) -> None:
        texts = credentials_from_json(PARTS.credentials)[::-1]
        parts = replace(PARTS, ballots=PARTS.ballots[::-1], credentials=credentials_to_json(texts))
        assert self.read(parts).result == HELD.counts

    @pytest.mark.parametrize(
        "name", sorted(set(TWINS) - {"credentials: out of order", "ballot: out of order"})
    )
    def test_all_else_is_refused_as_in_ours(self, name: str) -> None:
        code, twin = TWINS[name]
        with pytest.raises(Refused) as refused:
            self.read(twin(PARTS))
        assert refused.value.code == code


def many(ballots: int) -> Held:
    votes = [(n % 2, (n // 2) % 2) for n in range(ballots)]
    return hold(votes, Form(answers=("Oui", "Non"), fewest=0, most=2))


class TestWorkers:
    """The same answers from several processes."""

    HELD = many(3 * CHUNK + 5)

    @pytest.mark.parametrize("workers", [0, 1, 2])
    def test_give_the_same_report(self, workers: int) -> None:
        done: list[int] = []
        report = verify_archive(
            io.BytesIO(self.HELD.parts.archive()),
            expected=Stage.COMPLETE,
            workers=workers,
            progress=done.append,
        )
        assert report.result == self.HELD.counts
        assert [cast.tracker for cast in report.cast] == [ballot.tracker for ballot in self.HELD.ballots]
        assert done == [CHUNK, 2 * CHUNK, 3 * CHUNK, 3 * CHUNK + 5]

    @pytest.mark.parametrize("number", [0, CHUNK, 3 * CHUNK + 4])
    def test_refuse_the_same_ballot(self, number: int) -> None:
        unsigned = answering(blank=None)(self.HELD.ballots[number].unsigned)
        ballot = unsigned.sign(self.HELD.secrets[unsigned.credential.raw], draw("lie")).to_json()
        parts = with_ballot(lambda _: ballot, number)(self.HELD.parts)
        with pytest.raises(Refused) as refused:
            verify_archive(io.BytesIO(parts.archive()), "contest", expected=Stage.COMPLETE, workers=2)
        assert (refused.value.code, refused.value.subject) == ("V-321", f"contest, ballot {number + 1}")

    def test_end_when_stopped_from_the_keyboard(self, tmp_path: Path) -> None:
        (tmp_path / "contest.bel").write_bytes(self.HELD.parts.archive())
        script = tmp_path / "verify.py"
        script.write_text(STOPPED)
        with subprocess.Popen(
            [sys.executable, str(script), str(tmp_path / "contest.bel")],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, cwd=Path.cwd(),
        ) as process:  # fmt: skip
            assert process.stdout is not None
            assert process.stderr is not None
            assert process.stdout.readline() == b"started\n"
            os.killpg(process.pid, signal.SIGINT)
            out, error = process.communicate(timeout=60)
        assert process.returncode == 130
        assert (out, error) == (b"stopped\n", b"")
        deadline = time.monotonic() + 10
        while living := alive_in_group(process.pid):
            assert time.monotonic() < deadline, living
            time.sleep(0.02)


def alive_in_group(group: int) -> list[str]:
    """The processes of a group, without those that have ended and wait to be reaped."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = stat.read_text().rpartition(")")
        except OSError:
            continue
        state, _, its_group, *_ = rest.split()
        if int(its_group) == group and state != "Z":
            found.append(name)
    return found


STOPPED = """
import itertools, sys
from keys.election.archive import ArchiveReader
from keys.election.events import Kind
from keys.election.verification import read_contest
from keys.election.verification.ballots import BallotCheck

def main():
    steps = list(ArchiveReader(open(sys.argv[1], "rb")))
    contest = read_contest(*steps[0].documents, "contest")
    ballots = [step.documents[0] for step in steps if step.kind is Kind.BALLOT]
    try:
        with BallotCheck(contest, "contest", workers=2) as check:
            for number, ballot in enumerate(ballots):
                check.add(ballot)
            print("started", flush=True)
            for _ in itertools.count():
                pass
    except KeyboardInterrupt:
        print("stopped", flush=True)
        sys.exit(130)

if __name__ == "__main__":
    main()
"""

"""A board member makes a key, reads what the authority decided, and signs that and nothing else."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from keys.board import Vote, co_sign, new_member, open_member, read_vote, words_of
from keys.desk.language import Language
from keys.election.decision import Decision, DecisionKind
from keys.election.record import Record
from keys.election.result import Result
from keys.election.sealing import open_board_member
from keys.election.statement import Mode, Role, Statement, StatementType, read_statement
from keys.findings import Misuse, Refused
from tests.simulator.office import Office

_WORDS = b"a board member's passphrase"


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office.sealed(tmp_path_factory.mktemp("board") / "all")


@pytest.fixture
def vote(held: Office, tmp_path: Path) -> Vote:
    return read_vote(held.folder, Mode.OFFICIAL, tmp_path, lambda _: None)


def _draft(held: Office) -> bytes:
    return (held.folder / "draft.cose").read_bytes()


def _signed(held: Office, type_: StatementType, content: Record) -> Statement:
    raw = held.authority.sign(type_, Mode.OFFICIAL, held.dossier.fingerprint, content)
    return read_statement(raw)


def _decision(held: Office, **changes: object) -> Statement:
    plain = Decision(DecisionKind.EXCLUSION, 1, "never opened", 1_795_300_000)
    return _signed(held, StatementType.DECISION, dataclasses.replace(plain, **changes))  # type: ignore[arg-type]


def test_what_is_handed_in_is_sound_for_vote_and_rehearsal(held: Office, tmp_path: Path) -> None:
    handed_in = new_member(tmp_path / "chloe", _draft(held), "Chloé", _WORDS)
    draft = read_statement(_draft(held)).fingerprint
    members = {open_board_member(read_statement(raw), mode, draft) for mode, raw in handed_in.items()}
    key = open_member(tmp_path / "chloe", _WORDS).signing.public_key().public_bytes_raw()
    assert [(member.name, member.signing_key) for member in members] == [("Chloé", key)]
    assert set(handed_in) == set(Mode)


def test_a_member_has_one_key_and_its_passphrase(held: Office, tmp_path: Path) -> None:
    with pytest.raises(Misuse, match="names no board member 'Zoé'; it names Chloé, Driss, Emma"):
        new_member(tmp_path, _draft(held), "Zoé", _WORDS)
    new_member(tmp_path, _draft(held), "Chloé", _WORDS)
    with pytest.raises(Misuse, match="holds a board member's key already"):
        new_member(tmp_path, _draft(held), "Chloé", _WORDS)
    with pytest.raises(Refused, match="K-101"):
        open_member(tmp_path, _WORDS + b"x")


def test_the_key_lies_nowhere_in_clear(held: Office, tmp_path: Path) -> None:
    new_member(tmp_path, _draft(held), "Chloé", _WORDS)
    secret = open_member(tmp_path, _WORDS).signing.private_bytes_raw()
    assert all(secret not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert secret.hex() not in repr(open_member(tmp_path, _WORDS))


def test_the_poster_is_compared_once_and_binds(held: Office, tmp_path: Path) -> None:
    asked: list[bytes] = []
    read_vote(held.folder, Mode.OFFICIAL, tmp_path, asked.append)
    read_vote(held.folder, Mode.OFFICIAL, tmp_path, asked.append)
    assert asked == [held.dossier.fingerprint]
    (tmp_path / "seen-official").write_bytes(bytes(32))
    with pytest.raises(Refused, match="K-106"):
        read_vote(held.folder, Mode.OFFICIAL, tmp_path, asked.append)


def test_nothing_is_remembered_when_the_poster_differs(held: Office, tmp_path: Path) -> None:
    def differs(_: bytes) -> None:
        raise Refused("V-119", "poster", "paper and file differ")

    with pytest.raises(Refused, match="V-119"):
        read_vote(held.folder, Mode.OFFICIAL, tmp_path, differs)
    assert not (tmp_path / "seen-official").exists()


def test_a_decision_is_said_in_plain_words(held: Office, vote: Vote) -> None:
    words = words_of(vote, _decision(held), Language("en"))
    assert words[:2] == ("Machine m1bis left out", "never opened")
    assert words_of(vote, _decision(held), Language("fr"))[0] == "Machine m1bis écartée"


RESULT = Result(0, bytes(32), 12, 2, (4, 6, 2), (1,), "approval")


def test_a_result_is_said_in_plain_words(held: Office, vote: Vote) -> None:
    assert words_of(vote, _signed(held, StatementType.RESULT, RESULT), Language("en")) == (
        "Result of Contest ville. Ballots: 12; blank or left out: 2",
        "  6  Bancs  chosen",
        "  4  Arbres",
        "  2  Cour",
    )
    with_paper = dataclasses.replace(RESULT, paper=(3, 0, 1), paper_ballots=(4, 0, 0))
    assert words_of(vote, _signed(held, StatementType.RESULT, with_paper), Language("fr"))[2:] == (
        "  4 + 3  Arbres",
        "  2 + 1  Cour",
        "Après le signe plus\N{NO-BREAK SPACE}: les voix sur papier, que personne ne peut prouver.",
    )


def test_the_signature_is_over_the_same_payload(held: Office, vote: Vote) -> None:
    statement = _decision(held)
    signed = read_statement(co_sign(held.board["Chloé"], vote, statement))
    signed.expect(StatementType.DECISION, Mode.OFFICIAL, vote.fingerprint, Role.BOARD)
    signed.verify(vote.manifest.board[0].signing_key)
    assert (signed.payload, signed.fingerprint) == (statement.payload, statement.fingerprint)
    with pytest.raises(Refused, match="V-102"):
        signed.verify(vote.manifest.authority_key)


def test_a_stranger_signs_nothing(held: Office, vote: Vote, tmp_path: Path) -> None:
    new_member(tmp_path / "other", _draft(held), "Chloé", _WORDS)
    with pytest.raises(Refused, match="V-207"):
        co_sign(open_member(tmp_path / "other", _WORDS), vote, _decision(held))


@pytest.mark.parametrize("bit", [0, 1, 100, 511])
def test_a_changed_bit_is_not_shown_as_the_authoritys(held: Office, vote: Vote, bit: int) -> None:
    raw = bytearray(_decision(held).raw)
    raw[-1 - bit // 8] ^= 1 << bit % 8
    with pytest.raises(Refused, match="V-102"):
        words_of(vote, read_statement(bytes(raw)), Language("en"))


def test_only_decisions_and_results_of_this_vote_are_signed(held: Office, vote: Vote) -> None:
    with pytest.raises(Refused, match="K-107"):
        words_of(vote, read_statement((held.folder / "manifest.cose").read_bytes()), Language("en"))
    other = dataclasses.replace(vote, fingerprint=bytes(32))
    with pytest.raises(Refused, match="V-103"):
        words_of(other, _decision(held), Language("en"))
    by_board = read_statement(co_sign(held.board["Chloé"], vote, _decision(held)))
    with pytest.raises(Refused, match="V-103"):
        words_of(vote, by_board, Language("en"))


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": 4},
        {"kind": DecisionKind.FEW_BALLOTS, "subject": 2},
        {"kind": DecisionKind.PAPER, "subject": 3, "digest": bytes(32)},
        {"kind": DecisionKind.PAPER, "subject": 1},
        {"kind": DecisionKind.BOX, "subject": 1},
        {"kind": DecisionKind.TIE, "subject": 1, "step": "place-1"},
        {"kind": DecisionKind.TIE, "subject": 1, "step": "place-1", "order": (0, 2)},
        {"kind": DecisionKind.LATE_BOX, "subject": 2, "before": (0, 1), "after": (0, 1)},
        {"kind": DecisionKind.LATE_BOX, "subject": 2, "before": (0, 1, 2), "after": (0, 1, 2)},
        {"kind": DecisionKind.LATE_BOX, "subject": 2, "before": (0,), "after": (0, 1, 2)},
        {"kind": DecisionKind.LATE_BOX, "subject": 2},
    ],
    ids=lambda changes: " ".join(str(value) for value in changes.values()),
)
def test_a_decision_about_nothing_is_not_signed(held: Office, vote: Vote, changes: dict[str, object]) -> None:
    with pytest.raises(Refused, match="V-606"):
        words_of(vote, _decision(held, **changes), Language("en"))


def test_a_result_of_options_that_do_not_exist_is_not_signed(held: Office, vote: Vote) -> None:
    for changed in (
        dataclasses.replace(RESULT, contest=3),
        dataclasses.replace(RESULT, totals=(4, 6)),
        dataclasses.replace(RESULT, winners=(1, 3)),
        dataclasses.replace(RESULT, paper=(1, 2)),
    ):
        signed = _signed(held, StatementType.RESULT, changed)
        with pytest.raises(Refused, match="V-606"):
            words_of(vote, signed, Language("en"))

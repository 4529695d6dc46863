"""A machine's keys: two cards of two persons open them, and nothing else does."""

from __future__ import annotations

import secrets
import stat
from itertools import combinations
from pathlib import Path

import pytest

from keys.crypto.sharing import join
from keys.desk.cards import Card, check_group
from keys.election.enrolment import Enrolment
from keys.election.sealing import open_enrolment
from keys.election.statement import Mode, read_statement
from keys.findings import Misuse, Refused, Unreadable
from keys.paper import crockford
from station.disk.folder import machine_name, mode_file
from station.machine import enrol, open_keys
from station.recognition import recognise
from tests.simulator.polling import PollingPlaces


def _code(folder: Path, cards: tuple[Card, ...], mode: Mode = Mode.OFFICIAL) -> str:
    with pytest.raises(Refused) as caught:
        open_keys(folder, mode, cards)
    return caught.value.code


@pytest.mark.parametrize("mode", list(Mode))
def test_any_two_cards_open_the_same_keys(polling: PollingPlaces, mode: Mode) -> None:
    folder = polling.machine("m1")
    enrolment = Enrolment.from_content(
        read_statement(mode_file(folder, mode, "enrolment.cose").read_bytes()).content, "enrolment"
    )
    cards = polling.cards["m1", mode]
    assert len(cards) == 3
    for pair in combinations(cards, 2):
        for order in (pair, pair[::-1]):
            keys = open_keys(folder, mode, order)
            assert keys.signing.public_key().public_bytes_raw() == enrolment.public_key
            assert keys.box.public_key().public_bytes_raw() == enrolment.box_key


def test_one_person_alone_opens_nothing(polling: PollingPlaces) -> None:
    first, second, third = polling.cards["m1", Mode.OFFICIAL]
    folder = polling.machine("m1")
    assert _code(folder, (first, first)) == "S-102"
    for cards in ((), (first,), (first, second, third)):
        with pytest.raises(Misuse):
            open_keys(folder, Mode.OFFICIAL, cards)


def test_cards_of_another_machine_or_of_the_rehearsal(polling: PollingPlaces) -> None:
    folder, own = polling.machine("m1"), polling.two("m1")
    for other, code in (
        (polling.two("m1-spare"), "S-101"),
        (polling.two("m2"), "S-101"),
        (polling.two("m1", Mode.REHEARSAL), "S-110"),
    ):
        assert _code(folder, other) == code
        assert _code(folder, (own[0], other[1])) == code
        assert _code(folder, (other[0], own[1])) == code
    assert _code(folder, own, Mode.REHEARSAL) == "S-110"


def test_the_vote_and_its_rehearsal_share_no_secret(polling: PollingPlaces) -> None:
    folder = polling.machine("m1")
    keys = {mode: open_keys(folder, mode, polling.two("m1", mode)) for mode in Mode}
    official, rehearsal = keys[Mode.OFFICIAL], keys[Mode.REHEARSAL]
    assert official.credential_seed != rehearsal.credential_seed
    assert official.signing.private_bytes_raw() != rehearsal.signing.private_bytes_raw()
    assert official.box.private_bytes_raw() != rehearsal.box.private_bytes_raw()
    assert join(*(card.share for card in polling.two("m1"))) != join(
        *(card.share for card in polling.two("m1", Mode.REHEARSAL))
    )


def test_one_wrong_character_names_its_group(polling: PollingPlaces) -> None:
    """Where the group's own check notices it, and where only the machine's memory of its cards does."""
    folder, card = polling.machine("m1"), polling.two("m1")[0]
    silent = 0
    for place in range(8):
        for at in range(4):
            for letter in crockford.ALPHABET:
                groups = list(card.groups)
                if groups[place][at] == letter:
                    continue
                groups[place] = groups[place][:at] + letter + groups[place][at + 1 :]
                with pytest.raises(Refused) as caught:
                    recognise(folder, Mode.OFFICIAL, Card.parse(" ".join(groups)))
                assert caught.value.code == "S-120"
                assert caught.value.subject.startswith(f"group {place + 1} ")
                try:
                    check_group(place + 1, groups[place])
                    silent += 1
                except Refused:
                    pass
    assert silent > 0


def test_secrets_are_private_and_no_card_is_on_the_disk(tmp_path: Path, polling: PollingPlaces) -> None:
    folder = tmp_path / "machine"
    draft = (polling.office / "draft.cose").read_bytes()
    made = enrol(folder, draft, "m1", secrets.token_bytes)
    assert machine_name(folder) == "m1"
    for path in folder.iterdir():
        if path.suffix in {".secret", ".cards"}:
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
    needles = []
    for _, cards in made.values():
        needles += [card.share.value for card in cards]
        needles += [group.encode() for card in cards for group in card.groups if not group.isdigit()]
        needles.append(join(cards[0].share, cards[1].share))
    contents = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert not [needle for needle in needles if len(needle) > 4 and needle in contents]
    texts = [card.text.encode() for _, cards in made.values() for card in cards]
    assert not [text for text in texts if text in contents or text.replace(b" ", b"") in contents]


def test_private_keys_stand_nowhere_in_clear(polling: PollingPlaces) -> None:
    folder = polling.machine("m1")
    contents = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    for mode in Mode:
        keys = open_keys(folder, mode, polling.two("m1", mode))
        assert keys.signing.private_bytes_raw() not in contents
        assert keys.box.private_bytes_raw() not in contents
        assert keys.credential_seed not in contents
        assert "secret" not in repr(keys)
        assert keys.credential_seed.hex() not in repr(keys)


def test_a_machine_enrols_once(tmp_path: Path, polling: PollingPlaces) -> None:
    folder = tmp_path / "machine"
    draft = (polling.office / "draft.cose").read_bytes()
    enrol(folder, draft, "m1", secrets.token_bytes)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for name in ("m1", "m1-spare"):
        with pytest.raises(Misuse):
            enrol(folder, draft, name, secrets.token_bytes)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_name_that_the_definition_does_not_have(tmp_path: Path, polling: PollingPlaces) -> None:
    draft = (polling.office / "draft.cose").read_bytes()
    with pytest.raises(Misuse) as caught:
        enrol(tmp_path / "machine", draft, "m9", secrets.token_bytes)
    assert "m1-spare" in str(caught.value)
    assert not (tmp_path / "machine").exists()


def test_a_draft_with_one_changed_bit_enrols_nobody(tmp_path: Path, polling: PollingPlaces) -> None:
    draft = bytearray((polling.office / "draft.cose").read_bytes())
    draft[-1] ^= 1
    with pytest.raises(Refused) as caught:
        enrol(tmp_path / "machine", bytes(draft), "m1", secrets.token_bytes)
    assert caught.value.code == "V-102"
    assert not (tmp_path / "machine" / "machine.json").exists()


def test_spares_have_their_own_keys_and_credentials(polling: PollingPlaces) -> None:
    draft = read_statement((polling.office / "draft.cose").read_bytes()).fingerprint
    enrolments = [
        open_enrolment(
            read_statement(mode_file(polling.machine(name), mode, "enrolment.cose").read_bytes()), mode, draft
        )
        for name in ("m1", "m1-spare")
        for mode in Mode
    ]
    points = [point for enrolment in enrolments for part in enrolment.credentials for point in part.split()]
    assert len(set(points)) == len(points) == 4 * 2 * (12 + 2)
    assert len({enrolment.public_key for enrolment in enrolments}) == 4


@pytest.mark.parametrize("ending", ["secret", "cards"])
def test_a_damaged_file_of_the_machine_is_said_in_one_sentence(
    tmp_path: Path, polling: PollingPlaces, ending: str
) -> None:
    folder, _ = polling.loaded(tmp_path)
    path = mode_file(folder, Mode.OFFICIAL, ending)
    whole = path.read_bytes()
    for damage in (whole[:-1], b"", whole[:5], b"\x00" * 40, b"\xff" + whole):
        path.write_bytes(damage)
        with pytest.raises((Refused, Unreadable)):
            open_keys(folder, Mode.OFFICIAL, polling.two("m1"))
    path.unlink()
    with pytest.raises(Unreadable):
        open_keys(folder, Mode.OFFICIAL, polling.two("m1"))


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"machine": 7}', "not json", '"m1"'])
def test_a_damaged_name_of_the_machine(tmp_path: Path, content: str) -> None:
    (tmp_path / "machine.json").write_text(content)
    with pytest.raises(Unreadable):
        machine_name(tmp_path)

"""A trustee's folder: the key, the memory of what was opened, and what is refused."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from keys.confirming import confirm
from keys.crypto.group import scalar
from keys.decrypting import decrypt
from keys.desk.files import folder_lock
from keys.election.reopening import Opening
from keys.election.sealing import open_trustee_file
from keys.election.statement import Mode, read_statement
from keys.findings import Misuse, Refused, Unreadable
from keys.holding import Trustee, new_trustee, open_trustee, rehearsal_trustee
from keys.opened import new_memory, remembering
from tests.simulator.papers import DEFINITION, Papers, key

PAPERS = Papers(definition=replace(DEFINITION, trustees=("Anne",), threshold=1))
DRAFT = PAPERS.draft
WORDS = b"trois petits chats"
ONE, TWO = Opening("1a" * 32, 10, (0, 1)), Opening("2b" * 32, 30, (0, 1, 2))
ONE_JSON = b'[{"head": "' + b"1a" * 32 + b'", "ballots": 10, "machines": [0, 1]}]'


def lay(root: Path, files: Mapping[str, bytes]) -> Path:
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root


def test_a_trustee_is_made_and_opened(tmp_path: Path) -> None:
    statement = read_statement(new_trustee(tmp_path / "anne", DRAFT.raw, "Anne", WORDS))
    file = open_trustee_file(statement, Mode.OFFICIAL, DRAFT.fingerprint)
    trustee = open_trustee(tmp_path / "anne", WORDS)
    assert (file.name, trustee.name) == ("Anne", "Anne")
    assert file.signing_key == trustee.signing.public_key().public_bytes_raw()
    for name in ("trustee.key", "opened.json"):
        assert stat.S_IMODE((tmp_path / "anne" / name).stat().st_mode) == 0o600
    assert str(trustee.secret) not in repr(trustee)
    assert trustee.secret.to_bytes(32, "big") not in (tmp_path / "anne" / "trustee.key").read_bytes()


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    new_trustee(tmp_path, DRAFT.raw, "Anne", WORDS)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(Misuse, match="already"):
        new_trustee(tmp_path, DRAFT.raw, "Anne", WORDS)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_nobody_else_is_a_trustee(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match="names no trustee 'Eva'; it names Anne"):
        new_trustee(tmp_path, DRAFT.raw, "Eva", WORDS)
    with pytest.raises(Refused, match=r"V-10[12]"):
        new_trustee(tmp_path, DRAFT.raw[:-1] + bytes([DRAFT.raw[-1] ^ 1]), "Anne", WORDS)
    assert not list(tmp_path.glob("trustee.key"))


def test_a_folder_that_does_not_open(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        open_trustee(tmp_path, WORDS)
    new_trustee(tmp_path, DRAFT.raw, "Anne", WORDS)
    with pytest.raises(Refused, match="K-101"):
        open_trustee(tmp_path, WORDS + b"!")
    key = tmp_path / "trustee.key"
    data = bytearray(key.read_bytes())
    data[-1] ^= 1
    key.write_bytes(bytes(data))
    with pytest.raises(Refused, match="K-101"):
        open_trustee(tmp_path, WORDS)


def test_a_rehearsal_follows_from_its_secret() -> None:
    one, file = rehearsal_trustee(bytes(32), DRAFT.fingerprint)
    again, same = rehearsal_trustee(bytes(32), DRAFT.fingerprint)
    other, _ = rehearsal_trustee(bytes(31) + b"x", DRAFT.fingerprint)
    assert (one.secret, file) == (again.secret, same)
    assert one.secret != other.secret
    opened = open_trustee_file(read_statement(file), Mode.REHEARSAL, DRAFT.fingerprint)
    assert opened.name == "rehearsal"
    with pytest.raises(Refused, match="V-133"):
        open_trustee_file(read_statement(file), Mode.OFFICIAL, DRAFT.fingerprint)


def test_a_trustee_confirms_only_what_names_the_own_key(tmp_path: Path) -> None:
    handed_in = read_statement(new_trustee(tmp_path / "anne", DRAFT.raw, "Anne", WORDS))
    anne = open_trustee(tmp_path / "anne", WORDS)
    strangers = lay(tmp_path / "vote", Papers().files)
    with pytest.raises(Refused, match=r"V-207 trustee Anne"):
        confirm(anne, strangers)
    with pytest.raises(Refused, match="V-103"):
        confirm(anne, lay(strangers, {"trustees/t0.cose": handed_in.raw}))


def test_the_memory_begins_empty_and_grows(tmp_path: Path) -> None:
    new_memory(tmp_path)
    assert json.loads((tmp_path / "opened.json").read_bytes()) == {}
    for heads in ({"a": ONE}, {"a": ONE}, {"a": ONE, "b": TWO}, {}):
        with remembering(tmp_path, heads):
            pass
    assert json.loads((tmp_path / "opened.json").read_bytes()) == {
        "a": [{"head": ONE.head, "ballots": 10, "machines": [0, 1]}],
        "b": [{"head": TWO.head, "ballots": 30, "machines": [0, 1, 2]}],
    }
    assert stat.S_IMODE((tmp_path / "opened.json").stat().st_mode) == 0o600


def test_a_second_different_opening_is_refused(tmp_path: Path) -> None:
    new_memory(tmp_path)
    with remembering(tmp_path, {"a": ONE, "b": ONE}):
        pass
    before = (tmp_path / "opened.json").read_bytes()
    for heads in ({"a": TWO}, {"c": ONE, "b": TWO}):
        with pytest.raises(Refused, match=r"K-103 contest [ab]"), remembering(tmp_path, heads):
            pytest.fail("nothing may be opened")
    assert (tmp_path / "opened.json").read_bytes() == before


def test_openings_that_are_allowed_are_all_remembered(tmp_path: Path) -> None:
    new_memory(tmp_path)
    seen: list[tuple[Opening, ...]] = []

    def judge(uuid: str, earlier: Sequence[Opening], now: Opening) -> str | None:
        seen.append(tuple(earlier))
        return None if uuid == "a" else "not this one"

    for opening in (ONE, TWO, TWO):
        with remembering(tmp_path, {"a": opening}, judge):
            pass
    assert seen == [(), (ONE,), (ONE, TWO)]
    with (
        pytest.raises(Refused, match=r"K-103 contest b.*not this one"),
        remembering(tmp_path, {"b": ONE}, judge),
    ):
        pytest.fail("nothing may be opened")
    with pytest.raises(Refused, match="K-103"), remembering(tmp_path, {"a": ONE}):
        pytest.fail("nothing may be opened")


def test_nothing_is_remembered_of_what_did_not_happen(tmp_path: Path) -> None:
    new_memory(tmp_path)
    with pytest.raises(KeyError), remembering(tmp_path, {"a": ONE}):
        raise KeyError
    with remembering(tmp_path, {"a": TWO}):
        pass


def test_nothing_leaves_that_cannot_be_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new_memory(tmp_path)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Unreadable, match="No space left"), remembering(tmp_path, {"a": ONE}):
        pass


def test_one_opening_at_a_time(tmp_path: Path) -> None:
    new_memory(tmp_path)
    with folder_lock(tmp_path), pytest.raises(Misuse, match="another command"), remembering(tmp_path, {}):
        pass


def test_a_rehearsal_leaves_no_memory(tmp_path: Path) -> None:
    with remembering(None, {"a": ONE}), remembering(None, {"a": TWO}):
        pass


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"null", b"3", b'"x"', b'{"a": null}', b'{"a": 1}', b'{"a": ""}', b'{"a": {}}', b"\xff",
     b"{}\n", b" {}", b"[" * 100_000, b'{"a": ' + ONE_JSON + b"}", b'{"a": [3]}', b'{"a": [{}]}',
     b'{"a": ' + ONE_JSON.replace(b"10", b"10.0") + b"}", b'{"a": ' + ONE_JSON.replace(b"1a", b"1A") + b"}"],
)  # fmt: skip
def test_a_damaged_memory_opens_nothing(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "opened.json").write_bytes(data)
    with pytest.raises(Refused, match="K-104"), remembering(tmp_path, {"b": ONE}):
        pytest.fail("nothing may be opened")
    assert (tmp_path / "opened.json").read_bytes() == data


def test_a_lost_memory_opens_nothing(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="K-104"), remembering(tmp_path, {"a": ONE}):
        pytest.fail("nothing may be opened")
    (tmp_path / "opened.json").symlink_to("/dev/null")
    with pytest.raises(Refused, match="K-104"), remembering(tmp_path, {"a": ONE}):
        pytest.fail("nothing may be opened")


def test_a_vote_is_never_opened_without_a_memory(tmp_path: Path) -> None:
    trustee, _ = rehearsal_trustee(bytes(32), DRAFT.fingerprint)
    with pytest.raises(Misuse, match="memory"):
        decrypt(trustee, tmp_path, None)


def test_nothing_is_opened_without_a_request(tmp_path: Path) -> None:
    anne = Trustee("Anne", scalar(1), key("trustee 0"))
    root = lay(tmp_path / "vote", Papers().files)
    new_memory(tmp_path)
    with pytest.raises(Refused, match=r"V-208 decryptions/request"):
        decrypt(anne, root, tmp_path)

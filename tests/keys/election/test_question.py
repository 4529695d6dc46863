"""`election.json`: exact bytes, and everything that is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys.crypto.errors import CryptoError
from keys.crypto.group import GENERATOR, IDENTITY
from keys.crypto.transcript import b64_digest
from keys.election.question import ElectionParams, fingerprint

UUID = "HcNdVzzEcCHXPe"
FIELDS: dict[str, Any] = {
    "uuid": UUID,
    "name": 'Quartier "5" — Saint-Cyprien',
    "description": "",
    "question": "Vos projets ?",
    "answers": ("Un banc", "Un arbre/une haie"),
    "blank": True,
    "min": 1,
    "max": 2,
    "public_key": GENERATOR,
}
PARAMS = ElectionParams(**FIELDS)
DATA = PARAMS.to_json_bytes()


def test_exact_bytes() -> None:
    expected = (
        '{"version":1,"description":"","name":"Quartier \\"5\\" — Saint-Cyprien","group":"Ed25519",'
        f'"public_key":"{"6" * 62}58","questions":[{{"answers":["Un banc","Un arbre/une haie"],"blank":true,'
        f'"min":1,"max":2,"question":"Vos projets ?"}}],"uuid":"{UUID}"}}'
    )
    assert expected.encode() == DATA
    assert fingerprint(DATA) == b64_digest(DATA)
    assert len(fingerprint(DATA)) == 43


texts = st.text(max_size=20).filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text))


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, min_size=1, max_size=6), st.booleans(), texts, st.data())
def test_read_as_written(answers: list[str], blank: bool, name: str, data: st.DataObject) -> None:
    largest = data.draw(st.integers(0, len(answers)))
    smallest = data.draw(st.integers(0, largest))
    changes = {"answers": tuple(answers), "blank": blank, "name": name, "min": smallest, "max": largest}
    params = ElectionParams(**{**FIELDS, **changes})
    written = params.to_json_bytes()
    assert ElectionParams.from_json_bytes(written) == params
    assert json.loads(written)["questions"][0]["answers"] == answers
    assert params.width == len(answers) + blank
    assert list(params.values) == list(range(smallest, largest + 1))


@pytest.mark.parametrize(
    "change",
    [
        {"uuid": ""},
        {"uuid": "1" * 13},
        {"uuid": "1" * 65},
        {"uuid": "0" * 14},
        {"uuid": UUID + "\n"},
        {"uuid": 'x"' * 10},
        {"answers": ()},
        {"answers": ("\ud800",)},
        {"name": "\udfff"},
        {"min": -1},
        {"min": 2, "max": 1},
        {"max": 3},
    ],
)
def test_values_that_contradict(change: dict[str, Any]) -> None:
    with pytest.raises(CryptoError) as caught:
        ElectionParams(**{**FIELDS, **change})
    assert caught.value.step == "election"


def edited(change: Callable[[Any], None]) -> bytes:
    value = json.loads(DATA)
    change(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def question(**fields: Any) -> bytes:
    return edited(lambda value: value["questions"][0].update(fields))


DATA_TEXTS: dict[str, bytes] = {
    "empty": b"",
    "null": b"null",
    "a list": b"[]",
    "deep": b"[" * 100_000,
    "huge": b" " * (1 << 21),
    "not UTF-8": b"\xff",
    "a byte order mark": b"\xef\xbb\xbf" + DATA,
    "a newline": DATA + b"\n",
    "pretty": json.dumps(json.loads(DATA), ensure_ascii=False, indent=1).encode(),
    "escaped": json.dumps(json.loads(DATA), separators=(",", ":")).encode(),
    "a key twice": DATA.replace(b'"version":1', b'"version":1,"version":1'),
    "version 2": edited(lambda v: v.update(version=2)),
    "version true": edited(lambda v: v.update(version=True)),
    "version 1.0": edited(lambda v: v.update(version=1.0)),
    "another group": edited(lambda v: v.update(group="BELENIOS-2048")),
    "no group": edited(lambda v: v.pop("group")),
    "more": edited(lambda v: v.update(administrator="me")),
    "other order": edited(lambda v: v.update(uuid=v.pop("uuid"), name=v.pop("name"))),
    "two questions": edited(lambda v: v["questions"].append(v["questions"][0])),
    "no question": edited(lambda v: v["questions"].clear()),
    "question is a text": edited(lambda v: v["questions"].__setitem__(0, "x")),
    "blank false": question(blank=False),
    "blank 1": question(blank=1),
    "blank null": question(blank=None),
    "min is a text": question(min="1"),
    "min is true": question(min=True),
    "max is 2.0": question(max=2.0),
    "max is huge": question(max=1 << 80),
    "answers are a text": question(answers="ab"),
    "an answer is a number": question(answers=["a", 5]),
    "more in the question": question(extra=1),
    "question without its text": edited(lambda v: v["questions"][0].pop("question")),
    "half a character": DATA.replace(b"Un banc", b"\\ud800"),
    "key is the identity": edited(lambda v: v.update(public_key=IDENTITY.hex())),
    "key is not in the group": edited(lambda v: v.update(public_key="0" * 64)),
    "key in capitals": edited(lambda v: v.update(public_key="A" * 64)),
    "key is a number": edited(lambda v: v.update(public_key=6)),
    "uuid is a number": edited(lambda v: v.update(uuid=12345678901234)),
}


def test_what_is_too_long_is_not_even_read() -> None:
    with pytest.raises(CryptoError, match="longer than"):
        ElectionParams.from_json_bytes(DATA_TEXTS["huge"])


@pytest.mark.parametrize("data", DATA_TEXTS.values(), ids=DATA_TEXTS.keys())
def test_files_in_another_form(data: bytes) -> None:
    with pytest.raises(CryptoError):
        ElectionParams.from_json_bytes(data)

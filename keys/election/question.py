"""The Belenios election of one contest: `election.json` (sections 4.9 and 4.10), one question, exact bytes.

The fingerprint of an election is the digest of these bytes; they are written once, kept, and never written
again from what was read. Reading accepts only what writing makes.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from keys.crypto.credentials import BASE58
from keys.crypto.encoding import MAX_VALUES
from keys.crypto.errors import CryptoError
from keys.crypto.group import GROUP_NAME, Point
from keys.crypto.transcript import b64_digest

__all__ = ["MAX_ELECTION_BYTES", "ElectionParams", "WholeParams", "fingerprint", "read_election"]

MAX_ELECTION_BYTES = 1 << 20
_UUID = re.compile(f"[{BASE58}]{{14,64}}")
_VERSION = 1
_FIELDS = {"version", "description", "name", "group", "public_key", "questions", "uuid"}
_QUESTION_FIELDS = {"answers", "blank", "min", "max", "question"}
_WHOLE_TYPE = "NonHomomorphic"


def fingerprint(data: bytes) -> str:
    """Return the fingerprint of the bytes of an `election.json`: 43 characters of Base64."""
    return b64_digest(data)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise CryptoError("election", "expected a text")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise CryptoError("election", "a text has half a character") from None
    return value


def _small(value: object) -> int:
    if type(value) is not int or not 0 <= value < 1 << 16:
        raise CryptoError("election", "expected a small whole number")
    return value


@dataclass(frozen=True, slots=True)
class ElectionParams:
    """What a contest's Belenios election says.

    Raises:
        CryptoError: When made of values that contradict each other.
    """

    uuid: str
    """14 to 64 characters of Base58."""
    name: str
    description: str
    question: str
    answers: tuple[str, ...]
    blank: bool
    """Whether a blank vote is possible (always, in our own elections)."""
    min: int
    """Fewest answers of a vote that is not blank."""
    max: int
    """Most answers."""
    public_key: Point

    def __post_init__(self) -> None:
        _check(self)
        if not 0 <= self.min <= self.max <= len(self.answers):
            raise CryptoError("election", "expected 0 <= min <= max <= number of answers")

    @property
    def values(self) -> range:
        """The numbers of answers that a vote that is not blank may have."""
        return range(self.min, self.max + 1)

    @property
    def width(self) -> int:
        """The number of ciphertexts of a ballot: one an answer, and one for blank."""
        return len(self.answers) + self.blank

    def to_json_bytes(self) -> bytes:
        """Write `election.json`: compact, UTF-8, fields in the order of the specification, no newline."""
        question: dict[str, object] = {"answers": list(self.answers)}
        if self.blank:
            question["blank"] = True
        question |= {"min": self.min, "max": self.max, "question": self.question}
        return _write(self, question)

    @classmethod
    def from_json_bytes(cls, data: bytes) -> ElectionParams:
        """Read an `election.json` of one homomorphic question, written as `to_json_bytes` writes it.

        Raises:
            CryptoError: Step ``"election"``: another version, group, question type, order of fields or
                spelling.
        """
        value, question = _read(data)
        if set(question) | {"blank"} != _QUESTION_FIELDS or not isinstance(question["answers"], list):
            raise CryptoError("election", "expected a homomorphic question")
        params = cls(
            uuid=_text(value["uuid"]),
            name=_text(value["name"]),
            description=_text(value["description"]),
            question=_text(question["question"]),
            answers=tuple(_text(answer) for answer in question["answers"]),
            blank=question.get("blank", False) is True,
            min=_small(question["min"]),
            max=_small(question["max"]),
            public_key=Point.from_hex(value["public_key"]),
        )
        if params.to_json_bytes() != data:
            raise CryptoError("election", "the file is not written in the canonical form")
        return params


@dataclass(frozen=True, slots=True)
class WholeParams:
    """What the Belenios election of a contest says whose ballots are opened whole (non-homomorphic, section 4.9).

    Raises:
        CryptoError: When made of values that contradict each other.
    """

    uuid: str
    """14 to 64 characters of Base58."""
    name: str
    description: str
    question: str
    answers: tuple[str, ...]
    """One a value of 0 to 255 that a ballot holds, at most 30; each says what it packs."""
    public_key: Point

    def __post_init__(self) -> None:
        _check(self)
        if len(self.answers) > MAX_VALUES:
            raise CryptoError("election", f"a whole ballot holds at most {MAX_VALUES} values")

    def to_json_bytes(self) -> bytes:
        """Write `election.json`: compact, UTF-8, fields in the order of the specification, no newline."""
        value = {"answers": list(self.answers), "question": self.question}
        return _write(self, {"type": _WHOLE_TYPE, "value": value})

    @classmethod
    def from_json_bytes(cls, data: bytes) -> WholeParams:
        """Read an `election.json` of one non-homomorphic question, written as `to_json_bytes` writes it.

        Raises:
            CryptoError: Step ``"election"``: another version, group, question type, order of fields or spelling.
        """
        value, outer = _read(data)
        question = outer.get("value")
        if set(outer) != {"type", "value"} or outer["type"] != _WHOLE_TYPE or not isinstance(question, dict):
            raise CryptoError("election", "expected a non-homomorphic question")
        if set(question) != {"answers", "question"} or not isinstance(question["answers"], list):
            raise CryptoError("election", "expected a question with answers")
        params = cls(
            uuid=_text(value["uuid"]),
            name=_text(value["name"]),
            description=_text(value["description"]),
            question=_text(question["question"]),
            answers=tuple(_text(answer) for answer in question["answers"]),
            public_key=Point.from_hex(value["public_key"]),
        )
        if params.to_json_bytes() != data:
            raise CryptoError("election", "the file is not written in the canonical form")
        return params


def read_election(data: bytes) -> ElectionParams | WholeParams:
    """Read an `election.json` of one question of either kind.

    Raises:
        CryptoError: As the two kinds do.
    """
    if "type" in _read(data)[1]:
        return WholeParams.from_json_bytes(data)
    return ElectionParams.from_json_bytes(data)


def _check(params: ElectionParams | WholeParams) -> None:
    for text in (params.name, params.description, params.question, *params.answers):
        _text(text)
    if not _UUID.fullmatch(params.uuid):
        raise CryptoError("election", "the uuid is not 14 to 64 characters of Base58")
    if not params.answers:
        raise CryptoError("election", "the question has no answers")


def _write(params: ElectionParams | WholeParams, question: dict[str, object]) -> bytes:
    value = {
        "version": _VERSION,
        "description": params.description,
        "name": params.name,
        "group": GROUP_NAME,
        "public_key": params.public_key.hex(),
        "questions": [question],
        "uuid": params.uuid,
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _read(data: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    value = _decode(data)
    if set(value) != _FIELDS or value["version"] != _VERSION or value["group"] != GROUP_NAME:
        raise CryptoError("election", "expected version 1, group Ed25519 and the fields of the specification")
    questions = value["questions"]
    if not isinstance(questions, list) or len(questions) != 1 or not isinstance(questions[0], dict):
        raise CryptoError("election", "expected exactly one question")
    return value, questions[0]


def _decode(data: bytes) -> dict[str, Any]:
    if len(data) > MAX_ELECTION_BYTES:
        raise CryptoError("election", f"the file is longer than {MAX_ELECTION_BYTES} bytes")
    try:
        value = json.loads(data.decode())
    except (ValueError, RecursionError):
        raise CryptoError("election", "the file is not JSON in UTF-8") from None
    if not isinstance(value, dict):
        raise CryptoError("election", "expected a JSON object")
    return value

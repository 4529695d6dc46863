"""The Belenios election of one contest: `election.json` (sections 4.9 and 4.10), one question, exact bytes.

The fingerprint of an election is the digest of these bytes; they are written once, kept, and never written
again from what was read. Reading accepts only what writing makes.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from keys.crypto.credentials import BASE58
from keys.crypto.errors import CryptoError
from keys.crypto.group import GROUP_NAME, Point
from keys.crypto.transcript import b64_digest

__all__ = ["MAX_ELECTION_BYTES", "ElectionParams", "fingerprint"]

MAX_ELECTION_BYTES = 1 << 20
_UUID = re.compile(f"[{BASE58}]{{14,64}}")
_VERSION = 1
_FIELDS = {"version", "description", "name", "group", "public_key", "questions", "uuid"}
_QUESTION_FIELDS = {"answers", "blank", "min", "max", "question"}


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
        for text in (self.name, self.description, self.question, *self.answers):
            _text(text)
        if not _UUID.fullmatch(self.uuid):
            raise CryptoError("election", "the uuid is not 14 to 64 characters of Base58")
        if not self.answers:
            raise CryptoError("election", "the question has no answers")
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
        value = {
            "version": _VERSION,
            "description": self.description,
            "name": self.name,
            "group": GROUP_NAME,
            "public_key": self.public_key.hex(),
            "questions": [question],
            "uuid": self.uuid,
        }
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_json_bytes(cls, data: bytes) -> ElectionParams:
        """Read an `election.json` of one homomorphic question, written as `to_json_bytes` writes it.

        Raises:
            CryptoError: Step ``"election"``: another version, group, question type, order of fields or
                spelling.
        """
        value = _decode(data)
        if set(value) != _FIELDS or value["version"] != _VERSION or value["group"] != GROUP_NAME:
            raise CryptoError(
                "election", "expected version 1, group Ed25519 and the fields of the specification"
            )
        questions = value["questions"]
        if not isinstance(questions, list) or len(questions) != 1 or not isinstance(questions[0], dict):
            raise CryptoError("election", "expected exactly one question")
        question = questions[0]
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


def _decode(data: bytes) -> dict[str, object]:
    if len(data) > MAX_ELECTION_BYTES:
        raise CryptoError("election", f"the file is longer than {MAX_ELECTION_BYTES} bytes")
    try:
        value = json.loads(data.decode())
    except (ValueError, RecursionError):
        raise CryptoError("election", "the file is not JSON in UTF-8") from None
    if not isinstance(value, dict):
        raise CryptoError("election", "expected a JSON object")
    return value

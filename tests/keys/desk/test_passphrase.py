"""Secrets at rest: opened by the right words for the right purpose, and by nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from keys.desk.passphrase import (
    ask_passphrase,
    open_sealed,
    seal,
    unwrap,
    unwrap_with_key,
    wrap,
    wrap_with_key,
)
from keys.findings import Misuse, Refused, Unreadable

SECRET, WORDS = b"a secret of thirty-two bytes....", b"trois petits chats"


def test_wrapped_under_a_passphrase() -> None:
    wrapped = wrap(SECRET, WORDS, "trustee key")
    assert SECRET not in wrapped and wrapped != wrap(SECRET, WORDS, "trustee key")
    assert unwrap(wrapped, WORDS, "trustee key") == SECRET
    for words, kind in ((WORDS + b" ", "trustee key"), (b"", "trustee key"), (WORDS, "authority key")):
        with pytest.raises(Refused, match="K-101") as refused:
            unwrap(wrapped, words, kind)
        assert WORDS.decode() not in str(refused.value)


def test_one_bit_of_what_is_wrapped_under_a_passphrase() -> None:
    """One bit in each part: magic, salt, nonce, content, tag; stretching takes its time."""
    wrapped = wrap(SECRET, WORDS, "k")
    for at in (0, 7, 8, 23, 24, 35, 36, len(wrapped) - 17, len(wrapped) - 1):
        changed = bytearray(wrapped)
        changed[at] ^= 1
        with pytest.raises(Refused, match="K-101"):
            unwrap(bytes(changed), WORDS, "k")


@pytest.mark.parametrize("size", [0, 7, 8, 24, 36, 51])
def test_cut_off(size: int) -> None:
    with pytest.raises(Refused, match="K-101"):
        unwrap(wrap(SECRET, WORDS, "k")[:size], WORDS, "k")


def test_every_bit_of_what_is_wrapped_under_a_key() -> None:
    wrapped = wrap_with_key(SECRET, bytes(32), "machine")
    assert unwrap_with_key(wrapped, bytes(32), "machine") == SECRET
    for bit in range(8 * len(wrapped)):
        changed = bytearray(wrapped)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Refused, match="K-101"):
            unwrap_with_key(bytes(changed), bytes(32), "machine")
    for data, key, kind in (
        (wrapped[:-1], bytes(32), "machine"), (b"", bytes(32), "machine"), (wrapped, bytes([1]) * 32, "machine"),
        (wrapped, bytes(32), "machines"),
    ):  # fmt: skip
        with pytest.raises(Refused, match="K-101"):
            unwrap_with_key(data, key, kind)


def test_every_bit_of_what_is_sealed() -> None:
    key, other = X25519PrivateKey.generate(), X25519PrivateKey.generate()
    sealed = seal(b"the roll", key.public_key().public_bytes_raw(), b"roll")
    assert open_sealed(sealed, key, b"roll") == b"the roll"
    for bit in range(8 * len(sealed)):
        changed = bytearray(sealed)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Refused, match="K-102"):
            open_sealed(bytes(changed), key, b"roll")
    for data, holder, purpose in (
        (sealed[:-1], key, b"roll"), (sealed[:5], key, b"roll"), (b"", key, b"roll"), (sealed, other, b"roll"),
        (sealed, key, b"marks"),
    ):  # fmt: skip
        with pytest.raises(Refused, match="K-102"):
            open_sealed(data, holder, purpose)


@pytest.mark.parametrize("key", [bytes(32), bytes([1]) + bytes(31), bytes(31)])
def test_nothing_is_sealed_to_a_key_that_is_none(key: bytes) -> None:
    with pytest.raises(Refused, match="K-105"):
        seal(b"x", key, b"roll")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"long enough\n", b"long enough"),
        (b"long enough\r\nrest", b"long enough"),
        (b" blanks stay ", b" blanks stay "),
    ],
)
def test_the_first_line_counts(tmp_path: Path, content: bytes, words: bytes) -> None:
    (tmp_path / "words").write_bytes(content)
    assert ask_passphrase(tmp_path / "words", "x") == words


@pytest.mark.parametrize("content", ["", "\nlong enough", "seven77", "éééé"])
def test_a_new_passphrase_has_eight_characters(tmp_path: Path, content: str) -> None:
    (tmp_path / "words").write_text(content, encoding="utf-8")
    with pytest.raises(Misuse, match="at least 8 characters"):
        ask_passphrase(tmp_path / "words", "x", new=True)
    ask_passphrase(tmp_path / "words", "x")


def test_without_file_or_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", (tmp_path / "empty").open("w+"))
    with pytest.raises(Misuse, match="--passphrase-file"):
        ask_passphrase(None, "x")
    with pytest.raises(Unreadable):
        ask_passphrase(tmp_path / "missing", "x")

"""One small vote, held once for all tests of this folder."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import pytest

import tally.verify.archives
import tally.verify.codes
from keys.crypto.proofs import Proof
from keys.election.verification import Polled, Verified, verify_ballots, verify_opening
from tally.scan import texts_of
from tests.simulator.forgery import Forgery
from tests.simulator.vote import HeldVote, hold_vote


@pytest.fixture(scope="session")
def held_vote(tmp_path_factory: pytest.TempPathFactory) -> HeldVote:
    """The vote; tests copy its public folder before they change it."""
    root: Path = tmp_path_factory.mktemp("vote")
    return hold_vote(root)


@pytest.fixture
def forgery(held_vote: HeldVote, tmp_path: Path) -> Forgery:
    """A copy of the public folder in the hands of an insider."""
    return Forgery.of(held_vote, tmp_path / "public")


_texts: dict[bytes, list[str]] = {}
_polled: dict[bytes, Polled] = {}
_verified: dict[tuple[str, str], Verified] = {}


@pytest.fixture
def known_bytes_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Archives and minutes whose bytes were gone through before are not gone through again.

    All are pure functions of the bytes; hundreds of folders that differ elsewhere are verified in the time of one.
    """

    def ballots(stream: BinaryIO, subject: str, **options: Any) -> Polled:
        data = stream.read()
        if data not in _polled:
            _polled[data] = verify_ballots(io.BytesIO(data), subject, **options)
        return _polled[data]

    def texts(data: bytes, name: str) -> list[str]:
        if data not in _texts:
            _texts[data] = texts_of(data, name)
        return _texts[data]

    def opening(polled: Polled, proofs: Mapping[int, Sequence[Proof]] | None) -> Verified:
        key = (polled.head, repr(proofs))
        if key not in _verified:
            _verified[key] = verify_opening(polled, proofs)
        return _verified[key]

    replaced: list[tuple[object, str, Callable[..., object]]] = [
        (tally.verify.archives, "verify_ballots", ballots),
        (tally.verify.archives, "verify_opening", opening),
        (tally.verify.codes, "texts_of", texts),
    ]
    for module, name, function in replaced:
        monkeypatch.setattr(module, name, function)

"""Small votes, held once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from keys.election.statement import Mode
from tests.simulator.forgery import Forgery
from tests.simulator.known import known_bytes
from tests.simulator.vote import HeldVote, hold_vote
from tests.tally.check.town import Town


@pytest.fixture(scope="session")
def held_vote(tmp_path_factory: pytest.TempPathFactory) -> HeldVote:
    """The vote; tests copy its public folder before they change it."""
    root: Path = tmp_path_factory.mktemp("vote")
    return hold_vote(root)


@pytest.fixture
def forgery(held_vote: HeldVote, tmp_path: Path) -> Forgery:
    """A copy of the public folder in the hands of an insider."""
    return Forgery.of(held_vote, tmp_path / "public")


@pytest.fixture
def known_bytes_once() -> Iterator[None]:
    """Archives and minutes whose bytes were gone through before are not gone through again."""
    with known_bytes():
        yield


@pytest.fixture(scope="session")
def town() -> Town:
    """The vote that papers are checked against."""
    return Town()


@pytest.fixture(scope="session")
def elsewhere() -> Town:
    """Another election."""
    return Town("elsewhere")


@pytest.fixture(scope="session")
def rehearsal() -> Town:
    """The rehearsal of the town's vote."""
    return Town("town", Mode.REHEARSAL)

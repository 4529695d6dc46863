"""One vote for all tests of `tally check`, published once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tally.check import Evidence, open_evidence
from tests.tally.check.town import Town


@pytest.fixture(scope="session")
def root(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public folder of the town."""
    return town.publish(tmp_path_factory.mktemp("public"))


@pytest.fixture(scope="session")
def evidence(root: Path) -> Evidence:
    return open_evidence(root)

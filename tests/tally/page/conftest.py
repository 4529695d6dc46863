"""One vote, its page, and one browser for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tally.check.town import Town
from tests.tally.page.browser import Browser
from tests.tally.page.paper import page_of


@pytest.fixture(scope="session")
def written(town: Town) -> bytes:
    """The page of the town."""
    return page_of(town)


@pytest.fixture(scope="session")
def page_file(written: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("page") / "index.html"
    path.write_bytes(written)
    return path


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened

"""The votes in which lies are told, held once for all tests of this folder; and belenios-tool."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.lies.table import TOOL
from tests.lies.worlds import Worlds
from tests.outside.tool import Tool
from tests.tally.page.browser import Browser


@pytest.fixture(scope="session")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    return Worlds(tmp_path_factory.mktemp("worlds"))


@pytest.fixture(scope="session")
def outside() -> Tool:
    if not TOOL.exists():
        pytest.fail("belenios-tool is not here: run scripts/outside-verifier")
    return Tool(TOOL)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened

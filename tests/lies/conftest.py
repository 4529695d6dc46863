"""The votes in which lies are told, held once for all tests of this folder; and belenios-tool."""

from __future__ import annotations

import pytest

from tests.lies.table import TOOL
from tests.lies.worlds import Worlds
from tests.outside.tool import Tool


@pytest.fixture(scope="session")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    return Worlds(tmp_path_factory.mktemp("worlds"))


@pytest.fixture(scope="session")
def outside() -> Tool:
    if not TOOL.exists():
        pytest.fail("belenios-tool is not here: run scripts/outside-verifier")
    return Tool(TOOL)

"""The outside verifier for these tests. Where it is missing they fail: nothing left out may look like a pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.outside.tool import Tool

LAUNCHER = Path(__file__).parents[2] / ".cache" / "belenios" / "belenios-tool"


@pytest.fixture(scope="session")
def belenios_tool() -> Tool:
    """belenios-tool, brought by scripts/outside-verifier."""
    if not LAUNCHER.exists():
        pytest.fail("belenios-tool is not here: run scripts/outside-verifier")
    return Tool(LAUNCHER)

"""What two screens look like, cell by cell, at 80 by 24.

After a wanted change: ``SNAPSHOTS=write pytest tests/tally/app/test_snapshots.py``, then read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.simulator.office import Office
from tests.tally.app.conftest import Sit

pytestmark = pytest.mark.asyncio
FOLDER = Path(__file__).with_name("snapshots")


@pytest.mark.parametrize("name", ["home-80x24", "board-80x24", "trustees-80x24"])
async def test_screens_look_as_they_did(name: str, office: Office, sit: Sit) -> None:
    for machine in ("m1", "m3"):
        office.bring(machine)
    async with sit(office) as seat:
        if not name.startswith("home"):
            await seat.choose("Tableau" if name.startswith("board") else "Dépositaires")
        seen = "\n".join(seat.rows()) + "\n"
    path = FOLDER / f"{name}.txt"
    if os.environ.get("SNAPSHOTS") == "write":
        FOLDER.mkdir(exist_ok=True)
        path.write_text(seen, "utf-8")
    assert seen == path.read_text("utf-8")

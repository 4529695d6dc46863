"""What a few screens look like, cell by cell, at named sizes; nothing on them changes from run to run.

After a wanted change: ``SNAPSHOTS=write pytest tests/station/app/test_snapshots.py``, then read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from keys.desk.program import PROGRAM
from station import answers as a
from station import deeds as d
from station import tasks as t
from station.office import Office
from tests.station.app.conftest import Play

pytestmark = pytest.mark.asyncio
FOLDER = Path(__file__).with_name("snapshots")
SIZES = {"42x12": (42, 12), "80x24": (80, 24), "85x24": (85, 24)}
SHOTS: dict[str, tuple[a.Answer, ...]] = {
    "start-80x24": (d.Go(t.Place.START),),
    "cards-80x24": (d.Begin(t.Purpose.PAUSE),),
    "namesakes-80x24": (a.Search("dupont marie"),),
    "signatures-80x24": (d.Go(t.Place.SIGNATURES), d.Counted("0", "0", "")),
    "language-42x12": (a.Search("132"), a.Choose(132), a.HandOver()),
    "contest-42x12": (a.Search("132"), a.Choose(132), a.HandOver(), a.LanguageChosen("fr"), a.Tick(2)),
    "contest-85x24": (a.Search("132"), a.Choose(132), a.HandOver(), a.LanguageChosen("en"), a.Tick(2)),
    "review-42x12": (
        a.Search("132"),
        a.Choose(132),
        a.HandOver(),
        a.LanguageChosen("fr"),
        a.Tick(2),
        a.Done(),
    ),
}


@pytest.mark.parametrize("name", SHOTS)
async def test_screen_looks_as_it_did(at_desk: Office, play: Play, name: str) -> None:
    for answer in SHOTS[name]:
        at_desk.answer(answer)
    async with play(at_desk, SIZES[name.rpartition("-")[2]]) as terminal:
        seen = terminal.text.replace(PROGRAM, "Isoloir") + "\n"
    path = FOLDER / f"{name}.txt"
    if os.environ.get("SNAPSHOTS") == "write":
        path.write_text(seen, "utf-8")
    assert seen == path.read_text("utf-8")

"""What a few screens look like, cell by cell, at named sizes; nothing on them changes from run to run.

After a wanted change: ``SNAPSHOTS=write pytest tests/station/app/test_snapshots.py``, then read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from keys.desk.program import PROGRAM
from keys.election.definition import Contest
from station import answers as a
from station.officers import deeds as d
from station.officers import tasks as t
from station.officers.office import Office
from tests.simulator.booth_face import BoothFace
from tests.station.app.conftest import Play
from tests.station.app.test_forms import GRADES, LISTS, LONG, RANKS

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


FORMS: dict[str, tuple[Contest, str, tuple[a.Answer, ...]]] = {
    "points-85x24": (LONG, "fr", (a.Give(0, 3), a.Give(6, 2))),
    "points-42x12": (LONG, "en", (a.Give(0, 3), a.Give(1, 3), a.Tick(2), a.Tick(3))),
    "ranks-85x24": (RANKS, "en", (a.Tick(0), a.Tick(3))),
    "ranks-42x12": (RANKS, "fr", (a.Tick(0), a.Tick(3))),
    "list-85x24": (LISTS, "fr", (a.Tick(0),)),
    "grades-42x12": (GRADES, "fr", (a.Give(0, 3), a.Give(1, 1), a.Done())),
}


@pytest.mark.parametrize("name", SHOTS)
async def test_screen_looks_as_it_did(at_desk: Office, play: Play, name: str) -> None:
    for answer in SHOTS[name]:
        at_desk.answer(answer)
    await compare(at_desk, play, name)


@pytest.mark.parametrize("name", FORMS)
async def test_form_looks_as_it_did(play: Play, name: str) -> None:
    held, language, answers = FORMS[name]
    face = BoothFace(held, language=language)
    for answer in answers:
        face.answer(answer)
    await compare(face, play, name)


async def compare(face: Office | BoothFace, play: Play, name: str) -> None:
    async with play(face, SIZES[name.rpartition("-")[2]]) as terminal:
        seen = terminal.text.replace(PROGRAM, "Isoloir") + "\n"
    path = FOLDER / f"{name}.txt"
    if os.environ.get("SNAPSHOTS") == "write":
        path.write_text(seen, "utf-8")
    assert seen == path.read_text("utf-8")

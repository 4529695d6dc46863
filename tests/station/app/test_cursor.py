"""Where the terminal's own cursor stands: braille displays and speech on a console follow it, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from textual.geometry import Offset

from station import questions as q
from station.app import StationApp
from tests.simulator.terminal import Terminal
from tests.station.app.conftest import Play
from tests.station.app.test_sizes import Gallery
from tests.station.wording.test_pages import questions

pytestmark = pytest.mark.asyncio


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Offset]:
    """Where the terminal was told to put its cursor: with every drawing, and at no other time."""
    places: list[Offset] = []
    display = StationApp._display

    def drawing(app: StationApp, screen: Any, renderable: Any) -> None:
        places.append(Offset(*app.cursor_position))
        display(app, screen, renderable)

    monkeypatch.setattr(StationApp, "_display", drawing)
    return places


def focused_row(terminal: Terminal) -> int | None:
    return next((at for at, row in enumerate(terminal.rows()) if row.lstrip().startswith(">")), None)


async def test_it_is_on_the_focus_of_every_page_and_on_the_title_where_nothing_has_it(
    play: Play, told: list[Offset]
) -> None:
    gallery = Gallery()
    kinds = {type(question): question for question in questions()}
    titles = 0
    async with play(gallery) as terminal:
        for kind, gallery.question in kinds.items():
            await terminal.app.draw()
            await terminal.settle()
            for key in ("", "down", "up", "f1", "x"):
                if key:
                    await terminal.press(key)
                row = focused_row(terminal)
                titles += row is None
                wanted = terminal.app.screen.query_one("#title").region.y if row is None else row
                assert told[-1].y == wanted, f"{kind.__name__} {key}\n{terminal.text}"
    assert titles > len(kinds)


async def test_it_follows_each_step(play: Play, told: list[Offset]) -> None:
    gallery = Gallery()
    gallery.question = q.ChooseLanguage(("fr", "en", "de", "it"), "fr", first=True)
    async with play(gallery) as terminal:
        seen = []
        for _ in range(4):
            assert told[-1] == (2, focused_row(terminal))
            seen.append(told[-1].y)
            await terminal.press("down")
        assert len(set(seen)) == 4

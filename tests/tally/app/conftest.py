"""An office on its evening, and somebody at its keyboard."""

from __future__ import annotations

import asyncio
import dataclasses
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import OptionList

from tally.app import OfficeApp
from tally.screens.desk import Desk
from tests.simulator.office import NOW, Office
from tests.simulator.typed import as_typed

PASSPHRASE = "a passphrase for tests"


@dataclasses.dataclass(slots=True)
class Seat:
    """Somebody at the officer's keyboard."""

    app: OfficeApp
    pilot: Pilot[int]

    def rows(self) -> list[str]:
        """What stands on the screen, row by row."""
        strips = self.app.screen._compositor.render_strips()
        return [as_typed(strip.text.rstrip()) for strip in strips]

    @property
    def text(self) -> str:
        return "\n".join(self.rows())

    @property
    def flat(self) -> str:
        return " ".join(self.text.split())

    async def leave_out_m1bis(self) -> None:
        """Write down that a machine is left out, as far as the passphrase that signs it."""
        await self.choose("Décisions")
        await self.choose("Écarter une machine : machine m1bis")
        await self.choose_field("#reason")
        await self.type("never opened")
        await self.choose("Signer cette décision")
        await self.until("La phrase de passe")

    async def until(self, words: str) -> None:
        """Wait until something stands on the screen."""
        for _ in range(600):
            await self.pilot.pause()
            if words in self.flat or self.app.faulted:
                break
            await asyncio.sleep(0.05)
        assert words in self.flat, self.text

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str, *, enter: bool = True) -> None:
        """Type into the field that has the focus; what is long is pasted."""
        if len(text) > 30:
            assert self.app.focused is not None
            self.app.focused.post_message(events.Paste(text))
            await self.pilot.pause()
        else:
            await self.press(*("space" if letter == " " else letter for letter in text))
        if enter:
            await self.press("enter")

    async def choose_field(self, which: str) -> None:
        """Go to a field by the arrows."""
        for _ in range(40):
            if self.app.focused is not None and f"#{self.app.focused.id}" == which:
                return
            await self.press("tab")
        raise AssertionError(f"no {which}:\n{self.text}")

    async def choose(self, words: str) -> None:
        """Go to a row of a menu by the arrows, and press Enter."""
        for _ in range(80):
            menu = self.app.focused
            if isinstance(menu, OptionList) and menu.highlighted is not None:
                option = menu.get_option_at_index(menu.highlighted)
                if words in as_typed(str(option.prompt)):
                    await self.press("enter")
                    return
            await self.press("down")
        raise AssertionError(f"no {words!r}:\n{self.text}")


Sit = Callable[..., AbstractAsyncContextManager[Seat]]


@pytest.fixture(scope="session")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Sealed, the day held on three machines, nothing taken in; the spare never opened."""
    office = Office.sealed(tmp_path_factory.mktemp("evening"))
    office.hold("m2", range(1, 12), as_name="m2-again")  # another box of this machine, on no stick so far
    (office.root / "stick" / "m2-again").rename(office.root / "m2-box")
    for name in ("m1", "m2", "m3"):
        office.hold(name)
    return office


@pytest.fixture
def office(evening: Office, tmp_path: Path) -> Office:
    """A copy."""
    shutil.copytree(evening.root, tmp_path / "all", symlinks=True)
    return dataclasses.replace(evening, root=tmp_path / "all")


@pytest.fixture
def sit(monkeypatch: pytest.MonkeyPatch) -> Sit:
    """Sits down at an office; the first screen looks only where a test asks it to whether others have worked."""
    monkeypatch.setattr("tally.screens.home.LOOK", 3_600)

    @asynccontextmanager
    async def seat(office: Office, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Seat]:
        desk = Desk.open(office.workspace, lambda: NOW + 20_000, lambda: [office.root / "stick"], workers=1)
        app = OfficeApp(desk)
        async with app.run_test(size=size) as pilot:
            seat = Seat(app, pilot)
            await seat.until("F1")
            for _ in range(200):
                await pilot.pause()
                if type(app.screen).__name__ == "Home":
                    break
                await asyncio.sleep(0.02)
            yield seat

    return seat

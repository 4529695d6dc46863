"""What a crash gives away, what keys do that nobody meant, what a small window shows."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual import events

import tally.screens.jobs
from keys.findings import Misuse, Refused
from tally import running
from tally.app import OfficeApp
from tally.running import check_environment, run_office
from tests.simulator.office import Office
from tests.tally.app.conftest import Sit

CANARY = "canary-7f3a9c-words"


@pytest.mark.asyncio
@pytest.mark.parametrize("where", ["open_authority", "decide"])
async def test_a_passphrase_is_in_no_output_after_a_crash(
    office: Office, sit: Sit, where: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def crash(*given: object) -> object:
        held = [*given, CANARY]
        raise RuntimeError(f"{held}")

    if where == "open_authority":
        monkeypatch.setattr("tally.workspace.Workspace.open_authority", crash)
    else:
        monkeypatch.setattr("tally.workspace.Workspace.open_authority", lambda *_: object())
        monkeypatch.setattr(tally.screens.jobs, "decide", crash)
    for name in ("m1", "m2", "m3"):
        office.bring(name)
    async with sit(office) as seat:
        await seat.leave_out_m1bis()
        await seat.type(CANARY, enter=False)
        assert CANARY not in seat.text
        app = seat.app
        app.post_message(events.Key("enter", "\r"))
        for _ in range(200):
            if app.faulted:
                break
            await asyncio.sleep(0.05)
        assert app.faulted and app.return_code == 1
    said = capfd.readouterr()
    assert CANARY not in said.out + said.err and "Traceback" not in said.out + said.err
    for path in office.root.joinpath("office").rglob("*"):
        assert not path.is_file() or CANARY.encode() not in path.read_bytes()


def test_the_command_says_so_in_plain_words(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(app: OfficeApp, **_: object) -> None:
        app._handle_exception(RuntimeError(CANARY))

    monkeypatch.setattr(OfficeApp, "run", fail)
    with pytest.raises(Refused, match="T-890") as caught:
        run_office(office.workspace, 1)
    assert CANARY not in str(caught.value) and "kept" in str(caught.value)


def test_no_variable_opens_a_side_door() -> None:
    check_environment({"HOME": "/root"})
    with pytest.raises(Misuse, match="TEXTUAL_DEBUG"):
        check_environment({"TEXTUAL_DEBUG": "1"})
    assert running.__all__ == ["check_environment", "run_office"]


@pytest.mark.asyncio
async def test_keys_that_nobody_meant_do_nothing(office: Office, sit: Sit) -> None:
    async with sit(office) as seat:
        before = seat.rows()
        for letter in "abcdefghklnopqrstuvwxyz":
            await seat.press(f"ctrl+{letter}")
        await seat.press("ctrl+backslash", "f5", "f10", "delete", "insert")
        assert seat.rows()[1:] == before[1:]
        await seat.press("escape")
        assert "C'est le premier écran" in seat.flat and not seat.app.faulted


@pytest.mark.asyncio
async def test_nothing_is_lost_in_a_small_window_and_all_is_there_in_a_large_one(
    office: Office, sit: Sit
) -> None:
    async with sit(office) as seat:
        await seat.pilot.resize_terminal(60, 15)
        await seat.pilot.pause()
        assert "Cette fenêtre est trop petite" in seat.flat and "QUE FAIRE" not in seat.text
        await seat.pilot.resize_terminal(200, 60)
        await seat.pilot.pause()
        assert "QUE FAIRE MAINTENANT" in seat.text and "Quitter le programme" in seat.text


@pytest.mark.asyncio
async def test_help_is_everywhere(office: Office, sit: Sit) -> None:
    async with sit(office) as seat:
        for row in ("Tableau", "Décisions", "Dépositaires", "Constats", "Sauvegarder"):
            await seat.choose(row)
            title = seat.rows()[1]
            await seat.press("f1")
            assert "Aide" in seat.rows()[1], row
            await seat.press("escape")
            assert seat.rows()[1] == title
            await seat.press("escape")
            assert "QUE FAIRE" in seat.text


def test_the_folder_of_a_board_is_named(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match="holds no vote"):
        run_office(Office(tmp_path, None, (), {}, {}).workspace, 1)  # type: ignore[arg-type]

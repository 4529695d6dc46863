"""The command around the app: a restart after an error, and a real terminal that is told nothing."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from keys.election.statement import Mode
from station import running
from station.app import StationApp
from station.faces.face import OfficeFace
from station.faces.faultface import FaultFace
from station.officers.office import Office
from tests.simulator.ready import good_machine
from tests.simulator.typed import as_typed
from tests.station.app.conftest import DeskPrinter

ROOT = Path(__file__).parents[3]


def test_after_an_error_officers_restart_and_later_switch_off(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, runs = [], []

    @contextmanager
    def open_office(_: Mode) -> Iterator[Office]:
        opened.append(office)
        yield office

    def run(app: StationApp, **_: object) -> None:
        runs.append(app._face)
        if isinstance(app._face, FaultFace):
            app._face.restart = True
        elif len(opened) == 1:
            app.faulted = True
        else:
            office.finished = True

    monkeypatch.setattr(StationApp, "run", run)
    assert running.run_station(open_office, Mode.OFFICIAL) == 0
    assert [type(face) for face in runs] == [OfficeFace, FaultFace, OfficeFace]


def test_switching_off_after_an_error_is_switching_off_and_where_its_page_fails_too_one_line_is_left(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(app: StationApp, **_: object) -> None:
        if isinstance(app._face, FaultFace):
            app._face.restart = False
        else:
            app.faulted = True

    monkeypatch.setattr(StationApp, "run", run)

    @contextmanager
    def open_office(_: Mode) -> Iterator[Office]:
        yield office

    assert running.run_station(open_office, Mode.OFFICIAL) == 0

    def fail(app: StationApp, **_: object) -> None:
        app.faulted = True

    monkeypatch.setattr(StationApp, "run", fail)
    assert not capsys.readouterr().out
    assert running.run_station(open_office, Mode.OFFICIAL) == 1, "a kiosk begins again"
    assert as_typed(capsys.readouterr().out) == "La machine s'est arrêtée. Appelez le 05 36 49 10 10.\n"


def test_the_office_of_a_folder(folder: Path) -> None:
    with running.office_of(
        folder, Mode.OFFICIAL, lambda _: DeskPrinter(), lambda: None, good_machine(lambda: 0)
    ) as office:
        assert office.day.counts().electors == 6
        assert running.closing_hour(office.day.manifest.definition) == 1_791_129_600


CHILD = """
import sys
from pathlib import Path
from typing import Any
from keys.election.statement import Mode
from station import running
from station.app import StationApp
from tests.simulator.ready import good_machine
from tests.station.app.conftest import DeskPrinter

def crash(self):
    choice = "canary-7f3a9c"
    raise RuntimeError(choice)

StationApp.toggle_contrast = crash
def office(mode):
    probe = good_machine(lambda: 0)
    return running.office_of(Path(sys.argv[1]), mode, lambda _: DeskPrinter(), lambda: None, probe)

sys.exit(running.run_station(office, Mode.OFFICIAL))
"""


def test_on_a_real_terminal_a_crash_shows_our_own_page_and_nothing_else(folder: Path) -> None:
    ours, theirs = pty.openpty()
    environment = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"}
    command = [sys.executable, "-c", CHILD, str(folder)]
    # As on a kiosk: what goes to standard error is thrown away.
    ends: Any = {"stdin": theirs, "stdout": theirs, "stderr": subprocess.DEVNULL}
    child = subprocess.Popen(command, cwd=ROOT, env=environment, **ends)
    os.close(theirs)
    try:
        assert "maintenant" in read_until(ours, "maintenant")
        time.sleep(1.0)
        os.write(ours, b"\x1bOS")  # F4
        after = read_until(ours, "S-901")
        time.sleep(1.0)
        os.write(ours, b"\x1b[B")  # down, to the second button
        time.sleep(0.2)
        os.write(ours, b"\r")
        after += read_until(ours, "\x1b[?1049l")
        assert child.wait(20) == 0
    finally:
        child.kill()
        os.close(ours)
    assert "Aucun choix" in after
    assert "canary" not in after
    assert "Traceback" not in after


def read_until(terminal: int, wanted: str, seconds: float = 30.0) -> str:
    seen, until = "", time.monotonic() + seconds
    while wanted not in seen and time.monotonic() < until:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                seen += os.read(terminal, 65536).decode("utf-8", "replace")
            except OSError:
                break
    assert wanted in seen, seen[-2000:]
    return seen


REFUSED = """
import sys
from station.cli import main
from station.commands import running

running._READING = 0
sys.argv = ["station", "run", "--dir", sys.argv[1]]
main()
"""


def test_on_a_kiosk_the_screen_says_why_the_station_cannot_start(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    ends: Any = {"stdin": theirs, "stdout": theirs, "stderr": subprocess.DEVNULL}
    child = subprocess.Popen([sys.executable, "-c", REFUSED, str(tmp_path)], cwd=ROOT, **ends)
    os.close(theirs)
    try:
        shown = read_until(ours, str(tmp_path))
        assert child.wait(20) in {1, 3}, "a kiosk begins again"
        assert "Traceback" not in shown
    finally:
        child.kill()
        os.close(ours)

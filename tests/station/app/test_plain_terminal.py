"""Plain mode on real terminals: what is left in a scrollback, and what keys, faults and a lost line do."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from keys.desk.cards import Card
from station.checks.readiness import Point
from tests.simulator.ready import OPEN_LINE, line_of, ticked
from tests.simulator.terminal import PIN
from tests.simulator.tmux import Tmux
from tests.station.app.test_running import ROOT, read_until

CHILD = """
import sys, time
from pathlib import Path
from keys.election.statement import Mode
from station import running
from station.faces.plain import show_plain
from tests.simulator.ready import good_machine
from tests.station.app.conftest import DeskPrinter

def crash(*_):
    choice = "canary-7f3a9c"
    raise RuntimeError(choice)

if "crash" in sys.argv:
    import station.faces.plain
    station.faces.plain.lines_help = crash
printer, (folder, stick) = DeskPrinter(), map(Path, sys.argv[1:3])
probe = good_machine(lambda: 1_791_100_800)
office = lambda mode: running.office_of(folder, mode, lambda _: printer, lambda: stick, probe)
sys.exit(running.run_station(office, Mode.OFFICIAL, lambda face, _: show_plain(face, lambda: time.monotonic() * 10)))
"""
"""Its clock is ten times as fast: nobody has to wait long before they may type."""


def child(folder: Path, stick: Path, *more: str) -> list[str]:
    return [sys.executable, "-c", CHILD, str(folder), str(stick), *more]


def test_a_day_leaves_nothing_of_a_visit_in_the_scrollback(
    folder: Path, cards: tuple[Card, ...], tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with Tmux(tmp_path, child(folder, stick), ROOT, (80, 10)) as terminal:
        terminal.expect("Que faire maintenant ?")
        terminal.type("1", then=ticked(0))
        terminal.type(line_of(Point.LIST), then=ticked(1))
        terminal.type(line_of(Point.CARDS), then=ticked(2))
        terminal.type(OPEN_LINE, then="Personne 1 : carte attendue")
        terminal.type(cards[0].text, then="carte 1 lue")
        terminal.type(cards[1].text, then="Choisissez un code")
        terminal.type(PIN, then="encore une fois :")
        seen = terminal.type(PIN, then="1) Ouvrir le bureau")
        assert PIN not in seen
        assert cards[0].groups[1] not in seen
        terminal.type("1", then="L'urne est vide.")
        terminal.type("1", then="Votants 0 sur 6")
        terminal.type("132", then="DUPONT Marie")
        seen = terminal.type("2", then="Laisser la place à la personne n° 132")
        assert "DUPONT" not in seen
        seen = terminal.type("1", then="BONJOUR")
        assert "132" not in seen
        terminal.type("1", then="0 choix sur 3.")
        seen = terminal.type("1", then="1 choix sur 3.")
        assert terminal.hidden_rows() > 0
        assert "Réclusane, choisi" in seen
        seen = terminal.type("5", then="Rien n'est encore enregistré.")
        assert "- Clarifier" in seen
        assert ", choisi" not in seen
        slip = terminal.type("2", then="Prenez votre billet")
        assert "Clarifier" not in slip
        time.sleep(0.2)
        terminal.type("1", then="Que voulez-vous faire ?")
        terminal.type("2", then="Ces choix ne sont PAS comptés.")
        seen = terminal.type("1", then="BONJOUR")
        assert "Clarifier" not in seen
        terminal.type("1", then="0 choix sur 3.")
        terminal.type("2", then="1 choix sur 3.")
        terminal.type("5", then="Aire de jeux")
        terminal.type("2", then="Prenez votre billet")
        time.sleep(0.2)
        terminal.type("1", then="Que voulez-vous faire ?")
        receipt = (
            terminal.type("1", then="Le code de votre reçu").partition("Le code de votre reçu")[2].split()
        )
        code = " ".join(receipt[1:4])
        assert len(code) == 11
        seen = terminal.type("1", then="votre code :")
        assert "Aire de jeux" not in seen
        assert code not in seen
        seen = terminal.type(PIN, then="DUPONT Marie")
        assert PIN not in seen
        seen = terminal.type("1", then="Votants 1 sur 6")
        for word in ("DUPONT", "132", "Aire de jeux", "Clarifier", code, "Votre", ", choisi"):
            assert word not in seen, word
        terminal.type("f8", then="Plus personne dans la file")
        terminal.type("", "3", then="Comptez les signatures")
        terminal.type("Claire", "1", "Yann", "1", "", then="Les trois nombres sont égaux.")
        terminal.type("1", then="carte attendue")
        terminal.type(cards[0].text, then="carte 1 lue")
        terminal.type(cards[1].text, then="1) Fermer le bureau")
        terminal.type("1", then="Le bureau est fermé.")
        terminal.type("1", then="Vous pouvez retirer la clé USB.")
    assert list(stick.rglob("box.sqlite"))


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """The two ends of a terminal; a test may have closed ours."""
    ours, theirs = pty.openpty()
    yield ours, theirs
    os.close(theirs)
    with suppress(OSError):
        os.close(ours)


def start(command: list[str], theirs: int) -> subprocess.Popen[bytes]:
    environment = {"PATH": os.environ["PATH"], "TERM": "linux", "LANG": "C.UTF-8"}
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE
    )


def type_line(ours: int, line: bytes, then: str) -> str:
    time.sleep(0.2)
    os.write(ours, line + b"\r")
    return read_until(ours, then)


def test_control_keys_and_a_megabyte_stop_nothing(
    folder: Path, tmp_path: Path, terminal: tuple[int, int]
) -> None:
    ours, theirs = terminal
    before = termios.tcgetattr(theirs)
    process = start(child(folder, tmp_path), theirs)
    try:
        read_until(ours, "? : aide")
        type_line(ours, b"\x03\x1a\x1c\x04\x13\x11\x16\x0f\x1b[2J\xff\xfe9", "sous ce num")
        for _ in range(250):
            os.write(ours, b"7" * 4000 + b"\r" * 96)
            while select.select([ours], [], [], 0)[0]:
                os.read(ours, 65536)
        time.sleep(0.5)
        assert "crire un incident" not in type_line(ours, b"\x15?", "Tapez le num")
        type_line(ours, b"\x15", "Que faire maintenant ?")
        type_line(ours, b"4", "teindre la machine ?")
        type_line(ours, b"2", "\x1b[3J")
        assert process.wait(20) == 0
        assert termios.tcgetattr(theirs) == before
    finally:
        process.kill()


def test_a_terminal_that_is_closed_ends_it_without_a_word_of_the_program(
    folder: Path, terminal: tuple[int, int]
) -> None:
    ours, theirs = terminal
    station = str(Path(sys.executable).with_name("station"))
    process = start([station, "run", "--plain", "--dir", str(folder)], theirs)
    try:
        read_until(ours, "? : aide")
        os.close(ours)
        assert process.wait(20) == 3
        assert process.stderr is not None
        assert process.stderr.read() == b"station: the terminal was closed\n"
    finally:
        process.kill()


def test_whoever_ends_the_program_finds_an_empty_terminal(folder: Path, terminal: tuple[int, int]) -> None:
    ours, theirs = terminal
    before = termios.tcgetattr(theirs)
    station = str(Path(sys.executable).with_name("station"))
    process = start([station, "run", "--plain", "--dir", str(folder)], theirs)
    try:
        read_until(ours, "? : aide")
        process.terminate()
        read_until(ours, "\x1b[3J")
        assert process.wait(20) == 3
        assert termios.tcgetattr(theirs) == before
        assert process.stderr is not None
        assert process.stderr.read() == b"station: the program was ended\n"
    finally:
        process.kill()


def test_after_an_error_our_own_page_is_said_and_nothing_else(
    folder: Path, tmp_path: Path, terminal: tuple[int, int]
) -> None:
    ours, theirs = terminal
    process = start(child(folder, tmp_path, "crash"), theirs)
    try:
        read_until(ours, "? : aide")
        said = type_line(ours, b"?", "teindre la machine")
        said += type_line(ours, b"2", "\x1b[3J")
        assert process.wait(20) == 0
        assert process.stderr is not None
        said += process.stderr.read().decode()
    finally:
        process.kill()
    assert "S-901" in said
    assert "Aucun choix" in said
    assert "canary" not in said
    assert "Traceback" not in said

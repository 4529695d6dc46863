"""What is read of the system, from files that another machine could have."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from keys.election.statement import Mode
from station.booth import booth_contests
from station.checks.facts import PrinterFact, SpoolFact
from station.checks.probes import Probes, encrypted, links, power
from station.checks.selftest import codes_are_read, proofs_hold
from station.checks.spooling import printer_state, spool
from station.commands.given import stick_at
from station.day import Day, open_day
from station.disk.log import EventKind, pack_event
from tests.simulator.walking import Clock


def machine(root: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


NET = "sys/class/net"


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({f"{NET}/lo/operstate": "unknown\n"}, ()),
        ({f"{NET}/eth0/operstate": "down\n"}, ()),
        ({f"{NET}/eth0/operstate": "up\n", f"{NET}/wlan0/operstate": "dormant\n"}, ("eth0", "wlan0")),
        ({f"{NET}/tun0/operstate": "unknown\n", f"{NET}/tun0/carrier": "1\n"}, ("tun0",)),
        ({f"{NET}/tun0/operstate": "unknown\n", f"{NET}/tun0/carrier": "0\n"}, ()),
    ],
)
def test_networks(tmp_path: Path, files: dict[str, str], found: tuple[str, ...]) -> None:
    assert links(machine(tmp_path, files)) == found


def test_a_system_that_says_nothing_is_not_taken_for_a_good_one(tmp_path: Path) -> None:
    assert links(tmp_path) is None
    assert power(tmp_path) == (None, None)
    assert encrypted(tmp_path, tmp_path) is None
    assert spool(tmp_path) == ((), SpoolFact.UNKNOWN)


SUPPLY = "sys/class/power_supply"


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({f"{SUPPLY}/AC/type": "Mains", f"{SUPPLY}/AC/online": "1"}, (True, None)),
        ({f"{SUPPLY}/AC/type": "Mains", f"{SUPPLY}/AC/online": "0"}, (False, None)),
        (
            {
                f"{SUPPLY}/AC/type": "Mains",
                f"{SUPPLY}/AC/online": "0",
                f"{SUPPLY}/BAT0/type": "Battery",
                f"{SUPPLY}/BAT0/capacity": "41",
            },
            (False, 41),
        ),
        ({f"{SUPPLY}/mouse/type": "Battery", f"{SUPPLY}/mouse/scope": "Device"}, (True, None)),
        ({f"{SUPPLY}/BAT0/type": "Battery", f"{SUPPLY}/BAT0/capacity": "x"}, (False, 0)),
    ],
)
def test_mains_and_battery(
    tmp_path: Path, files: dict[str, str], found: tuple[bool | None, int | None]
) -> None:
    assert power(machine(tmp_path, files)) == found


def test_a_disk_is_encrypted_where_all_that_is_under_it_is(tmp_path: Path) -> None:
    number = tmp_path.stat().st_dev
    device = tmp_path / f"sys/dev/block/{os.major(number)}:{os.minor(number)}"
    machine(tmp_path, {f"{device.relative_to(tmp_path)}/size": "1"})
    assert encrypted(tmp_path, tmp_path) is False
    below = device / "slaves/dm-0/dm"
    below.mkdir(parents=True)
    (below / "uuid").write_text("CRYPT-LUKS2-0123-root\n")
    assert encrypted(tmp_path, tmp_path) is True
    (device / "slaves/sdb1").mkdir()
    assert encrypted(tmp_path, tmp_path) is False


CLEAN = "PreserveJobHistory No\nPreserveJobFiles No\nPageLogFormat\nAccessLogLevel config\n"


@pytest.mark.parametrize(
    ("settings", "kept"),
    [
        (CLEAN, ()),
        (CLEAN.replace("PageLogFormat\n", ""), ()),
        (CLEAN.replace("History No", "History Yes"), ("PreserveJobHistory Yes",)),
        (CLEAN.replace("PreserveJobFiles No\n", ""), ("PreserveJobFiles",)),
        (CLEAN + "PageLogFormat %p %u\n", ("PageLogFormat %p %u",)),
        (CLEAN + "preservejobfiles 86400\n", ("preservejobfiles 86400",)),
        (CLEAN.replace("AccessLogLevel config\n", ""), ("AccessLogLevel",)),
        (CLEAN.replace("config", "actions"), ("AccessLogLevel actions",)),
        (CLEAN.replace(" ", "\t"), ()),
        (
            "# PreserveJobHistory No\n# PreserveJobFiles No\n",
            ("AccessLogLevel", "PreserveJobFiles", "PreserveJobHistory"),
        ),
    ],
)
def test_what_a_print_system_keeps(tmp_path: Path, settings: str, kept: tuple[str, ...]) -> None:
    found = spool(machine(tmp_path, {"etc/cups/cupsd.conf": settings}))
    assert found == (kept, SpoolFact.KEEPS if kept else SpoolFact.NOTHING)


@pytest.mark.parametrize(
    ("command", "said", "found"),
    [
        (None, None, PrinterFact.NONE),
        ("lp -d booth", "printer booth is idle.  enabled since today\n", PrinterFact.READY),
        ("lp -dbooth", "printer booth is idle.\n\tAlerts: media-empty-error\n", PrinterFact.NO_PAPER),
        ("lpr -P booth", "printer booth disabled since today -\n\tPaused\n", PrinterFact.STOPPED),
        ("lp", None, PrinterFact.UNKNOWN),
        ("./my-printer", "printer booth is idle.\n", PrinterFact.UNKNOWN),
    ],
)
def test_what_is_known_of_the_printer(command: str | None, said: str | None, found: PrinterFact) -> None:
    asked: list[list[str]] = []

    def run(words: object) -> str | None:
        assert isinstance(words, list)
        asked.append(words)
        return said

    assert printer_state(command, run) is found
    if command in {"lp -d booth", "lp -dbooth", "lpr -P booth"}:
        assert asked == [["lpstat", "-l", "-p", "booth"]]


def test_the_machine_tries_its_codes_and_its_proofs(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    contest = booth_contests(day.manifest, day.station)[0]
    assert codes_are_read(os.urandom)
    assert proofs_hold(contest, os.urandom)
    monkeypatch.setattr("station.checks.selftest.verify_ballot", lambda *_: None)
    assert not proofs_hold(contest, os.urandom), "a verifier that accepts everything"
    monkeypatch.setattr("station.checks.selftest.half_blocks", lambda modules: ["█" * 61] * 31)
    assert not codes_are_read(os.urandom)


def test_a_line_of_the_log_that_was_changed_is_found(folder: Path, day: Day, clock: Clock) -> None:
    day.open()
    day.note_incident("courant coupé")
    (event,) = (event for event in day.store.events() if event.kind is EventKind.INCIDENT)
    path = day.store.path
    day.store.close()
    probes = Probes(clock, printing=None, stick=lambda: None, cells=lambda: None)

    def whole() -> bool:
        with open_day(folder, Mode.OFFICIAL, clock) as again:
            return probes(again, None).log_whole

    assert whole()
    with closing(sqlite3.connect(path)) as database, database:
        row = pack_event(replace(event, text="rien du tout"))
        changed = database.execute("UPDATE event SET body = ? WHERE body = ?", (row, pack_event(event)))
        assert changed.rowcount == 1
    assert not whole()


def test_a_stick_that_cannot_be_looked_at_is_no_stick(tmp_path: Path) -> None:
    assert stick_at(None, tmp_path)() is None
    assert stick_at(tmp_path, tmp_path)() == tmp_path
    assert stick_at(tmp_path / "none", tmp_path)() is None
    assert stick_at(tmp_path / ("n" * 300), tmp_path)() is None, "the system answers with an error"

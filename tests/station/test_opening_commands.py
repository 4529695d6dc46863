"""`station open` and `station reopen` make the readiness check, and sign what was passed in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from keys.election.report import PauseReport, ZeroReport
from keys.election.statement import Mode, StatementType
from station.day import open_day
from tests.simulator.commands import Machine
from tests.simulator.polling import seal_polling

LIST = "Liste d’émargement papier"


@pytest.fixture
def real(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine of a vote that is no demonstration."""
    for room in ("station.workings", "station.checks.probes"):
        monkeypatch.setattr(f"{room}.check_filesystem", lambda _: None)
    (tmp_path / "polling").mkdir()
    return Machine(seal_polling(tmp_path / "polling", demonstration=False), tmp_path, capsys)


def test_a_real_vote_opens_when_its_list_lies_on_the_table(real: Machine) -> None:
    real.load()
    without = real.do("open", "--json")
    assert (without.status, without.codes) == (1, ["S-112"])
    assert without.data["findings"][0]["subject"] == "list"
    assert real.run("status", "--dir", real.folder, "--json").data["state"] == "prepared"
    opened = real.do("open", "--paper-list", "--json")
    assert opened.status == 0
    assert not any(LIST in line for line in opened.data["passed"])


def test_a_rehearsal_opens_without_a_list_and_its_report_says_so(real: Machine) -> None:
    real.load(Mode.REHEARSAL)
    opened = real.do("open", "--json", mode=Mode.REHEARSAL)
    assert opened.status == 0
    assert sum(LIST in line for line in opened.data["passed"]) == 1


def test_the_check_of_an_opening_stands_in_its_report_and_stops_it(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.load()
    monkeypatch.setattr("station.checks.readiness._DISK_FULL", 1 << 60)
    said = machine.do("open", "--paper-list", "--json")
    assert (said.status, said.codes) == (1, ["S-112"])
    assert said.data["findings"][0]["subject"] == "disk"
    monkeypatch.undo()
    passed = machine.do("open", "--json").data["passed"]
    machine.do("pause")
    assert machine.do("reopen", "--json").data["passed"] == [], "the same day, no check"
    monkeypatch.setattr("station.commands.opening.is_another_day", lambda *_: True)
    machine.do("pause")
    again = machine.do("reopen", "--paper-list", "--json").data["passed"]
    assert set(passed) - set(again) == {line for line in passed if LIST in line}
    assert again
    with open_day(machine.folder, Mode.OFFICIAL, lambda: 0) as day:
        contents = [day.report(kind) for kind in (StatementType.ZERO_REPORT, StatementType.REOPENING_REPORT)]
        zero, reopening = contents
        assert zero is not None
        assert reopening is not None
        assert list(ZeroReport.from_content(zero.content, "").notes) == passed
        assert list(PauseReport.from_content(reopening.content, "").notes or ()) == again

"""The command `station`: a whole day of commands, exit statuses, and one clear sentence for every bad input."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from keys.election.statement import Mode, StatementType, read_statement
from keys.paper.groups import fingerprint_text, short_code
from station.commands.given import now
from station.day import open_day
from tests.simulator.commands import Machine
from tests.simulator.polling import PollingPlaces, seal_polling

VISITS = ('{"elector": 1, "choices": {"ville": ["1"], "roguet": ["2"]}}', '{"elector": 2, "choices": {}}')


# The day


@pytest.mark.parametrize("mode", list(Mode))
def test_a_whole_day(machine: Machine, mode: Mode) -> None:
    assert machine.load(mode).status == 0
    opened = machine.do("open", "--json", mode=mode)
    assert opened.status == 0
    paper = Path(opened.data["paper"])
    assert paper.read_bytes().startswith(b"%PDF")
    assert machine.do("cast", machine.script(*VISITS), "--json", mode=mode).data["cast"] == 2
    assert machine.do("pause", "--reason", "lunch", mode=mode).status == 0
    assert machine.do("reopen", mode=mode).status == 0
    extra = ["--rehearsal"] if mode is Mode.REHEARSAL else []
    noted = machine.run("incident", "The lamp failed.", "--dir", machine.folder, *extra)
    assert noted.status == 0
    closed = machine.do("close", "--signatures", "2", "--json", mode=mode).data
    assert (closed["marks"], closed["ballots"], closed["signatures"]) == (2, 2, 2)
    stick = machine.root / "stick"
    box = Path(machine.do("export", "--out", stick, "--json", mode=mode).data["box"])
    assert box == stick / f"box-{mode.name.lower()}-m1"
    kinds = [read_statement(path.read_bytes()).header.type for path in sorted(box.glob("0*.cose"))]
    assert kinds == [
        StatementType.ZERO_REPORT,
        StatementType.PAUSE_REPORT,
        StatementType.REOPENING_REPORT,
        StatementType.CLOSING_REPORT,
    ]
    for kind in ("zero", "closing", "last"):
        for roll in ([], ["--roll"]):
            target = machine.root / "report.pdf"
            made = machine.run("report", kind, "--dir", machine.folder, "--out", target, *roll, *extra)
            assert made.status == 0
            assert target.read_bytes().startswith(b"%PDF")
    status = machine.run("status", "--dir", machine.folder, "--json", *extra).data
    assert (status["state"], status["marks"], status["electors"]) == ("closed", 2, 12 if extra else 11)


def test_the_status_hides_the_number_from_the_announcement_to_the_count(machine: Machine) -> None:
    machine.load()
    machine.do("open")
    machine.do("cast", machine.script(*VISITS))

    def status() -> tuple[str, int | None]:
        said = machine.run("status", "--dir", machine.folder)
        return said.out, machine.run("status", "--dir", machine.folder, "--json").data["marks"]

    assert "Voted: 2 of 11" in status()[0]
    with open_day(machine.folder, Mode.OFFICIAL, now) as day:
        day.announce()
    text, marks = status()
    assert marks is None
    assert "Voted:" not in text
    assert "told after the count of signatures" in text
    machine.do("close", "--signatures", "2")
    text, marks = status()
    assert (marks, "Voted: 2 of 11" in text) == (2, True)


def test_a_day_in_processes_of_their_own(machine: Machine) -> None:
    """As they are installed: the same answers, and the day goes on from process to process."""
    program = Path(sys.executable).with_name("station")
    assert machine.load().status == 0
    options = ["--dir", str(machine.folder), *machine.cards()]
    for words in (
        ["open"],
        ["cast", str(machine.script(*VISITS))],
        ["close", "--signatures", "2"],
        ["export", "--out", str(machine.root / "stick")],
    ):
        done = subprocess.run([program, *words, *options], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""


def test_enrolling(machine: Machine, polling: PollingPlaces) -> None:
    draft = polling.office / "draft.cose"
    paper = fingerprint_text(read_statement(draft.read_bytes()).fingerprint)
    out, cards = machine.root / "out", machine.root / "cards"
    words = ["enrol", draft, "--machine", "m2", "--dir", machine.root / "new", "--out", out, "--cards", cards]
    assert machine.run(*words, "--paper", paper[:-1] + ("0" if paper[-1] != "0" else "1")).status == 1
    assert not (machine.root / "new" / "machine.json").exists()
    done = machine.run(*words, "--paper", paper, "--json")
    assert (done.status, done.data["cards"]) == (0, 3)
    assert {path.name for path in out.iterdir()} == {
        "enrolment-official-m2.cose",
        "enrolment-rehearsal-m2.cose",
    }
    names = sorted(path.name for path in cards.iterdir())
    assert len(names) == 2 * 3 * 2
    assert all(stat.S_IMODE((cards / name).stat().st_mode) == 0o600 for name in names)
    again = machine.run(*words, "--paper", paper)
    assert again.status == 2


def test_status_before_anything_is_loaded(machine: Machine) -> None:
    said = machine.run("status", "--dir", machine.folder, "--json")
    assert (said.status, said.data["state"]) == (0, "enrolled")


def test_a_spare_takes_over(machine: Machine) -> None:
    stick, out = machine.root / "stick", machine.root / "out"
    machine.load()
    for words in (["open"], ["cast", machine.script(*VISITS)], ["pause"]):
        assert machine.do(*words, "--stick", stick).status == 0
    spare, _ = machine.polling.loaded(machine.root, "m1-spare")
    own = machine.cards(name="m1-spare")
    dead = [word.replace("--card", "--dead-card") for word in machine.cards()]
    words = ["takeover", "--dir", spare, "--stick", stick, *own, "--signatures", "2"]
    assert machine.run(*words).status == 2  # no cards of the other machine, and no terminal
    assert machine.run(*words, *dead, "--machine", "m2", "--json").codes == ["S-131"]
    swapped = [word.replace("--card", "--dead-card") for word in own]
    assert machine.run(*words, *swapped, "--json").codes == ["S-101"]
    done = machine.run(*words, *dead, "--out", out, "--json")
    assert done.status == 0
    assert (done.data["machine"], done.data["marks"], done.data["ballots"]) == ("m1", 2, 2)
    assert Path(done.data["paper"]).read_bytes().startswith(b"%PDF")
    assert (out / "box-official-m1" / "box.sqlite").exists()
    assert machine.run("open", "--dir", spare, *own).status == 0
    again = machine.run("cast", machine.script(VISITS[0]), "--dir", spare, *own, "--json")
    assert (again.status, again.codes) == (1, ["S-301"])


def test_a_stick_that_is_not_there_or_goes_away(machine: Machine) -> None:
    machine.load()
    assert machine.do("open", "--stick", machine.root / "nowhere").status == 3
    assert machine.run("status", "--dir", machine.folder, "--json").data["state"] == "prepared"
    assert (
        machine.run("takeover", "--dir", machine.folder, "--stick", machine.root, *machine.cards()).status
        == 1
    )


# Refused: 1


def test_a_wrong_fingerprint_loads_nothing(machine: Machine) -> None:
    paper = fingerprint_text(machine.polling.fingerprints[Mode.REHEARSAL])
    said = machine.do("load", machine.polling.package("m1"), "--paper", paper, "--out", machine.root / "s")
    assert said.status == 1
    assert "V-156" in said.err, "it stands on the poster of the rehearsal"
    other = machine.do(
        "load",
        machine.polling.package("m1"),
        "--paper",
        fingerprint_text(bytes(32)),
        "--out",
        machine.root / "s",
    )
    assert "V-119" in other.err
    assert not (machine.folder / "official.db").exists()
    short = machine.do("load", machine.polling.package("m1"), "--paper", "1234", "--out", machine.root / "s")
    assert short.status == 1


def test_cards_that_do_not_open(machine: Machine) -> None:
    machine.load()
    first, second = (Path(path) for path in machine.cards()[1::2])
    for texts, code in (
        ((first.read_text(), first.read_text()), "S-102"),
        ((first.read_text(), machine.polling.two("m2")[0].text), "S-101"),
        ((first.read_text(), "7" + second.read_text()[1:]), "S-120"),
        ((first.read_text(), second.read_text()[:-1]), "S-121"),
        ((first.read_text(), ""), "S-121"),
        ((first.read_text(), "\udcff".encode("utf-8", "surrogateescape").decode("latin-1")), "S-121"),
    ):
        files = [machine.root / "one.txt", machine.root / "two.txt"]
        for path, text in zip(files, texts, strict=True):
            path.write_text(text)
        said = machine.run("open", "--dir", machine.folder, "--card", files[0], "--card", files[1], "--json")
        if texts[1].startswith("7") and second.read_text().startswith("7"):
            continue
        assert (said.status, said.codes) == (1, [code])
    assert machine.run("status", "--dir", machine.folder, "--json").data["state"] == "prepared"


def test_steps_out_of_turn(machine: Machine) -> None:
    for words in (["open"], ["pause"], ["close", "--signatures", "0"], ["export", "--out", machine.root]):
        assert machine.do(*words, "--json").codes == ["S-104"]
    machine.load()
    for words in (["pause"], ["reopen"], ["close", "--signatures", "0"], ["export", "--out", machine.root]):
        said = machine.do(*words, "--json")
        assert (said.status, said.codes) == (1, ["S-105"])
    missing = machine.run("report", "closing", "--dir", machine.folder, "--out", machine.root / "r.pdf")
    assert missing.status == 1
    assert not (machine.root / "r.pdf").exists()
    machine.do("open")
    assert machine.do("open", "--json").codes == ["S-105"]


def test_a_line_that_is_no_visit_stops_the_script_after_those_before_it(machine: Machine) -> None:
    machine.load()
    machine.do("open")
    for bad, code in (
        ("not json", "S-310"),
        ('{"elector": 3, "choices": {"ville": ["9"]}}', "S-303"),
        ('{"elector": 11, "choices": {}}', "S-302"),
        ('{"elector": 99, "choices": {}}', "S-302"),
        (VISITS[0], "S-301"),
    ):
        before = machine.run("status", "--dir", machine.folder, "--json").data["marks"]
        good = f'{{"elector": {before + 3 if before else 1}, "choices": {{"ville": ["2"]}}}}'
        last = '{"elector": 10, "choices": {}}'
        said = machine.do("cast", machine.script(good, bad, last), "--json")
        assert (said.status, said.codes) == (1, [code])
        assert machine.run("status", "--dir", machine.folder, "--json").data["marks"] == before + 1
    assert machine.do("close", "--signatures", "5").status == 0


def test_a_script_is_refused_while_nobody_can_vote(machine: Machine) -> None:
    machine.load()
    assert machine.do("cast", machine.script(*VISITS), "--json").codes == ["S-105"]
    machine.do("open")
    machine.do("pause")
    assert machine.do("cast", machine.script(*VISITS), "--json").codes == ["S-105"]
    machine.do("reopen")
    assert machine.do("cast", machine.script(*VISITS), "--json").data["cast"] == 2
    machine.do("close", "--signatures", "2")
    assert machine.do("cast", machine.script(*VISITS), "--json").codes == ["S-105"]


def test_a_choice_is_in_no_message(machine: Machine) -> None:
    machine.load()
    machine.do("open")
    secret = "Secret-Choice"
    for line in (f'{{"elector": 1, "choices": {{"ville": ["{secret}"]}}}}', f'["{secret}"]', secret):
        said = machine.do("cast", machine.script(line))
        assert said.status == 1
        assert secret not in said.out + said.err


def test_a_real_vote_is_not_cast_from_a_script(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for room in ("station.workings", "station.checks.probes"):
        monkeypatch.setattr(f"{room}.check_filesystem", lambda _: None)
    (tmp_path / "polling").mkdir()
    real = Machine(seal_polling(tmp_path / "polling", demonstration=False), tmp_path, capsys)
    for mode, status in ((Mode.OFFICIAL, 1), (Mode.REHEARSAL, 0)):
        real.load(mode)
        assert real.do("open", "--paper-list", mode=mode).status == 0
        said = real.do("cast", real.script(*VISITS), "--json", mode=mode)
        assert said.status == status
        assert said.codes == (["S-106"] if status else [])
        extra = ["--rehearsal"] if mode is Mode.REHEARSAL else []
        marks = real.run("status", "--dir", real.folder, "--json", *extra).data["marks"]
        assert marks == (0 if status else 2)


@pytest.mark.parametrize("text", ["", "x" * 401, "\x1b[2J"])
def test_an_incident_that_cannot_be_kept(machine: Machine, text: str) -> None:
    machine.load()
    machine.do("open")
    said = machine.run("incident", text, "--dir", machine.folder, "--json")
    assert (said.status, said.codes) == (1, ["S-108"])


def test_the_store_is_open_elsewhere(machine: Machine) -> None:
    machine.load()
    with closing(sqlite3.connect(machine.folder / "official.db", isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        said = machine.do("open", "--json")
        told = machine.run("status", "--dir", machine.folder)
        machine.folder.joinpath("draft.cose").write_bytes(b"")
        untold = machine.run("status", "--dir", machine.folder)
    assert (said.status, said.codes) == (1, ["S-201"])
    assert (told.status, untold.status) == (1, 1)
    assert "Rien n’est perdu" in told.err
    assert "Nothing is lost" in untold.err


@pytest.mark.parametrize("keep", [0, 100, 4096, 5000, 60_000])
def test_a_truncated_store(machine: Machine, keep: int) -> None:
    machine.load()
    path = machine.folder / "official.db"
    path.write_bytes(path.read_bytes()[:keep])
    for words in (["open"], ["close", "--signatures", "1"]):
        said = machine.do(*words)
        assert said.status in {1, 3}
        assert said.err.count("\n") <= 3
    assert machine.run("status", "--dir", machine.folder).status in {1, 3}


def test_another_file_in_the_place_of_the_store(machine: Machine) -> None:
    path = machine.folder / "official.db"
    path.write_bytes(b"something else entirely " * 400)
    assert machine.do("open", "--json").codes == ["S-206"]
    path.unlink()
    path.symlink_to(machine.folder / "draft.cose")
    assert machine.do("open").status in {1, 3}
    path.unlink()
    path.mkdir()
    assert machine.do("open").status == 3


def test_a_package_of_another_machine(machine: Machine) -> None:
    paper = fingerprint_text(machine.polling.fingerprints[Mode.OFFICIAL])
    said = machine.do(
        "load", machine.polling.package("m2"), "--paper", paper, "--out", machine.root / "s", "--json"
    )
    assert (said.status, said.codes) == (1, ["S-103"])


# Wrong use: 2


@pytest.mark.parametrize(
    "words",
    [
        ["vote"],
        ["open"],
        ["open", "--dir"],
        ["close", "--signatures", "-1", "--dir", "m1"],
        ["close", "--signatures", "many", "--dir", "m1"],
        ["report", "yesterday", "--dir", "m1", "--out", "x.pdf"],
        ["enrol", "draft.cose", "--dir", "m1"],
    ],
)
def test_wrong_use(machine: Machine, words: list[str]) -> None:
    said = machine.run(*words)
    assert said.status == 2
    assert said.err.strip()


def test_one_card_or_none_without_a_terminal(machine: Machine) -> None:
    machine.load()
    one = machine.cards()[:2]
    assert machine.run("open", "--dir", machine.folder, *one).status == 2
    machine.monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert machine.run("open", "--dir", machine.folder).status == 2
    assert machine.load().status == 2  # loaded already


def test_no_paper_without_a_terminal(machine: Machine) -> None:
    said = machine.do("load", machine.polling.package("m1"), "--out", machine.root / "s")
    assert said.status == 2
    assert "--paper" in said.err


# Cannot be read or written: 3


def test_what_is_not_there(machine: Machine) -> None:
    nowhere = machine.root / "nowhere"
    paper = ["--paper", fingerprint_text(machine.polling.fingerprints[Mode.OFFICIAL])]
    card = ["--card", nowhere / "a", "--card", nowhere / "b"]
    machine.load()
    for words in (
        ["enrol", nowhere, "--machine", "m1", "--dir", nowhere, "--out", nowhere, "--cards", nowhere, *paper],
        ["load", nowhere, "--dir", machine.folder, *machine.cards(), *paper, "--out", nowhere],
        ["open", "--dir", machine.folder, *card],
        ["cast", nowhere, "--dir", machine.folder, *machine.cards()],
        ["status", "--dir", nowhere],
        ["report", "last", "--dir", machine.folder, "--out", "/proc/report.pdf"],
    ):
        said = machine.run(*words)
        if words[0] == "report":
            assert said.status == 1  # nothing was reported yet
        else:
            assert said.status == 3, words[0]
        assert said.err.strip().count("\n") <= 2


def test_a_stick_that_cannot_be_written(machine: Machine) -> None:
    machine.load()
    machine.do("open")
    machine.do("close", "--signatures", "0")
    stick = machine.root / "stick-file"
    stick.write_text("no folder")
    assert machine.do("export", "--out", stick).status == 3
    assert machine.do("export", "--out", machine.root / "another").status == 0


def test_a_paper_that_cannot_be_written_undoes_no_step(machine: Machine) -> None:
    """The station is open; its report is printed later from what is kept."""
    machine.load()
    (machine.folder / "papers").write_text("no folder")
    assert machine.do("open").status == 3
    assert machine.run("status", "--dir", machine.folder, "--json").data["state"] == "open"
    target = machine.root / "zero.pdf"
    assert machine.run("report", "zero", "--dir", machine.folder, "--out", target).status == 0
    assert target.exists()


def test_a_damaged_draft(machine: Machine) -> None:
    whole = (machine.folder / "draft.cose").read_bytes()
    paper = fingerprint_text(read_statement(whole).fingerprint)
    draft = machine.root / "draft.cose"
    for damaged in (whole[:-1], b"", whole[:100], b"x" * 50, whole[:-1] + bytes([whole[-1] ^ 1])):
        draft.write_bytes(damaged)
        out = machine.root / "out"
        said = machine.run(
            "enrol", draft, "--machine", "m1", "--dir", machine.root / "new", "--out", out, "--cards", out,
            "--paper", paper,
        )  # fmt: skip
        assert said.status == 1
        assert not out.exists()


def test_every_command_explains_itself(machine: Machine) -> None:
    listed = machine.run("--help").out
    commands = [line.split()[0] for line in listed.split("Commands:")[1].splitlines() if line.strip()]
    assert {"enrol", "load", "open", "close", "export", "status"} <= set(commands)
    for command in commands:
        said = machine.run(command, "--help")
        assert said.status == 0
        assert f"station {command}" in said.out
        assert "Example" in said.out


def test_the_answer_names_the_code_that_stands_on_the_paper(machine: Machine) -> None:
    machine.load()
    said = machine.do("open")
    with_json = machine.run("status", "--dir", machine.folder)
    assert fingerprint_text(machine.polling.fingerprints[Mode.OFFICIAL]) in with_json.out
    pdfs = list((machine.folder / "papers").iterdir())
    assert len(pdfs) == 1
    assert str(pdfs[0]) in said.out
    assert said.err == ""
    code = said.out.split("Code of the report: ")[1].split("\n")[0]
    target = machine.root / "again.pdf"
    again = machine.run("report", "zero", "--dir", machine.folder, "--out", target, "--json").data
    assert short_code(bytes.fromhex(again["report"])) == code

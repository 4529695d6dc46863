"""The officer's handbook, run: every command in it, in its order, while others do their part."""

from __future__ import annotations

import re
import secrets
import shlex
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlite_utils.cli import cli as sqlite_cli

import tally.cli
import tally.commands.retiring
from keys.confirming import confirm
from keys.decrypting import decrypt
from keys.desk.cards import Card
from keys.election.statement import Mode
from keys.holding import new_trustee, open_trustee
from station.day import Closing, open_day
from station.loading import load
from station.machine import enrol
from tally.results import plausibility
from tally.workspace import Workspace
from tests.simulator.office import NOW

HANDBOOK = Path(__file__).parents[2] / "tally" / "README.md"
TEXT = HANDBOOK.read_text("utf-8")
PART = re.compile(r"```(sh|toml)\n(.*?)```|<!-- meanwhile: (\w+) -->", re.DOTALL)
WORDS = b"a passphrase for tests"
ASKING = {"new", "seal", "decide", "request", "certify", "publish", "retire", "marks"}
MACHINES, TRUSTEES = ("06-a", "06-b"), ("Anne", "Bilal")


class Others:
    """Machines and trustees."""

    def __init__(self, root: Path) -> None:
        self.root, self.stick = root, root / "STICK"
        self.cards: dict[str, tuple[Card, ...]] = {}
        self.paper: str = ""

    def enrol(self) -> None:
        draft = (self.root / "office" / "draft.cose").read_bytes()
        for name in MACHINES:
            made = enrol(self.root / name, draft, name, secrets.token_bytes)
            for mode, (statement, _) in made.items():
                (self.stick / f"{name}-{mode.name}.cose").write_bytes(statement)
            self.cards[name] = made[Mode.OFFICIAL][1][:2]
        for name in TRUSTEES:
            (self.stick / f"{name}.cose").write_bytes(new_trustee(self.root / name, draft, name, WORDS))

    def confirm(self) -> None:
        workspace = Workspace(self.root / "office")
        for name in MACHINES:
            loaded = load(
                self.root / name,
                workspace.package(name),
                Mode.OFFICIAL,
                self.cards[name],
                NOW,
                secrets.token_bytes,
            )
            (self.stick / f"{name}-confirms.cose").write_bytes(loaded.confirmation)
        for name in TRUSTEES:
            confirmation = confirm(open_trustee(self.root / name, WORDS), workspace.root)
            (self.stick / f"{name}-confirms.cose").write_bytes(confirmation)

    def vote(self) -> None:
        clock = iter(range(NOW, NOW + 4000))
        with open_day(self.root / "06-a", Mode.OFFICIAL, lambda: next(clock)) as day:
            day.unlock(self.cards["06-a"])
            day.open(("P", "A"))
            recorder = day.recorder()
            for voter in range(1, 13):
                choices = ((1, 0, 0), (1, 1, 0), ())[voter % 3]
                recorder.cast(recorder.prepare({0: choices}), voter)
            day.close(Closing(12))
            day.export(self.stick / "06-a")

    def open(self) -> None:
        for name in TRUSTEES:
            answer = decrypt(
                open_trustee(self.root / name, WORDS), self.stick / "trustees" / "official", self.root / name
            )
            (self.stick / f"{name}-opens.cose").write_bytes(answer)

    def digest(self) -> str:
        """As it stands on the signed closing report."""
        from keys.desk.files import load_statement
        from keys.election.report import ClosingReport
        from keys.election.statement import StatementType
        from keys.paper.groups import fingerprint_text

        statements = [load_statement(path) for path in (self.stick / "06-a").glob("*.cose")]
        closing = next(item for item in statements if item.header.type is StatementType.CLOSING_REPORT)
        return fingerprint_text(ClosingReport.from_content(closing.content, "closing").set_digest)


def run(line: str, others: Others) -> Result:
    program, *given = shlex.split(line)
    if program == "cp":
        Path(given[1]).write_bytes(Path(given[0]).read_bytes())
        return CliRunner().invoke(tally.cli.cli, ["--version"])
    if program == "sqlite-utils":
        return CliRunner().invoke(sqlite_cli, given, catch_exceptions=False)
    assert program == "tally"
    if given[0] in ASKING and "--confirm" not in given:
        given += ["--passphrase-file", "words"]
    if given[0] == "import":
        given += ["--paper", others.digest()]
    return CliRunner().invoke(tally.cli.cli, given, catch_exceptions=False)


def test_every_command_of_the_handbook_in_its_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("STICK", "SAFE"):
        (tmp_path / name).mkdir()
    (tmp_path / "words").write_bytes(WORDS)
    roll = "station;number;name;first names\n" + "".join(f"06;{n};Nom{n};Camille\n" for n in range(1, 15))
    (tmp_path / "electors.csv").write_text(roll, "utf-8")
    monkeypatch.setattr(tally.commands.retiring, "now", lambda: NOW)
    others = Others(tmp_path)
    parts: Mapping[str, Callable[[], None]] = {
        "enrol": others.enrol, "confirm": others.confirm, "vote": others.vote, "open": others.open
    }  # fmt: skip
    said: dict[str, str] = {}
    for kind, block, meanwhile in PART.findall(TEXT):
        if meanwhile:
            parts[meanwhile]()
        elif kind == "toml":
            (tmp_path / "election.toml").write_text(block, "utf-8")
        for line in block.splitlines() if kind == "sh" else ():
            done = run(line, others)
            assert done.exit_code == 0, f"{line}\n{done.output}"
            said[line.split(" --dir")[0]] = done.output
    assert len(said) >= 14
    assert "85.7" in said["sqlite-utils rows copy.db turnout --table"]
    assert "T-805" in said["tally status"]  # nobody polls in a test at the announced hour
    assert len(list((tmp_path / "SAFE").glob("*.zip"))) == 1


def test_every_other_command_of_the_officer_is_named_where_it_is_needed() -> None:
    told_elsewhere = {"challenge", "check", "paper", "confirmations", "shuffle"}
    missing = {name for name in tally.cli.cli.commands if f"tally {name}" not in TEXT}
    assert missing <= told_elsewhere


def test_the_thresholds_of_the_handbook_are_those_of_the_program() -> None:
    rows: dict[str, str] = dict(re.findall(r"\| (T-80\d) \|(.*)", TEXT))
    percent = {
        "T-801": (plausibility.BLANK_ALONE, plausibility.BLANK_AMONG),
        "T-804": (plausibility.TURNOUT_FULL,),
    }
    for code, shares in percent.items():
        assert all(f"{int(share * 100)}%" in rows[code] for share in shares)
    assert f"{int(plausibility.TURNOUT_APART * 100)} points" in rows["T-803"]
    assert f"{plausibility.TURNOUT_DEVIATIONS} standard deviations" in rows["T-803"]
    assert f"from {plausibility.TURNOUT_LEAST} electors" in rows["T-803"] + rows["T-804"]
    assert f"from {plausibility.BLANK_LEAST} ballots" in rows["T-801"]
    assert f"{plausibility.OPENING_APART // 60} minutes" in rows["T-805"]
    assert f"{plausibility.CLOSING_LATE // 3600} hours" in rows["T-806"]

"""The commands of the board, and those with which the officer decides and takes in papers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from keys.cli import cli as keys
from keys.findings import Misuse, Unreadable
from keys.paper.groups import fingerprint_text
from tally.cli import cli as tally
from tests.simulator.office import Office
from tests.tally.results.test_paper import FIGURES


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office.sealed(tmp_path_factory.mktemp("commands") / "all", signers=1)
    (office.root / "words").write_text("a passphrase for tests\n")
    for name in ("m1", "m2"):
        (office.root / f"{name}.cose").write_bytes(office.hold(name))
        office.bring(name)
    return office


def run(command: click.Command, *args: object) -> dict[str, Any]:
    done = CliRunner().invoke(command, [*map(str, args), "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_decisions_paper_and_challenges(office: Office, tmp_path: Path) -> None:
    here = ("--dir", office.root / "office")
    words = ("--passphrase-file", office.root / "words")
    poster = ("--paper", fingerprint_text(office.dossier.fingerprint))

    def decide(*args: object) -> None:
        before = set((office.folder / "decisions").glob("*.cose"))
        assert run(tally, "decide", *args, *here, *words, "--reason", "so decided")["missing"] == 1
        (path,) = set((office.folder / "decisions").glob("*.cose")) - before
        signed = ("sign", path, "--dir", office.root / "Emma", "--out", tmp_path / "signed", "--yes")
        run(keys, *signed, *words, *poster)
        status = run(tally, "status", *here)
        assert [item["missing"] for item in status["waiting"]] == [1]
        run(tally, "decide", *here, "--collect", tmp_path / "signed")
        assert run(tally, "status", *here)["waiting"] == []

    decide("exclusion", "m1bis")
    decide("exclusion", "m3")
    rows = [f"{contest},{line},{number}" for (contest, line), number in FIGURES.items()]
    (tmp_path / "b3.csv").write_text("\n".join(["contest,line,number", *rows]))
    paper = ("paper", "b3", *here, *words, "--reason", "no power", "--file", tmp_path / "b3.csv", "--name")
    assert [run(tally, *paper, name)["typed"] for name in ("Anne", "Bilal")] == [1, 2]
    decide("paper", "b3")
    assert len(run(tally, "challenge", office.root / "m1.cose", *here)["challenges"]) == 1
    text = CliRunner().invoke(tally, ["status", "--dir", str(office.root / "office")]).stdout
    assert "Bureau 3 voted on paper" in text
    assert "Signed by the authority, Emma" in text


@pytest.mark.parametrize("what", ["decide", "paper"])
def test_a_reason_names_nobody_on_the_register(office: Office, what: str) -> None:
    """No passphrase is asked for before; its twins without the name, and with --anyway, get as far as that."""
    here = ["--dir", str(office.root / "office"), "--passphrase-file", str(office.root / "missing")]
    about = ["decide", "exclusion", "m1bis"] if what == "decide" else ["paper", "b3", "--name", "Anne"]
    about += [] if what == "decide" else ["--file", str(office.root / "missing.csv")]

    def run_with(reason: str, *more: str) -> Result:
        return CliRunner().invoke(tally, [*about, *here, "--reason", reason, *more])

    refused = run_with("Nom4 was ill")
    assert "T-306" in refused.output + str(refused.exception) and "Nom4" in refused.output + str(
        refused.exception
    )
    for given in (("somebody was ill",), ("Nom4 was ill", "--anyway")):
        assert isinstance(run_with(*given).exception, Unreadable)


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("exclusion", "m1bis"),
        ("exclusion", "--collect", "x"),
        ("box", "m1", "--reason", "x"),
        ("paper", "b9", "--reason", "x"),
        ("tie", "ville", "--reason", "x"),
    ],
    ids=" ".join,
)
def test_wrong_use_is_said(office: Office, args: tuple[str, ...]) -> None:
    with pytest.raises(Misuse):
        CliRunner().invoke(
            tally, ["decide", *args, "--dir", str(office.root / "office")], catch_exceptions=False
        )

"""The sealed marks against the roll, and by page of the paper list."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

import tally.boxes.marks
from keys.desk.together import Together
from keys.election.decision import DecisionKind
from keys.election.marks import AddedElector, Marks
from keys.election.roll import Elector, ElectorStatus, Roll
from keys.election.statement import Mode
from keys.findings import Refused
from keys.paper.pages import render_a4
from station.disk.additions import Added
from tally.boxes.database import open_boxes
from tally.boxes.list_sheet import list_sheet
from tally.boxes.marks import MarkedPage, MarkedStation, _by_page, check_marks, marks_by_page
from tally.cli import cli
from tally.roll.kept import roll_path, sealed_roll
from tests.simulator.office import Office
from tests.simulator.walking import refused

ROLL = Roll(0, tuple(Elector(number, "Nom", str(number)) for number in range(10, 101, 2)), bytes(16))
"""46 lines: 20, 20 and 6."""
MARKED = MarkedStation(
    0, (MarkedPage(1, 10, 48, 2), MarkedPage(2, 50, 88, 1), MarkedPage(3, 90, 100, 1)), added=2
)


def test_every_page_has_its_lines_and_its_marks() -> None:
    assert _by_page(ROLL, {10, 48, 50, 100, 101, 102}) == MARKED
    assert MARKED.marks == 6
    assert _by_page(ROLL, {10, 48, 52, 54, 101, 102}) != MARKED, "as many marks, of other people"
    assert _by_page(ROLL, set()).marks == 0


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Of a vote in which each machine may add two."""
    return Office.sealed(tmp_path_factory.mktemp("marks") / "sealed", additions=2)


@pytest.fixture(scope="module")
def office(sealed: Office) -> Office:
    """The box of one machine is in."""
    office = sealed.copy(sealed.root.with_name("office"))
    office.hold("m1")
    office.bring("m1")
    return office


def check(office: Office) -> None:
    with open_boxes(office.workspace.boxes) as boxes:
        rows = boxes.all()
    check_marks(office.workspace, office.dossier, rows, office.authority)


@pytest.mark.parametrize(
    ("voted", "code"),
    [
        (tuple(range(1, 13)), ""),
        ((*range(2, 13), 14), ""),
        (tuple(range(1, 12)), "T-203"),
        ((*range(2, 13), 13), "T-210"),
        ((*range(2, 13), 15), "T-210"),
        ((*range(2, 13), 19), "T-210"),
    ],
    ids=["as it is", "another elector", "one fewer", "struck off", "added by nobody", "nobody's"],
)
def test_marks_are_of_people_who_can_vote_there(
    office: Office, monkeypatch: pytest.MonkeyPatch, voted: tuple[int, ...], code: str
) -> None:
    def struck(*given: object) -> Roll:
        roll = sealed_roll(*given)  # type: ignore[arg-type]
        electors = tuple(
            dataclasses.replace(item, status=ElectorStatus.STRUCK_OFF) if item.number == 13 else item
            for item in roll.electors
        )
        return dataclasses.replace(roll, electors=electors)

    monkeypatch.setattr(tally.boxes.marks, "sealed_roll", struck)
    monkeypatch.setattr(tally.boxes.marks, "_marks", lambda *_: Marks(0, voted))
    if code:
        assert refused(lambda: check(office)) == code
    else:
        check(office)


ZOE = Added("Émile", "Zoé", "2001-02-03", "left off by mistake")
TYPED_ANEW = Added("EMILE", "zoe", "2001-02-03", "she says that she was left off")
OTHER_DAY = Added("Émile", "Zoé", "2001-02-04", "a namesake")


@pytest.mark.parametrize(
    ("there", "here", "person", "code"),
    [
        ((1, 15), (2, 17), TYPED_ANEW, "T-207"),
        ((1, 15), (2, 17), OTHER_DAY, ""),
        ((1,), (2, 17), TYPED_ANEW, "T-211"),
        ((1,), (2, 17), OTHER_DAY, ""),
    ],
    ids=["voted on both", "two namesakes", "voted on one", "one of two namesakes"],
)
def test_somebody_whom_two_machines_added_is_one_elector(
    sealed: Office, tmp_path: Path, there: tuple[int, ...], here: tuple[int, ...], person: Added, code: str
) -> None:
    """Both machines closed by themselves, and neither knew of the other."""
    office = sealed.copy(tmp_path / "office")
    for name, voters, added in (("m1", there, ZOE), ("m1bis", here, person)):
        office.hold(name, voters, added=[added])
        office.bring(name)
    if not code:
        check(office)
        return
    with pytest.raises(Refused, match=rf"{code} machines m1 and m1bis: .*15 = 17"):
        check(office)
    office.decide(DecisionKind.FIGURES, 1)
    check(office)


@pytest.mark.parametrize("counted", [False, True])
def test_a_machine_names_as_many_as_it_reports_to_have_added(
    office: Office, monkeypatch: pytest.MonkeyPatch, counted: bool
) -> None:
    added = AddedElector(15, bytes(16), counted)
    monkeypatch.setattr(tally.boxes.marks, "_marks", lambda *_: Marks(0, tuple(range(1, 13)), added=(added,)))
    if counted:
        assert refused(lambda: check(office)) == "T-210"
    else:
        check(office)


def test_a_roll_that_was_exchanged_after_the_sealing_is_refused(office: Office, tmp_path: Path) -> None:
    copy = office.copy(tmp_path / "office")
    path = roll_path(copy.workspace, Mode.OFFICIAL, 0)
    data = bytearray(path.read_bytes())
    data[data.index(b"Nom3") + 3] ^= 1
    path.write_bytes(data)
    assert refused(lambda: check(copy)) == "T-210"
    check(office)


def test_the_command_counts_by_page_and_writes_the_sheet(office: Office, tmp_path: Path) -> None:
    (tmp_path / "words").write_text("a passphrase for tests\n")
    sheet = tmp_path / "marks.pdf"
    given = ["marks", "--dir", str(office.root / "office"), "--passphrase-file", str(tmp_path / "words")]
    told = CliRunner().invoke(cli, [*given, "--out", str(sheet), "--json"])
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout)["stations"] == [{"station": "b1", "marks": 12, "pages": [12], "added": 0}]
    words = pypdfium2.PdfDocument(sheet)[0].get_textpage().get_text_range()
    assert "1-14" in words
    assert "Nom" not in words, "nobody's name"
    assert CliRunner().invoke(cli, [*given, "--station", "b2"]).exit_code != 0
    plain = CliRunner().invoke(cli, [*given, "--station", "b1"]).stdout
    assert "Station b1, Bureau 1: 12 marks\n  page 1, no. 1 to 14: 12\n" in plain


def test_the_sheet_names_no_elector_and_has_a_column_to_fill_in(office: Office) -> None:
    manifest = office.dossier.manifest
    paper = list_sheet(manifest, bytes(32), Mode.OFFICIAL, [MARKED], Together.of(manifest.definition))
    words = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(render_a4(paper)))
    for text in ("10-48", "50-88", "90-100", "6"):
        assert text in words


def test_marks_by_page_reads_what_was_sealed(office: Office) -> None:
    with open_boxes(office.workspace.boxes) as boxes:
        rows = boxes.all()
    (found,) = marks_by_page(office.workspace, office.dossier, rows, office.authority)
    assert found == MarkedStation(0, (MarkedPage(1, 1, 14, 12),), 0)

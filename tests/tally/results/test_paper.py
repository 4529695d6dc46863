"""A station on paper: typed in twice, decided, counted together and shown apart."""

from __future__ import annotations

import csv
import io
import json
import shutil
from importlib import resources
from pathlib import Path

import pytest

from keys.election.decision import DecisionKind
from keys.election.paper_count import PaperCount
from keys.election.result import Result
from keys.election.statement import StatementType, read_statement
from keys.findings import Misuse, Refused
from tally.results.paper_entry import Line, Typist, read_figures, type_count, wanted
from tests.simulator.office import Office, failed
from tests.tally.count.schema import check

K = DecisionKind
M1, M1BIS, M2, M3 = range(4)
B3 = 2
FIGURES: dict[Line, int] = {
    ("", "(electors)"): 14,
    ("", "(signatures)"): 10,
    ("ville", "(ballots)"): 10,
    ("ville", "(blank)"): 1,
    ("ville", "(invalid)"): 1,
    ("ville", "1"): 0,
    ("ville", "2"): 8,
    ("ville", "3"): 2,
    ("lardenne", "(ballots)"): 10,
    ("lardenne", "(blank)"): 0,
    ("lardenne", "(invalid)"): 0,
    ("lardenne", "1"): 3,
    ("lardenne", "2"): 7,
}


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Two boxes are in; the third station voted on paper."""
    office = Office.sealed(tmp_path_factory.mktemp("paper") / "all")
    for name in ("m1", "m2"):
        office.hold(name, range(1, 13 if name == "m1" else 9))
        office.bring(name)
    office.decide(K.EXCLUSION, M1BIS)
    return office


@pytest.fixture
def office(sealed: Office, tmp_path: Path) -> Office:
    return sealed.copy(tmp_path / "office")


def typed(office: Office, name: str, station: int = B3, **changes: int) -> bytes | None:
    """Somebody types the figures; `ville_2=9` changes a line."""
    figures = dict(FIGURES)
    for line, number in changes.items():
        contest, name_of_line = line.split("_")
        figures[contest, name_of_line] = number
    typist = Typist(name, "no power all day")
    return type_count(office.workspace, office.authority, station, figures, typist, office.now())


def decided(office: Office) -> bytes:
    """Typed twice, the machine left out, decided."""
    typed(office, "Anne")
    digest = typed(office, "Bilal")
    assert digest is not None
    office.decide(K.EXCLUSION, M3)
    office.decide(K.PAPER, B3, digest=digest)
    return digest


@pytest.fixture(scope="module")
def published(sealed: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    office = sealed.copy(tmp_path_factory.mktemp("published") / "office")
    decided(office)
    office.decide(K.FEW_BALLOTS, 1)
    office.request()
    office.answer()
    office.certify()
    return office.publish()


def test_two_people_type_the_same(office: Office) -> None:
    assert typed(office, "Anne") is None
    assert not (office.folder / "paper").exists()
    assert typed(office, "Anne") is None, "the same person again is still the first"
    digest = typed(office, "Bilal")
    statement = read_statement((office.folder / "paper" / "b3.cose").read_bytes())
    count = PaperCount.from_content(statement.content, "count")
    assert statement.fingerprint == digest
    assert (count.station, count.typed, count.signatures) == (B3, ("Anne", "Bilal"), 10)
    assert [item.votes for item in count.contests] == [(0, 8, 2), (3, 7)]


def test_lines_that_differ_are_named(office: Office) -> None:
    typed(office, "Anne", ville_2=7)
    with pytest.raises(Refused, match=r"T-304 station b3.*: ville 2, lardenne 1\."):
        typed(office, "Bilal", lardenne_1=2)
    assert not (office.folder / "paper").exists()
    typed(office, "Anne")
    assert typed(office, "Bilal") is not None


@pytest.mark.parametrize(
    "changes",
    [{"ville_1": 9}, {"ville_(blank)": 3}, {"ville_(invalid)": 10}, {"_(electors)": 9}, {"lardenne_2": 8},
     {"ville_(ballots)": 15}],
    ids=str,
)  # fmt: skip
def test_figures_that_contradict_each_other_are_refused(office: Office, changes: dict[str, int]) -> None:
    with pytest.raises(Refused, match="V-621"):
        typed(office, "Anne", **changes)


def test_paper_stands_in_the_place_of_machines(office: Office) -> None:
    with pytest.raises(Refused, match=r"T-305 station b2.*machine m2 is not left out"):
        type_count(
            office.workspace,
            office.authority,
            1,
            dict.fromkeys(wanted(office.dossier.manifest.definition, 1), 0),
            Typist("Anne", "x"),
            1,
        )
    typed(office, "Anne")
    digest = typed(office, "Bilal")
    with pytest.raises(Refused, match=r"T-305 station b3.*machine m3 is not left out"):
        office.decide(K.PAPER, B3, digest=digest)
    with pytest.raises(Refused, match="T-302 station b3"):
        office.decide(K.PAPER, B3, digest=bytes(32))
    with pytest.raises(Refused, match="T-302 station b2"):
        office.decide(K.PAPER, 1, digest=digest)
    office.decide(K.EXCLUSION, M3)
    office.decide(K.PAPER, B3, digest=digest)
    with pytest.raises(Refused, match="T-302 station b3"):
        typed(office, "Anne")


def test_nothing_is_typed_after_the_request(office: Office) -> None:
    office.decide(K.EXCLUSION, M3)
    office.decide(K.FEW_BALLOTS, 1)
    office.request()
    with pytest.raises(Refused, match="T-204"):
        typed(office, "Anne")


def test_both_figures_are_published_and_the_sum_decides(published: Path) -> None:
    result = Result.from_content(
        read_statement((published / "results" / "ville.cose").read_bytes()).content, "result"
    )
    assert (result.totals, result.ballots, result.blank) == ((14, 7, 6), 20, 3)
    assert (result.paper, result.paper_ballots) == ((0, 8, 2), (10, 1, 1))
    assert result.winners == (1,), "Bancs with 15 of both, where the machines alone have Arbres"


def test_tables_hold_a_column_of_paper(published: Path) -> None:
    table = json.loads((published / "results.json").read_bytes())
    schema = json.loads((resources.files("tally.telling") / "results.schema.json").read_text("utf-8"))
    check(table, schema, schema)
    ville = table["contests"][0]
    assert ville["paper"] == {"ballots": 10, "blank": 1, "invalid": 1, "provable": False, "added": True}
    assert [(item["votes"], item["paper"], item["together"]) for item in ville["options"]] == [
        (14, 0, 14),
        (7, 8, 15),
        (6, 2, 8),
    ]
    rows = list(csv.reader(io.StringIO((published / "results.csv").read_text("utf-8"))))
    assert rows[0] == ["contest", "option", "name", "votes", "elected", "paper", "together"]
    assert rows[2][3:] == ["7", "1", "8", "15"]


def test_the_folder_is_verified(published: Path) -> None:
    assert failed(published) == {}


def test_a_count_that_nobody_decided_is_refused(published: Path, office: Office, tmp_path: Path) -> None:
    public = shutil.copytree(published, tmp_path / "public")
    statement = read_statement((public / "paper" / "b3.cose").read_bytes())
    content = dict(statement.content)
    content[3] = 11
    raw = office.authority.sign(
        StatementType.PAPER_COUNT,
        office.workspace.mode,
        statement.header.context,
        PaperCount.from_content(content, "count"),
    )
    (public / "paper" / "b3.cose").write_bytes(raw)
    assert failed(public)["paper"] == {"V-208"}
    (public / "paper" / "b3.cose").write_bytes(statement.raw)
    (public / "paper" / "b3-again.cose").write_bytes(raw)
    assert failed(public)["paper"] == {"V-621"}


def _csv(figures: dict[Line, int]) -> str:
    rows = [f"{contest},{line},{number}" for (contest, line), number in figures.items()]
    return "\n".join(["contest,line,number", *rows])


def test_figures_are_read_from_csv(sealed: Office) -> None:
    definition = sealed.dossier.manifest.definition
    assert tuple(FIGURES) == wanted(definition, B3)
    assert read_figures(_csv(FIGURES), definition, B3) == FIGURES
    assert read_figures("\ufeff" + _csv(FIGURES).replace("\n", "\r\n"), definition, B3) == FIGURES


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("contest,line,number", "contest;line;number", "first line"),
        ("ville,2,8", "ville,2,-8", "whole number"),
        ("ville,2,8", "ville,2,8.0", "whole number"),
        ("ville,2,8", "ville,2,", "whole number"),
        ("ville,2,8", "ville,2,9999999999", "whole number"),
        ("ville,2,8", "ville,2,٨", "whole number"),
        ("ville,2,8", "ville,4,8", "unknown, or there twice"),
        ("ville,2,8", "ville,1,8", "unknown, or there twice"),
        ("ville,2,8", "ville,2", "unknown, or there twice"),
        ("ville,2,8\n", "", "missing: ville 2"),
        ("ville,2,8", '"ville,2,8', "not a CSV file"),
    ],
)
def test_a_file_that_is_not_a_count_is_refused(sealed: Office, old: str, new: str, why: str) -> None:
    with pytest.raises(Misuse, match=why):
        read_figures(_csv(FIGURES).replace(old, new), sealed.dossier.manifest.definition, B3)

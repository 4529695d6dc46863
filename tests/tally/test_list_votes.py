"""One list of several, with its members, the whole way: seats in the signed results, the tables and the minutes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from keys.election.definition import Terms
from keys.election.result import Result
from keys.election.rules import Form
from keys.election.statement import read_statement
from tally.verify import verify_folder
from tests.simulator.forms import contest_of, hold_forms
from tests.simulator.holding import Held

NAMES = ("Ensemble", "Demain", "Racines")
MEMBERS = {at: [f"{name} {number}" for number in range(1, 10)] for at, name in enumerate(NAMES)}
VOTES = (0,) * 10 + (1,) * 7 + (2,) * 3
"""Which list each voter chose; one more leaves it blank. Nine seats, D'Hondt: 10 7 5 3.5 3.33 3 2.5 2.33 2."""


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Held:
    contests = [
        contest_of(rule, Form.MARKS, rule, NAMES, 1, 1, terms=Terms(seats=9), members=MEMBERS)
        for rule in ("dhondt", "majority-bonus")
    ]
    rows = [tuple(int(at == chosen) for at in range(3)) for chosen in VOTES]
    votes = [{0: row, 1: row} for row in [*rows, ()]]
    made = hold_forms(tmp_path_factory.mktemp("lists"), contests, votes)
    made.publish()
    return made


@pytest.mark.parametrize(("rule", "seats"), [("dhondt", (5, 3, 1)), ("majority-bonus", (7, 2, 0))])
def test_seats_are_signed_and_published(held: Held, rule: str, seats: tuple[int, ...]) -> None:
    raw = (held.public / "results" / f"{rule}.cose").read_bytes()
    result = Result.from_content(read_statement(raw).content, rule)
    assert (result.totals, result.blank, result.seats) == ((10, 7, 3), 1, seats)
    tables = json.loads((held.public / "results.json").read_bytes())
    (contest,) = (item for item in tables["contests"] if item["id"] == rule)
    assert tuple(option["elected"] for option in contest["options"]) == seats


def test_the_folder_is_verified_and_members_stand_in_the_definition(held: Held) -> None:
    report = verify_folder(held.public, fingerprint=held.fingerprint)
    assert report.accepted, report.findings
    contest = held.workspace.dossier().manifest.definition.contests[0]
    assert contest.options[1].members == tuple(MEMBERS[1])


def test_the_minutes_name_the_seats(held: Held) -> None:
    path: Path = held.public / "minutes.pdf"
    import pypdfium2

    document = pypdfium2.PdfDocument(path.read_bytes())
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    assert "5 sièges" in text and "7 sièges" in text

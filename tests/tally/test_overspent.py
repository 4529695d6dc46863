"""A ballot above the spending limit, made by a machine that lies: invalid by that reason wherever results stand."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence

import pypdfium2
import pytest

from keys.desk.language import Language
from keys.election.challenge import Challenge
from keys.election.definition import Terms
from keys.election.forms import Flaw
from keys.election.rules import Form
from keys.election.statement import StatementType, read_statement
from keys.findings import Refused
from keys.paper.document import Rows
from station.day import Day
from station.papers.documents import challenge_paper
from station.papers.letterhead import Letterhead
from tally.check import Item, State, check_items, open_evidence
from tally.verify import Status, verify_folder
from tests.simulator.forms import contest_of, hold_forms
from tests.simulator.holding import Held, by_spendthrift, spendthrift

PROJECTS = ("Arbres", "Bancs", "Cour", "Digue")
COSTS = (60_000, 25_000, 40_000, 40_001)
LIMIT = 100_000
CONTEST = contest_of(
    "projets",
    Form.APPROVALS,
    "budget-greedy",
    PROJECTS,
    1,
    4,
    terms=Terms(budget=130_000),
    costs=COSTS,
    spend=LIMIT,
)
EXACT, OVER = (1, 0, 1, 0), (1, 0, 0, 1)
"""100,000 and 100,001."""
VOTES = (EXACT, OVER, (0, 1, 0, 0), (0, 1, 1, 0), ())
EN = Language("en")


@pytest.fixture(scope="module")
def lying() -> list[bytes]:
    """The challenge of a visit that was shown above the limit."""
    return []


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory, lying: list[bytes]) -> Held:
    def poll(day: Day, visits: Sequence[Mapping[int, tuple[int, ...]]], told: Callable[[int], None]) -> bytes:
        with pytest.raises(Refused, match="S-303"):
            day.recorder().prepare({0: OVER})
        liar = spendthrift(day)
        lying.append(liar.open(liar.prepare({0: OVER})))
        return by_spendthrift(day, visits, told)

    made = hold_forms(tmp_path_factory.mktemp("spent"), [CONTEST], [{0: vote} for vote in VOTES], poll=poll)
    made.publish()
    return made


def test_it_is_invalid_by_its_reason_and_its_twin_at_the_limit_counts(held: Held) -> None:
    (counted,) = held.counted()
    assert counted.flaws == {Flaw.TOO_DEAR: 1}
    assert (counted.totals.ballots, counted.totals.valid, counted.totals.blank, counted.totals.invalid) == (
        5,
        3,
        1,
        1,
    )
    assert counted.totals.votes == (1, 2, 2, 0)
    assert counted.outcome.rounds[0].rows == ((1, "choices that cost more than allowed"),)
    assert counted.outcome.names == ("Bancs", "Cour", "Arbres")


def test_the_public_folder_is_verified(held: Held) -> None:
    report = verify_folder(held.public, fingerprint=held.fingerprint)
    assert {step.status for step in report.steps} == {Status.OK}, report.findings


def test_tables_say_it(held: Held) -> None:
    (table,) = json.loads((held.public / "results.json").read_bytes())["contests"]
    assert table["invalid"] == 1
    assert table["invalid_by_reason"] == {str(Flaw.TOO_DEAR): 1}
    rows = csv.DictReader(io.StringIO((held.public / "results.csv").read_text("utf-8")))
    assert [int(row["votes"]) for row in rows] == [1, 2, 2, 0]


def test_minutes_and_page_say_it(held: Held) -> None:
    document = pypdfium2.PdfDocument(held.public / "minutes.pdf")
    minutes = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())
    page = (held.public / "index.html").read_text("utf-8").replace("\u00a0", " ")
    rule = "Les choix d’un votant peuvent coûter au plus 100 000 € en tout ; un bulletin qui dépasse est nul."
    for text in (minutes.replace("\u00a0", " "), page.replace("&#x27;", "'").replace("&#39;", "'")):
        assert rule in text
        assert "choix qui coûtent plus que permis" in text


def check(held: Held, raw: bytes) -> tuple[State, tuple[str, ...], str]:
    evidence = open_evidence(held.public, held.fingerprint)
    (verdict,) = check_items([Item("", read_statement(raw))], evidence, EN, None)
    return verdict.state, verdict.reasons, ", ".join(finding.code for finding in verdict.findings)


def test_an_opened_ballot_says_what_it_spends(held: Held) -> None:
    (path,) = (held.public / "challenges").iterdir()
    state, reasons, _ = check(held, path.read_bytes())
    assert state is State.HOLDS
    assert "Contest projets: Arbres, Cour. €100,000 of €100,000 chosen, €0 left." in reasons
    statement = read_statement(path.read_bytes())
    assert statement.header.type is StatementType.CHALLENGE
    head = Letterhead(held.workspace.dossier().manifest, held.fingerprint, statement.header.mode, EN)
    paper = challenge_paper(head, statement)
    rows = next(block for block in paper.blocks if isinstance(block, Rows)).rows
    assert rows[0] == ("Contest projets", "Arbres\nCour\n€100,000 of €100,000 chosen, €0 left.")


def test_an_opened_ballot_above_the_limit_is_evidence_against_its_machine(
    held: Held, lying: list[bytes]
) -> None:
    state, reasons, codes = check(held, lying[0])
    assert (state is State.HOLDS, codes) == (False, "T-719")
    assert "Contest projets: Arbres, Digue. €100,001 (€1 too much)" in reasons
    shown = Challenge.from_content(read_statement(lying[0]).content, "challenge").ballots[0]
    assert shown.selection == OVER

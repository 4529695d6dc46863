"""Files counted by themselves: what the file states is used, wrong use is told apart from wrong files."""

from __future__ import annotations

from pathlib import Path

import pytest

from keys.election.rules import RULES, Form, Rule
from keys.findings import Misuse, Refused, Unreadable
from tally.count.files.alone import count_file
from tally.count.outcome import Reason, TieDecision

DATA = Path(__file__).parents[3] / "data"
CYPRIEN = DATA / "toulouse-2022/06-saint-cyprien.pb"
CALTON = DATA / "glasgow-2007/calton.blt"


def test_options_have_their_names_and_ids() -> None:
    outcome = count_file(CYPRIEN, "block", seats=9)
    assert len(outcome.winners) == 8
    assert set(outcome.tied) == {
        "Aire de jeux pour enfants",
        "Clarifier les priorités à la sortie de la rue Réclusane",
    }
    assert {outcome.ids[option] for option in outcome.ties[0].options} == {"31", "37"}


def test_projects_of_one_name_are_told_apart_by_their_ids() -> None:
    outcome = count_file(DATA / "budgets/toulouse-2022.pb", "budget-greedy")
    assert len(set(outcome.options)) == 199
    assert sum(name.startswith("Nichoirs à martinets") for name in outcome.options) == 2


def test_budget_of_the_file_or_another_one() -> None:
    assert count_file(CYPRIEN, "budget-greedy").figures["budget"] == 400_000
    assert count_file(CYPRIEN, "budget-greedy", budget=175_000).figures["budget"] == 175_000


def test_seats_of_the_file_or_others() -> None:
    assert len(count_file(CALTON, "stv-scottish").winners) == 3
    assert len(count_file(CALTON, "stv-scottish", seats=2).winners) == 2


def test_completion_named_by_the_file() -> None:
    assert count_file(DATA / "budgets/swiecie-2023.pb", "budget-equal-shares").figures["spent"] == 1_040_337
    assert count_file(CYPRIEN, "budget-equal-shares").figures["spent"] == 189_000


def test_decisions_are_used() -> None:
    path = DATA / "toulouse-2022/16-fontaine-lestang.pb"
    (tie,) = count_file(path, "budget-greedy").ties
    decision = TieDecision(tie.step, tie.options, Reason.LOT)
    assert not count_file(path, "budget-greedy", decisions=[decision]).ties


def test_first_preferences_of_rankings() -> None:
    outcome = count_file(DATA / "burlington-2009/mayor.toi", "two-round")
    assert {outcome.options[option] for option in outcome.onward} == {"Kurt Wright", "Bob Kiss"}
    assert count_file(DATA / "burlington-2009/mayor.toi", "plurality").names == ("Kurt Wright",)


SAMPLES = {
    Form.MARKS: ("sums.csv", "option,votes,cost\nAna,5,10\nBo,3,10\n"),
    Form.APPROVALS: (
        "sets.pb",
        "META\nnum_projects;2\nnum_votes;2\nbudget;15\nvote_type;approval\nPROJECTS\nproject_id;cost\n"
        "a;10\nb;10\nVOTES\nvoter_id;vote\n1;a,b\n2;a\n",
    ),
    Form.RANKS: ("orders.blt", '2 1\n3 1 2 0\n2 2 1 0\n0\n"Ana"\n"Bo"\n"T"\n'),
    Form.GRADES: ("grades.csv", "ballot,Ana,Bo\n1,5,3\n2,4,4\n"),
}


@pytest.mark.parametrize("rule", Rule)
@pytest.mark.parametrize("form", SAMPLES)
def test_every_rule_counts_the_files_of_its_forms_and_refuses_others(
    rule: Rule, form: Form, tmp_path: Path
) -> None:
    name, text = SAMPLES[form]
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    needs = RULES[rule].needs
    seats, budget = 1 if "seats" in needs else None, 15 if "budget" in needs else None
    firsts = form is Form.RANKS and rule in {Rule.PLURALITY, Rule.TWO_ROUND}
    costless = "costs" in needs and form in {Form.RANKS, Form.GRADES}
    if firsts or (form in RULES[rule].forms and not costless):
        outcome = count_file(path, rule, seats, budget)
        assert outcome.winners[:1] in {(0,), ()}
        assert not outcome.ties
    else:
        with pytest.raises(Refused, match="T-403"):
            count_file(path, rule, seats, budget)


@pytest.mark.parametrize(
    ("path", "rule", "seats", "budget", "says"),
    [
        (CYPRIEN, "coin", None, None, "no rule is named 'coin'"),
        (CYPRIEN, "block", None, None, "needs --seats"),
        (CYPRIEN, "block", 0, None, "at least 1"),
        (CYPRIEN, "plurality", 2, None, "takes no --seats"),
        (CYPRIEN, "block", 2, 10, "takes no --budget"),
        (DATA / "README.md", "block", 2, None, r"ending in \.pb"),
    ],
)
def test_wrong_use(path: Path, rule: str, seats: int | None, budget: int | None, says: str) -> None:
    with pytest.raises(Misuse, match=says):
        count_file(path, rule, seats, budget)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"none\.pb"):
        count_file(tmp_path / "none.pb", "plurality")
    (tmp_path / "folder.pb").mkdir()
    with pytest.raises(Unreadable, match=r"folder\.pb"):
        count_file(tmp_path / "folder.pb", "plurality")
    (tmp_path / "bytes.pb").write_bytes(b"META\nkey;\xff\n")
    with pytest.raises(Refused, match=r"bytes\.pb, line 2"):
        count_file(tmp_path / "bytes.pb", "plurality")


def test_old_blt_files_in_latin_1(tmp_path: Path) -> None:
    (tmp_path / "old.blt").write_bytes('2 1\n1 1 0\n0\n"Dé"\n"Bo"\n"T"\n'.encode("latin-1"))
    assert count_file(tmp_path / "old.blt", "irv").names == ("Dé",)

"""JSON of every count follows the published schema; numbers are exact."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from importlib import resources
from typing import Any

import pytest
from hypothesis import given, settings

from keys.election.rules import Rule, RuleParameters
from tally.count.counting import count
from tally.count.data import RankProfile, Totals
from tally.count.message import Message, exact
from tally.count.outcome_json import outcome_to_json
from tests.tally.count.cases import Case, cases, decide
from tests.tally.count.schema import check

SCHEMA: dict[str, Any] = json.loads(
    resources.files("tally.count").joinpath("outcome.schema.json").read_text("utf-8")
)


def test_schema_knows_all_rules() -> None:
    assert set(SCHEMA["properties"]["rule"]["enum"]) == {str(rule) for rule in Rule}


@settings(max_examples=200, deadline=None)
@given(cases())
def test_every_count_follows_the_schema(case: Case) -> None:
    for outcome in (count(*case), decide(case)):
        found = outcome_to_json(replace(outcome, ids=tuple("vwxyz"[: len(outcome.options)])))
        check(found, SCHEMA, SCHEMA)
        assert json.loads(json.dumps(found)) == found
        assert found["winners"] == list(outcome.names)
        assert found["tied"] == list(outcome.tied)


@pytest.mark.parametrize(
    "change", [{"winners": "Ana"}, {"rule": "coin"}, {"more": 1}, {"figures": {"ballots": 1.5}}]
)
def test_schema_refuses_what_is_not_an_outcome(change: dict[str, Any]) -> None:
    found = outcome_to_json(count(Rule.PLURALITY, RuleParameters(), Totals(("A",), (1,), 1)))
    with pytest.raises(ValueError, match=r"\$"):
        check({**found, **change}, SCHEMA, SCHEMA)
    found.pop("tied")
    with pytest.raises(ValueError, match="tied is missing"):
        check(found, SCHEMA, SCHEMA)


def test_numbers_are_exact_in_any_reader() -> None:
    data = Totals(("A", "B"), (2**53, 2**53 + 1), 2**54 + 1)
    found = outcome_to_json(count(Rule.PLURALITY, RuleParameters(), data))
    assert [total["votes"] for total in found["totals"]] == [2**53, str(2**53 + 1)]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(5), "5"),
        (Fraction(1, 3), "1/3"),
        (Fraction(85659414, 100000), "856.59414"),
        (Fraction(-1, 4), "-0.25"),
        (Fraction(-7, 3), "-7/3"),
        (Fraction(100, 1), "100"),
        (Fraction(1, 10**12), "0.000000000001"),
        (Fraction(1, 10**13), "1/10000000000000"),
        (10**30, "1" + "0" * 30),
        (0, "0"),
    ],
)
def test_numbers_are_written_without_loss(number: Fraction | int, text: str) -> None:
    assert exact(number) == text
    assert Fraction(text) == number


def test_sentences_are_translated_and_names_with_braces_are_left_alone() -> None:
    french = {
        "{option} has the most votes, {votes} of {valid}, and is elected.": "{option} : {votes} sur {valid}, élu."
    }
    data = Totals(("{places}", "B"), (2, 1), 2)
    verdict = count(Rule.BLOCK, RuleParameters(seats=1), data).verdict
    assert verdict.render(lambda text: french.get(text, text)) == "{places} : 2 sur 2, élu."
    assert str(Message("{a} and {b}", {"a": ("x", "y"), "b": Fraction(1, 2)})) == "x, y and 0.5"


def test_fractions_in_tables_are_text() -> None:
    groups = ((((0,), (1,)), 7), (((1,),), 2), (((2,),), 3))
    found = outcome_to_json(
        count(Rule.STV_SCOTTISH, RuleParameters(seats=2), RankProfile(("A", "B", "C"), groups))
    )
    cells = [cell for each in found["rounds"] for row in each["rows"] for cell in row[1:2]]
    assert 7 in cells
    assert "3.99997" in cells

"""The table of rules, and the reading of their parameters."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from keys.election.parameters import mistakes, read_parameters
from keys.election.rules import (
    FORM_LIMITS,
    RULES,
    Base,
    Completion,
    Form,
    Rule,
    RuleParameters,
    Satisfaction,
    TiePolicy,
)


def test_every_rule_has_a_row_and_every_parameter_is_known_to_some_rule() -> None:
    assert set(RULES) == set(Rule)
    assert set(FORM_LIMITS) == set(Form)
    named = frozenset().union(*(info.known for info in RULES.values()))
    assert named == frozenset(RuleParameters.__slots__)


def test_parameters_are_read_exactly() -> None:
    table = {
        "seats": 41,
        "threshold": "5 %",
        "threshold_base": "valid-or-blank",
        "bonus": "1/2",
        "quorum": "33,3%",
        "ties": "age",
        "tie_order": [2, 1, 3],
        "points": [3, 2, 1],
        "satisfaction": "cost",
        "completion": "add1-greedy",
        "qualified": True,
        "grades": ["reject", "accept"],
    }
    parameters, wrong = read_parameters(table)
    assert wrong == ()
    assert parameters == RuleParameters(
        seats=41,
        threshold=Fraction(1, 20),
        threshold_base=Base.VALID_OR_BLANK,
        quorum=Fraction(333, 1000),
        ties=TiePolicy.AGE,
        tie_order=(1, 0, 2),
        points=(3, 2, 1),
        satisfaction=Satisfaction.COST,
        completion=Completion.ADD1_GREEDY,
        qualified=True,
        grades=("reject", "accept"),
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("seats", 0),
        ("seats", True),
        ("seats", "9"),
        ("seats", 2.0),
        ("budget", -1),
        ("threshold", 0.05),
        ("threshold", "101 %"),
        ("threshold", "1/0"),
        ("threshold", "٥ %"),
        ("threshold", "a tenth"),
        ("threshold_base", "everybody"),
        ("ties", "coin"),
        ("qualified", 1),
        ("points", []),
        ("points", [1, "2"]),
        ("grades", ["good", " "]),
        ("tie_order", 3),
        ("seat", 1),
    ],
)
def test_wrong_parameters_are_named(field: str, value: Any) -> None:
    parameters, wrong = read_parameters({field: value, "max_winners": 3})
    assert [mistake.field for mistake in wrong] == [field]
    assert parameters == RuleParameters(max_winners=3)


def test_all_mistakes_at_once() -> None:
    _, wrong = read_parameters({"seats": 0, "ties": "coin", "colour": "red"})
    assert [mistake.field for mistake in wrong] == ["seats", "ties", "colour"]


@pytest.mark.parametrize(
    ("rule", "parameters", "costs", "fields"),
    [
        (Rule.BLOCK, RuleParameters(), False, ["seats"]),
        (Rule.PLURALITY, RuleParameters(seats=2, bonus=Fraction(1, 3)), False, ["bonus", "seats"]),
        (Rule.BUDGET_GREEDY, RuleParameters(), False, ["budget", "costs"]),
        (Rule.BUDGET_GREEDY, RuleParameters(budget=1), True, []),
        (Rule.YES_NO, RuleParameters(), False, ["options"]),
        (Rule.PLURALITY, RuleParameters(ties=TiePolicy.AGE, tie_order=(0, 1)), False, ["tie_order"]),
        (Rule.PLURALITY, RuleParameters(ties=TiePolicy.AGE, tie_order=(0, 1, 1)), False, ["tie_order"]),
        (Rule.PLURALITY, RuleParameters(tie_order=(0, 1, 2)), False, ["tie_order"]),
        (Rule.PLURALITY, RuleParameters(ties=TiePolicy.ORDER, tie_order=(2, 0, 1)), False, []),
        (
            Rule.RANKED_POINTS,
            RuleParameters(points=(1, 2), budget=9, exactly=4),
            False,
            ["costs", "points", "exactly"],
        ),
        (Rule.STV_MEEK, RuleParameters(seats=4), False, ["seats"]),
        (Rule.MAJORITY_JUDGEMENT, RuleParameters(grades=("a", "a")), False, ["grades"]),
    ],
)
def test_mistakes_of_a_rule(rule: Rule, parameters: RuleParameters, costs: bool, fields: list[str]) -> None:
    assert [mistake.field for mistake in mistakes(rule, parameters, 3, costs)] == fields

"""What the log of a count says can be said in every language: sentences, headings and words, but no names."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given, settings

from keys.desk.catalogue import SOURCE, available, messages
from keys.election.rules import Rule
from tally.count import counting
from tally.count.counting import count
from tally.count.message import Message
from tally.count.outcome import Outcome, Word
from tests.tally.count.cases import Case, cases, decide

ROOMS = Path(__file__).parents[3] / "tally" / "count"
CODES = [code for code in available() if code != SOURCE]


def written() -> set[str]:
    """Every text in the sources that a `Message` or a `Word` is made of."""
    found: set[str] = set()
    for path in ROOMS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {"Message", "Word"}
            ):
                parts = [part for argument in node.args[:1] for part in ast.walk(argument)]
                found |= {
                    part.value
                    for part in parts
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                }
    return found - {""}


def spoken(outcome: Outcome) -> set[str]:
    """Every text of an outcome that is not a name."""
    texts: list[Message] = [outcome.verdict, *(tie.why for tie in outcome.ties)]
    found = {
        str(cell) for each in outcome.rounds for row in each.rows for cell in row if isinstance(cell, Word)
    }
    for each in outcome.rounds:
        texts += [each.title, *each.sentences]
        found |= {column for column in each.columns if column not in outcome.options and not column.isdigit()}
    return (found | {text.text for text in texts}) - {""}


@pytest.mark.parametrize("code", CODES)
def test_every_text_is_translated(code: str) -> None:
    assert len(written()) > 60
    assert not written() - set(messages(code))


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_names_its_source(rule: Rule) -> None:
    assert re.search(r"\n    Source: \S.{20}", counting._COUNTS[rule].__doc__ or "", re.DOTALL)


@settings(max_examples=200, deadline=None)
@given(cases())
def test_every_text_of_a_log_is_translated(case: Case) -> None:
    for outcome in (count(*case), decide(case)):
        for code in CODES:
            assert not spoken(outcome) - set(messages(code))

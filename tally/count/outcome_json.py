"""An outcome as JSON, in the published form of `outcome.schema.json`.

Whole numbers are JSON numbers up to 2^53, beyond as text; other numbers are text, exact: `"856.59414"` or
`"100/3"`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from tally.count.message import Message, exact
from tally.count.outcome import Cell, Outcome, Round, Tie, TieDecision, Word

__all__ = ["outcome_to_json"]

_SAFE = 2**53
"""Readers that keep numbers as binary64 hold whole numbers exactly up to here."""

_Translate = Callable[[str], str]


def outcome_to_json(outcome: Outcome, translate: _Translate = str) -> dict[str, Any]:
    """Write an outcome as plain data for `json.dumps`.

    Args:
        outcome: The count.
        translate: Gives the sentences in another language.
    """
    found: dict[str, Any] = {
        "rule": str(outcome.rule),
        "winners": list(outcome.names),
        "tied": list(outcome.tied),
        "totals": [
            {"option": name, "votes": _number(votes)}
            for name, votes in zip(outcome.options, outcome.totals, strict=True)
        ],
        "verdict": outcome.verdict.render(translate),
        "figures": {name: _number(value) for name, value in outcome.figures.items()},
        "ties": [_tie(outcome, tie, translate) for tie in outcome.ties],
        "decisions": [_decision(outcome, decision) for decision in outcome.decided],
        "rounds": [_round(each, translate) for each in outcome.rounds],
    }
    if outcome.seats:
        found["seats"] = dict(zip(outcome.options, outcome.seats, strict=True))
    if outcome.onward:
        found["onward"] = [outcome.options[index] for index in outcome.onward]
    if outcome.ids:
        waiting = sorted({index for tie in outcome.ties for index in tie.options})
        found["ids"] = list(outcome.ids)
        found["winner_ids"] = [outcome.ids[index] for index in outcome.winners]
        found["tied_ids"] = [outcome.ids[index] for index in waiting]
    return found


def _number(value: Cell) -> int | str:
    if isinstance(value, str):
        return value
    if isinstance(value, Fraction) and value.denominator == 1:
        value = value.numerator
    return value if isinstance(value, int) and abs(value) <= _SAFE else exact(value)


def _cell(cell: Cell, translate: _Translate) -> int | str:
    return translate(str(cell)) if isinstance(cell, Word) and cell else _number(cell)


def _message(message: Message, translate: _Translate) -> dict[str, Any]:
    args = {
        name: list(value) if isinstance(value, tuple) else _number(value)
        for name, value in message.args.items()
    }
    return {"text": message.render(translate), "message": message.text, "args": args}


def _round(each: Round, translate: _Translate) -> dict[str, Any]:
    return {
        "step": each.step,
        "title": each.title.render(translate),
        "columns": [translate(column) for column in each.columns],
        "rows": [[_cell(cell, translate) for cell in row] for row in each.rows],
        "sentences": [_message(sentence, translate) for sentence in each.sentences],
    }


def _tie(outcome: Outcome, tie: Tie, translate: _Translate) -> dict[str, Any]:
    return {
        "step": tie.step,
        "options": [outcome.options[index] for index in tie.options],
        "places": tie.places,
        "why": tie.why.render(translate),
    }


def _decision(outcome: Outcome, decision: TieDecision) -> dict[str, Any]:
    return {
        "step": decision.step,
        "order": [outcome.options[index] for index in decision.order],
        "reason": str(decision.reason),
    }

"""An outcome as JSON, in the published form of `outcome.schema.json`.

Whole numbers are JSON numbers up to 2^53, beyond as text; other numbers are text, exact: `"856.59414"` or
`"100/3"`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tally.count.message import Message, exact
from tally.count.outcome import Cell, Outcome, Round, Tie, TieDecision

__all__ = ["outcome_to_json"]

_SAFE = 2**53
"""Readers that keep numbers as binary64 hold whole numbers exactly up to here."""


def outcome_to_json(outcome: Outcome) -> dict[str, Any]:
    """Write an outcome as plain data for `json.dumps`; its sentences are English."""
    found: dict[str, Any] = {
        "rule": str(outcome.rule),
        "winners": list(outcome.names),
        "tied": list(outcome.tied),
        "totals": [
            {"option": name, "votes": _number(votes)}
            for name, votes in zip(outcome.options, outcome.totals, strict=True)
        ],
        "verdict": outcome.verdict.render(),
        "figures": {name: _number(value) for name, value in outcome.figures.items()},
        "ties": [_tie(outcome, tie) for tie in outcome.ties],
        "decisions": [_decision(outcome, decision) for decision in outcome.decided],
        "rounds": [_round(each) for each in outcome.rounds],
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


def _message(message: Message) -> dict[str, Any]:
    args = {
        name: list(value) if isinstance(value, tuple) else _number(value)
        for name, value in message.args.items()
    }
    return {"text": message.render(), "message": message.text, "args": args}


def _round(each: Round) -> dict[str, Any]:
    return {
        "step": each.step,
        "title": each.title.render(),
        "columns": list(each.columns),
        "rows": [[_number(cell) for cell in row] for row in each.rows],
        "sentences": [_message(sentence) for sentence in each.sentences],
    }


def _tie(outcome: Outcome, tie: Tie) -> dict[str, Any]:
    return {
        "step": tie.step,
        "options": [outcome.options[index] for index in tie.options],
        "places": tie.places,
        "why": tie.why.render(),
    }


def _decision(outcome: Outcome, decision: TieDecision) -> dict[str, Any]:
    return {
        "step": decision.step,
        "order": [outcome.options[index] for index in decision.order],
        "reason": str(decision.reason),
    }

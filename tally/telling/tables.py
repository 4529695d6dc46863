"""Results as tables for other programs: `results.json` (form: `results.schema.json`) and `results.csv`.

Pure functions of the papers and the count, so that anybody who counts again gets the same bytes. Names stand in
the town's own language; sentences of the count stay in English beside their parts, so that a better translation
changes no published byte.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from keys.election.decision import Decision
from keys.election.definition import Contest, text_in
from keys.election.dossier import Dossier, SignedDecision
from tally.count.files.tables import text_cell
from tally.count.outcome_json import outcome_to_json
from tally.results.counted import Counted

__all__ = ["results_csv", "results_json"]

_COLUMNS = ("contest", "option", "name", "votes", "elected")
_PAPER = ("paper", "together")
"""Two more columns where a station voted on paper."""


def results_json(dossier: Dossier, counted: Sequence[Counted], language: str) -> bytes:
    """Write `results.json`, in UTF-8.

    Args:
        dossier: The papers.
        counted: The contests, in the order of the definition.
        language: Of titles and names.
    """
    definition = dossier.manifest.definition
    content = {
        "title": text_in(definition.title, language),
        "town": definition.town,
        "mode": dossier.mode.name.lower(),
        "demonstration": definition.demonstration,
        "manifest": dossier.fingerprint.hex(),
        "contests": [_contest(definition.contests[item.contest], item, language) for item in counted],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def results_csv(dossier: Dossier, counted: Sequence[Counted], language: str) -> bytes:
    """Write `results.csv`: comma-separated, UTF-8, a line an option; `elected` is 0 or 1, or a number of seats.

    Where a station voted on paper, two columns follow: its votes, which nobody can prove, and both together.
    A name that a spreadsheet would run as a formula has an apostrophe before it.

    Args:
        dossier: The papers.
        counted: The contests, in the order of the definition.
        language: Of the names.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")  # RFC 4180, section 2
    paper = any(item.paper is not None for item in counted)
    writer.writerow((*_COLUMNS, *_PAPER) if paper else _COLUMNS)
    for item in counted:
        contest = dossier.manifest.definition.contests[item.contest]
        for at, option in enumerate(contest.options):
            name = text_cell(text_in(option.name, language))
            votes = item.totals.votes[at]
            row = (text_cell(contest.id), text_cell(option.id), name, votes, _elected(item, at))
            added = (item.together(at) - votes, item.together(at))
            writer.writerow((*row, *added) if paper else row)
    return stream.getvalue().encode()


def _elected(item: Counted, option: int) -> int:
    return item.outcome.seats[option] if item.outcome.seats else int(option in item.outcome.winners)


def _contest(contest: Contest, item: Counted, language: str) -> dict[str, Any]:
    outcome, totals = item.outcome, item.totals
    count = outcome_to_json(outcome)
    return {
        "id": contest.id,
        "title": text_in(contest.title, language),
        "rule": str(outcome.rule),
        "ballots": totals.ballots,
        "blank": totals.blank,
        "invalid": totals.invalid,
        **(
            {"invalid_by_reason": {str(flaw): number for flaw, number in item.flaws.items()}}
            if item.flaws
            else {}
        ),
        "options": [
            {
                "id": option.id,
                "name": text_in(option.name, language),
                "votes": totals.votes[at],
                "elected": _elected(item, at),
                **_option_paper(item, at),
            }
            for at, option in enumerate(contest.options)
        ],
        **_paper(item),
        "winners": [contest.options[at].id for at in outcome.winners],
        "ties": [
            {
                "step": tie.step,
                "options": [contest.options[at].id for at in tie.options],
                "places": tie.places,
            }
            for tie in outcome.ties
        ],
        "decisions": [_decision(contest, signed) for signed in item.decisions],
        "verdict": count["verdict"],
        "figures": count["figures"],
        "rounds": count["rounds"],
    }


def _option_paper(item: Counted, option: int) -> dict[str, int]:
    if item.paper is None or not item.paper.votes:
        return {}
    return {"paper": item.paper.votes[option], "together": item.together(option)}


def _paper(item: Counted) -> dict[str, Any]:
    """What stations on paper bring; absent where there are none."""
    paper = item.paper
    if paper is None:
        return {}
    figures = {"ballots": paper.ballots, "blank": paper.blank, "invalid": paper.invalid}
    return {"paper": {**figures, "provable": False, "added": bool(paper.votes)}}


def _decision(contest: Contest, signed: SignedDecision) -> dict[str, Any]:
    decision: Decision = signed.decision
    return {
        "fingerprint": signed.fingerprint.hex(),
        "step": decision.step,
        "order": [contest.options[at].id for at in decision.order or ()],
        "basis": decision.basis,
        "reason": decision.reason,
        "at": decision.at,
    }

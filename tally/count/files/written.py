"""A count of a file alone, written for others: the votes again, the tables, the outcome and its schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files

from keys.election.rules import Completion, Rule
from tally.count.data import RankProfile
from tally.count.files.alone import Read
from tally.count.files.blt import BltFile, write_blt
from tally.count.files.pb_file import PbFile
from tally.count.files.pb_write import write_pb
from tally.count.files.tables import tables_csv
from tally.count.message import exact
from tally.count.outcome import Outcome
from tally.count.outcome_json import outcome_to_json

__all__ = ["written"]

_SCHEMA = "outcome.schema.json"
_RULES = {
    Rule.BUDGET_GREEDY: "greedy",
    Rule.BUDGET_NO_SKIP: "greedy-no-skip",
    Rule.BUDGET_EQUAL_SHARES: "equalshares",
}
_COMPLETIONS = {
    Completion.NONE: "",
    Completion.ADD1: "/add1",
    Completion.GREEDY: "/greedy",
    Completion.ADD1_GREEDY: "/add1u",
}


def written(read: Read, outcome: Outcome, name: str) -> Mapping[str, str]:
    """The files of a count, by name.

    `outcome.json` with its schema; a CSV table of the totals and of each round; and the votes in the strict form of
    their kind: `NAME.pb`, with the column `selected` and the rule that filled it, or `NAME.blt` where rankings were
    counted.

    Args:
        read: What was counted.
        outcome: What it gave.
        name: Of the votes, without an ending.
    """
    found = {f"tables/{table}": text for table, text in tables_csv(outcome).items()}
    found["outcome.json"] = json.dumps(outcome_to_json(outcome), ensure_ascii=False, indent=1) + "\n"
    found[_SCHEMA] = files("tally.count").joinpath(_SCHEMA).read_text(encoding="utf-8")
    if isinstance(read.file, PbFile):
        found[f"{name}.pb"] = write_pb(read.file, outcome, _stated(read, outcome))
    elif isinstance(read.data, RankProfile):
        title = read.file.title if isinstance(read.file, BltFile) else name
        found[f"{name}.blt"] = write_blt(read.data, read.seats or len(outcome.winners) or 1, title or name)
    return found


def _stated(read: Read, outcome: Outcome) -> Mapping[str, str]:
    """What META says of the count, in the words of Pabulib where it has some."""
    rule = _RULES.get(outcome.rule, str(outcome.rule))
    if outcome.rule is Rule.BUDGET_EQUAL_SHARES:
        rule += _COMPLETIONS[read.completion]
    budget = outcome.figures.get("budget")
    return {"rule": rule} if budget is None else {"rule": rule, "budget": exact(budget)}

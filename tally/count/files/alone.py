"""Count a file of votes by itself, without an election around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from keys.election.rules import RULES, Completion, Form, Rule, RuleParameters, Satisfaction
from keys.findings import Misuse, Refused, Unreadable
from tally.count.counting import count
from tally.count.data import ApprovalProfile, Data, RankProfile, Totals
from tally.count.files.blt import BltFile, read_blt
from tally.count.files.csv_votes import read_csv
from tally.count.files.pb import PbFile, read_pb
from tally.count.files.preflib import read_preflib
from tally.count.outcome import Outcome, TieDecision
from tally.count.papers import Papers

__all__ = ["Read", "count_file", "count_votes", "read_votes"]

_LARGEST = 200_000_000
"""Bytes; a larger file is not read."""
_READERS = (".pb", ".blt", ".soc", ".soi", ".toc", ".toi", ".csv")


def count_file(
    path: Path,
    rule: str,
    seats: int | None = None,
    budget: int | None = None,
    decisions: Sequence[TieDecision] = (),
) -> Outcome:
    """Count a .pb, BLT, PrefLib or CSV file.

    What is not given is taken from the file: the seats of a BLT file, the budget of a .pb file, and for
    Equal Shares the completion that its `rule` names (`equalshares/add1`); its measure is then the cost.
    Plurality and two rounds count the first preferences of rankings.

    Args:
        path: The file; its ending tells the format.
        rule: A name from the table of rules.
        seats: Places to fill.
        budget: Money to spend, whole units.
        decisions: On ties.

    Raises:
        Misuse: The rule is unknown, or does not take or lacks what was given (exit status 2).
        Unreadable: The file cannot be read (exit status 3).
        Refused: The file or the count is refused (exit status 1).
    """
    return count_votes(read_votes(path, rule), rule, seats, budget, decisions)


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds, as a rule takes it."""

    data: Data
    ids: tuple[str, ...] = ()
    seats: int | None = None
    budget: int | None = None
    completion: Completion = Completion.NONE
    file: PbFile | BltFile | None = None
    """The file itself, where it has more to say than its votes."""


def count_votes(
    found: Read,
    rule: str,
    seats: int | None = None,
    budget: int | None = None,
    decisions: Sequence[TieDecision] = (),
) -> Outcome:
    """Count what was read for this rule; arguments and refusals as `count_file`."""
    known = _rule(rule)
    info = RULES[known]
    parameters = _parameters(
        known,
        found.seats if seats is None and "seats" in info.known else seats,
        found.budget if budget is None and "budget" in info.needs else budget,
        found.completion,
    )
    outcome = count(known, parameters, _fitting(found.data, known), decisions)
    return replace(outcome, ids=found.ids)


def read_votes(path: Path, rule: str) -> Read:
    """Read a file for a rule.

    Raises:
        Misuse: The rule, or the kind of the file, is unknown.
        Unreadable: The file cannot be read.
        Refused: The file is refused.
    """
    known = _rule(rule)
    ending = path.suffix.lower()
    if ending not in _READERS:
        raise Misuse(f"{path.name}: a file ending in {', '.join(_READERS)} was expected")
    text = _text(path)
    if ending == ".pb":
        file = read_pb(text, path.name)
        ids = tuple(project.id for project in file.projects)
        return Read(_votes(file, known), ids, None, file.budget, _completion(file), file)
    if ending == ".blt":
        ballots = read_blt(text, path.name)
        return Read(ballots.profile, seats=ballots.seats, file=ballots)
    if ending == ".csv":
        return Read(read_csv(text, path.name))
    return Read(read_preflib(text, path.name))


def _rule(name: str) -> Rule:
    if name not in {str(rule) for rule in Rule}:
        raise Misuse(f"no rule is named {name!r}; the rules are {', '.join(sorted(Rule))}")
    return Rule(name)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise Refused("T-411", path.name, f"larger than {_LARGEST} bytes")
        content = path.read_bytes()
    except OSError as reason:
        raise Unreadable(f"{path}: {reason.strerror or reason}") from reason
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as reason:
        if path.suffix.lower() == ".blt":
            return content.decode("latin-1")
        line = content[: reason.start].count(b"\n") + 1
        raise Refused("T-411", f"{path.name}, line {line}", "the text is not UTF-8") from reason


def _votes(file: PbFile, rule: Rule) -> Data:
    """The votes of a .pb file in the form that fits its vote type."""
    titles = Counter(project.name for project in file.projects)
    options = tuple(
        project.name if titles[project.name] == 1 else f"{project.name} ({project.id})"
        for project in file.projects
    )
    costs = tuple(project.cost for project in file.projects)
    blank = sum(not voter.approvals for voter in file.voters)
    if file.kind == "ordinal" and Form.RANKS in RULES[rule].forms:
        orders = Counter(
            tuple((option,) for option in voter.approvals) for voter in file.voters if voter.approvals
        )
        return RankProfile(options, tuple(sorted(orders.items())), blank=blank, costs=costs)
    if any(voter.points is not None for voter in file.voters):
        each = max((max(voter.points or (1,)) for voter in file.voters), default=1)
        return Totals(options, file.points(), len(file.voters), blank, costs=costs, each=each)
    sets = Counter(tuple(sorted(voter.approvals)) for voter in file.voters if voter.approvals)
    return ApprovalProfile(options, tuple(sorted(sets.items())), blank=blank, costs=costs)


def _completion(file: PbFile) -> Completion:
    named = file.meta.get("rule", "").lower().replace("equal-shares", "equalshares")
    return {
        "equalshares/add1": Completion.ADD1,
        "equalshares/add1u": Completion.ADD1_GREEDY,
        "equalshares/greedy": Completion.GREEDY,
    }.get(named, Completion.NONE)


def _fitting(data: Data, rule: Rule) -> Data:
    """First preferences, where a rule that counts marks meets rankings."""
    if not isinstance(data, RankProfile) or rule not in {Rule.PLURALITY, Rule.TWO_ROUND}:
        return data
    papers = Papers.read(data)
    return Totals(
        data.options,
        tuple(papers.firsts(len(data.options))),
        ballots=data.ballots,
        blank=data.blank,
        invalid=data.invalid + papers.unclear,
        most=1,
    )


def _parameters(rule: Rule, seats: int | None, budget: int | None, completion: Completion) -> RuleParameters:
    info = RULES[rule]
    for name, value in (("seats", seats), ("budget", budget)):
        if value is not None and name not in info.known:
            raise Misuse(f"the rule {rule} takes no --{name}")
        if value is not None and value < 1:
            raise Misuse(f"--{name} must be at least 1, not {value}")
        if value is None and name in info.needs:
            raise Misuse(f"the rule {rule} needs --{name}")
    equal = rule is Rule.BUDGET_EQUAL_SHARES
    return RuleParameters(
        seats=seats,
        budget=budget,
        satisfaction=Satisfaction.COST if equal else None,
        completion=completion if equal else Completion.NONE,
    )

"""Rules of counting by name: the ballot forms they accept, what they need, and their limits.

A pure table. The definition of an election uses it to refuse a rule that cannot be counted; the tally
counts by it. How each rule counts, and its source in law or literature, stands in `tally.count`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

__all__ = [
    "FORM_LIMITS",
    "RULES",
    "Base",
    "Completion",
    "Form",
    "FormLimits",
    "Rule",
    "RuleInfo",
    "RuleParameters",
    "Satisfaction",
    "Support",
    "TiePolicy",
]


class Form(StrEnum):
    """What a ballot of a contest holds (plan, section 5)."""

    MARKS = "marks"
    """Min to max options marked, or blank; only the sums are ever opened."""
    POINTS = "points"
    """Up to k points on an option, t in all, or blank; only the sums are ever opened."""
    RANKS = "whole-ranks"
    """Options in order of preference; each ballot is opened after the shuffle."""
    GRADES = "whole-grades"
    """A grade for each option; each ballot is opened after the shuffle."""
    APPROVALS = "whole-approvals"
    """A set of options; each ballot is opened after the shuffle."""


class Rule(StrEnum):
    """The rules, by the names used in the definition and on the command line."""

    PLURALITY = "plurality"
    TWO_ROUND = "two-round"
    BLOCK = "block"
    APPROVAL = "approval"
    YES_NO = "yes-no"
    DHONDT = "dhondt"
    SAINTE_LAGUE = "sainte-lague"
    LARGEST_REMAINDER = "largest-remainder"
    MAJORITY_BONUS = "majority-bonus"
    STV_SCOTTISH = "stv-scottish"
    STV_MEEK = "stv-meek"
    IRV = "irv"
    SCHULZE = "schulze"
    RANKED_POINTS = "ranked-points"
    MAJORITY_JUDGEMENT = "majority-judgement"
    BUDGET_GREEDY = "budget-greedy"
    BUDGET_GREEDY_COST = "budget-greedy-cost"
    BUDGET_NO_SKIP = "budget-no-skip"
    BUDGET_EQUAL_SHARES = "budget-equal-shares"


class Base(StrEnum):
    """What a share (threshold, quorum, majority) is a share of."""

    ELECTORS = "electors"
    """Everybody on the roll."""
    VOTERS = "voters"
    """Every ballot in the box: valid, blank and invalid."""
    VALID_OR_BLANK = "valid-or-blank"
    """Valid ballots and blank ones (Spain: LOREG, article 180 with article 96)."""
    VALID = "valid"
    """Valid ballots alone (France: suffrages exprimés)."""


class Support(StrEnum):
    """What is measured against a quorum."""

    VOTERS = "voters"
    """Every ballot in the box (a turnout quorum)."""
    VALID = "valid"
    """Valid ballots."""
    YES = "yes"
    """The yes votes alone (a quorum of approval)."""


class Completion(StrEnum):
    """What Equal Shares does with the money that is left (Faliszewski et al. 2023, section 3.4)."""

    NONE = "none"
    ADD1 = "add1"
    """Raise every voter's share by one unit until the next step would pass the budget."""
    GREEDY = "greedy"
    """Fund what still fits, in order of votes."""
    ADD1_GREEDY = "add1-greedy"
    """The first, then the second."""


class Satisfaction(StrEnum):
    """How much a voter gains from a funded project under Equal Shares."""

    COST = "cost"
    """Its cost."""
    CARDINALITY = "cardinality"
    """One, whatever it costs."""


class TiePolicy(StrEnum):
    """What decides between equals."""

    LOT = "lot"
    """A lot drawn in public; the count stops until it is recorded."""
    AGE = "age"
    """The eldest first: `tie_order` names the options from eldest to youngest."""
    ORDER = "order"
    """Another order fixed in the definition: `tie_order`."""


@dataclass(frozen=True, slots=True)
class RuleParameters:
    """What a definition may say beside the name of the rule. Every field has the meaning its rule gives it.

    Shares are exact fractions. Money is whole units of the currency.
    """

    seats: int | None = None
    """Places to fill; None counts as one where a rule elects one."""
    budget: int | None = None
    """Money to spend."""
    max_winners: int | None = None
    """At most so many options win: projects of a budget, members by approval."""
    threshold: Fraction | None = None
    """Share of the votes below which an option is out (lists, approval)."""
    threshold_base: Base = Base.VALID
    """What `threshold` is a share of."""
    quorum: Fraction | None = None
    """Yes/no: turnout or support that must be reached for the result to hold."""
    quorum_base: Base = Base.ELECTORS
    """What `quorum` is a share of."""
    quorum_counts: Support = Support.VOTERS
    """Yes/no: what must reach the quorum."""
    majority: Fraction = Fraction(1, 2)
    """Yes/no and two rounds: share of the valid votes that must be passed (not only reached)."""
    qualified: bool = False
    """True: `majority` need only be reached (two thirds, three fifths), False: it must be passed."""
    support: Fraction | None = None
    """Two rounds: share of the electors that a winner of the first round also needs (France: a quarter)."""
    bonus: Fraction = Fraction(1, 2)
    """Majority bonus: share of the seats, rounded up, that goes to the list ahead."""
    points: tuple[int, ...] = ()
    """Ranked points: what the first, second, … rank is worth; empty means n, n-1, …, 1."""
    exactly: int | None = None
    """Ranked points: a ballot ranks exactly so many options, or is invalid."""
    grades: tuple[str, ...] = ()
    """Majority judgement: names of the grades, worst first."""
    completion: Completion = Completion.NONE
    """Equal Shares: what happens to the money that is left."""
    satisfaction: Satisfaction | None = None
    """Equal Shares: the measure of a voter's gain; it changes the result, so it must be stated."""
    ties: TiePolicy = TiePolicy.LOT
    """What decides between equals."""
    tie_order: tuple[int, ...] = ()
    """Every option once, the preferred first; used where `ties` is not a lot."""


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """A row of the table."""

    forms: frozenset[Form]
    """Ballot forms that the rule can count."""
    needs: frozenset[str] = frozenset()
    """Parameters that must be stated; `costs` is a field of the options."""
    takes: frozenset[str] = frozenset()
    """Parameters that may be stated."""
    options: tuple[int, int | None] = (1, None)
    """Fewest and most options."""

    @property
    def known(self) -> frozenset[str]:
        """Every parameter that means something to this rule (`costs` is not one)."""
        return (self.needs | self.takes | {"ties", "tie_order"}) - {"costs"}


@dataclass(frozen=True, slots=True)
class FormLimits:
    """How large a question may be in one ballot form (plan, section 5)."""

    options: int
    """Most options."""
    grades: int = 0
    """Highest grade, 0 meaning that none was given (grades only)."""
    slots: int = 0
    """Most unit slots, options x points an option (points only)."""


FORM_LIMITS: dict[Form, FormLimits] = {
    Form.MARKS: FormLimits(options=240),
    Form.POINTS: FormLimits(options=240, slots=240),
    Form.RANKS: FormLimits(options=40),
    Form.GRADES: FormLimits(options=80, grades=7),
    Form.APPROVALS: FormLimits(options=240),
}

_SUMS = frozenset({Form.MARKS, Form.POINTS, Form.APPROVALS})
_MARKS = frozenset({Form.MARKS, Form.APPROVALS})
_RANKS = frozenset({Form.RANKS})
_LIST = frozenset({"threshold", "threshold_base"})

RULES: dict[Rule, RuleInfo] = {
    Rule.PLURALITY: RuleInfo(_SUMS),
    Rule.TWO_ROUND: RuleInfo(
        _MARKS, takes=frozenset({"majority", "qualified", "support", "threshold", "threshold_base"})
    ),
    Rule.BLOCK: RuleInfo(_SUMS, frozenset({"seats"}), _LIST),
    Rule.APPROVAL: RuleInfo(_SUMS, takes=_LIST | {"seats", "max_winners"}),
    Rule.YES_NO: RuleInfo(
        _MARKS,
        takes=frozenset({"majority", "qualified", "quorum", "quorum_base", "quorum_counts"}),
        options=(2, 2),
    ),
    Rule.DHONDT: RuleInfo(_MARKS, frozenset({"seats"}), _LIST),
    Rule.SAINTE_LAGUE: RuleInfo(_MARKS, frozenset({"seats"}), _LIST),
    Rule.LARGEST_REMAINDER: RuleInfo(_MARKS, frozenset({"seats"}), _LIST),
    Rule.MAJORITY_BONUS: RuleInfo(_MARKS, frozenset({"seats"}), _LIST | {"bonus"}),
    Rule.STV_SCOTTISH: RuleInfo(_RANKS, frozenset({"seats"})),
    Rule.STV_MEEK: RuleInfo(_RANKS, frozenset({"seats"})),
    Rule.IRV: RuleInfo(_RANKS),
    Rule.SCHULZE: RuleInfo(_RANKS, takes=frozenset({"seats"})),
    Rule.RANKED_POINTS: RuleInfo(
        _RANKS, takes=frozenset({"seats", "points", "exactly", "budget", "costs", "max_winners"})
    ),
    Rule.MAJORITY_JUDGEMENT: RuleInfo(frozenset({Form.GRADES}), takes=frozenset({"seats", "grades"})),
    Rule.BUDGET_GREEDY: RuleInfo(_SUMS, frozenset({"budget", "costs"}), _LIST | {"max_winners"}),
    Rule.BUDGET_GREEDY_COST: RuleInfo(_SUMS, frozenset({"budget", "costs"}), _LIST | {"max_winners"}),
    Rule.BUDGET_NO_SKIP: RuleInfo(_SUMS, frozenset({"budget", "costs"}), _LIST | {"max_winners"}),
    Rule.BUDGET_EQUAL_SHARES: RuleInfo(
        frozenset({Form.APPROVALS}),
        frozenset({"budget", "costs", "satisfaction"}),
        frozenset({"completion"}),
    ),
}

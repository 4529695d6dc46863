"""The one door to all rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from keys.election.parameters import mistakes
from keys.election.rules import RULES, Form, Rule, RuleParameters
from keys.findings import Refused
from tally.count.block import approval, block
from tally.count.budget import greedy, greedy_cost, no_skip
from tally.count.data import Data, GradeProfile, RankProfile, Totals
from tally.count.equal_shares import equal_shares
from tally.count.grades import majority_judgement
from tally.count.irv import irv
from tally.count.lists import dhondt, largest_remainder, sainte_lague
from tally.count.majority import plurality, two_round, yes_no
from tally.count.meek import stv_meek
from tally.count.municipal import majority_bonus
from tally.count.outcome import Outcome, TieDecision
from tally.count.ranked import ranked_points
from tally.count.referee import Referee
from tally.count.schulze import schulze
from tally.count.scottish import stv_scottish

__all__ = ["count"]

_Count = Callable[[Data, RuleParameters, Referee], Outcome]

_COUNTS: dict[Rule, _Count] = {
    Rule.PLURALITY: plurality,
    Rule.TWO_ROUND: two_round,
    Rule.YES_NO: yes_no,
    Rule.BLOCK: block,
    Rule.APPROVAL: approval,
    Rule.DHONDT: dhondt,
    Rule.SAINTE_LAGUE: sainte_lague,
    Rule.LARGEST_REMAINDER: largest_remainder,
    Rule.MAJORITY_BONUS: majority_bonus,
    Rule.STV_SCOTTISH: stv_scottish,
    Rule.STV_MEEK: stv_meek,
    Rule.IRV: irv,
    Rule.SCHULZE: schulze,
    Rule.RANKED_POINTS: ranked_points,
    Rule.MAJORITY_JUDGEMENT: majority_judgement,
    Rule.BUDGET_EQUAL_SHARES: equal_shares,
    Rule.BUDGET_GREEDY: greedy,
    Rule.BUDGET_GREEDY_COST: greedy_cost,
    Rule.BUDGET_NO_SKIP: no_skip,
}


def count(
    rule: Rule, parameters: RuleParameters, data: Data, decisions: Sequence[TieDecision] = ()
) -> Outcome:
    """Count a contest.

    Args:
        rule: How it is counted.
        parameters: What the rule is told by the definition.
        data: Sums of votes, or grouped ballots.
        decisions: Decisions on ties, in any order.

    Returns:
        The outcome; if its `ties` is not empty, the count waits for decisions.

    Raises:
        Refused: The data contradicts itself (T-401), a decision fits no tie (T-402), or the rule cannot
            count such ballots with such parameters (T-403).
    """
    _check(rule, parameters, data)
    referee = Referee(data.options, parameters, decisions)
    outcome = _COUNTS[rule](data, parameters, referee)
    referee.finish()
    return outcome


def _check(rule: Rule, parameters: RuleParameters, data: Data) -> None:
    forms = _forms(data)
    if not forms & RULES[rule].forms:
        wanted = ", ".join(sorted(RULES[rule].forms))
        raise Refused(
            "T-403", f"rule {rule}", f"it counts ballots of the form {wanted}, not {', '.join(sorted(forms))}"
        )
    wrong = mistakes(rule, parameters, len(data.options), data.costs is not None)
    if wrong:
        raise Refused(
            "T-403", f"rule {rule}", "; ".join(f"{mistake.field}: {mistake.text}" for mistake in wrong)
        )


def _forms(data: Data) -> frozenset[Form]:
    if isinstance(data, Totals):
        return frozenset({Form.MARKS, Form.POINTS}) if data.each == 1 else frozenset({Form.POINTS})
    if isinstance(data, RankProfile):
        return frozenset({Form.RANKS})
    if isinstance(data, GradeProfile):
        return frozenset({Form.GRADES})
    return frozenset({Form.APPROVALS})

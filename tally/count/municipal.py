"""Lists with a bonus for the one ahead, as in French municipal elections."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from keys.election.rules import Rule, RuleParameters
from tally.count.data import Data
from tally.count.lists import Allotment, lists_outcome
from tally.count.message import Message
from tally.count.outcome import Outcome
from tally.count.referee import Referee, select
from tally.count.standing import sums

__all__ = ["majority_bonus"]

_FIVE_PERCENT = Fraction(1, 20)
_FOUR_SEATS = 4


def majority_bonus(data: Data, parameters: RuleParameters, referee: Referee) -> Outcome:
    """Give a share of the seats to the list ahead, the others by highest averages to all lists admitted.

    Source: French Code électoral, article L. 262, as in its deciding round: half of the seats, rounded up
    if there are more than four, down if there are fewer, go to the list ahead; the others by the highest
    average among lists with at least 5 % of the valid votes, the list ahead among them; of equal averages
    the list with more votes comes first. Lists equal at the head are decided by `ties` (the law: the higher
    mean age). A single list takes every seat. `bonus` and `threshold` change the two shares; a threshold of
    `0 %` admits all.
    """
    if parameters.threshold is None:
        parameters = replace(parameters, threshold=_FIVE_PERCENT)
    totals = sums(data)
    allot = Allotment.begin(totals, parameters, referee)
    exact = parameters.bonus * allot.places
    bonus = ceil(exact) if allot.places > _FOUR_SEATS else floor(exact)
    scores = [(option, totals.votes[option]) for option in allot.admitted]
    ahead = select(
        referee, scores, 1, "{options} are ahead with the same number of votes, {score}; one gets the bonus."
    )
    allot.said += referee.said()
    if ahead:
        before = [0] * len(allot.seats)
        before[ahead[0]] = bonus
        allot.seats[ahead[0]] = bonus
        allot.said.append(
            Message(
                "{list} is ahead. Seats it gets at once: {bonus} of {seats}.",
                {"list": totals.options[ahead[0]], "bonus": bonus, "seats": allot.places},
            )
        )
        allot.highest_averages(lambda seats: seats + 1, larger_first=True, already=before)
    return lists_outcome(Rule.MAJORITY_BONUS, allot)

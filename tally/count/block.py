"""Several winners by marks: block vote and approval."""

from __future__ import annotations

from keys.election.rules import Rule, RuleParameters
from tally.count.data import Data, Totals
from tally.count.message import Message
from tally.count.outcome import Outcome
from tally.count.referee import Referee, select
from tally.count.shares import Threshold
from tally.count.standing import most_votes, sums

__all__ = ["approval", "block"]

_TIE = "{options} have the same number of votes, {score}; places left for them: {places}."


def block(data: Data, parameters: RuleParameters, referee: Referee) -> Outcome:
    """Elect as many options as there are seats, those with the most votes (plurality at large).

    Source: French Code électoral, articles L. 252 and L. 253 (second round), before the reform of 2025.
    An option without a vote never wins: a seat may stay empty.
    """
    return _most_votes(Rule.BLOCK, data, parameters, referee, parameters.seats or 1)


def approval(data: Data, parameters: RuleParameters, referee: Referee) -> Outcome:
    """Elect the options approved by most: one, `seats` of them, or all above `threshold`.

    Source: S. J. Brams, P. C. Fishburn, Approval Voting, 1983. `seats` is how many win (1 if neither it
    nor `threshold` is stated); with `threshold` every option that reaches the share wins, at most
    `max_winners`. An option without a vote never wins.
    """
    places = parameters.seats or parameters.max_winners
    if places is None:
        places = 1 if parameters.threshold is None else len(data.options)
    return _most_votes(Rule.APPROVAL, data, parameters, referee, places)


def _most_votes(rule: Rule, data: Data, parameters: RuleParameters, referee: Referee, places: int) -> Outcome:
    totals = sums(data)
    threshold = Threshold.of(totals, parameters)
    scores = [
        (option, votes) for option, votes in enumerate(totals.votes) if votes and threshold.reached(votes)
    ]
    sentences = threshold.told("To win, an option needs {share} of {base} ({kind}). Votes needed: {votes}.")
    winners = select(referee, scores, places, _TIE)
    verdict, figures = _verdict(totals, winners, places, referee), {"seats": places}
    return most_votes(rule, totals, referee, winners, verdict, sentences=sentences, figures=figures)


def _verdict(totals: Totals, winners: tuple[int, ...], places: int, referee: Referee) -> Message:
    if not winners:
        return Message("No option has the votes needed; nobody is elected.")
    names = referee.names(winners)
    if places == 1:
        votes = totals.votes[winners[0]]
        return Message(
            "{option} has the most votes, {votes} of {valid}, and is elected.",
            {"option": names[0], "votes": votes, "valid": totals.valid},
        )
    if len(winners) < places:
        return Message(
            "Places filled: {count} of {places} ({options}); no other option has the votes needed.",
            {"options": names, "count": len(winners), "places": places},
        )
    return Message(
        "Elected with the most votes: {options}. Places: {places}.", {"options": names, "places": places}
    )

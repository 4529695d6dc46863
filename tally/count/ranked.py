"""Points by rank: Borda's count, and budgets that vote by a fixed number of ranked projects."""

from __future__ import annotations

from dataclasses import replace

from keys.election.rules import Rule, RuleParameters
from tally.count.budget import Purse
from tally.count.data import Data, RankProfile, Totals
from tally.count.message import Message
from tally.count.outcome import Outcome
from tally.count.papers import rank_profile
from tally.count.referee import Referee, select
from tally.count.standing import most_votes

__all__ = ["ranked_points"]


def ranked_points(data: Data, parameters: RuleParameters, referee: Referee) -> Outcome:
    """Give points for ranks; the options with most points win, as long as there are seats or money.

    Source: J.-C. de Borda 1781 (n, n-1, …, 1); with `exactly` n, as in the participatory budget of
    Talence, 2023, where a ballot ranks three projects: a ballot with another number of ranks is invalid,
    and with `budget` options win in the order of points until the first that the money left cannot pay, at
    most `max_winners`. A ballot with a shared rank, or one for a withdrawn option, is invalid.
    An option without a point never wins.
    """
    profile = rank_profile(data)
    worth = parameters.points or tuple(range(parameters.exactly or len(profile.options), 0, -1))
    totals, wrong = _totals(profile, parameters, worth)
    how = Message(
        "Points by rank: {worth}. Ballots that do not rank as the rule requires: {wrong}.",
        {"worth": tuple(str(points) for points in worth), "wrong": wrong},
    )
    if parameters.budget is not None:
        outcome = Purse(Rule.RANKED_POINTS, totals, parameters, referee, skip=False).spend()
        first = replace(outcome.rounds[0], sentences=(how, *outcome.rounds[0].sentences))
        return replace(outcome, rounds=(first, *outcome.rounds[1:]))
    return _elect(totals, parameters, referee, how)


def _totals(profile: RankProfile, parameters: RuleParameters, worth: tuple[int, ...]) -> tuple[Totals, int]:
    """Points of each option, and the number of ballots that the rule cannot count."""
    points = [0] * len(profile.options)
    wrong = 0
    for ranking, count in profile.groups:
        named = {option for group in ranking for option in group}
        right = parameters.exactly is None or len(ranking) == parameters.exactly
        if not right or len(named) != len(ranking) or named & profile.withdrawn:
            wrong += count
            continue
        for (option,), points_of_rank in zip(ranking, worth, strict=False):
            points[option] += points_of_rank * count
    return profile.adding_up_to(points, max(worth), wrong), wrong


def _elect(totals: Totals, parameters: RuleParameters, referee: Referee, how: Message) -> Outcome:
    places = parameters.seats or parameters.max_winners or 1
    scores = [(option, points) for option, points in enumerate(totals.votes) if points]
    why = "{options} have the same number of points, {score}; places left for them: {places}."
    winners = select(referee, scores, places, why)
    verdict = (
        Message("Elected, with the most points: {options}.", {"options": referee.names(winners)})
        if winners
        else Message("No option has a point; nobody is elected.")
    )
    return most_votes(
        Rule.RANKED_POINTS,
        totals,
        referee,
        winners,
        verdict,
        sentences=(how,),
        figures={"seats": places},
        heading="Points",
    )

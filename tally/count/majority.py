"""One winner by the most votes; two rounds; yes or no with a quorum."""

from __future__ import annotations

from keys.election.rules import Base, Rule, RuleParameters, Support
from tally.count.data import Data, Totals
from tally.count.message import Argument, Message
from tally.count.outcome import Number, Outcome
from tally.count.referee import Referee, select
from tally.count.shares import BASES, SUPPORTS, Threshold, base_of, reaches
from tally.count.standing import by_votes, most_votes, sums

__all__ = ["plurality", "two_round", "yes_no"]

_TIE = "{options} have the same number of votes, {score}; only one can win."


def plurality(data: Data, _parameters: RuleParameters, referee: Referee) -> Outcome:
    """Elect the option with the most votes.

    Source: simple majority, as in the second round of the French Code électoral, article L. 262.
    An option without a vote never wins.
    """
    totals = sums(data)
    scores = [(option, votes) for option, votes in enumerate(totals.votes) if votes]
    winners = select(referee, scores, 1, _TIE)
    if winners:
        verdict = Message(
            "{option} has the most votes, {votes} of {valid}, and is elected.",
            {
                "option": totals.options[winners[0]],
                "votes": totals.votes[winners[0]],
                "valid": totals.valid,
            },
        )
    else:
        verdict = Message("No option has a vote; nobody is elected.")
    return most_votes(Rule.PLURALITY, totals, referee, winners, verdict)


def two_round(data: Data, parameters: RuleParameters, referee: Referee) -> Outcome:
    """Count a first round: elect by majority, or name those who go on to the second round.

    Source: French Constitution, article 7 (absolute majority of the valid votes, else the two ahead meet
    again); with `support`, Code électoral, article L. 193 (also a quarter of the electors); with
    `threshold`, all who reach that share go on (article L. 264: a tenth), at least the two ahead.
    The second round is a contest of its own, counted by `plurality`. `winners` holds one name if somebody
    is elected; otherwise `onward` holds who goes on.
    """
    totals = sums(data)
    scores = [(option, votes) for option, votes in enumerate(totals.votes) if votes]
    ahead = [(option, votes) for option, votes in scores if _has_majority(votes, totals, parameters)]
    if ahead:
        winners = select(referee, ahead, 1, _TIE)
        verdict = Message(
            "Elected in the first round, with the majority needed: {options}.",
            {"options": referee.names(winners)},
        )
        return most_votes(Rule.TWO_ROUND, totals, referee, winners, verdict)
    onward = _onward(scores, totals, parameters, referee)
    verdict = Message(
        "Nobody is elected in the first round; {options} go on to the second round.",
        {"options": referee.names(onward)},
    )
    return most_votes(Rule.TWO_ROUND, totals, referee, (), verdict, onward=onward)


def _has_majority(votes: int, totals: Totals, parameters: RuleParameters) -> bool:
    share, valid = parameters.majority, totals.valid
    enough = votes >= share * valid if parameters.qualified else votes > share * valid
    if parameters.support is None or not enough:
        return enough
    return reaches(votes, parameters.support, base_of(totals, Base.ELECTORS))


def _onward(
    scores: list[tuple[int, int]], totals: Totals, parameters: RuleParameters, referee: Referee
) -> tuple[int, ...]:
    """Those of the second round: all above the threshold if they are two or more, else the two ahead."""
    if parameters.threshold is not None:
        threshold = Threshold.of(totals, parameters)
        among = [option for option, votes in scores if threshold.reached(votes)]
        if len(among) >= 2:
            return by_votes(totals.votes, among)
    why = "{options} have the same number of votes, {score}; places left in the second round: {places}."
    return select(referee, scores, 2, why)


def yes_no(data: Data, parameters: RuleParameters, referee: Referee) -> Outcome:
    """Accept or reject a proposal; the first option is yes, the second no.

    Source: simple majority of the valid votes with a quorum, as the French Code général des collectivités
    territoriales, article L.O. 1112-7, has it: the proposal is adopted if at least half of the electors
    took part and it has the majority of the valid votes. As many yes as no is not a majority: rejected.
    If the quorum is missed, the vote is not valid and nothing wins.
    """
    totals = sums(data)
    yes = totals.votes[0]
    sentences: list[Message] = []
    figures: dict[str, Number] = {}
    held = True
    if parameters.quorum is not None:
        base = base_of(totals, parameters.quorum_base)
        measured = {Support.VOTERS: totals.ballots, Support.VALID: totals.valid, Support.YES: yes}[
            parameters.quorum_counts
        ]
        held = reaches(measured, parameters.quorum, base)
        figures |= {"quorum": parameters.quorum * base, "counted for the quorum": measured}
        text = (
            "The quorum is {share} of {base} ({kind}). Counted ({what}): {measured}. It is reached."
            if held
            else "The quorum is {share} of {base} ({kind}). Counted ({what}): {measured}. It is not reached."
        )
        args: dict[str, Argument] = {
            "share": parameters.quorum,
            "base": base,
            "kind": BASES[parameters.quorum_base],
            "measured": measured,
            "what": SUPPORTS[parameters.quorum_counts],
        }
        sentences.append(Message(text, args))
    needed = parameters.majority * totals.valid
    accepted = totals.valid > 0 and (yes >= needed if parameters.qualified else yes > needed)
    counted = {"yes": yes, "valid": totals.valid}
    if not held:
        verdict = Message("The quorum was not reached: the vote has no result.")
    elif accepted:
        verdict = Message("Accepted. Votes for yes: {yes}; valid votes: {valid}.", counted)
    else:
        verdict = Message(
            "Rejected, without the majority needed. Votes for yes: {yes}; valid votes: {valid}.", counted
        )
    winners = () if not held else (0,) if accepted else (1,)
    return most_votes(Rule.YES_NO, totals, referee, winners, verdict, sentences=sentences, figures=figures)

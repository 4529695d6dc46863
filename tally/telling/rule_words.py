"""Rules in words: what the rule of a contest does, for people who never heard its name."""

from __future__ import annotations

from collections.abc import Callable

from keys.desk.language import Language
from keys.election.definition import Contest
from keys.election.forms import Shape
from keys.election.rules import Completion, Form, Rule, RuleParameters, Satisfaction
from tally.results.counted import rule_of
from tally.telling.rule_terms import budget_words, limits_words, share_words, spending_limit_words, ties_words

__all__ = ["rule_words"]


def rule_words(contest: Contest, language: Language) -> tuple[str, ...]:
    """How a contest is voted and counted, in a few sentences.

    Args:
        contest: Of a definition that was checked.
        language: Of the reader.

    Raises:
        Refused: T-403, as `rule_of`.
    """
    rule, terms = rule_of(contest)
    return (
        _ballot(contest, language),
        *spending_limit_words(contest, language),
        _RULES[rule](contest, terms, language),
        *limits_words(rule, contest, terms, language),
        *ties_words(rule, terms, language),
    )


def _ballot(contest: Contest, language: Language) -> str:
    say, shape = language.say, Shape.of(contest)
    if contest.form == Form.POINTS:
        return language.say_many(
            "Each voter gives at most {count} point, at most {each} to one option.",
            "Each voter gives at most {count} points, at most {each} to one option.",
            contest.most,
            each=shape.highest,
        )
    if contest.form == Form.RANKS:
        return say("Each voter puts options in order of preference.")
    if contest.form == Form.GRADES:
        return say("Each voter gives each option a grade.")
    if contest.least == contest.most:
        return language.say_many(
            "Each voter chooses {count} option.", "Each voter chooses {count} options.", contest.most
        )
    return say(
        "Each voter chooses {least} to {most} options.",
        least=max(contest.least, 1),
        most=min(contest.most, len(contest.options)),
    )


def _plurality(_contest: Contest, _terms: RuleParameters, language: Language) -> str:
    return language.say("The option with the most votes wins.")


def _two_round(_contest: Contest, terms: RuleParameters, language: Language) -> str:
    say, share = language.say, share_words(terms.majority, language)
    if terms.qualified:
        return say(
            "An option with at least {share} of the valid votes wins at once; otherwise there is a second "
            "round.",
            share=share,
        )
    return say(
        "An option with more than {share} of the valid votes wins at once; otherwise there is a second round.",
        share=share,
    )


def _block(_contest: Contest, terms: RuleParameters, language: Language) -> str:
    return _most_votes(terms.seats or 1, language)


def _approval(_contest: Contest, terms: RuleParameters, language: Language) -> str:
    places = terms.seats or terms.max_winners
    if places is None and terms.threshold is not None:
        return language.say("Every option that reaches the share below wins.")
    return _most_votes(places or 1, language)


def _most_votes(places: int, language: Language) -> str:
    return language.say_many(
        "{count} option wins: the one with the most votes.",
        "{count} options win: those with the most votes.",
        places,
    )


def _yes_no(_contest: Contest, terms: RuleParameters, language: Language) -> str:
    say, share = language.say, share_words(terms.majority, language)
    if terms.qualified:
        return say("Yes wins with at least {share} of the valid votes.", share=share)
    return say("Yes wins with more than {share} of the valid votes.", share=share)


def _dhondt(_contest: Contest, terms: RuleParameters, language: Language) -> str:
    return language.say(
        "Seats: {seats}. They go one by one to the list with the highest average: its votes divided by 1, 2, 3 and so "
        "on (D'Hondt).",
        seats=terms.seats or 1,
    )


def _sainte_lague(_contest: Contest, terms: RuleParameters, language: Language) -> str:
    return language.say(
        "Seats: {seats}. They go one by one to the list with the highest average: its votes divided by 1, 3, 5 and so "
        "on (Sainte-Laguë).",
        seats=terms.seats or 1,
    )


def _largest_remainder(_contest: Contest, terms: RuleParameters, language: Language) -> str:
    return language.say(
        "Seats: {seats}. They go to the lists by whole quotas, the rest by the largest remainders (Hare).",
        seats=terms.seats or 1,
    )


def _majority_bonus(_contest: Contest, terms: RuleParameters, language: Language) -> str:
    return language.say(
        "Seats: {seats}. The list with the most votes gets {share} of them at once; all lists share the others by "
        "the highest average.",
        share=share_words(terms.bonus, language),
        seats=terms.seats or 1,
    )


def _stv(_contest: Contest, terms: RuleParameters, language: Language) -> str:
    return language.say(
        "Single transferable vote. Seats: {seats}. Whoever reaches the quota is elected and passes on what is above "
        "it; whoever has the fewest votes is excluded and passes on all.",
        seats=terms.seats or 1,
    )


def _irv(_contest: Contest, _terms: RuleParameters, language: Language) -> str:
    return language.say(
        "The option with the fewest votes is excluded and its ballots go to their next preference, until one has "
        "more than half."
    )


def _schulze(_contest: Contest, terms: RuleParameters, language: Language) -> str:
    return language.say(
        "Every option is compared with every other by the ballots that prefer it; the strongest chains of victories "
        "win (Schulze). Places: {seats}.",
        seats=terms.seats or 1,
    )


def _ranked_points(contest: Contest, terms: RuleParameters, language: Language) -> str:
    worth = terms.points or tuple(range(terms.exactly or len(contest.options), 0, -1))
    shown = ", ".join(map(str, worth))
    return language.say("Points for each rank, from the first: {points}. The most points win.", points=shown)


def _majority_judgement(_contest: Contest, terms: RuleParameters, language: Language) -> str:
    return language.say(
        "The option to which the majority gives the best grade wins (majority judgement). Places: {seats}.",
        seats=terms.seats or 1,
    )


def _greedy(contest: Contest, terms: RuleParameters, language: Language) -> str:
    return language.say(
        "Projects are funded in order of votes until {money} is spent; one that costs more than is left is "
        "passed over.",
        money=budget_words(contest, terms, language),
    )


def _greedy_cost(contest: Contest, terms: RuleParameters, language: Language) -> str:
    return language.say(
        "Projects are funded in order of votes for their cost until {money} is spent; one that costs more than "
        "is left is passed over.",
        money=budget_words(contest, terms, language),
    )


def _no_skip(contest: Contest, terms: RuleParameters, language: Language) -> str:
    return language.say(
        "Projects are funded in order of votes until {money} is spent, up to the first that costs more than is "
        "left.",
        money=budget_words(contest, terms, language),
    )


def _equal_shares(contest: Contest, terms: RuleParameters, language: Language) -> str:
    say = language.say
    sentence = say(
        "{money} is divided equally among the voters; those who support a project pay for it together (Equal "
        "Shares).",
        money=budget_words(contest, terms, language),
    )
    measure = (
        say("A project is worth its cost to those who support it.")
        if terms.satisfaction is Satisfaction.COST
        else say("Each project is worth the same to those who support it.")
    )
    rest = "" if terms.completion is Completion.NONE else say("What is left is spent on what still fits.")
    return " ".join(filter(None, (sentence, measure, rest)))


_RULES: dict[Rule, Callable[[Contest, RuleParameters, Language], str]] = {
    Rule.PLURALITY: _plurality,
    Rule.TWO_ROUND: _two_round,
    Rule.BLOCK: _block,
    Rule.APPROVAL: _approval,
    Rule.YES_NO: _yes_no,
    Rule.DHONDT: _dhondt,
    Rule.SAINTE_LAGUE: _sainte_lague,
    Rule.LARGEST_REMAINDER: _largest_remainder,
    Rule.MAJORITY_BONUS: _majority_bonus,
    Rule.STV_SCOTTISH: _stv,
    Rule.STV_MEEK: _stv,
    Rule.IRV: _irv,
    Rule.SCHULZE: _schulze,
    Rule.RANKED_POINTS: _ranked_points,
    Rule.MAJORITY_JUDGEMENT: _majority_judgement,
    Rule.BUDGET_GREEDY: _greedy,
    Rule.BUDGET_GREEDY_COST: _greedy_cost,
    Rule.BUDGET_NO_SKIP: _no_skip,
    Rule.BUDGET_EQUAL_SHARES: _equal_shares,
}

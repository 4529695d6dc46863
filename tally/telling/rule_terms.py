"""What a definition tells a rule, in words: thresholds, quorums, money, what decides between equals."""

from __future__ import annotations

import re
from fractions import Fraction

from keys.desk.language import Language
from keys.desk.spending import money_words
from keys.election.definition import Contest
from keys.election.rules import Rule, RuleParameters, TiePolicy
from tally.count.shares import BASES, SUPPORTS

__all__ = ["budget_words", "limits_words", "share_words", "spending_limit_words", "ties_words"]


def spending_limit_words(contest: Contest, language: Language) -> list[str]:
    """What one ballot may spend, where there is a limit."""
    if contest.spend is None:
        return []
    return [
        language.say(
            "The choices of one voter may cost at most {money} together; a ballot above that is invalid.",
            money=money_words(contest.spend, contest.currency, language),
        )
    ]


def limits_words(rule: Rule, contest: Contest, terms: RuleParameters, language: Language) -> list[str]:
    """What must be reached, and how many may win: a sentence each."""
    say, found = language.say, []
    if terms.threshold is not None:
        base = language.wording(BASES[terms.threshold_base])
        found.append(
            say("Needed at least: {share} ({base}).", share=share_words(terms.threshold, language), base=base)
        )
    if terms.support is not None:
        found.append(
            say(
                "It also needs {share} of the electors on the register.",
                share=share_words(terms.support, language),
            )
        )
    if terms.quorum is not None:
        counts = language.wording(SUPPORTS[terms.quorum_counts])
        base = language.wording(BASES[terms.quorum_base])
        share = share_words(terms.quorum, language)
        found.append(
            say(
                "Quorum: {share} ({base}). What is measured: {counted}.",
                counted=counts,
                share=share,
                base=base,
            )
        )
    if terms.exactly is not None:
        found.append(
            language.say_many(
                "A ballot that does not rank exactly {count} option is invalid.",
                "A ballot that does not rank exactly {count} options is invalid.",
                terms.exactly,
            )
        )
    if rule is Rule.RANKED_POINTS and terms.budget is not None:
        found.append(
            say(
                "Projects are funded in this order until {money} is spent.",
                money=budget_words(contest, terms, language),
            )
        )
    if terms.max_winners is not None and rule is not Rule.APPROVAL:
        found.append(
            language.say_many(
                "At most {count} option wins.", "At most {count} options win.", terms.max_winners
            )
        )
    return found


def ties_words(rule: Rule, terms: RuleParameters, language: Language) -> list[str]:
    """What decides between equals."""
    say = language.say
    if rule is Rule.YES_NO:
        return []
    if terms.ties is TiePolicy.AGE:
        return [say("If options are equal, the eldest comes first.")]
    if terms.ties is TiePolicy.ORDER:
        return [say("If options are equal, the order that the rules of the vote state decides.")]
    return [say("If options are equal, a lot drawn in public decides.")]


def share_words(share: Fraction, language: Language) -> str:
    """A share in percent where that is exact, else as a fraction."""
    if (share * 1000).denominator != 1:
        return str(share)
    words = language.percent(share)
    return re.sub(r"[.,]0(?!\d)", "", words) if (share * 100).denominator == 1 else words


def budget_words(contest: Contest, terms: RuleParameters, language: Language) -> str:
    """The money to spend."""
    return money_words(terms.budget or 0, contest.currency, language)

"""What the number beside an option is: votes, points, or what else its rule compares first."""

from __future__ import annotations

from keys.desk.chosen import grade_texts
from keys.desk.language import Language
from keys.election.definition import Contest
from keys.election.rules import Form, Rule

__all__ = ["compared_text", "compared_words"]


def compared_words(contest: Contest, language: Language) -> str:
    """The heading of the numbers that `tally.results.counted.Counted.totals` holds."""
    say = language.say
    rules = {
        Rule.STV_SCOTTISH: say("First preferences"),
        Rule.STV_MEEK: say("First preferences"),
        Rule.IRV: say("First preferences"),
        Rule.SCHULZE: say("Pairs won"),
        Rule.RANKED_POINTS: say("Points"),
        Rule.MAJORITY_JUDGEMENT: say("Majority grade"),
        Rule.BUDGET_EQUAL_SHARES: say("Approvals"),
    }
    return rules.get(Rule(contest.rule)) or (say("Points") if contest.form == Form.POINTS else say("Votes"))


def compared_text(contest: Contest, value: int, language: Language) -> str:
    """Such a number as it is shown: a majority grade by its name, where the definition gives grades names."""
    names = grade_texts(contest) if contest.rule == Rule.MAJORITY_JUDGEMENT and contest.terms.grades else ()
    return language.text(names[value]) if value < len(names) else language.number(value)

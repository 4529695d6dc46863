"""How much of a spending limit a selection uses, in words: one wording for the booth, its sheets and their check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from keys.desk.language import Language
from keys.election.definition import Contest
from keys.election.forms import Shape

__all__ = ["Spending", "money_words", "spending_in", "spending_words", "spent_words"]


@dataclass(frozen=True, slots=True)
class Spending:
    """What the options of a selection cost together, and may cost; whole units of the currency."""

    spent: int
    limit: int
    currency: str | None

    @property
    def left(self) -> int:
        """What may still be spent."""
        return self.limit - self.spent


def spending_in(contest: Contest, selection: Sequence[int]) -> Spending | None:
    """How a selection stands to the spending limit of its contest; None where there is none.

    Args:
        contest: The contest.
        selection: One value an option; empty for blank.
    """
    if contest.spend is None:
        return None
    return Spending(Shape.of(contest).spent(selection), contest.spend, contest.currency)


def spending_words(spending: Spending, language: Language, *, short: bool = False) -> str:
    """Say it, such as ``€320,000 of €400,000 chosen, €80,000 left``.

    Args:
        spending: What is spent.
        language: Of the reader.
        short: Name the currency once.
    """
    if spending.left < 0:
        over = language.say(
            "{amount} too much", amount=money_words(-spending.left, spending.currency, language)
        )
        return f"{money_words(spending.spent, spending.currency, language)} ({over})"
    currency = None if short else spending.currency
    return language.say(
        "{spent} of {limit} chosen, {left} left.",
        spent=money_words(spending.spent, currency, language),
        limit=money_words(spending.limit, spending.currency, language),
        left=money_words(spending.left, currency, language),
    )


def spent_words(contest: Contest, selection: Sequence[int], language: Language) -> str:
    """The same of a selection that is opened; empty where it is blank, or may spend anything."""
    spending = spending_in(contest, selection)
    return spending_words(spending, language) if spending is not None and any(selection) else ""


def money_words(amount: int, currency: str | None, language: Language) -> str:
    """An amount, in its currency where there is one to name."""
    return language.money(amount, currency) if currency else language.number(amount)

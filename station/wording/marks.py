"""Words of a contest in which options, or one of several lists, are chosen."""

from __future__ import annotations

import dataclasses
import textwrap

from keys.desk.spending import money_words, spending_words
from station.visits.contest_questions import AskMarks, Notice, OptionLine
from station.wording.form import FormPage
from station.wording.page import Item, Line, Sign, Words

__all__ = ["MarksPage"]


class MarksPage(FormPage[AskMarks]):
    """V3 and V6."""

    def title(self, title: str) -> str:
        """What to do in the contest of this title."""
        say, question = self.say, self.question
        if self._by_money:
            return say("{title}: choose for up to {amount}, or vote blank.", title=title, amount=self._limit)
        lists = all(line.members for line in question.options)
        if len(question.options) == 1 and lists:
            return say("{title}: there is only one list. Choose it, or vote blank.", title=title)
        if len(question.options) == 1:
            return say("{title}: there is only one choice. Choose it, or vote blank.", title=title)
        if question.most == 1 and lists:
            return say("{title}: choose one list, or vote blank.", title=title)
        if question.most == 1:
            return say("{title}: choose one, or vote blank.", title=title)
        numbers = [str(number) for number in range(max(question.least, 1), question.most + 1)]
        if len(numbers) > 4:
            return say(
                "{title}: choose {least} to {most}. You may also vote blank.",
                title=title,
                least=numbers[0],
                most=numbers[-1],
            )
        listed = self.frame.language.join_or(numbers)
        if self.frame.small:
            return say("{title}: choose {numbers}, or blank.", title=title, numbers=listed)
        return say("{title}: choose {numbers}. You may also vote blank.", title=title, numbers=listed)

    @property
    def _by_money(self) -> bool:
        """Whether money alone limits the choices."""
        question = self.question
        return question.spending is not None and question.least <= 1 < len(question.options) <= question.most

    @property
    def _limit(self) -> str:
        return self._amount(self.question.spending.limit if self.question.spending else 0)

    def _amount(self, amount: int) -> str:
        return money_words(amount, self.question.currency, self.frame.language)

    def above(self) -> list[Item]:
        """The budget, or a spending limit that the title does not name; that a list is chosen as a whole."""
        items = super().above()
        if self.question.spending is not None:
            limit = self.say("Your choices together may cost at most {amount}.", amount=self._limit)
            items = [] if self._by_money else [Words(limit)]
        if any(line.members for line in self.question.options):
            items.append(Words(self.say("You vote for a whole list: no name can be struck out or added.")))
        return items

    def line(self, plain: Line, option: OptionLine) -> Line:
        """With its tick, and whether it fits into what may still be spent."""
        unmarked, marked = Sign.UNTICKED, Sign.TICKED
        if self.question.most == 1:
            unmarked, marked = Sign.UNCHOSEN, Sign.CHOSEN
        right, details = plain.right, plain.details
        if option.members and not self.frame.small:
            right = self.say("led by {name}", name=option.members[0])
        if not option.fits and self.frame.small:
            right, details = self.say("does not fit"), details or (right,)
        elif not option.fits:
            right = f"{self.say('does not fit')}   {right}"
        sign = marked if option.value else unmarked
        return dataclasses.replace(plain, sign=sign, right=right, details=details)

    def notice(self) -> str:
        """What is to be said about the last key."""
        question = self.question
        match question.notice:
            case Notice.FULL:
                return self.many(
                    "You already have {count} choice. Untick it first.",
                    "You already have {count} choices. Untick one first.",
                    question.most,
                )
            case Notice.TOO_DEAR:
                return self.say(
                    "{amount} too much. First untick choices that cost {amount} or more.",
                    amount=self._amount(question.over),
                )
            case Notice.BEYOND:
                return self.say(
                    "This choice alone costs more than {amount}, the most you may spend.", amount=self._limit
                )
            case Notice.MOVED if question.moved:
                before, now = (textwrap.shorten(name, 30, placeholder="...") for name in question.moved)
                return self.say("{now} is chosen instead of {before}.", now=now, before=before)
        return ""

    def given(self) -> str:
        """How many are chosen, and for how much."""
        given, most, spending = self.question.given, self.question.most, self.question.spending
        if most == 1:
            return self.say("Your choice is made.") if given else self.say("No choice yet.")
        chosen = self.many("Chosen: {count} of {most}.", "Chosen: {count} of {most}.", given, most=most)
        if spending is None:
            return chosen
        spent = spending_words(spending, self.frame.language, short=self.frame.small)
        return spent if self.frame.small or self._by_money else f"{chosen} {spent}"

    def hint(self) -> str:
        """The keys that work here."""
        return self.say("Up Down: move   Enter: tick or untick   Esc: back   F1: help")

    def short_hint(self) -> str:
        """The same in 40 cells."""
        return self.say("Up Down  Enter tick  Esc back")

"""Turning the pages of a ballot: which language, which contest, and what is asked before leaving one."""

from __future__ import annotations

from enum import Enum

from keys.findings import Misuse
from station import answers as a
from station import questions as q
from station.filling.filling import Filling
from station.visits import contest_questions as c
from station.visits.choices import Choices

__all__ = ["Booklet"]


class _Aside(Enum):
    """A question that lies on top of a contest."""

    BLANK = "clear it?"
    INCOMPLETE = "too little is filled in"


class Booklet:
    """Where a voter is among the pages on which choices are made.

    Attributes:
        choices: What was chosen.
        language: Code of the language in use; the commune's own at first.
        picking: The page of languages lies on top.
    """

    def __init__(self, choices: Choices, languages: tuple[str, ...]) -> None:
        self.choices = choices
        self.language = languages[0]
        self.picking = True
        self._languages = languages
        self._first = True
        self._alone = len(choices.style) == 1
        self._start()

    def _start(self) -> None:
        self._open: int | None = self.choices.style[0] if self._alone else None
        self._focus = 0
        self._aside: _Aside | None = None
        self._then_review = False

    def clear(self) -> None:
        """Forget the choices and go back to the first page; the language stays."""
        self.choices.clear()
        self._start()

    def open(self, contest: int, then_review: bool = False) -> None:
        """Open a contest.

        Args:
            contest: Index.
            then_review: Go back to the review after it.
        """
        self.choices[contest].quiet()
        self._focus = self.choices.style.index(contest)
        self._open, self._then_review = contest, then_review

    def reopen(self) -> None:
        """Come back from the review: to the contest if there is one only, to the list if there are several."""
        self._then_review = False
        self._open = self.choices.style[0] if self._alone else None

    def ask_language(self) -> q.ChooseLanguage:
        """The page of languages."""
        return q.ChooseLanguage(self._languages, self.language, self._first)

    def ask(self) -> q.Question:
        """The page that lies open."""
        if self._open is None:
            return self.choices.listed(self.language, self._focus)
        filling = self.choices[self._open]
        asked = filling.ask(self._open, self.language)
        match self._aside:
            case _Aside.BLANK:
                return c.ConfirmBlank(asked.title, asked.given)
            case _Aside.INCOMPLETE:
                return c.Incomplete(asked.title, filling.missing, isinstance(asked, c.AskPoints))
        return asked

    def turn(self, answer: a.Answer) -> bool:
        """Take an answer about the language.

        Returns:
            True if it was one.

        Raises:
            Misuse: The language is not one of the election's.
        """
        match answer:
            case a.LanguageChosen(code) if self.picking:
                if code not in self._languages:
                    raise Misuse(f"the vote has no texts in {code!r}")
                self.language, self.picking, self._first = code, False, False
            case a.Back() if self.picking:
                self.picking = self._first
            case a.ChangeLanguage():
                self.picking = True
            case a.TimePassed():
                return False
            case _ if self.picking:
                raise Misuse(f"{type(answer).__name__} is no answer to the question of the language")
            case _:
                return False
        return True

    def answer(self, answer: a.Answer) -> bool:
        """Take an answer about choices.

        Returns:
            True if the voter is done with choosing.

        Raises:
            Misuse: The page that lies open has no such answer.
        """
        if self._open is None:
            return self._answer_list(answer)
        if self._aside is not None:
            return self._answer_aside(answer, self.choices[self._open])
        return self._answer_contest(answer, self.choices[self._open])

    def _answer_list(self, answer: a.Answer) -> bool:
        match answer:
            case a.OpenContest(contest):
                self.open(contest)
            case a.Done():
                return True
            case a.Back():
                self.picking = True
            case _:
                _refuse(answer, "list of contests")
        return False

    def _answer_contest(self, answer: a.Answer, filling: Filling) -> bool:
        match answer:
            case a.Tick(option):
                filling.tick(option)
            case a.Give(option, value):
                filling.give(option, value)
            case a.BlankHere() if filling.given:
                self._aside = _Aside.BLANK
            case a.BlankHere():
                filling.leave_blank()
                return self._close(filling, forward=True)
            case a.Back() if self._alone and not self._then_review:
                self._close(filling, forward=False)
            case a.Done() | a.Back() if filling.missing:
                self._aside = _Aside.INCOMPLETE
            case a.Done():
                return self._close(filling, forward=True)
            case a.Back():
                return self._close(filling, forward=False)
            case _:
                _refuse(answer, "contest")
        return False

    def _answer_aside(self, answer: a.Answer, filling: Filling) -> bool:
        aside = self._aside
        match answer:
            case a.BlankHere():
                self._aside = None
                filling.leave_blank()
                return self._close(filling, forward=True)
            case a.ClearHere() if aside is _Aside.BLANK:
                filling.clear()
            case a.KeepChoices() | a.Back():
                filling.quiet()
            case _:
                _refuse(answer, "question whether to vote blank")
                return False
        self._aside = None
        return False

    def _close(self, filling: Filling, forward: bool) -> bool:
        """Leave a contest; True if the review comes next."""
        filling.quiet()
        if self._then_review:
            return True
        if self._alone:
            self.picking = not forward
            return forward
        self._open = None
        if forward:
            self._focus += 1  # after the last contest comes the review
        return False


def _refuse(answer: a.Answer, page: str) -> None:
    if not isinstance(answer, a.TimePassed):
        raise Misuse(f"{type(answer).__name__} is no answer to the {page}")

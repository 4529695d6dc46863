"""What a voter has chosen so far: in memory only, and emptied as soon as it is not needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from keys.election.definition import Contest, Definition, text_in
from keys.findings import Misuse
from station.questions import AskMarks, ContestLine, ListContests, Notice, OptionLine, Review

__all__ = ["Choices", "Marks"]

_MARKED_FORMS = frozenset({"marks", "approvals", "whole-approvals"})


class Marks:
    """The ticks in one contest."""

    def __init__(self, contest: Contest, order: Sequence[int]) -> None:
        """Start with nothing ticked.

        Args:
            contest: Of a form that is marked.
            order: Its options by index, in the order of the screen.
        """
        if contest.form not in _MARKED_FORMS:
            raise Misuse(
                f"contest {contest.id}: the form {contest.form!r} cannot be voted on this machine yet"
            )
        self.contest = contest
        self.order = tuple(order)
        self._ticked: set[int] = set()
        self.notice: Notice | None = None
        self.moved: tuple[int, int] | None = None

    def tick(self, option: int) -> None:
        """Tick an option or untick it; one too many changes nothing, and `notice` says so.

        Where only one can be chosen, the choice moves to the new option.

        Raises:
            Misuse: There is no such option.
        """
        if option not in range(len(self.contest.options)):
            raise Misuse(f"contest {self.contest.id} has no option {option}")
        self.quiet()
        if option in self._ticked:
            self._ticked.remove(option)
        elif len(self._ticked) < self.contest.most:
            self._ticked.add(option)
        elif self.contest.most == 1:
            (before,) = self._ticked
            self._ticked = {option}
            self.notice, self.moved = Notice.MOVED, (before, option)
        else:
            self.notice = Notice.FULL

    def finish(self) -> bool:
        """True if this can be a ballot as it stands; if not, `notice` says why."""
        self.quiet()
        if 0 < len(self._ticked) < self.contest.least:
            self.notice = Notice.TOO_FEW
            return False
        return True

    def quiet(self) -> None:
        """Forget what was said about the last key."""
        self.notice = self.moved = None

    def clear(self) -> None:
        """Forget all ticks."""
        self.quiet()
        self._ticked.clear()

    @property
    def ticked(self) -> tuple[int, ...]:
        """Chosen options by index, in the order of the screen."""
        return tuple(option for option in self.order if option in self._ticked)

    @property
    def selection(self) -> tuple[int, ...]:
        """Value by option, 0 or 1; empty for blank."""
        if not self._ticked:
            return ()
        return tuple(int(option in self._ticked) for option in range(len(self.contest.options)))


class Choices:
    """All contests of a visit."""

    def __init__(self, definition: Definition, station: int, shuffle: Callable[[int], Sequence[int]]) -> None:
        """Start with nothing chosen.

        Args:
            definition: Of the vote.
            station: Index; its style says which contests there are.
            shuffle: Gives the numbers below its argument in a random order, for contests that ask for it.
        """
        self.style = definition.style(station)
        self._marks = {
            index: Marks(contest, self._order(contest, shuffle))
            for index in self.style
            for contest in (definition.contests[index],)
        }

    @staticmethod
    def _order(contest: Contest, shuffle: Callable[[int], Sequence[int]]) -> Sequence[int]:
        count = len(contest.options)
        return shuffle(count) if contest.order == "random" else range(count)

    def __getitem__(self, contest: int) -> Marks:
        """The marks of a contest of the style.

        Raises:
            Misuse: The contest is not one of this station.
        """
        if contest not in self._marks:
            raise Misuse(f"this station does not vote on contest {contest}")
        return self._marks[contest]

    def clear(self) -> None:
        """Forget every choice."""
        for marks in self._marks.values():
            marks.clear()

    @property
    def selections(self) -> dict[int, tuple[int, ...]]:
        """Selection by contest index: values by option, empty for blank or left out."""
        return {index: marks.selection for index, marks in self._marks.items()}

    def lines(self, language: str) -> tuple[ContestLine, ...]:
        """Every contest with the names of what is chosen in it."""
        return tuple(_line(index, marks, language) for index, marks in self._marks.items())

    def titles(self, language: str) -> tuple[str, ...]:
        """Titles of the contests, in the order of the style."""
        return tuple(text_in(marks.contest.title, language) for marks in self._marks.values())

    def ask(self, contest: int, language: str) -> AskMarks:
        """The question about one contest."""
        marks = self[contest]
        item = marks.contest
        moved = None
        if marks.moved is not None:
            before, now = (text_in(item.options[option].name, language) for option in marks.moved)
            moved = (before, now)
        return AskMarks(
            contest=contest,
            title=text_in(item.title, language),
            options=tuple(_option(marks, option, language) for option in marks.order),
            least=item.least,
            most=min(item.most, len(item.options)),
            budget=item.terms.budget,
            currency=item.currency,
            notice=marks.notice,
            moved=moved,
        )

    def listed(self, language: str, focus: int) -> ListContests:
        """The list of contests."""
        return ListContests(self.lines(language), focus)

    def reviewed(self, language: str, void_slip: int | None) -> Review:
        """The review, and the slip that was made void by coming back to it."""
        return Review(self.lines(language), void_slip)


def _line(index: int, marks: Marks, language: str) -> ContestLine:
    item = marks.contest
    chosen = tuple(text_in(item.options[option].name, language) for option in marks.ticked)
    return ContestLine(index, text_in(item.title, language), chosen, min(item.most, len(item.options)))


def _option(marks: Marks, option: int, language: str) -> OptionLine:
    item = marks.contest.options[option]
    name = text_in(item.name, language)
    return OptionLine(
        option=option,
        name=name,
        short_name=text_in(item.short_name, language) if item.short_name else name,
        cost=item.cost,
        members=item.members or (),
        ticked=option in marks.ticked,
    )

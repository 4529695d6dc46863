"""What a voter has chosen so far in all contests: in memory only, and emptied as soon as it is not needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from keys.election.definition import Contest, Definition, text_in
from keys.election.rules import Form
from keys.findings import Misuse
from station.filling.filling import Filling
from station.filling.grades import Grades
from station.filling.marks import Marks
from station.filling.points import Points
from station.filling.ranks import Ranks
from station.questions import ListContests, Review
from station.visits.chosen import ContestLine

__all__ = ["Choices"]

_FILLINGS: dict[Form, type[Filling]] = {
    Form.MARKS: Marks,
    Form.APPROVALS: Marks,
    Form.POINTS: Points,
    Form.RANKS: Ranks,
    Form.GRADES: Grades,
}


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
        self._fillings = {
            index: _FILLINGS[Form(contest.form)](contest, self._order(contest, shuffle))
            for index in self.style
            for contest in (definition.contests[index],)
        }

    @staticmethod
    def _order(contest: Contest, shuffle: Callable[[int], Sequence[int]]) -> Sequence[int]:
        count = len(contest.options)
        return shuffle(count) if contest.order == "random" else range(count)

    def __getitem__(self, contest: int) -> Filling:
        """What is filled in in a contest of the style.

        Raises:
            Misuse: The contest is not one of this station.
        """
        if contest not in self._fillings:
            raise Misuse(f"this station does not vote on contest {contest}")
        return self._fillings[contest]

    def clear(self) -> None:
        """Forget every choice."""
        for filling in self._fillings.values():
            filling.clear()

    @property
    def selections(self) -> dict[int, tuple[int, ...]]:
        """Selection by contest index: values by option, empty for blank or left out."""
        return {index: filling.selection for index, filling in self._fillings.items()}

    def lines(self, language: str) -> tuple[ContestLine, ...]:
        """Every contest with what is chosen in it."""
        return tuple(filling.line(index, language) for index, filling in self._fillings.items())

    def titles(self, language: str) -> tuple[str, ...]:
        """Titles of the contests, in the order of the style."""
        return tuple(text_in(filling.contest.title, language) for filling in self._fillings.values())

    def listed(self, language: str, focus: int) -> ListContests:
        """The list of contests."""
        return ListContests(self.lines(language), focus)

    def reviewed(self, language: str, void_slip: int | None) -> Review:
        """The review, and the slip that was made void by coming back to it."""
        return Review(self.lines(language), void_slip)

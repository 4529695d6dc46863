"""Ballot forms: how choices become the answers of a contest's Belenios question, and back (plan, section 5).

A selection is one value an option, whatever the form: 0 or 1 for marks and approvals, points, a rank (1 is the first,
0 none), a grade (1 is the worst, 0 none given). Empty, or all zero, is blank. The booth, the check of a machine, the
count and the verification all go through this one place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from keys.crypto.errors import CryptoError
from keys.crypto.group import Point
from keys.crypto.randomness import Draw
from keys.election.ballot import make_ballot_for, make_whole_ballot_for
from keys.election.ballot_form import UnsignedBallot
from keys.election.bundle import bundle, bundle_answers, unbundle
from keys.election.definition import Contest, Definition
from keys.election.question import ElectionParams, WholeParams
from keys.election.rules import FORM_LIMITS, Form
from keys.findings import Refused

__all__ = ["Flaw", "Shape", "make_ballot_of", "whole_contests"]

_BITS = {Form.RANKS: 6, Form.GRADES: 3, Form.APPROVALS: 1}


class Flaw(StrEnum):
    """Why a selection is not a vote."""

    ENCODING = "not written in the only form"
    """Its group element is another one than its values have, or holds bits that belong to no option."""
    VALUE = "a value that does not exist"
    """A rank, grade or number of points above the highest, or not one value an option."""
    TWICE = "a rank given twice"
    GAP = "a rank left out"
    TOO_FEW = "too few options"
    """Or points."""
    TOO_MANY = "too many options"
    """Or points."""
    TOO_DEAR = "options that cost too much together"
    """Its options cost more together than the spending limit of the contest."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The form of a contest's ballots, with its limits."""

    form: Form
    options: int
    """How many there are."""
    least: int
    """Fewest options (or points) of a selection that is not blank."""
    most: int
    """Most options (or points)."""
    highest: int
    """Highest value of an option."""
    spend: int | None = None
    """Most that the options of one selection may cost together; None where it may be anything."""
    costs: tuple[int, ...] = ()
    """Of the options, where `spend` is stated."""

    @classmethod
    def of(cls, contest: Contest) -> Shape:
        """The shape of a contest.

        Raises:
            Refused: V-616, the definition asks for what no ballot can hold.
        """
        subject = f"contest {contest.id}"
        try:
            form = Form(contest.form)
        except ValueError:
            raise Refused("V-616", subject, contest.form) from None
        options, limits = len(contest.options), FORM_LIMITS[form]
        highest = {
            Form.POINTS: contest.points_each or 1,
            Form.RANKS: options,
            Form.GRADES: len(contest.terms.grades or ()) or limits.grades,
        }.get(form, 1)
        exactly = contest.terms.exactly
        least, most = (exactly, exactly) if exactly is not None else (contest.least, contest.most)
        room = options * highest if form is Form.POINTS else options
        too_high = (limits.grades and highest > limits.grades) or (limits.slots and room > limits.slots)
        if options > limits.options or too_high or not 0 <= least <= most <= room:
            raise Refused("V-616", subject, "more than a ballot of its form can hold")
        return cls(form, options, least, most, highest, contest.spend, _costs(contest, form, least))

    @property
    def is_whole(self) -> bool:
        """Whether each ballot is opened whole, after the shuffles."""
        return self.form in _BITS

    @property
    def blank(self) -> tuple[int, ...]:
        """The selection of a blank ballot: 0 for every option."""
        return (0,) * self.options

    def answers(self, names: Sequence[str]) -> tuple[str, ...]:
        """The answers of the question.

        Args:
            names: Of the options.
        """
        if self.form is Form.POINTS and self.highest > 1:
            return tuple(f"{name}, point {point + 1}" for name in names for point in range(self.highest))
        return bundle_answers(names, _BITS[self.form]) if self.is_whole else tuple(names)

    def flaw(self, selection: Sequence[int]) -> Flaw | None:
        """Why a selection is no vote under this form; None where it is one, or blank."""
        if len(selection) != self.options or any(
            type(value) is not int or not 0 <= value <= self.highest for value in selection
        ):
            return Flaw.VALUE
        if not any(selection):
            return None
        given = sorted(value for value in selection if value)
        if self.form is Form.RANKS and len(set(given)) < len(given):
            return Flaw.TWICE
        if self.form is Form.RANKS and given[-1] != len(given):
            return Flaw.GAP
        number = sum(given) if self.form is Form.POINTS else len(given)
        if number < self.least:
            return Flaw.TOO_FEW
        if number > self.most:
            return Flaw.TOO_MANY
        return Flaw.TOO_DEAR if self.over(selection) else None

    def spent(self, selection: Sequence[int]) -> int:
        """What the options of a selection cost together; 0 where no spending limit asks for it."""
        return sum(cost for cost, value in zip(self.costs, selection, strict=False) if value)

    def over(self, selection: Sequence[int]) -> int:
        """How much of that is above the spending limit; 0 where it is kept."""
        return 0 if self.spend is None else max(self.spent(selection) - self.spend, 0)

    def choices(self, selection: Sequence[int]) -> tuple[int, ...]:
        """The values of the question's answers for a selection.

        Points fill the slots of their option from the first, so that each selection has one form.

        Raises:
            CryptoError: Step ``"choices"``: the selection does not fit the form.
        """
        flaw = self.flaw(selection)
        if flaw is not None:
            raise CryptoError("choices", str(flaw))
        if self.form is Form.POINTS:
            return tuple(int(slot < value) for value in selection for slot in range(self.highest))
        return bundle(selection, _BITS[self.form]) if self.is_whole else tuple(selection)

    def totals(self, sums: Sequence[int]) -> tuple[int, tuple[int, ...]]:
        """Blank ballots, and votes or points by option, from the opened sums of the answers.

        Args:
            sums: Blank first, then the answers, as the archive's result has them.

        Raises:
            CryptoError: Step ``"totals"``: not as many sums as the question has answers, or a form without sums.
        """
        width = self.highest if self.form is Form.POINTS else 1
        if self.is_whole or len(sums) != 1 + self.options * width:
            raise CryptoError("totals", "the sums are not those of the question")
        rows = (sums[start : start + width] for start in range(1, len(sums), width))
        return sums[0], tuple(sum(row) for row in rows)

    def read(self, values: Sequence[int]) -> tuple[int, ...]:
        """The selection that an opened ballot holds; whether it is a vote, `flaw` says.

        Raises:
            CryptoError: Step ``"bundle"``: a bit is set that belongs to no option.
        """
        return unbundle(values, self.options, _BITS[self.form])


def _costs(contest: Contest, form: Form, least: int) -> tuple[int, ...]:
    """The costs by which a spending limit is judged; none without a limit.

    Raises:
        Refused: V-616, a form that cannot keep it, an option without a cost, or a limit below the cheapest ballot.
    """
    if contest.spend is None:
        return ()
    costs = tuple(option.cost for option in contest.options if option.cost is not None)
    if form is not Form.APPROVALS or len(costs) < len(contest.options):
        raise Refused("V-616", f"contest {contest.id}", "a spending limit that its ballots cannot keep")
    if sum(sorted(costs)[: max(least, 1)]) > contest.spend:
        raise Refused("V-616", f"contest {contest.id}", "a spending limit below the cheapest ballot")
    return costs


def whole_contests(definition: Definition) -> tuple[int, ...]:
    """The contests whose ballots are opened whole, each by its index, rising.

    Raises:
        Refused: V-616, the definition asks for what no ballot can hold.
    """
    return tuple(at for at, contest in enumerate(definition.contests) if Shape.of(contest).is_whole)


def make_ballot_of(
    shape: Shape,
    params: ElectionParams | WholeParams,
    fingerprint: str,
    credential: Point,
    selection: Sequence[int],
    draw: Draw,
) -> UnsignedBallot:
    """Make an unsigned ballot from a selection; whoever opens a visit's seed makes the same again.

    Args:
        shape: Of the contest.
        params: Its election.
        fingerprint: Of its `election.json`.
        credential: Public credential the ballot carries.
        selection: One value an option.
        draw: Randomness.

    Raises:
        CryptoError: Step ``"choices"``, the selection is none; and as the makers of ballots do.
    """
    choices = shape.choices(selection)
    if isinstance(params, WholeParams):
        return make_whole_ballot_for(params, fingerprint, credential, choices, draw)
    return make_ballot_for(params, fingerprint, credential, choices, draw)

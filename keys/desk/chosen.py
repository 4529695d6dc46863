"""What a selection says, in words: options with their points, ranks or grades.

One wording for the review, the sheet of an opened ballot and its check, so that they can be laid side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from keys.desk.language import Language
from keys.election.definition import Contest, text_in
from keys.election.rules import FORM_LIMITS, Form

__all__ = ["Chosen", "chosen_in", "chosen_words", "grade_names", "grade_texts", "ordinal"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """An option that was given something."""

    name: str
    value: int = 1
    """1 where it is marked; points; a rank, 1 for the first; a grade, 1 for the worst."""
    form: Form = Form.MARKS
    grade: str = ""
    """Name of the grade."""
    people: int = 0
    """How many stand on it, if it is a list."""


def chosen_in(
    contest: Contest, selection: Sequence[int], code: str, order: Sequence[int] | None = None
) -> tuple[Chosen, ...]:
    """The options that a selection gives something, ranked ones by their rank.

    Args:
        contest: The contest.
        selection: One value an option (`keys.election.forms`); empty for blank.
        code: Of the reader's language.
        order: Options by index, as they stood on the screen; without it as the definition has them.
    """
    form = Form(contest.form)
    given = [at for at in (order or range(len(selection))) if selection and selection[at]]
    if form is Form.RANKS:
        given.sort(key=lambda at: selection[at])
    grades = grade_names(contest, code) if form is Form.GRADES else ()
    return tuple(
        Chosen(
            name=text_in(contest.options[at].name, code),
            value=selection[at],
            form=form,
            grade=grades[selection[at] - 1] if grades else "",
            people=len(contest.options[at].members or ()),
        )
        for at in given
    )


def grade_names(contest: Contest, code: str) -> tuple[str, ...]:
    """The grades of a contest, worst first; numbers where the definition gives no names.

    Args:
        contest: The contest.
        code: Of the reader's language.
    """
    return tuple(text_in(texts, code) for texts in grade_texts(contest))


def grade_texts(contest: Contest) -> tuple[dict[str, str], ...]:
    """The same in all languages in which the definition has them."""
    highest = FORM_LIMITS[Form.GRADES].grades
    names = contest.terms.grades or tuple(str(grade) for grade in range(1, highest + 1))
    translated, first = contest.grade_names or (), next(iter(contest.title))
    return translated if len(translated) == len(names) else tuple({first: name} for name in names)


def chosen_words(chosen: Chosen, language: Language) -> str:
    """An option and what it was given, such as ``A park: 3 points``."""
    say, many = language.say, language.say_many
    match chosen.form:
        case Form.POINTS:
            return many("{name}: {count} point", "{name}: {count} points", chosen.value, name=chosen.name)
        case Form.RANKS:
            return say("{rank}: {name}", rank=ordinal(chosen.value, language), name=chosen.name)
        case Form.GRADES:
            return say("{name}: {value}", name=chosen.name, value=chosen.grade)
    if chosen.people:
        return many("{name} ({count} person)", "{name} ({count} people)", chosen.people, name=chosen.name)
    return chosen.name


def ordinal(rank: int, language: Language) -> str:
    """A rank, such as ``1st``."""
    say = language.say
    if rank == 1:
        return say("1st")
    if rank // 10 % 10 != 1:
        match rank % 10:
            case 1:
                return say("{number}st", number=rank)
            case 2:
                return say("{number}nd", number=rank)
            case 3:
                return say("{number}rd", number=rank)
    return say("{number}th", number=rank)

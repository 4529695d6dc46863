"""What a selection says in words, in every form: the same on the screen, on the sheet and at its check."""

from __future__ import annotations

from dataclasses import replace

import pytest

from keys.desk.chosen import chosen_in, chosen_words, grade_names, ordinal
from keys.desk.language import Language
from keys.election.definition import Contest, Terms
from keys.election.rules import Form
from tests.simulator.hall import contest

EN, FR = Language("en"), Language("fr")
NAMED = Terms(grades=("Later", "Soon", "Now"))
LISTS = contest("lists", "AB", most=1, members=(("Anne",), ("Karim", "Rose")))


@pytest.mark.parametrize(
    ("held", "selection", "english", "french"),
    [
        (contest("m", "ABC"), (1, 0, 1), ["A", "C"], ["A", "C"]),
        (LISTS, (0, 1), ["B (2 people)"], ["B (2 personnes)"]),
        (LISTS, (1, 0), ["A (1 person)"], ["A (1 personne)"]),
        (
            contest("p", "ABC", most=7, form=Form.POINTS, points_each=3),
            (3, 0, 1),
            ["A: 3 points", "C: 1 point"],
            ["A : 3 points", "C : 1 point"],
        ),
        (
            contest("r", "ABC", form=Form.RANKS),
            (3, 1, 2),
            ["1st: B", "2nd: C", "3rd: A"],
            ["1er : B", "2e : C", "3e : A"],
        ),
        (
            contest("g", "ABC", form=Form.GRADES, terms=NAMED),
            (3, 0, 1),
            ["A: Now", "C: Later"],
            ["A : Now", "C : Later"],
        ),
        (contest("g", "AB", form=Form.GRADES), (7, 1), ["A: 7", "B: 1"], ["A : 7", "B : 1"]),
        (contest("a", "ABC", form=Form.APPROVALS), (0, 1, 1), ["B", "C"], ["B", "C"]),
    ],
    ids=[
        "marks",
        "list of two",
        "list of one",
        "points",
        "ranks",
        "named grades",
        "bare grades",
        "approvals",
    ],
)
def test_a_selection_in_words(
    held: Contest, selection: tuple[int, ...], english: list[str], french: list[str]
) -> None:
    for language, expected in ((EN, english), (FR, french)):
        words = [chosen_words(item, language) for item in chosen_in(held, selection, language.code)]
        assert [text.replace("\u00a0", " ") for text in words] == expected
    assert chosen_in(held, (), "en") == ()


def test_the_order_of_the_screen_is_kept_but_ranks_have_their_own() -> None:
    marks = chosen_in(contest("m", "ABC"), (1, 0, 1), "en", (2, 1, 0))
    assert [item.name for item in marks] == ["C", "A"]
    ranks = chosen_in(contest("r", "ABC", form=Form.RANKS), (2, 0, 1), "en", (0, 1, 2))
    assert [item.name for item in ranks] == ["C", "A"]


def test_ranks_are_counted_as_people_count() -> None:
    assert [ordinal(rank, EN) for rank in (1, 2, 3, 4, 11, 12, 13, 21, 22, 33, 40)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "33rd", "40th",
    ]  # fmt: skip
    assert [ordinal(rank, FR) for rank in (1, 2, 3, 21, 40)] == ["1er", "2e", "3e", "21e", "40e"]


def test_grades_without_names_are_numbers() -> None:
    assert grade_names(contest("g", "AB", form=Form.GRADES), "fr") == tuple("1234567")
    assert grade_names(contest("g", "AB", form=Form.GRADES, terms=NAMED), "en") == NAMED.grades


def test_grades_are_named_in_the_language_of_the_reader() -> None:
    words = tuple({"fr": name, "en": f"{name} (en)"} for name in NAMED.grades or ())
    translated = replace(contest("g", "AB", form=Form.GRADES, terms=NAMED), grade_names=words)
    assert grade_names(translated, "fr") == NAMED.grades
    assert grade_names(translated, "en") == tuple(text["en"] for text in words)
    assert grade_names(translated, "de") == NAMED.grades
    assert chosen_in(translated, (0, 1), "en")[0].grade == words[0]["en"]
    fewer = replace(translated, grade_names=words[1:])
    assert grade_names(fewer, "en") == NAMED.grades, "names that do not fit the rule's are not used"


@pytest.mark.parametrize("code", ["de", "cs", "et"])
def test_a_rank_that_ends_in_a_full_stop_has_no_colon(code: str) -> None:
    held = contest("r", "ABC", form=Form.RANKS)
    words = [chosen_words(item, Language(code)) for item in chosen_in(held, (3, 1, 2), code)]
    assert words == ["1. B", "2. C", "3. A"]

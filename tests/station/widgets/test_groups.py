"""Typing an officer's card: a group that is wrong is typed anew, and nothing else."""

from __future__ import annotations

import pytest

from station.widgets.groups import GroupEntry, in_groups

CARD = "2NYQ46580X315M7P"


def entry(text: str = "") -> GroupEntry:
    """Four groups, with a text typed into it letter by letter."""
    made = GroupEntry(4)
    for letter in text:
        made.type(letter)
    return made


def typed(made: GroupEntry, text: str) -> str:
    """What stands there after more letters."""
    for letter in text:
        made.type(letter)
    return made.text


@pytest.mark.parametrize("text", [CARD, "2NYQ 4658 0X31 5M7P", "2NYQ-4658-0X31-5M7P"])
@pytest.mark.parametrize("group", [1, 2, 3, 4])
def test_one_group_is_typed_anew_and_the_others_stay(text: str, group: int) -> None:
    made = entry(text)
    made.renew(group)
    start = 4 * group - 4
    kept = CARD[:start], CARD[start + 4 :]
    assert made.text == f"{kept[0]}{'____' if kept[1] else ''}{kept[1]}"
    assert typed(made, "AB") == f"{kept[0]}AB{'__' if kept[1] else ''}{kept[1]}"
    assert typed(made, "CD") == f"{kept[0]}ABCD{kept[1]}"
    assert made.finished == (group, "ABCD")


def test_whoever_goes_on_typing_overwrites_the_next_groups() -> None:
    made = entry(CARD)
    made.renew(2)
    assert typed(made, "ABCDEF") == "2NYQABCDEF315M7P"


def test_another_card_that_is_shown_then_stands_alone() -> None:
    made = entry(CARD)
    made.renew(4)
    assert typed(made, "ISO1234567890") == "ISO1234567890"
    made = entry(CARD)
    made.renew(2)
    assert typed(made, "ISO1" + "9" * 60) == "ISO1" + "9" * 60


@pytest.mark.parametrize("before", ["", "2N", CARD, CARD[:13]])
def test_a_code_that_is_shown_after_some_letters_stands_alone(before: str) -> None:
    made = entry(before)
    code = "ISO1" + "9" * 60
    assert typed(made, code) == code
    made = entry(CARD)
    made.renew(3)
    assert typed(made, before[:2] + code) == code
    assert made.finished is None


def test_erasing_goes_back_group_by_group() -> None:
    made = entry(CARD)
    made.renew(3)
    typed(made, "A")
    made.erase()
    assert made.text == "2NYQ4658____5M7P"
    made.erase()
    assert made.text == "2NYQ465"
    for _ in range(9):
        made.erase()
    assert made.text == ""


def test_what_lay_under_a_help_is_taken_up_with_its_hole() -> None:
    made = entry(CARD)
    made.renew(2)
    typed(made, "AB")
    again = GroupEntry(4)
    again.begin(made.text)
    assert again.text == made.text == "2NYQAB__0X315M7P"
    assert typed(again, "CD") == "2NYQABCD0X315M7P"
    again.begin("2NYQ46")
    assert typed(again, "5") == "2NYQ465"
    again.begin()
    assert again.text == ""


def test_a_page_that_is_drawn_again_empties_no_group_that_is_half_typed() -> None:
    made = entry(CARD)
    made.renew(2)
    typed(made, "AB")
    made.renew(2)
    assert made.text == "2NYQAB__0X315M7P"


def test_a_group_is_finished_by_its_last_letter_alone() -> None:
    assert entry("2NY").finished is None
    assert entry("2NYQ").finished == (1, "2NYQ")
    assert entry("2NYQ ").finished is None
    assert entry("2NYQ 4658").finished == (2, "4658")
    assert entry("ISO1").finished is None, "a scanner"
    assert entry("ISO&").finished is None, "a scanner on another keyboard"
    assert entry("").finished is None


def test_on_the_screen_the_groups_stand_apart() -> None:
    assert in_groups("", 4, hidden=True) == "____ ____ ____ ____"
    assert in_groups("2NYQ 46", 4, hidden=True) == "**** **__ ____ ____"
    assert in_groups("2NYQAB__0X315M7P", 4, hidden=True) == "**** **__ **** ****"
    assert in_groups("2NYQ46", 4, hidden=False) == "2NYQ 46__ ____ ____"
    assert in_groups("ISO1" + "9" * 60, 4, hidden=True) is None
    assert in_groups("ISO&é", 4, hidden=True) is None

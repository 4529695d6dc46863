"""The paper list that people sign."""

from __future__ import annotations

import pytest

from station.signing_list import LINES_A_PAGE, place


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1, (1, 1)), (20, (1, 20)), (21, (2, 1)), (132, (7, 12)), (1204, (61, 4))],
)
def test_every_page_has_as_many_lines(number: int, expected: tuple[int, int]) -> None:
    assert place(range(1, 1205), number) == expected


def test_lines_are_counted_by_place_and_not_by_number() -> None:
    numbers = [7, 30, 31, 500]
    assert [place(numbers, number) for number in numbers] == [(1, 1), (1, 2), (1, 3), (1, 4)]


@pytest.mark.parametrize("number", [0, 6, 8, 501])
def test_a_number_that_was_not_printed_has_no_line(number: int) -> None:
    assert place([7, 30, 31, 500], number) is None


def test_no_two_numbers_share_a_line() -> None:
    numbers = range(3, 300, 3)
    places = [place(numbers, number) for number in numbers]
    assert len(set(places)) == len(numbers)
    assert max(found.line for found in places if found) == LINES_A_PAGE

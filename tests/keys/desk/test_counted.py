"""Numbers with their nouns in the answers of the commands."""

from __future__ import annotations

import pytest

from keys.desk.counted import counted


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 ballots"), (1, "1 ballot"), (2, "2 ballots"), (7014, "7,014 ballots")]
)
def test_a_number_and_its_noun_agree(number: int, said: str) -> None:
    assert counted(number, "ballot") == said


def test_a_noun_with_a_plural_of_its_own() -> None:
    assert [counted(number, "box", "boxes") for number in (0, 1, 2)] == ["0 boxes", "1 box", "2 boxes"]

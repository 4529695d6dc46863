"""What F1 says at the desk and at the hand-over."""

from __future__ import annotations

from keys.desk.language import Language
from station.wording.helps import help_of


def test_the_desk_and_the_hand_over_say_how_to_end_a_visit() -> None:
    for key in ("desk, searching", "hand over"):
        assert any("F12" in sentence for sentence in help_of(key, Language("en")))


def test_a_page_unknown_to_the_helps_says_nothing_of_its_own() -> None:
    assert help_of("no page", Language("en")) == ()

"""What F1 says at the desk and at the hand-over."""

from __future__ import annotations

import pytest

from keys.desk.language import Language
from station import questions as q
from station.wording.helps import help_of, helps
from station.wording.pages import page_of
from tests.station.wording.test_pages import PIN, frame, questions


def test_the_desk_and_the_hand_over_say_how_to_end_a_visit() -> None:
    for key in ("desk, searching", "hand over"):
        assert any("F12" in sentence for sentence in help_of(key, Language("en")))


def test_a_page_unknown_to_the_helps_says_nothing_of_its_own() -> None:
    assert help_of("no page", Language("en")) == ()


def test_no_page_has_its_sentences_in_two_places() -> None:
    pages = [page for part in helps(Language("en")) for page in part]
    assert sorted(pages) == sorted(set(pages))


def test_the_signatures_of_a_machine_that_stopped_are_told_by_the_tick_not_by_a_line() -> None:
    assert "line" not in " ".join(help_of("dead signatures", Language("en")))


def test_every_page_of_officers_has_a_help_of_its_own() -> None:
    phone = 1
    for question in questions():
        page = page_of(question, frame("en", "85x24"))
        assert page.voter or len(page.help) > phone, page.key


@pytest.mark.parametrize(
    "question",
    [
        q.SignHere(132, "DUPONT Marie"),
        q.Recorded(b"statement", ("4T8W - M2RK",), ("A",), None),
        q.HandBack(PIN, None),
        *(q.InDoubt(recorded, PIN, None) for recorded in (None, True, False)),
    ],
    ids=str,
)
def test_after_the_last_yes_no_help_says_that_nothing_is_recorded_yet(question: q.Question) -> None:
    said = " ".join(page_of(question, frame("en", "85x24")).help)
    assert said
    assert "Nothing is recorded until" not in said

"""What the pages of voters say where somebody who only read the screen once stumbled."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from keys.desk.language import Language
from station import questions as q
from station.wording.page import Verb
from station.wording.pages import page_of
from tests.station.wording.test_pages import SIZES, frame, questions


def test_f12_is_told_where_it_works_and_nowhere_else() -> None:
    for question in questions():
        page = page_of(question, frame("en", "85x24"))
        told = any("F12" in words and "hides your choices" in words for words in page.keys_help)
        assert told is (page.voter and "f12" in page.keys), page.key


@pytest.mark.parametrize("size", SIZES)
def test_as_many_greetings_as_are_whole_in_one_row(size: str) -> None:
    shown = frame("fr", size)
    codes = ("fr", "de", "it", "es", "ro", "cs", "et")
    title = page_of(q.ChooseLanguage(codes, "fr", first=True), shown).title
    greetings = [Language(code).say("Hello").upper() for code in codes]
    assert title.split(" / ") == greetings[: title.count("/") + 1]
    assert cell_len(title) <= shown.width - 2
    more = greetings[: title.count("/") + 2]
    assert len(more) == title.count("/") + 1 or cell_len(" / ".join(more)) > shown.width - 2


@pytest.mark.parametrize("size", SIZES)
def test_a_machine_that_prints_says_that_it_prints(size: str) -> None:
    for printed, word in ((True, "prints"), (False, "shows")):
        page = page_of(q.Decide(can_check=True, printed=printed), frame("en", size))
        assert any(
            f"The machine {word} what it has prepared" in item.below
            for item in page.items
            if isinstance(item, Verb)
        )

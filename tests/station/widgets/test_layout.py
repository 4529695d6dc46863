"""Rows of a page: nothing is wider than the screen, nothing of a focused line is lost."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from station import answers as a
from station.widgets.layout import field_rows, line_rows, spread, verb_rows, with_more, words_rows, wrap
from station.wording.page import Field, Line, Sign, Verb, Words

LONG = "Garder arbres, espaces aérés et terrains de foot/baskets autour du dôme de La Grave (plantations)"
texts = st.text(st.characters(min_codepoint=32, max_codepoint=0x24F, exclude_characters="\x7f"), max_size=200)
widths = st.integers(30, 168)


@given(texts, widths, st.booleans())
def test_no_row_is_wider_than_the_screen(text: str, width: int, focused: bool) -> None:
    line = Line(text, a.Tick(0), right="400 000 €", sign=Sign.TICKED, number="12", below=text)
    line = replace(line, details=(text, text[:20]))
    rows = [
        *line_rows(line, width, focused),
        *verb_rows(Verb(text, a.Done(), below=text), width, focused),
        *words_rows(Words(text, indent=4), width),
        *field_rows(Field("f", text, length=60), "x" * 60, width, focused, plain=False),
        *words_rows(Words(text, indent=2, step=3), width),
        spread(text, "Français", width),
    ]
    assert all(cell_len(row) <= width for row in rows)


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=1, max_size=30), widths)
def test_a_focused_line_shows_all_its_words(words: list[str], width: int) -> None:
    rows = line_rows(Line(" ".join(words), a.Tick(0), right="1 €"), width, focused=True)
    assert " ".join(rows).replace(" 1 €", " ", 1).replace(">", "", 1).split() == words


def test_an_unfocused_line_is_one_row_with_its_price_at_the_end() -> None:
    (row,) = line_rows(
        Line(LONG, a.Tick(0), right="192 000 €", sign=Sign.UNTICKED, number="5"), 42, focused=False
    )
    assert row.startswith("  [ ] 5  Garder")
    assert row.endswith("... 192 000 €")
    assert cell_len(row) == 42


@given(st.lists(st.text("abcdé", min_size=1, max_size=20), min_size=2, max_size=30), widths)
def test_short_texts_stand_in_columns_in_their_order(texts: list[str], width: int) -> None:
    named = tuple(f"{place}\u00a0{text}" for place, text in enumerate(texts, start=1))
    rows = line_rows(Line("A list", a.Tick(0), details=named), width, focused=True)[1:]
    assert [part for row in rows for part in row.split(" ") if part] == list(named)
    starts = {row.index(part) for row in rows for part in row.split(" ") if part and row.count(part) == 1}
    assert len(starts) <= width // min(map(len, named))


def test_what_goes_on_stands_below_what_it_belongs_to() -> None:
    """A step below its words, not below its number; a label beside the mark of the focus."""
    assert words_rows(Words("Post one copy on the door", step=3), 20) == [
        "3. Post one copy on",
        "   the door",
    ]
    label, rest, box = field_rows(
        Field("f", "Name des Zeugen (freiwillig)", length=60), "", 24, True, plain=False
    )
    assert (label, rest) == ("> Name des Zeugen", "  (freiwillig)")
    assert box.startswith("  [ ")


def test_a_hidden_field_shows_stars_and_only_on_demand_what_was_typed() -> None:
    field = Field("pin", "Code", length=6, hidden=True)
    assert "4711" not in field_rows(field, "4711", 60, True, plain=False)[0]
    assert "4711" in field_rows(field, "4711", 60, True, plain=True)[0]


def test_no_break_spaces_hold() -> None:
    assert wrap("aaaa 400\u00a0000\u00a0€", 9) == ["aaaa", "400\u00a0000\u00a0€"]


def test_that_there_is_more_stands_at_the_end_of_the_last_row_where_it_fits() -> None:
    assert with_more("7 OK.", "more below", 30) == "7 OK." + " " * 15 + "more below"
    assert with_more("", "more above", 12) == "  more above"
    assert with_more("7 OK.", "", 30) == "7 OK."
    assert with_more("a note of more than one row", "more below", 20).split("\n") == [
        "a note of more than",
        "one row   more below",
    ]
    full = "a note that fills its row"
    assert with_more(full, "more below", len(full)) == full, "never another row"

"""What a scanner types on a keyboard that is not American, read back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keys.findings import Refused
from keys.paper.codes import encode
from keys.paper.keyboard import LAYOUTS, read_typed, undo

# As libxkbcommon 1.5 answers for the keys 0, 1 ... 9 of a US scanner, plain and with Caps Lock.
MEASURED = {
    "us": ("0123456789", "0123456789"),
    "fr": ("à&é\"'(-è_ç", "À&É\"'(-È_Ç"),
    "be": ("à&é\"'(§è!ç", "À&É\"'(§È!Ç"),
    "cz": ("é+ěščřžýáí", "É+ĚŠČŘŽÝÁÍ"),
    "hu": ("ö123456789", "Ö123456789"),
}


def scanned(text: str, signs: str, letters: str = "ISO") -> str:
    return letters + "".join(signs[int(digit)] for digit in text[3:])


@given(st.integers(min_value=0).map(lambda number: f"ISO1{number}"))
def test_every_layout_is_undone(text: str) -> None:
    for plain, caps in MEASURED.values():
        assert undo(scanned(text, plain)) == text
        assert undo(scanned(text, caps, "iso")) == text


@pytest.mark.parametrize("digit", range(10))
def test_every_digit_alone(digit: int) -> None:
    for plain, caps in MEASURED.values():
        assert undo(scanned(f"ISO1{digit}", plain)) == f"ISO1{digit}"
        assert undo(scanned(f"ISO1{digit}", caps, "iso")) == f"ISO1{digit}"


def test_the_table_is_what_was_measured() -> None:
    assert {name: plain for name, (plain, _) in MEASURED.items()} == LAYOUTS
    assert all(len(set(signs)) == 10 for signs in LAYOUTS.values())


def test_caps_lock_that_gives_digits() -> None:
    assert undo("iso1234567890") == "ISO1234567890"


def test_accents_in_two_signs_and_line_breaks() -> None:
    text = "ISO10123456789"
    typed = unicodedata.normalize("NFD", scanned(text, LAYOUTS["cz"]))
    assert undo(typed[:6] + "\r\n " + typed[6:]) == text


@pytest.mark.parametrize("text", ["", "hello", "ISO1x", "ISO1é", "ISO&ě", "ISO+è", "ISO1234-5", "IS01234"])
def test_no_layout_fits(text: str) -> None:
    with pytest.raises(Refused) as refused:
        undo(text)
    assert refused.value.code == "V-110"


def test_codes_among_words() -> None:
    one, two = encode(b"a receipt"), encode(b"another one")
    french = scanned(one[0], LAYOUTS["fr"])
    text = f"Isoloir 1.0\nReçu :\n{one[0][:20]}\n  {one[0][20:]}\n\nMerci, ISO 9001\n{french}\n{two[0]}\n"
    assert read_typed(text) == (*one, *one, *two)
    assert read_typed(f"{one[0]}{two[0]}") == (*one, *two)
    assert read_typed("nothing here") == ()


def test_a_code_that_goes_on_with_words_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        read_typed("ISO1234abc")
    assert refused.value.code == "V-110"
    assert "character 8" in refused.value.detail

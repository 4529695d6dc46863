"""The font has every letter that the ten languages write."""

from __future__ import annotations

import pytest

from keys.paper import fonts
from keys.paper.crockford import ALPHABET

LETTERS = {
    "fr": "ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸàâæçéèêëîïôœùûüÿ",
    "en": "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
    "de": "ÄÖÜäöüß",
    "it": "ÀÈÉÌÒÙàèéìòùÎî",
    "ro": "ĂÂÎȘȚăâîșțŞŢşţ",
    "cs": "ÁČĎÉĚÍŇÓŘŠŤÚŮÝŽáčďéěíňóřšťúůýž",
    "pt": "ÀÁÂÃÇÉÊÍÓÔÕÚàáâãçéêíóôõú",
    "et": "ÄÕÖÜŠŽäõöüšž",
    "es": "ÁÉÍÑÓÚÜáéíñóúü¿¡ªº",
    "oc": "ÀÁÇÈÉÍÏÒÓÚÜàáçèéíïòóúü·",
}
SIGNS = "«»‹›“”„‘’‚–—…•·×−≤≥€%°§&@#*+-=/\\|()[]{}<>!?.,:;'\"_\u00a0" + ALPHABET


@pytest.mark.parametrize("lang", LETTERS)
def test_letters_of_each_language(lang: str) -> None:
    assert not fonts.missing(LETTERS[lang])
    assert fonts.printable(LETTERS[lang]) == LETTERS[lang]


def test_signs_of_our_papers() -> None:
    assert not fonts.missing(SIGNS)
    assert fonts.printable(SIGNS) == SIGNS


def test_what_has_no_glyph_is_replaced_or_named() -> None:
    assert fonts.missing("a☐→b☐中\u202f№") == "☐→中"
    assert fonts.printable("1\u202f204 №\u20094 中") == "1\u00a0204 No\u00a04 [U+4E2D]"
    assert fonts.printable("🗳") == "[U+1F5F3]"


def test_letters_in_two_signs_are_composed_and_the_invisible_is_left_out() -> None:
    assert fonts.printable("e\u0301te\u0301 \u200bx\u00ad\x00\x1b\u202e\u2066y\ufeff") == "été xy"
    assert fonts.printable("a\r\nb\rc\td") == "a\nb\nc d"


def test_width_grows_with_text_and_size() -> None:
    assert 0 < fonts.width("4T8W", 10) < fonts.width("4T8W", 11)
    assert fonts.width("", 10) == 0

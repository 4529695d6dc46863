"""Short references as a scanner types them on keyboards that are not set to US."""

from __future__ import annotations

import pytest

from keys.paper.keyboard import readings


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("à&é\"'(-è_ç", "0123456789"),
        ('&"é', "132"),
        ("(§è", "567"),
        ("+šé", "130"),
        ("ö1ö", "010"),
        ('v)à&"é', "v-0132"),
        ("qwz,)é", "azwm-2"),
        ("zy=é", "yz-0"),
        ("zyü1ö", "yz-10"),
        ("V-0132", "V-0132"),
    ],
)
def test_the_meant_reading_is_among_them(typed: str, meant: str) -> None:
    assert meant in readings(typed)
    assert readings(typed)[0] == typed, "what a person types comes first"


@pytest.mark.parametrize("typed", ["dupont marie", "d'angeli", "", "ιωάννου", "1/2"])
def test_what_no_layout_gives_stays_as_it_is(typed: str) -> None:
    others = readings(typed)[1:]
    assert all(len(reading) == len(typed) for reading in others)
    assert " " not in "".join(others)

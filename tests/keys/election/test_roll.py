"""A roll that the desk can search: each number once, and nobody's proxy missing."""

from __future__ import annotations

import pytest

from keys.election.roll import Elector, Roll
from keys.findings import Refused

A, B, C = Elector(1, "A", ""), Elector(2, "B", "", proxy=1), Elector(7, "C", "", proxy_name="Somebody else")


def test_a_roll_in_order_with_its_proxies() -> None:
    Roll(0, (A, B, C), bytes(16)).check()


@pytest.mark.parametrize(
    "electors",
    [(A, A), (C, A), (A, C, B), (B,), (A, Elector(3, "D", "", proxy=8))],
    ids=["one number twice", "falling", "out of order", "the proxy is missing", "nobody has the number"],
)
def test_another_is_refused(electors: tuple[Elector, ...]) -> None:
    with pytest.raises(Refused, match="V-104"):
        Roll(0, electors, bytes(16)).check()

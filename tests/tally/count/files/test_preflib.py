"""PrefLib files: what the header says is what the file holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from keys.findings import Refused
from tally.count.files.preflib import read_preflib

DATA = Path(__file__).parents[3] / "data"

GOOD = """# FILE NAME: small.toi
# TITLE: Small: one
# DATA TYPE: toi
# NUMBER ALTERNATIVES: 3
# NUMBER VOTERS: 8
# NUMBER UNIQUE ORDERS: 3
# ALTERNATIVE NAME 1: Ana: the first
# ALTERNATIVE NAME 2: Bo
# ALTERNATIVE NAME 3: Cy
5: 1,2
2: 3,{1,2}
1: {2, 3}
"""


def test_orders_with_ties() -> None:
    profile = read_preflib(GOOD, "small.toi")
    assert profile.options == ("Ana: the first", "Bo", "Cy")
    assert profile.groups == ((((0,), (1,)), 5), (((1, 2),), 1), (((2,), (0, 1)), 2))


def test_burlington() -> None:
    profile = read_preflib((DATA / "burlington-2009/mayor.toi").read_text(encoding="utf-8"), "mayor.toi")
    assert (profile.valid, len(profile.groups), len(profile.options)) == (8980, 384, 6)


WRONG = {
    "fewer voters": ("VOTERS: 8", "VOTERS: 9", "T-412"),
    "fewer orders": ("ORDERS: 3", "ORDERS: 2", "T-412"),
    "fewer alternatives": ("ALTERNATIVES: 3", "ALTERNATIVES: 4", "T-412"),
    "alternative twice": ("5: 1,2", "5: 1,1", "T-412"),
    "alternative twice in a tie": ("2: 3,{1,2}", "2: 3,{1,3}", "T-412"),
    "unknown alternative": ("5: 1,2", "5: 1,4", "T-412"),
    "alternative 0": ("5: 1,2", "5: 0,2", "T-412"),
    "brace open": ("2: 3,{1,2}", "2: 3,{1,2", "T-411"),
    "no colon": ("5: 1,2", "5 1,2", "T-411"),
    "words": ("5: 1,2", "5: one", "T-411"),
    "empty order": ("5: 1,2", "5: ", "T-411"),
    "no number of voters": ("# NUMBER VOTERS: 8\n", "", "T-411"),
    "header that is none": ("# TITLE", "# title", "T-411"),
    "named twice": ("NAME 3: Cy", "NAME 2: Cy", "T-412"),
    "same name": ("NAME 3: Cy", "NAME 3: Bo", "T-412"),
    "gap in the numbers": ("NAME 3: Cy", "NAME 4: Cy", "T-412"),
}


@pytest.mark.parametrize(("before", "after", "code"), WRONG.values(), ids=WRONG.keys())
def test_refused(before: str, after: str, code: str) -> None:
    assert before in GOOD
    with pytest.raises(Refused) as refusal:
        read_preflib(GOOD.replace(before, after, 1), "wrong.toi")
    assert refusal.value.code == code

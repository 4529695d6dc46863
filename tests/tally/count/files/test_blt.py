"""BLT: the tolerant reader, the strict writer."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys.findings import Refused
from tally.count.data import rankings
from tally.count.files.blt import read_blt, write_blt

DATA = Path(__file__).parents[3] / "data"

PLAIN = """3 2
4 1 2 0
2 3 0
0
"Castor"
"Pollux"
"Helen"
"Three  places"
a note
"""


def test_plain_file() -> None:
    file = read_blt(PLAIN, "plain.blt")
    assert file.profile.options == ("Castor", "Pollux", "Helen")
    assert file.profile.groups == ((((0,), (1,)), 4), (((2,),), 2))
    assert (file.seats, file.title, file.notes) == (2, "Three places", ("a note",))


TOLERATED = {
    "ballot over two lines": ("4 1 2 0\n", "4 1\n2 0\n"),
    "two ballots in a line": ("4 1 2 0\n2 3 0\n", "4 1 2 0 2 3 0\n"),
    "comment": ("4 1 2 0", "4 1 2 0 # morning"),
    "comment line": ("3 2\n", "# a council\n3 2\n"),
    "skipped rank": ("4 1 2 0", "4 - 1 - 2 0"),
    "ballot identifiers": ("4 1 2 0", "(x17) 4 1 2 0"),
    "order of ties": ("3 2\n", "3 2\n[tie 3 2 1]\n"),
    "nicknames": ("3 2\n4 1 2 0\n2 3 0", "3 2\n[nick a b c]\n4 a b 0\n2 c 0"),
    "names without quotes": ('"Castor"', "Castor"),
    "double blanks in a name": ('"Castor"', '" Castor "'),
    "empty lines": ("2 3 0\n", "\n2 3 0\n\n"),
    "CRLF": ("\n", "\r\n"),
    "byte order mark": ("3 2\n", "\ufeff3 2\n"),
    "comment after a name": ('"Castor"', '"Castor" # ill'),
    "no weight": ("2 3 0\n", "0 3 0\n"),
}
SAME = set(TOLERATED) - {"no weight"}


@pytest.mark.parametrize("what", sorted(SAME))
def test_tolerated(what: str) -> None:
    before, after = TOLERATED[what]
    changed = PLAIN.replace(before, after) if what == "CRLF" else PLAIN.replace(before, after, 1)
    assert changed != PLAIN
    assert read_blt(changed, what) == read_blt(PLAIN, what)


def test_withdrawn_equal_blank_and_twice() -> None:
    text = '4 1\n-3\n2 1=2 3 0\n5 0\n3 1 2 1 0\n1 4 0\n0\n"A"\n"B"\n"C"\n"D"\n"T"\n'
    file = read_blt(text, "x.blt")
    assert file.profile.withdrawn == {2}
    assert file.profile.groups == ((((0, 1), (2,)), 2), (((3,),), 1))
    assert (file.profile.blank, file.profile.invalid, file.profile.ballots) == (5, 3, 11)


def test_doubled_quotes_inside_a_name() -> None:
    file = read_blt(PLAIN.replace('"Castor"', '"Cas ""C"" tor"'), "x.blt")
    assert file.profile.options[0] == 'Cas "C" tor'


WRONG = {
    "unknown option": ("4 1 2 0", "4 1 7 0", "T-412"),
    "option 0 in an equal rank": ("4 1 2 0", "4 0=1 2 0", "T-412"),
    "word among preferences": ("4 1 2 0", "4 one 2 0", "T-411"),
    "negative weight word": ("4 1 2 0", "x 1 2 0", "T-411"),
    "no end": ('0\n"Castor"', '"Castor"', "T-411"),
    "ballot without end": ("2 3 0\n0\n", "2 3\n", "T-411"),
    "name missing": ('"Castor"\n"Pollux"\n"Helen"\n"Three  places"\na note\n', '"Castor"\n', "T-412"),
    "two of one name": ('"Pollux"', '"Castor"', "T-412"),
    "no seats": ("3 2\n", "3 0\n", "T-412"),
    "no options": ("3 2\n", "0 2\n", "T-412"),
    "absurd number of options": ("3 2\n", "999999999 2\n", "T-412"),
    "withdrawn unknown": ("3 2\n", "3 2\n-9\n", "T-412"),
    "nicknames too few": ("3 2\n", "3 2\n[nick a b]\n", "T-412"),
    "bracket open": ("3 2\n", "3 2\n[nick a b c\n", "T-411"),
    "control character in a name": ('"Castor"', '"Cas\x07tor"', "T-411"),
    "empty file": (PLAIN, "", "T-411"),
}


@pytest.mark.parametrize(("before", "after", "code"), WRONG.values(), ids=WRONG.keys())
def test_refused(before: str, after: str, code: str) -> None:
    assert before in PLAIN
    with pytest.raises(Refused) as refusal:
        read_blt(PLAIN.replace(before, after, 1), "wrong.blt")
    assert refusal.value.code == code


group = st.permutations(range(4)).flatmap(
    lambda order: st.integers(1, 4).map(lambda length: tuple((option,) for option in order[:length]))
)


@settings(max_examples=100, deadline=None)
@given(st.lists(group, max_size=20), st.integers(1, 4))
def test_written_and_read_again(votes: list[tuple[tuple[int, ...], ...]], seats: int) -> None:
    profile = rankings(votes, ("Ana", 'B "the" o', "C #1", "Dé"))
    file = read_blt(write_blt(profile, seats, "Title"), "again.blt")
    assert file.profile.groups == profile.groups
    assert file.profile.options == ("Ana", "B 'the' o", "C #1", "Dé")
    assert (file.seats, file.title) == (seats, "Title")


@pytest.mark.parametrize("path", sorted(DATA.glob("glasgow-2007/*.blt")), ids=lambda path: str(path.stem))
def test_real_wards_are_written_as_they_were_read(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    file = read_blt(text, path.name)
    assert write_blt(file.profile, file.seats, file.title) == text

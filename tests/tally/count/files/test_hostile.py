"""Whatever a file holds, a reader takes it or refuses it with a finding; nothing else comes out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys.findings import Refused
from tally.count.files.blt import read_blt
from tally.count.files.csv_votes import read_csv
from tally.count.files.pb import read_pb
from tally.count.files.preflib import read_preflib
from tests.tally.count.files.test_blt import PLAIN
from tests.tally.count.files.test_pb import GOOD as PB
from tests.tally.count.files.test_pb import POINTS
from tests.tally.count.files.test_preflib import GOOD as ORDERS

READERS: dict[str, tuple[Callable[[str, str], object], str]] = {
    "pb": (read_pb, PB),
    "pb with points": (read_pb, POINTS),
    "blt": (read_blt, PLAIN),
    "preflib": (read_preflib, ORDERS),
    "csv of sums": (read_csv, "option,votes,cost\nAna,5,10\n(blank),2,\nBo,3,20\n"),
    "csv of ranks": (read_csv, "count,rank1,rank2\n3,Ana,Bo\n2,Bo,\n"),
    "csv of grades": (read_csv, "count,Ana,Bo\n3,1,2\n2,4,\n"),
}
pieces = st.sampled_from(
    [
        '"',
        ";",
        ",",
        "\n",
        "0",
        "-1",
        "1" * 30,
        "[nick",
        "{",
        "}",
        "#",
        ":",
        "\x00",
        "\u2028",
        "\x85",
        "é",
        "١",
        "=",
        "META",
        " ",
    ]
)
edits = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 6), pieces), min_size=1, max_size=4)


@pytest.mark.parametrize(("reader", "text"), READERS.values(), ids=READERS.keys())
@settings(max_examples=250, deadline=None)
@given(edits)
def test_changed_files_are_taken_or_refused(
    reader: Callable[[str, str], object], text: str, edits: list[tuple[int, int, str]]
) -> None:
    for place, removed, piece in edits:
        place %= len(text) + 1
        text = text[:place] + piece + text[place + removed :]
    try:
        reader(text, "changed")
    except Refused as refusal:
        assert "changed" in refusal.subject or refusal.code == "T-401"
        assert "\n" not in refusal.detail

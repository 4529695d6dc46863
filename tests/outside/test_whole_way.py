"""Archives of a whole vote by points and by ballots opened one by one, as belenios-tool sees them."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from keys.election.archive import ArchiveReader, ArchiveWriter
from keys.election.definition import Terms
from keys.election.documents import sheets_from_json, sheets_to_json
from keys.election.events import Kind, Stage
from keys.election.rules import Form
from keys.election.verification import verify_archive
from keys.findings import Refused
from tests.outside.tool import Tool
from tests.simulator.forms import contest_of, hold_forms
from tests.simulator.holding import Held

RANKED = contest_of("ranks", Form.RANKS, "irv", ("A", "B", "C"), 1, 3, terms=Terms())
POINTS = contest_of("points", Form.POINTS, "plurality", ("A", "B"), 1, 5, points_each=3)
VOTES: list[dict[int, tuple[int, ...]]] = [
    {0: (1, 2, 3), 1: (3, 2)},
    {0: (2, 1, 0), 1: (0, 1)},
    {0: (), 1: ()},
    {0: (0, 0, 1), 1: (1, 0)},
]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Held:
    return hold_forms(tmp_path_factory.mktemp("outside"), (RANKED, POINTS), VOTES)


def _changed(archive: bytes, kind: Kind) -> bytes:
    """The archive with one bit of the first document of a kind changed, and everything written anew around it."""
    reader = ArchiveReader(BytesIO(archive))
    steps = list(reader)
    at = next(place for place, step in enumerate(steps) if step.kind is kind)
    document = bytearray(steps[at].documents[0])
    document[document.rindex(b'"') - 1] ^= 1
    steps[at] = replace(steps[at], documents=(bytes(document),))
    stream = BytesIO()
    writer = ArchiveWriter(stream, reader.timestamp)
    for step in steps:
        writer.append(step)
    return stream.getvalue()


@pytest.mark.parametrize("name", ["ranks", "points"])
def test_accepted(name: str, held: Held, belenios_tool: Tool) -> None:
    assert belenios_tool.accepts(Path(held.workspace.archive(name)).read_bytes())


def test_ballots_in_another_order_are_refused_by_both(held: Held, belenios_tool: Tool) -> None:
    """The specification is silent: the result lists the ballots as the last shuffle left them."""
    archive = held.workspace.archive("ranks").read_bytes()
    reader = ArchiveReader(BytesIO(archive))
    *steps, last = list(reader)
    rows = sheets_from_json(last.documents[0])
    turned = replace(last, documents=(sheets_to_json(rows[1:] + rows[:1]),))
    stream = BytesIO()
    writer = ArchiveWriter(stream, reader.timestamp)
    for step in (*steps, turned):
        writer.append(step)
    assert not belenios_tool.verdict(stream.getvalue()).accepted
    with pytest.raises(Refused, match="V-505"):
        verify_archive(BytesIO(stream.getvalue()), expected=Stage.COMPLETE)
    assert verify_archive(BytesIO(archive), expected=Stage.COMPLETE).shuffles


@pytest.mark.parametrize("kind", [Kind.SHUFFLE, Kind.PARTIAL_DECRYPTION, Kind.BALLOT])
def test_one_bit_is_refused(kind: Kind, held: Held, belenios_tool: Tool) -> None:
    archive = held.workspace.archive("ranks").read_bytes()
    assert not belenios_tool.verdict(_changed(archive, kind)).accepted

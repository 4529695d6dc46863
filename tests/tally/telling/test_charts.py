"""Pictures of results: well-formed whatever the names are, bars to one scale, the chosen ones marked."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from keys.desk.language import Language
from keys.election.definition import Option
from tally.telling.charts import contest_chart
from tests.simulator.proceedings import contest, graded, town

SVG = "{http://www.w3.org/2000/svg}"
NAMES = ('Trees & "benches" <script>alert(1)</script>', "x" * 200, "Été", "Nobody")


@pytest.mark.parametrize("code", ["fr", "en"])
def test_a_picture_of_a_contest(code: str) -> None:
    options = [Option(str(at), {"fr": name}) for at, name in enumerate(NAMES, 1)]
    made = contest("c", {"fr": "A & B < C"}, options)
    item = town([made], [(4, 30, 15, 10, 0)]).proceedings.counted[0]
    picture = contest_chart(made, item, Language(code))
    assert picture == contest_chart(made, item, Language(code))
    root = ElementTree.fromstring(picture)  # noqa: S314 - made here
    assert not list(root.iter(f"{SVG}script"))
    titles = [node.text for node in root.iter(f"{SVG}title")]
    chosen = Language(code).say("chosen")
    assert titles == ["A & B < C", f"{NAMES[0]}: 30, {chosen}", f"{NAMES[1]}: 15", "Été: 10", "Nobody: 0"]
    bars = [float(node.get("width", "")) for node in list(root.iter(f"{SVG}rect"))[1:]]
    assert bars[:3] == pytest.approx([bars[0], bars[0] / 2, bars[0] / 3], abs=0.1)
    assert bars[3] == 0


def test_grades_are_shares_of_one_bar_with_a_line_across_the_middle() -> None:
    held = graded()
    contest, counted = held.definition.contests[0], held.proceedings.counted[0]
    assert b"Bo: bon, " in contest_chart(contest, counted, Language("fr"))
    picture = contest_chart(contest, counted, Language("en"))
    root = ElementTree.fromstring(picture)  # noqa: S314 - made here
    titles = [node.text for node in root.iter(f"{SVG}title")]
    assert titles == ["C", "Bo: good, chosen", "Ana: poor"]
    best, other = root.findall(f"{SVG}g")
    widths = [[float(bar.get("width", "")) for bar in row.iter(f"{SVG}rect")] for row in (best, other)]
    assert widths[0] == pytest.approx([76, 76, 228])
    assert widths[1] == pytest.approx([228, 76, 76])
    middle = {line.get("d", "")[1:].split()[0] for line in root.iter(f"{SVG}path")}
    assert middle == {"570"}

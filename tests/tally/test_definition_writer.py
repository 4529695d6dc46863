"""Whatever can be defined can be written, and reads back to the same."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from keys.election.definition import Contest, Definition, Option, Station, Terms
from tally.definition.vote import LANGUAGES
from tally.definition_file import read_definition, write_definition

_words = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"]),
    min_size=1,
    max_size=20,
).map(lambda words: unicodedata.normalize("NFC", words))


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    languages = tuple(draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=3, unique=True)))

    def texts(words: str) -> dict[str, str]:
        kept = [code for code in languages[1:] if draw(st.booleans())]
        return dict.fromkeys((languages[0], *kept), words)

    def option(number: int) -> Option:
        name = texts(f"{number} {draw(_words)}")
        return Option(f"p{number}", name, cost=draw(st.integers(0, 10**6)), description=texts(draw(_words)))

    stations = tuple(
        Station(
            f"{number:02}",
            draw(_words),
            draw(_words),
            draw(st.integers(1, 1980)),
            (f"{number:02}-a", f"{number:02}-b"),
        )
        for number in range(draw(st.integers(1, 3)))
    )
    contests = tuple(
        Contest(
            id=f"c{number}",
            title=texts(f"{number} {draw(_words)}"),
            rule="budget-greedy",
            least=1,
            most=draw(st.integers(1, 2)),
            options=(option(0), option(1)),
            stations=(number,),
            terms=Terms(
                budget=draw(st.integers(1, 10**9)), threshold=draw(st.sampled_from([None, "5 %", "1/20"]))
            ),
            form="marks",
            order=draw(st.sampled_from(["defined", "random"])),
            currency="EUR",
        )
        for number in range(len(stations))
    )
    return Definition(
        town=draw(_words),
        opens="2026-03-01T08:00",
        closes="2026-03-01T18:00",
        timezone="Europe/Paris",
        trustees=("A", "B", "C"),
        threshold=draw(st.integers(1, 3)),
        board=("D", "E"),
        signers=draw(st.integers(0, 2)),
        title=texts(draw(_words)),
        languages=languages,
        stations=stations,
        contests=contests,
        demonstration=draw(st.booleans()),
        proxies=draw(st.integers(0, 10)),
        additions=draw(st.integers(0, 20)),
        small_number=draw(st.integers(1, 1000)),
    )


@settings(max_examples=60, deadline=None)
@given(definitions())
def test_any_definition_reads_back(definition: Definition) -> None:
    text = write_definition(definition)
    again, _ = read_definition(text, "written")
    assert again == definition
    assert write_definition(again) == text

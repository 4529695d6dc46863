"""Whatever can be defined can be written, and reads back to the same."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys.election.definition import Contest, Definition, Option, Station, Terms
from keys.findings import Refused
from tally.definition.file import read_definition, write_definition
from tally.definition.vote import LANGUAGES

GRADED = """
[election]
title = "Priorités"
town = "Agen"
opens = "2026-03-01T08:00"
closes = "2026-03-01T18:00"
timezone = "Europe/Paris"
languages = ["fr", "en"]
[trustees]
names = ["A", "B"]
threshold = 2
[[station]]
id = "01"
name = "Mairie"
electors = 100
[[contest]]
id = "c"
title = "Idées"
rule = "majority-judgement"
grades = [{fr = "plus tard", en = "later"}, "bientôt", {fr = "maintenant", en = "now"}]
  [[contest.option]]
  id = "1"
  name = "Bancs"
  [[contest.option]]
  id = "2"
  name = "Arbres"
"""
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
        proxies=(proxies := draw(st.integers(0, 10))),
        proxies_at_desk=proxies > 0 and draw(st.booleans()),
        additions=draw(st.integers(0, 20)),
        small_number=draw(st.integers(1, 1000)),
    )


def test_grades_in_several_languages_read_back_and_those_in_one_stay_as_they_were() -> None:
    read = read_definition(GRADED, "graded")[0]
    (contest,) = read.contests
    assert contest.terms.grades == ("plus tard", "bientôt", "maintenant")
    assert [texts.get("en") for texts in contest.grade_names or ()] == ["later", None, "now"]
    assert read_definition(write_definition(read), "written")[0] == read
    assert read.from_content(read.to_content(), "definition") == read
    plain = GRADED.replace('{fr = "plus tard", en = "later"}', '"plus tard"')
    (alone,) = read_definition(plain.replace('{fr = "maintenant", en = "now"}', '"maintenant"'), "p")[
        0
    ].contests
    assert alone.grade_names is None
    assert alone.terms == contest.terms
    assert 15 not in alone.to_content(), "a definition of yesterday is the same bytes"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ('{fr = "plus tard", en = "now"}', "two grades are called 'now' in en"),
        ('{fr = "bientôt", en = "later"}', "two grades are called 'bientôt' in fr"),
        ('{en = "later"}', "missing in the first language, fr"),
        ('{fr = "plus tard", de = "später"}', "'de' is not one of the languages of the vote"),
        ('{fr = ""}', "0 characters, 1 to 40 are possible"),
        ("{}", "missing in the first language, fr"),
        ("7", "'7' is not a text; put it in quotes"),
    ],
)
def test_grades_that_cannot_be_told_apart_are_refused(wrong: str, said: str) -> None:
    with pytest.raises(Refused) as caught:
        read_definition(GRADED.replace('{fr = "plus tard", en = "later"}', wrong), "graded")
    assert f"contest c, grades: {said}" in str(caught.value)


@settings(max_examples=60, deadline=None)
@given(definitions())
def test_any_definition_reads_back(definition: Definition) -> None:
    text = write_definition(definition)
    again, _ = read_definition(text, "written")
    assert again == definition
    assert write_definition(again) == text

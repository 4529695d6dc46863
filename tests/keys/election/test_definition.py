"""The definition as it is read back from the wire."""

from __future__ import annotations

import dataclasses

from keys.desk.chosen import grade_names
from keys.election.cbor import decode
from keys.election.definition import Contest, Definition, Option, Station, Terms, text_in
from keys.election.statement import canonical

TEXTS = {"fr": "Parc", "en": "Park"}


def _definition() -> Definition:
    contest = Contest(
        "a",
        TEXTS,
        "majority-judgment",
        least=1,
        most=1,
        options=(Option("1", TEXTS, short_name=TEXTS, description=TEXTS),),
        stations=(0,),
        terms=Terms(grades=("Bien", "Mal")),
        form="grades",
        description=TEXTS,
        grade_names=({"fr": "Mal", "en": "Bad"}, {"fr": "Bien", "en": "Good"}),
    )
    return Definition(
        title=TEXTS,
        town="Toulouse",
        opens="2026-10-04T08:00",
        closes="2026-10-04T18:00",
        timezone="Europe/Paris",
        languages=("fr", "ro", "en"),
        contests=(contest,),
        stations=(Station("1", "Bureau 1", "", 10, ("m1",)),),
        trustees=("A",),
        threshold=1,
    )


def test_a_text_without_a_language_is_read_in_the_first_of_the_definition_also_from_the_wire() -> None:
    """A map is sorted on the wire, so that English would come first."""
    wire = canonical(_definition().to_content())
    read = Definition.from_content(decode(wire, "definition"), "definition")
    contest = read.contests[0]
    option = contest.options[0]
    for texts in (read.title, contest.title, contest.description, option.name, option.short_name):
        assert texts is not None
        assert text_in(texts, "ro") == "Parc"
        assert text_in(texts, "en") == "Park"
    assert grade_names(contest, "ro") == ("Mal", "Bien")
    assert canonical(read.to_content()) == wire


def test_the_order_follows_the_languages_not_the_file() -> None:
    assert list(_definition().title) == ["fr", "en"]
    assert list(dataclasses.replace(_definition(), languages=("en", "fr")).title) == ["en", "fr"]

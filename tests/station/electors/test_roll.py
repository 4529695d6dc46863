"""Finding people on the roll."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keys.election.names import plain_words
from keys.election.roll import Elector, ElectorStatus, Roll
from keys.election.statement import Mode
from keys.findings import Refused
from station.disk.log import EventKind
from station.disk.plan import ContestSlots, Settings, StorePlan
from station.disk.state import State
from station.electors.roll import Electors, Standing, spellings
from station.store import Store

PEOPLE = (
    Elector(88, "Leroy", "Jean", status=ElectorStatus.STRUCK_OFF, note="déménagement"),
    Elector(132, "DUPONT", "Marie", born="1958-03-14"),
    Elector(133, "Dupont", "Marie-Hélène", born="1991-07-02", birth_name="ROUX"),
    Elector(134, "Dupont", "Marie", born="2001-01-30"),
    Elector(200, "Le Gall", "Anne", reference="V-0042"),
    Elector(201, "D'Angeli", "François"),
    Elector(202, "de la Tour-d’Auvergne", "Théophile Malo"),
    Elector(203, "Œuvrard", "Noëlle"),
    Elector(204, "Groß", "Jürgen"),
    Elector(205, "Łukasiewicz", "Małgorzata"),
    Elector(206, "Dvořák", "Antonín"),
    Elector(207, "Șerban", "Ștefan"),
    Elector(208, "Martin", "Martin"),
    Elector(209, "Roux", "Paul"),
    Elector(210, "", "", reference="7014"),
    Elector(211, "Ιωάννου", "Ελένη"),
    Elector(212, "SAINT-EXUPÉRY", "Antoine"),
    Elector(213, "Ste-Beuve", "Charles"),
    Elector(214, "Sainteny", "Stéphane"),
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    plan = StorePlan((ContestSlots(0, 20, 100),))
    settings = Settings(b"", b"", Mode.OFFICIAL, 0)
    return Store.create(tmp_path / "station.db", plan, Roll(0, PEOPLE, bytes(16)), settings, os.urandom)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("132", [132]),
        (" 133 ", [133]),
        ("dupont", [132, 134, 133]),
        ("DUPONT MARIE", [132, 134, 133]),
        ("marie dupont", [132, 134, 133]),
        ("dupont hélène", [133]),
        ("helene", [133]),
        ("mariehelene", [133]),
        ("st exupery", [212]),
        ("St-Ex", [212]),
        ("saint exupery", [212]),
        ("sainte beuve", [213]),
        ("ste beuve", [213]),
        ("sainte exupery", []),
        ("ste", [214, 207, 213]),
        ("dup mar hel", [133]),
        ("le gall", [200]),
        ("legall", [200]),
        ("LE-GALL anne", [200]),
        ("v-0042", [200]),
        ("7014", [210]),
        ("dangeli", [201]),
        ("d'angeli", [201]),
        ("d’angeli francois", [201]),
        ("angeli", [201]),
        ("tour d'auvergne", [202]),
        ("delatourdauvergne", [202]),
        ("malo", [202]),
        ("oeuvrard", [203]),
        ("ŒUVRARD Noelle", [203]),
        ("gross", [204]),
        ("jurgen groß", [204]),
        ("lukasiewicz", [205]),
        ("dvorak", [206]),
        ("serban stefan", [207]),
        ("martin martin", [208]),
        ("martin martin martin", []),
        ("roux", [209, 133]),
        ("roux paul", [209]),
        ("dupont roux", [133]),
        ("leroy", [88]),
        ("ιωαννου", [211]),
        ('&"é', [132]),
        ("v)àà'é", [200]),
        ("žéáů", []),
        ("ýéíé", []),
        ("nobody", []),
        ("dupontt", []),
        ("999", []),
        ("", []),
        ("--", []),
        ("%", []),
        ("' OR 1=1 --", []),
    ],
)
def test_people_are_found_by_what_is_typed(store: Store, text: str, numbers: list[int]) -> None:
    found = Electors(store).search(text)
    assert [line.elector.number for line in found] == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("dupond", [132, 133, 134]),
        ("dupnt maire", [132, 133, 134]),
        ("gall", [200]),
        ("auvergne", [202]),
        ("lukasievic", [205]),
        ("xyz", []),
        ("", []),
    ],
)
def test_a_wider_search_forgives_a_letter_or_two(store: Store, text: str, numbers: list[int]) -> None:
    assert [line.elector.number for line in Electors(store).widely(text)] == numbers


def test_saint_is_found_in_full_and_short() -> None:
    assert spellings("St Exupéry") == ("st exupery", "saint exupery")
    assert spellings("Sainte-Beuve") == ("sainte beuve", "ste beuve")
    assert spellings("Dupont") == ("dupont",)


def test_the_standing_is_that_of_this_moment(store: Store) -> None:
    electors = Electors(store)
    assert electors.find(132).standing is Standing.ENTITLED
    assert electors.find(88).standing is Standing.STRUCK_OFF
    store.take_over([134], 0, "", None)
    store.advance(State.OPEN, 0, EventKind.OPENED)
    store.record(132, {0: (5, bytes(100))}, 0)
    standings = {line.elector.number: line.standing for line in electors.search("dupont")}
    assert standings == {
        132: Standing.VOTED_HERE,
        133: Standing.ENTITLED,
        134: Standing.VOTED_ELSEWHERE,
    }


def test_a_number_that_is_not_on_the_roll_is_refused(store: Store) -> None:
    with pytest.raises(Refused) as refusal:
        Electors(store).find(1)
    assert refusal.value.code == "S-302"


def test_marks_carried_over_are_all_or_none(store: Store) -> None:
    for wrong in ([132, 1], [999]):
        with pytest.raises(Refused) as refusal:
            store.take_over(wrong, 0, "", None)
        assert refusal.value.code == "S-302"
    assert store.counts().carried == 0
    store.take_over([132, 133, 132], 0, "", None)
    assert (store.counts().carried, store.counts().marks) == (2, 0)


LETTERS = st.characters(codec="utf-8", categories=("Lu", "Ll", "Lo", "Mn", "Pd", "Zs", "Nd"))


@given(st.text(LETTERS, max_size=30))
def test_plain_words_are_plain_and_stay_so(text: str) -> None:
    words = plain_words(text)
    assert all(word and word == word.casefold() for word in words)
    assert plain_words(" ".join(words)) == words
    assert plain_words(text.upper()) == plain_words(text.upper().lower()), "capitals change nothing"


@given(st.permutations(["dupont", "marie", "hélène"]), st.sampled_from([" ", "-", "  ", ", "]))
def test_the_order_of_the_parts_does_not_matter(words: list[str], between: str) -> None:
    assert sorted(plain_words(between.join(words))) == ["dupont", "helene", "marie"]

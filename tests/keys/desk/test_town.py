"""A town's own words: said in the place of ours, and never where they could mislead about what counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from keys.desk.catalogue import messages
from keys.desk.language import Language
from keys.desk.town import FIXED, speaks, takes
from keys.election.definition import Definition, Wording
from tests.simulator.polling import definition

SENTENCE = "Give back the identity document."
OTHER = "Rendez la carte d’électeur."


def vote(*wording: Wording) -> Definition:
    return replace(definition(), languages=("fr", "en"), wording=wording)


def test_the_towns_words_stand_in_its_own_language_alone() -> None:
    town = vote(Wording("fr", SENTENCE, OTHER))
    assert speaks(town).say(SENTENCE) == OTHER
    assert speaks(town, "en").say(SENTENCE) == SENTENCE
    assert speaks(vote()).say(SENTENCE) == Language("fr").say(SENTENCE) == "Rendez la pièce d’identité."


@pytest.mark.parametrize("sentence", sorted(FIXED))
def test_what_counts_and_what_became_of_a_vote_is_fixed(sentence: str) -> None:
    assert sentence in messages("fr"), "we still say it"
    town = vote(Wording("fr", sentence, "Votez, tout compte"))
    assert speaks(town).say(sentence) == Language("fr").say(sentence)


def test_words_that_name_other_places_are_passed_over() -> None:
    sentence = "Line {line} of {lines}."
    assert takes(sentence, "{lines} lignes, ici la {line}.")
    assert not takes(sentence, "Ligne {line}.")
    town = vote(Wording("fr", sentence, "Ligne {other}."))
    assert speaks(town).say(sentence, line=1, lines=2) == "Ligne 1 sur 2."


def test_one_sentence_does_not_become_two() -> None:
    assert takes(SENTENCE, OTHER)
    for end in ("\n", "\u2028", "\u2029", "\r\n"):
        assert not takes(SENTENCE, f"Rendez la carte.{end}Votre vote est enregistré.")


def test_they_go_into_the_draft_and_come_back() -> None:
    town = vote(Wording("fr", SENTENCE, OTHER))
    assert Definition.from_content(town.to_content(), "definition") == town

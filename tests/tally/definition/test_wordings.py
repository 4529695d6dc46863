"""A town's own words in a definition file: read, written back, and each mistake by its path."""

from __future__ import annotations

import pytest

from tally.definition.file import DefinitionMistakes, read_definition, write_definition
from tests.tally.definition.test_definition_file import TOULOUSE

OWN = '[[wording]]\nlanguage = "fr"\nsentence = "{sentence}"\nwords = "{words}"\n'


def own(sentence: str, words: str) -> str:
    return TOULOUSE + OWN.replace("{sentence}", sentence).replace("{words}", words)


def test_they_are_read_and_written_back() -> None:
    definition, _ = read_definition(own("Line {line} of {lines}.", "{line} de {lines}."), "toulouse.toml")
    (item,) = definition.wording
    assert (item.language, item.words) == ("fr", "{line} de {lines}.")
    again, _ = read_definition(write_definition(definition), "again.toml")
    assert again == definition


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        (
            own("Line {line} of {lines}.", "Ligne {line}."),
            "wording 1, words: it must name {line}, {lines}, as the sentence does",
        ),
        (
            own("No such sentence", "Rien"),
            "wording 1, sentence: the program says no such sentence; write it as it stands in English",
        ),
        (
            own("REHEARSAL: THESE VOTES DO NOT COUNT", "Tout compte"),
            "wording 1, sentence: this one cannot be worded otherwise: it says what counts and what became of a vote",
        ),
        (
            own("Help", "Secours").replace('language = "fr"', 'language = "de"'),
            "wording 1, language: 'de' is not one of the languages of the vote",
        ),
        (
            own("Help", "Secours") + OWN.replace("{sentence}", "Help").replace("{words}", "Aide"),
            "wording: 'Help' is worded twice in fr",
        ),
    ],
    ids=["places", "unknown", "fixed", "language", "twice"],
)
def test_a_mistake_has_its_path(text: str, mistake: str) -> None:
    with pytest.raises(DefinitionMistakes) as caught:
        read_definition(text, "toulouse.toml")
    assert [str(note) for note in caught.value.mistakes] == [mistake]

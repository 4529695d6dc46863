"""Options in the steps of a count have the names that the definition gives them in the reader's language."""

from __future__ import annotations

from dataclasses import replace

from keys.desk.language import Language
from keys.desk.together import Together
from keys.election.definition import Option, Terms
from keys.paper.document import Heading, Table
from tally.count.message import Message, Word
from tally.minutes.contests import contest_blocks
from tally.page.contests import contest_section
from tally.telling.option_names import message_with, names_in, with_names
from tally.telling.sentences import sentence
from tests.simulator.proceedings import Town, contest, town

_NAMES = (("Arbres", "Trees"), ("Bancs", "Benches"), ("Voix", "Voices"))


def _town() -> Town:
    options = [Option(str(at), {"fr": fr, "en": en}, cost=30_000) for at, (fr, en) in enumerate(_NAMES, 1)]
    return town(
        [
            contest(
                "parc",
                {"fr": "Le parc", "en": "The park"},
                options,
                rule="budget-greedy",
                terms=Terms(budget=70_000),
                currency="EUR",
            )
        ],
        [(3, 9, 9, 1)],
    )


def test_steps_and_sentences_are_read_in_either_language() -> None:
    held = _town().proceedings
    (item,), definition = held.counted, held.dossier.manifest.definition
    for code, wanted in (("fr", 0), ("en", 1)):
        language = Language(code)
        names = names_in(definition.contests[0], item.outcome.options, language)
        told = with_names(item.outcome, names)
        cells = [cell for step in told.rounds for row in step.rows for cell in row]
        assert all(pair[wanted] in cells and pair[1 - wanted] not in cells for pair in _NAMES[:2])
        lines = [line for step in item.outcome.rounds for line in (*step.sentences, item.outcome.verdict)]
        words = " ".join(sentence(message_with(line, names), language) for line in lines)
        assert all(pair[1 - wanted] not in words for pair in _NAMES[:2])
        page = str(contest_section(definition, item, language))
        assert _NAMES[0][wanted] in page and _NAMES[0][1 - wanted] not in page
        assert "budget-greedy" not in page


def test_two_options_of_one_name_keep_it() -> None:
    defined = _town().definition.contests[0]
    same = tuple(replace(option, name={**option.name, "fr": "Arbres"}) for option in defined.options[:2])
    twins = replace(defined, options=(*same, defined.options[2]))
    assert names_in(twins, ("Arbres", "Arbres", "Voix"), Language("en")) == {"Voix": "Voices"}


def test_a_word_of_ours_is_no_name() -> None:
    said = Message("{word}, {name}, {names}", {"word": Word("Voix"), "name": "Voix", "names": ("Voix", "x")})
    assert message_with(said, {"Voix": "Voices"}).args == {
        "word": "Voix",
        "name": "Voices",
        "names": ("Voices", "x"),
    }


def test_the_minutes_name_them_in_both_languages() -> None:
    held = _town()
    blocks = contest_blocks(held.proceedings, 0, Together.of(held.definition))
    at = next(at for at, block in enumerate(blocks) if isinstance(block, Heading) and "How it" in block.text)
    cells = [cell for block in blocks[at:] if isinstance(block, Table) for row in block.rows for cell in row]
    assert "Arbres\nTrees" in cells and "Arbres" not in cells

"""The town's own words for sentences of the program: [[wording]]."""

from __future__ import annotations

from collections.abc import Sequence

from keys.desk.catalogue import messages
from keys.desk.language import placeholders
from keys.desk.town import FIXED
from keys.election.definition import Wording
from tally.definition.table import Table

__all__ = ["read_wordings"]

_MOST, _SENTENCE, _WORDS = 200, 400, 600


def read_wordings(root: Table, languages: Sequence[str]) -> tuple[Wording, ...]:
    """Read [[wording]] and note its mistakes.

    Args:
        root: The whole file.
        languages: Of the vote; empty if they are not known because of another mistake.
    """
    if root.raw("wording") is None:
        return ()
    found = [_read(table, languages) for table in root.tables("wording", _MOST, by_id=False)]
    named = [(item.language, item.sentence) for item in found]
    for item in {item for item in named if named.count(item) > 1}:
        root.mistake("wording", f"{item[1]!r} is worded twice in {item[0]}")
    return tuple(found)


def _read(table: Table, languages: Sequence[str]) -> Wording:
    item = Wording(table.text("language", 8), table.text("sentence", _SENTENCE), table.text("words", _WORDS))
    if languages and table.sound("language") and item.language not in languages:
        table.mistake("language", f"'{item.language}' is not one of the languages of the vote")
    if table.sound("sentence", "words"):
        _check(table, item)
    table.finish()
    return item


def _check(table: Table, item: Wording) -> None:
    if item.sentence in FIXED:
        table.mistake(
            "sentence", "this one cannot be worded otherwise: it says what counts and what became of a vote"
        )
    elif item.sentence not in messages("fr"):
        table.mistake("sentence", "the program says no such sentence; write it as it stands in English")
    wanted, named = placeholders(item.sentence), placeholders(item.words)
    if wanted != named:
        places = ", ".join(f"{{{name}}}" for name in sorted(wanted)) or "no place in braces"
        table.mistake("words", f"it must name {places}, as the sentence does")

"""The language of a vote: our sentences, and the town's own words in the place of some of them."""

from __future__ import annotations

from keys.desk.language import Language, placeholders
from keys.election.definition import Definition

__all__ = ["FIXED", "speaks", "takes"]

FIXED = frozenset(
    {
        "REHEARSAL: THESE VOTES DO NOT COUNT",
        "DEMONSTRATION: NOT A REAL VOTE",
        "REHEARSAL, NOT COUNTED",
        "DEMONSTRATION, NOT COUNTED",
    }
)
"""What no town may word otherwise: it keeps a rehearsal from being taken for the vote."""


def takes(sentence: str, words: str) -> bool:
    """Whether a sentence may be worded so: it is none of the fixed ones, and keeps the same places open."""
    return sentence not in FIXED and placeholders(words) == placeholders(sentence)


def speaks(definition: Definition, code: str = "") -> Language:
    """A language of a vote, with the town's own words.

    Args:
        definition: Of the vote; wordings that do not fit their sentences are passed over, for the paper that
            carries them may come from anywhere.
        code: Of the language; the town's own where it is left out.

    Raises:
        Misuse: There are no texts in this language.
    """
    code = code or definition.language
    own = {
        item.sentence: item.words
        for item in definition.wording
        if item.language == code and takes(item.sentence, item.words)
    }
    return Language(code, own)

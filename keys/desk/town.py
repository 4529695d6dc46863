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
        "Nothing is recorded yet.",
        "Your choices are hidden. Nothing is recorded.",
        "Your vote will be recorded and counted. This is final.",
        "Your vote is recorded. Thank you.",
        "Your vote IS recorded. You cannot vote again.",
        "Your vote is NOT recorded. You can still vote.",
        "Visit stopped. Your vote is NOT recorded.",
        "The check is over. Nothing was recorded, as intended.",
        "These choices are NOT counted.",
        "This is a check by the officers. No vote can be cast in it.",
    }
)
"""What no town may word otherwise: it tells a rehearsal from the vote, and what became of a vote."""


def takes(sentence: str, words: str) -> bool:
    """Whether a sentence may be worded so: it is none of the fixed ones, keeps the same places open, and is one line.

    With a line end a town could write what looks like another sentence of the program, or like a choice.
    """
    one_line = len(words.splitlines()) <= max(1, len(sentence.splitlines()))
    return sentence not in FIXED and one_line and placeholders(words) == placeholders(sentence)


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

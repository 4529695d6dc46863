"""Numbers with what they count, in the English of the commands' answers.

What the screens and papers say of numbers stands in the catalogues: `keys.desk.language.Language.say_many`.
"""

from __future__ import annotations

__all__ = ["counted"]


def counted(number: int, one: str, many: str = "") -> str:
    """A number and its noun: ``1 ballot``, ``0 ballots``, ``7,014 ballots``.

    Args:
        number: How many.
        one: The noun for exactly one.
        many: For any other number, where it is not ``one`` with an s.
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"

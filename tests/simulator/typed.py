"""Text as a test writes it: with the signs of its keyboard in the place of those of a printer."""

from __future__ import annotations

__all__ = ["as_typed"]

_SIGNS = str.maketrans("\u00a0’", " '")


def as_typed(text: str) -> str:
    """The same text with plain spaces and straight apostrophes."""
    return text.translate(_SIGNS)

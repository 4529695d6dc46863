"""Numbers and sentences of a count as the reader's language writes them, without losing anything."""

from __future__ import annotations

from fractions import Fraction

from keys.desk.language import Language
from tally.count.message import Message, exact

__all__ = ["figure", "sentence"]


def figure(value: int | Fraction, language: Language) -> str:
    """Write a number: ``1 204``, ``88,95912``, or ``100/3``."""
    return language.number(value) if isinstance(value, int) else language.decimal(exact(value))


def sentence(message: Message, language: Language) -> str:
    """Write what happened at a step."""
    return message.render(language.wording, lambda value: figure(value, language), language.join)

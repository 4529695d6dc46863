"""Sentences of a round log: an English text that is also the key of its translation, and exact arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

__all__ = ["Argument", "Message", "Word", "exact"]


class Word(str):
    """A text that is a word of ours, to be translated; any other text is somebody's name."""

    __slots__ = ()


Argument = int | Fraction | str | tuple[str, ...]

_DECIMALS = 12
"""A fraction that ends within so many decimals is written as a decimal number, any other as a quotient."""


def exact(number: int | Fraction) -> str:
    """Write a number without losing anything: `12`, `856.59414`, or `100/3`."""
    if isinstance(number, int) or number.denominator == 1:
        return str(int(number))
    scaled = number * 10**_DECIMALS
    if scaled.denominator != 1:
        return f"{number.numerator}/{number.denominator}"
    sign = "-" if number < 0 else ""
    whole, part = divmod(abs(int(scaled)), 10**_DECIMALS)
    return f"{sign}{whole}.{part:0{_DECIMALS}d}".rstrip("0")


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to be shown or translated; `text` holds `{name}` fields that `args` fill."""

    text: str
    """English, and the key of the translation."""
    args: Mapping[str, Argument] = field(default_factory=dict)
    """Names of options as text, several as a tuple; words of ours as a `Word`; numbers exact."""

    def render(
        self,
        translate: Callable[[str], str] = str,
        number: Callable[[int | Fraction], str] = exact,
        several: Callable[[Sequence[str]], str] = ", ".join,
    ) -> str:
        """Put the sentence together.

        Args:
            translate: Gives the text in another language, with the same fields.
            number: Writes a number for readers of that language.
            several: Writes names one after the other: ``a, b and c``.
        """
        shown = {
            name: several(value)
            if isinstance(value, tuple)
            else translate(value)
            if isinstance(value, Word)
            else value
            if isinstance(value, str)
            else number(value)
            for name, value in self.args.items()
        }
        return translate(self.text).format_map(shown)

    def __str__(self) -> str:
        return self.render()

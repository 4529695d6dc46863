"""Colours of the parts of a bar, the same on paper, in pictures and on the page."""

from __future__ import annotations

__all__ = ["shades"]

_LIGHT, _DARK = (0xF3, 0xF5, 0xF8), (0x17, 0x36, 0x5C)


def shades(count: int) -> list[str]:
    """Colours (`#rrggbb`) from light to dark, apart in grey too."""
    steps = max(1, count - 1)
    return [
        "#"
        + "".join(f"{low + (high - low) * at // steps:02x}" for low, high in zip(_LIGHT, _DARK, strict=True))
        for at in range(count)
    ]

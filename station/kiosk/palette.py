"""The sixteen colours of the kiosk's console, and how far two colours stand apart."""

from __future__ import annotations

__all__ = ["PALETTE", "contrast", "palette_file"]

PALETTE = (
    "#000000", "#ffa0a0", "#a0e0a0", "#f0e080", "#a8c8ff", "#f0b0f0", "#90e0e0", "#ffffff",
    "#000000", "#ffb8b8", "#b8f0b8", "#fff0a0", "#c0d8ff", "#ffc8ff", "#a8f0f0", "#ffffff",
)  # fmt: skip
"""In the order of the console: dark, then bright. What is bright on a console is also what is bold, so bold black
stays black; and a background has only the first eight, so white is among them."""


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance).

    Args:
        one: ``#rrggbb``.
        other: The same.
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4) for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def palette_file() -> str:
    """As setvtrgb(8) reads it."""
    return "".join(f"{colour}\n" for colour in PALETTE)

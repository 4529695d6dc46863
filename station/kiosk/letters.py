"""The size of the letters on a kiosk's console: the station writes a wish, root sets a font."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from station.electors.people import Letters
from station.ports import LetterSizes

__all__ = ["WISH", "console_letters"]

WISH = Path("/run/isoloir/letters")
"""Watched by ``isoloir-letters.path``; made at the start of the machine, and only on a kiosk."""
_SIZES = "sizes"
"""Beside it: the sizes that were tried on this console and hold a voter's page, one a line."""


def console_letters(wish: Path = WISH) -> LetterSizes | None:
    """What sets the size; None where the machine cannot. The size is normal from now on.

    Args:
        wish: The file that is watched.
    """
    if not os.access(wish, os.W_OK):
        return None

    def set_letters(letters: Letters) -> None:
        with suppress(OSError):  # letters that stay as they are stop no vote
            wish.write_text(_word(letters), "ascii")

    set_letters(Letters.NORMAL)
    try:
        tried = wish.with_name(_SIZES).read_text("ascii", "replace").split()
    except OSError:
        return None
    sizes = tuple(letters for letters in Letters if _word(letters) in tried)
    return LetterSizes(sizes, set_letters) if len(sizes) > 1 else None


def _word(letters: Letters) -> str:
    return letters.value.replace(" ", "-")

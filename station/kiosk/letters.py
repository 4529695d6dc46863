"""The size of the letters on a kiosk's console: the station writes a wish, root sets one of three fonts."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from station.people import Letters

__all__ = ["WISH", "console_letters"]

WISH = Path("/run/isoloir/letters")
"""Watched by ``isoloir-letters.path``; made at the start of the machine, and only on a kiosk."""


def console_letters(wish: Path = WISH) -> Callable[[Letters], None] | None:
    """What sets the size; None where the machine cannot. The size is normal from now on.

    Args:
        wish: The file that is watched.
    """
    if not os.access(wish, os.W_OK):
        return None

    def set_letters(letters: Letters) -> None:
        with suppress(OSError):  # letters that stay as they are stop no vote
            wish.write_text(letters.value.replace(" ", "-"), "ascii")

    set_letters(Letters.NORMAL)
    return set_letters

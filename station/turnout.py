"""Turnout by hour, told so that no small figure says when somebody voted."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["merged_turnout"]


def merged_turnout(hours: Sequence[int], small: int) -> tuple[int, ...]:
    """Marks by hour, where an hour with few is shown together with the hours after it.

    Args:
        hours: Marks by whole hour since the opening.
        small: The small number: what is shown is 0 or at least this, but where all together are fewer.

    Returns:
        As many figures; a merged figure stands at its last hour.
    """
    merged: list[int] = []
    held = 0
    for marks in hours:
        held += marks
        shown = held if held >= small else 0
        held -= shown
        merged.append(shown)
    if held:
        last = max((at for at, shown in enumerate(merged) if shown), default=len(merged) - 1)
        merged[last] += held
    return tuple(merged)

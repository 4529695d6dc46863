"""How far the day of a machine is, and which steps lead on (storyboard, section 6)."""

from __future__ import annotations

from enum import StrEnum

from keys.findings import Refused

__all__ = ["State", "check_move"]


class State(StrEnum):
    """What the machine may do now."""

    PREPARED = "prepared"
    """Loaded, never opened (or the opening was undone)."""
    OPEN = "open"
    ANNOUNCED = "announced"
    """Open, and the closing was announced: the queue finishes."""
    PAUSED = "paused"
    INTERRUPTED = "interrupted"
    """Power, fault or kill while open or paused; found at the next start."""
    CLOSED = "closed"
    WIPED = "wiped"

    @property
    def takes_votes(self) -> bool:
        """Whether a ballot may be cast."""
        return self in {State.OPEN, State.ANNOUNCED}


_MOVES: dict[State, frozenset[State]] = {
    State.PREPARED: frozenset({State.OPEN, State.WIPED}),
    State.OPEN: frozenset({State.PREPARED, State.ANNOUNCED, State.PAUSED, State.INTERRUPTED, State.CLOSED}),
    State.ANNOUNCED: frozenset({State.OPEN, State.PAUSED, State.INTERRUPTED, State.CLOSED}),
    State.PAUSED: frozenset({State.OPEN, State.INTERRUPTED, State.CLOSED}),
    State.INTERRUPTED: frozenset({State.OPEN, State.CLOSED}),
    State.CLOSED: frozenset({State.WIPED}),
    State.WIPED: frozenset(),
}


def check_move(now: State, then: State) -> None:
    """Check that one state may follow the other.

    Raises:
        Refused: S-209.
    """
    if then not in _MOVES[now]:
        raise Refused("S-209", "station", f"it is {now}, and from there it cannot become {then}")

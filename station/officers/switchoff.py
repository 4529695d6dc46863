"""What officers are asked before the machine is switched off."""

from __future__ import annotations

from dataclasses import dataclass

from station.disk.state import State
from station.questions import Question

__all__ = ["AskOff"]


@dataclass(frozen=True, slots=True)
class AskOff(Question):
    """Whether to end the program."""

    state: State
    """Where the day stands: an open station cannot be used until two cards reopen it."""

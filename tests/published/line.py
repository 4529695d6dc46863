"""A published result, and the real votes it came from (tests/data, where the README names the sources)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

__all__ = ["DATA", "Line", "text"]

DATA = Path(__file__).resolve().parents[1] / "data"


@dataclass(frozen=True, slots=True)
class Line:
    """A published result and the way to obtain it."""

    what: str
    expected: str
    obtain: Callable[[], str]


def text(path: str) -> str:
    """A file of the data, as it is."""
    return (DATA / path).read_bytes().decode()

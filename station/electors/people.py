"""A line of the roll, as the desk sees it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from keys.election.list_place import ListPlace

__all__ = ["Letters", "Person", "Principal", "Refusal", "full_name"]


def full_name(surname: str, given_names: str) -> str:
    """Surname in capitals, then given names; empty on a roll of numbers alone."""
    return f"{surname.upper()} {given_names}".strip()


class Refusal(Enum):
    """Why a person cannot vote now."""

    VOTED = "voted"
    VOTED_ELSEWHERE = "voted elsewhere"
    """On another machine."""
    STRUCK_OFF = "struck off"
    NO_ROOM = "no room"
    UNKNOWN = "unknown"
    """No such number."""


class Letters(Enum):
    """How large the letters of a visit are, where the machine can set them."""

    NORMAL = "normal"
    LARGE = "large"
    VERY_LARGE = "very large"


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody for whom another person may vote."""

    number: int
    name: str
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A line of the roll as it stands now."""

    number: int
    surname: str
    given_names: str
    born: str = ""
    address: str = ""
    note: str = ""
    birth_name: str = ""
    refusal: Refusal | None = None
    struck_off: str = ""
    """ISO date of the striking off, where the roll has it."""
    proxy: str = ""
    """Name of who may vote for this person; empty for nobody."""
    proxy_at_desk: bool = False
    """Officers noted it on the spot, and can take it back."""
    principals: tuple[Principal, ...] = ()
    """For whom this person may vote."""
    place: ListPlace | None = None
    """On the paper list; None for whoever was added on the spot."""

    @property
    def name(self) -> str:
        """Surname in capitals, then given names; empty on a roll of numbers alone."""
        return full_name(self.surname, self.given_names)

    @property
    def waiting(self) -> tuple[Principal, ...]:
        """For whom this person may still vote."""
        return tuple(item for item in self.principals if item.refusal is None)

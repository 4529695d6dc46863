"""The neighbourhoods of Toulouse 2022, from the files in tests/data/toulouse-2022 (source: Pabulib)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tally.count.files.pb import PbFile, read_pb

__all__ = ["DEFAULT", "Place", "choose"]

DATA = Path(__file__).resolve().parents[2] / "tests" / "data" / "toulouse-2022"
DEFAULT = "7,16,17"
"""Three of the smaller ones; number 16 ends in a tie."""
_BY_SIZE = (
    "17",
    "07",
    "09",
    "14",
    "16",
    "04",
    "11",
    "15",
    "20",
    "19",
    "13",
    "03",
    "18",
    "10",
    "02",
    "05",
    "06",
)


@dataclass(frozen=True, slots=True)
class Place:
    """A neighbourhood."""

    number: str
    """Two digits: id of its station and of its machine."""
    path: Path
    votes: PbFile


def choose(wanted: str) -> tuple[Place, ...]:
    """Read the neighbourhoods that were asked for.

    Args:
        wanted: ``all``, a count (the smallest ones), or numbers parted by commas.
    """
    files = {path.name[:2]: path for path in sorted(DATA.glob("*.pb"))}
    if wanted == "all":
        numbers = list(files)
    elif wanted.isdecimal() and "," not in wanted:
        count = int(wanted)
        ordered = [*_BY_SIZE, *(number for number in files if number not in _BY_SIZE)]
        numbers = sorted(ordered[:count])
    else:
        numbers = sorted(f"{int(part):02}" for part in wanted.split(",") if part.strip().isdecimal())
    if not numbers or any(number not in files for number in numbers):
        raise SystemExit("--stations takes 'all', a count from 1 to 20, or numbers such as 6,16")
    return tuple(
        Place(number, files[number], read_pb(files[number].read_text(encoding="utf-8"), files[number].name))
        for number in numbers
    )

"""The steps of a vote at the town hall, and which is next. Pure: from what is there in the officer's folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

__all__ = ["Files", "Step", "next_step"]


class Step(IntEnum):
    """What is to be done next."""

    CONFIRM = 1
    IMPORT = 2
    REQUEST = 3
    ANSWER = 4
    OPEN = 5
    SETTLE = 6
    CERTIFY = 7
    COSIGN = 8
    PUBLISH = 9
    ORDER = 10
    """After the time for appeals: order what is private to be destroyed."""
    RETIRE = 11
    """It is ordered: the machines first, then the office."""
    LATE = 12
    """The board decided on a late box, which is not in yet."""
    AGAIN = 13
    """A late box is in: the opening has to be requested again."""
    FIRST = 14
    """All boxes are in, but the board decides something before the opening is requested."""


@dataclass(frozen=True, slots=True)
class Files:
    """How far the count is, from the files that are present."""

    ballots: Mapping[int, int]
    """In the boxes that count, by contest."""
    suspended: frozenset[int] = frozenset()
    """Machines of which two different boxes came."""
    begun: frozenset[int] = frozenset()
    """Stations whose count on paper one person has typed."""
    typed: frozenset[int] = frozenset()
    """Stations whose count on paper was typed twice."""
    requested: bool = False
    late: frozenset[int] = frozenset()
    """Machines whose late box the board has decided to count, and that the last request does not name."""
    answered: frozenset[int] = frozenset()
    """Trustees."""
    opened: bool = False
    """Every archive holds its totals."""
    tied: tuple[int, ...] = ()
    """Contests with a tie that waits."""
    unsigned: int = 0
    """Signatures of the board that results lack, where the authority has signed them."""
    certified: bool = False
    """The minutes are written."""
    published: bool = False
    """With these minutes."""
    ordered: int | None = None
    """When the order to destroy what is private may be followed, Unix seconds; None while there is none."""


def next_step(
    files: Files,
    *,
    needed: int,
    rehearsal: bool,
    waiting: bool,
    settled: bool,
    late: bool,
    first: bool,
    undecided: bool,
) -> Step:
    """The one next step.

    Args:
        files: How far the count is.
        needed: Trustees who must answer.
        rehearsal: Nothing comes after its publication.
        waiting: Somebody has not confirmed, and no box is in.
        settled: Every machine is in or left out.
        late: A late box that the board decided on is not in.
        first: Something waits for a decision of the board without which the opening cannot be requested.
        undecided: Something waits for a decision of the board.
    """
    steps = (
        (waiting and not files.requested, Step.CONFIRM),
        (not settled and not files.requested, Step.IMPORT),
        (first and not files.requested, Step.FIRST),
        (not files.requested, Step.REQUEST),
        (late, Step.LATE),
        (bool(files.late), Step.AGAIN),
        (not files.opened and len(files.answered) < needed, Step.ANSWER),
        (not files.opened, Step.OPEN),
        (undecided, Step.SETTLE),
        (files.unsigned > 0, Step.COSIGN),
        (not files.certified, Step.CERTIFY),
        (not files.published or rehearsal, Step.PUBLISH),
        (files.ordered is None, Step.ORDER),
    )
    return next((step for holds, step in steps if holds), Step.RETIRE)

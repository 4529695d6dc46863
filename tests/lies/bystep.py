"""The steps of a verification, each with the lies that it alone refuses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tally.verify.steps import STEPS
from tests.lies.lie import Lie, Point

__all__ = ["NEVER_ALONE", "is_alone", "steps_table"]

NEVER_ALONE = {
    "threshold": "who lacks an answer lacks its proofs too; a definition that asks for more is refused at sealing "
    "(`tests/tally/verify/test_verify_forged.py`)",
    "styles": "the digests of the boxes count each contest too; this step says it in the voter's terms",
    "forms": "no sealing lets such a definition pass (`tests/tally/verify/test_verify_forged.py`)",
}
"""Steps that no lie reaches alone, and why."""

_MOST = 3


def is_alone(step: str, lie: Lie) -> bool:
    """Whether a step is the only one to refuse a lie, or all but the minutes, which show the honest results still."""
    return lie.told is Point.VERIFY and step in lie.refused and set(lie.refused) <= {step, "minutes"}


def steps_table(lies: Sequence[Lie]) -> Iterator[str]:
    """The lines of the table."""
    yield "| | step | what it proves | lies that it alone refuses |"
    yield "|---|---|---|---|"
    for number, row in enumerate(STEPS, 1):
        names = [lie.name for lie in lies if is_alone(row.name, lie)]
        told = "; ".join(names[:_MOST]) + (f"; {len(names) - _MOST} more" if len(names) > _MOST else "")
        yield f"| {number} | {row.name} | {row.proves} | {told or 'none: ' + NEVER_ALONE.get(row.name, 'MISSING')} |"

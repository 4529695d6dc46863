"""Lies that one step of a verification refuses and no other, where those of `published` are seen by several."""

from __future__ import annotations

from tests.lies.lie import Lie, Point
from tests.simulator import step_lies as step

__all__ = ["STEPS_ALONE"]

_OLD = {"minutes": "V-614"}
"""The minutes of a folder that was opened anew still show the honest results."""
_AUTHORITY, _TOGETHER = "authority", "authority and trustees"

STEPS_ALONE = (
    Lie(
        "a note beside the papers",
        "whoever copies the folder",
        Point.VERIFY,
        {"files": "V-601"},
        published=step.note_beside_the_papers,
    ),
    Lie(
        "another vote in its place, nothing in it changed",
        _AUTHORITY,
        Point.VERIFY,
        {"origin": "V-602"},
        folder=step.another_vote_in_its_place,
        elsewhere=True,
    ),
    Lie(
        "minutes changed after the publication",
        "whoever copies the folder",
        Point.VERIFY,
        {"publication": "V-603"},
        published=step.minutes_changed_afterwards,
    ),
    Lie(
        "list of files by somebody",
        "whoever copies the folder",
        Point.VERIFY,
        {"publication": "V-102"},
        published=step.list_of_files_by_somebody,
    ),
    Lie(
        "another box decided than was opened",
        "board, authority and trustees",
        Point.VERIFY,
        {"chosen boxes": "V-623"},
        folder=step.other_box_opened,
        eventful=True,
    ),
    Lie(
        "few ballots opened without a decision",
        _TOGETHER,
        Point.VERIFY,
        {"enough": "V-406"},
        folder=step.few_ballots_undecided,
        whole=True,
    ),
    Lie(
        "votes added to the sum",
        _TOGETHER,
        Point.VERIFY,
        {"sums": "V-331", **_OLD},
        folder=step.votes_added_to_the_sum,
    ),
    Lie(
        "request for another number of ballots",
        _TOGETHER,
        Point.VERIFY,
        {"heads": "V-407", **_OLD},
        folder=step.request_for_another_number,
    ),
    Lie(
        "shuffle that its trustee did not sign",
        "trustee",
        Point.VERIFY,
        {"shuffles": "V-335"},
        folder=step.shuffle_not_signed,
        whole=True,
    ),
)

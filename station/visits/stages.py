"""The stages of a visit and every way from one to another, as a diagram and as data.

The diagram is the storyboard's section 7; a test compares it, the table below it, and what the session does.
What leads from one stage to another is an answer, by the name of its class, or what the disk said
(`Written`, `Failed`). An answer that leaves the stage as it is (a tick, a wrong PIN) is not in the table.

    waiting      Search        found         a number or a name
    found        Clear         waiting
    found        TimePassed    waiting       the search is wiped
    waiting      Widen         found         nothing was searched yet
    found        Choose        unlocked      who voted, is struck off, or finds the box full stays out
    waiting      CheckVisit    choosing      officers check the machine: a visit that cannot vote
    found        CheckVisit    choosing
    unlocked     Cancel        waiting       with its reason, counted
    unlocked     TimePassed    waiting
    unlocked     HandOver      choosing      the roll leaves the memory of the screens
    choosing     Done          reviewing
    choosing     BlankHere     reviewing     the only contest, or one that the review sent back
    choosing     Back          reviewing     from a contest that the review sent back
    reviewing    Back          choosing
    reviewing    Change        choosing
    reviewing    Done          committed     ballots are built, the slip is printed
    committed    Back          reviewing     ballots forgotten, slip void
    committed    SlipInHand    deciding
    deciding     Back          reviewing     ballots forgotten, slip void
    deciding     CheckMachine  opened        nothing is cast
    opened       StartAgain    choosing
    opened       Finish        stopped       officers are through with their check
    deciding     Vote          recording
    recording    Written       recorded      mark and ballots, one transaction, read back
    recording    Failed        in doubt      the mark answers
    choosing     TimePassed    covered
    reviewing    TimePassed    covered
    committed    TimePassed    covered
    deciding     TimePassed    covered
    opened       TimePassed    covered
    choosing     CallWorker    covered
    reviewing    CallWorker    covered
    committed    CallWorker    covered
    deciding     CallWorker    covered
    opened       CallWorker    covered
    covered      AnyKey        choosing
    covered      AnyKey        reviewing
    covered      AnyKey        committed
    covered      AnyKey        deciding
    covered      AnyKey        opened
    covered      TimePassed    stopped       choices wiped
    covered      PinTyped      stopped       choices wiped
    stopped      PinTyped      waiting       the person is free again
    recorded     Finish        handed back
    recorded     TimePassed    handed back
    handed back  PinTyped      signing       the receipt is forgotten
    in doubt     PinTyped      signing       the vote is recorded
    in doubt     PinTyped      waiting       the vote is not recorded
    signing      Signed        waiting
    signing      LeftUnsigned  waiting       counted
    signing      CannotSign    waiting
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from itertools import product
from typing import NamedTuple

__all__ = ["COVERABLE", "PATIENCE", "TRANSITIONS", "Stage", "Trace", "Transition"]


class Stage(Enum):
    """Where a visit stands."""

    WAITING = "waiting"
    FOUND = "found"
    UNLOCKED = "unlocked"
    CHOOSING = "choosing"
    REVIEWING = "reviewing"
    COMMITTED = "committed"
    DECIDING = "deciding"
    OPENED = "opened"
    RECORDING = "recording"
    RECORDED = "recorded"
    IN_DOUBT = "in doubt"
    COVERED = "covered"
    STOPPED = "stopped"
    HANDED_BACK = "handed back"
    SIGNING = "signing"


class Transition(NamedTuple):
    """One way from a stage to another."""

    source: Stage
    event: str
    target: Stage


Trace = Callable[[Transition], None]
"""Told of every transition; carries no person and no choice."""

COVERABLE = (Stage.CHOOSING, Stage.REVIEWING, Stage.COMMITTED, Stage.DECIDING, Stage.OPENED)
"""Screens of a voter who has not voted: they can be covered, and stopped."""

_VOTER_SECONDS = 180
_COVER_SECONDS = 60
_WORKER_SECONDS = 120

PATIENCE: dict[Stage, int] = {
    Stage.WAITING: _WORKER_SECONDS,
    Stage.FOUND: _WORKER_SECONDS,
    Stage.UNLOCKED: _WORKER_SECONDS,
    **dict.fromkeys(COVERABLE, _VOTER_SECONDS),
    Stage.COVERED: _COVER_SECONDS,
    Stage.RECORDED: _COVER_SECONDS,
    Stage.SIGNING: _WORKER_SECONDS,
}
"""Seconds without a key after which a face answers `TimePassed`; stages that are not here wait for ever.

Where there is no printer, a receipt on the screen stays as long as a choice does.
"""

_S = Stage
TRANSITIONS: frozenset[Transition] = frozenset(
    {
        Transition(_S.WAITING, "Search", _S.FOUND),
        Transition(_S.WAITING, "Widen", _S.FOUND),
        Transition(_S.FOUND, "Clear", _S.WAITING),
        Transition(_S.FOUND, "TimePassed", _S.WAITING),
        Transition(_S.FOUND, "Choose", _S.UNLOCKED),
        Transition(_S.WAITING, "CheckVisit", _S.CHOOSING),
        Transition(_S.FOUND, "CheckVisit", _S.CHOOSING),
        Transition(_S.UNLOCKED, "Cancel", _S.WAITING),
        Transition(_S.UNLOCKED, "TimePassed", _S.WAITING),
        Transition(_S.UNLOCKED, "HandOver", _S.CHOOSING),
        Transition(_S.CHOOSING, "Done", _S.REVIEWING),
        Transition(_S.CHOOSING, "BlankHere", _S.REVIEWING),
        Transition(_S.CHOOSING, "Back", _S.REVIEWING),
        Transition(_S.REVIEWING, "Back", _S.CHOOSING),
        Transition(_S.REVIEWING, "Change", _S.CHOOSING),
        Transition(_S.REVIEWING, "Done", _S.COMMITTED),
        Transition(_S.COMMITTED, "Back", _S.REVIEWING),
        Transition(_S.COMMITTED, "SlipInHand", _S.DECIDING),
        Transition(_S.DECIDING, "Back", _S.REVIEWING),
        Transition(_S.DECIDING, "CheckMachine", _S.OPENED),
        Transition(_S.OPENED, "StartAgain", _S.CHOOSING),
        Transition(_S.OPENED, "Finish", _S.STOPPED),
        Transition(_S.DECIDING, "Vote", _S.RECORDING),
        Transition(_S.RECORDING, "Written", _S.RECORDED),
        Transition(_S.RECORDING, "Failed", _S.IN_DOUBT),
        Transition(_S.COVERED, "TimePassed", _S.STOPPED),
        Transition(_S.COVERED, "PinTyped", _S.STOPPED),
        Transition(_S.STOPPED, "PinTyped", _S.WAITING),
        Transition(_S.RECORDED, "Finish", _S.HANDED_BACK),
        Transition(_S.RECORDED, "TimePassed", _S.HANDED_BACK),
        Transition(_S.HANDED_BACK, "PinTyped", _S.SIGNING),
        Transition(_S.IN_DOUBT, "PinTyped", _S.SIGNING),
        Transition(_S.IN_DOUBT, "PinTyped", _S.WAITING),
        Transition(_S.SIGNING, "Signed", _S.WAITING),
        Transition(_S.SIGNING, "LeftUnsigned", _S.WAITING),
        Transition(_S.SIGNING, "CannotSign", _S.WAITING),
        *(
            Transition(stage, event, _S.COVERED)
            for stage, event in product(COVERABLE, ("TimePassed", "CallWorker"))
        ),
        *(Transition(_S.COVERED, "AnyKey", stage) for stage in COVERABLE),
    }
)

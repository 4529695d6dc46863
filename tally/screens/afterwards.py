"""After the time for appeals: the order to the machines, and the end of the office, by the use cases of the command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from keys.desk.destroying import ERASE_DISK
from keys.findings import Unreadable
from tally.retiring import (
    begin_retiring,
    finish_retiring,
    hand_out_order,
    hand_out_report,
    order_destruction,
)
from tally.screens.appeals import AskDay, AskTown
from tally.screens.asking import AskPlace, AskYes
from tally.screens.desk import Desk
from tally.screens.doing import ask, authority_of, do
from tally.screens.work import Ended, Job, Reporter
from tally.workspace import Authority

if TYPE_CHECKING:
    from tally.app import OfficeApp

__all__ = ["copy_order", "hand_out", "order", "retire", "retire_on"]


async def order(app: OfficeApp) -> None:
    """Ask for the day, sign the order, and write it on a stick."""
    desk, say = app.desk, app.desk.language.say
    begins = await ask(app, AskDay(desk))
    if begins is None:
        return
    day = desk.language.moment(begins, desk.definition.timezone)
    question = say("Nobody may destroy anything before {day}. Is that right?", day=day)
    why = say("The day is part of what you sign.")
    if not await ask(app, AskYes(desk, question, why, say("That is the day"))):
        return
    out = await ask(app, AskPlace(desk, say("Copy the order for the machines"), _bring(desk)))
    authority = await authority_of(app, say("Order to destroy what is private")) if out else None
    if out and authority:
        await do(app, _ordering(desk, authority, begins, out))


async def copy_order(app: OfficeApp) -> None:
    """Write the order on another stick."""
    desk, say = app.desk, app.desk.language.say
    out = await ask(app, AskPlace(desk, say("Copy the order for the machines"), _bring(desk)))
    if out is not None:
        await do(app, _copying_order(desk, out))


async def retire(app: OfficeApp) -> None:
    """Compare what is published, sign the report, and destroy the rest."""
    desk, say = app.desk, app.desk.language.say
    why = say("Where is the published folder? It is all that stays of the vote, and is compared first.")
    public = await ask(app, AskPlace(desk, say("Retire this office"), why, below="ISOLOIR/public"))
    if public is None:
        return
    out = await ask(app, _report_place(desk))
    if out is None or not await ask(app, AskTown(desk)):
        return
    authority = await authority_of(
        app, say("You sign what is destroyed. It is the last that these keys sign.")
    )
    if authority:
        await do(app, _retiring(desk, authority, public, out))


async def retire_on(app: OfficeApp) -> None:
    """Go on with a retiring that was stopped."""
    out = await ask(app, _report_place(app.desk))
    if out is not None:
        await do(app, _going_on(app.desk, out))


async def hand_out(app: OfficeApp) -> None:
    """Write the report on a stick once more."""
    out = await ask(app, _report_place(app.desk))
    if out is not None:
        await do(app, _handing_out(app.desk, out))


def _report_place(desk: Desk) -> AskPlace:
    say = desk.language.say
    why = say("The report of what is destroyed is written there, to be printed and kept.")
    return AskPlace(desk, say("Write the report on a stick"), why)


def _ordering(desk: Desk, authority: Authority, day: int, out: Path) -> Job:
    """Sign the order, and write it on a stick."""

    def run(_: Reporter) -> str:
        order_destruction(desk.workspace, authority, day, desk.clock())
        return _told(desk, hand_out_order(desk.workspace, out))

    return Job(desk.language.say("Order to destroy what is private"), run)


def _copying_order(desk: Desk, out: Path) -> Job:
    """Write the order on another stick."""
    return Job(
        desk.language.say("Copy the order for the machines"),
        lambda _: _told(desk, hand_out_order(desk.workspace, out)),
    )


def _retiring(desk: Desk, authority: Authority, public: Path, out: Path) -> Job:
    """Compare what is published, sign the report, write it, then destroy."""

    def run(_: Reporter) -> str | Ended:
        begin_retiring(desk.workspace, public, authority, desk.clock())
        return _destroy(desk, out)

    return Job(desk.language.say("Retire this office"), run)


def _going_on(desk: Desk, out: Path) -> Job:
    """Go on with a retiring that was stopped."""
    return Job(desk.language.say("Retire this office"), lambda _: _destroy(desk, out))


def _handing_out(desk: Desk, out: Path) -> Job:
    """Write the report of what was destroyed on a stick."""

    def run(_: Reporter) -> str:
        return desk.language.say(
            "The report is in {place}. Print and keep it.", place=hand_out_report(desk.workspace, out)
        )

    return Job(desk.language.say("Write the report on a stick"), run)


def _told(desk: Desk, path: Path) -> str:
    return f"{desk.language.say('The order is in {place}.', place=path)} {_bring(desk)}"


def _bring(desk: Desk) -> str:
    return desk.language.say("Bring it to every machine; two officers run there: station wipe.")


def _destroy(desk: Desk, out: Path) -> str | Ended:
    """The report is on the stick before anything goes; then all of it."""
    say = desk.language.say
    try:
        paper = hand_out_report(desk.workspace, out)
    except (Unreadable, OSError) as error:
        kept = say(
            "The report is signed, and nothing is destroyed so far. Take another stick, and choose “{row}”.",
            row=say("Go on destroying"),
        )
        return Ended(errors=(error,), kept=kept)
    try:
        count = finish_retiring(desk.workspace)
    except (Unreadable, OSError) as error:
        kept = say(
            "The report is written. What is not destroyed so far is still there: choose “{row}”.",
            row=say("Go on destroying"),
        )
        return Ended(errors=(error,), kept=kept)
    lines = [
        say("Files destroyed: {count}.", count=count),
        say("The report is in {place}. Print and keep it.", place=paper),
        say("Destroy the backups too: they hold the registers."),
        say("Flash storage keeps old data out of reach: erase the key of the encrypted disk as well."),
        ERASE_DISK,
    ]
    return "\n".join(lines)

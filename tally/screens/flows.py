"""What follows on a press: what is asked, which work is done, what is told. Nothing is signed without a passphrase."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from keys.election.decision import Decision
from keys.findings import Refused
from tally.screens import afterwards, jobs
from tally.screens.asking import AskPlace, AskYes
from tally.screens.desk import Desk
from tally.screens.doing import ask, authority_of, do
from tally.screens.taking import taking_in
from tally.screens.work import Ended, Job

if TYPE_CHECKING:
    from tally.app import OfficeApp

__all__ = ["FLOWS", "Flow", "sign_decision"]

Flow = Callable[["OfficeApp"], Awaitable[None]]


async def sign_decision(app: OfficeApp, decision: Decision) -> Ended:
    """Sign a decision that the officer has put together."""
    authority = await authority_of(
        app, app.desk.language.say("You sign what the board decided. It is published.")
    )
    return await do(app, jobs.deciding(app.desk, authority, decision)) if authority else Ended(stopped=True)


async def _do_at(app: OfficeApp, title: str, why: str, job: Callable[[Desk, Path], Job]) -> None:
    """Ask for a stick or a folder, and do a work there."""
    place = await ask(app, AskPlace(app.desk, title, why))
    if place is not None:
        await do(app, job(app.desk, place))


async def _seal(app: OfficeApp) -> None:
    say = app.desk.language.say
    why = say(
        "All of them: the enrolments of the machines and the files of the trustees, in any folder of the stick."
    )
    place = await ask(app, AskPlace(app.desk, say("Seal the vote"), why))
    authority = await authority_of(app, say("You sign everything that the vote rests on.")) if place else None
    if place and authority:
        await do(app, jobs.sealing(app.desk, authority, place))


async def _confirm(app: OfficeApp) -> None:
    say = app.desk.language.say
    why = say("Machines and trustees confirm the sealed vote.")
    await _do_at(app, say("Take in confirmations"), why, jobs.confirming)


async def _take_in(app: OfficeApp) -> None:
    say = app.desk.language.say
    why = say("Have the signed closing report at hand: you are asked for two groups of it for each box.")
    await _do_at(app, say("Take in boxes"), why, taking_in)


async def _request(app: OfficeApp) -> None:
    await _ask_trustees(app, again=False)


async def _again(app: OfficeApp) -> None:
    await _ask_trustees(app, again=True)


async def _ask_trustees(app: OfficeApp, *, again: bool) -> None:
    desk, say = app.desk, app.desk.language.say
    sure = await ask(
        app,
        AskYes(
            desk,
            say("Ask the trustees to open?"),
            say("After this, no box can be added or left out, except a late box that the board accepts."),
            say("Ask the trustees"),
        ),
    )
    if not sure:
        return
    why = say("Trustees check everything from a copy of the folder. Where should it be written?")
    below = f"ISOLOIR/{desk.workspace.mode.name.lower()}"
    out = await ask(app, AskPlace(desk, say("A stick for the trustees"), why, below=below))
    if out is None:
        return
    authority = await authority_of(app, say("You sign which archives the trustees shall open."))
    if authority:
        await do(app, jobs.requesting(desk, authority, out, again=again))


async def _copy(app: OfficeApp) -> None:
    desk, say = app.desk, app.desk.language.say
    why = say("An older copy of this vote on the stick is replaced.")
    below = f"ISOLOIR/{desk.workspace.mode.name.lower()}"
    out = await ask(app, AskPlace(desk, say("A stick for the trustees"), why, below=below))
    if out is not None:
        await do(app, jobs.copying(desk, out))


async def _answers(app: OfficeApp) -> None:
    say = app.desk.language.say
    why = say("Each trustee hands in one file; it is checked when the totals are opened.")
    await _do_at(app, say("Take in answers of trustees"), why, jobs.taking_answers)


async def _shuffles(app: OfficeApp) -> None:
    say = app.desk.language.say
    why = say("Each trustee shuffles what the one before has shuffled; the proof is checked now.")
    await _do_at(app, say("Take in a shuffle"), why, jobs.shuffling)


async def _end_shuffles(app: OfficeApp) -> None:
    say = app.desk.language.say
    sure = await ask(
        app,
        AskYes(
            app.desk,
            say("Stop waiting for other trustees?"),
            say("After this, nobody else can shuffle, and only those who have shuffled can answer."),
            say("End the shuffles"),
        ),
    )
    if sure:
        await do(app, jobs.shuffling(app.desk, None))


async def _paper(app: OfficeApp) -> None:
    from tally.screens.paper_form import ChooseStation, PaperForm

    station = await ask(app, ChooseStation(app.desk))
    if station is None:
        return
    authority, typed, differing = None, None, ""
    while True:
        typed = await ask(app, PaperForm(app.desk, station, typed, differing))
        if typed is None:
            return
        authority = authority or await authority_of(
            app, app.desk.language.say("You sign the count once both people have typed the same.")
        )
        if authority is None:
            return
        ended = await do(app, jobs.typing(app.desk, authority, station, typed))
        wrong = [item for item in ended.errors if isinstance(item, Refused) and item.code in _TYPED_AGAIN]
        if not wrong:
            return
        differing = wrong[0].detail


async def _open(app: OfficeApp) -> None:
    from tally.screens.results import Results

    ended = await do(app, jobs.opening(app.desk))
    if ended.well and app.desk.sealed.counted:
        await app.push_screen_wait(Results(app.desk))


_TYPED_AGAIN = {"T-304", "V-621"}
"""The figures of two people differ, or contradict each other: whoever typed has them before their eyes again."""


async def _decisions(app: OfficeApp) -> None:
    from tally.screens.decisions import Decisions

    await app.push_screen_wait(Decisions(app.desk))


async def _late(app: OfficeApp) -> None:
    from tally.screens.decisions import decide_late

    await decide_late(app)


async def _collect(app: OfficeApp) -> None:
    say = app.desk.language.say
    why = say("Members of the board sign with their own program; their files come on a stick.")
    await _do_at(app, say("Take in signatures of the board"), why, jobs.collecting)


async def _certify(app: OfficeApp) -> None:
    authority = await authority_of(app, app.desk.language.say("You sign the results of all contests."))
    if authority:
        await do(app, jobs.certifying(app.desk, authority, None))


async def _cosign(app: OfficeApp) -> None:
    say = app.desk.language.say
    why = say("Members of the board sign with their own program; their files come on a stick.")
    place = await ask(app, AskPlace(app.desk, say("Take in signed results"), why))
    authority = (
        await authority_of(app, say("The minutes are written once all signatures are in.")) if place else None
    )
    if place and authority:
        await do(app, jobs.certifying(app.desk, authority, place))


async def _publish(app: OfficeApp) -> None:
    say = app.desk.language.say
    why = say("A new folder is written, from which anyone can check the result.")
    out = await ask(app, AskPlace(app.desk, say("Publish"), why, below="ISOLOIR/public"))
    authority = (
        await authority_of(app, say("You sign the list of all files that are published.")) if out else None
    )
    if out and authority:
        await do(app, jobs.publishing(app.desk, authority, out))


async def _back_up(app: OfficeApp) -> None:
    say = app.desk.language.say
    why = say("One file with the whole folder is written to another disk, read back and compared.")
    await _do_at(app, say("Back up"), why, jobs.backing_up)


async def _stations(app: OfficeApp) -> None:
    from tally.screens.stations import Stations

    await app.push_screen_wait(Stations(app.desk))


async def _trustees(app: OfficeApp) -> None:
    from tally.screens.trustees import Trustees

    await app.push_screen_wait(Trustees(app.desk))


async def _results(app: OfficeApp) -> None:
    from tally.screens.results import Results

    await app.push_screen_wait(Results(app.desk))


async def _findings(app: OfficeApp) -> None:
    from tally.screens.findings import Findings

    await app.push_screen_wait(Findings(app.desk))


async def _leave(app: OfficeApp) -> None:
    app.exit(0)


async def _registers(app: OfficeApp) -> None:
    from tally.screens.registers import take_in_registers

    await take_in_registers(app)


FLOWS: Mapping[str, Flow] = {
    "registers": _registers,
    "seal": _seal,
    "confirm": _confirm,
    "take-in": _take_in,
    "request": _request,
    "again": _again,
    "copy": _copy,
    "answers": _answers,
    "shuffles": _shuffles,
    "end-shuffles": _end_shuffles,
    "paper": _paper,
    "open": _open,
    "decisions": _decisions,
    "late": _late,
    "collect": _collect,
    "certify": _certify,
    "cosign": _cosign,
    "publish": _publish,
    "order": afterwards.order,
    "copy-order": afterwards.copy_order,
    "retire": afterwards.retire,
    "retire-on": afterwards.retire_on,
    "report": afterwards.hand_out,
    "back-up": _back_up,
    "stations": _stations,
    "trustees": _trustees,
    "results": _results,
    "findings": _findings,
    "leave": _leave,
}
"""By the id of the row in a menu."""

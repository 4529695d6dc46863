"""What follows on a press: what is asked, which work is done, what is told. Nothing is signed without a passphrase."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from keys.election.decision import Decision
from tally.screens import jobs
from tally.screens.asking import AskPassphrase, AskPlace, AskYes
from tally.screens.message import Message, problem
from tally.screens.page import Page
from tally.screens.work import Ended, Job, Work

if TYPE_CHECKING:
    from tally.app import OfficeApp

__all__ = ["FLOWS", "Flow", "do", "sign_decision"]

T = TypeVar("T")
Flow = Callable[["OfficeApp"], Awaitable[None]]


async def do(app: OfficeApp, job: Job) -> Ended:
    """Do a work and tell what came of it."""
    ended = await app.push_screen_wait(Work(app.desk, job))
    say = app.desk.language.say
    if ended is None:
        return Ended(stopped=True)
    for error in ended.errors:
        await app.push_screen_wait(problem(app.desk, error))
    paragraphs = [ended.text] if ended.text else []
    if ended.stopped:
        paragraphs.append(say("You stopped it. Nothing is half done; you may start it again."))
    if paragraphs:
        title = say("Done.") if ended.well else say("Not all of it was done.")
        await app.push_screen_wait(Message(app.desk, title, paragraphs))
    return ended


async def sign_decision(app: OfficeApp, decision: Decision) -> Ended:
    """Sign a decision that the officer has put together."""
    words = await _words(app, app.desk.language.say("You sign what the board decided. It is published."))
    return await do(app, jobs.deciding(app.desk, words, decision)) if words else Ended(stopped=True)


async def _ask(app: OfficeApp, page: Page[T]) -> T | None:
    return await app.push_screen_wait(page)


async def _words(app: OfficeApp, why: str) -> bytes | None:
    return await _ask(app, AskPassphrase(app.desk, why))


async def _confirm(app: OfficeApp) -> None:
    say = app.desk.language.say
    place = await _ask(
        app,
        AskPlace(
            app.desk, say("Take in confirmations"), say("Machines and trustees confirm the sealed vote.")
        ),
    )
    if place is not None:
        await do(app, jobs.confirming(app.desk, place))


async def _take_in(app: OfficeApp) -> None:
    say = app.desk.language.say
    why = say("Have the signed closing report at hand: you are asked for two groups of it for each box.")
    place = await _ask(app, AskPlace(app.desk, say("Take in boxes"), why))
    if place is not None:
        await do(app, jobs.taking_in(app.desk, place))


async def _request(app: OfficeApp) -> None:
    desk, say = app.desk, app.desk.language.say
    sure = await _ask(
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
    out = await _ask(app, AskPlace(desk, say("A stick for the trustees"), why, below=below))
    if out is None:
        return
    words = await _words(app, say("You sign which archives the trustees shall open."))
    if words:
        await do(app, jobs.requesting(desk, words, out))


async def _answers(app: OfficeApp) -> None:
    say = app.desk.language.say
    why = say("Each trustee hands in one file; it is checked when the totals are opened.")
    place = await _ask(app, AskPlace(app.desk, say("Take in answers of trustees"), why))
    if place is not None:
        await do(app, jobs.taking_answers(app.desk, place))


async def _shuffles(app: OfficeApp) -> None:
    say = app.desk.language.say
    why = say("Each trustee shuffles what the one before has shuffled; the proof is checked now.")
    place = await _ask(app, AskPlace(app.desk, say("Take in a shuffle"), why))
    if place is not None:
        await do(app, jobs.shuffling(app.desk, place))


async def _end_shuffles(app: OfficeApp) -> None:
    say = app.desk.language.say
    sure = await _ask(
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

    station = await _ask(app, ChooseStation(app.desk))
    if station is None:
        return
    typed = await _ask(app, PaperForm(app.desk, station))
    if typed is None:
        return
    words = await _words(
        app, app.desk.language.say("You sign the count once both people have typed the same.")
    )
    if words:
        await do(app, jobs.typing(app.desk, words, station, typed))


async def _open(app: OfficeApp) -> None:
    from tally.screens.results import Results

    ended = await do(app, jobs.opening(app.desk))
    if ended.well and app.desk.sealed.counted:
        await app.push_screen_wait(Results(app.desk))


async def _decisions(app: OfficeApp) -> None:
    from tally.screens.decisions import Decisions

    await app.push_screen_wait(Decisions(app.desk))


async def _collect(app: OfficeApp) -> None:
    say = app.desk.language.say
    why = say("Members of the board sign with their own program; their files come on a stick.")
    place = await _ask(app, AskPlace(app.desk, say("Take in signatures of the board"), why))
    if place is not None:
        await do(app, jobs.collecting(app.desk, place))


async def _certify(app: OfficeApp) -> None:
    words = await _words(app, app.desk.language.say("You sign the results of all contests."))
    if words:
        await do(app, jobs.certifying(app.desk, words, None))


async def _cosign(app: OfficeApp) -> None:
    say = app.desk.language.say
    why = say("Members of the board sign with their own program; their files come on a stick.")
    place = await _ask(app, AskPlace(app.desk, say("Take in signed results"), why))
    words = await _words(app, say("The minutes are written once all signatures are in.")) if place else None
    if place and words:
        await do(app, jobs.certifying(app.desk, words, place))


async def _publish(app: OfficeApp) -> None:
    say = app.desk.language.say
    why = say("A new folder is written, from which anyone can check the result.")
    out = await _ask(app, AskPlace(app.desk, say("Publish"), why, below="ISOLOIR/public"))
    words = await _words(app, say("You sign the list of all files that are published.")) if out else None
    if out and words:
        await do(app, jobs.publishing(app.desk, words, out))


async def _back_up(app: OfficeApp) -> None:
    say = app.desk.language.say
    why = say("One file with the whole folder is written to another disk, read back and compared.")
    place = await _ask(app, AskPlace(app.desk, say("Back up"), why))
    if place is not None:
        await do(app, jobs.backing_up(app.desk, place))


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


FLOWS: Mapping[str, Flow] = {
    "confirm": _confirm,
    "take-in": _take_in,
    "request": _request,
    "answers": _answers,
    "shuffles": _shuffles,
    "end-shuffles": _end_shuffles,
    "paper": _paper,
    "open": _open,
    "decisions": _decisions,
    "collect": _collect,
    "certify": _certify,
    "cosign": _cosign,
    "publish": _publish,
    "back-up": _back_up,
    "stations": _stations,
    "trustees": _trustees,
    "results": _results,
    "findings": _findings,
    "leave": _leave,
}
"""By the id of the row in a menu."""

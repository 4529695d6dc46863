"""How flows ask, work and tell: a screen with its answer, the authority's keys, a work with what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from tally.screens.asking import AskPassphrase
from tally.screens.message import Message, problem
from tally.screens.page import Page
from tally.screens.work import Ended, Job, Work
from tally.workspace import Authority

if TYPE_CHECKING:
    from tally.app import OfficeApp

__all__ = ["ask", "authority_of", "do"]

T = TypeVar("T")


async def do(app: OfficeApp, job: Job) -> Ended:
    """Do a work and tell what came of it."""
    ended = await app.push_screen_wait(Work(app.desk, job))
    say = app.desk.language.say
    if ended is None:
        return Ended(stopped=True)
    for error in ended.errors:
        await app.push_screen_wait(problem(app.desk, error, ended.kept))
    paragraphs = [ended.text] if ended.text else []
    if ended.stopped:
        paragraphs.append(say("You stopped it. Nothing is half done; you may start it again."))
    if paragraphs:
        title = say("Done.") if ended.well else say("Not all of it was done.")
        await app.push_screen_wait(Message(app.desk, title, paragraphs))
    return ended


async def ask(app: OfficeApp, page: Page[T]) -> T | None:
    """Show a screen; gives its answer, or None where the officer went back."""
    return await app.push_screen_wait(page)


async def authority_of(app: OfficeApp, why: str) -> Authority | None:
    """The keys of the authority, opened; None where the officer went back."""
    return await ask(app, AskPassphrase(app.desk, why))

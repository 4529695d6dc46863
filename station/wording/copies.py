"""Words about the box on a stick: the copy of one that is closed, and of one that is not."""

from __future__ import annotations

from keys.election.statement import Mode
from station.officers import deeds as d
from station.officers import tasks as t
from station.wording.frame import Frame
from station.wording.page import Item, Page, Verb, Words, in_order
from station.wording.problems import problem_words

__all__ = ["copy_page", "export_page", "print_codes"]


def copy_page(question: t.ShowCopy, frame: Frame) -> Page:
    """After W11 or W16: the box is on the stick as it stands, sealed."""
    say, phone = frame.language.say, frame.definition.help_phone or "-"
    back = Verb(say("Go back"), d.Go(t.Place.START))
    again = Verb(say("Copy to the stick"), d.CopyToStick())
    escape = {"escape": d.Go(t.Place.START)}
    if question.problem is not None:
        problem = problem_words(question.problem, frame)
        kept = Words(say("The box stays on this machine as it is."))
        title = say("The box was NOT copied.")
        return frame.worker("uncopied", title, (kept, again, back), problem=problem, keys=escape)
    then = (
        say(
            "If this machine does not go on, another one closes its box from this stick, with two cards of this "
            "machine. Call {phone} first.",
            phone=phone,
        )
        if question.balanced
        else say("Keep the stick with the paper list. The town hall decides: {phone}.", phone=phone)
    )
    items: tuple[Item, ...] = (
        Words(say("On the stick: {stick}", stick=question.stick), indent=2),
        Words(say("Copy read back byte by byte: identical."), indent=2),
        Words(say("The box stays on this machine as it is.")),
        Words(then),
        back,
        Verb(say("Copy to another stick"), d.CopyToStick()),
    )
    return frame.worker("copied", say("The box is on the stick, sealed."), items, keys=escape)


def export_page(question: t.ShowExport, frame: Frame) -> Page:
    """W15."""
    say = frame.language.say
    where = say(
        "{stick}   votes in the box: {votes}   marks: sealed for the town hall",
        stick=question.stick,
        votes=frame.language.number(question.votes),
    )
    items: tuple[Item, ...] = (
        Words(where, indent=2),
        Words(say("Copy read back byte by byte: identical."), indent=2),
        *in_order(
            say("Remove the stick, put it in the envelope, sign across the flap."),
            say("Two people carry it to the town hall, with a copy of the report."),
            *_off_words(frame),
        ),
        frame.switch_off(),
        *print_codes(frame),
        Verb(say("Copy to another stick"), d.CopyToStick()),
        Verb(say("See the reports"), d.Go(t.Place.START)),
    )
    title = say("Copy finished and read back. You may remove the stick.")
    return frame.worker("export", title, items, keys={"escape": d.Go(t.Place.START)})


def _off_words(frame: Frame) -> list[str]:
    """The last step; a rehearsal is left, and nobody appeals."""
    if frame.mode is Mode.REHEARSAL:
        return []
    say = frame.language.say
    return [say("Switch off the machine. It keeps the box until the time for appeals is over.")]


def print_codes(frame: Frame) -> list[Item]:
    """The button for the list at the door, where there is a printer."""
    return [Verb(frame.language.say("Print the list of codes"), d.PrintTrackers())] if frame.printer else []

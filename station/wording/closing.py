"""Words of the officers' pages at the end of the day: announcement, signatures, report, copy."""

from __future__ import annotations

from itertools import pairwise

from keys.desk.language import Language
from station.answers import Answer
from station.officers import deeds as d
from station.officers import tasks as t
from station.officers.package import LoadFile
from station.wording.asides import one_moment
from station.wording.copies import print_codes
from station.wording.frame import Frame
from station.wording.page import Field, Item, Page, Typed, Verb, Words, in_order
from station.wording.problems import problem_words
from station.wording.reports import reprint_verb

__all__ = ["closed_page", "closing_page", "early_page", "meanwhile", "signatures_page"]

_ROW_ENDS = (0, 5, 9, 13)
"""The 13 groups of a code in rows that are nearly even, each begun with the number of its first group."""
_HARD_SPACE = "\u00a0"
"""At which no row ends."""


def early_page(question: t.AskEarly, frame: Frame) -> Page:
    """Before the planned hour: a reason first, and then nothing stands in the way."""
    say, zone = frame.language.say, frame.definition.timezone
    now, closes = frame.language.hour(question.now, zone), frame.language.moment(question.closes, zone)
    items: tuple[Item, ...] = (
        Words(
            say("It is {hour}, BEFORE the planned closing time ({closes}).", hour=now, closes=closes),
            strong=True,
        ),
        Words(
            say("The machine does not stop you. The reason will be in the closing report and the minutes.")
        ),
        Field("reason", say("Why? No names."), question.typed, length=250, enter=_early),
        Verb(say("Go on with closing"), _early),
        Verb(say("Keep the station open"), d.Leave()),
    )
    title = say("Close the station before the planned closing time?")
    problem = problem_words(question.problem, frame)
    return frame.worker("early", title, items, problem=problem, keys={"escape": d.Leave()})


def _early(typed: Typed) -> Answer:
    return d.CloseEarly(typed.get("reason", ""))


def closing_page(question: t.AskClosing, frame: Frame) -> Page:
    """W12."""
    say = frame.language.say
    hour = frame.language.hour(question.now, frame.definition.timezone)
    now = (
        say("It is {hour}, past the planned closing time. The machine never closes by itself.", hour=hour)
        if question.due
        else say(
            "It is {hour}, BEFORE the planned closing time. The machine never closes by itself.", hour=hour
        )
    )
    done = Verb(say("The queue has voted: close"), d.Go(t.Place.SIGNATURES))
    let_vote = Verb(say("Let the queue vote"), _announced)
    queue = Field(
        "queue", say("People in the queue, about (optional)"), length=4, digits=True, enter=_announced
    )
    steps: list[Item] = [
        Words(now),
        *in_order(
            say('Say aloud: "The station is closing. Those in the queue will vote."'),
            say("Close the door. Place a poll worker behind the last person."),
            say("Let the queue vote."),
            say("When the queue has voted, close."),
        ),
    ]
    if question.announced:
        back = Verb(say("Let the queue vote"), d.Go(t.Place.DESK))
        items = [*steps, done, back, Verb(say("Keep the station open"), d.Announce(on=False))]
    else:
        items = [*steps, queue, let_vote, done, Verb(say("Keep the station open"), d.Go(t.Place.DESK))]
    return frame.worker(
        "closing announced" if question.announced else "closing",
        say("Close the station"),
        tuple(items),
        note=say("Nobody is voting now."),
        keys={"escape": d.Go(t.Place.DESK)},
    )


def _announced(typed: Typed) -> Answer:
    return d.Announce(on=True, queue=typed.get("queue", ""))


def signatures_page(question: t.AskSignatures, frame: Frame) -> Page:
    """W13: count first, compare after."""
    say, number = frame.language.say, frame.language.number
    typed = dict(question.typed)
    back, leave = {"escape": d.Leave()}, Verb(say("Go back, do not close"), d.Leave())
    title = say("Two people count the signatures on the paper list, page by page.")
    note = say("After closing, nobody can vote on this machine any more.")
    ticked = say("Leave out the ticked signatures: they count with the machine that stopped.")
    if question.counts is None:
        items: tuple[Item, ...] = (
            *([Words(ticked)] if question.carried else []),
            Field("first-name", say("First count, by"), typed.get("first-name", ""), length=40),
            Field("first", say("Signatures"), typed.get("first", ""), length=6, digits=True),
            Field("second-name", say("Second count, by"), typed.get("second-name", ""), length=40),
            Field("second", say("Signatures"), length=6, digits=True, kept=False),
            Field(
                "slips",
                say("Entry slips handed in (empty if you give none)"),
                typed.get("slips", ""),
                length=6,
                digits=True,
                enter=_counted,
            ),
            Verb(say("Compare"), _counted),
            leave,
        )
        problem = problem_words(question.problem, frame)
        differed = question.problem is not None and question.problem.code == "counts"
        key, focus = ("signatures again", 1) if differed else ("signatures", 0)
        return frame.worker(key, title, items, problem=problem, note=note, keys=back, focus=focus)
    signatures, marks, votes = question.counts
    figures = say(
        "Signatures {signatures}   Machine marks {marks}   Votes {votes}",
        signatures=number(signatures),
        marks=number(marks),
        votes=number(votes),
    )
    again = Verb(say("Count the signatures again"), d.CountAgain())
    close = Verb(say("Close with these numbers"), d.Begin(t.Purpose.CLOSE))
    told = [Words(figures, strong=True), Words(_compared(question.counts, frame))]
    if question.slips is not None:
        told.append(Words(f"{say('Entry slips handed in')}   {number(question.slips)}", strong=True))
    if question.slips not in {None, votes}:
        told.append(
            Words(
                say(
                    "The entry slips differ from the votes. If you give none, count again and leave that field empty."
                )
            )
        )
    if signatures == marks == votes and question.slips in {None, votes}:
        return frame.worker("figures", title, (*told, close, again, leave), note=note, keys=back)
    why = Verb(say("Note why they differ"), d.Go(t.Place.INCIDENT))
    return frame.worker("figures", title, (*told, again, why, close, leave), note=note, keys=back)


def _compared(counts: tuple[int, int, int], frame: Frame) -> str:
    say = frame.language.say
    if len(set(counts)) == 1:
        return say("The three numbers are equal.")
    return say(
        "The three numbers differ. Count again, and look for those who left without signing. You may still "
        "close: write down why, and the town hall will decide."
    )


def meanwhile(answer: Answer, language: Language) -> str:
    """What is said while an answer is worked on."""
    if isinstance(answer, d.CopyToStick):
        return language.say("Copying. Do not remove the stick.")
    if isinstance(answer, LoadFile):
        return language.say("Reading the stick. Do not remove it.")
    return one_moment(language)


def _counted(typed: Typed) -> Answer:
    names = (typed.get("first-name", ""), typed.get("second-name", ""))
    return d.Counted(typed.get("first", ""), typed.get("second", ""), typed.get("slips", ""), names)


def closed_page(question: t.ShowClosed, frame: Frame) -> Page:
    """W14."""
    say, number = frame.language.say, frame.language.number
    figures = say(
        "On the register {electors}   Marks {marks}   Votes {votes}   Signatures {signatures}   Checks {checks}",
        electors=number(question.electors),
        marks=number(question.marks),
        votes=number(question.votes),
        signatures=number(question.signatures),
        checks=number(question.challenges),
    )
    if question.printed:
        paper = say("The closing report is printing: 3 copies.")
    elif frame.printer:
        paper = say("Not printed: copy the code of the box by hand, and read it back together.")
    else:
        paper = say(
            "This machine has no printer: write these numbers and the code on three sheets, and read them back "
            "together."
        )
    kept = say("The box is closed for good. It stays on this machine until the time for appeals is over.")
    items: tuple[Item, ...] = (
        Words(paper),
        Words(figures, indent=2),
        *_box_code(question, frame),
        Words(say("Follows the opening report {code}", code=question.zero), indent=2),
        *in_order(
            say("Sign the three copies: presiding officer, poll clerks, and polling agents if they wish."),
            say("One on the door with the list of receipt codes, one for the town hall, one for the file.")
            if frame.printer
            else say(
                "One on the door, one for the town hall, which posts the receipt codes, one for the file."
            ),
            say("Carry the paper and the stick separately."),
        ),
        Words(_result_words(question, frame)),
        Words(kept),
        Verb(say("Copy to the stick"), d.CopyToStick()),
        *print_codes(frame),
        reprint_verb(question.unprinted, frame),
        frame.switch_off(),
    )
    problem = problem_words(question.problem, frame)
    return frame.worker("closed", say("The station is closed."), items, problem=problem)


def _result_words(question: t.ShowClosed, frame: Frame) -> str:
    """Where the result is told: the definition holds no hour of the count, and the town hall knows it."""
    say, phone = frame.language.say, frame.definition.help_phone
    where = (
        say("This neighbourhood's result will be announced at the town hall. The machine does not know it.")
        if question.of_its_own
        else say("The result will be announced at the town hall. This station has no result of its own.")
    )
    return f"{where} {say('The town hall knows at what hour: {phone}.', phone=phone)}" if phone else where


def _box_code(question: t.ShowClosed, frame: Frame) -> list[Item]:
    """The first groups, as on the paper; all of them in rows where they are copied by hand."""
    say, groups = frame.language.say, question.groups
    if question.printed:
        code = say("Code of the box   {code}", code=" ".join(groups[:3]) + " ...")
        return [Words(code, strong=True, indent=2)]
    rows = [
        f"{first + 1:>2}:   {'  '.join(groups[first:end])}".replace(" ", _HARD_SPACE)
        for first, end in pairwise(_ROW_ENDS)
    ]
    return [
        Words(say("Code of the box, in {count} groups:", count=len(groups)), strong=True, indent=2),
        *(Words(row, strong=True, indent=4) for row in rows),
    ]

"""Words of the worker's pages around a visit: search, hand over, signature."""

from __future__ import annotations

from station import answers as a
from station import questions as q
from station.officers import deeds as d
from station.officers import tasks as t
from station.wording.found import case_of, found_items
from station.wording.frame import Frame
from station.wording.page import Field, Item, Line, Page, Sign, Typed, Verb, Words
from station.wording.reports import due_lines

__all__ = ["hand_over_page", "person_page", "sign_page"]

_TO_CHOOSE = {"two", "several"}
"""Cases in which somebody must read before Enter chooses."""
_LOW_ROOM = 10
_LOW_SHARE = 20
"""The room is told from 95 % on."""


def person_page(question: q.AskPerson, frame: Frame) -> Page:
    """W5."""
    say = frame.language.say
    case = case_of(question)
    search = Field(
        "search",
        say("Search: number, name or code"),
        question.text,
        length=60,
        enter=_search,
        again=say("Several people: Down goes to the right one, then Enter.") if case in _TO_CHOOSE else "",
    )
    items: list[Item] = [*_news(question, frame), search]
    if not question.searched and question.elsewhere is None:
        items.append(Verb(say("Search"), _search))
    items += found_items(question, frame)
    items += _copy(question.copy, frame)
    items += due_lines(question.due, frame)
    if question.paperless:
        items.append(Words(say("The printer stopped."), strong=True))
    items.append(Words(say("Screen turned to the officers, not to the room.")))
    return frame.worker(
        f"desk, {case}",
        _figures(question, frame) or say("Let the queue vote, then close with F8."),
        tuple(items),
        note=say("F6 Pause   F7 Incident   F8 Close   F9 Reprint   F10 Check")
        if question.can_check
        else say("F6 Pause   F7 Incident   F8 Close the station   F9 Reprint"),
        keys={
            "escape": a.Clear(),
            "f6": d.Begin(t.Purpose.PAUSE),
            "f7": d.Go(t.Place.INCIDENT),
            "f8": d.Go(t.Place.CLOSING),
            "f9": d.Go(t.Place.REPRINT),
            **({"f10": a.CheckVisit()} if question.can_check else {}),
        },
        focus=_focus(case, question),
        types_into="search",
        how=say("Several people found? Go to the right one with Down, then Enter."),
    )


def _news(question: q.AskPerson, frame: Frame) -> list[Item]:
    """What has just happened."""
    say = frame.language.say
    if question.news is None:
        return []
    words = {
        q.News.STOPPED: say("Visit stopped. No vote was recorded. The person may come again."),
        q.News.CHECKED: say("The check is over. Nothing was recorded, as intended."),
        q.News.REOPENED: say(
            "The station is REOPENED. From now on only the new PIN works; the one before has ended."
        ),
        q.News.NOTED: say("The incident is noted."),
        q.News.ADDED: say("Added. Write the name and this number at the end of the paper list."),
        q.News.EMPTY: say("Type a number, a name or a code first."),
    }
    return [Words(words[question.news], strong=True)]


def _focus(case: str, question: q.AskPerson) -> int:
    """The search, or what comes next: one person's first button, the birth date, the name that no station has."""
    if case == "elsewhere":
        return len(question.people) + (2 if question.text else 1)
    return 1 if case in {"asked elsewhere", "one", "one, to be seen", "refused"} else 0


def _figures(question: q.AskPerson, frame: Frame) -> str:
    """How many have voted, until the closing is announced; and the room that is left where it is short."""
    say, number = frame.language.say, frame.language.number
    figures = []
    if question.voted is not None:
        voted, electors = number(question.voted), number(question.electors)
        figures.append(say("Voted {voted} of {electors}", voted=voted, electors=electors))
    low = question.room <= max(_LOW_ROOM, question.electors // _LOW_SHARE)
    if low and question.voted is None:
        figures.append(say("Room for only a few more votes."))
    elif low:
        figures.append(
            frame.language.say_many(
                "Room for {count} more vote.", "Room for {count} more votes.", question.room
            )
        )
    return "   ".join(figures)


def _copy(note: q.CopyNote | None, frame: Frame) -> list[Item]:
    """What would be lost if the machine died; one phrase, for the officers alone."""
    if note is None:
        return []
    say = frame.language.say
    if note.copy is q.Copy.UP_TO_DATE:
        return [Words(say("Stick: copy up to date"))]
    hour = frame.language.hour(note.since, frame.definition.timezone)
    if note.copy is q.Copy.BEHIND:
        behind = say("THE COPY IS BEHIND: if the machine fails, votes since {hour} would be lost.", hour=hour)
        return [Words(behind, strong=True)]
    return [
        Words(
            say("NO STICK: if the machine fails, votes since {hour} would be lost.", hour=hour), strong=True
        )
    ]


def _search(typed: Typed) -> a.Answer:
    return a.Search(typed.get("search", ""))


def hand_over_page(question: q.ShowHandOver, frame: Frame) -> Page:
    """W6: the number only, no name."""
    say = frame.language.say
    items: tuple[Item, ...] = (
        *_missing(question, frame),
        Verb(say("Hand over the machine"), a.HandOver()),
        Words(say("Tell them:"), strong=True),
        Words(say("Do not worry: nothing counts until your last yes."), indent=4),
        Words(say("Three keys are enough: up, down, Enter."), indent=4, of_screen=True),
        Words(
            say("At the end, take your paper and call me.") if frame.printer else say("At the end, call me."),
            indent=4,
        ),
        Words(
            say("When you confirm, the register leaves the screen. It comes back with your PIN, at the end.")
        ),
        *_help_for_the_voter(question, frame),
        Verb(say("Cancel: wrong person"), a.Cancel(a.Reason.WRONG_PERSON)),
        Verb(say("Cancel: the person has left"), a.Cancel(a.Reason.LEFT)),
        Verb(say("Cancel: another reason"), a.Cancel(a.Reason.OTHER)),
    )
    title = (
        say("Hand over to whoever votes for no. {number}", number=str(question.number))
        if question.by_proxy
        else say("Hand over to person no. {number}", number=str(question.number))
    )
    note = say("This person has not voted yet. Cancellations are counted; nothing else is kept.")
    turned = a.SetUnlimited(not question.unlimited)
    keys = {"t": turned, "T": turned, "escape": a.Cancel(a.Reason.OTHER)}
    return frame.worker("hand over", title, items, note=note, keys=keys)


def _missing(question: q.ShowHandOver, frame: Frame) -> list[Item]:
    """What the officers mend before the voter sits down."""
    say = frame.language.say
    behind = question.copy is not None and question.copy.copy is not q.Copy.UP_TO_DATE
    missing = _copy(question.copy, frame) if behind else []
    if question.paperless:
        missing += [
            Words(say("The printer stopped."), strong=True),
            Words(say("Check its switch, cable and paper, then Enter."), indent=4),
        ]
    return missing


def _help_for_the_voter(question: q.ShowHandOver, frame: Frame) -> list[Item]:
    """Time and, where something of the machine sets them, letters."""
    say = frame.language.say
    ticked = Sign.TICKED if question.unlimited else Sign.UNTICKED
    items: list[Item] = [Line(say("T: no time limit"), a.SetUnlimited(not question.unlimited), sign=ticked)]
    if question.sizes:
        names = {
            q.Letters.NORMAL: say("Letters: normal"),
            q.Letters.LARGE: say("Letters: large"),
            q.Letters.VERY_LARGE: say("Letters: very large"),
        }
        items += [
            Line(
                names[size],
                a.SetLetters(size),
                sign=Sign.CHOSEN if size is question.letters else Sign.UNCHOSEN,
            )
            for size in question.sizes
        ]
    return items


def sign_page(question: q.SignHere, frame: Frame) -> Page:
    """W8."""
    say = frame.language.say
    who = say("no. {number}  {name}", number=str(question.number), name=question.name)
    items: list[Item] = [Words(who.rstrip(), strong=True, indent=4)]
    if question.place is not None:
        page, line = question.place
        items.append(Words(say("Page {page}, line {line}.", page=page, line=line), indent=4))
    if question.signer:
        signer = say("{name} signs beside no. {number}.", name=question.signer, number=str(question.number))
        items.append(Words(signer, strong=True, indent=4))
    items += [
        Words(say("Give back the identity document."), indent=4),
        Verb(say("Has signed"), a.Signed()),
        Verb(say("Left without signing"), a.LeftUnsigned()),
        Verb(
            say("Cannot sign"), a.CannotSign(), below=say("Another elector signs for them, and adds a note.")
        ),
        *_copy(question.copy, frame),
    ]
    recorded = say("Vote recorded.")
    if question.voted is not None:
        recorded = f"{recorded} {say('Voted: {count}.', count=frame.language.number(question.voted))}"
    return frame.worker("sign", say("Have the paper list signed"), tuple(items), note=recorded)

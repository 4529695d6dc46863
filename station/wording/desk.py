"""Words of the worker's pages around a visit: search, hand over, signature."""

from __future__ import annotations

from station import answers as a
from station import deeds as d
from station import questions as q
from station import tasks as t
from station.page import Field, Item, Line, Page, Typed, Verb, Words
from station.wording.frame import Frame

__all__ = ["hand_over_page", "person_page", "sign_page"]

_LOW_ROOM = 10


def person_page(question: q.AskPerson, frame: Frame) -> Page:
    """W5."""
    say, number = frame.language.say, frame.language.number
    search = Field("search", say("Search: number, name or code"), question.text, length=60, enter=_search)
    items: list[Item] = [search]
    if not question.people:
        items.append(Verb(say("Search"), _search))
    items += _found(question, frame)
    items += _copy(question.copy, frame)
    announced = frame.state.value == "announced"
    figures = (
        ""
        if announced
        else say(
            "Voted {voted} of {electors}", voted=number(question.voted), electors=number(question.electors)
        )
    )
    if question.room < _LOW_ROOM:
        room = frame.language.say_many(
            "Room for {count} more vote.", "Room for {count} more votes.", question.room
        )
        figures = f"{figures}   {room}".strip()
    only = len(question.people) == 1 and question.people[0].refusal is None
    return frame.worker(
        "desk, one found" if only else "desk",
        figures or say("The queue votes; then close with F8."),
        tuple(items),
        note=say("F6 Pause   F7 Incident   F8 Close the station   F9 Reprint"),
        keys={
            "escape": a.Clear(),
            "f6": d.Begin(t.Purpose.PAUSE),
            "f7": d.Go(t.Place.INCIDENT),
            "f8": d.Go(t.Place.CLOSING),
            "f9": d.Go(t.Place.REPRINT),
        },
        focus=1 if only else 0,
    )


def _copy(note: q.CopyNote | None, frame: Frame) -> list[Item]:
    """What would be lost if the machine died; one phrase, for the officers alone."""
    if note is None:
        return []
    say = frame.language.say
    if note.copy is q.Copy.UP_TO_DATE:
        return [Words(say("Stick: copy up to date"))]
    hour = frame.language.hour(note.since, frame.definition.timezone)
    if note.copy is q.Copy.BEHIND:
        behind = say("THE COPY IS BEHIND: if the machine dies, votes since {hour} would be lost.", hour=hour)
        return [Words(behind, strong=True)]
    return [
        Words(say("NO STICK: if the machine dies, votes since {hour} would be lost.", hour=hour), strong=True)
    ]


def _search(typed: Typed) -> a.Answer:
    return a.Search(typed.get("search", ""))


def _found(question: q.AskPerson, frame: Frame) -> list[Item]:
    say = frame.language.say
    items: list[Item] = []
    if question.refused is not None:
        items += _refused(question, frame)
    elif len(question.people) > 1:
        items.append(
            Words(
                say(
                    "{count} people are found. Read the date of birth on the identity document.",
                    count=len(question.people),
                ),
                strong=True,
            )
        )
    elif question.searched and not question.people:
        items.append(
            Words(say("Nobody found. Try the number on the paper list, or the name at birth."), strong=True)
        )
    items += [_person_line(person, frame) for person in question.people]
    if question.searched:
        items.append(Verb(say("Clear the search"), a.Clear()))
    return items


def _person_line(person: q.Person, frame: Frame) -> Line:
    say = frame.language.say
    about = [
        say("born {date}", date=frame.language.day(person.born)) if person.born else "",
        say("name at birth {name}", name=person.birth_name.upper()) if person.birth_name else "",
        person.address,
        person.note,
    ]
    status = _status(person.refusal, frame)
    label = say("no. {number}  {name}", number=str(person.number), name=person.name or "-")
    return Line(
        label=label,
        answer=a.Choose(person.number),
        right=status,
        below="\n".join(part for part in about if part),
    )


def _status(refusal: q.Refusal | None, frame: Frame) -> str:
    say = frame.language.say
    return {
        None: say("has not voted yet"),
        q.Refusal.VOTED: say("HAS ALREADY VOTED"),
        q.Refusal.VOTED_ELSEWHERE: say("HAS VOTED ON ANOTHER MACHINE"),
        q.Refusal.STRUCK_OFF: say("STRUCK OFF"),
        q.Refusal.NO_ROOM: say("no room"),
        q.Refusal.UNKNOWN: say("not on the roll"),
    }[refusal]


def _refused(question: q.AskPerson, frame: Frame) -> list[Item]:
    say = frame.language.say
    if question.refused is None:
        return []
    number, refusal = question.refused
    sentence = {
        q.Refusal.VOTED: say(
            "No. {number} HAS ALREADY VOTED. A recorded vote cannot be taken back. Look at the signature on the paper "
            "list. Wrong line? Write it down with F7.",
            number=str(number),
        ),
        q.Refusal.VOTED_ELSEWHERE: say(
            "No. {number} has voted on another machine of this station. A recorded vote cannot be taken back.",
            number=str(number),
        ),
        q.Refusal.STRUCK_OFF: say(
            "No. {number} is STRUCK OFF the roll. Call the town hall: {phone}.",
            number=str(number),
            phone=frame.definition.help_phone or "-",
        ),
        q.Refusal.NO_ROOM: say(
            "This machine is full: nobody can vote on it any more. Use the other machine, or call {phone}.",
            phone=frame.definition.help_phone or "-",
        ),
        q.Refusal.UNKNOWN: say("No. {number} is not on this roll.", number=str(number)),
    }[refusal]
    return [Words(sentence, strong=True)]


def hand_over_page(question: q.ShowHandOver, frame: Frame) -> Page:
    """W6: the number only, no name."""
    say = frame.language.say
    items = (
        Words(say("Tell them:"), strong=True),
        Words(say("There is nothing to fear: nothing counts before your last yes."), indent=4),
        Words(say("Three keys are enough: up, down, Enter."), indent=4, of_screen=True),
        Words(say("At the end take your paper and call me."), indent=4),
        Words(say("When you confirm, the list goes away. It comes back with your PIN, at the end.")),
        Verb(say("Hand over the machine"), a.HandOver()),
        Verb(say("Hand over, without a time limit"), a.HandOver(unlimited=True)),
        Verb(say("Cancel: wrong person"), a.Cancel(a.Reason.WRONG_PERSON)),
        Verb(say("Cancel: the person has left"), a.Cancel(a.Reason.LEFT)),
        Verb(say("Cancel: another reason"), a.Cancel(a.Reason.OTHER)),
    )
    title = say("Hand over to person no. {number}", number=str(question.number))
    note = say("Nobody has voted yet. The three cancellations are counted, nothing else is kept.")
    return frame.worker("hand over", title, items, note=note)


def sign_page(question: q.SignHere, frame: Frame) -> Page:
    """W8."""
    say = frame.language.say
    who = say("no. {number}  {name}", number=str(question.number), name=question.name)
    items = (
        Words(who.rstrip(), strong=True, indent=4),
        Words(say("Give back the identity document."), indent=4),
        Verb(say("Has signed"), a.Signed()),
        Verb(say("Left without signing"), a.LeftUnsigned()),
        Verb(say("Cannot sign"), a.CannotSign(), below=say("Another elector signs for them, with a note.")),
    )
    return frame.worker("sign", say("Have the paper list signed"), items, note=say("Vote recorded."))

"""Words of what the search at the desk found: one person, two side by side, several, nobody; and what is the matter.

Every case has its own buttons, the next step first. Where two people have one name, none has the focus: somebody must
read the date of birth.
"""

from __future__ import annotations

from station import answers as a
from station import questions as q
from station.officers import deeds as d
from station.officers import tasks as t
from station.papers.signpost import station_address
from station.wording.frame import Frame
from station.wording.page import Field, Item, Typed, Verb, Words
from station.wording.person import about_of, column_of, line_of, matter_of

__all__ = ["case_of", "found_items"]


def case_of(question: q.AskPerson) -> str:
    """Which of the cases it is: pages of one case are one page that changes."""
    if question.refused is not None:
        return "refused"
    if question.elsewhere is not None:
        return "asked elsewhere" if question.elsewhere.stations is not None else "elsewhere"
    if len(question.people) == 1:
        person = question.people[0]
        if person.refusal is not None or person.principals or person.proxy:
            return "one, to be seen"
        return "one"
    return {0: "nobody", 2: "two"}.get(len(question.people), "several")


def found_items(question: q.AskPerson, frame: Frame) -> list[Item]:
    """What stands below the search."""
    match case_of(question):
        case "refused":
            return [Words(_refused(question, frame), strong=True), *_leaving(frame)]
        case "elsewhere" | "asked elsewhere":
            return _elsewhere(question, frame)
        case "one":
            person = question.people[0]
            return [line_of(person, frame), *_give_proxy(person, question, frame), _another(frame)]
        case "one, to be seen":
            return _one(question.people[0], frame)
        case "two":
            return _two(question, frame)
        case "several":
            return _several(question, frame)
        case _:
            return _nobody(question, frame) if question.searched else [_widen(frame)]


def _another(frame: Frame) -> Verb:
    return Verb(frame.language.say("Search for another person"), a.Clear())


def _widen(frame: Frame) -> Verb:
    return Verb(frame.language.say("Search more widely"), a.Widen())


def _clear(frame: Frame) -> Verb:
    return Verb(frame.language.say("Clear the search"), a.Clear())


def _search_on(question: q.AskPerson, frame: Frame) -> list[Item]:
    """What else can be done where the right person is not among those who were found."""
    return [_widen(frame), *_add(question, frame), _clear(frame)]


def _leaving(frame: Frame) -> list[Item]:
    """The two buttons of whoever cannot vote."""
    return [_another(frame), Verb(frame.language.say("Note an incident"), d.Go(t.Place.INCIDENT))]


def _add(question: q.AskPerson, frame: Frame) -> list[Item]:
    """Only where the definition allows it, and some are left."""
    if not question.additions:
        return []
    return [Verb(frame.language.say("Add a person"), d.Go(t.Place.ADDITION))]


def _give_proxy(person: q.Person, question: q.AskPerson, frame: Frame) -> list[Item]:
    """Only where the definition allows it."""
    if not question.proxies:
        return []
    return [Verb(frame.language.say("Someone votes for this person"), d.GiveProxy(person.number))]


def _nobody(question: q.AskPerson, frame: Frame) -> list[Item]:
    say = frame.language.say
    words = say("Nobody found. Try the number on the paper list, or the name at birth.")
    return [Words(words, strong=True), *_search_on(question, frame)]


def _two(question: q.AskPerson, frame: Frame) -> list[Item]:
    say = frame.language.say
    heading = say("2 people found. Read the date of birth on the identity document.")
    columns = [column_of(person, frame) for person in question.people]
    return [Words(heading, strong=True), *columns, *_search_on(question, frame)]


def _several(question: q.AskPerson, frame: Frame) -> list[Item]:
    say = frame.language.say
    heading = say(
        "{count} people found. Read the date of birth on the identity document.",
        count=len(question.people),
    )
    lines = [line_of(person, frame) for person in question.people]
    return [Words(heading, strong=True), *lines, *_search_on(question, frame)]


def _one(person: q.Person, frame: Frame) -> list[Item]:
    """A person who cannot simply be let in: what is the matter, and a button for each thing to do."""
    say = frame.language.say
    number = str(person.number)
    items: list[Item] = [Words(text, strong=True) for text in matter_of(person, frame)]
    about = about_of(person, frame)
    items += [Words("\n".join(about), indent=2)] if about else []
    if person.refusal is None:
        if not person.proxy_at_desk:
            items.append(Verb(say("Own vote: no. {number}", number=number), a.Choose(person.number)))
        if person.proxy:
            label = say("{name} votes for no. {number}", name=person.proxy, number=number)
            items.append(Verb(label, a.Choose(person.number, by_proxy=True)))
        if person.proxy_at_desk:
            items.append(Verb(say("Take the proxy back"), d.TakeProxyBack(person.number)))
    items += [
        Verb(
            say("Vote as proxy for no. {number}", number=str(item.number)),
            a.Choose(item.number, by_proxy=True),
        )
        for item in person.waiting
    ]
    return [*items, *(_leaving(frame) if person.refusal is not None else [_another(frame)])]


def _refused(question: q.AskPerson, frame: Frame) -> str:
    say = frame.language.say
    number, refusal = question.refused or (0, q.Refusal.UNKNOWN)
    phone = frame.definition.help_phone or "-"
    return {
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
            "No. {number} is STRUCK OFF the register. Call the town hall: {phone}.",
            number=str(number),
            phone=phone,
        ),
        q.Refusal.NO_ROOM: say(
            "This machine is full: nobody can vote on it any more. Use the other machine, or call {phone}.",
            phone=phone,
        ),
        q.Refusal.UNKNOWN: say("No. {number} is not on this register.", number=str(number)),
    }[refusal]


def _elsewhere(question: q.AskPerson, frame: Frame) -> list[Item]:
    """Names like the one that was typed, and the question at which station somebody votes."""
    say = frame.language.say
    asked = question.elsewhere or q.Elsewhere("", "")
    lines = [line_of(person, frame) for person in question.people]
    fields: list[Item] = [
        Words(say("Which station? Type the surname and date of birth exactly as on the identity document.")),
        Field("surname", say("Surname"), asked.surname, length=60, kept=False),
        Field("born", say("Born (day/month/year)"), asked.born, length=10, kept=False, enter=_ask),
        Verb(say("Ask at which station"), _ask),
        *_add(question, frame),
        _clear(frame),
    ]
    if asked.stations is None:
        if asked.born:
            return [Words(say("This is not a date. Type it like this: 14/03/1958."), strong=True), *fields]
        return [*lines, *fields]
    if asked.stations:
        return _other_stations(asked, frame)
    if lines:
        return [Words(say("This person is on the register here."), strong=True), *lines, _another(frame)]
    unknown = say("No station has this surname with this date of birth. Try the name at birth.")
    return [Words(unknown, strong=True), *fields]


def _other_stations(asked: q.Elsewhere, frame: Frame) -> list[Item]:
    say = frame.language.say
    known = [at for at in asked.stations or () if at < len(frame.definition.stations)]
    items: list[Item] = [
        Words(
            say(
                "OTHER STATION: this person votes at {station}.",
                station=station_address(frame.definition, at),
            ),
            strong=True,
        )
        for at in known
    ]
    if asked.printed is not None:
        items.append(
            Words(
                say("Printing.") if asked.printed else say("The paper could not be printed. Write it down.")
            )
        )
    items += [Verb(say("Print the address"), a.PrintAddress(at)) for at in known]
    return [*items, _another(frame)]


def _ask(typed: Typed) -> a.Answer:
    return a.AskElsewhere(typed.get("surname", ""), typed.get("born", ""))

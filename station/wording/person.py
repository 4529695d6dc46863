"""Words of a person on the register as the desk shows them: line, namesake beside namesake, and what is the matter."""

from __future__ import annotations

from station import answers as a
from station import questions as q
from station.wording.frame import Frame
from station.wording.page import Line

__all__ = ["about_of", "column_of", "line_of", "matter_of"]


def matter_of(person: q.Person, frame: Frame) -> list[str]:
    """What keeps this person from voting, and who votes for whom."""
    say = frame.language.say
    who = {"number": str(person.number), "name": person.name}
    texts = []
    if person.refusal is q.Refusal.VOTED:
        texts.append(say("ALREADY VOTED: no. {number}, {name}. A recorded vote cannot be taken back.", **who))
        texts.append(
            say(
                "Look at the signature at no. {number} on the paper list. Wrong line? Write it down.",
                number=who["number"],
            )
        )
    elif person.refusal is q.Refusal.VOTED_ELSEWHERE:
        texts.append(say("VOTED ON ANOTHER MACHINE: no. {number}, {name}.", **who))
    elif person.refusal is q.Refusal.STRUCK_OFF:
        texts.append(_struck_off(person, frame))
    for item in person.principals:
        texts.append(
            say(
                "PROXY: no. {number}, {name}, also votes for no. {other}, {principal}.",
                **who,
                other=str(item.number),
                principal=item.name,
            )
        )
    if person.waiting:
        texts.append(say("One visit for each."))
    if person.proxy:
        texts.append(say("PROXY: {proxy} may vote for no. {number}, {name}.", **who, proxy=person.proxy))
    return texts


def _struck_off(person: q.Person, frame: Frame) -> str:
    say = frame.language.say
    since = frame.language.day(person.struck_off) if person.struck_off else ""
    why = ", ".join(part for part in (since, person.note) if part)
    who = say("STRUCK OFF: no. {number}, {name}.", number=str(person.number), name=person.name)
    if why:
        who = say(
            "STRUCK OFF: no. {number}, {name} ({why}).", number=str(person.number), name=person.name, why=why
        )
    phone = frame.definition.help_phone.replace(" ", "\u00a0")
    return f"{who} {say('Call {phone}.', phone=phone)}" if phone else who


def about_of(person: q.Person, frame: Frame) -> list[str]:
    """By what else a person is told from a namesake."""
    say = frame.language.say
    parts = [
        say("born {date}", date=frame.language.day(person.born)) if person.born else "",
        say("name at birth {name}", name=person.birth_name.upper()) if person.birth_name else "",
        person.address,
        "" if person.refusal is q.Refusal.STRUCK_OFF else person.note,
    ]
    return [part for part in parts if part]


def _pick(person: q.Person) -> a.Answer:
    """Who needs more than one look is shown alone first."""
    simple = person.refusal is None and not person.principals and not person.proxy
    return a.Choose(person.number) if simple else a.See(person.number)


def line_of(person: q.Person, frame: Frame) -> Line:
    """A person among others; Enter lets them in, or shows them alone."""
    label = frame.language.say("no. {number}  {name}", number=str(person.number), name=person.name or "-")
    below = "\n".join(about_of(person, frame))
    return Line(label, _pick(person), right=_status(person.refusal, frame), below=below)


def column_of(person: q.Person, frame: Frame) -> Line:
    """One of two people of one name, side by side."""
    say = frame.language.say
    label = say("no. {number}  {name}", number=str(person.number), name=person.name or "-")
    press = (
        say("Enter: choose no. {number}", number=str(person.number))
        if isinstance(_pick(person), a.Choose)
        else say("Enter: see no. {number}", number=str(person.number))
    )
    below = "\n".join([*about_of(person, frame), _status(person.refusal, frame)])
    return Line(label, _pick(person), below=below, press=f"[ {press} ]", column=True)


def _status(refusal: q.Refusal | None, frame: Frame) -> str:
    say = frame.language.say
    return {
        None: say("has not voted yet"),
        q.Refusal.VOTED: say("HAS ALREADY VOTED"),
        q.Refusal.VOTED_ELSEWHERE: say("HAS VOTED ON ANOTHER MACHINE"),
        q.Refusal.STRUCK_OFF: say("STRUCK OFF"),
        q.Refusal.NO_ROOM: say("no room"),
        q.Refusal.UNKNOWN: say("not on the register"),
    }[refusal]

"""Words of the page of an incident: ready sentences, the hour, a name that must not stand there."""

from __future__ import annotations

from station.answers import Answer
from station.officers import deeds as d
from station.officers import tasks as t
from station.wording.frame import Frame
from station.wording.page import Field, Item, Page, Typed, Verb, Words
from station.wording.problems import problem_words

__all__ = ["incident_page"]


def incident_page(question: t.AskIncident, frame: Frame) -> Page:
    """W10."""
    if question.names:
        return _name_page(question, frame)
    say, kinds = frame.language.say, _kinds(frame)
    ready = kinds[0][1] if question.left_unsigned else ""
    items: list[Item] = [
        Words(say("It will be printed in the minutes. No names.")),
        Field("hour", say("Time (can be changed)"), question.hour, length=5),
        Field(
            "words",
            say("In your own words (300 characters at most), or choose below:"),
            question.words or ready,
            length=300,
            enter=_other,
        ),
        Verb(say("Save the incident"), _other),
        *(Verb(kind, _Saying(sentence)) for kind, sentence in kinds),
        Verb(say("Note nothing"), d.Leave()),
    ]
    note = frame.language.say_many(
        "{count} incident noted so far.", "{count} incidents noted so far.", question.written
    )
    return frame.worker(
        "incident",
        say("Note an incident"),
        tuple(items),
        problem=problem_words(question.problem, frame),
        note=note,
        keys={"escape": d.Leave()},
        focus=2 if ready else 1,
    )


def _kinds(frame: Frame) -> tuple[tuple[str, str], ...]:
    """What happens often, and the sentence that stands for it; none names anybody."""
    say = frame.language.say
    return (
        (
            say("Voter left without signing"),
            say("A person left after voting, without signing the list."),
        ),
        (say("Power failure"), say("The power failed.")),
        (say("Printer stopped"), say("The printer stopped.")),
        (say("Wrong line marked"), say("A wrong line of the register was marked.")),
        (say("Another machine takes over"), say("Another machine takes over from this one.")),
        (
            say("Objection by a polling agent or elector"),
            say("A polling agent or an elector objects:"),
        ),
    )


def _name_page(question: t.AskIncident, frame: Frame) -> Page:
    """A name of the roll stands in the text."""
    say, language = frame.language.say, frame.language
    items: tuple[Item, ...] = (
        Words(say("Found: {names}", names=language.join(question.names)), strong=True),
        Words(say("It would be printed in the minutes and posted on the door.")),
        Words(question.without_names, indent=2),
        Verb(
            say("Remove it and save"),
            d.SaveIncident(question.kind, question.without_names, question.hour, anyway=True),
        ),
        Verb(
            say("It is not a name: save the text as it is"),
            d.SaveIncident(question.kind, question.words, question.hour, anyway=True),
        ),
        Verb(say("Note nothing"), d.Leave()),
    )
    title = say("The text contains a name from the register. Remove it?")
    return frame.worker("incident name", title, items, keys={"escape": d.Leave()})


class _Saying:
    """Makes the answer of one kind of incident, with what was typed beside it."""

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def __call__(self, typed: Typed) -> Answer:
        return d.SaveIncident(self._kind, typed.get("words", ""), typed.get("hour", ""))


_other = _Saying("")

"""Words of the pages on which a spare takes over from a machine that stopped for good."""

from __future__ import annotations

from station.answers import Answer
from station.officers import deeds as d
from station.officers import takingover as over
from station.officers import tasks as t
from station.wording.frame import Frame
from station.wording.page import Field, Item, Line, Page, Typed, Verb, Words
from station.wording.problems import problem_words
from station.wording.reports import no_paper

__all__ = ["dead_signatures_page", "taken_over_page", "takeover_page"]


def takeover_page(question: over.AskTakeover, frame: Frame) -> Page:
    """Which machine stopped, what is kept, and what can be lost."""
    say = frame.language.say
    items: list[Item] = [
        Words(say("Only if the other machine no longer starts. Put its stick into this one.")),
        Words(say("Kept: every vote that it showed as recorded while its stick was in.")),
        Words(
            say("May be lost: votes cast while it warned that the copy was behind or that no stick was in.")
        ),
        Words(
            say("Keep the other machine. If its disk can be read later, the board decides which box counts.")
        ),
    ]
    if question.machines:
        items.append(Words(say("Choose the machine that stopped:")))
    items += [
        Line(say("Machine {name}", name=name), d.TakeFrom(name), number=str(place))
        for place, name in enumerate(question.machines, 1)
    ]
    if not question.machines:
        items.append(Verb(say("Look at the stick again"), d.Go(t.Place.TAKEOVER)))
    items.append(Verb(say("Go back, do nothing"), d.Leave()))
    title = say("Take over from the stick of another machine")
    problem = problem_words(question.problem, frame)
    return frame.worker("takeover", title, tuple(items), problem=problem, keys={"escape": d.Leave()})


def dead_signatures_page(question: over.AskDeadSignatures, frame: Frame) -> Page:
    """How many of those who voted on the other machine have signed."""
    say = frame.language.say
    typed = dict(question.typed)
    items: tuple[Item, ...] = (
        Words(
            say(
                "Count on the paper list the signatures of those who voted on machine {name}.",
                name=question.machine,
            )
        ),
        Words(say("Tick each of them in colour: signatures without a tick will be those of this machine.")),
        Field("first", say("First count"), typed.get("first", ""), 6, digits=True),
        Field(
            "second",
            say("Second count, by another person"),
            length=6,
            digits=True,
            kept=False,
            enter=_counted,
        ),
        Verb(say("Go on: two cards of that machine, then two of this one"), _counted),
        Verb(say("Go back, do nothing"), d.Leave()),
    )
    title = say("Signatures of those who voted on machine {name}", name=question.machine)
    problem = problem_words(question.problem, frame)
    again = question.problem is not None and question.problem.code == "counts"
    key = "dead signatures again" if again else "dead signatures"
    return frame.worker(key, title, items, problem=problem, keys={"escape": d.Leave()})


def _counted(typed: Typed) -> Answer:
    return d.Counted(typed.get("first", ""), typed.get("second", ""), "")


def taken_over_page(question: over.ShowTakenOver, frame: Frame) -> Page:
    """The box is closed here; what comes next."""
    say, many, number = frame.language.say, frame.language.say_many, frame.language.number
    items: list[Item] = []
    if question.figures is None:
        items.append(
            Words(
                say(
                    "It had already closed. Its box is on this machine now, and goes to the town hall with ours."
                )
            )
        )
    else:
        marks, votes, signatures = question.figures
        figures = say(
            "Marks {marks}   Votes {votes}   Signatures {signatures}",
            marks=number(marks),
            votes=number(votes),
            signatures=number(signatures),
        )
        paper = (
            say("The statement on the interruption is printing. Both officers sign it.")
            if question.printed
            else no_paper(frame)
        )
        items += [Words(figures, strong=True, indent=2), Words(paper)]
    items += [
        Words(
            many(
                "{count} person has voted there, and cannot vote here any more.",
                "{count} people have voted there, and cannot vote here any more.",
                question.carried,
            )
        ),
        Words(
            say(
                "Is someone missing who did vote? Their name is free here: note an incident, and let the board "
                "decide."
            )
        ),
        *(
            [Words(say("Electors added there, and proxies noted there, are on the register here too."))]
            if question.adopted
            else []
        ),
        Words(say("The paper list stays on the table: do not print it again.")),
        Words(
            say(
                "Next: open this machine with two of its cards. Its opening report signs the box closed here."
            )
        ),
        Verb(say("Go on"), d.Leave()),
    ]
    if question.figures is not None and not question.printed and frame.printer:
        items.append(Verb(say("Reprint a report"), d.Reprint(0)))
    title = say("The box of machine {name} is closed.", name=question.machine)
    return frame.worker("taken over", title, tuple(items))

"""What is recorded is what the last confirmed review showed, in every form, however often a voter changes their mind.

One lost or doubled choice in a few hundred was the fault of Fairfax, 2003.
"""

from __future__ import annotations

import random

from keys.desk.chosen import Chosen
from keys.election.definition import Contest, Terms
from keys.election.forms import Shape
from keys.election.rules import Form
from station import answers as a
from station import questions as q
from station.session import Session
from station.visits import contest_questions as c
from station.visits.stages import Stage
from tests.simulator.hall import contest, simulate

SESSIONS = 10_000
GRADES = ("Plus tard", "Bientôt", "Maintenant")
CONTESTS = (
    contest("liste", ("L1", "L2"), most=1, members=(("Anne", "Paul"), ("Rose", "Luc"))),
    contest("deux ou trois", "ABCD", least=2),
    contest("points", "ABC", least=2, most=5, form=Form.POINTS, points_each=3),
    contest("exactement trois", "ABCDE", form=Form.RANKS, terms=Terms(exactly=3)),
    contest("rangs", "ABC", form=Form.RANKS, order="random"),
    contest("mentions", "ABC", form=Form.GRADES, terms=Terms(grades=GRADES)),
    contest("approbations", "ABCD", most=4, form=Form.APPROVALS),
    contest("argent", "ABCDE", most=4, costs=(10, 20, 30, 40, 61), form=Form.APPROVALS, spend=60),
    contest("un seul", "ABC", most=1, costs=(10, 20, 61), form=Form.APPROVALS, spend=60),
)


def whim(question: q.Question, mind: random.Random) -> a.Answer:
    """What a voter who cannot decide does next; always an answer to the question."""
    match question:
        case q.ChooseLanguage(codes, _, first):
            return mind.choice(
                [a.LanguageChosen(codes[0]), *([] if first or mind.random() < 0.7 else [a.Back()])]
            )
        case q.ListContests(lines, _):
            opened = a.OpenContest(mind.choice(lines).contest)
            return mind.choice([opened, opened, a.Done(), a.Back(), a.ChangeLanguage()])
        case c.AskContest(options=options):
            option = mind.choice(options).option
            given = [a.Tick(option), a.Tick(option), a.Give(option, mind.randrange(6))]
            return mind.choice([*given, *given, a.Done(), a.Done(), a.Back(), a.BlankHere()])
        case c.ConfirmBlank():
            return mind.choice([a.BlankHere(), a.ClearHere(), a.KeepChoices(), a.Back()])
        case c.Incomplete():
            return mind.choice([a.BlankHere(), a.KeepChoices(), a.Back()])
        case q.Review(lines, _):
            change = a.Change(mind.choice(lines).contest)
            return mind.choice([a.Done(), a.Done(), change, a.Back()])
        case q.CheckCode():
            return mind.choice([a.SlipInHand(), a.SlipInHand(), a.Back(), a.PrintAgain()])
        case q.Decide():
            return mind.choice([a.Vote(), a.Vote(), a.Back(), a.CheckMachine()])
        case _:
            return a.StartAgain()


def read(item: Contest, chosen: tuple[Chosen, ...]) -> tuple[int, ...]:
    """The selection that a review says; empty for blank."""
    if not chosen:
        return ()
    given = {line.name: line.value for line in chosen}
    return tuple(given.get(option.name["fr"], 0) for option in item.options)


def test_recorded_is_the_last_confirmed_review_after_many_changes_of_mind() -> None:
    mind = random.Random(2003)
    seen: set[tuple[int, tuple[int, ...]]] = set()
    for _ in range(SESSIONS):
        held = mind.sample(CONTESTS, mind.choice((1, 1, 2)))
        simulated = simulate(*held)
        session = Session(simulated.hall)
        for answer in (a.Search("1"), a.Choose(1), a.HandOver()):
            session.answer(answer)
        reviewed: tuple[tuple[int, ...], ...] = ()
        while session.stage is not Stage.RECORDED:
            question = session.question
            if isinstance(question, q.Review):
                reviewed = tuple(read(held[line.contest], line.chosen) for line in question.lines)
            session.answer(whim(question, mind))
        cast = simulated.recorder.cast_for[1]
        assert tuple(cast[index] for index in range(len(held))) == reviewed
        for index, item in enumerate(held):
            shape = Shape.of(item)
            assert shape.flaw(cast[index] or shape.blank) is None
            seen.add((CONTESTS.index(item), cast[index]))
    assert len(seen) > 150, "voters of the test choose the same all the time"


def test_the_review_of_this_test_is_read_whole() -> None:
    assert read(CONTESTS[2], (Chosen("C", 3), Chosen("A", 1))) == (1, 0, 3)
    assert read(CONTESTS[2], (Chosen("C", 3),)) != (1, 0, 3)

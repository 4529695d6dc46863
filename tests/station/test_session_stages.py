"""The diagram of the visit, the table beside it, and what the session does are one and the same."""

from __future__ import annotations

import gc
import random
from collections.abc import Iterator

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import station.visits.stages
from keys.election.definition import Terms
from keys.election.rules import Form
from keys.findings import Misuse
from station import answers as a
from station import questions as q
from station.filling.filling import Filling
from station.session import Session
from station.visits import contest_questions as c
from station.visits.stages import TRANSITIONS, Stage, Transition
from tests.simulator.hall import PIN, Simulated, contest, simulate

STAGES = {stage.value: stage for stage in Stage}


def drawn() -> set[Transition]:
    """The diagram of the docstring."""
    lines = [
        line[4:] for line in (station.visits.stages.__doc__ or "").splitlines() if line.startswith("    ")
    ]
    return {
        Transition(STAGES[line[:13].strip()], line[13:27].strip(), STAGES[line[27:41].strip()])
        for line in lines
    }


def test_the_diagram_is_the_table() -> None:
    assert drawn() == set(TRANSITIONS)


def every_answer(question: q.Question) -> list[a.Answer]:
    """Whatever a face could answer, most of it wrong for this question."""
    contests = [line.contest for line in getattr(question, "lines", ())] or [0]
    return [
        a.LanguageChosen("fr"),
        a.LanguageChosen("en"),
        a.ChangeLanguage(),
        *(a.OpenContest(index) for index in contests),
        *(a.Change(index) for index in contests),
        *(a.Tick(option) for option in range(4)),
        *(a.Give(option, 2 - option) for option in range(3)),
        a.BlankHere(),
        a.ClearHere(),
        a.KeepChoices(),
        a.Done(),
        a.Back(),
        a.SlipInHand(),
        a.PrintAgain(),
        a.Vote(),
        a.CheckMachine(),
        a.CheckVisit(),
        a.StartAgain(),
        a.Finish(),
        a.AnyKey(),
        a.CallWorker(),
        a.PinTyped(PIN),
        a.PinTyped("0000"),
        a.Search("1"),
        a.Search("dupont"),
        a.Search(""),
        a.Clear(),
        *(a.Choose(number) for number in (1, 2, 3, 4, 99)),
        a.See(1),
        a.Widen(),
        a.AskElsewhere("dupont", "14/03/1958"),
        a.PrintAddress(0),
        a.SetUnlimited(on=True),
        a.HandOver(),
        a.Cancel(a.Reason.WRONG_PERSON),
        a.Signed(),
        a.LeftUnsigned(),
        a.CannotSign(),
        a.TimePassed(),
        a.WaitOver(),
    ]


DISTRACTIONS = (
    a.Back,
    a.CallWorker,
    a.Cancel,
    a.ChangeLanguage,
    a.Clear,
    a.Search,
    a.TimePassed,
    a.WaitOver,
    a.Widen,
)


def two_contests() -> Simulated:
    return simulate(
        contest("arbres", ("A", "B", "C", "D"), least=2, most=3),
        contest("liste", ("L1", "L2", "L3", "L4"), most=1),
    )


def every_form() -> Simulated:
    return simulate(
        contest("arbres", "ABCD", least=2, most=3),
        contest("liste", "ABCD", most=1),
        contest("points", "ABCD", least=2, most=5, form=Form.POINTS, points_each=3),
        contest("rangs", "ABCD", form=Form.RANKS, terms=Terms(exactly=3)),
        contest("mentions", "ABCD", most=4, form=Form.GRADES, terms=Terms(grades=("Non", "Oui"))),
        contest("argent", "ABCD", most=4, costs=(10, 20, 30, 61), form=Form.APPROVALS, spend=50),
    )


class AnyFace(RuleBasedStateMachine):
    """A face that answers anything at any time; nothing it does may break a promise."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[Transition] = []
        self.voted: int | None = None

    @initialize(
        several=st.booleans(),
        works=st.booleans(),
        fails=st.sampled_from(("", "", "before", "after", "refused")),
        started=st.integers(0, 7),
    )
    def begin(self, several: bool, works: bool, fails: str, started: int) -> None:
        self.simulated = every_form() if several else simulate()
        self.simulated.papers.works = self.simulated.papers.there = works
        self.fails = fails
        self.session = Session(self.simulated.hall, self.seen.append)
        way = (
            a.Search("1"),
            a.Choose(1),
            a.HandOver(),
            a.LanguageChosen("en"),
            a.Done(),
            a.Done(),
            a.SlipInHand(),
        )
        for answer in way[:started]:
            self.session.answer(answer)

    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        answer = data.draw(st.sampled_from(every_answer(self.session.question)))
        before = self.simulated.recorder.cast_for.copy()
        self.simulated.recorder.fails = self.fails
        try:
            self.session.answer(answer)
        except Misuse:
            assert self.simulated.recorder.cast_for == before
        if self.simulated.recorder.cast_for != before:
            assert isinstance(answer, a.Vote)
            assert a.CheckVisit.__name__ not in {item.event for item in self._visit()}

    def _visit(self) -> list[Transition]:
        """The way of this visit so far, from the desk."""
        for at in range(len(self.seen) - 1, -1, -1):
            if self.seen[at].source in {Stage.WAITING, Stage.FOUND}:
                return self.seen[at:]
        return self.seen

    @precondition(lambda self: self.session.stage is Stage.CHOOSING)
    @rule(option=st.integers(0, 3))
    def tick(self, option: int) -> None:
        question = self.session.question
        if isinstance(question, c.AskContest):
            self.session.answer(a.Tick(option))
            after = self.session.question
            assert isinstance(after, c.AskContest)
            lost = {line.option for line in question.options if line.value} - {
                line.option for line in after.options if line.value
            }
            assert lost <= {option} or question.most == 1
            assert after.given <= after.most

    @invariant()
    def every_step_is_in_the_table(self) -> None:
        assert set(self.seen) <= TRANSITIONS

    @invariant()
    def nothing_is_kept_that_is_not_needed(self) -> None:
        if not hasattr(self, "session"):
            return
        keeping = {*station.visits.stages.COVERABLE, Stage.COVERED}
        if self.session.stage not in keeping:
            assert all(built.forgotten for built in self.simulated.recorder.built)
        assert isinstance(self.session.question, q.Question)


AnyFace.TestCase.settings = settings(max_examples=60, stateful_step_count=60, deadline=None)
TestAnyFace = AnyFace.TestCase


def walk(seed: int, steps: int) -> Iterator[Transition]:
    """A face that mostly answers what leads on."""
    choice = random.Random(seed)
    seen: list[Transition] = []
    simulated = two_contests() if seed % 2 else simulate()
    session = Session(simulated.hall, seen.append)
    session.answer(a.Search("dupont"))
    for _ in range(steps):
        simulated.recorder.fails = choice.choice(("", "", "before", "after"))
        simulated.recorder.cast_for.clear()
        answers = every_answer(session.question)
        if choice.random() < 0.9:
            answers = [answer for answer in answers if not isinstance(answer, DISTRACTIONS)]
        choice.shuffle(answers)
        if session.stage is Stage.WAITING:
            answers = [choice.choice((a.Search("1"), a.Search("1"), a.Widen(), a.CheckVisit()))]
        for answer in answers:
            try:
                session.answer(answer)
            except Misuse:
                continue
            break
    yield from seen


def test_every_row_of_the_table_is_reached_and_no_other() -> None:
    seen = {step for seed in range(40) for step in walk(seed, 600)}
    assert seen == set(TRANSITIONS)


def reachable_fillings(root: object) -> list[Filling]:
    """Every `Filling` that can be reached from an object."""
    seen: set[int] = set()
    stack: list[object] = [root]
    found = []
    while stack:
        item = stack.pop()
        if id(item) in seen or isinstance(item, type) or type(item).__name__ in {"module", "function"}:
            continue
        seen.add(id(item))
        if isinstance(item, Filling):
            found.append(item)
        stack.extend(gc.get_referents(item))
    return found


@pytest.mark.parametrize("end", ["time", "worker", "vote", "failure"])
def test_an_ended_visit_leaves_no_choice_in_memory(end: str) -> None:
    simulated = simulate()
    session = Session(simulated.hall)
    for answer in (a.Search("1"), a.Choose(1), a.HandOver(), a.LanguageChosen("fr"), a.Tick(2)):
        session.answer(answer)
    assert any(filling.selection for filling in reachable_fillings(session))
    if end in {"vote", "failure"}:
        simulated.recorder.fails = "after" if end == "failure" else ""
        for step in (a.Done(), a.Done(), a.SlipInHand(), a.Vote()):
            session.answer(step)
    elif end == "time":
        session.answer(a.TimePassed())
        session.answer(a.TimePassed())
    else:
        session.answer(a.CallWorker())
        session.answer(a.PinTyped(PIN))
    assert not any(filling.selection for filling in reachable_fillings(session))
    assert all(built.forgotten for built in simulated.recorder.built)

"""Visits as voters and workers live them."""

from __future__ import annotations

import dataclasses

import pytest

from keys.desk.chosen import Chosen
from keys.findings import Misuse
from station import answers as a
from station import questions as q
from station.session import Session
from station.visits import contest_questions as c
from station.visits.stages import Stage
from tests.simulator.hall import PIN, Simulated, contest, simulate

LET_IN = (a.Search("1"), a.Choose(1), a.HandOver(), a.LanguageChosen("fr"))


def session_of(simulated: Simulated, *answers: a.Answer) -> Session:
    session = Session(simulated.hall)
    for answer in answers:
        session.answer(answer)
    return session


def test_a_visit_from_the_search_to_the_signature() -> None:
    simulated = simulate()
    session = session_of(simulated, *LET_IN, a.Tick(0), a.Tick(2), a.Done())
    review = session.question
    assert isinstance(review, q.Review)
    assert review.lines[0].chosen == (Chosen("Arbres"), Chosen("Cour"))
    session.answer(a.Done())
    slip = session.question
    assert isinstance(slip, q.CheckCode)
    assert (slip.slip, slip.printed, len(slip.code.replace(" ", ""))) == (1, True, 16)
    assert not slip.again
    session.answer(a.PrintAgain())
    shown: q.Question = session.question
    assert shown == dataclasses.replace(slip, again=True)
    session.answer(a.SlipInHand())
    assert session.question == q.Decide(can_check=True, printed=True)
    assert simulated.recorder.cast_for == {}
    session.answer(a.Vote())
    recorded = session.question
    assert isinstance(recorded, q.Recorded)
    assert len(recorded.codes) == len(recorded.titles) == 1
    session.answer(a.PrintAgain())
    session.answer(a.PrintAgain())
    assert simulated.papers.printed.count("receipt fr") == 1
    for answer in (a.Finish(), a.PinTyped(PIN)):
        session.answer(answer)
    assert session.question == q.SignHere(1, "DUPONT Marie", voted=1)
    session.answer(a.TimePassed())
    assert session.question == q.SignHere(1, "", voted=1)
    session.answer(a.Signed())
    assert session.stage is Stage.WAITING
    assert simulated.recorder.cast_for == {1: {0: (1, 0, 1, 0)}}


def test_no_name_and_no_count_is_in_any_question_of_a_visit() -> None:
    simulated = simulate()
    session = session_of(simulated, *LET_IN)
    shown = [repr(session.question)]
    for answer in (a.Tick(1), a.Done(), a.Done(), a.SlipInHand(), a.Vote(), a.Finish()):
        session.answer(answer)
        shown.append(repr(session.question))
    assert not any("Dupont" in text or "DUPONT" in text for text in shown)


def test_one_choice_too_many_changes_nothing_and_says_so() -> None:
    session = session_of(simulate(), *LET_IN, a.Tick(0), a.Tick(1), a.Tick(2), a.Tick(3))
    question = session.question
    assert isinstance(question, c.AskMarks)
    assert question.notice is c.Notice.FULL
    assert [line.value for line in question.options] == [1, 1, 1, 0]
    session.answer(a.Tick(0))
    assert isinstance(session.question, c.AskMarks)
    assert session.question.notice is None
    assert session.question.given == 2


def test_where_one_is_chosen_the_choice_moves_and_says_from_where() -> None:
    session = session_of(simulate(contest("liste", ("A", "B"), most=1)), *LET_IN, a.Tick(0), a.Tick(1))
    question = session.question
    assert isinstance(question, c.AskMarks)
    assert (question.notice, question.moved) == (c.Notice.MOVED, ("A", "B"))
    session.answer(a.Tick(1))
    assert isinstance(session.question, c.AskMarks)
    assert session.question.given == 0


def test_blank_asks_before_it_clears() -> None:
    simulated = simulate()
    session = session_of(simulated, *LET_IN, a.Tick(0), a.Tick(1), a.BlankHere())
    assert session.question == c.ConfirmBlank("Saint-Cyprien", 2)
    session.answer(a.KeepChoices())
    assert isinstance(session.question, c.AskMarks)
    assert session.question.given == 2
    session.answer(a.BlankHere())
    session.answer(a.ClearHere())
    assert isinstance(session.question, c.AskMarks)
    assert session.question.given == 0
    for answer in (a.Tick(0), a.BlankHere(), a.BlankHere()):
        session.answer(answer)
    assert isinstance(session.question, q.Review)
    assert session.question.lines[0].chosen == ()
    assert session.question.lines[0].left_blank
    for answer in (a.Change(0), a.Tick(0), a.Done()):
        session.answer(answer)
    assert isinstance(session.question, q.Review)
    assert not session.question.lines[0].left_blank, "something was chosen since"
    for answer in (a.Change(0), a.Tick(0), a.Done()):
        session.answer(answer)
    assert isinstance(session.question, q.Review)
    assert not session.question.lines[0].left_blank, "left out, and not said to be blank"
    for answer in (a.Done(), a.SlipInHand(), a.Vote()):
        session.answer(answer)
    assert simulated.recorder.cast_for == {1: {0: ()}}


def test_too_few_choices_cannot_leave_the_contest() -> None:
    simulated = simulate(contest("trois", "ABCD", least=3), contest("autre", "AB"))
    session = session_of(simulated, *LET_IN, a.OpenContest(0), a.Tick(0))
    for answer in (a.Done(), a.Back()):
        session.answer(answer)
        assert session.question == c.Incomplete("Trois", 2)
        session.answer(a.KeepChoices())
        assert isinstance(session.question, c.AskMarks)
        assert session.question.given == 1
    step: a.Answer
    for step in (a.Tick(1), a.Tick(2), a.Done()):
        session.answer(step)
    assert isinstance(session.question, q.ListContests)
    assert session.question.focus == 1


def test_contests_left_out_are_blank_and_every_contest_has_a_ballot() -> None:
    simulated = simulate(*(contest(f"lieu-{number}", "ABC", most=1) for number in range(15)))
    session = session_of(simulated, *LET_IN, a.OpenContest(1), a.Tick(2), a.Done(), a.Done())
    for answer in (a.Done(), a.SlipInHand(), a.Vote()):
        session.answer(answer)
    cast = simulated.recorder.cast_for[1]
    assert len(cast) == 15
    assert {index: value for index, value in cast.items() if value} == {1: (0, 0, 1)}


def test_after_the_last_contest_the_review_comes_next() -> None:
    simulated = simulate(*(contest(f"lieu-{number}", "ABC", most=1) for number in range(2)))
    session = session_of(simulated, *LET_IN, a.OpenContest(1), a.Tick(2), a.Done())
    assert isinstance(session.question, q.ListContests)
    assert session.question.focus == len(session.question.lines), "past the lines: the button"
    session.answer(a.OpenContest(1))
    session.answer(a.Back())
    assert session.question.focus == 1


def test_a_step_back_voids_the_slip_and_builds_again() -> None:
    simulated = simulate()
    session = session_of(simulated, *LET_IN, a.Tick(0), a.Done(), a.Done(), a.SlipInHand(), a.Back())
    assert isinstance(session.question, q.Review)
    assert session.question.void_slip == 1
    assert simulated.recorder.built[0].forgotten
    session.answer(a.Done())
    assert isinstance(session.question, q.CheckCode)
    assert session.question.slip == 2


def test_without_a_printer_no_slip_is_to_be_thrown_away() -> None:
    simulated = simulate()
    simulated.papers.works = simulated.papers.there = False
    session = session_of(simulated, *LET_IN, a.Tick(0), a.Done(), a.Done(), a.SlipInHand(), a.Back())
    assert isinstance(session.question, q.Review)
    assert session.question.void_slip is None
    assert simulated.recorder.built[0].forgotten
    assert simulated.register.shown == 1, "the closing report says that the code was copied from the screen"


def test_checking_the_machine_casts_nothing_and_starts_again_with_nothing_chosen() -> None:
    simulated = simulate()
    session = session_of(simulated, *LET_IN, a.Tick(0), a.Done(), a.Done(), a.SlipInHand(), a.CheckMachine())
    opened = session.question
    assert isinstance(opened, q.Opened)
    assert opened.lines[0].chosen == (Chosen("Arbres"),)
    assert simulated.recorder.cast_for == {}
    assert simulated.register.shown == 0
    session.answer(a.StartAgain())
    assert isinstance(session.question, q.ChooseLanguage)
    session.answer(a.LanguageChosen("en"))
    assert isinstance(session.question, c.AskMarks)
    assert session.question.given == 0


def news(session: Session) -> q.News | None:
    """What the desk says of the visit before."""
    desk = session.question
    assert isinstance(desk, q.AskPerson)
    return desk.news


def test_officers_check_the_machine_in_a_visit_that_cannot_vote() -> None:
    simulated = simulate()
    session = Session(simulated.hall)
    desk = session.question
    assert isinstance(desk, q.AskPerson)
    assert desk.can_check
    for answer in (a.CheckVisit(), a.LanguageChosen("en"), a.Tick(0), a.Done(), a.Done(), a.SlipInHand()):
        session.answer(answer)
    assert session.question == q.Decide(can_check=True, can_vote=False, printed=True)
    with pytest.raises(Misuse):
        session.answer(a.Vote())
    session.answer(a.CheckMachine())
    opened = session.question
    assert isinstance(opened, q.Opened)
    assert opened.by_officers
    session.answer(a.StartAgain())
    for answer in (a.LanguageChosen("en"), a.Done(), a.Done(), a.SlipInHand(), a.CheckMachine(), a.Finish()):
        session.answer(answer)
    assert session.question == q.Stopped(q.PinField(), is_check=True)
    session.answer(a.PinTyped(PIN))
    assert session.stage is Stage.WAITING
    assert news(session) is q.News.CHECKED
    assert (simulated.recorder.officer_checks, simulated.recorder.cast_for) == (2, {})
    assert simulated.register.cancelled == []


def test_a_voter_does_not_end_a_check_and_officers_do_not_begin_one_in_a_visit() -> None:
    session = session_of(simulate(), *LET_IN)
    with pytest.raises(Misuse):
        session.answer(a.CheckVisit())
    for answer in (a.Done(), a.Done(), a.SlipInHand(), a.CheckMachine()):
        session.answer(answer)
    with pytest.raises(Misuse):
        session.answer(a.Finish())


def test_no_check_without_room_or_where_the_vote_has_none() -> None:
    for simulated in (simulate(challenge=False), simulate()):
        if simulated.hall.definition.challenge:
            simulated.recorder.places = 0
        session = Session(simulated.hall)
        assert isinstance(session.question, q.AskPerson)
        assert not session.question.can_check
        with pytest.raises(Misuse):
            session.answer(a.CheckVisit())


def test_a_definition_can_leave_the_check_out() -> None:
    session = session_of(simulate(challenge=False), *LET_IN, a.Done(), a.Done(), a.SlipInHand())
    assert session.question == q.Decide(can_check=False, printed=True)
    with pytest.raises(Misuse):
        session.answer(a.CheckMachine())


def test_another_language_keeps_the_choices_and_the_place() -> None:
    session = session_of(simulate(), *LET_IN, a.Tick(1), a.ChangeLanguage())
    assert session.question == q.ChooseLanguage(("fr", "en"), "fr", first=False)
    session.answer(a.LanguageChosen("en"))
    assert session.language == "en"
    assert isinstance(session.question, c.AskMarks)
    assert session.question.title == "Saint-Cyprien (en)"
    assert session.question.given == 1


def test_every_visit_starts_in_the_communes_own_language() -> None:
    simulated = simulate()
    session = session_of(simulated, *LET_IN[:3], a.LanguageChosen("en"), a.CallWorker(), a.PinTyped(PIN))
    assert session.stage is Stage.WAITING
    for answer in LET_IN[:3]:
        session.answer(answer)
    assert session.question == q.ChooseLanguage(("fr", "en"), "fr", first=True)


def test_a_silent_voter_is_covered_then_stopped_and_may_vote_later() -> None:
    simulated = simulate()
    session = session_of(simulated, *LET_IN, a.Tick(0))
    assert session.patience == 180
    session.answer(a.TimePassed())
    assert session.question == q.Covered(pin=None)
    with pytest.raises(Misuse):
        session.answer(a.PinTyped(PIN))
    session.answer(a.AnyKey())
    assert isinstance(session.question, c.AskMarks)
    assert session.question.given == 1
    for _ in range(2):
        session.answer(a.TimePassed())
    assert session.question == q.Stopped(q.PinField())
    assert session.patience is None
    session.answer(a.PinTyped(PIN))
    assert (session.stage, simulated.register.cancelled) == (Stage.WAITING, [a.Reason.TIMED_OUT])
    assert news(session) is q.News.STOPPED
    session.answer(a.Search("nobody"))
    assert news(session) is None
    for answer in LET_IN:
        session.answer(answer)
    assert isinstance(session.question, c.AskMarks)
    assert session.question.given == 0


@pytest.mark.parametrize(("prints", "seconds"), [(True, 60), (False, 180)])
def test_a_receipt_that_can_only_be_copied_stays_as_long_as_a_choice(prints: bool, seconds: int) -> None:
    simulated = simulate()
    simulated.papers.works = simulated.papers.there = prints
    session = session_of(simulated, *LET_IN, a.Done(), a.Done(), a.SlipInHand(), a.Vote())
    shown = session.question
    assert isinstance(shown, q.Recorded)
    assert shown.printer is prints
    assert session.patience == seconds
    session.answer(a.TimePassed())
    assert session.question == q.HandBack(q.PinField(), None, prints)
    assert session.patience is None


def test_a_printer_that_jams_at_the_slip_and_prints_the_receipt_is_one_all_along() -> None:
    simulated = simulate()
    simulated.papers.works = False
    session = session_of(simulated, *LET_IN, a.Done(), a.Done(), a.SlipInHand(), a.Vote())
    for works in (False, True):
        simulated.papers.works = works
        session.answer(a.PrintAgain())
        shown = session.question
        assert isinstance(shown, q.Recorded)
        assert (shown.printed, shown.printer, session.patience) == (works, True, 60)


def test_the_desk_forgets_a_search_a_person_and_a_name_after_two_minutes() -> None:
    session = session_of(simulate(), *LET_IN[:1])
    seen = [session.patience]
    for answer in (*LET_IN[1:], a.Done(), a.Done(), a.SlipInHand(), a.Vote(), a.Finish(), a.PinTyped(PIN)):
        session.answer(answer)
        seen.append(session.patience)
    assert seen[:2] == [120, 120]
    assert seen[-1] == 120, "the name on the page of the signature"
    assert seen[-2] is None, "the register does not come back by itself"


def test_without_a_time_limit_only_the_receipt_leaves_by_itself() -> None:
    session = session_of(simulate(), *LET_IN[:2], a.HandOver(unlimited=True), a.LanguageChosen("fr"))
    assert session.patience is None
    for answer in (a.Done(), a.Done(), a.SlipInHand(), a.Vote()):
        assert session.patience is None
        session.answer(answer)
    assert session.patience == 60


def test_wrong_pins_wait_longer_and_longer() -> None:
    session = session_of(simulate(), *LET_IN, a.CallWorker())
    waits = []
    for _ in range(5):
        session.answer(a.PinTyped("0000"))
        covered = session.question
        assert isinstance(covered, q.Covered)
        assert covered.pin is not None
        waits.append(covered.pin.wait)
        if covered.pin.wait:
            session.answer(a.PinTyped(PIN))
            assert session.stage is Stage.COVERED
            session.answer(a.WaitOver())
    assert waits == [0, 0, 15, 30, 60]
    session.answer(a.PinTyped(PIN))
    assert session.stage is Stage.WAITING


@pytest.mark.parametrize(("fails", "recorded"), [("before", False), ("after", True), ("refused", False)])
def test_after_a_failure_the_mark_answers(fails: str, recorded: bool) -> None:
    simulated = simulate()
    simulated.recorder.fails = fails
    session = session_of(simulated, *LET_IN, a.Tick(0), a.Done(), a.Done(), a.SlipInHand(), a.Vote())
    assert session.question == q.InDoubt(recorded, q.PinField(), None)
    if recorded:
        session.answer(a.PrintAgain())
        assert session.question == q.InDoubt(recorded, q.PinField(), True)
    else:
        with pytest.raises(Misuse):
            session.answer(a.PrintAgain())
    session.answer(a.PinTyped(PIN))
    assert session.stage is (Stage.SIGNING if recorded else Stage.WAITING)


def test_if_the_mark_cannot_be_read_the_machine_must_start_again() -> None:
    simulated = simulate()
    simulated.recorder.fails, simulated.register.unreadable = "after", True
    session = session_of(simulated, *LET_IN, a.Done(), a.Done(), a.SlipInHand(), a.Vote(), a.PinTyped(PIN))
    assert session.question == q.InDoubt(None, q.PinField(), None)


@pytest.mark.parametrize(
    ("number", "refusal"),
    [(1, q.Refusal.VOTED), (4, q.Refusal.STRUCK_OFF), (99, q.Refusal.UNKNOWN)],
)
def test_who_cannot_vote_is_not_let_in(number: int, refusal: q.Refusal) -> None:
    simulated = simulate()
    session = session_of(simulated, *LET_IN, a.Done(), a.Done(), a.SlipInHand(), a.Vote(), a.Finish())
    for answer in (a.PinTyped(PIN), a.LeftUnsigned(), a.Search(str(number)), a.Choose(number)):
        session.answer(answer)
    question = session.question
    assert isinstance(question, q.AskPerson)
    assert question.refused == (number, refusal)
    assert simulated.register.unsigned == 1


def test_a_full_box_refuses_before_the_visit_starts() -> None:
    simulated = simulate()
    simulated.recorder.places = 0
    session = session_of(simulated, *LET_IN[:2])
    assert isinstance(session.question, q.AskPerson)
    assert session.question.refused == (1, q.Refusal.NO_ROOM)


def test_a_number_goes_to_the_person_and_a_name_to_all_who_have_it() -> None:
    session = session_of(simulate(), a.Search(" 3 "))
    assert isinstance(session.question, q.AskPerson)
    assert [person.number for person in session.question.people] == [3]
    session.answer(a.Search("marie dupont"))
    assert [person.number for person in session.question.people] == [1, 2]
    session.answer(a.TimePassed())
    assert (session.question.people, session.question.text) == ((), "")


def test_a_search_for_nothing_finds_nobody_and_says_nothing() -> None:
    session = session_of(simulate(), a.Search("   "))
    assert isinstance(session.question, q.AskPerson)
    assert (session.question.searched, session.question.people) == (False, ())


def test_the_worker_can_take_the_unlocking_back() -> None:
    simulated = simulate()
    session = session_of(simulated, *LET_IN[:2], a.Cancel(a.Reason.WRONG_PERSON))
    assert session.stage is Stage.WAITING
    assert simulated.register.cancelled == [a.Reason.WRONG_PERSON]


def test_options_in_random_order_are_recorded_by_their_own_index() -> None:
    simulated = simulate(contest("melange", "ABCD", order="random"))
    session = session_of(simulated, *LET_IN)
    question = session.question
    assert isinstance(question, c.AskMarks)
    assert [line.option for line in question.options] == [3, 2, 1, 0]
    for answer in (a.Tick(3), a.Done(), a.Done(), a.SlipInHand(), a.Vote()):
        session.answer(answer)
    assert simulated.recorder.cast_for[1] == {0: (0, 0, 0, 1)}

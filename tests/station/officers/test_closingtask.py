"""Two counts of the signatures: neither can be copied from the other, and the machine asks for a reason once."""

from __future__ import annotations

from station.day import Day
from station.officers.closingtask import ClosingTask
from station.officers.deeds import Counted
from station.officers.earlyclosing import EarlyClosing
from station.officers.tasks import AskSignatures, Place, Problem
from tests.simulator.walking import Clock, cast


def test_where_two_counts_differ_neither_stays_to_be_copied_and_the_machine_keeps_its_own(day: Day) -> None:
    day.open()
    cast(day, 1)
    task = ClosingTask()
    task.count(Counted("273", "274", "12", ("Claire", "Hugo")))
    typed = (("first", ""), ("slips", "12"), ("first-name", "Claire"), ("second-name", "Hugo"))
    assert task.question(day) == AskSignatures(None, typed, Problem("counts"))
    task.count(Counted("1", "1", ""))
    assert task.question(day).counts == (1, 1, 1)


def test_what_is_no_number_asks_again_with_what_was_typed(day: Day) -> None:
    task = ClosingTask()
    for counted in (Counted("x", "1", ""), Counted("1", "", ""), Counted("1", "1", "-")):
        task.count(counted)
        asked = task.question(day)
        assert (asked.counts, asked.problem) == (None, Problem("digits"))
        assert dict(asked.typed)["first"] == counted.first


def test_a_closing_that_was_announced_was_given_its_reason(day: Day, clock: Clock) -> None:
    day.open()
    early = EarlyClosing(day, clock, clock.now + 60)
    assert early.question(Place.CLOSING) is not None
    day.announce()
    assert early.question(Place.CLOSING) is None
    day.announce(on=False)
    assert early.question(Place.CLOSING) is not None

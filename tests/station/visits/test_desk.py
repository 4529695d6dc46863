"""The desk: who may vote for whom, who votes elsewhere, and what the worker may set for a visit."""

from __future__ import annotations

import dataclasses

import pytest

from station import answers as a
from station import questions as q
from station.ports import LetterSizes
from station.session import Session
from station.visits.stages import Stage
from tests.simulator.hall import PEOPLE, PIN, MemoryRegister, Simulated, simulate

HOLDER = q.Person(132, "Dupont", "Marie", principals=(q.Principal(245, "MARTIN Paul"),))
PRINCIPAL = q.Person(245, "Martin", "Paul", proxy="DUPONT Marie")
PROXIES = {132: HOLDER, 245: PRINCIPAL}
VOTE = (a.LanguageChosen("fr"), a.Done(), a.Done(), a.SlipInHand(), a.Vote(), a.Finish(), a.PinTyped(PIN))


def played(simulated: Simulated, *answers: a.Answer) -> Session:
    session = Session(simulated.hall)
    for answer in answers:
        session.answer(answer)
    return session


def asked(session: Session) -> q.AskPerson:
    question = session.question
    assert isinstance(question, q.AskPerson)
    return question


def test_a_proxy_signs_beside_the_number_of_the_principal() -> None:
    simulated = simulate(people=PROXIES)
    let_in = (a.Search("132"), a.Choose(245, by_proxy=True), a.HandOver())
    session = played(simulated, *let_in, *VOTE)
    assert session.question == q.SignHere(245, "MARTIN Paul", "DUPONT Marie", voted=1)
    assert list(simulated.recorder.cast_for) == [245], "the mark is the principal's"
    session.answer(a.TimePassed())
    assert session.question == q.SignHere(245, "", "", voted=1), "both names are wiped"
    session.answer(a.Signed())
    for answer in (a.Search("132"), a.Choose(132), a.HandOver(), *VOTE):
        session.answer(answer)
    assert session.question == q.SignHere(132, "DUPONT Marie", voted=2)


def test_who_votes_for_themselves_signs_for_themselves() -> None:
    session = played(simulate(people=PROXIES), a.Search("245"), a.Choose(245), a.HandOver(), *VOTE)
    assert session.question == q.SignHere(245, "MARTIN Paul", voted=1)


def test_a_principal_votes_once_whoever_comes() -> None:
    simulated = simulate(people=PROXIES)
    session = played(simulated, a.Search("245"), a.Choose(245), a.HandOver(), *VOTE, a.Signed())
    session.answer(a.Search("132"))
    session.answer(a.Choose(245, by_proxy=True))
    assert asked(session).refused == (245, q.Refusal.VOTED)
    assert session.stage is Stage.FOUND


def directory(simulated: Simulated, *stations: int) -> MemoryRegister:
    simulated.register.directory = {("dupont", "1958-03-14"): stations}
    return simulated.register


@pytest.mark.parametrize("born", ["14/03/1958", "14.3.1958", "14031958", "1958-03-14", "14 03 1958"])
def test_the_other_station_is_named(born: str) -> None:
    simulated = simulate()
    directory(simulated, 3)
    session = played(simulated, a.Search("dupontt"), a.Widen(), a.AskElsewhere(" Dupont ", born))
    assert asked(session).elsewhere == q.Elsewhere("Dupont", born, (3,))
    assert asked(session).people == ()


@pytest.mark.parametrize("born", ["", "14/03/58", "30/02/1958", "mars 1958", "1958", "14/03/1958/1"])
def test_what_is_no_date_asks_nothing(born: str) -> None:
    simulated = simulate()
    directory(simulated, 3)
    session = played(simulated, a.Widen(), a.AskElsewhere("Dupont", born))
    assert asked(session).elsewhere == q.Elsewhere("Dupont", born, None)


def test_one_other_letter_or_day_finds_no_station() -> None:
    simulated = simulate()
    directory(simulated, 3)
    for surname, born in (("Dupond", "14/03/1958"), ("Dupont", "15/03/1958")):
        session = played(simulated, a.Widen(), a.AskElsewhere(surname, born))
        assert asked(session).elsewhere == q.Elsewhere(surname, born, ())


def test_who_votes_here_after_all_is_shown_by_the_birth_date() -> None:
    simulated = simulate()
    directory(simulated, 0)
    session = played(simulated, a.Widen(), a.AskElsewhere("dupont", "14/03/1958"))
    assert asked(session).people == (PEOPLE[1],), "and not the namesake"
    assert asked(session).elsewhere == q.Elsewhere("dupont", "14/03/1958", ())


def test_the_address_of_the_other_station_is_printed() -> None:
    simulated = simulate()
    directory(simulated, 3)
    printed: list[int] = []

    def address(station: int) -> bool:
        printed.append(station)
        return True

    session = Session(dataclasses.replace(simulated.hall, address=address))
    for answer in (a.Widen(), a.AskElsewhere("dupont", "14/03/1958"), a.PrintAddress(3)):
        session.answer(answer)
    assert printed == [3]
    found = asked(session).elsewhere
    assert found is not None
    assert found.printed is True


def test_a_wider_search_shows_people_of_like_names() -> None:
    session = played(simulate(), a.Search("duponx"), a.Widen())
    assert [person.number for person in asked(session).people] == [1, 2]
    session.answer(a.See(2))
    assert asked(session).people == (PEOPLE[2],)
    assert asked(session).elsewhere is None


def test_letters_and_time_are_set_for_one_visit() -> None:
    simulated = simulate()
    sizes: list[q.Letters] = []
    two = (q.Letters.NORMAL, q.Letters.LARGE)
    session = Session(dataclasses.replace(simulated.hall, letters=LetterSizes(two, sizes.append)))
    for answer in (a.Search("1"), a.Choose(1), a.SetUnlimited(on=True), a.SetLetters(q.Letters.LARGE)):
        session.answer(answer)
    assert session.question == q.ShowHandOver(1, unlimited=True, letters=q.Letters.LARGE, sizes=two)
    session.answer(a.HandOver())
    assert session.patience is None
    then: a.Answer
    for then in VOTE:
        session.answer(then)
    assert sizes == [q.Letters.LARGE, q.Letters.NORMAL], "the officers read who signs in letters of their own"
    for then in (a.Signed(), a.Search("2"), a.Choose(2)):
        session.answer(then)
    assert session.question == q.ShowHandOver(2, unlimited=False, letters=q.Letters.NORMAL, sizes=two)
    session.answer(a.HandOver())
    assert session.patience == 180
    assert sizes == [q.Letters.LARGE, q.Letters.NORMAL]


def test_without_something_that_sets_them_no_letters_are_offered() -> None:
    session = played(simulate(), a.Search("1"), a.Choose(1), a.SetLetters(q.Letters.LARGE))
    assert session.question == q.ShowHandOver(1, sizes=())


def test_after_the_announcement_nobody_reads_how_many_have_voted() -> None:
    simulated = simulate()
    session = Session(dataclasses.replace(simulated.hall, announced=lambda: True))
    for answer in (a.Search("1"), a.Choose(1), a.HandOver(), *VOTE):
        session.answer(answer)
    assert session.question == q.SignHere(1, "DUPONT Marie", voted=None)

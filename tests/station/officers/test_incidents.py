"""Incidents: the hour that was typed, and names that must not stand in them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from keys.election.names import names_in
from keys.election.roll import Elector
from keys.findings import Refused
from station.day import Closing, Day
from station.disk.additions import Added
from station.disk.log import EventKind
from station.officers.additiontask import AdditionTask
from station.officers.deeds import AddElector, SaveIncident
from station.officers.earlyclosing import EarlyClosing
from station.officers.incidents import hour_of, is_of_a_stop, without
from station.officers.incidenttask import IncidentTask
from station.officers.namecheck import NameCheck
from station.officers.tasks import AskEarly, Place, Problem
from station.reports import incidents_of
from tests.simulator.commands import Machine
from tests.simulator.walking import Clock

PARIS = ZoneInfo("Europe/Paris")
NOON = 1_791_108_000  # 4 October 2026, 12:00 in Paris
ELECTORS = (
    Elector(1, "DUPONT", "Marie-Hélène"),
    Elector(2, "LE GALL", "Yann"),
    Elector(3, "PETIT", "Jean"),
)


@pytest.mark.parametrize("typed", ["11:07", "11h07", "1107", " 11.07 ", "11H07"])
def test_an_hour_is_read_however_it_is_written(typed: str) -> None:
    assert hour_of(typed, NOON, PARIS) == NOON - 53 * 60


@pytest.mark.parametrize("typed", ["12:01", "24:00", "11:60", "11", "x", "", "١١:٠٧"])
def test_what_is_no_hour_of_today_so_far_is_refused(typed: str) -> None:
    assert hour_of(typed, NOON, PARIS) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Madame Dupont est partie", ("Dupont",)),
        ("madame dupont est partie", ()),
        ("dupont marie est partie", ("dupont", "marie")),
        ("Yann Le Gall réclame, Yann", ("Yann", "Gall", "Le")),
        ("un petit incident", ()),
        ("Petit incident", ("Petit",)),
        ("La lampe est tombée", ()),
    ],
)
def test_names_of_the_roll_are_found(text: str, names: tuple[str, ...]) -> None:
    assert set(names_in(text, ELECTORS)) == set(names)


def test_names_are_taken_out_as_one() -> None:
    assert without("Mme Dupont Marie est partie", ("Dupont", "Marie"), "(...)") == "Mme (...) est partie"
    assert without("Dupontel", ("Dupont",), "(...)") == "Dupontel"


def _written(day: Day) -> list[str]:
    return [event.text for event in day.store.events() if event.kind is EventKind.INCIDENT]


def test_a_name_is_asked_about_before_it_is_written(day: Day, clock: Clock) -> None:
    task = IncidentTask(day, clock)
    asked = task.save(SaveIncident("", "Nom4 est tombé"))
    assert asked is not None
    assert asked.problem == Problem("name")
    assert asked.names == ("Nom4",)
    assert not _written(day)
    assert task.save(SaveIncident("", asked.without_names, anyway=True)) is None
    assert _written(day) == [asked.without_names]
    assert "Nom" not in asked.without_names


def test_the_hour_that_was_typed_stands_by_quarters_in_the_report(day: Day, clock: Clock) -> None:
    day.open()
    task = IncidentTask(day, clock)
    hour = clock.now - clock.now % 3600 - 3600 + 7 * 60
    typed = SaveIncident("Coupure de courant.", "", _hour(hour))
    assert task.save(typed) is None
    (incident,) = incidents_of(day.store)
    assert incident.at == hour - 7 * 60
    refused = task.save(SaveIncident("Coupure de courant.", "", "25:00"))
    assert refused is not None
    assert refused.problem == Problem("hour")
    assert len(incidents_of(day.store)) == 1


def test_the_machines_own_line_on_a_power_cut_is_not_written_twice(day: Day, clock: Clock) -> None:
    day.open()
    power = "Coupure de courant."
    task = IncidentTask(day, clock)
    assert task.save(SaveIncident(power, "")) is None, "before any stop it is an incident as any other"
    clock.now += 4 * 3600
    day.note_interruption()
    asked = IncidentTask(day, clock).save(SaveIncident(power, "", _hour(clock.now - 900)))
    assert asked is not None
    assert asked.problem == Problem("noted")
    assert asked.written == len(incidents_of(day.store)) == 2
    assert task.save(SaveIncident(power, "Toute la rue est dans le noir.")) is None
    clock.now += 2 * 3600
    assert task.save(SaveIncident(power, "")) is None, "another one"
    texts = [item.text for item in incidents_of(day.store)]
    assert texts[0] == texts[3] == power
    assert "redémarrée" in texts[1]
    assert texts[2] == "Toute la rue est dans le noir."


@pytest.mark.parametrize(
    ("at", "is_it"), [(-7201, False), (-7200, True), (0, True), (3600, True), (3601, False)]
)
def test_which_power_cut_a_stop_is(at: int, is_it: bool) -> None:
    assert is_of_a_stop(NOON + at, (NOON - 86_400, NOON)) is is_it
    assert not is_of_a_stop(NOON + at, ())


def _hour(unix: int) -> str:
    from datetime import datetime

    return f"{datetime.fromtimestamp(unix, PARIS):%H:%M}"


def test_before_the_planned_hour_a_reason_is_asked_once_and_stands_in_the_report(
    day: Day, clock: Clock
) -> None:
    day.open()
    early = EarlyClosing(day, clock, clock.now + 60)
    asked = early.question(Place.SIGNATURES)
    assert isinstance(asked, AskEarly)
    assert early.take("  ") is Place.SIGNATURES
    again = early.question(Place.SIGNATURES)
    assert again is not None
    assert again.problem == Problem("reason")
    assert early.take("plus personne") is Place.SIGNATURES
    assert early.question(Place.SIGNATURES) is None
    early.note_queue("4")
    early.note_queue("many")
    texts = _written(day)
    assert len(texts) == 2
    assert texts[0].endswith("plus personne")
    assert texts[1].endswith("4")
    day.close(Closing(0))


def test_at_the_planned_hour_no_reason_is_asked(day: Day, clock: Clock) -> None:
    assert EarlyClosing(day, clock, clock.now).question(Place.CLOSING) is None


def test_a_closed_box_takes_no_incident(day: Day, clock: Clock) -> None:
    day.open()
    day.close(Closing(0))
    with pytest.raises(Refused, match="S-105"):
        day.note_incident("late")
    asked = IncidentTask(day, clock).save(SaveIncident("late", ""))
    assert asked is not None
    assert asked.problem == Problem("S-105")


NAMED = "nom5 camille est partie"


def test_a_reason_that_names_somebody_is_asked_again_and_kept_if_it_is_typed_again(day: Day) -> None:
    names = NameCheck(day)
    assert names.problem("fire in the street") is None
    assert names.problem(NAMED) == Problem("named", "nom5, camille")
    assert names.problem("Ñóm5 Çamille is away") == Problem("named", "Ñóm5, Çamille")
    assert names.problem("Ñóm5 Çamille is away") is None
    new = Added("Roux", "Zoé", "2001-02-03", "Zoe Roux was left off")
    assert names.problem(new.reason) is None, "she is not on the roll yet"
    assert names.problem(new.reason, new) == Problem("named", "Zoe, Roux")


def test_closing_early_writes_no_name_unless_it_is_typed_again(day: Day) -> None:
    day.open()
    early = EarlyClosing(day, lambda: 100, 200)
    assert early.question(Place.CLOSING) is not None
    early.take(NAMED)
    asked = early.question(Place.CLOSING)
    assert asked is not None
    assert (asked.problem, asked.typed) == (Problem("named", "nom5, camille"), NAMED)
    assert incidents_of(day.store) == ()
    early.take(NAMED)
    assert early.question(Place.CLOSING) is None
    assert [item.text.endswith(NAMED) for item in incidents_of(day.store)] == [True]


def test_an_addition_is_held_up_by_a_name_in_its_reason(day: Day) -> None:
    day.open()
    task = AdditionTask(day)
    written = AddElector("Roux", "Zoé", "03/02/2001", NAMED)
    assert task.fill(written) is False
    assert task.question.problem == Problem("named", "nom5, camille")
    assert dict(task.question.typed)["reason"] == NAMED
    assert task.fill(AddElector("Roux", "Zoé", "03/02/2001", "left off by mistake")) is True
    assert task.fill(written) is True, "typed a second time"
    assert day.store.added() == {}


def test_a_command_writes_no_name_without_anyway(machine: Machine) -> None:
    machine.load()
    machine.do("open")
    where = ("--dir", machine.folder)
    for run, arguments in (
        (machine.run, ("incident", NAMED, *where)),
        (machine.do, ("pause", "--reason", NAMED)),
    ):
        told = run(*arguments, "--json")
        assert (told.status, told.codes) == (1, ["S-113"])
        assert run(*arguments, "--anyway").status == 0

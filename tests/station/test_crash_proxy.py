"""The power goes while somebody votes for another person: the mark of that person is the answer, and no other moves."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from keys.election.statement import Mode
from station import answers as a
from station import questions as q
from station.day import Closing, Day, open_day
from station.disk.plan import Mark
from station.electors.people import Refusal
from station.script import ScriptedVisit, play
from station.scripted import scripted_session
from station.session import Session
from station.sticks.takeover import find_copies, read_dead_machine
from tests.simulator.dying import begin, killed_at
from tests.simulator.polling import PollingPlaces
from tests.simulator.walking import Clock

HOLDER, PRINCIPAL = 8, 9
ONE = {"ville": ("1",), "roguet": ("2",)}


@pytest.fixture
def voting(tmp_path: Path, polling: PollingPlaces, clock: Clock) -> tuple[Path, Path]:
    """A machine that is open, on whose roll elector 8 holds the proxy of elector 9, and its stick."""
    folder, _ = polling.loaded(tmp_path)
    with closing(sqlite3.connect(folder / "official.db")) as connection, connection:
        connection.execute("UPDATE elector SET proxy = ? WHERE number = ?", (HOLDER, PRINCIPAL))
    (tmp_path / "stick").mkdir()
    with open_day(folder, Mode.OFFICIAL, clock) as day:
        day.unlock(polling.two("m1"))
        day.open()
    return folder, tmp_path / "stick"


def vote_by_proxy(session: Session, pin: str) -> None:
    """From the search for the holder to the signature beside the principal's number."""
    answers: tuple[a.Answer, ...] = (
        a.Search(str(HOLDER)), a.Choose(PRINCIPAL, by_proxy=True), a.HandOver(), a.LanguageChosen("fr"),
        a.OpenContest(0), a.Give(0, 1), a.Done(), a.Done(), a.Done(), a.SlipInHand(), a.Vote(),
    )  # fmt: skip
    for answer in answers:
        session.answer(answer)
    assert isinstance(session.question, q.Recorded)
    session.answer(a.Finish())
    session.answer(a.PinTyped(pin))
    signing = session.question
    assert isinstance(signing, q.SignHere)
    assert (signing.number, signing.signer) == (PRINCIPAL, "NOM8 Camille")
    session.answer(a.Signed())


def visit(folder: Path, stick: Path, polling: PollingPlaces, clock: Clock) -> None:
    with open_day(folder, Mode.OFFICIAL, clock) as day:
        day.note_interruption()
        day.unlock(polling.two("m1"))
        day.use_stick(stick, patience=60)
        day.reopen()
        session = scripted_session(day)
        begin()
        vote_by_proxy(*session)


def goes_on(day: Day, polling: PollingPlaces) -> bool:
    """What the officers do after the power came back; whether the vote of the principal had been recorded."""
    assert day.counts().balanced
    assert day.store.mark_of(HOLDER) is Mark.NONE
    recorded = day.store.mark_of(PRINCIPAL) is Mark.VOTED
    assert day.counts().marks == int(recorded)
    day.note_interruption()
    day.unlock(polling.two("m1"))
    if not day.state.takes_votes:
        day.reopen()
    session, pin = scripted_session(day)
    session.answer(a.Search(str(HOLDER)))
    asked = session.question
    assert isinstance(asked, q.AskPerson)
    (holder,) = asked.people
    (principal,) = holder.principals
    assert (holder.refusal, principal.number) == (None, PRINCIPAL)
    assert principal.refusal == (Refusal.VOTED if recorded else None), "the mark is the answer"
    session.answer(a.Clear())
    if not recorded:
        vote_by_proxy(session, pin)
    play(session, day.manifest.definition, ScriptedVisit(HOLDER, ONE), pin)
    day.close(Closing(2))
    assert (day.counts().marks, day.counts().balanced) == (2, True)
    return recorded


def test_killed_at_any_step_of_a_visit_by_proxy(
    voting: tuple[Path, Path], polling: PollingPlaces, clock: Clock, tmp_path: Path
) -> None:
    opened, empty = voting
    spare, _ = polling.loaded(tmp_path, "m1-spare")
    step, outcomes = 0, []
    while True:
        folder, stick = tmp_path / f"m1-{step}", tmp_path / f"stick-{step}"
        shutil.copytree(opened, folder)
        shutil.copytree(empty, stick)
        killed = killed_at(step, partial(visit, folder, stick, polling, clock), wait=True)
        with open_day(folder, Mode.OFFICIAL, clock) as day:
            voted = {elector.number for elector, mark in day.store.electors() if mark is Mark.VOTED}
            copied = on_stick(spare, stick, polling, clock)
            assert copied is None or copied in (voted, set()), "the stick holds no more than the disk"
            outcomes.append((goes_on(day, polling), copied == voted))
        shutil.rmtree(folder)
        if not killed:
            break
        step += 1
    assert {recorded for recorded, _ in outcomes} == {False, True}
    assert outcomes[-1] == (True, True)
    assert [recorded for recorded, _ in outcomes] == sorted(recorded for recorded, _ in outcomes)
    print(f"{step} steps, recorded at {sum(recorded for recorded, _ in outcomes)} of them")


def on_stick(spare: Path, stick: Path, polling: PollingPlaces, clock: Clock) -> set[int] | None:
    """Who voted, as the copy on the stick says; None where there is no copy yet."""
    copies = [copy for copy in find_copies(stick) if (copy / "slots.bin").exists()]
    if not copies:
        return None
    with open_day(spare, Mode.OFFICIAL, clock) as day:
        dead = read_dead_machine(
            copies[0], day.manifest, day.fingerprint, day.mode, day.machine, day.store.roll(), day.store.plan,
            day._contests, polling.two("m1"),
        )  # fmt: skip
    return set(dead.marks.voted)

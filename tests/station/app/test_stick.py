"""What the desk says of the copy on the stick."""

from __future__ import annotations

from pathlib import Path

from station import questions as q
from station.officers.office import Office


def note(office: Office) -> q.CopyNote:
    question = office.question
    assert isinstance(question, q.AskPerson)
    assert question.copy is not None
    return question.copy


def test_without_a_stick_the_desk_says_since_when_votes_could_be_lost(at_desk: Office) -> None:
    assert note(at_desk).copy is q.Copy.NONE
    assert note(at_desk).since == at_desk.day.store.opened


def test_a_stick_that_is_put_in_is_used_from_then_on(at_desk: Office, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    assert note(at_desk).copy is q.Copy.UP_TO_DATE
    assert list((tmp_path / "stick").rglob("slots.bin"))

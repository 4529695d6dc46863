"""A public folder that was honestly made is accepted, and the report says what was shown."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

from keys.desk.catalogue import messages
from keys.election.statement import Mode
from keys.findings import FINDINGS, Unreadable
from tally.verify import Report, Status, report_json, report_text, verify_folder
from tally.verify.steps import STEPS
from tests.simulator.forgery import Forgery
from tests.simulator.vote import HeldVote, hold_vote
from tests.tally.count.schema import check


@pytest.fixture(scope="module")
def honest(held_vote: HeldVote) -> Report:
    return verify_folder(held_vote.public, fingerprint=held_vote.fingerprint)


def test_every_step_holds(honest: Report) -> None:
    assert [(step.number, step.name) for step in honest.steps] == [
        (number, row.name) for number, row in enumerate(STEPS, 1)
    ]
    assert {step.status for step in honest.steps} == {Status.OK}
    assert honest.accepted
    assert honest.origin_checked
    assert honest.findings == ()


def test_names_of_steps_are_unique_and_all_say_what_they_prove() -> None:
    assert len({row.name for row in STEPS}) == len(STEPS)
    assert all(row.proves.endswith(".") for row in STEPS)


def test_summary_is_what_was_voted(honest: Report) -> None:
    found = {
        contest.id: (
            contest.ballots,
            contest.blank,
            tuple(option.votes for option in contest.options),
            contest.winners,
        )
        for contest in honest.summary
    }
    assert found == {
        "ville": (24, 4, (16, 8, 8), ("Arbres",)),
        "roguet": (12, 2, (4, 6, 2), ("Été", "Dôme")),
        "lardenne": (12, 4, (4, 4), ("Non",)),
    }
    assert all(contest.tied == () for contest in honest.summary)


def test_several_processes_and_progress(held_vote: HeldVote) -> None:
    seen: dict[str, int] = {}
    report = verify_folder(held_vote.public, workers=2, progress=seen.__setitem__)
    assert report.accepted
    assert seen == {"ville": 24, "roguet": 12, "lardenne": 12}


def test_no_database_is_loaded_on_the_way(held_vote: HeldVote) -> None:
    code = (
        "import sys, pathlib, tally.verify as v; print(v.verify_folder(pathlib.Path(sys.argv[1])).accepted)"
    )
    code += "; print(*sys.modules)"
    command = [sys.executable, "-c", code, str(held_vote.public)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3])
    accepted, loaded = done.stdout.splitlines()
    assert accepted == "True"
    assert not {"sqlite3", "sqlite_utils", "station", "textual"} & set(loaded.split())


@pytest.mark.usefixtures("known_bytes_once")
def test_without_a_fingerprint_the_origin_is_not_checked(held_vote: HeldVote) -> None:
    report = verify_folder(held_vote.public)
    open_ = [step.name for step in report.steps if step.status is not Status.OK]
    assert open_ == ["origin"]
    assert report.accepted
    assert not report.origin_checked
    assert report.fingerprint == held_vote.fingerprint
    assert "consistent; its origin was not checked" in report_text(report)


@pytest.mark.usefixtures("known_bytes_once")
@pytest.mark.parametrize("bit", [0, 255])
def test_another_fingerprint_is_refused(held_vote: HeldVote, bit: int) -> None:
    other = (int.from_bytes(held_vote.fingerprint, "big") ^ 1 << bit).to_bytes(32, "big")
    report = verify_folder(held_vote.public, fingerprint=other)
    failed = {step.name: step.findings[0].code for step in report.steps if step.status is Status.FAILED}
    assert failed == {"origin": "V-602"}
    assert not report.accepted
    assert not report.origin_checked


@pytest.mark.usefixtures("known_bytes_once")
def test_a_vote_is_no_rehearsal(held_vote: HeldVote) -> None:
    report = verify_folder(held_vote.public, mode=Mode.REHEARSAL)
    failed = {step.name: step.findings[0].code for step in report.steps if step.status is Status.FAILED}
    assert failed == {"manifest": "V-154"}
    unchecked = {step.name for step in report.steps if step.status is Status.NOT_CHECKED}
    assert {"publication", "sealing", "archives", "results", "minutes"} <= unchecked
    assert report.summary == ()


@pytest.mark.parametrize("name", ["missing", "file"])
def test_a_folder_that_is_not_there_cannot_be_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Unreadable):
        verify_folder(tmp_path / name)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    report = verify_folder(tmp_path)
    assert {step.findings[0].code for step in report.steps if step.findings} == {"V-208"}
    assert {step.status for step in report.steps[5:]} == {Status.NOT_CHECKED}
    assert report_text(report)


def test_text_says_the_verdict_first(honest: Report) -> None:
    lines = report_text(honest).splitlines()
    assert lines[0] == "Votes de quartier"
    assert lines[1] == "Everything holds, and this is the vote whose fingerprint you gave."
    assert sum(line.lstrip()[:1].isdigit() and ": " in line for line in lines) >= len(STEPS)


def test_text_names_what_does_not_hold(forgery: Forgery) -> None:
    forgery.remove("minutes.pdf")
    text = report_text(verify_folder(forgery.root))
    assert "REFUSED: 2 steps do not hold." in text
    assert "V-603 minutes.pdf" in text
    assert FINDINGS["V-603"].remedy in text


def test_json_follows_its_schema(honest: Report, forgery: Forgery) -> None:
    schema = json.loads(resources.files("tally.verify").joinpath("report.schema.json").read_text("utf-8"))
    forgery.write("results.csv", b"")
    for report in (honest, verify_folder(forgery.root)):
        found = report_json(report)
        check(found, schema, schema)
        assert json.loads(json.dumps(found)) == found
        assert found["accepted"] is report.accepted
    with pytest.raises(ValueError, match="accepted"):
        check({**report_json(honest), "accepted": 1}, schema, schema)


def test_the_report_speaks_the_language_of_its_reader(honest: Report) -> None:
    text = report_text(honest, "fr")
    assert "Tout est valable, et c’est bien le vote dont vous avez donné l’empreinte." in text
    assert all(row.proves in messages("fr") for row in STEPS)
    assert not any(row.proves in text for row in STEPS)


def test_a_rehearsal_is_verified_as_one_and_as_nothing_else(tmp_path: Path) -> None:
    held = hold_vote(tmp_path, Mode.REHEARSAL)
    report = verify_folder(held.public, fingerprint=held.fingerprint, mode=Mode.REHEARSAL)
    assert [step.name for step in report.steps if step.status is not Status.OK] == []
    assert "REHEARSAL: THESE VOTES DO NOT COUNT" in report_text(report)
    assert report_json(report)["mode"] == "rehearsal"
    taken_for_the_vote = verify_folder(held.public, fingerprint=held.fingerprint)
    assert not taken_for_the_vote.accepted
    assert taken_for_the_vote.summary == ()

"""A machine dies: its box is closed from its stick on the spare, and the vote is counted with both."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import cbor2
import pypdfium2
import pytest

from keys.desk.passphrase import open_sealed
from keys.election.box import set_digest
from keys.election.interruption import Interrupted
from keys.election.marks import MARKS_PURPOSE, Marks, SealedMarks
from keys.election.report import ClosingReport, ZeroReport
from keys.election.statement import Mode, StatementType, read_statement
from keys.findings import Misuse, Refused, Unreadable
from keys.paper.codes import decode
from keys.paper.pages import render_a4
from station.day import Closing, Day, open_day
from station.disk.plan import Counter
from station.disk.state import State
from station.papers.reportpapers import report_paper
from station.printing import letterhead
from station.sticks.stickwriter import Stick
from station.sticks.takeover import find_copies, recognise_dead
from tally.hostile.scan import texts_of
from tally.workspace import Workspace
from tests.simulator.polling import NOW, PASSPHRASE, PollingPlaces
from tests.simulator.walking import Clock, cast, check_chain, refused


@dataclass(frozen=True, slots=True)
class Scene:
    """A station with a machine, its spare, and a stick."""

    polling: PollingPlaces
    dead: Path
    spare: Path
    stick: Path
    clock: Clock

    @property
    def copy(self) -> Path:
        """The copy of the machine on its stick."""
        (found,) = find_copies(self.stick)
        return found

    def take_over(self, day: Day, signatures: int = 3) -> Path:
        """Close the box of the dead machine on the spare."""
        return day.take_over(self.copy, self.polling.two("m1"), Closing(signatures, None, ("A", "B"))).folder


@pytest.fixture
def scene(tmp_path: Path, polling: PollingPlaces, clock: Clock) -> Scene:
    (tmp_path / "stick").mkdir()
    dead, spare = (polling.loaded(tmp_path, name)[0] for name in ("m1", "m1-spare"))
    return Scene(polling, dead, spare, tmp_path / "stick", clock)


@pytest.fixture
def first(scene: Scene) -> Iterator[Day]:
    """The machine that will die: open, three votes, a pause, one check, one incident, its stick in."""
    with open_day(scene.dead, Mode.OFFICIAL, scene.clock) as day:
        day.unlock(scene.polling.two("m1"))
        day.use_stick(scene.stick)
        day.open(("A", "B"))
        cast(day, 1, 2)
        day.pause("lunch")
        day.reopen()
        recorder = day.recorder()
        recorder.open(recorder.prepare({0: (1, 0, 0)}))
        day.store.count_up(Counter.LEFT)
        day.note_incident("The lamp failed.")
        cast(day, 5, choice=(0, 1, 1))
        yield day


@pytest.fixture
def spare(scene: Scene, first: Day) -> Iterator[Day]:
    """The spare, the machine gone."""
    first.store.close()
    with open_day(scene.spare, Mode.OFFICIAL, scene.clock) as day:
        day.unlock(scene.polling.two("m1-spare"))
        yield day


def _marks(raw: bytes, polling: PollingPlaces) -> tuple[Marks, int | None]:
    content = SealedMarks.from_content(read_statement(raw).content, "")
    authority = Workspace(polling.office).open_authority(PASSPHRASE)
    opened = cbor2.loads(open_sealed(content.sealed, authority.box, MARKS_PURPOSE))
    return Marks.from_content(opened, ""), content.machine


# The copy while the machine lives


def test_the_desk_can_say_how_the_copy_stands(first: Day, scene: Scene) -> None:
    assert first.stick_state().stick is Stick.UP_TO_DATE
    scene.stick.rename(scene.stick.parent / "pulled")
    scene.clock.now += 60
    cast(first, 6)
    assert first.counts().marks == 4
    state = first.stick_state()
    assert (state.stick, state.since) == (Stick.BEHIND, scene.clock.now)
    (scene.stick.parent / "pulled").rename(scene.stick)
    cast(first, 7)
    assert first.stick_state().since is None
    first.drop_stick()
    assert [first.stick_state().stick] == [Stick.NONE]


def test_without_a_stick_nothing_is_copied(scene: Scene) -> None:
    with open_day(scene.dead, Mode.OFFICIAL, scene.clock) as day:
        with pytest.raises(Misuse):
            day.use_stick(scene.stick)
        day.unlock(scene.polling.two("m1"))
        with pytest.raises(Unreadable):
            day.use_stick(scene.stick / "nowhere")
        day.open()
        cast(day, 1)
        assert day.stick_state().stick is Stick.NONE
    assert list(scene.stick.iterdir()) == []


def test_a_stick_stays_in_over_a_pause(first: Day, scene: Scene) -> None:
    first.pause()
    first.lock()
    first.unlock(scene.polling.two("m1"))
    first.reopen()
    cast(first, 8)
    assert first.stick_state().stick is Stick.UP_TO_DATE
    scene.stick.rename(scene.stick.parent / "pulled")
    first.pause()
    first.lock()
    first.unlock(scene.polling.two("m1"))
    first.reopen()
    cast(first, 9)
    assert first.stick_state().stick is Stick.BEHIND
    first.close(Closing(5))


def test_no_choice_and_no_name_is_on_the_stick(first: Day, scene: Scene) -> None:
    data = b"".join(path.read_bytes() for path in scene.stick.rglob("*") if path.is_file())
    for needle in (b"Camille", b"Nom1", b"Arbres"):
        assert needle not in data
    for item in first.store.plan.contests:
        for _, body in first.store.ballots(item.contest):
            assert body[:24] not in data


# Taking over


def test_the_spare_closes_the_box_and_signs_it(spare: Day, scene: Scene) -> None:
    scene.clock.now += 500
    box = scene.take_over(spare)
    (statement,) = spare.taken_over()
    assert statement.header.signer == spare.machine
    content = Interrupted.from_content(statement.content, "")
    closing = content.closing
    assert content.machine == 0
    assert (closing.closed, closing.electors) == (scene.clock.now, 11)
    assert (closing.marks, closing.ballots, closing.signatures, closing.carried) == (3, 3, 3, 0)
    assert (closing.challenges, closing.cancelled) == (1, 1)
    assert [item.text for item in closing.incidents] == ["The lamp failed."]
    assert sum(closing.turnout) == 3
    kinds = [read_statement(path.read_bytes()).header.type for path in sorted(box.glob("0*.cose"))]
    assert kinds == [
        StatementType.ZERO_REPORT,
        StatementType.PAUSE_REPORT,
        StatementType.REOPENING_REPORT,
        StatementType.INTERRUPTED,
    ]
    assert _marks((box / "marks.cose").read_bytes(), scene.polling) == (Marks(0, (1, 2, 5)), 0)


def test_its_box_is_the_one_that_the_machine_would_have_closed(first: Day, scene: Scene) -> None:
    shutil.copytree(scene.stick, scene.stick.parent / "kept")
    own = ClosingReport.from_content(first.close(Closing(3)).content, "")
    first.store.close()
    shutil.rmtree(scene.stick)
    (scene.stick.parent / "kept").rename(scene.stick)
    with open_day(scene.spare, Mode.OFFICIAL, scene.clock) as day:
        day.unlock(scene.polling.two("m1-spare"))
        scene.take_over(day)
        closing = Interrupted.from_content(day.taken_over()[0].content, "").closing
    assert (closing.set_digest, closing.file_digest) == (own.set_digest, own.file_digest)
    assert closing.set_digest != set_digest({0: [], 1: []})


def test_who_voted_there_votes_nowhere_else(spare: Day, scene: Scene) -> None:
    scene.take_over(spare)
    zero = spare.open()
    content = ZeroReport.from_content(zero.content, "")
    assert content.carried_from == spare.taken_over()[0].fingerprint
    assert (content.marks, content.ballots) == (3, 0)
    for elector in (1, 2, 5):
        assert refused(partial(cast, spare, elector)) == "S-301"
    cast(spare, 3, 4)
    report = spare.close(Closing(2))
    closing = ClosingReport.from_content(report.content, "")
    assert (closing.marks, closing.ballots, closing.carried) == (2, 2, 3)
    check_chain(spare)


def test_the_paper_names_both_machines_and_fits_one_page(spare: Day, scene: Scene) -> None:
    scene.take_over(spare)
    (statement,) = spare.taken_over()
    for language in ("fr", "en"):
        document = report_paper(letterhead(spare, language), statement)
        pdf = render_a4(document)
        assert decode(texts_of(pdf, "paper.pdf")) == statement.raw
        (page,) = pypdfium2.PdfDocument(pdf)
        words = " ".join(page.get_textpage().get_text_range().split())
        for text in ("m1-spare", "machine m1", "The lamp failed."):
            assert text in words


def test_both_boxes_leave_on_one_stick(spare: Day, scene: Scene, tmp_path: Path) -> None:
    scene.take_over(spare)
    spare.open()
    cast(spare, 3)
    spare.close(Closing(1))
    for _ in range(2):
        spare.export(tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").iterdir() if path.is_dir()} == {"box-official-m1"}
    for folder in (tmp_path / "out", tmp_path / "out" / "box-official-m1"):
        assert (folder / "box.sqlite").exists()
        assert (folder / "marks.cose").exists()


def test_a_spare_that_is_open_already_takes_over_too(scene: Scene, first: Day) -> None:
    """Somebody who voted on both stays marked here; the comparison of figures finds it."""
    with open_day(scene.spare, Mode.OFFICIAL, scene.clock) as day:
        day.unlock(scene.polling.two("m1-spare"))
        day.open()
        cast(day, 5, 6)
        first.store.close()
        scene.take_over(day)
        assert (day.counts().marks, day.counts().carried) == (2, 2)
        assert refused(lambda: cast(day, 1)) == "S-301"
        cast(day, 7)
        day.pause()
        day.reopen()
        day.close(Closing(3))
        check_chain(day)


def test_a_machine_that_had_closed_and_died_before_the_copy(first: Day, scene: Scene) -> None:
    report = first.close(Closing(3))
    first.store.close()
    with open_day(scene.spare, Mode.OFFICIAL, scene.clock) as day:
        day.unlock(scene.polling.two("m1-spare"))
        box = scene.take_over(day)
        assert day.taken_over() == ()
    raws = [path.read_bytes() for path in sorted(box.glob("0*.cose"))]
    assert raws[-1] == report.raw


def test_the_machine_is_killed_while_it_votes(scene: Scene, tmp_path: Path) -> None:
    """Votes of which the voter was told are on the stick; nobody was told of more."""
    program = textwrap.dedent(
        f"""
        import sys
        from pathlib import Path
        from keys.desk.cards import Card
        from keys.election.statement import Mode
        from station.day import open_day
        cards = [Card.parse(text) for text in {[card.text for card in scene.polling.two("m1")]!r}]
        with open_day(Path({str(scene.dead)!r}), Mode.OFFICIAL, lambda: {NOW}) as day:
            day.unlock(cards)
            day.use_stick(Path({str(scene.stick)!r}))
            day.open()
            recorder = day.recorder()
            for elector in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12):
                recorder.cast(recorder.prepare({{0: (1, 0, 0)}}), elector)
                print(elector, flush=True)
        """
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [int(process.stdout.readline()) for _ in range(4)]
        os.kill(process.pid, signal.SIGKILL)
        told += [int(line) for line in process.stdout.read().split()]
    with open_day(scene.spare, Mode.OFFICIAL, scene.clock) as day:
        day.unlock(scene.polling.two("m1-spare"))
        box = scene.take_over(day, len(told))
        marks, _ = _marks((box / "marks.cose").read_bytes(), scene.polling)
    assert set(told) <= set(marks.voted)
    assert len(marks.voted) <= len(told) + 1


# Refused


def test_two_cards_of_the_dead_machine_and_two_of_the_spare(spare: Day, scene: Scene) -> None:
    own, dead = scene.polling.two("m1-spare"), scene.polling.two("m1")
    closing = Closing(3)
    for cards, code in (
        (own, "S-101"),
        ((dead[0], own[1]), "S-101"),
        ((dead[0], dead[0]), "S-102"),
        (scene.polling.two("m1", Mode.REHEARSAL), "S-101"),
    ):
        assert refused(partial(spare.take_over, scene.copy, cards, closing)) == code
    recognise_dead(scene.copy, spare.manifest, dead[0])
    assert refused(lambda: recognise_dead(scene.copy, spare.manifest, own[0])) == "S-101"
    with pytest.raises(Misuse):
        spare.take_over(scene.copy, dead[:1], closing)
    spare.lock()
    with pytest.raises(Misuse):
        spare.take_over(scene.copy, dead, closing)
    assert spare.taken_over() == ()
    assert spare.counts().carried == 0
    assert spare.state is State.PREPARED


@pytest.mark.parametrize("name", ["m2", "m1"])
def test_only_a_spare_of_the_same_station(scene: Scene, first: Day, tmp_path: Path, name: str) -> None:
    first.store.close()
    folder, _ = scene.polling.loaded(tmp_path / "other", name)
    with open_day(folder, Mode.OFFICIAL, scene.clock) as day:
        day.unlock(scene.polling.two(name))
        assert refused(lambda: scene.take_over(day)) == "S-131"


def test_not_in_the_rehearsal_and_not_in_another_vote(
    scene: Scene, first: Day, another_vote: PollingPlaces, tmp_path: Path
) -> None:
    first.store.close()
    folder, _ = scene.polling.loaded(scene.spare.parent, "m1-spare", Mode.REHEARSAL)
    with open_day(folder, Mode.REHEARSAL, scene.clock) as day:
        day.unlock(scene.polling.two("m1-spare", Mode.REHEARSAL))
        assert refused(lambda: scene.take_over(day)) == "S-133"
    foreign, _ = another_vote.loaded(tmp_path / "foreign", "m1-spare")
    with open_day(foreign, Mode.OFFICIAL, scene.clock) as day:
        day.unlock(another_vote.two("m1-spare"))
        assert refused(lambda: scene.take_over(day)) == "S-131"


def test_one_changed_bit_on_the_stick(spare: Day, scene: Scene) -> None:
    for path in sorted(scene.copy.iterdir()):
        whole = path.read_bytes()
        for at in (len(whole) // 3, len(whole) // 2):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            try:
                box = scene.take_over(spare)
            except Refused as refusal:
                assert refusal.code[:3] in {"S-1", "V-1", "V-4"}
            else:
                assert path.name == "slots.bin"
                closing = Interrupted.from_content(spare.taken_over()[-1].content, "").closing
                assert (closing.ballots, box.name) == (3, "box-official-m1")
        path.write_bytes(whole)


@pytest.mark.parametrize("name", ["slots.bin", "about.cbor", "01-zero-report.cose", "02-pause-report.cose"])
def test_a_stick_without_one_of_its_files(spare: Day, scene: Scene, name: str) -> None:
    folder = scene.copy
    (folder / name).unlink()
    with pytest.raises((Refused, Unreadable)):
        spare.take_over(folder, scene.polling.two("m1"), Closing(3))
    assert spare.counts().carried == 0


def test_a_machine_that_never_opened(scene: Scene) -> None:
    with open_day(scene.dead, Mode.OFFICIAL, scene.clock) as day:
        day.unlock(scene.polling.two("m1"))
        day.use_stick(scene.stick)
    with open_day(scene.spare, Mode.OFFICIAL, scene.clock) as day:
        day.unlock(scene.polling.two("m1-spare"))
        assert refused(lambda: scene.take_over(day)) == "S-131"

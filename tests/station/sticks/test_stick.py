"""The copy on a stick: whatever a pulled plug leaves of it, a vote is there whole or not at all, and sealed."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys.election.report import Incident
from keys.election.statement import Mode
from keys.findings import Refused
from station.disk.plan import ContestSlots, Counter, StorePlan
from station.sticks.stick import About, Change, Copied, Layout, MachineState, read_copy
from station.sticks.stickwriter import COPY, Stick, StickWriter

KEY = bytes(range(32))
ABOUT = About(Mode.OFFICIAL, bytes(32), 3, b"salt", (b"12345678", b"abcdefgh"))
PLAN = StorePlan((ContestSlots(0, 5, 300), ContestSlots(4, 5, 700)))
LAYOUT = Layout(ABOUT, PLAN, 5)
EMPTY: dict[int, dict[int, bytes]] = {0: {}, 4: {}}


def state(marks: str = "-----", incidents: Iterable[Incident] = ()) -> MachineState:
    return MachineState(marks, (0,) * len(Counter), (marks.count("V"),), tuple(incidents))


def body(contest: int, number: int) -> bytes:
    size = {item.contest: item.body_size for item in PLAN.contests}[contest]
    return hashlib.shake_256(f"{contest} {number}".encode()).digest(size)


def copy_of(ballots: dict[int, dict[int, bytes]], marks: str) -> bytes:
    return b"".join(LAYOUT.whole(KEY, ballots, state(marks)))


def overwritten(data: bytes, changes: Iterable[Change]) -> bytes:
    copy = bytearray(data)
    for at, content in changes:
        copy[at : at + len(content)] = content
    assert len(copy) == len(data)
    return bytes(copy)


def voted(number: int) -> dict[int, tuple[int, bytes]]:
    return {0: (number, body(0, number)), 4: ((number + 2) % 5, body(4, number))}


def ballots_of(*numbers: int) -> dict[int, dict[int, bytes]]:
    found: dict[int, dict[int, bytes]] = {0: {}, 4: {}}
    for number in numbers:
        for contest, (slot, content) in voted(number).items():
            found[contest][slot] = content
    return found


def test_what_is_written_is_read() -> None:
    for numbers, marks in (((), "-----"), ((1,), "V----"), ((0, 1, 2, 3, 4), "VVVVV"), ((2,), "CC-VC")):
        data = copy_of(ballots_of(*numbers), marks)
        assert len(data) == LAYOUT.size
        assert read_copy(LAYOUT, KEY, data) == Copied(ballots_of(*numbers), state(marks))


def test_votes_one_by_one_give_what_is_written_at_once() -> None:
    data, marks = copy_of(EMPTY, "-----"), list("-----")
    for number in (3, 0, 4):
        marks[number] = "V"
        for step in LAYOUT.vote(KEY, voted(number), state("".join(marks))):
            data = overwritten(data, step)
    assert read_copy(LAYOUT, KEY, data) == Copied(ballots_of(3, 0, 4), state("V--VV"))


SECTOR = 512


def _cuts(changes: tuple[Change, ...]) -> list[tuple[Change, ...]]:
    """What of a step can be on the stick when the power goes: any sectors of it; some of them tried."""
    pieces = [
        (at + start, content[start : start + SECTOR])
        for at, content in changes
        for start in range(0, len(content), SECTOR)
    ]
    firsts = [tuple(pieces[:count]) for count in range(0, len(pieces) + 1, max(1, len(pieces) // 7))]
    return [*firsts, tuple(pieces), tuple(pieces[1:]), tuple(pieces[::2]), tuple(pieces[1::2])]


def test_a_vote_that_is_cut_anywhere_is_whole_or_absent() -> None:
    before = copy_of(ballots_of(1), "V----")
    old, new = Copied(ballots_of(1), state("V----")), Copied(ballots_of(1, 3), state("V--V-"))
    steps = LAYOUT.vote(KEY, voted(3), state("V--V-"))
    outcomes = []
    for number, step in enumerate(steps):
        done = before
        for earlier in steps[:number]:
            done = overwritten(done, earlier)
        for cut in _cuts(step):
            read = read_copy(LAYOUT, KEY, overwritten(done, cut))
            assert read in (old, new)
            outcomes.append((number, read == new))
    assert not any(is_new for number, is_new in outcomes if number < 2)
    assert all(is_new for number, is_new in outcomes if number > 2)
    assert {is_new for number, is_new in outcomes if number == 2} == {False, True}


def test_a_cut_in_the_first_vote_of_the_day() -> None:
    before = copy_of(EMPTY, "-----")
    steps = LAYOUT.vote(KEY, voted(0), state("V----"))
    done = overwritten(before, steps[0])
    (at, content), *others = steps[1]
    torn = overwritten(done, [(at, content[: len(content) // 2]), *others])
    assert read_copy(LAYOUT, KEY, torn) == Copied(EMPTY, state())


@pytest.mark.parametrize("where", ["slot", "both states", "short", "long", "empty", "key", "machine", "mode"])
def test_a_copy_that_is_damaged_or_another_s_is_refused(where: str) -> None:
    data, layout, key = copy_of(ballots_of(1, 2), "VV---"), LAYOUT, KEY
    slot = LAYOUT.vote(KEY, voted(1), state())[1][0][0]
    first, second = (step[0][0] for step in LAYOUT.state(KEY, state()))
    if where == "slot":
        data = overwritten(data, [(slot + 40, bytes([data[slot + 40] ^ 1]))])
    elif where == "both states":
        data = overwritten(data, [(at + 40, bytes([data[at + 40] ^ 1])) for at in (first, second)])
    elif where == "key":
        key = bytes(32)
    elif where == "machine":
        layout = replace(LAYOUT, about=replace(ABOUT, machine=2))
    elif where == "mode":
        layout = replace(LAYOUT, about=replace(ABOUT, mode=Mode.REHEARSAL))
    else:
        data = {"short": data[:-1], "long": data + b"\0", "empty": b""}[where]
    with pytest.raises(Refused) as caught:
        read_copy(layout, key, data)
    assert caught.value.code == "S-132"


def test_slots_cannot_be_moved_or_copied() -> None:
    """Each is sealed for its place: a ballot does not become two, nor does it change its slot."""
    data = copy_of(ballots_of(1), "V----")
    (first, sealed), (second, _) = LAYOUT.vote(KEY, voted(1), state())[1]
    other = LAYOUT.vote(KEY, voted(2), state())[1][0][0]
    size = len(sealed)
    for target in (other, first - size):
        with pytest.raises(Refused):
            read_copy(LAYOUT, KEY, overwritten(data, [(target, data[first : first + size])]))
    assert second > first


def test_marks_without_ballots_and_ballots_without_marks_are_refused() -> None:
    for numbers, marks in (((1,), "VV---"), ((1, 2), "V----"), ((), "V----")):
        with pytest.raises(Refused) as caught:
            read_copy(LAYOUT, KEY, copy_of(ballots_of(*numbers), marks))
        assert caught.value.code == "S-132"


def test_nothing_is_in_clear_and_nothing_says_what_is_used() -> None:
    full, empty = copy_of(ballots_of(0, 1, 2, 3, 4), "VVVVV"), copy_of(EMPTY, "-----")
    assert len(full) == len(empty)
    for contest, found in ballots_of(0, 1, 2, 3, 4).items():
        for content in found.values():
            assert content[:16] not in full, contest
    assert b"VVVVV" not in full
    zeros = [[at for at in range(len(data)) if not data[at]] for data in (full, empty)]
    long_runs = [
        {at for at in places if data[at : at + 24] == bytes(24)}
        for data, places in zip((full, empty), zeros, strict=True)
    ]
    assert long_runs[0] == long_runs[1] or len(long_runs[0] ^ long_runs[1]) <= 8


def test_sealing_twice_gives_other_bytes() -> None:
    assert copy_of(ballots_of(1), "V----") != copy_of(ballots_of(1), "V----")


def test_the_state_is_of_one_size_whatever_is_in_it() -> None:
    incidents = [Incident(1_800_000_000, "x" * 380)] * 50
    few, many = (LAYOUT.state(KEY, state("V----", rows)) for rows in ((), incidents))
    assert [len(step[0][1]) for step in few] == [len(step[0][1]) for step in many]
    with pytest.raises(Refused):
        LAYOUT.state(KEY, state("V----", incidents * 3))


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(5)), st.integers(0, 5))
def test_the_order_of_votes_leaves_no_trace_but_in_what_is_sealed(order: list[int], count: int) -> None:
    """After any order of the same votes the copy reads the same, and every record is as long as before."""
    marks, data = ["-"] * 5, copy_of(EMPTY, "-----")
    for number in order[:count]:
        marks[number] = "V"
        for step in LAYOUT.vote(KEY, voted(number), state("".join(marks))):
            data = overwritten(data, step)
    assert read_copy(LAYOUT, KEY, data) == Copied(ballots_of(*sorted(order[:count])), state("".join(marks)))


# The writer


def standing(writer: StickWriter) -> Stick:
    return writer.state.stick


def test_a_writer_says_how_the_copy_stands(tmp_path: Path) -> None:
    writer = StickWriter(tmp_path / "copy", lambda: 77, patience=5)
    assert standing(writer) is Stick.BEHIND
    writer.renew([copy_of(EMPTY, "-----")], {"about.cbor": b"about"})
    assert standing(writer) is Stick.UP_TO_DATE
    writer.change(LAYOUT.vote(KEY, voted(3), state("---V-")))
    assert standing(writer) is Stick.UP_TO_DATE
    data = (tmp_path / "copy" / COPY).read_bytes()
    assert read_copy(LAYOUT, KEY, data) == Copied(ballots_of(3), state("---V-"))
    writer.stop()


def test_a_stick_that_is_pulled_out_holds_nobody_up(tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    writer = StickWriter(folder, lambda: 77, patience=5)
    writer.renew([copy_of(EMPTY, "-----")], {})
    folder.rename(tmp_path / "pulled")
    start = time.monotonic()
    writer.change(LAYOUT.vote(KEY, voted(3), state("---V-")))
    assert time.monotonic() - start < 1
    assert (writer.state.stick, writer.state.since) == (Stick.BEHIND, 77)
    assert writer.broken
    (tmp_path / "pulled").rename(folder)
    writer.change(LAYOUT.vote(KEY, voted(4), state("----V")))
    assert writer.broken  # nothing is added to a copy that has a hole
    writer.renew([copy_of(ballots_of(3, 4), "---VV")], {})
    assert standing(writer) is Stick.UP_TO_DATE
    assert read_copy(LAYOUT, KEY, (folder / COPY).read_bytes()).state.marks == "---VV"
    writer.stop()


def test_a_copy_that_is_replaced_is_overwritten_once_the_new_one_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside the new one it would tell what came between the two."""
    folder, left = tmp_path / "copy", tmp_path / "what is left on the disk"
    writer = StickWriter(folder, lambda: 77, patience=60)
    writer.renew([copy_of(ballots_of(3), "---V-")], {})
    left.hardlink_to(folder / COPY)
    before = left.read_bytes()

    def full(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr("station.sticks.stickwriter.copy_to_stick", full)
        writer.renew([copy_of(ballots_of(3, 4), "---VV")], {})
    assert (writer.broken, left.read_bytes(), (folder / COPY).read_bytes()) == (True, before, before)
    writer.renew([copy_of(ballots_of(3, 4), "---VV")], {})
    assert left.read_bytes() == bytes(len(before))
    assert read_copy(LAYOUT, KEY, (folder / COPY).read_bytes()).state.marks == "---VV"
    writer.stop()


def test_a_slow_stick_is_waited_for_no_longer_than_allowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "copy"
    writer = StickWriter(folder, lambda: 77, patience=0.2)
    writer.renew([copy_of(EMPTY, "-----")], {})
    real = StickWriter.__init__.__globals__["_overwrite"]

    def slow(path: Path, steps: Iterable[Iterable[Change]]) -> None:
        time.sleep(0.6)
        real(path, steps)

    monkeypatch.setattr("station.sticks.stickwriter._overwrite", slow)
    start = time.monotonic()
    writer.change(LAYOUT.vote(KEY, voted(3), state("---V-")))
    assert 0.15 < time.monotonic() - start < 0.5
    assert standing(writer) is Stick.BEHIND
    for _ in range(100):
        if standing(writer) is Stick.UP_TO_DATE:
            break
        time.sleep(0.02)
    assert read_copy(LAYOUT, KEY, (folder / COPY).read_bytes()).state.marks == "---V-"
    writer.stop()

"""Typed lines, of whatever bytes a keyboard, a scanner or a cat sends."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station.faces.lineentry import LineEntry, Stroke, Strokes

SEQUENCES = [
    b"\x1b[A", b"\x1bOP", b"\x1b[[A", b"\x1b[15;2~", b"\x1b[200~", b"\x1b", b"\x1b\x1b[B", b"\x9b", b"\xc2\x9b",
    b"\x1b[?6c", b"\x1b[0n", b"\x1b[?2026;2$y", b"\x1b]11;rgb:0000/0000/0000\x07", b"\x1bP>|tmux 3.3a\x1b\\",
]  # fmt: skip


def letters(*pieces: bytes) -> str:
    strokes = Strokes()
    return "".join(key for piece in pieces for key in strokes.read(piece, 0.0) if isinstance(key, str))


@pytest.mark.parametrize("sequence", SEQUENCES)
def test_sequences_are_left_out_however_they_come(sequence: bytes) -> None:
    assert letters(b"x" + sequence) == "x"
    if sequence not in {b"\x1b", b"\x9b"}:
        assert letters(b"x" + sequence + b"y") == "xy"
    assert letters(*(bytes([byte]) for byte in b"x" + sequence)) == "x"


def test_a_digit_right_after_esc_is_typed() -> None:
    assert letters(b"\x1b5") == letters(b"\x1b", b"5") == "5"


def test_enter_ends_a_sequence_that_never_ends() -> None:
    assert list(Strokes().read(b"\x1b[1111\r2", 0.0)) == [Stroke.ENTER, "2"]


def test_one_line_feed_after_a_return_is_the_same_key() -> None:
    assert list(Strokes().read(b"\r\n\n", 0.0)) == [Stroke.ENTER, Stroke.ENTER]


def test_letters_of_several_bytes_may_come_in_pieces() -> None:
    assert letters(b"\xc3", b"\xa9") == "é"
    assert letters(b"\xc3", b"x") == "x"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.binary(max_size=40), max_size=6))
def test_no_bytes_steer_the_terminal(pieces: list[bytes]) -> None:
    strokes, entry = Strokes(), LineEntry(20)
    for now, piece in enumerate(pieces):
        shown = entry.take(list(strokes.read(piece, now)), now)
        assert all(character.isprintable() for character in shown.replace("\b \b", ""))
    assert entry.text.isprintable()
    assert len(entry.text) <= 20


def test_a_line_is_mended_with_two_keys() -> None:
    entry = LineEntry(4)
    assert entry.take(["a", "b", "c", "d", "e"], 0) == "abcd"
    assert entry.take([Stroke.ERASE], 1) == "\b \b"
    assert entry.text == "abc"
    assert entry.take([Stroke.WIPE], 2) == "\b \b" * 3
    assert entry.take([Stroke.ERASE], 3) == ""
    assert entry.take(["x", Stroke.ENTER, "y"], 4) == "x"
    assert (entry.text, entry.done) == ("x", True)


def test_nothing_of_a_hidden_line_is_shown() -> None:
    entry = LineEntry(6, hidden=True)
    assert entry.take([*"4711", Stroke.ERASE, Stroke.WIPE, *"0815"], 0) == ""
    assert entry.text == "0815"


@pytest.mark.parametrize("gap", [0.0, 0.002, 0.011])
def test_a_scanner_is_dropped_to_its_end_where_it_may_not_type(gap: float) -> None:
    entry, open_entry = LineEntry(60, guarded=True), LineEntry(60)
    for place, letter in enumerate([*"1234123412341234", Stroke.ENTER]):
        entry.take([letter], 10 + place * gap)
        open_entry.take([letter], 10 + place * gap)
    assert (entry.text, entry.done) == ("", False)
    assert (open_entry.text, open_entry.done) == ("1234123412341234", True)
    entry.take(["7"], 11)
    assert entry.text == "7"


def test_a_person_types_as_fast_as_they_can() -> None:
    entry = LineEntry(60, guarded=True)
    for place, letter in enumerate([*"47114711", Stroke.ENTER]):
        entry.take([letter], place * 0.03)
    assert (entry.text, entry.done) == ("47114711", True)
    entry = LineEntry(60, guarded=True)
    entry.take([*"471100", Stroke.ENTER], 1)
    assert (entry.text, entry.done) == ("471100", True)

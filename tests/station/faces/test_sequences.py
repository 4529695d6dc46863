"""What a terminal answers is no key, however late and in however many pieces it comes; keys are keys all the same."""

from __future__ import annotations

import os
import threading
import time
import tty
from collections.abc import Iterable

import pytest
from textual import events
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from station.faces.keyparser import KeyParser
from station.faces.sequences import ESC, Sequences
from station.faces.stdout import StdoutDriver

ANSWERS = {
    "status": "\x1b[0n",
    "attributes": "\x1b[?1;2c",
    "attributes of a console": "\x1b[?6c",
    "second attributes": "\x1b[>0;276;0c",
    "third attributes": "\x1bP!|00000000\x1b\\",
    "keyboard protocol": "\x1b[?0u",
    "key modifiers": "\x1b[>4;0m",
    "synchronized output": "\x1b[?2026;2$y",
    "window resize": "\x1b[?2048;0$y",
    "cursor": "\x1b[12;40R",
    "size": "\x1b[8;24;80t",
    "background": "\x1b]11;rgb:0000/0000/0000\x07",
    "background, ended otherwise": "\x1b]11;rgb:0000/0000/0000\x1b\\",
    "name": "\x1bP>|tmux 3.3a\x1b\\",
    "setting": "\x1bP1$r0m\x1b\\",
    "graphics": "\x1b_Gi=31;OK\x1b\\",
    "key that nobody knows": "\x1b[99~",
}


class Reader:
    """A parser, and the time."""

    def __init__(self) -> None:
        self._now = 100.0
        self._parser = KeyParser(lambda: self._now)

    def keys(self, *pieces: str, pause: float = 0.0) -> list[str]:
        """Names of the keys in pieces that come one after the other, with a pause after each."""
        found: list[Message] = []
        for piece in pieces:
            found += self._parser.feed(piece)
            self._now += pause
            found += self._parser.tick()
        return names(found)


def names(messages: Iterable[Message]) -> list[str]:
    return [message.key for message in messages if isinstance(message, events.Key)]


@pytest.mark.parametrize("pause", [0.0, 0.05, 0.3])
@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_of_the_terminal_types_nothing(name: str, pause: float) -> None:
    answer = ANSWERS[name]
    assert Reader().keys(answer, "7", pause=pause) == ["7"]
    for place in range(1, len(answer)):
        keys = Reader().keys(answer[:place], answer[place:], "7", pause=pause)
        late = pause > 0.1 and place == 1
        if late and answer[1] not in "[]":
            continue  # a letter after Esc may be a letter: no terminal of ours is asked its name
        assert [key for key in keys if key != "escape"] == ["7"], (place, keys)
        assert ("escape" in keys) is late


def test_keys_are_keys_whole_and_in_pieces() -> None:
    for sequence, name in (
        ("\x1b[A", "up"),
        ("\x1b[[A", "f1"),
        ("\x1bOP", "f1"),
        ("\x1b[24~", "f12"),
        ("\x1b[6~", "pagedown"),
        ("\x1b[Z", "shift+tab"),
        ("\x1b[49;1u", "1"),
        ("\x1b[1;129B", "down"),
        ("\r", "enter"),
        ("\x7f", "backspace"),
        ("é", "é"),
    ):
        assert Reader().keys(sequence) in ([name], ["e_acute"], ["latin_small_letter_e_with_acute"])
        assert Reader().keys(*sequence, pause=0.05) == Reader().keys(sequence)


def test_esc_is_a_key_once_nothing_follows() -> None:
    assert Reader().keys(ESC) == []
    assert Reader().keys(ESC, pause=0.11) == ["escape"]
    assert Reader().keys(ESC, ESC, pause=0.2) == ["escape", "escape"]
    assert Reader().keys(ESC, "5", pause=0.2) == ["escape", "5"]
    assert Reader().keys(ESC, "[", pause=0.2) == ["escape"]
    assert Reader().keys(ESC, "x", "[", pause=0.2) == ["escape", "x", "left_square_bracket"]


def test_a_sequence_that_never_ends_is_given_up() -> None:
    assert Reader().keys("\x1b[1", "7", pause=1.1) == ["7"]
    assert Reader().keys("\x1b[1", "\r", "7") == ["enter", "7"]
    assert Reader().keys("\x1b]" + "1" * 100_000, "\r", "7") == ["enter", "7"]


def test_a_paste_is_one_whole() -> None:
    parser = KeyParser(lambda: 0.0)
    found = [*parser.feed("\x1b[200~" + "1\r" * 9_000), *parser.feed("\x1b[201~7")]
    assert [type(message) for message in found] == [events.Paste, events.Key]


def test_a_flood_that_is_no_paste_is_cut_short() -> None:
    reader = Reader()
    assert len(reader.keys("1\r" * 500_000)) == 2_000
    assert reader.keys("7") == []
    assert reader.keys("7", pause=1.0) == []
    assert reader.keys("7") == ["7"]
    code = "9" * 1_500 + "\r"
    assert len(Reader().keys(*code)) == len(code), "the longest code is typed to its end"
    parser = KeyParser(lambda: 0.0)
    pasted = [*parser.feed("\x1b[200~" + "1" * 50_000 + "\x1b[201~"), *parser.feed("7")]
    assert names(pasted) == ["7"]


def test_nothing_is_lost_of_what_is_no_sequence() -> None:
    sequences = Sequences()
    assert "".join(sequences.take("abc é\r[0n]", 0.0)) == "abc é\r[0n]"


def test_the_driver_lives_through_bytes_that_are_no_text() -> None:
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    read: list[Message] = []

    class Driver(StdoutDriver):
        def __init__(self) -> None:
            self.fileno, self.exit_event = theirs, threading.Event()

        def process_message(self, message: Message) -> None:
            read.append(message)

    assert issubclass(Driver, LinuxDriver)
    driver = Driver()
    reading = threading.Thread(target=driver.run_input_thread)
    reading.start()
    os.write(ours, b"\xff\xfe1\xc3\x28\x1b[0n\x1b[?20")
    time.sleep(0.3)
    os.write(ours, b"26;2$y2")
    until = time.monotonic() + 20
    while len(read) < 4 and time.monotonic() < until:
        time.sleep(0.01)
    driver.exit_event.set()
    reading.join()
    os.close(ours)
    os.close(theirs)
    assert [message.character for message in read if isinstance(message, events.Key)] == ["1", "(", "2"]

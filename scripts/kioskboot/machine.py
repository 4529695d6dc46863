"""The emulated machine: keyboard, mouse, sticks, printer, braille line, screen in points and in letters, power.

And a shell beside the kiosk.
"""

from __future__ import annotations

import base64
import json
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from PIL import Image

from kioskboot.disk import KERNEL_FILES, PASSPHRASE

__all__ = ["START", "Machine"]

START = "[ "
"""The first button of a page."""

_PATIENCE = 400.0
"""Seconds; an emulated machine is slow."""
_MOMENT = 0.6
"""Seconds."""
_LINE, _PROMPT = 16, 100
"""Points: a line of the firmware's letters, and the least width of words that ask for a passphrase."""
_LUKS = "cryptopts=source=/dev/vda,target=system root=/dev/mapper/system"
_NAMES = {" ": "spc", "-": "minus", "\n": "ret"}


class Machine:
    """A laptop with a screen of 1366 by 768 points, no network, a disk, and places for sticks.

    Attributes:
        paper: What came out of its printer.
    """

    def __init__(self, folder: Path, disk: Path, clock: str, *, encrypted: bool = False) -> None:
        """Take a folder with a kernel in it, a disk, and an hour (UTC) of the day of the vote."""
        self._folder = folder
        self._encrypted = encrypted
        self.paper = folder / "paper"
        self._clock = f"2026-10-04T{clock}:00"
        self._disk = disk

    def __enter__(self) -> Self:
        kernel, initrd = (self._folder / name for name in KERNEL_FILES)
        monitor, probe, braille = (self._folder / name for name in ("monitor", "probe", "braille"))
        for path in (monitor, probe, braille):
            path.unlink(missing_ok=True)
        root = _LUKS if self._encrypted else "root=/dev/vda"
        devices = [
            *("-device", "virtio-vga,edid=on,xres=1366,yres=768"),
            *("-drive", f"file={self._disk},format=raw,if=virtio,cache=writethrough"),
            *("-device", "virtio-serial", "-chardev", f"socket,id=sh,path={probe},server=on,wait=off"),
            *("-device", "virtserialport,chardev=sh,name=probe"),
            *("-serial", f"file:{self._folder / 'serial'}"),
            *("-serial", f"unix:{braille},server=on,wait=off"),
            *("-parallel", f"file:{self.paper}", "-device", "qemu-xhci,id=usb"),
        ]
        command = [
            *("nice", "qemu-system-x86_64", "-accel", "tcg", "-cpu", "max", "-M", "q35", "-smp", "1"),
            *("-rtc", f"base={self._clock}", "-m", "1024"),
            *("-display", "none", "-vga", "none", "-nic", "none"),
            *devices,
            *("-kernel", str(kernel), "-initrd", str(initrd), "-append", f"{root} rw quiet mitigations=off"),
            *("-qmp", f"unix:{monitor},server=on,wait=off"),
        ]
        self._process = subprocess.Popen(command)
        self._monitor = _connect(monitor).makefile("rw")
        self._monitor.readline()
        self._ask("qmp_capabilities")
        self._shell = _connect(probe)
        self._braille = _connect(braille)
        if self._encrypted:
            self._unlock()
        self._wait_for_shell()
        return self

    def __exit__(self, *_: object) -> None:
        self.cut_power()

    def cut_power(self) -> None:
        """Nothing is written any more."""
        self._process.kill()
        self._process.wait()

    def _ask(self, command: str, **arguments: Any) -> Any:
        self._monitor.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        self._monitor.flush()
        while True:
            answer = json.loads(self._monitor.readline())
            if "event" not in answer:
                return answer.get("return")

    def plug(self, stick: Path) -> None:
        """Put a stick in, an image of one."""
        file = {"driver": "file", "filename": str(stick)}
        self._ask("blockdev-add", **{"driver": "raw", "node-name": stick.stem, "file": file})
        self._ask("device_add", driver="usb-storage", id=stick.stem, drive=stick.stem, bus="usb.0")

    def pull(self, stick: Path) -> None:
        """Pull it out, whatever is going on."""
        self._ask("device_del", id=stick.stem)
        until = time.monotonic() + 20
        while self._ask("blockdev-del", **{"node-name": stick.stem}) is None and time.monotonic() < until:
            time.sleep(0.05)

    def reset(self) -> None:
        """As the button on the case."""
        self._ask("system_reset")
        self._wait_for_shell()

    def press(self, *chords: str, pause: float = 0.15) -> None:
        """Press keys one after the other, such as "ctrl-alt-f2", at the pace of a person."""
        for chord in chords:
            self._type_into_monitor(f"sendkey {chord} 60")
            time.sleep(pause)

    def move_mouse(self) -> None:
        """Here and there, with each button and the wheel."""
        for line in ("mouse_move 40 30", "mouse_button 1", "mouse_move 200 10", "mouse_button 0"):
            self._type_into_monitor(line)
        for button in (2, 0, 4, 0):
            self._type_into_monitor(f"mouse_button {button}")
        self._type_into_monitor("mouse_move 0 0 1")

    def _type_into_monitor(self, line: str) -> None:
        """Of QEMU's own words.

        Raises:
            ValueError: It does not know them.
        """
        answer = self._ask("human-monitor-command", **{"command-line": line})
        if answer:
            raise ValueError(f"{line}: {answer}")

    def braille(self, seconds: float) -> str:
        """What the braille line is sent meanwhile."""
        until, felt = time.monotonic() + seconds, b""
        self._braille.settimeout(0.5)
        while time.monotonic() < until:
            with suppress(TimeoutError):
                felt += self._braille.recv(1 << 16)
        return felt.decode("utf-8", "replace")

    def type(self, text: str) -> None:
        """Type letters and digits; a person takes a moment before Enter, which otherwise counts for nothing."""
        for letter in text:
            if letter == "\n":
                time.sleep(_MOMENT)
            self.press(_NAMES.get(letter, letter.lower()))

    def _unlock(self) -> None:
        """Type the passphrase where it is asked for: below the two lines of the firmware, on a screen that rests.

        The cursor after the words blinks, so only their beginning is compared.
        """
        until, before = time.monotonic() + _PATIENCE, b""
        while time.monotonic() < until:
            now = self.picture("passphrase")
            words = now.crop((0, 2 * _LINE, now.width, now.height)).getbbox()
            beginning = now.crop((0, 0, _PROMPT, now.height)).tobytes()
            if words is not None and words[2] > _PROMPT and beginning == before:
                break
            before = beginning
            time.sleep(2)
        self.type(f"{PASSPHRASE}\n")

    def picture(self, name: str) -> Image.Image:
        """The screen in points."""
        path = self._folder / f"{name}.png"
        self._ask("screendump", filename=str(path), format="png")
        return Image.open(path).convert("RGB")

    def run(self, line: str) -> str:
        """What a shell of root answers, beside the kiosk."""
        self._shell.settimeout(_PATIENCE)
        self._shell.sendall(f"{line}\necho; echo __END__\n".encode())
        answer = b""
        while not answer.endswith(b"\n__END__\n"):
            answer += self._shell.recv(1 << 16)
        return answer.decode("utf-8", "replace").removesuffix("\n__END__\n").strip("\n")

    def _wait_for_shell(self) -> None:
        """Until it answers: what comes before somebody listens is lost."""
        self._shell.settimeout(5)
        answer = b""
        for number in range(int(_PATIENCE / 5)):
            self._shell.sendall(f"echo; echo up-{number}.\n".encode())
            try:
                while f"up-{number}.\n".encode() not in answer:
                    answer += self._shell.recv(1 << 16)
            except TimeoutError:
                continue
            return
        raise TimeoutError("the machine does not answer")

    def cells(self) -> tuple[int, int]:
        """Columns and rows of the first console."""
        rows, columns = map(int, self.run("stty -F /dev/tty1 size").split())
        return columns, rows

    def rows(self) -> list[str]:
        """The screen in letters, as the kernel holds it."""
        size, screen = self.run("stty -F /dev/tty1 size; base64 -w0 /dev/vcsu1").split("\n", 1)
        columns = int(size.split()[1])
        text = base64.b64decode(screen).decode("utf-32-le")
        return [text[at : at + columns].rstrip() for at in range(0, len(text), columns)]

    def expect(self, words: str) -> list[str]:
        """Wait for words on the screen, and until it rests; gives its rows.

        Raises:
            TimeoutError: They do not come.
        """
        until, last = time.monotonic() + _PATIENCE, [""]
        while time.monotonic() < until:
            now = self.rows()
            if now == last and any(words in _spaced(row) for row in now):
                return now
            last = now
            time.sleep(0.8)  # also as long as a new page lets no key in
        raise TimeoutError(f"no {words!r} in\n" + "\n".join(last))

    def choose(self, words: str, *, wait: bool = True) -> None:
        """Go down to a line, and press Enter there.

        Args:
            words: On the line.
            wait: Until the page changes.

        Raises:
            TimeoutError: No such line is found.
        """
        rows = self.expect(words)
        for _ in range(30):
            if words in _focus(rows):
                self.press("ret", pause=0)
                if wait:
                    self._wait_for_another(rows)
                return
            rows = self._press_down(_focus(rows))
        raise TimeoutError(f"the focus never comes to {words!r} in\n" + "\n".join(self.rows()))

    def _wait_for_another(self, page: list[str]) -> None:
        self._wait(lambda now: now != page, 15)

    def _press_down(self, focus: str) -> list[str]:
        """A second press before the first one is seen would go one too far."""
        self.press("down", pause=0)
        return self._wait(lambda now: _focus(now) not in {focus, ""}, 10)

    def _wait(self, seen: Callable[[list[str]], bool], seconds: float) -> list[str]:
        """Wait for something on the screen, not for ever; gives its rows."""
        until = time.monotonic() + seconds
        while not seen(rows := self.rows()) and time.monotonic() < until:
            time.sleep(0.1)
        return rows


def _focus(rows: list[str]) -> str:
    """The line that the next Enter is for."""
    return next((_spaced(row) for row in rows if row.lstrip().startswith("> ")), "")


def _spaced(row: str) -> str:
    return row.replace("\xa0", " ")


def _connect(path: Path) -> socket.socket:
    until = time.monotonic() + 20
    while True:
        made = socket.socket(socket.AF_UNIX)
        try:
            made.connect(str(path))
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return made

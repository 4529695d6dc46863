"""The emulated machine: its keyboard, its screen in points and in letters, its power, and a shell beside the kiosk."""

from __future__ import annotations

import base64
import json
import socket
import subprocess
import time
from pathlib import Path
from typing import Any, Self

from PIL import Image

from kioskboot.disk import KERNEL_FILES

__all__ = ["Machine"]

_PATIENCE = 400.0
"""Seconds; an emulated machine is slow."""
_NAMES = {" ": "spc", "-": "minus", "\n": "ret"}


class Machine:
    """A laptop with a screen of 1366 by 768 points, no network, and a disk."""

    def __init__(self, folder: Path, disk: Path, clock: str) -> None:
        """Take a folder with a kernel in it, a disk, and an hour (UTC) of the day of the vote."""
        self._folder = folder
        self._clock = f"2026-10-04T{clock}:00"
        self._disk = disk

    def __enter__(self) -> Self:
        kernel, initrd = (self._folder / name for name in KERNEL_FILES)
        monitor, probe = (self._folder / name for name in ("monitor", "probe"))
        for path in (monitor, probe):
            path.unlink(missing_ok=True)
        devices = [
            *("-device", "virtio-vga,edid=on,xres=1366,yres=768"),
            *("-drive", f"file={self._disk},format=raw,if=virtio,cache=writethrough"),
            *("-device", "virtio-serial", "-chardev", f"socket,id=sh,path={probe},server=on,wait=off"),
            *("-device", "virtserialport,chardev=sh,name=probe"),
            *("-serial", f"file:{self._folder / 'serial'}"),
        ]
        command = [
            *("nice", "qemu-system-x86_64", "-accel", "tcg", "-cpu", "max", "-M", "q35", "-smp", "1"),
            *("-rtc", f"base={self._clock}", "-m", "1024"),
            *("-display", "none", "-vga", "none", "-nic", "none"),
            *devices,
            *("-kernel", str(kernel), "-initrd", str(initrd), "-append", "root=/dev/vda rw quiet"),
            *("-qmp", f"unix:{monitor},server=on,wait=off"),
        ]
        self._process = subprocess.Popen(command)
        self._monitor = _connect(monitor).makefile("rw")
        self._monitor.readline()
        self._ask("qmp_capabilities")
        self._shell = _connect(probe)
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

    def reset(self) -> None:
        """As the button on the case."""
        self._ask("system_reset")
        self._wait_for_shell()

    def press(self, *chords: str) -> None:
        """Press keys one after the other, such as "ctrl-alt-f2", at the pace of a person."""
        for chord in chords:
            self._ask("human-monitor-command", **{"command-line": f"sendkey {chord} 60"})
            time.sleep(0.2)

    def type(self, text: str) -> None:
        """Type letters and digits."""
        self.press(*(_NAMES.get(letter, letter.lower()) for letter in text))

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
        columns, _ = self.cells()
        text = base64.b64decode(self.run("base64 -w0 /dev/vcsu1")).decode("utf-32-le")
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

    def becomes_empty(self) -> bool:
        """Whether nothing is written there, soon: a killed program needs a moment to be swept up."""
        return any(not "".join(self.rows()) for _ in range(20))

    def choose(self, words: str) -> None:
        """Go down to a line, and press Enter there.

        Raises:
            TimeoutError: No such line is found.
        """
        self.expect(words)
        for _ in range(30):
            if any(row.lstrip().startswith("> ") and words in _spaced(row) for row in self.rows()):
                self.press("ret")
                time.sleep(1)
                return
            self.press("down")
            time.sleep(0.5)
        raise TimeoutError(f"the focus never comes to {words!r} in\n" + "\n".join(self.rows()))


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

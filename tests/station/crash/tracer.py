"""Watches a program from outside and notes every call by which it changes the files of one folder.

Uses Linux's ptrace through ctypes: no compiler, no preloaded library, and the program runs as it is. What is noted is
what the kernel was asked: the bytes, where they go, and when they were synced. Works on x86-64 and arm64, Linux 5.3 or
later, in one thread. Anything that does not work raises, so that a test never passes because nothing was seen.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import struct
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Ack", "Call", "Sync", "Write", "trace"]

_TRACEME, _SYSCALL, _SETOPTIONS, _GET_SYSCALL_INFO = 0, 24, 0x4200, 0x420E
_SYSGOOD, _EXITKILL = 1, 0x100000
_ENTRY, _EXIT = 1, 2
_STDOUT = 1

_NUMBERS = {
    "x86_64": {
        "write": 1, "pwrite64": 18, "fsync": 74, "fdatasync": 75, "ftruncate": 77,
        "writev": 20, "pwritev": 296, "pwritev2": 328, "fallocate": 285, "truncate": 76, "sendfile": 40,
        "rename": 82, "renameat": 264, "renameat2": 316, "link": 86, "linkat": 265,
        "unlink": 87, "unlinkat": 263, "copy_file_range": 326,
    },
    "aarch64": {
        "write": 64, "pwrite64": 68, "fsync": 82, "fdatasync": 83, "ftruncate": 46,
        "writev": 66, "pwritev": 70, "pwritev2": 287, "fallocate": 47, "truncate": 45, "sendfile": 71,
        "renameat": 38, "renameat2": 276, "linkat": 37, "unlinkat": 35, "copy_file_range": 285,
    },
}  # fmt: skip
_BY_DESCRIPTOR = frozenset({"ftruncate", "writev", "pwritev", "pwritev2", "fallocate"})
_BY_NAME = frozenset({"rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat", "truncate"})


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes went to a place in a file, so far only in the system's memory."""

    file: str
    at: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Sync:
    """Everything written to a file before is on the disk."""

    file: str


@dataclass(frozen=True, slots=True)
class Ack:
    """The program told the world something (it wrote a line to its standard output)."""

    text: str


Call = Write | Sync | Ack


class TraceFailed(Exception):
    """The program could not be watched, failed, or changed its files in a way that is not understood here."""


def trace(command: Sequence[str], folder: Path) -> list[Call]:
    """Run a program to its end and note how it changes the files of a folder.

    Raises:
        TraceFailed: It could not be watched, ended with an error, or made, renamed, cut or removed a file.
    """
    numbers = _NUMBERS.get(platform.machine())
    if numbers is None:
        raise TraceFailed(f"no table of system calls for {platform.machine()}")
    names = {number: name for name, number in numbers.items()}
    before = sorted(path.name for path in folder.iterdir())
    program = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        preexec_fn=_ask_to_be_traced,  # noqa: PLW1509
    )
    try:
        calls = _Watcher(program.pid, folder.resolve(), names).run()
    finally:
        program.kill()
        program.wait()
    if sorted(path.name for path in folder.iterdir()) != before:
        raise TraceFailed("the program made or removed a file")
    return calls


def _ask_to_be_traced() -> None:
    _ptrace(_TRACEME, 0, 0, 0)


_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.restype = ctypes.c_long
_libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]


def _ptrace(request: int, pid: int, address: int, data: int) -> int:
    result = int(_libc.ptrace(request, pid, address, data))
    if result < 0:
        raise TraceFailed(f"ptrace {request:#x}: {os.strerror(ctypes.get_errno())}")
    return result


class _Watcher:
    def __init__(self, pid: int, folder: Path, names: dict[int, str]) -> None:
        self._pid = pid
        self._folder = folder
        self._names = names
        self._calls: list[Call] = []
        self._entered: tuple[str, tuple[int, ...]] | None = None

    def run(self) -> list[Call]:
        self._wait()  # it stops by itself once it has become the new program
        _ptrace(_SETOPTIONS, self._pid, 0, _SYSGOOD | _EXITKILL)
        to_deliver = 0
        while True:
            _ptrace(_SYSCALL, self._pid, 0, to_deliver)
            status = self._wait()
            if os.WIFEXITED(status):
                if os.WEXITSTATUS(status):
                    raise TraceFailed(f"the program ended with status {os.WEXITSTATUS(status)}")
                return self._calls
            if os.WIFSIGNALED(status):
                raise TraceFailed(f"the program was ended by signal {os.WTERMSIG(status)}")
            stop = os.WSTOPSIG(status)
            to_deliver = 0 if stop == signal.SIGTRAP | 0x80 else stop
            if not to_deliver:
                self._look()

    def _wait(self) -> int:
        return os.waitpid(self._pid, 0)[1]

    def _look(self) -> None:
        """Read what the call is when it begins, and note it when it has succeeded."""
        info = ctypes.create_string_buffer(88)
        _ptrace(_GET_SYSCALL_INFO, self._pid, len(info), ctypes.addressof(info))
        kind = info.raw[0]
        if kind == _ENTRY:
            number, *arguments = struct.unpack_from("=7Q", info.raw, 24)
            name = self._names.get(number)
            self._entered = None if name is None else (name, tuple(arguments))
        elif kind == _EXIT and self._entered is not None:
            (result,) = struct.unpack_from("=q", info.raw, 24)
            entered, self._entered = self._entered, None
            self._note(*entered, result)

    def _note(self, name: str, arguments: tuple[int, ...], result: int) -> None:
        if name in _BY_NAME:
            raise TraceFailed(f"the program called {name}")
        if name == "write" and arguments[0] == _STDOUT:
            self._calls.append(Ack(self._memory(arguments[1], result).decode()))
            return
        file = self._file(arguments[0])
        if file is None:
            return
        if result < 0 or name in _BY_DESCRIPTOR or name not in {"pwrite64", "fsync", "fdatasync"}:
            raise TraceFailed(f"{name} of {file} gave {result}")
        if name == "pwrite64":
            self._calls.append(Write(file, arguments[3], self._memory(arguments[1], result)))
        else:
            self._calls.append(Sync(file))

    def _file(self, descriptor: int) -> str | None:
        try:
            path = Path(f"/proc/{self._pid}/fd/{descriptor}").readlink()
        except OSError:
            return None
        return path.name if path.parent == self._folder else None

    def _memory(self, address: int, length: int) -> bytes:
        with open(f"/proc/{self._pid}/mem", "rb", buffering=0) as memory:  # noqa: PTH123 - unbuffered
            memory.seek(address)
            found = memory.read(length)
        if len(found) != length:
            raise TraceFailed("the program's memory cannot be read")
        return found

"""Codes from pictures and PDF: what was photographed or scanned becomes the texts of its square codes.

The file is hostile, and the libraries that unpack it are large: a child process (`tally.hostile.picture_reader`)
opens it, with limits of time and memory, and one child reads all files of a command. Here its answer is checked for
shape alone. What a text is worth is for `keys.paper.codes` and the signatures to say.
"""

from __future__ import annotations

import atexit
import json
import re
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from threading import Lock, Timer
from typing import IO, Any, NamedTuple

from keys.findings import FINDINGS, Refused, Unreadable
from tally.hostile.confined import command

__all__ = ["MAX_BYTES", "Squares", "page_texts", "read_squares", "squares_of", "texts_of"]

MAX_BYTES = 64 * 2**20
"""Size of a file."""

_READER = Path(__file__).with_name("picture_reader.py")
_MEMORY = 3 << 30
"""Bytes of address space: a picture of 64 million points in colours, and its larger and smaller copies."""
_PAGE = 20
"""Seconds of the processor for a page, or a picture."""
_WHOLE = 300
"""Seconds of the processor for all pages of a file."""
_PATIENCE = 600
"""Seconds on the clock for a file."""
_MAX_ANSWER = 64 * 2**20
_MOST_FRAMES = 1_000
"""Times that the child may say so of one file; then what it says is taken as its answer."""
_PAGE_SEEN = re.compile(rb'\{"page": (\d{1,3}), "of": (\d{1,3})\}')
"""What the child says before it looks at a page."""


Progress = Callable[[int, int], None]
"""Told the page that is looked at, and how many there are."""


def _quiet(_page: int, _of: int) -> None:
    """Nobody is told."""


class Squares(NamedTuple):
    """What a picture holds."""

    texts: list[str]
    """Of the codes that were read, in reading order, each once."""
    unread: int
    """Codes that are there, and blurred or damaged."""


def read_squares(path: Path, progress: Progress = _quiet) -> Squares:
    """The square codes in a PNG, JPEG or PDF file.

    Raises:
        Unreadable: The file cannot be read.
        Refused: T-701 to T-706.
    """
    try:
        if not path.is_file():
            raise Unreadable(f"{path}: no such file")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror}") from error
    return squares_of(data, path.name, progress)


def texts_of(data: bytes, name: str, progress: Progress = _quiet) -> list[str]:
    """The texts alone, as `squares_of` gives them."""
    return squares_of(data, name, progress).texts


def squares_of(data: bytes, name: str, progress: Progress = _quiet) -> Squares:
    """The square codes in the bytes of a PNG, JPEG or PDF file.

    Args:
        data: The file.
        name: What to call it in messages.
        progress: See there.

    Raises:
        Refused: T-701 too large, T-702 too many points, T-703 too many pages, T-704 no code, T-705 another
            kind of file, or a damaged one, T-706 it takes more time or memory than any paper of ours.
        Unreadable: The reader cannot be started.
    """
    return _reader.ask("squares", data, name, progress)


def page_texts(data: bytes, name: str) -> list[str]:
    """What stands on each page of a PDF in letters, as a program would copy it.

    Raises:
        Refused: T-701, T-703, T-705, T-706.
        Unreadable: The reader cannot be started.
    """
    return _reader.ask("texts", data, name, _quiet).texts


class _Reader:
    """The child: started for the first file, ended with this process or by the first file that breaks it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def ask(self, kind: str, data: bytes, name: str, progress: Progress) -> Squares:
        """What the child finds in a file."""
        if len(data) > MAX_BYTES:
            raise Refused("T-701", name, f"more than {MAX_BYTES // 2**20} MB")
        with self._lock:
            child = self._child = self._child or _start()
            timer = Timer(_PATIENCE, child.kill)
            timer.daemon = True
            timer.start()
            try:
                found = _judged(_exchange(child, kind, data, progress), name)
            except BaseException:  # also when somebody stops it: what is half asked cannot be asked again
                self._end()
                raise
            finally:
                timer.cancel()
            if found is None:
                self._end()
                raise Refused("T-706", name, _why(child.returncode))
        if isinstance(found, Refused):
            raise found
        return found

    def end(self) -> None:
        """Leave no child behind."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.communicate()


def _start() -> subprocess.Popen[bytes]:
    allowed = json.dumps({"memory": _MEMORY, "page": _PAGE, "whole": _WHOLE})
    try:
        return subprocess.Popen(
            command(_READER, allowed, installed=True),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        raise Unreadable(f"the reader of pictures could not be started: {error.strerror}") from error


def _exchange(child: subprocess.Popen[bytes], kind: str, data: bytes, progress: Progress) -> bytes:
    """Send a file and wait; what comes is cut off where the child ended, or says more than it can have found."""
    if child.stdin is None or child.stdout is None:
        return b""
    try:
        child.stdin.write(json.dumps({"kind": kind, "bytes": len(data)}).encode() + b"\n" + data)
        child.stdin.flush()
    except BrokenPipeError:
        return b""
    for _ in range(_MOST_FRAMES):
        answer = _frame(child.stdout)
        seen = _PAGE_SEEN.fullmatch(answer)
        if seen is None:
            return answer
        progress(int(seen[1]), int(seen[2]))
    return _frame(child.stdout)


def _frame(stream: IO[bytes]) -> bytes:
    length = int.from_bytes(stream.read(4), "big")
    return stream.read(min(length, _MAX_ANSWER))


def _why(status: int) -> str:
    if status == -signal.SIGXCPU:
        return f"a page took more than {_PAGE} seconds"
    return f"the reader stopped with {status}"


def _judged(answer: bytes, name: str) -> Squares | Refused | None:
    """Read what the child says, which is as little to be trusted as the file; nothing if it makes no sense."""
    try:
        found: Any = json.loads(answer)
    except (ValueError, RecursionError):
        return None
    match found:
        case {"refused": str(code), "detail": str(detail), **rest} if not rest and code in _REFUSALS:
            return Refused(code, name, "".join(sign for sign in detail[:300] if sign.isprintable()))
        case {"texts": [*texts], "unread": int(unread), **rest} if (
            not rest and unread >= 0 and all(isinstance(text, str) for text in texts)
        ):
            return Squares(texts, unread)
    return None


_REFUSALS = frozenset(code for code in FINDINGS if code.startswith("T-70"))
_reader = _Reader()
atexit.register(_reader.end)

"""The floor: the least that this machine needs for a piece of work, measured in the same run.

For cryptography it is the calls to libsodium, made again with the very same bytes and nothing around them; for a
record that must survive a power cut, one write and one `fdatasync`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from keys.crypto import group

__all__ = ["durable_write", "group_calls"]

_CALLS = ("_add", "_sub", "_is_valid", "_scalarmult", "_scalarmult_base")
"""Every way from `keys.crypto.group` into libsodium."""


def group_calls(work: Callable[[], object]) -> Callable[[], None]:
    """Do some work once, and return what makes its calls to libsodium again."""
    made: list[tuple[Callable[..., object], tuple[Any, ...]]] = []
    with _recorded(made):
        work()

    def again() -> None:
        for call, arguments in made:
            call(*arguments)

    return again


@contextmanager
def _recorded(made: list[tuple[Callable[..., object], tuple[Any, ...]]]) -> Iterator[None]:
    def recording(call: Callable[..., object]) -> Callable[..., object]:
        def instead(*arguments: Any) -> object:
            answer = call(*arguments)  # one that libsodium refuses is no work worth counting
            made.append((call, arguments))
            return answer

        return instead

    with ExitStack() as patches:
        for name in _CALLS:
            patches.enter_context(patch.object(group, name, recording(getattr(group, name))))
        yield


def durable_write(path: Path, size: int) -> Callable[[], None]:
    """Return what writes some bytes over the same place of a file and waits until the disk has them."""
    data = os.urandom(size)
    path.write_bytes(data)

    def write() -> None:
        descriptor = os.open(path, os.O_WRONLY)
        try:
            os.write(descriptor, data)
            os.fdatasync(descriptor)
        finally:
            os.close(descriptor)

    return write

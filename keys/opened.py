"""A trustee's memory of what was opened: the same contest is never opened twice with different ballots.

`opened.json` in the trustee's folder: the head of the archive (64 hexadecimal digits) by uuid of the contest.
It is there from the beginning, so that a missing one is noticed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from keys.desk.files import folder_lock, read_bytes, write_private
from keys.findings import Refused, Unreadable

__all__ = ["new_memory", "remembering"]

_MEMORY = "opened.json"
_HEAD = re.compile("[0-9a-f]{64}")


def new_memory(folder: Path) -> None:
    """Begin the memory of a trustee who has opened nothing."""
    write_private(folder / _MEMORY, _write({}))


@contextmanager
def remembering(folder: Path | None, heads: Mapping[str, str]) -> Iterator[None]:
    """Open contests inside: refused if one was opened with other ballots, and on the disk before it leaves.

    Args:
        folder: The trustee's; None for a rehearsal, which leaves no trace.
        heads: What is being opened: head of the archive by uuid of the contest.

    Raises:
        Refused: K-103 opened before with other ballots; K-104 the memory is damaged or gone.
        Misuse: Another command is at work in the folder.
    """
    if folder is None:
        yield
        return
    with folder_lock(folder):
        path = folder / _MEMORY
        opened = _read(path)
        for uuid, head in heads.items():
            if opened.get(uuid, head) != head:
                raise Refused("K-103", f"contest {uuid}")
        yield
        write_private(path, _write({**opened, **heads}))


def _read(path: Path) -> dict[str, str]:
    try:
        data = read_bytes(path)
        opened = json.loads(data)
        sound = all(_HEAD.fullmatch(head) for head in opened.values()) and _write(opened) == data
    except Unreadable as trouble:
        raise Refused("K-104", str(path), str(trouble)) from None
    except (ValueError, TypeError, AttributeError, RecursionError):
        sound = False
    if not sound:
        raise Refused("K-104", str(path))
    return dict(opened)


def _write(opened: Mapping[str, str]) -> bytes:
    return json.dumps(opened, indent=1, sort_keys=True).encode()

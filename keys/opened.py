"""A trustee's memory of what was opened: a contest is not opened again with other ballots, but as was decided.

`opened.json` in the trustee's folder: by uuid of the contest its openings in their order, each with the head of the
archive (64 hexadecimal digits), the number of ballots and the machines. It is there from the beginning, so that a
missing one is noticed. A trustee who lost it begins anew, and from then on states with every answer that it does not
know what it opened before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from keys.desk.files import folder_lock, read_bytes, write_private
from keys.election.reopening import Opening
from keys.findings import Misuse, Refused, Unreadable

__all__ = ["Judge", "begin_anew", "never_again", "new_memory", "remembered", "remembering"]

_MEMORY = "opened.json"
_ANEW = "begun anew"
"""Stands with nothing beside the contests where an older memory was lost."""
_HEAD = re.compile("[0-9a-f]{64}")
_Memory = dict[str, tuple[Opening, ...]]

Judge = Callable[[str, Sequence[Opening], Opening], str | None]
"""Given uuid, earlier openings and the one asked for: why it may not be, or None."""


def never_again(_: str, earlier: Sequence[Opening], now: Opening) -> str | None:
    """Judge without any decision: the same opening again, and no other."""
    return None if all(item == now for item in earlier) else "with other ballots"


def new_memory(folder: Path) -> None:
    """Begin the memory of a trustee who has opened nothing."""
    write_private(folder / _MEMORY, _write({}))


def begin_anew(folder: Path) -> None:
    """Begin another memory in the place of one that is lost or damaged.

    Raises:
        Misuse: The memory is there and sound.
    """
    with folder_lock(folder):
        path = folder / _MEMORY
        try:
            _read(path)
        except Refused:
            write_private(path, _write({_ANEW: ()}))
            return
    raise Misuse(f"{path} is sound; a memory is begun anew only where it is lost or damaged")


def remembered(folder: Path) -> Mapping[str, tuple[Opening, ...]] | None:
    """All openings by uuid of the contest; None where the memory does not go back to the beginning.

    Raises:
        Refused: K-104, it is damaged or gone.
    """
    opened = _read(folder / _MEMORY)
    return None if _ANEW in opened else opened


@contextmanager
def remembering(
    folder: Path | None, openings: Mapping[str, Opening], judge: Judge = never_again
) -> Iterator[Mapping[str, tuple[Opening, ...]] | None]:
    """Open contests inside: refused if one may not be opened so, and on the disk before it leaves.

    Args:
        folder: The trustee's; None for a rehearsal, which leaves no trace.
        openings: What is being opened, by uuid of the contest.
        judge: Says whether a contest that was opened before may be opened so.

    Yields:
        All earlier openings by uuid; None where there is no memory that goes back to the beginning.

    Raises:
        Refused: K-103 opened before with other ballots; K-104 the memory is damaged or gone.
        Misuse: Another command is at work in the folder.
    """
    if folder is None:
        yield None
        return
    with folder_lock(folder):
        path = folder / _MEMORY
        opened = _read(path)
        for uuid, now in openings.items():
            reason = judge(uuid, opened.get(uuid, ()), now)
            if reason is not None:
                raise Refused("K-103", f"contest {uuid}", reason)
        yield None if _ANEW in opened else dict(opened)
        for uuid, now in openings.items():
            earlier = opened.get(uuid, ())
            opened[uuid] = earlier if now in earlier else (*earlier, now)
        write_private(path, _write(opened))


def _read(path: Path) -> _Memory:
    try:
        data = read_bytes(path)
        content = json.loads(data)
        opened = {uuid: tuple(_opening(item) for item in items) for uuid, items in content.items()}
        sound = _write(opened) == data
    except Unreadable as trouble:
        raise Refused("K-104", str(path), str(trouble)) from None
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        sound = False
    if not sound:
        raise Refused("K-104", str(path))
    return opened


def _opening(item: Mapping[str, object]) -> Opening:
    """One opening, strictly.

    Raises:
        ValueError: It is not one.
    """
    head, ballots, machines = item["head"], item["ballots"], item["machines"]
    numbers = [ballots, *machines] if isinstance(machines, list) else [None]
    if not isinstance(head, str) or not _HEAD.fullmatch(head) or any(type(n) is not int for n in numbers):
        raise ValueError("not an opening")
    first, *rest = (n for n in numbers if isinstance(n, int))
    return Opening(head, first, tuple(rest))


def _write(opened: Mapping[str, Sequence[Opening]]) -> bytes:
    content = {
        uuid: [
            {"head": item.head, "ballots": item.ballots, "machines": list(item.machines)} for item in items
        ]
        for uuid, items in opened.items()
    }
    return json.dumps(content, indent=1, sort_keys=True).encode()

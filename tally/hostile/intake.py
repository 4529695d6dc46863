"""Intake: files from sticks, read as if an enemy had written them.

Owns the opening procedure of the plan (section 6, "trust in a stick"): a plain file, opened without following
a link, of a size that the plan allows, read once into memory; only then does SQLite see a copy of the
bytes, in a child process that can open nothing. SQLite is never given a path on a stick: a planted
journal could make it rewrite the box or delete any file of the officer.

What is checked here is the *shape*: that the rows are those of a box, each of its contest's size, each
once, in order. That a tracker belongs to its body is for the caller, who unpacks the body (a tracker is
the SHA-256 of the ballot's JSON, not of the packed body), as is everything else that a ballot must prove.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
import subprocess
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from keys.election.box import APPLICATION_ID, MAX_BALLOTS, PAGE_SIZE, SCHEMA, USER_VERSION
from keys.findings import FINDINGS, Refused, Unreadable
from tally.hostile.box_reader import TRACKER, Plan, Rejected, check_header
from tally.hostile.confined import command

__all__ = ["Ballots", "Box", "largest_box", "read_box", "read_file"]

Ballots = tuple[tuple[bytes, bytes], ...]
"""Tracker (32 bytes) and body of each ballot, rising by tracker."""

_BESIDE = ("-wal", "-journal", "-shm")
_READER = Path(__file__).with_name("box_reader.py")
_BYTES_A_SECOND = 20_000_000
_PATIENCE = 60
"""Seconds on the clock that the child may take beyond its own budget."""


@dataclass(frozen=True, slots=True)
class Box:
    """What a box holds, in shape; nothing in it is proved yet."""

    ballots: dict[int, Ballots]
    """By index of the contest, every contest of the plan, also where there is no ballot."""
    file_digest: bytes
    """SHA-256 of the file, 32 bytes; stands beside the set digest, for import only."""


def read_file(path: Path, limit: int) -> bytes:
    """Read a file from a stick, once.

    Args:
        path: Its last part may not be a link; the folders before it are the caller's choice.
        limit: Most bytes.

    Raises:
        Refused: T-101, it is not a plain file; T-102, it is empty, too large, or changes while it is read.
        Unreadable: It is missing, or the system refuses.
    """
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        handle = os.open(path, flags)
    except OSError as error:
        if error.errno in {errno.ELOOP, errno.ENXIO}:  # a link, a socket
            raise Refused("T-101", path.name) from None
        raise Unreadable(f"{path}: {error.strerror}") from error
    try:
        return _read_open(handle, path.name, limit)
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror}") from error
    finally:
        os.close(handle)


def _read_open(handle: int, name: str, limit: int) -> bytes:
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        raise Refused("T-101", name)
    if not 0 < status.st_size <= limit:
        raise Refused("T-102", name, f"{status.st_size} bytes, at most {limit} are expected")
    parts: list[bytes] = []
    missing = status.st_size + 1  # one more, to see whether it ends where it said
    while missing > 0 and (part := os.read(handle, min(missing, 1 << 20))):
        parts.append(part)
        missing -= len(part)
    data = b"".join(parts)
    if len(data) != status.st_size:
        raise Refused("T-102", name, "it changed while it was read")
    return data


def largest_box(contests: Mapping[int, int], max_ballots: int) -> int:
    """Most bytes that a box of this plan can take.

    A row of P bytes leaves at most 1,002 bytes in its page and spills the rest, never more than all
    beyond 489, to pages of 4,092 bytes that it shares with no other (SQLite file format, section 1.6);
    pages are half full at worst.
    """
    total = 16 * PAGE_SIZE
    for size in contests.values():
        row = TRACKER + size + 16
        spilled = -(-max(0, row - 489) // (PAGE_SIZE - 4))
        total += max_ballots * (spilled * PAGE_SIZE + 2 * (min(row, 1002) + 16))
    return total


def read_box(path: Path, *, contests: Mapping[int, int], max_ballots: int = MAX_BALLOTS) -> Box:
    """Read the box of a machine from a stick; it is in whole or out whole.

    Proves that the file has the form of a box. Does not prove that a tracker is its ballot's, that a ballot
    is valid, or who wrote it.

    Args:
        path: Of the box.
        contests: Size of a body in bytes, by index of each contest of the machine's ballot style.
        max_ballots: Most ballots in a contest: the machine's credentials.

    Raises:
        Refused: T-101 to T-110.
        Unreadable: It is missing, or the system refuses.
    """
    name = path.name
    data = read_file(path, largest_box(contests, max_ballots))
    _check_beside(path)
    plan = Plan(
        sizes=dict(contests),
        most=max_ballots,
        schema=SCHEMA,
        application_id=APPLICATION_ID,
        user_version=USER_VERSION,
        page_size=PAGE_SIZE,
        seconds=5 + len(data) / _BYTES_A_SECOND,
    )
    try:
        check_header(data, plan)
    except Rejected as rejected:
        raise Refused(rejected.args[0], name, *rejected.args[1:]) from None
    answer = _ask_child(data, plan, name)
    return Box(_read_answer(answer, plan, name), hashlib.sha256(data).digest())


def _check_beside(path: Path) -> None:
    """Refuse a box with a journal beside it: we would not read it, but any other program would."""
    for suffix in _BESIDE:
        if os.path.lexists(path.with_name(path.name + suffix)):
            raise Refused("T-110", path.name, path.name + suffix)


def _ask_child(data: bytes, plan: Plan, name: str) -> bytes:
    request = json.dumps({**asdict(plan), "bytes": len(data)})
    try:
        done = subprocess.run(
            command(_READER, request),
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=plan.seconds + _PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refused("T-109", name, "the reader did not come to an end") from None
    except OSError as error:
        raise Unreadable(f"the reader of boxes could not be started: {error.strerror}") from error
    if done.returncode != 0:
        raise Refused("T-109", name, f"the reader stopped with {done.returncode}")
    return done.stdout


def _read_answer(answer: bytes, plan: Plan, name: str) -> dict[int, Ballots]:
    """Read what the child says, which is as little to be trusted as the box."""
    kind, rest = answer[:4], memoryview(answer)[4:]
    if kind == b"fail":
        code = bytes(rest[:5]).decode("ascii", "replace")
        detail = "".join(c for c in bytes(rest[5:305]).decode("utf-8", "replace") if c.isprintable())
        if code not in FINDINGS or not code.startswith("T-1"):
            raise _garbled(name)
        raise Refused(code, name, detail)
    if kind != b"rows" or len(rest) < 4:
        raise _garbled(name)
    ballots: dict[int, list[tuple[bytes, bytes]]] = {contest: [] for contest in sorted(plan.sizes)}
    at, last = 4, (-1, b"")
    for _ in range(int.from_bytes(rest[:4], "big")):
        contest = int.from_bytes(rest[at : at + 2], "big")
        body_at = at + 2 + TRACKER
        end = body_at + plan.sizes.get(contest, 0)
        key = (contest, bytes(rest[at + 2 : body_at]))
        if contest not in plan.sizes or end > len(rest) or key <= last or len(ballots[contest]) == plan.most:
            raise _garbled(name)
        ballots[contest].append((key[1], bytes(rest[body_at:end])))
        at, last = end, key
    if at != len(rest):
        raise _garbled(name)
    return {contest: tuple(rows) for contest, rows in ballots.items()}


def _garbled(name: str) -> Refused:
    return Refused("T-109", name, "the reader gave an answer that makes no sense")

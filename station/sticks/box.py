"""Writing the box: the file in which a machine's ballots leave it, and copying files to a stick.

The box is made anew in memory from rows sorted by tracker, so that the same ballots give the same bytes whatever
happened during the day, and so that no copy of a row is left anywhere on the disk. Every ballot is rebuilt on the way:
one that is not what was written stops the export.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from keys.crypto.errors import CryptoError
from keys.crypto.proofs import signature_verify
from keys.crypto.transcript import b64_digest
from keys.desk.mounts import make_folder
from keys.election.box import APPLICATION_ID, PAGE_SIZE, SCHEMA, USER_VERSION, set_digest
from keys.election.packing import unpack
from keys.findings import Refused, Unreadable
from station.booth import BoothContest
from station.disk.journal import sync_folder
from station.store import Store

__all__ = ["BoxInfo", "StickFull", "box_of", "copy_to_stick", "make_box", "write_box"]


class StickFull(Unreadable):
    """There is no room left where a copy goes: putting the same stick in again helps nobody."""


@dataclass(frozen=True, slots=True)
class BoxInfo:
    """A box that was made."""

    set_digest: bytes
    """Of all trackers, 32 bytes: what the closing report states."""
    file_digest: bytes
    """SHA-256 of the file."""
    ballots: Mapping[int, int]
    """By contest."""
    trackers: Mapping[int, tuple[bytes, ...]]
    """Rising, by contest: what is posted on the door."""
    data: bytes = field(repr=False)
    """The file."""


def write_box(store: Store, contests: Sequence[BoothContest]) -> BoxInfo:
    """Make the box of a store.

    Args:
        store: Open; it is not changed.
        contests: Of the machine's style, as in `Booth.contests`.

    Raises:
        Refused: S-210, a ballot is damaged.
        Unreadable: The store cannot be read.
    """
    return box_of({item.contest: dict(store.ballots(item.contest)) for item in contests}, contests)


def box_of(ballots: Mapping[int, Mapping[int, bytes]], contests: Sequence[BoothContest]) -> BoxInfo:
    """Make the box of ballots that come from elsewhere than a store.

    Args:
        ballots: Packed ballot by slot, by contest.
        contests: Of the machine's style.

    Raises:
        Refused: S-210, a ballot is damaged.
    """
    rows = {item.contest: dict(_trackers(ballots[item.contest], item)) for item in contests}
    data = make_box(rows)
    return BoxInfo(
        set_digest=set_digest(rows),
        file_digest=hashlib.sha256(data).digest(),
        ballots={contest: len(bodies) for contest, bodies in rows.items()},
        trackers={contest: tuple(sorted(bodies)) for contest, bodies in rows.items()},
        data=data,
    )


def _trackers(ballots: Mapping[int, bytes], item: BoothContest) -> Iterator[tuple[bytes, bytes]]:
    for slot, body in sorted(ballots.items()):
        try:
            ballot = unpack(body, item.params, item.fingerprint)
            unsigned = ballot.unsigned
            signature_verify(unsigned.credential, b64_digest(unsigned.to_json()), ballot.signature)
        except CryptoError as error:
            raise Refused("S-210", f"slot {slot} of contest {item.contest}", str(error)) from None
        yield ballot.tracker, body


def make_box(rows: Mapping[int, Mapping[bytes, bytes]]) -> bytes:
    """Write a box: the same bytes for the same rows, in whatever order they come.

    Made in memory, where SQLite keeps no count of changes and does not write its version into the file.

    Args:
        rows: Packed ballot by tracker, by contest.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for pragma in (
            f"page_size={PAGE_SIZE}",
            "encoding='UTF-8'",
            "auto_vacuum=NONE",
            "journal_mode=OFF",
            f"application_id={APPLICATION_ID}",
            f"user_version={USER_VERSION}",
        ):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(SCHEMA)
        connection.execute("BEGIN")
        ordered = ((contest, *row) for contest in sorted(rows) for row in sorted(rows[contest].items()))
        connection.executemany("INSERT INTO ballot VALUES (?, ?, ?)", ordered)
        connection.execute("COMMIT")
        return connection.serialize()


def copy_to_stick(files: Mapping[str, bytes], folder: Path) -> None:
    """Copy files so that the stick can be pulled out when this returns; each is there whole or not at all.

    Args:
        files: Content by name, without folders.
        folder: On the stick; made if it is not there, and a stick is in.

    Raises:
        StickFull: There is no room on it.
        Unreadable: The stick is gone or cannot be written.
        Refused: S-211, what was read back differs.
    """
    try:
        make_folder(folder)
        for name, data in files.items():
            _write_synced(folder / f"{name}.part", data)
            (folder / f"{name}.part").replace(folder / name)
        sync_folder(folder)
        sync_folder(folder.parent)
        for name, data in files.items():
            if _read_from_disk(folder / name) != data:
                raise Refused("S-211", str(folder / name))
    except OSError as error:
        kind = StickFull if error.errno in {errno.ENOSPC, errno.EDQUOT} else Unreadable
        raise kind(f"Nothing can be copied to {folder}: {error.strerror}.") from None


def _write_synced(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
    with open(os.open(path, flags, 0o644), "wb") as file:  # noqa: PTH123 - from a descriptor
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _read_from_disk(path: Path) -> bytes:
    """Read a file after the system was told to forget what it remembers of it."""
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as file:  # noqa: PTH123
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return file.read()

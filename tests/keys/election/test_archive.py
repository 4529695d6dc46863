"""The archive as a stream: one form, one order, one chain. A twin differs from the good one in one place."""

from __future__ import annotations

import hashlib
import io
import tarfile
import tracemalloc
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys.election.archive import ArchiveReader, ArchiveWriter, Step, continue_archive, outline
from keys.election.events import Kind, Stage
from keys.election.tape import MAX_TIMESTAMP, header_bytes, record_bytes
from keys.findings import Refused

TIMESTAMP = 1795301063
SETUP = (b'{"name":"Saint-Cyprien \xc3\xa9"}', b"[]", b'["00"]')


def small(shuffles: int = 0, until: Stage = Stage.COMPLETE, ballots: int = 3) -> bytes:
    """An archive of the right form whose documents mean nothing."""
    stream = io.BytesIO()
    writer = ArchiveWriter(stream, TIMESTAMP)
    writer.setup(*SETUP)
    for number in range(ballots):
        writer.ballot(b'{"ballot":%d}' % number)
    if until is Stage.OPEN:
        return stream.getvalue()
    writer.end_ballots()
    writer.encrypted_tally(b"[[]]", ballots, ballots)
    for number in range(shuffles):
        writer.shuffle(number + 1, b'{"shuffle":%d}' % number)
    if shuffles:
        writer.end_shuffles()
    if until is Stage.TALLIED:
        return stream.getvalue()
    writer.partial_decryption(2, b'{"decryption":2}')
    writer.partial_decryption(1, b'{"decryption":1}')
    writer.result(b'{"result":[[1]]}')
    return stream.getvalue()


def read(archive: bytes) -> list[Step]:
    return list(ArchiveReader(io.BytesIO(archive)))


def refusal(archive: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read(archive)
    assert str(refused.value)
    return refused.value.code


def members(archive: bytes) -> list[tuple[bytes, bool]]:
    """Content and kind of each record after the header, as a common tar program sees them."""
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:") as tar:
        found = []
        for member in tar.getmembers()[1:]:
            data = tar.extractfile(member)
            assert data is not None
            found.append((data.read(), member.name.endswith(".event.json")))
        return found


def rebuild(records: list[tuple[bytes, bool]]) -> bytes:
    return header_bytes(TIMESTAMP) + b"".join(record_bytes(*record, TIMESTAMP)[1] for record in records)


def relink(records: list[tuple[bytes, bool]], old: bytes, new: bytes) -> bytes:
    """Change one text and then every digest that depends on it, so that only the meaning is wrong."""
    assert sum(content.count(old) for content, _ in records) == 1
    changed, renamed = [], [(old, new)]
    for content, is_event in records:
        fresh = content
        for before, after in renamed:
            fresh = fresh.replace(before, after)
        if fresh != content:
            renamed.append((digest(content), digest(fresh)))
        changed.append((fresh, is_event))
    return rebuild(changed)


def digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


@pytest.mark.parametrize("shuffles", [0, 2])
def test_what_is_written_is_read_back(shuffles: int) -> None:
    archive = small(shuffles)
    steps = read(archive)
    assert steps[0] == Step(Kind.SETUP, SETUP)
    assert steps[2] == Step(Kind.BALLOT, (b'{"ballot":1}',))
    assert [step.kind for step in steps[:6]] == [
        Kind.SETUP, Kind.BALLOT, Kind.BALLOT, Kind.BALLOT, Kind.END_BALLOTS, Kind.ENCRYPTED_TALLY,
    ]  # fmt: skip
    assert steps[5] == Step(Kind.ENCRYPTED_TALLY, (b"[[]]",), (3, 3))
    assert len(steps) == 9 + (shuffles and shuffles + 1)
    assert steps[-3] == Step(Kind.PARTIAL_DECRYPTION, (b'{"decryption":2}',), (2,))
    assert steps[-1] == Step(Kind.RESULT, (b'{"result":[[1]]}',))


def test_outline_keeps_all_but_the_ballots() -> None:
    seen = outline(io.BytesIO(small(1)))
    assert (seen.stage, seen.timestamp, seen.ballots) == (Stage.COMPLETE, TIMESTAMP, 3)
    assert seen.setup.documents == SETUP
    assert seen.tally is not None
    assert seen.tally.numbers == (3, 3)
    assert [step.numbers for step in seen.decryptions] == [(2,), (1,)]
    assert [step.documents for step in seen.shuffles] == [(b'{"shuffle":0}',)]
    assert seen.result is not None
    open_one = outline(io.BytesIO(small(until=Stage.OPEN, ballots=0)))
    assert (open_one.stage, open_one.ballots, open_one.tally, open_one.result) == (Stage.OPEN, 0, None, None)


def test_head_is_the_digest_of_the_last_event() -> None:
    archive = small()
    assert outline(io.BytesIO(archive)).head.encode() == digest(members(archive)[-1][0])


def test_common_tar_reads_it() -> None:
    records = members(small())
    assert [content for content, is_event in records[:3] if not is_event] == list(SETUP)
    assert rebuild(records) == small()


@pytest.mark.parametrize("shuffles", [0, 1])
def test_a_continued_archive_is_the_same_as_one_written_at_once(shuffles: int) -> None:
    target = io.BytesIO()
    writer = continue_archive(io.BytesIO(small(shuffles, until=Stage.TALLIED)), target)
    writer.partial_decryption(2, b'{"decryption":2}')
    writer.partial_decryption(1, b'{"decryption":1}')
    writer.result(b'{"result":[[1]]}')
    assert target.getvalue() == small(shuffles)
    assert writer.head == outline(io.BytesIO(small(shuffles))).head
    assert writer.stage is Stage.COMPLETE


def test_writer_keeps_the_order() -> None:
    writer = ArchiveWriter(io.BytesIO(), TIMESTAMP)
    with pytest.raises(ValueError, match="Ballot cannot come here"):
        writer.ballot(b"{}")
    writer.setup(*SETUP)
    with pytest.raises(ValueError, match="EncryptedTally cannot come here"):
        writer.encrypted_tally(b"[]", 0, 0)
    writer.end_ballots()
    with pytest.raises(ValueError, match="the archive is ended"):
        writer.ballot(b"{}")
    writer.encrypted_tally(b"[]", 0, 0)
    with pytest.raises(ValueError, match="Result cannot come here"):
        writer.result(b"{}")


@pytest.mark.parametrize("timestamp", [-1, MAX_TIMESTAMP + 1])
def test_timestamp_has_bounds(timestamp: int) -> None:
    with pytest.raises(ValueError, match="timestamp"):
        ArchiveWriter(io.BytesIO(), timestamp)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_changed_bit_is_refused(data: st.DataObject) -> None:
    archive = bytearray(small(1))
    place = data.draw(st.integers(0, len(archive) - 1))
    archive[place] ^= 1 << data.draw(st.integers(0, 7))
    assert refusal(bytes(archive)) in {"V-301", "V-302", "V-303", "V-304", "V-305", "V-306"}


def test_any_cut_is_refused_or_ends_at_an_event() -> None:
    archive = small(1)
    whole = {len(rebuild(members(archive)[:n])) for n, (_, event) in enumerate(members(archive), 1) if event}
    for size in range(0, len(archive), 64):
        if size not in whole:
            assert refusal(archive[:size]) in {"V-301", "V-304"}


Twin = Callable[[list[tuple[bytes, bool]]], bytes]
FULL_PARENT = digest(members(small())[4][0])
TWINS: dict[str, tuple[str, Twin]] = {
    "closing blocks": ("V-301", lambda r: rebuild(r) + bytes(1024)),
    "another name": ("V-302", lambda r: rebuild(r).replace(digest(b"[]"), digest(b"{}"), 1)),
    "setup missing": ("V-304", lambda r: rebuild(r[5:])),
    "no event at all": ("V-304", lambda r: header_bytes(TIMESTAMP)),
    "a document too many": ("V-304", lambda r: rebuild([(b"{}", False), *r])),
    "a document before a ballot": ("V-304", lambda r: rebuild([*r[:5], (b"{}", False), *r[5:]])),
    "a document at the end": ("V-304", lambda r: rebuild([*r, (b"{}", False)])),
    "a ballot left out": ("V-303", lambda r: rebuild(r[:5] + r[7:])),
    "two ballots exchanged": ("V-303", lambda r: rebuild(r[:5] + r[7:9] + r[5:7] + r[9:])),
    "end left out": ("V-304", lambda r: rebuild(r[:11] + r[12:])),
    "end twice": ("V-304", lambda r: rebuild([*r[:12], *r[11:]])),
    "height jumps": ("V-303", lambda r: relink(r, b'"height":2,', b'"height":3,')),
    "height with a zero before": ("V-305", lambda r: relink(r, b'"height":2,', b'"height":02,')),
    "other parent": (
        "V-303",
        lambda r: relink(r, FULL_PARENT + b'","height":1', b"0" * 64 + b'","height":1'),
    ),
    "other payload": ("V-303", lambda r: relink(r, digest(b'{"ballot":1}'), digest(b'{"ballot":0}'))),
    "unknown kind": ("V-305", lambda r: relink(r, b"EndBallots", b"EndBallot")),
    "kind that skips": ("V-304", lambda r: relink(r, b'"Result"', b'"Setup"')),
    "space in an event": ("V-305", lambda r: relink(r, b'"height":2,', b'"height": 2,')),
    "line end in an event": (
        "V-305",
        lambda r: relink(r, b'"type":"EndBallots"}', b'"type":"EndBallots"}\n'),
    ),
    "space in a link": ("V-305", lambda r: relink(r, b'"num_tallied":3', b'"num_tallied": 3')),
    "number as text": ("V-305", lambda r: relink(r, b'"num_tallied":3', b'"num_tallied":"3"')),
    "number too large": ("V-305", lambda r: relink(r, b'"num_tallied":3', b'"num_tallied":1073741824')),
    "link names another": (
        "V-303",
        lambda r: relink(r, digest(b"[]") + b'","cred', digest(b"{}") + b'","cred'),
    ),
    "not plain letters": ("V-305", lambda r: relink(r, b'"owner":2', b'"owner":\xc2\xb2')),
}


@pytest.mark.parametrize("name", TWINS)
def test_twin_is_refused(name: str) -> None:
    code, twin = TWINS[name]
    records = members(small())
    assert read(rebuild(records))
    assert refusal(twin(records)) == code


@pytest.mark.parametrize(
    ("place", "text"),
    [(136, b"0"), (100, b"0000755\0"), (257, b"ustar\0"), (345, b"x"), (156, b"\0")],
    ids=["time", "mode", "magic", "prefix", "kind"],
)
def test_another_tar_head_is_refused(place: int, text: bytes) -> None:
    archive = bytearray(small())
    start = 1024
    archive[start + place : start + place + len(text)] = text
    fields = bytes(archive[start : start + 148]) + b" " * 8 + bytes(archive[start + 156 : start + 512])
    archive[start + 148 : start + 156] = b"%06o\0 " % sum(fields)
    assert refusal(bytes(archive)) == "V-301"


@pytest.mark.parametrize(
    "header",
    [b'{"version":2,"timestamp":"1795301063"}', b'{"version":1,"timestamp":1795301063}',
     b'{"version":1,"timestamp":"1795301063"}\n', b'{"version":1,"timestamp":"01795301063"}'],
)  # fmt: skip
def test_another_header_is_refused(header: bytes) -> None:
    _, block = record_bytes(header, is_event=False, timestamp=TIMESTAMP)
    renamed = b"BELENIOS".ljust(100, b"\0") + block[100:]
    total = sum(renamed[:148]) + 8 * 32 + sum(renamed[156:512])
    archive = renamed[:148] + b"%06o\0 " % total + renamed[156:] + small()[1024:]
    assert refusal(archive) == "V-301"


def test_a_record_that_claims_too_much_is_refused_unread() -> None:
    archive = bytearray(small())
    archive[1024 + 124 : 1024 + 135] = b"%011o" % (1 << 32)
    assert refusal(bytes(archive)) == "V-306"


def test_memory_stays_flat() -> None:
    ballot = b'{"ballot":"' + b"x" * 12_000
    stream = io.BytesIO()
    writer = ArchiveWriter(stream, TIMESTAMP)
    writer.setup(*SETUP)
    for number in range(1000):
        writer.ballot(ballot + b'%d"}' % number)
    stream.seek(0)
    tracemalloc.start()
    try:
        assert outline(stream).ballots == 1000
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 500_000

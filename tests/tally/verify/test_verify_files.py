"""Every file of a public folder is bound: one bit changed, a file missing, added, renamed or linked is refused."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator

import pytest

from tally.verify import Report, Status, verify_folder
from tests.simulator.forgery import Forgery
from tests.simulator.vote import HeldVote

pytestmark = pytest.mark.usefixtures("known_bytes_once")

_KINDS = (
    "draft.cose",
    "manifest.cose",
    "publication.cose",
    "results.json",
    "results.csv",
    "minutes.pdf",
    "index.html",
    "enrolments",
    "trustees",
    "confirmations",
    "reports",
    "decisions",
    "challenges",
    "archives",
    "decryptions",
    "results",
    "trackers",
)


def failed(report: Report) -> dict[str, str]:
    return {step.name: step.findings[0].code for step in report.steps if step.status is Status.FAILED}


def positions(path: str, size: int) -> Iterator[tuple[int, int]]:
    """Bytes and bits to change: the ends, the middle, and two drawn by the name of the file."""
    drawn = random.Random(path)
    for place in (0, size // 2, size - 1, *(drawn.randrange(size) for _ in range(2))):
        yield place, drawn.randrange(8)


@pytest.mark.parametrize("kind", _KINDS)
def test_one_bit_anywhere_is_refused(forgery: Forgery, kind: str) -> None:
    paths = [path for path in forgery.paths() if path == kind or path.startswith(f"{kind}/")]
    assert paths
    for path in paths:
        data = forgery.read(path)
        for place, bit in positions(path, len(data)):
            changed = bytearray(data)
            changed[place] ^= 1 << bit
            forgery.write(path, bytes(changed))
            report = verify_folder(forgery.root)
            where = failed(report)
            assert not report.accepted, (path, place, bit)
            if path == "publication.cose":
                assert set(where) <= {
                    "statements",
                    "publication",
                    "page",
                }  # the page lists the published files
            else:
                assert where["publication"] == "V-603", (path, place, bit)
        forgery.write(path, data)
    assert verify_folder(forgery.root).accepted


def test_the_kinds_are_all_that_is_published(held_vote: HeldVote) -> None:
    assert {path.name for path in held_vote.public.iterdir()} == set(_KINDS)


@pytest.mark.parametrize("kind", [kind for kind in _KINDS if kind not in {"minutes.pdf", "publication.cose"}])
def test_one_bit_is_refused_even_if_the_authority_publishes_it(forgery: Forgery, kind: str) -> None:
    """The minutes are the exception: beside their codes they are words, which only the publication binds."""
    paths = [path for path in forgery.paths() if path == kind or path.startswith(f"{kind}/")]
    for path in paths:
        data = forgery.read(path)
        for place, bit in list(positions(path + "again", len(data)))[2:4]:
            changed = bytearray(data)
            changed[place] ^= 1 << bit
            forgery.write(path, bytes(changed))
            forgery.publish()
            where = failed(verify_folder(forgery.root))
            assert where, (path, place, bit)
            assert where.get("publication") in {None, "V-103"}, (path, where)
        forgery.write(path, data)


def test_every_missing_file_is_refused(forgery: Forgery) -> None:
    for path in forgery.paths():
        data = forgery.read(path)
        forgery.remove(path)
        where = failed(verify_folder(forgery.root))
        assert where["publication"] == ("V-208" if path == "publication.cose" else "V-603"), path
        forgery.write(path, data)


_NEEDED = [path for path in _KINDS if path not in {"publication.cose", "challenges"}]


@pytest.mark.parametrize("kind", _NEEDED)
def test_a_file_left_out_is_refused_even_if_the_authority_publishes_it(forgery: Forgery, kind: str) -> None:
    for path in forgery.paths():
        if path == kind or path.startswith(f"{kind}/"):
            data = forgery.read(path)
            forgery.remove(path)
            forgery.publish()
            accepted = verify_folder(forgery.root).accepted
            # The spare machine was left out by a decision, so that nobody waits for its confirmation.
            assert accepted is (path == "confirmations/machine-2.cose"), path
            forgery.write(path, data)


def test_every_renamed_file_is_refused(forgery: Forgery) -> None:
    for path in forgery.paths():
        source = forgery.root / path
        target = source.with_name("x" + source.name)
        source.rename(target)
        report = verify_folder(forgery.root)
        assert not report.accepted, path
        target.rename(source)


@pytest.mark.parametrize(
    "path",
    [
        "readme.txt",
        ".lock",
        "reports/note.txt",
        "reports/.hidden.cose",
        "archives/other.cose",
        "private/roll.cbor",
        "reports/deeper/x.cose",
    ],
)
def test_anything_else_is_refused(forgery: Forgery, path: str) -> None:
    (forgery.root / path).parent.mkdir(exist_ok=True)
    forgery.write(path, b"x")
    assert failed(verify_folder(forgery.root)) == {"files": "V-601"}
    forgery.publish()
    assert failed(verify_folder(forgery.root))["files"] == "V-601"


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("archives/other.bel", {"archives": "V-601"}),
        ("results/other.cose", {"results": "V-601"}),
        ("trackers/other.txt", {"trackers": "V-601"}),
    ],
)
def test_a_contest_that_nobody_defined_is_refused(forgery: Forgery, path: str, steps: dict[str, str]) -> None:
    shutil.copyfile(forgery.root / path.replace("other", "ville"), forgery.root / path)
    assert failed(verify_folder(forgery.root)) == {"publication": "V-603", **steps}
    forgery.publish()
    assert failed(verify_folder(forgery.root)) == steps


@pytest.mark.parametrize(
    "path", ["draft.cose", "minutes.pdf", "reports/m1-1.cose", "archives/ville.bel", "reports"]
)
def test_links_are_refused(forgery: Forgery, path: str) -> None:
    """A link to exactly the same bytes: the folder must stand alone."""
    place = forgery.root / path
    kept = forgery.root.parent / "kept"
    place.rename(kept)
    place.symlink_to(kept)
    where = failed(verify_folder(forgery.root))
    assert where["files"] == "V-601"
    assert where["publication"] == "V-603"


def test_a_pipe_is_refused_and_not_waited_for(forgery: Forgery) -> None:
    forgery.remove("results.csv")
    os.mkfifo(forgery.root / "results.csv")
    assert failed(verify_folder(forgery.root))["files"] == "V-601"


@pytest.mark.parametrize("path", ["reports/m1-1.cose", "archives/ville.bel"])
def test_a_file_too_large_is_refused_unread(forgery: Forgery, path: str) -> None:
    with (forgery.root / path).open("r+b") as file:
        file.truncate(1 << 40)
    assert failed(verify_folder(forgery.root))["files"] == "V-601"


def test_a_name_of_a_file_writes_no_line_of_the_report(forgery: Forgery) -> None:
    for name in ("reports/x\nACCEPTED\x1b[2J\u202e.cose", os.fsdecode(b"reports/\xff.cose")):
        forgery.write(name, b"")
    report = verify_folder(forgery.root)
    said = {each.subject for step in report.steps for each in step.findings if each.code == "V-601"}
    assert said == {"reports/x\ufffdACCEPTED\ufffd[2J\ufffd.cose", "reports/\ufffd.cose"}

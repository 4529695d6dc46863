"""The child that opens pictures and PDF: what it cannot do, what ends it, and that nobody believes it too much."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from keys.findings import Refused
from keys.paper.codes import encode
from keys.paper.document import CodeBlock, Document
from keys.paper.pages import render_a4
from tally.hostile import scan

CODES = list(encode(bytes(range(149))))
PAPER = render_a4(Document("Reçu", "fr", (CodeBlock(tuple(CODES), "Reçu"),)))


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[scan._Reader]:
    """A child of our own, so that limits can be changed before it starts."""
    made = scan._Reader()
    monkeypatch.setattr(scan, "_reader", made)
    yield made
    made.end()


def bomb(length: int) -> bytes:
    """A PDF of one page, whose content is one short stroke, again and again, so many bytes of it."""
    stroke = b"0 0 m 600 800 l 10 700 l 500 3 l h f\n"
    content = zlib.compress(stroke * (length // len(stroke)), 9)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(content), content),
    )
    body, places = b"%PDF-1.4\n", b"0000000000 65535 f \n"
    for number, each in enumerate(objects, 1):
        places += b"%010d 00000 n \n" % len(body)
        body += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    return body + b"xref\n0 5\n%btrailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (places, len(body))


def refused(data: bytes) -> Refused:
    with pytest.raises(Refused) as caught:
        scan.squares_of(data, "paper.pdf")
    return caught.value


def test_a_small_file_that_takes_for_ever_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its twin with few strokes is opened; and the next honest file is read by a child of its own."""
    monkeypatch.setattr(scan, "_PAGE", 1)
    hostile = bomb(60_000_000)
    assert len(hostile) < 300_000
    found = refused(hostile)
    assert (found.code, found.subject, found.detail) == (
        "T-706",
        "paper.pdf",
        "a page took more than 1 seconds",
    )
    assert refused(bomb(200)).code == "T-704"
    assert scan.texts_of(PAPER, "paper.pdf") == CODES


def test_pages_that_take_too_long_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "_WHOLE", 0)
    assert refused(PAPER).detail == "its pages together took too long"


def test_a_child_that_never_answers_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(scan, "_PATIENCE", 0.3)
    monkeypatch.setattr(scan, "_READER", tmp_path / "child.py")
    (tmp_path / "child.py").write_text("import time; time.sleep(600)")
    for data in (PAPER, bytes(10_000_000)):  # the second is more than a pipe holds
        assert refused(data).code == "T-706"


def test_one_child_reads_all_files(reader: scan._Reader) -> None:
    children = set()
    for _ in range(3):
        assert scan.texts_of(PAPER, "paper.pdf") == CODES
        assert refused(b"%PDF-1.7 nothing").code == "T-705"
        assert reader._child is not None
        children.add(reader._child.pid)
    assert len(children) == 1
    assert "Reçu" in scan.page_texts(PAPER, "paper.pdf")[0]


def test_each_page_is_told_before_it_is_looked_at() -> None:
    seen: list[tuple[int, int]] = []
    codes = [f"ISO1{at}" + "7" * 900 for at in range(1, 8)]
    paper = render_a4(Document("Reçus", "fr", tuple(CodeBlock((code,), "Reçu") for code in codes)))
    scan.texts_of(paper, "paper.pdf", lambda page, of: seen.append((page, of)))
    pages = len(scan.page_texts(paper, "paper.pdf"))
    assert pages > 1 and seen == [(page, pages) for page in range(1, pages + 1)]


def test_a_photograph_of_a_telephone_with_two_pictures_in_it() -> None:
    """Pillow looks for another of its modules then, and the child can open no file any more."""
    target = BytesIO()
    small = Image.new("L", (300, 300), 255)
    small.save(target, "MPO", save_all=True, append_images=[small])
    assert refused(target.getvalue()).code == "T-704"
    assert refused(target.getvalue()[:200]).code == "T-705"


_ENDLESS = b'{"page": 1, "of": 2}'
ANSWERS = {
    "pages without end": (len(_ENDLESS).to_bytes(4, "big") + _ENDLESS) * 1_100,
    "nothing": b"",
    "longer than it is": b"\0\0\0\x50{}",
    "longer than any": b"\xff\xff\xff\xff" + b"x" * 100,
    "not JSON": b"\0\0\0\2{]",
    "too deep": (200_000).to_bytes(4, "big") + b"[" * 200_000,
    "other things": b'\0\0\0\x1a{"texts":[1],"unread":0}  ',
    "fewer things": b'\0\0\0\x0c{"texts":[]}',
    "more things": b'\0\0\0\x20{"texts":[],"unread":0,"more":1}',
    "less than none": b'\0\0\0\x18{"texts":[],"unread":-1}',
    "finding of another room": b'\0\0\0\x21{"refused":"V-101","detail":"no"}',
}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_child_that_was_taken_over_is_not_believed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    child = tmp_path / "child.py"
    code = "import sys; head = sys.stdin.buffer.readline(); sys.stdout.buffer.write({!r})"
    child.write_text(code.format(ANSWERS[name]))
    monkeypatch.setattr(scan, "_READER", child)
    assert refused(PAPER).code == "T-706"
    honest = b'{"texts":["ISO1"],"unread":1}'
    child.write_text(code.format(len(honest).to_bytes(4, "big") + honest))
    assert scan.squares_of(PAPER, "paper.pdf") == (["ISO1"], 1)


def test_the_child_can_open_nothing_and_take_no_more_memory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    source = scan._READER.read_text()
    attempt = """
    import socket
    lower_limits(allowed["memory"])
    found = []
    tries = (lambda: open("/etc/passwd"), lambda: open("{}", "w"), socket.socket, lambda: bytearray(4 << 30))
    for each in tries:
        try:
            each()
            found.append("done")
        except (OSError, MemoryError) as error:
            found.append(type(error).__name__)
    globals()["_answer"] = lambda *_: {{"refused": "T-705", "detail": " ".join(found)}}
""".format(tmp_path / "written")
    spy = tmp_path / "spy.py"
    spy.write_text(source.replace('    lower_limits(allowed["memory"])\n', attempt, 1))
    assert spy.read_text() != source
    monkeypatch.setattr(scan, "_READER", spy)
    assert refused(PAPER).detail == "OSError OSError OSError MemoryError"
    assert not (tmp_path / "written").exists()


def _children(parent: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def test_ctrl_c_stops_command_and_child(tmp_path: Path) -> None:
    path = tmp_path / "bomb.pdf"
    path.write_bytes(bomb(100_000_000))
    command = [str(Path(sys.executable).with_name("tally")), "check", str(path)]
    running = subprocess.Popen(
        command, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while running.poll() is None and not (children := _children(running.pid)):
        time.sleep(0.05)
    time.sleep(0.5)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate()
    assert running.returncode == 130
    assert "Traceback" not in said
    assert not any(Path(f"/proc/{child}").exists() for child in children)

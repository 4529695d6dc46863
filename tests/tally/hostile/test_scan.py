"""Codes read back from paper: printed, scanned badly, photographed, and with what is not a picture at all."""

from __future__ import annotations

import random
import struct
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageFilter

from keys.findings import Refused, Unreadable
from keys.paper.codes import decode, encode
from keys.paper.document import Break, CodeBlock, Document, Text
from keys.paper.pages import render_a4, render_roll
from tally.hostile import scan
from tally.hostile.picture_reader import MAX_PAGES

DATA = tuple(random.Random(length).randbytes(length) for length in (149, 389, 617, 1500))
CODES = tuple(encode(data) for data in DATA)
TEXTS = [text for texts in CODES for text in texts]
PAPER = Document(
    "Procès-verbal",
    "fr",
    tuple(CodeBlock(texts, f"Code no {number}", "4T8W - M2RK") for number, texts in enumerate(CODES, 1)),
    banner="RÉPÉTITION : CES VOTES NE COMPTENT PAS",
)


@pytest.fixture(scope="module")
def page() -> Image.Image:
    """The paper as a good scanner at 150 points an inch gives it."""
    return drawn(render_a4(PAPER), 150)[0]


def drawn(pdf: bytes, dpi: int) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]


def degraded(
    picture: Image.Image, turn: float = 0, blur: float = 0, noise: float = 0, skew: float = 0
) -> Image.Image:
    """Turned (degrees), seen from the side, blurred (points), grey, unevenly lit, with noise."""
    width, height = picture.size
    if skew:
        corners = (
            -skew * width,
            0,
            0,
            height,
            width * (1 + skew),
            height * (1 + skew),
            width,
            -skew * height,
        )
        picture = picture.transform(
            picture.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=255
        )
    picture = picture.rotate(turn, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    picture = picture.filter(ImageFilter.GaussianBlur(blur))
    points = 55 + np.asarray(picture, dtype=float) * (205 - 55) / 255
    points *= np.linspace(1, 0.75, points.shape[1])[None, :]
    points += np.random.default_rng(5).normal(0, noise, points.shape)
    return Image.fromarray(points.clip(0, 255).astype(np.uint8))


def saved(picture: Image.Image, kind: str = "PNG", **options: int) -> bytes:
    target = BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def test_the_pdf_itself_in_reading_order() -> None:
    assert scan.texts_of(render_a4(PAPER), "minutes.pdf") == TEXTS
    assert scan.texts_of(render_roll(PAPER), "roll.pdf") == TEXTS


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"turn": 2, "blur": 0.7, "noise": 8},
        {"turn": -2, "blur": 1.2, "noise": 8},
        {"turn": 90},
        {"turn": 17, "blur": 0.5, "noise": 10},
        {"turn": 3, "blur": 0.5, "noise": 8, "skew": 0.06},
    ],
    ids=["flat", "crooked", "blurred", "on its side", "askew", "from the side"],
)
def test_every_code_of_a_bad_scan(page: Image.Image, how: dict[str, float]) -> None:
    bad = saved(degraded(page, **how), "JPEG", quality=70)
    texts = scan.texts_of(bad, "scan.jpg")
    assert sorted(texts) == sorted(TEXTS)
    for data, expected in zip(DATA, CODES, strict=True):
        assert decode(text for text in texts if text in expected) == data


def test_a_scan_inside_a_pdf(page: Image.Image) -> None:
    pdf = saved(degraded(page, turn=1, blur=1.0, noise=6), "PDF", resolution=150)
    assert sorted(scan.texts_of(pdf, "scan.pdf")) == sorted(TEXTS)


def test_a_thermal_receipt_on_a_photograph() -> None:
    receipt = drawn(render_roll(Document("Reçu", "fr", (CodeBlock(CODES[0], "Reçu"),))), 203)[0]
    table = Image.new("L", (receipt.width * 3, receipt.height * 2), 90)
    table.paste(receipt, (receipt.width, receipt.height // 2))
    photo = degraded(table, turn=11, blur=1.2, noise=12, skew=0.05)
    assert scan.texts_of(saved(photo, "JPEG", quality=60), "photo.jpg") == list(CODES[0])


def test_one_changed_digit_is_not_read_as_the_same() -> None:
    text = CODES[3][1]
    forged = text[:300] + str((int(text[300]) + 1) % 10) + text[301:]
    paper = Document("X", "fr", (CodeBlock((CODES[3][0], forged, CODES[3][2]), "Forged"),))
    texts = scan.texts_of(saved(drawn(render_a4(paper), 150)[0]), "forged.png")
    assert forged in texts
    with pytest.raises(Refused) as refused:
        decode(texts)
    assert refused.value.code in {"V-116", "V-117"}


def test_many_pages_and_colours(page: Image.Image) -> None:
    blocks = [
        block for code in CODES[:2] for block in (CodeBlock(code, "Code"), Break(), Text("Page"), Break())
    ]
    pdf = render_a4(Document("Pages", "fr", tuple(blocks)))
    assert scan.texts_of(pdf, "pages.pdf") == [*CODES[0], *CODES[1]]
    clear = page.convert("RGBA")
    clear.putalpha(page.point(lambda value: 255 - value))
    for picture in (page.convert("1"), page.convert("P"), page.convert("RGB"), page.convert("LA"), clear):
        assert sorted(scan.texts_of(saved(picture), "picture.png")) == sorted(TEXTS)


def test_a_file_on_disk(tmp_path: Path, page: Image.Image) -> None:
    path = tmp_path / "scan.png"
    path.write_bytes(saved(page))
    assert scan.read_squares(path) == (TEXTS, 0)
    for nothing in (tmp_path / "missing.png", tmp_path):
        with pytest.raises(Unreadable, match="no such file"):
            scan.read_squares(nothing)


def refused_code(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        scan.texts_of(data, "hostile")
    return refused.value.code


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\x00" * 1000)) + chunk(b"IEND", b"")


def test_too_large() -> None:
    assert refused_code(b"\x89PNG" + bytes(scan.MAX_BYTES)) == "T-701"


@pytest.mark.parametrize("side", [8_001, 11_000, 50_000, 2**31 - 1])
def test_a_picture_of_too_many_points_is_not_unpacked(side: int) -> None:
    assert refused_code(png(side, side)) == "T-702"


def empty_pages(number: int, side: float) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(number):
        document.new_page(side, side)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def test_too_many_pages() -> None:
    assert refused_code(empty_pages(MAX_PAGES + 1, 10)) == "T-703"
    assert refused_code(empty_pages(MAX_PAGES, 10)) == "T-704"


def test_a_page_as_large_as_a_field_is_drawn_small() -> None:
    assert refused_code(empty_pages(1, 14_400)) == "T-704"


def test_no_code() -> None:
    assert refused_code(saved(Image.new("L", (300, 300), 255))) == "T-704"
    assert refused_code(render_a4(Document("Rien", "fr", (Text("Rien"),)))) == "T-704"


def test_neither_picture_nor_pdf(page: Image.Image) -> None:
    whole = saved(page)
    pdf = render_a4(PAPER)
    for data in (
        b"",
        b"hello",
        b"GIF89a" + bytes(100),
        b"%PDF-1.7 nothing",
        whole[:40],
        whole[: len(whole) // 2],
        png(100, 100),
        pdf[:300],
        saved(page, "JPEG")[:500],
        b"<svg/>",
    ):
        assert refused_code(data) == "T-705"


def test_a_damaged_file_never_falls_over(page: Image.Image) -> None:
    chance = random.Random(9)
    for whole in (saved(page.resize((200, 280))), render_a4(Document("Rien", "fr", (Text("Rien"),)))):
        for _ in range(40):
            data = bytearray(whole)
            for _ in range(chance.randint(1, 6)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            try:
                scan.texts_of(bytes(data), "damaged")
            except Refused as refused:
                assert refused.code in {"T-702", "T-703", "T-704", "T-705"}

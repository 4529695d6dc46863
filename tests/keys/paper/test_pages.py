"""Papers: the same bytes for the same content, everything on the page, and nothing that breaks it."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace

import pypdfium2
import pytest

from keys.paper.codes import decode, encode
from keys.paper.document import (
    Attachment,
    Bar,
    Block,
    Break,
    Chart,
    CodeBlock,
    Columns,
    Document,
    Heading,
    Large,
    Lines,
    Notice,
    Rows,
    Signatures,
    Table,
    Text,
)
from keys.paper.pages import render_a4, render_roll
from tally.hostile.scan import texts_of

LONG = "Anticonstitutionnellement" * 8
PROSE = "Une phrase assez longue pour tenir plus d’une ligne, et même un peu plus que cela. " * 30
CODE = encode(random.Random(1).randbytes(149))

PAPER = Document(
    "Rapport d’ouverture",
    "fr",
    (
        Heading("Le bureau"),
        Rows((("Bureau", "6 Saint-Cyprien"), ("Inscrits", "1 204"))),
        Text("L’urne est vide."),
        CodeBlock(CODE, "Rapport d’ouverture", "7K2M - 9XQD"),
        Signatures((("Président", "Marie DUPONT"), ("Assesseur", ""))),
    ),
    issuer="Ville de Toulouse",
    subtitle="4 octobre 2026",
    footer=("Données 4T8W", "Isoloir 0.1.0"),
)


def words(pdf: bytes) -> list[str]:
    """The text of each page."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def flat(pdf: bytes) -> str:
    return "".join(" ".join(words(pdf)).split())


def test_what_is_said_is_on_the_page() -> None:
    for pdf in (render_a4(PAPER), render_roll(PAPER)):
        (page,) = words(pdf)
        for text in (
            "Rapport d’ouverture",
            "Ville de Toulouse",
            "4 octobre 2026",
            "6 Saint-Cyprien",
            "1 204",
        ):
            assert text in page
        for text in (
            "L’urne est vide.",
            "7K2M - 9XQD",
            "Président",
            "Marie DUPONT",
            "Données 4T8W",
            "Isoloir 0.1.0",
        ):
            assert text in page
        assert texts_of(pdf, "report.pdf") == list(CODE)
    assert "1 / 1" in words(render_a4(PAPER))[0]


def test_same_content_same_bytes() -> None:
    assert render_a4(PAPER) == render_a4(PAPER)
    assert render_roll(PAPER) == render_roll(PAPER)
    other = replace(PAPER, subtitle="5 octobre 2026")
    assert render_a4(other) != render_a4(PAPER)


def test_same_bytes_in_another_process() -> None:
    program = (
        "import sys; from keys.paper.document import *; from keys.paper.pages import *;"
        "paper = Document('É', 'fr', (Text('Œuvre'), Chart((Bar('a', 1, '1'),))), banner='ESSAI');"
        "sys.stdout.buffer.write(render_a4(paper) + render_roll(paper))"
    )
    runs = set()
    for seed in ("1", "2"):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "TZ": "Pacific/Auckland" if seed == "1" else "UTC",
        }
        runs.add(
            subprocess.run(
                [sys.executable, "-c", program], capture_output=True, check=True, env=environment
            ).stdout
        )
    assert len(runs) == 1


def test_metadata_and_fonts() -> None:
    pdf = render_a4(replace(PAPER, lang="ro"))
    document = pypdfium2.PdfDocument(pdf)
    metadata = document.get_metadata_dict()
    assert metadata["Title"] == "Rapport d’ouverture"
    assert metadata["Author"] == "Ville de Toulouse"
    assert b"/Lang (ro)" in pdf
    names = {font for font in (b"AtkinsonHyperlegible-Regular", b"AtkinsonHyperlegible-Bold") if font in pdf}
    assert len(names) == 2
    assert pdf.count(b"/FontFile2") == 2


def test_banner_on_every_page() -> None:
    blocks = (*PAPER.blocks, Break(), Text("Page 2"), Break(), Text("Page 3"))
    paper = replace(PAPER, banner="RÉPÉTITION : CES VOTES NE COMPTENT PAS", blocks=blocks)
    pages = words(render_a4(paper))
    assert len(pages) == 3
    for number, page in enumerate(pages, start=1):
        assert "RÉPÉTITION : CES VOTES NE COMPTENT PAS" in page
        assert f"{number} / 3" in page
    assert "RÉPÉTITION : CES VOTES NE COMPTENT PAS" in words(render_roll(paper))[0]
    assert "RÉPÉTITION" not in flat(render_a4(PAPER))
    assert texts_of(render_a4(paper), "rehearsal.pdf") == list(CODE)


def test_a_paper_that_must_be_one_page_is_set_smaller_where_that_is_enough() -> None:
    def paper(lines: int, one_page: bool) -> bytes:
        blocks = tuple(Text(f"Line {number}") for number in range(lines))
        return render_a4(Document("Title", "en", blocks, one_page=one_page))

    def count(pdf: bytes) -> int:
        return len(pypdfium2.PdfDocument(pdf))

    assert (count(paper(42, one_page=False)), count(paper(42, one_page=True))) == (2, 1)
    assert "Line 41" in words(paper(42, one_page=True))[0]
    assert paper(10, one_page=True) == paper(10, one_page=False)
    assert paper(70, one_page=True) == paper(70, one_page=False), "too long: the letters stay large"


def test_a_roll_is_one_page_as_long_as_it_needs() -> None:
    lengths = []
    for count in (1, 10, 60):
        paper = replace(PAPER, blocks=(*PAPER.blocks, *(Text(f"Ligne {i}") for i in range(count))))
        document = pypdfium2.PdfDocument(render_roll(paper))
        assert len(document) == 1
        width, height = document[0].get_size()
        assert width == pytest.approx(226.77, abs=0.1)
        lengths.append(height)
    assert lengths[0] < lengths[1] < lengths[2]
    assert lengths[1] - lengths[0] == pytest.approx((lengths[2] - lengths[1]) * 9 / 50, abs=1)


def test_a_table_repeats_its_header() -> None:
    rows = tuple((str(i), f"Projet {i}", f"{i} voix") for i in range(1, 121))
    pages = words(render_a4(Document("Résultats", "fr", (Table(("No", "Projet", "Voix"), rows, "rlr"),))))
    assert len(pages) > 2
    assert all("Projet" in page and "Voix" in page for page in pages)
    assert all(f"Projet {i}" in " ".join(pages) for i in range(1, 121))


@pytest.mark.parametrize("kind", ["table", "chart"])
def test_no_row_stands_alone_where_a_table_is_cut(kind: str) -> None:
    """However many rows there are, and wherever they begin: two above the cut, two below it."""
    cuts = 0
    for above, count in [(0, count) for count in range(33, 43)] + [(above, 6) for above in range(28, 40)]:
        names = [f"Row {number:03}" for number in range(count)]
        rows = Table(("Name", "Votes"), tuple((name, "1") for name in names))
        block = rows if kind == "table" else Chart(tuple(Bar(name, 1, "1") for name in names))
        told = [Text("Above") for _ in range(above)]
        pages = [page.count("Row 0") for page in words(render_a4(Document("Title", "en", (*told, block))))]
        assert sum(pages) == count
        assert 1 not in pages, (above, count)
        cuts += sum(map(bool, pages)) > 1
    assert cuts > 2


def test_a_heading_stands_with_what_it_announces() -> None:
    rows = Table(("Name", "Votes"), tuple((f"Row {number}", "1") for number in range(9)))
    pairs = Rows(tuple((f"Row {number}", "One line\nand another") for number in range(3)))
    told = Text("Words of a paragraph that is longer than one line of this paper. " * 4)
    for block in (rows, pairs, Lines(4, "Row 0 Row 1")):
        for above in range(24, 40):
            blocks = (*[Text("Above")] * above, Heading("Announced"), Text("Step", bold=True), told, block)
            pages = words(render_a4(Document("Title", "en", blocks)))
            (page,) = (page for page in pages if "Announced" in page)
            assert "Step" in page and "Row 0" in page and "Row 1" in page, (type(block), above)


def test_nothing_stands_where_cheap_printers_do_not_reach() -> None:
    footer = ("First line", "gjpqy " * 30, "Third line: gjpqy")
    paper = replace(PAPER, banner="DEMONSTRATION", footer=footer, blocks=(*PAPER.blocks, Break(), Text("x")))
    for page in pypdfium2.PdfDocument(render_a4(paper)):
        picture = page.render(scale=2).to_pil().convert("L").point(lambda light: 255 * (light < 200))
        left, top, right, bottom = picture.getbbox()
        reach = 2 * 9.8 * 72 / 25.4
        assert min(left, top) >= reach
        assert right <= picture.width - reach and bottom <= picture.height - reach


def test_a_table_of_the_wrong_shape() -> None:
    with pytest.raises(ValueError, match="a row has 1"):
        Table(("A", "B"), (("1",),))
    with pytest.raises(ValueError, match="columns"):
        Table(("A",) * 13, ())
    with pytest.raises(ValueError, match="columns"):
        Table((), ())
    for align in ("x", "ll", "L"):
        with pytest.raises(ValueError, match="aligned"):
            Table(("A",), (), align)


def test_nothing_is_markup() -> None:
    nasty = "<b>x</b> & <font size=90>y</font> &lt; <img src='/etc/passwd'/> <para> ]]> %s {0}"
    blocks: tuple[Block, ...] = (
        Heading(nasty),
        Text(nasty),
        Large(nasty, nasty),
        Notice(nasty, nasty),
        Rows(((nasty, nasty),)),
        Table((nasty,), ((nasty,),)),
        Chart((Bar(nasty, 1, nasty),)),
        Columns((nasty,), 1),
        Signatures(((nasty, nasty),)),
        Lines(1, nasty),
        CodeBlock(CODE, nasty, nasty),
    )
    paper = Document(nasty, "fr", blocks, nasty, nasty, nasty, (nasty,))
    for pdf in (render_a4(paper), render_roll(paper)):
        assert flat(pdf).count("<b>x</b>&<fontsize=90>y</font>&lt;") >= len(blocks)


def hostile(text: str) -> tuple[Block, ...]:
    return (
        Heading(text),
        Heading(text, 2),
        Text(text),
        Text(text, bold=True, small=True),
        Large(text, text),
        Notice(text, text),
        Rows(((text, text), (text, ""), ("", text))),
        Table(("No", text, text), ((text, text, text), ("1", "2", text)), "rrc", total=True),
        Table((text,) * 12, ((text,) * 12,)),
        Chart((Bar(text, 10**30, text, True), Bar("", -5, text), Bar(text, 0, ""))),
        Columns((text,) * 7, 5),
        Signatures(((text, text),) * 3),
        Lines(3, text),
        CodeBlock(CODE, text, text),
        CodeBlock(encode(random.Random(2).randbytes(1500)), text, text),
    )


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n", "x", LONG, "é " * 200, "中文" * 60, "🗳\u202e\x00\x1b[31m", "a\n" * 120, PROSE],
    ids=[
        "empty",
        "blank",
        "lines",
        "short",
        "long word",
        "many words",
        "no glyphs",
        "controls",
        "tall",
        "prose",
    ],
)
def test_no_text_breaks_a_page(text: str) -> None:
    paper = Document(text, "fr", hostile(text), text, text, text, (text,) * 5)
    for pdf in (render_a4(paper), render_roll(paper)):
        assert len(pypdfium2.PdfDocument(pdf)) >= 1


def test_sixty_options_with_long_names_and_thirty_parts() -> None:
    name = (
        "Réaménagement de la rue des Récollets et de ses abords, avec plantations, bancs et fontaines, " * 2
    )
    texts = encode(random.Random(3).randbytes(18_000))
    assert len(texts) == 30
    blocks = (
        Table(
            ("No", "Projet", "Coût", "Voix"),
            tuple((str(i), f"{name}{i}", "400 000 €", "1 204") for i in range(60)),
            "rlrr",
        ),
        Chart(tuple(Bar(f"{name}{i}", i, str(i)) for i in range(60))),
        CodeBlock(texts, "Résultat", "4T8W - M2RK"),
    )
    paper = Document("Résultats", "fr", blocks)
    for pdf in (render_a4(paper), render_roll(paper)):
        assert decode(texts_of(pdf, "result.pdf")) == random.Random(3).randbytes(18_000)
        assert flat(pdf).count("Récolletsetdesesabords") == 240


def test_a_list_of_two_thousand_codes() -> None:
    items = tuple(f"{i:04} - CODE" for i in range(2000))
    for pdf in (
        render_a4(Document("Codes", "fr", (Columns(items),))),
        render_roll(Document("C", "fr", (Columns(items),))),
    ):
        text = " ".join(words(pdf))
        assert all(item in text for item in items)


def test_empty_documents() -> None:
    blocks = (
        Rows(()),
        Table(("A",), ()),
        Chart(()),
        Columns(()),
        Signatures(()),
        Lines(0),
        CodeBlock((), "x"),
        Break(),
    )
    for paper in (Document("", "fr", ()), Document("", "fr", blocks)):
        assert words(render_a4(paper))
        assert len(words(render_roll(paper))) == 1


def test_attachments_come_back() -> None:
    files = (
        Attachment("results.json", b'{"votes": 31}', "application/json"),
        Attachment("empty.csv", b"", "text/csv"),
        Attachment("a (1).bin", bytes(range(256)) * 40),
    )
    pdf = render_a4(replace(PAPER, attachments=files))
    document = pypdfium2.PdfDocument(pdf)
    found = {}
    for index in range(document.count_attachments()):
        attachment = document.get_attachment(index)
        found[attachment.get_name()] = (
            bytes(attachment.get_data()) if attachment.get_name() != "empty.csv" else b""
        )
    assert found == {file.name: file.content for file in files}
    assert pdf == render_a4(replace(PAPER, attachments=files))
    assert pdf != render_a4(
        replace(PAPER, attachments=(replace(files[0], content=b'{"votes": 30}'), *files[1:]))
    )


@pytest.mark.parametrize("name", ["", "é.json", "a/b", "a\\b", "a\nb"])
def test_bad_names_of_attachments(name: str) -> None:
    with pytest.raises(ValueError, match="attachment"):
        render_a4(replace(PAPER, attachments=(Attachment(name, b"x"),)))


def test_two_attachments_of_one_name() -> None:
    with pytest.raises(ValueError, match="attachment"):
        render_a4(replace(PAPER, attachments=(Attachment("a", b"x"), Attachment("a", b"y"))))


def test_a_fingerprint_is_set_large_in_even_lines() -> None:
    text = " ".join(f"{i:04}" for i in range(13))
    (page,) = words(render_a4(Document("X", "fr", (Large(text),))))
    assert "0000 0001 0002 0003 0004 0005 0006\r\n0007 0008" in page
    (roll,) = words(render_roll(Document("X", "fr", (Large(text),))))
    assert "0000 0001 0002 0003\r\n0004" in roll

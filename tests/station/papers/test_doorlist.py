"""The list for the door: every receipt code once, sorted under its letter, with the digest that the closing names."""

from __future__ import annotations

import hashlib
import random
import re

import pypdfium2
import pytest
from reportlab.lib.units import mm

from keys.desk.language import Language
from keys.election.box import set_digest
from keys.election.definition import text_in
from keys.election.dossier import read_dossier
from keys.election.statement import Mode
from keys.paper import fonts
from keys.paper.document import Columns, Large, Signatures
from keys.paper.groups import fingerprint_text, short_code
from keys.paper.pages import render_a4
from keys.paper.tables import _indexed
from station.papers.doorlist import trackers_paper
from station.papers.letterhead import Letterhead
from tests.simulator.papers import Papers

DOSSIER = read_dossier(Papers().files, Mode.OFFICIAL)
HEAD = Letterhead(DOSSIER.manifest, DOSSIER.fingerprint, Mode.OFFICIAL, Language("fr"))


def test_codes_are_sorted_under_their_letters_and_tied_to_the_closing_report() -> None:
    found = [hashlib.sha256(bytes([at])).digest() for at in range(60)]
    random.Random(1).shuffle(found)
    trackers = {0: found, 1: []}
    paper = trackers_paper(HEAD, 0, trackers)
    (columns,) = (block for block in paper.blocks if isinstance(block, Columns))
    assert columns.items == tuple(sorted(map(short_code, found)))
    letter, seen = "", []
    for text in _indexed(columns):
        if len(text) == 1:
            assert text > letter
            letter = text
        else:
            assert text[0] == letter
            seen.append(text)
    assert tuple(seen) == columns.items
    large = [block.text for block in paper.blocks if isinstance(block, Large)]
    assert large == [fingerprint_text(set_digest(trackers))]
    assert large != [fingerprint_text(set_digest({0: found[1:], 1: []}))]
    assert any(isinstance(block, Signatures) for block in paper.blocks)


@pytest.mark.parametrize(("each", "columns"), [(800, 5), (801, 8)])
def test_many_codes_stand_in_more_columns_and_all_of_them(each: int, columns: int) -> None:
    trackers = {
        contest: [hashlib.sha256(bytes([contest, at >> 8, at & 255])).digest() for at in range(each)]
        for contest in (0, 1)
    }
    paper = trackers_paper(HEAD, 0, trackers)
    blocks = [block for block in paper.blocks if isinstance(block, Columns)]
    assert [block.count for block in blocks] == [columns, columns]
    for block, found in zip(blocks, trackers.values(), strict=True):
        assert block.items == tuple(sorted(map(short_code, found)))
    with pypdfium2.PdfDocument(render_a4(paper)) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    assert len(pages) <= {5: 14, 8: 5}[columns]
    printed = "".join("".join(pages).split())
    assert all("".join(code.split()) in printed for block in blocks for code in block.items)


def test_each_page_of_a_close_list_says_from_which_code_to_which_it_goes() -> None:
    """And no letter is smaller than 9 points, nor does a column run into the next."""
    trackers = {0: [hashlib.sha256(bytes([1, at >> 8, at & 255])).digest() for at in range(1601)]}
    paper = trackers_paper(HEAD, 0, trackers)
    codes = sorted("".join(short_code(tracker).split()) for tracker in trackers[0])
    title = text_in(DOSSIER.manifest.definition.contests[0].title, "fr")
    found: list[str] = []
    with pypdfium2.PdfDocument(render_a4(paper)) as document:
        assert len(document) == 4
        for page in document:
            text = page.get_textpage().get_text_bounded()
            listed = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}", text)
            head, own = listed[:2], listed[2:]
            assert title in text and head == [min(own), max(own)]
            found += sorted(own)
    assert found == codes
    widest = max(codes, key=lambda code: fonts.width(code, 9, fonts.REGULAR))
    assert fonts.width(widest, 9, fonts.BOLD) < 170 * mm / 8

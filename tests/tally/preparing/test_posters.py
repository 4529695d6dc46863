"""Poster and draft sheet: in the first two languages of the vote, with the whole number on one page."""

from __future__ import annotations

import dataclasses

import pypdfium2
import pytest

from keys.desk.together import Together
from keys.election.dossier import read_dossier
from keys.election.statement import Mode
from keys.paper.document import Document
from keys.paper.groups import fingerprint_groups
from keys.paper.pages import render_a4
from tally.preparing.posters import draft_sheet, poster
from tests.simulator.papers import Papers

DOSSIER = read_dossier(Papers().files, Mode.OFFICIAL)


@pytest.mark.parametrize("sheet", [True, False], ids=["draft sheet", "poster"])
def test_both_languages_and_the_whole_number_stand_on_one_page(sheet: bool) -> None:
    text = " ".join(_printed(sheet, ("fr", "en", "de")))
    for words in ("Responsable du scrutin", "Returning officer", "Scrutins", "Contests"):
        assert words in text
    assert "Wahlleiter" not in text
    assert all(group in text for group in fingerprint_groups(DOSSIER.fingerprint))
    assert "Returning officer" not in " ".join(_printed(sheet, ("fr",)))


@pytest.mark.parametrize("sheet", [True, False], ids=["draft sheet", "poster"])
def test_the_foot_says_of_what_the_number_is(sheet: bool) -> None:
    text = " ".join(_printed(sheet, ("en",)))
    number = fingerprint_groups(DOSSIER.fingerprint)[0]
    assert (f"Draft {number}" in text) is sheet
    assert (f"Sealed file {number}" in text) is not sheet


def _printed(sheet: bool, languages: tuple[str, ...]) -> list[str]:
    definition = dataclasses.replace(DOSSIER.manifest.definition, languages=languages)
    language, number = Together.of(definition), DOSSIER.fingerprint
    manifest = dataclasses.replace(DOSSIER.manifest, definition=definition)
    made: Document = (
        draft_sheet(definition, number, language) if sheet else poster(manifest, number, bytes(32), language)
    )
    with pypdfium2.PdfDocument(render_a4(made)) as document:
        pages = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    assert len(pages) == 1
    return pages

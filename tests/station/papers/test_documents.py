"""The papers of a station: they say what is signed, in both languages, and nothing that they must not."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest

from keys.desk.cards import Card
from keys.desk.catalogue import available
from keys.desk.language import Language
from keys.election.report import ClosingReport
from keys.election.statement import Mode, Statement, StatementType, read_statement
from keys.findings import Refused
from keys.paper.codes import decode
from keys.paper.document import Document, Rows, Table
from keys.paper.groups import check_code, fingerprint_text, short_code
from keys.paper.pages import render_a4, render_roll
from station.day import Closing, Day, open_day
from station.disk.plan import Counter, Paper
from station.papers.documents import card_paper, challenge_paper, receipt_paper, slip_paper
from station.papers.reportpapers import report_paper
from station.printing import StationPrinter, letterhead
from tally.hostile.scan import texts_of
from tests.simulator.polling import PollingPlaces, seal_polling
from tests.simulator.walking import Clock, cast

NAMES = ("Claire MARTIN", "Hugo LEROUX")
LANGUAGES = [Language("fr"), Language("en")]


class Papers:
    """Everything that a machine can print on its day."""

    def __init__(self, day: Day, cards: tuple[Card, ...]) -> None:
        self.day = day
        self.cards = cards
        day.open(NAMES, ("Romanian texts: not reviewed.",))
        recorder = day.recorder()
        prepared = recorder.prepare({0: (0, 1, 1), 1: (1, 0)})
        self.code = check_code(prepared.check_code)
        self.challenge = read_statement(recorder.open(prepared))
        prepared = recorder.prepare({0: (0, 1, 0), 1: (0, 1)})
        self.receipt = read_statement(recorder.cast(prepared, 4))
        day.store.count_up(Counter.CODES_SHOWN)
        self.receipt_code = check_code(prepared.check_code)
        cast(day, 1, 2)
        day.pause("lunch", NAMES)
        day.reopen("", NAMES)
        day.note_incident("The lamp failed.")
        day.close(Closing(3, 0, NAMES))

    def report(self, type_: StatementType) -> Statement:
        """A report of the day."""
        found = self.day.report(type_)
        assert found is not None
        return found

    def paper(self, kind: str, language: Language) -> tuple[Document, Statement | None]:
        """A paper and what its code carries."""
        day = self.day
        head = letterhead(day, language.code)
        if kind == "slip":
            station = day.manifest.definition.stations[0]
            return slip_paper(head, station, self.code, 1), None
        if kind == "card":
            definition = day.manifest.definition
            made = card_paper(definition, bytes(32), day.mode, "m1", self.cards[0], language)
            return made, None
        if kind == "receipt":
            return receipt_paper(head, self.receipt), self.receipt
        if kind == "challenge":
            return challenge_paper(head, self.challenge), self.challenge
        report = self.report(StatementType[kind])
        return report_paper(head, report), report


KINDS = [
    "ZERO_REPORT",
    "PAUSE_REPORT",
    "REOPENING_REPORT",
    "CLOSING_REPORT",
    "receipt",
    "challenge",
    "slip",
    "card",
]


@pytest.fixture(scope="module", params=list(Mode), ids=["demonstration", "rehearsal"])
def papers(
    request: pytest.FixtureRequest, polling: PollingPlaces, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Papers]:
    mode: Mode = request.param
    folder, _ = polling.loaded(tmp_path_factory.mktemp("papers"), mode=mode)
    with open_day(folder, mode, Clock()) as day:
        day.unlock(polling.two("m1", mode))
        yield Papers(day, polling.cards["m1", mode])


def pages(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def flat(pdf: bytes) -> str:
    return " ".join(" ".join(pages(pdf)).split())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES, ids=["fr", "en"])
@pytest.mark.parametrize("render", [render_a4, render_roll], ids=["a4", "roll"])
def test_the_code_on_the_paper_is_the_statement(
    papers: Papers, kind: str, language: Language, render: Callable[[Document], bytes]
) -> None:
    document, statement = papers.paper(kind, language)
    pdf = render(document)
    if kind == "slip":
        with pytest.raises(Refused) as caught:
            texts_of(pdf, "paper.pdf")
        assert caught.value.code == "T-704"
        return
    found = texts_of(pdf, "paper.pdf")
    if statement is not None:
        assert decode(found) == statement.raw
        named = short_code(statement.fingerprint) in flat(pdf)
        assert named is (kind != "receipt"), (
            "a receipt has the codes of the list at the door, and no other like them"
        )
    else:
        assert Card.parse(found[0]) == papers.cards[0]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("render", [render_a4, render_roll], ids=["a4", "roll"])
def test_what_does_not_count_says_so_on_every_page(
    papers: Papers, kind: str, render: Callable[[Document], bytes]
) -> None:
    words = {
        Mode.REHEARSAL: ("RÉPÉTITION", "REHEARSAL"),
        Mode.OFFICIAL: ("DÉMONSTRATION", "DEMONSTRATION"),
    }[papers.day.mode]
    for language, word in zip(LANGUAGES, words, strict=True):
        for page in pages(render(papers.paper(kind, language)[0])):
            assert word in page


def test_a_real_vote_has_no_banner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("station.workings.check_filesystem", lambda _: None)
    (tmp_path / "real").mkdir()
    real = seal_polling(tmp_path / "real", demonstration=False)
    folder, _ = real.loaded(tmp_path)
    with open_day(folder, Mode.OFFICIAL, Clock()) as day:
        day.unlock(real.two("m1"))
        document = report_paper(letterhead(day), day.open())
    assert document.banner == ""


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_of_ours_is_said_in_french(papers: Papers, kind: str) -> None:
    """A label that stayed English stands in both papers."""
    french, english = (_labels(papers.paper(kind, language)[0]) for language in LANGUAGES)
    same = {label for label in french & english if any(letter.islower() for letter in label)}
    assert same <= {"1 place Roguet"}


def _labels(document: Document) -> set[str]:
    labels = {document.title, document.banner}
    for block in document.blocks:
        for name in ("caption", "what", "label"):
            labels.add(getattr(block, name, ""))
        if isinstance(block, Rows):
            labels.update(label for label, _ in block.rows)
        labels.update(getattr(block, "header", ()))
        labels.update(role for role, _ in getattr(block, "people", ()))
    kept = {label for label in labels if label}
    return {label for label in kept if not label.startswith("Vote on") and not label.startswith("Vote ville")}


@pytest.mark.parametrize("code", available())
def test_no_word_of_a_label_is_cut_on_a_narrow_roll(papers: Papers, code: str) -> None:
    """German and Estonian have words that are wider than a quarter of the roll."""
    for kind in KINDS:
        document = papers.paper(kind, Language(code))[0]
        words = set(flat(render_roll(document)).split())
        assert {word for label in _labels(document) for word in label.split()} <= words, kind


def test_reports_say_whether_checks_were_offered_and_which_were_weak(papers: Papers) -> None:
    zero, closing = (papers.paper(f"{kind}_REPORT", LANGUAGES[1])[0] for kind in ("ZERO", "CLOSING"))
    offered = ("Check of the machine by voters", "offered to everybody")
    assert offered in _rows(zero)
    assert offered in _rows(closing)
    weak = "Check codes shown on the screen and copied by hand (a weak check)"
    assert (weak, "1") in _rows(closing)
    head, report = letterhead(papers.day, "en"), papers.report(StatementType.CLOSING_REPORT)
    manifest = dataclasses.replace(
        head.manifest, definition=dataclasses.replace(head.definition, challenge=False)
    )
    without = dataclasses.replace(head, manifest=manifest)
    assert (offered[0], "not offered in this vote") in _rows(report_paper(without, report))
    content = ClosingReport.from_content(report.content, report.name)
    assert content.codes_shown == 1
    assert ClosingReport.from_content(content.to_content(), "") == content


def _rows(document: Document) -> set[tuple[str, str]]:
    return {row for block in document.blocks if isinstance(block, Rows) for row in block.rows}


@pytest.mark.parametrize("kind", ["ZERO_REPORT", "CLOSING_REPORT", "PAUSE_REPORT", "REOPENING_REPORT"])
@pytest.mark.parametrize("language", LANGUAGES, ids=["fr", "en"])
def test_reports_are_one_page_with_their_signatures(papers: Papers, kind: str, language: Language) -> None:
    (page,) = pages(render_a4(papers.paper(kind, language)[0]))
    for name in NAMES:
        assert name in page
    assert "1 / 1" in page
    words = " ".join(page.split())
    assert fingerprint_text(papers.day.fingerprint) in words
    assert "m1" in words
    assert "Bureau 1 Roguet" in words


def test_a_duplicate_of_a_report_is_one_page_too(papers: Papers) -> None:
    printed: list[bytes] = []

    def handing(pdf: bytes) -> bool:
        printed.append(pdf)
        return True

    reports = papers.day.reports()
    for report in reports:
        assert StationPrinter(papers.day, Clock(), handing, roll=False).report(report, Paper.PRINTED)
    assert len(printed) == len(reports) == 4
    for pdf in printed:
        (page,) = pages(pdf)
        assert "DUPLICATA" in page
        assert all(name in page for name in NAMES)


def test_an_opening_report_with_ten_lines_that_were_passed_is_one_page(
    tmp_path: Path, polling: PollingPlaces
) -> None:
    notes = tuple(f"À FAIRE - Réseau actif : wlan{number}, eth{number}" for number in range(10))
    folder, _ = polling.loaded(tmp_path)
    with open_day(folder, Mode.OFFICIAL, Clock()) as day:
        day.unlock(polling.two("m1"))
        document = report_paper(letterhead(day), day.open(NAMES, notes))
    (page,) = pages(render_a4(document))
    assert "wlan9" in page
    assert all(name in page for name in NAMES)


def test_the_closing_report_says_the_figures_and_the_digest(papers: Papers) -> None:
    report = papers.report(StatementType.CLOSING_REPORT)
    content = ClosingReport.from_content(report.content, "")
    document, _ = papers.paper("CLOSING_REPORT", LANGUAGES[0])
    words = flat(render_a4(document))
    for digest in (content.set_digest, content.file_digest):
        assert fingerprint_text(digest).replace(" ", "") in words.replace(" ", "")
    for code in (content.zero_report, content.previous):
        assert short_code(code) in words
    assert "The lamp failed." in words
    assert "différent" not in words
    (figures,) = (block for block in document.blocks if isinstance(block, Table))
    assert figures.rows == (("12" if papers.day.mode is Mode.REHEARSAL else "11", "3", "3", "3"),)


def test_figures_that_differ_are_said_and_still_fit_one_page(tmp_path: Path, polling: PollingPlaces) -> None:
    folder, _ = polling.loaded(tmp_path)
    with open_day(folder, Mode.OFFICIAL, Clock()) as day:
        day.unlock(polling.two("m1"))
        day.open(NAMES)
        cast(day, 1, 2)
        report = day.close(Closing(1, 3, NAMES))
        document = report_paper(letterhead(day), report)
    (page,) = pages(render_a4(document))
    assert "Les trois nombres diffèrent" in page


def test_votes_by_a_proxy_of_the_desk_stand_in_the_closing_report(
    tmp_path: Path, polling: PollingPlaces
) -> None:
    folder, _ = polling.loaded(tmp_path)
    with open_day(folder, Mode.OFFICIAL, Clock()) as day:
        day.unlock(polling.two("m1"))
        day.open(NAMES)
        day.give_proxy(5, 2)
        cast(day, 5)
        document = report_paper(letterhead(day), day.close(Closing(1, None, NAMES)))
    (page,) = pages(render_a4(document))
    assert "Votes par procuration notée au bureau 1" in flat(render_a4(document))
    assert "NOM2" not in page.upper()


def test_a_receipt_says_no_choice_and_no_name(papers: Papers) -> None:
    """The voter of the receipt is elector 4 and chose Bancs and Été."""
    for language in LANGUAGES:
        for render in (render_a4, render_roll):
            words = flat(render(papers.paper("receipt", language)[0]))
            for secret in ("Arbres", "Bancs", "Cour", "Dôme", "Été", "Nom4", "Camille"):
                assert secret not in words
            assert papers.receipt_code in words
            assert "ville" in words
            assert "roguet" in words


def test_a_slip_says_its_code_and_nothing_of_the_choices(papers: Papers) -> None:
    words = flat(render_a4(papers.paper("slip", LANGUAGES[0])[0]))
    assert papers.code in words
    for secret in ("Arbres", "Bancs", "Cour", "Dôme", "Nom4"):
        assert secret not in words


def test_an_opened_sheet_shows_what_was_opened_beside_the_code_of_the_slip(papers: Papers) -> None:
    words = flat(render_a4(papers.paper("challenge", LANGUAGES[0])[0]))
    for chosen in ("Bancs", "Cour", "Dôme"):
        assert chosen in words
    for other in ("Arbres", "Été"):
        assert other not in words
    assert papers.code in words


def test_a_card_names_its_machine_and_shows_all_groups(papers: Papers) -> None:
    words = flat(render_a4(papers.paper("card", LANGUAGES[0])[0]))
    for group in papers.cards[0].groups:
        assert group in words
    assert "m1" in words
    assert all(card.groups[1] not in words for card in papers.cards[1:])


def test_the_same_paper_is_the_same_bytes(papers: Papers) -> None:
    for kind in KINDS:
        document, _ = papers.paper(kind, LANGUAGES[0])
        assert render_a4(document) == render_a4(papers.paper(kind, LANGUAGES[0])[0])

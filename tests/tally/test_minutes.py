"""The minutes: bilingual, in words, whole, and every code readable from a bad scan of the print."""

from __future__ import annotations

import dataclasses
import hashlib
import random
from functools import cache
from io import BytesIO
from typing import Any

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageFilter

from keys.desk.together import Together
from keys.election.definition import Option, Station, Terms
from keys.findings import Refused
from keys.paper.codes import Assembler
from keys.paper.document import Chart, StackedChart, Table
from keys.paper.groups import fingerprint_text
from keys.paper.pages import render_a4
from tally.hostile import scan
from tally.minutes import minutes
from tally.minutes.contests import contest_blocks
from tally.results.counted import Counted
from tally.telling.rule_words import rule_words
from tests.simulator.proceedings import Town, contest, graded, ranked, town
from tests.simulator.vote import HeldVote

_PROJECTS = (
    (
        "Clarifier les priorités à la sortie de la rue Réclusane",
        "Clear priorities at the end of rue Réclusane",
    ),
    ("Aire de jeux pour enfants", "Playground"),
    ("Bancs", "Benches"),
)
_CANDIDATES = [f"Candidate {letter} Dupont" for letter in "ABCDEFGHIJ"]
_STATIONS = (
    Station("b1", "Bureau 1, mairie", "", 90, ("b1-a", "b1-b")),
    Station("b2", "Bureau 2, école Lakanal", "", 90, ("b2-a",)),
)


def _evening() -> Town:
    """Two stations, one of which voted on paper; money, a question with a quorum, and a council by transfers."""
    projects = [
        Option(str(at), {"fr": fr, "en": en}, cost=20_000 * at) for at, (fr, en) in enumerate(_PROJECTS, 1)
    ]
    answers = [Option("1", {"fr": "Oui", "en": "Yes"}), Option("2", {"fr": "Non", "en": "No"})]
    people = [Option(str(at), {"fr": name}) for at, name in enumerate(_CANDIDATES, 1)]
    where: dict[str, Any] = {"stations": (0, 1)}
    held = town(
        [
            contest("budget", {"fr": "Budget participatif", "en": "Participatory budget"}, projects,
                    rule="budget-greedy", terms=Terms(budget=70_000), currency="EUR", **where),
            contest("pont", {"fr": "Une passerelle ?", "en": "A footbridge?"}, answers, rule="yes-no", most=1,
                    terms=Terms(quorum="1/4", quorum_base="electors"), stations=(0,)),
            contest("conseil", {"fr": "Conseil de quartier", "en": "Neighbourhood council"}, people,
                    rule="stv-scottish", form="whole-ranks", most=10, terms=Terms(seats=3), **where),
        ],
        [(5, 40, 30, 20), (10, 40, 30), _rankings()],
        stations=_STATIONS, board=("Driss", "Emma"), signers=1,
    )  # fmt: skip
    held.on_paper, held.carried, held.slips = (1,), 7, True
    held.notes = ("Imprimante : prête",)
    held.incidents = ("Coupure de courant de 12 minutes",)
    return held


def _rankings() -> Any:
    chance, found = random.Random(4), {}
    for _ in range(160):
        order = chance.sample(range(10), 10)[: chance.randint(3, 10)]
        found[tuple(order)] = chance.randint(1, 3)
    return ranked(_CANDIDATES, sorted(found.items()))


@cache
def printed() -> tuple[bytes, list[str]]:
    """The PDF of that evening, and the words of each page with single blanks."""
    held = _evening()
    return _render(held)


def _render(held: Town) -> tuple[bytes, list[str]]:
    pdf = render_a4(minutes(held.proceedings, Together.of(held.definition)))
    return pdf, words_of(pdf)


def words_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Procès-verbal du dépouillement", "Minutes of the count"),
        ("Votes de quartier", "Neighbourhood votes"),
        ("Participation", "Turnout"),
        ("Pointages", "Marks"),
        ("Budget participatif", "Participatory budget"),
        ("Aire de jeux pour enfants", "Playground"),
        ("Le budget est dépensé", "Spending the money"),
        ("retenu", "chosen"),
        ("Observations et réclamations", "Remarks and objections"),
        ("La version accessible de ce procès-verbal est la page index.html", "The accessible edition"),
        (
            "Quorum : 0,25 × 90 (électeurs inscrits)",
            "The quorum is 0.25 of 90 (electors on the register)",
        ),
    ],
)
def test_everything_stands_in_both_languages(french: str, english: str) -> None:
    text = " ".join(printed()[1])
    assert french in text
    assert english in text


def test_one_language_where_the_vote_has_one() -> None:
    held = _evening()
    held.definition = dataclasses.replace(held.definition, languages=("en",))
    text = " ".join(_render(held)[1])
    assert "Minutes of the count" in text
    assert "Procès-verbal" not in text
    assert "Pointages" not in text


@pytest.mark.parametrize(("allowed", "noted"), [(True, 2), (True, 0), (False, 0)])
def test_votes_by_a_proxy_of_the_desk_are_counted_where_the_rules_have_them(
    allowed: bool, noted: int
) -> None:
    held = _evening()
    held.definition = dataclasses.replace(held.definition, proxies=1, proxies_at_desk=allowed)
    held.proxies = noted
    text = " ".join(_render(held)[1])
    machines = len(held.proceedings.rows)
    assert ("Votes by a proxy noted at the desk" in text) is allowed
    assert (f"Votes by a proxy noted at the desk: {noted * machines}" in text) is allowed


def test_a_language_without_texts_does_not_stop_the_minutes() -> None:
    held = _evening()
    held.definition = dataclasses.replace(held.definition, languages=("xx", "fr"))
    assert "Procès-verbal du dépouillement" in _render(held)[1][0]
    held.definition = dataclasses.replace(held.definition, languages=("xx",))
    assert "Minutes of the count" in _render(held)[1][0]


def test_stations_rules_and_what_cannot_be_proved_are_in_words() -> None:
    text = " ".join(printed()[1])
    for words in (
        "Bureau 2, école Lakanal *",
        "nobody can prove them",
        "On paper, not provable",
        "Quorum: 25% (electors on the register)",
        "one that costs more than is left is passed over",
        "Carried over",
        "This machine stopped; its box was closed from its stick",
        "Imprimante : prête",
        "Coupure de courant de 12 minutes",
        "all machines",
        "Jeanne Ducos-Labarthe",
        "Driss",
    ):
        assert words in text, words
    assert "budget-greedy" not in text
    assert "stv-scottish" not in text


def test_rounds_of_transfers_are_one_table_that_fits() -> None:
    text = " ".join(printed()[1])
    start = text.index("Votes at the end of each step")
    for name in _CANDIDATES:
        assert name in text[start:]
    assert "Non-transferable" in text[start:]


def test_every_code_of_a_bad_scan_of_the_print() -> None:
    pdf, _ = printed()
    expected = {statement.raw for statement in _evening().proceedings.statements}
    texts = [text for page in pypdfium2.PdfDocument(pdf) for text in _texts(page)]
    assert _decoded(texts) == expected
    with pytest.raises(AssertionError):  # one digit of the last code is another one
        forged = texts[-1][:-3] + str((int(texts[-1][-3]) + 1) % 10) + texts[-1][-2:]
        assert _decoded([*texts[:-1], forged]) == expected


def _texts(page: pypdfium2.PdfPage) -> list[str]:
    """What a scanner at 150 points an inch gives of a print: skewed, grey, blurred, with noise, as a poor JPEG."""
    picture = page.render(scale=150 / 72).to_pil().convert("L")
    picture = picture.rotate(3, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    picture = picture.filter(ImageFilter.GaussianBlur(0.8))
    grey = 60 + np.asarray(picture, dtype=float) * 0.55
    grey += np.random.default_rng(7).normal(0, 8, grey.shape)
    target = BytesIO()
    Image.fromarray(grey.clip(0, 255).astype(np.uint8)).save(target, "JPEG", quality=40)
    try:
        return scan.texts_of(target.getvalue(), "page.jpg")
    except Refused as refused:  # a page without a code
        assert refused.code == "T-704"
        return []


def _decoded(texts: list[str]) -> set[bytes]:
    found = set()
    for text in texts:
        assembler = Assembler()
        assembler.feed(text)
        found.add(assembler.data())
    return found


def test_the_data_is_inside_and_its_digest_at_every_foot() -> None:
    pdf, pages = printed()
    files = attached(pdf)
    assert sorted(files) == [
        "result-budget.cose",
        "result-conseil.cose",
        "result-pont.cose",
        "results.csv",
        "results.json",
    ]
    digest = fingerprint_text(hashlib.sha256(files["results.json"]).digest())
    assert all(digest in page for page in pages)
    raw = [statement.raw for statement in _evening().proceedings.statements]
    assert {files[name] for name in files if name.endswith(".cose")} == set(raw)


def attached(pdf: bytes) -> dict[str, bytes]:
    document = pypdfium2.PdfDocument(pdf)
    items = (document.get_attachment(at) for at in range(document.count_attachments()))
    return {item.get_name(): bytes(item.get_data()) for item in items}


def test_the_data_is_what_will_be_published(held_vote: HeldVote) -> None:
    pdf = (held_vote.public / "minutes.pdf").read_bytes()
    files, pages = attached(pdf), words_of(pdf)
    for name in ("results.json", "results.csv"):
        assert files[name] == (held_vote.public / name).read_bytes()
    digest = fingerprint_text(hashlib.sha256((held_vote.public / "results.json").read_bytes()).digest())
    assert all(digest in page for page in pages)


def test_the_pdf_says_its_language_and_title_and_brings_its_fonts() -> None:
    pdf, _ = printed()
    document = pypdfium2.PdfDocument(pdf)
    assert document.get_metadata_value("Title") == "Procès-verbal du dépouillement / Minutes of the count"
    assert b"/Lang (fr)" in pdf
    assert pdf.count(b"/FontFile2") == 2
    assert b"/BaseFont /Helvetica" not in pdf.replace(b"/BaseFont /Helvetica /Encoding /WinAnsiEncoding", b"")


def test_long_names_many_stations_and_a_tie() -> None:
    long = "Un nom qui ne finit pas " * 9
    options = [Option(str(at), {"fr": f"{long[:190]} {at}"}) for at in range(1, 7)]
    stations = tuple(
        Station(f"{at:02}", f"{at:02} {long[:195]}", "", 780, (f"{at:02}-a",)) for at in range(20)
    )
    contests = [
        contest(f"c{at}", {"fr": f"{long[:190]} {at}"}, options, stations=tuple(range(20)), most=3)
        for at in range(15)
    ]
    sums = (90, 70, 70, 60, 50, 40, 30)
    held = town(contests, [sums] * 15, stations=stations, languages=("fr",))
    text = " ".join(_render(held)[1])
    assert text.count("à égalité") >= 30
    for name in [f"{long[:190]} 14", *(f"{long[:190]} {at}" for at in range(1, 7))]:
        assert " ".join(name.split()) in text
    assert "15 600" in text.replace("\u00a0", " ")


@pytest.mark.parametrize("code", ["fr", "en"])
def test_every_rule_has_its_words(code: str) -> None:
    options = [Option(str(at), {"fr": str(at)}, cost=10) for at in range(1, 4)]
    language = Together.of(dataclasses.replace(_evening().definition, languages=(code,)))
    said = {}
    for rule, form, terms in _RULES:
        made = contest("c", {"fr": "C"}, options[:2] if rule == "yes-no" else options, rule=rule, form=form,
                       terms=terms, points_each=2 if form == "points" else None)  # fmt: skip
        said[rule, form] = rule_words(made, language)
        assert all(sentence.endswith(".") and "{" not in sentence for sentence in said[rule, form])
    assert (
        len({words[1] for words in said.values()}) == len(_RULES) - 1
    )  # both kinds of transfers say one thing


_RULES = [
    ("plurality", "marks", Terms()),
    ("two-round", "marks", Terms(support="1/4", threshold="1/8", threshold_base="electors")),
    ("block", "points", Terms(seats=2)),
    ("approval", "marks", Terms(threshold="3/10")),
    ("yes-no", "marks", Terms(majority="2/3", qualified=True)),
    ("dhondt", "marks", Terms(seats=9, threshold="5 %")),
    ("sainte-lague", "marks", Terms(seats=9)),
    ("largest-remainder", "marks", Terms(seats=9)),
    ("majority-bonus", "marks", Terms(seats=9, ties="age", tie_order=(1, 2, 3))),
    ("stv-scottish", "whole-ranks", Terms(seats=2)),
    ("stv-meek", "whole-ranks", Terms(seats=2)),
    ("irv", "whole-ranks", Terms()),
    ("schulze", "whole-ranks", Terms()),
    ("ranked-points", "whole-ranks", Terms(budget=20, exactly=2, max_winners=1)),
    ("majority-judgement", "whole-grades", Terms(grades=("mal", "bien"))),
    ("budget-greedy", "marks", Terms(budget=20)),
    ("budget-greedy-cost", "marks", Terms(budget=20)),
    ("budget-no-skip", "marks", Terms(budget=20)),
    ("budget-equal-shares", "whole-approvals", Terms(budget=20, satisfaction="cost", completion="greedy")),
]


def test_grades_stand_in_shared_bars_the_best_first() -> None:
    held = graded()
    blocks = contest_blocks(held.proceedings, 0, Together.of(held.definition))
    (chart,) = (block for block in blocks if isinstance(block, StackedChart))
    assert chart.kinds == ("mauvais / poor", "moyen / fair", "bon / good")
    assert [(stack.parts, stack.text, stack.marked) for stack in chart.stacks] == [
        ((1, 1, 3), "bon / good", True),
        ((3, 1, 1), "mauvais / poor", False),
    ]
    assert not any(isinstance(block, Chart) for block in blocks)
    drawn = " ".join(_render(held)[1]).partition("Grades, worst first")[2]
    assert "mauvais poor moyen fair bon good" in drawn, "the heads of the steps"
    cells = {cell for block in blocks if isinstance(block, Table) for row in block.rows for cell in row}
    assert {"bon-\ngood-", "mauvais+\npoor+"} <= cells
    assert drawn.index("2 Bo") < drawn.index("1 Ana")


def test_a_count_is_not_shown_by_station() -> None:
    """A contest that several stations share has one table of votes: nobody sees how one station voted."""
    options = [Option("1", {"fr": "Pont"}), Option("2", {"fr": "Parc"})]
    held = town(
        [contest("ville", {"fr": "Ville"}, options, stations=(0, 1))],
        [(1, 60, 31)],
        stations=(Station("b1", "Bureau 1", "", 90, ("b1-a",)), Station("b2", "Bureau 2", "", 90, ("b2-a",))),
        languages=("fr",),
    )  # fmt: skip
    count: Counted = held.proceedings.counted[0]
    assert count.totals.ballots == 80
    text = " ".join(_render(held)[1])
    after = text[text.index("Ville", text.index("Incidents")) :]
    assert "Bureau 1" not in after.partition("Signatures")[0]

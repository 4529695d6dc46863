"""What papers come on: scanner text of several keyboards, parts, pictures, PDF; and codes that people type."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
import qrcode
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter

from keys.desk.language import Language
from keys.election.statement import Mode, Statement, StatementType, read_statement
from keys.findings import Refused, Unreadable
from keys.paper.codes import decode, encode
from keys.paper.groups import check_code, fingerprint_text, short_code
from keys.paper.keyboard import LAYOUTS
from keys.paper.pages import render_a4, render_roll
from station.papers.documents import challenge_paper, receipt_paper
from station.papers.letterhead import Letterhead
from station.papers.reportpapers import report_paper
from tally.check import Evidence, Item, State, Verdict, check_items, open_evidence, read_sources
from tests.tally.check.town import Town

EN = Language("en")
_T = StatementType


def read(*sources: str, typed: bytes = b"") -> list[Item]:
    return read_sources(sources, lambda: typed)


def judge(evidence: Evidence, *sources: str, typed: bytes = b"") -> Verdict:
    (verdict,) = check_items(read(*sources, typed=typed), evidence, EN)
    return verdict


def refusal(*sources: str, typed: bytes = b"") -> str:
    (item,) = read(*sources, typed=typed)
    assert isinstance(item.what, Refused)
    return item.what.code


@pytest.fixture(scope="module")
def receipt(town: Town) -> bytes:
    visit = town.visits[3]
    return town.sign(_T.RECEIPT, town.receipt(visit), signer=visit.machine)


@pytest.fixture(scope="module")
def text(receipt: bytes) -> str:
    (only,) = encode(receipt)
    return only


def through(text: str, layout: str) -> str:
    """What a scanner set to US types on a machine set to another layout."""
    keys = LAYOUTS[layout]
    return "".join(keys[int(sign)] if sign.isdigit() else sign for sign in text)


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_a_scanner_on_any_keyboard(evidence: Evidence, receipt: bytes, text: str, layout: str) -> None:
    typed = through(text, layout)
    for verdict in (
        judge(evidence, typed),
        judge(evidence, typed.lower()),
        judge(evidence, "-", typed=typed.encode() + b"\n"),
    ):
        assert verdict.state is State.HOLDS
    place = 40
    wrong = (
        typed[:place] + next(sign for sign in LAYOUTS[layout] if sign != typed[place]) + typed[place + 1 :]
    )
    assert judge(evidence, wrong).state is State.REFUSED
    assert judge(evidence, typed[:place] + typed[place + 1 :]).state is State.REFUSED


def test_every_changed_digit_is_refused(evidence: Evidence, text: str) -> None:
    for place in random.Random(3).sample(range(4, len(text)), 25):
        changed = text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :]
        assert judge(evidence, changed).state is State.REFUSED, place


def test_parts_in_any_order_and_from_several_sources(town: Town, evidence: Evidence, tmp_path: Path) -> None:
    raw = town.files["manifest.cose"]
    parts = encode(raw)
    assert len(parts) > 1
    mixed = list(parts)
    random.Random(1).shuffle(mixed)
    (tmp_path / "first.txt").write_text(f"Sealed file\n{mixed[0]}\n\nThank you\n")
    (item,) = read(str(tmp_path / "first.txt"), *mixed[1:-1], "-", typed=mixed[-1].encode())
    assert isinstance(item.what, Statement)
    assert item.what.raw == raw
    (verdict,) = check_items(read(*parts[1:]), evidence, EN)
    assert verdict.findings[0].code == "V-115"
    assert verdict.sentence == f"The code is not complete: part 1 of {len(parts)} is missing."
    changed = parts[1][:-1] + str((int(parts[1][-1]) + 1) % 10)
    assert refusal(parts[0], changed, *parts[2:]) == "V-117"


def test_several_codes_are_answered_one_by_one(evidence: Evidence, text: str, town: Town) -> None:
    report = encode(town.files["reports/06-4.cose"])
    items = read(text, *report, text[:-1])
    verdicts = check_items(items, evidence, EN)
    assert [item.state for item in verdicts] == [State.HOLDS, State.HOLDS, State.REFUSED]
    assert [item.kind for item in verdicts] == ["receipt", "closing report", "unreadable"]


def pages(pdf: bytes, dpi: int) -> list[Image.Image]:
    return [page.render(scale=dpi / 72).to_pil().convert("L") for page in pypdfium2.PdfDocument(pdf)]


def photographed(page: Image.Image) -> Image.Image:
    """Turned, seen from the side, out of focus, grey, unevenly lit, with noise."""
    width, height = page.size
    corners = (-0.05 * width, 0, 0, height, 1.05 * width, 1.05 * height, width, -0.05 * height)
    picture = page.transform(
        page.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=255
    )
    picture = picture.rotate(4, Image.Resampling.BICUBIC, expand=True, fillcolor=230)
    picture = picture.filter(ImageFilter.GaussianBlur(0.8))
    points = 55 + np.asarray(picture, dtype=float) * (205 - 55) / 255
    points *= np.linspace(1, 0.75, points.shape[1])[None, :]
    points += np.random.default_rng(7).normal(0, 8, points.shape)
    return Image.fromarray(points.clip(0, 255).astype(np.uint8))


def _head(town: Town) -> Letterhead:
    return Letterhead(town.manifest, town.fingerprint, Mode.OFFICIAL, Language("fr"))


def papers(town: Town) -> dict[str, bytes]:
    """PDFs as a station prints them."""
    head = _head(town)
    visit = town.visits[3]
    receipt = read_statement(town.sign(_T.RECEIPT, town.receipt(visit), signer=1))
    challenge = read_statement(town.sign(_T.CHALLENGE, town.challenge(1), signer=1))
    made = {
        "receipt": render_roll(receipt_paper(head, receipt)),
        "challenge": render_a4(challenge_paper(head, challenge)),
    }
    for number, name in enumerate(("zero report", "pause report", "reopening report", "closing report"), 1):
        report = read_statement(town.files[f"reports/08-{number}.cose"])
        made[name] = render_a4(report_paper(head, report))
    return made


def test_printed_papers_as_pdf_png_and_photograph(town: Town, evidence: Evidence, tmp_path: Path) -> None:
    for kind, pdf in papers(town).items():
        path = tmp_path / f"{kind}.pdf"
        path.write_bytes(pdf)
        page = pages(pdf, 200)[0]
        page.save(tmp_path / f"{kind}.png")
        photographed(page).save(tmp_path / f"{kind}.jpg", quality=75)
        for ending in ("pdf", "png", "jpg"):
            verdict = judge(evidence, str(tmp_path / f"{kind}.{ending}"))
            assert (verdict.kind, verdict.state) == (kind, State.HOLDS), (kind, ending, verdict)


def test_a_forged_receipt_on_a_page_is_refused(town: Town, evidence: Evidence, tmp_path: Path) -> None:
    forged = town.sign(_T.RECEIPT, town.receipt(town.visits[3]), signer=1, by="machine 0")
    pdf = render_a4(receipt_paper(_head(town), read_statement(forged)))
    path = tmp_path / "forged.png"
    pages(pdf, 150)[0].save(path)
    assert judge(evidence, str(path)).findings[0].code == "T-712"


def stained(page: Image.Image, part: float) -> Image.Image:
    """The middle of its code covered, so much of the width."""
    (code,) = zxingcpp.read_barcodes(page)
    corners = (code.position.top_left, code.position.bottom_right)
    (left, top), (right, bottom) = ((corner.x, corner.y) for corner in corners)
    half, made = part * (right - left) / 2, page.copy()
    middle = ((left + right) / 2, (top + bottom) / 2)
    spot = (middle[0] - half, middle[1] - half, middle[0] + half, middle[1] + half)
    ImageDraw.Draw(made).ellipse(spot, fill=120)
    return made


def test_a_code_that_is_there_and_cannot_be_read_is_not_passed_over(
    town: Town, evidence: Evidence, tmp_path: Path
) -> None:
    made = papers(town)
    receipt, report = pages(made["receipt"], 200)[0], pages(made["closing report"], 150)[0]
    both = Image.new("L", (receipt.width + report.width, max(receipt.height, report.height)), 200)
    for at, part in enumerate((0.3, 0.6)):
        spoilt = stained(receipt, part)
        both.paste(spoilt, (0, 0))
        both.paste(report, (receipt.width, 0))
        spoilt.save(tmp_path / f"alone-{at}.png")
        both.save(tmp_path / f"both-{at}.png")
    assert judge(evidence, str(tmp_path / "alone-0.png")).state is State.HOLDS
    alone = judge(evidence, str(tmp_path / "alone-1.png"))
    assert (alone.state, "blurred or damaged" in alone.sentence) == (State.REFUSED, True)
    whole = check_items(read(str(tmp_path / "both-0.png")), evidence, EN)
    assert sorted(item.kind for item in whole) == ["closing report", "receipt"]
    half = check_items(read(str(tmp_path / "both-1.png")), evidence, EN)
    assert sorted(item.state for item in half) == sorted([State.REFUSED, State.HOLDS])
    assert any(item.sentence.startswith("Another square code in this picture") for item in half)


def test_codes_of_others_are_named_so(town: Town, evidence: Evidence, tmp_path: Path) -> None:
    menu = draw_squares("https://example.org/menu")
    menu.save(tmp_path / "menu.png")
    assert judge(evidence, str(tmp_path / "menu.png")).sentence.startswith(
        "The square code in this picture is not one of ours"
    )
    receipt = pages(papers(town)["receipt"], 200)[0]
    both = Image.new("L", (receipt.width + menu.width, max(receipt.height, menu.height)), 200)
    both.paste(menu, (0, 0))
    both.paste(receipt, (menu.width, 0))
    both.save(tmp_path / "both.png")
    assert judge(evidence, str(tmp_path / "both.png")).state is State.HOLDS


def draw_squares(text: str) -> Image.Image:
    """Somebody else's code."""
    drawn: Image.Image = qrcode.make(text).get_image().convert("L")
    return drawn


def test_pictures_without_a_code_of_ours(evidence: Evidence, tmp_path: Path) -> None:
    white = BytesIO()
    Image.new("L", (300, 300), 255).save(white, "PNG")
    (tmp_path / "white.png").write_bytes(white.getvalue())
    assert refusal(str(tmp_path / "white.png")) == "T-704"
    (tmp_path / "cut.png").write_bytes(white.getvalue()[:60])
    assert refusal(str(tmp_path / "cut.png")) == "T-705"
    assert "photograph it again" in judge(evidence, str(tmp_path / "white.png")).sentence
    Image.new("1", (8_001, 8_001)).save(tmp_path / "huge.png")
    assert refusal(str(tmp_path / "huge.png")) == "T-702"
    assert judge(evidence, str(tmp_path / "huge.png")).sentence.startswith("This file is too large")
    assert judge(evidence, str(tmp_path / "cut.png")).sentence.startswith("This file cannot be read")


@pytest.mark.parametrize("form", ["WEBP", "TIFF", "GIF", "BMP"])
def test_a_picture_in_a_form_that_is_not_read_is_told_so_once(
    evidence: Evidence, tmp_path: Path, form: str
) -> None:
    path = tmp_path / f"photo.{form.lower()}"
    Image.new("L", (300, 300), 255).save(path, form)
    verdict = judge(evidence, str(path))
    assert verdict.state is State.REFUSED
    assert "save it as JPEG, PNG or PDF" in verdict.sentence


@pytest.mark.parametrize(
    "hostile", ["", "hello", "ISO1", "ISO1" + "9" * 5000, "ISO1x", "4T8W-M2R", "U" * 8, "ISO 10"]
)
def test_what_is_no_code_is_refused_in_a_sentence(evidence: Evidence, hostile: str) -> None:
    assert judge(evidence, hostile).state is State.REFUSED
    assert judge(evidence, "-", typed=hostile.encode() + b"\xff").state is State.REFUSED


@given(st.one_of(st.text(max_size=60), st.text("iso1234567890 éè\n-&4T8WM2RK", max_size=60)))
@settings(max_examples=150, deadline=None)
def test_any_text_is_answered(evidence: Evidence, text: str) -> None:
    try:
        items = read("-", typed=text.encode("utf-8", "replace")) + read(text)
    except Unreadable:
        return
    for verdict in check_items(items, evidence, EN):
        assert verdict.sentence
        assert verdict.state is State.REFUSED


@pytest.mark.parametrize("path", ["reports/08-1.cose", "reports/08-4.cose", "results/ville.cose"])
def test_any_changed_bit_is_refused(town: Town, evidence: Evidence, path: str) -> None:
    good = town.files[path]
    for place in random.Random(path).sample(range(8 * len(good)), 60):
        changed = bytearray(good)
        changed[place // 8] ^= 1 << place % 8
        (verdict,) = check_items(read(*encode(bytes(changed))), evidence, EN)
        assert verdict.state is State.REFUSED, place


def test_thousands_of_codes_are_not_looked_at(evidence: Evidence) -> None:
    with pytest.raises(Refused):
        read("-", typed=b"ISO1123456\n" * 3000)


def test_files_that_are_not_there_or_not_ours(evidence: Evidence, tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        read(str(tmp_path / "nothing.png"))
    (tmp_path / "x.cose").write_bytes(b"\xd2\x84")
    assert refusal(str(tmp_path / "x.cose")) == "V-101"
    (tmp_path / "x.bin").write_bytes(bytes(range(256)) * 100)
    assert refusal(str(tmp_path / "x.bin")) == "T-711"


def test_a_short_code_is_found(town: Town, evidence: Evidence) -> None:
    tracker = town.visits[0].ballots[0].tracker
    code = short_code(tracker)
    for typed in ((code,), (code.lower(),), tuple(code.split())):
        verdict = judge(evidence, *typed)
        assert verdict.sentence == f"One published ballot has the code {code}."
        assert verdict.data["ballots"] == [{"contest": "cyprien", "tracker": tracker.hex()}]
    assert judge(evidence, short_code(bytes([tracker[0] ^ 1]) + tracker[1:])).findings[0].code == "T-720"
    report = short_code(read_statement(town.files["reports/06-1.cose"]).fingerprint)
    assert judge(evidence, report).sentence == f"The code {report} is that of a published paper."


def test_a_check_code_is_found_where_a_visit_has_one_ballot(
    town: Town, evidence: Evidence, tmp_path: Path
) -> None:
    code = check_code(town.visits[0].commitment)
    for typed in ((code,), tuple(code.split())):
        verdict = judge(evidence, *typed)
        assert verdict.sentence.endswith("is in the box of station 06 Saint-Cyprien.")
    linked = judge(evidence, check_code(town.visits[3].commitment))
    assert linked.findings[0].code == "T-722"
    opened = town.sign(_T.CHALLENGE, town.challenge(0), signer=0)
    code = check_code(town.challenge(0).commitment)
    assert judge(evidence, code).state is State.REFUSED
    published = open_evidence(town.publish(tmp_path / "a", {"challenges/1.cose": opened}))
    assert "not counted" in judge(published, code).sentence
    forged = town.sign(_T.CHALLENGE, town.challenge(0), signer=0, by="machine 1")
    lying = open_evidence(town.publish(tmp_path / "b", {"challenges/1.cose": forged}))
    assert judge(lying, code).state is State.REFUSED


def test_lists_that_are_not_published_yet(town: Town, tmp_path: Path) -> None:
    early = open_evidence(town.publish(tmp_path, without=lambda path: path.startswith("archives/")))
    for code in (short_code(town.visits[0].ballots[0].tracker), check_code(town.visits[0].commitment)):
        assert judge(early, code).findings[0].code == "T-715"


def test_a_fingerprint_is_named(town: Town, evidence: Evidence) -> None:
    sealed = fingerprint_text(town.fingerprint)
    for typed in ((sealed,), tuple(sealed.split())):
        assert judge(evidence, *typed).sentence == "This is the fingerprint of the sealed file of this vote."
    closing = fingerprint_text(town.closing.set_digest)
    assert (
        judge(evidence, closing).sentence
        == "This is the digest of the box of station 08 Minimes, as it closed."
    )
    assert judge(evidence, fingerprint_text(bytes(32))).findings[0].code == "T-720"


def test_typed_codes_alone_are_not_looked_up(town: Town) -> None:
    (verdict,) = check_items(read("4T8W", "-", "M2RK"), None, EN)
    assert verdict.state is State.UNCHECKED
    assert "--against" in verdict.sentence


def test_the_text_is_the_statement(receipt: bytes, text: str) -> None:
    (item,) = read(text)
    assert isinstance(item.what, Statement)
    assert item.what.raw == receipt == decode([text])

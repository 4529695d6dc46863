"""The page in a real browser, from the disk, without a network: codes held against it, keys alone, languages."""

from __future__ import annotations

import dataclasses
import random
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from keys.desk.language import Language
from keys.election.decision import DecisionKind
from keys.election.report import ZeroReport
from keys.election.result import Publication, PublishedFile, Result
from keys.election.statement import StatementType, read_statement
from keys.paper.codes import PREFIX, decode, encode
from keys.paper.groups import check_code, fingerprint_text, short_code
from keys.paper.keyboard import LAYOUTS
from tally.check import Item, check_items, open_evidence
from tests.tally.check.town import Town
from tests.tally.page.browser import ENTER, TAB, Browser
from tests.tally.page.paper import page_of, receipt, texts

_T = StatementType
_OPEN = ".edition:not([hidden])"
_ASK = f"""
document.querySelector('{_OPEN} textarea').value = arguments[0];
document.querySelector('{_OPEN} form').requestSubmit();
"""
_TOLD = f"""
return Array.from(document.querySelectorAll('{_OPEN} .answer'), (box) => [
  box.className.split(' ')[1], box.querySelector('.sentence').textContent,
  Array.from(box.querySelectorAll('li'), (item) => item.textContent)]);
"""
Answer = tuple[str, str, list[str]]
Ask = Callable[[str], Answer]


def answers(browser: Browser, text: str) -> list[Answer]:
    """What the page says to a text: state, sentence without its first word, reasons."""
    browser.run(_ASK, text)
    told: list[Any] = browser.until(lambda: browser.run(_TOLD))
    return [(state, re.sub(r"^.*?\. ", "", sentence, count=1), reasons) for state, sentence, reasons in told]


@pytest.fixture
def ask(browser: Browser, page_file: Path) -> Ask:
    browser.open(page_file, "#en")

    def one(text: str) -> Answer:
        (answer,) = answers(browser, text)
        return answer

    return one


def forged(text: str, place: int = -1) -> str:
    """A code with one digit changed."""
    at = place % len(text)
    return text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]


def test_the_page_says_what_tally_check_says(
    ask: Ask, town: Town, elsewhere: Town, rehearsal: Town, tmp_path: Path
) -> None:
    evidence = open_evidence(town.publish(tmp_path / "public"))
    item = town.visits[0]
    tracker = town.receipt(item).trackers[0]
    missing = dataclasses.replace(town.receipt(item), trackers=(tracker[:15] + bytes([tracker[15] ^ 1]),))
    other = dataclasses.replace(town.receipt(item), check_code=town.receipt(town.visits[1]).check_code)
    unfit = dataclasses.replace(town.receipt(item), trackers=(tracker, tracker))
    stranger = town.receipt(town.visits[3])
    zero = ZeroReport.from_content(read_statement(town.files["reports/06-1.cose"]).content, "zero")
    lie = town.sign(_T.ZERO_REPORT, dataclasses.replace(zero, electors=7), signer=0)
    result = Result.from_content(read_statement(town.files["results/ville.cose"]).content, "result")
    cases = {
        "receipt of one": (receipt(town), "holds"),
        "receipt of two": (receipt(town, 3), "holds"),
        "missing": (receipt(town, 0, missing), "refused"),
        "other vote": (receipt(town, 0, other), "refused"),
        "unfit": (receipt(town, 0, unfit), "refused"),
        "another machine's": (
            receipt(town, 3, dataclasses.replace(stranger, trackers=stranger.trackers[::-1])),
            "refused",
        ),
        "another's key": (receipt(town, by="machine 1"), "refused"),
        "other election": (receipt(elsewhere), "refused"),
        "rehearsal": (receipt(rehearsal), "refused"),
        "lying zero report": (lie, "refused"),
        "lying result": (town.sign(_T.RESULT, dataclasses.replace(result, blank=1)), "refused"),
        "no such contest": (town.sign(_T.RESULT, dataclasses.replace(result, contest=9)), "refused"),
        "unpublished decision": (town.decision(DecisionKind.FIGURES, 0), "refused"),
        **{
            path: (town.files[path], "holds")
            for path in town.files
            if path.startswith(("reports/", "results/"))
        },
        "draft": (town.files["draft.cose"], "holds"),
        "other's draft": (elsewhere.files["draft.cose"], "refused"),
        "enrolment": (town.files["enrolments/06.cose"], "holds"),
    }
    for name, (raw, state) in cases.items():
        verdict = check_items([Item("", read_statement(raw))], evidence, Language("en"))[0]
        told = ask(texts(raw))
        assert (told[0], verdict.state.value) == (state, state), (name, told)
        if name != "unpublished decision":
            assert told[1] == verdict.sentence, name


def test_reasons_follow_the_sentence(ask: Ask, town: Town) -> None:
    tracker = town.receipt(town.visits[0]).trackers[0]
    state, sentence, reasons = ask(texts(receipt(town)))
    assert (state, sentence) == ("holds", "This ballot is in the box of station 06 Saint-Cyprien.")
    assert reasons[0] == f"Codes of its ballots: {short_code(tracker)}"
    assert "Signed by the machine of station 06 Saint-Cyprien." in reasons
    assert f"Code {short_code(tracker)} is in the list of Cyprien." in reasons
    assert (
        "The published box of the station is the one in its closing report. Ballots in each contest: 3."
        in reasons
    )


def test_what_to_do_with_a_forged_paper_and_one_of_another_vote(
    ask: Ask, town: Town, elsewhere: Town
) -> None:
    keep, take = "Keep the paper and show it to the observers", "Take the public folder of the election"
    assert [reason[: len(keep)] for reason in ask(texts(receipt(town, by="machine 1")))[2]] == [keep]
    assert [reason[: len(take)] for reason in ask(texts(receipt(elsewhere)))[2]] == [take]
    assert not any(reason.startswith((keep, take)) for reason in ask(texts(receipt(town)))[2])


def test_any_one_digit_changed_is_refused(ask: Ask, town: Town) -> None:
    (good,) = encode(receipt(town))
    places = random.Random(7).sample(range(len(PREFIX) + 3, len(good)), 25)
    for place in (*places, len(good) - 1):
        state, sentence, _ = ask(forged(good, place))
        assert state == "refused", (place, sentence)
        assert (
            "forged" in sentence
            or "damaged" in sentence
            or "another election" in sentence
            or "newer" in sentence
        )
    for text in (good[:-1], good + "1", good[:60]):
        assert ask(text)[0] == "refused"


def test_a_bit_of_the_signature_changed_is_forged(ask: Ask, town: Town) -> None:
    good = receipt(town)
    for at in (-1, -40, good.index(town.receipt(town.visits[0]).trackers[0])):
        bad = bytearray(good)
        bad[at] ^= 1
        state, sentence, _ = ask(texts(bytes(bad)))
        assert state == "refused"
        assert sentence.startswith(
            "Receipt: it was not signed by the machine of station 06 Saint-Cyprien; it is forged"
        )


def test_only_one_form_of_a_statement_is_read(ask: Ask, town: Town) -> None:
    good = receipt(town)
    assert good[:2] == b"\xd2\x84"
    longer = good[:1] + b"\x98\x04" + good[2:]  # the length of the list in two bytes
    inside = good[:2] + b"\x59" + b"\x00" + good[3:]  # that of the header in three
    for bad in (longer, inside, good + b"\x00", good[1:], good.replace(b"\xa0\x58", b"\xa1\x01\x02\x58", 1)):
        assert ask(PREFIX + str(int.from_bytes(b"\x01" + bad, "big")))[:2] == (
            "refused",
            "The code is damaged: a digit is missing, wrong or too many, or somebody changed it.",
        )


def test_packing_is_bounded(ask: Ask) -> None:
    def packed(data: bytes, more: bytes = b"") -> str:
        packer = zlib.compressobj(9, wbits=-15)
        body = packer.compress(data) + packer.flush() + more
        return PREFIX + str(int.from_bytes(b"\x02" + body, "big"))

    for text in (
        packed(bytes(400_000)),
        packed(bytes(90), b"x"),
        packed(b"ab"),
        PREFIX + "5" * 1500,
        PREFIX + "0" * 9,
    ):
        state, sentence, _ = ask(text)
        assert state == "refused"
        assert "damaged" in sentence or "not one of our codes" in sentence


def test_parts_in_any_order(browser: Browser, page_file: Path, town: Town) -> None:
    raw = town.files["manifest.cose"]
    parts = list(encode(raw))
    assert len(parts) >= 2
    browser.open(page_file, "#en")
    random.Random(3).shuffle(parts)
    told = answers(browser, "\n".join([*parts, parts[0], *encode(receipt(town))]))
    assert sorted(state for state, _, _ in told) == ["holds", "holds"]
    (told,) = (answers(browser, "\n".join(parts[1:])),)
    assert told[0][0] == "refused"
    assert re.search(rf"part \d of {len(parts)} is missing", told[0][1])
    wrong = [forged(parts[0]), *parts[1:]]
    assert answers(browser, "\n".join(wrong))[0][0] == "refused"
    assert decode(parts) == raw


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_scanned_on_another_keyboard(ask: Ask, town: Town, layout: str) -> None:
    (code,) = encode(receipt(town))
    typed = "".join(LAYOUTS[layout][int(sign)] if sign.isdigit() else sign for sign in code)
    assert ask(f"some words\n{typed[:90]}\n{typed[90:].upper()}\n")[0] == "holds"
    assert ask(f"{typed}&" if layout == "us" else f"{typed}7x")[0] == "refused"


def test_codes_for_people(ask: Ask, town: Town) -> None:
    tracker = town.visits[0].ballots[0].tracker
    line = f"Station 06 Saint-Cyprien, Cyprien: {tracker.hex()}"
    code = short_code(tracker)
    for text in (code, code.lower().replace("-", " "), tracker.hex(), tracker.hex()[:32]):
        state, sentence, reasons = ask(text)
        assert (state, reasons[0]) == ("holds", line)
        assert sentence.startswith("One published ballot has the code ")
    state, sentence, _ = ask("0000 0000")
    assert (state, "No published ballot has the code 0000 - 0000" in sentence) == ("refused", True)
    one, several = town.visits[0].commitment, town.visits[3].commitment
    assert ask(check_code(one))[:2] == (
        "holds",
        f"The ballot of the slip with the check code {check_code(one)} is in the box of station 06 Saint-Cyprien.",
    )
    assert ask(check_code(several))[0] == "unchecked"
    assert ask(fingerprint_text(town.fingerprint))[:2] == (
        "holds",
        "This is the fingerprint of the sealed file of this vote.",
    )
    assert ask(fingerprint_text(bytes(32)))[0] == "refused"
    for text in ("", "hello", "ABCD", "I5O9001", "</textarea><script>"):
        assert ask(text)[1].startswith("This is not one of our codes")


def test_a_publication(ask: Ask, town: Town, written: bytes) -> None:
    from hashlib import sha256

    def publication(files: dict[str, bytes]) -> str:
        listed = tuple(
            PublishedFile(path, len(raw), sha256(raw).digest()) for path, raw in sorted(files.items())
        )
        return texts(town.sign(_T.PUBLICATION, Publication(1795301999, listed, "isoloir test")))

    files = {**town.files, "index.html": written}
    state, sentence, reasons = ask(publication(files))
    assert state == "holds", sentence
    assert sha256(written).hexdigest() in reasons[-1]
    assert ask(publication({**files, "trackers/ville.txt": b""}))[0] == "refused"
    assert ask(publication(town.files))[0] == "refused"
    assert ask(publication({**files, "more.txt": b""}))[0] == "refused"


def test_a_list_that_is_not_the_one_of_the_closing_report(
    browser: Browser, town: Town, tmp_path: Path
) -> None:
    fuller = Town()
    fuller.visits.append(fuller.visit(0, 4))
    fuller.visits[-1].cast()
    fuller.count(0)
    path = tmp_path / "index.html"
    path.write_bytes(page_of(town, {"archives/cyprien.bel": fuller.files["archives/cyprien.bel"]}))
    browser.open(path, "#en")
    (told,) = answers(browser, texts(receipt(town)))
    assert told[0] == "refused"
    assert told[1].startswith(
        "The published list of station 06 Saint-Cyprien is not the one its machine signed"
    )
    assert answers(browser, texts(receipt(town, 3)))[0][0] == "holds"


def test_keys_alone(browser: Browser, page_file: Path, town: Town) -> None:
    browser.open(page_file)
    focused = "const at = document.activeElement; return at.id || at.lang || at.getAttribute('href') || at.localName"
    order = []
    for _ in range(40):
        browser.press(TAB)
        order.append(browser.run(focused))
        if order[-1] == "code-en":
            break
    assert order[:3] == ["#main-en", "fr", "en"]
    assert order[3:12] == [
        "#results-en", "#contest-en-0", "#contest-en-1", "#contest-en-2", "#check-en",
        "#participation-en", "#decisions-en", "#origin-en", "#limits-en",
    ]  # fmt: skip
    assert order[-1] == "code-en"
    assert browser.run("return getComputedStyle(document.activeElement).outlineStyle") == "solid"
    browser.press(*short_code(town.visits[0].ballots[0].tracker), ENTER)
    (told,) = browser.until(lambda: browser.run(_TOLD))
    assert told[1].startswith("Found. One published ballot")
    assert browser.run("return document.activeElement.id") == "code-en"
    browser.press(TAB)
    assert browser.run(focused) == "button"


def test_languages(browser: Browser, page_file: Path, town: Town) -> None:
    browser.open(page_file, "#fr")
    assert browser.run("return [document.documentElement.lang, document.title]") == [
        "fr",
        "Votes town – Toulouse",
    ]
    browser.type_into("#code-fr", encode(receipt(town))[0] + ENTER)
    (told,) = browser.until(lambda: browser.run(_TOLD))
    assert told[:2] == ["holds", "Valable. Ce bulletin est dans l’urne du bureau 06 Saint-Cyprien."]
    browser.click(".languages a[lang=en]")
    (told,) = browser.until(lambda: browser.run(_TOLD))
    assert told[1] == "Holds. This ballot is in the box of station 06 Saint-Cyprien."
    shown = "return Array.from(document.querySelectorAll('.edition'), (item) => item.hidden)"
    assert browser.run(shown) == [True, False]
    assert browser.run("return document.querySelector('.languages a[aria-current]').lang") == "en"


def test_nothing_leaves_the_page(browser: Browser, page_file: Path, town: Town) -> None:
    browser.open(page_file, "#en")
    answers(browser, texts(receipt(town)))
    answers(browser, "0000 0000")
    assert browser.requests() == [page_file.as_uri()]
    assert not browser.log("browser")


def test_the_policy_is_in_force(browser: Browser, page_file: Path) -> None:
    browser.open(page_file, "#en")
    browser.run("""
      window.blocked = [];
      document.addEventListener('securitypolicyviolation', (event) => blocked.push(event.effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'window.hacked = 1';
      document.body.append(script);
      document.body.setAttribute('onclick', 'window.hacked = 2');
      document.body.click();
      document.body.append(Object.assign(document.createElement('img'), { src: 'http://localhost/x.png' }));
      fetch('http://localhost/').catch(() => {});
    """)
    browser.until(lambda: len(browser.run("return blocked")) >= 4)
    assert set(browser.run("return blocked")) == {
        "script-src-elem",
        "script-src-attr",
        "img-src",
        "connect-src",
    }
    assert browser.run("return window.hacked") is None


def test_a_browser_without_ed25519_says_so(browser: Browser, page_file: Path, town: Town) -> None:
    browser.open(page_file, "#en")
    browser.run("""
      const real = SubtleCrypto.prototype.importKey;
      SubtleCrypto.prototype.importKey = () => Promise.reject(new DOMException('no', 'NotSupportedError'));
      window.mend = () => { SubtleCrypto.prototype.importKey = real; };
    """)
    (told,) = answers(browser, texts(receipt(town)))
    assert told[0] == "unchecked"
    assert "this browser cannot check signatures of this kind (Ed25519)" in told[1]
    browser.run("window.mend()")
    assert answers(browser, texts(receipt(town)))[0][0] == "holds"


def test_it_can_be_read_without_scripts(browser: Browser, page_file: Path) -> None:
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(page_file)
    finally:
        browser.command("Emulation.setScriptExecutionDisabled", value=False)
    visible = "return Array.from(document.querySelectorAll(arguments[0]), (item) => item.checkVisibility())"
    assert browser.run(visible, ".needs-script") == [True, True]
    assert browser.run(visible, "form") == [False, False]
    assert browser.run(visible, "main") == [True, True]


@pytest.mark.parametrize("width", [320, 375, 1200])
def test_it_fits_narrow_screens(browser: Browser, page_file: Path, town: Town, width: int) -> None:
    browser.resize(width, 800)
    browser.open(page_file, "#fr")
    answers(browser, texts(receipt(town)))
    browser.run("for (const item of document.querySelectorAll('details')) item.open = true")
    assert browser.run("return document.documentElement.scrollWidth") <= width
    sizes = browser.run(
        f"return Array.from(document.querySelectorAll('{_OPEN} button, {_OPEN} textarea'), "
        "(item) => item.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 44

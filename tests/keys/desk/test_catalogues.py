"""Every sentence that the program says is there in every language, whole, and in words that voters know."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from keys.desk.catalogue import LOCALES, SOURCE, available, messages, read_catalogue
from keys.desk.language import placeholders
from keys.findings import FINDINGS

ROOT = Path(__file__).parents[3]
ONE, MANY = {"say", "Fact"}, {"say_many", "many"}
CODES = [code for code in available() if code != SOURCE]
VOTER_FACING = (
    "keys/desk/chosen.py",
    "keys/desk/spending.py",
    "station/papers/documents.py",
    *(
        f"station/wording/{name}.py"
        for name in (
            "asides",
            "contests",
            "endings",
            "form",
            "frame",
            "grades",
            "leaving",
            "lines",
            "marks",
            "points",
            "ranks",
            "review",
            "voter",
        )
    ),
)
FORBIDDEN = {
    "en": r"encrypt|cipher|hash|\bkeys?\b(?! F4| does| to continue)|proof|tracker|credential|nonce|crypto|signature",
    "fr": r"chiffr(?!es)|hach|\bclés?\b|\bpreuve|traceur|jeton|crypt|signature",
    "de": r"verschlüssel|chiffr|hash|\bschlüssel|krypt|signatur|signier|beweis|treuhänder",
    "it": r"cifrat|crittogr|hash|\bchiav[ei]\b|credenzial|custode",
    "es": r"cifrad|cript|hash|\bclaves?\b|credencial|custodio",
    "pt": r"cifrad|cript|hash|\bchaves?\b|credencia|depositári",
    "ro": r"criptat|cifrat|hash|\bchei|acredit|custode",
    "cs": r"šifr|krypt|hash|\bklíč|oprávněn|důkaz|správc",
    "et": r"krüpt|räsi|hash|\bvõt(i|me|mehoidja)\b|volitus|tõend",
    "oc": r"chifrat|cript|hash|\bclaus?\b|acredit|depositari",
}


def calls(path: Path) -> Iterator[tuple[str, ...]]:
    """The literal sentences of one source file: one, or singular and plural."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        wanted = 1 if name in ONE else 2 if name in MANY else 0
        texts = [arg.value for arg in node.args[:wanted] if isinstance(arg, ast.Constant)]
        if wanted and len(texts) == wanted and all(isinstance(text, str) for text in texts):
            yield tuple(str(text) for text in texts)


def said() -> dict[tuple[str, ...], str]:
    """Every sentence, and one file that says it."""
    found: dict[tuple[str, ...], str] = {}
    for room in ("keys", "station", "tally"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for sentence in calls(path):
                found.setdefault(sentence, str(path.relative_to(ROOT)))
    return found


def literals() -> set[str]:
    """Every string in the sources: some sentences are chosen from tables."""
    return {
        node.value
        for room in ("keys", "station", "tally")
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def findings() -> set[tuple[str, ...]]:
    """What the three commands and the screens may say of a finding."""
    return {
        (text,) for finding in FINDINGS.values() for text in (finding.title, finding.meaning, finding.remedy)
    }


def catalogues(code: str) -> Iterator[tuple[str, Catalog]]:
    for path in sorted((LOCALES / code).glob("*.po")):
        yield path.name, read_catalogue(path, code)


def entries(code: str) -> Iterator[tuple[str, Message, tuple[str, ...], tuple[str, ...]]]:
    """File, message, sentences and words of every entry but the headers."""
    for name, catalogue in catalogues(code):
        for message in catalogue:
            ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
            words = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
            if ids[0]:
                yield name, message, tuple(map(str, ids)), tuple(map(str, words))


def test_one_and_several_are_said_as_the_catalogues_have_them() -> None:
    """In English too, where the second sentence comes from the source: one thing is not said like several."""
    known = {ids for _, _, ids, _ in entries(CODES[0])}
    assert {pair: where for pair, where in said().items() if len(pair) == 2 and pair not in known} == {}


def test_the_scan_finds_what_is_said() -> None:
    found = said()
    assert ("Review your choices. Nothing is recorded yet.",) in found
    assert ("{count} choice", "{count} choices") in found
    assert len(found) > 200


@pytest.mark.parametrize("room", ["keys", "station", "tally"])
@pytest.mark.parametrize("code", CODES)
def test_no_sentence_is_missing(code: str, room: str) -> None:
    known = messages(code)
    missing = {
        words: path for words, path in said().items() if words[0] not in known and path.startswith(room)
    }
    missing |= {words: "keys/findings.py" for words in findings() if words[0] not in known}
    assert not missing, f"{len(missing)} missing: {missing}"


@pytest.mark.parametrize("code", CODES)
def test_no_sentence_is_unused(code: str) -> None:
    used = literals()
    unused = [(name, ids[0]) for name, _, ids, _ in entries(code) if ids[0] not in used]
    assert not unused


@pytest.mark.parametrize("code", CODES)
def test_no_sentence_is_broken(code: str) -> None:
    broken = []
    for name, message, ids, words in entries(code):
        allowed = frozenset().union(*map(placeholders, ids))
        whole = all(words) and not message.fuzzy
        same = all(placeholders(text) <= allowed for text in words) and allowed <= placeholders(
            " ".join(words)
        )
        tidy = all(text == text.strip() for text in words)
        if not (whole and same and tidy):
            broken.append((name, ids[0]))
    assert not broken


@pytest.mark.parametrize("code", CODES)
def test_a_sentence_has_one_wording_and_every_catalogue_says_who_read_it(code: str) -> None:
    seen: dict[str, str] = {}
    for name, _, ids, _ in entries(code):
        assert ids[0] not in seen, f"{ids[0]!r} stands in {seen.get(ids[0])} and in {name}"
        seen[ids[0]] = name
    for name, catalogue in catalogues(code):
        said = re.search(r"^#? *reviewed: (.+)$", catalogue.header_comment, re.MULTILINE)
        assert said, name
        assert re.fullmatch(r"no|\S.*, \d{4}-\d\d-\d\d", said[1]), f"{name}: a name and a day, or no"
        assert not catalogue.obsolete, name


@pytest.mark.parametrize("code", [SOURCE, *CODES])
def test_voters_read_no_word_of_the_workshop(code: str) -> None:
    sentences = [words for path in VOTER_FACING for words in calls(ROOT / path)]
    assert len(sentences) > 60
    texts = [text for words in sentences for text in (words if code == SOURCE else messages(code)[words[0]])]
    guilty = [text for text in texts if re.search(FORBIDDEN[code], text, re.IGNORECASE)]
    assert not guilty

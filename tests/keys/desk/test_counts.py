"""No sentence breaks where a number is one: what counts goes through `say_many`, or puts the number behind."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from keys.desk.catalogue import LOCALES, SOURCE, available, messages, plural, read_catalogue
from keys.desk.language import Language, placeholders

ROOT = Path(__file__).parents[3]
MANY = {"say_many", "many"}
COUNTED = re.compile(
    r"\{(\w+)\} (?:of \{\w+\} )?(?:(?!of\b|to\b|by\b|and\b|in\b|at\b)[a-z]+ ){0,2}?([a-z]+s|people)\b"
)
"""A field before a noun in the plural, with up to two words between them."""
NO_NOUN = frozenset(
    [
        "as",
        "asks",
        "belongs",
        "comes",
        "does",
        "gets",
        "goes",
        "has",
        "holds",
        "is",
        "its",
        "lies",
        "looks",
        "needs",
        "says",
        "shows",
        "stays",
        "stops",
        "this",
        "waits",
        "was",
        "wins",
    ]
)
"""Words in s that are no nouns in the plural."""
NEVER_ONE = {
    # sentence: why its number is never one
    "{count} topics. Left out means blank.": "said where there are several contests",
    "{count} topics. Vote on those you want.": "said where there are several contests",
    "Give at least {count} points, or vote blank.": "said from two on; one may always be left",
    "{count} people found. Read the date of birth on the identity document.": "said of several",
    "No printer, and {count} contests in each visit": "said from five contests on",
    "Each voter chooses {least} to {most} options.": "the most is more than the least, which is one or more",
    "If you do not answer within {seconds} seconds, your choices will be wiped.": "the seconds come in tens",
    "Wrong PIN. Wait {seconds} seconds.": "fifteen, doubling",
    "All {count} codes hold.": "said where several were read",
    "Code of the box, in {count} groups:": "thirteen",
    "{count} codes were read, and not all could be checked without the public folder.": "said of several",
    "All {count} files of the public folder are what the town hall signed.": "a folder has dozens",
    "List of published files: it is genuine, and this page names the same {count} files.": "dozens",
    "{count} files written to {place}. Anyone may verify them.": "a public folder has dozens",
    "Copied, read back and compared: {count} files in {place}. Keep it in the safe: it holds the registers.": "dozens",
    "{money} is divided equally among the voters; those who support a project pay for it together (Equal "
    "Shares).": ("an amount of money with its currency"),
    "{marks} of {electors} electors; flagged from {most}": "from thirty electors on",
    "{blank} of {ballots} ballots; flagged from {most}": "from twenty ballots on",
    "{own}, all others together {rest}; flagged from {apart} points apart and {deviations} standard deviations": (
        "a threshold of ours"
    ),
    "announced for {announced}, opened {real}; flagged from {minutes} minutes apart": "a threshold of ours",
    "announced for {announced}, closed {real}; flagged if before, or more than {hours} hours after": (
        "a threshold of ours"
    ),
    "{options} cost their supporters the same for what they gain, and their order changes what is funded.": (
        "names of several that are tied"
    ),
    "{name} signs beside no. {number}.": "a name",
    "{name} votes for no. {number}": "a name",
}


def literal(node: ast.AST) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def sentences() -> Iterator[tuple[str, str]]:
    """Every text in the sources with a field in it that may be a number, but those said by number already."""
    for room in ("keys", "station", "tally"):
        for path in sorted((ROOT / room).rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            many = {
                id(arg)
                for node in ast.walk(tree)
                if isinstance(node, ast.Call)
                and getattr(node.func, "attr", getattr(node.func, "id", "")) in MANY
                for arg in node.args[:2]
            }
            for node in ast.walk(tree):
                text = literal(node)
                if text and placeholders(text) and id(node) not in many:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", text  # type: ignore[attr-defined]


def breaks_at_one(text: str) -> bool:
    return any(found[2] not in NO_NOUN for found in COUNTED.finditer(text))


@pytest.mark.parametrize(
    "text",
    [
        "{count} ballots were cast",
        "Give {least} of {most} points",
        "{ballots} valid paper ballots",
        "{n} people",
    ],
)
def test_the_pattern_finds_what_breaks(text: str) -> None:
    assert breaks_at_one(text)


@pytest.mark.parametrize(
    "text", ["Ballots: {count}", "{option} has the most votes", "{share} of the votes", "{title}: choose one"]
)
def test_the_pattern_leaves_what_holds(text: str) -> None:
    assert not breaks_at_one(text)


def test_no_number_stands_before_a_plural() -> None:
    known = set(messages("fr"))
    found = {
        text: place
        for place, text in sentences()
        if text in known and breaks_at_one(text) and text not in NEVER_ONE
    }
    assert not found


def pairs() -> set[tuple[str, str]]:
    """Singular and plural of everything that is said by number."""
    found = set()
    for room in ("keys", "station", "tally"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and getattr(node.func, "attr", getattr(node.func, "id", "")) in MANY
                ):
                    texts = [text for text in map(literal, node.args[:2]) if text]
                    found |= {(texts[0], texts[1])} if len(texts) == 2 else set()
    return found


def test_no_singular_has_a_number_before_a_plural() -> None:
    assert not {one for one, _ in pairs() if breaks_at_one(one)}


def test_the_catalogues_have_the_plural_that_is_said() -> None:
    known = {
        tuple(message.id)
        for path in (LOCALES / "fr").glob("*.po")
        for message in read_catalogue(path, "fr")
        if isinstance(message.id, list | tuple)
    }
    assert pairs() == known


def test_every_exception_is_still_said() -> None:
    said = {text for _, text in sentences()}
    assert not set(NEVER_ONE) - said


def test_every_language_has_a_form_of_its_own_for_one() -> None:
    """The first form is for exactly one, but in French and Occitan, where it is for none too."""
    for code in available():
        if code != SOURCE:
            rule = plural(code)
            assert rule(1) == 0
            assert rule(2) != 0
            assert (rule(0) == 0) == (code in {"fr", "oc"})


@pytest.mark.parametrize("code", [code for code in available() if code != SOURCE])
def test_one_thing_is_said_in_the_singular(code: str) -> None:
    """No language says one ballot as it says five, where it has a word for each."""
    language = Language(code)
    one, five = (
        language.say_many("{count} signature", "{count} signature", count).partition(" ")[2]
        for count in (1, 5)
    )
    assert one != five

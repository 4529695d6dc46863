"""What stands in the page: its parts, its policy, and names that try to become something else."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import tally.page.words
import tests.tally.check.town as towns
from keys.desk.language import Language
from keys.election.definition import Definition, Option, text_in
from keys.election.header import SIGNERS, StatementType
from keys.paper.keyboard import LAYOUTS
from tally.page.markup import element, escaped, name_of
from tests.tally.check.town import SEALED, Town
from tests.tally.page.paper import page_of

_VOID = {"meta", "br", "hr", "img", "input", "link"}


class Outline(HTMLParser):
    """Elements in their order; refuses ends that fit no beginning."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts.setdefault(self._open[-1], []).append(data)

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        return [
            attributes
            for name, attributes in self.elements
            if name == tag and all(attributes.get(key) == value for key, value in wanted.items())
        ]


@pytest.fixture(scope="module")
def outline(written: bytes) -> Outline:
    return Outline(written.decode())


def data_of(written: bytes) -> dict[str, Any]:
    found = re.search(rb'<script type="application/json" id="data">(.*?)</script>', written, re.DOTALL)
    assert found is not None
    content: dict[str, Any] = json.loads(found[1])
    return content


def test_the_same_papers_give_the_same_bytes(town: Town, written: bytes) -> None:
    assert page_of(town) == written
    assert page_of(town, {"results/ville.cose": b""}) != written
    changed = {**town.files, "trackers/ville.txt": town.files["trackers/ville.txt"][:-1]}
    assert page_of(town, changed) != written


def test_the_policy_allows_its_own_style_and_program_alone(outline: Outline, written: bytes) -> None:
    text = written.decode()
    (meta,) = outline.all("meta", **{"http-equiv": "Content-Security-Policy"})
    policy = dict(part.split(" ", 1) for part in str(meta["content"]).split("; "))
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    source = {
        name: f"'sha256-{base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()}'"
        for name, part in (("style", style), ("script", script))
    }
    assert policy == {
        "default-src": "'none'",
        "script-src": source["script"],
        "style-src": source["style"],
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    heads = [name for name, _ in outline.elements][: outline.elements.index(("style", {})) + 1]
    assert heads == ["html", "head", "meta", "meta", "meta", "meta", "meta", "title", "style"]
    assert len(outline.all("script")) == 2


def test_nothing_is_loaded_and_nothing_runs_from_an_attribute(outline: Outline, written: bytes) -> None:
    for name, attributes in outline.elements:
        assert name not in {"link", "iframe", "object", "embed", "img", "base", "image", "use"}
        assert not [key for key in attributes if key.startswith("on") or key in {"style", "src", "action"}], (
            name
        )
        href = attributes.get("href") or ""
        assert not re.match(r"[a-z]+:|//", href), href
    script = written.decode().rpartition("<script>")[2]
    for word in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "Function(",
        "fetch(",
    ):
        assert word not in script
    for word in ("XMLHttpRequest", "WebSocket", "import(", "sendBeacon", "localStorage", "document.cookie"):
        assert word not in script
    assert not re.search(rb"https?://", written)


def test_structure_for_readers_of_the_screen(outline: Outline) -> None:
    names = [name for name, _ in outline.elements]
    for code in ("fr", "en"):
        (edition,) = outline.all("div", **{"class": "edition", "id": code})
        assert edition["lang"] == code
        assert len(outline.all("main", id=f"main-{code}")) == 1
        label = next(item for item in outline.all("label") if item["for"] == f"code-{code}")
        (area,) = outline.all("textarea", id=str(label["for"]))
        assert outline.all("p", id=str(area["aria-describedby"]))
        for part in ("results", "check", "participation", "decisions", "origin", "limits"):
            assert outline.all("h2", id=f"{part}-{code}")
    assert [names.count(name) for name in ("h1", "header", "main", "footer", "form")] == [2] * 5
    live = outline.all("div", role="status")
    assert [item["aria-live"] for item in live] == ["polite", "polite"]
    assert names.count("table") == names.count("caption")
    assert all(item.get("scope") in {"col", "row"} for item in outline.all("th"))
    levels = [int(name[1]) for name in names if re.fullmatch("h[1-6]", name)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [attributes["id"] for _, attributes in outline.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for link in outline.all("a"):
        href = str(link["href"])
        assert not href.startswith("#") or href[1:] in ids
    for svg in outline.all("svg"):
        assert svg["aria-hidden"] == "true"


def test_figures_stand_in_the_page(outline: Outline, town: Town) -> None:
    tables = "".join(outline.texts["td"])
    assert tables.count("tied") == tables.count("à égalité") == 6  # two options of each contest
    assert {"Votes town"} <= set(outline.texts["bdi"])
    definition = town.manifest.definition
    for contest in definition.contests:
        assert outline.texts["bdi"].count(text_in(contest.title, "fr")) >= 4
    assert any(text.startswith("Electors: 12. Voters: 6.") for text in outline.texts["p"])


def test_the_data_holds_what_the_papers_say(town: Town, written: bytes) -> None:
    data = data_of(written)
    assert data["manifest"] == town.fingerprint.hex()
    assert data["layouts"] == LAYOUTS
    assert data["files"] == {path: hashlib.sha256(raw).hexdigest() for path, raw in town.files.items()}
    assert [machine["closing"]["ballots"] for machine in data["machines"]] == [3, 3]
    for at, contest in enumerate(data["contests"]):
        rows = base64.b64decode(contest["ballots"])
        ballots = town.in_contest(at)
        assert rows == b"".join(ballot.tracker + ballot.unsigned.hash for ballot in ballots)
    assert set(data["words"]) == {"fr", "en"}
    assert set(data["words"]["fr"]["say"]) == set(data["words"]["en"]["say"])


def test_every_sentence_that_the_program_asks_for_is_there(written: bytes) -> None:
    data = data_of(written)
    script = written.decode().rpartition("<script>")[2]
    asked = set(re.findall(r"(?:\bsay|note|deny)\('([a-z_0-9]+)'", script))
    asked |= set(re.findall(r"why === 'missing' \? '([a-z]+)'", script))
    asked |= set(re.findall(r"new Unreadable\('([a-z_]+)'", script)) - {"missing"}
    known = set(data["words"]["en"]["say"])
    assert len(asked) > 60
    assert asked <= known
    unused = {name for name in known - asked if not name.startswith("name_")}
    assert all(f"'{name}'" in script or name in {"holds", "refused", "unchecked"} for name in unused), unused


HOSTILE = (
    "</script><script>window.hacked = 1</script>",
    "<img src=x onerror=alert(1)>",
    "\"'><svg onload=alert(1)>",
    "\u202egnp.exe",
    "\u200fאבג\u200e {station} ${page} $title",
    "<!--",
)


def hostile(title: str) -> Definition:
    made = _plain(title)
    options = tuple(Option(str(at), {"fr": name}) for at, name in enumerate(HOSTILE[:3]))
    others = tuple(Option(str(at), {"fr": name}) for at, name in enumerate((*HOSTILE[4:], "Plain")))
    contests = [
        dataclasses.replace(contest, options=options if at else others, title={"fr": HOSTILE[0] + str(at)})
        for at, contest in enumerate(made.contests)
    ]
    return dataclasses.replace(
        made, contests=tuple(contests), title={"fr": HOSTILE[1]}, town=HOSTILE[2], timezone="</script>"
    )


_plain = towns._definition


@pytest.fixture(scope="module")
def hostile_page() -> bytes:
    patch = pytest.MonkeyPatch()
    patch.setattr(towns, "_definition", hostile)
    try:
        return page_of(Town("hostile"))
    finally:
        patch.undo()


def test_the_program_knows_every_type_and_its_signers() -> None:
    source = Path(tally.page.words.__file__).with_name("statement.js").read_text(encoding="utf-8")
    types = re.findall(r"'([a-z_]*)'", source[source.index("TYPES") : source.index("];")])
    table = source[source.index("SIGNERS = {") : source.index("const BRINGS_KEY")]
    signers = {name: json.loads(roles) for name, roles in re.findall(r"([a-z_]+): (\[[0-9, ]+\])", table)}
    assert len(types) == 1 + len(StatementType)
    for type_ in StatementType:
        assert sorted(map(int, SIGNERS[type_][1])) == sorted(signers[types[type_]]), types[type_]


def test_hostile_names_stay_names(hostile_page: bytes, outline: Outline) -> None:
    found = Outline(hostile_page.decode())
    assert [name for name, _ in found.elements] == [name for name, _ in outline.elements]
    shown = found.texts["bdi"]
    for name in (*HOSTILE[:3], HOSTILE[4], HOSTILE[5]):
        assert name in shown
    assert data_of(hostile_page)["contests"][1]["options"][0]["fr"] == HOSTILE[0]
    block = hostile_page.decode().split('id="data">')[1].split("</script>")[0]
    assert not set("<>&\u2028\u2029") & set(block)


def test_hostile_names_do_nothing_in_a_browser(hostile_page: bytes, tmp_path: Path, browser: Any) -> None:
    path = tmp_path / "index.html"
    path.write_bytes(hostile_page)
    browser.open(path, "#fr")
    assert browser.run("return window.hacked") is None
    assert browser.run("return document.querySelector('#fr h1').textContent") == HOSTILE[1]
    assert not browser.log("browser")
    assert browser.requests() == [path.as_uri()]
    assert f"{SEALED} (</script>)" in browser.run("return document.querySelector('#fr').textContent")


def test_texts_are_escaped() -> None:
    assert element("b", "<&>\"'", title="\"'<") == '<b title="&quot;&#x27;&lt;">&lt;&amp;&gt;&quot;&#x27;</b>'
    assert escaped("a\u202eb\u2066c") == "a\ufffdb\ufffdc"
    assert name_of({"fr": "Été"}, "en") == '<bdi lang="fr">Été</bdi>'
    assert name_of({"fr": "Été", "en": "Summer"}, "en") == "<bdi>Summer</bdi>"


def test_words_are_those_of_the_language(written: bytes) -> None:
    words = data_of(written)["words"]["fr"]
    assert words["say"]["chosen"] == Language("fr").say("chosen")
    assert words["many"]["is_in"][1].startswith("Les {count} bulletins")
    assert (words["plural"][:4], data_of(written)["words"]["en"]["plural"][:4]) == ("0011", "1011")


def contrast(one: str, other: str) -> float:
    """Of two colours, as WCAG 2.2 defines it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_texts_stand_out_from_their_ground(written: bytes) -> None:
    """In the light and in the dark; 7 where WCAG 2.2 asks for 4.5."""
    text = written.decode()
    light = text[text.index(":root {") : text.index("@media screen")]
    dark = text[text.index("@media screen") : text.index("* { box-sizing")]
    for scheme in (light, dark):
        colours = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", scheme))
        assert len(colours) == 10
        for ink in ("ink", "quiet", "mark", "holds", "refused", "open"):
            for ground in ("paper", "wash"):
                assert contrast(colours[ink], colours[ground]) >= 7, (ink, ground)
        assert contrast(colours["bar"], colours["paper"]) >= 3
    assert not re.search(r"#[0-9a-f]{3,8}", text[text.index("* { box-sizing") : text.index("</style>")])

"""What a reader of the screen is told, what keys reach, and how the page looks to those who ask for it otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.tally.check.town import Town
from tests.tally.page.browser import ENTER, TAB, Browser
from tests.tally.page.paper import receipt, texts
from tests.tally.page.test_browser import answers

PHONE, DESK = 375, 1200
Node = Mapping[str, Any]


class Spoken:
    """The tree of the page that a reader of the screen walks through."""

    def __init__(self, browser: Browser) -> None:
        browser.command("Accessibility.enable")
        found = browser.command("Accessibility.getFullAXTree")["nodes"]
        self.nodes: dict[str, Node] = {node["nodeId"]: node for node in found if not node["ignored"]}
        self._all: dict[str, Node] = {node["nodeId"]: node for node in found}

    def of(self, *roles: str) -> list[Node]:
        return [node for node in self.nodes.values() if node["role"]["value"] in roles]

    def names(self, *roles: str) -> list[str]:
        return [_name(node) for node in self.of(*roles)]

    def under(self, node: Node, *roles: str) -> list[Node]:
        return [item for item in self._walk(node) if not item["ignored"] and item["role"]["value"] in roles]

    def _walk(self, node: Node) -> Iterator[Node]:
        for child in node.get("childIds", ()):
            if child in self._all:
                yield self._all[child]
                yield from self._walk(self._all[child])


def _name(node: Node) -> str:
    return str(node.get("name", {}).get("value", ""))


def _property(node: Node, name: str) -> Any:
    return next((item["value"]["value"] for item in node["properties"] if item["name"] == name), None)


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def spoken(request: pytest.FixtureRequest, browser: Browser, page_file: Path, town: Town) -> Spoken:
    browser.resize(request.param, 800)
    browser.open(page_file, "#en")
    answers(browser, texts(receipt(town)))
    browser.run("for (const item of document.querySelectorAll('details')) item.open = true")
    return Spoken(browser)


def test_landmarks_and_headings_are_those_of_one_language(spoken: Spoken) -> None:
    assert len(spoken.of("main")) == len(spoken.of("banner")) == len(spoken.of("contentinfo")) == 1
    assert spoken.names("navigation") == ["Langue / Language", "Contents"]
    headings = [(_property(node, "level"), _name(node)) for node in spoken.of("heading")]
    assert headings[0] == (1, "Votes town")
    assert [name for level, name in headings if level == 2] == [
        "Results",
        "Check a receipt, a report or a code",
        "Participation and the three figures",
        "Decisions and incidents",
        "Is this the right vote?",
        "What this page proves, and what it does not",
    ]
    assert {"Cyprien", "Minimes", "Ville"} <= set(spoken.names("region"))
    assert "Résultats" not in spoken.names("heading")


def test_everything_that_takes_the_focus_says_what_it_is(spoken: Spoken) -> None:
    focusable = [node for node in spoken.nodes.values() if _property(node, "focusable")]
    silent = [node["role"]["value"] for node in focusable if not _name(node)]
    assert set(silent) <= {"main"}
    (box,) = spoken.of("textbox")
    assert (_name(box), _property(box, "multiline")) == ("Code", True)
    assert "ISO1 and many digits" in box["description"]["value"]
    assert spoken.names("button") == ["Check"]


def test_the_answer_is_spoken_when_it_comes(spoken: Spoken) -> None:
    (status,) = spoken.of("status")
    assert (_name(status), _property(status, "live")) == ("Answer", "polite")
    said = " ".join(_name(node) for node in spoken.under(status, "StaticText"))
    assert said.startswith("Holds.")
    assert "This ballot is in the box of station 06 Saint-Cyprien." in said


def test_tables_stay_tables_on_any_screen(spoken: Spoken) -> None:
    """Laid out as cards, a cell still has its column and its row."""
    tables = spoken.of("table")
    names = [_name(table) for table in tables]
    assert all(names)
    assert {"Options, the largest number first", "The three figures, by machine"} <= set(names)
    for table in tables:
        rows = spoken.under(table, "row")
        assert spoken.under(rows[0], "columnheader"), _name(table)
        for row in rows[1:]:
            assert len(spoken.under(row, "rowheader")) == 1, _name(table)
            assert spoken.under(row, "cell", "gridcell"), _name(table)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_keys_reach_everything_in_order_and_show_where_they_are(
    browser: Browser, page_file: Path, town: Town, width: int
) -> None:
    browser.resize(width, 700)
    browser.open(page_file)
    browser.run("for (const item of document.querySelectorAll('details')) item.open = true")
    look = """
      const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);
      const all = Array.from(document.querySelectorAll('*'));
      const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
      return [all.indexOf(at), at.localName, inside, style.outlineStyle, parseFloat(style.outlineWidth)];
    """
    wanted: int = browser.run("""
      const can = 'a[href], button, textarea, summary, [tabindex="0"]';
      return Array.from(document.querySelectorAll(can)).filter((item) => item.checkVisibility()).length;
    """)
    walk = []
    for _ in range(wanted):
        browser.press(TAB)
        walk.append(browser.run(look))
    places = [place for place, *_ in walk]
    assert places == sorted(set(places)), "in the order of the page, none twice"
    for _, name, inside, outline, thick in walk:
        assert (inside, outline) == (True, "solid"), name
        assert thick >= 3
    assert {name for _, name, *_ in walk} == {"a", "textarea", "button", "summary", "div"}


def test_the_skip_link_leads_past_the_languages(browser: Browser, page_file: Path) -> None:
    browser.open(page_file)
    browser.press(TAB, ENTER)
    assert browser.run("return document.activeElement.id") == "main-en"
    browser.press(TAB)
    assert browser.run("return document.activeElement.getAttribute('href')") == "#results-en"


def test_numbers_stay_in_sight_on_a_phone(browser: Browser, page_file: Path) -> None:
    """Only tables of many columns scroll, in themselves, and their first column stays."""
    browser.resize(PHONE, 800)
    browser.open(page_file, "#fr")
    browser.run("for (const item of document.querySelectorAll('details')) item.open = true")
    beyond = browser.run("""
      const shown = document.querySelector('.edition:not([hidden])');
      return Array.from(shown.querySelectorAll('td, p, li, dd, h1, h2, h3, h4'))
        .filter((item) => item.getBoundingClientRect().right > innerWidth)
        .map((item) => item.textContent);
    """)
    assert beyond == []
    assert browser.run("return document.documentElement.scrollWidth") <= PHONE
    sticky = "return getComputedStyle(document.querySelector('.wide th')).position"
    assert browser.run(sticky) == "sticky"


def test_dark_where_the_reader_wants_it_and_white_on_paper(browser: Browser, page_file: Path) -> None:
    ground = "return getComputedStyle(document.documentElement).backgroundColor"
    browser.open(page_file, "#fr")
    dark = [{"name": "prefers-color-scheme", "value": "dark"}]
    try:
        assert browser.run(ground) == "rgb(255, 255, 255)"
        browser.command("Emulation.setEmulatedMedia", features=dark)
        assert browser.run(ground) == "rgb(18, 24, 31)"
        browser.command("Emulation.setEmulatedMedia", media="print", features=dark)
        assert browser.run(ground) == "rgb(255, 255, 255)"
    finally:
        browser.command("Emulation.setEmulatedMedia", media="", features=[])


def test_nothing_moves(written: bytes) -> None:
    """So that nobody has to ask for less motion."""
    style = re.search(r"<style>(.*?)</style>", written.decode(), re.DOTALL)
    assert style is not None
    assert not re.search(r"transition|animation|@keyframes|smooth", style[1])
    assert not re.search(r"scrollTo|scrollIntoView|setInterval|requestAnimationFrame", written.decode())

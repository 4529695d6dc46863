"""HTML as a value: whatever is put into an element is a text and is escaped, unless it is an element itself."""

from __future__ import annotations

import html
from collections.abc import Sequence

from keys.election.record import UNWRITABLE
from keys.paper.shades import shades

__all__ = [
    "Heads",
    "Markup",
    "bar",
    "cards",
    "element",
    "escaped",
    "figures",
    "fragment",
    "name_of",
    "row",
    "stack",
    "swatches",
]

_UNREADABLE = "\ufffd"
_BAR = 1000
"""Width of a full bar, in units of its drawing."""


class Markup(str):
    """Text that is HTML already; made here, and nowhere else."""

    __slots__ = ()


def escaped(text: str) -> Markup:
    """A text as HTML; signs that steer a screen or turn the direction of the text around it are made visible."""
    if isinstance(text, Markup):
        return text
    return Markup(html.escape(UNWRITABLE.sub(_UNREADABLE, text)))


def fragment(*children: str) -> Markup:
    """Elements and texts, one after the other."""
    return Markup("".join(map(escaped, children)))


def element(name: str, *children: str, **attributes: str | int | bool) -> Markup:
    """An element.

    Args:
        name: Of the element; ``img``-like ones without an end are not used.
        children: Texts and elements.
        attributes: ``True`` stands for an attribute without a value, ``False`` for none; an underscore at the end
            is dropped, others become hyphens.
    """
    stated = [
        f" {_attribute(key)}" if value is True else f' {_attribute(key)}="{escaped(str(value))}"'
        for key, value in attributes.items()
        if value is not False
    ]
    return Markup(f"<{name}{''.join(stated)}>{fragment(*children)}</{name}>")


def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def name_of(texts: dict[str, str], language: str) -> Markup:
    """A name in a language, or in the first it has, kept apart from the direction of the text around it."""
    code = language if texts.get(language) else next(iter(texts))
    return element("bdi", texts[code], lang=False if code == language else code)


def bar(value: int, most: int, *, won: bool) -> Markup:
    """A bar, drawn; what it says stands beside it as a number, so that readers of the screen pass over it."""
    width = _BAR * value // most if most else 0
    parts = [element("rect", class_="track", width=_BAR, height=10)]
    parts.append(element("rect", class_="won" if won else "other", width=width, height=10))
    return _drawing("bar", f"0 0 {_BAR} 10", parts)


def stack(parts: Sequence[int]) -> Markup:
    """A bar of parts over the whole width, from light to dark, with a line across its middle, drawn only."""
    whole, start, drawn = max(1, sum(parts)), 0, []
    for part, shade in zip(parts, shades(len(parts)), strict=True):
        left, right = _BAR * start // whole, _BAR * (start + part) // whole
        drawn.append(element("rect", fill=shade, x=left, width=right - left, height=20))
        start += part
    for colour, wide in (("#ffffff", 10), ("#000000", 4)):
        drawn.append(element("rect", fill=colour, x=(_BAR - wide) // 2, width=wide, height=20))
    return _drawing("bar stack", f"0 0 {_BAR} 20", drawn)


def swatches(kinds: Sequence[str]) -> Markup:
    """What each colour of a `stack` is."""
    items = [
        element("li", _drawing("swatch", "0 0 1 1", [element("rect", fill=shade, width=1, height=1)]), kind)
        for kind, shade in zip(kinds, shades(len(kinds)), strict=True)
    ]
    return element("ul", *items, class_="swatches")


def _drawing(kind: str, box: str, parts: Sequence[Markup]) -> Markup:
    return element(
        "svg",
        *parts,
        class_=kind,
        viewBox=box,
        preserveAspectRatio="none",
        aria_hidden="true",
        focusable="false",
    )


Heads = Sequence[tuple[str, str]]
"""Text and class of each column of a table."""


def row(name: str, cells: Sequence[str], heads: Heads, **attributes: str | bool) -> Markup:
    """A row of a table of cards: its heading, then a cell for each of the other columns, which says its name itself.

    Args:
        name: What the row is about.
        cells: One for each column but the first; fewer where the last goes over those that are left.
        heads: Of the table.
        attributes: Of the row.
    """
    last = len(cells)
    parts = [element("th", name, scope="row", role="rowheader", class_="name")]
    for at, (cell, (text, kind)) in enumerate(zip(cells, heads[1:], strict=False), 1):
        over = len(heads) - last if at == last else 1
        label: str | bool = text if over == 1 else False
        stated = {"class_": kind if kind and over == 1 else False, "colspan": over > 1 and over}
        parts.append(element("td", cell, role="cell", data_label=label, **stated))
    return element("tr", *parts, role="row", **attributes)


def cards(caption: str, heads: Heads, rows: Sequence[Markup], foot: Markup | None = None) -> Markup:
    """A table that is laid out anew where the screen is narrow, a card a row, and says by its roles what it is still.

    Args:
        caption: What it shows.
        heads: Of its columns.
        rows: Made by `row`.
        foot: One more, of sums.
    """
    cells = [
        element("th", text, scope="col", role="columnheader", class_=kind or False) for text, kind in heads
    ]
    parts = [
        element("caption", caption),
        element("thead", element("tr", *cells, role="row"), role="rowgroup"),
        element("tbody", *rows, role="rowgroup"),
    ]
    if foot is not None:
        parts.append(element("tfoot", foot, role="rowgroup"))
    return element("table", *parts, role="table", class_="cards")


def figures(caption: str, heads: Heads, rows: Sequence[Sequence[str]]) -> Markup:
    """A table of the count, under a heading that says what it shows.

    Where the screen is narrow it scrolls sideways in itself, by keyboard too, and its first column stays in sight.
    """
    head = element("tr", *(element("th", text, scope="col", class_=kind or False) for text, kind in heads))
    body = [
        element(
            "tr",
            element("th", cells[0], scope="row", class_=heads[0][1] or False),
            *(
                element("td", cell, class_=kind or False)
                for cell, (_, kind) in zip(cells[1:], heads[1:], strict=True)
            ),
        )
        for cells in rows
    ]
    parts = [
        element("caption", caption, class_="spoken"),
        element("thead", head),
        element("tbody", *body),
    ]
    whole = element("table", *parts)
    return element("div", whole, class_="wide", role="group", tabindex=0, aria_label=caption)

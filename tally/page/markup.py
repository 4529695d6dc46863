"""HTML as a value: whatever is put into an element is a text and is escaped, unless it is an element itself."""

from __future__ import annotations

import html
from collections.abc import Callable

from keys.election.record import UNWRITABLE

__all__ = ["Markup", "bar", "element", "escaped", "fragment", "name_of", "table"]

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
    return element(
        "svg",
        *parts,
        class_="bar",
        viewBox=f"0 0 {_BAR} 10",
        preserveAspectRatio="none",
        aria_hidden="true",
        focusable="false",
    )


def table(
    caption: str,
    heads: list[tuple[str, str]],
    rows: list[Markup],
    *,
    foot: Markup | None = None,
    wide: bool = True,
) -> Markup:
    """A table with its caption and headings.

    Args:
        caption: What it shows.
        heads: Text and class of each column.
        rows: ``tr`` elements.
        foot: One more, of sums.
        wide: Where the screen is narrow it scrolls sideways in itself, by keyboard too. Otherwise it is laid out
            anew there, and says by its roles that it is a table still.
    """
    role: Callable[[str], str | bool] = (lambda _: False) if wide else str
    cells = [
        element("th", text, scope="col", role=role("columnheader"), class_=kind or False)
        for text, kind in heads
    ]
    group = role("rowgroup")
    parts = [
        element("caption", caption),
        element("thead", element("tr", *cells, role=role("row")), role=group),
        element("tbody", *rows, role=group),
    ]
    if foot is not None:
        parts.append(element("tfoot", foot, role=group))
    whole = element("table", *parts, role=role("table"))
    if not wide:
        return whole
    return element("div", whole, class_="wide", role="group", tabindex=0, aria_label=caption)

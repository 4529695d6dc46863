"""How the parts of a page fall into rows of a given width: pure text, measured in terminal cells."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from station.widgets.groups import in_groups
from station.wording.page import Drawing, Field, Item, Line, Verb, Words

__all__ = [
    "field_rows",
    "item_rows",
    "line_rows",
    "spread",
    "verb_rows",
    "with_more",
    "words_rows",
    "wrap",
]

_ELLIPSIS = "..."
_GAP = " " * 3
_SHORTEST_FIELD = 10
_NARROW = 60


def wrap(text: str, width: int) -> list[str]:
    """Rows of at most a width; a word that is longer is broken. No-break spaces hold."""
    rows: list[str] = []
    for paragraph in text.split("\n"):
        rows += textwrap.wrap(paragraph, max(width, 1), break_on_hyphens=False) or [""]
    return rows


def words_rows(item: Words, width: int) -> list[str]:
    """A paragraph; all of it stands beside its mark, or the number of the step."""
    mark = f"{item.step}. " if item.step else item.mark
    return _hanging(mark, item.text, width, " " * item.indent)


def _hanging(mark: str, text: str, width: int, margin: str = "") -> list[str]:
    """A text beside a mark, and its further rows below its first."""
    pad = " " * cell_len(mark)
    rows = wrap(text, width - len(margin) - len(pad))
    return [margin + (pad if place else mark) + row for place, row in enumerate(rows)]


def line_rows(item: Line, width: int, focused: bool) -> list[str]:
    """Something to choose: one row, or all of it while it has the focus.

    Args:
        item: The line.
        width: Cells.
        focused: Whether it has the focus.
    """
    number = f"{item.number:<3}" if item.number else ""
    head = f"{'>' if focused else ' '} {item.mark or item.sign.value}{number}"
    unfolded = focused or bool(item.below) or item.whole
    label = item.label if unfolded or not item.short else item.short
    pad = " " * cell_len(head)
    right = f" {item.right}{item.drawn}" if item.right else ""
    room = max(width - cell_len(head) - cell_len(right), 6)
    if width < _NARROW:
        pad = " " * min(len(pad), 4)
    first, rest = _cut(label, room), ""
    if unfolded:
        first = wrap(label, room)[0]
        rest = label[len(first) :].strip()
    rows = [head + set_cell_size(first, room) + right] if right else [head + first]
    rows += [pad + row for row in wrap(rest, width - len(pad))] if rest else []
    below = [row for text in (item.below, item.press) if text for row in wrap(text, width - len(pad))]
    below += _columns(item.details, width - len(pad)) if focused else []
    return rows + [pad + row for row in below]


def _columns(texts: Sequence[str], width: int) -> list[str]:
    """Short texts beside each other in columns of one width; a single one wraps."""
    if len(texts) < 2:
        return [row for text in texts for row in wrap(text, width)]
    widest = max(map(cell_len, texts))
    a_row = max((width + len(_GAP)) // (widest + len(_GAP)), 1)
    rows = [texts[start : start + a_row] for start in range(0, len(texts), a_row)]
    return [
        part
        for row in rows
        for part in wrap(_GAP.join(set_cell_size(text, widest) for text in row).rstrip(), width)
    ]


def verb_rows(item: Verb, width: int, focused: bool) -> list[str]:
    """A button, and what it does below it."""
    label, *rest = wrap(f"[ {item.label} ]", width - 4)
    rows = [("> " if focused else "  ") + label, *("    " + row for row in rest)]
    return rows + ["      " + row for row in wrap(item.below, width - 6)] if item.below else rows


def field_rows(item: Field, typed: str, width: int, focused: bool, plain: bool) -> list[str]:
    """A place to type in, with the end of what was typed.

    Args:
        item: The field.
        typed: So far.
        width: Cells.
        focused: Whether it has the focus.
        plain: Show a hidden field as it is.
    """
    shown = "*" * len(typed) if item.hidden and not plain else typed
    length = item.length
    grouped = in_groups(typed, item.groups, hidden=item.hidden and not plain) if item.groups else None
    if grouped is not None:
        shown, length = grouped, len(grouped)
    rows = _hanging("> " if focused else "  ", item.label, width)
    wanted = min(length, 40)
    beside = len(rows) == 1 and cell_len(rows[0]) + wanted + 6 <= width
    room = min(length, width - cell_len(rows[0]) - 6 if beside else width - 6)
    room = max(room, min(_SHORTEST_FIELD, length))
    box = f"[ {shown[-room:]:_<{room}} ]"
    return [f"{rows[0]}  {box}"] if beside else [*rows, f"  {box}"]


def _cut(text: str, room: int) -> str:
    flat = text.replace("\n", " ")
    if cell_len(flat) <= room:
        return flat
    return set_cell_size(flat, room - len(_ELLIPSIS)).rstrip() + _ELLIPSIS


def item_rows(item: Item, width: int, focused: bool = False) -> list[str]:
    """An item of any kind; a field with the value that it begins with."""
    match item:
        case Words():
            return words_rows(item, width)
        case Line():
            return line_rows(item, width, focused)
        case Verb():
            return verb_rows(item, width, focused)
        case Drawing(rows):
            return list(rows)
        case Field():
            return field_rows(item, item.value, width, focused, plain=False)


def spread(left: str, right: str, width: int) -> str:
    """Two texts at the ends of one row; the left one gives way."""
    room = max(width - cell_len(right) - 1, 0)
    return set_cell_size(_cut(left, room) if room > len(_ELLIPSIS) else "", room) + " " + right


def with_more(note: str, more: str, width: int) -> str:
    """A note, and at the end of its last row that there is more to see; not where that would take another row."""
    *rows, last = wrap(note, width)
    room = width - cell_len(last) - (len(_GAP) if last else 0)
    if not more or cell_len(more) > room:
        return note
    return "\n".join((*rows, spread(last, more, width)))

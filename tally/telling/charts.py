"""Charts as files: a picture of each contest in SVG, for a newspaper or a slide; its words are text."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from keys.desk.language import Language
from keys.election.definition import Contest, text_in
from keys.paper.shades import shades
from tally.results.counted import Counted
from tally.telling.compared import compared_text, compared_words
from tally.telling.grades_given import grades_given

__all__ = ["contest_chart"]

_WIDTH, _ROW, _TOP, _LABEL, _ROOM = 960, 34, 84, 380, 460
_SHARED = 380
"""Width of a bar that is shared among grades."""
_LETTERS = 46
"""Letters of a name that fit before the bars; the whole name stands in the title of its bar."""
_CHOSEN, _OTHER, _INK = "#17365c", "#c3cad4", "#141414"


def contest_chart(contest: Contest, item: Counted, language: Language) -> bytes:
    """Draw the options of a contest as bars to one scale, the largest first; those chosen are dark, and say so.

    Where grades are given, each bar shows what share of the ballots gave which, with a line across the middle.

    Args:
        contest: From the definition.
        item: Its count.
        language: Of the words.
    """
    order = sorted(range(len(contest.options)), key=lambda at: (-item.together(at), at))
    most = max(1, *(item.together(at) for at in order))
    title = escape(text_in(contest.title, language.code))
    given = grades_given(contest, item.outcome)
    if given is None:
        heading, top = compared_words(contest, language), _TOP
        rows = [_bar(contest, item, at, row, most, language) for row, at in enumerate(order)]
    else:
        heading, top = language.say("Grades, worst first"), _TOP + _ROW
        rows = [_legend(tuple(map(language.text, given.grades)))]
        rows += [
            _stack(contest, item, at, parts, row, language) for row, (at, parts) in enumerate(given.rows)
        ]
    height = top + _ROW * len(order) + 16
    picture = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'lang="{escape(language.code)}" font-family="sans-serif" font-size="15" fill="{_INK}">',
        f"<title>{title}</title>",
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="16" y="34" font-size="21" font-weight="bold">{_cut(title)}</text>',
        f'<text x="16" y="62">{escape(heading)}</text>',
        *rows,
        "</svg>\n",
    ]
    return "\n".join(picture).encode()


def _bar(contest: Contest, item: Counted, at: int, row: int, most: int, language: Language) -> str:
    y, long = _TOP + _ROW * row, round(_ROOM * item.together(at) / most, 1)
    colour = _CHOSEN if at in item.outcome.winners else _OTHER
    drawn = f'<rect x="{_LABEL}" y="{y + 4}" width="{long}" height="{_ROW - 10}" fill="{colour}"/>'
    return _row(contest, item, at, y, (drawn, long), language)


def _row(
    contest: Contest, item: Counted, at: int, y: int, drawn: tuple[str, float], language: Language
) -> str:
    """An option: its name, what is drawn of it and how long that is, its figure."""
    name, chosen = text_in(contest.options[at].name, language.code), at in item.outcome.winners
    figure = compared_text(contest, item.together(at), language)
    figure += f", {language.say('chosen')}" if chosen else ""
    weight = ' font-weight="bold"' if chosen else ""
    shown = name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1]}…"
    return (
        f"<g{weight}><title>{escape(f'{name}: {figure}')}</title>"
        f'<text x="{_LABEL - 10}" y="{y + 21}" text-anchor="end">{escape(shown)}</text>{drawn[0]}'
        f'<text x="{_LABEL + drawn[1] + 8}" y="{y + 21}">{escape(figure)}</text></g>'
    )


def _stack(
    contest: Contest, item: Counted, at: int, parts: Sequence[int], row: int, language: Language
) -> str:
    """The ballots of an option by grade over the whole width, with a line across the middle."""
    y, whole = _TOP + _ROW * (row + 1), max(1, sum(parts))
    drawn, start = "", 0
    for part, shade in zip(parts, shades(len(parts)), strict=True):
        left, long = _LABEL + _SHARED * start / whole, _SHARED * part / whole
        if part:
            drawn += (
                f'<rect x="{left:.1f}" y="{y + 4}" width="{long:.1f}" height="{_ROW - 10}" fill="{shade}" '
                f'stroke="{_INK}" stroke-width="0.6"/>'
            )
        start += part
    middle = _LABEL + _SHARED // 2
    for colour, wide in (("#ffffff", 5), (_INK, 2)):
        drawn += f'<path d="M{middle} {y + 1}V{y + _ROW - 3}" stroke="{colour}" stroke-width="{wide}"/>'
    return _row(contest, item, at, y, (drawn, _SHARED), language)


def _legend(grades: Sequence[str]) -> str:
    """What each colour is."""
    wide, out = (_WIDTH - 32) // len(grades), []
    for at, (grade, shade) in enumerate(zip(grades, shades(len(grades)), strict=True)):
        shown = grade if len(grade) <= wide // 9 - 2 else f"{grade[: wide // 9 - 3]}…"
        out.append(
            f'<rect x="{16 + at * wide}" y="{_TOP + 4}" width="14" height="14" fill="{shade}" stroke="{_INK}" '
            f'stroke-width="0.6"/><text x="{36 + at * wide}" y="{_TOP + 16}">{escape(shown)}</text>'
        )
    return "".join(out)


def _cut(title: str) -> str:
    return title if len(title) <= 80 else f"{title[:79]}…"

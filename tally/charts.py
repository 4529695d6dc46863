"""Charts as files: a picture of each contest in SVG, for a newspaper or a slide; its words are text."""

from __future__ import annotations

from xml.sax.saxutils import escape

from keys.desk.language import Language
from keys.election.definition import Contest, text_in
from tally.compared import compared_text, compared_words
from tally.results import Counted

__all__ = ["contest_chart"]

_WIDTH, _ROW, _TOP, _LABEL, _ROOM = 960, 34, 84, 380, 460
_LETTERS = 46
"""Letters of a name that fit before the bars; the whole name stands in the title of its bar."""
_CHOSEN, _OTHER, _INK = "#17365c", "#c3cad4", "#141414"


def contest_chart(contest: Contest, item: Counted, language: Language) -> bytes:
    """Draw the options of a contest as bars to one scale, the largest first; those chosen are dark, and say so.

    Args:
        contest: From the definition.
        item: Its count.
        language: Of the words.
    """
    order = sorted(range(len(contest.options)), key=lambda at: (-item.together(at), at))
    most = max(1, *(item.together(at) for at in order))
    title = escape(text_in(contest.title, language.code))
    height = _TOP + _ROW * len(order) + 16
    rows = [_bar(contest, item, at, row, most, language) for row, at in enumerate(order)]
    picture = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'lang="{escape(language.code)}" font-family="sans-serif" font-size="15" fill="{_INK}">',
        f"<title>{title}</title>",
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="16" y="34" font-size="21" font-weight="bold">{_cut(title)}</text>',
        f'<text x="16" y="62">{escape(compared_words(contest, language))}</text>',
        *rows,
        "</svg>\n",
    ]
    return "\n".join(picture).encode()


def _bar(contest: Contest, item: Counted, at: int, row: int, most: int, language: Language) -> str:
    value, name = item.together(at), text_in(contest.options[at].name, language.code)
    chosen = at in item.outcome.winners
    y, long = _TOP + _ROW * row, round(_ROOM * value / most, 1)
    figure = compared_text(contest, value, language) + (f", {language.say('chosen')}" if chosen else "")
    weight = ' font-weight="bold"' if chosen else ""
    shown = name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1]}…"
    return (
        f"<g{weight}><title>{escape(f'{name}: {figure}')}</title>"
        f'<text x="{_LABEL - 10}" y="{y + 21}" text-anchor="end">{escape(shown)}</text>'
        f'<rect x="{_LABEL}" y="{y + 4}" width="{long}" height="{_ROW - 10}" '
        f'fill="{_CHOSEN if chosen else _OTHER}"/>'
        f'<text x="{_LABEL + long + 8}" y="{y + 21}">{escape(figure)}</text></g>'
    )


def _cut(title: str) -> str:
    return title if len(title) <= 80 else f"{title[:79]}…"

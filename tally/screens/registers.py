"""The registers: a town's list is read, what had to be guessed is shown, and it is kept whole or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import OptionList

from keys.desk.files import read_bytes
from keys.desk.language import Language
from keys.election.roll import entitled
from keys.findings import Fact
from tally.preparing.defining import keep_rolls
from tally.roll.headings import Column
from tally.roll.town_list import Problem, RollPreview, read_roll
from tally.screens.asking import AskPlace
from tally.screens.decisions import Choose
from tally.screens.desk import Desk
from tally.screens.doing import ask, do
from tally.screens.message import Message
from tally.screens.page import Page
from tally.screens.pieces import Menu, Paragraph
from tally.screens.work import Job, Reporter

if TYPE_CHECKING:
    from tally.app import OfficeApp

__all__ = ["take_in_registers"]

_LARGEST = 200_000_000
_MOST = 200
"""Lists on a stick that are offered, and problems that are named."""


async def take_in_registers(app: OfficeApp) -> None:
    """Ask for the list, show how it was read, and keep it."""
    desk, say = app.desk, app.desk.language.say
    why = say(
        "The list of all electors, as a spreadsheet writes it (CSV): number, names, date of birth, address, station. "
        "Nothing is taken in before you have seen how it was read."
    )
    place = await ask(app, AskPlace(desk, say("Take in the registers"), why))
    path = None if place is None else await _choose(app, place)
    if path is None:
        return
    found: list[RollPreview] = []

    def read(_: Reporter) -> str:
        found.append(read_roll(read_bytes(path, _LARGEST), desk.definition))
        return ""

    ended = await do(app, Job(say("Reading the list"), read))
    if not ended.well or not found:
        return
    preview = found[0]
    if preview.problems:
        await app.push_screen_wait(_refusal(desk, preview))
    elif await ask(app, Preview(desk, path.name, preview)):
        await do(app, _keeping(desk, preview))


async def _choose(app: OfficeApp, place: Path) -> Path | None:
    """The file itself, or one of the lists on a stick."""
    if not place.is_dir():
        return place
    say = app.desk.language.say
    paths = [path for path in sorted((*place.glob("*"), *place.glob("*/*"))) if path.suffix.lower() in _LISTS]
    if len(paths) == 1:
        return paths[0]
    if not paths:
        words = say(
            "There is no list (CSV) in {place}. Save it from the spreadsheet as CSV, UTF-8.", place=place
        )
        await app.push_screen_wait(Message(app.desk, say("This was not done."), [words]))
        return None
    rows = [str(path.relative_to(place)) for path in paths[:_MOST]]
    at = await ask(app, Choose(app.desk, say("Which list?"), rows))
    return None if at is None else paths[at]


_LISTS = {".csv", ".txt"}


class Preview(Page[bool]):
    """How a list was read, and the button."""

    AUTO_FOCUS = "Menu"

    def __init__(self, desk: Desk, name: str, preview: RollPreview) -> None:
        super().__init__(desk)
        self._list, self._preview = name, preview

    def heading(self) -> str:
        """The title."""
        return self.say("Is the list read rightly?")

    def body(self) -> ComposeResult:
        """Columns, electors by station, warnings; the two answers."""
        with VerticalScroll(id="paragraphs", can_focus=False):
            for text in preview_lines(self._list, self._preview, self.desk):
                yield Paragraph(text)
        yield Menu([("yes", self.say("Take in this list")), ("no", self.say("Go back"))])

    def hint(self) -> str:
        """The last row."""
        return self.say("Page up, page down: read   Enter: press   Esc: back   F1: help")

    def help_text(self) -> str:
        """What F1 says."""
        return self.say(
            "Left: the heading of the town's list; right: what it is taken for. A column that is left out is not "
            "used. If something is wrong, go back, change the heading in the list and take it in again. A list that "
            "is taken in replaces the earlier one of its stations, until the vote is sealed."
        )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The answer."""
        self.dismiss(event.option_id == "yes")


def preview_lines(name: str, preview: RollPreview, desk: Desk) -> list[str]:
    """How a list was read, in paragraphs."""
    language, say = desk.language, desk.language.say
    columns = _column_words(language)
    left_out = say("left out|of a column")
    width = max((len(heading) for heading, _ in preview.columns), default=0)
    rows = [
        f"  {heading:<{min(width, 40)}}  {columns.get(meaning, meaning) or left_out}"
        for heading, meaning in preview.columns
    ]
    stations = [
        f"  {say('{label}:', label=item.name)} {language.number(entitled(preview.electors.get(at, ())))}"
        for at, item in enumerate(desk.definition.stations)
    ]
    texts = [
        say("{name}, read as {encoding}. Its columns:", name=name, encoding=preview.encoding)
        + "\n"
        + "\n".join(rows),
        say("Electors by station:") + "\n" + "\n".join(stations),
    ]
    if preview.warnings:
        texts.append(say("To be looked at:") + "\n" + _problems(preview.warnings, language))
    return texts


def _refusal(desk: Desk, preview: RollPreview) -> Message:
    say = desk.language.say
    many = desk.language.say_many("{count} problem", "{count} problems", len(preview.problems))
    return Message(
        desk,
        say("This was not done."),
        [
            say("Nothing of the list was taken in: one problem in one line keeps it out whole.")
            + f" ({many})",
            _problems(preview.problems, desk.language),
            say("Mend these lines in the list and take it in again."),
        ],
    )


def _problems(problems: Sequence[Problem], language: Language) -> str:
    say = language.say
    lines = []
    for problem in problems[:_MOST]:
        text = problem.text
        words = say(text.sentence, **text.values) if isinstance(text, Fact) else language.wording(text)
        where = "" if problem.line is None else say("line {line}:", line=problem.line) + " "
        lines.append(f"  {where}{words}")
    if len(problems) > _MOST:
        lines.append("  " + language.say_many("{count} other", "{count} others", len(problems) - _MOST))
    return "\n".join(lines)


def _keeping(desk: Desk, preview: RollPreview) -> Job:
    say = desk.language.say

    def run(_: Reporter) -> str:
        keep_rolls(desk.workspace.folder, preview.electors, secrets.token_bytes)
        count = sum(map(entitled, preview.electors.values()))
        return say(
            "Taken in. Electors: {count}; stations: {stations} of {all}.",
            count=count,
            stations=len(preview.electors),
            all=len(desk.definition.stations),
        )

    return Job(say("Take in the registers"), run)


def _column_words(language: Language) -> Mapping[str, str]:
    say = language.say
    return {
        Column.NUMBER: say("number on the register"),
        Column.SURNAME: say("surname"),
        Column.BIRTH_NAME: say("name at birth"),
        Column.USED_NAME: say("name in use"),
        Column.GIVEN_NAMES: say("given names"),
        Column.BORN: say("date of birth"),
        Column.ADDRESS: say("address"),
        Column.STATION: say("station|of a column"),
        Column.STRUCK_OFF: say("struck off"),
        Column.STRUCK_OFF_ON: say("struck off on"),
        Column.STRUCK_OFF_WHY: say("reason for striking off"),
        Column.PROXY: say("proxy"),
        Column.REFERENCE: say("reference"),
    }

"""The board of stations, and one station in full."""

from __future__ import annotations

from fractions import Fraction

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import DataTable

from keys.desk.language import Language
from keys.desk.verdicts import figures_words
from keys.election.decision import Matter
from keys.election.report import ClosingReport
from tally.board import Board, State, StationRow
from tally.results.plausibility import Doubt
from tally.screens.desk import Desk
from tally.screens.page import Page
from tally.screens.pieces import Paragraph
from tally.screens.telling import finding_words
from tally.screens.words import percent, state_words

__all__ = ["Station", "Stations", "board_rows", "station_lines"]

_NAME = 14
"""Letters of a station's name at the least."""


class Stations(Page[None]):
    """One row a station; Enter shows it in full."""

    def heading(self) -> str:
        """The title."""
        return self.say("Board of stations")

    def body(self) -> ComposeResult:
        """The sums, and the table."""
        yield Paragraph(id="sums", classes="")
        yield DataTable(id="board", cursor_type="row", cell_padding=0)

    def help_text(self) -> str:
        """What F1 says."""
        return self.say(
            "Each row is a station. Marks, ballots and signatures must be the same number. A station "
            "is suspended when two different boxes of one machine have come in; it is missing when "
            "polling is over and its box is not here. Enter shows the machines, the hours, the "
            "incidents and what looks unusual."
        )

    def on_resize(self) -> None:
        """More of the names where there is room."""
        super().on_resize()
        self.fill()

    def fill(self) -> None:
        """Draw the table again."""
        say, board = self.say, self.desk.sealed.board
        table: DataTable[Text] = self.query_one("#board", DataTable)
        at = table.cursor_row
        table.clear(columns=True)
        headings = _headings(self.desk.language)
        rows = [*board_rows(board, self.desk), total_row(board, self.desk)]
        widths = [max(len(row[column]) for row in (headings, *rows)) + 2 for column in range(len(headings))]
        room = max(self.size.width - 4 - sum(widths[1:]), _NAME)
        widths[0] = min(widths[0], room)
        for heading, width in zip(headings, widths, strict=True):
            table.add_column(heading, width=width)
        for name, *cells in rows:
            shown = name if len(name) < room else f"{name[: room - 2]}…"
            table.add_row(
                Text(shown),
                *(Text(cell, justify="right" if at else "left") for at, cell in enumerate(cells)),
            )
        table.move_cursor(row=min(at, len(board.stations) - 1))
        sums = say(
            "Stations: {count}. In: {there}; missing: {missing}; expected: {expected}; suspended: "
            "{suspended}; left out or on paper: {out}.",
            count=len(board.stations),
            there=board.count(State.IN),
            missing=board.count(State.MISSING),
            expected=board.count(State.EXPECTED),
            suspended=board.count(State.SUSPENDED),
            out=board.count(State.LEFT_OUT) + board.count(State.PAPER),
        )
        if any(_stopped(row, self.desk) for row in board.stations):
            sums += f"\n{_stopped_words(self.desk.language)}"
        self.query_one("#sums", Paragraph).tell(sums)

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """One station in full."""
        rows = self.desk.sealed.board.stations
        if event.cursor_row < len(rows):  # the last row is of all together
            self.app.push_screen(Station(self.desk, rows[event.cursor_row].index))


class Station(Page[None]):
    """A station: its machines, hours, incidents, and what looks unusual."""

    AUTO_FOCUS = "VerticalScroll"

    def __init__(self, desk: Desk, index: int) -> None:
        super().__init__(desk)
        self._index = index

    @property
    def row(self) -> StationRow:
        """The station."""
        return self.desk.sealed.board.stations[self._index]

    def heading(self) -> str:
        """The title."""
        return f"{self.row.id}  {self.row.name}"

    def body(self) -> ComposeResult:
        """Lines that scroll."""
        with VerticalScroll(id="paragraphs"):
            yield Paragraph("\n".join(station_lines(self.row, self.desk)), classes="")


def total_row(board: Board, desk: Desk) -> tuple[str, ...]:
    """The cells of all stations together; turnout of those of which something is known."""
    say, number = desk.language.say, desk.language.number
    known = [row for row in board.stations if row.turnout is not None]
    electors = sum(row.electors for row in known)
    marks = sum(row.marks for row in known)
    return (
        say("Total"),
        f"{board.settled}/{len(board.stations)}",
        number(sum(row.electors for row in board.stations)),
        number(marks),
        number(sum(row.ballots for row in known)),
        number(sum(row.signatures for row in known)),
        percent(Fraction(marks, electors) if electors else None, desk.language),
        "",
    )


def board_rows(board: Board, desk: Desk) -> list[tuple[str, ...]]:
    """The cells of the board.

    Args:
        board: As read.
        desk: The officer's.
    """
    language, number = desk.language, desk.language.number
    rows = []
    for row in board.stations:
        known = row.turnout is not None
        figures = [number(value) if known else "-" for value in (row.marks, row.ballots, row.signatures)]
        unusual = sum(_concerns(doubt, row) for doubt in desk.sealed.doubts)
        state = state_words(row.state, language)
        settled = sum(item.state in {State.IN, State.LEFT_OUT} for item in row.machines)
        if 0 < settled < len(row.machines):
            state += f" {settled}/{len(row.machines)}"
        state += " *" * _stopped(row, desk)
        rows.append(
            (
                row.name,
                state,
                number(row.electors),
                *figures,
                percent(row.turnout, language),
                str(unusual or ""),
            )
        )
    return rows


def station_lines(row: StationRow, desk: Desk) -> list[str]:
    """A station in full."""
    language, standing = desk.language, desk.sealed
    say, zone = language.say, desk.definition.timezone
    lines = [say("State: {state}", state=state_words(row.state, language))]
    lines.append(say("Electors on the register: {count}", count=row.electors))
    for machine in row.machines:
        day = standing.dossier.days[machine.index]
        lines += [
            "",
            say(
                "Machine {machine}: {state}", machine=machine.name, state=state_words(machine.state, language)
            ),
        ]
        if day.zero is not None:
            lines.append("  " + say("opened {moment}", moment=language.moment(day.zero.opened, zone)))
        if day.stopped:
            lines.append(f"  {_stopped_words(language)}")
        if day.closing is None:
            continue
        closing = day.closing
        lines.append("  " + say("closed {moment}", moment=language.moment(closing.closed, zone)))
        lines.append("  " + figures_words(closing, language))
        if machine.differing:
            lines.append(
                "  "
                + (say("They differ; a decision accepts it.") if machine.accepted else say("They differ."))
            )
        lines += [f"  {line}" for line in _counters(closing, desk)]
        lines += [f"  {language.moment(item.at, zone)}  {item.text}" for item in closing.incidents]
    for doubt in standing.doubts:
        if _concerns(doubt, row):
            title, *_ = finding_words(doubt.code, doubt.finding, language)
            lines += ["", f"{title}: {doubt.about(language)}", f"  {doubt.detail(language)}"]
    return lines


def _concerns(doubt: Doubt, row: StationRow) -> bool:
    if doubt.matter is Matter.STATION:
        return doubt.name == row.id
    return doubt.matter is Matter.MACHINE and doubt.name in {item.name for item in row.machines}


def _stopped(row: StationRow, desk: Desk) -> bool:
    """Whether the box of one of its machines was taken over by another one."""
    days = desk.sealed.dossier.days
    return any(days[machine.index].stopped for machine in row.machines)


def _stopped_words(language: Language) -> str:
    return language.say("* This machine stopped; its box was closed from its stick on another one.")


def _counters(closing: ClosingReport, desk: Desk) -> list[str]:
    """What the machine counted beside its three figures."""
    say = desk.language.say
    lines = [
        say(
            "Checks of the machine: {challenges} by voters, {officers} by officers. Visits without a vote: "
            "{cancelled}. Marks carried over: {carried}.",
            challenges=closing.challenges,
            officers=closing.officer_checks or 0,
            cancelled=closing.cancelled,
            carried=closing.carried,
        )
    ]
    if closing.additions:
        lines.append(
            say(
                "Electors added on the spot: {count} of {most} allowed",
                count=closing.additions,
                most=desk.sealed.dossier.manifest.definition.additions,
            )
        )
    if closing.desk_proxies:
        lines.append(say("Votes by a proxy noted at the desk: {count}", count=closing.desk_proxies))
    return lines


def _headings(language: Language) -> tuple[str, ...]:
    say = language.say
    return (
        say("Station"),
        say("State"),
        say("Register|heading of a narrow column"),
        say("Marks|heading of a narrow column"),
        say("Ballots|heading of a narrow column"),
        say("Sign.|heading of a narrow column"),
        say("Turnout|heading of a narrow column"),
        say("Look|heading of a narrow column"),
    )

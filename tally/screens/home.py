"""The first screen: what is in, what is missing, what does not add up, and one obvious next step; then all the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.widgets import OptionList

from keys.desk.verdicts import figures_words
from keys.election.decision import DecisionKind
from tally.board import Board, MachineRow, State
from tally.screens.desk import Desk
from tally.screens.doing import do
from tally.screens.jobs import reading
from tally.screens.page import Page
from tally.screens.pieces import Menu, Paragraph, wrap
from tally.screens.words import draft_words, state_words, step_words
from tally.step import Step

__all__ = ["Home", "facts_of", "menu_of", "near", "steps_of"]

_NEXT: Mapping[Step, str] = {
    Step.CONFIRM: "confirm",
    Step.IMPORT: "take-in",
    Step.FIRST: "decisions",
    Step.REQUEST: "request",
    Step.ANSWER: "answers",
    Step.OPEN: "open",
    Step.SETTLE: "decisions",
    Step.CERTIFY: "certify",
    Step.COSIGN: "cosign",
    Step.PUBLISH: "publish",
    Step.ORDER: "back-up",
    Step.RETIRE: "retire",
    Step.LATE: "take-in",
    Step.AGAIN: "again",
}
_SHOWN = (
    (Step.CONFIRM,),
    (Step.IMPORT, Step.LATE),
    (Step.FIRST, Step.REQUEST, Step.AGAIN),
    (Step.ANSWER,),
    (Step.OPEN, Step.SETTLE),
    (Step.CERTIFY, Step.COSIGN),
    (Step.PUBLISH,),
    (Step.ORDER, Step.RETIRE),
)
"""Which steps share a row."""
_TOLD = {DecisionKind.EXCLUSION, DecisionKind.BOX, DecisionKind.FIGURES}
"""Decisions that are not counted once more: what is missing, suspended or does not add up is named."""
_NAMED = 3
"""Stations or machines that are named where there is something about them; the others are counted."""
_LEAST_STEPS = 3
"""Rows of steps where there is little room: the one before, this one and the next."""
LOOK = 5  # seconds between two looks at what others have done in the folder
_FRAME = 8
"""Rows that are taken in any case: head, title, note, hint, and those that part the blocks."""


class Home(Page[None]):
    """What to do now."""

    AUTO_FOCUS = "Menu"

    def heading(self) -> str:
        """The title."""
        return self.say("WHAT TO DO NOW")

    def body(self) -> ComposeResult:
        """The steps, what does not add up, what the next step needs, and the menu."""
        yield Paragraph(id="steps")
        yield Paragraph(id="facts")
        yield Paragraph(id="next")
        yield Menu([])

    def fill(self) -> None:
        """Draw where the vote stands."""
        steps, facts, sentence, rows = self._content()
        self.query_one(Menu).change(rows)
        self.query_one("#facts", Paragraph).tell("\n".join(facts))
        self.query_one("#facts").display = bool(facts)
        self.query_one("#next", Paragraph).tell(sentence)
        width = max(self.size.width - 2, 1)
        taken = sum(len(wrap(text, width)) for text in (*facts, sentence)) + len(rows)
        self.query_one("#steps", Paragraph).tell("\n".join(near(steps, self.size.height - _FRAME - taken)))
        self.query_one("#steps").display = bool(steps)
        standing = self.desk.standing
        count = 0 if standing is None else len(standing.doubts)
        words = self.say_count(count) if count else ""
        self.note(words)

    def say_count(self, count: int) -> str:
        """How much looks unusual."""
        return self.desk.language.say_many(
            "{count} thing looks unusual: see the findings.",
            "{count} things look unusual: see the findings.",
            count,
        )

    def on_mount(self) -> None:
        """Look every few seconds whether somebody else has worked in the folder."""
        super().on_mount()
        self.set_interval(LOOK, self.look)

    def look(self) -> None:
        """Read the folder again if somebody else has changed it."""
        if self.app.screen is self and self.desk.is_stale():
            self.office.begin(self._read_again)

    async def _read_again(self) -> None:
        await do(self.office, reading(self.desk))
        self.note(self.say("Somebody else has worked in this folder: this is how it stands now."))

    def on_resize(self) -> None:
        """More steps where there is room."""
        super().on_resize()
        self.fill()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do it."""
        self.office.follow(event.option_id or "")

    def help_text(self) -> str:
        """What F1 says."""
        return self.say(
            "Above: how far the vote is, what is missing, what does not add up. The first row of the menu is the next "
            "step; Enter begins it, and Esc goes back from everywhere. Nothing is signed without your passphrase."
        )

    def action_back(self) -> None:
        """There is nothing to go back to."""
        self.note(self.say("This is the first screen. The last row of the menu leaves the program."))

    def _content(self) -> tuple[list[str], list[str], str, Sequence[tuple[str, str]]]:
        """Steps, facts, the sentence, and the menu."""
        say, desk = self.say, self.desk
        leave = ("leave", say("Leave the program"))
        if desk.retired:
            rows = [("retire-on", say("Go on destroying"))] if desk.unfinished else []
            return (
                [],
                [],
                _retired_words(desk),
                [*rows, ("report", say("Write the report on a stick")), leave],
            )
        if desk.standing is None:
            rows = [("registers", say("Take in the registers")), ("seal", say("Seal the vote"))]
            rows = [*(rows if desk.lacking else rows[::-1]), ("back-up", say("Back up")), leave]
            return [], [], draft_words(desk.lacking, desk.language), rows
        board = desk.standing.board
        words = step_words(desk.standing, desk.definition, desk.language)
        return steps_of(board, desk), facts_of(board, desk), words, menu_of(board, desk)


def _retired_words(desk: Desk) -> str:
    say = desk.language.say
    if desk.unfinished:
        return say("This office is being retired, and it was stopped. Go on: nothing can be undone any more.")
    destroyed = say("Destroyed: registers, marks, boxes and private keys of the town hall.")
    return f"{destroyed} {say('Destroy the backups too: they hold the registers.')}"


def near(steps: Sequence[str], room: int) -> list[str]:
    """As many steps as there is room for, around the one that is to be done."""
    size = min(max(room, _LEAST_STEPS), len(steps))
    current = next((at for at, row in enumerate(steps) if row.startswith(">")), 0)
    first = min(max(current - size // 2, 0), len(steps) - size)
    return list(steps[first : first + size])


def steps_of(board: Board, desk: Desk) -> list[str]:
    """The steps with their state, one a row."""
    say, files = desk.language.say, board.files
    names = (
        say("Everybody confirms the sealed vote"),
        say("Take in the boxes"),
        say("Ask the trustees to open"),
        say("The trustees answer"),
        say("Open the totals, count, decide"),
        say("Certify"),
        say("Publish"),
        say("After the time for appeals"),
    )
    rehearsal = desk.sealed.dossier.manifest.rehearsal_secret is not None
    facts = {
        1: say("stations: {there} of {count}", there=board.settled, count=len(board.stations)),
        3: say("{there} of {needed} needed", there=len(files.answered), needed=desk.sealed.needed),
    }
    rows = []
    current = next(at for at, steps in enumerate(_SHOWN) if board.step in steps)
    over = board.step is Step.PUBLISH and files.published  # a rehearsal: nothing comes after
    for at, name in enumerate(names[: len(names) - rehearsal]):
        state = say("done") if at < current or over else say("to do") if at == current else ""
        known = facts.get(at, "") if at <= current else ""
        sign = ">" if at == current else " "
        rows.append(f"{sign} {at + 1}. {name:<38} {state:<10} {known}".rstrip())
    return rows


def facts_of(board: Board, desk: Desk) -> list[str]:
    """What is missing and what does not add up, while something can be done about it."""
    language, files = desk.language, board.files
    say = language.say
    lines = []
    if not files.requested and board.step is not Step.CONFIRM:
        for state in (State.SUSPENDED, State.MISSING, State.EXPECTED):
            rows = [row for row in board.machines if row.state is state]
            if rows:
                lines.append(f"{say('{label}:', label=state_words(state, language))} {_names(rows, desk)}")
    if not files.certified:
        rows = [row for row in board.machines if row.differing is not None and not row.accepted]
        for row in rows[:_NAMED]:
            figures = "" if row.differing is None else figures_words(row.differing, language)
            lines.append(
                say("Does not add up: machine {machine}, {figures}", machine=row.name, figures=figures)
            )
        if len(rows) > _NAMED:
            lines.append(_others(len(rows) - _NAMED, desk))
    if not files.requested:
        for at in sorted(files.begun - files.typed):
            station = desk.definition.stations[at].name
            lines.append(say("Count on paper: {station}", station=station) + f" ({say('typed once')})")
    waiting = sum(item.kind not in _TOLD for item in board.questions)
    if waiting and board.step not in {Step.CONFIRM, Step.FIRST, Step.SETTLE}:
        lines.append(
            language.say_many(
                "{count} thing waits for a decision.", "{count} things wait for a decision.", waiting
            )
        )
    return lines


def _names(rows: Sequence[MachineRow], desk: Desk) -> str:
    """Stations with their machines in brackets; the first few of them."""
    machines, stations = desk.sealed.dossier.manifest.machines, desk.definition.stations
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(machines[row.index].station, []).append(row.name)
    names = [f"{stations[at].name} ({', '.join(own)})" for at, own in found.items()]
    if len(names) > _NAMED:
        names[_NAMED:] = [_others(len(names) - _NAMED, desk)]
    return ", ".join(names)


def _others(count: int, desk: Desk) -> str:
    return desk.language.say_many("{count} other", "{count} others", count)


def menu_of(board: Board, desk: Desk) -> Sequence[tuple[str, str]]:
    """What can be done: the next step first."""
    say, standing, step = desk.language.say, desk.sealed, board.step
    names = {
        "confirm": say("Take in confirmations"),
        "take-in": say("Take in boxes"),
        "request": say("Ask the trustees to open"),
        "again": say("Ask the trustees again"),
        "paper": say("Type in a count on paper"),
        "late": say("Take in a late box"),
        "answers": say("Take in answers of trustees"),
        "copy": say("Copy the folder for a trustee"),
        "open": say("Open the totals and count"),
        "decisions": say("Decisions of the board"),
        "certify": say("Certify the results"),
        "cosign": say("Take in signed results"),
        "publish": say("Publish"),
        "order": say("Order to destroy what is private"),
        "copy-order": say("Copy the order for the machines"),
        "retire": say("Retire this office"),
        "stations": say("Board of stations"),
        "trustees": say("Trustees"),
        "results": say("Results"),
        "findings": say("Findings"),
        "back-up": say("Back up"),
        "leave": say("Leave the program"),
    }
    shuffling = standing.shuffling is not None and not standing.shuffling.ended
    rows = ["trustees" if shuffling and step is Step.ANSWER else _NEXT[step]]
    if step is Step.RETIRE and desk.clock() < (board.files.ordered or 0):
        rows = ["copy-order"]
    if step is Step.IMPORT and not any(row.state is State.IN for row in board.machines) and board.unconfirmed:
        rows.append("confirm")
    if step is Step.IMPORT and any(item.kind is DecisionKind.BOX for item in board.questions):
        rows.insert(0, "decisions")
    elif step is Step.IMPORT and not any(row.state is State.EXPECTED for row in board.machines):
        rows.append("decisions")
    if not board.files.requested and step is not Step.CONFIRM:
        rows += ["take-in", "paper"]
    rows += {Step.ANSWER: ["copy"], Step.ORDER: ["order"], Step.RETIRE: ["copy-order"]}.get(step, [])
    left_out = any(row.state is State.LEFT_OUT and row.box is None for row in board.machines)
    if left_out and board.files.requested and not board.files.certified:
        rows.append("late")
    rows += ["stations", "decisions", "trustees"]
    rows += ["results"] if standing.counted else []
    rows += ["findings", "back-up"]
    rows += ["publish"] if board.files.published else []
    rows.append("leave")
    return [(key, names[key]) for key in dict.fromkeys(rows)]
